"""`python -m evals.reconcile`: write the folder, read it by rules, reconcile it, print what was found of each kind."""

import asyncio
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from evals.reconcile.generate import Planted, Told, write
from schemas.outcome import Reported
from summarizer import Summarizer
from summarizer.reconcile import Comparison, Entry, Reconciliation, RepeatKind, reconcile
from summarizer.reconcile.folder import words_of
from summarizer.settings import Settings

FLOOR = 0.95
console = Console(highlight=False, soft_wrap=True)


def main(
    folder: Annotated[Path | None, typer.Option(help="Keep the articles in this folder.")] = None,
    seed: Annotated[int, typer.Option(help="Another folder of the same kind.")] = 7,
) -> None:
    """Precision and recall of reposts, updates and contradictions; exit code 1 where one lies below 0.95."""
    with tempfile.TemporaryDirectory() as temporary:
        target = folder or Path(temporary)
        count, planted = write(target, seed=seed)
        found = reconcile(asyncio.run(read(target)))
    console.print(f"{count} articles")
    low = False
    for kind, (right, told, wanted) in scores(found, planted).items():
        precision, recall = right / told if told else 1.0, right / wanted if wanted else 1.0
        low = low or min(precision, recall) < FLOOR
        console.print(f"{kind}: precision {precision:.3f} ({right}/{told}), recall {recall:.3f} ({right}/{wanted})")
    for comparison in found.contradictions:
        if figure_of(comparison) not in planted.contradictions:
            console.print(f"   not planted: {comparison.key} {comparison.values}", markup=False)
    if low:
        raise typer.Exit(1)


async def read(folder: Path) -> list[Entry]:
    """Every article of the folder as an entry."""
    entries = []
    async with Summarizer(Settings.load(reader="rules")) as summarizer:
        for path in sorted(folder.glob("*.txt")):
            outcome = await summarizer.outcome(path)
            if isinstance(outcome, Reported):
                entries.append(Entry(path.name, path.name, outcome.report, words_of(outcome.report)))
    return entries


def scores(found: Reconciliation, planted: Planted) -> dict[str, tuple[int, int, int]]:
    """Of each kind: how many are right, how many were told, how many were planted."""
    reposts = {frozenset((r.first.path, r.second.path)) for r in found.repeats if r.kind is RepeatKind.REPOST}
    updates = {(r.first.path, r.second.path) for r in found.repeats if r.kind is RepeatKind.UPDATE}
    contradictions = {figure_of(c) for c in found.contradictions}
    agreements = {figure_of(c) for c in found.agreements}
    right = agreements & planted.agreements
    # Agreements on figures that nobody planted (a length of road in report and repost) are true as well.
    return {
        "reposts": _score(reposts, planted.reposts),
        "updates": _score(updates, planted.updates),
        "contradictions": _score(contradictions, planted.contradictions),
        "agreements": (
            len(right),
            len(right) + len(agreements & planted.contradictions - contradictions),
            len(planted.agreements),
        ),
    }


def figure_of(comparison: Comparison) -> Told:
    """The figure that a comparison is about, as it was planted."""
    key = comparison.key
    return key.county, key.place, key.indicator.value, (key.period or "").rpartition("/")[2][:4]


def _score(told: Collection[object], wanted: Collection[object]) -> tuple[int, int, int]:
    return len(set(told) & set(wanted)), len(told), len(wanted)


if __name__ == "__main__":
    typer.run(main)
