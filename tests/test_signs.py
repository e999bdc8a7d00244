"""Signs: a pattern that is not tried in a stretch, because none of its pieces stands there, matches nowhere in it."""

import dataclasses
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarizer import signs
from summarizer.readers.indicators import lexicon
from summarizer.readers.narrative import table, words
from summarizer.readers.policy import is_policy, lays_down, policy_words
from summarizer.readers.status_words import status_words
from summarizer.readers.study import Study
from tests.reading_cases import brief_of, cases
from tests.test_status import ENDS_OF_PLANS, PLANS, RULES

PIECES = {
    "给予": {"给予"},
    "(给予|予以)[^，]{0,14}补助": {"补助"},
    "(给予|予以)[^，]{0,14}补": {"给予", "予以"},
    "补[助贴]": {"补助", "补贴"},
    "(每|[一1])[^，]{1,4}(奖|补|赔)": {"奖", "补", "赔"},
    "贫困(发生率|面)": {"困发", "困面"},
    "贫困|全县": {"贫困", "全县"},
    "已?完成": {"已完", "完成"},
    "(?<!未)脱贫(?=户)": {"脱贫"},
    "[0-9]+户": {"户"},
    "(?:每户){1,3}": {"每户"},
    "不低于|^共": {"不低", "共"},
    "不低于|.": set(),
    "(?i:GDP)": set(),
    "共?": set(),
}
"""Patterns with the pieces of which each match holds one; none where a match may hold anything."""


@pytest.mark.parametrize("pattern", PIECES)
def test_every_match_holds_one_of_its_pieces(pattern: str) -> None:
    """Of all pieces that a pattern needs the longest are looked for, of those the rarest, then the fewest."""
    assert signs.pieces(re.compile(pattern)) == PIECES[pattern]


def _vocabulary() -> list[re.Pattern[str]]:
    """Every pattern that rules ask for its sign, and their like."""
    of_status, of_policy = status_words(), policy_words()
    named = [getattr(of, f.name) for of in (of_status, of_policy) for f in dataclasses.fields(of)]
    cues = [rule.cues for rules in lexicon().rules.values() for rule in rules]
    told = [words(section, name) for section in ("partners", "designations") for name in table()[section]]
    return [*(p for p in named if isinstance(p, re.Pattern)), *(cue.words for cue in of_status.cues), *cues, *told]


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_what_a_pattern_finds_in_a_stretch_has_its_sign_there(data: st.DataObject) -> None:
    """Nothing that matches is passed over, wherever the stretch begins and ends."""
    text = data.draw(st.sampled_from([case["text"] for name in ("sentences", "narrative") for case in cases(name)]))
    places = st.integers(0, len(text))
    start, end = sorted((data.draw(places), data.draw(places)))
    for pattern in _vocabulary():
        sign = signs.of(pattern)
        if pattern.search(text, start, end) or pattern.search(text[start:end]):
            assert signs.within(text, (start, end)) & sign, pattern.pattern


def test_a_vocabulary_that_comes_later_may_match_anywhere_before_and_is_seen_afterwards() -> None:
    """Vocabularies are loaded with the first article that needs them."""
    text, other = "全县建成某某示范园3个。", "全县建成另外一个园子3个。"
    before = signs.within(text, (0, len(text))) & signs.within(other, (0, len(other)))
    later = signs.of(re.compile("某某示范园"))
    assert before & later
    assert signs.within(text, (0, len(text))) & later
    assert not signs.within(other, (0, len(other))) & later


def test_nothing_that_a_rule_lays_down_is_passed_over() -> None:
    """Where words that could lay a number down are wanting, asking for them at length finds none either."""
    for _, text, _, _ in (*ENDS_OF_PLANS, *PLANS, *RULES):
        study = Study(brief_of(text))
        for candidate in study.brief.candidates:
            near = study.around(candidate)
            asked_all = near._replace(told=signs.EVERY)
            for announced in (False, True):
                laid_down = lays_down(text, asked_all, signs.EVERY, announced=announced)
                assert is_policy(text, near, announced=announced) == laid_down, text
