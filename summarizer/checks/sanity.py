"""Bounds that nearly every figure keeps: told only where one is broken, because keeping them proves nothing."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from re import compile as regex

from schemas.report import Check
from schemas.vocabulary import Indicator, Unit
from summarizer.checks.figure import Figure, Page
from summarizer.checks.relation import rounded

MOST_PERSONS = 12
"""Persons per household that no county of the genre reaches on average; most have three."""

_MAY_EXCEED = regex(r"任务|计划|目标|指标|完成|增|比|超|提高|投资|同期|回报")


def broken(page: Page) -> Iterator[Check]:
    """Rates above a hundred, and households with fewer persons than households or too many."""
    for figure in page.figures:
        if figure.value is not None and _is_share(page, figure) and figure.range.low > 100:
            yield _check("比率在 0% 与 100% 之间", (figure,), Decimal(100), figure)
    for households, persons in pairwise(page.figures):
        if not _are_pair(page, households, persons) or households.value is None or persons.value is None:
            continue
        low, high = households.range, persons.range
        if high.high < low.low:
            yield _check("人数 ≥ 户数", (households, persons), households.value, persons)
        elif high.low > low.high * MOST_PERSONS:
            yield _check(
                f"每户不超过 {MOST_PERSONS} 人", (households, persons), households.value * MOST_PERSONS, persons
            )


def _is_share(page: Page, figure: Figure) -> bool:
    wanted = figure.unit is Unit.PERCENT and figure.fact.indicator in (Indicator.SHARE, Indicator.POVERTY_RATE)
    return wanted and not _MAY_EXCEED.search(page.lead(figure))


def _are_pair(page: Page, households: Figure, persons: Figure) -> bool:
    """`6487户19698人`: one group counted twice, nothing between the two numbers."""
    if households.unit is not Unit.HOUSEHOLD or persons.unit is not Unit.PERSON:
        return False
    plain = not households.fact.per and not persons.fact.per
    return plain and page.between(households, persons).strip() in {"", "、", ","}


def _check(rule: str, figures: tuple[Figure, ...], bound: Decimal, stated: Figure) -> Check:
    assert stated.value is not None
    return Check(
        rule=rule,
        facts=tuple(sorted(f.id for f in figures)),
        expected=rounded(bound),
        stated=stated.value,
        tolerance=Decimal(0),
        holds=False,
        note=f"{stated.value:f} {'<' if stated.value < bound else '>'} {bound:f}",
    )
