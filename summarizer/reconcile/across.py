"""All that a folder of reports says of its counties together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from summarizer import gazetteer
from summarizer.reconcile.compare import Comparison, compare
from summarizer.reconcile.folder import Entry
from summarizer.reconcile.repeats import Repeat, find_repeats
from summarizer.reconcile.table import Row, rows


@dataclass(frozen=True, slots=True)
class County:
    """A county and the reports of it."""

    code: str
    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What a folder's reports say together. `unplaced` are reports whose subject could not be told."""

    counties: tuple[County, ...]
    unplaced: tuple[Entry, ...]
    repeats: tuple[Repeat, ...]
    agreements: tuple[Comparison, ...]
    contradictions: tuple[Comparison, ...]
    table: tuple[Row, ...]


def _name(code: str, group: Sequence[Entry]) -> str:
    """The county's name: that of a report of it; where all are of its villages, the one that goes with its code."""
    own = next((e.report.subject.name for e in group if e.place is None), None)
    division = gazetteer.by_adcode(code)
    return own or (division.name if division else group[0].report.subject.name) or code


def reconcile(entries: Iterable[Entry]) -> Reconciliation:
    """Group the reports by county and compare them."""
    known = tuple(entries)
    groups: dict[str, list[Entry]] = {}
    for entry in known:
        if entry.county is not None:
            groups.setdefault(entry.county, []).append(entry)
    compared = tuple(compare(known))
    return Reconciliation(
        counties=tuple(County(code, _name(code, group), tuple(group)) for code, group in sorted(groups.items())),
        unplaced=tuple(e for e in known if e.county is None),
        repeats=tuple(find_repeats(known)),
        agreements=tuple(c for c in compared if c.agree),
        contradictions=tuple(c for c in compared if not c.agree),
        table=tuple(rows(known)),
    )
