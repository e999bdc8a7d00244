"""The paragraph, the sentence, the half-sentence and the clause around a number whose time is asked for."""

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

from summarizer.precheck.times.outline import paragraph

REACH = 2000
"""How far a time phrase reaches inside its paragraph, in characters."""

_CLAUSE_END = re.compile(r"[,，;；:：。！？!?\n(（)）]|——|……")
_SENTENCE_END = re.compile(r"[。！？!?][”』」)）]*|\n")
_HALF_SENTENCE_END = re.compile(r"[;；]")


def half_sentence(text: str, low: int, position: int) -> int:
    """Where the half-sentence begins, after the last semicolon."""
    marks = [m.end() for m in _HALF_SENTENCE_END.finditer(text, low, position)]
    return marks[-1] if marks else low


def line(text: str, position: int) -> tuple[int, int]:
    """The paragraph around a position, within reach: a text without line breaks must not cost its square."""
    low, high = max(0, position - REACH), min(len(text), position + REACH)
    start, end = text.rfind("\n", low, position) + 1, text.find("\n", position, high)
    return paragraph(text, start or low, high if end < 0 else end, position)


@lru_cache(maxsize=64)
def sentence_ends(text: str, start: int, end: int) -> list[int]:
    """Where the sentences of a line end; kept, because its numbers ask one after another. Not to be changed."""
    return [m.end() for m in _SENTENCE_END.finditer(text, start, end)]


@lru_cache(maxsize=4)
def _clause_ends(text: str) -> tuple[list[int], list[int]]:
    """Where the marks that end clauses begin and end; kept for all numbers of a text. Not to be changed."""
    marks = [m.span() for m in _CLAUSE_END.finditer(text)]
    return [start for start, _ in marks], [end for _, end in marks]


def clause_bounds(text: str, position: int, low: int, high: int) -> tuple[int, int]:
    """The clause around a position."""
    starts, ends = _clause_ends(text)
    last, following = bisect_right(ends, position) - 1, bisect_left(starts, position)
    begins = ends[last] if last >= 0 and starts[last] >= low else low
    return begins, starts[following] if following < len(ends) and ends[following] <= high else high


def clause(text: str, position: int) -> str:
    """The words of the clause around a position."""
    low, high = clause_bounds(text, position, max(0, position - 60), min(len(text), position + 60))
    return text[low:high]
