"""Spoil clean labelled articles the way scrapers do, so that what repair should give back is known.

Every spoiler is a pure function from a `Sample` to a `Sample`: the labels travel with the text, and a label whose
digit was eaten says so. One law holds for all but `furniture`: no digit appears that the clean text does not have.

    python -m evals.spoil evals/samples/clean/NAME.recipe.json

writes `articles/NAME.txt` and `gold/NAME.json` from `clean/NAME.txt`, `clean/NAME.json` and the recipe.
Spoilers that work on bytes want full-width punctuation, which is what the scrapers found; `narrow` comes after them.
"""

import copy
import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from opencc import OpenCC
from pypinyin import Style, pinyin

Gold = dict[str, Any]
"""A label file as JSON."""

Range = tuple[int, int]

ANNOTATED = "萬個務實見將過來現會頭鎮鄉險項計劃產業動設備選擇應對進區協優轉陽縮員條漿濟號貼擴壩審續側線賬"
"""Traditional characters that get their pinyin: a mixed list, as the scrapers keep one."""

DOUBLED = "，。、；！"
"""Marks that get a comma put before them."""

_NARROW = str.maketrans("，；：！？（）％", ",;:!?()%")

_NUMERALS = frozenset("0123456789０１２３４５６７８９.．〇零一二三四五六七八九十百千万亿两萬億兩")
"""What a number is made of; losing one of these makes a fact's value unknown."""

_DIGITS = frozenset("0123456789０１２３４５６７８９")


@dataclass(frozen=True)
class Sample:
    """An article's text and its labels."""

    text: str
    gold: Gold


@dataclass(frozen=True)
class Edit:
    """A changed text with the way from the old one: `ranges[i]` is what is left in it of the old character `i`.

    `lost` are old characters of which no byte can be read any more; `shifted` are runs of old characters that were
    read out of phase.
    """

    text: str
    ranges: Sequence[Range]
    lost: frozenset[int] = frozenset()
    shifted: Sequence[Range] = ()


@dataclass(frozen=True)
class Unit:
    """What the spoilers' decoder made of the bytes `start` to `end`; `eaten` where it is a `?` or nothing at all."""

    text: str
    start: int
    end: int
    eaten: bool = False


def toned(character: str) -> str:
    """The character's pinyin with its tone mark, in round brackets: `(wàn)` for 萬."""
    return f"({pinyin(character, style=Style.TONE)[0][0]})"


def annotate(sample: Sample, characters: str = ANNOTATED) -> Sample:
    """Put bracketed toned pinyin after each of these characters: `9.4萬人` becomes `9.4萬(wàn)人`."""
    return _corrupted(_insert(sample, {c: ("", toned(c)) for c in characters}))


def double_punctuation(sample: Sample, marks: str = DOUBLED) -> Sample:
    """Put a comma before each of these marks: `，` becomes `,，` and `。` becomes `,。`."""
    return _corrupted(_insert(sample, dict.fromkeys(marks, (",", ""))))


def narrow(sample: Sample) -> Sample:
    """Half-width marks for full-width ones, as most saved pages have them; `。` and `、` have no half-width form."""
    text = sample.text.translate(_NARROW)
    return carry(sample, Edit(text, [(i, i + 1) for i in range(len(text))]))


def byte_shift(sample: Sample, character: str) -> Sample:
    """Spoil the text where the two bytes of `character` stand across two other characters.

    The scrapers work on GBK bytes and do not look where characters begin. They put bracketed pinyin after a listed
    character, or a comma before a listed mark, in the middle of a character then: 側 (`82C8`) stands in 總人
    (`BF82 C8CB`), so `總人口9.4萬` becomes `總?cè)丝?.4萬`. Places where the character stands by itself are left to
    `annotate` and `double_punctuation`. Raises UnicodeEncodeError for a text that GBK does not hold.
    """
    pieces = [c.encode("gbk") for c in sample.text]
    starts = [0]
    for piece in pieces:
        starts.append(starts[-1] + len(piece))
    data, pair = b"".join(pieces), character.encode("gbk")
    after = 0 if character in DOUBLED else 2
    inserted = b"," if character in DOUBLED else toned(character).encode("gbk")
    cuts = [
        starts[i] + 1 + after
        for i in range(len(pieces) - 1)
        if len(pieces[i]) == len(pieces[i + 1]) == 2 and data[starts[i] + 1 : starts[i] + 3] == pair
    ]
    if not cuts:
        return sample
    edges = [0, *cuts, len(data)]
    spoilt = inserted.join(data[a:b] for a, b in pairwise(edges))
    moved = [b + len(inserted) * sum(cut <= b for cut in cuts) for b in range(len(data))]
    return _corrupted(carry(sample, _shift_edit(pieces, starts, moved, decode(spoilt))))


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
        above, below = ([OpenCC("s2t").convert(line) for line in lines] for lines in (above, below))
    head, tail = "".join(f"{line}\n" for line in above), "\n".join(below) + "\n"
    n = len(sample.text)
    moved = carry(sample, Edit(head + sample.text + tail, [(len(head) + i, len(head) + i + 1) for i in range(n)]))
    for line in [*above, *below]:
        if _DIGITS & set(line):
            at = moved.text.index(line)
            trap = {"quote": line, "reason": "furniture", "why": "页面元素", "spans": [[at, at + len(line)]]}
            moved.gold["traps"].append(trap)
    moved.gold["traps"].sort(key=lambda trap: trap["spans"][0])
    return moved


