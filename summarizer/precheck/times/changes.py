"""Figures of two times or more in one row (由86万人减少到68万人, 三年分别为1亿元…): of which time each of them is."""

import re

from summarizer.precheck.brief import TimePhrase
from summarizer.precheck.times import reach
from summarizer.precheck.times.outline import YEAR_CHARS

FROM = re.compile(r"[由从][^,，。;；:：]{0,10}$")
_CHANGE = re.compile(
    r"(?:[\d.]+|[一二两三四五六七八九十百千万]+)[^\d,，。;；:：]{0,6}(?:减少|下降|降低|降|压减|减|缩小|增加|提高|上升|增长|提升|增|升|涨|跌|掉"
    r"|压缩|缩|扩大|扩|拓宽|加宽|谈|发展|调整|上调|下调|提)(?:到|至|为|成)"
)
_CHANGED = re.compile(r"[由从][^,，。;；:：]{0,14}(?:减少|下降|降低|降|压减|减|缩小|增加|提高|上升|增)(?:到|至|为)$")
_REACHED = re.compile(
    r"[\u4e00-\u9fff]{2}(?:达到?了?|[升降增减加少高长大低展扩]到了?|[升降增减]至|[尚还仍]有|还剩|仅有|[都均][是为])[^\d,，。；;、]{0,3}$"
)
_LACKS = re.compile("清醒|差距|不足之处|困难和|问题和|不少(?:困难|问题)|短板")
"""A paragraph of a review that tells what is still wanting speaks of the end of the years."""

_SUMMED = re.compile("累计|总共|一共|合计|年均|增长|增幅|投入|投资|补助|[发拨]放")
"""What is added up over years belongs to them all (累计投入达到3.2亿元), whatever it came to."""

_EACH = re.compile("分别|依次")
_IN_TURN = re.compile(r"[^\d,，。；;:：]{0,8}((?:[\d.]+[^\d,，。；;、和]{0,6}[、和])+[\d.]+)")
"""What years came to, one after the other: 三年分别投入1.1亿元、1.3亿元和1.4亿元."""

_RATED = re.compile("标准|补[助贴]|低保|收入|报销|比例")
_STOCK = re.compile(r"人口|发生率|贫困[户村]|未脱贫")


def begins(text: str, position: int) -> bool:
    """Whether the number at the position is what a change starts from: 由86万人减少到68万人."""
    return bool(_CHANGE.match(text, position) and FROM.search(text, max(0, position - 30), position))


def ends_with(text: str, position: int, phrase: TimePhrase) -> bool:
    """Whether the phrase dates what the number at the position changes to: 由923万减少到2019年末的31万."""
    change = _CHANGE.match(text, position)
    return change is not None and change.end() - phrase.start in (0, 1)


def beginning(stretch: str) -> str:
    """When a stretch begins, for what a change starts from; one of months of a single year stays whole."""
    first, _, last = stretch.partition("/")
    return stretch if first[:YEAR_CHARS] == last[:YEAR_CHARS] else first


def of_change(text: str, position: int, phrase: TimePhrase, before: TimePhrase | None) -> str | None:
    """The period of the phrase, save for the figures of a change: 由86万人减少到68万人.

    In a year that is told the first is of the end of the year before, and a standing number in the end of the year.
    Up to a closing date (截至今年10月) the first is of the closing date that the paragraph named before, if any.
    """
    period, year = phrase.period, (phrase.period or "")[:YEAR_CHARS]
    clause, starts = text[max(0, position - 30) : position], begins(text, position)
    if starts and reach.is_closing(text, phrase) and "/" not in (period or ""):
        return before.period if before and reach.is_closing(text, before) else None
    if not year:
        return period
    if "/" in (period or ""):
        return _of_stretch(period or "", clause, begins=starts)
    if starts:
        if _STOCK.search(clause):
            return f"{int(year) - 1}-12"
        # 亩产由110斤提高到180斤: nothing says how long ago the yield was that; a standard is set for a year.
        return str(int(year) - 1) if _RATED.search(clause) else None
    if period == year and _CHANGED.search(clause) and _STOCK.search(clause) and _is_over(text, phrase):
        return f"{year}-12"
    return period


def of_head(text: str, position: int, head: str | None) -> str | None:
    """The period at the head of a section; the first figure of a change is of the year before it.

    Of years under review a level holds at their end (五年…,通畅率达到100%); from which it rose is not told.
    """
    clause, starts = text[max(0, position - 30) : position], head is not None and begins(text, position)
    if head is not None and "/" in head and head[:YEAR_CHARS] != head.partition("/")[2][:YEAR_CHARS]:
        if _LACKS.search(text, text.rfind("\n", 0, position) + 1, position):
            return head.partition("/")[2][:YEAR_CHARS]
        return None if starts else _of_stretch(head, clause, begins=False)
    if head is None or "/" in head or not starts:
        return head
    year = str(int(head[:YEAR_CHARS]) - 1)
    return f"{year}-12" if _STOCK.search(clause) else year


def _of_stretch(period: str, clause: str, *, begins: bool) -> str:
    """The ends of a change over years: 2014年至2017年,发生率由29.4%下降到11.68% is of 2014 and of 2017.

    A level that is reached (通畅率达到100%) is of the last year too. A stretch of months of one year stays whole.
    """
    first, _, last = period.partition("/")
    if first[:YEAR_CHARS] == last[:YEAR_CHARS]:
        return period
    if begins:
        return first
    return last if _CHANGED.search(clause) or _reaches(clause) else period


def _reaches(clause: str) -> bool:
    """Whether the words before a number say what level it came to, not what was added up."""
    own = re.split("[,，。；;:：、]", clause)[-1]
    return bool(_REACHED.search(own)) and not _SUMMED.search(own)


def _is_over(text: str, phrase: TimePhrase) -> bool:
    """Whether a year is told as over."""
    return text[phrase.start : phrase.end] in ("去年", "上年", "前年")


def in_turn(text: str, position: int, phrase: TimePhrase) -> str | None:
    """The one of the phrase's years that the number is of, where as many numbers as years are told in turn."""
    first, _, last = (phrase.period or "").partition("/")
    told = _EACH.search(text, phrase.end, position) if last else None
    row = _IN_TURN.match(text, told.end()) if told else None
    if row is None or not row.start(1) <= position < row.end(1):
        return None
    numbers = [row.start(1) + m.start() for m in re.finditer(r"[\d.]+", row[1])]
    year, count = int(first[:YEAR_CHARS]), int(last[:YEAR_CHARS]) - int(first[:YEAR_CHARS]) + 1
    return str(year + numbers.index(position)) if len(numbers) == count and position in numbers else None
