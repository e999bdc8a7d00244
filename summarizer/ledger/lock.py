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
        LedgerError: another run holds it; the message says which.
    """
    folder.mkdir(parents=True, exist_ok=True)
    holder = folder / (FILE + ".json")
    with closing(sqlite3.connect(folder / FILE, isolation_level=None, timeout=0)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            raise LedgerError(
                f"another run is writing to {folder}{_described(holder)}",
                hint="wait until it ends, or give another --out",
            ) from None
        except sqlite3.DatabaseError as error:
            raise LedgerError(f"{folder / FILE}: {error}", hint="delete this file; it holds nothing") from None
        started = datetime.now(UTC).isoformat(timespec="seconds")
        holder.write_text(json.dumps({"process": os.getpid(), "host": socket.gethostname(), "since": started}), "utf-8")
        try:
            yield
        finally:
            holder.unlink(missing_ok=True)


def _described(holder: Path) -> str:
    try:
        known = json.loads(holder.read_text("utf-8"))
        return f" (process {known['process']} on {known['host']}, since {known['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
