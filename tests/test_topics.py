"""Topics: the lexicon tells what a clause, a heading and a number's surroundings are about."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.vocabulary import Topic
from summarizer.precheck import topics

CASES = json.loads((Path(__file__).parent / "cases" / "topics" / "clauses.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_clause_has_its_topic(case: dict[str, Any]) -> None:
    """A clause that is about one thing has that topic."""
    assert topics.topic_of(case["text"]) == case["topic"]


def test_every_topic_has_words() -> None:
    """Every code has words in the lexicon (`other` those of disasters), and the lexicon has no other code."""
    named = {topic for weights in topics.lexicon().values() for topic in weights}
    assert named == set(Topic)


def test_nothing_to_go_by_gives_the_default() -> None:
    """Words outside the lexicon leave the topic to whoever asks."""
    assert topics.topic_of("他走了") is Topic.OTHER
    assert topics.topic_of("他走了", Topic.FINANCE) is Topic.FINANCE


def test_longest_word_counts_alone() -> None:
    """A word inside a longer one of the lexicon is not counted again."""
    assert set(topics.scores("光伏扶贫")) == {Topic.PHOTOVOLTAIC}
    assert topics.scores("光伏扶贫") == {Topic.PHOTOVOLTAIC: topics.WEIGHTS["decisive"]}


def test_repetition_counts_only_so_far() -> None:
    """A word said ten times speaks no louder than one said twice."""
    assert topics.scores("企业" * 10) == topics.scores("企业" * topics.REPEATS)


def test_heading_outweighs_the_body() -> None:
    """A section is about what its heading names, although its body speaks of other things."""
    body = "支持种植、养殖、加工企业和合作社发展产业,栽植苹果。"
    assert topics.Scored(body).of_section("金融扶贫", 0, len(body)) is Topic.FINANCE


_WORDS = sorted(topics.lexicon())
_EITHER = re.compile("|".join(re.escape(word) for word in sorted(_WORDS, key=len, reverse=True)))


@given(st.lists(st.one_of(st.sampled_from(_WORDS), st.sampled_from("".join(_WORDS)), st.just("，"))).map("".join))
def test_words_are_those_of_one_alternation(text: str) -> None:
    """From left to right the longest word of each place counts, as if all words were the ways of one pattern."""
    expected: dict[Topic, float] = {}
    seen: Counter[str] = Counter()
    strong: Counter[Topic] = Counter()
    for word in _EITHER.findall(text):
        seen[word] += 1
        for topic, weight in topics.lexicon()[word].items() if seen[word] <= topics.REPEATS else ():
            strong[topic] += weight == topics.WEIGHTS["strong"]
            if weight != topics.WEIGHTS["strong"] or strong[topic] <= topics.LIST:
                expected[topic] = expected.get(topic, 0.0) + weight
    assert topics.scores(text) == expected
    assert topics.Scored(text).scores(0, len(text)) == expected


@given(
    st.lists(st.one_of(st.sampled_from(_WORDS), st.sampled_from("".join(_WORDS)))).map("".join),
    st.integers(0, 40),
    st.integers(0, 40),
)
def test_a_stretch_that_cuts_words_speaks_for_what_is_left_of_them(text: str, start: int, length: int) -> None:
    """The words of a stretch are those of its text by itself, wherever its edges fall."""
    end = min(start + length, len(text))
    assert topics.Scored(text).scores(start, end) == topics.scores(text[start:end])


@given(st.lists(st.one_of(st.sampled_from(_WORDS), st.sampled_from("".join(_WORDS)), st.just("，"))).map("".join))
def test_finders_together_find_what_each_finds_alone(text: str) -> None:
    """One pass for several lists finds in each of them the words that its own pass finds, where lists share words."""
    apart = [topics.finder(), topics.Finder(_WORDS[::2]), topics.Finder([*_WORDS[::3], "村", "，"])]
    assert topics.Finders(apart).found(text) == [finder.found(text) for finder in apart]
