"""The way of one article: bytes → repair → precheck → reader → assemble → checks → outcome.

The pipeline is given a reader and never imports the network. Expected failures come back as outcomes; what a reader
raises (an endpoint that refuses) and bugs propagate.
"""

import asyncio
import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from schemas.outcome import Failed, Outcome, Reported, Skipped
from schemas.reading import Overview, SectionReading
from schemas.report import CountyReport, Damage, Document, Dropped, Fact, Fingerprints, Provenance, Usage
from schemas.vocabulary import DamageKind, FailureKind, Lost
from summarizer import __version__, assemble, checks
from summarizer.errors import BinaryError, UndecodableError
from summarizer.precheck.brief import Brief
from summarizer.precheck.examine import SECTION_CHARS, examine
from summarizer.prose import HEADLINE_CHARS, SUMMARY_CHARS, Prose
from summarizer.readers.protocol import Reader
from summarizer.text import LOST, repair


@dataclass(frozen=True, slots=True)
class Options:
    """What the user asks of every article of a run."""

    subject: str | None = None
    year: int | None = None
    section_chars: int = SECTION_CHARS
    force: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """One input: a file's bytes, or text that came from no file; and the path it has for a person."""

    content: bytes | str
    path: str | None = None

    @property
    def document(self) -> Document:
        """What is known before decoding."""
        data = self.content if isinstance(self.content, bytes) else self.content.encode("utf-8", "surrogatepass")
        return Document(path=self.path, sha256=hashlib.sha256(data).hexdigest())


@dataclass(frozen=True, slots=True)
class ReaderInfo:
    """What a report says of its reader: model, prompt fingerprint, what this article used, what was dropped."""

    model: str | None = None
    prompt: str | None = None
    usage: Callable[[], Usage] = Usage
    dropped: Callable[[], tuple[Dropped, ...]] = tuple


async def read(source: Source, reader: Reader, options: Options, info: ReaderInfo) -> Outcome:
    """Read one article. Everything the input can be ends as an outcome; errors of the reader propagate."""
    started = time.perf_counter()

    def usage() -> Usage:
        seconds = Decimal(time.perf_counter() - started).quantize(Decimal("0.001"))
        return info.usage().replace(seconds=seconds)

    try:
        article = repair(_without_surrogates(source.content))
    except (BinaryError, UndecodableError) as error:
        return Failed(
            error=FailureKind.BINARY if isinstance(error, BinaryError) else FailureKind.UNDECODABLE,
            message=str(error),
            hint=error.hint,
            retryable=error.retryable,
            document=source.document,
            usage=usage(),
        )
    brief = examine(
        article, given_subject=options.subject, given_year=options.year, section_chars=options.section_chars
    )
    document = _document(source.document, brief)
    if brief.verdict.reason is not None and not (options.force and brief.parts):
        return Skipped(reason=brief.verdict.reason, text=brief.verdict.evidence, document=document, usage=usage())
    readings = await _sections(brief, reader)
    overview = await reader.overview(brief, readings)
    return Reported(report=_report(brief, document, readings, overview, _Made(reader, info, usage)))


def _without_surrogates(content: bytes | str) -> bytes | str:
    """Refuse a `str` that is no text: it could not be written to any file."""
    if isinstance(content, str):
        try:
            content.encode()
        except UnicodeEncodeError as error:
            raise UndecodableError(f"character {error.start} of the text is a lone surrogate") from None
    return content


