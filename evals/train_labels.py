"""Learns which words a careful reader has in a label: of those around the number, and of those that the rules took.

    python -m evals.train_labels            print what is reached on articles left out, and write the weights
    python -m evals.train_labels --dry-run  the same, and write nothing

Needs scikit-learn (`pip install -e '.[train]'`), and the models of topics and indicators as they are packaged: run
`evals.train_topics` and `evals.train_indicators` first. Untouched samples are never learnt from. The rules have been
written with the samples in view, and word labels less well elsewhere: in the practice articles, which nobody looked at
for a rule, the model learns how far they are to be trusted.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from evals.gold import load
from evals.label_lessons import Article, Labelled, article_of
from evals.learning import told_apart
from evals.lessons import of_samples, practice
from evals.run import ARTICLES, SAMPLES
from evals.scorers.label import label_f1
from summarizer import readers
from summarizer import words as dictionary
from summarizer.readers import label_model, linear_model
from summarizer.readers.label_cut import Cutter
from summarizer.readers.label_model import NOUN_OF_CODES, NOUNS, Features, LabelModel, Said, Tables, of_text
from summarizer.readers.label_parts import Case, Piece, Words, asked, elsewhere, located, nouns, stretches
from summarizer.readers.linear_model import Feature
from summarizer.readers.worded import worded

app = typer.Typer(add_completion=False)
console = Console()

COMMAND = "evals.train_labels"

FOLDS = 5
"""Parts of the articles that are left out in turn."""

SEED = 1
"""Of the order in which articles fall into parts."""

STRENGTH = 0.2
"""`C` of the regression, the inverse of its L2 penalty: chosen on articles left out."""

OF_PRACTICE = 0.5
"""What a number of a practice article counts beside one of a sample: its label is by one hand, but the rules' is what
it is in an article that nobody wrote them for. Chosen on articles left out."""

SELDOM = 5
"""Features of fewer words are not learnt: they are as many again, and help nowhere else."""

LEAST = 0.15
"""Weights nearer to nothing are left out of the file; what is printed is reached without them."""

ARTICLES_OF_WORD, LABELS_OF_WORD, ARTICLES_OF_CHARACTER = 3, 2, 40
"""Articles that have a word, or labels, at least: texts are cut into such words. A single character that seldom is one
may be what is left of a name."""

_WORD = re.compile("[\u4e00-\u9fffA-Za-z]+")

LACKS, SHARE = 3, 0.015
"""Labels of one unit and indicator that lack a noun, and what share of all, before it is asked about."""

_TABLES = Tables[Features](tuple)
"""What speaks for words and nouns, by name."""

Row = tuple[Sequence[Feature], bool]
"""What speaks for a part of a label, and whether the reader's label has it."""


def lexicon(articles: Sequence[Article]) -> set[str]:
    """The words that texts are cut into."""
    texts, labels = Counter[str](), Counter[str]()
    for article in articles:
        texts.update(set(dictionary.cut(article.study.layout.wording)))
        labels.update(word for n in article.numbers for word in dictionary.cut(n.label))
    often = {w for w, n in texts.items() if n >= ARTICLES_OF_WORD} | {
        w for w, n in labels.items() if n >= LABELS_OF_WORD
    }
    single = {w for w in often if len(w) == 1 and texts[w] < ARTICLES_OF_CHARACTER}
    return {w for w in often - single if _WORD.fullmatch(w)}


def rows(model: LabelModel, article: Article) -> Iterator[Row]:
    """The parts that the labels of an article may be made of."""
    words = Words(model, article.study.layout.wording)
    for number in article.numbers:
        yield from _rows(model, words, _case(article, number), number.label)


def _case(article: Article, number: Labelled) -> Case:
    study = article.study
    return Case(study.layout, study.starts, number.near, number.by_rules, number.indicator, number.status)


def _rows(model: LabelModel, words: Words, case: Case, label: str) -> Iterator[Row]:
    within, wording = stretches(case.layout, case.near), case.layout.wording
    found, right = (located(wording, case.near, within, text) for text in (case.by_rules, label))
    there = {i for p in right for i in range(p.start, p.start + p.size)}
    for word, _, said in asked(_TABLES, words, case, within, found):
        spoken = (*of_text(word.before, word.name, word.behind), *said)
        yield spoken, 2 * len(there.intersection(range(word.start, word.end))) >= len(word.word)
    left = _left(label, right)
    for _, piece, features in elsewhere(case, found):
        common = Counter(piece) & left
        yield features, 2 * common.total() >= len(piece)
        left -= common
    for noun, keys in nouns(model, case, within):
        told = (table[key] for table, key in zip(_TABLES.nouns[case.codes], keys, strict=True))
        yield tuple(chain.from_iterable(told)), noun in label and Counter(noun) <= left


