"""Learns the weights of the topic model from labelled samples and practice articles, and writes them into the package.

    python -m evals.train_topics            print what the model reaches on articles left out, and write the weights
    python -m evals.train_topics --dry-run  the same, and write nothing

Needs scikit-learn (`pip install -e '.[train]'`). Untouched samples are never learnt from. What is printed comes from
learning without a fifth of the articles at a time, so that no article is judged by weights that have seen it; the
topic before a number is then the model's own, as when an article is read. The lexicon has been written with most of
these articles in view, so the figure flatters; only untouched samples do not.
"""

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from evals.gold import load
from evals.learning import PRACTISED, fitted
from evals.lessons import Lesson, labelled, of_samples, practice
from evals.run import ARTICLES, SAMPLES
from schemas.vocabulary import Indicator, Topic
from summarizer import readers, words
from summarizer.precheck.candidate import Candidate
from summarizer.precheck.examine import examine
from summarizer.precheck.topics import Finder, lexicon
from summarizer.readers import themes, topic_model
from summarizer.readers.clauses import Around
from summarizer.readers.linear_model import BIAS, Feature, Group
from summarizer.readers.numbers import read_numbers
from summarizer.readers.study import Study
from summarizer.readers.topic_model import TOPICS, TopicModel
from summarizer.text import repair

app = typer.Typer(add_completion=False)
console = Console()

FOLDS = 5
"""Parts of the articles that are left out in turn."""

SEED = 1
"""Of the order in which articles fall into parts."""

STRENGTH = 0.3
"""`C` of the regression, the inverse of its L2 penalty: chosen on articles left out."""

IN_ARTICLES = 3
"""Articles that a word must stand in to be learnt: a word of one article is about that article."""

LEAST = 0.03
"""Weights nearer to nothing are left out of the file; what is printed is reached without them."""

