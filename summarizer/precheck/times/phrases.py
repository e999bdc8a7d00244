"""Finds the time phrases of a text and works out the period that each means.

A phrase without a year of its own (年底, 第一季度, 次年) takes it from the phrase in force before it in its paragraph,
else from the head of its section, else from the reference year.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from re import Match

from summarizer.precheck.brief import TimePhrase
from summarizer.precheck.times.outline import Heads, lines

LOOKS_BACK_UNTIL = 2
"""Last month in which an article still reports on the year before as if it were its own."""

EARLY_UNTIL = 3
"""Last month in which 过去五年 ends with the year before: the months of the yearly reports."""

_OFFSETS = {"今年": 0, "本年": 0, "本年度": 0, "今": 0, "去年": -1, "上年": -1, "前年": -2, "大前年": -3}
_OFFSETS |= {"明年": 1, "来年": 1, "后年": 2}
_IN_FORCE = {"当年": 0, "同年": 0, "次年": 1, "翌年": 1, "第二年": 1}
_CONGRESSES = {"十八大": 2012, "十九大": 2017, "二十大": 2022}
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九十")} | {"○": 0, "零": 0, "两": 2}

REACH = 400
"""How far a quotation, or the words before a head, are looked at: a text in one line must not cost its square."""

YEAR_CHARS = 4
"""Length of a period that is a plain year."""

_PLAN_NUMBER = 10
"""The tenth five-year plan began in 2001; each takes five years."""

_MONTH_DAY = (
    r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?!亮)"
    r"(?:(?P<day>[12]\d|3[01]|0?[1-9])[日号]|份|[上中下]旬)?[底末初]?"
)
_PART = (
    r"(?P<half>[上下])半年|前(?P<first>[两二三])个?季度|第?(?P<quarter>[一二三四1-4])季度"
    r"|前(?P<months>1[01]|[2-9]|[二两三四五六七八九十]{1,2})个月"
)
_DETAIL = (
    rf"(?:{_MONTH_DAY}|年?(?P<end>[底末终])|年?(?P<begin>初)|{_PART}|[春夏秋冬][季天]?|春节(?:前|后|期间)?|度(?!假))"
)
_SINCE = r"(?P<since>以来|[\u4e00-\u9fff]{2,10}?以来|至今|来(?=[,，])|(?:起|开始)(?!步|草|诉|点))"
_BARE = rf"(?<![每\d前几多])(?<!每年)(?:{_MONTH_DAY}|年(?P<end>[底末终])(?!端)|年(?P<begin>初)|{_PART}){_SINCE}?"
_BY = "(?:截至|截止到?|到|至|自从|自|从)?"
_TO = "[至到~～—–-]{1,2}"
_FORMS = (
    # 2018-07-02
    r"(?P<date>(?:19|20)\d\d[-./](?:1[0-2]|0?[1-9])[-./](?:3[01]|[12]\d|0?[1-9])(?!\d))",
    # 2016年至2018年, 2016—2018年; 1至5月
    rf"(?:从|自)?(?P<from>20\d\d)年?{_TO}(?P<to>20\d\d)年",
    rf"(?P<monthyear>今年|去年|20\d\d年)?(?P<monthfrom>1[0-2]|[1-9])月?{_TO}(?P<monthto>1[0-2]|[1-9])月",
    r"(?P<now>(?:截至|截止到?|到)(?:目前|现在|发稿时?)(?:为止)?|目前|眼下|当前|如今|现如今|现在|迄今(?:为止)?|至今)",
    # 到2019年底, 去年冬天, 今年以来, 从2016年开始, 2017年度
    rf"{_BY}(?P<anchor>(?:19|20)\d\d年|二[〇○零][〇○零一二][〇○零一二三四五六七八九]年|今年|本年度?|去年|上年|大?前年"
    rf"|明年|来年|后年|当年|同年|次年|翌年|(?<![\d一二三四五六七八九])第二年){_DETAIL}?{_SINCE}?",
    # 年底, 第一季度, 10月底, 3月22日
    _BY + _BARE.replace("(?P<", "(?P<bare_"),
    r"(?P<within>(?<![每几多\d一二两三四五六七八九十])年内|全年|(?<!每)年度)",
    r"“?(?P<plan>十[一二三四])五”?(?P<planpart>期间|时期|以来|末|初)",
    r"(?P<congress>十[八九]大|二十大)以来",
    r"(?P<window>近|最近|过去的?|今后|未来|接下来)(?P<n>[一二两三四五六七八九十])年来?",
    r"(?<![\d多几])(?P<back>[一二两三四五六七八九十])年(?P<more>多)?来",
    r"(?P<newyear>过完年|过了年|春节过后|年后)",
    r"(?P<same>当天|当日|当晚|当月)",
    r"(?P<near>本月|上个?月|下个?月)(?:[底末初]|[上中下]旬)?",
    # 经过8年多的发展, 两个月过去了
    r"(?P<elapsed>(?:经过|历经|历时)?(?:\d{1,2}|[一二两三四五六七八九十]{1,3})[多余]?个?[年月]多?"
    r"(?:过去了|的?(?:不懈)?(?:发展|努力|奋斗|建设)))",
    r"(?P<open>近年来|近些年来?|近几年来?|多年来|长期以来|历年来?|以往|以前|从前|以来)",
)
_PHRASE = re.compile("|".join(_FORMS))

COHORT = re.compile(r"度?(?!实施|完成|下达|启动|安排|争取|新[建增])[^\d,，。；;已]{0,6}(?:项目|任务|指标|计划)")
"""What follows a year that names a project or task (2016年项目): it dates that, not what was done of it since."""


@dataclass(slots=True)
class _Clock:
    """What a phrase without a year of its own refers to while a text is read."""

    year: int | None
    month: int | None
    written: str | None
    head: str | None = None
    at_title: bool = True
    paragraph: int | None = None
    event: str | None = None

    @property
    def in_force(self) -> int | None:
        """The year in force: of the paragraph, of the section, or the reference year."""
        if self.paragraph is not None:
            return self.paragraph
        return int(self.head[-4:]) if self.head and "-" not in self.head else self.year

    def looks_back(self) -> bool:
        """Whether an article of the first weeks of a year is speaking of the year before."""
        before = self.year is not None and self.paragraph == self.year - 1
        return before and self.month is not None and self.month <= LOOKS_BACK_UNTIL


def find(text: str, year: int | None, written: str | None) -> tuple[TimePhrase, ...]:
    """Every time phrase of the text, in order. Does not say what it governs: see `periods`."""
    return tuple(_phrases(text, year, written))


def _phrases(text: str, year: int | None, written: str | None) -> Iterator[TimePhrase]:
    month = int(written[5:7]) if written and len(written) >= 7 else None
    clock, heads = _Clock(year, month, written), Heads(year)
    for line in lines(text):
        heads.enter(line, text[line.start : line.end])
        clock.paragraph = None
        for match in _PHRASE.finditer(text, line.start, line.end):
            clock.head, clock.at_title = heads.current, heads.at_title
            period = _resolve(match, clock, text)
            heads.offer(line, match.group(), text[max(line.start, match.start() - REACH) : match.start()], period)
            if period and period.count("-") and "/" not in period:
                clock.event = period
            if period and not _aside(match, text, line.start, line.end):
                clock.paragraph = int(period[-4:]) if len(period) in (4, 9) else int(period[:4])
            yield TimePhrase(match.start(), match.end(), period)


def _aside(match: Match[str], text: str, start: int, end: int) -> bool:
    """Whether the years that follow do not go by this phrase: a goal (到2020年), a project, or a quotation."""
    if match.group().startswith(("到", "至")) or (match["anchor"] and COHORT.match(text, match.end())):
        return True
    before = text[max(start, match.start() - REACH) : match.start()]
    after = text[match.end() : min(end, match.end() + REACH)]
    if re.search("[由从比较与同]$", before):
        # 由2018年底的9.21%降到年底的0.38%, 比上年末下降: two years, and the text stays with the other.
        return True
    return any(before.count(a) > before.count(b) and b in after for a, b in ("“”", "《》"))


def _resolve(match: Match[str], clock: _Clock, text: str) -> str | None:
    """The period of one phrase, or None where the text does not give it."""
    groups = match.groupdict()
    if groups["anchor"]:
        return _anchored(match, clock, text)
    if groups["date"]:
        return "{:0>4}-{:0>2}-{:0>2}".format(*re.split("[-./]", groups["date"]))
    if groups["from"]:
        return f"{groups['from']}/{groups['to']}"
    if groups["monthfrom"]:
        # Like a quarter, 1至7月 is its last month.
        year = _year_of(groups["monthyear"], clock) if groups["monthyear"] else clock.in_force
        return None if year is None else f"{year}-{int(groups['monthto']):02}"
    if groups["now"]:
        looks_back = clock.looks_back() and groups["now"] in ("目前", "当前")
        return str(clock.paragraph) if looks_back else clock.written
    if groups["near"]:
        return _near(groups["near"], clock)
    if groups["elapsed"] or groups["same"]:
        return clock.written if groups["elapsed"] else clock.event
    if groups["within"] or groups["newyear"]:
        return _text(clock.year if groups["newyear"] or _ahead(match, clock, text) else clock.in_force)
    if any(groups[name] for name in ("plan", "congress", "window", "back")):
        return _span_of_years(groups, clock)
    return None if groups["open"] else _bare(match, clock, text)


def _span_of_years(groups: dict[str, str | None], clock: _Clock) -> str | None:
    """“十三五”期间, 十九大以来, 近三年, 五年来."""
    if groups["plan"]:
        return _plan(groups["plan"], groups["planpart"] or "", clock.year)
    if groups["congress"]:
        return _interval(_CONGRESSES[groups["congress"]], clock.year)
    if groups["window"]:
        return _window(groups["window"], _DIGITS[groups["n"] or ""], clock)
    return _years_since(_DIGITS[groups["back"] or ""], bool(groups["more"]), clock)


def _near(words: str, clock: _Clock) -> str | None:
    """本月, 上月: by the month of writing, where that is known."""
    if clock.year is None or clock.month is None:
        return None
    months = clock.year * 12 + clock.month - 1 + {"本": 0, "上": -1, "下": 1}[words[0]]
    return f"{months // 12}-{months % 12 + 1:02}"


def _ahead(match: Match[str], clock: _Clock, text: str) -> bool:
    """Whether a phrase is of a plan, and the year in force is only the head's, and over: the plan is this year's."""
    if clock.paragraph is not None or clock.year is None or (clock.in_force or clock.year) >= clock.year:
        return False
    before = _PLANNED.search(text, max(0, match.start() - 12), match.start())
    return bool(before or _PLANNED_AFTER.match(text, match.end()))


def _text(year: int | None) -> str | None:
    return None if year is None else str(year)


def _interval(start: int, end: int | None) -> str | None:
    if end is None:
        return None
    return str(start) if end <= start else f"{start}/{end}"


def _plan(name: str, part: str, year: int | None) -> str | None:
    """A five-year plan: “十三五” is 2016 to 2020."""
    start = 2001 + 5 * (_numeral(name) - _PLAN_NUMBER)
    if part == "以来":
        return _interval(start, year)
    return {"末": str(start + 4), "初": str(start)}.get(part, f"{start}/{start + 4}")


def _window(word: str, n: int, clock: _Clock) -> str | None:
    """近三年, 过去五年, 今后五年.

    In the first months of a year those past end with the year before, and those to come begin with the year itself.
    """
    if clock.year is None:
        return None
    early = clock.month is not None and clock.month <= EARLY_UNTIL
    if word in ("今后", "未来", "接下来"):
        start = clock.year if early else clock.year + 1
        return _interval(start, start + n - 1)
    past = early or (word.startswith("过去") and clock.month is None)
    end = clock.year - 1 if past else clock.year
    return _interval(end - n + 1, end)


def _years_since(n: int, more: bool, clock: _Clock) -> str | None:
    """五年来, 两年多来: from the year that the paragraph began with where that fits, up to the reference year."""
    if clock.year is None:
        return None
    end = clock.year - (clock.month is not None and clock.month <= LOOKS_BACK_UNTIL)
    if clock.paragraph in (end - n, end - n + 1):
        return _interval(clock.paragraph, end)
    return _interval(end - n + (0 if more else 1), end)


def _numeral(text: str) -> int:
    """A number up to 99 in Arabic or Chinese numerals."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS[tens] if tens else 1 if ten else 0) * 10 + (_DIGITS[ones] if ones else 0)


