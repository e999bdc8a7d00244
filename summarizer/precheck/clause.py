"""Where clauses and sentences of the clean text begin and end, for rules that may not reach beyond them."""

from re import compile as regex

SENTENCE = "。;!?\n"
CLAUSE = SENTENCE + ",:“”"
PHRASE = CLAUSE + "、"

_BREAKS = {chars: frozenset(chars) for chars in (SENTENCE, CLAUSE, PHRASE)}
CLAUSE_BREAK = regex(f"[{CLAUSE}]")


def start_of(text: str, at: int, chars: str = CLAUSE, reach: int = 60) -> int:
    """Where the clause (or sentence, or phrase) that holds `at` begins, at most `reach` characters back.

    A comma or colon between two digits is part of a number.
    """
    breaks = _BREAKS[chars]
    floor = max(0, at - reach)
    for i in range(at - 1, floor - 1, -1):
        if text[i] in breaks and not (
            text[i] in ",:" and i + 1 < len(text) and text[i - 1 : i].isdigit() and text[i + 1].isdigit()
        ):
            return i + 1
    return floor


def end_of(text: str, at: int, chars: str = CLAUSE, reach: int = 60) -> int:
    """Where the clause that holds `at` ends, at most `reach` characters on."""
    breaks = _BREAKS[chars]
    ceiling = min(len(text), at + reach)
    return next((i for i in range(at, ceiling) if text[i] in breaks), ceiling)
