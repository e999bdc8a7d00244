"""The lines of an article and the time that heads them: which phrase governs a whole report or section."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from summarizer.patterns import compiled
from summarizer.precheck.times.diaries import heads_entry, is_diary

LOOKS_BACK_UNTIL = 2
"""Last month in which an article still reports on the year before as if it were its own."""

REACH = 400
"""How far a quotation, or the words before a head, are looked at: a text in one line must not cost its square."""

YEAR_CHARS = 4
"""Length of a period that is a plain year."""

MONTH_CHARS = 7
"""Length of a period that is a month."""

AGED = compiled(r"[刚才已满过]{0,2}(?:\d{2,3}|[一二三四五六七八九十]{1,3})多?岁")
"""Behind a year: how old somebody was in it (老史今年53岁), which dates nothing else."""

_DAYS = re.compile(r"(\d{4}-\d\d)-\d\d/\1-\d\d")

_LEVELS = (
    (2, re.compile(r"[一二三四五六七八九十]{1,3}、")),
    (4, re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）]")),
    (6, re.compile(r"\d{1,2}[、.．](?!\d)")),
)
_OUTERMOST = 2
_PLAIN = 7
"""The level of a heading without a number; a list that begins below it lies inside it, and moves it above its own."""

_FIRST = re.compile(r"[(（]?[一1][)）、.．]")
_TIMED = re.compile(r"20\d\d年|二[〇○零][〇○零一二][〇○零一二三四五六七八九]年|[今去明]年|[上下]半年|一年")
_SENTENCE_END = re.compile(r"[。！？!?；;…]")
_TITLE_CHARS = 60
"""The first line may be longer: a title that names its issuer."""

_HEADING_CHARS = 30
"""A line without sentence punctuation that is no longer than this is a heading."""

_LEAD_PARAGRAPHS = 3
"""A report names its time in its first paragraphs: the first may be the county's profile."""

_LEAD_PHRASE = 20
"""Characters of a first sentence that only names the theme of its paragraph (产业扶贫夯实根基。)."""

_YEAR_SO_FAR = re.compile(r"(?:今年|本年)以?来|过去的?一年|一年来")
_PLAIN_YEAR = re.compile(
    r"(?:今年|去年|本年|20\d\d年|二[〇○零][〇○零一二][〇○零一二三四五六七八九]年)(?:上半年)?(?:以?来)?$"
)
_PART_OF_YEAR = re.compile(r"(?:今年|20\d\d年)?(?:上半年|前[三3]个?季度|第?[一二三四1-4]季度)$")
_STRETCH = re.compile(r"(?:过去的?|近)[一二两三四五六七八九十]年来?$|[一二两三四五六七八九十]年来$")
_YEARS_ONLY = re.compile(r"[一二两三四五六七八九十\d]{1,2}年")
_FIGURE = re.compile(r"\d")
_ANNOUNCED = re.compile(
    r"[^。！？!?\n]{0,60}?(?:如下|以下(?:几|[一二三四五六七八九十])?(?:个方面|方面|项)?的?工作)[。:：]"
)
_REPORTED_BEFORE = re.compile(r"(?:通报|总结|回顾|盘点|汇报)(?:了|全[县市州区省旗])?$")
_REPORTED_AFTER = re.compile(r"度?[^,，。；;\n]{0,12}(?:工作|情况|成绩|成效|进展)")
_LEARNT = re.compile(r"(?:获悉|了解到)[,，:：]$")
_NEXT_STEPS = re.compile(r"下一?步|下一?阶段|今后|打算|明年|(?:工作|发展)(?:计划|思路|展望)|年计划|展望$")
_TIMELESS = re.compile(rf"{_NEXT_STEPS.pattern}|(?:基本情况|[县市区镇乡村]情|概况)$")
"""Headings of parts that the time at the head of a report does not govern: what comes next, and what the place is."""

_PLAN_PART = re.compile(r"(?:重点|主要)工作$|工作(?:安排|打算|计划|要点|重点|任务)$|(?:主要|目标|重点)任务$|打算$")
_BEFORE_NUMBERED = re.compile(r"[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]")

