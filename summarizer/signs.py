"""Which patterns can match in which part of a text, found out for all of them in one pass.

Rules ask dozens of patterns about every number, and hardly any matches. But each can match only where one of a few
pieces of text stands (`(给予|予以)[^，]{0,14}补` needs 给予 or 予以): one pass over the text marks these pieces, and
a pattern without a mark in a stretch is not tried there. It changes no match.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache, reduce
from operator import or_
from re import _constants as op  # type: ignore[attr-defined]  # no public door leads to a parsed pattern
from re import _parser  # type: ignore[attr-defined]
from typing import Any

PIECE = 2
"""Characters of a piece that are looked for: two tell nearly all, and are one question of a table."""

_MOST = 64
"""Pieces that one part of a pattern is spelt out into."""

_EVERYWHERE = frozenset((*"0123456789一", "贫困", "脱贫", "扶贫", "帮扶", "工作", "全县", "今年"))
"""Pieces that stand near many numbers of any article."""

_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_WITHOUT_WIDTH = (op.ASSERT, op.ASSERT_NOT, op.AT)

ALWAYS = 1
"""The sign of a pattern that may match anywhere."""


EVERY = -1
"""The signs of all patterns: what may match any of them."""


def pieces(pattern: re.Pattern[str]) -> frozenset[str]:
    """Texts of one or two characters of which every match of the pattern holds one; empty where none is known."""
    parsed = _parser.parse(pattern.pattern)
    if (parsed.state.flags | pattern.flags) & re.IGNORECASE:
        return frozenset()
    return frozenset(map(_rarest, _needed(parsed)))


def _rarest(text: str) -> str:
    """The part of a text that is looked for: 困发 of 贫困发生率."""
    parts = [text[at : at + PIECE] for at in range(max(1, len(text) - PIECE + 1))]
    return next((part for part in parts if part not in _EVERYWHERE), parts[0])


def _needed(parsed: Iterable[Any]) -> frozenset[str]:
    """The best set of texts of which every match of a sequence holds one: the longer they are, the fewer places."""
    best: frozenset[str] = frozenset()
    run = frozenset(("",))
    for code, detail in parsed:
        if code in _WITHOUT_WIDTH:
            continue
        spelt = _spelt(code, detail)
        if spelt is not None and len(spelt) * len(run) <= _MOST:
            run = frozenset(a + b for a in run for b in spelt)
            best = _better(best, run)
            continue
        run = frozenset(("",))
        best = _better(best, _needed_of(code, detail))
    return best


def _needed_of(code: Any, detail: Any) -> frozenset[str]:
    """The same of one item that has too many ways to be spelt out."""
    if code is op.BRANCH:
        ways = [_needed(way) for way in detail[1]]
        return frozenset().union(*ways) if all(ways) else frozenset()
    if code in _REPEATS and detail[0]:
        return _needed(detail[2])
    if code is op.SUBPATTERN:
        return frozenset() if detail[1] & re.IGNORECASE else _needed(detail[-1])
    return _needed(detail) if code is op.ATOMIC_GROUP else frozenset()


def _better(one: frozenset[str], two: frozenset[str]) -> frozenset[str]:
    """Of two sets the one with the longer pieces, up to what is looked for; of equal ones the rarer, the smaller."""
    return max(one, two, key=_worth)


def _worth(texts: frozenset[str]) -> tuple[int, bool, int]:
    # (每|[一1])…(奖|补|赔): a 1 stands in nearly every clause with a number, 奖 or 补 in few.
    return min((min(len(t), PIECE) for t in texts), default=0), _EVERYWHERE.isdisjoint(texts), -len(texts)


def _spelt(code: Any, detail: Any) -> frozenset[str] | None:
    """All texts that one item of a pattern matches; None where they are too many."""
    if code is op.LITERAL:
        return frozenset((chr(detail),))
    if code is op.IN:
        return frozenset(chr(c) for _, c in detail) if all(kind is op.LITERAL for kind, _ in detail) else None
    if code is op.SUBPATTERN:
        return None if detail[1] & re.IGNORECASE else _all_of(detail[-1])
    if code is op.BRANCH:
        ways = [_all_of(way) for way in detail[1]]
        every = [way for way in ways if way is not None]
        return _few(frozenset().union(*every)) if len(every) == len(ways) else None
    if code in _REPEATS and detail[1] == 1:
        once = _all_of(detail[2])
        return once if once is None or detail[0] else once | {""}
    return None


def _all_of(parsed: Iterable[Any]) -> frozenset[str] | None:
    """The same of a sequence."""
    run: frozenset[str] = frozenset(("",))
    for code, detail in parsed:
        if code in _WITHOUT_WIDTH:
            continue
        spelt = _spelt(code, detail)
        if spelt is None or len(spelt) * len(run) > _MOST:
            return None
        run = frozenset(a + b for a in run for b in spelt)
    return run


def _few(texts: frozenset[str]) -> frozenset[str] | None:
    return texts if len(texts) <= _MOST else None


_bits: dict[str, int] = {}
"""The sign of every pattern that was ever asked for: a bit of its own, or `ALWAYS`."""

_heads: dict[str, dict[str, int]] = {}
"""By the first character of a piece and the second: the signs of the patterns, those of the first alone among them.

