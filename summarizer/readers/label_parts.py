"""The parts that a label may be made of: words around its number, pieces of the rules' label from elsewhere, nouns.

Each comes with what the model says for it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
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
    MOST_STEPS,
    NEAR,
    STEP,
    STEPS,
    Codes,
    Form,
    Key,
    LabelModel,
    Neighbours,
    S,
    Tables,
    of_piece,
    steps_of,
)
from summarizer.readers.linear_model import Feature

REACH = 40
"""Characters behind a number whose words may belong in its label."""

LONGEST_PIECE = 20
"""Characters of a label that are looked for in the text as one piece."""

HOPELESS = -2 * STEPS
"""Score of a word that joins no label. As likely ones add up to characters that no reader has: with all words down to
twice as little, labels are a little worse."""

NUMERAL = re.compile("[0-9二三四五六七八九两十百]")
_LEANS = re.compile("[了已共又还就都也]|[此这那该][项些个类种次批]?")

EDGE = "|"
"""Stands for the word before the first and behind the last."""

_NONE = -1, "", ""
_ALONE: Sequence[Sequence[Neighbours]] = [[(False, one, other) for other in (None, False)] for one in (None, False)]
"""The neighbours of a word of which the rules have none, by whether one touches it in front, and behind."""
_EDGES = {BLANK: "0"} | dict.fromkeys(("", *"，,：:；;。！？!?\n、（(）)"), EDGE)
"""What touches a word as features know it: a figure, a mark or the text's edge; anything else is -."""

_STEPS = tuple(map(steps_of, range(STEP * MOST_STEPS)))
_FAR = steps_of(len(_STEPS))
"""How far so many characters are, and more."""


class Word(NamedTuple):
    """A word of a text with what touches it, all by the names that features know them by."""

    start: int
    end: int
    word: str
    name: str
    before: str
    behind: str
    form: Form
    """Whether figures (0) or marks (|) touch it, in front and behind; its length."""
    alone: Neighbours
    """The words that touch it, where the rules have none of them."""
    may_join: bool
    """Whether a label may take it that the rules have worded without."""
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
        self._weights = model.in_text
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
        itself, fronts, rests, pairs, pairs_behind = self._weights
        spots = model.cutter.cut(wording[start:end])
        done, last = -1, ""
        for (at, word, name), (following, _, next_name) in pairwise((*spots, _NONE)):
            first, stop, end = start + at, start + at + len(word), at + len(word)
            goes_on, leads_on = done == at, following == end
            front, rest = wording[first - 1 : first], wording[stop : stop + 1]
            before = (last if goes_on else front.strip()) or EDGE
            behind = (next_name if leads_on else rest.strip()) or EDGE
            score = itself[name] + fronts.get(before, 0) + rests.get(behind, 0)
            if before in pairs:
                score += pairs[before].get(name, 0)
            if name in pairs_behind:
                score += pairs_behind[name].get(behind, 0)
            form = _EDGES.get(front, "-") + _EDGES.get(rest, "-"), min(len(word), NEAR)
            yield Word(first, stop, word, name, before, behind, form, _ALONE[goes_on][leads_on], _may_join(word), score)
            done, last = end, name


@lru_cache(maxsize=1 << 14)
def _may_join(word: str) -> bool:
    """A numeral would state a number by itself (“三户一孤”大病患者); 已 leans on a verb, 此项 on what was told."""
    return NUMERAL.search(word) is None and _LEANS.fullmatch(word) is None


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
    sizes = _sizes(label, wording[within[0][1].start : within[-1][1].end])
    free = [(0, len(label))]
    found: list[Piece] = []
    for size in range(max(sizes, default=0), 0, -1):
        left: list[tuple[int, int]] = []
        for start, stop in free:
            done = start
            for at in range(start, stop - size + 1):
                # A word that stands nowhere around is not looked for by its characters: 面[积].
                if sizes[at] < size or at < done or (size == 1 and stop - start > 1):
                    continue
                place = _nearest(wording, places, label[at : at + size], near.number.start, found)
                if place >= 0:
                    found.append(Piece(at, size, place))
                    left.append((done, at))
                    done = at + size
            left.append((done, stop))
        free = [part for part in left if part[0] < part[1]]
        if not free:
            break
    return sorted(found)


