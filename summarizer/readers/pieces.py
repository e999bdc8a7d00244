"""What one call reads: a section, several small ones together, or a piece of one that is too long."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.precheck.brief import Brief
from summarizer.precheck.candidate import Candidate, Part

_BREAK = re.compile(r"[。！？；\n]+[”』」）]*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A span of the clean text, and the numbers in it that are asked about."""

    start: int
    end: int
    candidates: tuple[Candidate, ...]


def groups(brief: Brief, chars: int, most: int) -> dict[int, tuple[int, ...]]:
    """For each section with numbers, the neighbours that are read in one call with it, itself among them.

    Together they have at most `chars` characters and `most` numbers; a section that has more stands alone.
    """
    found: dict[int, tuple[int, ...]] = {}
    group: list[Part] = []
    for part in brief.parts:
        count = len(brief.candidates_of(part.index))
        if not count:
            continue
        numbers = sum(len(brief.candidates_of(p.index)) for p in group)
        if group and (part.end - group[0].start > chars or numbers + count > most):
            group = []
        group.append(part)
        found |= dict.fromkeys((p.index for p in group), tuple(p.index for p in group))
    return found


def pieces(text: str, piece: Piece, most: int) -> Iterator[Piece]:
    """The piece, halved until none has more than `most` numbers."""
    if len(piece.candidates) <= most:
        yield piece
        return
    for half in halves(text, piece):
        yield from pieces(text, half, most)


def halves(text: str, piece: Piece) -> tuple[Piece, Piece]:
    """Two pieces with about as many numbers each, cut after a sentence where one ends between the same two numbers.

    The piece has at least two numbers.
    """
    numbers = piece.candidates
    middle = len(numbers) // 2
    # Of the gaps between numbers, the one nearest the middle in which a sentence ends; a long enumeration has none.
    gaps = sorted(range(1, len(numbers)), key=lambda i: abs(i - middle))
    for gap in gaps:
        if found := _BREAK.search(text, numbers[gap - 1].end, numbers[gap].start):
            return _cut(piece, gap, found.end())
    return _cut(piece, middle, numbers[middle].start)


def _cut(piece: Piece, gap: int, at: int) -> tuple[Piece, Piece]:
    return Piece(piece.start, at, piece.candidates[:gap]), Piece(at, piece.end, piece.candidates[gap:])


def without_figures(text: str, start: int, end: int, numbers: Sequence[Candidate]) -> str:
    """The text between `start` and `end` with a line break in the place of each number."""
    parts: list[str] = []
    for number in numbers:
        if start <= number.start and number.end <= end:
            parts.append(text[start : number.start])
            start = number.end
    return "\n".join((*parts, text[start:end]))
