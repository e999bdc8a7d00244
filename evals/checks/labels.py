"""Labelled checks: which figures of an article obey which arithmetic, and whether they do.

`data/NAME.json` belongs to the label file `NAME.json`. A figure is named by where its number begins in the raw text
(`number_at` of the label), so that neither a reader's ids nor its readings matter.
"""

import json
from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from functools import reduce
from operator import mul
from pathlib import Path

from pydantic import BaseModel, ConfigDict

DATA = Path(__file__).parent / "data"


class Kind(StrEnum):
    """The arithmetic of a labelled check; `of` are its operands in order, `to` the figure they lead to."""

    SUM = "sum"
    """All of `of` add up to `to`."""
    DIFFERENCE = "difference"
    """The first of `of` less the others is `to`."""
    RATIO = "ratio"
    """The first of `of` is `to` percent of the second."""
    GROWTH = "growth"
    """The second of `of`, an increase, is `to` percent of what the first was before it."""
    PRODUCT = "product"
    """All of `of` multiplied are `to`."""
    SAME = "same"
    """All of `of` and `to` state one figure."""
    ORDER = "order"
    """`of` and then `to` rise, or stay level."""


EQUATIONS = (Kind.SUM, Kind.DIFFERENCE, Kind.RATIO, Kind.GROWTH, Kind.PRODUCT)
"""Kinds that lead from some figures to another; the rest compares figures that stand side by side."""


class Label(BaseModel):
    """One check that a careful reader makes; `words` say it to people."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: str
    kind: Kind
    of: tuple[int, ...]
    to: int
    holds: bool

    @property
    def numbers(self) -> frozenset[int]:
        """Where its figures begin."""
        return frozenset((*self.of, self.to))


def expected(kind: Kind, operands: Sequence[Decimal]) -> Decimal:
    """What an equation's operands lead to."""
    match kind:
        case Kind.SUM:
            return sum(operands, Decimal(0))
        case Kind.DIFFERENCE:
            return operands[0] - sum(operands[1:], Decimal(0))
        case Kind.RATIO:
            return operands[0] / operands[1] * 100
        case Kind.GROWTH:
            return operands[1] / (operands[0] - operands[1]) * 100
        case Kind.PRODUCT:
            return reduce(mul, operands)
        case _:
            raise ValueError(f"{kind} leads to no figure")


def load(name: str, folder: Path = DATA) -> tuple[Label, ...]:
    """The labelled checks of one article; none where it has no file."""
    path = folder / f"{name}.json"
    if not path.is_file():
        return ()
    return tuple(Label.model_validate(item) for item in json.loads(path.read_text("utf-8")))


def dump(labels: Sequence[Label]) -> str:
    """As the file holds them: one check a line."""
    lines = ",\n".join(" " + json.dumps(item.model_dump(mode="json"), ensure_ascii=False) for item in labels)
    return f"[\n{lines}\n]\n"
