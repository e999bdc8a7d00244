"""From readings to the parts of a report: values and spans are computed here, by code, from the raw text.

Whatever a reader says passes through here, so the promises are kept here: a fact is a candidate with its own value and
span; a place, a person, a label, a designation stands in the text or is dropped and recorded; a candidate that no
reader answered is unread.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from schemas.reading import CaseReading, MeasureReading, NumberReading, Overview, SectionReading
from schemas.report import (
    Case,
    Coverage,
    Designation,
    Dropped,
    Fact,
    Measure,
    Milestone,
    Partner,
    Section,
    SetAside,
)
from schemas.vocabulary import Indicator, Status
from summarizer import gazetteer
from summarizer.precheck.brief import Brief
from summarizer.precheck.candidate import Candidate, Number
from summarizer.prose import Prose
from summarizer.text.traced import LOST

HEADLINE_INDICATORS = (
    Indicator.POPULATION,
    Indicator.RURAL_POPULATION,
    Indicator.AREA,
    Indicator.TOWNSHIPS,
    Indicator.VILLAGES,
    Indicator.POOR_VILLAGES,
    Indicator.REGISTERED_HOUSEHOLDS,
    Indicator.REGISTERED_PERSONS,
    Indicator.LIFTED_HOUSEHOLDS,
    Indicator.LIFTED_PERSONS,
    Indicator.REMAINING_HOUSEHOLDS,
    Indicator.REMAINING_PERSONS,
    Indicator.POVERTY_RATE,
)
"""What a county is described by; other indicators describe one measure and stand under `measures`."""

T = TypeVar("T", Measure, Milestone, Case, Designation, Partner)

SUMMARY_OF_A_MEASURE = 120
"""Characters: one or two sentences of a work report."""


@dataclass(slots=True)
class Assembled:
    """The parts of a report that come from readings, before any arithmetic."""

    sections: tuple[Section, ...] = ()
    facts: tuple[Fact, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    unread: tuple[tuple[int, int], ...] = ()
    measures: tuple[Measure, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    cases: tuple[Case, ...] = ()
    designations: tuple[Designation, ...] = ()
    partners: tuple[Partner, ...] = ()
    dropped: list[Dropped] = field(default_factory=list)


def assemble(brief: Brief, readings: Sequence[SectionReading], overview: Overview) -> Assembled:
    """Put readings together; `readings` has one for each part of the article, in order."""
    prose = Prose(brief)
    answers = {n.id: n for reading in readings for n in reading.numbers}
    codes = {p.name: p.adcode for p in reversed(brief.places) if p.adcode}
    facts, aside, unread = [], [_set_aside(brief, n) for n in brief.set_aside], []
    for candidate in brief.candidates:
        answer = answers.get(candidate.id)
        if answer is None:
            unread.append(_raw(brief, candidate))
        elif answer.set_aside is not None:
            aside.append(SetAside(reason=answer.set_aside, span=_raw(brief, candidate)))
        else:
            facts.append(_fact(brief, candidate, answer, prose, codes))
    known = {fact.id for fact in facts}
    return Assembled(
        sections=_sections(brief, readings),
        facts=tuple(facts),
        set_aside=tuple(sorted(aside, key=lambda a: a.span)),
        unread=tuple(unread),
        measures=_by_span(_measure(brief, m, known, prose, r) for r in readings for m in r.measures),
        milestones=_milestones(brief, readings, prose),
        cases=_by_span(_case(brief, c, known, prose, r) for r in readings for c in r.cases),
        designations=_by_span(
            Designation(text=text, span=span)
            for text, span in _words(brief, "designations", overview.designations, prose)
        ),
        partners=_by_span(
            Partner(name=name, span=span) for name, span in _words(brief, "partners", overview.partners, prose)
        ),
        dropped=prose.dropped,
    )


def figures(facts: Iterable[Fact]) -> dict[Indicator, tuple[int, ...]]:
    """The subject's own headline figures, newest period first; figures without a period come last."""
    chosen: dict[Indicator, list[Fact]] = {}
    for fact in facts:
        own = fact.indicator in HEADLINE_INDICATORS and fact.place is None and not fact.per
        if own and fact.status is Status.ACHIEVED and fact.value is not None:
            chosen.setdefault(fact.indicator, []).append(fact)
    newest = {i: sorted(found, key=lambda f: f.period or "", reverse=True) for i, found in chosen.items()}
    return {i: tuple(f.id for f in newest[i]) for i in HEADLINE_INDICATORS if i in newest}


def coverage(parts: Assembled) -> Coverage:
    """The account of every number, with its one-line verdict."""
    damaged = sum(f.value is None or f.proved_by is not None for f in parts.facts)
    total = len(parts.facts) + len(parts.set_aside) + len(parts.unread)
    verdict = f"{total} 个数字：{len(parts.facts)} 条事实"
    verdict += f"（其中 {damaged} 条受损）" if damaged else ""
    verdict += f"，{len(parts.set_aside)} 个非指标" + (f"，{len(parts.unread)} 个未读" if parts.unread else "")
    return Coverage(
        total=total,
        facts=len(parts.facts),
        damaged=damaged,
        unread=len(parts.unread),
        unread_spans=parts.unread,
        set_aside=parts.set_aside,
        verdict=verdict,
    )


def _raw(brief: Brief, number: Number) -> tuple[int, int]:
    return brief.article.clean.to_raw(number.start, number.end)


def _set_aside(brief: Brief, number: Number) -> SetAside:
    assert number.set_aside is not None
    return SetAside(reason=number.set_aside, span=_raw(brief, number))


