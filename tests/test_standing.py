"""What speaks for a village or town, and what for its county."""

from collections.abc import Mapping

import pytest

from summarizer import gazetteer
from summarizer.precheck import small_subject
from summarizer.precheck.standing import WEIGHTS, Evidence, score

STORY = "深沟里的灯\n走了一上午,才到金寨县花石乡松岗村。松岗散在三道梁上,村里头回亮灯。\n松岗的茶也出了山,全县都来学。"


def _evidence(text: str) -> Evidence:
    title, mentions = text.split("\n", maxsplit=1)[0], gazetteer.find(text)
    found = small_subject.named_in(text, mentions)
    return Evidence(text, title, mentions, small_subject.candidates(text, title, mentions, found))


def _signs(evidence: Evidence, name: str) -> Mapping[str, float]:
    return next(evidence.of_place(place) for place in evidence.places if place.name == name)


def test_a_village_is_named_without_its_class_too() -> None:
    """松岗 in a story of 松岗村 names it: it is named three times, in the first paragraph and behind its county."""
    evidence = _evidence(STORY)
    village = next(place for place in evidence.places if place.name == "松岗村")
    assert [STORY[at : at + 2] for at in village.named] == ["松岗"] * 3
    signs = evidence.of_place(village)
    assert (signs["lead"], signs["chain"], signs["title"]) == (True, True, False)


def test_a_county_speaks_for_all_of_itself() -> None:
    """县里 is whom a village owes its road; 全县 is said of the county."""
    said, owed = (
        _evidence(f"灯\n金寨县松岗村亮灯。{words}。").of_division("金寨县") for words in ("全县亮灯", "县里来人")
    )
    assert said["above"] > owed["above"] == 0


@pytest.mark.parametrize("name", ["花石乡", "松岗村"])
def test_every_sign_has_a_weight(name: str) -> None:
    """The signs of a place and those of its division are those that are weighed."""
    evidence = _evidence(STORY)
    assert {*_signs(evidence, name), *evidence.of_division("金寨县")} == set(WEIGHTS)


def test_more_signs_weigh_more() -> None:
    """All signs but the division's speak for a village, and none against it: each weight is positive."""
    assert min(WEIGHTS.values()) > 0
    evidence = _evidence(STORY)
    assert score(_signs(evidence, "松岗村")) > score(_signs(evidence, "花石乡"))
