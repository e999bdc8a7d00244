"""The year that 今年 means in an article, and when the article was written."""

import re
from dataclasses import dataclass

from schemas.vocabulary import Basis
from summarizer.patterns import compiled
from summarizer.precheck.times import datelines, named
from summarizer.precheck.times.datelines import YEARS
from summarizer.precheck.times.named import Mention, digits
from summarizer.precheck.times.outline import is_report, is_yearbook
from summarizer.precheck.times.stretches import numeral

_STATED = compiled(
    r"今年[(（]?(?:是|即)?(20\d\d)年|(20\d\d)年[(（](?:今年|本年)[)）]|去年[(（](?P<last>20\d\d)年?[)）]"
    r"|(20\d\d)年\d{1,2}月\d{1,2}日[电讯]|讯?[(（](20\d\d)年\d{1,2}月\d{1,2}日[)）]讯"
)
_CONGRESS = re.compile("各位代表|政府工作报告")
_REVIEWED = re.compile(
    rf"^[一二三]?[、.]?\s*{YEARS}年(?:政府)?(?:和过去[三五]年)?(?:的)?工作(?:的)?(?:简要|主要)?回顾\s*$", re.MULTILINE
)
"""The first part of a report to the congress: the congress meets in the first months of the next year."""

_VOLUME = re.compile(r"^(?!.*(?:出版|发行|首发|编纂|征订)).*?(?:年鉴[^\n\d]{0,4}(20\d\d)|(20\d\d)年?[^\n\d]{0,12}年鉴)")
"""A yearbook's volume by its year (《青禾年鉴》2017卷, 2017年青禾年鉴), where no news tells that it has come out."""


CAMPAIGN_SINCE = 2015
CAMPAIGN_UNTIL = 2020
_CAMPAIGN_WORDS = (("脱贫攻坚", CAMPAIGN_SINCE), ("建档立卡", 2014), ("精准扶贫", 2014))
"""Words of the campaign, with the first whole year in which articles have them."""

LAST_MONTHS = 11
"""From this month on, news may call the end of its own year past."""

EARLY_UNTIL = 3
"""Up to this month, news that speaks of a whole year speaks of the one before."""

_LAST_MONTH = 12
"""Figures up to December are as often told of in the next year."""

REVIEWED_UNTIL = 2
"""Up to this month, a page may carry the review of a year that calls the year just over 今年."""

_THIS_YEAR = re.compile(r"今年(?!刚|已|才|[满过]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})多?岁)")
"""今年34岁 dates a person only."""

_LIVED = re.compile("今年|去年|明年|目前|当前|如今|现在|眼下|日前|近日|记者|笔者|介绍|获悉|数据显示")
"""Words of who writes in the midst of things; the entries of a yearbook have none."""

_LAST_YEAR = re.compile(r"(?<![比较同与])去年(?!同期)")
_LAST_TOLD = re.compile(r"(?<![比较与同是为的由从])去年(?!同期)")
"""去年 of which something is told, and not what a year is measured by (是去年的两倍)."""

_AIM_OF_NOW = re.compile(
    "(?:定下|部署|安排|谋划|明确)(?:了|好)?今年|今年(?:的|工作)?(?:目标|盘子|打算|将|要|计划|力争|确保)"
)
_YEAR_UNDER_REVIEW = re.compile("今年|全年|一年来|年终")
_YEAR_OVER = re.compile(
    r"今年(?:以?来)?[^。；;]{0,60}(?:截至|截止|到)[^,，。；;]{0,4}(?:年?底|1[0-2]月)|今年(?:第?[四4]季度|下半年|(?:[7-9]|1[0-2])月)"
    r"|(?:截至|截止|到)今年?(?:年?底|1[0-2]月)|明年"
)
_ARRANGED = re.compile(r"(?:安排|部署|谋划|研究)(?:了|好)?(20\d\d)年[^。,，]{0,20}?(?:工作|任务|重点)")
_CLOSING = re.compile(
    r"(?:截至|截止到?|到)今年(1[0-2]|[1-9])月|截[至止](1[0-2]|[1-9])月|今年前(1[01]|[2-9])个月|今年1月?[至—~-](1[0-2]|[2-9])月"
)
_YEARS_ON = re.compile(r"(?<![\d多几十近])([1-9]|[一二两三四五六七八九])年多?来")
_EXIT = r"[^,，。；;]{0,12}(?:摘帽|摘掉|整县脱贫|整体脱贫|退出)"
_EXIT_TOLD = re.compile("批准|宣布|退出|摘帽")
"""A story may begin with the day on which the county was told to be out of poverty, long ago."""

