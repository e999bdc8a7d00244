"""The year that 今年 means in an article, and when the article was written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from schemas.vocabulary import Basis

_TITLE_CHARS = 60
_TITLE_YEAR = re.compile(r"(20\d\d)年(?:度|上半年)?[^\n。,，]{0,30}?(?:总结|报告|汇报|情况|综述|纪实)")
_STATED = re.compile(
    r"今年[(（]?(?:是|即)?(20\d\d)年|(20\d\d)年[(（](?:今年|本年)[)）]|去年[(（](?P<last>20\d\d)年?[)）]"
    r"|新华社[^\n。]{0,8}?(20\d\d)年\d{1,2}月\d{1,2}日电"
)
_YEAR = re.compile(
    r"(?<!\d)(20\d\d|二[〇○零][〇○零一二][〇○零一二三四五六七八九])年(?!代)|(?<!\d)(20\d\d)(?=-(?:1[0-2]|0?[1-9])-|[./]\d{1,2}[./]\d|〕|中国|全国)"
)
_MARKS = (
    (re.compile("新冠(?:肺炎)?(?:病毒)?疫情|新型冠状病毒"), 2020),
    (re.compile("今年是(?:脱贫攻坚|全面建成小康社会)[^。]{0,12}收官"), 2020),
    (re.compile("今年是“?十三五”?(?:规划)?的?开局"), 2016),
    (re.compile("今年是“?十四五”?(?:规划)?的?开局"), 2021),
    (re.compile("全国脱贫攻坚总结表彰大会|建党(?:100周年|一百周年|百年)"), 2021),
    (re.compile("新中国成立70周年"), 2019),
    (re.compile("改革开放40周年"), 2018),
    (re.compile("党的十九大(?:报告|精神|以来)"), 2017),
)
"""What no article before a year speaks of: facts of the calendar, used only beside the years that the text names."""

CAMPAIGN_SINCE = 2015

LAST_MONTHS = 11
"""From this month on, news may call the end of its own year past."""

EARLY_UNTIL = 3
"""Up to this month, news that speaks of a whole year speaks of the one before."""
_GOAL_BEFORE = re.compile(r"(?:到|预计|确保|力争|计划|争取|规划|安排|部署|谋划|明年)[^,，。；;截]{0,6}$")
_UNTIL_NOW = re.compile(r"(?:截至|截止到?|直到|达到|得到|受到)$")
_PLANNED_AFTER = re.compile(r"[,，]?[^,，。；;\n已了]{0,12}?(?:将|力争|确保|计划|打算|预计|拟|要)")
_AHEAD_AFTER = re.compile(
    r"(?:年?底)?(?:前|之前)?[^。；;\n]{0,24}?(?:将|力争|确保|计划|目标|提前|要实现|全部脱贫|摘帽|打算|准备|有望|还要|再|率先|同步|开始[,，]全|以前)"
)
_DONE = re.compile(r"[^。；;\n]{0,40}?(?:已|了|被|获|荣|完成|累计|共|实现|新增|建成|达到|退出|通过)")
_TOLD = re.compile(r"[^。；;\n]{0,40}?(?:已|了(?!解)|被|荣获|获得|累计)")
_ARRANGED = re.compile(r"(?:安排|部署|谋划|研究)(?:了|好)?(20\d\d)年[^。,，]{0,20}?(?:工作|任务|重点)")
_LEAD_DATE = re.compile(r"(?<![\d年])(1[0-2]|[1-9])月(?:([12]\d|3[01]|[1-9])[日号]|[上中下]旬)")
_SIGNED = re.compile(r"(20\d\d)年(\d{1,2})月(?:(\d{1,2})日)?[)）]?\s*$")


def reference_year(text: str, published: str | None, given: int | None = None) -> tuple[int | None, Basis | None]:
    """What 今年 means, and where that was taken from; (None, None) where the text names no year.

    What the user gave comes first, then what the text says outright (今年是2020年, a report's title or the date under
    it), then the date of publication, then what the years that the text names allow.
    """
    if given is not None:
        return given, Basis.GIVEN
    if (stated := _stated(text, published)) is not None:
        return stated, Basis.STATED
    if published is not None:
        return int(published[:4]), Basis.PUBLISHED
    inferred = _inferred(text)
    return inferred, None if inferred is None else Basis.INFERRED


def written(text: str, published: str | None, year: int | None) -> str | None:
    """The time of writing: the reference year, with the month where the text itself gives it.

    The month is taken from the date of the news in the first paragraph, or from the date under the text; a date of
    publication says when a page was put up, and is used only for the year.
    """
    if year is None:
        return published[:4] if published else None
    month = _lead_month(text)
    if month is None and (signed := _signature(text)) is not None and signed[0] == year:
        month = signed[1]
    return str(year) if month is None else f"{year}-{month:02}"


def _stated(text: str, published: str | None) -> int | None:
    """The year that the text says outright; a title's year only where the text does not call it 去年."""
    if match := _STATED.search(text):
        return int(match["last"]) + 1 if match["last"] else int(next(filter(None, match.groups())))
    title = next((line.strip() for line in text.split("\n") if line.strip()), "")
    if len(title) <= _TITLE_CHARS and (match := _TITLE_YEAR.search(title)):
        later = published is not None and int(published[:4]) == int(match[1]) + 1
        if not (later and "去年" in text and "今年以来" not in text):
            return int(match[1])
    signed = _signature(text)
    return signed[0] if signed else None


