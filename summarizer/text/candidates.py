"""Characters that bytes allow of which some are gone.

None of it depends on the article, so that it is found once for each byte or two bytes.
"""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from summarizer import words
from summarizer.text import gbk
from summarizer.text.likelihood import DIGITS, NUMERIC, simple, word_gain
from summarizer.text.traced import LOST


def _numeric(characters: Iterable[str]) -> frozenset[str]:
    return NUMERIC.intersection(characters)


@cache
def numeric_last(lead: int) -> frozenset[str]:
    """What a number may be made of that begins with this byte."""
    return _numeric(c for _, c in gbk.by_lead(lead))


@cache
def numeric_after_dropped(group: int, first: int) -> frozenset[str]:
    """What a number may be made of where `after_dropped` stand; full-width digits among them."""
    return _numeric(c for lead, c in gbk.by_trail(first) if lead in gbk.vanishing()[group])


class Candidates(NamedTuple):
    """Characters that the same bytes allow, in Simplified too, and what each adds to a score as a word of its own.

    `seconds` are those that may follow each in a word.
    """

    characters: tuple[str, ...]
    simples: tuple[str, ...]
    gains: tuple[float, ...]
    seconds: tuple[str, ...]


def _candidates(characters: Iterable[str]) -> Candidates:
    characters = tuple(characters)
    simples = tuple(map(simple, characters))
    begin = words.followers()
    return Candidates(characters, simples, tuple(map(word_gain, simples)), tuple(begin.get(c, "") for c in simples))


@cache
def after_any_dropped(first: int) -> Candidates:
    """Characters whose second byte is `first`, and whose first byte may follow some dropped pair's first byte.

    The last one is lost: what stood there need not be any of them.
    """
    return _candidates([*(c for _, c in _after_any_dropped(first)), LOST])


def _after_any_dropped(first: int) -> list[tuple[int, str]]:
    return [(lead, c) for lead, c in gbk.by_trail(first) if c not in DIGITS]


@lru_cache(maxsize=1 << 14)
def after_dropped(group: int, first: int) -> tuple[bool, ...]:
    """Which of the characters of `after_any_dropped` can follow a dropped pair's first byte `group`."""
    leads = gbk.vanishing()[group]
    return (*(lead in leads for lead, _ in _after_any_dropped(first)), True)


@cache
def before_dropped(lead: int) -> tuple[Candidates, tuple[int, ...], tuple[frozenset[str], ...]]:
    """Characters that begin with a byte and lost the other with a pair, that other, and what numbers have there."""
    known = gbk.characters()
    groups = [group for group in gbk.vanishing() if known.get((lead, group), LOST) not in {LOST, *DIGITS}]
    numeric = tuple(_numeric(known[lead, group]) for group in groups)
    return _candidates(known[lead, group] for group in groups), tuple(groups), numeric


@lru_cache(maxsize=1 << 12)
def some_lead(leads: tuple[int, ...], trail: int) -> Candidates:
    """Characters of one of these first bytes and a second; a lost one where there is none."""
    known = gbk.characters()
    return _candidates([known[lead, trail] for lead in leads if (lead, trail) in known] or [LOST])


@lru_cache(maxsize=1 << 8)
def any_lead(leads: tuple[int, ...], first: int) -> tuple[Candidates, frozenset[str]]:
    """Characters of these first bytes and a second, and those of them that numbers are made of where they differ."""
    known = gbk.characters()
    found = _candidates(known.get((lead, first), LOST) for lead in leads)
    return found, _numeric(found.characters) if len(leads) > 1 else frozenset()


@cache
def any_trail(lead: int) -> Candidates:
    """Characters that begin with a byte and lost the other one."""
    return _candidates(c for _, c in gbk.by_lead(lead) if c not in DIGITS)