_MEANT = r"(?:力争|确保|争取|计划|预计|努力|将)"
_NOW = r"(?:今年|年内|(?<!\d)(?<!\d年)年底)"
_GOAL_OF_NOW = re.compile(rf"{_MEANT}[^,，。；;]{{0,8}}{_NOW}{_EXIT}|{_NOW}[^,，。；;]{{0,8}}{_MEANT}{_EXIT}")
_GOAL_OF_YEAR = re.compile(rf"(20\d\d)年{_EXIT}")


def reference_year(text: str, published: str | None, given: int | None = None) -> tuple[int | None, Basis | None]:
    """What 今年 means, and where that was taken from; (None, None) where the text tells no year.

    What the user gave comes first, then the year that a yearbook's volume covers, then what the text says outright
    (今年是2020年, a report's title or the date under it), then the date of publication, then what the years that the
    text names allow.
    """
    if given is not None:
        return given, Basis.GIVEN
    if (covered := _covered(text)) is not None:
        return covered, Basis.INFERRED
    if (stated := _stated(text, published)) is not None:
        return stated, Basis.STATED
    if published is not None:
        if _reviews_last_year(text, published) or _is_diary_of_last_year(text, published):
            return int(published[:4]) - 1, Basis.INFERRED
        return int(published[:4]), Basis.PUBLISHED
    if (page := datelines.page_year(text)) is not None:
        return page, Basis.PUBLISHED
    inferred = _inferred(text)
    return inferred, None if inferred is None else Basis.INFERRED


def written(text: str, published: str | None, year: int | None) -> str | None:
    """The time of writing: the reference year, with the month where the text itself gives it.

    The month is taken from the date of the text (under its title or at its end), else from the date of the news in
    the first paragraph, or from the scene with which that begins; a date of publication says when a page was put up,
    and is used only for the year, or where it shows that the first paragraph tells of a month before.
    """
    if year is None:
        return published[:4] if published else None
    dated = datelines.date_line(text) or datelines.signature(text) or datelines.lead_dated(text)
    month = dated[1] if dated and dated[0] == year else datelines.lead_month(text) or datelines.scene_month(text)
    if dated is None and month is not None and published is not None and published[:4] == str(year):
        month = max(month, int(published[5:7] or 0))
    return str(year) if month is None else f"{year}-{month:02}"


def _stated(text: str, published: str | None) -> int | None:
    """The year that the text says outright; a title's year only where the text does not call it 去年."""
    if match := _STATED.search(text):
        return int(match["last"]) + 1 if match["last"] else int(next(filter(None, match.groups())))
    if (dated := datelines.date_line(text)) is not None:
        return dated[0]
    if (signed := datelines.signature(text)) is not None:
        return signed[0] - _sums_up_last_year(text, signed)
    if (lived := datelines.diary_year(text)) is not None:
        # A magazine of the next year may print it (2018年第4期).
        return lived
    if (reviewed := _REVIEWED.search(text)) and "今年以来" not in text and _CONGRESS.search(text):
        return digits(reviewed[1]) + 1
    if (title := datelines.title_year(text)) is not None:
        month = int(published[5:7] or 0) if published else datelines.lead_month(text) or 0
        later = published is None or int(published[:4]) == title + 1
        over = bool(_LAST_YEAR.search(text)) or _aims_at_this_year(text, title)
        is_last = over and "今年以来" not in text and 0 < month <= EARLY_UNTIL
        if not (later and is_last):
            return title
        return title + 1 if published is None else None
    return named.said(text) or datelines.year_line(text) or datelines.visited(text)