async def _sections(brief: Brief, reader: Reader) -> Sequence[SectionReading]:
    """All sections at once; how many calls are really in flight is the endpoint's business."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(reader.read(brief, part.index)) for part in brief.parts]
    except BaseExceptionGroup as errors:
        # One error ends the reading of an article; the caller asked for that error, not for a group.
        raise errors.exceptions[0] from None
    return [task.result() for task in tasks]


def _document(document: Document, brief: Brief) -> Document:
    article, info = brief.article, brief.article.info
    return document.replace(
        encoding=article.encoding,
        n_chars=len(article.raw),
        title=info.title,
        publisher=info.publisher,
        authors=info.authors,
        published=info.published or _wired(info.wired, brief.reference_year),
        reference_year=brief.reference_year,
        reference_year_basis=brief.reference_year_basis,
        complete=info.complete,
        script=article.script,
        corrupted=article.corrupted,
        n_annotations=article.n_annotations,
    )


def _wired(day: str | None, year: int | None) -> str | None:
    """The day of a dateline in the year that the article tells of: it is printed on that day or the next."""
    return f"{year}-{day}" if day and year else None


@dataclass(frozen=True, slots=True)
class _Made:
    """Who made the report, and at what expense."""

    reader: Reader
    info: ReaderInfo
    usage: Callable[[], Usage]


def _report(
    brief: Brief, document: Document, readings: Sequence[SectionReading], overview: Overview, made: _Made
) -> CountyReport:
    parts = assemble.assemble(brief, readings, overview)
    found, facts = checks.check(brief, parts.facts)
    parts.facts = facts
    prose = Prose(brief, checks.proved_words(brief, facts))
    headline = prose.sentences("headline", overview.headline, HEADLINE_CHARS)
    summary = prose.sentences("summary", overview.summary, SUMMARY_CHARS)
    return CountyReport(
        document=document,
        subject=brief.subject,
        designations=parts.designations,
        sections=parts.sections,
        facts=facts,
        figures=assemble.figures(facts),
        measures=parts.measures,
        milestones=parts.milestones,
        cases=parts.cases,
        partners=parts.partners,
        headline=headline,
        summary=summary,
        damage=_damage(brief, facts),
        checks=found,
        coverage=assemble.coverage(parts),
        provenance=_provenance(readings, made, (*made.info.dropped(), *parts.dropped, *prose.dropped)),
    )


def _damage(brief: Brief, facts: Sequence[Fact]) -> tuple[Damage, ...]:
    """What repair found, and a loss for each figure without a value that it has none for.

    A text may come with a character already lost (`\ufffd`), or repair may take a loss for a character's where the
    prechecks see a figure's: the figure is unknown all the same.
    """
    known = list(brief.article.damage)
    for fact in (f for f in facts if f.value is None):
        lost = any(d.lost is Lost.DIGIT and d.span[0] < fact.span[1] and fact.span[0] < d.span[1] for d in known)
        if not lost:
            clean = brief.article.clean
            start, end = clean.to_clean(*fact.span)
            restored = clean.text[start:end].replace(LOST, "?")
            known.append(Damage(kind=DamageKind.MIS_DECODED, restored=restored, lost=Lost.DIGIT, span=fact.span))
    return tuple(sorted(known, key=lambda d: d.span))


def _provenance(readings: Sequence[SectionReading], made: _Made, dropped: tuple[Dropped, ...]) -> Provenance:
    return Provenance(
        **dict(made.usage()),
        reader=made.reader.name,
        model=made.info.model,
        package_version=__version__,
        fingerprints=Fingerprints(prompt=made.info.prompt, schema=schema_fingerprint(), rules=rules_fingerprint()),
        degraded=tuple(r.section for r in readings if r.degraded),
        dropped=dropped,
    )


_RULES = frozenset(
    {"patterns", "words", "gazetteer", "text", "precheck", "readers", "prose", "assemble", "checks", "pipeline"}
)
"""The rooms on the way of an article; a reworded message or a button elsewhere makes no report out of date."""


@cache
def schema_fingerprint() -> str:
    """Changes with the JSON schema of the report."""
    return _short(repr(CountyReport.model_json_schema()).encode())


@cache
def rules_fingerprint() -> str:
    """Changes with any source or data file that a report depends on: rules are code."""
    digest = hashlib.sha256()
    for path, entry in _package_files(files("summarizer")):
        if path.split("/")[0].removesuffix(".py") in _RULES:
            digest.update(path.encode() + b"\0" + entry.read_bytes())
    return digest.hexdigest()[:12]


def _package_files(folder: Traversable, prefix: str = "") -> list[tuple[str, Traversable]]:
    found = []
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir():
            found += [] if entry.name == "__pycache__" else _package_files(entry, f"{prefix}{entry.name}/")
        elif Path(entry.name).suffix in {".py", ".toml", ".tsv", ".gz", ".txt", ".json"}:
            found.append((prefix + entry.name, entry))
    return found


def _short(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]