def _sections(brief: Brief, readings: Sequence[SectionReading]) -> tuple[Section, ...]:
    return tuple(
        Section(heading=part.heading, topic=reading.topic, span=brief.article.clean.to_raw(part.start, part.end))
        for part, reading in zip(brief.parts, readings, strict=True)
    )


def _fact(brief: Brief, candidate: Candidate, answer: NumberReading, prose: Prose, codes: Mapping[str, str]) -> Fact:
    start, end = _raw(brief, candidate)
    place = _place(brief, f"facts[{candidate.id}].place", answer.place, prose)
    return Fact(
        id=candidate.id,
        span=(start, end),
        number_at=brief.article.clean.to_raw(candidate.number_at, candidate.number_at + 1)[0],
        mention=brief.article.raw[start:end],
        value=candidate.value,
        upper=candidate.upper,
        unit=candidate.unit,
        counted=candidate.counted,
        qualifier=candidate.qualifier,
        per=candidate.per,
        label=prose.words(f"facts[{candidate.id}].label", answer.label) or answer.indicator.zh,
        topic=answer.topic,
        indicator=answer.indicator,
        place=place,
        adcode=_adcode(brief, place, codes),
        status=answer.status,
        period=answer.period,
        section=candidate.section,
        read_by=answer.read_by,
        disagreed=answer.disagreed,
    )


def _place(brief: Brief, field_name: str, place: str | None, prose: Prose) -> str | None:
    """The place, if the article names it or it is the province or prefecture that the subject lies in."""
    if not place or place == brief.subject.name:
        return None
    if place in brief.text:
        return place
    known = {p.name for p in brief.places} | {brief.subject.province, brief.subject.prefecture, "全国"}
    if place in known or all(name in known or name in brief.text for name in place.split("、")):
        return place
    prose.dropped.append(Dropped(field=field_name, text=place, reason="the article does not name this place"))
    return None


def _adcode(brief: Brief, place: str | None, codes: Mapping[str, str]) -> str | None:
    """The code of one county or above; ambiguous names have none unless the subject's province decides.

    `codes` are those of the places that the article names.
    """
    if place is None:
        return None
    if place in codes:
        return codes[place]
    near = [d for d in gazetteer.divisions(place, year=brief.reference_year) if d.province == brief.subject.province]
    return near[0].adcode if len(near) == 1 else None


def _measure(
    brief: Brief, reading: MeasureReading, known: set[int], prose: Prose, section: SectionReading
) -> Measure | None:
    span = _quote(brief, f"sections[{section.section}].measures", reading.quote, section.section, prose)
    if span is None:
        return None
    name = f"sections[{section.section}].measures.summary"
    summary = prose.sentences(name, reading.summary, SUMMARY_OF_A_MEASURE)
    title = prose.words(f"sections[{section.section}].measures.title", reading.title) or reading.topic.zh
    return Measure(
        topic=reading.topic,
        title=title,
        summary=summary,
        status=reading.status,
        facts=tuple(sorted(set(reading.numbers) & known)),
        span=span,
    )


def _case(brief: Brief, reading: CaseReading, known: set[int], prose: Prose, section: SectionReading) -> Case | None:
    name = f"sections[{section.section}].cases"
    span = _quote(brief, name, reading.quote, section.section, prose)
    if span is None:
        return None
    if reading.person not in brief.text:
        prose.dropped.append(Dropped(field=name, text=reading.person, reason="the article does not name this person"))
        return None
    return Case(
        person=reading.person,
        place=_place(brief, f"{name}.place", reading.place, prose),
        summary=prose.sentences(f"{name}.summary", reading.summary, SUMMARY_OF_A_MEASURE),
        facts=tuple(sorted(set(reading.numbers) & known)),
        span=span,
    )


def _milestones(brief: Brief, readings: Sequence[SectionReading], prose: Prose) -> tuple[Milestone, ...]:
    found = []
    for reading in readings:
        for m in reading.milestones:
            name = f"sections[{reading.section}].milestones"
            if (span := _quote(brief, name, m.quote, reading.section, prose)) is not None:
                place = _place(brief, f"{name}.place", m.place, prose)
                found.append(
                    Milestone(date=m.date, event=m.event, place=place, text=m.quote.replace(LOST, "?"), span=span)
                )
    return _by_span(found)


def _quote(brief: Brief, field_name: str, quote: str, section: int, prose: Prose) -> tuple[int, int] | None:
    """Where the quote stands in its section, as a raw span; a quote that does not stand there is dropped."""
    part = brief.parts[section]
    at = brief.text.find(quote, part.start, part.end) if quote else -1
    if at < 0:
        prose.dropped.append(Dropped(field=field_name, text=quote, reason="the section does not say this"))
        return None
    return brief.article.clean.to_raw(at, at + len(quote))


def _words(brief: Brief, field_name: str, texts: Iterable[str], prose: Prose) -> Iterable[tuple[str, tuple[int, int]]]:
    """Words of the article with the raw span of their first occurrence outside furniture."""
    for text in dict.fromkeys(texts):
        at = next((i for part in brief.parts if (i := brief.text.find(text, part.start, part.end)) >= 0), -1)
        if text and at >= 0:
            yield text, brief.article.clean.to_raw(at, at + len(text))
        else:
            prose.dropped.append(Dropped(field=field_name, text=text, reason="the article does not say this"))


def _by_span(items: Iterable[T | None]) -> tuple[T, ...]:
    return tuple(sorted((i for i in items if i is not None), key=lambda i: i.span))
