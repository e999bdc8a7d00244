"""Promises of the house: what is resolved, what is exported, what the README says, what the wheel holds."""

import re
import subprocess
import sys
import venv
from importlib.metadata import version
from pathlib import Path

import pytest

import summarizer
from schemas.report import CountyReport
from tests.conftest import ROOT

SAMPLE = ROOT / "evals/samples/articles/clean-simplified-workreport.txt"
READMES = ("README.md", "README.zh.md")


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(n) for n in re.findall(r"\d+", text)[:2])


@pytest.mark.parametrize(
    ("package", "least", "below"),
    [
        ("openai", (3, 0), (4, 0)),
        ("instructor", (1, 17), (2, 0)),
        ("pydantic", (2, 12), (3, 0)),
        ("jiter", (0, 10), (0, 15)),
    ],
)
def test_resolver_chose_what_the_code_was_written_on(
    package: str, least: tuple[int, int], below: tuple[int, int]
) -> None:
    """Left alone, pip walks back to an instructor that knows nothing of this openai."""
    assert least <= _numbers(version(package)) < below


def test_constraints_are_what_is_installed() -> None:
    """A test run with other versions than the committed ones proves something else."""
    pinned = dict(line.split("==") for line in (ROOT / "constraints.txt").read_text().splitlines() if "==" in line)
    for name in ("openai", "instructor", "pydantic", "tenacity", "jieba", "typer", "rich"):
        assert version(name) == pinned[name]


def test_public_names_are_there() -> None:
    """Every name of `__all__` can be imported, and the report is the schema's."""
    assert all(getattr(summarizer, name) is not None for name in summarizer.__all__)
    assert summarizer.CountyReport is CountyReport


def _blocks(readme: str, language: str) -> list[str]:
    text = (ROOT / readme).read_text("utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)


@pytest.mark.parametrize("readme", READMES)
def test_python_of_the_readme_runs(readme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in the README is what works."""
    monkeypatch.chdir(ROOT)
    for block in _blocks(readme, "python"):
        subprocess.run([sys.executable, "-c", block], check=True, capture_output=True)


@pytest.mark.parametrize("readme", READMES)
def test_commands_of_the_readme_run(readme: str, tmp_path: Path) -> None:
    """Every `summarizer` command of the README ends well on a folder with the files that it names."""
    (tmp_path / "articles").mkdir()
    for name in ("articles/x.txt", "a.txt", "b.html"):
        # Each its own article: the same content would be read once.
        (tmp_path / name).write_bytes(SAMPLE.read_bytes() + name.encode())
    commands = [
        line.removeprefix("$ ").split(" #")[0]
        for block in _blocks(readme, "console")
        for line in block.splitlines()
        if re.match(r"\$ (cat .*\| )?summarizer ", line)
    ]
    assert len(commands) >= 5
    script = 'set -euo pipefail\nsummarizer() { "$PYTHON" -m summarizer "$@"; }\n' + "\n".join(commands)
    environment = {"PYTHON": sys.executable, "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"}
    subprocess.run(["bash", "-c", script], check=True, capture_output=True, cwd=tmp_path, env=environment)


def test_both_readmes_show_the_same_commands() -> None:
    """The two languages promise the same."""
    english, chinese = ([re.sub(r"\s+#.*", "", b) for b in _blocks(r, "console")] for r in READMES)
    assert english == chinese


def test_wheel_works_outside_the_checkout(tmp_path: Path) -> None:
    """Built, installed into an empty environment and run elsewhere, the wheel reads an article."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, check=True, capture_output=True, cwd=ROOT)
    (wheel,) = tmp_path.glob("*.whl")
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    install = [python, "-m", "pip", "install", "--quiet", "--constraint", ROOT / "constraints.txt", wheel]
    subprocess.run(install, check=True, capture_output=True)
    run = [python, "-m", "summarizer", "run", SAMPLE, "--reader", "rules", "--out", tmp_path / "out"]
    subprocess.run(run, check=True, capture_output=True, cwd=tmp_path)
    report = CountyReport.model_validate_json((tmp_path / "out" / "reports" / f"{SAMPLE.name}.json").read_bytes())
    assert report.facts
    # The model path needs data of its own: prompts and their examples.
    load = "import prompts; prompts.load('section'); prompts.load('overview')"
    subprocess.run([python, "-c", load], check=True, capture_output=True, cwd=tmp_path)
