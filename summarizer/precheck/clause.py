"""Where clauses and sentences of the clean text begin and end, for rules that may not reach beyond them."""

from bisect import bisect_right
from functools import lru_cache
from re import compile as regex

SENTENCE = "。;!?\n"
CLAUSE = SENTENCE + ",:“”"
PHRASE = CLAUSE + "、"

_MARKS = {chars: regex(f"[{chars}]") for chars in (SENTENCE, CLAUSE, PHRASE)}
CLAUSE_BREAK = regex(f"[{CLAUSE}]")


def start_of(text: str, at: int, chars: str = CLAUSE, reach: int = 60) -> int:
    """Where the clause (or sentence, or phrase) that holds `at` begins, at most `reach` characters back.

    A comma or colon between two digits is part of a number.
    """
    floor = max(0, at - reach)
    begins = _begins(text, chars)
    last = bisect_right(begins, at)
    return max(begins[last - 1], floor) if last else floor


@lru_cache(maxsize=8)
def _begins(text: str, chars: str) -> list[int]:
    """Where clauses begin behind one of the marks; kept, because a text is asked for each of its numbers."""
    return [m.end() for m in _MARKS[chars].finditer(text) if m[0] not in ",:" or not _in_number(text, m.start())]


def _in_number(text: str, at: int) -> bool:
    return text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()


def end_of(text: str, at: int, chars: str = CLAUSE, reach: int = 60) -> int:
    """Where the clause that holds `at` ends, at most `reach` characters on."""
    ceiling = min(len(text), at + reach)
    found = _MARKS[chars].search(text, at, ceiling)
    return found.start() if found else ceiling