def _year_of(anchor: str, clock: _Clock) -> int | None:
    if anchor in _IN_FORCE:
        # 当年穷得叮响: without a year before it, 当年 is some time ago.
        return None if clock.paragraph is None and clock.head is None else (clock.in_force or 0) + _IN_FORCE[anchor]
    if anchor in _OFFSETS:
        return None if clock.year is None else clock.year + _OFFSETS[anchor]
    digits = anchor.removesuffix("年")
    return int(digits) if digits.isdecimal() else int("".join(str(_DIGITS[c]) for c in digits))


def _detail(groups: dict[str, str | None], year: int) -> str:
    """The year with the month and day that follow it; quarters and halves are their last month."""
    month = None
    if groups["month"]:
        month = _numeral(groups["month"])
    elif groups["end"]:
        month = 12
    elif groups["begin"]:
        month = 1
    elif groups["half"]:
        month = 6 if groups["half"] == "上" else 12
    elif groups["months"]:
        month = _numeral(groups["months"])
    elif quarter := groups["first"] or groups["quarter"]:
        month = 3 * _numeral(quarter)
    if month is None:
        return str(year)
    day = groups["day"] and int(groups["day"])
    return f"{year}-{month:02}-{day:02}" if day and day <= monthrange(year, month)[1] else f"{year}-{month:02}"


