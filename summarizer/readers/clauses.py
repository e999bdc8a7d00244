"""Clauses, sentences and paragraphs of the clean text, and the neighbourhood of a number in them.

A clause ends at a comma, a semicolon, a colon or a sentence end, but never inside a number (`1,234.5`) and never inside
short brackets or quotation marks (`县(市、区)`, `“抓管理，强加工”`).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarizer.precheck.candidate import Number

_PARAGRAPH_END = re.compile(r"\n+")
_SENTENCE_END = re.compile(r"[。！？!?]+[”’」』\"）)]*|\n+")
_CLAUSE_END = re.compile(r"(?<!\d),|,(?!\d)|[，；;：:。！？!?\n]")
_SHORT_QUOTE = re.compile(r"“[^“”\n。]{1,20}”|《[^《》\n]{1,60}》|\([^()\n]{1,12}\)|（[^（）\n]{1,12}）")


REACH = 400
"""Characters on either side of a number that can belong to its sentence; a text without any mark is not read whole
for each of its numbers."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part `[start, end)` of the clean text."""

    start: int
    end: int


class Layout:
    """The boundaries of one text, found once in linear time."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._paragraphs = _cuts(text, (m.end() for m in _PARAGRAPH_END.finditer(text)))
        self._sentences = _cuts(text, (m.end() for m in _SENTENCE_END.finditer(text)))
        self._clauses = _cuts(text, _clause_ends(text))

    def paragraph(self, at: int) -> Stretch:
        """The line that holds the position."""
        return _around(self._paragraphs, at)

    def sentence(self, at: int) -> Stretch:
        """The sentence that holds the position, its closing mark included."""
        return _around(self._sentences, at)

    def clause(self, at: int) -> Stretch:
        """The clause that holds the position, its closing mark included."""
        return _around(self._clauses, at)

    def paragraphs(self, start: int, end: int) -> list[Stretch]:
        """The lines of `[start, end)`, cut at its edges, blank ones left out."""
        return self._within(self._paragraphs, start, end)

    def sentences(self, start: int, end: int) -> list[Stretch]:
        """The sentences of `[start, end)`, cut at its edges, blank ones left out."""
        return self._within(self._sentences, start, end)

    def clauses(self, start: int, end: int) -> list[Stretch]:
        """The clauses of `[start, end)`, cut at its edges, blank ones left out."""
        return self._within(self._clauses, start, end)

    def _within(self, cuts: Sequence[int], start: int, end: int) -> list[Stretch]:
        edges = [start, *cuts[bisect_right(cuts, start) : bisect_left(cuts, end)], end]
        return [Stretch(a, b) for a, b in pairwise(edges) if self.text[a:b].strip()]


def _cuts(text: str, ends: Iterable[int]) -> list[int]:
    return sorted({0, len(text), *ends})


def _around(cuts: Sequence[int], at: int) -> Stretch:
    """The stretch between two neighbouring cuts that holds `at` (the last one, for a position at the end)."""
    if len(cuts) < 2:
        return Stretch(0, 0)
    i = min(max(bisect_right(cuts, at), 1), len(cuts) - 1)
    return Stretch(cuts[i - 1], cuts[i])


def _clause_ends(text: str) -> Iterator[int]:
    """Ends of clauses, those inside short brackets and quotation marks left out."""
    kept = [(m.start(), m.end()) for m in _SHORT_QUOTE.finditer(text)]
    starts = [a for a, _ in kept]
    for mark in _CLAUSE_END.finditer(text):
        i = bisect_right(starts, mark.start()) - 1
        if i < 0 or mark.start() >= kept[i][1]:
            yield mark.end()


@dataclass(frozen=True, slots=True)
class Around:
    """The neighbourhood of one number.

    `before` and `after` are the words of its clause up to the neighbouring numbers (or to the clause's edges); they
    carry the quantity's own words. `clause` and `sentence` are the wider stretches. `previous` is the number in front
    of it in the same clause.
    """

    number: Number
    clause: Stretch
    sentence: Stretch
    before: Stretch
    after: Stretch
    previous: Number | None = None


def around(layout: Layout, numbers: Sequence[Number], at: int) -> Around:
    """The neighbourhood of `numbers[at]`; `numbers` are those that measure something, in order."""
    number = numbers[at]
    low, high = number.start - REACH, number.end + REACH
    clause, sentence = layout.clause(number.start), layout.sentence(number.start)
    clause = Stretch(max(clause.start, low), clause.end)
    end = min(max(layout.clause(number.end - 1).end, number.end), high)
    left, right, previous = clause.start, end, None
    if at and numbers[at - 1].end > left:
        previous = numbers[at - 1]
        left = min(previous.end, number.start)
    if at + 1 < len(numbers) and numbers[at + 1].start < right:
        right = max(numbers[at + 1].start, number.end)
    return Around(
        number,
        Stretch(clause.start, end),
        Stretch(max(sentence.start, low), max(min(sentence.end, high), end)),
        Stretch(left, number.start),
        Stretch(number.end, right),
        previous,
    )


def before(near: Around, start: int, end: int) -> float:
    """Distance of a cue `[start, end)` in front of the number, in characters.

    Another number or a clause end between them counts for many: what stands there belongs first to that number.
    """
    gap = near.number.start - end
    if start >= near.before.start:
        return 1 + gap
    if start >= near.clause.start:
        return 12 + gap / 2
    return 22 + gap / 4


def behind(near: Around, start: int) -> float:
    """Distance of a cue behind the number; less than in front, for the noun that follows is what is counted."""
    gap = max(0, start - near.number.end)
    if start < near.after.end:
        return gap * 0.8
    if start < near.clause.end:
        return 16 + gap / 2
    return 30 + gap / 4
