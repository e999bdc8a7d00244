"""Labelled samples: JSON files of the guide's form, read strictly enough that a slip in a label is found at once."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

from schemas.vocabulary import (
    Indicator,
    Level,
    Lost,
    MilestoneEvent,
    Per,
    Qualifier,
    Script,
    SetAsideReason,
    SkipReason,
    Status,
    Topic,
    Unit,
)

Spans = tuple[int, int]
Spanned = TypeVar("Spanned", "GoldFact", "GoldMilestone", "GoldCase", "GoldDamage")


class Label(BaseModel):
    """Part of a label file; fields that only a labeller reads (`why`) are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class GoldDocument(Label):
    """What the file is."""

    title: str | None
    publisher: str | None
    authors: tuple[str, ...]
    published: str | None
    reference_year: int | None
    complete: bool
    script: Script
    corrupted: bool


class GoldSubject(Label):
    """The place that the article reports on."""

    name: str | None
    level: Level | None = None
    province: str | None = None
    prefecture: str | None = None


class GoldFact(Label):
    """One number that the article states."""

    span: Spans
    number_at: int
    quote: str
    mention: str
    value: Decimal | None
    upper: Decimal | None
    unit: Unit
    counted: str | None
    qualifier: Qualifier
    per: tuple[Per, ...]
    label: str
    topic: Topic
    indicator: Indicator
    place: str | None
    status: Status
    period: str | None


class GoldMilestone(Label):
    """A dated event."""

    date: str
    event: MilestoneEvent
    place: str | None = None
    span: Spans


class GoldCase(Label):
    """A named example."""

    person: str
    place: str | None = None
    span: Spans


class GoldDamage(Label):
    """A passage that lost something."""

    quote: str
    restored: str
    lost: Lost
    span: Spans


class GoldTrap(Label):
    """A number that is not a fact, wherever it occurs."""

    quote: str
    reason: SetAsideReason
    spans: tuple[Spans, ...]


class GoldOutcome(Label):
    """What should become of an article that is no county report."""

    outcome: str
    reason: SkipReason


class Gold(Label):
    """The label file of one article; `kind` is one of `samples/kinds.toml`, where the file itself says it."""

    article: str
    document: GoldDocument
    subject: GoldSubject
    designations: tuple[str, ...]
    facts: tuple[GoldFact, ...]
    milestones: tuple[GoldMilestone, ...]
    cases: tuple[GoldCase, ...]
    partners: tuple[str, ...]
    damage: tuple[GoldDamage, ...]
    traps: tuple[GoldTrap, ...]
    untouched: bool = False
    kind: str | None = None
    outcome: GoldOutcome | None = None

    @property
    def column(self) -> str:
        """Whether the rules were written with the article in view, or without anyone having read it."""
        return "untouched" if self.untouched else "seen"


@dataclass(frozen=True, slots=True)
class Sample:
    """An article's file and its labels; `text` is its beginning, where only that is read."""

    name: str
    path: Path
    gold: Gold
    text: str | None = None

    @property
    def source(self) -> Path | str:
        """What is read."""
        return self.path if self.text is None else self.text


def beginning(sample: Sample, chars: int) -> Sample:
    """The first characters of a sample's raw text, with the labels of what stands in them."""
    text, gold = sample.path.read_bytes().decode("utf-8")[:chars], sample.gold

    def inside(labels: Iterable[Spanned]) -> tuple[Spanned, ...]:
        return tuple(label for label in labels if label.span[1] <= chars)

    kept = {
        "facts": inside(gold.facts),
        "milestones": inside(gold.milestones),
        "cases": inside(gold.cases),
        "damage": inside(gold.damage),
        "designations": tuple(name for name in gold.designations if name in text),
        "partners": tuple(name for name in gold.partners if name in text),
        "traps": tuple(t.model_copy(update={"spans": tuple(s for s in t.spans if s[1] <= chars)}) for t in gold.traps),
    }
    return Sample(sample.name, sample.path, gold.model_copy(update=kept), text)


def load(labels: Path, articles: Path) -> Iterator[Sample]:
    """Every labelled sample, by name.

    Raises:
        FileNotFoundError: there are no labels, or a labelled article is missing; the message says where.
    """
    files = sorted(labels.glob("*.json"))
    if not files:
        raise FileNotFoundError(f"no label files (*.json) in {labels}")
    for file in files:
        gold = Gold.model_validate(json.loads(file.read_text("utf-8"), parse_float=Decimal))
        article = articles / gold.article
        if not article.is_file():
            raise FileNotFoundError(f"{file.name} labels {gold.article}, which is not in {articles}")
        yield Sample(file.stem, article, gold)
