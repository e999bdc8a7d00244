"""The spoiler damages text as the scrapers did, and takes the labels along."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.carry import Edit, Sample, carry, unique_quote
from evals.spoil import (
    annotate,
    bracket,
    byte_shift,
    decode,
    double_punctuation,
    encode,
    full_width,
    furniture,
    misread,
    narrow,
    scrape,
    traditional,
    web_page,
)

PINYIN = re.compile(r"\([a-zà-ǜ]+\)")
DIGITS = re.compile(r"\d")


def sample(text: str, *mentions: str) -> Sample:
    """A Traditional sample with a fact for the first place of each mention."""
    spans = [(text.index(mention), text.index(mention) + len(mention)) for mention in mentions]
    facts: list[dict[str, Any]] = [
        {
            "span": list(span),
            "number_at": span[0],
            "quote": unique_quote(text, span),
            "mention": text[slice(*span)],
            "value": 1,
            "upper": None,
        }
        for span in spans
    ]
    labels: dict[str, Any] = {"document": {"script": "traditional", "corrupted": False}, "facts": facts}
    return Sample(text, labels | {key: [] for key in ("milestones", "cases", "damage", "traps")})


SHIFTED = {
    "a character and the digit behind it": ("總人口9.4萬", "側", "總?cè)丝?.4萬"),
    "a run of three characters": ("佔總任務的185%", "側", "佔總?cè)蝿盏?85%"),
    "a mark across a full stop and a quote": ("。”皋蘭縣", "！", "?！备尢m縣"),
    "pairs that vanish": ("。“十三五”時", "！", "?！笆濉睍r"),
    "a mark across a full stop and a character": ("98%。互助資金", "；", "98%?；ブY金"),
    "two places": ("總人口9人，總人數8人", "側", "總?cè)丝?人，總?cè)藬?人"),
}


@pytest.mark.parametrize(("clean", "character", "spoilt"), SHIFTED.values(), ids=SHIFTED)
def test_byte_shift_makes_what_is_seen_on_spoilt_pages(clean: str, character: str, spoilt: str) -> None:
    """Annotating bytes without looking where characters begin gives the passages known from real pages."""
    assert byte_shift(sample(clean), character).text == spoilt


def test_byte_shift_leaves_the_character_itself_alone() -> None:
    """A listed character that stands on its own is the business of `annotate`."""
    assert byte_shift(sample("兩側3米"), "側").text == "兩側3米"


DECODED = {
    "a low second byte eats both": (b"\xda9.", "?."),
    "an unassigned pair vanishes": (b"a\xae\xc8b", "ab"),
    "the user-defined area vanishes": (b"a\xfd\xceb\xfa\xd9", "ab"),
    "a lead byte at the end is one mark": (b"a\xda", "a?"),
    "assigned pairs are read": ("總人口".encode("gbk"), "總人口"),
}


@pytest.mark.parametrize(("data", "text"), DECODED.values(), ids=DECODED)
def test_decoder_behaves_as_the_scrapers_decoder(data: bytes, text: str) -> None:
    """What is invalid becomes one `?` or nothing, as in the spoilt pages and unlike Python's own decoder."""
    assert "".join(unit.text for unit in decode(data)) == text


def test_a_fact_that_lost_a_digit_has_no_value() -> None:
    """An eaten digit makes the value null and is entered as damage over the whole mention."""
    spoilt = byte_shift(sample("轄3鄉，總人口9.4萬人。", "3鄉", "9.4萬人"), "側")
    assert [fact["value"] for fact in spoilt.gold["facts"]] == [1, None]
    assert spoilt.gold["facts"][1]["mention"] == "?.4萬人"
    [damage] = spoilt.gold["damage"]
    assert (damage["quote"], damage["restored"], damage["lost"]) == ("?cè)丝?.4萬人", "人口?.4万人", "digit")


LOST = {
    "none": ("98%。互助資金", "；", "。互助资"),
    "character": ("。“十三五”時", "！", "。“十?五”时"),
}


@pytest.mark.parametrize("lost", LOST)
def test_damage_says_what_is_lost(lost: str) -> None:
    """A character of which no byte is left stays open; one of which a byte is left counts as restorable."""
    clean, character, restored = LOST[lost]
    [damage] = byte_shift(sample(clean), character).gold["damage"]
    assert (damage["lost"], damage["restored"]) == (lost, restored)


