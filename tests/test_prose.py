"""No sentence of a report holds a number that the article does not state."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.prose import Prose
from tests.briefs import brief_of

ARTICLE = "2020年，全县投入资金1000余万元，覆盖16个村，户均增收12.6万元，占总任务的\ufffd85%。"


def test_reference_is_rendered_with_magnitude_unit_and_qualifier() -> None:
    """`{1}` becomes the article's own words."""
    assert Prose(brief_of(ARTICLE)).words("summary", "投入{1}，覆盖{2}。") == "投入1000余万元，覆盖16个。"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a figure of no candidate", "投入{9}。"),
        ("an invented figure", "投入3000万元。"),
        ("a part of a figure", "户均增收2.6万元。"),
        ("a figure with another magnitude", "户均增收12.6亿元。"),
        ("a figure with another unit", "覆盖16个县、16万元。"),
        ("a figure that lost a digit", "占总任务的{4}。"),
        ("the digits left of a figure that lost one", "占总任务的85%。"),
        ("an invented figure in Chinese numerals", "投入三千万元。"),
        ("an invented date", "2031年5月。"),
    ],
)
def test_sentence_is_dropped_and_recorded(name: str, text: str) -> None:
    """What the article does not state is not let in, and nothing disappears silently."""
    prose = Prose(brief_of(ARTICLE))
    assert prose.words("summary", text) == "", name
    assert [d.text for d in prose.dropped] == [text]
    assert prose.dropped[0].reason


@pytest.mark.parametrize(
    "text", ["户均增收12.6万元。", "2020年，覆盖16个村。", "没有数字的句子。", "户均增收126000元。"]
)
def test_stated_numbers_may_be_written_out(text: str) -> None:
    """The same number with the same unit is no invention."""
    assert Prose(brief_of(ARTICLE)).words("summary", text) == text


def test_summary_keeps_the_sentences_that_hold_and_fit() -> None:
    """A sentence that fails is left out alone; one too many is not cut in the middle."""
    prose = Prose(brief_of(ARTICLE))
    assert (
        prose.sentences("summary", "投入{1}。编造7亿元。覆盖{2}村。后面还有一句。", 22)
        == "投入1000余万元。覆盖16个村。"
    )


@given(st.text("0123456789.万亿元%个户人{}。，年月", max_size=30))
def test_no_digit_gets_through_that_the_article_does_not_have(text: str) -> None:
    """Whatever a model writes, every run of digits in what is let through stands in the article."""
    rendered = Prose(brief_of(ARTICLE)).words("summary", text)
    stated = set(re.findall(r"\d+(?:\.\d+)?", ARTICLE.replace("\ufffd85", "")))
    assert set(re.findall(r"\d+(?:\.\d+)?", rendered)) <= stated | {"126000", "10000000"}