def _signature(text: str) -> tuple[int, int] | None:
    """Year and month of a date that stands alone under the text."""
    last = text.rstrip().rpartition("\n")[2].strip()
    match = _SIGNED.search(last) if len(last) <= 40 else None
    return (int(match[1]), int(match[2])) if match else None


def _lead(text: str) -> str:
    """The first paragraph: the first line that ends a sentence."""
    return next((line for line in text.split("\n") if re.search("[。！？；]", line)), "")


def _lead_month(text: str) -> int | None:
    """The month of a date without a year in the first sentence of the first paragraph, where news says when it was."""
    sentence = re.split("[。！？]", _lead(text), maxsplit=1)[0]
    match = _LEAD_DATE.search(sentence)
    return int(match[1]) if match else None


_BASELINE = re.compile(r"(?:2013年[底末]|2014年).{0,20}建档立卡|建档立卡.{0,12}(?:2013年[底末]|2014年)")
"""The poor were registered nationwide in 2014, as of the end of 2013: articles of any later year name it."""


@dataclass(frozen=True, slots=True)
class _Mention:
    """A year that the text names: whether it lies ahead, is only a starting point (2016年以来), or is told as done."""

    year: int
    ahead: bool
    start: bool
    month: int | None
    end_of_year: bool
    done: bool


def _mentions(text: str) -> Iterator[_Mention]:
    """Every year that the text names; book titles and the baseline of registration are passed over."""
    covered = re.sub(r"《[^》\n]{0,60}》", lambda m: "＊" * len(m[0]), text)
    covered = _BASELINE.sub(lambda m: "＊" * len(m[0]), covered)
    for match in _YEAR.finditer(covered):
        before, after = covered[max(0, match.start() - 10) : match.start()], covered[match.end() : match.end() + 50]
        goal = bool(_GOAL_BEFORE.search(before)) and not _UNTIL_NOW.search(before)
        planned, first = bool(_PLANNED_AFTER.match(after)), re.split("[,，]", after)[0]
        month = re.match(r"-?(1[0-2]|0?[1-9])(?:月|[-.]|\b)|第?[一1](?P<first>季度)", after)
        yield _Mention(
            year=_digits(match[1] or match[2]),
            ahead=goal or planned or (bool(_AHEAD_AFTER.match(after)) and not _DONE.match(first)),
            start=bool(re.search("[自从]$", before) or re.match("以来|起|开始", after)),
            month=None if month is None else 3 if month["first"] else int(month[1]),
            end_of_year=bool(re.match("年?[底末]", after)),
            done=bool(_TOLD.match(after)),
        )


def _digits(year: str) -> int:
    return int(year) if year.isdecimal() else int("".join(str("〇一二三四五六七八九".find(c)) for c in year))


def _not_before(mention: _Mention, month: int | None, *, goes_on: bool) -> int:
    """The earliest reference year beside a year that is past; `month` is of the news, `goes_on` says 今年 or 目前.

    News of 25 February that looks back on 2020, or tells what was done in March 2020, was written in 2021; so was what
    says 今年 beside the end of 2020, unless it is news of the end of that year itself.
    """
    if mention.end_of_year:
        over = goes_on if month is None else month < LAST_MONTHS
    elif month is None:
        over = False
    else:
        over = mention.month > month if mention.month is not None else month <= EARLY_UNTIL
    return mention.year + over


def _inferred(text: str) -> int | None:
    """The year that fits the years named: not before any that is over, and as late as the text speaks of one."""
    month = _lead_month(text)
    if match := _ARRANGED.search(text):
        # A meeting of December arranges the work of the next year.
        return int(match[1]) - (month is not None and month > EARLY_UNTIL)
    mentions = list(_mentions(text))
    goes_on = bool(re.search("今年|目前", text))
    late = month is not None and month >= LAST_MONTHS
    # In news of December, a year of which nothing is told as done is the next one.
    past = [
        _not_before(m, month, goes_on=goes_on) for m in mentions if not m.ahead and not m.start and (m.done or not late)
    ]
    ahead = [m.year for m in mentions if m.ahead]
    marks = [year for words, year in _MARKS if words.search(text)]
    found = max(past + marks) if past or marks else min(ahead, default=None)
    # 脱贫攻坚 is a word of the decision of November 2015: the years named are all history.
    return None if found is not None and found < CAMPAIGN_SINCE and "脱贫攻坚" in text else found
