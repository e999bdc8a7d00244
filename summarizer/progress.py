"""How far a run is: a bar where somebody watches, a line now and then in a log."""

import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from schemas.report import Usage

LOG_SECONDS = 60.0
"""Between two lines of a log."""


class Watch:
    """Counts inputs, and shows rate, time left, tokens and money so far.

    Args:
        terminal: where it is shown; a quiet one shows nothing.
        total: inputs, where it is known.
        clock: seconds.
    """

    def __init__(self, terminal: Console, total: int | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._terminal = terminal
        self._total = total
        self._clock = clock
        self._started = self._logged = clock()
        self.count = 0
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[spent]}"),
        )
        shown = terminal.is_terminal and not terminal.quiet and total != 1
        self._bar = Progress(*columns, console=terminal, transient=True, disable=not shown)
        self._task = self._bar.add_task("reading", total=total, rate="", spent="")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def step(self, usage: Usage | None = None) -> None:
        """One input more; `usage` is that of the run so far."""
        self.count += 1
        spent = spent_so_far(usage) if usage is not None else ""
        self._bar.update(self._task, advance=1, rate=f"{self._rate():.1f}/s", spent=spent)
        now = self._clock()
        if not self._terminal.is_terminal and now - self._logged >= LOG_SECONDS:
            self._logged = now
            self._terminal.print(self._line(spent), soft_wrap=True)

    def _rate(self) -> float:
        return self.count / max(self._clock() - self._started, 1e-9)

    def _line(self, spent: str) -> str:
        of = f" of {self._total:,}" if self._total is not None else ""
        parts = [f"{self.count:,}{of} articles", f"{self._rate():.1f} a second"]
        if self._total is not None:
            left = (self._total - self.count) / self._rate()
            parts.append(f"{int(left // 3600)}:{int(left // 60 % 60):02d}:{int(left % 60):02d} left")
        return ", ".join([*parts, spent] if spent else parts)


def spent_so_far(usage: Usage) -> str:
    """Tokens and money in few words; empty where no model was asked."""
    if not usage.calls:
        return ""
    money = f", ${usage.cost:.2f}" if usage.cost is not None else ""
    return f"{usage.tokens.input + usage.tokens.output:,} tokens{money}"
