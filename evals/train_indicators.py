"""Learns what speaks for an indicator from labelled samples and practice articles, and writes the weights.

    python -m evals.train_indicators            print what the model reaches on articles left out, and write the weights
    python -m evals.train_indicators --dry-run  the same, and write nothing

Needs scikit-learn (`pip install -e '.[train]'`), and the topic model as it is packaged: run `evals.train_topics`
first. Untouched samples are never learnt from. The rules have been written with the samples in view, so that what
is printed for them flatters them, and the model that hears them too; only untouched samples do not.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from evals.gold import load
from evals.learning import PRACTISED, fitted
from evals.lessons import Lesson, labelled, of_samples, practice
from evals.run import ARTICLES, SAMPLES
from schemas.vocabulary import Indicator
from summarizer import readers
from summarizer.precheck.examine import examine
from summarizer.readers import indicator_model, linear_model, measured
from summarizer.readers.linear_model import BIAS, Feature, Group, LinearModel
from summarizer.readers.numbers import read_numbers
from summarizer.readers.study import Study
from summarizer.text import repair

app = typer.Typer(add_completion=False)
console = Console()

FOLDS = 5
"""Parts of the articles that are left out in turn."""

SEED = 1
"""Of the order in which articles fall into parts, and of which rules go unheard."""

STRENGTH = 0.5
"""`C` of the regression, the inverse of its L2 penalty: chosen on articles left out."""

VIEWS = 2
"""How often each number is learnt from."""

UNHEARD = 0.3
"""The share of views without the rules' word: they know these articles too well to be believed as they are here."""

LEAST = 0.05
"""Weights nearer to nothing are left out of the file; what is printed is reached without them."""

Features = Mapping[Feature, float]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled number: its features, the rules' indicator and the label's."""

    features: Features
    by_rules: Indicator
    indicator: Indicator
    counts: float = 1.0
    """What it counts in learning."""


def numbers_of(lesson: Lesson) -> list[Labelled]:
    """The labelled numbers of an article, as the rules read them without a model of indicators."""
    study = Study(examine(repair(lesson.content)), indicators=None)
    readings = {n.id: n for part in study.brief.parts for n in read_numbers(study, part.index)}
    found: list[Labelled] = []
    for candidate, fact in labelled(lesson, study.brief):
        told = readings[candidate.id]
        groups = measured.features(study, candidate, study.around(candidate), told.indicator, told.topic)
        found.append(
            Labelled(dict(_flat(groups)), told.indicator, fact.indicator, PRACTISED if lesson.practised else 1.0)
        )
    return found


def _flat(groups: Iterator[Group]) -> Iterator[tuple[Feature, float]]:
    """The features of groups, each with its value."""
    return (((kind, name), value) for kind, names, value in groups for name in names)


def learn(numbers: Sequence[Labelled]) -> Mapping[Feature, Mapping[Indicator, float]]:
    """The weights by feature, those near nothing left out."""
    dice = random.Random(SEED)
    rows: list[Features] = []
    for number in numbers:
        for _ in range(VIEWS):
            deaf = dice.random() < UNHEARD
            rows.append({f: v for f, v in number.features.items() if not (deaf and f[0] in measured.RULES)})
    labels = [number.indicator for number in numbers for _ in range(VIEWS)]
    counts = [number.counts for number in numbers for _ in range(VIEWS)]
    found = fitted(rows, labels, strength=STRENGTH / VIEWS, least=LEAST, counts=counts)
    # What no label has is never the likeliest.
    found[BIAS] |= {code: UNSEEN for code in Indicator if code not in found[BIAS]}
    return found


UNSEEN = -30.0
"""The score of an indicator that no labelled number has."""


def model_of(weights: Mapping[Feature, Mapping[Indicator, float]]) -> LinearModel[Indicator]:
    """The model of these weights, as the reader will have it."""
    return indicator_model.read(linear_model.written(weights, command="evals.train_indicators"))


def right(numbers: Sequence[Labelled], model: LinearModel[Indicator]) -> int:
    """How many numbers get their label's indicator."""
    groups = ([(kind, (name,), value) for (kind, name), value in n.features.items()] for n in numbers)
    told = (model.bias + model.vector(g) for g in groups)
    settled = (measured.overruled(model, t, n.by_rules) for n, t in zip(numbers, told, strict=True))
    return sum(found is n.indicator for found, n in zip(settled, numbers, strict=True))


def left_out(articles: Sequence[Sequence[Labelled]], others: Sequence[Labelled]) -> float:
    """The share of numbers with the label's indicator, each article read with weights that have not seen it.

    The weights have always seen the `others`.
    """
    order = list(articles)
    random.Random(SEED).shuffle(order)
    total = 0
    for fold in range(FOLDS):
        model = model_of(learn([*(n for i, a in enumerate(order) if i % FOLDS != fold for n in a), *others]))
        total += sum(right(a, model) for a in order[fold::FOLDS])
    return total / sum(map(len, order))


@app.command(help=__doc__)
def main(dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing.")] = False) -> None:
    """Learn from what may be read, print what is reached on articles left out, write the weights."""
    samples, others = of_samples(load(SAMPLES, ARTICLES)), practice()
    with console.status("reading the articles"):
        articles = [numbers_of(lesson) for lesson in samples]
        practised = [number for lesson in others for number in numbers_of(lesson)]
    numbers = [n for article in articles for n in article]
    by_rules = sum(n.by_rules is n.indicator for n in numbers) / len(numbers)
    console.print(f"{len(articles)} samples, {len(numbers)} numbers; indicator by rules alone: {by_rules:.3f}")
    by_rules = sum(n.by_rules is n.indicator for n in practised) / max(len(practised), 1)
    console.print(
        f"{len(others)} practice articles, {len(practised)} numbers; indicator by rules alone: {by_rules:.3f}"
    )
    with console.status("learning without a part of the samples, in turn"):
        console.print(f"indicator on samples left out: {left_out(articles, practised):.3f}")
    with console.status("learning from all"):
        text = linear_model.written(learn([*numbers, *practised]), command="evals.train_indicators")
    if not dry_run:
        path = Path(readers.__file__).parent / "data" / indicator_model.FILE
        path.write_text(text, encoding="utf-8")
        console.print(f"{path.name}: {len(text.splitlines())} lines, {len(text.encode()) / 1000:.0f} kB")


if __name__ == "__main__":
    app()
