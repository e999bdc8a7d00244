"""What the prechecks find in the clean text: numbers with all that code can know of them."""

from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from schemas.vocabulary import Per, Qualifier, SetAsideReason, Unit

START = attrgetter("start")
"""The order of numbers, places and cues, by which those around a position are found."""


@dataclass(frozen=True, slots=True)
class Number:
    """One number as it stands in the clean text.

    `[start, end)` is the mention: the number with its magnitude, unit and touching qualifier; the number itself begins
    at `number_at`. `value` and `upper` are in the canonical unit, exact; `value` is None where digits were lost
    (`damaged`). `set_aside` is why it measures nothing, or None for a candidate.
    """

    start: int
    end: int
    number_at: int
    value: Decimal | None
    unit: Unit
    upper: Decimal | None = None
    counted: str | None = None
    qualifier: Qualifier = Qualifier.EXACT
    per: tuple[Per, ...] = ()
    damaged: bool = False
    set_aside: SetAsideReason | None = None


@dataclass(frozen=True, slots=True)
class Candidate(Number):
    """A number that may be a fact: numbered from 1 in the order of the text, inside one section."""

    id: int = 0
    section: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the article in the clean text; `start` is where its heading begins, `body` where its text does."""

    index: int
    heading: str | None
    start: int
    body: int
    end: int
