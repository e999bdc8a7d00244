"""The parts that a label may be made of: words around its number, pieces of the rules' label from elsewhere, nouns.

Each comes with what the model says for it.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter, getitem
from typing import NamedTuple

from schemas.vocabulary import Indicator, Status
from summarizer.readers.clauses import BLANK, Around, Layout, Stretch
from summarizer.readers.label_model import (
    BEHIND,
    EARLIER,
    FRONT,
    LONGEST,
    MOST_BETWEEN,
    NEAR,
    Codes,
    Key,
    LabelModel,
    of_piece,
    steps_of,
)
from summarizer.readers.linear_model import Feature

REACH = 40
"""Characters behind a number whose words may belong in its label."""

LONGEST_PIECE = 20
"""Characters of a label that are looked for in the text as one piece."""

EDGE = "|"
"""Stands for the word before the first and behind the last."""

_NONE = -1, "", ""
_MARKS = frozenset("，,：:；;。！？!?\n、（(）)")


class Word(NamedTuple):
    """A word of a text with what touches it, all by the names that features know them by."""

    start: int
    end: int
    word: str
    name: str
    before: str
    behind: str
    edges: str
    """Whether figures (0) or marks (|) touch it, in front and behind."""
    score: int
    """What all that says."""


BEGINS = attrgetter("start")
"""The order of words in a text."""


class Part(NamedTuple):
    """What may stand in a label: a word of the text, or what has no place there (-1)."""

    word: str
    start: int
    score: int
    at: int
    """Where the rules' label has it, -1 where it has not."""
    is_noun: bool = False
    is_known: bool = True
    """Whether it is a word that texts are cut into."""


class Case(NamedTuple):
    """The number of a label, and what is known of the two."""

    layout: Layout
    starts: Sequence[int]
    """Where the article's numbers begin."""
    near: Around
    by_rules: str
    """The rules' label."""
    indicator: Indicator
    status: Status

    @property
    def codes(self) -> Codes:
        """The codes that features ask for."""
        return self.near.number.unit, self.indicator, self.status


class Piece(NamedTuple):
    """A piece of a label, by where it begins in it and in the text."""

    at: int
    size: int
    start: int


class Words:
    """The words of a text, cut stretch by stretch: far from numbers nobody asks."""

    def __init__(self, model: LabelModel, wording: str) -> None:
        self._model, self._wording = model, wording
        self._within: dict[tuple[int, int], Sequence[Word]] = {}

    def within(self, start: int, end: int) -> Sequence[Word]:
        """Those of `[start, end)`, in order; kept, for numbers share clauses."""
        known = self._within.get((start, end))
        if known is None:
            known = self._within[start, end] = list(self._words(start, end))
        return known

    def around(self, near: Around, where: str, stretch: Stretch) -> Sequence[Word]:
        """Those of a stretch beside a number; its own clause is cut once for all its numbers, for no word holds one."""
        if where not in (FRONT, BEHIND):
            return self.within(*stretch)
        own = self.within(*near.clause)
        first, last = (bisect_left(own, at, key=BEGINS) for at in stretch)
        return own[first:last]

    def _words(self, start: int, end: int) -> Iterator[Word]:
        model, wording = self._model, self._wording
        known, kinds = model.words, (model.kind(kind) for kind in ("before", "behind", "pair", "pair behind"))
        fronts, rests, pairs, pairs_behind = kinds
        spots = model.cutter.cut(wording[start:end])
        for i, (at, word, name) in enumerate(spots):
            first, stop = start + at, start + at + len(word)
            front, rest = wording[first - 1 : first] if first else "", wording[stop : stop + 1]
            last, following = spots[i - 1] if i else _NONE, spots[i + 1] if i + 1 < len(spots) else _NONE
            before = (last[2] if last[0] + len(last[1]) == at else front).strip() or EDGE
            behind = (following[2] if following[0] == stop - start else rest).strip() or EDGE
            edges = f"{_edge(front)}{_edge(rest)}"
            score = known.get(name) or model.of_word(name)
            score += fronts.get(before, 0) + rests.get(behind, 0)
            score += pairs.get(f"{before} {name}", 0) + pairs_behind.get(f"{name} {behind}", 0)
            yield Word(first, stop, word, name, before, behind, edges, score)


def _edge(mark: str) -> str:
    return "0" if mark == BLANK else EDGE if mark in _MARKS or not mark else "-"


def stretches(layout: Layout, near: Around) -> Sequence[tuple[str, Stretch]]:
    """Where a label's words may stand, in the order of the text."""
    clause, number = near.clause, near.number
    begins = [c.start for c in layout.clauses(near.sentence.start, clause.start)[-len(EARLIER) :]]
    places = reversed(EARLIER[: len(begins)])
    earlier = [(where, Stretch(*edge)) for where, edge in zip(places, pairwise((*begins, clause.start)), strict=True)]
    behind = Stretch(number.end, max(number.end, min(clause.end, number.end + REACH)))
    return (*earlier, (FRONT, Stretch(clause.start, number.start)), (BEHIND, behind))


