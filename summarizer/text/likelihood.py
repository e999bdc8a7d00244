"""How likely a text of Simplified characters is: the counts of its words, and of each two neighbours."""

import math
from functools import cache, lru_cache
from itertools import pairwise

from opencc import OpenCC

from summarizer import words
from summarizer.text.neighbours import Neighbours
from summarizer.text.traced import LOST

NUMERALS = frozenset("〇零一二三四五六七八九十百千两")

DIGITS = frozenset("０１２３４５６７８９")
"""Never made out of bytes that are not all there."""

ARABIC = frozenset("0123456789")
COUNTING = NUMERALS | ARABIC
MAGNITUDES = frozenset("十百千万亿萬億")
HAN_NUMERALS = NUMERALS | MAGNITUDES
NUMERIC = HAN_NUMERALS | DIGITS
"""What a number may be made of, in either script."""

_HALF_WIDTH = {chr(c): chr(c - 0xFEE0) for c in range(0xFF10, 0xFF1A)} | {"．": ".", "％": "%"}

_MARKS = {
    **dict.fromkeys("，。、", -3.0),
    **dict.fromkeys("“”：；《》（）", -4.5),
    **dict.fromkeys("！？‘’—…·「」『』〈〉【】〔〕％～　%.", -7.0),
}
"""Log probabilities of punctuation; the dictionary counts words only."""

_ASCII = -11.0
"""A letter or a question mark of ASCII inside Chinese text."""

_RARE = -19.0
"""A character that is no word by itself."""

_STRANGE = -24.0
"""Kana, Greek letters, drawing: what byte-shifted text shows and Chinese text does not hold."""

_OPEN = -13.0
"""A character about which nothing is known; as rare as the rarer words, so that a reading with a word wins."""

_SINGLE = -1.5
"""What a word of one character costs more: any two bytes make one, so that some always fit."""

LONGEST = 6
"""Characters of the longest word looked for."""


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@lru_cache(maxsize=1 << 16)
def simple(character: str) -> str:
    """The character in Simplified; a digit half-width, as words and neighbours are counted."""
    if character in _HALF_WIDTH:
        return _HALF_WIDTH[character]
    one: str = _converter().convert(character)
    return one if len(one) == 1 else character


@lru_cache(maxsize=1 << 16)
def cost(word: str) -> float:
    """Log probability of a word of Simplified characters.

    A numeral is as likely as any other: 十二五 stands in the dictionary and 十三五 does not, and neither may be
    preferred for that.
    """
    if is_numeral(word):
        return -7.0 - 1.5 * (len(word) - 1)
    if count := words.count(word):
        return math.log(count) - words.log_total()
    if word in _MARKS:
        return _MARKS[word]
    if word.isascii():
        return _ASCII
    if "\u4e00" <= word <= "\u9fff":
        return _RARE
    return _OPEN if word == LOST else _STRANGE


def is_numeral(word: str) -> bool:
    """Whether all of the word is Han numerals, or all of it Arabic digits."""
    return NUMERALS.issuperset(word) or ARABIC.issuperset(word)


def likelihood(text: str, neighbours: Neighbours) -> float:
    """Log probability of a plain text, as `read` would score it."""
    simplified, table = "".join(map(simple, text)), words.table()
    best = [0.0] + [-math.inf] * len(simplified)
    for start in range(len(simplified)):
        for end in range(start + 1, min(start + LONGEST, len(simplified)) + 1):
            word = simplified[start:end]
            count = table.get(word)
            is_word = bool(count) or end == start + 1 or is_numeral(word)
            if is_word:
                best[end] = max(best[end], best[start] + word_gain(word))
            elif count is None:
                # The table has what begins its words, too: no longer one begins so.
                break
    return best[-1] + NEIGHBOURS * sum(neighbours[a + b] for a, b in pairwise(simplified))


def word_gain(word: str) -> float:
    """What a word adds to a reading's score."""
    return _WORDS * cost(word) + (_SINGLE if len(word) == 1 else 0.0)


_WORDS, NEIGHBOURS = 0.7, 0.5
"""Weights of the words and of the neighbours in a reading's score; found on spoilt news text."""
