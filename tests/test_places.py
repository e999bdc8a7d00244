"""Places: what the text names, and what place a number is about."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.report import Subject
from schemas.vocabulary import Basis
from summarizer import gazetteer
from summarizer.precheck import about, meant, places

CASES: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parent / "cases" / "places.json").read_text(encoding="utf-8")
)
WORDS = (
    "灵丘县",
    "独峪乡",
    "曲回寺村",
    "全县",
    "贫困村",
    "、",
    "。",
    ",",
    "“",
    "”",
    "(",
    ")",
    "5个",
    "300人",
    "说",
    "\n",
    "在",
)


def _subject(name: str | dict[str, Any]) -> Subject:
    if isinstance(name, dict):
        return Subject(**name, basis=Basis.STATED)
    division = gazetteer.resolve(gazetteer.divisions(name), ["山西省", "甘肃省"])
    assert division is not None
    return Subject(
        name=name,
        level=division.level,
        province=division.province,
        prefecture=division.prefecture,
        adcode=division.adcode,
        basis=Basis.STATED,
    )


def _named(group: str) -> Any:
    return pytest.mark.parametrize("case", [pytest.param(c, id=c["name"]) for c in CASES[group]])


@_named("names")
def test_places_are_found_by_their_boundaries(case: dict[str, Any]) -> None:
    """Towns and villages are found whole, and words that only end like one are not."""
    subject = _subject(case["subject"])
    found = places.find(case["text"], subject)
    assert [p.name for p in found if p.name != subject.name] == case["expect"]


@_named("about_numbers")
def test_a_number_is_about_a_place(case: dict[str, Any]) -> None:
    """A number is about the place that its clause, its sentence or its passage names, else about the subject."""
    subject, text = _subject(case["subject"]), case["text"]
    start = text.index(case["at"])
    found = places.find(text, subject)
    hints = meant.find(text, found, subject)
    got = about.place_for(text, start, start + len(case["at"]), found, subject, hints)
    assert got == (case["place"], case.get("adcode"))


@given(st.lists(st.sampled_from(WORDS), max_size=25).map("".join))
def test_places_stand_in_the_text_in_order(text: str) -> None:
    """Whatever the text, the places do not overlap, and the words of each begin its name or end its full name."""
    found = places.find(text, _subject("灵丘县"))
    assert all(a.end <= b.start for a, b in pairwise(found))
    said = [(p.name, text[p.start : p.end]) for p in found]
    assert all(name.startswith(words) or name.endswith(words) for name, words in said)
