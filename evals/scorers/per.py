"""Per: what one value is for (household, person, mu, year…).

A set: per household and year is per year and household.
"""

from evals.gold import GoldFact
from evals.scorers.compared import Compared, of_field
from evals.scorers.tally import Scored
from schemas.report import Fact


def right(gold: GoldFact, fact: Fact) -> bool:
    """All of them and no other."""
    return set(gold.per) == set(fact.per)


def score(given: Compared) -> Scored:
    """`per` of every found fact."""
    return of_field(given, "per", right, lambda fact: "+".join(sorted(fact.per)) or "-")
