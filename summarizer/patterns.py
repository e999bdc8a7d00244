"""Compiles patterns of many alternatives so that a search spares most places all of them.

Python's `re` tries every alternative at every place, unless each begins with a plain character. A question in front,
which characters any match can begin with, answers for most places at once; where it does not, one in front of each
alternative spares most of them. It changes no match.
"""

import re
from collections.abc import Iterable, Iterator
from re import _constants as op  # type: ignore[attr-defined]  # no public door leads to a parsed pattern
from re import _parser  # type: ignore[attr-defined]
from typing import Any

_WIDEST = 256
"""Characters of a range that still leave out enough places to be worth asking for."""

_CATEGORIES = {op.CATEGORY_DIGIT: r"\d", op.CATEGORY_SPACE: r"\s"}
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_WITHOUT_WIDTH = (op.ASSERT, op.ASSERT_NOT, op.AT)


class _AnyCharacterError(Exception):
    """A match may begin with too many characters, or with none."""


def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, which asks for a first character where that helps."""
    first = first_characters(pattern)
    asking = "|".join(map(_asking, _ways(pattern)))
    return re.compile(asking if first is None else f"(?=[{first}])(?:{asking})")


_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[(|)]", re.DOTALL)
"""What says where the alternatives of a pattern end: its brackets and bars, what is escaped, and its classes."""


def _ways(pattern: str) -> Iterator[str]:
    """The alternatives of a pattern as they are written."""
    start, depth = 0, 0
    for token in _TOKEN.finditer(pattern):
        depth += {"(": 1, ")": -1}.get(token.group(), 0)
        if token.group() == "|" and not depth:
            yield pattern[start : token.start()]
            start = token.end()
    yield pattern[start:]


def _asking(way: str) -> str:
    """An alternative that asks for its first character, unless `re` does so by itself or every character will do.

    `(?P<near>本月|上个?月)` and `(?<!高)标准` would be begun at every place.
    """
    try:
        parsed = _parser.parse(way)
        first, empty = _first(parsed)
    except (re.error, _AnyCharacterError):
        # It is told of a group of another one, or begins with anything.
        return way
    plain = parsed and parsed[0][0] in (op.LITERAL, op.IN)
    asks = first and not (empty or plain or parsed.state.flags & re.IGNORECASE)
    return f"(?=[{''.join(sorted(first))}]){way}" if asks else way


def beginnings(pattern: str) -> frozenset[str]:
    """All first characters of a match, each as it would be written in a class (`1-4`, `第`).

    Raises ValueError where a match may begin with any character, or with none.
    """
    try:
        found, empty = _first(_parser.parse(pattern))
    except _AnyCharacterError:
        empty = True
    if empty:
        raise ValueError(f"a match of this may begin with anything: {pattern}")
    return frozenset(found)


def first_characters(pattern: str) -> str | None:
    """What stands between the brackets of the class of all first characters; None where asking helps nothing."""
    parsed = _parser.parse(pattern)
    if parsed.state.flags & re.IGNORECASE or _is_quick(parsed):
        return None
    try:
        found, empty = _first(parsed)
    except _AnyCharacterError:
        return None
    return None if empty or not found else "".join(sorted(found))


def _is_quick(parsed: Iterable[Any]) -> bool:
    """Whether `re` is quick by itself: every way begins with a plain character, or at the beginning of the text."""
    code, detail = next(iter(parsed), (None, None))
    if detail is None:
        return False
    if code is op.SUBPATTERN:
        return _is_quick(detail[-1])
    if code is op.BRANCH:
        return all(len(way) and way[0][0] is op.LITERAL for way in detail[1])
    return code in (op.LITERAL, op.IN) or (code is op.AT and detail is op.AT_BEGINNING)


def _first(parsed: Iterable[Any]) -> tuple[set[str], bool]:
    """The first characters of a sequence, and whether it may match nothing."""
    found: set[str] = set()
    for code, detail in parsed:
        if code in _WITHOUT_WIDTH:
            continue
        empty = False
        if code is op.LITERAL:
            found.add(re.escape(chr(detail)))
        elif code is op.IN:
            found.update(_members(detail))
        elif code is op.BRANCH:
            ways = [_first(way) for way in detail[1]]
            found.update(*(way for way, _ in ways))
            empty = any(nothing for _, nothing in ways)
        elif code in _REPEATS:
            least, _, repeated = detail
            inner, nothing = _first(repeated)
            found |= inner
            empty = nothing or not least
        elif code in (op.SUBPATTERN, op.ATOMIC_GROUP):
            inner, empty = _first(detail[-1] if code is op.SUBPATTERN else detail)
            found |= inner
        else:
            raise _AnyCharacterError
        if not empty:
            return found, False
    return found, True


def _members(members: Iterable[Any]) -> Iterator[str]:
    """A character class as it would be written inside another."""
    for code, detail in members:
        if code is op.LITERAL:
            yield re.escape(chr(detail))
        elif code is op.RANGE and detail[1] - detail[0] < _WIDEST:
            yield f"{re.escape(chr(detail[0]))}-{re.escape(chr(detail[1]))}"
        elif code is op.CATEGORY and detail in _CATEGORIES:
            yield _CATEGORIES[detail]
        else:
            raise _AnyCharacterError