def test_annotations_follow_listed_characters_only() -> None:
    """Pinyin is toned and bracketed, and a mention ends before that of its last character."""
    spoilt = annotate(sample("貸款38萬元給58個村", "38萬元", "58個"))
    assert spoilt.text == "貸款38萬(wàn)元給58個(gè)村"
    assert [fact["mention"] for fact in spoilt.gold["facts"]] == ["38萬(wàn)元", "58個"]
    assert spoilt.gold["document"]["corrupted"]


def test_punctuation_is_doubled_before_the_mark() -> None:
    """A comma stands before the mark, as in `,。`."""
    assert narrow(double_punctuation(sample("三鄉，兩鎮、一街。"))).text == "三鄉,,兩鎮,、一街,。"


def test_furniture_is_a_page_around_the_article_and_its_digits_are_traps() -> None:
    """Every digit that the page adds lies in a trap; the article inside is as it was."""
    page = furniture(sample("轄3鄉。", "3鄉"), views=777, year=2031)
    inside = page.text.index("轄3鄉。")
    assert page.gold["facts"][0]["span"] == [inside + 1, inside + 3]
    trapped = {i for trap in page.gold["traps"] for a, b in trap["spans"] for i in range(a, b)}
    added = [m.start() for m in DIGITS.finditer(page.text) if m.start() != inside + 1]
    assert len(added) == 7
    assert trapped.issuperset(added)


def test_encoding_refuses_what_it_cannot_hold() -> None:
    """A character that Big5 lacks raises; it is never replaced."""
    assert encode(sample("縣"), "gb18030") == b"\xbfh"
    with pytest.raises(UnicodeError):
        encode(sample("县"), "big5")


def test_a_label_of_which_nothing_is_left_goes() -> None:
    """A fact whose characters all vanished is no longer stated by the file."""
    edit = Edit("甲", [(0, 1), (1, 1), (1, 1)], lost=frozenset({1, 2}))
    assert carry(sample("甲3人", "3人"), edit).gold["facts"] == []


def test_a_quote_grows_until_it_is_unique() -> None:
    """The quote of a repeated mention holds enough of its neighbourhood to be found again."""
    assert unique_quote("甲縣5人乙縣5人", (6, 8)) == "乙縣5人"


def test_a_mention_that_cannot_be_told_apart_is_an_error() -> None:
    """No stretch of the text holds an empty mention once."""
    with pytest.raises(ValueError, match="no unique quote"):
        unique_quote("5人5人", (0, 0))


def test_pinyin_in_square_brackets_follows_characters_here_and_there() -> None:
    """Without its brackets the text is the clean one, and every run with one seed brackets the same characters."""
    clean = "全县贫困户实现脱贫，" * 20
    spoilt = bracket(sample(clean), seed=3).text
    assert spoilt != clean
    assert re.sub(r"【[a-zà-ǜ]+】", "", spoilt) == clean
    assert bracket(sample(clean), seed=3).text == spoilt


def test_full_width_numbers_keep_their_labels() -> None:
    """Digits, points inside numbers and percent signs are full-width; a full stop of ASCII is not."""
    spoilt = full_width(sample("率12.6%.共3户", "12.6%"))
    assert spoilt.text == "率１２．６％.共３户"
    assert spoilt.gold["facts"][0]["mention"] == "１２．６％"


def test_traditional_text_has_simplified_labels() -> None:
    """The characters change, their places and the labels do not."""
    spoilt = traditional(sample("发放贷款3万元", "3万元"))
    assert (spoilt.text, spoilt.gold["facts"][0]["mention"]) == ("發放貸款3萬元", "3萬元")
    assert spoilt.gold["document"]["script"] == "traditional"


def test_misread_text_gives_its_bytes_back() -> None:
    """Each character is shown as Windows shows the bytes of its UTF-8, and none is lost."""
    spoilt = misread(sample("全县3户", "3户"))
    assert spoilt.text == "å…¨åŽ¿3æˆ·"
    assert spoilt.gold["facts"][0]["mention"] == "3æˆ·"


