"""Breaks a rule, a schema or a scorer on purpose, one at a time, and looks whether the gate goes red.

    python -m evals.mutants                     all of them, on a dozen samples
    python -m evals.mutants --full              all of them, on all samples
    python -m evals.mutants --name NAME         one
    python -m evals.mutants --list

`mutants.toml` holds the mutations. Each is made in a copy of the checkout's files, where the gate is held to a baseline
of the very files that were copied; the checkout is left alone. Red for want of a recording is not seen: recordings are
found by prompts, and any change of these would do. Exits with 1 where a mutation was not seen.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from time import monotonic
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

ROOT = Path(__file__).parent.parent
DATA = Path(__file__).parent / "mutants.toml"
SAMPLES = ROOT / "evals" / "samples" / "gold"

BASELINE = Path("evals", "baseline.json")

PARTS = ("scorers", "rules")
"""What is run for a mutation that names no parts: quick, and free of recordings."""

SHOWN = 4
"""Names of scores on a line; the rest is counted."""

console = Console(highlight=False, soft_wrap=True)


class StaleError(Exception):
    """A mutation's old text no longer stands exactly once in its file; the message names it."""


@dataclass(frozen=True, slots=True)
class Mutation:
    """One text in a file replaced by another; `why` says what must be seen, and by whom."""

    name: str
    file: str
    old: str
    new: str
    why: str
    parts: tuple[str, ...] = PARTS

    def of(self, text: str) -> str:
        """The broken text.

        Raises:
            StaleError: the old text is not there, or there more than once.
        """
        if text.count(self.old) != 1:
            raise StaleError(f"{self.name}: the text to replace occurs {text.count(self.old)} times in {self.file}")
        return text.replace(self.old, self.new)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the gate said of a mutation: problems that the unbroken copy does not have, or that it stopped."""

    problems: tuple[dict[str, str], ...] = ()
    stopped: str | None = None

    @property
    def red(self) -> bool:
        """Whether a score, a scorer or the whole gate gave way, and not a recording alone."""
        return self.stopped is not None or any(p["kind"] != "recording" for p in self.problems)

    @property
    def words(self) -> str:
        """For which scores, in one line."""
        if self.stopped:
            return f"red, it stopped: {self.stopped}"
        scores = list(dict.fromkeys(p["score"] for p in self.problems if p["kind"] != "recording"))
        if scores:
            more = f" and {len(scores) - SHOWN} more" if len(scores) > SHOWN else ""
            return "red: " + ", ".join(scores[:SHOWN]) + more
        return "GREEN" if not self.problems else "GREEN but for want of a recording"


def mutations(path: Path = DATA) -> tuple[Mutation, ...]:
    """All mutations, in the order of the file."""
    rows: list[dict[str, Any]] = tomllib.loads(path.read_text("utf-8"))["mutation"]
    return tuple(Mutation(**{**row, "parts": tuple(row.get("parts", PARTS))}) for row in rows)


def few(path: Path = DATA) -> tuple[str, ...]:
    """The samples on which a mutation is quickly seen; each kind and each way of spoiling is there."""
    return tuple(tomllib.loads(path.read_text("utf-8"))["samples"])


class Copy:
    """A copy of the checkout's files in which the gate is run; one mutation at a time is in it."""

    def __init__(self, folder: Path, samples: Container[str] | None = None) -> None:
        """Copy the files, and of the samples those named; all where none is."""
        self.folder = folder
        self._clock = 1
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            check=True,
            capture_output=True,
        ).stdout.decode()
        for name in filter(None, listed.split("\0")):
            left_out = samples is not None and (ROOT / name).parent == SAMPLES and Path(name).stem not in samples
            if (ROOT / name).is_file() and not left_out:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, folder / name)

    def run(self, *arguments: str, environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """A command of the copy's evals."""
        # Run in the copy, its packages come before any that are installed.
        command = [sys.executable, "-m", "evals", *arguments]
        ours = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "GITHUB_STEP_SUMMARY"}}
        given = ours | dict(environment or {})
        return subprocess.run(
            command, cwd=self.folder, env=given, capture_output=True, text=True, encoding="utf-8", check=False
        )

    def accept(self, parts: Iterable[str]) -> None:
        """Write the baseline of the copy as it is, for the parts that read articles."""
        only = [word for part in sorted(set(parts) - {"scorers"}) for word in ("--only", part)]
        (self.folder / BASELINE).unlink(missing_ok=True)
        done = self.run("baseline", *only)
        if done.returncode:
            raise RuntimeError(f"no baseline could be written: {last_line(done)}")

    def take(self, other: "Copy") -> None:
        """The baseline of another copy of the same files."""
        shutil.copy2(other.folder / BASELINE, self.folder / BASELINE)

    def gate(self, parts: Sequence[str]) -> Seen:
        """What the gate says of the copy as it is."""
        told = self.folder / "problems.json"
        told.unlink(missing_ok=True)
        only = [word for part in parts for word in ("--only", part)]
        done = self.run("gate", *only, "--problems", str(told))
        if told.is_file():
            return Seen(tuple(json.loads(told.read_text("utf-8"))))
        return Seen(stopped=last_line(done))

    def broken(self, mutation: Mutation) -> Seen:
        """What the gate says with a mutation in the copy."""
        with self.mutated(mutation):
            return self.gate(mutation.parts)

    @contextmanager
    def mutated(self, mutation: Mutation) -> Iterator[None]:
        """The copy with a mutation in it, which is then taken out again."""
        path = self.folder / mutation.file
        whole = path.read_text("utf-8")
        try:
            self._write(path, mutation.of(whole))
            yield
        finally:
            self._write(path, whole)

    def _write(self, path: Path, text: str) -> None:
        path.write_text(text, "utf-8", newline="")
        # Compiled modules are told apart by whole seconds and size: two mutations of one second may be alike in both.
        self._clock += 1
        os.utime(path, (self._clock, self._clock))


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    """The last line that a command said."""
    lines = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
    return lines[-1].strip()[:160] if lines else f"exit code {done.returncode}"


