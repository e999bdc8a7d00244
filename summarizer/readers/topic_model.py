"""The weights by which words and neighbours speak for a topic (`data/topic_weights.tsv`), learnt from labelled facts.

A linear model: each feature of a number adds its weights to the scores of the topics, and the highest score is the
topic. `python -m evals.train_topics` learns the weights by multinomial logistic regression (scikit-learn) from the
labelled samples that may be read, and writes the file; nothing of that is needed to read articles.
"""

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources

from schemas.vocabulary import Topic
from summarizer.precheck.topics import Finder

FILE = "topic_weights.tsv"

TOPICS = tuple(Topic)

Feature = tuple[str, str]
"""Where something stands and what it is: `("clause", "贴息")`, `("unit", "CNY")`."""

Group = tuple[str, Iterable[str], float]
"""Features of one kind: the kind, their names, and the value that each of them has."""

Vector = int
"""A score for each topic, side by side in one integer, so that to add vectors is to add integers.

Each topic has `_BITS` of it, the first of the code list the lowest, and counts in hundredths of a weight at a fortieth
of a value. A negative score borrows from the topic above it; `_fields` gives that back.
"""

Weights = Mapping[str, Mapping[str, Vector]]
"""By kind and name of each feature what it says for and against topics, at a whole value."""

WORD = "word"
"""The kind of the file's lines that name a word without a weight: it is found, so that no shorter one is."""

BIAS: Feature = ("bias", "")
"""The feature that every number has: how often a topic is told of at all."""

_BITS = 32
_PER_WEIGHT, _PER_VALUE = 100, 40
"""Steps of a weight, which has two decimals in the file, and of a feature's value."""

_FIELDS = struct.Struct(f"<{len(TOPICS)}I")
_LIFT = sum(1 << (_BITS * i + _BITS - 1) for i in range(len(TOPICS)))
"""Added to a vector, makes every score positive."""


@dataclass(frozen=True)
class TopicModel:
    """What was learnt: weights of features, and the words that features are made of."""

    weights: Weights
    finder: Finder

    @cached_property
    def bias(self) -> Vector:
        """What every number begins with."""
        kind, name = BIAS
        return self.vector([(kind, (name,), 1.0)])

    def vector(self, groups: Iterable[Group]) -> Vector:
        """The scores that features give, each with its value."""
        total = 0
        for kind, names, value in groups:
            # Most words say nothing in most places.
            known = filter(None, map(self.weights.get(kind, {}).get, names))
            total += sum(known) * round(value * _PER_VALUE)
        return total


@cache
def topic_model() -> TopicModel:
    """The packaged model, read once per process."""
    return read(packaged())


def packaged() -> str:
    """The text of the packaged file."""
    return resources.files("summarizer.readers").joinpath("data", FILE).read_text("utf-8")


def read(text: str) -> TopicModel:
    """The model that a file's text holds: lines of kind, word or code, and the weights by topic, with tabs between."""
    index = {topic.value: i for i, topic in enumerate(TOPICS)}
    weights: dict[str, dict[str, Vector]] = {}
    words: set[str] = set()
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        kind, name, told = line.split("\t")
        if kind == WORD:
            words.add(name)
            continue
        pairs = (pair.split(":") for pair in told.split())
        weights.setdefault(kind, {})[name] = sum(
            round(float(weight) * _PER_WEIGHT) << _BITS * index[topic] for topic, weight in pairs
        )
    return TopicModel(weights, Finder(words))


def written(weights: Mapping[Feature, Mapping[Topic, float]], words: Iterable[str]) -> str:
    """The text of a file with these weights, for features with any, and these words."""
    lines = ["# Written by `python -m evals.train_topics`; not to be edited. Kind, feature, weights by topic."]
    for (kind, name), told in sorted(weights.items()):
        pairs = " ".join(f"{topic.value}:{weight:.2f}" for topic, weight in told.items() if round(weight, 2))
        if pairs:
            lines.append(f"{kind}\t{name}\t{pairs}")
    lines += [f"{WORD}\t{word}\t" for word in sorted(words)]
    return "\n".join(lines) + "\n"


def best(vector: Vector) -> Topic:
    """The topic with the highest score; of equal ones the first of the code list."""
    fields = _fields(vector)
    return TOPICS[fields.index(max(fields))]


def told(row: Vector) -> dict[Topic, float]:
    """The weights of one feature by topic, where it has any."""
    middle = 1 << _BITS - 1
    return {t: (n - middle) / _PER_WEIGHT for t, n in zip(TOPICS, _fields(row), strict=True) if n != middle}


def _fields(vector: Vector) -> tuple[int, ...]:
    """The scores of all topics, each lifted above zero."""
    return _FIELDS.unpack((vector + _LIFT).to_bytes(_FIELDS.size, "little"))
