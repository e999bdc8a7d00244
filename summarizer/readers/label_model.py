"""Which words around a number belong in its label, beside those that the rules found (`data/label_weights.tsv`).

The rules name a quantity by the nearest words: 发放补助. What it is for often stands a clause earlier (危房改造), or is
what becomes of those counted (带动 120 户 → 入股). A linear model learnt from labelled facts says of each word of the
sentence whether a careful reader would have it in the label too.

Most of what speaks for a word is the same for every number near it: the word, its neighbours, its last character. That
is added up once in an article (`Spots`). What the codes of a number say for any word of a clause is added up once in a
process (`Place`), so that of most words a comparison tells that nothing else could say enough for them.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import NamedTuple

from schemas.vocabulary import Code, Indicator, Unit
from summarizer.precheck.candidate import Number
from summarizer.readers import linear_model
from summarizer.readers.clauses import Layout
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

ENOUGH = round(-1.3 * STEPS)
"""Score of a word that joins the label: its log odds. Words that are left out more often than not join as well, for
many of those left out say what the label's own words say already, and what joins in vain is pruned."""

BESIDE = round(-1.6 * STEPS)
"""Score of a word that joins where its neighbour in the text does: the half of a name reads worse than all of it."""


class Spot(NamedTuple):
    """A word of a text, the words or characters that touch it, and what they say for it."""

    start: int
    end: int
    word: str
    before: str
    behind: str
    score: int
    most: int
    """The score with the most that the word can add to it by its side and by what a number measures."""
    leads: Number | None
    """The number behind it that is next."""
    how: str
    """How it leads to that: `TOUCHING` it, in its `CLAUSE`, or from `FAR`."""


@dataclass(frozen=True, slots=True)
class Place:
    """What speaks for a word that stands at one place to numbers of one unit and indicator."""

    side: str
    score: int
    """What it says for any word."""
    lengths: Sequence[int]
    ends: Mapping[str, int]
    """What a label so long, and one that ends so, says for any word."""
    words: Mapping[str, int]
    measured: Mapping[str, int]
    """What words say by their side, and by what is measured."""
    between: Sequence[int]
    """What it says that so many numbers stand between."""
    most_between: int
    beside: Sequence[Sequence[int]]
    """What it says that the label has the word before it (1) or not (0), then the word behind it."""
    room: int
    """The most that these two, and the number that a word leads to, can say."""


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
    def words(self) -> dict[str, tuple[int, int]]:
        """Of each word asked for: what it says for itself, and the most that it can add by its place."""
        return {}

    def of_word(self, word: str) -> tuple[int, int]:
        """What `words` keeps of a word, found once in a process."""
        sides = (self.kind(side).get(word, 0) for side in SIDES.values())
        measured = (self.kind(f"word for {code.value}").get(word, 0) for code in Indicator)
        known = self.words[word] = self.total(word_features(word)), max(0, *sides) + max(0, *measured)
        return known

    def place(self, where: str, unit: Unit, indicator: Indicator) -> Place:
        """What speaks for a word at a place to such numbers, found once in a process."""
        return self._places.get((where, unit, indicator)) or self._new_place(where, unit, indicator)

    def _new_place(self, where: str, unit: Unit, indicator: Indicator) -> Place:
        side = SIDES[where]
        between = [self.total(distance_features(where, n)) for n in range(MOST_BETWEEN + 1)]
        beside = [[self.total(beside_features(side, one, two)) for two in (False, True)] for one in (False, True)]
        leads = 0 if where is BEHIND else self._most("leads") + self._most("leads unit")
        known = self._places[where, unit, indicator] = Place(
            side,
            self.total(codes_features(where, unit, indicator)),
            *self._labels[side],
            self.kind(side),
            self.kind(f"word for {indicator.value}"),
            between,
            max(between),
            beside,
            max(between) + max(map(max, beside)) + leads,
        )
        return known

    @cached_property
    def _places(self) -> dict[tuple[str, Unit, Indicator], Place]:
        return {}

    @cached_property
    def _labels(self) -> Mapping[str, tuple[Sequence[int], Mapping[str, int]]]:
        """By side what is said by a label's length and by its end."""
        lengths, ends = self.kind("length"), self.kind("ends")
        found = {}
        for side in SIDES.values():
            mark = f" {side}"
            found[side] = (
                [lengths.get(f"{n}{mark}", 0) for n in range(LONGEST + 1)],
                {name.removesuffix(mark): row for name, row in ends.items() if name.endswith(mark)},
            )
        return found

    def of_lead(self, side: str, unit: Unit, other: Unit, how: str) -> int:
        """What it says that a word leads to another number, found once in a process."""
        known = self._leads.get((side, unit, other, how))
        if known is None:
            known = self._leads[side, unit, other, how] = self.total(lead_features(side, unit, other, how))
        return known

    @cached_property
    def _leads(self) -> dict[tuple[str, Unit, Unit, str], int]:
        return {}

    @cached_property
    def most_around(self) -> int:
        """The most that a number, its label and the place to it can say for any word."""
        return sum(map(self._most, ("unit", "indicator", "length", "ends", "place", "beside", "leads", "leads unit")))

    def _most(self, kind: str) -> int:
        return max((0, *self.kind(kind).values()))


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