def _anchored(match: Match[str], clock: _Clock, text: str) -> str | None:
    """A phrase with a year word of its own: 2019年底, 去年12月, 今年以来, 从2016年开始."""
    groups = match.groupdict()
    year = _year_of(groups["anchor"] or "", clock)
    if year is None:
        return None
    point = _detail(groups, year)
    if not groups["since"]:
        return point
    return _since(point, year, clock, match, text)


def _since(point: str, year: int, clock: _Clock, match: Match[str], text: str) -> str | None:
    """以来 and 开始 up to the end that the sentence names (从2016年开始…到2020年), else up to the reference year."""
    if goal := _END.match(text, match.end()):
        return f"{point}/{goal[1]}"
    if clock.year is None or year >= clock.year:
        return point[:YEAR_CHARS] if year == clock.year else point
    # 2015年以来, said in January 2016, is the year 2015; 2014年以来 ends with it.
    end = clock.year - (clock.month is not None and clock.month <= LOOKS_BACK_UNTIL)
    return str(year) if year == end else f"{point[:7]}/{end}"


_END = re.compile(r"[^。！？!?\n]{0,60}?[,，]到(20\d\d)年")
_PLANNED_AFTER = re.compile(r"之?前(?!后)|计划|力争|预计|将")
_PLANNED = re.compile(r"(?:预计|计划|力争|确保|拟|将|争取)[^,，。；;]{0,8}$")


