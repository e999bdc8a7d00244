"""Reads labelled samples and scores what became of them."""

import asyncio
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from pathlib import Path

from evals.checks import labels as checks
from evals.checks.labels import Label
from evals.gold import Gold, Sample, load
from evals.kinds import UNKNOWN, kind_of
from evals.label import raw_text
from evals.recordings.fixed import fixed_set, fixed_settings
from evals.recordings.store import FOLDER, Recorded, Recordings
from evals.scorers import Miss, Scores, Tally, score, verdict
from evals.totals import add_up, grouped
from schemas.outcome import Outcome, Reported
from schemas.report import CountyReport, Usage
from schemas.vocabulary import ReaderName
from summarizer import Summarizer
from summarizer.readers.model import Model
from summarizer.settings import Settings

HERE = Path(__file__).parent
SAMPLES = HERE / "samples" / "gold"
ARTICLES = HERE / "samples" / "articles"

FIXED = "fixed"
"""The set of short samples that the gate replays; the others are of `recordings/samples.toml`."""


@dataclass(frozen=True, slots=True)
class Result:
    """One sample's scores; `unscored` says why there are none, which is not a score of zero.

    `column` says how far the rules know the sample (see `Gold.column`), or how it was spoilt; `sha` changes with
    the text and with its labels.
    """

    name: str
    column: str
    scores: Scores
    misses: Sequence[Miss]
    unscored: str | None = None
    usage: Usage = field(default_factory=Usage)
    kind: str = UNKNOWN
    sha: str = ""


Heard = Callable[[Sample, Outcome], None]
"""Is told of every sample that was read."""


def _unheard(_sample: Sample, _outcome: Outcome) -> None:
    """Nobody waits."""


async def outcomes(
    samples: Iterable[Sample], settings: Settings, asked: Model | None = None, heard: Heard = _unheard
) -> list[tuple[Sample, Outcome]]:
    """What becomes of every sample, in their order; `asked` answers in place of an endpoint.

    As many are read at once as the settings' `concurrency` says; by rules, and from recordings, one after the other.
    """
    free = asyncio.Semaphore(settings.concurrency if settings.uses_model and asked is None else 1)
    async with Summarizer(settings, asked=asked) as summarizer:

        async def read(sample: Sample) -> tuple[Sample, Outcome]:
            async with free:
                outcome = await summarizer.outcome(sample.source, name=sample.name)
            heard(sample, outcome)
            return sample, outcome

        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(read(sample)) for sample in samples]
        except BaseExceptionGroup as errors:
            # An endpoint that refuses, or a recording that is missing, ends the run.
            raise errors.exceptions[0] from None
    return [task.result() for task in tasks]


async def evaluate(
    samples: Iterable[Sample], settings: Settings, asked: Model | None = None, heard: Heard = _unheard
) -> list[Result]:
    """Read and score every sample."""
    return [judged(sample, outcome) for sample, outcome in await outcomes(samples, settings, asked, heard)]


def judged(sample: Sample, outcome: Outcome) -> Result:
    """The scores of what became of one sample."""
    raw = sample.text or raw_text(sample.path)
    # Labelled checks tell of the whole file.
    labelled = checks.load(sample.name) if sample.text is None else ()
    result = result_of(sample.name, sample.gold, outcome, raw, labelled)
    scores = result.scores
    if sample.text is not None:
        # So do the labels of the document: its date may stand at its end.
        scores = {name: tally for name, tally in scores.items() if not name.startswith("document.")}
    sha = digest(raw, sample.gold, labelled)
    return replace(result, scores=scores, kind=kind_of(sample), sha=sha)


def digest(raw: str, gold: Gold, labelled: Sequence[Label] = ()) -> str:
    """What the scores of an unchanged reader hang on. To have been read, or sorted, changes no label."""
    labels = gold.model_dump_json(exclude={"untouched", "kind"}) + repr(labelled)
    return hashlib.sha256(f"{raw}\0{labels}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def result_of(
    name: str, gold: Gold, outcome: Outcome, raw: str | None = None, labelled: Sequence[Label] = ()
) -> Result:
    """The scores of what became of an article with these labels; `raw` is its text, where that is known."""
    scores, misses = verdict.score(gold, outcome)
    if not isinstance(outcome, Reported):
        text = getattr(outcome, "text", "") or getattr(outcome, "message", "")
        unscored = None if gold.outcome else f"{outcome.outcome}: {text}"
        return Result(name, gold.column, scores, misses, unscored, outcome.usage)
    if gold.outcome is None:
        found, told = score(gold, outcome.report, raw, labelled)
        scores, misses = found | scores, told + misses
        if outcome.report.provenance.reader is ReaderName.MODEL:
            scores["read by model"] = _by_model(outcome.report)
    return Result(name, gold.column, scores, misses, usage=outcome.usage)


def _by_model(report: CountyReport) -> Tally:
    """Facts that the model read, of all: the rest it left to rules."""
    return Tally(sum(fact.read_by is ReaderName.MODEL for fact in report.facts), len(report.facts))


def run(labels: Path, articles: Path, settings: Settings, heard: Heard = _unheard) -> list[Result]:
    """`evaluate` for the command line."""
    return asyncio.run(evaluate(load(labels, articles), settings, heard=heard))


def run_fixed_set(
    settings: Settings, asked: Model | None = None, heard: Heard = _unheard, name: str = FIXED
) -> list[Result]:
    """`evaluate` for a set of short samples."""
    return asyncio.run(evaluate(fixed_set(name), settings, asked, heard))


def run_recorded(model: str, recordings: Path = FOLDER, heard: Heard = _unheard, name: str = FIXED) -> list[Result]:
    """`evaluate` for a set of short samples, with the recorded answers of a model.

    Raises:
        MissingRecordingError: a question was not recorded; the message has the command that does it.
    """
    return run_fixed_set(fixed_settings(model), Recorded(Recordings(model, recordings)), heard, name)


def columns(results: Sequence[Result]) -> dict[str, Scores]:
    """Micro totals of each column, in the order in which the columns first occur."""
    by_column = grouped(results, lambda result: result.column)
    return {name: total(inside) for name, inside in by_column.items()}


def total(results: Iterable[Result]) -> Scores:
    """Micro totals of these results."""
    return add_up(result.scores for result in results)


def used(results: Iterable[Result]) -> Usage:
    """What these results took of a model."""
    return reduce(Usage.plus, (result.usage for result in results), Usage())
