"""Value: the number in its canonical unit, the end of its range, and the unit.

They are one thing: 6.5万元 read as 6.5 CNY and as 65000 mu are equally useless. A label without a value (digits were
lost) is met by a fact without one; a guess is wrong.
"""

from evals.gold import GoldFact
from evals.scorers.compared import Compared, of_field
from evals.scorers.tally import Scored
from schemas.report import Fact


def right(gold: GoldFact, fact: Fact) -> bool:
    """Exactly; decimals are compared as numbers, so that 5 and 5.0 are one."""
    return gold.value == fact.value and gold.upper == fact.upper and gold.unit == fact.unit


def score(given: Compared) -> Scored:
    """`value` of every found fact."""
    return of_field(given, "value", right, _told)


def _told(fact: GoldFact | Fact) -> str:
    return f"{fact.value}..{fact.upper} {fact.unit}" if fact.upper else f"{fact.value} {fact.unit}"
