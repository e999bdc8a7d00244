"""Traced text: whatever is done to it, its spans open the raw text."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.text.traced import Edit, Traced

TEXT = st.text("总人口萬(wàn)，,。12 \n?", max_size=40)
PATTERNS = (
    (re.compile(r"\([^()]*\)"), ""),
    (re.compile(r",，|，,"), "，"),
    (re.compile("萬"), "万"),
    (re.compile(r"\d+"), "数字"),
    (re.compile(r"\s"), ""),
)


def edited(text: str, steps: list[int]) -> Traced:
    """The text after some substitutions, in order."""
    traced = Traced.of(text)
    for step in steps:
        pattern, replacement = PATTERNS[step]
        traced = traced.sub(pattern, replacement)
    return traced


STEPS = st.lists(st.integers(0, len(PATTERNS) - 1), max_size=6)


@given(text=TEXT, steps=STEPS)
def test_order_is_kept(text: str, steps: list[int]) -> None:
    """Starts and ends never fall, and every character stands for something."""
    traced = edited(text, steps)
    assert len(traced.starts) == len(traced.ends) == len(traced.text)
    assert all(a < b for a, b in zip(traced.starts, traced.ends, strict=True))
    assert all(a <= b for a, b in pairwise(traced.starts))
    assert all(a <= b for a, b in pairwise(traced.ends))


@given(text=TEXT, steps=STEPS, data=st.data())
def test_span_of_clean_text_opens_the_raw_text(text: str, steps: list[int], data: st.DataObject) -> None:
    """`to_raw` lies in the raw text, and an unchanged character opens itself."""
    traced = edited(text, steps)
    if not traced.text:
        return
    start = data.draw(st.integers(0, len(traced) - 1))
    end = data.draw(st.integers(start + 1, len(traced)))
    a, b = traced.to_raw(start, end)
    assert 0 <= a < b <= len(text)
    for i in range(start, end):
        if traced.ends[i] - traced.starts[i] == 1 and traced.text[i] not in "万，数字":
            assert text[traced.starts[i]] == traced.text[i]


@given(text=TEXT, steps=STEPS, data=st.data())
def test_there_and_back(text: str, steps: list[int], data: st.DataObject) -> None:
    """`to_clean` of a span's raw span holds the span."""
    traced = edited(text, steps)
    if not traced.text:
        return
    start = data.draw(st.integers(0, len(traced) - 1))
    end = data.draw(st.integers(start + 1, len(traced)))
    back = traced.to_clean(*traced.to_raw(start, end))
    assert back[0] <= start
    assert end <= back[1]


@given(text=TEXT, steps=STEPS, cut=st.integers(0, 40))
def test_parts_joined_are_the_whole(text: str, steps: list[int], cut: int) -> None:
    """Slicing and joining lose nothing."""
    traced = edited(text, steps)
    assert traced[:cut] + traced[cut:] == traced


@given(text=TEXT, steps=STEPS)
def test_edit_twice_maps_like_edit_once(text: str, steps: list[int]) -> None:
    """Removing a character keeps the places of all others."""
    traced = edited(text, steps)
    without = traced.sub(re.compile("口"), "")
    assert [s for s, c in zip(traced.starts, traced.text, strict=True) if c != "口"] == list(without.starts)


def test_removed_bracket_at_the_edge_does_not_belong_to_a_span() -> None:
    """A mention ends before the artefact of its last character; one inside belongs to it."""
    traced = Traced.of("58個(gè)、4214萬(wàn)元").sub(re.compile(r"\(\w+\)"), "")
    assert traced.text == "58個、4214萬元"
    assert traced.to_raw(0, 3) == (0, 3)
    assert traced.to_raw(4, 10) == (8, 19)


def test_origins_place_each_character() -> None:
    """A restored word may say which raw characters each of its characters stands for."""
    traced = Traced.of("a?)b").edit([Edit(1, 3, "人口", origins=[(1, 2), (2, 3)])])
    assert (traced.text, traced.to_raw(1, 2), traced.to_raw(2, 3)) == ("a人口b", (1, 2), (2, 3))


@pytest.mark.parametrize(
    "edits",
    [[Edit(2, 2, "x")], [Edit(1, 3, ""), Edit(2, 4, "")], [Edit(3, 9, "")], [Edit(0, 2, "xy", origins=[(0, 1)])]],
    ids=["insertion", "overlap", "outside", "too few origins"],
)
def test_edits_that_would_break_the_map_are_refused(edits: list[Edit]) -> None:
    """An edit stands for a range of the text, in order, without overlap."""
    with pytest.raises(ValueError, match=r"edit|origin"):
        Traced.of("abcd").edit(edits)


def test_texts_are_joined_in_their_order() -> None:
    """Joining backwards would break every span after it."""
    traced = Traced.of("abcd")
    with pytest.raises(ValueError, match="order"):
        traced[2:] + traced[:2]
