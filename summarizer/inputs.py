"""Which inputs a run reads, and what their reports are called."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from summarizer.ledger import FILE as LEDGER
from summarizer.tables import TABLE_SUFFIXES, Cell, cells

ARTICLE_SUFFIXES = frozenset({".txt", ".html", ".htm", ".md"})
"""What is read."""

UNSUPPORTED_SUFFIXES = frozenset({".docx", ".doc", ".pdf", ".mht", ".mhtml", ".rtf", ".odt", ".wps"})
"""What people keep beside articles; it is named as skipped, so that nobody thinks it was read."""

PAGES = frozenset({"page.html", "page"})
"""What `summarizer page` writes into an output folder; where that lies among the articles, it is none of them."""

STDIN = "-"

_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{n}{i}" for n in ("com", "lpt") for i in range(1, 10))})
_UNSAFE = frozenset('<>:"|?*\\%')
_LONGEST = 200
"""Bytes of a file name, kept below the 255 of most file systems so that a suffix and a `.part` fit."""


_LONGEST_PATH = 1000
"""Bytes of a report's path below the output folder; systems take some 4,096 in all, Windows fewer."""


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read (None is standard input), and the path of its report inside the output folder.

    Of a row of a table, `row` counts from 1, `text` is the article, and `problem` says why there is none. `subject` and
    `year` are what the user knows of this input better than its text (`summarizer.sidecar`). `called` is the name that
    it had in the run that met it, where that was started elsewhere.
    """

    path: Path | None
    report: PurePosixPath
    row: int | None = None
    text: str | None = None
    problem: str | None = None
    subject: str | None = None
    year: int | None = None
    called: str | None = None

    @property
    def name(self) -> str:
        r"""What a person calls it; bytes of a name that are no text are shown as `\xff`."""
        if self.called is not None:
            return self.called
        if self.path is None:
            return STDIN
        name = os.fsencode(self.path).decode("utf-8", "backslashreplace")
        return name if self.row is None else f"{name}#{self.row}"


@dataclass(frozen=True, slots=True)
class Selection:
    """What of the named paths is read.

    Attributes:
        roots: files, folders, tables, and - for standard input, in the order in which they are read.
        include: shell patterns, of which a file found in a folder must match one, by its path below it or by its name;
            `*` also spans folders. None means all.
        exclude: the same, for what is left out.
        limit: inputs, the first ones.
        shard: (i, n): the i-th of n parts, from 1, by content, so that the same content is in the same part.
        column: of a table, the one that holds the articles.
    """

    roots: tuple[str, ...]
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    limit: int | None = None
    shard: tuple[int, int] | None = None
    column: str = "text"

    def takes(self, relative: PurePosixPath) -> bool:
        """Whether a file found in a folder is read, by its path below the folder."""
        return (not self.include or _matches(relative, self.include)) and not _matches(relative, self.exclude)

    def has(self, content: str) -> bool:
        """Whether a content, by its hexadecimal hash, belongs to this shard."""
        if self.shard is None:
            return True
        part, parts = self.shard
        return int(content[:15], 16) % parts == part - 1


def walk(selection: Selection) -> Iterator[Input]:
    """Every input below the roots, in the order of the roots, each folder by name; one folder's names at a time.

    A file is taken whatever its suffix: the user named it. In folders only article suffixes, and unsupported ones so
    that they are reported, are taken; hidden files, links to folders and the page of a run are not. What an earlier
    root holds is not taken again. A folder that cannot be listed is an input itself, so that it is reported.

    Raises:
        FileNotFoundError: a root does not exist; nothing has been yielded then.
        TableError: a table cannot be read, or has no such column.
    """
    roots = [None if root == STDIN else Path(root) for root in selection.roots]
    for root in roots:
        if root is not None and not os.path.lexists(root):
            raise FileNotFoundError(root)
    several = len(roots) > 1
    for n, root in enumerate(roots):
        if root is not None:
            yield from _below_root(root, roots[:n], selection, several=several)
        elif None not in roots[:n]:
            yield Input(None, report_path(PurePosixPath("stdin")))


def _below_root(root: Path, earlier: list[Path | None], selection: Selection, *, several: bool) -> Iterator[Input]:
    for path in _files(root):
        if (path != root and not selection.takes(_inside(path, root))) or _covered(path, earlier):
            continue
        relative = _relative(path, root, several)
        if path.suffix.lower() in TABLE_SUFFIXES:
            yield from (_row(path, relative, cell) for cell in cells(path, selection.column))
        else:
            yield Input(path, report_path(relative))


def _matches(relative: PurePosixPath, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(str(relative), p) or fnmatchcase(relative.name, p) for p in patterns)


def _row(path: Path, relative: PurePosixPath, cell: Cell) -> Input:
    named = relative / f"{cell.row:06d}"
    return Input(path, report_path(named), cell.row, cell.text, cell.problem)


def _files(root: Path) -> Iterator[Path]:
    """A file itself; of a folder, its articles, subfolders in their place among the names."""
    if not os.path.isdir(root):  # noqa: PTH112  (Path.is_dir raises where a folder above may not be entered)
        yield root
        return
    # No recursion: folders may lie a thousand deep.
    open_folders = [_listed(root)]
    while open_folders:
        for path, is_folder in open_folders[-1]:
            if is_folder:
                open_folders.append(_listed(path))
                break
            yield path
        else:
            open_folders.pop()


def _listed(folder: Path) -> Iterator[tuple[Path, bool]]:
    """What a walk takes of a folder, by name, and whether it is a folder; the folder itself, where it has no list."""
    try:
        with os.scandir(folder) as listed:
            # Names alone: a folder may hold a million of them.
            found = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in listed)
    except OSError:
        yield folder, False
        return
    not_articles = PAGES if (LEDGER, False) in found else frozenset[str]()
    for name, is_folder in found:
        if not name.startswith(".") and name not in not_articles and (is_folder or _is_article(name)):
            yield folder / name, is_folder


def _is_article(name: str) -> bool:
    return Path(name).suffix.lower() in ARTICLE_SUFFIXES | UNSUPPORTED_SUFFIXES


def _covered(path: Path, earlier: list[Path | None]) -> bool:
    """Whether an earlier root was this file, or a folder in which it was found."""
    absolute = Path(os.path.abspath(path))  # noqa: PTH100  (links are inputs of their own)
    for root in earlier:
        if root is None:
            continue
        folder = Path(os.path.abspath(root))  # noqa: PTH100
        if absolute == folder:
            return True
        if absolute.is_relative_to(folder) and _is_article(absolute.name) and _found_in(absolute, folder):
            return True
    return False


def _found_in(path: Path, folder: Path) -> bool:
    """Whether a walk of the folder comes to a file that lies in it: not below a link, and nothing hidden."""
    inside = path.relative_to(folder).parts
    between = [folder.joinpath(*inside[:n]) for n in range(1, len(inside))]
    return not any(part.startswith(".") for part in inside) and not any(p.is_symlink() for p in between)


def _inside(path: Path, root: Path) -> PurePosixPath:
    return PurePosixPath(*path.relative_to(root).parts)


def _relative(path: Path, root: Path, several: bool) -> PurePosixPath:
    if path == root:
        return PurePosixPath(path.name)
    inside = _inside(path, root)
    return PurePosixPath(root.resolve().name) / inside if several else inside


def report_path(relative: PurePosixPath) -> PurePosixPath:
    """`relative` with `.json` added, every part a name that any file system takes, and the whole no longer than one."""
    *folders, name = relative.parts
    made = PurePosixPath("reports", *(_folder(part) for part in folders), _safe(name) + ".json")
    if len(str(made).encode()) > _LONGEST_PATH:
        digest = hashlib.sha256(str(relative).encode("utf-8", "surrogateescape")).hexdigest()[:16]
        return PurePosixPath("reports", "deep", digest, made.name)
    return made


def _folder(name: str) -> str:
    """A folder's name is never a report's: beside `a.txt` there may be a folder `a.txt.json`."""
    safe = _safe(name)
    return f"{safe}%" if safe.lower().endswith(".json") else safe


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