def codes_features(where: str, unit: Unit, indicator: Indicator) -> Sequence[Feature]:
    """What the codes of a number say for any word in a place."""
    return ("unit", f"{unit.value} {where}"), ("indicator", f"{indicator.value} {where}")


def label_features(side: str, label: str) -> Sequence[Feature]:
    """What the rules' label says for any word on a side."""
    return ("length", f"{min(len(label), LONGEST)} {side}"), ("ends", f"{label[-2:]} {side}")


def distance_features(where: str, between: int) -> Sequence[Feature]:
    """What it says for a word how many numbers stand between."""
    return (("place", f"{where} {min(between, MOST_BETWEEN)}"),)


def beside_features(side: str, before: bool, behind: bool) -> Sequence[Feature]:
    """What it says for a word that the label has its neighbours."""
    return (("beside", f"{'+' if before else '-'}{'+' if behind else '-'} {side}"),)


def lead_features(side: str, unit: Unit, other: Unit, how: str) -> Sequence[Feature]:
    """What it says for a word that it leads to another number than that of the label."""
    alike = "same" if other is unit else "other"
    return ("leads", f"{alike} {how} {side}"), ("leads unit", f"{other.value} {unit.value} {side}")


def number_features(
    spot: Spot, where: str, between: int, label: str, number: Number, indicator: Indicator
) -> Iterator[Feature]:
    """What speaks for a word beside a number, all together; `Place` has the sums of most of it."""
    side = SIDES[where]
    yield from codes_features(where, number.unit, indicator)
    yield from label_features(side, label)
    yield from distance_features(where, between)
    yield from ((side, spot.word), (f"word for {indicator.value}", spot.word))
    yield from beside_features(side, has(label, spot.before), has(label, spot.behind))
    if (other := leads_away(spot, where, number)) is not None:
        yield from lead_features(side, number.unit, other, spot.how)


def has(label: str, neighbour: str) -> bool:
    """Whether a label has a word's neighbour."""
    return bool(neighbour) and neighbour in label


def leads_away(spot: Spot, where: str, number: Number) -> Unit | None:
    """The unit of another number that a word leads to; what stands behind a number may well name it."""
    other = spot.leads
    return None if other is None or other is number or where is BEHIND else other.unit


class Spots:
    """The words of a text that may belong in a label, looked at stretch by stretch: far from numbers nobody asks.

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
        self._model, self._wording = model, wording
        # In front of the first word and behind the last stands none.
        self._words = [(-1, ""), *words, (-1, "")]
        self._starts = [start for start, _ in self._words[1:-1]]
        self._numbers = [number.start for number in numbers]
        self._ahead = [*_ahead(wording, numbers), (len(wording) + 1, len(wording) + 1, None)]
        self._enough = None if least is None else least - model.most_around
        self._within: dict[tuple[int, int], Sequence[Spot]] = {}
        self._earlier: dict[tuple[int, int], Sequence[tuple[str, Sequence[Spot]]]] = {}

    def within(self, start: int, end: int) -> Sequence[Spot]:
        """Those that begin in `[start, end)`, in order; kept, for numbers share clauses."""
        known = self._within.get((start, end))
        if known is None:
            known = self._within[start, end] = list(self._spots(start, end))
        return known

    def earlier(self, layout: Layout, start: int, end: int) -> Sequence[tuple[str, Sequence[Spot]]]:
        """Those of the last clauses of `[start, end)`, by where they stand to a number behind it; kept as well."""
        known = self._earlier.get((start, end))
        if known is None:
            begins = [clause.start for clause in layout.clauses(start, end)[-len(EARLIER) :]]
            places = reversed(EARLIER[: len(begins)])
            found = zip(places, pairwise((*begins, end)), strict=True)
            known = self._earlier[start, end] = [(where, self.within(*edge)) for where, edge in found]
        return known

    def _spots(self, first: int, stop: int) -> Iterator[Spot]:
        model, wording, words, enough = self._model, self._wording, self._words, self._enough
        known, before, behind = model.words, model.kind("before"), model.kind("behind")
        for i in range(bisect_left(self._starts, first) + 1, bisect_left(self._starts, stop) + 1):
            start, word = words[i]
            own, room = known.get(word) or model.of_word(word)
            end = start + len(word)
            last, last_word = words[i - 1]
            following, next_word = words[i + 1]
            # A line's end is no name: a line of the file is one feature.
            front = last_word if last + len(last_word) == start else wording[max(start - 1, 0) : start].strip()
            rest = next_word if following == end else wording[end : end + 1].strip()
            score = own + before.get(front, 0) + behind.get(rest, 0)
            if (enough is not None and score + room < enough) or not wording.startswith(word, start):
                continue
            touches, edge, leads = self._ahead[bisect_left(self._numbers, end)]
            how = TOUCHING if end >= touches else CLAUSE if end >= edge else FAR
            yield Spot(start, end, word, front, rest, score, score + room, leads, how)


def _ahead(wording: str, numbers: Sequence[Number]) -> Iterator[tuple[int, int, Number]]:
    """Each number, with where the words end at the earliest that touch it, and those that lead to it in its clause."""
    marks = [mark.start() for mark in _CLAUSE_END.finditer(wording)]
    for number in numbers:
        last = bisect_left(marks, number.start) - 1
        yield number.start - 1, max(number.start - REACH, marks[last] + 1 if last >= 0 else 0), number
