"""Spoil clean labelled articles the way scrapers do, so that what repair should give back is known.

Every spoiler is a pure function from a `Sample` to a `Sample`: the labels travel with the text, and a label whose
digit was eaten says so. One law holds for all but `furniture`: no digit appears that the clean text does not have.

    python -m evals.spoil evals/samples/clean/NAME.recipe.json

writes `articles/NAME.txt` and `gold/NAME.json` from `clean/NAME.txt`, `clean/NAME.json` and the recipe.
Spoilers that work on bytes want full-width punctuation, which is what the scrapers found; `narrow` comes after them.
"""

import argparse
import copy
import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from opencc import OpenCC
from pypinyin import Style, pinyin

from evals.carry import DIGITS, Edit, Gold, Range, Sample, carry

ANNOTATED = "萬個務實見將過來現會頭鎮鄉險項計劃產業動設備選擇應對進區協優轉陽縮員條漿濟號貼擴壩審續側線賬"
"""Traditional characters that get their pinyin: a mixed list, as the scrapers keep one."""

DOUBLED = "，。、；！"
"""Marks that get a comma put before them."""

_NARROW = str.maketrans("，；：！？（）％", ",;:!?()%")

_FULL_WIDTH = str.maketrans("0123456789%", "０１２３４５６７８９％")

_BRACKETED = 0.03
"""Share of the characters that get their pinyin in 【】: a reader still reads the text."""

_MORE_LISTED = 12
"""Traditional characters that `scrape` adds to the list, of those that stand across two others in the text."""


@dataclass(frozen=True)
class Unit:
    """What the spoilers' decoder made of the bytes `start` to `end`; `eaten` where it is a `?` or nothing at all."""

    text: str
    start: int
    end: int
    eaten: bool = False


@cache
def toned(character: str) -> str:
    """The character's pinyin with its tone mark, in round brackets: `(wàn)` for 萬."""
    return f"({pinyin(character, style=Style.TONE)[0][0]})"


def annotate(sample: Sample, characters: str = ANNOTATED) -> Sample:
    """Put bracketed toned pinyin after each of these characters: `9.4萬人` becomes `9.4萬(wàn)人`."""
    after = {c: toned(c) for c in characters}
    return _corrupted(_insert(sample, {i: ("", after[c]) for i, c in enumerate(sample.text) if c in after}))


def bracket(sample: Sample, seed: int = 0) -> Sample:
    """Put toned pinyin in 【】 after characters here and there: `脱贫【pín】`."""
    rng = random.Random(seed)
    places = [i for i, c in enumerate(sample.text) if "\u4e00" <= c <= "\u9fff" and rng.random() < _BRACKETED]
    return _corrupted(_insert(sample, {i: ("", f"【{toned(sample.text[i])[1:-1]}】") for i in places}))


def double_punctuation(sample: Sample, marks: str = DOUBLED) -> Sample:
    """Put a comma before each of these marks: `，` becomes `,，` and `。` becomes `,。`."""
    return _corrupted(_insert(sample, {i: (",", "") for i, c in enumerate(sample.text) if c in marks}))


def narrow(sample: Sample) -> Sample:
    """Half-width marks for full-width ones, as most saved pages have them; `。` and `、` have no half-width form."""
    return _replaced(sample, sample.text.translate(_NARROW))


def full_width(sample: Sample) -> Sample:
    """Full-width digits, points and signs in numbers, as old Chinese pages have them: `１２．６％`."""
    text = sample.text
    points = {
        i for i, c in enumerate(text) if c == "." and text[i - 1 : i].isdecimal() and text[i + 1 : i + 2].isdecimal()
    }
    return _replaced(sample, "".join("．" if i in points else c.translate(_FULL_WIDTH) for i, c in enumerate(text)))


def traditional(sample: Sample, standard: str = "s2t") -> Sample:
    """The text in Traditional characters of one of OpenCC's standards; its labels stay Simplified, as all do."""
    lines = sample.text.splitlines(keepends=True)
    text = "".join(line if len(line) != len(new := _converter(standard).convert(line)) else new for line in lines)
    converted = _replaced(sample, text)
    return Sample(text, {**converted.gold, "document": {**converted.gold["document"], "script": "traditional"}})