def looked_at(chosen: Sequence[Mutation], copies: Sequence[Copy]) -> Iterator[tuple[Mutation, Seen, float]]:
    """Each mutation with what was new to the gate, and the seconds it took; as many at once as there are copies."""
    before = {parts: copies[0].gate(parts) for parts in dict.fromkeys(m.parts for m in chosen)}
    free: SimpleQueue[Copy] = SimpleQueue()
    for copy in copies:
        free.put(copy)

    def look(mutation: Mutation) -> tuple[Mutation, Seen, float]:
        copy, started = free.get(), monotonic()
        try:
            after, known = copy.broken(mutation), before[mutation.parts].problems
        finally:
            free.put(copy)
        fresh = tuple(problem for problem in after.problems if problem not in known)
        return mutation, Seen(fresh, after.stopped), monotonic() - started

    with ThreadPoolExecutor(len(copies)) as pool:
        yield from pool.map(look, chosen)


def copies_in(folder: Path, n: int, samples: Container[str] | None, parts: Iterable[str]) -> list[Copy]:
    """Copies of the checkout that share one baseline."""
    made = [Copy(folder / str(i), samples) for i in range(n)]
    made[0].accept(parts)
    for copy in made[1:]:
        copy.take(made[0])
    return made


def main(
    name: Annotated[list[str] | None, typer.Option(help="A mutation to make; all where none is named.")] = None,
    full: Annotated[bool, typer.Option("--full", help="Gate all samples, and not a dozen: minutes each.")] = False,
    jobs: Annotated[int, typer.Option(min=1, help="Copies of the checkout that are broken side by side.")] = 2,
    listed: Annotated[bool, typer.Option("--list", help="Print the mutations and why each must be seen.")] = False,
) -> None:
    """Break rules, schemas and scorers one at a time; exit with 1 where the gate stays green."""
    chosen = [m for m in mutations() if not name or m.name in name]
    if listed:
        for mutation in chosen:
            console.print(f"{mutation.name} ({mutation.file}): {mutation.why}", markup=False)
        return
    if unknown := set(name or ()) - {m.name for m in chosen}:
        raise typer.BadParameter(f"no such mutation: {', '.join(sorted(unknown))}", param_hint="--name")
    unseen = []
    with tempfile.TemporaryDirectory(prefix="mutants") as folder:
        parts = {part for mutation in chosen for part in mutation.parts}
        copies = copies_in(Path(folder), min(jobs, len(chosen)), None if full else few(), parts)
        for mutation, seen, seconds in looked_at(chosen, copies):
            style = "green" if seen.red else "bold red"
            console.print(f"[{style}]{escape(mutation.name)}[/]: {escape(seen.words)} ({seconds:.0f} s)")
            if not seen.red:
                unseen.append(mutation.name)
    console.print(f"{len(chosen)} mutations, {len(chosen) - len(unseen)} seen by the gate, {len(unseen)} not")
    if unseen:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
