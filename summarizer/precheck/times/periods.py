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
from summarizer.precheck.times import changes, reach
from summarizer.precheck.times.outline import YEAR_CHARS, Heads, is_plan, lines, paragraph
from summarizer.precheck.times.phrases import month_told

REACH = 2000
"""How far a time phrase reaches inside its paragraph, in characters."""

_CLAUSE_END = re.compile(r"[,，;；:：。！？!?\n(（)）]|——|……")
_SENTENCE_END = re.compile(r"[。！？!?][”』」)）]*|\n")
_HALF_SENTENCE_END = re.compile(r"[;；]")
_ITEM = re.compile(
    r"(?<=[。；;:：,，\n])(?P<n>[一二三四五六七八九十])是(?!否)|(?P<circle>[①-⑩])|其(?P<its>[一二三四五])[,，]"
)
_FIRST_ITEM = re.compile(r"一|①")
_YEARLY = re.compile(r"[每年月]年|年均|每月|每天|年复一年")
_ON_AVERAGE = re.compile("年均|平均每年|每年平均")
_AVERAGE_CHARS = 16
_STANDING = re.compile(
    r"(?:\d{1,3}|[一二两三四五六七八九十]{1,4})(?:[多余]?岁|口人|口之家|个?(?:孩子|儿子|女儿|子女|娃))"
    r"|[^,，。；;]{1,4}个[^,，。；;]{1,20}之一"
)
"""What is told of the moment goes by no phrase: a person's age, a family (去年冬天…。55岁的村民…一家5口人)."""

_AS_OF = re.compile(r"(?:^|[。！？!?\n])[^,，。；;\n]{0,3}$")
"""A date that opens the sentence dates what it says a place has (2017年末,全县辖18个乡镇)."""

_DIVIDED = re.compile(r"(?:下辖|管辖|[县市区旗州盟镇乡]辖|,辖|，辖)[^,，。；;]{0,14}$")
"""What a place is divided into: 全市辖1区6县119个乡镇."""

_LIES = re.compile(r"(?:距离?|(?<![脱远背分偏])离|相距|海拔)[^,，。；;\d]{0,12}$")
"""Distances and heights hold at all times."""

_WHAT_IT_IS = re.compile(
    r"\s*[\u4e00-\u9fff]{2,8}[县市区旗州](?:是|地处|位于|系|属)(?!在)[^。；;]{2,60}?[,，](?:全[县市区旗州]|现?有|辖|总)"
)
"""A sentence that says what a place is, and has: it holds whatever year the report is of."""

_AT_PRESENT = re.compile("现(?:仅)?[有剩存余]|现(?=[^,，。；;]{0,6}剩)")
"""What there is now goes by no year that was told before it: 2018年脱贫144户。全镇现剩余222户."""

_IS_PROFILE = re.compile(
    r"(?:下辖|管辖|[县市区旗州盟镇乡村]辖|,辖|，辖|现辖|共辖)[^,，。；;]{0,6}[\d一二三四五六七八九十]|(?:国土|总|幅员|区域|辖区)面积(?:约|为|达)?\d"
)
"""So does a sentence that says how large a place is, or what it is divided into: 全镇辖8个村,有农户4686户."""

_RULE = re.compile(
    r"规定|标准|要求|按|须|应当?|原则|政策|的比例|一次性|给予|期限|时间不[少超]|以[内下]|不超过|不[低高]于[^,，。\d]{1,8}的|每[^,，。；;]{0,10}(?:不[少低超高多]|至少)"
)
_AT_ALL_TIMES = re.compile(r"不[超低高少多得]|至少|最[高低多少长]|须|按照?规定|[∶:]\d|比例")
"""A bound or a ratio holds whatever year is told of, save in a plan; a rate (每人补贴300元) is that year's."""

