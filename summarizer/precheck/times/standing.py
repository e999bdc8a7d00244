"""Numbers that go by no time phrase: what holds at all times, what is told of the moment, what lasts until now."""

import re

from summarizer.patterns import compiled

_BEFORE_CHARS = 20
_STANDING = re.compile(
    r"(?:\d{1,3}|[一二三四五六七八九十]{1,4})[多余]?岁(?!以上|往上|以下|及以)"
    r"|(?:\d|[一二两三四五六七八九十]{1,2})(?:口人|口之家|个?(?:(?:上学|念书|读书|年幼|未成年)的)?(?:孩子|儿子|女儿|子女|娃))"
    r"(?![^,，。；;]{0,6}(?:分到|总共|收入|领|折))"
)
"""What is told of the moment goes by no phrase: a person's age, a family (去年冬天…。55岁的村民…一家5口人)."""

_LIES = compiled(
    r"(?:距离?|(?<![脱远背分偏])离|相距|海拔|年日照|年均气温|年平均气温|无霜期|年均?降[水雨]量?)[^,，。；;\d]{0,12}$"
)
"""Distances, heights and the climate hold at all times."""

_TELLS_WHICH = re.compile(r"[这那该][个座](?:[\d.]+万?[\u4e00-\u9fff]{1,4}、)?$")
"""Behind 这个 a number says which place is meant (如今,这个131户、298口人的小村…); no time governs it."""

_HOW_LONG = re.compile(r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})[多余]?(?:年|个[多半]?月|天)")

_BY_NOW = re.compile("(?:任职|驻村|挂职|[来待戴守]了快?|(?:离|距)[^,，。；;]{1,6}(?:还有|只剩|还剩|不到))$")


def stands(text: str, position: int) -> bool:
    """Whether the number holds at all times, or is told of the moment and no year stands before it (今年55岁)."""
    if _LIES.search(text, max(0, position - _BEFORE_CHARS), position):
        return not lasts(text, position)
    dated = position > 1 and text.startswith(("今年", "那年", "当时"), position - 2)
    return bool(_STANDING.match(text, position)) and not dated


def lasts(text: str, position: int) -> bool:
    """Whether the number says how long something has gone on by now, or will: 驻村四年零三个月, 离核查还有两个月."""
    return bool(_HOW_LONG.match(text, position) and _BY_NOW.search(text, max(0, position - 8), position))


def tells_which(text: str, position: int) -> bool:
    """Whether the number only says which place is meant."""
    return _TELLS_WHICH.search(text, max(0, position - _BEFORE_CHARS), position) is not None
