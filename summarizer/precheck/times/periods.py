"""Which period governs a number.

The time phrase of the number's own clause comes first, then what its sentence said before it, then what the earlier
sentences of the paragraph said, then what heads the section or the report (今年以来, 回顾过去一年). Profile figures
and rules (每户不低于…) go by their own sentence only.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass

from schemas.vocabulary import Status
from summarizer.precheck.brief import TimePhrase
from summarizer.precheck.times.outline import Heads, lines
from summarizer.precheck.times.phrases import COHORT, YEAR_CHARS
from summarizer.precheck.times.phrases import REACH as PHRASE_REACH

REACH = 2000
"""How far a time phrase reaches inside its paragraph, in characters."""

_CLAUSE_END = re.compile(r"[,，;；:：。！？!?\n(（)）]|——|……")
_SENTENCE_END = re.compile(r"[。！？!?][”』」)）]*|\n")
_ITEM = re.compile(
    r"(?<=[。；;:：,，\n])(?P<n>[一二三四五六七八九十])是(?!否)|(?P<circle>[①-⑩])|其(?P<its>[一二三四五])[,，]"
)
_FIRST_ITEM = re.compile(r"一|①")
_PAIRS = (("“", "”"), ("《", "》"), ("(", ")"), ("（", "）"))
_BY = re.compile(r"(?:截至|截止|到|至)|.*[底末]$|年内")
_YEARLY = re.compile(r"[每年月]年|年均|每月|每天|年复一年")
_AGE = re.compile(r"\d{1,3}(?:多|余)?岁|[一二两三四五六七八九十]{1,4}[多余]?岁")
"""A person's age is told of the moment: it goes by no phrase (去年冬天…。55岁的村民…)."""