_BY_RULE = re.compile(r"\s*(?:根据|按照?|依照)(?:有关|相关|现行)?(?:规定|政策)[,，]")
_SPEECH = re.compile(r"(?:[:：。！？\n]|说|道)[,，]?“")
_CHANGES_TO = re.compile(r"[少降低加高升长大](?:到|至|为)?$")
_FINAL = re.compile(r"[。！？!?；;\n]")
_NO_ANSWER = re.compile(r"\d|[一二三四五六七八九十百千万两]{1,4}[个户人名座家]|预计|计划|将|力争|确保|拟|目标|前")
_POINT = re.compile(r"\d{4}-\d{2}")


@dataclass(frozen=True, slots=True)
class Timeline:
    """The time phrases of a text, and for each of its lines the period at the head of its section."""

    text: str
    times: tuple[TimePhrase, ...]
    year: int | None
    plan: bool
    _starts: tuple[int, ...]
    _heads: tuple[tuple[int, str | None], ...]
    _above: tuple[tuple[int, str | None], ...]

    @classmethod
    def of(
        cls,
        text: str,
        times: tuple[TimePhrase, ...],
        year: int | None,
        written: str | None,
        published: str | None = None,
    ) -> "Timeline":
        """Read the heads of a text whose phrases were found by `find` with the same year and times."""
        heads = Heads(text, year, month_told(written, published))
        found: list[tuple[int, str | None]] = [(0, None)]
        above: list[tuple[int, str | None]] = [(0, None)]
        remaining = iter(times)
        phrase = next(remaining, None)
        for line in lines(text):
            heads.enter(line)
            found.append((line.start, heads.current))
            above.append((line.start, heads.current))
            while phrase is not None and phrase.start < line.end:
                before = heads.current
                heads.offer(line, phrase.start, phrase.end, phrase.period)
                if heads.current != before:
                    found.append((phrase.start, heads.current))
                phrase = next(remaining, None)
        return cls(text, times, year, is_plan(text), tuple(t.start for t in times), tuple(found), tuple(above))

    def head(self, position: int) -> str | None:
        """The period at the head of the section that the position lies in."""
        return self._heads[bisect_left(self._heads, (position + 1,)) - 1][1]

    def above(self, position: int) -> str | None:
        """The period at the head of the section that the position's line begins in."""
        return self._above[bisect_left(self._above, (position + 1,)) - 1][1]

    def between(self, start: int, end: int) -> tuple[TimePhrase, ...]:
        """The phrases that begin in `[start, end)`."""
        return self.times[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


def period_for(position: int, timeline: Timeline, *, profile: bool = False, status: Status | None = None) -> str | None:
    """The period that governs the number at a position, to the month at most; None where the article gives none.

    `profile` says that the number is a profile figure (population, area, villages), `status` what is known of it.
    """
    text = timeline.text
    dated = position > 1 and text.startswith(("今年", "那年", "当时"), position - 2)
    if (_STANDING.match(text, position) and not dated) or _LIES.search(text, max(0, position - 20), position):
        return None
    start, end = _line(text, position)
    ends = [m.end() for m in _SENTENCE_END.finditer(text, start, end)]
    at = bisect_left(ends, position + 1)
    sentence = (ends[at - 1] if at else start, end)
    if _DIVIDED.search(text, max(0, position - 20), position):
        return _as_of(timeline, sentence[0], position)
    if (own := _own_clause(timeline, position, sentence, status, look_on=not profile)) is not None:
        return (
            changes.of_change(text, position, own, None)
            if changes.FROM.search(text, own.end, position)
            else changes.month(own.period)
        )
    if (side := _beside(timeline, position, sentence[0])) is not None:
        return side
    rule = _is_rule(text, position, sentence[0], status)
    low = _half_sentence(text, sentence[0], position) if rule else sentence[0]
    if (earlier := _earlier(timeline, position, low, position, status)) is not None:
        before = _begun(timeline, sentence[0], earlier) or _carried(timeline, position, start, ends[:at], status)
        return changes.of_change(text, position, earlier, before)
    if profile:
        return None
    if rule:
        return _of_rule(timeline, position, sentence[0])
    if (later := _told_after(timeline, position, sentence)) is not None:
        return changes.month(later.period)
    return _handed_on(timeline, position, (start, ends[:at]), status)


def _beside(timeline: Timeline, position: int, low: int) -> str | None:
    """The period of a number that goes by another phrase of its sentence than the one before it.

    What the next change starts from is of the day that the one before started from (村由2015年底的54个减至8个,人口由
    452万减至24万), or of the beginning of the stretch that is told of; an average a year is told of the stretch.
    """
    text, phrases = timeline.text, timeline.between(low, position)
    if not phrases:
        return None
    ends = (p for p in reversed(phrases) if _CHANGES_TO.search(text, max(low, p.start - 4), p.start) is None)
    last = next((p.period for p in ends if p.period), None)
    stretch = last if last and "/" in last else None
    if changes.begins(text, position):
        left = next((p.period for p in reversed(phrases) if reach.is_left(text, p, position)), None)
        return changes.month(left or (stretch and stretch.partition("/")[0]))
    if stretch and _ON_AVERAGE.search(text, max(low, position - _AVERAGE_CHARS), position):
        return changes.month(stretch)
    return None


def _begun(timeline: Timeline, low: int, phrase: TimePhrase) -> TimePhrase | None:
    """The beginning of the change whose end the phrase dates (由2013年底的13.4万人减少到2016年底的7.9万人)."""
    if not _CHANGES_TO.search(timeline.text, max(low, phrase.start - 4), phrase.start):
        return None
    before = [p for p in timeline.between(low, phrase.start) if timeline.text[p.start - 1] in "由从"]
    return before[-1] if before else None


def _as_of(timeline: Timeline, low: int, position: int) -> str | None:
    """The closing date at the head of the sentence, for what a place is divided into; no other phrase dates it."""
    first = next(iter(timeline.between(low, position)), None)
    if first is None or not reach.is_by(timeline.text, first):
        return None
    return changes.month(first.period) if _AS_OF.search(timeline.text, max(0, low - 1), first.start) else None


def _half_sentence(text: str, low: int, position: int) -> int:
    """Where the half-sentence begins, after the last semicolon."""
    marks = [m.end() for m in _HALF_SENTENCE_END.finditer(text, low, position)]
    return marks[-1] if marks else low


def _is_rule(text: str, position: int, low: int, status: Status | None) -> bool:
    """Whether the words around a number lay down a rule; what reads like one (保持在90%左右) may tell what was."""
    start = _half_sentence(text, low, position)
    if status is not Status.POLICY:
        return bool(_BY_RULE.match(text, start))
    stop = _CLAUSE_END.search(text, position, position + 40)
    return bool(_RULE.search(text, start, stop.start() if stop else position + 40))


def _of_rule(timeline: Timeline, position: int, low: int) -> str | None:
    """The period at the head of the section for a rate that is paid, and for any rule of a plan; none for a bound.

    `low` is where the sentence begins.
    """
    text, head = timeline.text, timeline.above(position)
    ahead = head is not None and timeline.year is not None and int(head[:YEAR_CHARS]) > timeline.year
    standing = _AT_ALL_TIMES.search(_clause(text, position)) or _BY_RULE.match(text, low)
    return None if standing and not timeline.plan and not ahead else changes.of_head(text, position, head)


def _handed_on(timeline: Timeline, position: int, before: tuple[int, list[int]], status: Status | None) -> str | None:
    """The period that the earlier sentences of the paragraph, or the section's head, hand on to the number's sentence.

    `before` is where the paragraph begins and where each of those sentences ends.
    """
    text, (start, ends) = timeline.text, before
    head = changes.month(timeline.head(position))
    low = ends[-1] if ends else start
    if _WHAT_IT_IS.match(text, low) or _IS_PROFILE.search(text, low, position):
        return None
    carried = _carried(timeline, position, start, ends, status)
    if carried is None:
        return changes.of_head(text, position, timeline.head(position))
    past = carried.period is not None and not carried.period.startswith(str(timeline.year))
    if past and (_YEARLY.search(_clause(text, position)) or _speech_begins(text, (start, position))):
        # 去年冬天发放贷款。佳农每年给他3000元。他说:“一度电1元钱: neither is last winter's.
        return head
    if past and timeline.year is not None and _AT_PRESENT.search(_clause(text, position)):
        return head or str(timeline.year)
    if carried.period is not None and _POINT.fullmatch(carried.period) and not reach.is_closing(text, carried):
        # 2018年9月,甲县退出。从各县看,乙县减贫3万人: an event hands on its year, not its month.
        return carried.period[:YEAR_CHARS]
    return changes.of_change(text, position, carried, None)


def _speech_begins(text: str, span: tuple[int, int]) -> bool:
    """Whether the span ends inside direct speech: people speak of now."""
    speech = [m.end() for m in _SPEECH.finditer(text, *span)]
    return bool(speech) and "”" not in text[speech[-1] : span[1]]


def _line(text: str, position: int) -> tuple[int, int]:
    """The paragraph around a position, within reach: a text without line breaks must not cost its square."""
    low, high = max(0, position - REACH), min(len(text), position + REACH)
    start, end = text.rfind("\n", low, position) + 1, text.find("\n", position, high)
    return paragraph(text, start or low, high if end < 0 else end, position)


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
    text = timeline.text
    low, high = _clause_bounds(text, position, *sentence)
    phrases = [p for p in timeline.between(low, high) if not reach.is_aside(text, p, position, status)]
    before = [p for p in phrases if p.start <= position]
    if before or not look_on:
        return before[-1] if before else None
    # 38万人中2014年识别的贫困人口: the phrase dates a part of what is counted.
    after = next(iter(phrases), None)
    part = after and text[position : after.start].endswith(("中", "里"))
    return None if part or (after and changes.ends_with(text, position, after)) else after


def _told_after(timeline: Timeline, position: int, sentence: tuple[int, int]) -> TimePhrase | None:
    """The phrase of a later clause of the sentence that only says when: 电站12座,总装机3600千瓦,去年6月全部并网."""
    text = timeline.text
    stop = _FINAL.search(text, position, sentence[1])
    phrase = next(iter(timeline.between(position, stop.start() if stop else sentence[1])), None)
    if phrase is None:
        return None
    low, high = _clause_bounds(text, phrase.start, position, sentence[1])
    rest = text[low : phrase.start] + text[phrase.end : high]
    return None if _NO_ANSWER.search(rest) or reach.compares(text, phrase) or phrase.period is None else phrase


def _earlier(timeline: Timeline, position: int, low: int, high: int, status: Status | None) -> TimePhrase | None:
    """The last phrase before the number in its sentence that reaches as far as the number."""
    text = timeline.text
    for phrase in reversed(timeline.between(low, high)):
        if reach.is_aside(text, phrase, position, status) or reach.is_past(text, phrase):
            continue
        if status in reach.PRESENT and reach.is_cohort(text, phrase):
            continue
        return phrase
    return None


def _carried(
    timeline: Timeline, position: int, start: int, ends: list[int], status: Status | None
) -> TimePhrase | None:
    """What the earlier sentences of the paragraph hand on."""
    text = timeline.text
    limit = _first_item(text, start, position)
    starts = [start, *ends][: len(ends)]
    for low, high in reversed(list(zip(starts, ends, strict=True))):
        later: set[str] = set()
        for phrase in reversed(timeline.between(low, min(high, limit))):
            year = (phrase.period or "")[:YEAR_CHARS]
            if reach.hands_on(text, phrase, (start, low), position, status, timeline.year):
                if later - {year}:
                    # 去年完成2350万元,今年前三季度已达3180万元。: the sentence went on from last year to this.
                    break
                return phrase
            if year and not reach.is_aside(text, phrase, position, status):
                later.add(year)
    return None


def _first_item(text: str, start: int, position: int) -> int:
    """Where a running list (一是…二是…) begins, or the position: its items go by what stood before the list."""
    items = list(_ITEM.finditer(text, start, position))
    if not items or _FIRST_ITEM.search(items[-1].group()):
        return position
    firsts = [m.start() for m in items if _FIRST_ITEM.search(m.group())]
    return firsts[-1] if firsts else position
