"""Learns which words a careful reader has in a label beside those of the rules, and writes the weights.

    python -m evals.train_labels            print what is reached on articles left out, and write the weights
    python -m evals.train_labels --dry-run  the same, and write nothing

Needs scikit-learn (`pip install -e '.[train]'`), and the models of topics and indicators as they are packaged: run
`evals.train_topics` and `evals.train_indicators` first. Untouched samples are never learnt from. The rules have been
written with these articles in view, and leave less out there than elsewhere.
"""

import math
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from evals.gold import load
from evals.learning import fitted
from evals.lessons import Lesson, labelled, of_samples
from evals.run import ARTICLES, SAMPLES
from evals.scorers.label import label_f1
from schemas.vocabulary import Indicator, Status
from summarizer import readers
from summarizer.precheck.examine import examine
from summarizer.readers import label_model, linear_model, noun_model
from summarizer.readers.clauses import Around
from summarizer.readers.completed import around, completed, repeats
from summarizer.readers.label_model import LabelModel, Said, Spot, Spots
from summarizer.readers.linear_model import Feature
from summarizer.readers.noun_model import NOUNS, Noun
from summarizer.readers.numbers import read_numbers
from summarizer.readers.study import Study
from summarizer.text import repair

app = typer.Typer(add_completion=False)
console = Console()

COMMAND = "evals.train_labels"

FOLDS = 5
"""Parts of the articles that are left out in turn."""

SEED = 1
"""Of the order in which articles fall into parts."""

STRENGTH = 0.4
"""`C` of the regression, the inverse of its L2 penalty: chosen on articles left out."""

NOUN_STRENGTH = 0.4
"""The same for the nouns that labels end in."""

LIKELY = 2 / 3
"""How likely a noun is, for one time that a label has none, when it joins the label: chosen on articles left out."""

UNSEEN = -30.0
"""The score of a noun that no label ends in."""

LEAST = 0.05
"""Weights nearer to nothing are left out of the file; what is printed is reached without them."""


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
    """The labelled numbers of an article, in order."""

    study: Study
    numbers: Sequence[Labelled]


def article_of(lesson: Lesson) -> Article:
    """The labelled numbers of an article, as the rules read them without a model of labels."""
    study = Study(examine(repair(lesson.content)), labels=None, nouns=None)
    told = {n.id: n for part in study.brief.parts for n in read_numbers(study, part.index)}
    found = [
        Labelled(study.around(c), told[c.id].label, told[c.id].indicator, told[c.id].status, fact.label)
        for c, fact in labelled(lesson, study.brief)
    ]
    return Article(study, found)


def rows(article: Article) -> Iterator[tuple[Mapping[Feature, float], Said]]:
    """The words around an article's numbers: what speaks for each, and whether the label has it."""
    study = article.study
    spots = Spots(LabelModel({}), study.layout.wording, study.words.placed(), study.brief.candidates)
    for number in article.numbers:
        beside = ((s, where) for where, here in around(study, spots, number.near) for s in here)
        found = [(spot, where) for spot, where in beside if not repeats(number.by_rules, spot.word)]
        said = _said(number, [spot for spot, _ in found])
        for spot, where in found:
            yield dict.fromkeys(features(study, number, spot, where), 1.0), said[spot.start]


def features(study: Study, number: Labelled, spot: Spot, where: str) -> Iterator[Feature]:
    """What speaks for a word beside a number; the constant is not learnt as one of them."""
    label, indicator, own = number.by_rules, number.indicator, number.near.number
    yield from (f for f in label_model.word_features(spot.word) if f != linear_model.BIAS)
    yield from label_model.touching_features(spot.before, spot.behind)
    yield from label_model.number_features(spot, where, study.between(own, spot.start), label, own, indicator)


def _said(number: Labelled, spots: Sequence[Spot]) -> dict[int, Said]:
    """Which words the label has that the rules' does not; of a word that stands twice it is the nearer one."""
    missing = Counter(number.label) - Counter(number.by_rules)
    found: dict[int, Said] = {}
    for spot in sorted(spots, key=lambda spot: abs(spot.start - number.near.number.start)):
        word = Counter(spot.word)
        found[spot.start] = Said.IN_LABEL if spot.word in number.label and word <= missing else Said.LEFT_OUT
        if found[spot.start] is Said.IN_LABEL:
            missing -= word
    return found


