"""Reads a run's output folder and writes its page: one file, or an index and volumes where the articles are many."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from schemas.report import CountyReport, Document
from summarizer import __version__
from summarizer.errors import NothingToShowError
from summarizer.page import build, render, sources
from summarizer.page.build import Payload

PAGE = "page.html"
VOLUMES = "page"
VOLUME_BYTES = 8_000_000
"""Articles in one file, as JSON: a browser opens this at once from a disk, some 300 articles."""


@dataclass(frozen=True, slots=True)
class Written:
    """What came of it: the page, its volumes, and how many articles lack their text, or the report that was made."""

    page: Path
    volumes: tuple[Path, ...]
    articles: int
    without_text: int
    without_report: int

    @property
    def n_bytes(self) -> int:
        """Size of all files together."""
        return sum(path.stat().st_size for path in (self.page, *self.volumes))


def write(out: Path, articles: Path | None = None, *, volume_bytes: int = VOLUME_BYTES) -> Written:
    """Write `out/page.html`, and `out/page/*.html` where the articles fill more than `volume_bytes`.

    `articles` is a folder in which to look for articles that are no longer where the run found them. Volumes of an
    earlier page are removed.

    Raises:
        NothingToShowError: `out` holds no run.
        OSError: the page cannot be written.
    """
    lines = list(outcomes(out))
    if not lines:
        raise NothingToShowError(f"no outcomes and no reports in {out}")
    shelf = _Shelf(out, volume_bytes)
    across = build.Across()
    rows = []
    without_report = 0
    for n, written in enumerate(lines):
        line, report = _report(out, written)
        found = sources.find(_document(line, report), line.get("path") or "", articles)
        if report is not None:
            across.add(n, report)
        elif written["outcome"] == "reported":
            without_report += 1
        rows.append(build.row(n, line, report, found))
        shelf.add(rows[-1], build.article(found, report))
    return shelf.finish(rows, across.payload(), _about(out), without_report)


def outcomes(out: Path) -> Iterator[Payload]:
    """The lines of outcomes.jsonl; of a run that never came to write it, the reports that it left."""
    table = out / "outcomes.jsonl"
    if table.is_file():
        with table.open(encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines if line.strip())
        return
    for file in sorted((out / "reports").rglob("*.json")):
        yield {"path": None, "outcome": "reported", "report": file.relative_to(out).as_posix()}


def _report(out: Path, line: Payload) -> tuple[Payload, CountyReport | None]:
    """The report of an outcome. A report that this version cannot read is shown as a failure, not left out."""
    if line["outcome"] != "reported":
        return line, None
    try:
        report = CountyReport.model_validate_json((out / line["report"]).read_bytes())
    except OSError as error:
        return _unreadable(line, f"{line['report']}: {error.strerror}"), None
    except ValidationError as error:
        return _unreadable(line, f"{line['report']}: {error.error_count()} × {error.errors()[0]['msg']}"), None
    return {**line, "path": line.get("path") or report.document.path or line["report"]}, report


def _unreadable(line: Payload, message: str) -> Payload:
    return {
        "path": line.get("path") or line["report"],
        "outcome": "failed",
        "message": message,
        "hint": "summarizer run",
    }


def _document(line: Payload, report: CountyReport | None) -> Document:
    if report is not None:
        return report.document
    return Document.model_validate(line.get("document") or {})


def _about(out: Path) -> Payload:
    """The run, as far as run.json tells."""
    about: dict[str, Any] = {"folder": _name(out), "version": __version__}
    try:
        run = json.loads((out / "run.json").read_text("utf-8"))
    except (OSError, ValueError):
        return about
    settings = run.get("settings") or {}
    kept = {"finished": run.get("finished"), "model": settings.get("model"), "exit_code": run.get("exit_code")}
    return about | {key: value for key, value in kept.items() if value is not None}


def _name(out: Path) -> str:
    r"""The folder's name for a person; bytes that are no text are shown as `\xff`."""
    return os.fsencode(out.resolve().name).decode("utf-8", "backslashreplace")


class _Shelf:
    """Puts articles into volumes as they come, so that a large folder never lies in memory as a whole."""

    def __init__(self, out: Path, volume_bytes: int) -> None:
        self._out = out
        self._limit = volume_bytes
        self._open: list[tuple[int, str]] = []
        self._rows: list[Payload] = []
        self._bytes = 0
        self._volumes: list[Path] = []

    def add(self, row: Payload, article: Payload) -> None:
        """Take one article; a full volume is written at once."""
        data = render.as_json(article)
        if self._open and self._bytes + len(data) > self._limit:
            self._close()
        self._open.append((row["n"], data))
        self._rows.append(row)
        self._bytes += len(data)

    def finish(self, rows: list[Payload], across: Payload, about: Payload, without_report: int) -> Written:
        """Write the page, and the last volume where there are any."""
        kept = self._open
        if self._volumes:
            self._close()
            kept = []
            about = about | {"volumes": len(self._volumes)}
        page = self._out / PAGE
        render.write(page, build.index(rows, across, about), kept)
        for stale in (self._out / VOLUMES).glob("*.html"):
            if stale not in self._volumes:
                stale.unlink()
        without_text = sum("missing" in row for row in rows) - without_report
        return Written(page, tuple(self._volumes), len(rows), without_text, without_report)

    def _close(self) -> None:
        """Write the open articles as a volume; their rows learn which one it is."""
        number = len(self._volumes) + 1
        path = self._out / VOLUMES / f"{number:03d}.html"
        for row in self._rows:
            row["volume"] = path.name
        about = {"folder": _name(self._out), "version": __version__, "home": f"../{PAGE}"}
        render.write(path, build.index(self._rows, {"places": [], "contradictions": []}, about), self._open)
        self._volumes.append(path)
        self._open, self._rows, self._bytes = [], [], 0
