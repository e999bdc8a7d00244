"""`summarizer check` and `summarizer repair`: looking before reading."""

from pathlib import Path

import pytest
from rich.console import Console

from schemas.vocabulary import SkipReason
from summarizer.loading import load_file
from summarizer.preview import PreviewTable, explain, preview, tokens
from summarizer.settings import Settings
from summarizer.text import repair
from tests.conftest import ROOT

ARTICLES = ROOT / "evals/samples/articles"


def _settings(**given: object) -> Settings:
    return Settings.load(reader="rules", **given)


def _printed(*parts: object) -> str:
    console = Console(width=200)
    with console.capture() as capture:
        for part in parts:
            console.print(part)
    return capture.get()


def test_article_would_be_read_at_a_price() -> None:
    """The estimate counts the real prompts: at least the article itself goes in, and a row a number comes out."""
    path = ARTICLES / "clean-simplified-workreport.txt"
    found = preview(path.read_bytes(), path.name, _settings())
    assert found.brief is not None
    assert found.skip is None
    assert found.estimate.calls >= 2
    assert found.estimate.input > tokens(path.read_text("utf-8"))
    assert found.estimate.output > 20 * len(found.brief.candidates)


def test_larger_sections_take_fewer_calls() -> None:
    """A model with room is asked less often, and the static part of the prompt is sent less often."""
    path = ARTICLES / "clean-simplified-workreport.txt"
    small, large = (preview(path.read_bytes(), "x", _settings(section_chars=n)).estimate for n in (300, 4000))
    assert large.calls < small.calls
    assert large.input < small.input


def test_what_is_skipped_costs_nothing() -> None:
    """No model call is spent on an advertisement."""
    path = ARTICLES / "not-a-county-report.txt"
    found = preview(path.read_bytes(), path.name, _settings())
    assert found.skip is SkipReason.ADVERT
    assert found.estimate.calls == 0


def test_forced_article_has_a_price() -> None:
    """`--force` reads it, so it costs."""
    path = ARTICLES / "not-a-county-report.txt"
    assert preview(path.read_bytes(), path.name, _settings(force=True)).estimate.calls > 0


@pytest.mark.parametrize(
    ("name", "content", "says"), [("a.pdf", b"%PDF", "unsupported"), ("a.txt", b"\x00" * 50, "failed")]
)
def test_bad_input_is_a_row(name: str, content: bytes, says: str, tmp_path: Path) -> None:
    """A file that cannot be read is named in the table."""
    (tmp_path / name).write_bytes(content)
    table = PreviewTable()
    table.add(preview(load_file(tmp_path / name, name, 1_000_000), name, _settings()))
    assert says in _printed(table)


def test_repair_explains_itself() -> None:
    """Steps, what was lost before and after, and the repaired text."""
    article = repair((ARTICLES / "spoilt-traditional.txt").read_bytes())
    shown = _printed(*explain(article))
    assert "annotations ×" in shown
    assert all(d.restored in shown for d in article.damage)
    assert article.clean.text.splitlines()[0] in shown
