"""The gate: no score below its floor, none below the baseline, and scorers that still find known mistakes.

A floor (`floors.toml`) is the least that was ever promised, in round figures. The baseline (`baseline.json`, written
by a person with `python -m evals baseline`) is what the last accepted state reached, sample by sample. Rules and
replayed answers are deterministic: the same code gives the same counts, so any fall comes from a change.
"""

import json
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evals.recordings.store import MissingRecordingError, recorded_models
from evals.run import ARTICLES, SAMPLES, Result, run, run_recorded, total
from evals.scorers import Scores, Tally
from evals.selfcheck import selfcheck
from evals.spoilt import GATED, RECIPES
from evals.spoilt import run as run_spoilt
from evals.totals import grouped, means
from evals.written import commit
from summarizer import __version__
from summarizer.settings import Settings

HERE = Path(__file__).parent
FLOORS = HERE / "floors.toml"
BASELINE = HERE / "baseline.json"

PARTS = ("scorers", "rules", "spoilt", "recorded")
"""What the gate looks at, the quickest first."""

INTERPRETED = (
    *("label", "topic", "indicator", "status", "place", "year", "period", "gated.", "milestones.", "cases."),
    *("designations.", "partners.", "measures.", "checks.", "read by model"),
)
"""Scores of what a careful reader decides, by the beginning of their names. The others are read off the characters."""

ONE_IN = 500
"""A rule that reads ten more statuses right may read one wrong: of what is interpreted, one in so many may fall below
the baseline before the gate is red. What is read off the characters (values, spans, what was lost) may not fall at all.
"""

_ROUNDING = 1e-3
"""Labels have partial credit, kept to six decimals for each of some hundred samples; no label changes by so little."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why the gate is red: `score` is `column.score`, `kind` floor, baseline, self-check, samples or recording."""

    kind: str
    score: str
    text: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.score}: {self.text}"


@dataclass(frozen=True, slots=True)
class Fall:
    """One score of a column beside the baseline, over the samples that both have unchanged."""

    was: Tally
    now: Tally

    @property
    def items(self) -> float:
        """How many of today's items fewer are right than at the baseline's share; below zero for a gain."""
        return self.was.right / self.was.total * self.now.total - self.now.right

    def too_far(self, name: str) -> bool:
        """Whether it fell by more than this score may."""
        return not self.now.total or self.items > allowed(name, self.now.total) + _ROUNDING


def allowed(name: str, items: int) -> int:
    """How many items a score may fall below the baseline."""
    return items // ONE_IN if name.startswith(INTERPRETED) else 0


Measured = Mapping[str, Sequence[Result]]
"""Results by what was run: `rules`, `spoilt`, `recorded:NAME`."""


def measure(
    parts: Iterable[str], samples: Path = SAMPLES, articles: Path = ARTICLES
) -> tuple[dict[str, list[Result]], list[Problem]]:
    """Run the parts that read articles; a recording that is missing is a problem and no reason to stop."""
    settings = Settings.load(reader="rules")
    measured: dict[str, list[Result]] = {}
    problems = []
    if "rules" in parts:
        measured["rules"] = run(samples, articles, settings)
    if "spoilt" in parts:
        measured["spoilt"] = run_spoilt(RECIPES, settings, names=GATED)
    for model in recorded_models() if "recorded" in parts else ():
        try:
            measured[f"recorded:{model}"] = run_recorded(model)
        except MissingRecordingError as error:
            problems.append(Problem("recording", f"recorded:{model}", str(error)))
    return measured, problems


def by_column(measured: Measured) -> dict[str, list[Result]]:
    """Results by the columns that floors are set for: `seen`, `untouched`, `spoilt`, `recorded:NAME`."""
    columns: dict[str, list[Result]] = {}
    for part, results in measured.items():
        if part == "rules":
            columns |= grouped(results, lambda result: result.column)
        else:
            columns[part] = list(results)
    return columns


def problems_of(measured: Measured, floors: Path = FLOORS, baseline: Path = BASELINE) -> list[Problem]:
    """What lies below a floor or below the baseline, of what was measured."""
    columns = by_column(measured)
    totals = {column: total(results) for column, results in columns.items()}
    wanted = {
        column: scores
        for column, scores in tomllib.loads(floors.read_text("utf-8")).items()
        if _part(column) in {_part(name) for name in measured}
    }
    return [*below(totals, wanted), *regressions(measured, load_baseline(baseline))]


def _part(column: str) -> str:
    """The part of the gate that fills a column."""
    return column.partition(":")[0] if column.startswith(("recorded", "spoilt")) else "rules"


def below(totals: Mapping[str, Scores], floors: Mapping[str, Mapping[str, float]]) -> list[Problem]:
    """What lies below its floor, or has nothing to score; a column without samples is told once."""
    problems = []
    for column, wanted in floors.items():
        if column not in totals:
            text = f"there are no such samples, so that none of its {len(wanted)} floors was measured"
            problems.append(Problem("samples", column, text))
            continue
        for name, floor in wanted.items():
            tally = totals[column].get(name, Tally())
            if tally.score is None or tally.score < floor:
                reached = "nothing to score" if tally.score is None else f"{tally.score:.4f}"
                problems.append(Problem("floor", f"{column}.{name}", f"{reached}, floor {floor}"))
    return problems


Kept = Mapping[str, Mapping[str, Any]]
"""The samples of a baseline by part and name, each with `sha` and `scores`."""


