"""Texts cut into the words that labels are made of."""

import re
import sys
from collections.abc import Iterable, Sequence

from summarizer.precheck.topics import lengths

_UNKNOWN = re.compile("[\u4e00-\u9fffA-Za-z·]+|[“”]")


class Cutter:
    """Cuts texts into words of a fixed list and what stands between them; marks and figures are no words.

    Words are found from the end on, the longest first: 组织部门 is 组织 and 部门, and no 组织部. What stands between
    known words is one, for half of a name reads badly.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._known = {word: sys.intern(word) for word in words}
        self._lengths = lengths(word[::-1] for word in self._known)

    def cut(self, text: str) -> Sequence[tuple[int, str, str]]:
        """The words of a text: beginning, word, and the name that features know it by.

        The end of what is not known says what it is: 赵北[乡].
        """
        found: list[tuple[int, str, str]] = []
        known, lengths_of = self._known, self._lengths.get
        done = end = len(text)
        while end:
            sizes = lengths_of(text[end - 1])
            for size in () if sizes is None else sizes.get(text[end - 2 : end - 1]) or sizes[""]:
                word = known.get(text[end - size : end]) if size <= end else None
                if word is not None:
                    if end < done:
                        found += reversed(_between(text, end, done))
                    done = end = end - size
                    found.append((end, word, word))
                    break
            else:
                end -= 1
        found += reversed(_between(text, 0, done))
        found.reverse()
        return found


def _between(text: str, start: int, end: int) -> list[tuple[int, str, str]]:
    return [(m.start(), m.group(), f"*{m.group()[-1]}") for m in _UNKNOWN.finditer(text, start, end)]
