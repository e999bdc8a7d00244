"""Arithmetic between figures: what holds, what is refuted, and what it proves."""

from decimal import Decimal

import pytest

from schemas.report import Check, Fact
from summarizer.checks import check
from tests.briefs import brief_of, facts_of

POVERTY = "全县建档立卡6487户，已脱贫{}户，未脱贫18户。"


def _poverty(lifted: int) -> tuple[Check, ...]:
    brief = brief_of(POVERTY.format(lifted))
    facts = facts_of(
        brief,
        **{
            "n6487户": {"indicator": "registered_households"},
            f"n{lifted}户": {"indicator": "lifted_households"},
            "n18户": {"indicator": "remaining_households"},
        },
    )
    return check(brief, facts)[0]


def test_lifted_and_remaining_make_the_registered() -> None:
    """6469 + 18 = 6487 holds."""
    (found,) = _poverty(6469)
    assert (found.holds, found.expected, found.stated, found.facts) == (True, 6487, 6487, (1, 2, 3))


def test_contradiction_is_reported_with_both_figures() -> None:
    """One household too many is found: counts have no tolerance."""
    (found,) = _poverty(6470)
    assert (found.holds, found.expected, found.stated) == (False, 6488, 6487)


def _loans(rate: str, task: str = "1.5473亿元") -> tuple[tuple[Check, ...], tuple[Fact, ...]]:
    brief = brief_of(f"指导性任务为{task}。已完成贷款2.87亿元，占总任务的{rate}。")
    return check(
        brief,
        facts_of(
            brief,
            **{
                f"n{task}": {"indicator": "loans", "status": "planned"},
                "n2.87亿元": {"indicator": "loans"},
                f"n{rate}": {"indicator": "completion_rate"},
            },
        ),
    )


@pytest.mark.parametrize(("rate", "holds"), [("185%", True), ("186%", True), ("185.5%", True), ("187%", False)])
def test_completion_rate_is_done_by_task(rate: str, holds: bool) -> None:
    """2.87 ÷ 1.5473 is 185.48 %: rounding up or cutting off is allowed, more is not."""
    assert [c.holds for c in _loans(rate)[0]] == [holds]


def test_figures_are_never_changed_by_a_check() -> None:
    """A refuted rate keeps its value."""
    assert _loans("187%")[1][-1].value == 187


def damaged(rate: str, task: str) -> tuple[tuple[Check, ...], Fact]:
    """The rate of a sentence that lost a digit."""
    brief = brief_of(f"指导性任务为{task}。已完成贷款2.87亿元，占总任务的{rate}。")
    facts = [
        f.replace(indicator="loans", status="planned" if f.id == 1 else "achieved")
        if f.id < 3
        else f.replace(indicator="completion_rate")
        for f in facts_of(brief)
    ]
    checks, after = check(brief, facts)
    return checks, after[-1]


def test_lost_digit_is_proved_by_the_one_completion_that_fits() -> None:
    """Of 185 %, 285 % … only one is 2.87 ÷ 1.5473."""
    checks, rate = damaged("\ufffd85%", "1.5473亿元")
    assert (rate.value, rate.proved_by, checks[0].holds) == (Decimal(185), 0, True)


@pytest.mark.parametrize(
    ("name", "rate", "task"),
    [
        ("no completion fits", "\ufffd85%", "1.9亿元"),
        ("two completions fit", "185.\ufffd%", "1.5473亿元"),
        ("two digits are lost", "\ufffd\ufffd5%", "1.5473亿元"),
    ],
)
def test_lost_digit_stays_open(name: str, rate: str, task: str) -> None:
    """Where arithmetic leaves a choice, the figure stays unknown."""
    checks, fact = damaged(rate, task)
    assert (fact.value, fact.proved_by, checks) == (None, None, ()), name
