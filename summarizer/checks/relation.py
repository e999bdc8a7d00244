"""What a check is before it is judged: figures, the arithmetic between them, and how sure the wording makes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from summarizer.checks.figure import Figure
from summarizer.checks.rounding import Range


class Arithmetic(Enum):
    """How operands lead to what is expected of the stated figure."""

    SUM = "sum"
    DIFFERENCE = "difference"
    """The first operand less the others."""
    RATIO = "ratio"
    """The first operand in percent of the second."""
    INCREASE = "increase"
    """The second operand, an increase, in percent of what the first was before it."""
    GROWTH = "growth"
    """From the first operand to the second, in percent of the first."""
    PRODUCT = "product"
    SAME = "same"
    AT_MOST = "at_most"
    """The stated figure does not exceed the operand."""
    AT_LEAST = "at_least"

    def of(self, values: Sequence[Decimal]) -> Decimal:
        """What is expected of the stated figure.

        Raises:
            ZeroDivisionError: a share of nothing was asked for.
        """
        first, *others = values
        match self:
            case Arithmetic.SUM:
                return sum(values, Decimal(0))
            case Arithmetic.DIFFERENCE:
                return first - sum(others, Decimal(0))
            case Arithmetic.RATIO:
                return _percent(first, others[0])
            case Arithmetic.INCREASE:
                return _percent(others[0], first - others[0])
            case Arithmetic.GROWTH:
                return _percent(others[0] - first, first)
            case Arithmetic.PRODUCT:
                return first * others[0]
            case _:
                return first

    def rises_with(self, operand: int) -> bool:
        """Whether the result grows with this operand."""
        match self:
            case Arithmetic.DIFFERENCE | Arithmetic.RATIO:
                return operand == 0
            case Arithmetic.INCREASE | Arithmetic.GROWTH:
                return operand == 1
            case _:
                return True


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    if not whole:
        raise ZeroDivisionError("a share of nothing")
    return part / whole * 100


_SIGN = {
    Arithmetic.SUM: " + ",
    Arithmetic.DIFFERENCE: " − ",
    Arithmetic.RATIO: " ÷ ",
    Arithmetic.PRODUCT: " × ",
}


@dataclass(frozen=True, slots=True)
class Relation:
    """`stated` should be what `arithmetic` makes of `operands`.

    `firm` where the wording leaves no other reading (合计, 其余, 占…任务的). One that is not firm is suggested: a list
    after 其中 may be incomplete, 每户 may be an average of others. It is worth telling where it holds, and where a
    single digit keeps it from holding; it proves nothing.
    """

    rule: str
    arithmetic: Arithmetic
    operands: tuple[Figure, ...]
    stated: Figure
    firm: bool = True

    @property
    def figures(self) -> tuple[Figure, ...]:
        return (*self.operands, self.stated)

    @property
    def proves(self) -> bool:
        """Whether it leads to one figure, rather than bounding it."""
        return self.arithmetic not in (Arithmetic.AT_MOST, Arithmetic.AT_LEAST)

    @property
    def ids(self) -> tuple[int, ...]:
        """Its facts in the order of the text."""
        return tuple(sorted({f.id for f in self.figures}))

    def replace(self, figures: Mapping[int, Figure]) -> "Relation":
        """The same relation with some of its figures exchanged, by id."""
        operands = tuple(figures.get(f.id, f) for f in self.operands)
        return Relation(self.rule, self.arithmetic, operands, figures.get(self.stated.id, self.stated), self.firm)


@dataclass(frozen=True, slots=True)
class Judged:
    """A relation worked out."""

    expected: Decimal
    tolerance: Decimal
    holds: bool


def judge(relation: Relation) -> Judged | None:
    """Work a relation out; None where a value is missing or nothing can be divided by."""
    values = [f.value for f in relation.operands]
    stated = relation.stated.value
    known = [v for v in values if v is not None]
    if stated is None or len(known) < len(values):
        return None
    try:
        expected = relation.arithmetic.of(known)
        reach = _reach(relation)
    except ZeroDivisionError:
        return None
    own = relation.stated.range
    if expected >= stated:
        tolerance = (own.high - stated) + (expected - reach.low)
        beyond = relation.arithmetic is Arithmetic.AT_MOST
    else:
        tolerance = (stated - own.low) + (reach.high - expected)
        beyond = relation.arithmetic is Arithmetic.AT_LEAST
    return Judged(expected, tolerance, beyond or abs(expected - stated) <= tolerance)


def _reach(relation: Relation) -> Range:
    """Least and greatest result that the ranges of the operands allow."""
    ranges = [f.range for f in relation.operands]
    rising = [relation.arithmetic.rises_with(i) for i in range(len(ranges))]
    low = relation.arithmetic.of([r.low if up else r.high for r, up in zip(ranges, rising, strict=True)])
    high = relation.arithmetic.of([r.high if up else r.low for r, up in zip(ranges, rising, strict=True)])
    return Range(low, high)


def note(relation: Relation, judged: Judged) -> str:
    """The arithmetic as a person would write it: `6469 + 18 = 6487`."""
    numbers = [plain(f.value) for f in relation.operands if f.value is not None]
    stated = plain(relation.stated.value) if relation.stated.value is not None else "?"
    expected = plain(judged.expected)
    match relation.arithmetic:
        case Arithmetic.AT_MOST:
            return f"{stated} {'≤' if judged.holds else '>'} {numbers[0]}"
        case Arithmetic.AT_LEAST:
            return f"{stated} {'≥' if judged.holds else '<'} {numbers[0]}"
        case Arithmetic.SAME:
            return f"{stated} {'=' if judged.holds else '≠'} {numbers[0]}"
        case Arithmetic.INCREASE:
            return f"{numbers[1]} ÷ ({numbers[0]} − {numbers[1]}) = {expected}%"
        case Arithmetic.GROWTH:
            return f"({numbers[1]} − {numbers[0]}) ÷ {numbers[0]} = {expected}%"
        case _:
            percent = "%" if relation.arithmetic is Arithmetic.RATIO else ""
            return f"{_SIGN[relation.arithmetic].join(numbers)} = {expected}{percent}"


def plain(value: Decimal) -> str:
    """Without exponent, with at most four decimals: more would not fit a JSON number and helps nobody."""
    return f"{rounded(value).normalize():f}"


def rounded(value: Decimal) -> Decimal:
    """Four decimals."""
    return value.quantize(Decimal("0.0001"))
