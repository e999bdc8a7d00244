"""Stretches of years: from and to when a plan, a congress, so many years back or so many years to come reach."""

import re
from re import Match

from summarizer.precheck.times.clock import Clock

EARLY_UNTIL = 3
"""Last month in which 过去五年 ends with the year before: the months of the yearly reports."""

_CONGRESSES = {"十八大": 2012, "十九大": 2017, "二十大": 2022}
DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九十")} | {"○": 0, "零": 0, "两": 2}
_UNTIL = re.compile(r"[,，]到(20\d\d)年")

_SOME_OF_PLAN = re.compile("(?P<side>[前后头])(?P<n>[两二三四])年")
"""“十三五”前三年: the years at one end of a plan."""

_PLAN_NUMBER = 10
"""The tenth five-year plan began in 2001; each takes five years."""


def of_years(groups: Match[str], clock: Clock, text: str) -> str | None:
    """“十三五”期间, 十九大以来, 近三年, 五年来, 此后五年, 三年后."""
    if groups["plan"]:
        return _plan(groups["plan"], groups["planpart"] or "", clock.last_year)
    if groups["congress"]:
        return interval(_CONGRESSES[groups["congress"]], clock.last_year)
    if groups["window"]:
        return _window(groups["window"], numeral(groups["n"] or ""), clock)
    if groups["during"]:
        return _years_named(numeral(groups["during"]), clock)
    if groups["after"]:
        return _years_after(numeral(groups["afteryears"]), clock)
    if groups["later"]:
        return _years_on(numeral(groups["later"]), clock)
    n, until = numeral(groups["back"] or ""), _UNTIL.match(text, groups.end())
    if until and clock.begun and int(until[1]) - clock.begun[-1] in (n - 1, n):
        # 2014年…。经过四年苦战,到2017年底: the sentence says where the years end.
        return f"{clock.begun[-1]}/{until[1]}"
    return _years_since(n, bool(groups["more"]), clock)


def _years_on(n: int, clock: Clock) -> str | None:
    """三年后: so long behind the year told last; a promise that reaches beyond the text (三年后还本) says no year."""
    if not clock.named or clock.year is None or clock.named[-1] + n > clock.year:
        return None
    return str(clock.named[-1] + n)


def _years_after(n: int, clock: Clock) -> str | None:
    """此后五年: the years behind the one told last, as far as they are over."""
    if not clock.named or clock.year is None or clock.named[-1] >= clock.year:
        return None
    return interval(clock.named[-1] + 1, min(clock.named[-1] + n, clock.year))


def interval(start: int, end: int | None) -> str | None:
    """The years from one to another, the one year where they are the same, None where the end is not known."""
    if end is None:
        return None
    return str(start) if end <= start else f"{start}/{end}"


def _plan(name: str, part: str, year: int | None) -> str | None:
    """A five-year plan: “十三五” is 2016 to 2020."""
    start = 2001 + 5 * (numeral(name) - _PLAN_NUMBER)
    if part == "以来":
        return interval(start, year)
    if part.startswith("开局"):
        return str(start)
    if some := _SOME_OF_PLAN.search(part):
        n = numeral(some["n"])
        return f"{start}/{start + n - 1}" if some["side"] in "前头" else f"{start + 5 - n}/{start + 4}"
    return {"末": str(start + 4), "初": str(start)}.get(part, f"{start}/{start + 4}")


def _window(word: str, n: int, clock: Clock) -> str | None:
    """近三年, 过去五年, 今后五年.

    In the first months of a year those past end with the year before, and those to come begin with the year itself.
    """
    if clock.year is None:
        return None
    if n == 1 and word.startswith("过去") and (reviewed := clock.reviewed) is not None:
        return str(reviewed)
    early = (clock.month is not None and clock.month <= EARLY_UNTIL) or clock.last_year != clock.year
    if word in ("今后", "未来", "接下来"):
        start = clock.year if early else clock.year + 1
        return interval(start, start + n - 1)
    past = early or (word.startswith("过去") and clock.month is None)
    end = clock.year - 1 if past else clock.year
    return interval(end - n + 1, end)


def _years_since(n: int, more: bool, clock: Clock) -> str | None:
    """五年来, 三年累计: from the year that the paragraph began with where that fits, up to the reference year.

    In the first months of a year they end with the year before.
    """
    if (end := clock.last_year) is None:
        return None
    if (told := clock.stretch_of(n)) is not None:
        clock.stretches[n] = told
        return told
    if end == clock.year and clock.month is not None and clock.month <= EARLY_UNTIL:
        end -= 1
    for begun in (*reversed(clock.begun), *([] if clock.paired is None else [clock.paired])):
        if begun in (end - n, end - n + 1):
            if n > 1:
                clock.stretches.setdefault(n, f"{begun}/{end}")
            return interval(begun, end)
    return interval(end - n + (0 if more else 1), end)


def _years_named(n: int, clock: Clock) -> str | None:
    """四年时间, 三年间: between the years that the paragraph named, where they lie so far apart, else no time."""
    for first in reversed(clock.named):
        if clock.named[-1] - first in (n - 1, n):
            return interval(first, clock.named[-1])
    return None


def numeral(text: str) -> int:
    """A number up to 99 in Arabic or Chinese numerals."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (DIGITS[tens] if tens else 1 if ten else 0) * 10 + (DIGITS[ones] if ones else 0)
