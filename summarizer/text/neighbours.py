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

from summarizer.text.exchange import exchanged
from summarizer.text.traced import LOST

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

_OPEN_PAIR = -7.0
"""A pair of which one is not known, as likely as most pairs in the middle of a text."""


def fold(text: str) -> str:
    """The text with one numeral for all, and one digit for all."""
    return exchanged(text, _FOLDED)


@cache
def _counts() -> tuple[dict[str, dict[str, int]], dict[str, int], dict[str, float]]:
    """Pairs by first character, how many there were, and for characters that came second how often any pair has them.

    The last is a probability times `_SMOOTHING`.
    """
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
    total = second.total()
    alone = {character: _SMOOTHING * max(count / total, _RAREST) for character, count in second.items()}
    return pairs, {first: sum(row.values()) for first, row in pairs.items()}, alone


class Neighbours(dict[str, float]):
    """Log probabilities of a pair's second character after the first, in news text and in one article.

    A mapping that fills itself: half of all pairs are asked for again, and a search asks for thousands.
    """

    def __init__(self, article: str = "") -> None:
        super().__init__()
        folded = fold(article)
        self._own: Mapping[str, int] = Counter(map(add, folded, folded[1:]))
        self._own_first: Mapping[str, int] = Counter(folded[:-1])
        self._alone = _counts()[2]
        self._rows: dict[str, tuple[Mapping[str, int], float, float]] = {}

    def __missing__(self, pair: str) -> float:
        # Not `fold`: translating two characters takes ten times as long as looking each up.
        first, second = pair[0], pair[1]
        found = _OPEN_PAIR if LOST in pair else self._cost(_FOLDED.get(first, first), _FOLDED.get(second, second))
        self[pair] = found
        return found

    def _cost(self, first: str, second: str) -> float:
        row = self._rows.get(first)
        if row is None:
            row = self._rows[first] = self._row(first)
        news_row, news_total, own_total = row
        news = (news_row.get(second, 0) + self._alone.get(second, _SMOOTHING * _RAREST)) / news_total
        own = self._own.get(first + second, 0) / own_total
        shared = _SHARED if second == _NUMERAL else 0.0
        return math.log((1 - _OWN) * news + _OWN * own) - shared

    def _row(self, first: str) -> tuple[Mapping[str, int], float, float]:
        """What followed a character in news text, how often anything did there, and how often in the article."""
        rows, totals, _ = _counts()
        return rows.get(first, {}), totals.get(first, 0) + _SMOOTHING, self._own_first.get(first, 0) + 1
