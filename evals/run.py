"""Reads every labelled sample, scores the reports, and adds the scores up."""

import asyncio
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from evals.faithful import faithfulness
from evals.gold import Gold, Sample, load
from evals.label import raw_text
from evals.recordings.fixed import fixed_set, fixed_settings
from evals.recordings.store import FOLDER, Recorded, Recordings
from evals.scorers import Miss, Scores, Tally, score
from schemas.outcome import Outcome, Reported
from schemas.report import CountyReport, Usage
from schemas.vocabulary import ReaderName
from summarizer import Summarizer, __version__
from summarizer.readers.model import Model
from summarizer.settings import Settings

HERE = Path(__file__).parent
SAMPLES = HERE / "samples" / "gold"
ARTICLES = HERE / "samples" / "articles"
FLOORS = HERE / "floors.toml"


@dataclass(frozen=True, slots=True)
class Result:
    """One sample's scores; `unscored` says why there are none, which is not a score of zero.

    `column` says how far the rules know the sample (see `Gold.column`), or how it was spoilt.
    """

    name: str
    column: str
    scores: Scores
    misses: Sequence[Miss]
    unscored: str | None = None
    usage: Usage = field(default_factory=Usage)


async def evaluate(samples: Iterable[Sample], settings: Settings, asked: Model | None = None) -> list[Result]:
    """Read and score every sample, one after the other; `asked` answers in place of an endpoint."""
    results = []
    async with Summarizer(settings, asked=asked) as summarizer:
        for sample in samples:
            outcome = await summarizer.outcome(sample.source, name=sample.name)
            result = result_of(sample.name, sample.gold, outcome)
            if isinstance(outcome, Reported):
                told, wrong = faithfulness(outcome.report, sample.text or raw_text(sample.path))
                result = replace(result, scores=result.scores | {"faithfulness": told}, misses=[*result.misses, *wrong])
            if sample.text is not None:
                # The labels tell of the whole file: its date may stand at its end.
                kept = {name: tally for name, tally in result.scores.items() if not name.startswith("document.")}
                result = replace(result, scores=kept)
            results.append(result)
    return results


def result_of(name: str, gold: Gold, outcome: Outcome) -> Result:
    """The scores of what became of one sample."""
    expected = gold.outcome
    if expected is not None:
        right = outcome.outcome == expected.outcome and getattr(outcome, "reason", None) == expected.reason
        got = f"{outcome.outcome} {getattr(outcome, 'reason', '')}"
        misses = [] if right else [Miss("verdict", 0, "", f"{expected.outcome} {expected.reason}", got)]
        return Result(name, gold.column, {"verdict": Tally(right, 1)}, misses)
    if isinstance(outcome, Reported):
        scores, misses = score(gold, outcome.report)
        scores["verdict"] = Tally(1, 1)
        if outcome.report.provenance.reader is ReaderName.MODEL:
            scores["read by model"] = _by_model(outcome.report)
        return Result(name, gold.column, scores, misses, usage=outcome.usage)
    text = getattr(outcome, "text", "") or getattr(outcome, "message", "")
    miss = Miss("verdict", 0, "", "reported", f"{outcome.outcome}: {text}")
    return Result(name, gold.column, {"verdict": Tally(0, 1), "recall": Tally(0, len(gold.facts))}, [miss], text)


def _by_model(report: CountyReport) -> Tally:
    """Facts that the model read, of all: the rest it left to rules."""
    return Tally(sum(fact.read_by is ReaderName.MODEL for fact in report.facts), len(report.facts))


def run_fixed_set(settings: Settings, asked: Model | None = None) -> list[Result]:
    """`evaluate` for the fixed set of short samples."""
    return asyncio.run(evaluate(fixed_set(), settings, asked))


def run_recorded(model: str, recordings: Path = FOLDER) -> list[Result]:
    """`evaluate` for the fixed set, with the recorded answers of a model.

    Raises:
        MissingRecordingError: a question was not recorded; the message has the command that does it.
    """
    return run_fixed_set(fixed_settings(model), Recorded(Recordings(model, recordings)))


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
    """Totals of each column, in the order in which the columns first occur."""
    names = dict.fromkeys(result.column for result in results)
    return {name: add_up(result for result in results if result.column == name) for name in names}


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
                    "column": r.column,
                    "unscored": r.unscored,
                    "usage": r.usage.model_dump(mode="json"),
                    "scores": {name: asdict(t) for name, t in r.scores.items()},
                    "misses": [asdict(m) for m in r.misses],
                }
                for r in results
            ],
        },
        ensure_ascii=False,
        indent=1,
    )