def learn(articles: Sequence[Article]) -> Mapping[Feature, Mapping[Said, float]]:
    """The weights by feature, those near nothing left out."""
    told = [row for article in articles for row in rows(article)]
    weights = fitted([row for row, _ in told], [said for _, said in told], strength=STRENGTH, least=LEAST)
    # What speaks against a word's being left out speaks for it.
    return {feature: {Said.IN_LABEL: -row[Said.LEFT_OUT]} for feature, row in weights.items()}


def learn_nouns(articles: Sequence[Article]) -> Mapping[Feature, Mapping[Noun, float]]:
    """The same for the nouns that labels end in."""
    numbers = [n for article in articles for n in article.numbers]
    told = [dict.fromkeys(_noun_features(n), 1.0) for n in numbers]
    found = fitted(told, [_noun(n) for n in numbers], strength=NOUN_STRENGTH, least=LEAST)
    found[linear_model.BIAS][Noun.NONE] += math.log(LIKELY)
    # What no label ends in is never the likeliest.
    found[linear_model.BIAS] |= {noun: UNSEEN for noun in NOUNS if noun not in found[linear_model.BIAS]}
    return found


def _noun_features(number: Labelled) -> Iterator[Feature]:
    own = number.near.number
    groups = (
        *noun_model.by_codes(own.unit, number.indicator, number.status, own.qualifier, own.per),
        *noun_model.by_label(number.by_rules[-2:], own.unit),
    )
    return ((kind, name) for kind, names, _ in groups for name in names)


def _noun(number: Labelled) -> Noun:
    """The noun that the label has and the rules' has not: at its end, else anywhere."""
    missing = Counter(number.label) - Counter(number.by_rules)
    lacking = [n for n in NOUNS if n.zh and n.zh in number.label and Counter(n.zh) <= missing]
    return next((n for n in lacking if number.label.endswith(n.zh)), (*lacking, Noun.NONE)[0])


def models_of(articles: Sequence[Article]) -> tuple[str, str]:
    """What is learnt from articles, as the texts of the two files."""
    return linear_model.written(learn(articles), command=COMMAND), linear_model.written(
        learn_nouns(articles), command=COMMAND
    )


def score(article: Article, texts: tuple[str, str] | None) -> float:
    """The sum of the scores of an article's labels, completed with what the two files hold; as by rules without."""
    labels, nouns = (label_model.read(texts[0]), noun_model.read(texts[1])) if texts else (None, None)
    study = replace(article.study, labels=labels, nouns=nouns)
    told = ((completed(study, n.near, n.by_rules, n.indicator, n.status), n.label) for n in article.numbers)
    return sum(label_f1(label, found) for found, label in told)


def left_out(articles: Sequence[Article]) -> float:
    """The mean score of labels, each article's completed with weights that have not seen it."""
    order = list(articles)
    random.Random(SEED).shuffle(order)
    total = 0.0
    for fold in range(FOLDS):
        texts = models_of([a for i, a in enumerate(order) if i % FOLDS != fold])
        total += sum(score(article, texts) for article in order[fold::FOLDS])
    return total / sum(len(a.numbers) for a in articles)


@app.command(help=__doc__)
def main(dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing.")] = False) -> None:
    """Learn from what may be read, print what is reached on articles left out, write the weights."""
    with console.status("reading the samples"):
        articles = [article_of(lesson) for lesson in of_samples(load(SAMPLES, ARTICLES))]
    count = sum(len(a.numbers) for a in articles)
    by_rules = sum(score(article, None) for article in articles) / count
    console.print(f"{len(articles)} articles, {count} numbers; label by rules alone: {by_rules:.3f}")
    with console.status("learning without a part of the articles, in turn"):
        console.print(f"label on articles left out: {left_out(articles):.3f}")
    with console.status("learning from all"):
        texts = models_of(articles)
    if dry_run:
        return
    for file, text in zip((label_model.FILE, noun_model.FILE), texts, strict=True):
        path = Path(readers.__file__).parent / "data" / file
        path.write_text(text, encoding="utf-8")
        console.print(f"{path.name}: {len(text.splitlines())} lines, {len(text.encode()) / 1000:.0f} kB")


if __name__ == "__main__":
    app()
