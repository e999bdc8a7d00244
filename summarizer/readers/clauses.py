"""Clauses, sentences and paragraphs of the clean text, and the neighbourhood of a number in them.

A clause ends at a comma, a semicolon, a colon or a sentence end, but never inside a number (`1,234.5`), never behind
其中 alone (`其中：贫困户30户`), and never inside short brackets or quotation marks (`县(市、区)`, `“抓管理，强加工”`).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar, cast

from schemas.vocabulary import Unit
from summarizer import signs
from summarizer.patterns import compiled
from summarizer.precheck.candidate import Number

_PARAGRAPH_END = re.compile(r"\n+")
_SENTENCE_END = compiled(r"[。！？!?]+[”’」』\"）)]*|\n+")
_CLAUSE_END = re.compile(
    # The mark first, and then what stands around it: marks are few, and a search for them is quick.
    r"[,，：:；;。！？!?\n](?:(?<=[；;。！？!?\n])|(?<!其中.)(?:(?<!,)|(?<!\d.)|(?!\d)))"
)
_SHORT_QUOTE = re.compile(r"“[^“”\n。]{1,20}”|《[^《》\n]{1,60}》|\([^()\n]{1,12}\)|（[^（）\n]{1,12}）")


BEYOND = 40
"""Characters behind a sentence in which a rule that goes on from it may look."""

REACH = 400
"""Characters on either side of a number that can belong to its sentence; a text without any mark is not read whole
for each of its numbers."""


BLANK = "\x01"
"""Stands in `Layout.wording` for every character of a figure or a time phrase."""


K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
W = TypeVar("W")


class Stretch(NamedTuple):
    """A part `[start, end)` of the clean text; a tuple, because thousands are made of every article."""

    start: int
    end: int


class Layout:
    """The boundaries of one text, found once in linear time.

    `wording` is the text with every stretch of `figures` blanked, character for character: what names a quantity is
    neither another quantity nor a date.
    """

    def __init__(self, text: str, figures: Iterable[Stretch] = ()) -> None:
        self.text = text
        self.wording = _blanked(text, figures)
        self._paragraphs = _Cuts(text, (m.end() for m in _PARAGRAPH_END.finditer(text)))
        self._sentences = _Cuts(text, (m.end() for m in _SENTENCE_END.finditer(text)))
        self._clauses = _Cuts(text, _clause_ends(text))
        self._answers: dict[tuple[object, Hashable], object] = {}

    def once(self, question: Callable[["Layout", K, W], T], about: K, words: W) -> T:
        """The answer to a question about a place or a heading, found once; the words are the same each time."""
        key = (question, about)
        if key not in self._answers:
            self._answers[key] = question(self, about, words)
        return cast("T", self._answers[key])

    def paragraph(self, at: int) -> Stretch:
        """The line that holds the position."""
        return self._paragraphs.around(at)

    def sentence(self, at: int) -> Stretch:
        """The sentence that holds the position, its closing mark included."""
        return self._sentences.around(at)

    def clause(self, at: int) -> Stretch:
        """The clause that holds the position, its closing mark included."""
        return self._clauses.around(at)

    def paragraphs(self, start: int, end: int) -> list[Stretch]:
        """The lines of `[start, end)`, cut at its edges, blank ones left out."""
        return self._paragraphs.within(start, end)

    def sentences(self, start: int, end: int) -> list[Stretch]:
        """The sentences of `[start, end)`, cut at its edges, blank ones left out."""
        return self._sentences.within(start, end)

    def clauses(self, start: int, end: int) -> list[Stretch]:
        """The clauses of `[start, end)`, cut at its edges, blank ones left out."""
        return self._clauses.within(start, end)


def _blanked(text: str, figures: Iterable[Stretch]) -> str:
    parts, at = [], 0
    for figure in sorted(figures, key=lambda f: f.start):
        if figure.end > at:
            start = max(figure.start, at)
            parts += [text[at:start], BLANK * (figure.end - start)]
            at = figure.end
    return "".join((*parts, text[at:]))


class _Cuts:
    """A text cut into stretches, made once: every number asks for those around it."""

    def __init__(self, text: str, ends: Iterable[int]) -> None:
        self._text = text
        self._cuts = sorted({0, len(text), *ends})
        self._stretches = [Stretch(a, b) for a, b in pairwise(self._cuts)] or [Stretch(0, 0)]
        # By how many cuts stand at or before a position: at the end, and before the beginning, too.
        self._by_cuts = [self._stretches[0], *self._stretches, self._stretches[-1]]
        self._within: dict[tuple[int, int], list[Stretch]] = {}

    def around(self, at: int) -> Stretch:
        """The stretch between two neighbouring cuts that holds `at` (the last one, for a position at the end)."""
        return self._by_cuts[bisect_right(self._cuts, at)]

    def within(self, start: int, end: int) -> list[Stretch]:
        """The stretches of `[start, end)`, cut at its edges, blank ones left out; kept, for numbers share sentences."""
        known = self._within.get((start, end))
        if known is None:
            known = self._within[start, end] = self._cut(start, end)
        return known

    def _cut(self, start: int, end: int) -> list[Stretch]:
        first, last = bisect_right(self._cuts, start), bisect_left(self._cuts, end)
        if first >= last:
            found = [Stretch(start, end)]
        else:
            found = [
                Stretch(start, self._cuts[first]),
                *self._stretches[first : last - 1],
                Stretch(self._cuts[last - 1], end),
            ]
        return [stretch for stretch in found if self._text[stretch[0] : stretch[1]].strip()]


def _clause_ends(text: str) -> Iterator[int]:
    """Ends of clauses, those inside short brackets and quotation marks left out."""
    kept = [(m.start(), m.end()) for m in _SHORT_QUOTE.finditer(text)]
    starts = [a for a, _ in kept]
    for mark in _CLAUSE_END.finditer(text):
        i = bisect_right(starts, mark.start()) - 1
        if i < 0 or mark.start() >= kept[i][1]:
            yield mark.end()


class Around(NamedTuple):
    """The neighbourhood of one number.

    `before` and `after` are the words of its clause up to the neighbouring numbers (or to the clause's edges); they
    carry the quantity's own words. `clause` and `sentence` are the wider stretches. `previous` is the number in front
    of those words in the same clause. The numbers of a pair (`学生34人17万元`,
    `理赔31户、48万元`) measure one thing in two units and share the words on either side. `told` are the signs of all
    words that rules about the number read, a few characters of the next sentence among them.
    """

    number: Number
    clause: Stretch
    sentence: Stretch
    before: Stretch
    after: Stretch
    told: int
    previous: Number | None = None


def _is_pair(layout: Layout, first: Number, second: Number) -> bool:
    """Whether two neighbouring numbers, in different units, stand side by side without a word between them.

    Behind 、 only money goes with what is counted: 12个乡镇、96个村 names two things, 31户、2.4万元 one.
    """
    if second.start - first.end > 1:
        return False
    if first.unit is second.unit or Unit.PERCENT in {first.unit, second.unit}:
        return False
    between = layout.text[first.end : second.start]
    return between == "" or (between == "、" and second.unit is Unit.CNY and not (second.per or first.counted))


def around(layout: Layout, numbers: Sequence[Number], at: int) -> Around:
    """The neighbourhood of `numbers[at]`; `numbers` are those that measure something, in order."""
    number = numbers[at]
    low, high = number.start - REACH, number.end + REACH
    clause, sentence = layout.clause(number.start), layout.sentence(number.start)
    # Nearly every number ends in the clause that it begins in.
    end = clause.end if number.end <= clause.end else layout.clause(number.end - 1).end
    clause = _cut(clause, max(clause.start, low), min(max(end, number.end), high))
    sentence = _cut(sentence, max(sentence.start, low), max(min(sentence.end, high), clause.end))
    first, last = at, at
    if at and _is_pair(layout, numbers[at - 1], number):
        first = at - 1
    elif at + 1 < len(numbers) and _is_pair(layout, number, numbers[at + 1]):
        last = at + 1
    previous = numbers[first - 1] if first and numbers[first - 1].end > clause.start else None
    before, after = numbers[first].start, numbers[last].end
    behind = max(clause.end, after)
    if last + 1 < len(numbers) and numbers[last + 1].start < behind:
        behind = max(numbers[last + 1].start, after)
    return Around(
        number,
        clause,
        sentence,
        Stretch(min(previous.end, before) if previous else clause.start, before),
        Stretch(after, behind),
        signs.within(layout.text, (min(sentence.start, clause.start), sentence.end + BEYOND)),
        previous,
    )


def _cut(stretch: Stretch, start: int, end: int) -> Stretch:
    """The same stretch, or one with other edges."""
    return stretch if stretch.start == start and stretch.end == end else Stretch(start, end)


def last_half(said: str) -> str:
    """What stands behind the last semicolon: the items of a list are each about something else."""
    return said[max(said.rfind("；"), said.rfind(";")) + 1 :]


def before(near: Around, start: int, end: int) -> float:
    """Distance of a cue `[start, end)` in front of the number, in characters.

    Another number or a clause end between them counts for many: what stands there belongs first to that number.
    """
    gap = near.before.end - end
    if start >= near.before.start:
        return 1 + gap
    if start >= near.clause.start:
        return 12 + gap / 2
    return 22 + gap / 4


def behind(near: Around, start: int) -> float:
    """Distance of a cue behind the number; less than in front, for the noun that follows is what is counted."""
    gap = max(0, start - near.after.start)
    if start < near.after.end:
        return gap * 0.8
    if start < near.clause.end:
        return 16 + gap / 2
    return 30 + gap / 4
