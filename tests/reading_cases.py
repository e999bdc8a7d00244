"""What the tests of the rule reader share: briefs of short texts, and labelled sentences."""

import asyncio
import json
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

from schemas.reading import NumberReading, Overview, SectionReading
from schemas.report import Subject
from schemas.vocabulary import Level, Script
from summarizer import gazetteer
from summarizer.precheck import numbers, places, sections, times
from summarizer.precheck.brief import Brief, Verdict
from summarizer.precheck.candidate import Candidate
from summarizer.readers.rules import RuleReader
from summarizer.readers.study import Study
from summarizer.text.article import Article
from summarizer.text.traced import Traced

CASES = Path(__file__).parent / "cases" / "reader"
COUNTY = Subject(name="隆化县", level=Level.COUNTY, province="河北省", prefecture="承德市", adcode="130825")


def cases(name: str) -> list[dict[str, Any]]:
    """The labelled sentences of one file; `README.md` beside it says what the fields are."""
    found: list[dict[str, Any]] = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return found


def brief_of(text: str, *, year: int | None = 2019, subject: Subject = COUNTY) -> Brief:
    """The brief of a clean text, written in December of `year`."""
    written = f"{year}-12" if year else None
    parts = sections.find(text, (), 1200)
    found = [n for n in numbers.find(text, ()) if n.set_aside is None]
    known = ("start", "end", "number_at", "value", "unit", "upper", "counted", "qualifier", "per", "damaged")
    candidates = tuple(
        Candidate(
            **{name: getattr(number, name) for name in known},
            id=i,
            section=next((p.index for p in parts if p.start <= number.start < p.end), 0),
        )
        for i, number in enumerate(found, 1)
    )
    return Brief(
        article=Article(raw=text, clean=Traced.of(text), script=Script.SIMPLIFIED),
        subject=subject,
        reference_year=year,
        reference_year_basis=None,
        written=written,
        parts=parts,
        candidates=candidates,
        set_aside=tuple(n for n in numbers.find(text, ()) if n.set_aside is not None),
        times=times.find(text, year, written),
        places=places.find(text, subject),
        verdict=Verdict(None),
    )


def read(brief: Brief) -> tuple[list[SectionReading], Overview]:
    """The whole brief, read by rules; without the models of indicators and statuses, which are learnt anew."""

    async def everything() -> tuple[list[SectionReading], Overview]:
        reader = RuleReader(partial(Study, indicators=None, statuses=None))
        readings = [await reader.read(brief, part.index) for part in brief.parts]
        return readings, await reader.overview(brief, readings)

    return asyncio.run(everything())


def number_in(case: dict[str, Any]) -> NumberReading:
    """What the rules say of the number that a case asks about."""
    text = (case["heading"] + "\n" if case.get("heading") else "") + case["text"]
    brief = brief_of(text)
    at = text.index(case["number"], len(case.get("heading") or ""))
    candidate = next(c for c in brief.candidates if c.start <= at < c.end or at <= c.start < at + len(case["number"]))
    readings, _ = read(brief)
    return next(n for r in readings for n in r.numbers if n.id == candidate.id)


def facts_in(case: dict[str, Any]) -> list[tuple[dict[str, Any], NumberReading]]:
    """Every labelled fact of a passage with what the rules say of it."""
    division = gazetteer.divisions(case["subject"])[0]
    prefecture = division.name if division.level is Level.PREFECTURE else division.prefecture
    subject = Subject(
        name=division.name,
        level=division.level,
        province=division.province,
        prefecture=prefecture,
        adcode=division.adcode,
    )
    brief = brief_of(case["text"], year=case["year"], subject=subject)
    readings, _ = read(brief)
    meant = {n.id: n for r in readings for n in r.numbers}
    found = []
    for fact in case["facts"]:
        start = case["text"].index(fact["number"])
        end = start + len(fact["number"])
        candidate = next(c for c in brief.candidates if c.start < end and c.end > start)
        found.append((fact, meant[candidate.id]))
    return found


def overlap(a: str, b: str) -> float:
    """F1 of two labels over their characters."""
    common = sum((Counter(a) & Counter(b)).values())
    return 2 * common / (len(a) + len(b)) if a and b else 0.0