def misread(sample: Sample) -> Sample:
    """UTF-8 read as Windows' Latin letters before it was saved: `å…¨å¿` for 全县. No byte is lost."""
    pieces = ["".join(map(_western, c.encode())) for c in sample.text]
    ranges, at = [], 0
    for piece in pieces:
        ranges.append((at, at + len(piece)))
        at += len(piece)
    return carry(sample, Edit("".join(pieces), ranges))


def byte_shift(sample: Sample, characters: str) -> Sample:
    """Spoil the text where the two bytes of one of the characters stand across two other characters.

    The scrapers work on GBK bytes and do not look where characters begin. They put bracketed pinyin after a listed
    character, or a comma before a listed mark, in the middle of a character then: 側 (`82C8`) stands in 總人
    (`BF82 C8CB`), so `總人口9.4萬` becomes `總?cè)丝?.4萬`. Places where the character stands by itself are left to
    `annotate` and `double_punctuation`. Raises UnicodeEncodeError for a text that GBK does not hold.
    """
    return _cut(sample, lambda data: ((at, new) for at, new, own in data.listed(characters) if not own))


def scrape(sample: Sample, seed: int = 0) -> Sample:
    """All that the scrapers do, at once: pinyin and commas wherever the bytes of a listed character or mark stand.

    Their list is longer than `ANNOTATED`; characters that stand across two others in this text are added to it, so
    that a short article has as many shifted places as a long one. Raises UnicodeEncodeError as `byte_shift` does.
    """

    def inserts(data: "_Bytes") -> Iterator[tuple[int, bytes]]:
        found = sorted(data.across())
        more = random.Random(seed).sample(found, min(_MORE_LISTED, len(found)))
        return ((at, new) for at, new, _ in data.listed(ANNOTATED + DOUBLED + "".join(more)))

    return _cut(sample, inserts)


def decode(data: bytes) -> list[Unit]:
    """Read GBK bytes as the scrapers' decoder did.

    A pair whose second byte is below 40 is one `?` that eats both bytes, a pair unassigned in GBK vanishes, a byte
    that can begin nothing vanishes alone. Python's decoder raises, or replaces one byte and keeps the second.
    """
    units, at = [], 0
    while at < len(data):
        size = 1 if data[at] < 0x80 else 2
        pair = data[at : at + size]
        if len(pair) < size or (size == 2 and pair[1] < 0x40):
            units.append(Unit("?", at, at + len(pair), eaten=True))
        else:
            text = pair.decode("gbk", errors="ignore") if _assigned(pair) else ""
            units.append(Unit(text, at, at + size, eaten=not text))
        at += size
    return units


def furniture(sample: Sample, views: int = 2381, year: int = 2020) -> Sample:
    """Put a page around the article: navigation, view count and share line above, print line and copyright below.

    Every line of it that holds a digit becomes a trap.
    """
    above = ["首页 > 新闻中心 > 县区动态", f"字号:大 中 小  阅读次数:{views}", "分享到:微信 微博 空间", ""]
    below = ["", "【打印本页】 【关闭窗口】", f"版权所有 {year} 未经书面许可不得转载  技术支持:网络信息中心"]
    if sample.gold["document"]["script"] == "traditional":
        above, below = ([_converter("s2t").convert(line) for line in lines] for lines in (above, below))
    head, tail = "".join(f"{line}\n" for line in above), "\n".join(below) + "\n"
    n = len(sample.text)
    moved = carry(sample, Edit(head + sample.text + tail, [(len(head) + i, len(head) + i + 1) for i in range(n)]))
    for line in [*above, *below]:
        if DIGITS & set(line):
            at = moved.text.index(line)
            trap = {"quote": line, "reason": "furniture", "why": "页面元素", "spans": [[at, at + len(line)]]}
            moved.gold["traps"].append(trap)
    moved.gold["traps"].sort(key=lambda trap: trap["spans"][0])
    return moved


