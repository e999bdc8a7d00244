"""Which files a run reads, and what their reports are called."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

ARTICLE_SUFFIXES = frozenset({".txt", ".html", ".htm", ".md"})
"""What is read."""

UNSUPPORTED_SUFFIXES = frozenset({".docx", ".doc", ".pdf", ".mht", ".mhtml", ".rtf", ".odt", ".wps"})
"""What people keep beside articles; it is named as skipped, so that nobody thinks it was read."""

STDIN = "-"

_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{n}{i}" for n in ("com", "lpt") for i in range(1, 10))})
_UNSAFE = frozenset('<>:"|?*\\%')
_LONGEST = 200
"""Bytes of a file name, kept below the 255 of most file systems so that a suffix and a `.part` fit."""


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read (None is standard input), and the path of its report inside the output folder.

    `subject` and `year` are what the user knows of this file better than its text (`summarizer.sidecar`).
    """

    path: Path | None
    report: PurePosixPath
    subject: str | None = None
    year: int | None = None

    @property
    def name(self) -> str:
        r"""What a person calls it; bytes of a name that are no text are shown as `\xff`."""
        return STDIN if self.path is None else os.fsencode(self.path).decode("utf-8", "backslashreplace")


def walk(roots: Iterable[str]) -> Iterator[Input]:
    """Every article below the roots, in the order of the roots, each folder by name.

    A file is taken whatever its suffix: the user named it. In folders only article suffixes, and unsupported ones so
    that they are reported, are taken; hidden files and links to folders are not. The same file is taken once.

    Raises:
        FileNotFoundError: a root does not exist; nothing has been yielded then.
    """
    paths = list(roots)
    for root in paths:
        if root != STDIN and not Path(root).exists():
            raise FileNotFoundError(root)
    seen: set[Path] = set()
    several = len(paths) > 1
    names: set[str] = set()
    for root in paths:
        for path in [None] if root == STDIN else _files(Path(root)):
            if path is not None:
                real = path.resolve()
                if real in seen:
                    continue
                seen.add(real)
            yield Input(path, _unique(report_path(_relative(path, Path(root), several)), path, names))


def _files(root: Path) -> Iterator[Path]:
    if not root.is_dir():
        yield root
        return
    for entry in sorted(root.iterdir(), key=lambda e: e.name):
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if not entry.is_symlink():
                yield from _files(entry)
        elif entry.suffix.lower() in ARTICLE_SUFFIXES | UNSUPPORTED_SUFFIXES:
            yield entry


def _relative(path: Path | None, root: Path, several: bool) -> PurePosixPath:
    if path is None:
        return PurePosixPath("stdin")
    if path == root:
        return PurePosixPath(path.name)
    inside = PurePosixPath(*path.relative_to(root).parts)
    return PurePosixPath(root.resolve().name) / inside if several else inside


def report_path(relative: PurePosixPath) -> PurePosixPath:
    """`relative` with `.json` added, every part a name that any file system takes."""
    *folders, name = relative.parts
    return PurePosixPath("reports", *(_safe(part) for part in folders), _safe(name) + ".json")


def _safe(name: str) -> str:
    """Percent-encode what Windows refuses (`con.txt`, `a:b`, a trailing dot); shorten what is too long."""
    safe = "".join(f"%{ord(c):02X}" if c in _UNSAFE or ord(c) < 32 else c for c in name)
    safe = safe.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace").replace("\\", "%")
    if safe.split(".")[0].lower() in _RESERVED or safe.endswith((".", " ")):
        safe = f"%{safe}" if not safe.endswith((".", " ")) else f"{safe}%"
    if len(safe.encode()) > _LONGEST:
        short = safe.encode()[: _LONGEST - 17].decode("utf-8", "ignore")
        safe = f"{short}-{hashlib.sha256(name.encode('utf-8', 'surrogateescape')).hexdigest()[:16]}"
    return safe


def _unique(report: PurePosixPath, path: Path | None, names: set[str]) -> PurePosixPath:
    """Two roots may hold the same name, and a file system may not tell `A.txt` from `a.txt`."""
    if str(report).lower() in names:
        digest = hashlib.sha256(str(path).encode("utf-8", "surrogateescape")).hexdigest()[:8]
        report = report.with_name(f"{report.stem}-{digest}.json")
    names.add(str(report).lower())
    return report
