"""No sentence of a report holds a number that the article does not state."""

import json
import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.run import ARTICLES
from summarizer.precheck.brief import Brief
from summarizer.precheck.examine import examine
from summarizer.prose import Prose
from summarizer.text import repair
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


NEWS = (
    "镇雄县减贫3.2万人、彝良县减贫1.8万人。贫困发生率由17.7%下降到13.9%。人均收入由6120元增加到7350元。"
    "64个项目基本完成。全市10个贫困县全部摘帽。昭阳区率先建成苹果基地60万亩。日照市援助资金3240万元。"
)


def _news() -> Prose:
    return Prose(brief_of(NEWS, "镇雄县", "彝良县", "昭阳区"))


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("a flipped direction", "贫困发生率上升到13.9%。"),
        ("a flipped pair", "贫困发生率由13.9%下降到17.7%。"),
        ("both flipped", "贫困发生率由13.9%上升到17.7%。"),
        ("a rise told as a fall", "收入减少到7350元。"),
        ("a rise that the article does not tell", "减贫人数增加到3.2万人。"),
        ("all where the article says most", "64个项目全部完成。"),
        ("a first that is none", "首个建成的64个项目投用。"),
        ("a county that the article does not name", "大关县减贫3.2万人。"),
        ("a swapped county", "镇雄县减贫人口1.8万人。"),
        ("a changed figure", "镇雄县减贫3.8万人。"),
    ],
)
def test_planted_lie_is_dropped_and_recorded(name: str, sentence: str) -> None:
    """A claim of change, extent or place that the article does not bear out is not let in."""
    prose = _news()
    assert prose.sentences("summary", sentence, 240) == "", name
    assert prose.dropped[0].reason


@pytest.mark.parametrize(
    "sentence",
    [
        "贫困发生率由17.7%降至13.9%。",
        "人均收入提高到7350元。",
        "10个贫困县全部脱贫摘帽。",
        "镇雄县实现减贫3.2万人。",
        "昭阳区率先发展苹果60万亩。",
        "日照市投入援助资金3240万元。",
        "64个项目基本完成。",
    ],
)
def test_true_claim_in_other_words_is_kept(sentence: str) -> None:
    """A sentence may sum up what the article says of the figures it cites."""
    prose = _news()
    assert (prose.sentences("summary", sentence, 240), prose.dropped) == (sentence, [])


def test_sentence_of_the_article_needs_no_proof() -> None:
    """Words taken from the article stand, whatever they claim."""
    prose = Prose(brief_of("全县首个车间投产。村民笑声增加了。"))
    assert prose.sentences("summary", "全县首个车间投产。村民笑声增加了。", 240) == "全县首个车间投产。村民笑声增加了。"


CLAIMS = json.loads((Path(__file__).parent / "cases" / "claims.json").read_text("utf-8"))
"""Sentences as a model might write them of a sample: `lies`, each with what is wrong in it, and `truths`."""


@cache
def _sample(name: str) -> Brief:
    return examine(repair((ARTICLES / f"{name}.txt").read_bytes()))


@pytest.mark.parametrize(
    ("sample", "kind", "lie"), [(case["sample"], kind, lie) for case in CLAIMS for kind, lie in case["lies"]]
)
def test_lie_about_a_sample_is_caught(sample: str, kind: str, lie: str) -> None:
    """A changed figure, a swapped place, a flipped direction, an invented name or a plan told as done is not let in."""
    prose = Prose(_sample(sample))
    assert prose.sentences("summary", lie, 240) == "", kind
    assert prose.dropped[0].reason


@pytest.mark.parametrize(("sample", "truth"), [(case["sample"], truth) for case in CLAIMS for truth in case["truths"]])
def test_faithful_paraphrase_is_kept(sample: str, truth: str) -> None:
    """What the article says may be said in other words."""
    prose = Prose(_sample(sample))
    assert (prose.sentences("summary", truth, 240), prose.dropped) == (truth, [])


@pytest.mark.parametrize(
    "sentence",
    ["三年来，全县投入1.5亿元，其中2018年2600万元、2019年5400万元、2020年7000万元。", "2019年，覆盖16个村。"],
)
def test_a_whole_sentence_of_the_article_needs_no_proof(sentence: str) -> None:
    """What the article says from mark to mark is not held against what rules make of its times."""
    prose = Prose(brief_of(f"全县脱贫。{sentence}群众满意。"))
    assert prose.sentences("summary", sentence, 240) == sentence
    assert not prose.dropped


@pytest.mark.parametrize("sentence", ["234万元投入使用。", "人增收12。"])
def test_a_piece_of_a_number_is_no_sentence_of_the_article(sentence: str) -> None:
    """A mark inside a number bounds nothing: 234万元 does not stand in 1,234万元."""
    prose = Prose(brief_of("全县1,234万元投入使用。8户;人增收12:34。"))
    assert prose.sentences("summary", sentence, 240) == ""
    assert [d.text for d in prose.dropped] == [sentence]
