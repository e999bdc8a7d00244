"""The table that a folder adds up to: county × year × indicator, each cell with its sources and whether they agree."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from schemas.vocabulary import Indicator, Unit
from summarizer.assemble import HEADLINE_INDICATORS
from summarizer.reconcile.compare import SINCE, Key, Source, agree, single_facts
from summarizer.reconcile.folder import Entry


@dataclass(frozen=True, slots=True)
class Row:
    """A headline figure of a county in a year. `values` are the different ones stated, `agree` within rounding.

    `since` is 累计 for those lifted since registration, else empty.
    """

    county: str
    name: str
    year: str
    indicator: Indicator
    counted: str | None
    since: str
    unit: Unit
    values: tuple[Decimal, ...]
    agree: bool
    sources: tuple[Source, ...]


def rows(entries: Sequence[Entry]) -> Iterator[Row]:
    """The headline figures of the subjects themselves, by county, year and indicator.

    A cell takes the latest time of its year that its reports name (`2019-12` before `2019-10`): in a year of work the
    poor become fewer, and that is no contradiction.
    """
    cells: dict[tuple[str, str, int, str, str], list[tuple[str, Source]]] = {}
    for entry in entries:
        for key, fact in single_facts(entry):
            if key.place is None and key.county == entry.county and key.label in ("", SINCE) and _is_headline(key):
                period = key.period or _year(entry)
                order = HEADLINE_INDICATORS.index(key.indicator)
                cell = (key.county, period.rpartition("/")[2][:4], order, key.counted or "", key.label)
                cells.setdefault(cell, []).append((period, Source(entry, fact)))
    for (county, year, order, counted, since), found in sorted(cells.items(), key=lambda item: item[0]):
        latest = max(_end(period) for period, _ in found)
        sources = tuple(source for period, source in found if _end(period) == latest)
        facts = [s.fact for s in sources]
        yield Row(
            county=county,
            name=sources[0].entry.report.subject.name or county,
            year=year,
            indicator=HEADLINE_INDICATORS[order],
            counted=counted or None,
            since=since,
            unit=facts[0].unit,
            values=tuple(dict.fromkeys(f.value for f in facts if f.value is not None)),
            agree=agree(facts),
            sources=sources,
        )


def _end(period: str) -> str:
    """When a period ends: what a year has come to is later than what it began with (2018-01, then 2018)."""
    last = period.rpartition("/")[2]
    return f"{last}-12" if len(last) == len("2018") else last


def _is_headline(key: Key) -> bool:
    return key.indicator in HEADLINE_INDICATORS and not key.per


def _year(entry: Entry) -> str:
    return str(entry.report.document.reference_year or "?")
