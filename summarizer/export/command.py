"""`summarizer export`: from options to files, and what is said of them."""

from collections.abc import Sequence
from pathlib import Path

from summarizer import console
from summarizer.columns import TABLES, Table
from summarizer.errors import ExportError, LedgerError
from summarizer.export import csv_file, duckdb_file, jsonl, label_studio, parquet, xlsx
from summarizer.export.formats import Notes, Source
from summarizer.ledger import PENDING, Ledger

OK = 0

FOLDER = "exports"
"""In the output folder, where no other place is named."""

ONE = {"csv": (csv_file.write, ".csv"), "jsonl": (jsonl.write, ".jsonl"), "parquet": (parquet.write, ".parquet")}
"""Formats that hold one table in a file."""

MANY = {"xlsx": (xlsx.write, ".xlsx"), "duckdb": (duckdb_file.write, ".duckdb")}
"""Formats that hold all tables in one file."""

TASKS = "label-studio"


def export(
    out: Path, format: str, what: Sequence[str], *, to: Path | None, chinese: bool, articles: Path | None
) -> int:
    """Write what a ledger holds; of `what`, nothing means all that a file of this format holds.

    A file appears whole or not at all.
    """
    console.use_utf8()
    terminal = console.make()
    tables = [table for name, table in TABLES.items() if name in (what or TABLES)]
    if to is not None and format in ONE and len(tables) > 1:
        return console.refuse(
            f"a {format} file holds one table, and {len(tables)} are asked for",
            "name one with --what, or leave --to away",
        )
    if format == TASKS and what:
        return console.refuse("label-studio holds no table", "leave --what away: tasks are made of reports")
    try:
        with Ledger.open(out) as ledger:
            if unfinished := ledger.kinds()[PENDING]:
                terminal.print(f"left out: {unfinished} inputs that a run began and did not finish", style="yellow")
            source = Source(ledger, chinese=chinese)
            for path, notes in _written(source, format, tables, to, articles):
                terminal.print(f"written: {path}", markup=False, soft_wrap=True)
                for note in notes:
                    terminal.print(note, markup=False, soft_wrap=True)
    except (LedgerError, ExportError) as error:
        return console.refuse(str(error), error.hint)
    except OSError as error:
        return console.unwritable(error)
    return OK


def _written(
    source: Source, format: str, tables: list[Table], to: Path | None, articles: Path | None
) -> list[tuple[Path, Notes]]:
    folder, written = source.ledger.folder / FOLDER, []
    if format == TASKS:
        with _Whole(to or folder / "tasks.json") as whole:
            notes = label_studio.write(whole.part, source, articles)
        return [(whole.path, notes)]
    if format in MANY:
        write_many, suffix = MANY[format]
        with _Whole(to or folder / f"tables{suffix}") as whole:
            notes = write_many(whole.part, tables, source)
        return [(whole.path, notes)]
    write_one, suffix = ONE[format]
    for table in tables:
        with _Whole(to or folder / f"{table.name}{suffix}") as whole:
            notes = write_one(whole.part, table, source)
        written.append((whole.path, notes))
    return written


class _Whole:
    """A file that is written beside its place, and moved into it when it is whole."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # The suffix stays last: writers choose by it.
        self.part = path.with_name(f".part-{path.name}")

    def __enter__(self) -> "_Whole":
        self.path.parent.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, _error: object, _trace: object) -> None:
        if kind is None:
            self.part.replace(self.path)
        else:
            self.part.unlink(missing_ok=True)
