"""Learns which words a careful reader has in a label beside those of the rules, and which of them not.

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
from typing import Annotated, NamedTuple

import typer
from rich.console import Console

from evals import train_pruning
from evals.gold import load
from evals.label_lessons import Article, Labelled, article_of
from evals.learning import fitted, spoken_for
from evals.lessons import of_samples
from evals.run import ARTICLES, SAMPLES
from evals.scorers.label import label_f1
from summarizer import readers
from summarizer.readers import label_model, linear_model, noun_model, prune_model
from summarizer.readers.completed import around, completed, repeats
from summarizer.readers.label_model import LabelModel, Said, Spot, Spots
from summarizer.readers.linear_model import Feature
from summarizer.readers.noun_model import NOUNS, Noun
from summarizer.readers.study import Study

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
    found = [row for article in articles for row in rows(article)]
    return spoken_for(fitted([row for row, _ in found], [said for _, said in found], strength=STRENGTH, least=LEAST))


def learn_nouns(articles: Sequence[Article]) -> Mapping[Feature, Mapping[Noun, float]]:
    """The same for the nouns that labels end in."""
    numbers = [n for article in articles for n in article.numbers]
    found = fitted(
        [dict.fromkeys(_noun_features(n), 1.0) for n in numbers],
        [_noun(n) for n in numbers],
        strength=NOUN_STRENGTH,
        least=LEAST,
    )
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


class Texts(NamedTuple):
    """What is learnt from articles, as the texts of the files."""

    labels: str
    nouns: str
    pruning: str = ""


def models_of(articles: Sequence[Article]) -> Texts:
    """What completes labels."""
    labels = linear_model.written(learn(articles), command=COMMAND)
    return Texts(labels, linear_model.written(learn_nouns(articles), command=COMMAND))


def told(article: Article, texts: Texts | None) -> list[str]:
    """An article's labels with what the files hold; as by rules without."""
    if texts is None:
        return [n.by_rules for n in article.numbers]
    study = replace(
        article.study,
        labels=label_model.read(texts.labels),
        nouns=noun_model.read(texts.nouns),
        pruning=prune_model.read(texts.pruning) if texts.pruning else None,
    )
    return [completed(study, n.near, n.by_rules, n.indicator, n.status) for n in article.numbers]


def score(article: Article, texts: Texts | None) -> float:
    """The sum of the scores of an article's labels."""
    return sum(label_f1(n.label, found) for n, found in zip(article.numbers, told(article, texts), strict=True))


@dataclass(frozen=True, slots=True)
class Part:
    """Articles left out, what was learnt from the others, and their labels completed by that."""

    articles: Sequence[Article]
    texts: Texts
    told: Sequence[Sequence[str]]


def parts(articles: Sequence[Article]) -> list[Part]:
    """The articles in parts, each completed with weights that have not seen it."""
    order = list(articles)
    random.Random(SEED).shuffle(order)
    found = []
    for fold in range(FOLDS):
        texts = models_of([a for i, a in enumerate(order) if i % FOLDS != fold])
        left = order[fold::FOLDS]
        found.append(Part(left, texts, [told(article, texts) for article in left]))
    return found


def pruning_of(learnt: Sequence[Part]) -> str:
    """What is learnt of the words of labels that were completed by models which had not seen them.

    Those of articles that a model has learnt from are better than any that it will meet.
    """
    pairs = [(article, labels) for part in learnt for article, labels in zip(part.articles, part.told, strict=True)]
    return train_pruning.learnt(pairs, command=COMMAND)


def left_out(learnt: Sequence[Part]) -> float:
    """The mean score of labels, each article's with weights that have not seen it."""
    total = 0.0
    for part in learnt:
        texts = part.texts._replace(pruning=pruning_of([other for other in learnt if other is not part]))
        total += sum(score(article, texts) for article in part.articles)
    return total / sum(len(a.numbers) for part in learnt for a in part.articles)


@app.command(help=__doc__)
def main(dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing.")] = False) -> None:
    """Learn from what may be read, print what is reached on articles left out, write the weights."""
    with console.status("reading the samples"):
        articles = [article_of(lesson) for lesson in of_samples(load(SAMPLES, ARTICLES))]
    count = sum(len(a.numbers) for a in articles)
    by_rules = sum(score(article, None) for article in articles) / count
    console.print(f"{len(articles)} articles, {count} numbers; label by rules alone: {by_rules:.3f}")
    with console.status("learning without a part of the articles, in turn"):
        learnt = parts(articles)
        console.print(f"label on articles left out: {left_out(learnt):.3f}")
    if dry_run:
        return
    with console.status("learning from all"):
        texts = models_of(articles)._replace(pruning=pruning_of(learnt))
    for file, text in zip((label_model.FILE, noun_model.FILE, prune_model.FILE), texts, strict=True):
        path = Path(readers.__file__).parent / "data" / file
        path.write_text(text, encoding="utf-8")
        console.print(f"{path.name}: {len(text.splitlines())} lines, {len(text.encode()) / 1000:.0f} kB")


if __name__ == "__main__":
    app()
