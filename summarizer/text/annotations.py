"""Bracketed pinyin: `萬(wàn)`, `萬(wan)`, `【wàn】`, doubled.

It is removed where it is the reading of the character before it.
"""

import json
import re
import unicodedata
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from summarizer.text import gbk
from summarizer.text.fix import Fixed
from summarizer.text.traced import Edit, Traced

SYLLABLE = "[a-züāáǎàēéěèīíǐìōóǒòūúǔùǘǚǜǖḿńňǹê\u0300-\u030c]"
"""One letter of toned or untoned pinyin."""

ANNOTATION = re.compile(
    # The bracket first, and then what stands before it: brackets are few, and a search for them is quick.
    rf"[(（\[［【〔](?<=[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff].)\s?{SYLLABLE}{{1,7}}\s?[)）\]］】〕]"
    rf"(?:[(（\[［【〔]\s?{SYLLABLE}{{1,7}}\s?[)）\]］】〕])*",
    re.IGNORECASE,
)
_INNER = re.compile(rf"{SYLLABLE}+", re.IGNORECASE)


@lru_cache(maxsize=1 << 12)
def toneless(syllable: str) -> str:
    """The syllable in lower case without tone marks, ü written as v: `lǜ` is `lv`."""
    letters = unicodedata.normalize("NFD", syllable.lower()).replace("u\u0308", "v").replace("ê", "e")
    return "".join(c for c in letters if not unicodedata.combining(c))


@cache
def _table() -> dict[int, str]:
    # The file alone: to import the package loads its phrases, which cost three times as much, and are 200,000 lists
    # that every full collection of garbage walks through.
    package = find_spec("pypinyin")
    assert package is not None
    assert package.origin is not None
    rows = json.loads(Path(package.origin).with_name("pinyin_dict.json").read_text("utf-8"))
    return {int(code): readings for code, readings in rows.items()}


@cache
def readings(character: str) -> frozenset[str]:
    """All readings of a character, without tones; empty where the table has none."""
    return frozenset(toneless(reading) for reading in _table().get(ord(character), "").split(",") if reading)


@cache
def toned_readings(character: str) -> tuple[str, ...]:
    """All readings of a character with their tones, the usual one first."""
    return tuple(unicodedata.normalize("NFC", r) for r in _table().get(ord(character), "").split(",") if r)


def is_reading(syllable: str, character: str) -> bool:
    """Whether `syllable` (toned or not) is one of the character's readings; tones are not compared.

    Scrapers write tones of their own (`的(dí)`), and a bracket with a right syllable is never a real parenthesis.
    """
    return toneless(syllable) in readings(character)


@lru_cache(maxsize=1 << 14)
def with_reading(lead: int, syllable: str) -> tuple[str, ...]:
    """Characters of GBK with this first byte and this reading, given without its tone."""
    return tuple(c for _, c in gbk.by_lead(lead) if syllable in readings(c))


@lru_cache(maxsize=1 << 12)
def annotates(annotation: str, character: str) -> int:
    """How often a match of `ANNOTATION` gives the reading of the character before it; 0 where it is anything else.

    Kept, because a spoilt text has the same few dozen everywhere.
    """
    given, known = _INNER.findall(annotation), readings(character)
    for syllable in given:
        if toneless(syllable) not in known:
            return 0
    return len(given)


def remove(text: Traced) -> Fixed:
    """Remove every annotation, each of a doubled one counted. `(GDP)`, `（三）` and real parentheses stay.

    Only the brackets are edited, so that the span of the character ends before them.
    """
    count = 0
    edits = []
    for match in ANNOTATION.finditer(text.text):
        start, end = match.span()
        if times := annotates(match[0], text.text[start - 1]):
            count += times
            edits.append(Edit(start, end, ""))
    return Fixed(text.edit(edits), count)
