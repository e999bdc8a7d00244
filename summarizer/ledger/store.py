"""Reading a ledger: what was read, with what, and what became of each input."""

import json
import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Any, Self

from schemas.outcome import Outcome, OutcomeAdapter, Reported, Skipped
from schemas.report import CountyReport, Document, Tokens
from schemas.vocabulary import SkipReason
from summarizer.ledger.rows import InputRow, OutcomeRow, ReadingRow, ResponseRow, RunRow
from summarizer.ledger.schema import FILE, connect, translated

DEGRADED = "degraded"
"""Among kinds: reported, but rules read sections in the model's place."""

PENDING = "pending"
"""Among kinds: begun, and not finished when the run ended."""

FIRST = (
    "LEFT JOIN inputs AS first ON first.id = (SELECT min(id) FROM inputs AS same "
    "WHERE same.content = inputs.content AND same.fingerprint = inputs.fingerprint) "
)
READING = (
    "LEFT JOIN readings ON readings.content = inputs.content AND readings.fingerprint = inputs.fingerprint "
    "AND first.id = inputs.id AND inputs.own IS NULL "
)
KIND = (
    "CASE WHEN first.id <> inputs.id THEN 'duplicate' WHEN inputs.own IS NOT NULL THEN inputs.reason "
    "WHEN readings.reason IS NOT NULL THEN readings.reason WHEN readings.degraded > 0 THEN 'degraded' "
    "WHEN readings.outcome IS NOT NULL THEN readings.outcome ELSE 'pending' END"
)


class Ledger:
    """The ledger of an output folder, open for reading, also while a run writes to it.

    ```python
    with Ledger.open(Path("out")) as ledger:
        for row in ledger.outcomes():
            print(row.name, row.outcome and row.outcome.outcome)
    ```

    Every iterator streams: it holds one row at a time, in the order in which inputs were first met.
    """

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self.folder = folder
        self._db = connection

    @classmethod
    def open(cls, folder: Path) -> "Ledger":
        """The ledger in an output folder.

        Raises:
            LedgerError: there is none, it is damaged, or of a newer version.
        """
        return Ledger(folder, connect(folder, write=False))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def inputs(self) -> Iterator[InputRow]:
        """Every input that a run met."""
        query = (
            "SELECT inputs.id, inputs.name, inputs.report, inputs.run, inputs.content, inputs.fingerprint, "
            f"CASE WHEN first.id <> inputs.id THEN first.name END FROM inputs {FIRST} ORDER BY inputs.id"
        )
        for id, name, report, *rest in self._rows(query):
            yield InputRow(id, name, PurePosixPath(report), *rest)

    def readings(self) -> Iterator[ReadingRow]:
        """Every reading, also those of contents and settings that no input has any more."""
        query = "SELECT content, fingerprint, run, outcome, body FROM readings ORDER BY rowid"
        for content, fingerprint, run, outcome, body in self._rows(query):
            yield ReadingRow(content, fingerprint, run, self._unpacked(outcome, body))

    def outcomes(self) -> Iterator[OutcomeRow]:
        """What became of each input, as last read."""
        query = (
            "SELECT inputs.id, inputs.name, inputs.content, inputs.fingerprint, inputs.report, inputs.own, "
            f"CASE WHEN first.id <> inputs.id THEN first.name END, readings.outcome, readings.body "
            f"FROM inputs {FIRST} {READING} ORDER BY inputs.id"
        )
        for id, name, content, fingerprint, report, own, first, kind, body in self._rows(query):
            outcome: Outcome | None = None
            if first is not None:
                outcome = duplicate(name, content, first)
            elif own is not None:
                outcome = OutcomeAdapter.validate_json(own)
            elif kind is not None:
                outcome = self._unpacked(kind, body)
            place = PurePosixPath(report) if isinstance(outcome, Reported) else None
            yield OutcomeRow(id, name, content, fingerprint, place, outcome)

    def responses(self) -> Iterator[ResponseRow]:
        """Every response that was received, and paid for where the endpoint asks money."""
        query = "SELECT run, at, content, key, input, cached, output, cost FROM responses ORDER BY id"
        for run, at, content, key, input, cached, output, cost in self._rows(query):
            tokens = Tokens(input=input, cached=cached, output=output)
            yield ResponseRow(run, at, content, key, tokens, None if cost is None else Decimal(cost))

    def runs(self) -> Iterator[RunRow]:
        """Every run, the first one first."""
        query = "SELECT id, started, finished, exit_code, version, settings, selection FROM runs ORDER BY id"
        for id, started, finished, exit_code, version, settings, selection in self._rows(query):
            yield RunRow(id, started, finished, exit_code, version, json.loads(settings), json.loads(selection))

    def kinds(self) -> Counter[str]:
        """How many inputs ended as what: reported, degraded, pending, duplicate, or a code of a skip or a failure."""
        rows = self._rows(f"SELECT {KIND}, count(*) FROM inputs {FIRST} {READING} GROUP BY 1 ORDER BY 2 DESC")
        return Counter(dict(rows))

    def fingerprints(self) -> Counter[str]:
        """How many inputs were last read with each fingerprint."""
        return Counter(dict(self._rows("SELECT fingerprint, count(*) FROM inputs GROUP BY fingerprint")))

    def parts(self, fingerprint: str) -> dict[str, Any]:
        """What a fingerprint stands for."""
        for (parts,) in self._rows("SELECT parts FROM fingerprints WHERE fingerprint = ?", (fingerprint,)):
            return dict(json.loads(parts))
        return {}

    def _rows(self, query: str, values: Iterable[Any] = ()) -> Iterator[Any]:
        with translated(self.folder / FILE):
            yield from self._db.execute(query, tuple(values))

    def _unpacked(self, kind: str, body: bytes) -> Outcome:
        with translated(self.folder / FILE):
            try:
                text = zlib.decompress(body)
            except zlib.error as error:
                raise sqlite3.DatabaseError(f"a reading cannot be unpacked ({error})") from None
        if kind == "reported":
            return Reported(report=CountyReport.model_validate_json(text))
        return OutcomeAdapter.validate_json(text)


def duplicate(name: str, content: str, first: str) -> Skipped:
    """The outcome of an input whose content another input has, too."""
    document = Document(path=name, sha256=content)
    return Skipped(reason=SkipReason.DUPLICATE, text=f"the same content as {first}", document=document)
