"""What a time phrase means: the year, month or stretch that its words give, read beside what stood before it.

A phrase without a year of its own (年底, 第一季度, 次年) takes it from the date before it in its sentence, from the
year in force in its paragraph, from the head of its section, or from the reference year, in this order.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from re import Match

from summarizer.precheck.times import stretches
from summarizer.precheck.times.clock import Clock
from summarizer.precheck.times.outline import YEAR_CHARS
from summarizer.precheck.times.stretches import DIGITS, EARLY_UNTIL, numeral

EPIDEMIC = 2020
"""The year in which 疫情发生后 and 受疫情影响 are told of."""

_OFFSETS = {"今年": 0, "本年": 0, "本年度": 0, "今": 0, "去年": -1, "去": -1, "前年": -2, "大前年": -3}
_OFFSETS |= {"明年": 1, "来年": 1, "后年": 2}
_IN_FORCE = {"当年": 0, "同年": 0, "是年": 0, "头一年": 0, "次年": 1, "下年": 1, "翌年": 1, "第二年": 1, "转过年": 1}
_GO_ON = ("头一年", "第二年", "转过年", "次年", "翌年")

_END = re.compile(r"[^。！？!?\n]{0,60}?[,，]到(20\d\d)年")
_PLANNED_AFTER = re.compile(r"之?前(?!后)|就[该要]|计划|力争|预计|将")
_PLANNED = re.compile(r"(?:预计|计划|力争|确保|拟|将|争取)[^,，。；;]{0,8}$")
_CLAUSE_CHARS = 40
_DONE = re.compile(r"了(?!解)|已|[被获]|通过|批准|宣布")
_LAST_YEAR = re.compile("[去上]年底?$")
_LAST_YEAR_CHARS = 3
_HAN = re.compile("[\u4e00-\u9fff]")
_FINISHED = re.compile("[。！？；;]")
_TELLS = re.compile(r"(?:说|介绍|告诉[^,，。]{0,6})[,，:：]")


_FEASTS = {"国庆": 10, "十一": 10, "五一": 5}
"""Holidays with a month of their own."""

_Part = Callable[[str], str | None]
"""The words of a part of a phrase by its name, None where it has none."""


def meaning(match: Match[str], clock: Clock, text: str) -> str | None:
    """The period of one phrase, or None where the text does not give it."""
    groups = match
    if groups["anchor"]:
        return _anchored(match, clock, text)
    if groups["date"]:
        return "{:0>4}-{:0>2}-{:0>2}".format(*re.split("[-./]", groups["date"]))
    if groups["firstday"] or groups["fromyear"]:
        return _days(match, clock, text) if groups["firstday"] else _months(match, clock)
    if groups["from"] or groups["twoyears"]:
        return f"{groups['from']}/{groups['to'] or groups['with']}" if groups["from"] else _two_years(match, clock)
    if groups["monthfrom"]:
        # Like a quarter, 1至7月 is its last month; 4月至6月 is a span.
        bare = clock.year if _is_past_last_year(match.start(), clock, text) else clock.in_force
        year = _year_of(groups["monthyear"], clock) if groups["monthyear"] else bare
        first, last = int(groups["monthfrom"]), f"{year}-{int(groups['monthto']):02}"
        return None if year is None else last if first == 1 else f"{year}-{first:02}/{last}"
    if groups["now"] or groups["lately"]:
        looks_back = clock.looks_back() and groups["now"] in ("目前", "当前")
        return str(clock.paragraph) if looks_back else clock.written
    if groups["feast"] or groups["near"]:
        return _feast(match, clock, text) if groups["feast"] else _near(groups["near"], clock)
    if groups["paired"] or groups["epidemic"] or groups["scene"]:
        return _of_event(groups, clock)
    if groups["elapsed"] or groups["same"]:
        return clock.written if groups["elapsed"] else _same(match, clock, text)
    if groups["within"] or groups["newyear"] or groups["season"]:
        return _text(clock.year if groups["newyear"] or _ahead(match, clock, text) else clock.in_force)
    if groups["ago"]:
        return None if clock.year is None or groups["longer"] else str(clock.year - numeral(groups["ago"]))
    if any(groups[name] for name in ("plan", "congress", "window", "back", "during", "after", "later")):
        return stretches.of_years(groups, clock, text)
    return None if groups["open"] or groups["past"] or groups["future"] else _bare(match, clock, text)


def _two_years(match: Match[str], clock: Clock) -> str | None:
    """去冬今春, 今冬明春, 今明两年: a year and the next."""
    if clock.year is None:
        return None
    first = clock.year + "去今明".index(match.group()[0]) - 1
    return f"{first}/{first + 1}"


def _days(match: Match[str], clock: Clock, text: str) -> str | None:
    """5月12日至14日: from day to day."""
    month = int(match["firstmonth"])
    year = _year_of(match["dayyear"], clock) if match["dayyear"] else _year_of_month(match, month, clock, text)
    if year is None:
        return None
    last = int(match["lastmonth"] or month)
    return f"{year}-{month:02}-{int(match['firstday']):02}/{year}-{last:02}-{int(match['lastday']):02}"


def _months(match: Match[str], clock: Clock) -> str | None:
    """去年10月至今年1月: from month to month."""
    first = _year_of(match["fromyear"], clock)
    years = {"次年": first and first + 1, "翌年": first and first + 1}
    last = years[match["toyear"]] if match["toyear"] in years else _year_of(match["toyear"], clock)
    if first is None or last is None:
        return None
    return f"{first}-{int(match['frommonth']):02}/{last}-{int(match['tomonth']):02}"


def _of_event(groups: Match[str], clock: Clock) -> str | None:
    """结对以来: from the year that the text names for it; 疫情发生后: the year of the epidemic; 傍晚: of the report."""
    if groups["scene"]:
        # Under the date of a diary it is that day's.
        return clock.written if clock.head is None or "-" not in clock.head else None
    if groups["epidemic"]:
        return str(EPIDEMIC) if clock.year in (EPIDEMIC, EPIDEMIC + 1) else None
    return None if clock.paired is None else stretches.interval(clock.paired, clock.last_year)


def _same(match: Match[str], clock: Clock, text: str) -> str | None:
    """当天, 当时, 那天: the event told of last; 那年, 那时: the year in force, or that of the paragraphs before.

    女儿出嫁那年 is a year of its own, which the text need not tell.
    """
    words = match.group()
    if words in ("那年", "那一年") and _HAN.match(text[match.start() - 1 : match.start()]):
        return None
    if not words.startswith(("那年", "那一年", "那时", "那会儿")):
        return clock.event
    # 头回来是2014年…,如今坐车不到一小时。那一年: it points back behind what was told of now.
    over = (year for year in reversed(clock.named) if clock.year is None or year < clock.year)
    told = next(over, clock.named[-1]) if clock.named else clock.told
    return None if words.startswith(("那时", "那会儿")) and told == clock.year else _text(told)


def _feast(match: Match[str], clock: Clock, text: str) -> str | None:
    """国庆7天: the month of the holiday."""
    month = _FEASTS[match["feast"]]
    # 第二年国庆节前, 2017年国庆节: the year stands before it.
    named = clock.named[-1] if clock.named and text.startswith("年", match.start() - 1) else None
    year = clock.year if match["just"] else named or _year_of_month(match, month, clock, text)
    return None if year is None else f"{year}-{month:02}"


def _near(words: str, clock: Clock) -> str | None:
    """本月, 这个月, 上月: by the month of writing, where that is known, else within the year of writing."""
    if clock.year is None or clock.month is None:
        return _text(clock.year)
    months = clock.year * 12 + clock.month - 1 + {"上": -1, "下": 1}.get(words[0], 0)
    return f"{months // 12}-{months % 12 + 1:02}"


def _ahead(match: Match[str], clock: Clock, text: str) -> bool:
    """Whether a phrase is of a plan, and the year in force is only the head's, and over: the plan is this year's."""
    if clock.paragraph is not None or clock.year is None or (clock.in_force or clock.year) >= clock.year:
        return False
    return _is_planned(match, text)


def _is_planned(match: Match[str], text: str) -> bool:
    """Whether the words around a phrase speak of a plan."""
    before = _PLANNED.search(text, max(0, match.start() - 12), match.start())
    return bool(before or _PLANNED_AFTER.match(text, match.end()))


def _text(year: int | None) -> str | None:
    return None if year is None else str(year)


def _year_of(anchor: str, clock: Clock) -> int | None:
    if anchor in _IN_FORCE:
        if anchor in _GO_ON and clock.named and clock.year is not None and clock.named[-1] < clock.year:
            # 到2017年底,户均收入9600元。第二年不用动员: a closing date is in force for nothing else, but told.
            if anchor == "头一年" and clock.named[-1] == clock.named[-2]:
                # 2014年底换届,…。头一年死了6只: what began at the end of a year has its first year behind it.
                return clock.begun[-1]
            return clock.named[-1] + _IN_FORCE[anchor]
        if clock.paragraph is None and clock.head is None:
            # 当年穷得叮响: without a year before it, 当年 is some time ago; 头一年 goes on with the story.
            return clock.told + _IN_FORCE[anchor] if clock.told and anchor in _GO_ON else None
        return (clock.in_force or 0) + _IN_FORCE[anchor]
    if anchor == "上年":
        if clock.reaches_last_year:
            # 2014至2017年,19305户脱贫;到上年末还剩2881户: the stretch has come up to it.
            return clock.in_force
        # 去年,…由上年的4.6%降到2.7%: the year before the one that is told.
        return None if clock.in_force is None else clock.in_force - 1
    if anchor in _OFFSETS:
        return None if clock.year is None else clock.year + _OFFSETS[anchor]
    digits = anchor.removesuffix("年")
    return int(digits) if digits.isdecimal() else int("".join(str(DIGITS[c]) for c in digits))


def _detail(part: _Part, year: int) -> str:
    """The year with the month and day that follow it; quarters and halves are their last month.

    `part` gives the words of a part of the phrase by its name.
    """
    month = None
    if of_year := part("month"):
        month = numeral(of_year)
    elif part("end"):
        month = 12
    elif part("begin"):
        month = 1
    elif half := part("half"):
        month = 6 if half == "上" else 12
    elif months := part("months"):
        month = numeral(months)
    elif quarter := part("first") or part("quarter"):
        month = 3 * numeral(quarter)
    if month is None:
        return str(year)
    day = int(part("day") or 0)
    return f"{year}-{month:02}-{day:02}" if day and day <= monthrange(year, month)[1] else f"{year}-{month:02}"


def _anchored(match: Match[str], clock: Clock, text: str) -> str | None:
    """A phrase with a year word of its own: 2019年底, 去年12月, 今年以来, 从2016年开始."""
    year = _year_of(match["anchor"] or "", clock)
    if year is None:
        return None
    point = _detail(match.group, year)
    if not match["since"]:
        return point
    return _since(point, year, clock, match, text)


def _since(point: str, year: int, clock: Clock, match: Match[str], text: str) -> str | None:
    """以来 and 开始 up to the end that the sentence names (从2016年开始…到2020年), else up to the reference year."""
    if goal := _END.match(text, match.end()):
        return f"{point}/{goal[1]}"
    if clock.year is None or year >= clock.year:
        # 今年3月以来 is the year so far; 从今年1月起 is when something began to hold.
        begins = match.group().endswith(("起", "开始"))
        return point if begins or year != clock.year else point[:YEAR_CHARS]
    # 2015年以来, said in January 2016, is the year 2015; 2014年以来 ends with it.
    end = clock.last_year
    return str(year) if year == end else f"{point[:7]}/{end}"


def _bare(match: Match[str], clock: Clock, text: str) -> str | None:
    """A month, quarter or year's end without a year of its own."""

    def part(name: str) -> str | None:
        return match[f"bare_{name}"]

    if month := part("month"):
        year = _year_of_month(match, numeral(month), clock, text)
    else:
        of_now = _ahead(match, clock, text) or _told_now(part, clock, match.start(), text)
        year = clock.year if of_now else clock.in_force
    if year is None:
        return None
    point = _detail(part, year)
    return _since(point, year, clock, match, text) if part("since") else point