_PLAN = re.compile(
    r"(?:工作要点|(?:实施|工作|行动|攻坚)方案|(?:行动|工作|实施|攻坚|年度)计划|(?:工作|任务)安排|工作打算|(?:实施|工作)意见|责任清单"
    r"|任务分解(?:表|方案)?|承诺(?:事项|书)|(?:目标)?责任(?:状|书)|(?:年度|目标|重点)任务(?:清单)?|三年(?:计划|规划))[》)）]?(?:的通知)?[》)）]?(?:[(（][^()（）]{1,8}[)）])?$"
)
_REVIEW = re.compile("总结|回顾|汇报|完成情况|工作情况|进展|成效")

_GAPS = ("  ", "\u3000\u3000")
_GAP = re.compile(r"(?<=[。！？!?”])[ \u3000]{2,}(?=[^ \u3000\n])")
"""Two spaces behind a sentence stand where a copied page had the end of a paragraph."""

_RULES = re.compile(r"20\d\d年(?:度|版)?[^\n《》]{0,20}(?:政策|办法|标准|细则|待遇)")

_CONGRESS = re.compile(r"各位代表|政府工作报告")
_REVIEWS = re.compile("工作的?回顾$|^[一二]、.{0,12}回顾$")
_TERM = re.compile("本届|(?:过去|以来)的?(?P<n>[二三四五])年|(?P<back>[三四五])年来")
_TERM_CHARS = 120
"""The term of a government is told in the heading of its review, or in the first sentence under it."""

_ISSUE = re.compile(r"第[\d一二三四五六七八九十]{1,4}期|[春夏秋冬]季?[号刊卷]|[特增专周旬月季]刊|杂志")
"""What names the issue of a paper."""

_LABEL = re.compile(r"^\s*【[^】\n]{1,20}】")
_ENTRY = re.compile(r"^\s*【[^】\n]{2,14}】", re.MULTILINE)
_ENTRIES = 3
_OVERVIEW = re.compile(r"^\s*【(?:[^】\n]{0,8}(?:概况|概述|综述)|基本情况)】", re.MULTILINE)
"""A yearbook's chapter is a row of entries that opens with an overview (【概况】, 【产业扶贫】…)."""

_YEARBOOK = re.compile(r"年鉴|年报|大事记")
_OF_ITS_YEAR = re.compile("年内|年末|全年|是年|当年")
_FROM_NOW = re.compile(
    r"[今去前明]年|目前|当前|现在|如今|眼下|(?<!\d)日前|近[日年]|昨[日天]|记者|本报|我们|我[县市区州旗镇乡村]|下一?步"
)
_YEAR_TOLD = 3
"""So often an entry tells of its year as one that is over (全年, 年内, 年末), and never from the time of writing."""

_MINUTES = re.compile(r"会议?纪要$", re.MULTILINE)
_OFFICIAL = re.compile("总结|汇报|报告|通报|公报|简报|述职")
_REPORT = re.compile(r"总结|汇报|报告|工作情况|简报|回顾|公报|综述|述职")
_NUMBERED = re.compile(r"^\s*一、", re.MULTILINE)
_TITLE_LINES = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text. `level` is None for one that opens no section; `heading` is a line that is only a heading.

    Level 0 is what stands before the first paragraph (the title); numbered sections are 2, 4 and 6, outermost first,
    and a heading without a number is 7.
    """

    start: int
    end: int
    level: int | None
    heading: bool


def paragraph(text: str, low: int, high: int, position: int) -> tuple[int, int]:
    """The paragraph around a position in a line `[low, high)` that may hold several (…脱贫。  “十三五”以来…)."""
    breaks = _breaks(text, low, high)
    at = bisect_right(breaks, position, hi=len(breaks) - 1)
    return breaks[at - 1], breaks[at]


@lru_cache(maxsize=64)
def _breaks(text: str, low: int, high: int) -> list[int]:
    """Where the paragraphs of a line begin and end; kept, because its numbers ask one after another."""
    line = text[low:high]
    gaps = _GAP.finditer(text, low, high) if any(gap in line for gap in _GAPS) else ()
    return [low, *(m.end() for m in gaps), high]


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The lines of a text, cut where a copied page ran its paragraphs together."""
    for match in re.finditer(r"[^\n]+", text):
        at = match.start()
        if any(gap in match.group() for gap in _GAPS):
            for gap in _GAP.finditer(text, at, match.end()):
                yield at, gap.start()
                at = gap.end()
        yield at, match.end()


