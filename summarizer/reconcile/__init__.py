"""Across a folder of reports: which tell of one county, which repeat each other, which figures agree or differ."""

from summarizer.reconcile.across import County, Reconciliation, reconcile
from summarizer.reconcile.compare import Comparison, compare
from summarizer.reconcile.folder import Entry, read_folder
from summarizer.reconcile.repeats import Repeat, RepeatKind, find_repeats
from summarizer.reconcile.table import Row, rows

__all__ = [
    "Comparison",
    "County",
    "Entry",
    "Reconciliation",
    "Repeat",
    "RepeatKind",
    "Row",
    "compare",
    "find_repeats",
    "read_folder",
    "reconcile",
    "rows",
]
