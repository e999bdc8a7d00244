"""Short articles from title to signature: subject, document fields and places of figures, as they come out together.

The cases of `cases/short_articles.json` are our own writing, labelled by the guide before the rules ran on them; places
are real, people and figures invented. `places` gives for a number, as it stands in the text, the place that it is about
(null is the subject); `not_yet` names those that the rules still miss.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from summarizer.precheck.about import Whereabouts
from summarizer.precheck.brief import Brief
from summarizer.precheck.examine import examine
from summarizer.text.repair import repair

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "cases" / "short_articles.json").read_text(encoding="utf-8")
)
BY_NAME = {case["name"]: case for case in CASES}


def _numbers() -> list[Any]:
    """One parameter for each labelled number; a miss that is known must stay one until its mark is taken away."""
    missed = pytest.mark.xfail(strict=True, reason="the rules do not tell this place yet")
    found = []
    for case in CASES:
        for number in case.get("places", {}):
            marks = missed if number in case.get("not_yet", ()) else ()
            found.append(pytest.param(case["name"], number, id=f"{case['name']}-{number}", marks=marks))
    return found


@cache
def _brief(name: str) -> Brief:
    return examine(repair(BY_NAME[name]["text"]))


@pytest.mark.parametrize("name", BY_NAME)
def test_the_subject_of_a_short_article(name: str) -> None:
    """Name and level of the subject are as a careful reader would say, or it stays open."""
    found = _brief(name).subject
    assert [found.name, found.level] == (BY_NAME[name]["subject"] or [None, None])


@pytest.mark.parametrize("name", [case["name"] for case in CASES if "document" in case])
def test_the_document_of_a_short_article(name: str) -> None:
    """Title, publisher, authors, date and completeness are as the page states them."""
    info = _brief(name).article.info
    want = BY_NAME[name]["document"]
    found = {field: getattr(info, field) for field in want}
    assert found | {"authors": list(info.authors)} == want | {"authors": want.get("authors", list(info.authors))}


@pytest.mark.parametrize(("name", "number"), _numbers())
def test_the_place_of_a_number(name: str, number: str) -> None:
    """A figure is about the place that a careful reader would give it."""
    brief = _brief(name)
    raw = re.search(rf"(?<![\d.]){re.escape(number)}", BY_NAME[name]["text"])
    assert raw is not None
    spans = {c.id: brief.article.clean.to_raw(c.start, c.end) for c in brief.candidates}
    candidate = next(c for c in brief.candidates if spans[c.id][0] <= raw.start() < spans[c.id][1])
    place, _ = Whereabouts(brief.text, brief.places, brief.subject, brief.meant).of(candidate.start, candidate.end)
    assert place == BY_NAME[name]["places"][number]
