"""What the linear models learn from: labelled samples that may be read, and practice articles with marks in the text.

A practice article (`evals/practice/`) is an article in which every number that measures something is marked with what
the models learn: 种植黄精`{300余亩|industry|planted_area|黄精种植}`. That takes a tenth of the time of a sample, so
there are many, of many trades; nothing is scored on them. See the README there.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.gold import Sample
from evals.learning import PRACTISED
from schemas.vocabulary import Indicator, Topic
from summarizer.precheck.brief import Brief
from summarizer.precheck.candidate import Candidate

PRACTICE = Path(__file__).parent / "practice"

_MARK = re.compile(r"\{([^{}|]+)\|([a-z_]+)\|([a-z_]+)\|([^{}|]+)\}")
_LEFT_OVER = re.compile("[{}|]")
_NUMERAL = re.compile("[0-9０-９〇零一二三四五六七八九十百千万亿两兩萬億半几幾数數]")


@dataclass(frozen=True, slots=True)
class Told:
    """What a number is labelled with: `number_at` is the position of its first digit in the raw text."""

    number_at: int
    topic: Topic
    indicator: Indicator
    label: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """An article to learn from: its bytes and its labelled numbers."""

    name: str
    content: bytes
    told: Sequence[Told]
    counts: float = 1.0
    """What one of its numbers counts in learning, beside one of a sample."""


def of_sample(sample: Sample) -> Lesson:
    """A labelled sample as a lesson."""
    facts = sample.gold.facts
    return Lesson(
        sample.name, sample.path.read_bytes(), [Told(f.number_at, f.topic, f.indicator, f.label) for f in facts]
    )


def of_samples(samples: Iterable[Sample]) -> list[Lesson]:
    """The samples that weights may be learnt from: untouched ones measure what was learnt."""
    return [of_sample(sample) for sample in samples if sample.gold.facts and not sample.gold.untouched]


def practice(folder: Path = PRACTICE) -> list[Lesson]:
    """The practice articles of a folder, by name."""
    return [marked(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.txt"))]


def marked(name: str, text: str) -> Lesson:
    """An article with marks as a lesson. Raises ValueError, with the article's name, for a mark that is broken."""
    plain, told, done = "", [], 0
    for mark in _MARK.finditer(text):
        mention, topic, indicator, label = mark.groups()
        plain += text[done : mark.start()]
        numeral = _NUMERAL.search(mention)
        try:
            told.append(
                Told(len(plain) + (numeral.start() if numeral else 0), Topic(topic), Indicator(indicator), label)
            )
        except ValueError as error:
            raise ValueError(f"{name}: {mark.group()}: {error}") from None
        plain += mention
        done = mark.end()
    plain += text[done:]
    if slip := _LEFT_OVER.search(plain):
        raise ValueError(f"{name}: a mark is broken at {plain[max(slip.start() - 10, 0) : slip.end() + 10]!r}")
    return Lesson(name, plain.encode("utf-8"), told, PRACTISED)


def labelled(lesson: Lesson, brief: Brief) -> Iterator[tuple[Candidate, Told]]:
    """The candidates of an article that are labelled numbers, in order, each with its labels."""
    by_position = {told.number_at: told for told in lesson.told}
    for candidate in brief.candidates:
        start, end = brief.article.clean.to_raw(candidate.start, candidate.end)
        told = next((by_position[at] for at in by_position if start <= at < end), None)
        if told is not None:
            yield candidate, told