def _aims_at_this_year(text: str, title: int) -> bool:
    """Whether a text about a year that it calls by its number has aims for 今年, and none for 明年.

    和田地区2019年脱贫攻坚综述 of January: 2019年16万人脱贫。…会议定下今年的目标.
    """
    named_by_number = any(m.year == title and not m.ahead for m in named.mentions(datelines.body(text)))
    return "明年" not in text and _AIM_OF_NOW.search(text) is not None and named_by_number


def _sums_up_last_year(text: str, signed: tuple[int, int]) -> bool:
    """Whether a text signed in the first months is the report on the year before, which it calls its own.

    万源市2019年工作总结, signed in January 2020: not where it calls that year 去年.
    """
    year, month = signed
    return month <= EARLY_UNTIL and datelines.title_year(text) == year - 1 and not _LAST_YEAR.search(text)


def _reviews_last_year(text: str, published: str) -> bool:
    """Whether a page of the first weeks of a year carries a review that calls the year before 今年."""
    year, month = int(published[:4]), int(published[5:7] or 0)
    if not _YEAR_UNDER_REVIEW.search(text) or _LAST_YEAR.search(text) or not 1 <= month <= REVIEWED_UNTIL:
        return False
    if _aims_at_this_year(text, year - 1):
        return False
    told = [m.year for m in named.mentions(datelines.body(text)) if not m.ahead]
    return year not in told and (year - 1 in told or bool(_YEAR_OVER.search(text)))


def _is_diary_of_last_year(text: str, published: str) -> bool:
    """Whether the entries of a calendar or diary go on to a month that had not come when it was published."""
    month = int(published[5:7] or 0)
    return 0 < month < (datelines.last_entry(text) or 0)


