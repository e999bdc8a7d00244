"""The documentation: every command in it runs, every picture and page that it names is there, and it builds."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

PAGES = sorted((ROOT / "docs").glob("*.md"))

SKIPPED = {"out", ".git", "node_modules"}


def blocks(page: Path, language: str) -> list[str]:
    """The code blocks of a page in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)


def commands(page: Path) -> list[str]:
    """What a page tells its reader to type."""
    lines = [line for block in blocks(page, "console") for line in block.splitlines()]
    return [line.removeprefix("$ ").split(" #")[0] for line in lines if line.startswith("$ ")]


ON_ALL_SAMPLES = {"evals"}
"""Pages whose commands score: the other pages read a folder of articles, and a few articles show as much."""

FEW = 24

BY_SCRIPT = {"python -m evals gate"}
"""What `./run test` itself ends with."""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder that looks like the checkout, so that what a command writes does not lie in the real one."""
    link(ROOT, tmp_path, but=SKIPPED)
    return tmp_path


def link(source: Path, target: Path, but: set[str]) -> None:
    """Link all entries of a folder, except some, in another."""
    for entry in source.iterdir():
        if entry.name not in but:
            (target / entry.name).symlink_to(entry)


def leave_few_articles(checkout: Path, page: Path) -> None:
    """Put a folder with the first samples, and those that a page names, in the place of all."""
    articles = checkout / "evals/samples/articles"
    (checkout / "evals").unlink()
    articles.mkdir(parents=True)
    link(ROOT / "evals", checkout / "evals", but={"samples"})
    link(ROOT / "evals/samples", checkout / "evals/samples", but={"articles"})
    text = page.read_text("utf-8")
    for number, article in enumerate(sorted((ROOT / "evals/samples/articles").iterdir())):
        if number < FEW or article.name in text:
            (articles / article.name).symlink_to(article)


@pytest.mark.parametrize("page", [p for p in PAGES if commands(p)], ids=lambda p: p.stem)
def test_commands_run(page: Path, checkout: Path) -> None:
    """Every command of a page ends well, one after the other as a reader would type them."""
    if page.stem not in ON_ALL_SAMPLES:
        leave_few_articles(checkout, page)
    script = 'set -euo pipefail\nsummarizer() { "$PYTHON" -m summarizer "$@"; }\npython() { "$PYTHON" "$@"; }\n'
    environment = os.environ | {"PYTHON": sys.executable, "PYTHONPATH": str(checkout), "PYTHONUTF8": "1"}
    done = subprocess.run(
        ["bash", "-c", script + "\n".join(c for c in commands(page) if c not in BY_SCRIPT)],
        cwd=checkout,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p, "python")], ids=lambda p: p.stem)
def test_python_runs(page: Path, checkout: Path) -> None:
    """Every piece of Python of a page runs as it stands."""
    for block in blocks(page, "python"):
        environment = os.environ | {"PYTHONPATH": str(checkout)}
        subprocess.run([sys.executable, "-c", block], cwd=checkout, env=environment, check=True, capture_output=True)


def test_prompt_is_shown_with_its_own_variables() -> None:
    """The head of a prompt that the page shows is that of the file."""
    shown = (ROOT / "docs/prompts.md").read_text("utf-8")
    for line in (ROOT / "prompts/section.md").read_text("utf-8").splitlines()[:2]:
        assert re.search(rf"^{line} +←", shown, re.MULTILINE)


def test_documentation_builds(tmp_path: Path) -> None:
    """Strictly: a broken link, a missing picture or a page outside the navigation is an error."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    report = (tmp_path / "site/report.html").read_text("utf-8")
    assert "registered_persons" in report
    models = (tmp_path / "site/models.html").read_text("utf-8")
    assert "retry_seconds" in models
    assert "api_key" not in models
    assert not re.search("<!-- (fields|codes|settings)", report + models)