def test_a_web_page_has_a_paragraph_for_each_line() -> None:
    """Labels open the source of the page, where signs of markup are written as entities."""
    page = web_page(sample("甲<乙\n有3户", "3户"))
    assert "<p>甲&lt;乙</p>\n<p>有3户</p>" in page.text
    assert page.text[slice(*page.gold["facts"][0]["span"])] == "3户"


def test_scraped_text_has_pinyin_marks_and_shifts_at_once() -> None:
    """Pinyin comes before the comma of the mark behind it; a listed character across two others shifts them."""
    spoilt = scrape(sample("總人口9.4萬，", "9.4萬"))
    assert spoilt.text.endswith("4萬(wàn),，")
    assert "?cè)丝?.4" in spoilt.text
    assert spoilt.gold["facts"][0]["value"] is None


WORDS = ["總人口", "總任務的", "縣里", "萬元", "，", "。“", "”", "；", "貧困戶", "十三五", "實現", "其中", "！"]
NUMBERS = st.integers(1, 99_999).map(str) | st.decimals(1, 99, places=2).map(str)


@st.composite
def labelled(draw: st.DrawFn) -> Sample:
    """A sample of words that spoil well, with a fact for every number, all numbers different."""
    numbers = draw(st.lists(NUMBERS, min_size=1, max_size=6, unique=True))
    text, mentions = "", []
    for number in numbers:
        text += "".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)))
        mentions.append(f"〔{number}人")
        text += mentions[-1]
    clean = sample(text, *mentions)
    for fact in clean.gold["facts"]:
        fact.update(span=[fact["span"][0] + 1, fact["span"][1]], number_at=fact["span"][0] + 1)
        fact["mention"] = text[slice(*fact["span"])]
        fact["quote"] = text
    return clean


@given(labelled(), st.integers(0, 9))
def test_scraping_invents_no_digit_and_loses_none_unseen(clean: Sample, seed: int) -> None:
    """A fact that kept its value kept its digits, and every missing digit is entered as damage."""
    spoilt = scrape(clean, seed)
    rest = iter(DIGITS.findall(clean.text))
    assert all(digit in rest for digit in DIGITS.findall(spoilt.text))
    missing = len(DIGITS.findall(clean.text)) - len(DIGITS.findall(spoilt.text))
    assert (missing > 0) == any(entry["lost"] == "digit" for entry in spoilt.gold["damage"])
    for fact in spoilt.gold["facts"]:
        assert spoilt.text[slice(*fact["span"])] == fact["mention"]


def spoil(clean: Sample) -> Sample:
    """Every spoiler, in the order that the scrapers' own work implies."""
    doubled = double_punctuation(clean)
    for character in ("側", "！", "；"):
        doubled = byte_shift(doubled, character)
    return narrow(annotate(doubled))


@given(labelled())
def test_labels_still_open_their_text(clean: Sample) -> None:
    """After every spoiler a span opens its mention, and a fact that kept its value kept its digits."""
    spoilt = spoil(clean)
    assert len(spoilt.gold["facts"]) == len(clean.gold["facts"])
    for old, new in zip(clean.gold["facts"], spoilt.gold["facts"], strict=True):
        assert spoilt.text[slice(*new["span"])] == new["mention"]
        assert new["span"][0] <= new["number_at"] < new["span"][1]
        if new["value"] is not None:
            assert PINYIN.sub("", new["mention"]) == old["mention"]
    for entry in spoilt.gold["damage"]:
        assert spoilt.text[slice(*entry["span"])] == entry["quote"]


@given(labelled())
def test_no_digit_is_invented(clean: Sample) -> None:
    """The spoilt digits are the clean ones, in their order, with some missing; each missing one is entered."""
    spoilt = spoil(clean)
    rest = iter(DIGITS.findall(clean.text))
    assert all(digit in rest for digit in DIGITS.findall(spoilt.text))
    missing = len(DIGITS.findall(clean.text)) - len(DIGITS.findall(spoilt.text))
    assert (missing > 0) == any(entry["lost"] == "digit" for entry in spoilt.gold["damage"])
    assert missing >= sum(fact["value"] is None for fact in spoilt.gold["facts"])
