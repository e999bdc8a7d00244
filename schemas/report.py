"""The county report: what an article says about a county, every figure with the place it came from.

Every `span` is `[start, end]` in code points of the raw text (the file's bytes decoded and nothing else), end
exclusive. Every list is in the order of the text. The validators hold what must be true of any report, whoever made
it; whether a report is true of its article is the business of `summarizer.checks` and of the evals.
"""

from decimal import Decimal
from itertools import pairwise
from typing import Self

from pydantic import Field, model_validator

from schemas.base import Frozen, Number, Span
from schemas.vocabulary import (
    Basis,
    DamageKind,
    Indicator,
    Level,
    Lost,
    MilestoneEvent,
    Per,
    Qualifier,
    ReaderName,
    Script,
    SetAsideReason,
    Status,
    Topic,
    Unit,
)

SCHEMA_VERSION = "1"
"""Changes when a reader of the JSON would notice."""

PERIOD = r"^\d{4}(-\d{2}(-\d{2})?)?(/\d{4}(-\d{2}(-\d{2})?)?)?$"
"""A year, month or day, or an interval of two: `2020`, `2018-12`, `2016/2020`."""


class Document(Frozen):
    """What the file is. Unknown where it could not be read."""

    path: str | None = Field(default=None, description="as given; null for text that came from no file")
    sha256: str | None = Field(
        default=None, description="of the file's bytes (of the UTF-8 bytes, for text that came from no file)"
    )
    encoding: str | None = Field(default=None, description="the codec the bytes were decoded with")
    n_chars: int | None = Field(default=None, ge=0, description="code points of the raw text")
    title: str | None = None
    publisher: str | None = Field(
        default=None, description="who published it, or supplied it where no publisher is named"
    )
    authors: tuple[str, ...] = Field(default=(), description="reporters and suppliers, not the editor")
    published: str | None = Field(default=None, pattern=PERIOD, description="only where the text states it")
    reference_year: int | None = Field(default=None, description="the year that 今年 means")
    reference_year_basis: Basis | None = None
    complete: bool = Field(default=True, description="false where the text is page 1 of several, or cut off")
    script: Script | None = None
    corrupted: bool = Field(default=False, description="annotations, doubled punctuation, or shifted bytes were found")
    n_annotations: int = Field(default=0, ge=0, description="bracketed pinyin removed")


class Choice(Frozen):
    """One division that an ambiguous name may mean."""

    name: str
    adcode: str


class Subject(Frozen):
    """The place that the article reports on; `name` null with a `reason` where it cannot be told."""

    name: str | None = None
    level: Level | None = None
    province: str | None = None
    prefecture: str | None = None
    adcode: str | None = Field(default=None, pattern=r"^\d{6}$")
    basis: Basis | None = None
    reason: str | None = None
    choices: tuple[Choice, ...] = ()

    @model_validator(mode="after")
    def _named_or_explained(self) -> Self:
        if (self.name is None) == (self.reason is None):
            raise ValueError("a subject has either a name or a reason why it has none")
        return self


class Designation(Frozen):
    """An official status label that the article gives its subject."""

    text: str
    span: Span


class Section(Frozen):
    """A part of the article; `heading` null where it has none."""

    heading: str | None
    topic: Topic
    span: Span