_WORD = re.compile("[\u4e00-\u9fff]{2,8}")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled number with what the reader sees around it."""

    candidate: Candidate
    near: Around
    topic: Topic
    indicator: Indicator


@dataclass(frozen=True, slots=True)
class Article:
    """The labelled numbers of an article, in order."""

    study: Study
    numbers: Sequence[Labelled]
    counts: float = 1.0
    """What one of its numbers counts in learning."""


def article_of(lesson: Lesson, finder: Finder) -> Article:
    """What the reader sees of an article's labelled numbers, its features made of the finder's words.

    The indicator is the rules' word, not the label's: it is all that is known where a topic is asked for.
    """
    brief = examine(repair(lesson.content))
    by_rules = Study(brief, indicators=None)
    told = {n.id: n.indicator for part in brief.parts for n in read_numbers(by_rules, part.index)}
    study = Study(brief, TopicModel(TOPICS, {}, finder))
    found = [Labelled(c, study.around(c), f.topic, told[c.id]) for c, f in labelled(lesson, brief)]
    return Article(study, found, PRACTISED if lesson.practised else 1.0)


def vocabulary(lessons: Iterable[Lesson]) -> set[str]:
    """The words that stand in enough articles, and those of the lexicon."""
    texts = (repair(lesson.content).clean.text for lesson in lessons)
    counts = Counter(word for text in texts for word in set(words.cut(text)) if _WORD.fullmatch(word))
    return {word for word, count in counts.items() if count >= IN_ARTICLES} | set(lexicon())


def features(article: Article, at: int, before: Topic | None) -> dict[Feature, float]:
    """The features of one number; `before` is the topic of the number in front."""
    study, number = article.study, article.numbers[at]
    found: dict[Feature, float] = {}
    for kind, names, value in _told(study, number, article.numbers[at - 1] if at else None, before):
        for name in names:
            found[kind, name] = found.get((kind, name), 0.0) + value
    found.pop(BIAS)
    return found


def _told(study: Study, number: Labelled, last: Labelled | None, before: Topic | None) -> Iterator[Group]:
    section, half = number.candidate.section, themes.half_sentence(study, number.near)
    yield from themes.passage_features(study, section, number.near, half)
    yield from themes.own_features(study, number.candidate, number.near, number.indicator)
    if last is not None and before is not None and last.candidate.section == section:
        yield from themes.carried_features(study, section, number.near, half, last.candidate, before)


def learn(articles: Sequence[Article]) -> Mapping[Feature, Mapping[Topic, float]]:
    """The weights by feature, those near nothing left out, as the reader asks for them."""
    rows: list[Mapping[Feature, float]] = []
    topics: list[Topic] = []
    counts: list[float] = []
    for article in articles:
        before: Topic | None = None
        for at, number in enumerate(article.numbers):
            rows.append(features(article, at, before))
            topics.append(number.topic)
            counts.append(article.counts)
            before = number.topic
    return near_added(fitted(rows, topics, strength=STRENGTH, least=LEAST, counts=counts))


def near_added(weights: Mapping[Feature, Mapping[Topic, float]]) -> Mapping[Feature, Mapping[Topic, float]]:
    """The weights with what a word says near the number added to what it says in its clause and in its half-sentence.

    Wherever it stands in one of these it is near too: the sum of both is what a reader needs.
    """
    added = {feature: dict(told) for feature, told in weights.items() if feature[0] != themes.NEAR_KIND}
    for (kind, word), told in weights.items():
        for place in ("clause", "half") if kind == themes.NEAR_KIND else ():
            both = added.setdefault((place, word), {})
            for topic, weight in told.items():
                both[topic] = both.get(topic, 0.0) + weight * themes.NEAR / themes.WORDS[place]
    return added


def model_of(weights: Mapping[Feature, Mapping[Topic, float]], known: Iterable[str]) -> TopicModel:
    """The model of these weights, as the reader will have it."""
    return topic_model.read(topic_model.written(weights, known))


def right(article: Article, model: TopicModel) -> int:
    """How many numbers get their label's topic when an article is read with a model."""
    total, before = 0, None
    for at, number in enumerate(article.numbers):
        found = features(article, at, before).items()
        before = model.best(model.bias + model.vector((kind, (name,), value) for (kind, name), value in found))
        total += before is number.topic
    return total


def left_out(articles: Sequence[Article], others: Sequence[Article], known: Iterable[str]) -> float:
    """The share of numbers with the label's topic, each article read with weights that have not seen it.

    The weights have always seen the `others`.
    """
    order = list(articles)
    random.Random(SEED).shuffle(order)
    total = 0
    for fold in range(FOLDS):
        model = model_of(learn([*(a for i, a in enumerate(order) if i % FOLDS != fold), *others]), known)
        total += sum(right(a, model) for a in order[fold::FOLDS])
    return total / sum(len(a.numbers) for a in articles)


@app.command(help=__doc__)
def main(dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing.")] = False) -> None:
    """Learn from what may be read, print what is reached on articles left out, write the weights."""
    samples, others = of_samples(load(SAMPLES, ARTICLES)), practice()
    with console.status("reading the articles"):
        known = vocabulary([*samples, *others])
        finder = Finder(known)
        articles, practised = ([article_of(lesson, finder) for lesson in lessons] for lessons in (samples, others))
    numbers = sum(len(a.numbers) for a in (*articles, *practised))
    console.print(
        f"{len(articles)} samples and {len(practised)} practice articles, {numbers} numbers, {len(known)} words"
    )
    with console.status("learning without a part of the samples, in turn"):
        console.print(f"topic on samples left out: {left_out(articles, practised, known):.3f}")
    with console.status("learning from all"):
        text = topic_model.written(learn([*articles, *practised]), known)
    if not dry_run:
        path = Path(readers.__file__).parent / "data" / topic_model.FILE
        path.write_text(text, encoding="utf-8")
        console.print(f"{path.name}: {len(text.splitlines())} lines, {len(text.encode()) / 1000:.0f} kB")


if __name__ == "__main__":
    app()