def _year_of_month(match: Match[str], month: int, clock: Clock, text: str) -> int | None:
    """The year of a month that stands alone."""
    if _is_planned(match, text) and clock.year is not None:
        # What is expected lies ahead, whatever year that is over the paragraph spoke of.
        return max(clock.year, clock.in_force or 0)
    if clock.dated is not None:
        # 2018年7月通过检查,9月批准退出: the date before it in the sentence says the year.
        return clock.dated
    if _is_past_last_year(match.start(), clock, text) and (clock.month is None or month <= clock.month):
        return clock.year
    early = clock.month is not None and clock.month <= EARLY_UNTIL
    if match.group().startswith("截") and clock.year is not None and not early:
        # 2014年识别6000户。截至11月底,累计脱贫5000户: up to now.
        return clock.year
    # News of 12 January under the title 2018年工作综述 is of the reference year.
    of_title = clock.at_title and clock.paragraph is None
    if of_title and early and clock.headed == (clock.year or 0) - 1 and month > (clock.month or 0):
        # Under 2019年脱贫攻坚综述 of January 2020, 到11月底竣工 is of the year that the title names.
        return clock.headed
    year = clock.year if of_title else clock.in_force
    over = early or _DONE.search(_clause_after(match, text))
    if year is not None and clock.paragraph == year and _rolls_over(year, month, clock):
        return year + 1
    if year is not None and year == clock.year and clock.month is not None and over and month > clock.month:
        # 12月28日 in an article of January is last December; 到6月底 is still to come.
        return year if match.group().startswith(("到", "至")) else year - 1
    return year


