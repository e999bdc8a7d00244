"""Patterns that ask for a first character before they try their alternatives: the question changes no answer."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.precheck import aside, per, quantities
from summarizer.precheck.times import phrases

ASKING = {
    "quantities": quantities.NUMERAL,
    "times": phrases._PHRASE,
    "per": per._CUE,
    "set aside": aside._ASIDE,
}
"""Patterns of the form `(?=[…])(?:…)`."""

_QUESTION = re.compile(r"\(\?=\[.*?(?<!\\)\]\)")


def _texts(pattern: str) -> st.SearchStrategy[str]:
    """Texts of the words and characters that the pattern is made of, of digits and of marks."""
    words = sorted({word for word in re.split(r"[^\u4e00-\u9fff]+", pattern) if word})
    pieces = st.sampled_from([*words, *sorted(set(pattern)), *"0123456789", "\n", "，", "2016", "20"])
    return st.lists(pieces, max_size=12).map("".join)


@pytest.mark.parametrize("name", ASKING)
def test_a_pattern_that_asks_for_its_first_character_finds_what_it_finds_without(name: str) -> None:
    """No form of a pattern begins with a character that the question in front of it leaves out."""
    asking = ASKING[name]
    plain = re.compile(_QUESTION.sub("", asking.pattern, count=1))
    assert plain.pattern != asking.pattern

    @given(_texts(asking.pattern))
    def same(text: str) -> None:
        assert [m.span() for m in asking.finditer(text)] == [m.span() for m in plain.finditer(text)]

    same()
