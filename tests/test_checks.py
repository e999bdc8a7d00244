"""Arithmetic between figures: what holds, what is refuted, and what it proves."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.report import Check, Fact
from summarizer.checks import check, proved_words
from summarizer.checks.figure import Page
from summarizer.checks.rounding import Range
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


CASES = json.loads((Path(__file__).parent / "cases" / "checks.json").read_text("utf-8"))
"""`facts` gives meanings by mention, `checks` what each note holds, with its verdict, in order."""


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_relations(case: dict[str, Any]) -> None:
    """The wording proposes the relation, and arithmetic alone judges it."""
    brief = brief_of(case["text"])
    facts = [f.replace(**case["facts"].get(f.mention, {})) for f in facts_of(brief)]
    found = [(c.note, c.holds) for c in check(brief, facts)[0]]
    assert len(found) == len(case["checks"]), found
    for (note, holds), (words, verdict) in zip(found, case["checks"], strict=True):
        assert words in note
        assert holds is verdict


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("6487户", "6487", "6487"),
        ("9.4万人", "93500", "94500"),
        ("1000余万元", "10000000", "20000000"),
        ("300多户", "300", "400"),
        ("近3000元", "2000", "3000"),
        ("60%以上", "60", "120"),
        ("101%", "100", "102"),
        ("10.68%", "10.67", "10.69"),
        ("约68万人", "646000", "714000"),
        ("5—6万元", "50000", "60000"),
    ],
)
def test_range_of_a_figure(text: str, low: str, high: str) -> None:
    """How far the true figure may lie from its words."""
    brief = brief_of(f"全县{text}。")
    (figure,) = Page.of(brief, facts_of(brief)).figures
    assert figure.range == Range(Decimal(low), Decimal(high))


def test_a_task_is_exact() -> None:
    """A task is set, not measured: 1.4亿 of loans to give are 140,000,000."""
    brief = brief_of("任务1.4亿元。")
    (fact,) = facts_of(brief, **{"n1.4亿元": {"status": "planned"}})
    (figure,) = Page.of(brief, (fact,)).figures
    assert figure.range == Range(Decimal(140_000_000), Decimal(140_000_000))


@given(lifted=st.integers(1, 99_999), left=st.integers(1, 9_999), at=st.integers(0, 4), digit=st.integers(0, 9))
def test_any_changed_digit_of_an_account_is_found(lifted: int, left: int, at: int, digit: int) -> None:
    """Registered = lifted + remaining holds for every account and for none with one digit exchanged."""
    whole = str(lifted + left)
    at %= len(whole)
    changed = whole[:at] + str(digit) + whole[at + 1 :]
    if changed.startswith("0"):
        return
    brief = brief_of(f"全县建档立卡{changed}户,已脱贫{lifted}户,未脱贫{left}户。")
    facts = [
        f.replace(indicator=i)
        for f, i in zip(
            facts_of(brief), ("registered_households", "lifted_households", "remaining_households"), strict=True
        )
    ]
    (found, *others) = check(brief, facts)[0]
    assert found.holds is (changed == whole)
    assert not others


def test_proved_words_show_the_digit_in_its_place() -> None:
    """The article's words with the proved digit: what prose may say of a damaged figure."""
    brief = brief_of("指导性任务为1.5473亿元。已完成贷款2.87亿元，占总任务的\ufffd85%。")
    facts = [
        f.replace(indicator="loans", status="planned" if f.id == 1 else "achieved")
        if f.id < 3
        else f.replace(indicator="completion_rate")
        for f in facts_of(brief)
    ]
    assert proved_words(brief, check(brief, facts)[1]) == {3: "185%"}


def test_a_lost_digit_of_a_count_is_proved() -> None:
    """Not only rates: 2615 is the one number that completes ?615 to what was registered."""
    brief = brief_of("全县建档立卡31260户,已脱贫28645户,未脱贫\ufffd615户。")
    facts = [
        f.replace(indicator=i)
        for f, i in zip(
            facts_of(brief), ("registered_households", "lifted_households", "remaining_households"), strict=True
        )
    ]
    checks, after = check(brief, facts)
    assert (after[2].value, after[2].proved_by) == (2615, 0)
    assert proved_words(brief, after) == {3: "2615户"}
    assert [c.holds for c in checks] == [True]


def test_a_population_is_not_proved_by_a_rate() -> None:
    """A poverty rate is reckoned by the rural population, so that it says nothing of all people."""
    brief = brief_of("总人口\ufffd.4万人,未脱贫51人,贫困发生率0.07%。")
    facts = [
        f.replace(indicator=i)
        for f, i in zip(facts_of(brief), ("population", "remaining_persons", "poverty_rate"), strict=True)
    ]
    checks, after = check(brief, facts)
    assert (after[0].value, after[0].proved_by, checks) == (None, None, ())


@pytest.mark.parametrize(
    ("text", "published", "n_told"),
    [
        ("截至2021年底,已投入3亿元。", "2019-03-04", 1),
        ("截至2019年5月,已投入3亿元。", "2019-03-04", 1),
        ("截至2019年3月,已投入3亿元。", "2019-03-04", 0),
        ("截至2018年底,已投入3亿元。", "2019-03-04", 0),
        ("到2021年底,计划累计投入3亿元。", "2019-03-04", 0),
        ("截至2021年底,已投入3亿元。", "2019", 1),
        ("截至2021年底,已投入3亿元。", None, 0),
    ],
)
def test_what_is_done_is_not_of_a_time_after_the_article(text: str, published: str | None, n_told: int) -> None:
    """Only where the sentence itself names the time and says that it is done, and the article its day."""
    brief = brief_of(text)
    dated = replace(brief, article=replace(brief.article, info=replace(brief.article.info, published=published)))
    found = check(dated, facts_of(dated))[0]
    assert [(c.rule, c.holds) for c in found] == [("时间先后", False)] * n_told


def test_what_a_page_keeps_of_a_figure_is_what_a_new_one_finds() -> None:
    """Lead, tail and sentence are found once for each figure; asked again, or of a new page, they are the same."""
    brief = brief_of("全县有贫困户612户2100人,其中已脱贫436户1500人;今年计划脱贫100户。安置点8个,竣工6个,其余2个在建。")
    page = Page.of(brief, facts_of(brief))
    assert len(page.figures) == 8

    def told(page: Page) -> list[object]:
        return [(page.lead(f), page.tail(f), page.sentence(f)) for f in page.figures]

    first = told(page)
    assert told(page) == first
    assert told(Page(page.text, page.figures)) == first
    assert len({lead for lead, _, _ in first}) > 1
