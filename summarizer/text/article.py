"""What repair hands on: an article's raw text, its clean text, and what is known of the file."""

from dataclasses import dataclass, field

from schemas.report import Damage
from schemas.vocabulary import Script
from summarizer.text.traced import Traced


@dataclass(frozen=True, slots=True)
class Step:
    """One repair that changed something: its name, and how many places it changed."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Furniture:
    """A part of the clean text that is not the article: navigation, share lines, copyright, editor lines."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What header, footer and byline say of the document."""

    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    complete: bool = True
    wired: str | None = None
    """Month and day of the dateline, `03-28`; its year is the article's."""


@dataclass(frozen=True, slots=True)
class Article:
    """An article after repair.

    `clean` is Simplified, half-width, without annotations; characters lost for good stand in it as `LOST`. Furniture
    stays in `clean` and is named in `furniture` (clean spans, in order, not overlapping). `damage` has raw spans.
    """

    raw: str
    clean: Traced
    script: Script
    encoding: str | None = None
    corrupted: bool = False
    n_annotations: int = 0
    damage: tuple[Damage, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    info: DocumentInfo = field(default=DocumentInfo())
    steps: tuple[Step, ...] = ()
