"""How likely one character follows another: counts of neighbouring characters in news text.

A dictionary of words knows nothing of what stands between words; these counts do. They decide between readings of
damaged bytes. Numerals are one character here, and so are digits: no count may prefer one number to another.
"""

import gzip
import math
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from operator import add

_NUMERAL = "一"
_FOLDED = {**dict.fromkeys("〇零一二三四五六七八九两", _NUMERAL), **dict.fromkeys("0123456789", "0")}

_SMOOTHING = 60.0
"""Weight of what is known of the second character alone, in counts of the pair's first."""

_RAREST = 2e-8
"""Probability of a character that was never counted."""

_SHARED = 2.0
"""What one numeral is rarer (natural logarithm) than all together."""

_OWN = 0.3
"""Weight of the article itself beside the news text: it uses its own words again and again."""


def fold(text: str) -> str:
    """The text with one numeral for all, and one digit for all."""
    # Not `str.translate`: each replacement is one quick search, a table is asked for every character.
    for old, new in _FOLDED.items():
        text = text.replace(old, new)
    return text


@cache
def _counts() -> tuple[dict[str, dict[str, int]], dict[str, int], int]:
    """Pairs by first character, how often each character came second, and how many pairs there were."""
    pairs: dict[str, dict[str, int]] = {}
    second: Counter[str] = Counter()
    data = gzip.decompress((files(__package__) / "data" / "neighbours.txt.gz").read_bytes()).decode("utf-8")
    for line in data.splitlines():
        first, *rest = line.split("\t")
        row: dict[str, int] = {}
        for part in rest:
            count, followers = part.split(" ", 1)
            row.update(dict.fromkeys(followers, int(count)))
        pairs[first] = row
        second.update(row)
    return pairs, dict(second), second.total()


@cache
def _total(first: str) -> int:
    """How often a character came first; one number for each of those that the news text has."""
    return sum(_counts()[0].get(first, {}).values())


class Neighbours:
    """Log probabilities of neighbours, in news text and in one article."""

    def __init__(self, article: str = "") -> None:
        folded = fold(article)
        self._own: Mapping[str, int] = Counter(map(add, folded, folded[1:]))
        self._own_first: Mapping[str, int] = Counter(folded[:-1])
        self._known: dict[str, float] = {}

    def cost(self, pair: str) -> float:
        """Log probability of the second character of a pair after the first."""
        cost = self._known.get(pair)
        if cost is None:
            # Not `fold`: translating two characters takes ten times as long as looking each up.
            first, second = pair[0], pair[1]
            cost = self._known[pair] = self._cost(_FOLDED.get(first, first), _FOLDED.get(second, second))
        return cost

    def _cost(self, first: str, second: str) -> float:
        pairs, seconds, total = _counts()
        row = pairs.get(first, {})
        alone = max(seconds.get(second, 0) / total, _RAREST)
        news = (row.get(second, 0) + _SMOOTHING * alone) / (_total(first) + _SMOOTHING)
        own = self._own.get(first + second, 0) / (self._own_first.get(first, 0) + 1)
        shared = _SHARED if second == _NUMERAL else 0.0
        return math.log((1 - _OWN) * news + _OWN * own) - shared
