"""Numbers: every number of a text, what it measures, and why it measures nothing."""

import json
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.vocabulary import Qualifier, SetAsideReason, Unit
from summarizer.precheck import qualifiers, units
from summarizer.precheck.candidate import Number
from summarizer.precheck.numbers import find
from summarizer.precheck.numerals import read_arabic, read_chinese
from summarizer.precheck.units import MEASURES
from summarizer.text import repair
from summarizer.text.article import Article, Furniture
from summarizer.text.traced import LOST
from tests.conftest import ENDLESS, processor_seconds

_CASES = Path(__file__).parent / "cases" / "numbers"
FACTS: list[dict[str, Any]] = json.loads((_CASES / "facts.json").read_text("utf-8"))
NEGATIVE: list[dict[str, Any]] = json.loads((_CASES / "negative.json").read_text("utf-8"))

PIECES = (
    *"0123456789.,:-—%()“”《》、。,;\n 一二两三十百千万亿几半第每年月日元户人个亩上近约余多至比大",
    *(
        "以上",
        "不超过",
        "百分之",
        "2018年",
        "户均",
        "每人",
        "公里",
        "KW",
        "A级",
        "分之",
        "一亩地",
        "村",
        "项目",
        "贫困户",
    ),
    *(LOST, "1.2", "12,345", "5∶4∶1", "3×4", "1—2", "电话:", "浏览量:", "http://a.cn/1", "工程", "、", "资金", "共"),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def _row(text: str, number: Number) -> dict[str, Any]:
    """A number as a case writes it, with what is empty left out."""
    mention, own = text[number.start : number.end], text[number.number_at : number.end]
    fields = {
        "mention": mention,
        "number": own if own != mention else None,
        "value": number.value,
        "upper": number.upper,
        "unit": number.unit.value,
        "counted": number.counted,
        "qualifier": number.qualifier.value if number.qualifier is not Qualifier.EXACT else None,
        "per": [p.value for p in number.per],
        "damaged": number.damaged,
    }
    return {key: value for key, value in fields.items() if value is not None and value is not False and value != []}


def _wanted(fact: dict[str, Any]) -> dict[str, Any]:
    exact = {key: Decimal(str(fact[key])) for key in ("value", "upper") if fact.get(key) is not None}
    return {key: value for key, value in {**fact, **exact}.items() if value is not None}


@pytest.mark.parametrize("case", FACTS, ids=lambda c: c["name"])
def test_number_is_read_as_labelled(case: dict[str, Any]) -> None:
    """Each fact of the text has the labelled mention, value, unit, noun, qualifier and per, and there is no other."""
    found = [n for n in find(case["text"]) if n.set_aside is None]
    assert [_row(case["text"], n) for n in found] == [_wanted(f) for f in case["facts"]]


@pytest.mark.parametrize("case", FACTS, ids=lambda c: c["name"])
def test_number_beside_a_fact_is_set_aside_as_labelled(case: dict[str, Any]) -> None:
    """Dates and denominators beside facts are set aside, each with its reason."""
    found = [[case["text"][n.start : n.end], n.set_aside.value] for n in find(case["text"]) if n.set_aside]
    assert found == case.get("aside", [])


@pytest.mark.parametrize("case", NEGATIVE, ids=lambda c: c["name"])
def test_number_that_measures_nothing(case: dict[str, Any]) -> None:
    """What a hasty reader takes for a figure is set aside with the labelled reason, or is no number at all."""
    found = {case["text"][n.start : n.end]: n.set_aside for n in find(case["text"])}
    if case["reason"] is None:
        assert found == {}
    else:
        assert found.get(case["mention"]) == SetAsideReason(case["reason"])


@given(TEXTS)
def test_every_digit_lies_in_exactly_one_number(text: str) -> None:
    """Facts and numbers set aside together hold every Arabic digit, in order and without overlap."""
    found = find(text)
    assert all(0 <= a.start < a.end <= b.start for a, b in pairwise(found))
    assert all(n.start < n.end <= len(text) for n in found)
    held = {i for n in found for i in range(n.start, n.end)}
    assert [text[max(0, i - 3) : i + 3] for i, c in enumerate(text) if c in "0123456789" and i not in held] == []


@given(TEXTS)
def test_a_fact_is_whole(text: str) -> None:
    """A fact's number begins inside its mention, has a value unless digits are lost, and ranges ascend."""
    for number in find(text):
        assert number.start <= number.number_at < number.end
        if number.set_aside is None:
            assert (number.value is None) == number.damaged
            assert number.upper is None or (number.value is not None and number.value <= number.upper)
            assert number.damaged == (LOST in text[number.number_at : number.end])


@given(TEXTS)
def test_digits_beside_a_lost_character_have_no_value(text: str) -> None:
    """No number that touches a lost character is given the digits that happen to be left."""
    for number in find(text):
        if number.value is not None:
            assert LOST not in text[max(0, number.number_at - 1) : number.end]


def _written(number: int) -> str:
    """A whole number below 10**12 in Chinese, written digit by digit: an independent inverse of the reader."""
    digits = "零一二三四五六七八九"

    def below_wan(value: int) -> str:
        out, pending = "", False
        for rank, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit = value // rank % 10
            if digit:
                out += ("零" if pending and out else "") + digits[digit] + unit
                pending = False
            else:
                pending = True
        return out

    parts = [(number // 10**8, "亿"), (number // 10**4 % 10**4, "万"), (number % 10**4, "")]
    out, gap = "", False
    for value, unit in parts:
        if value:
            out += ("零" if out and (gap or value < 1000) else "") + below_wan(value) + unit
        gap = gap or (bool(out) and not value)
    return out


@given(st.integers(min_value=1, max_value=10**12 - 1))
def test_a_chinese_numeral_is_read_back(number: int) -> None:
    """Every whole number below a trillion written in Chinese is read as itself."""
    amount = read_chinese(_written(number))
    if len(_written(number)) <= 16:
        assert amount is not None
        assert (amount.value, amount.upper) == (Decimal(number), None)


@given(st.decimals(min_value=0, max_value=10**9, places=4, allow_nan=False))
def test_an_arabic_numeral_is_exact(value: Decimal) -> None:
    """Thousands separators and decimals do not change the value."""
    assert read_arabic(f"{value:,f}") == value


@pytest.mark.parametrize("run", ["几十", "二〇一九", "一三", "零", "十百", "百千"])
def test_a_numeral_without_one_value_is_none(run: str) -> None:
    """Digits read one by one, and 几 with nothing before it, have no value."""
    assert read_chinese(run) is None


def test_every_unit_is_written_somehow() -> None:
    """Each canonical unit has at least one measure word in the table."""
    assert {measure.unit for measure in MEASURES.values()} == set(Unit)


def test_a_number_inside_furniture_is_set_aside() -> None:
    """Digits of the page's own lines are furniture, whatever they would measure in the article."""
    text = "栏目共20万元\n正文发放补助30万元。"
    found = find(text, (Furniture("navigation", 0, 8),))
    assert [(text[n.start : n.end], n.set_aside) for n in found] == [
        ("20", SetAsideReason.FURNITURE),
        ("30万元", None),
    ]


def test_more_digits_than_a_json_number_keeps_are_an_account() -> None:
    """A number of more than fifteen significant digits identifies something and measures nothing."""
    (number,) = find("账号6222021234567890123。")
    assert number.set_aside is SetAsideReason.PHONE


@pytest.mark.parametrize("unit", ["1", "一", "1.", "1,", "一个", "十几", "“", "每", "1-", LOST, "2018年", "(1", "A1"])
def test_a_long_monotonous_text_is_read(unit: str) -> None:
    """No pattern tries a run again from each of its places, whatever the text repeats: that would never end."""
    text = unit * (100_000 // len(unit))
    assert processor_seconds(lambda: find(text)) < ENDLESS


@pytest.fixture(scope="module")
def labelled(shared: Path) -> list[tuple[Article, dict[str, Any]]]:
    """The real articles that have labels, repaired."""
    return [
        (repair((shared / "articles" / labels["article"]).read_bytes()), labels)
        for path in sorted((shared / "gold").glob("*.json"))
        for labels in [json.loads(path.read_text("utf-8"))]
    ]


def _aligned(article: Article, labels: dict[str, Any]) -> tuple[list[tuple[dict[str, Any], Number]], int, int]:
    """Labelled facts with the fact found at their number, how many are labelled, and how many facts are found."""
    found = [n for n in find(article.clean.text, article.furniture) if n.set_aside is None]
    spans = [(article.clean.to_raw(n.start, n.end), n) for n in found]
    pairs = [
        (fact, number) for fact in labels["facts"] for (start, end), number in spans if start <= fact["number_at"] < end
    ]
    return pairs, len(labels["facts"]), len(found)


def test_the_facts_of_the_real_articles_are_found(labelled: list[tuple[Article, dict[str, Any]]]) -> None:
    """Of the labelled facts 99% are found, and 95% of what is found is labelled."""
    counts = [(len(pairs), gold, found) for pairs, gold, found in (_aligned(*one) for one in labelled)]
    matched, gold, found = (sum(column) for column in zip(*counts, strict=True))
    assert matched / gold >= 0.99
    assert matched / found >= 0.95


@pytest.mark.parametrize(("field", "floor"), [("value", 0.99), ("unit", 0.99), ("qualifier", 0.97), ("per", 0.97)])
def test_a_field_of_the_real_facts_is_exact(
    labelled: list[tuple[Article, dict[str, Any]]], field: str, floor: float
) -> None:
    """Value and unit agree with the labels for 99% of the facts found, qualifier and per for 97%."""
    pairs = [pair for one in labelled for pair in _aligned(*one)[0]]

    def agrees(fact: dict[str, Any], number: Number) -> bool:
        if field == "value":
            # A damaged figure that arithmetic proves carries the proven value in the labels; here it has none yet.
            return number.damaged or (number.value is not None and float(number.value) == fact["value"])
        if field == "per":
            return {p.value for p in number.per} == set(fact["per"])
        return bool(getattr(number, field).value == fact[field])

    assert sum(agrees(*pair) for pair in pairs) / len(pairs) >= floor


@given(st.text(alphabet="不未超过出近约少于至多最低高大小足到满及的了年全省要能会将接突破逾,3 ", max_size=12))
def test_qualifiers_asked_for_together_are_those_asked_for_one_by_one(text: str) -> None:
    """The question that spares most numbers the others says no only where all of them would."""
    found = [words.search(text) is not None for _, _, words in qualifiers._BEFORE]
    assert (qualifiers._ANY.search(text) is not None) == any(found)


@given(st.lists(st.sampled_from(sorted({*units.MEASURES, *units._OTHER_WORDS, "县", "1"})), max_size=3).map("".join))
def test_longest_measure_is_found(text: str) -> None:
    """As if every length were tried at the place, down to that of another word that the text goes on to."""
    other = max((n for n in range(2, len(text) + 1) if text[:n] in units._OTHER_WORDS), default=0)
    longest = next((m for n in range(len(text), other, -1) if (m := units.MEASURES.get(text[:n]))), None)
    found = units.measure_at(text, 0, len(text))
    # A Latin unit inside a longer Latin word is none (3km of 3kmh).
    assert found == longest or (longest is not None and longest.word.isascii())
