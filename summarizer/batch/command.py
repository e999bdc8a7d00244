"""`summarizer run`, `retry` and `status`: from options to an exit code."""

import asyncio
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console

from schemas.vocabulary import FailureKind
from summarizer import console, sidecar
from summarizer.batch import again as reading_again
from summarizer.batch import engines
from summarizer.batch.engines import HERE, Placement
from summarizer.batch.fingerprint import Fingerprints
from summarizer.batch.folder import has_tables, summary, write_tables
from summarizer.batch.run import Batch, Done
from summarizer.errors import (
    BudgetError,
    EndpointError,
    EngineError,
    LedgerError,
    SettingsError,
    SummarizerError,
    TableError,
)
from summarizer.exports import write_run
from summarizer.inputs import ARTICLE_SUFFIXES, Input, Selection, walk
from summarizer.ledger import Ledger, Writer
from summarizer.progress import Watch
from summarizer.settings import Settings

OK, FAILED, INTERRUPTED = 0, 1, 130

BUDGET_REACHED = f"failed: {FailureKind.BUDGET}"

Inputs = Callable[[], Iterable[Input]]
"""Goes through the inputs from the first one, each time it is called."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is to do, but for its inputs.

    `out` is null where nothing is to be left behind; `total` counts the inputs, null where it is not known.
    """

    settings: Settings
    selection: Selection
    out: Path | None
    total: int | None
    json_lines: bool = False
    again: bool = False
    placement: Placement = HERE


def run(
    selection: Selection,
    out: Path | None,
    given: dict[str, Any],
    *,
    known: Path | None = None,
    json_lines: bool = False,
    quiet: bool = False,
    placement: Placement = HERE,
) -> int:
    """Read what is selected; write the output folder, and with `json_lines` outcomes to standard output.

    `known` is a sidecar file (`summarizer.sidecar`); `placement` says where articles are read.
    """
    console.use_utf8()
    terminal = console.make(quiet=quiet)
    try:
        settings = Settings.load(**given)
        placement.check(settings)
        inputs, unmatched = named(selection, known)
        total = sum(1 for _ in inputs())
    except (EngineError, SettingsError, TableError) as error:
        return console.refuse(str(error), error.hint)
    except FileNotFoundError as error:
        return console.refuse(f"no such file or folder: {error}", "check the path; - reads standard input")
    if not total:
        kinds = " ".join(sorted(ARTICLE_SUFFIXES))
        return console.refuse(f"no articles in {', '.join(selection.roots)}", f"a folder is searched for {kinds}")
    announce(terminal, settings)
    plan = Plan(settings, selection, out, counted(total, selection), json_lines=json_lines, placement=placement)
    code = _run(plan, terminal, lambda _ledger: inputs())
    sidecar.name_unmatched(terminal, unmatched)
    return code


def retry(
    out: Path, kinds: frozenset[str], given: dict[str, Any], *, quiet: bool = False, placement: Placement = HERE
) -> int:
    """Read again the inputs that ended as one of `kinds`, with the last run's settings, but for those `given`."""
    console.use_utf8()
    terminal = console.make(quiet=quiet)
    try:
        with Ledger.open(out) as ledger:
            *_, last = ledger.runs()
            found = ledger.kinds()
        settings = Settings.load(**(last.settings | given))
        placement.check(settings)
    except SummarizerError as error:
        return console.refuse(str(error), error.hint)
    total = sum(found[kind] for kind in kinds)
    if not total:
        there = ", ".join(f"{kind} × {n}" for kind, n in found.most_common())
        terminal.print(f"nothing in {out} is {' or '.join(sorted(kinds))}; there is: {there}", soft_wrap=True)
        return OK
    announce(terminal, settings)
    column = str(last.selection["column"])
    plan = Plan(settings, Selection((), column=column), out, total, again=True, placement=placement)
    return _run(plan, terminal, lambda ledger: reading_again.inputs(ledger, kinds, column))


def named(selection: Selection, known: Path | None) -> tuple[Inputs, list[sidecar.Row]]:
    """Everything that is selected, each with what the sidecar file gives it, and the rows that match nothing."""
    rows = sidecar.load(known) if known is not None else ()
    return sidecar.apply(rows, lambda: walk(selection))


def counted(total: int, selection: Selection) -> int | None:
    """How many inputs will be looked at; a shard's share shows only as they are read."""
    if selection.shard is not None:
        return None
    return total if selection.limit is None else min(total, selection.limit)


def announce(terminal: Console, settings: Settings) -> None:
    """Say who reads, and where articles are sent."""
    if settings.uses_model:
        text = f"reading with model {settings.model}; articles are sent to {settings.host}"
    else:
        text = "reading with rules alone; name a model (--model, SUMMARIZER_MODEL) to have one read"
    terminal.print(text, soft_wrap=True)


