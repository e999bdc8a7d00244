"""Marks, quotes, references and periods: what passes between code and model keeps its place and its figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.wording import (
    fold,
    is_known,
    known_periods,
    marked,
    period_of,
    quoted,
    without_repeated_units,
    wrong_figure,
)


@given(st.text())
def test_folding_keeps_every_position(text: str) -> None:
    """A folded text is as long as the text, differs only in the mark characters, and folds to itself."""
    folded = fold(text)
    assert len(folded) == len(text)
    assert all(a == b or a in "⟦⟧{}<>" for a, b in zip(text, folded, strict=True))
    assert fold(folded) == folded


@given(st.text(alphabet="县乡12⟦⟧{}<>:年，。万元", min_size=12, max_size=60))
def test_a_quote_of_the_shown_text_is_found_in_the_article(text: str) -> None:
    """Whatever a model copies from the marked text stands in the article, mark characters and all."""
    shown = marked(text, [(7, 3, 5), (8, 6, 9)])
    copied = shown[shown.index("⟦7:") : shown.index("⟧", shown.index("⟦8:")) + 1]
    found = quoted(copied, text, {7: text[3:5], 8: text[6:9]}, 100)
    assert found is None or found in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("投入{1}万元", "投入{1}"),
        ("投入{1}元", "投入{1}"),
        ("共{2}人口", "共{2}口"),
        ("共{2}户", "共{2}户"),
        ("有{3}个村", "有{3}村"),
        ("有{9}个村", "有{9}个村"),
    ],
)
def test_a_reference_brings_its_unit(text: str, expected: str) -> None:
    """The unit of a figure is not said twice."""
    assert without_repeated_units(text, {1: "4214.88万元", 2: "二十三人", 3: "12个"}) == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("投入{1}发展产业", None),
        ("统一规划，进一步做强", None),
        ("推进三变改革", None),
        ("第一书记到岗", None),
        ("投入{2}", "{2}"),
        ("投入5万元", "5"),
        ("投入五万元", "五万"),
        ("{1}亿元", "亿"),
        ("三项改革", "三"),
        ("覆盖十", "十"),
        ("投入{一}", "{"),
        ("2020年建成4A级景区", None),
        ("2019年建成", "2019"),
        ("20年建成", "20"),
        ("“1234”工作法", None),
        ("共1234人", "1234"),
        ("1234", "1234"),
        ("4A", None),
        ("14A", "14A"),
        ("1—9月共建成", None),
        ("3—9月共建成", "3—9"),
    ],
)
def test_figures_of_a_models_own_are_seen(text: str, found: str | None) -> None:
    """Digits and numerals are figures unless the article has them in the same word."""
    words = "深化三变改革，\n亩，第一书记，2020年4A级景区，1—9月，“1234”工作法"
    assert wrong_figure(text, {1: "3万元"}, words) == found


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2018", "2018"),
        ("2018年", "2018"),
        ("2018-12", "2018-12"),
        ("2018年3月", "2018-03"),
        ("2018年12月5日", "2018-12-05"),
        ("2016/2020", "2016/2020"),
        ("去年", None),
        ("2018-13", None),
        ("2018/2019/2020", None),
        ("", None),
        ("/", None),
    ],
)
def test_periods_are_read_in_the_forms_that_models_write(text: str, period: str | None) -> None:
    """A date in figures or with 年月日 becomes a period; anything else is none."""
    assert period_of(text) == period


@pytest.mark.parametrize(
    ("period", "known"),
    [("2018-12", True), ("2018", True), ("2016", True), ("2016/2018", True), ("2020-12", True), ("2018-11", False)],
)
def test_what_may_be_said_of_time(period: str, known: bool) -> None:
    """A stated period allows its years, year-ends and intervals between, and nothing else."""
    assert is_known(period, known_periods(["2018-12-05", "2016/2020", None])) is known
