"""Learns what speaks for a status from labelled samples, and writes the weights.

    python -m evals.train_status            print what the model reaches on articles left out, and write the weights
    python -m evals.train_status --dry-run  the same, and write nothing

Needs scikit-learn (`pip install -e '.[train]'`), and the models of topics and indicators as they are packaged: run
`evals.train_topics` and `evals.train_indicators` first, `evals.train_labels` after it. Untouched samples are never
learnt from. The model does not hear the rules' word, so that it judges them as one who has not read these articles
with them; what is printed for the rules flatters them, and what is printed for both.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from evals.gold import load
from evals.learning import fitted
from evals.lessons import Lesson, labelled, of_samples, practice
from evals.run import ARTICLES, SAMPLES
from schemas.vocabulary import Status
from summarizer import readers
from summarizer.precheck.examine import examine
from summarizer.readers import happened, linear_model, status_model
from summarizer.readers.linear_model import Feature, LinearModel
from summarizer.readers.numbers import known_of, read_numbers
from summarizer.readers.study import Study
from summarizer.text import repair

app = typer.Typer(add_completion=False)
console = Console()

FOLDS = 5
"""Parts of the articles that are left out in turn."""

SEED = 1
"""Of the order in which articles fall into parts."""

STRENGTH = 0.5
"""`C` of the regression, the inverse of its L2 penalty: chosen on articles left out."""

PRACTISED = 0.5
"""What a number of a practice article counts beside one of a sample. It is more than for topics, since another than the
writer marked statuses; 0.3 and 1.0 do as well on samples left out."""

LEAST = 0.08
"""Weights nearer to nothing are left out of the file; what is printed is reached without them."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled number: its features, the rules' status and the label's."""

    features: Mapping[Feature, float]
    by_rules: Status
    status: Status
    counts: float


def numbers_of(lesson: Lesson) -> list[Labelled]:
    """The labelled numbers of an article, as the rules read them without a model of statuses."""
    study = Study(examine(repair(lesson.content)), statuses=None)
    readings = {n.id: n for part in study.brief.parts for n in read_numbers(study, part.index)}
    found: list[Labelled] = []
    for candidate, fact in labelled(lesson, study.brief):
        told, near = readings[candidate.id], study.around(candidate)
        known = known_of(study, candidate.section, near, told.indicator, told.topic, readings)
        groups = happened.features(study, candidate.section, near, known)
        row = {(kind, name): value for kind, names, value in groups for name in names}
        found.append(Labelled(row, told.status, fact.status, PRACTISED if lesson.practised else 1.0))
    return found


def learn(numbers: Sequence[Labelled]) -> LinearModel[Status]:
    """The model of these numbers, as the reader will have it."""
    return status_model.read(text_of(numbers))


def text_of(numbers: Sequence[Labelled]) -> str:
    """The file with what is learnt from these numbers."""
    rows, statuses, counts = zip(*((n.features, n.status, n.counts) for n in numbers), strict=True)
    weights = fitted(rows, statuses, strength=STRENGTH, least=LEAST, counts=counts)
    return linear_model.written(weights, command="evals.train_status")


def right(numbers: Sequence[Labelled], model: LinearModel[Status]) -> tuple[int, int]:
    """How many numbers get their label's status from the model alone, and how many where it weighs the rules' word."""
    alone, weighed = 0, 0
    for number in numbers:
        told = model.bias + model.vector((kind, (name,), value) for (kind, name), value in number.features.items())
        alone += model.best(told) is number.status
        plain = happened.is_plainly_achieved(model, told)
        found = Status.ACHIEVED if plain else happened.overruled(model, told, number.by_rules)
        weighed += found is number.status
    return alone, weighed


def left_out(articles: Sequence[Sequence[Labelled]], beside: Sequence[Labelled]) -> tuple[float, float]:
    """The same as shares, each article read with weights that have not seen it; all have seen the numbers `beside`."""
    order = list(articles)
    random.Random(SEED).shuffle(order)
    alone, weighed = 0, 0
    for fold in range(FOLDS):
        model = learn([*beside, *(n for i, article in enumerate(order) if i % FOLDS != fold for n in article)])
        for article in order[fold::FOLDS]:
            one, both = right(article, model)
            alone, weighed = alone + one, weighed + both
    total = sum(map(len, order))
    return alone / total, weighed / total


@app.command(help=__doc__)
def main(dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing.")] = False) -> None:
    """Learn from the samples that may be read, print what is reached on articles left out, write the weights."""
    samples, others = of_samples(load(SAMPLES, ARTICLES)), practice()
    with console.status("reading the articles"):
        articles = [numbers_of(lesson) for lesson in samples]
        practised = [number for lesson in others for number in numbers_of(lesson)]
    numbers = [n for article in articles for n in article]
    for name, found in ((f"{len(articles)} samples", numbers), (f"{len(others)} practice articles", practised)):
        by_rules = sum(n.by_rules is n.status for n in found) / len(found)
        console.print(f"{name}, {len(found)} numbers; status by rules alone: {by_rules:.3f}")
    with console.status("learning without a part of the samples, in turn"):
        alone, weighed = left_out(articles, practised)
    console.print(f"status on samples left out: {alone:.3f} by the model alone, {weighed:.3f} with the rules' word")
    with console.status("learning from all"):
        text = text_of([*numbers, *practised])
    if not dry_run:
        path = Path(readers.__file__).parent / "data" / status_model.FILE
        path.write_text(text, encoding="utf-8")
        console.print(f"{path.name}: {len(text.splitlines())} lines, {len(text.encode()) / 1000:.0f} kB")


if __name__ == "__main__":
    app()
