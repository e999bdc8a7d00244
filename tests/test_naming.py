"""Names weighed against words: what stands before 村, 镇 and 乡."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.precheck import naming

RUNS = st.text("去在帮助贫困发展竹园李家沟石板的了一新", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("run", "proposed", "name"),
    [
        ("随即就去竹园", "去竹园", "竹园"),
        ("余晖斜洒在于营", "在于营", "于营"),
        ("一年来小庙子", None, "小庙子"),
        ("大别山脚下的里罗城", "里罗城", "里罗城"),
        ("亚克巴格", "亚克巴格", "亚克巴格"),
    ],
)
def test_a_name_begins_behind_the_words_that_lead_to_it(run: str, proposed: str | None, name: str) -> None:
    """A verb or a preposition is cut off, a character that is a part of the name is not."""
    assert naming.settled(run, proposed, "村") == name


@pytest.mark.parametrize("words", ["帮助", "这位", "今年", "新一届", "针对", "增加", "一名", "贫穷"])
def test_words_of_a_sentence_are_no_name(words: str) -> None:
    """What jieba's dictionary explains better than any name is none, whatever is proposed."""
    assert naming.settled(words, words, "村") is None


@pytest.mark.parametrize(("name", "kind"), [("城关", "镇"), ("唐古拉山", "镇"), ("驯乐苗族", "乡")])
def test_a_town_of_the_gazetteer_stays_a_name(name: str, kind: str) -> None:
    """A name that a county's town has, or that ends with a people's, is one although its words are usual."""
    assert naming.settled(name, name, kind) == name


def test_other_classes_are_not_weighed() -> None:
    """The names are those of towns: what stands before 社区 or 街道 stays as proposed."""
    assert naming.settled("帮助", "帮助", "社区") == "帮助"


@given(RUNS, st.sampled_from("村镇乡"))
def test_a_name_is_the_end_of_its_run(run: str, kind: str) -> None:
    """Whatever is proposed, the outcome is None or stands at the end of the run."""
    for proposed in (None, run[-2:]):
        name = naming.settled(run, proposed, kind)
        assert name is None or (run.endswith(name) and name)


@given(RUNS)
def test_odds_are_a_number(run: str) -> None:
    """Every run has a likeliest name at its end, and finite odds."""
    name, odds = naming.weighed(run[-naming.RUN_CHARS :], "村")
    assert run.endswith(name)
    assert name
    assert math.isfinite(odds)