def _left(label: str, found: Sequence[Piece]) -> Counter[str]:
    """The characters of a label that do not stand around its number."""
    return Counter(label) - Counter(c for p in found for c in label[p.at : p.at + p.size])


def _nouns_asked(articles: Sequence[Article]) -> set[str]:
    """The nouns that labels lack often enough, by unit and indicator."""
    all_of, lacking = Counter[tuple[str, str]](), Counter[tuple[str, str, str]]()
    for article in articles:
        wording = article.study.layout.wording
        for n in article.numbers:
            codes = n.near.number.unit.value, n.indicator.value
            all_of[codes] += 1
            around = wording[n.near.sentence.start : n.near.clause.end]
            lacking.update(
                (*codes, noun) for noun in NOUNS if noun in n.label and noun not in around and noun not in n.by_rules
            )
    return {
        f"{noun} {unit} {indicator}"
        for (unit, indicator, noun), count in lacking.items()
        if count >= LACKS and count >= SHARE * all_of[unit, indicator]
    }


def learn(articles: Sequence[Article]) -> str:
    """The text of the file that is learnt from articles."""
    words, asked_of = lexicon(articles), _nouns_asked(articles)
    model = LabelModel({NOUN_OF_CODES: dict.fromkeys(asked_of, 0)}, Cutter(words))
    found = [(*row, article.counts) for article in articles for row in rows(model, article)]
    features, right, counts = zip(*found, strict=True)
    weights = told_apart(features, right, counts, strength=STRENGTH, seldom=SELDOM)
    kept = {f: {Said.IN_LABEL: w} for f, w in weights.items() if abs(w) >= LEAST or f[0] == NOUN_OF_CODES}
    return linear_model.written(kept, words, command=COMMAND)


def told(article: Article, text: str) -> list[str]:
    """An article's labels as the model words them that a file holds."""
    study = replace(article.study, labels=label_model.read(text))
    return [worded(study, n.near, n.by_rules, n.indicator, n.status) for n in article.numbers]


def score(article: Article, labels: Sequence[str]) -> float:
    """The sum of the scores of an article's labels."""
    return sum(label_f1(n.label, label) for n, label in zip(article.numbers, labels, strict=True))


def left_out(articles: Sequence[Article], always: Sequence[Article]) -> Iterator[tuple[Article, Sequence[str]]]:
    """The articles, each with its labels by a model that has learnt from the others and `always`."""
    order = list(articles)
    random.Random(SEED).shuffle(order)
    for fold in range(FOLDS):
        text = learn([*(a for i, a in enumerate(order) if i % FOLDS != fold), *always])
        for article in order[fold::FOLDS]:
            yield article, told(article, text)


def mean(scored: Sequence[tuple[Article, Sequence[str]]]) -> float:
    """The mean score of labels."""
    return sum(score(*pair) for pair in scored) / sum(len(article.numbers) for article, _ in scored)


@app.command(help=__doc__)
def main(dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing.")] = False) -> None:
    """Learn from what may be read, print what is reached on articles left out, write the weights."""
    with console.status("reading the samples and the practice articles"):
        samples = [article_of(lesson) for lesson in of_samples(load(SAMPLES, ARTICLES))]
        others = [replace(article_of(lesson), counts=OF_PRACTICE) for lesson in practice()]
    by_rules = [(article, [n.by_rules for n in article.numbers]) for article in samples]
    console.print(
        f"{len(samples)} samples, {sum(len(a.numbers) for a in samples)} numbers; by rules: {mean(by_rules):.3f}"
    )
    with console.status("learning without a part of the samples, in turn"):
        console.print(f"label on samples left out: {mean(list(left_out(samples, others))):.3f}")
    with console.status("learning without half of the practice articles"):
        text = learn([*samples, *others[::2]])
        console.print(f"label on practice articles left out: {mean([(a, told(a, text)) for a in others[1::2]]):.3f}")
    if dry_run:
        return
    with console.status("learning from all"):
        text = learn([*samples, *others])
    path = Path(readers.__file__).parent / "data" / label_model.FILE
    path.write_text(text, encoding="utf-8")
    console.print(f"{path.name}: {len(text.splitlines())} lines, {len(text.encode()) / 1000:.0f} kB")


if __name__ == "__main__":
    app()
