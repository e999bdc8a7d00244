"""What a run writes: one report per article, facts.csv, outcomes.jsonl, run.json. Every file appears whole or not."""

import csv
import json
import re
from decimal import Decimal
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Any, Self

from schemas.outcome import Outcome, Reported
from summarizer.columns import FACTS, Entry

_FORMULA = re.compile(r"""(^|[;\t\r\n]["\s]*)(?=[-=+@\t\r\n＝＋－＠])""")
"""Where text begins as what a spreadsheet takes for a formula (OWASP, CSV injection), at its beginning or where a
spreadsheet may begin a cell inside it: one that separates cells by semicolons does not see the quotes around text in a
file that separates them by commas. The full-width signs count where its language is Chinese or Japanese."""


def write_atomically(path: Path, text: str) -> None:
    """Write beside the target and move into its place, so that a reader never sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_text(text, "utf-8", newline="\n")
    part.replace(path)


def cell(value: Any) -> Any:
    """A value as a spreadsheet cell: numbers stay numbers, text never becomes a formula."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, str):
        return _FORMULA.sub(r"\1'", value)
    return "" if value is None else value


class Output:
    """A run's output folder. On leaving, for whatever reason, the tables hold all outcomes added so far.

    A run that read nothing (a wrong key) leaves the tables of the run before it as they are.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._added = 0

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        # The BOM makes Excel read the file as UTF-8.
        self._facts = self._part("facts.csv").open("w", encoding="utf-8-sig", newline="")
        self._outcomes = self._part("outcomes.jsonl").open("w", encoding="utf-8", newline="\n")
        self._rows = csv.writer(self._facts)
        self._rows.writerow(column.name for column in FACTS.columns)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._facts.close()
        self._outcomes.close()
        for name in ("facts.csv", "outcomes.jsonl"):
            if self._added:
                self._part(name).replace(self.folder / name)
            else:
                self._part(name).unlink()

    def _part(self, name: str) -> Path:
        return self.folder / (name + ".part")

    def add(self, name: str, report: PurePosixPath, outcome: Outcome) -> None:
        """Write one outcome: the report as its own file, and its lines of the tables."""
        if isinstance(outcome, Reported):
            write_atomically(self.folder / report, outcome.report.model_dump_json(indent=1) + "\n")
        self.line(name, report, outcome)

    def line(self, name: str, report: PurePosixPath | None, outcome: Outcome) -> None:
        """Write one outcome's lines: facts as rows, and what became of the input."""
        self._added += 1
        line: dict[str, Any] = {"path": name, "outcome": outcome.outcome}
        if isinstance(outcome, Reported):
            rows = FACTS.rows(Entry(name, str(report), outcome))
            self._rows.writerows([cell(value) for value in row] for row in rows)
            line["report"] = str(report)
        else:
            line |= outcome.model_dump(mode="json", exclude={"outcome", "usage"})
        self._outcomes.write(json.dumps(line, ensure_ascii=False) + "\n")

    def finish(self, run: dict[str, Any]) -> None:
        """Write run.json."""
        write_run(self.folder, run)


def write_run(folder: Path, run: dict[str, Any]) -> None:
    """Write run.json: settings, versions, counts, tokens, time."""
    write_atomically(folder / "run.json", json.dumps(run, ensure_ascii=False, indent=1) + "\n")
