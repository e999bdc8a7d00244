"""What the commands do, once their options are read; each returns its exit code."""

import asyncio
import platform
import sys
import time
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from schemas.outcome import Outcome
from schemas.report import CountyReport
from schemas.vocabulary import FailureKind
from summarizer import __version__, batch, console, preview, sidecar, text
from summarizer.api import Summarizer
from summarizer.errors import BudgetError, EndpointError, SettingsError, TextError
from summarizer.exports import Output
from summarizer.inputs import ARTICLE_SUFFIXES, Input, walk
from summarizer.pipeline import rules_fingerprint, schema_fingerprint
from summarizer.settings import Settings

BUDGET_REACHED = f"failed: {FailureKind.BUDGET}"

OK, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


def run(
    paths: list[str],
    out: Path | None,
    given: dict[str, Any],
    *,
    known: Path | None = None,
    json_lines: bool,
    quiet: bool,
) -> int:
    """Read everything below `paths`; write the output folder, and with `json_lines` outcomes to standard output.

    `known` is a sidecar file (`summarizer.sidecar`).
    """
    console.use_utf8()
    terminal = console.make(quiet=quiet)
    try:
        settings = Settings.load(**given)
        inputs, unmatched = _inputs(paths, known)
    except SettingsError as error:
        return console.refuse(str(error), error.hint)
    except FileNotFoundError as error:
        return console.refuse(f"no such file or folder: {error}", "check the path; - reads standard input")
    if not inputs:
        kinds = " ".join(sorted(ARTICLE_SUFFIXES))
        return console.refuse(f"no articles in {', '.join(paths)}", f"a folder is searched for {kinds}")
    _announce(terminal, settings)
    output = Output(out) if out is not None else None
    code = _run(inputs, output, settings, terminal, json_lines=json_lines)
    _name_unmatched(terminal, unmatched)
    return code


def _inputs(paths: list[str], known: Path | None) -> tuple[list[Input], list[sidecar.Row]]:
    """Everything below the paths, each with what the sidecar file gives it, and the rows that match nothing."""
    rows = sidecar.load(known) if known is not None else ()
    return sidecar.apply(rows, list(walk(paths)))


def _name_unmatched(terminal: Console, rows: list[sidecar.Row]) -> None:
    for row in rows:
        terminal.print(
            f"sidecar line {row.line}: no article is {row.file}", style="yellow", markup=False, soft_wrap=True
        )


def _announce(terminal: Console, settings: Settings) -> None:
    if settings.uses_model:
        text = f"reading with model {settings.model}; articles are sent to {settings.host}"
    else:
        text = "reading with rules alone; name a model (--model, SUMMARIZER_MODEL) to have one read"
    terminal.print(text, soft_wrap=True)


def _run(inputs: list[Input], output: Output | None, settings: Settings, terminal: Console, *, json_lines: bool) -> int:
    table, started = console.RunTable(), time.perf_counter()
    code = OK
    learnt: dict[str, Any] = {}
    progress = _progress(terminal, len(inputs))

    def done(item: Input, outcome: Outcome) -> None:
        table.add(item.name, outcome)
        if output is not None:
            output.add(item.name, item.report, outcome)
        if json_lines:
            sys.stdout.write(outcome.model_dump_json() + "\n")
            sys.stdout.flush()
        progress.advance(progress.task_ids[0])

    with output or nullcontext():
        try:
            with progress:
                asyncio.run(_read(iter(inputs), settings, done, learnt))
        except KeyboardInterrupt:
            code = INTERRUPTED
        except (EndpointError, SettingsError) as error:
            code = console.refuse(str(error), error.hint)
        if code == OK and table.counts["failed"]:
            code = FAILED
        if output is not None and table.counts:
            summary = _summary(settings, table, time.perf_counter() - started, len(inputs), code)
            output.finish(summary | {"endpoint": learnt})
    _conclude(terminal, table, output, len(inputs), code)
    return code


