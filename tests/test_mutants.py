"""The list of mutations is fresh, and the run of it tells what the gate saw and what it did not."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner

from evals import mutants
from evals.mutants import ROOT, Mutation, Seen, StaleError, few, looked_at, main, mutations


@pytest.mark.parametrize("mutation", mutations(), ids=lambda mutation: mutation.name)
def test_every_mutation_finds_its_text(mutation: Mutation) -> None:
    """A mutation whose file has changed would prove nothing; it changes something, and says why that must be seen."""
    text = (ROOT / mutation.file).read_text("utf-8")
    assert mutation.of(text) != text
    assert mutation.why


def test_rules_schemas_and_scorers_are_broken() -> None:
    """The list holds at least fifteen, of every kind, each by a name of its own."""
    listed = mutations()
    assert len({mutation.name for mutation in listed}) == len(listed) >= 15
    assert {"summarizer", "schemas", "evals"} == {mutation.file.split("/")[0] for mutation in listed}


def test_a_stale_mutation_is_an_error() -> None:
    """A text that is gone, or not in one place, is no mutation."""
    mutation = Mutation("m", "f", "a", "b", "why")
    assert mutation.of("xax") == "xbx"
    for text in ("x", "aa"):
        with pytest.raises(StaleError, match="m:"):
            mutation.of(text)


@pytest.mark.parametrize(
    ("seen", "red", "words"),
    [
        (Seen(), False, "GREEN"),
        (Seen(({"kind": "baseline", "score": "seen.place", "text": ""},)), True, "red: seen.place"),
        (Seen(({"kind": "recording", "score": "recorded:m", "text": ""},)), False, "GREEN but for want of a recording"),
        (Seen(stopped="ValueError"), True, "red, it stopped: ValueError"),
    ],
    ids=["nothing", "a score", "a recording alone", "an error"],
)
def test_what_counts_as_seen(seen: Seen, red: bool, words: str) -> None:
    """A score that fell, or a gate that stopped; not a recording that is missing."""
    assert (seen.red, seen.words) == (red, words)


class Told:
    """A copy whose gate says what it is told to."""

    def __init__(self, before: Seen, after: Seen) -> None:
        self._before, self._after = before, after

    def gate(self, _parts: Sequence[str]) -> Seen:
        return self._before

    def broken(self, _mutation: Mutation) -> Seen:
        return self._after


OLD = {"kind": "floor", "score": "seen.year", "text": "low"}
NEW = {"kind": "baseline", "score": "seen.place", "text": "low"}


def test_what_was_red_before_is_no_proof() -> None:
    """Only what the mutation itself brings counts."""
    mutation = Mutation("m", "f", "a", "b", "why")
    for after, red in (((OLD,), False), ((OLD, NEW), True)):
        ((_, seen, _),) = looked_at([mutation], [Told(Seen((OLD,)), Seen(after))])  # type: ignore[list-item]
        assert seen.red is red


@pytest.mark.parametrize(("after", "exit_code"), [((NEW,), 0), ((), 1)], ids=["seen", "not seen"])
def test_the_command_fails_where_the_gate_stays_green(
    after: tuple[dict[str, str], ...], exit_code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It names what went red and what stayed green, and ends with 1 for the latter."""
    monkeypatch.setattr(mutants, "copies_in", lambda *_: [Told(Seen(), Seen(after))])
    app = Typer()
    app.command()(main)
    result = CliRunner().invoke(app, ["--name", "per ignored"])
    assert result.exit_code == exit_code
    assert f"1 mutations, {1 - exit_code} seen by the gate" in result.output


def test_a_copy_is_broken_and_mended(tmp_path: Path) -> None:
    """A scorer that is always content is seen in a real copy of the checkout, and the copy is whole again after it."""
    copy = mutants.Copy(tmp_path, few())
    assert {path.stem for path in (tmp_path / "evals/samples/gold").glob("*.json")} == set(few())
    mutation = next(m for m in mutations() if m.name == "scorer: no place is any place")
    ((_, seen, _),) = looked_at([mutation], [copy])
    assert [problem["score"] for problem in seen.problems] == ["place"]
    assert (tmp_path / mutation.file).read_bytes() == (ROOT / mutation.file).read_bytes()
