"""A report beside its labels, facts paired: what every scorer is given."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evals.checks.labels import Label
from evals.gold import Gold, GoldFact
from evals.scorers.tally import Miss, Scored, Tally
from schemas.report import CountyReport, Fact

Pair = tuple[GoldFact, Fact]


@dataclass(frozen=True, slots=True)
class Compared:
    """Labels and report of one article.

    `raw` is the article's text; without it, what needs it is not scored. `checks` are the article's labelled checks,
    empty where nobody has labelled any.
    """

    gold: Gold
    report: CountyReport
    pairs: Sequence[Pair]
    raw: str | None = None
    checks: Sequence[Label] = ()


def align(gold: Gold, report: CountyReport) -> list[Pair]:
    """Pairs of a gold fact and the report fact that holds its number; each fact is used once."""
    by_start = sorted(report.facts, key=lambda f: f.span)
    pairs, used = [], set()
    for label in sorted(gold.facts, key=lambda g: g.number_at):
        for fact in by_start:
            if fact.id not in used and fact.span[0] <= label.number_at < fact.span[1]:
                pairs.append((label, fact))
                used.add(fact.id)
                break
    return pairs


def overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Whether two spans share a character."""
    return a[0] < b[1] and b[0] < a[1]


def of_field(
    given: Compared,
    name: str,
    right: Callable[[GoldFact, Fact], float],
    told: Callable[[GoldFact | Fact], object],
    least: float = 1,
) -> Scored:
    """One field of every found fact, worth `right` of it; below `least` it is told as a miss.

    A fact that was not found has no field: its absence costs recall, and nothing else.
    """
    worth = [(gold, fact, float(right(gold, fact))) for gold, fact in given.pairs]
    misses = [Miss(name, g.number_at, g.mention, str(told(g)), str(told(f))) for g, f, w in worth if w < least]
    return {name: Tally(sum(w for *_, w in worth), len(worth))}, misses