_SPEECH = re.compile(r"(?:[:：。！？\n]|说|道)[,，]?“")
_FROM = re.compile(r"[由从][^,，。;；:：]{0,10}$")
_CHANGE = re.compile(
    r"[\d.]+[^\d,，。;；:：]{0,6}(?:减少|下降|降低|降|压减|增加|提高|上升|增长|提升|增|升)(?:到|至|为)"
)
_COMPARED = re.compile(r"[比较与同][^,，。]{0,2}$")
_FINAL = re.compile(r"[。！？!?；;\n]")
_NO_ANSWER = re.compile(r"\d|[一二三四五六七八九十百千万两]{1,4}[个户人名座家]|预计|计划|将|力争|确保|拟|目标|前")
_POINT = re.compile(r"\d{4}-\d{2}")
_OF_THE_YEAR = ("全年", "年度", "本年度")
_PRESENT = (Status.ACHIEVED, Status.ONGOING)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The time phrases of a text, and for each of its lines the period at the head of its section."""

    text: str
    times: tuple[TimePhrase, ...]
    year: int | None
    _starts: tuple[int, ...]
    _heads: tuple[tuple[int, str | None], ...]

    @classmethod
    def of(cls, text: str, times: tuple[TimePhrase, ...], year: int | None) -> "Timeline":
        """Read the heads of a text whose phrases were found by `find`."""
        heads = Heads(year)
        found: list[tuple[int, str | None]] = [(0, None)]
        remaining = iter(times)
        phrase = next(remaining, None)
        for line in lines(text):
            heads.enter(line, text[line.start : line.end])
            found.append((line.start, heads.current))
            while phrase is not None and phrase.start < line.end:
                before = heads.current
                words = text[phrase.start : phrase.end]
                heads.offer(
                    line, words, text[max(line.start, phrase.start - PHRASE_REACH) : phrase.start], phrase.period
                )
                if heads.current != before:
                    found.append((phrase.start, heads.current))
                phrase = next(remaining, None)
        return cls(text, times, year, tuple(t.start for t in times), tuple(found))

    def head(self, position: int) -> str | None:
        """The period at the head of the section that the position lies in."""
        return self._heads[bisect_left(self._heads, (position + 1,)) - 1][1]

    def between(self, start: int, end: int) -> tuple[TimePhrase, ...]:
        """The phrases that begin in `[start, end)`."""
        return self.times[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


def period_for(position: int, timeline: Timeline, *, profile: bool = False, status: Status | None = None) -> str | None:
    """The period that governs the number at a position, to the month at most; None where the article gives none.

    `profile` says that the number is a profile figure (population, area, villages), `status` what is known of it.
    """
    text = timeline.text
    if _AGE.match(text, position):
        return None
    start, end = _line(text, position)
    ends = [m.end() for m in _SENTENCE_END.finditer(text, start, end)]
    at = bisect_left(ends, position + 1)
    sentence = (ends[at - 1] if at else start, end)
    own = _own_clause(timeline, position, sentence, status, look_on=not profile)
    if own is not None:
        return _month(own.period)
    earlier = _earlier(timeline, position, sentence[0], position, status)
    if earlier is not None:
        return _before_change(text, position, _month(earlier.period))
    if profile or status is Status.POLICY:
        return None
    if (later := _told_after(timeline, position, sentence)) is not None:
        return _month(later.period)
    return _before_change(text, position, _handed_on(timeline, position, (start, ends[:at]), status))


def _before_change(text: str, position: int, period: str | None) -> str | None:
    """The period, or for the first number of 由86万人减少到68万人 in a year the end of the year before."""
    changed = period is not None and len(period) == YEAR_CHARS and _CHANGE.match(text, position)
    if changed and _FROM.search(text, max(0, position - 12), position):
        return f"{int(period or 0) - 1}-12"
    return period


def _handed_on(timeline: Timeline, position: int, before: tuple[int, list[int]], status: Status | None) -> str | None:
    """The period that the earlier sentences of the paragraph, or the section's head, hand on to the number's sentence.

    `before` is where the paragraph begins and where each of those sentences ends.
    """
    text, (start, ends) = timeline.text, before
    head = _month(timeline.head(position))
    carried = _carried(timeline, position, start, ends, status)
    if carried is None:
        return head
    past = carried.period is not None and not carried.period.startswith(str(timeline.year))
    if past and (_YEARLY.search(_clause(text, position)) or _speech_begins(text, (start, position))):
        # 去年冬天发放贷款。佳农每年给他3000元。他说:“一度电1元钱: neither is last winter's.
        return head
    if carried.period is not None and _POINT.fullmatch(carried.period) and not _is_by(text, carried):
        # 2018年9月,甲县退出。从各县看,乙县减贫3万人: an event hands on its year, not its month.
        return carried.period[:YEAR_CHARS]
    return _month(carried.period)


def _speech_begins(text: str, span: tuple[int, int]) -> bool:
    """Whether the span ends inside direct speech: people speak of now."""
    speech = [m.end() for m in _SPEECH.finditer(text, *span)]
    return bool(speech) and "”" not in text[speech[-1] : span[1]]


def _line(text: str, position: int) -> tuple[int, int]:
    """The line around a position, within reach: a text without line breaks must not cost its square."""
    low, high = max(0, position - REACH), min(len(text), position + REACH)
    start, end = text.rfind("\n", low, position) + 1, text.find("\n", position, high)
    return start or low, high if end < 0 else end


def _clause_bounds(text: str, position: int, low: int, high: int) -> tuple[int, int]:
    """The clause around a position."""
    begins = [m.end() for m in _CLAUSE_END.finditer(text, low, position)]
    stop = _CLAUSE_END.search(text, position, high)
    return begins[-1] if begins else low, stop.start() if stop else high


def _clause(text: str, position: int) -> str:
    low, high = _clause_bounds(text, position, max(0, position - 60), min(len(text), position + 60))
    return text[low:high]


def _own_clause(
    timeline: Timeline, position: int, sentence: tuple[int, int], status: Status | None, *, look_on: bool
) -> TimePhrase | None:
    """The phrase of the number's own clause: the nearest before it, else (`look_on`) the first after it."""
    low, high = _clause_bounds(timeline.text, position, *sentence)
    phrases = [p for p in timeline.between(low, high) if not _of_the_year(timeline.text, p, status)]
    before = [p for p in phrases if p.start <= position]
    return before[-1] if before else phrases[0] if phrases and look_on else None


def _told_after(timeline: Timeline, position: int, sentence: tuple[int, int]) -> TimePhrase | None:
    """The phrase of a later clause of the sentence that only says when: 电站12座,总装机3600千瓦,去年6月全部并网."""
    text = timeline.text
    stop = _FINAL.search(text, position, sentence[1])
    phrase = next(iter(timeline.between(position, stop.start() if stop else sentence[1])), None)
    if phrase is None:
        return None
    low, high = _clause_bounds(text, phrase.start, position, sentence[1])
    rest = text[low : phrase.start] + text[phrase.end : high]
    return None if _NO_ANSWER.search(rest) or _compares(text, phrase) or phrase.period is None else phrase


