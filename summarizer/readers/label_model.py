"""Which words around a number belong in its label, beside those that the rules found (`data/label_weights.tsv`).

The rules name a quantity by the nearest words: 发放补助. What it is for often stands a clause earlier (危房改造), or is
what becomes of those counted (带动 120 户 → 入股). A linear model learnt from labelled facts says of each word of the
sentence whether a careful reader would have it in the label too.

Most of what speaks for a word is the same for every number near it: the word, its neighbours, its last character. That
is added up once in an article (`Spots`), and a word for which nothing else could say enough is forgotten at once.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from schemas.vocabulary import Code, Indicator, Unit
from summarizer.precheck.candidate import Number
from summarizer.readers import linear_model
from summarizer.readers.linear_model import BIAS, Feature, Weights

FILE = "label_weights.tsv"

_CLAUSE_END = re.compile("[，,；;。\n]")


class Said(Code):
    """What the model tells of a word."""

    IN_LABEL = "in_label", "在标签里"
    LEFT_OUT = "left_out", "不在标签里"


FRONT, BEHIND = "front", "behind"
"""Where a word stands in the number's own clause; in a clause before it is `earlier 1` (the next) to `earlier 3`."""

EARLIER = ("earlier 1", "earlier 2", "earlier 3", "earlier 3")
"""Where the words of the clauses before the number's stand, from the nearest on: as many clauses are read."""

SIDES = {FRONT: "word in front", BEHIND: "word behind"} | dict.fromkeys(EARLIER, "word earlier")
"""The kind of feature that a word has by where it stands."""

TOUCHING, CLAUSE, FAR = "touching", "clause", "far"
"""How far a word is from the next number behind it."""

MOST_BETWEEN = 2
"""Numbers between a word and its number beyond which no more are told apart."""

LONGEST = 14
"""Characters: a label as long says enough. Those of 14 and more gain nothing by more words."""

REACH = 40
"""Characters in front of a number in which a clause may lead to it."""

STEPS = 100
"""Of a weight: scores are integers, as the file's two decimals are."""

ENOUGH = round(-0.5 * STEPS)
"""Score of a word that joins the label: its log odds. Of the words that reach it more than two in three are right, for
many that are left out say what the label's own words say already."""

BESIDE = round(-0.8 * STEPS)
"""Score of a word that joins where its neighbour in the text does: the half of a name reads worse than all of it."""


class Spot(NamedTuple):
    """A word of a text, the words or characters that touch it, and what they say for it."""

    start: int
    end: int
    word: str
    before: str
    behind: str
    score: int
    room: int
    """The most that what is its own beside a number can add to the score."""
    leads: Number | None
    """The number behind it that is next."""
    how: str
    """How it leads to that: `TOUCHING` it, in its `CLAUSE`, or from `FAR`."""


@dataclass(frozen=True)
class LabelModel:
    """What was learnt: the weight of each feature, in hundredths."""

    weights: Weights

    def kind(self, kind: str) -> Mapping[str, int]:
        """The weights of one kind of features by name."""
        return self.weights.get(kind, {})

    def total(self, features: Iterable[Feature]) -> int:
        """The score that features give."""
        total, weights = 0, self.weights
        for kind, name in features:
            rows = weights.get(kind)
            if rows is not None and name in rows:
                total += rows[name]
        return total

    @cached_property
    def words(self) -> dict[str, tuple[int, int, int]]:
        """Of each word asked for: what it says for itself, the most that its place can add, the most it can reach."""
        return {}

    def of_word(self, word: str) -> tuple[int, int, int]:
        """What `words` keeps of a word, found once in a process."""
        own = self.total(word_features(word))
        sides = (self.kind(side).get(word, 0) for side in SIDES.values())
        room = self._most_own + max(0, *sides) + max(0, self._by_indicators(word))
        known = self.words[word] = own, room, own + room + self._most_around
        return known

    def _by_indicators(self, word: str) -> int:
        return max(self.kind(f"word for {code.value}").get(word, 0) for code in Indicator)

    @cached_property
    def _most_around(self) -> int:
        """The most that neighbours and the number's own traits can say for any word."""
        return self._most("before", "behind", "unit", "indicator", "length", "ends")

    @cached_property
    def _most_own(self) -> int:
        """The most that its place beside a number can say for any word."""
        return self._most("place", "beside", "leads", "leads unit")

    def _most(self, *kinds: str) -> int:
        return sum(max((0, *self.kind(kind).values())) for kind in kinds)