def located(wording: str, near: Around, within: Sequence[tuple[str, Stretch]], label: str) -> list[Piece]:
    """The pieces of a label that stand around its number, each in one place: the longest first, where they are nearest.

    Those of the number's own clause are looked for in front of it, then behind, and then further off.
    """
    places = [within[-2][1], within[-1][1]]
    if len(within) > len(places):
        places.append(Stretch(within[0][1].start, within[-2][1].start))
    around = wording[within[0][1].start : within[-1][1].end]
    free = [(0, label)]
    found: list[Piece] = []
    for size in range(min(len(label), LONGEST_PIECE), 0, -1):
        left: list[tuple[int, str]] = []
        for at, rest in free:
            done = 0
            for i in range(len(rest) - size + 1):
                # A word that stands nowhere around is not looked for by its characters: 面[积].
                # Most pieces stand nowhere around: one look tells.
                if i < done or (size == 1 and len(rest) > 1) or rest[i : i + size] not in around:
                    continue
                start = _nearest(wording, places, rest[i : i + size], near.number.start, found)
                if start >= 0:
                    found.append(Piece(at + i, size, start))
                    left.append((at + done, rest[done:i]))
                    done = i + size
            left.append((at + done, rest[done:]))
        free = [(at, rest) for at, rest in left if rest]
        if not free:
            break
    return sorted(found)


def _nearest(wording: str, places: Sequence[Stretch], piece: str, at: int, found: Sequence[Piece]) -> int:
    """Where a piece stands nearest to the number, in the first of the places that has it; -1 where none has."""
    for start, end in places:
        best, here = -1, wording.find(piece, start, end)
        while here >= 0:
            taken = any(p.start < here + len(piece) and here < p.start + p.size for p in found)
            if not taken and (best < 0 or abs(here - at) < abs(best - at)):
                best = here
            here = wording.find(piece, here + 1, end)
        if best >= 0:
            return best
    return -1


class Asked(NamedTuple):
    """A word around a number, where the rules' label has it (-1 where it has not), and what groups are asked of it."""

    word: Word
    at: int
    keys: Sequence[Key]


def asked(words: Words, case: Case, within: Sequence[tuple[str, Stretch]], found: Sequence[Piece]) -> Iterator[Asked]:
    """The words around a number in the order of the text; `found` are the pieces of the rules' label among them."""
    number, label = case.near.number, case.by_rules
    own, size, characters = bisect_left(case.starts, number.start), min(len(label), LONGEST), frozenset(label)
    rules = {p.start + i: p.at + i for p in found for i in range(p.size)}
    for where, stretch in within:
        here = words.around(case.near, where, stretch)
        places = [_place(rules, word) for word in here]
        for i, (word, at) in enumerate(zip(here, places, strict=True)):
            before = places[i - 1] >= 0 if i and here[i - 1].end == word.start else None
            behind = places[i + 1] >= 0 if i + 1 < len(here) and here[i + 1].start == word.end else None
            first = bisect_left(case.starts, word.start)
            between = min(first - own - 1 if where is BEHIND else own - first, MOST_BETWEEN)
            steps = steps_of(word.start - number.end if where is BEHIND else number.start - word.end)
            has, name = at >= 0, word.name
            state = has, characters.issuperset(word.word)
            keys = (
                (name, where),
                (where, steps, between),
                (state, where, between, size),
                (name, state),
                (where, has, before, behind),
                (where, between, word.edges, min(len(word.word), NEAR)),
            )
            yield Asked(word, at, keys)


def _place(rules: Mapping[int, int], word: Word) -> int:
    """Where the rules' label has a word, by half of its characters at least; -1 where it has not."""
    if not rules:
        return -1
    found = [rules[i] for i in range(word.start, word.end) if i in rules]
    return found[0] if 2 * len(found) >= word.end - word.start else -1


def elsewhere(case: Case, found: Sequence[Piece]) -> Iterator[tuple[int, str, Sequence[Feature]]]:
    """The pieces of the rules' label that do not stand around the number, by where it has them."""
    label, done = case.by_rules, 0
    for start, stop in (*((p.at, p.at + p.size) for p in found), (len(label), len(label))):
        if start > done:
            place = "first" if not done else "last" if start == len(label) else "middle"
            before = label[max(0, done - 2) : done]
            yield (
                done,
                label[done:start],
                of_piece(label[done:start], before, place, min(len(label), LONGEST), case.codes),
            )
        done = stop


def nouns(model: LabelModel, case: Case, within: Sequence[tuple[str, Stretch]]) -> Iterator[tuple[str, Sequence[Key]]]:
    """The nouns that neither the text around a number nor the rules have, and what is asked of them."""
    number, wording = case.near.number, case.layout.wording
    asked_of = model.nouns(number.unit, case.indicator)
    if not asked_of:
        return
    around = wording[within[0][1].start : within[-1][1].end]
    per = " ".join(p.value for p in number.per)
    touching = wording[max(0, number.start - 2) : number.start], wording[number.end : number.end + 1]
    for noun in asked_of:
        if noun not in around and noun not in case.by_rules:
            yield (
                noun,
                (
                    (noun, number.qualifier, per, number.counted or ""),
                    (noun, case.by_rules[-2:], number.unit),
                    (noun, min(len(case.by_rules), LONGEST), *touching),
                ),
            )


def parts(model: LabelModel, words: Words, case: Case) -> list[Part]:
    """What may stand in a number's label, the words around it first, in the order of the text."""
    within = stretches(case.layout, case.near)
    found = located(case.layout.wording, case.near, within, case.by_rules)
    groups = model.groups(case.codes)
    told = [
        Part(
            one.word.word,
            one.word.start,
            one.word.score + sum(map(getitem, groups, one.keys)),
            one.at,
            is_known=one.word.name is one.word.word,
        )
        for one in asked(words, case, within, found)
    ]
    told += [Part(piece, -1, model.total(features), at) for at, piece, features in elsewhere(case, found)]
    sums = model.noun_groups(case.codes)
    told += [
        Part(noun, -1, sum(map(getitem, sums, keys)), -1, is_noun=True) for noun, keys in nouns(model, case, within)
    ]
    return told
