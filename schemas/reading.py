"""What a reader says of a section and of an article: meanings for numbered candidates, never a figure.

A reading holds no value and no span of its own making: numbers are named by candidate id, texts refer to figures as
`{17}` and are rendered by code, quotes must stand in the section's clean text.
"""

from typing import Self

from pydantic import Field, model_validator

from schemas.base import Frozen
from schemas.report import PERIOD
from schemas.vocabulary import Indicator, MilestoneEvent, ReaderName, SetAsideReason, Status, Topic


class NumberReading(Frozen):
    """What one candidate means, or why it is not a fact (`set_aside`)."""

    id: int = Field(ge=1)
    label: str = ""
    topic: Topic = Topic.OTHER
    indicator: Indicator = Indicator.OTHER
    place: str | None = None
    status: Status = Status.ACHIEVED
    period: str | None = Field(default=None, pattern=PERIOD)
    set_aside: SetAsideReason | None = None
    read_by: ReaderName = ReaderName.RULES
    disagreed: tuple[str, ...] = ()


class MeasureReading(Frozen):
    """What was done under one topic; `summary` is prose with figures as `{id}`; `quote` opens its passage."""

    topic: Topic
    title: str
    summary: str
    status: Status
    numbers: tuple[int, ...] = ()
    quote: str


class MilestoneReading(Frozen):
    """A dated event, with the words that state it."""

    date: str = Field(pattern=PERIOD)
    event: MilestoneEvent
    place: str | None = None
    quote: str


class CaseReading(Frozen):
    """A named example, with the words that tell of it."""

    person: str
    place: str | None = None
    summary: str
    numbers: tuple[int, ...] = ()
    quote: str


class SectionReading(Frozen):
    """All that a reader says of one section."""

    section: int
    topic: Topic
    numbers: tuple[NumberReading, ...] = ()
    measures: tuple[MeasureReading, ...] = ()
    milestones: tuple[MilestoneReading, ...] = ()
    cases: tuple[CaseReading, ...] = ()
    degraded: bool = False

    @model_validator(mode="after")
    def _answered_once(self) -> Self:
        ids = [n.id for n in self.numbers]
        if len(ids) != len(set(ids)):
            raise ValueError("a candidate is answered twice")
        return self


class Overview(Frozen):
    """What a reader says of the whole article; designations and partners are words of the article."""

    designations: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    headline: str = ""
    summary: str = ""
    degraded: bool = False
