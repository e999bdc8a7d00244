"""Which of several places of one name is meant."""

from __future__ import annotations

from collections.abc import Iterable

from schemas.vocabulary import Level
from summarizer.gazetteer.names import stem
from summarizer.gazetteer.table import RECENT, Division, table


def _with_stems(names: Iterable[str]) -> frozenset[str]:
    known = set(names)
    return frozenset(known | {short for name in known if (short := stem(name)) is not None})


def _prefecture_names(division: Division) -> frozenset[str]:
    """Every name that the division's prefecture has borne: 枣阳市 was named after 襄樊市 and now after 襄阳市."""
    if division.level is not Level.COUNTY or division.prefecture is None:
        return frozenset()
    renamed = {d.name for d in table().by_code.get(division.adcode[:4] + "00", ())}
    return _with_stems(renamed | {division.prefecture})


def _province_names(division: Division) -> frozenset[str]:
    return frozenset() if division.level is Level.PROVINCE else _with_stems({division.province})


def contemporary(choices: Iterable[Division], year: int | None) -> tuple[Division, ...]:
    """Those that stood in the year; without one, those that lasted into the time of the articles; all if none did."""
    given = tuple(choices)
    if year is None:
        kept = tuple(d for d in given if d.until is None or d.until >= RECENT)
    else:
        kept = tuple(d for d in given if d.stood_in(year))
    return kept or given


def resolve(choices: Iterable[Division], context: Iterable[str] = (), *, year: int | None = None) -> Division | None:
    """The one division that is meant, or None where the context does not decide.

    `context` is the names of provinces and prefectures, full or short, that the text gives. A single choice is itself.
    Of several, the one whose prefecture the context names; where it names none of their prefectures, the one whose
    province it names. Two named parents leave it open: this function never guesses.
    """
    candidates = contemporary(choices, year)
    if len(candidates) == 1:
        return candidates[0]
    named = frozenset(context)
    for parents in (_prefecture_names, _province_names):
        below = [d for d in candidates if parents(d) & named]
        if below:
            return below[0] if len(below) == 1 else None
    return None
