"""Where the words stand that rules ask for around figures: found for all rules in one pass over the text.

Some dozens of rules ask the words before, behind and between the figures for theirs, and hardly any figure has them.
So every pattern gets a bit, and every gap between two figures the bits of the patterns that can match in it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache, reduce
from operator import or_

from summarizer import signs

_ALWAYS = 1
"""The bit of a pattern that may match anywhere."""

_bits: dict[str, int] = {}
"""The bit of every pattern that was ever asked for: one of its own, or `_ALWAYS`."""

_needing: dict[str, int] = {}
"""The bits of the patterns that need a piece of text, by the piece."""


def bits(patterns: Iterable[re.Pattern[str]]) -> int:
    """The bits of patterns, together; none of none."""
    return reduce(or_, (_bits.get(p.pattern) or _new_bit(p) for p in patterns), 0)


def _new_bit(pattern: re.Pattern[str]) -> int:
    needed = signs.pieces(pattern)
    bit = 1 << (len(_bits) + 1) if needed else _ALWAYS
    for piece in needed:
        _needing[piece] = _needing.get(piece, 0) | bit
    # Known last, so that what another thread looks for has all its pieces.
    _bits[pattern.pattern] = bit
    return bit


def in_gaps(text: str, starts: Sequence[int]) -> list[int]:
    """For each figure the bits of the patterns that can match between the one before it and it; last, behind them all.

    `starts` is where figures begin. A pattern that is asked for later than this may match anywhere: it has a bit above
    those of today.
    """
    known = len(_bits)
    gaps = [_ALWAYS | -1 << (known + 1)] * (len(starts) + 1)
    for piece in _begins(known).finditer(text):
        at = piece.start()
        told = _needing.get(text[at], 0) | _needing.get(text[at : at + 2], 0)
        if told:
            gaps[bisect_right(starts, at)] |= told
    return gaps


@lru_cache(maxsize=1)
def _begins(known: int) -> re.Pattern[str]:  # noqa: ARG001  (the pieces grow with what is known)
    """What finds the places where a piece of a pattern may begin, by its characters: one place of sixteen.

    Pieces have one character or two.
    """
    pieces = list(_needing)
    ones = re.escape("".join(sorted(piece for piece in pieces if len(piece) == 1)))
    firsts, seconds = (re.escape("".join(sorted({p[i] for p in pieces if len(p) > 1}))) for i in (0, 1))
    # A NUL is of no piece, and keeps a class from being empty.
    return re.compile(f"[\0{ones}{firsts}](?:(?<=[\0{ones}])|(?=[\0{seconds}]))")
