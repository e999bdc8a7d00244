"""The words by which labels are cut (`data/labels.toml`), and the cutting of a phrase's edges."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from schemas.vocabulary import Indicator
from summarizer.patterns import compiled
from summarizer.readers.clauses import BLANK
from summarizer.text.traced import LOST

_PAIRED = re.compile("[“”《》()（）]")
_ITEMS = re.compile("[一-龥“”·]{1,12}(?:、[一-龥“”·]{1,12}?)+等(?=[一-龥]{2,})")
_MARKS = "，,。；;：:！？!?、.…"
_LEFT_OVER, _LEFT_OPEN = f"{_MARKS}）)”’》", f"{_MARKS}（(“‘《"
"""Marks and closing brackets at the beginning of a phrase, marks and opening ones at its end; it has no blanks."""


@dataclass(frozen=True, slots=True)
class LabelWords:
    """The packaged vocabulary of `data/labels.toml`."""

    time: re.Pattern[str]
    head: re.Pattern[str]
    tail: re.Pattern[str]
    verb: re.Pattern[str]
    measure: re.Pattern[str]
    field: re.Pattern[str]
    standing: frozenset[Indicator]
    people: re.Pattern[str]
    relative: re.Pattern[str]
    leans: re.Pattern[str]
    whole: re.Pattern[str]
    pronoun: re.Pattern[str]
    bare: re.Pattern[str]
    change: re.Pattern[str]
    growth: re.Pattern[str]
    state: re.Pattern[str]
    each: re.Pattern[str]
    quantity: re.Pattern[str]
    actor: re.Pattern[str]
    person: re.Pattern[str]
    itself: re.Pattern[str]
    grown: re.Pattern[str]
    gets: re.Pattern[str]
    noun: re.Pattern[str]
    same: re.Pattern[str]
    by_each: re.Pattern[str]
    task: re.Pattern[str]
    each_of: re.Pattern[str]
    overdue: re.Pattern[str]
    alone: re.Pattern[str]
    shared: re.Pattern[str]
    measured: re.Pattern[str]
    reaches: re.Pattern[str]


@cache
def label_words() -> LabelWords:
    """The vocabulary, compiled once per process; of words that begin alike the longest is tried first."""
    table = tomllib.loads(resources.files("summarizer.readers").joinpath("data/labels.toml").read_text("utf-8"))

    def either(words: Sequence[str]) -> str:
        return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"

    return LabelWords(
        time=compiled(either(table["time"])),
        head=compiled(either(table["head"])),
        tail=compiled(either(table["tail"]) + "$"),
        verb=compiled(either(table["verb"])),
        measure=compiled(table["measure"]),
        field=compiled(table["field"]),
        standing=frozenset(Indicator(code) for code in table["standing"]),
        people=compiled(table["people"]),
        relative=compiled(table["relative"]),
        leans=compiled(table["leans"]),
        whole=compiled(table["whole"]),
        pronoun=compiled(table["pronoun"]),
        bare=compiled(table["bare"]),
        change=compiled(table["change"]),
        growth=compiled(table["growth"]),
        state=compiled(table["state"]),
        each=compiled(table["each"]),
        quantity=compiled(table["quantity"]),
        actor=compiled(table["actor"]),
        person=compiled(table["person"]),
        itself=compiled(table["itself"]),
        grown=compiled(table["grown"]),
        gets=compiled(table["gets"]),
        noun=compiled(table["noun"]),
        same=compiled(table["same"]),
        by_each=compiled(table["by_each"]),
        task=compiled(table["task"]),
        each_of=compiled(table["each_of"]),
        overdue=compiled(table["overdue"]),
        alone=compiled(table["alone"]),
        shared=compiled(table["shared"]),
        measured=compiled(table["measured"]),
        reaches=compiled(table["reaches"]),
    )


@lru_cache(maxsize=1 << 12)
def core(text: str) -> str:
    """`text` without phrases of time, blanks, lone brackets, and function words at its edges."""
    words = label_words()
    kept = "".join(words.time.sub("", text).split()).replace(LOST, "").replace(BLANK, "")
    size = -1
    while len(kept) != size:
        kept = kept.lstrip(_LEFT_OVER).rstrip(_LEFT_OPEN)
        size = len(kept)
        if found := words.head.match(kept):
            kept = kept[found.end() :]
        if found := words.tail.search(kept):
            kept = kept[: found.start()]
    return _without_items(_balanced(kept))


def _without_items(text: str) -> str:
    """`text` without the examples of a kind that has its name: 引进制衣、制鞋等企业 → 引进企业."""
    if "、" not in text or "等" not in text:
        return text
    words = label_words()

    def kept(items: re.Match[str]) -> str:
        verb = words.verb.match(items.group())
        return verb.group() if verb else ""

    return _ITEMS.sub(kept, text)


def _balanced(text: str) -> str:
    """`text` without quotation marks and brackets that have lost their other half."""
    if not _PAIRED.search(text):
        return text
    for opening, closing in ("“”", "《》", "()", "（）"):
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, "").replace(closing, "")
    return text
