"""Articles in a table: one a row, in JSONL or CSV, read as a stream."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from summarizer.errors import TableError

TABLE_SUFFIXES = frozenset({".jsonl", ".ndjson", ".csv"})

_SAMPLE = 1 << 20
"""Bytes by which a table's encoding is told."""

_LONGEST = 1 << 26
"""Characters of one cell, above which Python's reader gives up the file; most that are too long are an outcome."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One row's article: its text, or the problem in its place; rows count from 1, without the header."""

    row: int
    text: str | None = None
    problem: str | None = None


def cells(path: Path, column: str) -> Iterator[Cell]:
    """The articles of a table, one at a time. A row that is none is a problem of its own, and stops nothing.

    The file is UTF-8, with or without BOM, or GB18030, as Excel in China writes it.

    Raises:
        TableError: the file cannot be read, or has no such column.
    """
    try:
        with path.open(encoding=_encoding(path), errors="replace", newline="") as file:
            read = _csv if path.suffix.lower() == ".csv" else _jsonl
            yield from read(file, column, path)
    except (OSError, csv.Error) as error:
        raise TableError(f"{path}: {getattr(error, 'strerror', None) or error}", hint="check the table") from None


def _jsonl(file: IO[str], column: str, path: Path) -> Iterator[Cell]:
    seen = False
    row = 0
    for line in file:
        if not line.strip():
            continue
        row += 1
        try:
            data = json.loads(line)
        except ValueError as error:
            yield Cell(row, problem=f"not JSON ({error})")
            continue
        seen = seen or (isinstance(data, dict) and column in data)
        yield _cell(row, data.get(column) if isinstance(data, dict) else None, column)
    if row and not seen:
        raise TableError(f"{path}: no row has “{column}”", hint="name the field with the articles: --text-column")


def _csv(file: IO[str], column: str, path: Path) -> Iterator[Cell]:
    csv.field_size_limit(_LONGEST)
    rows = csv.reader(file)
    header = next(rows, [])
    if column not in header:
        names = ", ".join(header[:20])
        raise TableError(
            f"{path}: there is no column “{column}” among {names}",
            hint="name the column with the articles: --text-column",
        )
    at = header.index(column)
    for row, found in enumerate((r for r in rows if r), start=1):
        yield _cell(row, found[at] if at < len(found) else None, column)


def _cell(row: int, value: Any, column: str) -> Cell:
    if not isinstance(value, str):
        return Cell(row, problem=f"no text in “{column}”")
    return Cell(row, text=value)


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    try:
        # The last character may be cut in two.
        sample[: sample.rfind(b"\n") + 1 or None].decode("utf-8-sig")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8-sig"