def load_baseline(path: Path = BASELINE) -> Kept:
    """The samples of the baseline; none where there is no file."""
    if not path.is_file():
        return {}
    samples: Kept = json.loads(path.read_text("utf-8"))["samples"]
    return samples


def regressions(measured: Measured, kept: Kept) -> list[Problem]:
    """Samples of the baseline that are gone, and scores that fell further than they may."""
    problems = []
    for part, results in measured.items():
        if gone := sorted(kept.get(part, {}).keys() - {result.name for result in results}):
            problems.append(Problem("baseline", part, f"samples are gone: {', '.join(gone)}"))
    for column, scores in falls(measured, kept).items():
        for name, fall in scores.items():
            if fall.too_far(name):
                now = f"{fall.now.right:g}/{fall.now.total}"
                text = f"{now}, was {fall.was.right:g}/{fall.was.total}; may fall by {allowed(name, fall.now.total)}"
                problems.append(Problem("baseline", f"{column}.{name}", text))
    return problems


def falls(measured: Measured, kept: Kept) -> dict[str, dict[str, Fall]]:
    """Every score beside the baseline, by column, over the samples whose text and labels are the baseline's."""
    pairs: dict[str, list[tuple[Scores, Scores]]] = {}
    for part, results in measured.items():
        before = kept.get(part, {})
        for result in results:
            known = before.get(result.name)
            if known is not None and known["sha"] == result.sha:
                column = result.column if part == "rules" else part
                was = {name: Tally(*counts) for name, counts in known["scores"].items()}
                pairs.setdefault(column, []).append((was, result.scores))
    found: dict[str, dict[str, Fall]] = {}
    for column, rows in pairs.items():
        names = dict.fromkeys(name for was, _ in rows for name in was)
        sums = {name: Fall(_sum(was for was, _ in rows)(name), _sum(now for _, now in rows)(name)) for name in names}
        found[column] = {name: fall for name, fall in sums.items() if fall.was.total}
    return found


def _sum(rows: Iterable[Scores]) -> Callable[[str], Tally]:
    listed = list(rows)
    return lambda name: sum((row.get(name, Tally()) for row in listed), Tally())


def not_compared(measured: Measured, kept: Kept) -> list[str]:
    """Samples that are new, or whose text or labels changed, since the baseline was written."""
    return [
        result.name
        for part, results in measured.items()
        for result in results
        if kept.get(part, {}).get(result.name, {}).get("sha") != result.sha
    ]


def write_baseline(measured: Measured, others: Kept | None = None, path: Path = BASELINE) -> None:
    """Keep what these results reached, and `others` as they were. A person's act: it accepts every fall."""
    parts = {**(others or {}), **{part: {r.name: _row(r) for r in results} for part, results in measured.items()}}
    lines = []
    for part, samples in parts.items():
        rows = ",\n".join(f"   {json.dumps(name)}: {json.dumps(row)}" for name, row in samples.items())
        lines.append(f"  {json.dumps(part)}: {{\n{rows}\n  }}")
    made = json.dumps({"version": __version__, "commit": commit()})
    path.write_text(f'{{\n "made": {made},\n "samples": {{\n' + ",\n".join(lines) + "\n }\n}\n", "utf-8")


def _row(result: Result) -> dict[str, Any]:
    scores = {name: [round(t.right, 6), t.total] for name, t in result.scores.items() if t.total}
    return {"sha": result.sha, "scores": scores}


def markdown(measured: Measured, problems: Sequence[Problem], floors: Path = FLOORS, baseline: Path = BASELINE) -> str:
    """The table for a job's summary: every score with a floor, beside floor and baseline."""
    wanted = tomllib.loads(floors.read_text("utf-8"))
    kept = load_baseline(baseline)
    fallen = falls(measured, kept)
    red = {problem.score for problem in problems}
    lines = [f"## Evals: {'red' if problems else 'green'}", ""]
    lines += [f"- **{problem.kind}** {problem.score}: {problem.text}" for problem in problems]
    for column, results in by_column(measured).items():
        lines += ["", f"### {column}: {len(results)} samples", ""]
        lines += ["| score | reached (95 %) | right | floor | baseline | |", "|---|---|---:|---:|---:|---|"]
        found = means([result.scores for result in results])
        shown = [n for n in found if n in wanted.get(column, {}) or f"{column}.{n}" in red]
        for name in shown:
            mean, fall = found[name], fallen.get(column, {}).get(name)
            interval = f"{mean.tally.score:.3f} ({mean.low:.3f} to {mean.high:.3f})"
            change = "-" if fall is None else f"{-fall.items or 0:+.4g}"
            floor = wanted.get(column, {}).get(name, "-")
            mark = "red" if f"{column}.{name}" in red else "ok"
            lines.append(
                f"| {name} | {interval} | {mean.tally.right:g}/{mean.tally.total} | {floor} | {change} | {mark} |"
            )
    if fresh := not_compared(measured, kept):
        lines += ["", f"New or changed since the baseline, so not compared with it: {len(fresh)} samples."]
    return "\n".join(lines) + "\n"


def check_scorers() -> list[Problem]:
    """Scorers that no longer find the mistakes of a known report."""
    return [Problem("self-check", name, text) for name, text in selfcheck()]


def as_json(problems: Sequence[Problem]) -> str:
    """The problems, for a program that runs the gate."""
    return json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=1) + "\n"
