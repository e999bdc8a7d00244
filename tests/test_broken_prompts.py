"""The list of broken prompts is fresh, and its run tells what a model's answers showed and what they did not."""

from collections.abc import Iterable
from typing import Any

import pytest
from typer import Typer
from typer.testing import CliRunner

import prompts
from evals import broken_prompts
from evals.broken_prompts import DATA, Judge, Judged, NoEndpointError, judged_of, main, worse
from evals.loopback import running
from evals.mutants import ROOT, Copy, Mutation, mutations
from evals.recordings.fixed import JUDGED, fixed_set

LISTED = mutations(DATA)


@pytest.mark.parametrize("mutation", LISTED, ids=lambda mutation: mutation.name)
def test_every_broken_prompt_is_still_a_prompt(mutation: Mutation) -> None:
    """Its words are found, and it fails by what a model makes of it, not by a variable that nobody gives."""
    whole = (ROOT / mutation.file).read_text("utf-8")
    before, after = prompts.parse("whole", whole), prompts.parse("broken", mutation.of(whole))
    assert (before.system.text, before.user.text) != (after.system.text, after.user.text)
    assert before.system.variables == after.system.variables
    assert before.user.variables == after.user.variables
    assert mutation.why


def test_both_prompts_are_broken() -> None:
    """Each mutation has a name of its own."""
    assert len({mutation.name for mutation in LISTED}) == len(LISTED)
    assert {mutation.file for mutation in LISTED} == {"prompts/section.md", "prompts/overview.md"}


def test_two_short_samples_judge() -> None:
    """They are of the fixed set, so that they are known beside recordings, and hold plans and results."""
    judges, fixed = fixed_set(JUDGED), {sample.name: sample.text for sample in fixed_set()}
    assert len(judges) == 2
    assert all(sample.text == fixed[sample.name] for sample in judges)
    assert {"achieved", "planned"} <= {fact.status.value for sample in judges for fact in sample.gold.facts}


AS_IT_IS = Judged({"status": 0.9, "place": 1.0}, calls=4, output=100)


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (AS_IT_IS, []),
        (Judged({"status": 0.95, "place": 1.0}, 3, 60), []),
        (Judged({"status": 0.9, "place": 1.0}, 4, 150), []),
        (Judged({"status": 0.9, "place": 1.0}, 4, 151), ["tokens 100 to 151"]),
        (Judged({"status": 0.9, "place": 1.0}, 5, 100), ["responses 4 to 5"]),
        (Judged({"status": 0.8, "place": 1.0}, 4, 100), ["status 0.90 to 0.80"]),
        (Judged({"place": 1.0}, 4, 100, unread=1), ["samples not read 0 to 1"]),
        (Judged({}, 0, 0, stopped="KeyError: 'x'"), ["stopped: KeyError: 'x'"]),
    ],
    ids=["the same", "better", "a little wordier", "dearer", "asked again", "a score fell", "not read", "an error"],
)
def test_what_counts_as_worse(broken: Judged, told: list[str]) -> None:
    """A score that fell, a sample that is missing, more questions, or half as many tokens again."""
    assert worse([AS_IT_IS], broken) == told


def test_what_differs_between_two_whole_runs_is_no_proof() -> None:
    """A model's mood: the worse of the runs with the prompts as they are counts, figure by figure."""
    moody = Judged({"status": 0.8, "place": 1.0}, calls=5, output=90)
    assert worse([AS_IT_IS, moody], Judged({"status": 0.8, "place": 1.0}, 5, 150)) == []


def test_scores_of_a_run_are_added_up() -> None:
    """Over samples, by count; a score with nothing to count is left out, and an unread sample is named."""
    used = {"calls": 2, "tokens": {"output": 7}}
    run: dict[str, Any] = {
        "samples": [
            {"scores": {"status": {"right": 1, "total": 3}}, "usage": used, "unscored": None},
            {"scores": {"status": {"right": 1, "total": 1}}, "usage": used, "unscored": None},
            {"scores": {"cases": {"right": 0, "total": 0}}, "usage": used, "unscored": "skipped: too short"},
        ]
    }
    assert judged_of(run) == Judged({"status": 0.5}, calls=6, output=21, unread=1)


def command(monkeypatch: pytest.MonkeyPatch, judged: Iterable[Judged | NoEndpointError]) -> Any:
    """The command with the judgements of a model that is made up."""
    told = iter(judged)

    def whole(_judge: Judge) -> Judged:
        one = next(told)
        if isinstance(one, NoEndpointError):
            raise one
        return one

    class Uncopied:
        """Nothing is copied."""

        def __init__(self, _folder: object) -> None: ...

    monkeypatch.setattr(broken_prompts, "Copy", Uncopied)
    monkeypatch.setattr(Judge, "whole", whole)
    monkeypatch.setattr(Judge, "broken", lambda judge, _mutation: judge.whole())
    app = Typer()
    app.command()(main)
    name = LISTED[0].name
    return CliRunner().invoke(app, ["--base-url", "http://model.invalid/v1", "--model", "m", "--name", name])


@pytest.mark.parametrize(
    ("broken", "exit_code", "words"),
    [
        (Judged({"status": 0.8, "place": 1.0}, 4, 100), 0, "worse: status 0.90 to 0.80"),
        (AS_IT_IS, 1, "AS GOOD"),
        (NoEndpointError("no connection"), 1, "error: no connection"),
    ],
    ids=["worse", "as good", "nobody answers"],
)
def test_the_command_fails_where_nothing_got_worse(
    broken: Judged | NoEndpointError, exit_code: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends with 1 there, and where nobody answered: silence is no judgement."""
    result = command(monkeypatch, [AS_IT_IS, AS_IT_IS, broken])
    assert result.exit_code == exit_code
    assert words in result.output
    assert "1 broken prompts" in result.output or isinstance(broken, NoEndpointError)


def test_a_real_copy_is_judged(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A server that answers like the rules takes any words; a prompt that cannot be rendered stops the run."""
    folder = tmp_path_factory.mktemp("copy")
    torn = Mutation("torn", "prompts/section.md", "请回答编号 $ids。", "请回答编号 $them。", "no such variable")
    with running() as server:
        judge = Judge(Copy(folder), server.url, "a-model", "json_object")
        whole = judge.whole()
        assert whole.scores["read by model"] == 1.0
        assert (whole.calls, whole.unread, whole.stopped) == (4, 0, None)
        assert judge.broken(torn).stopped
    assert (folder / torn.file).read_bytes() == (ROOT / torn.file).read_bytes()
    with pytest.raises(NoEndpointError, match="connect"):
        judge.whole()
