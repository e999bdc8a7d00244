"""Linear models over the features of a number: what speaks for which code, and by how much.

Each feature of a number adds its weights to the scores of the codes (topics, indicators, statuses); the highest score
is the likeliest. The weights are learnt from labelled facts by multinomial logistic regression (`evals.train_topics`,
`evals.train_indicators`, `evals.train_status`, with scikit-learn) and written to `data/`; nothing of that is needed
to read articles.
"""

import struct
import sys
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from typing import Generic, TypeVar

from schemas.vocabulary import Code

C = TypeVar("C", bound=Code)

Feature = tuple[str, str]
"""Where something stands and what it is: `("clause", "贴息")`, `("unit", "CNY")`."""

Group = tuple[str, Iterable[str], float]
"""Features of one kind: the kind, their names, and the value that each of them has."""

Vector = int
"""A score for each code, side by side in one integer, so that to add vectors is to add integers.

Each code has `_BITS` of it, the first of the list the lowest, and counts in hundredths of a weight at a fortieth of a
value. A negative score borrows from the code above it; `LinearModel._fields` gives that back.
"""

Weights = Mapping[str, Mapping[str, Vector]]
"""By kind and name of each feature what it says for and against codes, at a whole value."""

WORD = "word"
"""The kind of a file's lines that name a word without a weight: it is found, so that no shorter one is."""

BIAS: Feature = ("bias", "")
"""The feature that every number has: how often a code is told of at all."""

_BITS = 32
_MIDDLE = 1 << _BITS - 1
_PER_WEIGHT, _PER_VALUE = 100, 40
"""Steps of a weight, which has two decimals in the file, and of a feature's value."""


@dataclass(frozen=True)
class LinearModel(Generic[C]):
    """What was learnt: the weights of features for codes."""

    codes: Sequence[C]
    weights: Weights

    @cached_property
    def bias(self) -> Vector:
        """What every number begins with."""
        kind, name = BIAS
        return self.vector([(kind, (name,), 1.0)])

    def vector(self, groups: Iterable[Group]) -> Vector:
        """The scores that features give, each with its value."""
        total = 0
        valued = self._valued
        for kind, names, value in groups:
            rows = valued.get((kind, value))
            if rows is None:
                rows = self._value(kind, value)
            # Many words say nothing in a place.
            total = sum(filter(None, map(rows.get, names)), total)
        return total

    def of_codes(self, features: Callable[..., Iterable[Group]], *codes: Hashable) -> Vector:
        """The scores of features that codes alone decide on; kept, for numbers are told of in a few ways again."""
        known = self._of_codes.get((features, codes))
        if known is None:
            known = self._of_codes[features, codes] = self.vector(features(*codes))
        return known

    @cached_property
    def _of_codes(self) -> dict[tuple[Callable[..., Iterable[Group]], tuple[Hashable, ...]], Vector]:
        return {}

    @cached_property
    def _valued(self) -> dict[tuple[str, float], Mapping[str, Vector]]:
        """The weights of each kind of features at each value that was asked for: a kind has one, or a few."""
        return {}

    def _value(self, kind: str, value: float) -> Mapping[str, Vector]:
        steps = round(value * _PER_VALUE)
        rows = self._valued[kind, value] = {name: row * steps for name, row in self.weights.get(kind, {}).items()}
        return rows

    def best(self, vector: Vector) -> C:
        """The code with the highest score; of equal ones the first of the list."""
        fields = self._fields(vector)
        return self.codes[fields.index(max(fields))]

    def likeliest(self, vector: Vector) -> tuple[C, float]:
        """The same code, and by how much its score is above that of any other."""
        fields = self._fields(vector)
        *_, second, first = sorted(fields)
        return self.codes[fields.index(first)], (first - second) / (_PER_WEIGHT * _PER_VALUE)

    def lead(self, vector: Vector, code: C, other: C) -> float:
        """By how much the score of one code is above that of another: a logarithm of odds."""
        return self.leads(vector, other)[self._index[code]]

    def leads(self, vector: Vector, other: C) -> Sequence[float]:
        """The same of all codes, in the order of the list."""
        scores = [(field - _MIDDLE) / (_PER_WEIGHT * _PER_VALUE) for field in self._fields(vector)]
        least = scores[self._index[other]]
        return [score - least for score in scores]

    @cached_property
    def _index(self) -> Mapping[C, int]:
        return {code: i for i, code in enumerate(self.codes)}

    def told(self, row: Vector) -> dict[C, float]:
        """The weights of one feature by code, where it has any."""
        fields = zip(self.codes, self._fields(row), strict=True)
        return {code: (n - _MIDDLE) / _PER_WEIGHT for code, n in fields if n != _MIDDLE}

    @cached_property
    def _layout(self) -> tuple[struct.Struct, int]:
        """How a vector is taken apart, and what is added to it first so that every score is positive."""
        return struct.Struct(f"<{len(self.codes)}I"), sum(_MIDDLE << _BITS * i for i in range(len(self.codes)))

    def _fields(self, vector: Vector) -> tuple[int, ...]:
        """The scores of all codes, each lifted above zero."""
        layout, lift = self._layout
        return layout.unpack((vector + lift).to_bytes(layout.size, "little"))


def packaged(file: str) -> str:
    """The text of a file of weights that comes with the package."""
    return resources.files("summarizer.readers").joinpath("data", file).read_text("utf-8")


def read_weights(text: str, codes: Sequence[C]) -> Weights:
    """The weights that a file's text holds: lines of kind, word or code, and the weights by code, with tabs between."""
    index = {code.value: i for i, code in enumerate(codes)}
    weights: dict[str, dict[str, Vector]] = {}
    for line in text.splitlines():
        kind, _, rest = line.partition("\t")
        if line.startswith("#") or kind == WORD:
            continue
        name, _, told = rest.partition("\t")
        pairs = (pair.split(":") for pair in told.split())
        # One string for a word of many kinds, and for the same word in a text (`Finder`): the same is found sooner.
        weights.setdefault(kind, {})[sys.intern(name)] = sum(
            round(float(weight) * _PER_WEIGHT) << _BITS * index[code] for code, weight in pairs
        )
    return weights


def read_words(text: str) -> set[str]:
    """The words that a file's text names as such."""
    return {line.split("\t")[1] for line in text.splitlines() if line.startswith(f"{WORD}\t")}


def written(weights: Mapping[Feature, Mapping[C, float]], words: Iterable[str] = (), *, command: str) -> str:
    """The text of a file with these weights, for features with any, and these words; `command` is what learnt them."""
    lines = [f"# Written by `python -m {command}`; not to be edited. Kind, feature, weights by code."]
    for (kind, name), told in sorted(weights.items()):
        pairs = " ".join(f"{code.value}:{weight:.2f}" for code, weight in told.items() if round(weight, 2))
        if pairs:
            lines.append(f"{kind}\t{name}\t{pairs}")
    lines += [f"{WORD}\t{word}\t" for word in sorted(words)]
    return "\n".join(lines) + "\n"
