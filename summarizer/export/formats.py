"""What all formats share: where rows come from, how a column is headed, and numbers that stay what they are."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from importlib import import_module
from itertools import chain
from types import ModuleType

from summarizer.columns import Cell, Column, Entry, Table
from summarizer.errors import ExportError
from summarizer.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Source:
    """A run's outcomes, as often as they are asked for, and how columns are headed."""

    ledger: Ledger
    chinese: bool = False

    def entries(self) -> Iterator[Entry]:
        """Every input that has its outcome, in the order in which inputs were first met; one is held at a time."""
        for row in self.ledger.outcomes():
            if row.outcome is not None:
                yield Entry(row.name, str(row.report) if row.report else None, row.outcome)

    def rows(self, table: Table) -> Iterator[list[Cell]]:
        """A table's rows."""
        return chain.from_iterable(map(table.rows, self.entries()))

    def headers(self, table: Table) -> list[str]:
        """The names of a table's columns."""
        return [self.header(column) for column in table.columns]

    def header(self, column: Column) -> str:
        """The name of one column."""
        return column.zh if self.chinese else column.name


def as_double(value: Decimal) -> float:
    """The double that stands for a number.

    A report's numbers have at most 15 significant digits, and every double that is made of such a number is written as
    that number again.

    Raises:
        ExportError: this one would not come out as it went in.
    """
    double = float(value)
    if Decimal(repr(double)) != value:
        raise ExportError(f"{value} has more digits than this format keeps", hint="export as csv or jsonl")
    return double


def needed(package: str) -> ModuleType:
    """A package of the `export` extra.

    Raises:
        ExportError: it is not installed.
    """
    try:
        return import_module(package)
    except ImportError:
        hint = "pip install 'summarizer[export]'; csv, jsonl and label-studio need nothing"
        raise ExportError(f"this format needs the package {package}, which is not installed", hint=hint) from None


Notes = list[str]
"""What a person should be told of a file that was written."""
