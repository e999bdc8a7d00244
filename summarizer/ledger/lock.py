"""One run at a time in an output folder; a run that was killed leaves no lock behind."""

import json
import os
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from summarizer.errors import LedgerError

FILE = "ledger.lock"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the folder's lock.

    It is a transaction in a database of its own: SQLite locks files on every system, and the system lets go of the lock
    when the process ends, however it ends. The ledger itself stays open to those who only read it.

    Raises:
        LedgerError: another run holds it (the message says which), or nothing can be written to the folder.
    """
    holder = folder / (FILE + ".json")
    with closing(_taken(folder, holder)):
        try:
            yield
        finally:
            holder.unlink(missing_ok=True)


def _taken(folder: Path, holder: Path) -> sqlite3.Connection:
    """The lock, held until it is closed; `holder` says who has it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(folder / FILE, isolation_level=None, timeout=0)
        try:
            lock.execute("BEGIN EXCLUSIVE")
            started = datetime.now(UTC).isoformat(timespec="seconds")
            known = {"process": os.getpid(), "host": socket.gethostname(), "since": started}
            holder.write_text(json.dumps(known), "utf-8")
        except BaseException:
            lock.close()
            raise
    except OSError as error:
        raise LedgerError(f"{folder} cannot be written to: {error.strerror}", hint=_ELSEWHERE) from None
    except sqlite3.DatabaseError as error:
        raise _refused(folder, holder, error) from None
    return lock


_ELSEWHERE = "give a folder to --out that you may write to"


def _refused(folder: Path, holder: Path, error: sqlite3.DatabaseError) -> LedgerError:
    if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
        text = f"another run is writing to {folder}{_described(holder)}"
        return LedgerError(text, hint="wait until it ends, or give another --out")
    if isinstance(error, sqlite3.OperationalError):
        return LedgerError(f"{folder} cannot be written to: {error}", hint=_ELSEWHERE)
    return LedgerError(f"{folder / FILE}: {error}", hint="delete this file; it holds nothing")


def _described(holder: Path) -> str:
    try:
        known = json.loads(holder.read_text("utf-8"))
        return f" (process {known['process']} on {known['host']}, since {known['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
