"""Comparing two runs: differences are paired by article, and an interval says what they show."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evals.__main__ import app
from evals.compare import CompareError, Scored, compare, load
from evals.scorers import Tally


def scored(**rights: list[int]) -> Scored:
    """Articles with ten numbers each, and how many of them are right, by score."""
    n = len(next(iter(rights.values())))
    return {f"article-{i}": {name: Tally(right[i], 10) for name, right in rights.items()} for i in range(n)}


def test_a_gain_in_every_article_is_shown() -> None:
    """The interval lies above zero, and the articles are named."""
    (found,) = compare(scored(place=[5, 6, 7, 5]), scored(place=[8, 9, 9, 8]))
    assert found.verdict == "better"
    assert 0 < found.low <= found.second - found.first <= found.high
    assert (len(found.better), found.worse) == (4, ())


def test_a_gain_in_one_of_many_articles_is_not() -> None:
    """One article may be chance: the interval touches zero."""
    (found,) = compare(scored(place=[5] * 8), scored(place=[9, *[5] * 7]))
    assert (found.verdict, found.low, found.better) == ("not shown", 0.0, ("article-0",))


def test_a_loss_in_every_article_is_shown() -> None:
    """So is a loss; what is equal is the same."""
    place, status = compare(scored(place=[9] * 5, status=[7] * 5), scored(place=[5] * 5, status=[7] * 5))
    assert (place.verdict, status.verdict) == ("worse", "same")
    assert (status.low, status.high) == (0.0, 0.0)


def test_only_what_both_have_is_compared() -> None:
    """Samples and scores of one side alone are left out, and what had nothing to score is no zero."""
    first = {"a": {"place": Tally(1, 2), "cases": Tally(0, 0), "year": Tally(1, 1)}, "b": {"place": Tally(0, 2)}}
    second = {"a": {"place": Tally(2, 2), "cases": Tally(0, 0)}, "c": {"place": Tally(2, 2)}}
    (found,) = compare(first, second)
    assert (found.name, found.first, found.second) == ("place", 0.5, 1.0)


def test_files_without_a_common_sample_are_refused() -> None:
    """There is nothing to pair."""
    with pytest.raises(CompareError, match="no sample in common"):
        compare({"a": {}}, {"b": {}})


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"samples": [{}]}'])
def test_a_file_that_holds_no_scores_is_refused(content: str, tmp_path: Path) -> None:
    """The message has the command that writes one."""
    path = tmp_path / "a.json"
    path.write_text(content, "utf-8")
    with pytest.raises(CompareError, match="evals run --out"):
        load(path)


def test_the_command_prints_a_table(tmp_path: Path) -> None:
    """Two files in, one row for every score; a file that is missing ends with 1."""
    for name, right in (("a", 1), ("b", 2)):
        sample = {"name": "x", "unscored": None, "scores": {"place": {"right": right, "total": 2}}}
        (tmp_path / f"{name}.json").write_text(json.dumps({"samples": [sample]}), "utf-8")
    a, b = str(tmp_path / "a.json"), str(tmp_path / "b.json")
    result = CliRunner().invoke(app, ["compare", a, b])
    assert result.exit_code == 0, result.output
    assert "place" in result.output
    assert "+0.500" in result.output
    assert CliRunner().invoke(app, ["compare", a, str(tmp_path / "none.json")]).exit_code == 1
