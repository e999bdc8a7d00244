"""Patterns that ask for a first character before they try their alternatives: the question changes no answer."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.patterns import beginnings, compiled, first_characters
from summarizer.precheck import aside, aside_rules, per, quantities
from summarizer.precheck.times import phrases
from summarizer.readers import indicators
from summarizer.readers.label_words import label_words
from summarizer.readers.status_words import status_words

ASKING = {
    "quantities": quantities.NUMERAL,
    "times": phrases._PHRASE,
    "per": per._CUE,
    "plans": status_words().scopes.scope,
    "intent": status_words().intent,
    "times in a label": label_words().time,
    "ends of a label": label_words().tail,
    "verbs": label_words().verb,
}
"""Patterns of the form `(?=[…])(?:…)`."""

_QUESTION = re.compile(r"\(\?=\[.*?(?<!\\)\]\)")


def _texts(pattern: str) -> st.SearchStrategy[str]:
    """Texts of the words and characters that the pattern is made of, of digits and of marks."""
    words = sorted({word for word in re.split(r"[^\u4e00-\u9fff]+", pattern) if word})
    pieces = st.sampled_from([*words, *sorted(set(pattern)), *"0123456789", "\n", "，", "2016", "20"])
    return st.lists(pieces, max_size=12).map("".join)


def _same(asking: re.Pattern[str], plain: re.Pattern[str]) -> None:
    @given(_texts(plain.pattern))
    def same(text: str) -> None:
        assert [m.span() for m in asking.finditer(text)] == [m.span() for m in plain.finditer(text)]

    same()


@pytest.mark.parametrize("name", ASKING)
def test_a_pattern_that_asks_for_its_first_character_finds_what_it_finds_without(name: str) -> None:
    """No form of a pattern begins with a character that the question in front of it leaves out."""
    asking = ASKING[name]
    plain = re.compile(_QUESTION.sub("", asking.pattern, count=1))
    assert plain.pattern != asking.pattern
    _same(asking, plain)


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?<!不)甲乙?|[(|]丙|\||丁\)",
        r"(?P<one>甲|乙)丙|(?P<two>\d{1,2})个|丁",
        "甲?乙|丙{0,2}丁|(?:戊|己)+",
        "甲?|(?<=丙)丁",
        "(?P<one>甲)乙|(?(one)丙|丁)",
        "[^甲]乙|(?=丙)丙丁",
    ],
)
def test_alternatives_that_ask_for_their_first_characters_find_what_they_find_without(pattern: str) -> None:
    """Bars in classes and in brackets end no alternative, and one that begins with anything asks for nothing."""
    _same(compiled(pattern), re.compile(pattern))


def test_cues_of_indicators_find_what_they_find_without_asking() -> None:
    """The same for the cue words of all quantities, asked as one."""
    cues = {rule.cues.pattern for rules in indicators.lexicon().rules.values() for rule in rules}
    for pattern in sorted(cues):
        plain = _QUESTION.sub("", pattern, count=1) if pattern.startswith("(?=[") else pattern
        text = "".join(re.split(r"[^\u4e00-\u9fff]+", plain))
        found = [m.span() for m in re.finditer(pattern, text)]
        assert found == [m.span() for m in re.finditer(plain, text)]


_ALL_ASIDE = re.compile("|".join(f"(?:{pattern})(?P<r{i}>)" for i, (_, pattern) in enumerate(aside_rules.RULES)))


@given(_texts(_ALL_ASIDE.pattern))
def test_rules_chosen_by_their_first_character_set_aside_what_all_of_them_do(text: str) -> None:
    """No rule is left out where a number's first character could begin it, and the first of two still wins."""
    plain = re.compile(f"{aside._MID_RUN}(?:{_ALL_ASIDE.pattern})")
    found = [(m.span(), m.lastgroup) for m in aside._matches(text, 0, len(text))]
    assert found == [(m.span(), m.lastgroup) for m in plain.finditer(text)]


@pytest.mark.parametrize("pattern", ["甲|.乙", "(?<!不)甲*", "[^甲]乙"])
def test_a_pattern_that_begins_with_anything_has_no_beginnings(pattern: str) -> None:
    """Rules are chosen by their first character, so that such a rule would never be found: it is refused."""
    with pytest.raises(ValueError, match="may begin with anything"):
        beginnings(pattern)


@pytest.mark.parametrize(
    ("pattern", "first"),
    [
        ("(?<!不)(?:增|减)收|(共)计", "共减增"),
        (r"\d{1,2}月|(?<=年)底", r"\d底"),
        (r"[一-三]是|(?:约)?近", "一-三约近"),
        ("(?=年)年度|(?:甲)乙", "年甲"),
        ("增收|减收", None),
        ("甲|.乙", None),
        ("(?<!不)甲*", None),
        ("^(?:甲|(乙))", None),
        ("(?i)(?<!x)abc|(d)", None),
        ("(?<!不)[一-龥]县", None),
    ],
)
def test_first_characters_are_those_that_a_match_can_begin_with(pattern: str, first: str | None) -> None:
    """None where `re` is quick by itself, or where a match can begin with anything or with nothing."""
    assert first_characters(pattern) == first


def test_a_compiled_pattern_keeps_its_groups() -> None:
    """The question adds no group."""
    found = compiled("(?<!不)(?P<verb>增|减)收|(?P<sum>共)计").search("预计增收")
    assert found is not None
    assert (found.lastgroup, found["verb"], found["sum"]) == ("verb", "增", None)
