"""Learns which words of a completed label a careful reader would not have: the third file of `evals.train_labels`."""

from collections import Counter
from collections.abc import Iterator, Sequence

from evals.label_lessons import Article, Labelled
from evals.learning import fitted, spoken_for
from summarizer import words as dictionary
from summarizer.precheck.topics import Finder
from summarizer.readers import linear_model
from summarizer.readers.label_model import Said
from summarizer.readers.linear_model import BIAS, Feature
from summarizer.readers.prune_model import PruneModel, features
from summarizer.readers.pruned import Case, asked, codes, placed

STRENGTH = 0.4
"""`C` of the regression: chosen on articles left out."""

LEAST = 0.1
"""Weights nearer to nothing are left out of the file."""

SELDOM = 3
"""Features of fewer labels are not learnt: they are as many again, and help nowhere else."""


def learnt(pairs: Sequence[tuple[Article, Sequence[str]]], *, command: str) -> str:
    """The text of the file that is learnt from articles, each with its labels completed."""
    words = _words(label for a, labels in pairs for label in (*labels, *(n.label for n in a.numbers)))
    model = PruneModel({}, Finder(words))
    found = [row for article, labels in pairs for row in rows(model, article, labels)]
    often = Counter(feature for row, _ in found for feature in row)
    kept = [{f: 1.0 for f in row if f != BIAS and often[f] >= SELDOM} for row, _ in found]
    weights = fitted(kept, [said for _, said in found], strength=STRENGTH, least=LEAST)
    return linear_model.written(spoken_for(weights), words, command=command)


def rows(model: PruneModel, article: Article, labels: Sequence[str]) -> Iterator[tuple[Sequence[Feature], Said]]:
    """The words of an article's labels: what speaks for each, and whether the reader's label has it."""
    for number, label in zip(article.numbers, labels, strict=True):
        case = Case(article.study, number.near, number.by_rules, number.indicator, number.status)
        words = placed(model, case, label)
        told = said(number, [word.word for word in words])
        for keys, one in zip(asked(case, label, words), told, strict=True):
            yield list(features(keys, codes(case))), one


def said(number: Labelled, words: Sequence[str]) -> Sequence[Said]:
    """Which words of its label a number's own label has, by half of their characters; each character serves once."""
    missing = Counter(number.label)
    found = [Said.LEFT_OUT] * len(words)
    for i in sorted(range(len(words)), key=lambda i: -len(words[i])):
        word = Counter(words[i])
        if 2 * (word & missing).total() >= len(words[i]):
            found[i] = Said.IN_LABEL
            missing -= word
    return found


def _words(labels: Iterator[str]) -> set[str]:
    """The words that labels are made of; what is seldom one of a single character is what is left of a name."""
    counts = Counter(word for label in labels for word in dictionary.cut(label))
    return {word for word, count in counts.items() if len(word) > 1 or count >= SELDOM}
