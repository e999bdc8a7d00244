"""Private-use characters: a font of the publisher's had a character there, and only its words can tell which."""

import re
from functools import cache, lru_cache

from schemas.vocabulary import DamageKind, Lost
from summarizer import words
from summarizer.text import likelihood
from summarizer.text.fix import Fixed, Loss, edited
from summarizer.text.neighbours import Neighbours
from summarizer.text.traced import LOST, Edit, Traced

_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]+")
_BULLETS = range(0xF000, 0xF100)
"""Where Windows puts the characters of its symbol fonts, which Word uses as bullets."""

_SPACE = "\ue5e5"
"""A3A0 of GBK, a full-width space in old documents."""

_CONTEXT = 4
_CLEAR = 3.0
"""How much likelier (natural logarithm) the best character must be than the second: 20 times."""

_TRIED = 200
"""Private-use characters that are looked up; a file with more of them is no text with a few odd characters."""


def guess(text: Traced) -> Fixed:
    """The one character that the words around allow; LOST where several fit, a bullet for a symbol font's character."""
    edits: list[Edit] = []
    losses: list[Loss] = []
    for match in _PRIVATE.finditer(text.text):
        new = "".join(_known(c) for c in match.group())
        if LOST in new:
            if len(new) == 1 and len(losses) < _TRIED:
                before = text.text[max(0, match.start() - _CONTEXT) : match.start()]
                new = _best(before, text.text[match.end() : match.end() + _CONTEXT])
            lost = Lost.CHARACTER if LOST in new else Lost.NONE
            losses.append(Loss(DamageKind.PRIVATE_USE, lost, *text.to_raw(*match.span())))
        edits.append(Edit(match.start(), match.end(), new))
    return edited(text, edits, losses)


def _known(character: str) -> str:
    """What a private-use character is everywhere; LOST for most."""
    if character == _SPACE:
        return " "
    return "•" if ord(character) in _BULLETS else LOST


@lru_cache(maxsize=1024)
def _best(before: str, after: str) -> str:
    """The character that makes the longest word with what stands around, if one is far likelier than all others.

    The longest, because a font's own character is a rare one: 叮当响, and not 叮 and 影响.
    """
    lengths = _word_lengths(before, after)
    longest = max(lengths.values(), default=0)
    fitting = [c for c, length in lengths.items() if length == longest]
    if not fitting:
        return LOST
    scored = sorted(((likelihood.likelihood(before + c + after, _news()), c) for c in fitting), reverse=True)
    return scored[0][1] if len(scored) == 1 or scored[0][0] > scored[1][0] + _CLEAR else LOST


@cache
def _news() -> Neighbours:
    return Neighbours()


@cache
def _characters() -> tuple[str, ...]:
    """Simplified characters that the dictionary counts as words, the only ones worth trying."""
    singles = (word for word, count in words.table().items() if len(word) == 1 and count and word >= "\u4e00")
    return tuple(c for c in singles if likelihood.simple(c) == c)


def _word_lengths(before: str, after: str) -> dict[str, int]:
    """Every character that makes a word with its neighbours, and the length of the longest such word."""
    table = words.table()
    # The dictionary knows the beginnings of its words too.
    lefts = [left for i in range(min(3, len(before)) + 1) if not (left := before[len(before) - i :]) or left in table]
    lengths: dict[str, int] = {}
    for left in lefts:
        for character in _characters():
            if left and left + character not in table:
                continue
            for j in range(0 if left else 1, min(3, len(after)) + 1):
                word = left + character + after[:j]
                if word not in table:
                    break
                if table[word]:
                    lengths[character] = max(len(word), lengths.get(character, 0))
    return lengths
