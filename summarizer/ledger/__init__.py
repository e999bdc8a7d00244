"""What was read, with what, at what cost: a SQLite file in the output folder, from which every run goes on."""

from summarizer.ledger.rows import InputRow, Kept, OutcomeRow, ReadingRow, ResponseRow, RunRow
from summarizer.ledger.schema import FILE
from summarizer.ledger.store import DEGRADED, PENDING, Ledger, duplicate
from summarizer.ledger.writer import Claim, Fate, Met, Writer, path_of, place_of

__all__ = [
    "DEGRADED",
    "FILE",
    "PENDING",
    "Claim",
    "Fate",
    "InputRow",
    "Kept",
    "Ledger",
    "Met",
    "OutcomeRow",
    "ReadingRow",
    "ResponseRow",
    "RunRow",
    "Writer",
    "duplicate",
    "path_of",
    "place_of",
]
