"""Scores added up: micro and macro means, by column or by kind, with bootstrap intervals over articles."""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from evals.scorers import Scores, Tally

Item = TypeVar("Item")

DRAWS = 2000
"""At 2,000 draws the ends of an interval move by some thousandths from seed to seed, which is what a table shows."""

SEED = 20200430
"""Fixed, so that the same scores give the same table."""

LOW, HIGH = 0.025, 0.975


@dataclass(frozen=True, slots=True)
class Mean:
    """One score of many articles.

    `tally` is the micro mean, in which every labelled item weighs the same; `macro` the mean of the articles' shares,
    in which every article does; `low` and `high` the 95 % interval of the micro mean, over articles drawn with
    replacement; `articles` those that had something to score.
    """

    tally: Tally
    macro: float
    low: float
    high: float
    articles: int


def add_up(scored: Iterable[Scores]) -> Scores:
    """Micro totals: every labelled item weighs the same."""
    totals: Scores = {}
    for scores in scored:
        for name, tally in scores.items():
            totals[name] = totals.get(name, Tally()) + tally
    return totals


def draws(n: int, k: int = DRAWS) -> list[list[int]]:
    """`k` draws with replacement of `n` articles, the same ones in every run."""
    chance = random.Random(SEED)
    return [chance.choices(range(n), k=n) for _ in range(k)]


def means(scored: Sequence[Scores], k: int = DRAWS) -> dict[str, Mean]:
    """Every score of these articles that had something to score, in the order in which they first occur.

    Articles are drawn, not figures: the figures of one article are right or wrong together.
    """
    drawn = draws(len(scored), k)
    names = dict.fromkeys(name for scores in scored for name in scores)
    found = {name: _mean([scores.get(name, Tally()) for scores in scored], drawn) for name in names}
    return {name: mean for name, mean in found.items() if mean is not None}


def _mean(tallies: Sequence[Tally], drawn: Sequence[Sequence[int]]) -> Mean | None:
    shares = [tally.right / tally.total for tally in tallies if tally.total]
    if not shares:
        return None
    total = sum(tallies, Tally())
    low, high = interval(tallies, drawn) if drawn else (0.0, 1.0)
    return Mean(total, sum(shares) / len(shares), low, high, len(shares))


def interval(tallies: Sequence[Tally], drawn: Sequence[Sequence[int]]) -> tuple[float, float]:
    """The 95 % percentile interval of the micro mean; draws in which nothing was scored are left out."""
    right, total = [t.right for t in tallies], [t.total for t in tallies]
    if min(share := [r / n for r, n in zip(right, total, strict=True) if n]) == max(share):
        # The same in all articles: no draw can differ.
        return share[0], share[0]
    found = []
    for articles in drawn:
        n = sum(map(total.__getitem__, articles))
        if n:
            found.append(sum(map(right.__getitem__, articles)) / n)
    found.sort()
    return found[int(LOW * len(found))], found[min(int(HIGH * len(found)), len(found) - 1)]


def grouped(items: Iterable[Item], key: Callable[[Item], str]) -> Mapping[str, list[Item]]:
    """Items by key, in the order in which the keys first occur."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups
