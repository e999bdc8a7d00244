"""Chinese and Arabic numerals as exact Decimals.

A Chinese numeral may be a pair (`七八百`: 700 to 800) or open (`十几`: 10 and more). Numerals without a value of
their own (`几十`, `数百`, `若干`) and runs of digits that are read one by one (`二〇一九`) have none here.
"""

from dataclasses import dataclass
from decimal import Decimal
from re import compile as regex

DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"亿": 10**8, "万": 10**4}
CHINESE = "".join(DIGITS) + "".join(SMALL) + "".join(LARGE)
"""Characters of a Chinese numeral; 几 and 点 are read inside one only."""

MAX_RUN = 16
"""Longer runs of numeral characters are no number (`一九八四二〇一六…`), and need not be tried."""

_POINT = regex(r"(?P<whole>[^点]+)点(?P<digits>[零〇一二三四五六七八九]+)(?P<large>[万亿]*)")


@dataclass(frozen=True, slots=True)
class Amount:
    """What a numeral says: `upper` for a pair, `open` for one that goes on (`十几`), `bare` where no digit leads it.

    `bare` (`千`, `百万`) matters because such a numeral is as often part of a word (`千方百计`, `百姓`).
    """

    value: Decimal
    upper: Decimal | None = None
    open: bool = False
    bare: bool = False


def read_arabic(digits: str) -> Decimal:
    """`1,234.5` as a Decimal."""
    return Decimal(digits.replace(",", ""))


def magnitude(text: str) -> int:
    """`万`, `百万`, `万亿`, or nothing, as a factor."""
    factor = 1
    for char in text:
        factor *= SMALL.get(char) or LARGE[char]
    return factor


def read_chinese(run: str) -> Amount | None:
    """The amount of a Chinese numeral, or None where it has no single value."""
    if not run or len(run) > MAX_RUN:
        return None
    if "点" in run:
        return _with_point(run)
    read = _whole(run)
    if read is None:
        return None
    low, high, is_open = read
    return Amount(
        Decimal(low),
        Decimal(high) if high > low else None,
        is_open,
        (run[0] in SMALL and run[0] != "十") or run[0] in LARGE,
    )


def _with_point(run: str) -> Amount | None:
    """`十一点二`, `三点五万`."""
    match = _POINT.fullmatch(run)
    whole = read_chinese(match["whole"]) if match else None
    if match is None or whole is None or whole.upper is not None or whole.open or whole.bare:
        return None
    digits = "".join(str(DIGITS[c]) for c in match["digits"])
    return Amount((whole.value + Decimal(f"0.{digits}")) * magnitude(match["large"]))


def _whole(run: str) -> tuple[int, int, bool] | None:
    """Low and high end and openness of a whole number, split at its last 亿, else its last 万."""
    for char, factor in LARGE.items():
        left, found, right = run.rpartition(char)
        if not found:
            continue
        head = _whole(left) if left else (1, 1, False)
        if head is None or head[0] == 0:
            return None
        tail = _tail(right, factor)
        if tail is None or (tail != (0, 0, False) and head[1] > head[0]):
            return None
        return head[0] * factor + tail[0], head[1] * factor + tail[1], head[2] or tail[2]
    return _section(run)


def _tail(run: str, factor: int) -> tuple[int, int, bool] | None:
    """What follows 万 or 亿: `一万二` is 12000, `一万三四` 13000 to 14000, `一万零二` 10002."""
    if not run:
        return 0, 0, False
    if run[0] in "零〇":
        return _whole(run[1:])
    if len(run) <= 2 and all(DIGITS.get(char, 0) for char in run) and (short := _ends([DIGITS[c] for c in run])):
        return short[0] * factor // 10, short[1] * factor // 10, False
    return _whole(run)


def _section(run: str) -> tuple[int, int, bool] | None:
    """A number below 万."""
    low = high = 0
    pending: list[int] = []
    rank = 0
    is_open = zero = False
    for char in run:
        if char in "零〇":
            if pending or not low:
                return None
            zero = True
        elif char == "几":
            if pending or not low:
                return None
            is_open, pending = True, [0]
        elif char in DIGITS:
            pending.append(DIGITS[char])
        elif char in SMALL:
            if (rank and SMALL[char] >= rank) or (not pending and low):
                return None
            ends = _ends(pending or [1])
            if ends is None:
                return None
            rank = SMALL[char]
            low, high, pending, zero = low + ends[0] * rank, high + ends[1] * rank, [], False
        else:
            return None
    if not pending:
        return (low, high, is_open) if low else None
    ends = _ends(pending)
    if ends is None or high > low:
        return None
    # 一百五 is 150; 二十五 and 一百零五 are not shortened.
    step = rank // 10 if rank > 10 and not zero and not is_open else 1
    return low + ends[0] * step, high + ends[1] * step, is_open


def _ends(digits: list[int]) -> tuple[int, int] | None:
    """One digit, or two neighbours (`七八`) or 三五, which people count by."""
    match digits:
        case [digit]:
            return digit, digit
        case [first, second] if (second == first + 1 and first) or (first, second) == (3, 5):
            return first, second
        case _:
            return None