@cache
def label_model() -> LabelModel:
    """The packaged model, read once per process."""
    return read(linear_model.packaged(FILE))


def read(text: str) -> LabelModel:
    """The model that a file's text holds."""
    return LabelModel(linear_model.read_weights(text, tuple(Said)))


def word_features(word: str) -> Sequence[Feature]:
    """What speaks for a word wherever it stands."""
    return (BIAS, ("itself", word), ("last", word[-1]))


def touching_features(before: str, behind: str) -> Sequence[Feature]:
    """What its neighbours say for a word."""
    return (("before", before), ("behind", behind))


def place_features(where: str, label: str, unit: Unit, indicator: Indicator) -> Sequence[Feature]:
    """What a number and the rules' label say for any word in a place."""
    side = SIDES[where]
    return (
        ("unit", f"{unit.value} {where}"),
        ("indicator", f"{indicator.value} {where}"),
        ("length", f"{min(len(label), LONGEST)} {side}"),
        ("ends", f"{label[-2:]} {side}"),
    )


def own_features(
    spot: Spot, where: str, between: int, label: str, number: Number, indicator: Indicator
) -> Sequence[Feature]:
    """What else speaks for a word: its side, what is measured, whether the label has its neighbours, whose it is."""
    side = SIDES[where]
    features = (
        ("place", f"{where} {min(between, MOST_BETWEEN)}"),
        (side, spot.word),
        (f"word for {indicator.value}", spot.word),
        ("beside", f"{_has(label, spot.before)}{_has(label, spot.behind)} {side}"),
    )
    other = spot.leads
    if other is None or other is number or where is BEHIND:
        return features
    alike = "same" if other.unit is number.unit else "other"
    return (
        *features,
        ("leads", f"{alike} {spot.how} {side}"),
        ("leads unit", f"{other.unit.value} {number.unit.value} {side}"),
    )


def _has(label: str, neighbour: str) -> str:
    return "+" if neighbour and neighbour in label else "-"


class Spots:
    """The words of a text that may belong in a label.

    `wording` is the text with figures blanked, `numbers` are those that measure something. With `least` None every word
    is kept, as for learning.
    """

    def __init__(
        self,
        model: LabelModel,
        wording: str,
        words: Iterable[tuple[int, str]],
        numbers: Sequence[Number],
        least: int | None = None,
    ) -> None:
        self._spots = list(_spots(model, wording, list(words), numbers, least))
        self._starts = [spot.start for spot in self._spots]

    def within(self, start: int, end: int) -> Sequence[Spot]:
        """Those that begin in `[start, end)`, in order."""
        return self._spots[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


def _spots(
    model: LabelModel, wording: str, words: Sequence[tuple[int, str]], numbers: Sequence[Number], least: int | None
) -> Iterator[Spot]:
    known, starts = model.words, [number.start for number in numbers]
    before, behind = model.kind("before"), model.kind("behind")
    for i, (start, word) in enumerate(words):
        own, room, most = known.get(word) or model.of_word(word)
        end = start + len(word)
        if (least is not None and most < least) or not wording.startswith(word, start):
            continue
        last = words[i - 1] if i else (0, "")
        following = words[i + 1] if i + 1 < len(words) else (0, "")
        # A line's end is no name: a line of the file is one feature.
        front = last[1] if last[0] + len(last[1]) == start else wording[max(start - 1, 0) : start].strip()
        rest = following[1] if following[0] == end else wording[end : end + 1].strip()
        next_one = bisect_left(starts, end)
        leads = numbers[next_one] if next_one < len(numbers) else None
        score = own + before.get(front, 0) + behind.get(rest, 0)
        yield Spot(start, end, word, front, rest, score, room, leads, _how(wording, end, leads.start) if leads else FAR)


def _how(wording: str, end: int, start: int) -> str:
    """How a word that ends before a number leads to it."""
    if start - end <= 1:
        return TOUCHING
    return FAR if start - end > REACH or _CLAUSE_END.search(wording, end, start) else CLAUSE