def encode(sample: Sample, encoding: str = "utf-8") -> bytes:
    """The bytes of the article. Raises UnicodeError where the encoding does not hold the text; nothing is replaced."""
    data = sample.text.encode(encoding)
    if data.decode(encoding) != sample.text:
        raise UnicodeError(f"{encoding} does not give the text back")
    return data


def carry(sample: Sample, edit: Edit) -> Sample:
    """The labels moved to the changed text.

    A fact that lost part of its number gets a null value. A label of which nothing is left goes: the file no longer
    states it, and the damage entry says where it stood.
    """
    gold = copy.deepcopy(sample.gold)
    damage = [_damage(sample, edit, run) for run in edit.shifted]
    gold["facts"] = [fact for fact in (_carry_fact(f, sample.text, edit) for f in gold["facts"]) if fact]
    for key in ("milestones", "cases", "damage"):
        for entry in gold[key]:
            entry["span"] = list(_moved(entry["span"], edit))
            entry["quote"] = edit.text[slice(*entry["span"])]
    gold["damage"] = sorted(gold["damage"] + damage, key=lambda entry: entry["span"])
    gold["traps"] = [moved for trap in gold["traps"] for moved in _carry_trap(trap, edit)]
    return Sample(edit.text, gold)


def unique_quote(text: str, span: Range) -> str:
    """The shortest stretch around the span that occurs once in the text and holds the mention once.

    Raises ValueError where 200 characters do not make it unique.
    """
    start, end = span
    for extra in range(200):
        for left in range(extra + 1):
            quote = text[max(0, start - left) : end + extra - left]
            if text.count(quote) == 1 and quote.count(text[start:end]) == 1:
                return quote
    raise ValueError(f"no unique quote around {text[start:end]!r}")


def follow(sample: Sample, recipe: dict[str, Any]) -> Sample:
    """Run the recipe's steps in order, then fill in the values that arithmetic inside the article proves.

    A step is a spoiler's name and its arguments; `proved` maps a fact's label to the value it is proved to have.
    """
    spoilers = {f.__name__: f for f in (annotate, double_punctuation, byte_shift, narrow, furniture)}
    for name, *arguments in recipe["steps"]:
        sample = spoilers[name](sample, *arguments)
    gold = copy.deepcopy(sample.gold)
    for fact in gold["facts"]:
        if fact["value"] is None and fact["label"] in recipe["proved"]:
            fact["value"] = recipe["proved"][fact["label"]]
    return Sample(sample.text, gold)


def _insert(sample: Sample, around: dict[str, tuple[str, str]]) -> Sample:
    """Put text before and after listed characters; what is put in belongs to no old character."""
    out: list[str] = []
    ranges, at = [], 0
    for character in sample.text:
        before, after = around.get(character, ("", ""))
        out += (before, character, after)
        ranges.append((at + len(before), at + len(before) + 1))
        at += len(before) + 1 + len(after)
    return carry(sample, Edit("".join(out), ranges))


def _corrupted(sample: Sample) -> Sample:
    return Sample(sample.text, {**sample.gold, "document": {**sample.gold["document"], "corrupted": True}})


def _assigned(pair: bytes) -> bool:
    """Whether GBK gives this pair a character: AEC8, FDCE and FAD9 have none."""
    try:
        pair.decode("gbk")
    except UnicodeDecodeError:
        return False
    return True