@lru_cache(maxsize=4)
def lines(text: str) -> tuple[Line, ...]:
    """Every line that is not empty, with the level of the section it opens.

    Kept, because the phrases of a text and its timeline are found one after the other.
    """
    return tuple(_lines(text))


def _lines(text: str) -> Iterator[Line]:
    body = seen = False
    for begin, end in _paragraphs(text):
        content = text[begin:end].strip()
        if not content:
            continue
        start = begin + text[begin:end].index(content[0])
        numbered = next((level for level, mark in _LEVELS if mark.match(content)), None)
        longest = _HEADING_CHARS if seen else _TITLE_CHARS
        heading = len(content) <= longest and not _SENTENCE_END.search(content) and content[-1] not in ",，:："
        level = numbered if numbered is not None else _PLAIN if heading else None
        if heading and not body:
            level = 0
        body, seen = body or not heading, True
        yield Line(start, end, level, heading)


def _title(text: str) -> str:
    """The first lines, as far as they are short: title, subtitle, source."""
    first = [line for line in text[:REACH].split("\n") if line.strip()][:_TITLE_LINES]
    return "\n".join(line for line in first if not _SENTENCE_END.search(line))


def is_plan(text: str) -> bool:
    """Whether the text is a plan by its title (工作要点, 实施方案), not a review that ends with one."""
    return any(_PLAN.search(line.strip()) and not _REVIEW.search(line) for line in _title(text).split("\n"))


def lays_down(text: str) -> bool:
    """Whether the title names rules of a year (2019年到户扶贫政策解读): all its rates and bounds are of that year."""
    return bool(_RULES.search(_title(text)))


def is_report(text: str) -> bool:
    """Whether the text has a report's title or numbered sections."""
    return bool(_REPORT.search(_title(text))) or bool(_NUMBERED.search(text))


def is_review(text: str) -> bool:
    """Whether the title announces a review of the year it names (2016年工作总结), and not only a report."""
    return bool(_REVIEW.search(_title(text)))


def is_yearbook(text: str) -> bool:
    """Whether the text is of a yearbook, by its title, its entries or its words: it tells of one year alone."""
    if _YEARBOOK.search(_title(text)):
        return True
    if len(_OF_ITS_YEAR.findall(text)) >= _YEAR_TOLD and not _FROM_NOW.search(text):
        return True
    return "【" in text and bool(_OVERVIEW.search(text)) and len(_ENTRY.findall(text)) >= _ENTRIES


