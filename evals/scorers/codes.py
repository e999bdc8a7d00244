"""Topic, indicator and status: one code of a closed list each, right or wrong.

No partial credit for a near code: a table is filtered by the code that stands there.
"""

from collections.abc import Callable
from operator import attrgetter

from evals.gold import GoldFact
from evals.scorers.compared import Compared, of_field
from evals.scorers.tally import Scored
from schemas.report import Fact


def topic(gold: GoldFact, fact: Fact) -> bool:
    """What the number is about."""
    return gold.topic == fact.topic


def indicator(gold: GoldFact, fact: Fact) -> bool:
    """What the number measures."""
    return gold.indicator == fact.indicator


def status(gold: GoldFact, fact: Fact) -> bool:
    """Whether it is done, under way, planned, or a rule."""
    return gold.status == fact.status


CODES: dict[str, Callable[[GoldFact, Fact], bool]] = {"topic": topic, "indicator": indicator, "status": status}


def score(given: Compared) -> Scored:
    """`topic`, `indicator` and `status` of every found fact."""
    parts = [of_field(given, name, right, attrgetter(name)) for name, right in CODES.items()]
    return {k: v for scores, _ in parts for k, v in scores.items()}, [miss for _, misses in parts for miss in misses]
