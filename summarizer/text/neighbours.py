"""How likely one character follows another: counts of neighbouring characters in news text.

A dictionary of words knows nothing of what stands between words; these counts do. They decide between readings of
damaged bytes. Numerals are one character here, and so are digits: no count may prefer one number to another.
"""

import gzip
import math
from collections import Counter
from collections.abc import Mapping
from functools import cache, lru_cache
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

    def __missing__(self, pair: str) -> float:
        # Not `fold`: translating two characters takes ten times as long as looking each up.
        first, second = _FOLDED.get(pair[0], pair[0]), _FOLDED.get(pair[1], pair[1])
        own = self._own.get(first + second)
        if own is None or LOST in pair:
            found = _unseen(first, second)
        else:
            found = _cost(first, second, own / (self._own_first[first] + 1))
        self[pair] = found
        return found


@lru_cache(maxsize=1 << 15)
def _unseen(first: str, second: str) -> float:
    """The cost of a pair that the article does not have: most that a search asks for, and the same in every article."""
    return _OPEN_PAIR if LOST in (first, second) else _cost(first, second, 0.0)


def _cost(first: str, second: str, own: float) -> float:
    """Log probability of a pair, whose share in the article is `own`."""
    rows, totals, alone = _counts()
    among = rows.get(first, {}).get(second, 0) + alone.get(second, _SMOOTHING * _RAREST)
    news = among / (totals.get(first, 0) + _SMOOTHING)
    shared = _SHARED if second == _NUMERAL else 0.0
    return math.log((1 - _OWN) * news + _OWN * own) - shared