def web_page(sample: Sample) -> Sample:
    """The article as the source of a web page: a paragraph for each line, a menu above, a footer below."""
    text = sample.text
    opens = {i for i, c in enumerate(text) if c not in "\r\n" and text[i - 1 : i] in ("", "\n")}
    closes = {i for i, c in enumerate(text) if c not in "\r\n" and text[i + 1 : i + 2] in ("", "\r", "\n")}
    escaped = {"&": "amp;", "<": "lt;", ">": "gt;"}
    page = _insert(
        _replaced(sample, "".join("&" if c in escaped else c for c in text)),
        {
            i: ("<p>" if i in opens else "", escaped.get(c, "") + ("</p>" if i in closes else ""))
            for i, c in enumerate(text)
        },
    )
    n = len(page.text)
    whole = Edit(
        _PAGE_HEAD + page.text + _PAGE_FOOT, [(len(_PAGE_HEAD) + i, len(_PAGE_HEAD) + i + 1) for i in range(n)]
    )
    return carry(page, whole)


_PAGE_HEAD = (
    '<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>县区动态</title></head>\n<body>\n'
    '<div class="nav"><a href="/">首页</a> <a href="/a">要闻</a> <a href="/b">县区</a> <a href="/c">专题</a></div>\n'
    '<div class="content">\n'
)
_PAGE_FOOT = '\n</div>\n<div class="footer">版权所有 未经许可不得转载</div>\n</body></html>\n'


def encode(sample: Sample, encoding: str = "utf-8") -> bytes:
    """The bytes of the article. Raises UnicodeError where the encoding does not hold the text; nothing is replaced."""
    data = sample.text.encode(encoding)
    if data.decode(encoding) != sample.text:
        raise UnicodeError(f"{encoding} does not give the text back")
    return data


def follow(sample: Sample, recipe: dict[str, Any]) -> Sample:
    """Run the recipe's steps in order, then fill in the values that arithmetic inside the article proves.

    A step is a spoiler's name and its arguments; `proved` maps a fact's label to the value it is proved to have.
    """
    for name, *arguments in recipe["steps"]:
        sample = SPOILERS[name](sample, *arguments)
    gold = copy.deepcopy(sample.gold)
    for fact in gold["facts"]:
        if fact["value"] is None and fact["label"] in recipe["proved"]:
            fact["value"] = recipe["proved"][fact["label"]]
    return Sample(sample.text, gold)


SPOILERS: Mapping[str, Callable[..., Sample]] = {
    spoiler.__name__: spoiler
    for spoiler in (
        *(annotate, bracket, double_punctuation, byte_shift, scrape),
        *(narrow, full_width, traditional, misread, furniture, web_page),
    )
}
"""Every spoiler by the name that recipes call it by."""


def _insert(sample: Sample, around: Mapping[int, tuple[str, str]]) -> Sample:
    """Put text before and after characters, given by place; what is put in belongs to no old character."""
    out: list[str] = []
    ranges, at = [], 0
    for i, character in enumerate(sample.text):
        before, after = around.get(i, ("", ""))
        out += (before, character, after)
        ranges.append((at + len(before), at + len(before) + 1))
        at += len(before) + 1 + len(after)
    return carry(sample, Edit("".join(out), ranges))


def _replaced(sample: Sample, text: str) -> Sample:
    """Another text of the same length."""
    return carry(sample, Edit(text, [(i, i + 1) for i in range(len(text))]))


def _corrupted(sample: Sample) -> Sample:
    return Sample(sample.text, {**sample.gold, "document": {**sample.gold["document"], "corrupted": True}})


@cache
def _converter(standard: str) -> OpenCC:
    return OpenCC(standard)


@cache
def _western(byte: int) -> str:
    """What cp1252 shows for a byte; Latin-1's control character where it shows nothing, as browsers do."""
    try:
        return bytes((byte,)).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


@cache
def _assigned(pair: bytes) -> bool:
    """Whether GBK gives this pair a character: AEC8, FDCE and FAD9 have none."""
    try:
        pair.decode("gbk")
    except UnicodeDecodeError:
        return False
    return True


