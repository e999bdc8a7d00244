"""Times: the reference year, time phrases and the period that governs a number."""

import itertools
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.report import PERIOD
from schemas.vocabulary import Status
from summarizer.precheck import times
from summarizer.precheck.times import named

CASES: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parent / "cases" / "times.json").read_text(encoding="utf-8")
)
WORDS = (
    "今年",
    "去年",
    "2018年",
    "底",
    "以来",
    "到",
    "第一季度",
    "年",
    "12月",
    "目前",
    "“",
    "”",
    "。",
    ",",
    "\n",
    "9个",
    "一是",
)


def _named(group: str) -> Any:
    return pytest.mark.parametrize("case", [pytest.param(c, id=c["name"]) for c in CASES[group]])


@_named("years")
def test_the_reference_year_is_what_this_year_means(case: dict[str, Any]) -> None:
    """The reference year, its basis and the time of writing are taken from what the text and its header say."""
    published = case.get("published")
    year, basis = times.reference_year(case["text"], published, case.get("given"))
    assert (year, basis, times.written(case["text"], published, year)) == (case["year"], case["basis"], case["written"])


@_named("phrases")
def test_a_time_phrase_means_a_period(case: dict[str, Any]) -> None:
    """Every time phrase is found, and resolved with the reference year."""
    year = case["year"]
    written = case.get("written", None if year is None else str(year))
    found = times.find(case["text"], year, written)
    assert [[case["text"][t.start : t.end], t.period] for t in found] == case["expect"]


@_named("periods")
def test_a_period_governs_a_number(case: dict[str, Any]) -> None:
    """A number goes by its clause, its sentence, its paragraph, or the head of its section, in this order."""
    text, year = case["text"], case["year"]
    written = case.get("written", str(year))
    published = case.get("published")
    found = times.find(text, year, written, published)
    timeline = times.Timeline.of(text, found, year, written, published)
    status = Status(case.get("status", "achieved"))
    got = times.period_for(text.index(case["at"]), timeline, profile=case.get("profile", False), status=status)
    assert got == case["period"]


@given(st.lists(st.sampled_from(WORDS), max_size=30).map("".join), st.sampled_from([None, 2018]))
def test_phrases_stand_in_order_and_periods_in_form(text: str, year: int | None) -> None:
    """Whatever the text, phrases do not overlap, and every period has the report's form."""
    written = None if year is None else str(year)
    found = times.find(text, year, written)
    timeline = times.Timeline.of(text, found, year, written)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    periods = [t.period for t in found] + [times.period_for(i, timeline) for i in range(len(text))]
    assert all(p is None or re.fullmatch(PERIOD, p) for p in periods)


@pytest.mark.parametrize("zero", "〇○零")
def test_a_year_in_chinese_digits_has_its_zero_in_three_ways(zero: str) -> None:
    """`二〇一九年`, `二○一九年` and `二零一九年` are one year."""
    assert [mention.year for mention in named.mentions(f"二{zero}一九年摘帽。")] == [2019]
