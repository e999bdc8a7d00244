"""Furniture: everything of the page is marked, nothing of the article is."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.text import furniture
from tests.conftest import ENDLESS, processor_seconds

CASES = Path(__file__).parent / "cases" / "furniture"
MARKED = json.loads((CASES / "marked.json").read_text(encoding="utf-8"))
KEPT = json.loads((CASES / "kept.json").read_text(encoding="utf-8"))

WIDE = str.maketrans(",:;!?()", "，：；！？（）")
"""Half-width punctuation as its full-width twin: articles come with either, and mean the same."""

PAGE_WORDS = st.sampled_from(
    [
        "首页",
        " > ",
        "\n",
        "责任编辑:",
        "吉政",
        "浏览量:12",
        "第1页",
        "共4页",
        "版权声明",
        "相关阅读",
        "丰县 ",
        "。",
        "扫一扫",
        " ",
        "(",
        ")",
    ]
)


def _either_width(case: dict[str, Any]) -> list[tuple[str, list[list[str]]]]:
    """The case with half-width and with full-width punctuation."""
    wide = [[kind, text.translate(WIDE)] for kind, text in case["marked"]]
    return [(case["text"], case["marked"]), (case["text"].translate(WIDE), wide)]


@pytest.mark.parametrize("case", MARKED, ids=lambda c: c["name"])
def test_furniture_is_marked(case: dict[str, Any]) -> None:
    """The furniture of a page is found with its kind, and nothing beside it."""
    for text, marked in _either_width(case):
        assert [[f.kind, text[f.start : f.end]] for f in furniture.find(text)] == marked


@pytest.mark.parametrize("case", KEPT, ids=lambda c: c["name"])
def test_article_is_kept(case: dict[str, Any]) -> None:
    """Words of the article that look like furniture are left to it."""
    assert furniture.find(case["text"]) == ()
    assert furniture.find(case["text"].translate(WIDE)) == ()


@given(st.lists(PAGE_WORDS, max_size=40).map("".join))
def test_spans_are_in_order_and_apart(text: str) -> None:
    """Spans stand in order, do not overlap, and open text that is not only white space."""
    found = furniture.find(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(text[f.start : f.end].strip() for f in found)


@given(st.lists(PAGE_WORDS, max_size=40).map("".join))
def test_blanked_text_keeps_positions(text: str) -> None:
    """Blanking furniture changes no position and no line break, and leaves the rest as it was."""
    found = furniture.find(text)
    blanked = furniture.blank(text, found)
    hidden = {i for f in found for i in range(f.start, f.end)}
    assert len(blanked) == len(text)
    assert all(
        b == (a if i not in hidden or a == "\n" else " ") for i, (a, b) in enumerate(zip(text, blanked, strict=True))
    )


@pytest.mark.parametrize(
    "unit", [" ", "(", "1 ", "[1]", "浏览", "责任编辑:", "第1页", "版权", "首页>", "丰县 ", "\n", "12"]
)
def test_a_long_monotonous_text_is_looked_through(unit: str) -> None:
    """No pattern tries a run again from each of its places, whatever the text repeats: that would never end."""
    text = unit * (400_000 // len(unit))
    assert processor_seconds(lambda: furniture.find(text)) < ENDLESS


def test_every_rule_gives_its_reason() -> None:
    """A rule without a reason is a rule that nobody can judge."""
    assert all(rule.reason for rule in (*furniture.BLOCKS, *furniture.LINES, *furniture.INLINE))
