"""Output folders for the tests of the page: reports made from labels, so that they hang on no reader."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from evals.gold import Gold, Sample
from evals.label import raw_text
from schemas.outcome import Outcome, Reported, Skipped
from schemas.report import (
    Case,
    Check,
    CountyReport,
    Coverage,
    Damage,
    Designation,
    Document,
    Dropped,
    Fact,
    Fingerprints,
    Measure,
    Milestone,
    Partner,
    Provenance,
    Section,
    SetAside,
    Subject,
)
from summarizer.assemble import figures
from summarizer.exports import Output
from summarizer.prose import HEADLINE_CHARS


def document_of(path: Path, gold: Gold) -> Document:
    """The document of a sample."""
    data = path.read_bytes()
    known = gold.document.model_dump()
    return Document(
        path=str(path), sha256=hashlib.sha256(data).hexdigest(), encoding="utf-8", n_chars=len(raw_text(path)), **known
    )


def report_of(path: Path, gold: Gold, *, unread: int = 0, **changes: Any) -> CountyReport:
    """The report that a perfect reader would give, the last `unread` of the other numbers left without an answer."""
    raw = raw_text(path)
    asides = sorted((tuple(span), trap.reason) for trap in gold.traps for span in trap.spans)
    kept, left = asides[: len(asides) - unread], asides[len(asides) - unread :]
    sections = list(_sections(raw, gold))
    facts = tuple(_facts(gold, raw, sections))
    fields: dict[str, Any] = {
        "document": document_of(path, gold),
        "subject": Subject(basis="stated", **gold.subject.model_dump()),
        "designations": list(_named(gold.designations, raw, Designation, "text")),
        "partners": list(_named(gold.partners, raw, Partner, "name")),
        "sections": sections,
        "facts": facts,
        "figures": figures(facts),
        "measures": list(_measures(facts, sections)),
        "milestones": [
            Milestone(date=m.date, event=m.event, place=m.place, text=raw[slice(*m.span)], span=m.span)
            for m in gold.milestones
        ],
        "cases": [
            Case(
                person=c.person,
                place=c.place,
                summary=raw[slice(*c.span)],
                span=c.span,
                facts=tuple(f.id for f in facts if c.span[0] <= f.span[0] < c.span[1]),
            )
            for c in gold.cases
        ],
        "headline": (gold.document.title or "")[:HEADLINE_CHARS],
        "summary": "",
        "damage": [Damage(kind="byte_shift", restored=d.restored, lost=d.lost, span=d.span) for d in gold.damage],
        "coverage": Coverage(
            total=len(facts) + len(asides),
            facts=len(facts),
            damaged=sum(f.value is None for f in facts),
            unread=len(left),
            unread_spans=[span for span, _ in left],
            set_aside=[SetAside(reason=reason, span=span) for span, reason in kept],
            verdict="",
        ),
        "provenance": Provenance(
            reader="rules", package_version="0", fingerprints=Fingerprints(prompt=None, schema="s", rules="r")
        ),
    }
    return CountyReport(**(fields | changes))


def with_trouble(report: CountyReport) -> CountyReport:
    """The same report with a check that fails, a sentence left out and a section the model did not read."""
    fact = report.facts[0]
    check = Check(
        rule="parts = whole", facts=(fact.id,), expected=1, stated=2, tolerance=0, holds=False, note="1 + 0 = 2"
    )
    made = report.provenance.replace(
        reader="model", model="m", degraded=(0,), dropped=(Dropped(field="summary", text="9户", reason="not stated"),)
    )
    return report.replace(checks=(check,), provenance=made)


def _sections(raw: str, gold: Gold) -> Iterator[Section]:
    """One section for every paragraph with facts in it, and all before and between that has none."""
    start = 0
    for line in raw.splitlines(keepends=True):
        end = start + len(line)
        topic = next((f.topic for f in gold.facts if start <= f.number_at < end), None)
        if line.strip():
            yield Section(heading=None, topic=topic or "other", span=(start, end))
        start = end


def _facts(gold: Gold, raw: str, sections: list[Section]) -> Iterator[Fact]:
    for n, label in enumerate(gold.facts, 1):
        known = label.model_dump(exclude={"quote", "mention"})
        section = next(i for i, s in enumerate(sections) if s.span[0] <= label.number_at < s.span[1])
        yield Fact(id=n, mention=raw[slice(*label.span)], section=section, read_by="rules", **known)


def _measures(facts: Iterable[Fact], sections: list[Section]) -> Iterator[Measure]:
    for i, section in enumerate(sections):
        ids = tuple(f.id for f in facts if f.section == i)
        if ids:
            yield Measure(
                topic=section.topic, title=section.topic.zh, summary="", status="achieved", facts=ids, span=section.span
            )


def _named(names: Iterable[str], raw: str, entry: type, field: str) -> Iterator[Any]:
    """Names that stand in the raw text as they are; in spoilt or Traditional text many do not."""
    found = [(raw.find(name), name) for name in names]
    for start, name in sorted(found):
        if start >= 0:
            yield entry(**{field: name, "span": (start, start + len(name))})


def outcome_of(sample: Sample) -> Outcome:
    """What a perfect reader makes of a sample; every other report has trouble, so that it can be looked at."""
    if sample.gold.outcome is not None:
        return Skipped(reason=sample.gold.outcome.reason, text="广告", document=document_of(sample.path, sample.gold))
    report = report_of(sample.path, sample.gold, unread=len(sample.name) % 2)
    return Reported(report=with_trouble(report) if len(sample.name) % 2 else report)


def write_run(out: Path, outcomes: Iterable[tuple[str, Outcome]]) -> Path:
    """An output folder, written by what `summarizer run` writes with."""
    with Output(out) as output:
        for n, (name, outcome) in enumerate(outcomes):
            output.add(name, PurePosixPath("reports", f"{n:04d}.json"), outcome)
        output.finish({"settings": {"model": None}, "exit_code": 0})
    return out
