"""`python -m evals run`: what it reads, what it prints, what it never shows, and what its file holds."""

import asyncio
import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from evals.__main__ import app
from evals.gold import Gold, Sample, load
from evals.run import ARTICLES, SAMPLES, outcomes
from schemas.outcome import Outcome
from summarizer import Summarizer
from summarizer.settings import Settings

NAMES = ("gb18030-brief", "tangfan-village", "not-a-county-report")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few samples in a folder of their own: a brief, a village story, an advertisement."""
    folder = tmp_path_factory.mktemp("few")
    for part, suffix in (("gold", "json"), ("articles", "txt")):
        (folder / part).mkdir()
        for name in NAMES:
            shutil.copy(SAMPLES.parent / part / f"{name}.{suffix}", folder / part)
    return folder


@pytest.fixture
def evals(folder: Path) -> Callable[..., str]:
    """The command on these samples; its output."""

    def call(*arguments: str) -> str:
        where = ["--samples", str(folder / "gold"), "--articles", str(folder / "articles")]
        result = CliRunner().invoke(app, ["run", *where, *arguments])
        assert result.exit_code == 0, result.output
        return result.output

    return call


def test_scores_have_their_intervals(evals: Callable[..., str]) -> None:
    """A row for each score, and the number of figures from nowhere, which is none."""
    printed = evals()
    assert "seen (95 %)" in printed
    assert all(name in printed for name in ("recall", "not hallucinated", "measures.coverage", "macro"))
    assert "hallucinated figures: 0 of" in printed
    assert "gated." not in printed
    assert "gated.topic" in evals("--every")


def test_rows_may_be_kinds(evals: Callable[..., str]) -> None:
    """Each kind that the samples have."""
    printed = evals("--by", "kind")
    assert all(kind in printed for kind in ("brief", "village_story", "advert"))


def test_the_file_holds_what_makes_it_again(evals: Callable[..., str], tmp_path: Path) -> None:
    """Version, commit, fingerprints, settings and every file by its hash; micro and macro means by set and by kind."""
    out = tmp_path / "scores.json"
    evals("--out", str(out))
    content = json.loads(out.read_text("utf-8"))
    made = content["made"]
    assert {"date", "version", "commit", "python", "fingerprints", "settings", "bootstrap", "reader"} <= made.keys()
    assert "api_key" not in made["settings"]
    article = (ARTICLES / "gb18030-brief.txt").read_bytes()
    assert made["files"]["gb18030-brief.txt"] == hashlib.sha256(article).hexdigest()
    assert len(made["files"]) == 2 * len(NAMES)
    assert {"micro", "macro", "low", "high", "articles"} <= content["means"]["seen"]["topic"].keys()
    assert set(content["kinds"]) == {"brief", "village_story", "advert"}
    assert [sample["name"] for sample in content["samples"]] == sorted(NAMES)


def test_a_run_becomes_a_log_of_inspect(evals: Callable[..., str], tmp_path: Path) -> None:
    """Each sample with its scores as shares, each score with its means; what holds no run is refused."""
    run, logs = tmp_path / "run.json", tmp_path / "logs"
    evals("--out", str(run))
    done = CliRunner().invoke(app, ["export-inspect", str(run), "--out", str(logs)])
    assert done.exit_code == 0, done.output
    [log] = logs.iterdir()
    # What Inspect asks of a name before it lists a file that ends in .json.
    assert re.match(r"\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}", log.name)
    content = json.loads(log.read_text("utf-8"))
    assert content["eval"]["dataset"]["sample_ids"] == [sample["id"] for sample in content["samples"]] == sorted(NAMES)
    brief = next(sample for sample in content["samples"] if sample["id"] == "gb18030-brief")
    assert brief["scores"]["recall"]["value"] == 1
    assert {score["name"] for score in content["results"]["scores"]} >= {"seen/topic", "seen/verdict"}
    refused = CliRunner().invoke(app, ["export-inspect", str(log), "--out", str(logs)])
    assert refused.exit_code == 1
    assert "holds no run" in refused.output


def test_misses_of_samples_kept_apart_are_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their totals may be seen; who reads a miss of theirs has spent the sample."""
    seen = next(sample for sample in load(SAMPLES, ARTICLES) if sample.name == "tangfan-village")
    gold: Gold = seen.gold.model_copy(update={"untouched": True})
    monkeypatch.setattr("evals.run.load", lambda *_: [Sample("untouched-99", seen.path, gold)])
    printed = CliRunner().invoke(app, ["run", "--misses", "all"]).output
    assert "untouched (95 %)" in printed
    assert "untouched-99" not in printed


def test_misses_of_ones_own_samples_are_printed(evals: Callable[..., str]) -> None:
    """Whoever passes a folder may read what is in it."""
    assert "gb18030-brief label @" in evals("--misses", "label")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--reader", "oracle"], "no such reader"),
        (["--reader", "live"], "name one: --model"),
        (["--fixed", "--set", "none"], "no such set"),
        (["--spoilt", "rust"], "no such recipe"),
    ],
    ids=["reader", "no model", "set", "recipe"],
)
def test_what_cannot_be_run_is_said(arguments: list[str], said: str) -> None:
    """In a sentence, before anything is read."""
    result = CliRunner().invoke(app, ["run", *arguments])
    assert result.exit_code in {1, 2}
    assert said in result.output


def test_a_live_model_reads_several_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as the settings say, and results keep the order of the samples; by rules it is one at a time."""
    now, most = 0, 0

    async def outcome(_self: Summarizer, _source: Any, *, name: str) -> Any:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.02 if name == "s0" else 0.01)
        now -= 1
        return name

    async def enter(self: Summarizer) -> Summarizer:
        return self

    monkeypatch.setattr(Summarizer, "outcome", outcome)
    monkeypatch.setattr(Summarizer, "__aenter__", enter)
    some = next(iter(load(SAMPLES, ARTICLES)))
    samples = [Sample(f"s{i}", some.path, some.gold) for i in range(6)]
    heard: list[str] = []

    def hear(sample: Sample, _outcome: Outcome) -> None:
        heard.append(sample.name)

    live = Settings.load(reader="model", model="m", base_url="http://model.test/v1", concurrency=3)
    read = asyncio.run(outcomes(samples, live, heard=hear))
    assert [sample.name for sample, _ in read] == [f"s{i}" for i in range(6)]
    assert (most, sorted(heard)) == (3, [f"s{i}" for i in range(6)])
    most = 0
    asyncio.run(outcomes(samples, Settings.load(reader="rules")))
    assert most == 1
