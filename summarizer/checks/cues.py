"""Where the words stand that rules ask for around figures: found for all rules in one pass over the text.

Some dozens of rules ask the words before, behind and between the figures for theirs, and hardly any figure has them.
So every pattern gets a bit, and every gap between two figures the bits of the patterns that can match in it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import repeat, starmap, zip_longest
from operator import add, or_

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
    # Pieces have one character or two.
    ones, twos = map(_needing.get, text, repeat(0)), map(_needing.get, map(add, text, text[1:]), repeat(0))
    for at, told in enumerate(starmap(or_, zip_longest(ones, twos, fillvalue=0))):
        if told:
            gaps[bisect_right(starts, at)] |= told
    return gaps
