"""What a model adds, field by field: rules, the model alone, and both together, on the same samples.

A field counts for every labelled number, found or not: what a reader says nothing of is wrong. So the model alone,
which answers fewer numbers, is not scored on those only that it answers. Differences are paired by article, with the
95 % interval of a bootstrap over articles (`evals.compare`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.compare import Difference, compare
from evals.gold import Sample
from evals.recordings.alone import by_model_alone
from evals.recordings.alone import recordings as recordings_alone
from evals.recordings.fixed import fixed_settings
from evals.recordings.store import Recorded, Recordings
from evals.scorers import Scores, Tally, score
from schemas.outcome import Outcome, Reported
from schemas.report import Usage
from summarizer import Summarizer
from summarizer.settings import Settings

FIELDS = ("topic", "indicator", "status", "place", "year", "period", "label")
"""What a model is asked of a number. Span, value, unit, qualifier and `per` are code's, whoever reads."""

RULES, ALONE, TOGETHER = "rules", "model alone", "rules and model"


@dataclass(frozen=True, slots=True)
class Read:
    """What one reader made of all samples, by sample: outcomes, tallies, and seconds.

    Seconds of a model are those of the recorded replies, on the machine that recorded them.
    """

    outcomes: dict[str, Outcome]
    scored: dict[str, Scores]
    seconds: dict[str, float]

    def add(self, sample: Sample, outcome: Outcome, seconds: float) -> None:
        """One more sample."""
        self.outcomes[sample.name] = outcome
        self.scored[sample.name] = _scores(sample, outcome)
        self.seconds[sample.name] = seconds

    @property
    def usage(self) -> Usage:
        """What it used for all of them."""
        total = Usage()
        for outcome in self.outcomes.values():
            total = total.plus(outcome.usage)
        return total


async def read_all(samples: Sequence[Sample], model: str, *, alone: bool = True) -> dict[str, Read]:
    """All three readers on the samples, or the two without the model alone; its answers are the recorded ones.

    Raises:
        MissingRecordingError: a question was not recorded; the message has the command that does it.
    """
    settings = fixed_settings(model)
    recorded, by_itself = Recorded(Recordings(model)), Recorded(recordings_alone(model))
    read = {reader: Read({}, {}, {}) for reader in (RULES, TOGETHER, *([ALONE] if alone else []))}
    async with (
        Summarizer(Settings.load(reader="rules", force=True)) as rules,
        Summarizer(settings, asked=recorded) as together,
    ):
        # The first article also loads dictionaries, which is no part of reading it.
        await rules.outcome(samples[0].source)
        for sample in samples:
            outcome = await rules.outcome(sample.source, name=sample.name)
            read[RULES].add(sample, outcome, float(outcome.usage.seconds))
            before = recorded.seconds
            read[TOGETHER].add(
                sample, await together.outcome(sample.source, name=sample.name), recorded.seconds - before
            )
            if alone:
                before = by_itself.seconds
                outcome = await by_model_alone(sample, settings, by_itself)
                read[ALONE].add(sample, outcome, by_itself.seconds - before)
    return read


def _scores(sample: Sample, outcome: Outcome) -> Scores:
    """The fields of all labelled numbers, and how many were found."""
    n = len(sample.gold.facts)
    if not isinstance(outcome, Reported):
        return {name: Tally(0, n) for name in ("recall", *FIELDS)}
    scores, _ = score(sample.gold, outcome.report)
    return {name: Tally(scores[name].right if name in scores else 0, n) for name in ("recall", *FIELDS)}


def differences(read: Mapping[str, Read]) -> dict[str, dict[str, Difference]]:
    """Rules and model together against each of the two alone: by the other reader, by field."""
    together = read[TOGETHER].scored
    return {other: {d.name: d for d in compare(read[other].scored, together)} for other in (RULES, ALONE)}
