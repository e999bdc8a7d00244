"""Two result files of the same samples side by side: for every score the paired difference, and how sure it is.

Articles are drawn, not numbers: figures of one article are right or wrong together. The interval is that of a bootstrap
over articles; where it holds zero, the samples do not show which reader is better.
"""

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.scorers import Tally
from evals.totals import DRAWS, HIGH, LOW, SEED

Scored = Mapping[str, Mapping[str, Tally]]
"""Tallies by score, by sample."""


class CompareError(Exception):
    """The two files have nothing to compare; the message says why."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One score of two readers: `second` minus `first`, its 95 % interval, and the articles in which it changed."""

    name: str
    first: float
    second: float
    low: float
    high: float
    better: tuple[str, ...]
    worse: tuple[str, ...]

    @property
    def verdict(self) -> str:
        """What the interval allows to say."""
        if self.low > 0:
            return "better"
        return "worse" if self.high < 0 else "same" if self.first == self.second else "not shown"


def load(path: Path) -> Scored:
    """The tallies in a file that `python -m evals run --out` wrote.

    Raises:
        CompareError: it is no such file.
    """
    try:
        samples = json.loads(path.read_text("utf-8"))["samples"]
        return {
            s["name"]: {name: Tally(tally["right"], tally["total"]) for name, tally in s["scores"].items()}
            for s in samples
            if s["unscored"] is None
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CompareError(
            f"{path} holds no scores ({error}); write them with: python -m evals run --out FILE"
        ) from error


def compare(first: Scored, second: Scored) -> list[Difference]:
    """Every score that both have, on the samples that both have.

    Raises:
        CompareError: there is no such sample.
    """
    shared = sorted(first.keys() & second.keys())
    if not shared:
        raise CompareError("the two files have no sample in common")
    names = dict.fromkeys(name for sample in shared for name in first[sample] if name in second[sample])
    found = (_difference(name, [(s, first[s].get(name), second[s].get(name)) for s in shared]) for name in names)
    return [difference for difference in found if difference is not None]


def _difference(name: str, rows: Sequence[tuple[str, Tally | None, Tally | None]]) -> Difference | None:
    """One score's difference; None where nothing was scored."""
    pairs = [(sample, a, b) for sample, a, b in rows if a and b and a.total and b.total]
    if not pairs:
        return None
    only = [(a, b) for _, a, b in pairs]
    first, second = _means(only)
    chance = random.Random(SEED)
    draws = sorted(b - a for a, b in (_means(chance.choices(only, k=len(only))) for _ in range(DRAWS)))
    return Difference(
        name,
        first,
        second,
        draws[int(LOW * DRAWS)],
        draws[int(HIGH * DRAWS) - 1],
        better=tuple(sample for sample, a, b in pairs if _share(b) > _share(a)),
        worse=tuple(sample for sample, a, b in pairs if _share(b) < _share(a)),
    )


def _means(pairs: Iterable[tuple[Tally, Tally]]) -> tuple[float, float]:
    """The micro scores of both sides: every labelled number weighs the same."""
    first, second = Tally(), Tally()
    for a, b in pairs:
        first, second = first + a, second + b
    return _share(first), _share(second)


def _share(tally: Tally) -> float:
    return tally.right / tally.total
