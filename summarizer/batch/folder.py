"""What lies in the output folder beside the ledger, made from it: the tables, and run.json."""

import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from summarizer import __version__
from summarizer.console import RunTable
from summarizer.exports import Output
from summarizer.ledger import Ledger
from summarizer.pipeline import rules_fingerprint, schema_fingerprint
from summarizer.settings import Settings

TABLES = ("facts.csv", "outcomes.jsonl")


def write_tables(ledger: Ledger) -> None:
    """facts.csv and outcomes.jsonl: every input that has its outcome, in the order in which inputs were first met."""
    with Output(ledger.folder) as output:
        for row in ledger.outcomes():
            if row.outcome is not None:
                output.line(row.name, row.report, row.outcome)


def has_tables(folder: Path) -> bool:
    """Whether the tables are there."""
    return all((folder / name).exists() for name in TABLES)


def summary(settings: Settings, table: RunTable, seconds: float, n_inputs: int, code: int) -> dict[str, Any]:
    """What run.json says of one run; counts include what earlier runs read, tokens and money do not."""
    return {
        "version": __version__,
        "python": platform.python_version(),
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "exit_code": code,
        "settings": settings.public(),
        "fingerprints": {"schema": schema_fingerprint(), "rules": rules_fingerprint()},
        "inputs": n_inputs,
        "kept": table.kept,
        "outcomes": dict(table.counts),
        "reasons": dict(table.reasons),
        "facts": table.facts,
        **table.usage.model_dump(mode="json", exclude={"seconds"}),
        "seconds": round(seconds, 3),
    }
