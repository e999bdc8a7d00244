"""Breaks prompts on purpose, one at a time, and looks whether a real model's answers get worse on two short samples.

    python -m evals.broken_prompts --base-url URL --model NAME
    python -m evals.broken_prompts --list

Recordings cannot judge a prompt: another prompt has no recording. So the endpoint is asked, and nothing is taken from
answers that were kept. `broken_prompts.toml` holds the mutations; each is made in a copy of the checkout's files, like
those of `evals.mutants`. The prompts as they are come first, twice: what differs between these two is the model's mood,
and no mutation is seen by it. One is seen where a score falls below both, where more had to be asked, or where the same
costs half as many tokens again. Exits with 1 where one was not seen: the words that it broke do nothing for this model.
"""

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Annotated, Any

import typer
from rich.markup import escape

from evals.mutants import SHOWN, Copy, Mutation, console, last_line, mutations
from evals.recordings.fixed import JUDGED
from evals.scorers import Tally
from evals.totals import add_up

DATA = Path(__file__).parent / "broken_prompts.toml"

DEARER = 1.5
"""Times the tokens of the prompts as they are: a model is not that wordy by chance at temperature 0."""

WHOLE = 2
"""Times that the prompts are judged as they are."""


class NoEndpointError(Exception):
    """Nothing was answered, which says nothing about a prompt; the message is the run's own, with its hint."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a model made of the samples with one prompt: scores from 0 to 1, responses, and tokens written."""

    scores: Mapping[str, float]
    calls: int
    output: int
    unread: int = 0
    stopped: str | None = None

    @property
    def words(self) -> str:
        """In one line."""
        if self.stopped:
            return f"stopped: {self.stopped}"
        return f"{self.calls} responses, {self.output} tokens"


def judged_of(run: Mapping[str, Any]) -> Judged:
    """From the content of a file that `evals run --out` wrote (`evals.written`)."""
    samples = run["samples"]
    scores = add_up({n: Tally(t["right"], t["total"]) for n, t in sample["scores"].items()} for sample in samples)
    return Judged(
        {name: share for name, tally in scores.items() if (share := tally.score) is not None},
        calls=sum(sample["usage"]["calls"] for sample in samples),
        output=sum(sample["usage"]["tokens"]["output"] for sample in samples),
        unread=sum(sample["unscored"] is not None for sample in samples),
    )


def worse(whole: Sequence[Judged], broken: Judged) -> list[str]:
    """What got worse than each of the judgements of the whole prompt, scores first."""
    if broken.stopped:
        return [broken.words]
    fell = []
    for name in dict.fromkeys(name for one in whole for name in one.scores):
        lowest = min(one.scores[name] for one in whole if name in one.scores)
        now = broken.scores.get(name)
        # A score that nothing was counted for is no zero: what is missing there is missing in `recall`, too.
        if now is not None and now < lowest:
            fell.append(f"{name} {lowest:.2f} to {now:.2f}")
    if broken.unread > (unread := max(one.unread for one in whole)):
        fell.append(f"samples not read {unread} to {broken.unread}")
    if broken.calls > (calls := max(one.calls for one in whole)):
        fell.append(f"responses {calls} to {broken.calls}")
    if broken.output > DEARER * (output := max(one.output for one in whole)):
        fell.append(f"tokens {output} to {broken.output}")
    return fell


@dataclass(frozen=True, slots=True)
class Judge:
    """Reads the judged samples with an endpoint's model, in a copy of the checkout's files."""

    copy: Copy
    base_url: str
    model: str
    mode: str

    def whole(self) -> Judged:
        """With the prompts as they are in the copy.

        Raises:
            NoEndpointError: the endpoint refuses, or does not answer.
        """
        told = self.copy.folder / "judged.json"
        told.unlink(missing_ok=True)
        asked = ("--reader", "live", "--base-url", self.base_url, "--model", self.model)
        # Kept answers are none of the endpoint's now; time is no part of the judgement.
        given = {"NO_CACHE": "true", "MODE": self.mode, "TIMEOUT": "3600", "ARTICLE_TIMEOUT": "1000000"}
        done = self.copy.run(
            "run", "--fixed", "--set", JUDGED, *asked, "--out", str(told),
            environment={f"SUMMARIZER_{name}": value for name, value in given.items()},
        )  # fmt: skip
        if told.is_file():
            return judged_of(json.loads(told.read_text("utf-8")))
        if "error: " in done.stdout:
            raise NoEndpointError(done.stdout.partition("error: ")[2].strip())
        return Judged({}, 0, 0, stopped=last_line(done))

    def broken(self, mutation: Mutation) -> Judged:
        """With a mutation in the copy, which is then taken out again."""
        with self.copy.mutated(mutation):
            return self.whole()


def main(
    base_url: Annotated[
        str, typer.Option(help="OpenAI-compatible endpoint; a key comes from SUMMARIZER_API_KEY.")
    ] = "",
    model: Annotated[str, typer.Option(help="Model name at the endpoint.")] = "",
    mode: Annotated[str, typer.Option(help="How the answer's form is asked for.")] = "auto",
    name: Annotated[list[str] | None, typer.Option(help="A mutation to make; all where none is named.")] = None,
    listed: Annotated[bool, typer.Option("--list", help="Print the mutations and why each must be seen.")] = False,
) -> None:
    """Break prompts one at a time, and ask a model; exit with 1 where its answers did not get worse."""
    known = mutations(DATA)
    chosen = [m for m in known if not name or m.name in name]
    if unknown := set(name or ()) - {m.name for m in known}:
        raise typer.BadParameter(f"no such mutation: {', '.join(sorted(unknown))}", param_hint="--name")
    if listed:
        for mutation in chosen:
            console.print(f"{mutation.name} ({mutation.file}): {mutation.why}", markup=False)
        return
    if not (base_url and model):
        raise typer.BadParameter("a prompt is judged by a model: give --base-url and --model")
    with tempfile.TemporaryDirectory(prefix="broken-prompts") as folder:
        try:
            unseen = _judge_all(Judge(Copy(Path(folder)), base_url, model, mode), chosen)
        except NoEndpointError as error:
            console.print(f"error: {error}", style="bold red", markup=False)
            raise typer.Exit(1) from None
    console.print(f"{len(chosen)} broken prompts, {len(chosen) - len(unseen)} seen, {len(unseen)} not")
    if unseen:
        raise typer.Exit(1)


def _judge_all(judge: Judge, chosen: Sequence[Mutation]) -> list[str]:
    """Prints what each mutation did; the names of those that did nothing."""
    whole, unseen = [], []
    for _ in range(WHOLE):
        started = monotonic()
        whole.append(judge.whole())
        console.print(f"as they are: {whole[-1].words} ({monotonic() - started:.0f} s)", markup=False)
    for mutation in chosen:
        started = monotonic()
        fell = worse(whole, judge.broken(mutation))
        more = f" and {len(fell) - SHOWN} more" if len(fell) > SHOWN else ""
        words = f"worse: {', '.join(fell[:SHOWN])}{more}" if fell else "AS GOOD"
        style = "green" if fell else "bold red"
        console.print(f"[{style}]{escape(mutation.name)}[/]: {escape(words)} ({monotonic() - started:.0f} s)")
        if not fell:
            unseen.append(mutation.name)
    return unseen


if __name__ == "__main__":
    typer.run(main)