class Fact(Frozen):
    """One number that the article states about the world, and what it measures."""

    id: int = Field(ge=1, description="the candidate's number, counted from 1 in raw order over the article")
    span: Span
    number_at: int = Field(ge=0, description="where the number itself begins, in the raw text")
    mention: str = Field(description="raw text of the span")
    value: Number | None = Field(description="in the canonical unit; null only where digits were lost")
    upper: Number | None = Field(default=None, description="upper end of a range, in the canonical unit")
    unit: Unit
    counted: str | None = Field(default=None, description="for unit count: what is counted")
    qualifier: Qualifier = Qualifier.EXACT
    per: tuple[Per, ...] = ()
    label: str
    topic: Topic
    indicator: Indicator
    place: str | None = Field(default=None, description="null is the subject; else names joined by 、")
    adcode: str | None = Field(default=None, pattern=r"^\d{6}$", description="of one place that is a county or above")
    status: Status
    period: str | None = Field(default=None, pattern=PERIOD)
    section: int = Field(ge=0, description="index into sections")
    read_by: ReaderName
    disagreed: tuple[str, ...] = Field(default=(), description="fields on which rules and model differ")
    proved_by: int | None = Field(default=None, ge=0, description="index of the check that proves a damaged value")

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        start, end = self.span
        if not start <= self.number_at < end:
            raise ValueError(f"fact {self.id}: number_at {self.number_at} is outside its span")
        if len(self.mention) != end - start:
            raise ValueError(f"fact {self.id}: the mention is not as long as its span")
        if self.upper is not None and (self.value is None or self.upper < self.value):
            raise ValueError(f"fact {self.id}: the upper end of the range lies below its value")
        if self.proved_by is not None and self.value is None:
            raise ValueError(f"fact {self.id}: proved, but without a value")
        return self


class Measure(Frozen):
    """What was done, under one topic."""

    topic: Topic
    title: str
    summary: str
    status: Status
    facts: tuple[int, ...]
    span: Span


class Milestone(Frozen):
    """A dated event; `place` null is the subject."""

    date: str = Field(pattern=PERIOD)
    event: MilestoneEvent
    place: str | None = None
    text: str
    span: Span


class Case(Frozen):
    """A named example."""

    person: str
    place: str | None
    summary: str
    facts: tuple[int, ...]
    span: Span


class Partner(Frozen):
    """An outside helper: a paired district, agency, company, school."""

    name: str
    span: Span


class Damage(Frozen):
    """A loss or a guess in the text, not every removed annotation."""

    kind: DamageKind
    restored: str = Field(description="what the remaining bytes and a dictionary give; ? for what stays open")
    lost: Lost
    span: Span


class Check(Frozen):
    """One arithmetic relation that the figures must obey. `expected` is never a fact."""

    rule: str
    facts: tuple[int, ...]
    expected: Number
    stated: Number | None
    tolerance: Number
    holds: bool
    note: str


class SetAside(Frozen):
    """A number that is not a fact, and why."""

    reason: SetAsideReason
    span: Span


