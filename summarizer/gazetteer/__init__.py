"""Places and codes: the provinces, prefectures and counties of China, present and former, and the towns of each county.

The table is read at the first question. Nothing here guesses: a name borne by several places has several choices, and
`resolve` picks one only where the text names its parent.
"""

from functools import cache
from importlib.resources import files

from summarizer.gazetteer.finding import JOINED, PlaceMention, find
from summarizer.gazetteer.names import stem
from summarizer.gazetteer.resolving import contemporary, resolve
from summarizer.gazetteer.table import Division, all_towns, by_adcode, counties_below, divisions, town_counties, towns


@cache
def protected_names() -> frozenset[str]:
    """Names in correct Simplified that a conversion from Traditional would alter: 乾县 would become 干县."""
    text = (files(__package__) / "data" / "protected.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


__all__ = [
    "JOINED",
    "Division",
    "PlaceMention",
    "all_towns",
    "by_adcode",
    "contemporary",
    "counties_below",
    "divisions",
    "find",
    "protected_names",
    "resolve",
    "stem",
    "town_counties",
    "towns",
]
