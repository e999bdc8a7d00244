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

_BLANKS = re.compile(r"[\s" + LOST + BLANK + "]+")
_PAIRED = re.compile("[“”《》()（）]")
_EDGES = re.compile(r"^[\s，,。；;：:！？!?、）)”’》.…]+|[\s，,。；;：:！？!?、（(“‘《.…]+$")


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
    circumstance: re.Pattern[str]
    attribute: re.Pattern[str]
    action: re.Pattern[str]
    people: re.Pattern[str]
    relative: re.Pattern[str]
    leans: re.Pattern[str]
    whole: re.Pattern[str]
    pronoun: re.Pattern[str]
    bare: re.Pattern[str]
    change: re.Pattern[str]


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
        circumstance=compiled(table["circumstance"]),
        attribute=compiled(table["attribute"]),
        action=compiled(table["action"]),
        people=compiled(table["people"]),
        relative=compiled(table["relative"]),
        leans=compiled(table["leans"]),
        whole=compiled(table["whole"]),
        pronoun=compiled(table["pronoun"]),
        bare=compiled(table["bare"]),
        change=compiled(table["change"]),
    )


@lru_cache(maxsize=1 << 12)
def core(text: str) -> str:
    """`text` without phrases of time, blanks, lone brackets, and function words at its edges."""
    words = label_words()
    kept = _BLANKS.sub("", words.time.sub("", text))
    before = None
    while before != kept:
        before = kept
        kept = _EDGES.sub("", kept)
        if found := words.head.match(kept):
            kept = kept[found.end() :]
        if found := words.tail.search(kept):
            kept = kept[: found.start()]
    return _balanced(kept)


def _balanced(text: str) -> str:
    """`text` without quotation marks and brackets that have lost their other half."""
    if not _PAIRED.search(text):
        return text
    for opening, closing in ("“”", "《》", "()", "（）"):
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, "").replace(closing, "")
    return text
