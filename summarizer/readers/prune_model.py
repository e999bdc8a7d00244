"""What speaks for and against each word of a label (`data/prune_weights.tsv`).

The rules take the nearest words, and the model of labels adds what others lack: 生产总值完成收入, 新建的全县扶贫车间.
A linear model learnt from labelled facts says of each word of a label whether a careful reader would have it too.

What speaks for a word is asked for in groups of few kinds, each known by few names; what a group says is kept for the
process, so that a word costs a look into a table for each group.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from schemas.vocabulary import Code, Indicator, Status, Unit
from summarizer.precheck.topics import Finder
from summarizer.readers import linear_model
from summarizer.readers.label_model import Said
from summarizer.readers.linear_model import BIAS, Feature, Weights

FILE = "prune_weights.tsv"

EARLIER, LATER, NOWHERE = "earlier", "later", "nowhere"
"""Where a word stands that is not in the number's own clause: before it in the sentence, behind it, or not at all."""

EDGE = "|"
"""Stands for the word before the first and behind the last."""

MOST_BETWEEN, MOST_INDEX, MOST_WORDS, LONGEST = 3, 4, 7, 20
"""Numbers between, words in front, words and characters of a label beyond which no more are told apart."""

NEAR, STEP, MOST_STEPS = 6, 6, 5
"""Characters from the number: each counts below the first, then in steps, up to so many."""


Codes = tuple[Unit, Indicator, Status]

Key = tuple[Hashable, ...]
"""What a group of features is asked about."""


class Sums(dict[Key, int]):
    """What a group of features says, added up when it is first asked for in a process."""

    def __init__(self, weights: Weights, features: Callable[..., Sequence[Feature]], *codes: Code) -> None:
        self._weights, self._features, self._codes = weights, features, codes

    def __missing__(self, key: Key) -> int:
        weights = self._weights
        found = self[key] = sum(weights.get(kind, {}).get(name, 0) for kind, name in self._features(*key, *self._codes))
        return found


@dataclass(frozen=True)
class PruneModel:
    """What was learnt: the weight of each feature, in hundredths, and the words that labels are cut into."""

    weights: Weights
    finder: Finder
    _groups: dict[Codes, Sequence[Sums]] = field(default_factory=dict, compare=False)

    def cut(self, label: str) -> Sequence[tuple[str, str]]:
        """The words of a label in order, each with the name that features know it by."""
        found: list[tuple[str, str]] = []
        done = 0
        for at, word in (*self.finder.found(label), (len(label), "")):
            if at > done:
                # Of a word that no label is known for, a name most often, its end says what it is: 赵北[乡].
                found.append((label[done:at], f"*{label[at - 1]}"))
            if word:
                found.append((word, word))
            done = at + len(word)
        return found

    def groups(self, codes: Codes) -> Sequence[Sums]:
        """What `GROUPS` say of words in the label of such a number, found once in a process."""
        return self._groups.get(codes) or self._new_groups(codes)

    def _new_groups(self, codes: Codes) -> Sequence[Sums]:
        shared = self._shared
        own = [Sums(self.weights, features, *codes) for features in OF_CODES]
        found = self._groups[codes] = (*own, *shared)
        return found

    @cached_property
    def _shared(self) -> Sequence[Sums]:
        return [Sums(self.weights, features) for features in OF_ALL]


@cache
def prune_model() -> PruneModel:
    """The packaged model, read once per process."""
    return read(linear_model.packaged(FILE))


def read(text: str) -> PruneModel:
    """The model that a file's text holds."""
    return PruneModel(linear_model.read_weights(text, tuple(Said)), Finder(linear_model.read_words(text)))


def of_word(word: str, unit: Unit, indicator: Indicator, _: Status) -> Sequence[Feature]:
    """What a word says for itself, and in the label of such a number."""
    last = word[-1]
    return (
        BIAS,
        ("itself", word),
        ("last", last),
        ("size", str(len(word))),
        ("word and indicator", f"{word} {indicator.value}"),
        ("word and unit", f"{word} {unit.value}"),
        ("last and indicator", f"{last} {indicator.value}"),
    )


def of_order(index: int, count: int, where: str, unit: Unit, indicator: Indicator, status: Status) -> Sequence[Feature]:
    """What it says for a word where it stands, and which one of how many it is in the label."""
    behind, words = min(count - 1 - index, MOST_INDEX), min(count, MOST_WORDS)
    return (
        ("place", where),
        ("place and indicator", f"{where} {indicator.value}"),
        ("place and status", f"{where} {status.value}"),
        ("index", f"{min(index, MOST_INDEX)} {words}"),
        ("from end", f"{behind} {words}"),
        ("from end and indicator", f"{behind} {indicator.value}"),
        ("from end and unit", f"{behind} {unit.value} {where}"),
    )


def of_place(word: str, where: str) -> Sequence[Feature]:
    """What a word says for itself where it stands."""
    return ("word and place", f"{word} {where}"), ("last and place", f"{word[-1]} {where}")


def of_distance(where: str, steps: int, between: int) -> Sequence[Feature]:
    """What it says for a word how far it is from its number, and how many others stand between."""
    return ("distance", f"{where} {steps}"), ("between", f"{where} {between}")


def of_pair(before: str, word: str) -> Sequence[Feature]:
    """What the word before it in the label says for a word."""
    return ("before", before), ("pair", f"{before} {word}")


def of_next(word: str, behind: str) -> Sequence[Feature]:
    """What the word behind it in the label says for a word."""
    return ("behind", behind), ("pair behind", f"{word} {behind}")


def of_text(before: str, behind: str) -> Sequence[Feature]:
    """What the characters say for a word that touch it in the text."""
    return ("text before", before), ("text behind", behind)


def of_state(where: str, by_rules: bool, again: bool, before: bool, behind: bool, size: int) -> Sequence[Feature]:
    """What else is known of a word in a label of `size` characters.

    The rules have it, the label says it again, its neighbours there are those of the text.
    """
    return (
        ("by rules", str(by_rules)),
        ("again", str(again)),
        ("touches", f"{before} {behind} {where}"),
        ("label", str(size)),
    )


OF_CODES: tuple[Callable[..., Sequence[Feature]], ...] = (of_word, of_order)
OF_ALL: tuple[Callable[..., Sequence[Feature]], ...] = (of_place, of_distance, of_pair, of_next, of_text, of_state)
GROUPS = (*OF_CODES, *OF_ALL)
"""The groups of features, those first that the codes of a number decide on too."""


def features(keys: Sequence[Key], codes: Codes) -> Iterator[Feature]:
    """What speaks for a word, by what each of the groups is asked about."""
    for group, key in zip(OF_CODES, keys, strict=False):
        yield from group(*key, *codes)
    for group, key in zip(OF_ALL, keys[len(OF_CODES) :], strict=True):
        yield from group(*key)


def steps(distance: int) -> int:
    """How far so many characters are."""
    return distance if distance < NEAR else NEAR + min(distance // STEP, MOST_STEPS)