def _bare(match: Match[str], clock: _Clock, text: str) -> str | None:
    """A month, quarter or year's end without a year of its own."""
    groups = {
        name.removeprefix("bare_"): value for name, value in match.groupdict().items() if name.startswith("bare_")
    }
    # News of 12 January under the title 2018年工作综述 is of the reference year.
    of_title = groups["month"] is not None and clock.at_title and clock.paragraph is None
    year = clock.year if of_title or _ahead(match, clock, text) else clock.in_force
    if year is None:
        return None
    point = _detail(groups, year)
    if groups["month"] and clock.year is not None:
        early = clock.month is not None and clock.month <= EARLY_UNTIL
        later = early and len(point) > YEAR_CHARS and int(point[5:7]) > (clock.month or 0)
        planned = bool(
            _PLANNED.search(text, max(0, match.start() - 12), match.start()) or _PLANNED_AFTER.match(text, match.end())
        )
        if planned and year < clock.year:
            # What is expected lies ahead, whatever year the paragraph spoke of.
            point = _detail(groups, clock.year)
        elif later and year == clock.year and not planned and not match.group().startswith(("到", "至")):
            # 12月28日 in an article of January is last December.
            point = _detail(groups, year - 1)
    if not groups["since"]:
        return point
    return _since(point, int(point[:4]), clock, match, text)
