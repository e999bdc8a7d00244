"""The year that 今年 means in an article, and when the article was written."""

import re
from collections.abc import Iterator
from enum import Enum

from schemas.vocabulary import Basis

_TITLE_CHARS = 60
_TITLE_YEAR = re.compile(r"(20\d\d)年(?:度|上半年)?[^\n。,，]{0,30}?(?:总结|报告|汇报|情况|综述|纪实)")
_STATED = re.compile(
    r"今年[(（]?(?:是|即)?(20\d\d)年|(20\d\d)年[(（](?:今年|本年)[)）]|去年[(（](?P<last>20\d\d)年?[)）]"
    r"|新华社[^\n。]{0,8}?(20\d\d)年\d{1,2}月\d{1,2}日电"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)年(?!代)")
_GOAL_BEFORE = re.compile(r"(?:到|预计|确保|力争|计划|争取|规划)[^,，。；;截]{0,6}$")
_UNTIL_NOW = re.compile(r"(?:截至|截止到?|直到|达到|得到|受到)$")
_AHEAD_AFTER = re.compile(
    r"(?:年?底)?(?:前|之前)?[^。；;\n]{0,24}?(?:将|力争|确保|计划|目标|提前|要实现|全部脱贫|摘帽|率先|同步|开始,全|以前)"
)
_DONE = re.compile(r"[^。；;\n]{0,40}?(?:已|了|被|获|荣|完成|累计|共|实现|新增|建成|达到|退出|通过)")
_ARRANGED = re.compile(r"(?:安排|部署|谋划|研究)(?:了|好)?(20\d\d)年[^。,，]{0,20}?(?:工作|任务|重点)")
_LEAD_DATE = re.compile(r"(?<![\d年])(1[0-2]|[1-9])月(?:([12]\d|3[01]|[1-9])[日号]|[上中下]旬)")
_SIGNED = re.compile(r"(20\d\d)年(\d{1,2})月(?:(\d{1,2})日)?[)）]?\s*$")


class _Tense(Enum):
    PAST = 1
    AHEAD = 2


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


def _mentions(text: str) -> Iterator[tuple[int, _Tense, str]]:
    """Every year that the text names, with its tense and the words after it.

    Book titles and the baseline of registration are passed over.
    """
    covered = re.sub(r"《[^》\n]{0,60}》", lambda m: "＊" * len(m[0]), text)
    covered = _BASELINE.sub(lambda m: "＊" * len(m[0]), covered)
    for match in _YEAR.finditer(covered):
        before, after = covered[max(0, match.start() - 10) : match.start()], covered[match.end() : match.end() + 50]
        goal = bool(_GOAL_BEFORE.search(before)) and not _UNTIL_NOW.search(before)
        ahead = goal or (bool(_AHEAD_AFTER.match(after)) and not _DONE.match(after.split(",")[0]))
        yield int(match[1]), _Tense.AHEAD if ahead else _Tense.PAST, after


def _inferred(text: str) -> int | None:
    """The year that fits the years named: not before any that is over, and as late as the text speaks of one."""
    month = _lead_month(text)
    if (match := _ARRANGED.search(text)) and (month is None or month <= 3):
        return int(match[1])
    mentions = list(_mentions(text))
    past = [year for year, tense, _ in mentions if tense is _Tense.PAST]
    ahead = [year for year, tense, _ in mentions if tense is _Tense.AHEAD]
    if not past:
        return min(ahead) if ahead else None
    latest = max(past)
    whole = any(year == latest and not re.match(r"第?[一1]季度|[1-3]月", after) for year, _, after in mentions)
    if month is not None and month <= 3 and whole:
        # News of 25 February that looks back on 2020 was written in 2021.
        return latest + 1
    over = any(y == latest and t is _Tense.PAST and re.match(r"年?[底末]", after) for y, t, after in mentions)
    if over and re.search(r"今年|目前", text):
        # 截至2018年底 beside 今年: that year is over.
        return latest + 1
    return latest
