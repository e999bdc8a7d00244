"""Arithmetic that the figures of an article must obey, and what it proves about figures that lost digits.

A relation is proposed from what the facts mean, never because numbers happen to agree. A check says what was expected
and what is stated; it never changes a figure that the article states. Where a damaged figure has exactly one
completion that satisfies a relation, the relation proves it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from re import compile as regex

from schemas.report import Check, Fact
from schemas.vocabulary import Indicator, Qualifier, Status, Unit
from summarizer.precheck.brief import Brief
from summarizer.text.traced import LOST

_LIFTED = {
    Indicator.REGISTERED_HOUSEHOLDS: (Indicator.LIFTED_HOUSEHOLDS, Indicator.REMAINING_HOUSEHOLDS),
    Indicator.REGISTERED_PERSONS: (Indicator.LIFTED_PERSONS, Indicator.REMAINING_PERSONS),
}
_LOOSE = Decimal("0.05")
"""How far `余`, `近` or `约` may stand from the exact figure, as a share of it."""

_DIGITS = regex(rf"[{LOST}\d.]+")


@dataclass(frozen=True, slots=True)
class Relation:
    """`stated` should be `expected`, which the facts `operands` give."""

    rule: str
    operands: tuple[Fact, ...]
    expected: Decimal
    stated: Fact
    note: str


def check(brief: Brief, facts: Sequence[Fact]) -> tuple[tuple[Check, ...], tuple[Fact, ...]]:
    """All checks, in the order of the text, and the facts with what the checks prove."""
    relations = sorted((r for rule in RULES for r in rule(facts)), key=lambda r: min(f.id for f in _involved(r)))
    checks: list[Check] = []
    proofs: dict[int, tuple[Decimal, int]] = {}
    for relation in relations:
        value = relation.stated.value
        if value is None and (proved := _completion(brief, relation)) is not None:
            value = proved
            proofs[relation.stated.id] = (proved, len(checks))
        if value is not None:
            checks.append(_check(relation, value))
    return tuple(checks), tuple(_proved(fact, proofs) for fact in facts)


def _proved(fact: Fact, proofs: dict[int, tuple[Decimal, int]]) -> Fact:
    if fact.id not in proofs:
        return fact
    value, index = proofs[fact.id]
    return fact.replace(value=value, proved_by=index)


def _involved(relation: Relation) -> tuple[Fact, ...]:
    return (*relation.operands, relation.stated)


def _check(relation: Relation, value: Decimal) -> Check:
    tolerance = _tolerance(relation, value)
    return Check(
        rule=relation.rule,
        facts=tuple(sorted({f.id for f in _involved(relation)})),
        expected=_rounded(relation.expected),
        stated=value,
        tolerance=_rounded(tolerance),
        holds=abs(relation.expected - value) <= tolerance,
        note=relation.note,
    )


def _rounded(value: Decimal) -> Decimal:
    """Four decimals are enough to read an expected value by; more would not fit a JSON number."""
    return value.quantize(Decimal("0.0001"), ROUND_HALF_UP)


def _tolerance(relation: Relation, value: Decimal) -> Decimal:
    """One unit in the last stated place for a rate; what an inexact word allows; nothing for exact counts.

    A whole unit, because reports cut off as often as they round: 97.96 is written 97 % as well as 98 %.
    """
    tolerance = Decimal(0)
    if relation.stated.unit is Unit.PERCENT:
        exponent = value.as_tuple().exponent
        assert isinstance(exponent, int)
        tolerance = Decimal(1).scaleb(min(0, exponent))
    if any(f.qualifier is not Qualifier.EXACT for f in _involved(relation)):
        tolerance = max(tolerance, abs(relation.expected) * _LOOSE)
    return tolerance


def _completion(brief: Brief, relation: Relation) -> Decimal | None:
    """The one value that fills the lost digits of `stated` and satisfies the relation, or None.

    Each lost character of the number is one digit: a byte pair that was destroyed held at most one of its digits.
    """
    if relation.stated.unit is not Unit.PERCENT:
        return None
    candidate = next(c for c in brief.candidates if c.id == relation.stated.id)
    found = _DIGITS.search(brief.text, candidate.number_at, candidate.end)
    if not found or found.group().count(LOST) != 1:
        return None
    fits = []
    for digit in "0123456789":
        text = found.group().replace(LOST, digit)
        # A number does not begin with a zero unless a point follows.
        if text.startswith("0") and not text.startswith("0."):
            continue
        value = Decimal(text)
        if abs(relation.expected - value) <= _tolerance(relation, value):
            fits.append(value)
    return fits[0] if len(fits) == 1 else None


def _lifted_and_remaining(facts: Sequence[Fact]) -> Iterator[Relation]:
    """Registered = lifted + remaining, of the same place at the same time."""
    for whole in facts:
        parts = _LIFTED.get(whole.indicator)
        if parts is None or whole.value is None:
            continue
        found = [_only(facts, whole, indicator) for indicator in parts]
        lifted, remaining = found
        if lifted is None or remaining is None or lifted.value is None or remaining.value is None:
            continue
        yield Relation(
            rule="registered = lifted + remaining",
            operands=(lifted, remaining),
            expected=lifted.value + remaining.value,
            stated=whole,
            note=f"{lifted.value:f} + {remaining.value:f} = {lifted.value + remaining.value:f}",
        )


def _only(facts: Sequence[Fact], whole: Fact, indicator: Indicator) -> Fact | None:
    """The one achieved fact of this indicator for the same place and time; two leave it open."""
    same = [
        f
        for f in facts
        if f.indicator is indicator
        and f.status is Status.ACHIEVED
        and (f.place, f.period, f.section) == (whole.place, whole.period, whole.section)
    ]
    return same[0] if len(same) == 1 else None


def _completion_rates(facts: Sequence[Fact]) -> Iterator[Relation]:
    """A completion rate = what was done ÷ the task, both named before it in the same section."""
    for rate in facts:
        if rate.unit is not Unit.PERCENT or rate.indicator is not Indicator.COMPLETION_RATE:
            continue
        if rate.status is not Status.ACHIEVED:
            continue
        before = [f for f in facts if f.id < rate.id and f.section == rate.section and f.place == rate.place]
        pair = _done_and_task(before)
        if pair is None:
            continue
        done, task = pair
        assert done.value is not None
        assert task.value is not None
        expected = done.value / task.value * 100
        yield Relation(
            rule="completion rate = done ÷ task",
            operands=(done, task),
            expected=expected,
            stated=rate,
            note=f"{done.value:f} ÷ {task.value:f} = {_rounded(expected):f}%",
        )


def _done_and_task(before: Sequence[Fact]) -> tuple[Fact, Fact] | None:
    """The nearest task, and the nearest achieved figure of the same quantity."""
    for task in reversed(before):
        if task.status is not Status.PLANNED or not task.value or task.per or task.unit is Unit.PERCENT:
            continue
        for done in reversed(before):
            same = (done.indicator, done.unit, done.counted) == (task.indicator, task.unit, task.counted)
            if same and done.status is Status.ACHIEVED and done.value is not None and not done.per:
                return done, task
        return None
    return None


RULES: tuple[Callable[[Sequence[Fact]], Iterable[Relation]], ...] = (_lifted_and_remaining, _completion_rates)
"""Every kind of relation, each proposing from what facts mean."""