class _Bytes:
    """A text's characters as GBK bytes: `pieces[i]` begins at the byte `starts[i]`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces = [c.encode("gbk") for c in text]
        self.starts = [0]
        for piece in self.pieces:
            self.starts.append(self.starts[-1] + len(piece))

    def crossings(self) -> Iterator[tuple[int, str]]:
        """Where two bytes of neighbours are a character's: the place of the first, and that character."""
        for i in range(len(self.pieces) - 1):
            left, right = self.pieces[i], self.pieces[i + 1]
            if len(left) == len(right) == 2 and _assigned(pair := left[1:] + right[:1]):
                yield self.starts[i] + 1, pair.decode("gbk")

    def across(self) -> frozenset[str]:
        """Traditional characters that stand across two others."""
        return frozenset(c for _, c in self.crossings() if "\u4e00" <= c <= "\u9fff" and _t2s(c) != c)

    def listed(self, characters: str) -> Iterator[tuple[int, bytes, bool]]:
        """What scrapers put in for these characters, before which byte, and whether the character stands there itself.

        A comma stands before a mark, pinyin behind a character.
        """
        whole = ((self.starts[i], c, True) for i, c in enumerate(self.text))
        across = ((at, c, False) for at, c in self.crossings())
        # Pinyin behind a character comes before the comma of the mark that follows it.
        for at, c, own in sorted([*whole, *across]):
            if c in characters:
                yield (at, b",", own) if c in DOUBLED else (at + 2, toned(c).encode("gbk"), own)


@cache
def _t2s(character: str) -> str:
    simplified: str = _converter("t2s").convert(character)
    return simplified


def _cut(sample: Sample, choose: Callable[[_Bytes], Iterable[tuple[int, bytes]]]) -> Sample:
    """The sample with something put in among its bytes, given by place, and read as the scrapers' decoder reads it."""
    data = _Bytes(sample.text)
    inserts: dict[int, bytes] = {}
    for place, new in choose(data):
        inserts[place] = inserts.get(place, b"") + new
    if not inserts:
        return sample
    out: list[bytes] = []
    places: list[int] = []
    at = 0
    for place, byte in enumerate(b"".join(data.pieces)):
        inserted = inserts.get(place, b"")
        out += (inserted, bytes((byte,)))
        places.append(at + len(inserted))
        at += len(inserted) + 1
    out.append(inserts.get(data.starts[-1], b""))
    return _corrupted(carry(sample, _shift_edit(data, places, decode(b"".join(out)))))


def _shift_edit(data: _Bytes, places: Sequence[int], units: Sequence[Unit]) -> Edit:
    """The edit between the characters and the decoded units; `places` are where each byte of the text went."""
    unit_of: dict[int, tuple[Unit, Range]] = {}
    at = 0
    for unit in units:
        for byte in range(unit.start, unit.end):
            unit_of[byte] = (unit, (at, at + len(unit.text)))
        at += len(unit.text)
    ranges, lost, broken = [], set(), []
    for i, piece in enumerate(data.pieces):
        now = places[data.starts[i] : data.starts[i + 1]]
        found = [unit_of[byte] for byte in now]
        ranges.append((min(r[0] for _, r in found), max(r[1] for _, r in found)))
        if all(unit.eaten for unit, _ in found):
            lost.add(i)
        if not all((unit.start, unit.end) == (now[0], now[0] + len(piece)) for unit, _ in found):
            broken.append(i)
    return Edit("".join(u.text for u in units), ranges, frozenset(lost), list(_runs(broken)))


def _runs(numbers: Iterable[int]) -> Iterable[Range]:
    """Consecutive numbers as ranges: 3, 4, 5, 9 is (3, 6) and (9, 10)."""
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        yield run[0], run[-1] + 1


def main(args: Sequence[str] | None = None) -> None:
    """Write the spoilt sample of each recipe file beside the other samples."""
    parser = argparse.ArgumentParser(prog="python -m evals.spoil", description=main.__doc__)
    parser.add_argument("recipes", nargs="+", type=Path, metavar="RECIPE", help="clean/NAME.recipe.json")
    for path in parser.parse_args(args).recipes:
        recipe = json.loads(path.read_text(encoding="utf-8"))
        clean = path.with_name(path.name.removesuffix(".recipe.json"))
        text = clean.with_name(clean.name + ".txt").read_bytes().decode("utf-8")
        gold: Gold = json.loads(clean.with_name(clean.name + ".json").read_text(encoding="utf-8"))
        sample = follow(Sample(text, gold), recipe)
        samples = path.parent.parent
        (samples / "articles" / f"{clean.name}.txt").write_bytes(encode(sample, recipe["encoding"]))
        label_file = json.dumps(sample.gold, ensure_ascii=False, indent=1) + "\n"
        (samples / "gold" / f"{clean.name}.json").write_text(label_file, encoding="utf-8")


if __name__ == "__main__":
    main()
