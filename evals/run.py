"""Reads every labelled sample, scores the reports, and adds the scores up."""

import asyncio
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from evals.gold import Sample, load
from evals.scorers import Miss, Scores, Tally, score
from schemas.outcome import Reported
from summarizer import Summarizer, __version__
from summarizer.settings import Settings

HERE = Path(__file__).parent
SAMPLES = HERE / "samples" / "gold"
ARTICLES = HERE / "samples" / "articles"
FLOORS = HERE / "floors.toml"


@dataclass(frozen=True, slots=True)
class Result:
    """One sample's scores; `unscored` says why there are none, which is not a score of zero."""

    name: str
    held_out: bool
    scores: Scores
    misses: Sequence[Miss]
    unscored: str | None = None


async def evaluate(samples: Iterable[Sample], settings: Settings) -> list[Result]:
    """Read and score every sample, one after the other."""
    results = []
    async with Summarizer(settings) as summarizer:
        for sample in samples:
            outcome = await summarizer.outcome(sample.path)
            expected = sample.gold.outcome
            if expected is not None:
                right = outcome.outcome == expected.outcome and getattr(outcome, "reason", None) == expected.reason
                got = f"{outcome.outcome} {getattr(outcome, 'reason', '')}"
                misses = [] if right else [Miss("verdict", 0, "", f"{expected.outcome} {expected.reason}", got)]
                results.append(Result(sample.name, sample.gold.held_out, {"verdict": Tally(right, 1)}, misses))
            elif isinstance(outcome, Reported):
                scores, misses = score(sample.gold, outcome.report)
                scores["verdict"] = Tally(1, 1)
                results.append(Result(sample.name, sample.gold.held_out, scores, misses))
            else:
                text = getattr(outcome, "text", "") or getattr(outcome, "message", "")
                miss = Miss("verdict", 0, "", "reported", f"{outcome.outcome}: {text}")
                scores = {"verdict": Tally(0, 1), "recall": Tally(0, len(sample.gold.facts))}
                results.append(Result(sample.name, sample.gold.held_out, scores, [miss], text))
    return results


def run(labels: Path, articles: Path, settings: Settings) -> list[Result]:
    """`evaluate` for the command line."""
    return asyncio.run(evaluate(load(labels, articles), settings))


def add_up(results: Iterable[Result]) -> Scores:
    """Micro totals: every labelled number weighs the same."""
    totals: Scores = {}
    for result in results:
        for name, tally in result.scores.items():
            totals[name] = totals.get(name, Tally()) + tally
    return totals


def columns(results: Sequence[Result]) -> dict[str, Scores]:
    """Totals of the samples that rules were written with and of those that stayed untouched."""
    groups = {
        "seen": [r for r in results if not r.held_out],
        "held_out": [r for r in results if r.held_out],
    }
    return {name: add_up(group) for name, group in groups.items() if group}


def below(totals: Mapping[str, Scores], floors: Path = FLOORS) -> list[str]:
    """What lies below its floor, one line each; a floor for a score that does not exist lies below too."""
    problems = []
    for column, wanted in tomllib.loads(floors.read_text("utf-8")).items():
        for name, floor in wanted.items():
            tally = totals.get(column, {}).get(name, Tally())
            if tally.score is None or tally.score < floor:
                reached = "nothing to score" if tally.score is None else f"{tally.score:.4f}"
                problems.append(f"{column}.{name}: {reached}, floor {floor}")
    return problems


def as_json(results: Sequence[Result], settings: Settings) -> str:
    """Everything needed to look at the run again, and to do it again."""
    return json.dumps(
        {
            "version": __version__,
            "reader": settings.reader,
            "model": settings.model,
            "totals": {
                column: {name: asdict(t) | {"score": t.score} for name, t in scores.items()}
                for column, scores in columns(results).items()
            },
            "samples": [
                {
                    "name": r.name,
                    "held_out": r.held_out,
                    "unscored": r.unscored,
                    "scores": {name: asdict(t) for name, t in r.scores.items()},
                    "misses": [asdict(m) for m in r.misses],
                }
                for r in results
            ],
        },
        ensure_ascii=False,
        indent=1,
    )
