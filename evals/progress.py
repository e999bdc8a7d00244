"""How far a run is, on stderr: a bar on a terminal, a line for each sample where a model is asked elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from evals.gold import Sample
from evals.run import Heard
from schemas.outcome import Outcome
from schemas.report import Usage

LIVE = "live"

_errors = Console(stderr=True)


@contextmanager
def progress(what: str, total: int) -> Iterator[Heard]:
    """A function that is told of every sample that was read.

    By rules a sample takes a tenth of a second, and a log has no use for lines; a live model's may take minutes each.
    """
    used = Usage()
    n = 0
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=_errors, transient=True, disable=not _errors.is_terminal) as bar:
        task = bar.add_task(what, total=total)

        def heard(sample: Sample, outcome: Outcome) -> None:
            nonlocal used, n
            n += 1
            used = used.plus(outcome.usage)
            tokens = f", {used.tokens.input} tokens in, {used.tokens.output} out" if used.calls else ""
            cost = f", {used.cost:.4f} USD" if used.cost is not None else ""
            bar.update(task, advance=1, description=f"{what}{tokens}{cost}")
            if what == LIVE and not _errors.is_terminal:
                _errors.print(f"{n}/{total} {sample.name}: {outcome.usage.seconds} s{tokens}{cost}", markup=False)

        yield heard
