"""Writing a ledger: one process at a time, one transaction for each reading."""

import hashlib
import json
import os
import sqlite3
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path, PurePosixPath
from typing import Any, Self

from schemas.outcome import Failed, Outcome, Reported, Skipped
from schemas.report import Tokens
from summarizer import __version__
from summarizer.ledger.lock import alone
from summarizer.ledger.rows import Kept
from summarizer.ledger.schema import FILE, connect, translated
from summarizer.ledger.store import FIRST, KIND, READING, Ledger

STDIN = b"-"

_CLAIMS = 200
"""Claims in one transaction. One that is lost is made again by the next run, at no cost."""

_PACKED = 1
"""Level of zlib: a report of 24 kB becomes 6 kB in 0.3 ms; higher levels take longer for little."""


class Fate(Enum):
    """What is to be done with an input that was claimed."""

    READ = "read"
    KEPT = "kept"
    DUPLICATE = "duplicate"
    SEEN = "seen"


@dataclass(frozen=True, slots=True)
class Claim:
    """An input that this run met: its row, where its report goes, what to do, and of what it is a duplicate."""

    id: int
    report: PurePosixPath
    fate: Fate
    first: str = ""


@dataclass(frozen=True, slots=True)
class Met:
    """An input as a run meets it; `content` is null where it could not be read."""

    place: bytes
    name: str
    report: PurePosixPath
    content: str | None
    fingerprint: str
    subject: str | None = None
    year: int | None = None


def place_of(path: Path | None, row: int | None = None) -> bytes:
    """What an input is known by, wherever the run is started: its absolute path, and its row in a table from 1."""
    if path is None:
        return STDIN
    place = os.fsencode(os.path.abspath(path))  # noqa: PTH100  (links are inputs of their own, and are not resolved)
    return place if row is None else b"%s\0%d" % (place, row)


def path_of(place: bytes) -> tuple[Path | None, int | None]:
    """The inverse of `place_of`."""
    if place == STDIN:
        return None, None
    path, _, row = place.partition(b"\0")
    return Path(os.fsdecode(path)), int(row) if row else None


