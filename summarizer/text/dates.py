"""Dates as heads and feet of a page write them, and their ISO form."""

import re

DAY = r"(?:19|20)\d{2}\s{0,2}[-年/.]\s{0,2}\d{1,2}(?:\s{0,2}[-月/.]\s{0,2}\d{1,2}\s{0,2}日?|\s{0,2}月)"
DATE = re.compile(r"((?:19|20)\d{2})\s{0,2}[-年/.]\s{0,2}(\d{1,2})(?:\s{0,2}[-月/.]\s{0,2}(\d{1,2})(?!\d))?")

_NUMERAL_DATE = re.compile(
    r"(二[〇○零][〇○零一二][〇○零一二三四五六七八九])年"
    r"(?:([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})日)?)?"
)
_YEAR = re.compile(r"((?:19|20)\d{2})")


def arabic(text: str) -> str:
    """The text with its dates in Arabic digits: 二〇一九年十月二十日 and 2019年/10月/20日 are 2019年10月20日."""

    def written(match: re.Match[str]) -> str:
        year = "".join(str("〇一二三四五六七八九".find(c.replace("○", "〇").replace("零", "〇"))) for c in match[1])
        month = f"{_numeral(match[2])}月" if match[2] else ""
        day = f"{_numeral(match[3])}日" if match[3] else ""
        return f"{year}年{month}{day}"

    return _NUMERAL_DATE.sub(written, re.sub("(?<=[年月])/", "", text))


def _numeral(text: str) -> int:
    """A number up to 99 in Chinese numerals."""
    digits = "零一二三四五六七八九"
    tens, ten, ones = text.rpartition("十")
    return (digits.find(tens) if tens else 1 if ten else 0) * 10 + (digits.find(ones) if ones else 0)


def iso(text: str) -> str | None:
    """`2018年11月6日` as `2018-11-06`; None where no such day exists."""
    found = DATE.search(text)
    if not found:
        return None
    year, month, day = (int(n) if n else None for n in found.groups())
    if not month or month > 12 or (day is not None and not 1 <= day <= 31):
        return None
    return f"{year}-{month:02}" + (f"-{day:02}" if day else "")


def iso_or_year(text: str) -> str | None:
    """The same of what may be a year alone: the year of a magazine's number."""
    found = _YEAR.search(text)
    return iso(text) or (found[1] if found and not DATE.search(text) else None)
