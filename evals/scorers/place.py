"""Place: null for the article's own subject, else the named places that the number is about, in Simplified.

Compared as written. A village without its township is another answer: two townships may have a village of that name.
"""

from evals.gold import GoldFact
from evals.scorers.compared import Compared, of_field
from evals.scorers.tally import Scored
from schemas.report import Fact


def right(gold: GoldFact, fact: Fact) -> bool:
    """The same names, or both the subject."""
    return gold.place == fact.place


def score(given: Compared) -> Scored:
    """`place` of every found fact."""
    return of_field(given, "place", right, lambda fact: fact.place)
