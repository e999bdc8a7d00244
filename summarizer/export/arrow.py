"""Tables as Arrow batches, which Parquet and DuckDB are written from.

A decimal number becomes a double: the numbers of a report have at most 15 significant digits, which a double keeps
(`as_double` makes sure of each), and every tool computes with doubles.
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import Any

from summarizer.columns import Cell, Table
from summarizer.export.formats import Source, as_double, needed

BATCH = 10_000
"""Rows held at a time."""


def schema(table: Table, source: Source) -> Any:
    """The columns of a table as Arrow has them; all may be empty."""
    arrow = needed("pyarrow")
    kinds = {"text": arrow.string(), "whole": arrow.int64(), "number": arrow.float64(), "yes": arrow.bool_()}
    return arrow.schema([(source.header(column), kinds[column.kind]) for column in table.columns])


def batches(table: Table, source: Source) -> Iterator[Any]:
    """The rows of a table, some thousands at a time."""
    arrow = needed("pyarrow")
    columns, rows = schema(table, source), source.rows(table)
    while some := list(islice(rows, BATCH)):
        arrays = [
            arrow.array([_value(cell) for cell in cells], type=field.type)
            for cells, field in zip(zip(*some, strict=True), columns, strict=True)
        ]
        yield arrow.RecordBatch.from_arrays(arrays, schema=columns)


def _value(cell: Cell) -> str | int | float | bool | None:
    return as_double(cell) if isinstance(cell, Decimal) else cell
