"""Where the words stand that rules ask for around figures: found for all rules in one pass over the text.

Some dozens of rules ask the words before, behind and between the figures for theirs, and hardly any figure has them.
So every pattern gets a bit, and every gap between two figures the bits of the patterns that can match in it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache, reduce
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


@cache
def _heads(known: int) -> re.Pattern[str]:
    """The first characters of all pieces, as long as no more patterns are known."""
    assert known <= len(_bits)
    first = {piece[0] for piece in tuple(_needing)}
    return re.compile(f"[{re.escape(''.join(sorted(first)))}]" if first else "(?!)")


def in_gaps(text: str, starts: Sequence[int]) -> list[int]:
    """For each figure the bits of the patterns that can match between the one before it and it; last, behind them all.

    `starts` is where figures begin. A pattern that is asked for later than this may match anywhere: it has a bit above
    those of today.
    """
    known = len(_bits)
    gaps = [_ALWAYS | -1 << (known + 1)] * (len(starts) + 1)
    for found in _heads(known).finditer(text):
        at = found.start()
        if told := _needing.get(text[at], 0) | _needing.get(text[at : at + signs.PIECE], 0):
            gaps[bisect_right(starts, at)] |= told
    return gaps
