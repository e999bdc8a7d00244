"""Scorers held to a known case: a report that is wrong on purpose must get the scores reckoned for it by hand.

A gate that rests on scorers is as good as they are: one that finds everything right would keep it green for ever.
"""

import json
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from evals.checks import labels
from evals.gold import Gold, GoldOutcome
from evals.label import raw_text
from evals.perfect import as_report
from evals.scorers import Scores, Tally, score, verdict
from schemas.outcome import Outcome, Reported, Skipped
from schemas.report import CountyReport
from schemas.vocabulary import SkipReason

HERE = Path(__file__).parent

_ROUNDING = 1e-6


def selfcheck() -> Iterator[tuple[str, str]]:
    """Every score that is not what it must be, with what it is."""
    raw = raw_text(HERE / "article.txt")
    gold = Gold.model_validate(json.loads((HERE / "gold.json").read_text("utf-8"), parse_float=Decimal))
    report = CountyReport.model_validate_json((HERE / "report.json").read_bytes())
    checks = labels.load("checks", HERE)
    yield from _differences(score(gold, report, raw, checks)[0], expected())
    yield from _imperfect(score(gold, as_report(gold))[0])
    yield from _verdicts(gold, report)


def expected() -> Scores:
    """The scores reckoned by hand."""
    table = tomllib.loads((HERE / "expected.toml").read_text("utf-8"))["scores"]
    return {name: Tally(right, total) for name, (right, total) in table.items()}


def _differences(found: Scores, wanted: Scores) -> Iterator[tuple[str, str]]:
    for name in dict.fromkeys((*wanted, *found)):
        a, b = found.get(name, Tally()), wanted.get(name, Tally())
        if a.total != b.total or abs(a.right - b.right) > _ROUNDING:
            yield name, f"{a.right:g}/{a.total} for a report that is wrong on purpose, {b.right:g}/{b.total} by hand"


def _imperfect(found: Scores) -> Iterator[tuple[str, str]]:
    """Labels held against themselves have no fault."""
    for name, tally in found.items():
        if tally.total and tally.total - tally.right > _ROUNDING:
            yield name, f"{tally.right:g}/{tally.total} for labels held against themselves"


def _verdicts(gold: Gold, report: CountyReport) -> Iterator[tuple[str, str]]:
    """Read or skipped, as it should be or not."""
    advert = gold.model_copy(update={"outcome": GoldOutcome(outcome="skipped", reason=SkipReason.ADVERT)})
    read = Reported(report=report)
    skipped = Skipped(reason=SkipReason.THEORY, text="", document=report.document)
    cases: dict[str, tuple[Gold, Outcome, Scores]] = {
        "a report that is read": (gold, read, {"verdict": Tally(1, 1)}),
        "a report that is skipped": (gold, skipped, {"verdict": Tally(0, 1), "recall": Tally(0, len(gold.facts))}),
        "an advertisement that is read": (advert, read, {"verdict": Tally(0, 1)}),
        "an advertisement that is skipped as a theory": (advert, skipped, {"verdict": Tally(0, 1)}),
        "an advertisement that is skipped": (
            advert,
            Skipped(reason=SkipReason.ADVERT, text="", document=report.document),
            {"verdict": Tally(1, 1)},
        ),
    }
    for what, (labels_, outcome, wanted) in cases.items():
        if (found := verdict.score(labels_, outcome)[0]) != wanted:
            yield "verdict", f"{found} for {what}"
