"""Labels beside reports as a page: what stands first, what leads where, and that it opens alone."""

import os
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from evals import beside, browser
from evals.__main__ import app
from evals.beside import State, View, page, view
from evals.gold import load
from evals.run import ARTICLES, SAMPLES
from schemas.outcome import Reported, Skipped
from schemas.vocabulary import SkipReason
from tests.conftest import ROOT
from tests.page_reports import report_of

SAMPLE = {sample.name: sample for sample in load(SAMPLES, ARTICLES)}
NAME = "clean-simplified-workreport"


def viewed() -> View:
    """A sample whose report misses its last figure, has a value and a topic wrong, and is right otherwise."""
    sample = SAMPLE[NAME]
    report = report_of(sample.path, sample.gold)
    facts = [
        report.facts[0].replace(value=Decimal(987654321), upper=None),
        report.facts[1].replace(topic="epidemic"),
        *report.facts[2:-1],
    ]
    coverage = report.coverage.replace(facts=len(facts), total=report.coverage.total - 1)
    kept = {fact.id for fact in facts}
    measures = tuple(m.replace(facts=tuple(i for i in m.facts if i in kept)) for m in report.measures)
    figures = {k: tuple(i for i in ids if i in kept) for k, ids in report.figures.items()}
    cases = tuple(c.replace(facts=tuple(i for i in c.facts if i in kept)) for c in report.cases)
    changes = {"facts": tuple(facts), "coverage": coverage, "measures": measures, "figures": figures, "cases": cases}
    return view(sample, Reported(report=report.replace(**changes, partners=())))


def test_errors_stand_first() -> None:
    """What was missed, then wrong values, then other wrong fields, then what is right."""
    made = viewed()
    assert [row.state for row in made.rows[:4]] == [State.MISSED, State.VALUE, State.FIELD, State.RIGHT]
    assert {row.state for row in made.rows[4:]} == {State.RIGHT}
    assert [field.name for field in made.rows[1].wrong] == ["value"]
    assert [(field.name, field.report) for field in made.rows[2].wrong] == [("topic", "疫情防控")]


def test_what_is_no_figure_is_told_once() -> None:
    """Lists and sentences stand under their own heading; fields of figures do not."""
    fields = {miss.field for miss in viewed().others}
    assert "partners.recall" in fields
    assert not fields & {"value", "topic", "recall", "not hallucinated"}


def test_the_pieces_are_the_text() -> None:
    """Nothing of the text is lost, and a figure is its own words."""
    made = viewed()
    assert "".join(piece.text for piece in made.pieces) == SAMPLE[NAME].path.read_text("utf-8")
    assert all(piece.text == piece.row.mention for piece in made.pieces if piece.row)


def test_an_article_that_was_not_read_shows_its_verdict() -> None:
    """There is no report to stand beside the labels."""
    sample = SAMPLE[NAME]
    document = report_of(sample.path, sample.gold).document
    made = view(sample, Skipped(reason=SkipReason.THEORY, text="", document=document))
    assert (made.rows, [miss.field for miss in made.others]) == ([], ["verdict"])


def test_the_page_opens_alone() -> None:
    """No script, nothing fetched; every link leads to a place in it, and no id is there twice."""
    html = page([viewed()], "rules", "today")
    assert not re.search(r"<script|src=|@import|url\(", html)
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)
    assert re.findall(r'href="(?!#)', html) == []


def test_a_text_is_no_markup() -> None:
    """What an article or a label says is shown, and not obeyed."""
    made = viewed()
    evil = View("<b>x", made.kind, made.column, made.rows, made.others, (beside.Piece("<img src=x>"),), made.scores)
    html = page([evil], "<i>", "today")
    assert "<img" not in html
    assert "<b>" not in html
    assert "<i>" not in html


def test_the_command_leaves_out_what_is_kept_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person who looks at this page reads misses: untouched samples are not in it."""
    seen = [sample for sample in SAMPLE.values() if sample.name == NAME]
    apart = [sample for sample in SAMPLE.values() if sample.gold.untouched]
    monkeypatch.setattr("evals.__main__.load_samples", lambda *_: [*seen, *apart])
    out = tmp_path / "deep" / "report.html"
    result = CliRunner().invoke(app, ["report", "--out", str(out)])
    assert result.exit_code == 0, result.output
    html = out.read_text("utf-8")
    assert NAME in html
    assert "untouched-" not in html


AXE = Path(os.environ.get("AXE_CORE", ROOT / "node_modules" / "axe-core" / "axe.min.js"))


@pytest.fixture(scope="module")
def driver() -> Iterator[Any]:
    """One browser for these tests."""
    if reason := browser.missing():
        pytest.skip(f"the page needs a browser: {reason}")
    with browser.chromium() as driver:
        yield driver


VISIBLE = "return [...document.querySelectorAll('article')].filter((a) => getComputedStyle(a).display != 'none').length"


def test_a_figure_leads_to_its_words(driver: Any, tmp_path: Path) -> None:
    """The list first; then one article, where a press on a figure marks its place in the text; the console is quiet."""
    file = tmp_path / "report.html"
    file.write_text(page([viewed(), viewed()], "rules", "today"), "utf-8")
    driver.get_log("browser")
    driver.get(file.as_uri())
    assert driver.execute_script(VISIBLE) == 0
    driver.execute_script("document.querySelector('tbody a').click()")
    assert driver.execute_script(VISIBLE) == 1
    driver.execute_script("document.querySelector('#a1 tbody th a').click()")
    words = "return [document.querySelector(':target').textContent, arguments[0].textContent]"
    first = driver.execute_script("return document.querySelector('#a1 tbody th a')")
    marked, row = driver.execute_script(words, first)
    assert marked == row
    assert driver.execute_script(VISIBLE) == 1
    assert driver.get_log("browser") == []


@pytest.mark.skipif(not AXE.is_file(), reason=f"no axe-core at {AXE}: npm install --no-save axe-core")
def test_the_page_is_accessible(driver: Any, tmp_path: Path) -> None:
    """axe-core finds nothing serious in the list nor in an article."""
    file = tmp_path / "report.html"
    file.write_text(page([viewed()], "rules", "today"), "utf-8")
    for route in ("", "#a1"):
        driver.get("about:blank")
        driver.get(file.as_uri() + route)
        driver.execute_script(AXE.read_text("utf-8"))
        found = driver.execute_async_script("axe.run().then(arguments[0])")
        assert [v["id"] for v in found["violations"] if v["impact"] in {"serious", "critical"}] == []
