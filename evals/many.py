"""Folders to try runs of many inputs on: as many articles as one likes, and the nastiest files there are."""

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

PER_FOLDER = 1000

_NAMES = ("青石", "白杨", "云岭", "河湾", "松坪", "柳溪", "金沙", "石门", "长滩", "黄土")


def article(number: int) -> str:
    """A short report of its own: no two are alike, and the same number gives the same text."""
    pick = random.Random(number)
    name = pick.choice(_NAMES)
    households, persons = pick.randint(200, 3000), pick.randint(3000, 9000)
    return (
        f"{name}县第{number}号简报\n\n{name}县辖{pick.randint(5, 20)}个乡镇，总人口{pick.randint(100, 600) / 10}万人。"
        f"2018年，全县脱贫{households}户{persons}人，贫困发生率降到{pick.randint(1, 30) / 10}%。\n\n"
        f"当年投入扶贫资金{pick.randint(1000, 9000)}万元，新建通村公路{pick.randint(10, 200)}公里，"
        f"发展苹果种植{pick.randint(10, 90) / 10}万亩，带动{pick.randint(500, 5000)}户贫困户增收。\n"
    )


def articles(folder: Path, n: int) -> None:
    """Write `n` articles, a thousand in each folder."""
    for number in range(n):
        place = folder / f"{number // PER_FOLDER:03d}"
        if number % PER_FOLDER == 0:
            place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:06d}.txt").write_text(article(number), "utf-8")


def nasty(folder: Path, noise: int = 100) -> int:
    """Write files that no run may stumble over, `noise` of them articles with bytes changed at random.

    Returns how many inputs they make.
    """
    folder.mkdir(parents=True)
    made = [*_contents(), *_noise(noise), *_names()]
    for name, content in made:
        path = folder / name if isinstance(name, str) else Path(os.fsdecode(os.fsencode(folder) + b"/" + name))
        path.write_bytes(content)
    others: tuple[Callable[[Path], int], ...] = (_links, _no_files, _folders)
    return len(made) + sum(make(folder) for make in others)


def _contents() -> Iterator[tuple[str, bytes]]:
    text = article(1)
    yield "empty.txt", b""
    yield "blank.txt", b" \n\t\r\n" * 50
    yield "nul.txt", b"\0" * 5000
    yield "nuls.txt", text.replace("，", "\0").encode()
    yield "binary.txt", random.Random(1).randbytes(20_000)
    yield "huge.txt", b"\xe5\x8e\xbf" * 17_000_000
    yield "line.txt", ("全县有1个村，" * 260_000).encode()
    yield "bomb.html", b"<div>" * 150_000 + text.encode()
    yield "bomb2.html", b"<" * 200_000
    yield "bomb3.html", b"<table>" + b"<tr><td>1" * 20_000
    yield "entities.html", b"&lt;" * 50_000
    yield "digits.txt", b"1" * 60_000
    yield "brackets.txt", b"(" * 30_000
    yield "marks.txt", "，。".encode() * 15_000
    yield "lost.txt", "\ufffd".encode() * 10_000
    yield "controls.txt", bytes(range(1, 32)) * 500
    yield "cut.txt", article(2).encode()[:-2]
    yield "zip.txt", b"PK\x03\x04" + bytes(500)
    yield "word.docx", b"PK\x03\x04"
    yield "scan.PDF", b"%PDF-1.4"
    for number, codec in enumerate(
        ("utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16", "utf-16-le", "utf-16-be", "utf-32"), start=10
    ):
        yield f"{codec}.txt", article(number).encode(codec, "ignore")


def _noise(n: int) -> Iterator[tuple[str, bytes]]:
    for number in range(n):
        pick = random.Random(number)
        data = bytearray(article(100 + number).encode(pick.choice(("utf-8", "gb18030"))))
        for _ in range(pick.randint(1, 40)):
            data[pick.randrange(len(data))] = pick.randrange(256)
        yield f"noise{number:03d}.txt", bytes(data)


def _names() -> Iterator[tuple[str | bytes, bytes]]:
    names: list[str | bytes] = [
        "line\nbreak.txt",
        "tab\t.txt",
        "'quotes\".txt",
        "-o.txt",
        "--help.txt",
        " .txt",
        "a .txt",
    ]
    names += ["$(touch x).txt", "`x`.txt", "%41.txt", "A.txt", "a.TXT", "con.txt", "\x1b[31mred.txt", "\x07bell.txt"]
    names += ["*.txt", "[b].txt", "a..txt", "名" * 80 + ".txt", "é.txt", "e\u0301.txt", "\u202egpj.txt", "🙂.txt"]
    names += ["[red].txt", "a;b.txt", "a&b.txt", "a|b.txt", "a\\b.txt", "a:b.txt", "{x}.txt", "~.txt", "#1.txt"]
    names += [b"\xff\xfe.txt", b"\xc3\x28.txt", b"gbk\xce\xc4.txt"]
    for number, name in enumerate(names, start=500):
        yield name, article(number).encode()


def _links(folder: Path) -> int:
    (folder / "self.txt").symlink_to("self.txt")
    (folder / "to.txt").symlink_to("fro.txt")
    (folder / "fro.txt").symlink_to("to.txt")
    (folder / "dangling.txt").symlink_to("nowhere.txt")
    (folder / "same.txt").symlink_to("A.txt")
    (folder / "loop").symlink_to(folder)
    (folder / "loop.txt").symlink_to(folder)
    (folder / "device.txt").symlink_to("/dev/zero")
    return 7


def _no_files(folder: Path) -> int:
    os.mkfifo(folder / "pipe.txt")
    (folder / "secret.txt").write_text(article(600), "utf-8")
    (folder / "secret.txt").chmod(0)
    (folder / "copy.txt").write_text(article(500), "utf-8")
    return 3


def _folders(folder: Path) -> int:
    shut = folder / "shut"
    shut.mkdir()
    (shut / "a.txt").write_text(article(700), "utf-8")
    # A report's name that is another's folder.
    (folder / "x.txt").write_text(article(701), "utf-8")
    (folder / "x.txt.json").mkdir()
    (folder / "x.txt.json" / "y.txt").write_text(article(702), "utf-8")
    (folder / "is-a-folder.txt").mkdir()
    (folder / "is-a-folder.txt" / "z.txt").write_text(article(703), "utf-8")
    (folder / "..." / "...").mkdir(parents=True)
    # Fifteen names of 200 bytes: a report's path would be longer than systems take.
    deep = folder.joinpath(*["长" * 60] * 15)
    deep.mkdir(parents=True)
    (deep / "d.txt").write_text(article(704), "utf-8")
    more = folder / "more"
    more.mkdir()
    for number in range(40):
        (more / f"{number}.html").write_text(f"<html><body><p>{article(800 + number)}</p></body>", "utf-8")
    return 5 + 40
