"""The gate: what makes it red, what it tolerates, and what it tells a person."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from evals import gate as gates
from evals import selfcheck
from evals.__main__ import app
from evals.gate import Problem, allowed, below, markdown, not_compared, problems_of, regressions, write_baseline
from evals.recordings.store import MissingRecordingError
from evals.run import Result, digest
from evals.scorers import Scored, Tally
from tests.test_scorers import LABEL, gold_of

FLOORS = "[seen]\nplace = 0.5\n"


def result(name: str = "a", column: str = "seen", sha: str = "1", **rights: float) -> Result:
    """A sample with a thousand items of each score."""
    return Result(name, column, {score: Tally(right, 1000) for score, right in rights.items()}, (), sha=sha)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Floors, and a baseline in which one sample has 990 of everything."""
    floors, baseline = tmp_path / "floors.toml", tmp_path / "baseline.json"
    floors.write_text(FLOORS, "utf-8")
    write_baseline({"rules": [result(place=990, value=990)]}, path=baseline)
    return floors, baseline


def test_what_reaches_floor_and_baseline_is_green(files: tuple[Path, Path]) -> None:
    """The same counts again, or better ones."""
    for right in (990, 995):
        assert problems_of({"rules": [result(place=right, value=right)]}, *files) == []


def test_nothing_to_score_lies_below_a_floor() -> None:
    """A gate that lost its labels is red, not green."""
    found = below({"seen": {"recall": Tally(0, 0), "value": Tally(4, 10)}}, {"seen": {"recall": 0.9, "value": 0.5}})
    assert [(p.kind, p.score) for p in found] == [("floor", "seen.recall"), ("floor", "seen.value")]


def test_a_column_without_samples_is_told_once() -> None:
    """Without untouched samples the gate says so, and not that every score of theirs is low."""
    (found,) = below({"seen": {}}, {"untouched": {"recall": 0.9, "value": 0.5}})
    assert (found.kind, found.score) == ("samples", "untouched")
    assert "no such samples" in found.text


@pytest.mark.parametrize(("score", "right", "red"), [("place", 988, False), ("place", 987, True), ("value", 989, True)])
def test_how_far_a_score_may_fall(score: str, right: float, red: bool, files: tuple[Path, Path]) -> None:
    """Two of a thousand interpreted items may fall; of what is read off the characters none may."""
    reached = {"place": 990.0, "value": 990.0} | {score: right}
    found = problems_of({"rules": [result(**reached)]}, *files)
    assert [(p.kind, p.score) for p in found] == ([("baseline", f"seen.{score}")] if red else [])


def test_small_counts_have_no_slack() -> None:
    """One of fifty cases is more than one in five hundred."""
    assert [allowed("cases.recall", 50), allowed("topic", 2268), allowed("recall", 2268)] == [0, 4, 0]


def test_one_sample_may_pay_for_another(tmp_path: Path) -> None:
    """A score falls where its sum does, not where one article's does."""
    write_baseline({"rules": [result("a", place=900), result("b", place=900)]}, path=tmp_path / "b.json")
    kept = gates.load_baseline(tmp_path / "b.json")
    assert regressions({"rules": [result("a", place=800), result("b", place=999)]}, kept) == []


def test_a_part_may_be_accepted_alone(files: tuple[Path, Path]) -> None:
    """What was not measured stays as it was."""
    kept = gates.load_baseline(files[1])
    write_baseline({"spoilt": [result("s", value=1)]}, kept, files[1])
    assert {part: list(rows) for part, rows in gates.load_baseline(files[1]).items()} == {
        "rules": ["a"],
        "spoilt": ["s"],
    }


def test_a_sample_that_is_gone_is_red(files: tuple[Path, Path]) -> None:
    """Otherwise the worst sample could be left out."""
    found = problems_of({"rules": [result("other", place=990, sha="2")]}, *files)
    assert [(p.kind, p.score) for p in found] == [("baseline", "rules")]


def test_a_score_that_is_no_longer_measured_is_red(files: tuple[Path, Path]) -> None:
    """A scorer that was lost is not a scorer that is content."""
    found = problems_of({"rules": [result(place=990)]}, *files)
    assert [(p.kind, p.score) for p in found] == [("baseline", "seen.value")]


def test_a_sample_with_other_labels_is_not_compared(files: tuple[Path, Path]) -> None:
    """A corrected label is no regression; the gate tells that it did not compare."""
    measured = {"rules": [result(place=600, value=0, sha="2")]}
    assert problems_of(measured, *files) == []
    assert not_compared(measured, gates.load_baseline(files[1])) == ["a"]


def test_parts_that_did_not_run_have_no_floors(files: tuple[Path, Path]) -> None:
    """`--only spoilt` says nothing about the samples as they are."""
    assert problems_of({"spoilt": []}, *files) == []


def test_to_be_read_changes_no_label() -> None:
    """A sample that is spent moves to the other column and keeps its baseline; a label that changes does not."""
    gold = gold_of(LABEL)
    spent = gold.model_copy(update={"untouched": True, "kind": "brief"})
    assert digest("x", gold) == digest("x", spent)
    assert digest("x", gold) != digest("x", gold_of(LABEL | {"topic": "industry"}))


def test_the_summary_has_every_floor(files: tuple[Path, Path]) -> None:
    """Markdown for a job's page: the score, its interval, its floor, how it stands to the baseline."""
    measured = {"rules": [result(place=400, value=990)]}
    table = markdown(measured, problems_of(measured, *files), *files)
    assert table.startswith("## Evals: red")
    (row,) = [line for line in table.splitlines() if line.startswith("| place")]
    assert row == "| place | 0.400 (0.400 to 0.400) | 400/1000 | 0.5 | -590 | red |"


def test_scorers_that_find_nothing_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scorer that is always content gives a known bad report a good score."""

    def content(*_given: Any) -> Scored:
        return {name: Tally(tally.total, tally.total) for name, tally in selfcheck.expected().items()}, []

    monkeypatch.setattr(selfcheck, "score", content)
    found = {problem.score for problem in gates.check_scorers()}
    assert {"recall", "value", "grounded", "faithfulness", "checks.recall"} <= found


def test_the_command_runs_a_part_and_says_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--only scorers` is quick; the table goes into the job's summary and the problems into a file."""
    job, summary, problems = (tmp_path / name for name in ("job.md", "summary.md", "problems.json"))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(job))
    arguments = ["gate", "--only", "scorers", "--summary", str(summary), "--problems", str(problems)]
    green = CliRunner().invoke(app, arguments)
    assert green.exit_code == 0, green.output
    assert job.read_text("utf-8") == summary.read_text("utf-8") == "## Evals: green\n\n"
    monkeypatch.setattr(gates, "check_scorers", lambda: [Problem("self-check", "value", "wrong")])
    red = CliRunner().invoke(app, arguments)
    assert red.exit_code == 1
    assert "self-check: value: wrong" in red.output
    assert json.loads(problems.read_text("utf-8")) == [{"kind": "self-check", "score": "value", "text": "wrong"}]


def test_a_missing_recording_is_told_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """It stops nothing else, and is no fall of a score."""

    def missing(_model: str) -> list[Result]:
        raise MissingRecordingError("record it")

    monkeypatch.setattr(gates, "recorded_models", lambda: ["m"])
    monkeypatch.setattr(gates, "run_recorded", missing)
    measured, problems = gates.measure(["recorded"])
    assert measured == {}
    assert [(p.kind, p.score) for p in problems] == [("recording", "recorded:m")]
