"""How far from its written form the true figure may lie: what 余, 近 or two decimals allow.

A figure stands for a range. `9.4万` may be anything that rounds to it, `1000余万` anything from 1000万 to below 2000万,
`6487户` is 6487. Two figures agree where their ranges meet.
"""

from dataclasses import dataclass
from decimal import Decimal
from re import compile as regex

from schemas.report import Fact
from schemas.vocabulary import Qualifier, Status, Unit

_NUMERAL = regex(r"\d[\d,]*(?:\.\d+)?")
_OPEN_ENDED = regex(r"以上|之上|超|突破|大于|高于|多于|逾|过")
"""`over` without a next unit to stop at: 60%以上, 超过3000; `300多` stays below 400."""
_ABOUT = Decimal("0.05")
"""Share of a figure that 约 and 左右 allow; the genre's tables seldom differ from its prose by more."""


@dataclass(frozen=True, slots=True)
class Range:
    """The least and the greatest figure that the written one may stand for."""

    low: Decimal
    high: Decimal


def range_of(fact: Fact, words: str) -> Range:
    """The range of a fact that has a value, written in these words.

    A fact's value is in canonical units and its text in the article's; their quotient is what one of the text's units
    is worth, so that magnitudes and units need no table here.
    """
    value = fact.value
    assert value is not None
    if fact.upper is not None:
        return Range(value, fact.upper)
    found = _NUMERAL.search(words)
    written = Decimal(found.group().replace(",", "")) if found else value
    exponent = written.as_tuple().exponent
    assert isinstance(exponent, int)
    worth = value / written if written else Decimal(1)
    low, high = _rounded(fact, value, worth, exponent)
    step = worth.scaleb(_last_place(written, exponent))
    match fact.qualifier:
        case Qualifier.OVER:
            return Range(value, value * 2 if _OPEN_ENDED.search(words) else value + step)
        case Qualifier.UNDER:
            return Range(value - step, value)
        case Qualifier.ABOUT:
            return Range(value * (1 - _ABOUT), value * (1 + _ABOUT))
        case Qualifier.AT_LEAST:
            return Range(value, value * 2)
        case Qualifier.AT_MOST:
            return Range(Decimal(0), value)
        case Qualifier.EXACT:
            return Range(low, high)


def _last_place(written: Decimal, exponent: int) -> int:
    """The place of the last digit that is not a zero: 1000余 is more than 1000 by less than another 1000."""
    digits = str(written).replace(".", "").lstrip("0")
    zeros = len(digits) - len(digits.rstrip("0")) if digits.strip("0") else 0
    return exponent + zeros


def _rounded(fact: Fact, value: Decimal, worth: Decimal, exponent: int) -> tuple[Decimal, Decimal]:
    """What rounding allows an exact figure.

    Half a unit of the last decimal; a whole one for a rate, because reports cut off as often as they round (97.96 is
    written 97 % as well as 98 %). Whole numbers are counted, not rounded, unless they are an average; a task or a
    standard is set, not measured.
    """
    last = worth.scaleb(exponent)
    if fact.status in (Status.PLANNED, Status.POLICY):
        return value, value
    if fact.unit is Unit.PERCENT:
        return value - last, value + last
    if exponent < 0:
        return value - last / 2, value + last / 2
    if fact.per:
        half = last / 20 if worth >= 1000 else last / 2
        return value - half, value + half
    return value, value