def _closing_month(text: str) -> int | None:
    """The latest month of this year up to which the text counts: 截至今年8月底, 今年前9个月."""
    months = [int(next(filter(None, match.groups()))) for match in _CLOSING.finditer(text)]
    return max(months, default=None)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a text tells of its own time: the month of the news, or that it counts up to; where it last says 今年."""

    month: int | None
    dated: tuple[int, int] | None
    closing: int | None
    this_year: int
    last_year: int
    goes_on: bool
    lived: bool
    story: bool
    ahead: frozenset[int]
    dates_last_year: bool

    @classmethod
    def by(cls, text: str, mentions: list[Mention]) -> "_Told":
        """Read it off a text and the years it names."""
        month = datelines.lead_month(text)
        dated = None if _EXIT_TOLD.search(datelines.lead_sentence(text)) else datelines.lead_dated(text)
        return cls(
            month=month,
            dated=dated,
            dates_last_year=dated is not None and f"去年{dated[1]}月" in text,
            closing=_closing_month(text) if month is None else None,
            this_year=max((m.start() for m in _THIS_YEAR.finditer(text)), default=-1),
            last_year=max((m.start() for m in _LAST_TOLD.finditer(text)), default=-1),
            goes_on="今年" in text or "目前" in text or _LAST_YEAR.search(text) is not None,
            lived=_LIVED.search(text) is not None,
            story="今年以来" not in text and not is_report(text),
            ahead=frozenset(m.year for m in mentions if m.ahead),
        )


def _not_before(mention: Mention, told: _Told) -> int:
    """The earliest reference year beside a year that is past.

    News of 25 February that looks back on 2020, or tells what was done in March 2020, was written in 2021; so was what
    says 今年 or 目前 beside the end of 2020, unless it is news of the end of that year itself, and what counts up to
    August and tells of an October.
    """
    if mention.behind_last:
        # 到去年底…,2019年4月…公告: what is told by way of the end of last year is this year's, whatever 今年 follows.
        return mention.year
    if mention.then_last or (mention.last_after and told.story and not mention.end_of_year and not mention.title):
        return mention.year + 2
    return mention.year + (_is_another(mention, told) or _is_over(mention, told))


def _is_another(mention: Mention, told: _Told) -> bool:
    """Whether the text speaks of 今年, or of a later figure, beside the year: it is another than its own."""
    if mention.compared or mention.then_now:
        return True
    if mention.title or mention.to_come or mention.start or mention.year + 1 in told.ahead:
        return False
    # 2017年11月,全县摘帽。今年又有…: a report may name its own year by its number (2018年搬迁707户。今年还…).
    return mention.beside_now and (told.story or mention.month is not None)


def _is_over(mention: Mention, told: _Told) -> bool:
    """Whether the year is past by what is told of it, and by the month in which the text was written."""
    if told.dated and mention.year == told.dated[0] and not mention.end_of_year:
        # 2020年12月22日,王姐坐在沙发上算账: the day that news begins with, or its scene, is its own.
        return told.dates_last_year
    if mention.end_of_year:
        # 截至2018年底…。2019年计划…: what names the next year does not call it 今年.
        is_last = mention.year + 1 in told.ahead and (told.month is None or told.month >= LAST_MONTHS)
        late = told.month is not None and told.month >= LAST_MONTHS
        return not is_last and (told.this_year >= 0 if late else told.month is not None or told.goes_on or told.lived)
    if told.closing is not None:
        return (mention.month or 0) > told.closing or (mention.month is None and _goes_beyond(mention, told))
    figures = mention.figures and told.story and not mention.title and mention.year + 1 not in told.ahead
    if figures and told.lived and (told.month or 0) < LAST_MONTHS:
        # 2019年,全县产茶2万吨: what a whole year brought is known when it is over.
        return True
    if told.month is None:
        # 2018年他家脱贫。今年又盖了新房: a story that comes to 今年 has not named its own year; a report may.
        return _goes_beyond(mention, told, anywhere=mention.done and mention.month is None)
    if mention.month is not None:
        return mention.month > told.month
    return not mention.meeting and (told.month <= EARLY_UNTIL or ((mention.done or figures) and told.this_year >= 0))


def _goes_beyond(mention: Mention, told: _Told, *, anywhere: bool = False) -> bool:
    """Whether a story says 今年 or 去年 behind a year that it tells of, or 今年 `anywhere`."""
    if not told.story or mention.title:
        return False
    # A month is named beside 去年 as well (2019年3月,市场扩建…。去年卖了4头): it may be of this year.
    last = told.last_year if mention.month is None else -1
    return told.this_year > (-1 if anywhere else mention.end) or last > mention.end


def _covered(text: str) -> int | None:
    """The year that a yearbook's volume covers: it is named after the year in which it appears, the one after.

    Its name stands over the entries, or in the line that says where they are from.
    """
    match = next((m for line in datelines.edge_lines(text) if (m := _VOLUME.search(line))), None)
    if match is None:
        return None
    volume = int(match[1] or match[2])
    entries = datelines.body(text).replace(match.string, "")
    of_years = [m.year for m in named.mentions(entries) if not m.ahead]
    # Something may have been put off to the next year (其余116户转入2016年实施).
    return volume if of_years.count(volume) > of_years.count(volume - 1) else volume - 1


def _inferred(text: str) -> int | None:
    """The year that fits the years named: not before any that is over, and as late as the text speaks of one.

    The goal of the campaign (到2020年) says nothing of the text's own year.
    """
    month = datelines.lead_month(text)
    if match := _ARRANGED.search(text):
        # A meeting of December arranges the work of the next year.
        return int(match[1]) - (month > EARLY_UNTIL if month is not None else "明年" in text)
    if (begins := datelines.plan_begins(text)) is not None:
        return begins
    mentions = list(named.mentions(text))
    late = month is not None and month >= LAST_MONTHS
    named_over = [m for m in mentions if not m.ahead and not m.start]
    # In news of December, a year of which nothing is told as done is the next one, unless the one after it lies ahead.
    told = _Told.by(text, mentions)
    over = [m for m in named_over if not late or m.is_over or m.year + 1 in told.ahead]
    # The entries of a yearbook tell of one year, which they name as a year that is over.
    yearbook = is_yearbook(text)
    past = [m.year + m.compared for m in over] if yearbook else [_not_before(m, told) for m in over]
    # A yearbook is written in the next year, with the words and offices of that.
    calendar = 0 if yearbook else named.by_calendar(text)
    if not past:
        undone = max((_not_before(m, told) for m in named_over), default=None)
        found = _ahead(text, mentions, late=late) or undone or _years_on(text, mentions) or named.soon_over(text)
        return None if found is None else max(found, calendar)
    earliest = max(calendar, _counted_on(text, mentions))
    found = max([*past, earliest])
    if found > earliest and _is_told_of(found - 1, mentions, month):
        found -= 1
    return None if _is_history(found, text) else found


def _ahead(text: str, mentions: list[Mention], *, late: bool) -> int | None:
    """The year of a text that tells of none as past: by its goals and plans, or by what it speaks of."""
    # Beside 今年, a plan of December is for the next year.
    planned = [m.own - (late and "今年" in text and m.own == m.year) for m in mentions if m.own is not None]
    return _same_goal(text) or named.dated_by(text) or min(planned, default=None) or _goal_due(text, mentions)


def _counted_on(text: str, mentions: list[Mention]) -> int:
    """The year that is reached by counting on from those that are named, or with which something began; 0 for none."""
    told = [m for m in mentions if not m.ahead]
    passed = (m.year + m.passed for m in told if m.passed or m.start)
    return max(*passed, _years_past(text, mentions), 0)


def _is_history(year: int, text: str) -> bool:
    """Whether a text of the campaign names only years before it (2012年他带着本钱回来, beside 建档立卡户)."""
    return any(year < since and word in text for word, since in _CAMPAIGN_WORDS)


def _is_told_of(year: int, mentions: list[Mention], month: int | None) -> bool:
    """Whether the last year that is named is shown to be the text's own, though the text says 今年 beside it.

    Figures are counted up to a month of it (截至2019年9月), or something is still meant for it (2020年,全县将…).
    """
    named_last = max((m.year for m in mentions if not m.ahead), default=year)
    if named_last != year or any(m.year == year and (m.compared or m.then_now) for m in mentions):
        return False
    ended = any(m.year == year and m.end_of_year and not m.ahead for m in mentions)
    counted = (m.month for m in mentions if m.year == year and m.closing and m.month is not None and not ended)
    until = max(counted, default=None)
    if until is not None and until < _LAST_MONTH:
        return month is None or month >= until
    return month is None and any(m.year == year and m.to_come for m in mentions)


def _goal_due(text: str, mentions: list[Mention]) -> int | None:
    """The one year to come that a text with 今年 names, where it is no goal of the whole campaign (到2020年)."""
    years = {m.year for m in mentions if m.ahead}
    year = years.pop() if len(years) == 1 and ("今年" in text or "目前" in text) else None
    return None if year is None or year >= CAMPAIGN_UNTIL else year


def _years_on(text: str, mentions: list[Mention]) -> int | None:
    """So many years after the year that something began in: 自2017年4月以来…。两年来,…."""
    begun = {m.year for m in mentions if m.start}
    match = _YEARS_ON.search(text)
    return begun.pop() + numeral(match[1]) if match and len(begun) == 1 else None


def _years_past(text: str, mentions: list[Mention]) -> int:
    """The year that more than so many years behind a beginning lead to (2016年以来…。两年多来,…); 0 for none.

    两年来 alone may count the first year in.
    """
    match = _YEARS_ON.search(text)
    return (_years_on(text, mentions) or 0) if match and "多" in match.group() else 0


def _same_goal(text: str) -> int | None:
    """The year of an exit that the text also puts at the end of this year: 力争年底摘帽 beside 确保2018年整县脱贫."""
    years = {int(match[1]) for match in _GOAL_OF_YEAR.finditer(text)}
    return years.pop() if len(years) == 1 and _GOAL_OF_NOW.search(text) else None
