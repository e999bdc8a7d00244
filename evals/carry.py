"""Labels that travel with their text: what becomes of them when a clean article is spoilt.

A spoiler says, as an `Edit`, where each old character went; `carry` moves every label there, and a label whose digit
was eaten says so.
"""

import copy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from opencc import OpenCC

Gold = dict[str, Any]
"""A label file as JSON."""

Range = tuple[int, int]

DIGITS = frozenset("0123456789０１２３４５６７８９")

_NUMERALS = DIGITS | frozenset(".．〇零一二三四五六七八九十百千万亿两萬億兩")
"""What a number is made of; losing one of these makes a fact's value unknown."""

_PINYIN = re.compile(r"[(【][a-zà-ǜ]+[)】]")


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


def carry(sample: Sample, edit: Edit) -> Sample:
    """The labels moved to the changed text.

    A fact that lost part of its number gets a null value. A label of which nothing is left goes: the file no longer
    states it, and the damage entry says where it stood.
    """
    gold = copy.deepcopy(sample.gold)
    damage = [_damage(sample, edit, run) for run in _damaged(sample, edit)]
    gold["facts"] = [fact for fact in (_carry_fact(f, sample.text, edit) for f in gold["facts"]) if fact]
    for key in ("milestones", "cases", "damage"):
        for entry in gold[key]:
            entry["span"] = list(moved(entry["span"], edit))
            entry["quote"] = edit.text[slice(*entry["span"])]
    gold["damage"] = sorted(gold["damage"] + damage, key=lambda entry: entry["span"])
    gold["traps"] = [kept for trap in gold["traps"] for kept in _carry_trap(trap, edit)]
    return Sample(edit.text, gold)


def moved(span: Sequence[int], edit: Edit) -> Range:
    """What is left of a span: from its first character's start to the furthest end of any."""
    parts = edit.ranges[span[0] : span[1]]
    return parts[0][0], max(end for _, end in parts)


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


def _carry_fact(fact: Gold, text: str, edit: Edit) -> Gold | None:
    """The fact on the changed text, or None where nothing of its mention is left."""
    start, end = moved(fact["span"], edit)
    if start == end:
        return None
    old = text.index(fact["quote"])
    quote = edit.text[slice(*moved((old, old + len(fact["quote"])), edit))]
    mention = edit.text[start:end]
    if edit.text.count(quote) != 1 or quote.count(mention) != 1:
        quote = unique_quote(edit.text, (start, end))
    if any(i in edit.lost and text[i] in _NUMERALS for i in range(*fact["span"])):
        fact = {**fact, "value": None, "upper": None}
    number_at = edit.ranges[fact["number_at"]][0]
    return {**fact, "span": [start, end], "number_at": number_at, "quote": quote, "mention": mention}


def _carry_trap(trap: Gold, edit: Edit) -> list[Gold]:
    """The trap on the changed text, one entry for each reading that its places have now."""
    spans = [span for span in (moved(span, edit) for span in trap["spans"]) if span[0] < span[1]]
    readings = dict.fromkeys(edit.text[a:b] for a, b in spans)
    return [
        {**trap, "quote": reading, "spans": [[a, b] for a, b in spans if edit.text[a:b] == reading]}
        for reading in readings
    ]


def _damaged(sample: Sample, edit: Edit) -> Iterator[Range]:
    """The runs read out of phase, each with the whole of any number that it touches; runs that meet are one."""
    mentions = [fact["span"] for fact in sample.gold["facts"]]
    last: Range | None = None
    for a, b in edit.shifted:
        touched = [(s, e) for s, e in mentions if s < b and a < e]
        start, end = min([a, *(s for s, _ in touched)]), max([b, *(e for _, e in touched)])
        if last is not None and start < last[1]:
            last = last[0], max(last[1], end)
            continue
        if last is not None:
            yield last
        last = start, end
    if last is not None:
        yield last


def _damage(sample: Sample, edit: Edit, run: Range) -> Gold:
    """The damage entry of a damaged passage.

    `restored` takes for known every character of which a byte is left: most pairs of a known byte and their
    neighbours allow one word. A labeller who finds two words that fit corrects the entry.
    """
    start, end = run
    gone = [i for i in range(start, end) if i in edit.lost]
    in_fact = {i for fact in sample.gold["facts"] for i in range(*fact["span"])}
    restored = "".join("?" if i in edit.lost else sample.text[i] for i in range(start, end))
    digit = any(sample.text[i] in DIGITS or (i in in_fact and sample.text[i] in _NUMERALS) for i in gone)
    span = moved(run, edit)
    return {
        "quote": edit.text[slice(*span)],
        "restored": _PINYIN.sub("", OpenCC("t2s").convert(restored)),
        "lost": "digit" if digit else "character" if gone else "none",
        "span": list(span),
    }
