"""Sections: headings open parts, parts tile the text, and no cut falls inside what belongs together."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.precheck import sections
from summarizer.text import furniture
from tests.conftest import ENDLESS, processor_seconds

CASES = json.loads((Path(__file__).parent / "cases" / "sections" / "headings.json").read_text(encoding="utf-8"))

PIECES = st.sampled_from(
    [
        "一、",
        "1、",
        "(二)",
        "产业扶贫",
        "光伏扶贫。",
        "安全饮水方面,",
        "二是",
        "\n",
        " ",
        "今年",
        "投入3.5万元",
        "1,234户",
    ]
) | st.sampled_from(
    [
        "。",
        "!",
        ";",
        "“",
        "”",
        "(",
        ")",
        "《",
        "》",
        "说:",
        "责任编辑:吉政",
        "浏览量:12",
        "第 1 页 共 4 页",
        "全县脱贫312户",
    ]
)
TEXTS = st.lists(PIECES, max_size=60).map("".join)


WIDE = str.maketrans(",:;!?()", "，：；！？（）")
"""Half-width punctuation as its full-width twin: articles come with either, and mean the same."""


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_headings_are_found(case: dict[str, Any]) -> None:
    """An article's parts begin where a reader would begin them."""
    parts = sections.find(case["text"], furniture.find(case["text"]), case["longest"])
    assert [part.heading for part in parts] == case["headings"]
    wide = case["text"].translate(WIDE)
    parts = sections.find(wide, furniture.find(wide), case["longest"])
    assert [part.heading for part in parts] == [h and h.translate(WIDE) for h in case["headings"]]


@given(TEXTS, st.integers(20, 400))
def test_parts_tile_the_text(text: str, longest: int) -> None:
    """Every character that is neither furniture nor white space lies in exactly one part, in order."""
    marked = furniture.find(text)
    blanked = furniture.blank(text, marked)
    parts = sections.find(text, marked, longest)
    covered = [i for part in parts for i in range(part.start, part.end)]
    assert covered == sorted(set(covered))
    assert not "".join(c for i, c in enumerate(blanked) if i not in set(covered)).strip()
    assert [part.index for part in parts] == list(range(len(parts)))
    assert all(part.start <= part.body <= part.end and part.start < part.end for part in parts)


@given(TEXTS, st.integers(20, 400))
def test_headings_are_words_of_the_text(text: str, longest: int) -> None:
    """A heading stands at the start of its part, white space aside."""
    marked = furniture.find(text)
    story = furniture.blank(text, marked)
    for part in sections.find(text, marked, longest):
        if part.heading:
            packed = "".join(story[part.start : part.end].split())
            assert packed.startswith("".join(part.heading.split()))


@given(TEXTS, st.integers(20, 100))
def test_no_cut_inside_a_number_or_a_pair(text: str, longest: int) -> None:
    """A part begins neither inside a number nor between two marks of one pair."""
    for part in sections.find(text, furniture.find(text), longest):
        assert not re.search(r"\d[.,]?$", text[: part.start]) or not text[part.start].isdigit()
        for opening, closing in ("“”", "()", "《》"):
            for pair in re.finditer(rf"{re.escape(opening)}[^“”()《》\n]*{re.escape(closing)}", text):
                assert not pair.start() < part.start < pair.end()


@pytest.mark.parametrize(
    "unit", [" ", "(", "“", "一是", "1、", "一、光伏扶贫。\n", "今年3户。", "\n", "方面,", "产业", '"']
)
def test_a_long_monotonous_text_is_cut(unit: str) -> None:
    """No pattern tries a run again from each of its places, whatever the text repeats: that would never end."""
    text = unit * (400_000 // len(unit))
    assert processor_seconds(lambda: sections.find(text, (), 1200)) < ENDLESS


def test_parts_are_no_longer_than_asked_where_sentences_end() -> None:
    """Text of short sentences is cut below the length asked for."""
    text = "".join(f"第{i}村新修道路{i}公里。" for i in range(400))
    assert all(part.end - part.start <= 300 for part in sections.find(text, (), 300))


def test_a_part_stands_under_the_nearest_heading() -> None:
    """A part that continues another stands under the same heading."""
    text = "青山县地处山区。\n金融活水润山乡\n" + "\n".join("发放贷款2130万元,惠及贫困户745户。" * 6 for _ in range(4))
    parts = sections.find(text, (), 200)
    assert len(parts) > 2
    assert [sections.heading_above(parts, part.index) for part in parts[1:]] == ["金融活水润山乡"] * (len(parts) - 1)
    assert sections.heading_above(parts, 0) is None


def test_a_number_stands_under_the_lead_before_it() -> None:
    """Inside a paragraph the last lead phrase before a number governs it."""
    text = "乡亲们算了一笔账。危房改造方面,开工676户。安全饮水方面,建成工程51处。"
    part = sections.find(text, (), 1200)[0]
    assert sections.lead_before(text, part, text.index("676")) == "危房改造方面"
    assert sections.lead_before(text, part, text.index("51处")) == "安全饮水方面"
    assert sections.lead_before(text, part, text.index("危房")) == ""


def test_a_lead_phrase_leads_its_part_and_a_heading_line_does_not() -> None:
    """A heading in the line of its text speaks for every clause below it, one on its own line does not."""
    for text, lead in (("光伏扶贫。建成电站96座,全部并网发电。", "光伏扶贫"), ("光伏扶贫\n建成电站96座。", "")):
        part = sections.find(f"青山县地处山区。\n{text}", (), 1200)[-1]
        assert part.heading == "光伏扶贫"
        assert sections.lead_before(f"青山县地处山区。\n{text}", part, part.end - 1) == lead
