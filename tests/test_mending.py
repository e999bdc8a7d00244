"""Mends: a model's sentence gets the references that the article proves, and keeps no figure that it does not state."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.mending import Source, foreign, mended, passage, rendered, shortened, sound

MARKED = (
    "青禾县辖«4镇»、«3乡»，总人口«5.4万人»。2019年5月21日，该县获批退出。\n"
    "全县围绕“1234”工作法，建成4A级景区«2处»，投入«420万元»，新修水渠«3公里»，新修道路«3公里»。\n"
    "到第十二届茶叶节，贫困发生率降至«0.07%»，户均增收«200元»，近«3000元»用于奖励，惠及«三百二十户»，兵分«4»路。\n"
)
"""Figures stand in « »; they are 1 to 12."""


def _figures() -> Iterator[tuple[int, str]]:
    """Where each figure begins in the clean text, and its words."""
    for n, found in enumerate(re.finditer("«(.*?)»", MARKED)):
        yield found.start() - 2 * n, found[1]


TEXT = re.sub("[«»]", "", MARKED)
SOURCE = Source(
    text=TEXT,
    words=re.sub("«.*?»", "\n", MARKED),
    figures={id: words for id, (_, words) in enumerate(_figures(), 1)},
    starts={id: start for id, (start, _) in enumerate(_figures(), 1)},
    subject="青禾县",
)

MENDED = {
    "a figure written out": ("贫困发生率只有0.07%", "贫困发生率只有{8}"),
    "two figures in a row": ("辖有4镇3乡", "辖有{1}{2}"),
    "numerals written out": ("共惠及三百二十户", "共惠及{11}"),
    "a whole sentence": (
        "建成4A级景区2处，投入420万元，新修水渠3公里",
        "建成4A级景区{4}，投入{5}，新修水渠{6}",
    ),
    "one of two equal figures, in the words that tell which": ("投入资金，新修道路3公里", "投入资金，新修道路{7}"),
    "marks that were shown": ("辖⟦1:4镇⟧、⟦2:3乡⟧", "辖{1}、{2}"),
    "a figure without a unit, before its own word": ("兵分{12}路", "兵分{12}路"),
    "a unit said twice": ("投入{5}万元", "投入{5}"),
    "quotation marks of another shape": ("全县围绕‘1234’工作法，投入420万元", "全县围绕“1234”工作法，投入{5}"),
}


@pytest.mark.parametrize("name", MENDED)
def test_a_figure_that_the_article_proves_becomes_a_reference(name: str) -> None:
    """What is written as the article writes exactly one figure is that figure."""
    text, expected = MENDED[name]
    assert mended(text, SOURCE) == expected
    assert sound(text, SOURCE, 120) == (expected, [])


LEFT_OUT = {
    "a figure of its own": "贫困发生率降至0.7%",
    "the end of a longer figure": "惠及20户，总人口15.4万人",
    "a part of a numeral": "惠及二十户",
    "one without its qualifier's words": "约200元用于奖励",
    "one that grows": "投入420万元以上",
    "one of two equal figures": "新建3公里",
    "another unit": "投入420万",
    "a range of references": "退出贫困{1-3}",
    "a reference to nothing": "投入{99}",
    "digits of a name for another thing": "围绕1234人",
    "a date that is not stated": "2018年获批退出",
    "a year's digits with another unit": "2019户获批退出",
    "a figure that a magnitude follows": "投入{5}亿",
    "two figures without a unit, joined": "兵分{12}{12}路",
    "a figure without its unit with another": "降至{12}%",
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_a_figure_that_the_article_does_not_prove_is_left_out(name: str) -> None:
    """The sentence is dropped with a reason; nothing is made of it."""
    kept, left = sound(LEFT_OUT[name], SOURCE, 120)
    assert (kept, len(left)) == ("", 1)


WORDS = {
    "a date": "2019年5月21日，该县获批退出。",
    "a year": "该县2019年获批退出。",
    "a grade": "建成4A级景区。",
    "an ordinal": "到第十二届茶叶节。",
    "a name between its own marks": "围绕“1234”工作法。",
}


@pytest.mark.parametrize("name", WORDS)
def test_digits_that_are_words_of_the_article_stand(name: str) -> None:
    """Dates, ordinals and names that the article has are no figures."""
    assert sound(WORDS[name], SOURCE, 120) == (WORDS[name], [])


def test_a_sentence_that_fails_takes_no_other_with_it() -> None:
    """Those beside it are kept."""
    kept, left = sound("该县投入{5}。惠及99户。新修道路3公里！", SOURCE, 120)
    assert kept == "该县投入{5}。新修道路{7}！"
    assert [one.text for one in left] == ["惠及99户。"]


FOREIGN = {
    "another county's trade": ("青禾县光伏和养羊成主业", True),
    "a figure of something else": ("青禾县{3}脱贫", True),
    "a paraphrase": ("青禾县投资{5}建设景区", False),
    "a figure alone": ("{1}、{2}", False),
    "the subject and a date": ("青禾县2019年", False),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_a_clause_in_words_of_another_article_is_seen(name: str) -> None:
    """Words that the article does not have at all, or not where it states the figure, are not about it."""
    text, expected = FOREIGN[name]
    assert (foreign(text, SOURCE) is not None) is expected


def test_a_long_text_is_cut_at_the_end_of_a_clause() -> None:
    """References count with the words that they stand for."""
    assert shortened("建成景区{4}，投入{5}，新修", SOURCE.figures, 12) == "建成景区{4}"
    assert shortened("没有一个逗号的长题", SOURCE.figures, 4) == ""
    assert sound("建成景区{4}，投入{5}", SOURCE, 12)[0] == "建成景区{4}"


def test_a_text_without_a_quote_is_about_the_sentence_of_its_figures() -> None:
    """Else about that with which it shares words; else about none."""
    assert passage("投入{5}", None, SOURCE, 200) == TEXT.splitlines()[1]
    assert passage("该县获批退出了", None, SOURCE, 200) == "2019年5月21日，该县获批退出。"
    assert passage("投入{5}", "全县围绕", SOURCE, 200) == "全县围绕"
    assert passage("光伏养羊", None, SOURCE, 200) is None


_pieces = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "{1}",
                "{9}",
                "{12}",
                "{12}",
                "{99}",
                "4镇",
                "420万元",
                "2019年",
                "第十二届",
                "420",
                "万",
                "，",
                "。",
                "近",
            ]
        ),
        st.builds(lambda at, n: TEXT[at : at + n], st.integers(0, len(TEXT) - 1), st.integers(1, 20)),
        st.text("0123４五万亿元人{}⟦⟧:“’A", max_size=5),
    ),
    max_size=8,
)


@given(_pieces)
def test_no_figure_comes_through_that_the_article_does_not_state(pieces: list[str]) -> None:
    """Rendered, every run of digits of what is kept is one of the article's, and no mark is left."""
    kept, _ = sound("".join(pieces), SOURCE, 120)
    shown = rendered(kept, SOURCE.figures)
    assert len(shown) <= 120
    assert not re.search("[{}⟦⟧]", shown)
    assert set(re.findall(r"\d+(?:\.\d+)?", shown)) <= set(re.findall(r"\d+(?:\.\d+)?", TEXT))


@given(_pieces)
def test_a_mend_is_made_once(pieces: list[str]) -> None:
    """What is mended needs no mending."""
    once = mended("".join(pieces), SOURCE)
    assert mended(once, SOURCE) == once
