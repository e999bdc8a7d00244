"""A workbook with a sheet for each table. Text is written as text, whatever it begins with; numbers as numbers.

A sheet takes 1,048,576 rows: a longer table goes on in further sheets, and that is said. A cell takes 32,767
characters: a longer text is an error, never cut.
"""

from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

from summarizer.columns import Cell, Table
from summarizer.errors import ExportError
from summarizer.export.formats import Notes, Source, as_double, needed

ROWS = 1_048_576
"""Of a sheet, its header included."""

CHARACTERS = 32_767
"""Of a cell, in UTF-16 units."""


def write(path: Path, tables: list[Table], source: Source, *, rows: int = ROWS) -> Notes:
    """Write a workbook; `rows` are of a sheet.

    Raises:
        ExportError: a text is longer than a cell.
    """
    # One row in memory at a time. Links and formulas are made of no text: cells are written by their own type.
    book = needed("xlsxwriter").Workbook(str(path), {"constant_memory": True})
    # A workbook with more than 4 GB of cells is no zip file of the old kind.
    book.use_zip64()
    bold = book.add_format({"bold": True})
    notes: Notes = []
    try:
        for table in tables:
            sheets = _write_table(book, bold, table, source, rows)
            if sheets > 1:
                notes.append(f"{table.name} is longer than a sheet: it goes on over {sheets} sheets")
    finally:
        book.close()
    return notes


def _write_table(book: Any, bold: Any, table: Table, source: Source, rows: int) -> int:
    """Write a table to as many sheets as it needs; how many."""
    waiting = source.rows(table)
    following = next(waiting, None)
    name = table.zh if source.chinese else table.name
    for number in count(1):
        sheet = book.add_worksheet(name if number == 1 else f"{name} ({number})")
        sheet.freeze_panes(1, 0)
        for column, header in enumerate(source.headers(table)):
            sheet.write_string(0, column, header, bold)
        at = 1
        while following is not None and at < rows:
            _write_row(sheet, at, following, table)
            following = next(waiting, None)
            at += 1
        if following is None:
            return number
    raise AssertionError("count ended")


def _write_row(sheet: Any, at: int, cells: list[Cell], table: Table) -> None:
    for column, value in enumerate(cells):
        match value:
            case None:
                pass
            case bool():
                sheet.write_boolean(at, column, value)
            case int():
                sheet.write_number(at, column, value)
            case Decimal():
                sheet.write_number(at, column, as_double(value))
            case _:
                _write_text(sheet, at, column, value, table.columns[column].name)


def _write_text(sheet: Any, at: int, column: int, text: str, name: str) -> None:
    if len(text.encode("utf-16-le", "surrogatepass")) // 2 > CHARACTERS:
        raise ExportError(
            f"{name} of row {at + 1} has {len(text):,} characters; a cell takes {CHARACTERS:,}",
            hint="export as csv, jsonl, parquet or duckdb",
        )
    if text.startswith("<r>") and text.endswith("</r>"):
        # xlsxwriter would take it for markup of its own.
        sheet.write_rich_string(at, column, text[:1], text[1:2], text[2:])
    else:
        sheet.write_string(at, column, text)