def _shift_edit(pieces: list[bytes], starts: list[int], moved: list[int], units: list[Unit]) -> Edit:
    """The edit between the characters `pieces` and the decoded units, by way of their bytes."""
    unit_of: dict[int, tuple[Unit, Range]] = {}
    at = 0
    for unit in units:
        for byte in range(unit.start, unit.end):
            unit_of[byte] = (unit, (at, at + len(unit.text)))
        at += len(unit.text)
    ranges, lost, broken = [], set(), []
    for i, piece in enumerate(pieces):
        places = moved[starts[i] : starts[i + 1]]
        found = [unit_of[byte] for byte in places]
        ranges.append((min(r[0] for _, r in found), max(r[1] for _, r in found)))
        if all(unit.eaten for unit, _ in found):
            lost.add(i)
        if not all((unit.start, unit.end) == (places[0], places[0] + len(piece)) for unit, _ in found):
            broken.append(i)
    return Edit("".join(u.text for u in units), ranges, frozenset(lost), list(_runs(broken)))


def _runs(numbers: Iterable[int]) -> Iterable[Range]:
    """Consecutive numbers as ranges: 3, 4, 5, 9 is (3, 6) and (9, 10)."""
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        yield run[0], run[-1] + 1


def _moved(span: Sequence[int], edit: Edit) -> Range:
    """What is left of a span: from its first character's start to the furthest end of any."""
    parts = edit.ranges[span[0] : span[1]]
    return parts[0][0], max(end for _, end in parts)


def _carry_fact(fact: Gold, text: str, edit: Edit) -> Gold | None:
    """The fact on the changed text, or None where nothing of its mention is left."""
    start, end = _moved(fact["span"], edit)
    if start == end:
        return None
    old = text.index(fact["quote"])
    quote = edit.text[slice(*_moved((old, old + len(fact["quote"])), edit))]
    mention = edit.text[start:end]
    if edit.text.count(quote) != 1 or quote.count(mention) != 1:
        quote = unique_quote(edit.text, (start, end))
    if any(i in edit.lost and text[i] in _NUMERALS for i in range(*fact["span"])):
        fact = {**fact, "value": None, "upper": None}
    number_at = edit.ranges[fact["number_at"]][0]
    return {**fact, "span": [start, end], "number_at": number_at, "quote": quote, "mention": mention}


def _carry_trap(trap: Gold, edit: Edit) -> list[Gold]:
    """The trap on the changed text, one entry for each reading that its places have now."""
    spans = [span for span in (_moved(span, edit) for span in trap["spans"]) if span[0] < span[1]]
    readings = dict.fromkeys(edit.text[a:b] for a, b in spans)
    return [
        {**trap, "quote": reading, "spans": [[a, b] for a, b in spans if edit.text[a:b] == reading]}
        for reading in readings
    ]


def _damage(sample: Sample, edit: Edit, run: Range) -> Gold:
    """The damage entry of a run read out of phase, widened to the whole mention of any number it touches.

    `restored` takes for known every character of which a byte is left: most pairs of a known byte and their
    neighbours allow one word. A labeller who finds two words that fit corrects the entry.
    """
    touched = [fact["span"] for fact in sample.gold["facts"] if fact["span"][0] < run[1] and run[0] < fact["span"][1]]
    start, end = min([run[0], *(s for s, _ in touched)]), max([run[1], *(e for _, e in touched)])
    gone = [i for i in range(start, end) if i in edit.lost]
    in_fact = {i for s, e in touched for i in range(s, e)}
    restored = "".join("?" if i in edit.lost else sample.text[i] for i in range(start, end))
    digit = any(sample.text[i] in _DIGITS or (i in in_fact and sample.text[i] in _NUMERALS) for i in gone)
    span = _moved((start, end), edit)
    return {
        "quote": edit.text[slice(*span)],
        "restored": re.sub(r"\([a-zà-ǜ]+\)", "", OpenCC("t2s").convert(restored)),
        "lost": "digit" if digit else "character" if gone else "none",
        "span": list(span),
    }


def main(recipes: Sequence[str]) -> None:
    """Write the spoilt sample of each recipe file beside the other samples."""
    for name in recipes:
        path = Path(name)
        recipe = json.loads(path.read_text(encoding="utf-8"))
        clean = path.with_name(path.name.removesuffix(".recipe.json"))
        text = clean.with_name(clean.name + ".txt").read_bytes().decode("utf-8")
        gold = json.loads(clean.with_name(clean.name + ".json").read_text(encoding="utf-8"))
        sample = follow(Sample(text, gold), recipe)
        samples = path.parent.parent
        (samples / "articles" / f"{clean.name}.txt").write_bytes(encode(sample, recipe["encoding"]))
        label_file = json.dumps(sample.gold, ensure_ascii=False, indent=1) + "\n"
        (samples / "gold" / f"{clean.name}.json").write_text(label_file, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
