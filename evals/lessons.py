"""What the linear models learn from: labelled samples that may be read, and practice articles with marks in the text.

A practice article (`evals/practice/`) is an article in which every number that measures something is marked with what
the models learn: 种植黄精`{300余亩|industry|planted_area|黄精种植|achieved|2019|=}`. That takes a tenth of the time of
a sample, so there are many, of many trades; no floor stands on them. See the README there.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.gold import Sample
from schemas.vocabulary import Indicator, Status, Topic
from summarizer.precheck.brief import Brief
from summarizer.precheck.candidate import Candidate

PRACTICE = Path(__file__).parent / "practice"

UNLEARNT = PRACTICE / "unlearnt"
"""Practice articles that neither rules nor models know: what is read right in them is no memory."""

_MARK = re.compile(
    r"\{([^{}|]+)\|([a-z_]+)\|([a-z_]+)\|([^{}|]+)\|([a-z]+)"
    r"\|(-|\d{4}(?:-\d\d){0,2}(?:/\d{4}(?:-\d\d){0,2})?)\|([^{}|]+)\}"
)
_ABOUT = re.compile(r"\{([^{}|]+)\|(-|[a-z]+)\|(\d{4}|-)\}\n")
_OF_SUBJECT, _NOTHING = "=", "-"
_LEFT_OVER = re.compile("[{}|]")
_NUMERAL = re.compile("[0-9０-９〇零一二三四五六七八九十百千万亿两兩萬億半几幾数數]")


@dataclass(frozen=True, slots=True)
class Told:
    """What a number is labelled with: `number_at` is the position of its first digit in the raw text.

    `period` is None where the article gives no time, `place` None for the subject of the article.
    """

    number_at: int
    topic: Topic
    indicator: Indicator
    label: str
    status: Status
    period: str | None
    place: str | None


@dataclass(frozen=True, slots=True)
class Lesson:
    """An article to learn from: its bytes, its labelled numbers, and the year that 今年 means in it."""

    name: str
    content: bytes
    told: Sequence[Told]
    subject: str | None
    year: int | None
    practised: bool = False
    """Whether it is a practice article, whose numbers count less in learning than those of a sample."""


def of_sample(sample: Sample) -> Lesson:
    """A labelled sample as a lesson."""
    gold = sample.gold
    told = [Told(f.number_at, f.topic, f.indicator, f.label, f.status, f.period, f.place) for f in gold.facts]
    subject = gold.subject.name if gold.subject else None
    return Lesson(sample.name, sample.path.read_bytes(), told, subject, gold.document.reference_year)


def of_samples(samples: Iterable[Sample]) -> list[Lesson]:
    """The samples that weights may be learnt from: untouched ones measure what was learnt."""
    return [of_sample(sample) for sample in samples if sample.gold.facts and not sample.gold.untouched]


def practice(folder: Path = PRACTICE) -> list[Lesson]:
    """The practice articles of a folder, by name."""
    return [marked(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.txt"))]


def marked(name: str, text: str) -> Lesson:
    """An article with marks as a lesson. Raises ValueError, with the article's name, for a mark that is broken."""
    about = _ABOUT.match(text)
    if about is None:
        raise ValueError(f"{name}: the first line does not tell subject, level and year: {text[:30]!r}")
    subject, _, year = about.groups()
    plain, told, done = "", [], about.end()
    for mark in _MARK.finditer(text, done):
        plain += text[done : mark.start()]
        try:
            told.append(_told(len(plain), mark.groups()))
        except ValueError as error:
            raise ValueError(f"{name}: {mark.group()}: {error}") from None
        plain += mark[1]
        done = mark.end()
    plain += text[done:]
    if slip := _LEFT_OVER.search(plain):
        raise ValueError(f"{name}: a mark is broken at {plain[max(slip.start() - 10, 0) : slip.end() + 10]!r}")
    known_year = None if year == _NOTHING else int(year)
    return Lesson(name, plain.encode("utf-8"), told, _given(subject), known_year, practised=True)


def _told(start: int, marks: Sequence[str]) -> Told:
    """What a mark tells of the number whose mention begins at `start` in the article without marks."""
    mention, topic, indicator, label, status, period, place = marks
    numeral = _NUMERAL.search(mention)
    return Told(
        start + (numeral.start() if numeral else 0),
        Topic(topic),
        Indicator(indicator),
        label,
        Status(status),
        _given(period),
        None if place == _OF_SUBJECT else place,
    )


def _given(said: str) -> str | None:
    """What a mark says, None where it says that there is nothing."""
    return None if said == _NOTHING else said


def labelled(lesson: Lesson, brief: Brief) -> Iterator[tuple[Candidate, Told]]:
    """The candidates of an article that are labelled numbers, in order, each with its labels."""
    by_position = {told.number_at: told for told in lesson.told}
    for candidate in brief.candidates:
        start, end = brief.article.clean.to_raw(candidate.start, candidate.end)
        told = next((by_position[at] for at in by_position if start <= at < end), None)
        if told is not None:
            yield candidate, told
