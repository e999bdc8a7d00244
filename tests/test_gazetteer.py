"""Places and codes: names, years, mentions in running text, and what is not a place."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from summarizer.gazetteer import by_adcode, divisions, find, protected_names, resolve, town_counties, towns
from summarizer.gazetteer.build import Change, Key, level_of, parent_of, town_rows, walk_back
from summarizer.gazetteer.finding import _index, _ordinary
from summarizer.gazetteer.names import class_forms, stem
from summarizer.gazetteer.table import table

CASES: dict[str, Any] = json.loads((Path(__file__).parent / "cases" / "gazetteer.json").read_text(encoding="utf-8"))


def named(kind: str) -> list[Any]:
    """The cases of one kind as parameters that carry their names."""
    return [pytest.param(case, id=case["name"]) for case in CASES[kind]]


@pytest.mark.parametrize("case", named("find"))
def test_mentions_and_their_choices(case: dict[str, Any]) -> None:
    """A text gives exactly the labelled mentions, each with the labelled divisions to choose from."""
    found = [[m.text, [choice.adcode for choice in m.choices]] for m in find(case["text"])]
    assert found == case["mentions"]


@pytest.mark.parametrize("text", CASES["find_nothing"])
def test_words_that_contain_place_names_are_no_places(text: str) -> None:
    """Ordinary words give no mention, though a place name stands in them."""
    assert find(text) == []


@pytest.mark.parametrize("case", CASES["divisions"], ids=lambda case: f"{case['name']} {case['year'] or ''}".strip())
def test_bearers_of_a_name(case: dict[str, Any]) -> None:
    """A full name gives one division for each place, the fitting ones first."""
    assert [d.adcode for d in divisions(case["name"], year=case["year"])] == case["adcodes"]


@pytest.mark.parametrize("case", CASES["records"], ids=lambda case: f"{case['adcode']} {case['name']}")
def test_record_of_a_code(case: dict[str, Any]) -> None:
    """A code gives its division with parents, years and successor."""
    division = by_adcode(case["adcode"])
    assert division is not None
    assert asdict(division) == case


def test_unknown_code() -> None:
    """A code that no division has had gives None."""
    assert by_adcode("999999") is None


def test_code_of_two_names_gives_the_present_one() -> None:
    """Code 420600 was 襄樊市 and is 襄阳市."""
    division = by_adcode("420600")
    assert division is not None
    assert division.name == "襄阳市"


@pytest.mark.parametrize("case", named("resolve"))
def test_homonyms_are_resolved_by_their_parents_alone(case: dict[str, Any]) -> None:
    """A homonym is resolved where the context or the year leaves one bearer, and stays open otherwise."""
    chosen = resolve(divisions(case["division"]), case["context"], year=case["year"])
    assert (chosen and chosen.adcode) == case["adcode"]


def test_nothing_to_choose_from() -> None:
    """Without choices there is nothing to resolve."""
    assert resolve((), ["山西省"]) is None


def test_year_chooses_the_bearers_of_a_mention() -> None:
    """With a year, a mention offers the division as it stood then."""
    (mention,) = find("庐江县", year=2009)
    assert [(d.adcode, d.prefecture) for d in mention.choices] == [("341421", "巢湖市")]


def test_renamed_in_a_year_stood_under_both_names_in_it() -> None:
    """In the year of a change both names are current, before and after it one."""
    old, new = divisions("密云县")[0], divisions("密云区")[0]
    assert [(old.stood_in(y), new.stood_in(y)) for y in (2014, 2015, 2016)] == [
        (True, False),
        (True, True),
        (False, True),
    ]


@pytest.mark.parametrize("case", CASES["towns"], ids=lambda case: case["county"])
def test_towns_of_a_county(case: dict[str, Any]) -> None:
    """A county's towns are there under their full names."""
    assert set(case["has"]) <= towns(case["county"])


def test_notes_are_no_part_of_town_names() -> None:
    """The source marks dissolved towns in brackets; the names are kept without them."""
    source = {"431124000000": {"county": "道县", "townships": {"新车镇（撤销）": "2", "寿雁镇": "1"}}}
    assert town_rows(source) == [("431124", "寿雁镇 新车镇")]


def test_counties_of_a_town() -> None:
    """A rare town name leads to its county, a common one to many."""
    assert [d.name for d in town_counties("独峪乡")] == ["灵丘县"]
    assert len(town_counties("城关镇")) > 50
    assert town_counties("没有镇") == ()


def test_every_full_name_is_found_after_its_parent() -> None:
    """Every present county is found behind its prefecture or province, and narrowed to itself."""
    missed = []
    for bearers in table().by_code.values():
        division = bearers[-1]
        if division.until is not None or division.level != "county":
            continue
        mentions = find(f"{division.prefecture or division.province}{division.name}")
        if [c.adcode for c in mentions[-1].choices] != [division.adcode]:
            missed.append(division.name)
    assert missed == []


def test_every_county_of_two_characters_or_more_is_found_alone() -> None:
    """A full name opening a sentence is a mention, save those that are common nouns and need their parent."""
    exceptions = _ordinary()["adjacent"]
    names = {d.name for bearers in table().by_code.values() for d in bearers if d.until is None}
    missed = {name for name in names if [m.text for m in find(f"{name}，")] != [name]}
    assert missed == names & exceptions