class Writer(Ledger):
    """A ledger that one run writes to."""

    run = 0
    was_killed = False
    """Whether the run before this one did not come to its end: what it wrote last may be missing."""

    @classmethod
    @contextmanager
    def begin(cls, folder: Path, settings: Mapping[str, Any], selection: Mapping[str, Any]) -> Iterator[Self]:
        """The folder's ledger, locked for one run; `settings` and `selection` are kept as the run's.

        Raises:
            LedgerError: another run writes to the folder, or the ledger cannot be used.
        """
        with alone(folder), cls(folder, connect(folder, write=True)) as ledger:
            ledger._begin(settings, selection)
            try:
                yield ledger
            finally:
                ledger.commit()

    def _begin(self, settings: Mapping[str, Any], selection: Mapping[str, Any]) -> None:
        self._claims = 0
        last = self._one("SELECT finished FROM runs ORDER BY id DESC LIMIT 1")
        self.was_killed = last is not None and last[0] is None
        values = (_now(), __version__, _json(settings), _json(selection))
        query = "INSERT INTO runs (started, version, settings, selection) VALUES (?, ?, ?, ?)"
        self.run = self._write(query, values, durable=True)

    def finish(self, exit_code: int) -> None:
        """Say how the run ended."""
        query = "UPDATE runs SET finished = ?, exit_code = ? WHERE id = ?"
        self._write(query, (_now(), exit_code, self.run), durable=True)

    def explain(self, fingerprint: str, parts: Mapping[str, Any]) -> None:
        """Keep what a fingerprint stands for."""
        self._write("INSERT OR IGNORE INTO fingerprints VALUES (?, ?)", (fingerprint, _json(parts)))

    def claim(self, met: Met, *, again: bool = False) -> Claim:
        """Take note of an input, and say what is to be done with it; `again` reads also what was read."""
        known = self._one("SELECT id, report, run FROM inputs WHERE place = ?", met.place)
        if known is not None and known[2] == self.run:
            return Claim(known[0], PurePosixPath(known[1]), Fate.SEEN)
        id, report = self._noted(met, known)
        if met.content is None:
            return Claim(id, report, Fate.READ)
        if (first := self._first(id, met)) is not None:
            return Claim(id, report, Fate.DUPLICATE, first)
        kept = self._one("SELECT 1 FROM readings WHERE content = ? AND fingerprint = ?", met.content, met.fingerprint)
        return Claim(id, report, Fate.READ if kept is None or again else Fate.KEPT)

    def _noted(self, met: Met, known: tuple[Any, ...] | None) -> tuple[int, PurePosixPath]:
        self._claims += 1
        if self._claims % _CLAIMS == 0:
            self.commit()
        values = (met.name, self.run, met.content, met.fingerprint, met.subject, met.year)
        if known is not None:
            query = (
                "UPDATE inputs SET name = ?, run = ?, content = ?, fingerprint = ?, subject = ?, year = ?, "
                "own = NULL, reason = NULL WHERE id = ?"
            )
            self._write(query, (*values, known[0]))
            return known[0], PurePosixPath(known[1])
        report = self._free(met)
        query = (
            "INSERT INTO inputs (name, run, content, fingerprint, subject, year, place, report) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        )
        return self._write(query, (*values, met.place, str(report))), report

    def _free(self, met: Met) -> PurePosixPath:
        """A report path that no other input has: two roots may hold the same name, and so may two runs."""
        report = met.report
        if self._one("SELECT 1 FROM inputs WHERE report = ?", str(report)) is not None:
            digest = hashlib.sha256(met.place).hexdigest()[:8]
            report = report.with_name(f"{report.stem}-{digest}.json")
        return report

    def _first(self, id: int, met: Met) -> str | None:
        """The name of an earlier input with the same content; one whose file is gone has moved here, and is let go."""
        query = (
            "SELECT id, name, run, place, report FROM inputs WHERE content = ? AND fingerprint = ? AND id < ? "
            "ORDER BY id"
        )
        for first, name, run, place, report in self._all(query, met.content, met.fingerprint, id):
            if run == self.run or _is_there(place):
                return str(name)
            self._write("DELETE FROM inputs WHERE id = ?", (first,))
            (self.folder / report).unlink(missing_ok=True)
        return None

    def settle(self, id: int, outcome: Skipped | Failed) -> None:
        """An outcome of the input's own: nothing of its content was read, and the next run tries again."""
        query = "UPDATE inputs SET own = ?, reason = ? WHERE id = ?"
        self._write(query, (outcome.model_dump_json(), _reason(outcome), id))

    def put(self, met: Met, outcome: Outcome, body: str) -> None:
        """Keep a reading, durably; `body` is the report, or the outcome that is none, as JSON."""
        report = outcome.report if isinstance(outcome, Reported) else None
        values = (
            met.content,
            met.fingerprint,
            met.name,
            self.run,
            outcome.outcome,
            _reason(outcome),
            len(report.provenance.degraded) if report else 0,
            len(report.facts) if report else 0,
            zlib.compress(body.encode(), _PACKED),
        )
        self._write("INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values, durable=True)

    def reading(self, met: Met) -> Outcome:
        """The reading that is kept of an input's content.

        Raises:
            KeyError: there is none.
        """
        kind, body = self._of_content("outcome, body", met)
        return self._unpacked(kind, body)

    def kept(self, met: Met) -> Kept:
        """The same in few words, which takes no time.

        Raises:
            KeyError: there is none.
        """
        return Kept(*self._of_content("outcome, reason, facts, degraded, name", met))

    def _of_content(self, columns: str, met: Met) -> tuple[Any, ...]:
        found = self._one(
            f"SELECT {columns} FROM readings WHERE content = ? AND fingerprint = ?", met.content, met.fingerprint
        )
        if found is None:
            raise KeyError(met.name)
        return found

    def paid(self, content: str | None, key: str, tokens: Tokens, cost: Decimal | None) -> None:
        """Note a response at once: a process that is killed has received it all the same."""
        values = (self.run, _now(), content, key, tokens.input, tokens.cached, tokens.output)
        query = (
            "INSERT INTO responses (run, at, content, key, input, cached, output, cost) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        )
        self._write(query, (*values, None if cost is None else format(cost, "f")))
        self.commit()

    def of_kinds(self, kinds: frozenset[str]) -> Iterator[Met]:
        """Each input that ended as one of `kinds` before this run, as it was met then."""
        marks = ", ".join("?" * len(kinds))
        query = (
            "SELECT inputs.id, inputs.place, inputs.name, inputs.report, inputs.content, inputs.fingerprint, "
            f"inputs.subject, inputs.year FROM inputs {FIRST} {READING} "
            f"WHERE inputs.id > ? AND inputs.run < ? AND {KIND} IN ({marks}) ORDER BY inputs.id LIMIT 100"
        )
        last = 0
        # A page at a time: the rows change while they are gone through.
        while page := self._all(query, last, self.run, *sorted(kinds)):
            for _id, place, name, report, *rest in page:
                yield Met(place, name, PurePosixPath(report), *rest)
            last = page[-1][0]

    def commit(self) -> None:
        """End the transaction that is open, if one is."""
        with translated(self.folder / FILE):
            if self._db.in_transaction:
                self._db.execute("COMMIT")

    def _write(self, query: str, values: tuple[Any, ...], *, durable: bool = False) -> int:
        """Run one statement; `durable` ends the transaction and waits until the disk has it. The new row's id."""
        with translated(self.folder / FILE):
            try:
                if durable:
                    self.commit()
                    # Only where the disk is waited for does a reading outlive a power cut.
                    self._db.execute("PRAGMA synchronous=FULL")
                elif not self._db.in_transaction:
                    self._db.execute("PRAGMA synchronous=NORMAL")
                    self._db.execute("BEGIN")
                return self._db.execute(query, values).lastrowid or 0
            except sqlite3.IntegrityError as error:
                raise AssertionError(f"the ledger's rows contradict each other: {error}") from error

    def _one(self, query: str, *values: Any) -> tuple[Any, ...] | None:
        found = self._all(query, *values)
        return found[0] if found else None

    def _all(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with translated(self.folder / FILE):
            return self._db.execute(query, values).fetchall()


def _is_there(place: bytes) -> bool:
    path, _row = path_of(place)
    return path is not None and os.path.lexists(path)


def _reason(outcome: Outcome) -> str | None:
    match outcome:
        case Skipped():
            return outcome.reason.value
        case Failed():
            return outcome.error.value
        case Reported():
            return None


def _json(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, default=str)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
