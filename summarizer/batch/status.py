"""`summarizer status`: what an output folder holds, and whether it is up to date. Changes nothing."""

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from summarizer import console
from summarizer.errors import LedgerError
from summarizer.ledger import DEGRADED, PENDING, Ledger, RunRow
from summarizer.pipeline import rules_fingerprint, schema_fingerprint
from summarizer.readers.asking import prompt_fingerprint, validator_fingerprint

OK = 0

_EXPLAINED = {
    DEGRADED: "reported, but rules read sections in the model's place",
    PENDING: "begun, and not finished; the next run reads them",
}


def status(out: Path) -> int:
    """Print counts by outcome, what was spent, and how the last run ended."""
    console.use_utf8()
    terminal = console.make(stderr=False)
    try:
        with Ledger.open(out) as ledger:
            terminal.print(_kinds(ledger))
            _print_runs(terminal, list(ledger.runs()))
            if spent := _spent(ledger):
                terminal.print(spent, soft_wrap=True)
            for line in _outdated(ledger):
                terminal.print(line, soft_wrap=True)
    except LedgerError as error:
        return console.refuse(str(error), error.hint)
    return OK


def _kinds(ledger: Ledger) -> Table:
    found = ledger.kinds()
    table = Table(title=f"{sum(found.values()):,} inputs", title_justify="left", show_header=False)
    table.add_column(justify="right")
    for _ in range(2):
        table.add_column(overflow="fold")
    for kind, count in found.most_common():
        table.add_row(f"{count:,}", kind, _EXPLAINED.get(kind, ""))
    return table


def _print_runs(terminal: Console, runs: list[RunRow]) -> None:
    if not runs:
        return
    killed = sum(run.finished is None for run in runs)
    ended = f", {killed} of them did not come to their end, or still run" if killed else ""
    count = f"{len(runs):,} runs" if len(runs) > 1 else "1 run"
    terminal.print(f"{count}{ended}; the last one began {runs[-1].started}", soft_wrap=True)


def _spent(ledger: Ledger) -> str:
    """All responses that were received, those of runs that were killed too."""
    calls = input = output = 0
    cost: Decimal | None = None
    for response in ledger.responses():
        calls += 1
        input += response.tokens.input
        output += response.tokens.output
        if response.cost is not None:
            cost = (cost or Decimal(0)) + response.cost
    if not calls:
        return ""
    money = f"; ${cost:f}" if cost is not None else ""
    return f"model: {calls:,} answers; {input:,} tokens in, {output:,} out{money}"


def _outdated(ledger: Ledger) -> list[str]:
    """What another version, another prompt or other rules read; one line for each part that differs."""
    today = {
        "schema": schema_fingerprint(),
        "rules": rules_fingerprint(),
        "prompt": prompt_fingerprint(),
        "validators": validator_fingerprint(),
    }
    differ: Counter[str] = Counter()
    for fingerprint, count in ledger.fingerprints().items():
        parts: dict[str, Any] = ledger.parts(fingerprint)
        differ.update({name: count for name, now in today.items() if name in parts and parts[name] != now})
    return [f"{count:,} inputs were read with other {name}: run again to renew them" for name, count in differ.items()]
