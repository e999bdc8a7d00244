"""A fact where it stands in the clean text, and what relations ask of its surroundings."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, reduce
from itertools import pairwise
from operator import or_
from re import Pattern
from re import compile as regex

from schemas.report import Fact, Subject
from schemas.vocabulary import Indicator, Unit
from summarizer.checks import cues
from summarizer.checks.rounding import Range, range_of
from summarizer.precheck import clause
from summarizer.precheck.brief import Brief
from summarizer.precheck.candidate import START
from summarizer.text.exchange import exchanged

_ROUND_BRACKETS = dict(zip("，；：！？（）％", ",;:!?()%", strict=True))
"""One character for one: the rules know a single form of each mark."""

_MEASURES = frozenset("个座处家所项支名栋间条眼口组批只头棚株台辆套期场届位份件")
"""Measure words that say nothing of what is counted."""

_DWELLINGS = frozenset({"套", "间"})
_OF_DWELLINGS = frozenset({"个", "住房", "安置房", "民房", "房屋", "房", "危房", "公租房"})

SENTENCE_END = frozenset("。!?\n")
"""A semicolon joins what belongs together (`建成36个,其中…;已有21个竣工`), so that it ends no sentence here."""

_REACH = 30
"""Characters of a clause that a figure's lead and tail go back and on."""

FAR = 2000
"""Characters on either side in which a sentence or a paragraph ends: of a text that has no marks or lines nothing is
asked again and again for each of its figures."""

_SENTENCE_END = regex(f"[{''.join(sorted(SENTENCE_END))}]")


def sentence_start(text: str, at: int) -> int:
    """Where the sentence that holds `at` begins."""
    low = max(0, at - FAR)
    return max(text.rfind(mark, low, at) for mark in SENTENCE_END) + 1 or low


def sentence_end(text: str, at: int) -> int:
    """Where the sentence that holds `at` ends."""
    high = min(len(text), at + FAR)
    found = _SENTENCE_END.search(text, at, high)
    return found.start() if found else high


@dataclass(frozen=True, eq=False)
class Figure:
    """A fact, `[start, end)` of its mention in the clean text, where its number begins there, and that text."""

    fact: Fact
    start: int
    end: int
    number_at: int
    words: str
    id: int = field(init=False, repr=False)
    value: Decimal | None = field(init=False, repr=False)
    unit: Unit = field(init=False, repr=False)

    def __post_init__(self) -> None:
        # Fields of its own, because every rule asks every figure for them.
        vars(self).update(id=self.fact.id, value=self.fact.value, unit=self.fact.unit)

    @cached_property
    def range(self) -> Range:
        """The least and the greatest figure that the written one may stand for; it has a value."""
        return range_of(self.fact, self.words)