def _is_past_last_year(position: int, clock: Clock, text: str) -> bool:
    """Whether the text is done with 去年 when it comes to months of no year: 去年户均分红850元。…2月里压了7万斤山药."""
    early = clock.month is not None and clock.month <= EARLY_UNTIL
    if early or clock.year is None or clock.paragraph != clock.year - 1:
        return False
    told = _LAST_YEAR.search(text, max(0, clock.since - _LAST_YEAR_CHARS), clock.since)
    return told is not None and _FINISHED.search(text, clock.since, position) is not None


def _rolls_over(year: int, month: int, clock: Clock) -> bool:
    """Whether a paragraph has gone on into the next year: 2019年10月提出申请…12月15日进驻…2月24日公示."""
    before, _, told = (clock.event or "").partition("-")
    if clock.year is None or clock.month is None or not told or before != str(year):
        return False
    return month < int(told[:2]) and (year + 1, month) <= (clock.year, clock.month)


def _clause_after(match: Match[str], text: str) -> str:
    """The rest of the phrase's clause, or the next one where a mark follows the phrase."""
    rest = text[match.end() : match.end() + _CLAUSE_CHARS].lstrip(",，")
    return re.split("[,，。；;\n]", rest, maxsplit=1)[0]


def _told_now(part: _Part, clock: Clock, position: int, text: str) -> bool:
    """Whether a part of the year is told of now, though the paragraph named a year that is over.

    In speech after that year (2016年装上电站。老汪说,上半年…), in a sentence of its own after 去年 (去年户均分红860元。
    92座电站上半年发电251万度), and the beginning of the year after one that is longer ago.
    """
    if clock.paragraph is None or clock.year is None:
        return False
    apart = _FINISHED.search(text, clock.since, position) is not None
    if part("begin"):
        return apart and clock.paragraph < clock.year - 1
    if not (part("half") or part("quarter") or part("first") or part("months")):
        return False
    return (apart and clock.paragraph == clock.year - 1) or bool(_TELLS.search(text, clock.since, position))
