"""A table as CSV that Excel opens: UTF-8 with a BOM; no text begins as a formula (`summarizer.exports.cell`)."""

import csv
from pathlib import Path

from summarizer.columns import Table
from summarizer.export.formats import Notes, Source
from summarizer.exports import cell


def write(path: Path, table: Table, source: Source) -> Notes:
    """Write one table."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(source.headers(table))
        for row in source.rows(table):
            writer.writerow(["yes" if v is True else "no" if v is False else cell(v) for v in row])
    return []
