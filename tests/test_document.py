"""Document information: what header, byline and footer state, and nothing that only the story tells."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.text import document, furniture

CASES = json.loads((Path(__file__).parent / "cases" / "document" / "stated.json").read_text(encoding="utf-8"))


WIDE = str.maketrans(",:;!?()", "，：；！？（）")
"""Half-width punctuation as its full-width twin: articles come with either, and mean the same."""


@pytest.mark.parametrize("wide", [False, True], ids=["half_width", "full_width"])
@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_document_is_read(case: dict[str, Any], wide: bool) -> None:
    """Title, publisher, authors, date and completeness are as the page states them."""
    text = case["text"].translate(WIDE) if wide else case["text"]
    info = document.read(text, furniture.find(text))
    found = {name: getattr(info, name) for name in case["want"]}
    want = {name: tuple(v) if isinstance(v, list) else v for name, v in case["want"].items()}
    if wide and want.get("title"):
        want["title"] = want["title"].translate(WIDE)
    assert found == want


def test_empty_text_states_nothing() -> None:
    """A page without text has no title and no date, and nothing is missing from it."""
    info = document.read("", ())
    assert (info.title, info.publisher, info.authors, info.published, info.complete) == (None, None, (), None, True)


@given(st.text(alphabet="记者王静。\n来源:(供稿)2018-07年月日青山县 讯", max_size=120))
def test_authors_and_title_are_words_of_the_text(text: str) -> None:
    """Nothing is made up: names and title stand in the text, white space aside."""
    info = document.read(text, furniture.find(text))
    packed = "".join(text.split())
    assert all("".join(name.split()) in packed for name in (*info.authors, info.title or "", info.publisher or ""))


@pytest.mark.parametrize("name", ["000_ad68627cdf633d0f", "001_d5fa9d021a2d529c", "003_52876d91ac401043"])
def test_labelled_articles(shared: Path, name: str) -> None:
    """Title, publisher, authors, date and completeness of the labelled articles are as labelled."""
    from summarizer.text.repair import repair  # noqa: PLC0415 - only where the articles are there

    raw = (shared / "articles" / f"{name}.txt").read_bytes()
    info = repair(raw).info
    want = json.loads((shared / "gold" / f"{name}.json").read_text(encoding="utf-8"))["document"]
    assert [info.title, info.publisher, list(info.authors), info.published, info.complete] == [
        want[k] for k in ("title", "publisher", "authors", "published", "complete")
    ]
