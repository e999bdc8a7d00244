"""Measure words and units: which canonical unit a written one is, and by which factor.

The table is `data/measures.tsv`. Its factors follow the units of the labelling guide; the rest is the Chinese market
system (斤 = 0.5 kg, 里 = 0.5 km, 顷 = 100 mu) and SI. A measure word that is no unit counts, and what it counts is
the word itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from re import Pattern

from schemas.vocabulary import Unit
from summarizer.patterns import compiled


@dataclass(frozen=True, slots=True)
class Measure:
    """What a written unit means: `factor` multiplies into `unit`; `after`: which numerals it may follow."""

    word: str
    unit: Unit
    factor: Decimal
    after: str

    def follows_chinese(self, magnified: int) -> bool:
        """Whether a Chinese numeral whose largest magnitude is `magnified` (1, 10, 100 …) measures in this word."""
        return magnified >= {"any": 1, "tens": 10, "arabic": 10**4}[self.after]


def _table() -> dict[str, Measure]:
    table: dict[str, Measure] = {}
    units = {unit.value: unit for unit in Unit}
    text = files("summarizer.precheck").joinpath("data/measures.tsv").read_text("utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            unit, factor, after, words = line.split("\t")
            for word in words.split():
                table.setdefault(word, Measure(word, units[unit], Decimal(factor), after))
    return table


def counted_there() -> dict[str, Pattern[str]]:
    """Measure words with what must stand behind them after a small Chinese numeral (`data/measures_before.tsv`)."""
    text = files("summarizer.precheck").joinpath("data/measures_before.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {word: compiled(behind) for word, behind in rows}


def _lengths(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """By their first character, how long words are, the longest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(sizes, reverse=True)) for first, sizes in found.items()}


MEASURES = _table()
_LENGTHS = _lengths(MEASURES)


_EACH_DOES = (
    "落实",
    "享受",
    "纳入",
    "参加",
    "参保",
    "得到",
    "办理",
    "签订",
    "安排",
    "住上",
    "搬进",
    "喝上",
    "用上",
    "达到",
    "脱贫",
)
_DIVIDED = (
    "成分给",
    "成分配",
    "成分到",
    "成分红",
    "成人家",
    "户主体",
    *(f"{one}均{does}" for one in "人户" for does in _EACH_DOES),
)
"""七成分给社员: what looks like 成分 is a share and how it is divided, 24户|主体封顶 has no 户主, and
37户61人|均落实措施 no average."""


def _other_words() -> frozenset[str]:
    text = files("summarizer.precheck").joinpath("data/not_measures.txt").read_text("utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


_OTHER_WORDS = _other_words()
_OTHER_LENGTHS = _lengths(word for word in _OTHER_WORDS if len(word) > 1)


def measure_at(text: str, at: int, end: int) -> Measure | None:
    """The longest measure that stands at `at`, unless the text goes on to another word (`data/not_measures.txt`)."""
    first = text[at : at + 1]
    other = next((n for n in _OTHER_LENGTHS.get(first, ()) if text[at : at + n] in _OTHER_WORDS), 0)
    if text.startswith(_DIVIDED, at):
        other = 0
    for length in _LENGTHS.get(first, ()):
        if length > end - at:
            continue
        if length <= other:
            break
        measure = MEASURES.get(text[at : at + length])
        if measure is None:
            continue
        follows = text[at + length : at + length + 1]
        # 甲县3.16万人居首,乙县2.87万人|次之; 88个|人工授精点.
        if (measure.word == "人次" and follows == "之") or (measure.word == "个人" and follows == "工"):
            continue
        if measure.word.isascii() and measure.word.isalnum() and follows.isascii() and follows.isalnum():
            continue
        return measure
    return None
