"""What the model of labels learns from: the labelled numbers of an article, as the rules read them."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.lessons import Lesson, labelled
from schemas.vocabulary import Indicator, Status
from summarizer.precheck.examine import examine
from summarizer.readers.clauses import Around
from summarizer.readers.numbers import read_numbers
from summarizer.readers.study import Study
from summarizer.text import repair


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled number: the rules' label and indicator, and the label of whoever labelled it."""

    near: Around
    by_rules: str
    indicator: Indicator
    status: Status
    label: str


@dataclass(frozen=True, slots=True)
class Article:
    """The labelled numbers of an article, in order; `counts` is what one of them counts in learning."""

    name: str
    study: Study
    numbers: Sequence[Labelled]
    counts: float = 1.0


def article_of(lesson: Lesson) -> Article:
    """The labelled numbers of an article, as the rules word their labels."""
    study = Study(examine(repair(lesson.content)), labels=None)
    told = {n.id: n for part in study.brief.parts for n in read_numbers(study, part.index)}
    found = [
        Labelled(study.around(c), told[c.id].label, told[c.id].indicator, told[c.id].status, fact.label)
        for c, fact in labelled(lesson, study.brief)
    ]
    return Article(lesson.name, study, found)
