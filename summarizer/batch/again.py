"""Inputs that a ledger holds, to be read again."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from summarizer.inputs import Input
from summarizer.ledger import Met, Writer, path_of
from summarizer.tables import cells


def inputs(ledger: Writer, kinds: frozenset[str], column: str) -> Iterator[Input]:
    """The inputs that ended as one of `kinds`; standard input cannot be read again, and is left as it is.

    Raises:
        TableError: a table cannot be read any more.
    """
    for (path, is_row), group in groupby(ledger.of_kinds(kinds), key=_home):
        if path is None:
            continue
        if is_row:
            yield from _rows(path, group, column)
        else:
            yield from (_input(path, met) for met in group)


def _home(met: Met) -> tuple[Path | None, bool]:
    path, row = path_of(met.place)
    return path, row is not None


def _input(path: Path, met: Met, row: int | None = None, text: str | None = None, problem: str | None = None) -> Input:
    return Input(path, met.report, row, text, problem, met.subject, met.year, met.name)


def _rows(path: Path, group: Iterator[Met], column: str) -> Iterator[Input]:
    """Rows of one table, which stand in its order in the ledger, too."""
    found = cells(path, column)
    for met in group:
        row = path_of(met.place)[1]
        cell = next((cell for cell in found if cell.row == row), None)
        if cell is None:
            yield _input(path, met, row, problem="the table has no such row any more")
        else:
            yield _input(path, met, row, cell.text, cell.problem)
