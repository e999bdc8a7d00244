"""Counted: what a number of unit `count` counts, in the article's word. None and nothing are one."""

from evals.gold import GoldFact
from evals.scorers.compared import Compared, of_field
from evals.scorers.tally import Scored
from schemas.report import Fact


def right(gold: GoldFact, fact: Fact) -> bool:
    """The same word."""
    return (gold.counted or "") == (fact.counted or "")


def score(given: Compared) -> Scored:
    """`counted` of every found fact."""
    return of_field(given, "counted", right, lambda fact: fact.counted)
