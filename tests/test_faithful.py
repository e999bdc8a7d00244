"""Faithfulness is scored by the spans of a report alone, and a number from nowhere costs it."""

import asyncio

import pytest

from evals.label import raw_text
from evals.run import ARTICLES
from evals.scorers.faithfulness import faithfulness, numerals
from schemas.outcome import Reported
from schemas.report import CountyReport
from summarizer import Summarizer

NAME = "spoilt-traditional"


@pytest.fixture(scope="module")
def report() -> CountyReport:
    """The report of a spoilt article, by rules."""

    async def read() -> CountyReport:
        async with Summarizer(reader="rules") as summarizer:
            outcome = await summarizer.outcome(ARTICLES / f"{NAME}.txt")
        assert isinstance(outcome, Reported)
        return outcome.report

    return asyncio.run(read())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("發放4214.88萬(wàn)元", ["4214.88万"]),
        ("１２．６万人,1,234户,占85%", ["12.6万", "1234", "85%"]),
        ("两万三千户,近三成", ["两万三千", "三成"]),
        ("一心一意", []),
    ],
)
def test_numerals(text: str, found: list[str]) -> None:
    """A numeral keeps its magnitude and loses what repair takes away."""
    assert numerals(text) == found


def test_prose_by_rules_is_faithful(report: CountyReport) -> None:
    """Every number that the rules put into a sentence stands in the article."""
    tally, misses = faithfulness(report, raw_text(ARTICLES / f"{NAME}.txt"))
    assert tally.total > 5
    assert (tally.right, misses) == (tally.total, [])


@pytest.mark.parametrize("lie", ["投入987.65万元。", "覆盖九万八千户。", "占97.31%。"])
def test_a_number_from_nowhere_is_a_miss(report: CountyReport, lie: str) -> None:
    """One invented number lowers the score by one."""
    raw = raw_text(ARTICLES / f"{NAME}.txt")
    before, _ = faithfulness(report, raw)
    after, misses = faithfulness(report.model_copy(update={"summary": report.summary + lie}), raw)
    assert (after.right, after.total) == (before.right, before.total + 1)
    assert misses[0].report.startswith("summary: ")
