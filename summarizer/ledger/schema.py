"""The tables of the ledger, and what a file must be to be one.

    runs          one row per run: when, with which settings, and how it ended
    fingerprints  what each fingerprint of a reading stands for, as JSON
    inputs        one row per path (or row of a table): its content, and the fingerprint it was last read with
    readings      one row per content and fingerprint: the outcome, and what it took
    responses     one row per response that a model sent, whether its reading was finished or not

An input's outcome is its own (`own`: it could not be read, or its turn never came), else that of the reading of its
content. Of several inputs with one content and fingerprint, the first (smallest id) has the reading's outcome, and the
others are its duplicates. An input with neither was begun and not finished.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from summarizer.errors import LedgerError

FILE = "ledger.sqlite"

APPLICATION = 0x434F5254
"""Marks the file as ours (SQLite's `application_id`): "CORT" in ASCII."""

VERSION = 1
"""Of the tables (SQLite's `user_version`)."""

TABLES = """
CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  started TEXT NOT NULL,
  finished TEXT,
  exit_code INTEGER,
  version TEXT NOT NULL,
  settings TEXT NOT NULL,
  selection TEXT NOT NULL
);
CREATE TABLE fingerprints (
  fingerprint TEXT PRIMARY KEY,
  parts TEXT NOT NULL
);
CREATE TABLE inputs (
  id INTEGER PRIMARY KEY,
  place BLOB NOT NULL UNIQUE,
  name TEXT NOT NULL,
  report TEXT NOT NULL UNIQUE COLLATE NOCASE,
  run INTEGER NOT NULL REFERENCES runs (id),
  content TEXT,
  fingerprint TEXT NOT NULL,
  subject TEXT,
  year INTEGER,
  reason TEXT,
  own TEXT
);
CREATE INDEX inputs_by_content ON inputs (content, fingerprint, id);
CREATE TABLE readings (
  content TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  name TEXT NOT NULL,
  run INTEGER NOT NULL REFERENCES runs (id),
  outcome TEXT NOT NULL,
  reason TEXT,
  degraded INTEGER NOT NULL,
  facts INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (content, fingerprint)
);
CREATE TABLE responses (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs (id),
  at TEXT NOT NULL,
  content TEXT,
  key TEXT NOT NULL,
  input INTEGER NOT NULL,
  cached INTEGER NOT NULL,
  output INTEGER NOT NULL,
  cost TEXT
);
"""
"""Columns: `place` is the bytes of an absolute path (`place_of`); `report` lies below the output folder; `content` is
a SHA-256, null where nothing could be read; `name` of a reading is the
input's that it was made of; `own` is an outcome as JSON, `reason` its code; `body` is a report or an
outcome as JSON, compressed with zlib; `degraded` counts the sections that rules read in the model's place; `key` is
that of the kept answer; tokens are as the endpoint counts them; `cost` is a decimal number of US dollars, null where
the price is not known."""

_DAMAGED = (
    "move it away and run again: reports are made anew, and answers that were kept (unless --no-cache) are not paid "
    "again"
)


def connect(folder: Path, *, write: bool) -> sqlite3.Connection:
    """The ledger of an output folder; made where it is to be written and there is none.

    Raises:
        LedgerError: there is none to read, it is damaged, of a newer version, or no ledger at all.
    """
    path = folder / FILE
    if not write and not path.exists():
        raise LedgerError(f"there is no {path}", hint="give the folder that `summarizer run --out` wrote")
    with translated(path):
        # Autocommit: transactions are begun and ended by name.
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={'rwc' if write else 'ro'}", uri=True, isolation_level=None, timeout=30
        )
        try:
            _prepare(connection, path, write=write)
        except BaseException:
            connection.close()
            raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path, *, write: bool) -> None:
    tables = _pragma(connection, "schema_version")
    if write and not tables:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.executescript(
            f"BEGIN; {TABLES} PRAGMA application_id={APPLICATION}; PRAGMA user_version={VERSION}; COMMIT;"
        )
    elif _pragma(connection, "application_id") != APPLICATION:
        raise LedgerError(f"{path} is not a ledger", hint="give the folder that `summarizer run --out` wrote")
    elif (version := _pragma(connection, "user_version")) > VERSION:
        raise LedgerError(
            f"{path} was written by a newer summarizer (ledger {version}, this one knows {VERSION})",
            hint="install the newer version again, or run into another folder",
        )
    # A row that names no table's row is a bug of ours, and is found where it is made.
    connection.execute("PRAGMA foreign_keys=ON")


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    with closing(connection.execute(f"PRAGMA {name}")) as found:
        return int(found.fetchone()[0])


class translated:  # noqa: N801  (reads as a statement)
    """Turns what SQLite raises inside a `with` into a LedgerError that says what to do."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, sqlite3.OperationalError):
            raise LedgerError(f"{self._path}: {error}") from None
        # Its other kinds tell of a bug of ours, and propagate.
        if type(error) is sqlite3.DatabaseError:
            raise LedgerError(f"{self._path} is damaged: {error}", hint=_DAMAGED) from None
