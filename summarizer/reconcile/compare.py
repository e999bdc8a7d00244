"""The same figure in several reports: of one place, indicator, unit and time, told in each of them once."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from schemas.report import CountyReport, Fact
from schemas.vocabulary import Indicator, Per, Status, Unit
from summarizer.assemble import HEADLINE_INDICATORS
from summarizer.checks.rounding import range_of
from summarizer.reconcile.folder import Entry

TIMELESS = frozenset({Indicator.AREA})
"""What a county keeps; other profile figures hold in the year that the article is of."""

SINCE = "累计"
_SINCE_WORDS = re.compile(r"累计|已脱贫|以来")


@dataclass(frozen=True, slots=True)
class Key:
    """What two figures share when they are to be the same.

    `label` is empty for headline indicators, which a county has once, save for 累计 of those ever lifted.
    Any other indicator (loans, grants) a county has many of, so that only the same words name the same one.
    """

    county: str
    place: str | None
    indicator: Indicator
    unit: Unit
    counted: str | None
    per: tuple[Per, ...]
    period: str | None
    label: str


@dataclass(frozen=True, slots=True)
class Source:
    """A fact and the report that has it."""

    entry: Entry
    fact: Fact


@dataclass(frozen=True, slots=True)
class Comparison:
    """One figure in two or more reports. They agree where some number lies within the rounding of all of them."""

    key: Key
    sources: tuple[Source, ...]
    agree: bool

    @property
    def values(self) -> tuple[Decimal, ...]:
        """The different values stated, rarest last."""
        counts = Counter(s.fact.value for s in self.sources if s.fact.value is not None)
        return tuple(v for v, _ in counts.most_common())


def compare(entries: Iterable[Entry]) -> Iterator[Comparison]:
    """Every figure that more than one report has, in the order of the folder."""
    found: dict[Key, list[Source]] = {}
    for entry in entries:
        for key, fact in single_facts(entry):
            found.setdefault(key, []).append(Source(entry, fact))
    for key, sources in found.items():
        if len(sources) > 1 and _in_one_town(sources):
            yield Comparison(key, tuple(sources), agree([s.fact for s in sources]))


def single_facts(entry: Entry) -> Iterator[tuple[Key, Fact]]:
    """The facts that can be compared, each with its key; a key that one report gives two values is left out."""
    keyed: dict[Key, list[Fact]] = {}
    for fact in entry.report.facts:
        key = key_of(entry, fact)
        if key is not None:
            keyed.setdefault(key, []).append(fact)
    for key, facts in keyed.items():
        if len({f.value for f in facts}) == 1 or agree(facts):
            yield key, max(facts, key=_precision)


def _precision(fact: Fact) -> int:
    assert fact.value is not None
    return len(fact.value.normalize().as_tuple().digits)


def key_of(entry: Entry, fact: Fact) -> Key | None:
    """The key of a fact that has happened and is stated; None for plans, standards, ranges and lost digits."""
    if fact.value is None or fact.status is not Status.ACHIEVED or fact.upper is not None:
        return None
    county, place = (fact.adcode, None) if fact.adcode else (entry.county, _village(fact.place or entry.place))
    if county is None:
        return None
    headline = fact.indicator in HEADLINE_INDICATORS and not fact.per
    if not headline and fact.indicator is Indicator.OTHER:
        return None
    return Key(
        county=county,
        place=place,
        indicator=fact.indicator,
        unit=fact.unit,
        counted=_counted(fact),
        per=fact.per,
        period=_period(entry, fact),
        label=_since(fact) if headline else fact.label,
    )


_TOWN_OF = re.compile(r"(?P<town>[㐀-鿿]{1,5}[镇乡])(?=[㐀-鿿]+村$)")


def _village(place: str | None) -> str | None:
    """A village without its town, which one article names and another does not."""
    return _TOWN_OF.sub("", place) if place and "、" not in place else place


def _in_one_town(sources: Sequence[Source]) -> bool:
    """Whether no two sources name different towns for the one village."""
    places = (s.fact.place or s.entry.place or "" for s in sources)
    return len({found["town"] for p in places if (found := _TOWN_OF.match(p))}) < 2


def _since(fact: Fact) -> str:
    """Those lifted in a year and those lifted since registration are two figures with one indicator."""
    lifted = fact.indicator in (Indicator.LIFTED_HOUSEHOLDS, Indicator.LIFTED_PERSONS)
    return SINCE if lifted and _SINCE_WORDS.search(fact.label) else ""


def _counted(fact: Fact) -> str | None:
    """Of a count, what is counted: `行政村` and `自然村` are no one figure. Headlines of persons need none."""
    return fact.counted if fact.unit is Unit.COUNT else None


def _period(entry: Entry, fact: Fact) -> str | None:
    if fact.indicator in TIMELESS:
        return None
    if fact.period is not None:
        return fact.period
    year = entry.report.document.reference_year
    return str(year) if year is not None else "?"


def agree(facts: Sequence[Fact]) -> bool:
    """Whether one number lies within the rounding of every figure: `9.4万` and 94123 do, 94123 and 94213 do not."""
    ranges = [range_of(f, f.mention) for f in facts]
    return max(r.low for r in ranges) <= min(r.high for r in ranges)


def same_figures(first: CountyReport, second: CountyReport) -> float:
    """The share of the shorter report's figures that the other states too, whatever they mean."""
    a, b = (Counter((f.value, f.unit) for f in r.facts) for r in (first, second))
    fewer = min(a.total(), b.total())
    return (a & b).total() / fewer if fewer else 0.0
