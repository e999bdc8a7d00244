"""Verdict: county reports are read, everything else is skipped for its reason."""

import json
from pathlib import Path
from typing import Any

import pytest

from schemas.report import Subject
from schemas.vocabulary import Level, Script, SkipReason
from summarizer.precheck import verdict
from summarizer.precheck.brief import PlaceName, Verdict
from summarizer.text import furniture
from summarizer.text.article import Article
from summarizer.text.traced import Traced

CASES = Path(__file__).parent / "cases" / "verdict"


def cases(name: str) -> list[dict[str, Any]]:
    """The rows of one case file."""
    rows: list[dict[str, Any]] = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return rows


def judged(case: dict[str, Any], *, named: bool = True) -> Verdict:
    """The verdict on a case; without `named` nothing is known of its places."""
    text = case["text"]
    article = Article(text, Traced.of(text), Script.SIMPLIFIED, furniture=furniture.find(text))
    known = named and case["subject"]
    subject = Subject(name=case["subject"], level=Level(case["level"])) if known else Subject(reason="not named")
    places = [PlaceName(text.index(p), text.index(p) + len(p), p) for p in case["places"]] if named else []
    return verdict.judge(article, subject, case["candidates"], places)


@pytest.mark.parametrize("case", cases("reports") + cases("near_misses"), ids=lambda c: c["name"])
def test_verdict_is_as_labelled(case: dict[str, Any]) -> None:
    """A report is read; what is none is skipped for the reason a reader would give."""
    assert judged(case).reason == case["reason"]


@pytest.mark.parametrize("case", [c for c in cases("reports") if c["subject"]], ids=lambda c: c["name"])
def test_report_is_read_although_its_county_is_unknown(case: dict[str, Any]) -> None:
    """A gazetteer that does not know the place must not cost the article."""
    assert judged(case, named=False).reason is None


def test_held_out_articles() -> None:
    """Of articles not seen while the rules were written, 95 in 100 are read or skipped rightly."""
    rows = cases("held_out")
    right = sum((judged(case).reason is None) == (case["reason"] is None) for case in rows)
    assert right >= 0.95 * len(rows)


@pytest.mark.parametrize("case", cases("near_misses"), ids=lambda c: c["name"])
def test_skipping_gives_its_evidence(case: dict[str, Any]) -> None:
    """Whoever wonders why an article was skipped finds the words or the count that decided."""
    assert judged(case).evidence


def test_every_reason_of_the_prechecks_has_a_case() -> None:
    """No reason to skip stands untested; three are told of the file, before it is read."""
    named = {case["reason"] for case in cases("near_misses")}
    assert named == set(SkipReason) - {SkipReason.UNSUPPORTED_FORMAT, SkipReason.TOO_LARGE, SkipReason.DUPLICATE}
