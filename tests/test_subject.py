"""The subject: which place an article reports on, and when that cannot be told."""

import json
from pathlib import Path
from typing import Any

import pytest

from schemas.vocabulary import Basis
from summarizer.precheck import subject
from summarizer.text.article import DocumentInfo, Furniture

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "cases" / "subjects.json").read_text(encoding="utf-8")
)["cases"]


@pytest.mark.parametrize("case", [pytest.param(c, id=c["name"]) for c in CASES])
def test_the_subject_is_the_place_reported_on(case: dict[str, Any]) -> None:
    """The subject comes from title, supplier, lead and frequency, and stays open where the text does not decide."""
    text = case["text"]
    furniture: tuple[Furniture, ...] = ()
    if spam := case.get("furniture"):
        furniture = (Furniture("links", len(text) + 1, len(text) + 1 + len(spam)),)
        text = f"{text}\n{spam}"
    info = DocumentInfo(
        title=case.get("title"), publisher=case.get("publisher"), authors=tuple(case.get("authors", ()))
    )
    found = subject.find(text, info, furniture, case.get("given"), case.get("year"))
    if "expect" in case:
        assert [found.name, found.level, found.province, found.prefecture, found.basis] == case["expect"]
    else:
        assert found.name is None
        assert case["reason"] in (found.reason or "")
        assert len(found.choices) == case["choices"]


def test_a_given_subject_with_several_bearers_keeps_its_choices() -> None:
    """The user's word stands, but the code of a homonym is not guessed."""
    found = subject.find("今年减贫900人。", DocumentInfo(), (), "鼓楼区")
    assert (found.name, found.adcode, found.basis) == ("鼓楼区", None, Basis.GIVEN)
    assert len(found.choices) > 1