def test_hand_made_lists_hold_only_names_of_the_table() -> None:
    """Every entry of the lists of ordinary words is a form that would otherwise be found."""
    known = set(table().by_name)
    full = known | {form for name in known for form in class_forms(name)}
    stems = {stem(name) for name in known}
    lists = _ordinary()
    assert lists["never"] | lists["weak"] <= stems
    assert lists["adjacent"] | lists["strict"] | lists["function"] <= full
    assert not lists["never"] & lists["weak"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("灵丘县", "灵丘"),
        ("内蒙古自治区", "内蒙古"),
        ("香港特别行政区", "香港"),
        ("大兴安岭地区", "大兴安岭"),
        ("恩施土家族苗族自治州", "恩施"),
        ("龙胜各族自治县", "龙胜"),
        ("木垒哈萨克自治县", "木垒"),
        ("古县", None),
        ("城关区", None),
        ("东乡族自治县", None),
    ],
)
def test_stem(name: str, expected: str | None) -> None:
    """A stem is what is left without class and peoples, of two characters at least."""
    assert stem(name) == expected


@cache
def _surfaces() -> list[str]:
    return sorted(_index().forms)


fragments = st.one_of(
    st.deferred(lambda: st.sampled_from(_surfaces())),
    st.sampled_from(["县", "市", "区", "省", "和", "，", "。", "全县", "长", "场", "12.6万人", "城关镇", "在"]),
)


@given(st.lists(fragments, max_size=12).map("".join))
def test_mentions_open_their_text_and_never_overlap(text: str) -> None:
    """Every mention opens its text, mentions follow each other, and each has a choice of its name."""
    mentions = find(text)
    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert all(before.end <= after.start for before, after in pairwise(mentions))
    assert all(m.choices and m.choices[0].name == m.name for m in mentions)


@given(st.text(max_size=30))
def test_any_text_can_be_searched(text: str) -> None:
    """No text breaks the search."""
    assert all(text[m.start : m.end] == m.text for m in find(text))


def test_present_counties_have_their_parents() -> None:
    """Every code leads to a province, and every successor to a division."""
    every = [d for bearers in table().by_code.values() for d in bearers]
    provinces = {d.name for d in every if d.level == "province"}
    assert {d.province for d in every} == provinces
    assert [d for d in every if d.successor and by_adcode(d.successor) is None] == []
    assert [d for d in every if d.until is not None and d.since is not None and d.until < d.since] == []


def test_present_numbers() -> None:
    """The present table holds 34 provinces, 333 prefectures and the counties of the source."""
    present = [d for bearers in table().by_code.values() for d in bearers if d.until is None]
    counts = {level: sum(d.level == level for d in present) for level in ("province", "prefecture", "county")}
    assert counts == {"province": 34, "prefecture": 333, "county": 2847}


def test_protected_names_are_those_that_the_conversion_alters() -> None:
    """The protected names are exactly the division and town names that OpenCC's t2s changes, and their stems."""
    convert = OpenCC("t2s").convert
    known = set(table().by_name)
    known |= {town for bearers in table().by_code.values() for town in towns(bearers[-1].adcode)}
    known |= {short for name in table().by_name if (short := stem(name))}
    assert protected_names() == {name for name in known if convert(name) != name}


def test_names_altered_by_a_round_trip() -> None:
    """The divisions that OpenCC does not bring back from Traditional are the listed ones."""
    to_simplified, to_traditional = OpenCC("t2s").convert, OpenCC("s2t").convert
    listed = CASES["altered_by_conversion"]
    names = list(table().by_name)
    assert {n: to_simplified(n) for n in names if to_simplified(n) != n} == listed["divisions"]
    round_trip = {n: to_simplified(to_traditional(n)) for n in names}
    assert {n: back for n, back in round_trip.items() if back != n} == listed["round_trip"]


def test_walking_back_a_merger() -> None:
    """A county that joined a standing district ends without giving the district a beginning."""
    district, county = Key("130503", "信都区"), Key("130521", "邢台县")
    walked = {key: (since, end) for key, since, end in walk_back({district}, [Change(2020, county, district, False)])}
    assert walked[district][0] is None
    assert walked[county] == (None, (2020, district))


def test_walking_back_a_renaming() -> None:
    """A renamed division begins in the year in which its former name ends."""
    old, new = Key("420600", "襄樊市"), Key("420600", "襄阳市")
    walked = {key: (since, end) for key, since, end in walk_back({new}, [Change(2010, old, new, True)])}
    assert walked == {new: (2010, (None, None)), old: (None, (2010, new))}


def test_level_and_parent_follow_from_the_code() -> None:
    """A county without a prefecture in the list belongs to its province."""
    codes = {"420000", "420600", "420607", "429021"}
    assert [level_of(code) for code in sorted(codes)] == ["province", "prefecture", "county", "county"]
    assert [parent_of(code, codes) for code in sorted(codes)] == ["", "420000", "420600", "420000"]


def test_places_kept_of_a_text_are_those_found_anew() -> None:
    """A caller may change the list that it got; who asks again gets all of it."""
    first = find("灵丘县和广灵县", year=2019)
    second = find("灵丘县和广灵县", year=2019)
    assert first == second
    first.clear()
    assert [m.text for m in find("灵丘县和广灵县", year=2019)] == ["灵丘县", "广灵县"]