class Coverage(Frozen):
    """The account of every number of the article: total = facts + set aside + unread."""

    total: int = Field(ge=0)
    facts: int = Field(ge=0)
    damaged: int = Field(ge=0, description="facts whose digits were lost, proved or not")
    unread: int = Field(ge=0, description="numbers that the reader gave no answer for")
    unread_spans: tuple[Span, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    verdict: str

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if self.total != self.facts + len(self.set_aside) + self.unread:
            raise ValueError("coverage does not add up: total = facts + set_aside + unread")
        if self.unread != len(self.unread_spans):
            raise ValueError("coverage does not add up: every unread number has its span")
        if self.damaged > self.facts:
            raise ValueError("coverage does not add up: more damaged facts than facts")
        return self


class Fingerprints(Frozen):
    """Short hashes of what a report depends on; a change in one means that articles are worth reading again."""

    prompt: str | None = Field(description="null where no model was used")
    schema_: str = Field(alias="schema")
    rules: str

    model_config = Frozen.model_config | {
        "validate_by_name": True,
        "validate_by_alias": True,
        "serialize_by_alias": True,
    }


class Tokens(Frozen):
    """Tokens that the endpoint reported, over all attempts."""

    input: int = Field(default=0, ge=0)
    cached: int = Field(default=0, ge=0, description="of the input, read from the provider's cache")
    output: int = Field(default=0, ge=0)

    def plus(self, other: "Tokens") -> "Tokens":
        """Both together."""
        return Tokens(
            input=self.input + other.input, cached=self.cached + other.cached, output=self.output + other.output
        )


class Usage(Frozen):
    """What one article used of the model."""

    calls: int = Field(default=0, ge=0, description="responses received from the endpoint")
    attempts: int = Field(default=0, ge=0, description="requests sent, failed ones included")
    reused: int = Field(default=0, ge=0, description="answers taken from those kept of earlier runs")
    tokens: Tokens = Tokens()
    cost: Number | None = Field(default=None, description="US dollars; null where the price is not known")
    seconds: Number = Field(default=Decimal(0), description="wall time, from bytes to report")

    def plus(self, other: "Usage") -> "Usage":
        """Both together; a cost that is not known makes the sum unknown only where nothing is known at all."""
        costs = [u.cost for u in (self, other) if u.cost is not None]
        return Usage(
            calls=self.calls + other.calls,
            attempts=self.attempts + other.attempts,
            reused=self.reused + other.reused,
            tokens=self.tokens.plus(other.tokens),
            cost=sum(costs, Decimal(0)) if costs else None,
            seconds=self.seconds + other.seconds,
        )


class Dropped(Frozen):
    """A text that was not let into the report, and why."""

    field: str
    text: str
    reason: str


class Provenance(Usage):
    """How the report came about."""

    reader: ReaderName
    model: str | None = None
    package_version: str
    fingerprints: Fingerprints
    degraded: tuple[int, ...] = Field(default=(), description="sections that the model could not read and rules did")
    dropped: tuple[Dropped, ...] = ()


class CountyReport(Frozen):
    """One article's county report."""

    schema_version: str = SCHEMA_VERSION
    document: Document
    subject: Subject
    designations: tuple[Designation, ...] = ()
    sections: tuple[Section, ...] = ()
    facts: tuple[Fact, ...] = ()
    figures: dict[Indicator, tuple[int, ...]] = Field(
        default={},
        description="the subject's own headline figures: place null, achieved, value known, newest first",
    )
    measures: tuple[Measure, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    cases: tuple[Case, ...] = ()
    partners: tuple[Partner, ...] = ()
    headline: str = Field(max_length=40)
    summary: str = Field(max_length=240)
    damage: tuple[Damage, ...] = ()
    checks: tuple[Check, ...] = ()
    coverage: Coverage
    provenance: Provenance

    @model_validator(mode="after")
    def _facts_in_order(self) -> Self:
        ids = [fact.id for fact in self.facts]
        if any(a >= b for a, b in pairwise(ids)):
            raise ValueError("fact ids must rise in the order of the text")
        if any(a.span[0] > b.span[0] for a, b in pairwise(self.facts)):
            raise ValueError("facts must stand in the order of the text")
        return self

    @model_validator(mode="after")
    def _references_exist(self) -> Self:
        ids = {fact.id for fact in self.facts}
        groups = [*self.figures.values(), *(m.facts for m in self.measures)]
        groups += [c.facts for c in self.cases] + [c.facts for c in self.checks]
        if missing := {i for group in groups for i in group} - ids:
            raise ValueError(f"no such fact: {sorted(missing)}")
        for fact in self.facts:
            if fact.section >= len(self.sections):
                raise ValueError(f"fact {fact.id}: no section {fact.section}")
            if fact.proved_by is not None and fact.proved_by >= len(self.checks):
                raise ValueError(f"fact {fact.id}: no check {fact.proved_by}")
        if bad := [i for i in self.provenance.degraded if not 0 <= i < len(self.sections)]:
            raise ValueError(f"no such section: {bad}")
        return self

    @model_validator(mode="after")
    def _null_only_with_damage(self) -> Self:
        for fact in self.facts:
            lost = any(
                d.lost is Lost.DIGIT and d.span[0] < fact.span[1] and fact.span[0] < d.span[1] for d in self.damage
            )
            if fact.value is None and not lost:
                raise ValueError(f"fact {fact.id} has no value, but no digit was lost there")
        return self

    @model_validator(mode="after")
    def _coverage_counts_facts(self) -> Self:
        if self.coverage.facts != len(self.facts):
            raise ValueError("coverage counts other facts than the report has")
        return self

    @model_validator(mode="after")
    def _spans_inside(self) -> Self:
        if self.document.n_chars is None:
            return self
        groups = (self.designations, self.sections, self.facts, self.measures, self.milestones, self.cases)
        items = [i for g in (*groups, self.partners, self.damage, self.coverage.set_aside) for i in g]
        for span in (*(item.span for item in items), *self.coverage.unread_spans):
            if span[1] > self.document.n_chars:
                raise ValueError(f"span {span} ends after the text")
        return self
