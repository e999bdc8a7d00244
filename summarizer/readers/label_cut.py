"""Texts cut into the words that labels are made of."""

import re
import sys
from collections.abc import Iterable, Sequence

from summarizer.precheck.topics import Finder

_UNKNOWN = re.compile("[\u4e00-\u9fffA-Za-z·]+|[“”]")


class Cutter:
    """Cuts texts into words of a fixed list and what stands between them; marks and figures are no words.

    Words are found from the end on, the longest first: 组织部门 is 组织 and 部门, and no 组织部. What stands between
    known words is one, for half of a name reads badly.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = {word[::-1]: sys.intern(word) for word in words}
        self._finder = Finder(self._words)

    def cut(self, text: str) -> Sequence[tuple[int, str, str]]:
        """The words of a text: beginning, word, and the name that features know it by.

        The end of what is not known says what it is: 赵北[乡].
        """
        found: list[tuple[int, str, str]] = []
        done, size = 0, len(text)
        for at, reverse in reversed(self._finder.found(text[::-1])):
            word = self._words[reverse]
            start = size - at - len(word)
            if start > done:
                found += _between(text, done, start)
            found.append((start, word, word))
            done = start + len(word)
        return [*found, *_between(text, done, size)]


def _between(text: str, start: int, end: int) -> list[tuple[int, str, str]]:
    return [(m.start(), m.group(), f"*{m.group()[-1]}") for m in _UNKNOWN.finditer(text, start, end)]