def _sizes(label: str, around: str) -> list[int]:
    """How many characters of a label from each on stand as they are in the text around its number."""
    found: list[int] = []
    size = 0
    for at in range(len(label)):
        # What follows the first character of a piece stands there too.
        size = max(size - 1, 0)
        while size < LONGEST_PIECE and at + size < len(label) and label[at : at + size + 1] in around:
            size += 1
        found.append(size)
    return found


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


def asked(
    tables: Tables[S], words: Words, case: Case, within: Sequence[tuple[str, Stretch]], found: Sequence[Piece]
) -> list[tuple[Word, int, S]]:
    """The words around a number in the order of the text, where the rules' label has each, and what is told of it.

    `found` are the pieces of the rules' label among them; -1 stands for a word that it has not. What a word says by
    itself and by its neighbours is no part of what is told: it says that beside any number.
    """
    told: list[tuple[Word, int, S]] = []
    characters = frozenset(case.by_rules)
    for where, stretch in within:
        if here := words.around(case.near, where, stretch):
            told += _asked(tables, case, where, here, _places(found, stretch, here), characters)
    return told


def _asked(
    tables: Tables[S], case: Case, where: str, here: Sequence[Word], places: Sequence[int], characters: frozenset[str]
) -> Iterator[tuple[Word, int, S]]:
    """The words of one stretch, by where the rules' label has them; it is made of these characters."""
    number, starts, size = case.near.number, case.starts, min(len(case.by_rules), LONGEST)
    own, is_behind = bisect_left(starts, number.start), where is BEHIND
    beside, by_rules = tables.places[where, (number.unit, case.indicator)], tables.anywhere.by_rules
    following = -1
    for i, word in enumerate(here):
        if word.start > following:
            first = bisect_left(starts, word.start)
            following = starts[first] if first < len(starts) else len(case.layout.text)
            between = first - own - 1 if is_behind else own - first
            steps, states, touched, forms = beside.rows[min(between, MOST_BETWEEN), size]
        distance = word.start - number.end if is_behind else number.start - word.end
        at, name, neighbours = places[i], word.name, word.alone
        if at >= 0 or places[i - 1] >= 0 or places[i + 1] >= 0:
            before = None if word.alone[1] is None else places[i - 1] >= 0
            behind = None if word.alone[2] is None else places[i + 1] >= 0
            neighbours = at >= 0, before, behind
        state = at >= 0, characters.issuperset(word.word)
        yield (
            word,
            at,
            (
                beside.names[name]
                + steps[_STEPS[distance] if distance < len(_STEPS) else _FAR]
                + states[state]
                + by_rules[state][name]
                + touched[neighbours]
                + forms[word.form]
            ),
        )


def _places(found: Sequence[Piece], stretch: Stretch, here: Sequence[Word]) -> list[int]:
    """Where the rules' label has the words of a stretch, by half of their characters at least, and a -1 at the end."""
    near = [p for p in found if p.start < stretch.end and stretch.start < p.start + p.size]
    if not near:
        return [-1] * (len(here) + 1)
    rules = {p.start + i: p.at + i for p in near for i in range(p.size)}
    return [*(_place(rules, word) for word in here), -1]


def _place(rules: Mapping[int, int], word: Word) -> int:
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
    """What may stand in a number's label, the words around it first, in the order of the text.

    Of words that the rules do not have, those are left out that no label takes.
    """
    within = stretches(case.layout, case.near)
    found = located(case.layout.wording, case.near, within, case.by_rules)
    told = [
        Part(word.word, word.start, score, at, is_known=word.name is word.word)
        for word, at, said in asked(model.beside, words, case, within, found)
        if (((score := word.score + said) > HOPELESS or len(word.word) == 1) and word.may_join) or at >= 0
    ]
    told += [Part(piece, -1, model.total(features), at) for at, piece, features in elsewhere(case, found)]
    tables = model.beside.nouns[case.codes]
    told += [
        Part(noun, -1, score, -1, is_noun=True)
        for noun, keys in nouns(model, case, within)
        if (score := sum(map(getitem, tables, keys))) > HOPELESS or len(noun) == 1
    ]
    return told