def _conclude(terminal: Console, table: console.RunTable, output: Output | None, n_inputs: int, code: int) -> None:
    read = sum(table.counts.values())
    if read:
        terminal.print(table)
        if spent := table.spent():
            terminal.print(spent, soft_wrap=True)
        if stopped := table.reasons[BUDGET_REACHED]:
            terminal.print(f"stopped at the limit: {stopped} of {n_inputs} articles were not read", style="yellow")
            terminal.print(f"hint: {BudgetError.hint}", soft_wrap=True)
        if output is not None:
            terminal.print(f"written: {output.folder}/ (reports/, facts.csv, outcomes.jsonl, run.json)", soft_wrap=True)
    if code == INTERRUPTED:
        terminal.print(f"interrupted: {read} of {n_inputs} articles were read" + (" and written" if output else ""))


async def _read(inputs: Iterator[Input], settings: Settings, done: Any, learnt: dict[str, Any]) -> None:
    async with Summarizer(settings) as summarizer:
        try:
            await batch.run(inputs, summarizer, done, settings.concurrency if settings.uses_model else 1)
        finally:
            learnt |= summarizer.learnt


def _progress(terminal: Console, total: int) -> Progress:
    """A bar where somebody watches it; one article needs none."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    shown = terminal.is_terminal and not terminal.quiet and total > 1
    progress = Progress(*columns, console=terminal, transient=True, disable=not shown)
    progress.add_task("reading", total=total)
    return progress


def _summary(settings: Settings, table: console.RunTable, seconds: float, n_inputs: int, code: int) -> dict[str, Any]:
    return {
        "version": __version__,
        "python": platform.python_version(),
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "exit_code": code,
        "settings": settings.public(),
        "fingerprints": {"schema": schema_fingerprint(), "rules": rules_fingerprint()},
        "inputs": n_inputs,
        "outcomes": dict(table.counts),
        "reasons": dict(table.reasons),
        "facts": table.facts,
        **table.usage.model_dump(mode="json", exclude={"seconds"}),
        "seconds": round(seconds, 3),
    }


def check(paths: list[str], given: dict[str, Any], *, known: Path | None = None) -> int:
    """Say what would become of everything below `paths`, and what a model would be sent, without a call."""
    console.use_utf8()
    try:
        settings = Settings.load(**{"reader": "rules"} | given)
        found, unmatched = _inputs(paths, known)
    except SettingsError as error:
        return console.refuse(str(error), error.hint)
    except FileNotFoundError as error:
        return console.refuse(f"no such file or folder: {error}", "check the path")
    inputs = [item for item in found if item.path is not None]
    if not inputs:
        return console.refuse(f"no articles in {', '.join(paths)}", "give files, or folders of them")
    table = preview.PreviewTable()
    with _progress(console.make(), len(inputs)) as progress:
        for item in inputs:
            path = Path(str(item.path))
            table.add(preview.preview(path, item.name, settings, subject=item.subject, year=item.year))
            progress.advance(progress.task_ids[0])
    console.make(stderr=False).print(table)
    _name_unmatched(console.make(), unmatched)
    return OK


def repair(path: Path, *, text_only: bool) -> int:
    """Print what repair makes of a file: the account of it, or only the repaired text."""
    console.use_utf8()
    try:
        article = text.repair(path.read_bytes())
    except OSError as error:
        return console.refuse(f"{path}: {error.strerror}", "check the path")
    except TextError as error:
        console.refuse(f"{path}: {error}", error.hint)
        return FAILED
    if text_only:
        sys.stdout.write(article.clean.text)
        return OK
    terminal = console.make(stderr=False)
    for part in preview.explain(article):
        terminal.print(part)
    return OK


def show(path: Path) -> int:
    """Print one report."""
    console.use_utf8()
    try:
        report = CountyReport.model_validate_json(path.read_bytes())
    except OSError as error:
        return console.refuse(
            f"{path}: {error.strerror}", "give the path of a report, e.g. out/reports/article.txt.json"
        )
    except ValidationError as error:
        return console.refuse(
            f"{path} is not a county report: {error.error_count()} problems, first: {error.errors()[0]['msg']}",
            "give a file that `summarizer run` of this version wrote",
        )
    terminal = console.make(stderr=False)
    for part in console.show(report):
        terminal.print(part)
    return OK
