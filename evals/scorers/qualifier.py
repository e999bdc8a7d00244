"""Qualifier: whether the article states the number exactly, or as about, over, under, at least, at most so much.

Whole or not at all: `over` for `about` makes a bound out of a rounding.
"""

from evals.gold import GoldFact
from evals.scorers.compared import Compared, of_field
from evals.scorers.tally import Scored
from schemas.report import Fact


def right(gold: GoldFact, fact: Fact) -> bool:
    """The same code."""
    return gold.qualifier == fact.qualifier


def score(given: Compared) -> Scored:
    """`qualifier` of every found fact."""
    return of_field(given, "qualifier", right, lambda fact: fact.qualifier)