The second is empty for any other character that may follow.
"""


def of(*patterns: re.Pattern[str]) -> int:
    """The signs of patterns, together."""
    for pattern in patterns:
        if pattern.pattern not in _bits:
            needed = pieces(pattern)
            bit = _bits[pattern.pattern] = 1 << (len(_bits) + 1) if needed else ALWAYS
            for piece in needed:
                seconds = _heads.setdefault(piece[0], {"": 0})
                for second in [piece[1:]] if piece[1:] else list(seconds):
                    seconds[second] = seconds.get(second, seconds[""]) | bit
    return reduce(or_, (_bits[pattern.pattern] for pattern in patterns))


@cache
def _pieces(pattern: str) -> tuple[str, ...]:
    return tuple(pieces(re.compile(pattern)))


def may_match(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a pattern can match in a whole text that is asked about once."""
    needed = _pieces(pattern.pattern)
    return not needed or any(piece in text for piece in needed)


def within(text: str, stretch: tuple[int, int]) -> int:
    """The signs of all patterns that can match inside a stretch of a text."""
    marks = _marks(text, len(_bits))
    told = marks.known.get(stretch)
    return marks.within(stretch) if told is None else told


def tells(text: str, stretch: tuple[int, int], patterns: int) -> bool:
    """Whether one of some patterns, given by their signs, can match inside a stretch; asked of many small ones."""
    return _marks(text, len(_bits)).tells(stretch, patterns)


def of_word(word: str) -> int:
    """The signs of all patterns that can match in a word that is no stretch of a text."""
    return _of_word(word, len(_bits))


@lru_cache(maxsize=1 << 12)
def _of_word(word: str, known: int) -> int:
    assert known == len(_bits)
    return Marks(word).within((0, len(word)))


@lru_cache(maxsize=4)
def _marks(text: str, known: int) -> "Marks":
    """The marks of all patterns known so far, kept for whoever asks next; vocabularies load with the first article."""
    assert known == len(_bits)
    return Marks(text)


class Marks:
    """Where pieces of patterns stand in one text."""

    def __init__(self, text: str) -> None:
        rows = zip(map(_heads.get, text), f"{text[1:]}\0", strict=True)
        found = [
            (at, signs)
            for at, (seconds, second) in enumerate(rows)
            if seconds and (signs := seconds.get(second) or seconds[""])
        ]
        self._starts = [at for at, _ in found]
        self._signs = [signs for _, signs in found]
        # Patterns whose vocabulary is loaded later may match anywhere: they have the bits above those of today.
        self._always = ALWAYS | -1 << (len(_bits) + 1)
        self.known: dict[tuple[int, int], int] = {}
        """What `within` said of stretches; kept, because numbers share sentences."""
        self._places: dict[int, Sequence[int]] = {}
        """Where the pieces of patterns stand that `tells` was asked for, by the signs of these."""

    def within(self, stretch: tuple[int, int]) -> int:
        """The signs of all patterns that can match inside a stretch."""
        first, last = bisect_left(self._starts, stretch[0]), bisect_left(self._starts, stretch[1])
        told = self.known[stretch] = reduce(or_, self._signs[first:last], self._always)
        return told

    def tells(self, stretch: tuple[int, int], patterns: int) -> bool:
        """Whether a stretch has a sign of these patterns: two looks at a list, for signs are not put together."""
        places = self._places.get(patterns)
        if places is None:
            rows = zip(self._starts, self._signs, strict=True)
            places = self._places[patterns] = [at for at, signs in rows if signs & patterns]
        first = bisect_left(places, stretch[0])
        return patterns & self._always != 0 or (first < len(places) and places[first] < stretch[1])
