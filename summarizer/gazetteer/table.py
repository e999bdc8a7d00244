"""The table of divisions: what bore which name, under which code, from when to when."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from schemas.vocabulary import Level

_DATA = files(__package__) / "data"

_LEVELS = {level.value: level for level in Level}

# Articles are of 2008 and later and look back a few years; a bearer of a name that ended before this year gives way
# to any later one when the year is not known (the county-level 临汾市 of before 2000 to the prefecture).
RECENT = 2005


@dataclass(frozen=True, slots=True)
class Division:
    """A province, prefecture or county as it stood under one code and one name.

    `since` is None for what stood before 1985, when the record begins; `until` is the last year in which it stood, None
    for the present ones. `successor` is the code that took its place, where one did. `province` is a name, for a
    province its own. `prefecture` is the name at the division's (last) time, for a prefecture its own; it is None for
    provinces and for what a province administers directly, the districts of Beijing, Tianjin, Shanghai and Chongqing
    included.
    """

    adcode: str
    name: str
    level: Level
    province: str
    prefecture: str | None
    since: int | None
    until: int | None
    successor: str | None

    def stood_in(self, year: int) -> bool:
        """Whether it stood in some part of the year: both sides of a change stood in the year of the change."""
        return (self.since or year) <= year <= (self.until or year)


@dataclass(frozen=True, slots=True)
class _Row:
    adcode: str
    name: str
    level: str
    parent: str
    since: int | None
    until: int | None
    successor: str | None


def _rows() -> Iterator[_Row]:
    for line in (_DATA / "divisions.tsv").read_text(encoding="utf-8").splitlines():
        adcode, name, level, parent, since, until, successor = line.split("\t")
        yield _Row(adcode, name, level, parent, int(since or 0) or None, int(until or 0) or None, successor or None)


def _holder(bearers: Iterable[_Row], year: int | None) -> str | None:
    """The name of whoever held a code in the year (None: now).

    Of two that met in the year of a renaming the earlier one: what ended in 2010 belonged to 襄樊市, not to 襄阳市.
    """
    ordered = sorted(bearers, key=lambda row: row.until or 9999)
    if year is None:
        return ordered[-1].name if ordered else None
    return next((row.name for row in ordered if (row.until or 9999) >= year), None)


class Table:
    """All divisions by name and by code."""

    def __init__(self, rows: Iterable[_Row]) -> None:
        by_code: dict[str, list[_Row]] = defaultdict(list)
        for row in rows:
            by_code[row.adcode].append(row)
        self.by_code: dict[str, list[Division]] = {}
        self.by_name: dict[str, list[Division]] = defaultdict(list)
        for code, bearers in by_code.items():
            self.by_code[code] = [_division(row, by_code) for row in bearers]
            for division in self.by_code[code]:
                self.by_name[division.name].append(division)

    def follower(self, division: Division) -> Division | None:
        """What stands under the successor's code from the year in which this division ended."""
        if division.until is None or division.successor is None:
            return None
        year = division.until
        heirs = [d for d in self.by_code.get(division.successor, []) if d.stood_in(year) and d is not division]
        return max(heirs, key=lambda d: d.until or 9999, default=None)

    def same_place(self, division: Division) -> Division:
        """The last division of the same name in the line of successors: a county that only changed its code."""
        seen = division
        while (heir := self.follower(seen)) is not None and heir.name == division.name:
            seen = heir
        return seen


def _division(row: _Row, by_code: dict[str, list[_Row]]) -> Division:
    level = _LEVELS[row.level]
    province = _holder(by_code.get(row.adcode[:2] + "0000", ()), row.until) or row.name
    prefecture = row.name if level is Level.PREFECTURE else None
    if level is Level.COUNTY and not row.parent.endswith("0000"):
        prefecture = _holder(by_code[row.parent], row.until)
    return Division(row.adcode, row.name, level, province, prefecture, row.since, row.until, row.successor)


@cache
def table() -> Table:
    """The table, read at the first call. Two threads that come first together build equal tables; one is kept."""
    return Table(_rows())


@cache
def _towns() -> dict[str, frozenset[str]]:
    text = gzip.decompress((_DATA / "townships.tsv.gz").read_bytes()).decode("utf-8")
    return {code: frozenset(names.split(" ")) for code, names in (line.split("\t") for line in text.splitlines())}


@cache
def _counties_of_towns() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for code, names in _towns().items():
        for name in names:
            found[name].append(code)
    return {name: tuple(codes) for name, codes in found.items()}


def _latest_first(division: Division) -> tuple[int, str]:
    return -(division.until or 9999), division.adcode


def distinct(found: Iterable[Division], year: int | None) -> tuple[Division, ...]:
    """One division for each place, the fitting ones first.

    A place that changed its code appears once: as it stood in the year, or else as it stood last.
    """
    places: dict[Division, list[Division]] = defaultdict(list)
    for division in found:
        places[table().same_place(division)].append(division)
    if year is None:
        return tuple(sorted(places, key=_latest_first))
    # Of two codes that met in the year of the change the new one is the one that lasts.
    fitting = [min(forms, key=lambda d: (not d.stood_in(year), _latest_first(d))) for forms in places.values()]
    return tuple(sorted(fitting, key=lambda d: (not d.stood_in(year), _latest_first(d))))


def divisions(name: str, *, year: int | None = None) -> tuple[Division, ...]:
    """Every place that bears or bore this exact full name, present ones first; with `year`, those of that year first.

    A county that kept its name when its code changed (庐江县 in 2011) is one place: with `year` it comes with the code
    and the prefecture it had then, otherwise with the latest. Empty for a name that no division has borne since 1985.
    """
    return distinct(table().by_name.get(name, ()), year)


def by_adcode(code: str) -> Division | None:
    """The division under this code of six digits: the present one, else the last that had it, else None."""
    return min(table().by_code.get(code, ()), key=_latest_first, default=None)


def counties_below(prefecture_adcode: str, *, year: int | None = None) -> tuple[Division, ...]:
    """The counties of a prefecture, those of the year where one is given, else the present ones."""
    counties = _counties_of_prefectures().get(prefecture_adcode[:4], ())
    return tuple(d for d in counties if (d.until is None if year is None else d.stood_in(year)))


@cache
def _counties_of_prefectures() -> dict[str, list[Division]]:
    """All counties there ever were, by the first four digits of their codes."""
    below: dict[str, list[Division]] = defaultdict(list)
    for code, found in table().by_code.items():
        below[code[:4]] += (d for d in found if d.level is Level.COUNTY)
    return below


def towns(county_adcode: str) -> frozenset[str]:
    """Full names of the towns, townships and streets of a present county; some dissolved ones are among them."""
    return _towns().get(county_adcode, frozenset())


def all_towns() -> Collection[str]:
    """Full names of all towns, townships and streets of present counties, each once."""
    return _counties_of_towns().keys()


def town_counties(town_name: str) -> tuple[Division, ...]:
    """The present counties that have a town, township or street of this full name."""
    found = (by_adcode(code) for code in _counties_of_towns().get(town_name, ()))
    return tuple(division for division in found if division is not None)
