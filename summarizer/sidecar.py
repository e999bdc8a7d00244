"""What the user knows of each article better than its text: a CSV of file, subject and year.

    file,subject,year                 文件,县,年份
    2016/lingqiu.txt,灵丘县,2016       老文件.txt,兰州市城关区,

A row's file is a path relative to the folder that is read, or the end of one, down to the bare name; of several files
that a row could mean, the one nearest to the folder is meant. Cells left empty give nothing. What a row gives is
recorded as given, and beats what `--subject` and `--year` give to all files.
"""

import csv
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from rich.console import Console

from summarizer import gazetteer
from summarizer.errors import SettingsError
from summarizer.inputs import Input

COLUMNS = {
    "file": ("file", "文件", "文件名"),
    "subject": ("subject", "county", "县", "对象"),
    "year": ("year", "年份", "年"),
}
"""The columns, each with the headers that name it."""

YEARS = range(1949, 2101)

_FORM = "a sidecar is a CSV with the columns file (文件), subject (县, 对象) and year (年份)"
_XLSX = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the file as it is written there, and the line it ends on, counted from 1."""

    line: int
    file: str
    subject: str | None
    year: int | None

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of the file's path; Windows writes them with backslashes."""
        return PurePosixPath(_composed(self.file.replace("\\", "/"))).parts


def load(path: Path) -> tuple[Row, ...]:
    """The rows of a sidecar file, in UTF-8 (with or without BOM) or GB18030.

    Raises:
        SettingsError: the file cannot be read, is no such CSV, or a row has no file, a bad year or an ambiguous county;
            the message names the line.
    """
    try:
        text = _decoded(path.read_bytes())
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}", hint="check the path of --sidecar") from None
    if text is None:
        raise SettingsError(f"{path} is not a CSV in UTF-8 or GB18030", hint="save it as “CSV UTF-8”")
    reader = csv.reader(text.splitlines(keepends=True))
    try:
        names = _columns(path, next(reader, []))
        return tuple(_row(path, reader.line_num, names, cells) for cells in reader if any(c.strip() for c in cells))
    except csv.Error as error:
        raise SettingsError(f"{path}, line {reader.line_num}: {error}", hint=_FORM) from None


def apply(
    rows: Sequence[Row], inputs: Callable[[], Iterable[Input]]
) -> tuple[Callable[[], Iterator[Input]], list[Row]]:
    """The inputs with what the rows give them, and the rows that match none.

    `inputs` goes through all inputs each time it is called; of those, only the few that rows may mean are held.

    Raises:
        SettingsError: a row could mean several files that lie equally deep, or two rows mean one file.
    """
    ends: dict[str, list[Input]] = {row.parts[-1]: [] for row in rows}
    for item in inputs() if rows else ():
        if item.path is not None and item.row is None and (end := _composed(item.path.name)) in ends:
            ends[end].append(item)
    taken: dict[Path | None, Row] = {}
    unmatched: list[Row] = []
    for row in rows:
        meant = _meant(row, ends[row.parts[-1]])
        if meant is None:
            unmatched.append(row)
        elif (other := taken.setdefault(meant.path, row)) is not row:
            raise SettingsError(
                f"sidecar lines {other.line} and {row.line} both mean {meant.name}", hint="keep one of them"
            )

    def known() -> Iterator[Input]:
        for item in inputs():
            row = taken.get(item.path) if item.row is None else None
            yield item if row is None else replace(item, subject=row.subject, year=row.year)

    return known, unmatched


def name_unmatched(terminal: Console, rows: Iterable[Row]) -> None:
    """Say which rows match no article."""
    for row in rows:
        text = f"sidecar line {row.line}: no article is {row.file}"
        terminal.print(text, style="yellow", markup=False, soft_wrap=True)


def _meant(row: Row, named: Iterable[Input]) -> Input | None:
    """The one input that the row means, or None."""
    depths: list[tuple[int, Input]] = []
    for item in named:
        parts = tuple(_composed(part) for part in item.path.parts) if item.path else ()
        if parts[-len(row.parts) :] == row.parts:
            depths.append((len(parts), item))
    least = min((depth for depth, _ in depths), default=0)
    nearest = [item for depth, item in depths if depth == least]
    if len(nearest) > 1:
        raise SettingsError(
            f"sidecar line {row.line}: {len(nearest)} files are called {row.file}",
            hint="write the path of the file below the folder that is read",
        )
    return nearest[0] if nearest else None


def _decoded(data: bytes) -> str | None:
    """The text, or None; a spreadsheet file is no text, though GB18030 would decode it."""
    if data.startswith(_XLSX) or b"\0" in data:
        return None
    for codec in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    return None


def _composed(text: str) -> str:
    """One form of a name: some file systems store the accents of letters apart from them."""
    return unicodedata.normalize("NFC", text)


def _columns(path: Path, header: Sequence[str]) -> list[str]:
    """The column that each header names."""
    known = {name: column for column, names in COLUMNS.items() for name in names}
    names = []
    for cell in header:
        column = known.get(cell.strip().lower())
        if column is None:
            raise SettingsError(f"{path}: there is no column “{cell.strip()}”", hint=_FORM)
        if column in names:
            raise SettingsError(f"{path}: two columns are {column}", hint=_FORM)
        names.append(column)
    if "file" not in names:
        raise SettingsError(f"{path}: no column is file", hint=_FORM)
    return names


def _row(path: Path, line: int, names: Sequence[str], cells: Sequence[str]) -> Row:
    where = f"{path}, line {line}"
    if len(cells) > len(names):
        raise SettingsError(f"{where}: {len(cells)} cells under {len(names)} columns", hint=_FORM)
    given = {name: cell.strip() for name, cell in zip(names, cells, strict=False)}
    if not PurePosixPath(given.get("file", "")).parts:
        raise SettingsError(f"{where}: no file is named", hint=_FORM)
    year = _year(where, given.get("year", ""))
    return Row(line, given["file"], _subject(where, given.get("subject", ""), year), year)


def _year(where: str, cell: str) -> int | None:
    if not cell:
        return None
    digits = cell.removesuffix("年")
    if not (digits.isascii() and digits.isdecimal() and int(digits) in YEARS):
        raise SettingsError(
            f"{where}: “{cell}” is not a year", hint=f"a year is between {YEARS.start} and {YEARS.stop - 1}"
        )
    return int(digits)


def _subject(where: str, name: str, year: int | None) -> str | None:
    """The name, if it means one place; a village or a former name that no table holds is taken as it is."""
    if not name:
        return None
    found = gazetteer.find(name, year=year)
    if found and found[-1].end == len(name):
        choices = gazetteer.contemporary(found[-1].choices, year)
        if gazetteer.resolve(choices, [m.name for m in found[:-1]], year=year) is None:
            places = "、".join(f"{d.prefecture or d.province}{d.name}" for d in choices)
            raise SettingsError(
                f"{where}: “{name}” may be {places}", hint="write the prefecture or the province before the name"
            )
    return name