def _compares(text: str, phrase: TimePhrase) -> bool:
    """Whether the phrase is what a figure is compared with (比年初增加, 是2015年的2.4倍), not when it holds."""
    if text.startswith("同期", phrase.end) or text[phrase.start : phrase.end] == "以来":
        # 对口帮扶以来 says no year: the number goes by what governs the passage.
        return True
    if text.startswith("的", phrase.end) and text[max(0, phrase.start - 1) : phrase.start] in ("是", "为"):
        return True
    return bool(_COMPARED.search(text, max(0, phrase.start - 4), phrase.start))


def _of_the_year(text: str, phrase: TimePhrase, status: Status | None) -> bool:
    """Whether the phrase only tells a task from others (年度任务, 当年): what was done of it has its own time.

    What a figure is compared with does not date it either.
    """
    words = text[phrase.start : phrase.end]
    return words == "当年" or (words in _OF_THE_YEAR and status in _PRESENT) or _compares(text, phrase)


def _earlier(timeline: Timeline, position: int, low: int, high: int, status: Status | None) -> TimePhrase | None:
    """The last phrase before the number in its sentence that reaches as far as the number."""
    text = timeline.text
    for phrase in reversed(timeline.between(low, high)):
        if _enclosed(text, phrase.end, position) or _of_the_year(text, phrase, status):
            continue
        if status in _PRESENT and _is_cohort(text, phrase):
            continue
        return phrase
    return None


def _enclosed(text: str, phrase_end: int, position: int) -> bool:
    """Whether a quotation, title or bracket that holds the phrase closes before the position."""
    between = text[phrase_end:position]
    for opening, closing in _PAIRS:
        first = between.find(closing)
        if first >= 0 and not 0 <= between.find(opening) < first:
            return True
    return False


def _is_cohort(text: str, phrase: TimePhrase) -> bool:
    """Whether the phrase names a year's project or task (2016年项目), which dates that, not what was done since."""
    return bool(phrase.period) and len(phrase.period or "") == YEAR_CHARS and bool(COHORT.match(text, phrase.end))


def _carried(
    timeline: Timeline, position: int, start: int, ends: list[int], status: Status | None
) -> TimePhrase | None:
    """What the earlier sentences of the paragraph hand on."""
    text = timeline.text
    limit = _first_item(text, start, position)
    starts = [start, *ends][: len(ends)]
    for low, high in reversed(list(zip(starts, ends, strict=True))):
        for phrase in reversed(timeline.between(low, min(high, limit))):
            if _hands_on(text, phrase, low, position, status):
                return phrase
    return None


def _first_item(text: str, start: int, position: int) -> int:
    """Where a running list (一是…二是…) begins, or the position: its items go by what stood before the list."""
    items = list(_ITEM.finditer(text, start, position))
    if not items or _FIRST_ITEM.search(items[-1].group()):
        return position
    firsts = [m.start() for m in items if _FIRST_ITEM.search(m.group())]
    return firsts[-1] if firsts else position


def _is_by(text: str, phrase: TimePhrase) -> bool:
    """Whether the phrase is a closing date: 截至3月, 到年底, 2019年底."""
    return bool(_BY.match(text[phrase.start : phrase.end]))


def _hands_on(text: str, phrase: TimePhrase, sentence: int, position: int, status: Status | None) -> bool:
    """Whether a phrase reaches beyond its sentence.

    The day of an event does not; a closing date (到年底) does only from the head of its sentence; nor do words inside
    a quotation or title that has closed, or a phrase that tells one thing from another (全年).
    """
    words = text[phrase.start : phrase.end]
    if words == "当年" or words in _OF_THE_YEAR or _compares(text, phrase) or _enclosed(text, phrase.end, position):
        return False
    if phrase.period is not None and phrase.period.count("-") == 2 and "/" not in phrase.period:
        return False
    if status in _PRESENT and _is_cohort(text, phrase):
        return False
    if not _is_by(text, phrase):
        return True
    return not re.search("[,，;；:：]", text[sentence : phrase.start])


def _month(period: str | None) -> str | None:
    """The period to the month: a fact holds for a month at the closest, an event has a day."""
    if period is None:
        return None
    return "/".join(part[:7] for part in period.split("/"))
