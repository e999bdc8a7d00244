"""JSON lines: reports whole, other tables one object a row. Numbers are plain and exact, as in a report."""

import json
from decimal import Decimal
from pathlib import Path

from schemas.outcome import Reported
from summarizer.columns import REPORTS, Cell, Table
from summarizer.export.formats import Notes, Source


def write(path: Path, table: Table, source: Source) -> Notes:
    """Write one table; of reports, the reports themselves."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        if table is REPORTS:
            for entry in source.entries():
                if isinstance(entry.outcome, Reported):
                    file.write(entry.outcome.report.model_dump_json() + "\n")
            return []
        keys = [json.dumps(name, ensure_ascii=False) for name in source.headers(table)]
        for row in source.rows(table):
            cells = (f"{key}: {_json(value)}" for key, value in zip(keys, row, strict=True))
            file.write("{" + ", ".join(cells) + "}\n")
    return []


def _json(value: Cell) -> str:
    """The standard library cannot write a Decimal as the number that it is."""
    return format(value, "f") if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)