@dataclass(slots=True)
class Heads:
    """Follows the lines of a text and keeps the period that heads the report and each open section.

    `month` is the month of writing, where it is known: in the first weeks of a year the year before counts as its own.
    """

    text: str
    year: int | None
    month: int | None
    _yearbook: bool = field(init=False)
    _report: bool = field(init=False)
    _says_last_year: bool = field(init=False)
    _congress: bool = field(init=False)
    _diary: bool = field(init=False)
    _open: list[tuple[int, str | None]] = field(default_factory=list)
    _level: int = 0
    _titled: int = -1
    _sections: int = 0
    _paragraphs: int = 0
    _plans: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._yearbook = is_yearbook(self.text)
        self._report = self._yearbook or is_report(self.text)
        self._congress = bool(_CONGRESS.search(self.text))
        headings = (self.text[line.start : line.end].strip() for line in lines(self.text) if line.heading)
        self._diary = is_diary(headings)
        self._says_last_year = "去年" in self.text and not _OFFICIAL.search(_title(self.text))
        if self.year is not None and (self._yearbook or _MINUTES.search(_title(self.text))):
            # A yearbook tells of its year alone, whatever its entries say of time; minutes of what was told that day.
            self._open.append((0, str(self.year)))

    def enter(self, line: Line) -> None:
        """Go on to this line: a new section closes those inside which it does not lie."""
        if line.level is not None:
            self._close(line)
            self._level = line.level
            self._sections += line.level in (_OUTERMOST, _PLAIN)
            self._paragraphs = 0
            self._plans = [level for level in self._plans if level < line.level]
            if _PLAN_PART.search(self._caption(line)):
                self._plans.append(line.level)
            if line.level and _TIMELESS.search(self._caption(line)):
                # 下一步打算 after 今年以来: plans are not this year's work; nor is 一、基本情况 under a year's report.
                self._open.append((line.level, None))
            elif line.level and self._congress and (period := self._reviewed(line)) is not None:
                self._open.append((line.level, period))
        if not line.heading:
            self._paragraphs += 1

    def _reviewed(self, line: Line) -> str | None:
        """The years that a part of a report to a congress reviews (一、本届政府工作回顾): those before it meets.

        How many they are its heading or the paragraph under it says (五年来); else it is the one year before.
        """
        caption = self._caption(line)
        if self.year is None or not _REVIEWS.search(caption) or _TIMED.search(caption):
            return None
        told = _TERM.search(self.text, line.start, min(len(self.text), line.start + _TERM_CHARS))
        years = "一二三四五".index(told["n"] or told["back"] or "五") + 1 if told else 1
        return str(self.year - 1) if years == 1 else f"{self.year - years}/{self.year - 1}"

    def _close(self, line: Line) -> None:
        """Close the sections inside which a new one does not lie.

        2018年工作回顾, without a number, holds the list that begins below it; a heading without a number or a time
        of its own inside a numbered section (产业更兴旺) leaves that section's time in force.
        """
        assert line.level is not None
        level = line.level
        if level == _PLAIN:
            level = 1 if _TIMED.search(self._caption(line)) or _NEXT_STEPS.search(self._caption(line)) else _PLAIN
        elif _FIRST.match(self.text, line.start):
            self._open = [(level - 1, head) if at == _PLAIN else (at, head) for at, head in self._open]
        self._open = [head for head in self._open if head[0] < level or head[0] == 0]

    def _caption(self, line: Line) -> str:
        """The words of a heading, also of one that stands in front of its text (三、下一步打算。…)."""
        content = self.text[line.start : min(line.end, line.start + REACH)]
        if line.heading:
            return content
        caption = re.split("[。:：]", content, maxsplit=1)[0]
        return caption if len(caption) <= _LEAD_PHRASE and _BEFORE_NUMBERED.match(caption) else ""

    def offer(self, line: Line, start: int, end: int, period: str | None) -> None:
        """Take the phrase at this place as a head if it is one."""
        if period is None or AGED.match(self.text, end) or (not line.heading and self._is_wider(period)):
            return
        phrase = self.text[start:end]
        if line.heading:
            # 二、2019年工作计划; a day or 到2020年 in a heading is an event or a goal.
            if heads_entry(self.text[line.start : line.end].strip(), in_diary=self._diary):
                # 11月8日,星期四,小雨: the entry below is told of that day.
                self._open.append((self._level, period))
                return
            if self._level == 0 and _ISSUE.search(self.text, line.start, line.end):
                # 《青山文学》2019年第5期 names the paper; the story under it tells its own times.
                return
            if self._level == 0 and self._says_last_year and period == str((self.year or 0) - 1):
                # 2018年脱贫攻坚综述 in a paper of 2019 that tells of 去年 where it does: the rest has no time.
                return
            if self._level == 0 and _DAYS.fullmatch(period):
                # 一周短波(5月11日—17日): a weekly paper is of the month of its days.
                self._open.append((0, period[:MONTH_CHARS]))
                return
            if self._level == 0 and _YEARS_ONLY.fullmatch(phrase):
                # 四年减贫一万四千人 in a title is one figure's; the text tells its own years.
                return
            first = line.start != self._titled or self._level > 0
            if self._yearbook and self._level == 0:
                return
            if (
                first
                and ("-" not in period or _PART_OF_YEAR.match(phrase))
                and not phrase.startswith(("到", "截", "至", "目前", "当前", "如今", "现"))
            ):
                # 2018年工作总结和2019年工作打算: a title names the year under review first.
                self._titled = line.start
                self._open.append((self._level, period))
        elif self._heads(line, start, end, period):
            phrase_since = phrase.endswith("来")
            first = self._report and self._sections <= 1 and self._is_own(period) and not self._has_head
            lead = self._level or (0 if phrase_since else _PLAIN)
            self._open.append((0 if first or self._yearbook else lead, period))

    @property
    def _has_head(self) -> bool:
        return any(level == 0 for level, _ in self._open)

    def _is_own(self, period: str) -> bool:
        """Whether the period is the year that the article reports on."""
        if self.year is None:
            return False
        looks_back = self.month is not None and self.month <= LOOKS_BACK_UNTIL
        return period == str(self.year) or (looks_back and period == str(self.year - 1))

    def _is_wider(self, period: str) -> bool:
        """Whether a plain year is that of the part of a year which heads the text (2019年前三季度…报告: 今年以来…)."""
        head = self.current or ""
        return len(period) == YEAR_CHARS and len(head) == MONTH_CHARS and head.startswith(period)

    def _heads(self, line: Line, start: int, end: int, period: str) -> bool:
        """Whether a phrase inside a paragraph governs what follows the paragraph too."""
        phrase = self.text[start:end]
        *earlier, before = _SENTENCE_END.split(self.text[max(line.start, start - REACH) : start])
        lead = self._paragraphs <= (1 if self._level else _LEAD_PARAGRAPHS)
        before = _LABEL.sub("", before)
        opens = not earlier or (len(earlier) == 1 and len(earlier[0]) <= _LEAD_PHRASE and not before.strip())
        if _YEAR_SO_FAR.match(phrase) or (self._is_own(period) and phrase.endswith("来")):
            if opens and not before.strip():
                return True
            # After a first sentence on the county's profile 今年以来 must begin its own: 为此,今年以来 is one thing's.
            return lead and not (earlier and before.strip())
        if not lead:
            return False
        if self._is_own(period) and _ANNOUNCED.match(self.text, end):
            # 现将2019年工作情况汇报如下
            return True
        if self._is_own(period) and _PLAIN_YEAR.match(phrase) and self._is_news_of_year(before, end):
            return True
        if _STRETCH.match(phrase):
            # 五年来,全县上下一心。 leads to what was done; 五年来,投入3.2亿元… is told in its own paragraph.
            return self._report and opens and not before.strip() and not _FIGURE.search(self.text, end, line.end)
        if "以来" in phrase or phrase.endswith("来"):
            # 去年以来 must open the paragraph: 为增强能力,去年以来,… speaks of one thing only.
            recent = self.year is not None and period[:YEAR_CHARS] in (str(self.year), str(self.year - 1))
            return recent and not earlier and len(before) <= 6
        if _PART_OF_YEAR.match(phrase):
            # A half-year's report is about the half-year.
            return opens and not before.strip() and self._is_own(period[:YEAR_CHARS]) and self._report
        # 2017年,县里实施9个项目 in an article of 2018 heads its own paragraph only.
        if not (self._is_own(period) and _PLAIN_YEAR.match(phrase)):
            return False
        if earlier and self._report:
            # 2016年建设9处;2017年搬迁1324户;2018年搬迁707户: the last of a row of years heads nothing.
            return not before.strip() and not _TIMED.search(self.text, line.start, start)
        return not earlier and len(before) <= 12

    def _is_news_of_year(self, before: str, end: int) -> bool:
        """Whether news says that it is of the year: 会议通报2018年工作; 记者从县扶贫办获悉,今年…."""
        reported = _REPORTED_BEFORE.search(before) and _REPORTED_AFTER.match(self.text, end)
        return bool(reported) or (not self._sections and bool(_LEARNT.search(before)))

    @property
    def in_plan(self) -> bool:
        """Whether an open section is by its heading a plan (二、2019年重点工作): its bounds are that year's."""
        return bool(self._plans)

    @property
    def current(self) -> str | None:
        """The period at the head of the innermost section that has one."""
        return self._open[-1][1] if self._open else None

    @property
    def at_title(self) -> bool:
        """Whether no section has a head of its own, so that the title's or the lead's is in force."""
        return not self._open or self._open[-1][0] == 0
