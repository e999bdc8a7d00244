"""The content of an input, or why there is none: nothing that lies in a folder stops or stalls a run."""

import hashlib
import os
import stat
import sys
from pathlib import Path

from schemas.outcome import Failed, Skipped
from schemas.report import Document
from schemas.vocabulary import FailureKind, SkipReason
from summarizer.inputs import UNSUPPORTED_SUFFIXES, Input

_READABLE = "check that the file exists and that you may read it"


def load(item: Input, most: int) -> bytes | str | Skipped | Failed:
    """What an input holds: a file's bytes, or the text of a table's row.

    Args:
        item: the input.
        most: bytes above which a file is no article; it is not read further.
    """
    if item.path is None:
        return _within(sys.stdin.buffer.read(most + 1), item.name, most)
    if item.problem is not None:
        return unreadable(item.name, item.problem, "mend this row of the table")
    if item.text is not None:
        return item.text if len(item.text) <= most else _too_large(item.name, len(item.text.encode()), most)
    return load_file(item.path, item.name, most)


def load_file(path: Path, name: str, most: int) -> bytes | Skipped | Failed:
    """The bytes of a file.

    Only regular files are read: a named pipe would be waited on for ever, and a device has no end.
    """
    if path.suffix.lower() in UNSUPPORTED_SUFFIXES:
        return unsupported(path, name)
    try:
        with open(path, "rb", opener=_unblocked) as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                return unreadable(name, "not a regular file", "give files, or folders of them; - reads standard input")
            return _within(file.read(most + 1), name, most, found.st_size)
    except (OSError, ValueError) as error:
        # ValueError: a name with a NUL in it.
        return unreadable(name, getattr(error, "strerror", None) or str(error), _READABLE)


def _unblocked(path: str, flags: int) -> int:
    """Open without waiting for somebody to write, as opening a named pipe does; Windows has no such flag, nor need."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def digest(content: bytes | str) -> str:
    """SHA-256 of a content, as a report states it."""
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()


def unsupported(path: Path, name: str) -> Skipped:
    """The outcome of a file in a format that is not read."""
    return Skipped(
        reason=SkipReason.UNSUPPORTED_FORMAT,
        text=f"{path.suffix} files are not read: save the article as .txt (UTF-8) or .html first",
        document=Document(path=name),
    )


def unreadable(name: str, why: str, hint: str) -> Failed:
    """The outcome of an input whose content cannot be had."""
    return Failed(
        error=FailureKind.UNREADABLE,
        message=f"{name}: {why}",
        hint=hint,
        retryable=True,
        document=Document(path=name),
    )


def _within(data: bytes, name: str, most: int, size: int | None = None) -> bytes | Skipped:
    if len(data) <= most:
        return data
    return _too_large(name, max(size or 0, len(data)), most)


def _too_large(name: str, size: int, most: int) -> Skipped:
    return Skipped(
        reason=SkipReason.TOO_LARGE,
        text=f"{size:,} bytes or more, the limit is {most:,}: split it into articles, or raise SUMMARIZER_MAX_BYTES",
        document=Document(path=name),
    )
