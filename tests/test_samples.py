"""The project's own labelled samples: every label points into its article and breaks no rule of the labelling."""

import copy
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from evals.carry import Sample
from evals.label import LabelError, article_of, main, place_labels, plain_value, problems_of, raw_text
from evals.spoil import encode, follow

SAMPLES = Path(__file__).parent.parent / "evals" / "samples"
LABEL_FILES = sorted(SAMPLES.glob("gold/*.json"))
RECIPES = sorted(SAMPLES.glob("clean/*.recipe.json"))


def read(path: Path) -> dict[str, Any]:
    """A JSON file."""
    labels: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return labels


@pytest.mark.parametrize("path", LABEL_FILES, ids=lambda path: path.stem)
def test_label_file_breaks_no_rule(path: Path) -> None:
    """Codes are known, spans open their quotes, every Arabic digit is a fact, a trap or damaged."""
    assert problems_of(read(path), raw_text(article_of(path))) == []


@pytest.mark.parametrize("path", LABEL_FILES, ids=lambda path: path.stem)
def test_labelling_again_changes_nothing(path: Path) -> None:
    """Spans follow from quotes and mentions, so that a label can be corrected by hand and placed again."""
    labels = read(path)
    assert place_labels(labels, raw_text(article_of(path))) == labels


def test_every_article_has_its_labels() -> None:
    """Articles and label files come in pairs."""
    assert {path.stem for path in LABEL_FILES} == {path.stem for path in SAMPLES.glob("articles/*.txt")}


@pytest.mark.parametrize("path", RECIPES, ids=lambda path: path.stem)
def test_spoilt_sample_is_what_its_recipe_makes(path: Path) -> None:
    """A spoilt article and its labels come from the clean ones by program alone."""
    name = path.name.removesuffix(".recipe.json")
    clean = Sample(raw_text(path.with_name(f"{name}.txt")), read(path.with_name(f"{name}.json")))
    made = follow(clean, read(path))
    article = SAMPLES / "articles" / f"{name}.txt"
    assert encode(made, read(path)["encoding"]) == article.read_bytes()
    assert place_labels(made.gold, made.text) == read(SAMPLES / "gold" / f"{name}.json")


TEXT = "全县有12个乡镇，发放贷款3.5万元。"


def labels_of(**changes: Any) -> dict[str, Any]:
    """Labels of TEXT without a slip, but for the changes to the loan's fact."""
    villages = {"quote": "有12个乡镇", "mention": "12个", "value": 12, "unit": "count", "counted": "乡镇"}
    villages |= {"label": "乡镇", "topic": "profile", "indicator": "townships"}
    loan = {"quote": "贷款3.5万元", "mention": "3.5万元", "value": 35000, "unit": "CNY"}
    loan |= {"label": "发放贷款", "topic": "finance", "indicator": "loans"} | changes
    document = {"title": None, "publisher": None, "authors": [], "published": None, "reference_year": None}
    document |= {"complete": True, "script": "simplified", "corrupted": False}
    empty: dict[str, Any] = {key: [] for key in ("designations", "milestones", "cases", "partners", "damage", "traps")}
    return {"article": "a.txt", "document": document, "subject": {"name": None}, "facts": [villages, loan]} | empty


def slips(draft: dict[str, Any]) -> list[str]:
    """The slips found in a draft of TEXT."""
    return problems_of(place_labels(draft, TEXT), TEXT)


def test_a_faultless_draft_has_no_slip() -> None:
    """A fact's draft may leave out what mostly has one value."""
    placed = place_labels(labels_of(), TEXT)
    assert problems_of(placed, TEXT) == []
    assert [fact["span"] for fact in placed["facts"]] == [[3, 6], [13, 18]]
    assert placed["facts"][0]["status"] == "achieved"


SLIPS: dict[str, tuple[dict[str, Any], str]] = {
    "a code that is not in the vocabulary": ({"topic": "money"}, "facts.1.topic"),
    "a value that its mention does not say": ({"value": 3500}, "the mention says 35000"),
    "a unit that its mention does not say": ({"unit": "mu"}, "the mention says CNY"),
    "a counted thing beside another unit": ({"counted": "贷款"}, "counted goes with unit count"),
    "a period that is none": ({"period": "今年"}, "is no period"),
    "an upper end below the lower": ({"upper": 30000}, "upper end"),
    "a label in Traditional": ({"label": "發放貸款"}, "is not Simplified"),
    "a digit left out": ({"mention": "5万元", "value": 50000}, "digit 3"),
}


@pytest.mark.parametrize(("changes", "said"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_found(changes: dict[str, Any], said: str) -> None:
    """Each slip of the annotator's hand is named."""
    assert any(said in line for line in slips(labels_of(**changes)))


def test_simplified_characters_that_are_traditional_ones_too_are_no_slip() -> None:
    """乾安县 is written so in Simplified; a conversion from Traditional would make it 干安县."""
    assert slips(labels_of(place="乾安县")) == []


def test_a_number_is_not_both_fact_and_trap() -> None:
    """A trap over a fact is a contradiction between labels."""
    draft = labels_of()
    draft["traps"] = [{"quote": "12个乡镇", "reason": "name", "why": "x"}]
    assert any("lies over the fact" in line for line in slips(draft))


UNPLACED = {
    "a quote that is not there": {"quote": "贷款9万元", "mention": "9万元"},
    "a mention twice in its quote": {"quote": TEXT, "mention": "，发放" * 2},
}


@pytest.mark.parametrize("changes", UNPLACED.values(), ids=UNPLACED)
def test_a_quote_must_lead_to_one_place(changes: dict[str, Any]) -> None:
    """A label that cannot be placed is an error, not a guess."""
    with pytest.raises(LabelError):
        place_labels(labels_of(**changes), TEXT)


def test_placing_leaves_the_draft_alone() -> None:
    """Drafts are data; placing them makes new ones."""
    draft = labels_of()
    before = copy.deepcopy(draft)
    place_labels(draft, TEXT)
    assert draft == before


PLAIN: dict[str, tuple[str, str | None] | None] = {
    "1000余萬(wàn)元": ("10000000", "CNY"),
    "294萬(wàn)余度": ("2940000", "kWh"),
    "300千瓦": ("300", "kW"),
    "2860万千瓦时": ("28600000", "kWh"),
    "12兆瓦": ("12000", "kW"),
    "89千米": ("89", "km"),
    "9000多斤": ("4500", "kg"),
    "１２．６％": ("12.6", "percent"),
    "1,234.5亩": ("1234.5", "mu"),
    "近3000元": ("3000", "CNY"),
    "58個": ("58", None),
    "2—3户": None,
    "两层": None,
    "?.4萬(wàn)人": None,
}


@pytest.mark.parametrize("mention", PLAIN)
def test_plain_value_reads_arabic_mentions(mention: str) -> None:
    """A plain number in Arabic digits has one value; ranges, numerals and lost digits are left to people."""
    expected = PLAIN[mention]
    assert plain_value(mention) == (expected and (Decimal(expected[0]), expected[1]))


@pytest.mark.parametrize("content", [None, "{"], ids=["missing", "no JSON"])
def test_label_file_that_cannot_be_read_is_named(
    content: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 1, and the others are labelled all the same."""
    path = tmp_path / "gold" / "x.json"
    if content is not None:
        path.parent.mkdir()
        path.write_text(content, "utf-8")
    assert main([str(path)]) == 1
    assert "x.json: not written" in capsys.readouterr().out
