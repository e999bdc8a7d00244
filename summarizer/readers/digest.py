"""Headline and summary: sentences of the article, chosen for the topics and figures that they cover."""

import re
from collections.abc import Sequence

from schemas.reading import NumberReading, SectionReading
from schemas.vocabulary import Indicator, Status, Topic
from summarizer.readers.clauses import Stretch
from summarizer.readers.extracts import half_sentences, is_quotable, numbers_in, prose, shortened
from summarizer.readers.study import Study

HEADLINE_CHARS = 40
SUMMARY_CHARS = 240
SENTENCE_CHARS = 90
"""Longest sentence of a summary: three or more must fit."""

WEIGHT = {
    Indicator.LIFTED_PERSONS: 3.0,
    Indicator.LIFTED_HOUSEHOLDS: 2.0,
    Indicator.POVERTY_RATE: 3.0,
    Indicator.REMAINING_PERSONS: 2.0,
    Indicator.REGISTERED_PERSONS: 2.0,
    Indicator.POPULATION: 1.5,
    Indicator.INVESTMENT: 1.5,
    Indicator.LOANS: 1.5,
    Indicator.PERSONAL_INCOME: 1.5,
}
"""What a reader of a county report looks for first; any other figure counts one."""


def headline(study: Study, readings: Sequence[SectionReading]) -> str:
    """The title, or a half of it, where that is short enough; else the clauses with the weightiest figures."""
    title = study.brief.article.info.title or ""
    for text in (title, *re.split(r"——|--|　| ", title)):
        if 4 <= len(text) <= HEADLINE_CHARS:
            return text
    meant = _meant(readings)
    best, most = "", 0.0
    for part in study.brief.parts:
        for sentence in half_sentences(study, part.body, part.end):
            short = shortened(study, sentence, HEADLINE_CHARS - 1)
            if short is None:
                continue
            worth = sum(WEIGHT.get(meant[i].indicator, 0.1) for i in numbers_in(study, short) if i in meant)
            if worth > most:
                best, most = prose(study, short).rstrip("。"), worth
    return best


def summary(study: Study, readings: Sequence[SectionReading]) -> str:
    """Sentences that together cover most topics and figures, in the order of the text, within the limit."""
    meant = _meant(readings)
    pool = _sentences(study)
    chosen: list[Stretch] = []
    covered: set[Topic] = set()
    left = SUMMARY_CHARS
    while fitting := [s for s in pool if s.end - s.start + 1 <= left and s not in chosen]:
        best = max(fitting, key=lambda s: (_score(study, s, meant, covered), -s.start))
        if _score(study, best, meant, covered) <= 0:
            break
        chosen.append(best)
        left -= best.end - best.start + 1
        covered |= {meant[i].topic for i in numbers_in(study, best) if i in meant}
    return "".join(prose(study, s) for s in sorted(chosen, key=lambda s: s.start))


def _meant(readings: Sequence[SectionReading]) -> dict[int, NumberReading]:
    return {n.id: n for r in readings for n in r.numbers if n.set_aside is None}


def _sentences(study: Study) -> list[Stretch]:
    """Sentences that can stand in a summary; speech is told by others in their own name."""
    found, seen = [], set()
    for part in study.brief.parts:
        for sentence in half_sentences(study, part.body, part.end):
            short = shortened(study, sentence, SENTENCE_CHARS)
            if short is None or not is_quotable(study, short):
                continue
            words = study.brief.text[short.start : short.end]
            if not words.startswith(("“", "‘")) and words not in seen:
                seen.add(words)
                found.append(short)
    return found


def _score(study: Study, stretch: Stretch, meant: dict[int, NumberReading], covered: set[Topic]) -> float:
    """What a sentence adds: its figures by weight, more for a topic not yet covered, by its length."""
    told = [meant[i] for i in numbers_in(study, stretch) if i in meant]
    if not told:
        return 0.0
    worth = sum(WEIGHT.get(m.indicator, 1.0) * (0.7 if m.status is Status.POLICY or m.place else 1.0) for m in told)
    fresh = 4.0 * len({m.topic for m in told} - covered)
    return (min(worth, 6.0) + fresh) / (20 + stretch.end - stretch.start)