@dataclass(frozen=True)
class Page:
    """The figures of an article in order, the text around them, and the day that it states to be published."""

    text: str
    figures: tuple[Figure, ...]
    subject: Subject | None = None
    published: str | None = None

    @classmethod
    def of(cls, brief: Brief, facts: tuple[Fact, ...]) -> "Page":
        """The page of a brief; every fact is one of its candidates."""
        by_id = {c.id: c for c in brief.candidates}
        figures = tuple(
            Figure(fact, c.start, c.end, c.number_at, brief.text[c.start : c.end])
            for fact in facts
            for c in (by_id[fact.id],)
        )
        text = exchanged(brief.text, _ROUND_BRACKETS)
        return cls(text, figures, brief.subject, brief.article.info.published)

    @cached_property
    def place_in_order(self) -> Mapping[int, int]:
        """Index of a figure by its id."""
        return {f.id: i for i, f in enumerate(self.figures)}

    @cached_property
    def _leads(self) -> dict[int, str]:
        """The leads that were asked for, by id: nearly every rule asks for that of every figure."""
        return {}

    @cached_property
    def _tails(self) -> dict[int, str]:
        """The same of tails."""
        return {}

    @cached_property
    def _sentences(self) -> dict[int, tuple[int, int]]:
        """The same of sentences."""
        return {}

    def lead(self, figure: Figure) -> str:
        """The text before a figure, back to the figure before it or the beginning of its clause."""
        known = self._leads.get(figure.id)
        if known is None:
            i = self.place_in_order[figure.id]
            floor = self.figures[i - 1].end if i else 0
            start = max(floor, clause.start_of(self.text, figure.start, reach=_REACH))
            known = self._leads[figure.id] = self.text[start : figure.start]
        return known

    def tail(self, figure: Figure) -> str:
        """The text after a figure, up to the next figure or the end of its clause."""
        known = self._tails.get(figure.id)
        if known is None:
            i = self.place_in_order[figure.id]
            ceiling = self.figures[i + 1].start if i + 1 < len(self.figures) else len(self.text)
            end = min(ceiling, clause.end_of(self.text, figure.end, reach=_REACH))
            known = self._tails[figure.id] = self.text[figure.end : end]
        return known

    def joint_lead(self, figure: Figure) -> str:
        """The lead, or that of the figures it directly follows (`反馈3类7个问题`, `搬迁安置点4个、257户948人`)."""
        known = self._joint_leads.get(figure.id)
        if known is None:
            known = self._joint_leads[figure.id] = self.lead(self.first_of_run(figure))
        return known

    @cached_property
    def _joint_leads(self) -> dict[int, str]:
        return {}

    def first_of_run(self, figure: Figure) -> Figure:
        """The first of the figures that stand before this one without a word in between."""
        return self.figures[self._first_of_run[self.place_in_order[figure.id]]]

    @cached_property
    def _first_of_run(self) -> list[int]:
        """For each figure the index of the first of its run."""
        firsts = [0] * len(self.figures)
        for i, (a, b) in enumerate(pairwise(self.figures), 1):
            firsts[i] = i if self.between(a, b).strip("、") else firsts[i - 1]
        return firsts

    @cached_property
    def _gaps(self) -> list[int]:
        return cues.in_gaps(self.text, self._starts)

    @cached_property
    def _everywhere(self) -> int:
        return reduce(or_, self._gaps)

    def may_hold(self, *patterns: Pattern[str]) -> bool:
        """Whether one of the patterns can match in the text."""
        return bool(self._everywhere & cues.bits(patterns))

    def beside(
        self,
        *,
        lead: tuple[Pattern[str], ...] = (),
        joint: tuple[Pattern[str], ...] = (),
        tail: tuple[Pattern[str], ...] = (),
    ) -> Iterator[Figure]:
        """The figures in whose lead, joint lead or tail one of the patterns can match: the others need not be asked.

        `joint` allows for the words before the households of persons, too (`入住1103户,4872人`).
        """
        leads, joints, tails = cues.bits(lead), cues.bits(joint), cues.bits(tail)
        if not self._everywhere & (leads | joints | tails):
            return
        gaps = self._gaps
        for i, figure in enumerate(self.figures):
            told = gaps[i] & leads or gaps[i + 1] & tails
            if told or (joints and (gaps[i] | gaps[i - 1] | gaps[self._first_of_run[i]]) & joints):
                yield figure

    def joined(self, *patterns: Pattern[str]) -> Iterator[tuple[Figure, Figure]]:
        """The neighbours between which one of the patterns can match."""
        wanted = cues.bits(patterns)
        if self._everywhere & wanted:
            yield from (pair for pair, gap in zip(pairwise(self.figures), self._gaps[1:], strict=False) if gap & wanted)

    def between(self, a: Figure, b: Figure) -> str:
        """The text between two figures."""
        return self.text[a.end : b.start]

    def sentence(self, figure: Figure) -> tuple[int, int]:
        """Where the sentence of a figure begins and ends."""
        known = self._sentences.get(figure.id)
        if known is None:
            ends = self._sentence_ends
            first, last = bisect_left(ends, figure.start), bisect_left(ends, figure.end)
            start, end = ends[first - 1] + 1 if first else 0, ends[last] if last < len(ends) else len(self.text)
            known = self._sentences[figure.id] = max(start, figure.start - FAR), min(end, figure.end + FAR)
        return known

    def paragraph(self, figure: Figure) -> tuple[int, int]:
        """Where the line of a figure begins and ends."""
        low, high = max(0, figure.start - FAR), min(len(self.text), figure.end + FAR)
        end = self.text.find("\n", figure.end, high)
        return self.text.rfind("\n", low, figure.start) + 1 or low, high if end < 0 else end

    def within(self, start: int, end: int) -> tuple[Figure, ...]:
        """The figures of a stretch."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return tuple(f for f in self.figures[first:last] if f.end <= end)

    @cached_property
    def _starts(self) -> list[int]:
        return [f.start for f in self.figures]

    def earlier(self, figure: Figure, *indicators: Indicator) -> Iterator[Figure]:
        """The figures of some indicators before this one, nearest first, however far back."""
        known = self.of_indicators(*indicators)
        for at in range(bisect_left(known, figure.start, key=START) - 1, -1, -1):
            yield known[at]

    def of_indicators(self, *indicators: Indicator) -> list[Figure]:
        """The figures of some indicators, in order; kept, and not to be changed."""
        known = self._by_indicator.get(indicators)
        if known is None:
            known = self._by_indicator[indicators] = [f for f in self.figures if f.fact.indicator in indicators]
        return known

    @cached_property
    def _by_indicator(self) -> dict[tuple[Indicator, ...], list[Figure]]:
        return {}

    def before(self, figure: Figure, start: int = 0) -> Iterator[Figure]:
        """The figures before this one, nearest first, back to `start`."""
        for at in range(self.place_in_order[figure.id] - 1, -1, -1):
            if self.figures[at].start < start:
                return
            yield self.figures[at]

    def after(self, figure: Figure, end: int) -> Iterator[Figure]:
        """The figures after this one, nearest first, up to `end`."""
        for at in range(self.place_in_order[figure.id] + 1, len(self.figures)):
            if self.figures[at].end > end:
                return
            yield self.figures[at]

    def apart(self, a: Figure, b: Figure) -> int:
        """How many places of the order `b` stands after `a`; 1 for neighbours."""
        return self.place_in_order[b.id] - self.place_in_order[a.id]

    def sentences_between(self, a: Figure, b: Figure) -> int:
        """How many sentences end between two figures."""
        return bisect_left(self._sentence_ends, b.start) - bisect_left(self._sentence_ends, a.end)

    @cached_property
    def _sentence_ends(self) -> tuple[int, ...]:
        return tuple(m.start() for m in _SENTENCE_END.finditer(self.text))


def _bare(figure: Figure) -> bool:
    """A count without a noun of its own (`镇雄县8个、彝良县12个`): what it counts was named before."""
    return not figure.fact.counted or figure.fact.counted in _MEASURES


def alike(a: Figure, b: Figure) -> bool:
    """Whether two figures count the same kind of thing, so that they may be added up or compared."""
    return a.unit is b.unit and not a.fact.per and not b.fact.per and (a.unit is not Unit.COUNT or same_noun(a, b))


def homes(a: Figure, b: Figure) -> bool:
    """Whether one counts households and the other dwellings: of `612户` to be moved, `436套` are built, one each."""
    units = {a.unit, b.unit}
    dwellings = a.fact.counted if a.unit is Unit.COUNT else b.fact.counted
    return units == {Unit.HOUSEHOLD, Unit.COUNT} and dwellings in {"套", "住房", "安置房"}


def same_noun(a: Figure, b: Figure) -> bool:
    """Whether two counts may be of one thing: `127个电站` and `25座` are, `16家` and `12个村` are not."""
    first, second = a.fact.counted or "个", b.fact.counted or "个"
    if (first in _DWELLINGS) is not (second in _DWELLINGS) and not {first, second} & _OF_DWELLINGS:
        # 18个安置区 hold 1041套: flats are counted by a word of their own.
        return False
    if first == second or first.endswith(second) or second.endswith(first):
        return True
    # 11个 and 436套 are two things; 127个电站 and 25座 are one.
    return _bare(a) is not _bare(b) or None in (a.fact.counted, b.fact.counted)


def magnitude(words: str) -> str:
    """The magnitude that a figure is written in: 亿 of `3.6亿元`, nothing of `5000元`."""
    return next((c for c in words if c in "亿万千百"), "")