@dataclass(slots=True)
class _State:
    """A run as it stands."""

    table: console.RunTable = field(default_factory=console.RunTable)
    learnt: dict[str, Any] = field(default_factory=dict)
    changed: bool = False


def _run(plan: Plan, terminal: Console, inputs: Callable[[Writer], Iterable[Input]]) -> int:
    try:
        with (
            _folder(plan.out) as folder,
            Writer.begin(folder, plan.settings.public(), asdict(plan.selection)) as ledger,
        ):
            return _with_ledger(plan, terminal, inputs, ledger)
    except LedgerError as error:
        return console.refuse(str(error), error.hint)


def _with_ledger(plan: Plan, terminal: Console, inputs: Callable[[Writer], Iterable[Input]], ledger: Writer) -> int:
    state, started, code = _State(changed=ledger.was_killed), time.perf_counter(), OK
    watch = Watch(terminal, plan.total)
    # An engine may send what others print elsewhere.
    stdout = sys.stdout

    def done(one: Done) -> None:
        outcome = one.load() if plan.json_lines or one.kept is None else None
        if one.kept is not None:
            state.table.keep(one.name, one.kept)
        elif outcome is not None:
            state.changed = True
            state.table.add(one.name, outcome)
        if plan.json_lines and outcome is not None:
            stdout.write(outcome.model_dump_json() + "\n")
            stdout.flush()
        watch.step(state.table.usage)

    try:
        with watch:
            asyncio.run(_read(plan, inputs(ledger), ledger, done, state.learnt))
    except KeyboardInterrupt:
        code = INTERRUPTED
    except (EndpointError, EngineError, SettingsError, TableError) as error:
        code = console.refuse(str(error), error.hint)
    if code == OK and state.table.counts["failed"]:
        code = FAILED
    _finish(plan, state, ledger, time.perf_counter() - started, code)
    _conclude(plan, terminal, state.table, code)
    return code


async def _read(
    plan: Plan, inputs: Iterable[Input], ledger: Writer, done: Callable[[Done], None], learnt: dict[str, Any]
) -> None:
    settings = plan.settings
    async with engines.opened(plan.placement, settings, ledger) as engine:
        batch = Batch(ledger, Fingerprints(settings), engine.read, done, again=plan.again)
        try:
            await batch.run(inputs, plan.selection, engine.width, settings.max_bytes)
        finally:
            learnt |= engine.learnt()


@contextmanager
def _folder(out: Path | None) -> Iterator[Path]:
    """The output folder, or one that is gone afterwards."""
    if out is not None:
        yield out
        return
    with TemporaryDirectory(prefix="summarizer-") as folder:
        yield Path(folder)


def _finish(plan: Plan, state: _State, ledger: Writer, seconds: float, code: int) -> None:
    """Write the tables and run.json, where this run gave any input its outcome.

    Raises:
        LedgerError: they cannot be written; the run has not come to its end, and the next one writes them.
    """
    if plan.out is not None and state.table.counts:
        n_inputs = plan.total if plan.total is not None else sum(state.table.counts.values())
        run = summary(plan.settings, state.table, seconds, n_inputs, code) | {"endpoint": state.learnt}
        try:
            if state.changed or not has_tables(plan.out):
                write_tables(ledger)
            write_run(plan.out, run)
        except OSError as error:
            raise LedgerError(f"{error.filename}: {error.strerror}") from error
    ledger.finish(code)


def _conclude(plan: Plan, terminal: Console, table: console.RunTable, code: int) -> None:
    read = sum(table.counts.values())
    of = f" of {plan.total}" if plan.total is not None else ""
    if read:
        terminal.print(table)
        if spent := table.spent():
            terminal.print(spent, soft_wrap=True)
        if table.kept == read:
            terminal.print("nothing was read: every article had been read before, with these settings", soft_wrap=True)
        if stopped := table.reasons[BUDGET_REACHED]:
            terminal.print(f"stopped at the limit: {stopped}{of} articles were not read", style="yellow")
            terminal.print(f"hint: {BudgetError.hint}", soft_wrap=True)
        if plan.out is not None:
            terminal.print(
                f"written: {plan.out}/ (reports/, facts.csv, outcomes.jsonl, run.json, ledger.sqlite)", soft_wrap=True
            )
    if code == INTERRUPTED:
        written = " and written; run again to go on" if plan.out is not None else ""
        terminal.print(f"interrupted: {read}{of} articles were read{written}", soft_wrap=True)
