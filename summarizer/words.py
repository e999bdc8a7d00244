"""Words and their frequencies: the only door to jieba.

The dictionary (0.5 million words with counts) is loaded on first use, about a second, and only once. jieba itself
would write to stderr, keep its cache where anybody can put a forged one (the shared temp folder), and spend two thirds
of its import on `pkg_resources`; none of that happens here.
"""

import logging
import math
import os
import re
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any


def _cache_folder() -> Path:
    """Where this user's caches live; made where it is missing."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or str(Path.home() / ".cache")
    folder = Path(base) / "summarizer"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


@cache
def _tokenizer() -> Any:
    """Jieba's tokenizer with its dictionary loaded."""
    known = sys.modules.get("pkg_resources")
    if known is None:
        # jieba asks for pkg_resources only to open its own dictionary, and opens the file itself where there is none.
        sys.modules["pkg_resources"] = None  # type: ignore[assignment]
    try:
        import jieba  # noqa: PLC0415  it costs a second; most of `summarizer --help` needs none of it
    finally:
        if known is None:
            del sys.modules["pkg_resources"]
    jieba.setLogLevel(logging.ERROR)
    try:
        jieba.dt.tmp_dir = str(_cache_folder())
    except OSError:
        # No home to write to: the dictionary is then read from jieba's own cache or anew.
        jieba.dt.tmp_dir = None
    jieba.initialize()
    return jieba.dt


def cut(text: str) -> list[str]:
    """The words of repaired, Simplified, half-width text; joined they give the text back."""
    return list(_tokenizer().cut(text, HMM=True))


_JOINED = re.compile(r"[\u4E00-\u9FD5a-zA-Z0-9+#&._%-]{2}|\r\n")


def may_join(two: str) -> bool:
    """Whether one word of `cut` may hold these two neighbours; jieba cuts text of other characters into single ones."""
    return _JOINED.fullmatch(two) is not None


@cache
def table() -> dict[str, int]:
    """How often the dictionary counted each word; 0 for a text that only begins words. Not to be changed."""
    counts: dict[str, int] = _tokenizer().FREQ
    return counts


@cache
def followers() -> dict[str, str]:
    """The characters that come second in a word, or in what begins words, by the first. Not to be changed.

    To look a hundred characters up in a string of these takes a tenth of asking the table for as many texts of two:
    the table is too large for a processor's cache. It is made once (0.1 s), and only where bytes of a text were lost.
    """
    found: defaultdict[str, str] = defaultdict(str)
    for word in table():
        if len(word) == 2:
            found[word[0]] += word[1]
    return dict(found)


@cache
def thirds() -> dict[str, str]:
    """The characters that come third in words or in what begins them, by the first. Not to be changed; see `followers`.

    By the first alone, not by both before: that would be a table as large as the dictionary.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for word in table():
        if len(word) == 3:
            found[word[0]].add(word[2])
    return {first: "".join(sorted(last)) for first, last in found.items()}


@cache
def log_total() -> float:
    """Natural logarithm of the count of all words."""
    return math.log(_tokenizer().total)


def count(word: str) -> int:
    """How often the dictionary counted this word; 0 where it is none."""
    return table().get(word, 0)
