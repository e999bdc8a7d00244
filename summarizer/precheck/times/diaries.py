"""The dates above the entries of a diary."""

import re
from collections.abc import Iterable

_YEAR = r"(?:20\d\d年|二[〇○零][〇○零一二][〇○零一二三四五六七八九]年)"
_DAY = (
    r"(?:(?:1[0-2]|0?[1-9])月(?:3[01]|[12]\d|0?[1-9])"
    r"|(?:十[一二]?|[一二三四五六七八九])月(?:[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]))日"
)
_ENTRY = re.compile(
    rf"{_YEAR}?{_DAY}"
    r"(?P<weather>[\s,，]*(?:(?:星期|周)[一二三四五六日天])?[晴阴雨雪雾霜风多云小中大阵转到间有,，\s]{0,12})(?P<more>[^。！？；]{0,12})"
)
"""A date, with the day of the week and the weather."""

_DAYS = 3


def is_diary(headings: Iterable[str]) -> bool:
    """Whether a text whose headings these are is a diary: so many of them are dates."""
    return sum(_ENTRY.fullmatch(heading) is not None for heading in headings) >= _DAYS


def heads_entry(heading: str, *, in_diary: bool) -> bool:
    """Whether a heading is the date above an entry.

    In a diary a mere date is one, with or without another note (2月3日,立春); elsewhere it has to tell the weather.
    """
    day = _ENTRY.fullmatch(heading)
    return day is not None and (in_diary or bool(day["weather"].strip() and not day["more"]))
