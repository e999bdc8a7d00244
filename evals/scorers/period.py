"""Period: when the number holds. The year first, then the whole period: two scores.

A reader who misses the month has the figure in the right row of a yearly table, and one who misses the year has not.
"""

from evals.gold import GoldFact
from evals.scorers.compared import Compared, of_field
from evals.scorers.tally import Scored
from schemas.report import Fact


def year(period: str | None) -> str | None:
    """The year, or the years of an interval; one inside a year (2020-02/2020-05) is of that year, as "2020" is."""
    return "/".join(dict.fromkeys(part[:4] for part in period.split("/"))) if period else None


def same_year(gold: GoldFact, fact: Fact) -> bool:
    """No period is a right answer where the labels have none."""
    return year(gold.period) == year(fact.period)


def right(gold: GoldFact, fact: Fact) -> bool:
    """To the day, where the labels have a day."""
    return gold.period == fact.period


def score(given: Compared) -> Scored:
    """`year` and `period` of every found fact."""
    years, other = of_field(given, "year", same_year, lambda fact: fact.period)
    periods, whole = of_field(given, "period", right, lambda fact: fact.period)
    return years | periods, other + whole
