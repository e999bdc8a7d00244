"""Checks against their labels (`python -m evals.checks score`), and when digits change (`… mutate`)."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from evals.checks import labels as labelled
from evals.checks import mutation, translate
from evals.checks.score import score
from evals.gold import Sample, load
from evals.label import raw_text
from evals.run import ARTICLES, SAMPLES
from schemas.outcome import Outcome, Reported
from summarizer import Summarizer
from summarizer.settings import Settings

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False)
console = Console(highlight=False, soft_wrap=True)

Labels = Annotated[Path, typer.Option("--samples", help="Directory of label files (*.json).")]
Articles = Annotated[Path, typer.Option("--articles", help="Directory of the labelled articles.")]


@app.command("score")
def score_command(samples: Labels = SAMPLES, articles: Articles = ARTICLES) -> None:
    """How many labelled checks the reports have, and which contradictions they report that no label has."""
    totals: dict[str, list[int]] = {}
    for sample, outcome in asyncio.run(_read(samples, articles)):
        if not isinstance(outcome, Reported):
            continue
        result = score(labelled.load(sample.name), outcome.report)
        row = [*result.found_of(equations=True), *result.found_of(equations=False)]
        row += [len(result.reported), len(result.alarms)]
        column = sample.gold.column
        totals[column] = [a + b for a, b in zip(totals.get(column, [0] * len(row)), row, strict=True)]
        console.print(f"{sample.name}: {_line(row)}")
        if not sample.gold.untouched:
            for item in result.missed:
                console.print(f"   not found: {item.kind.value} {item.words}", markup=False)
            for check in result.alarms:
                console.print(f"   does not hold, not labelled: {check.rule} {check.note}", markup=False)
    for column, row in totals.items():
        console.print(f"{column}: {_line(row)}", style="bold")


def _line(row: list[int]) -> str:
    found, equations, compared, comparisons, checks, alarms = row
    return (
        f"equations {found}/{equations}, comparisons {compared}/{comparisons},"
        f" checks in the reports {checks}, unlabelled contradictions {alarms}"
    )


async def _read(samples: Path, articles: Path) -> list[tuple[Sample, Outcome]]:
    async with Summarizer(Settings.load(reader="rules")) as summarizer:
        return [(sample, await summarizer.outcome(sample.path)) for sample in load(samples, articles)]


@app.command()
def mutate(
    samples: Labels = SAMPLES,
    articles: Articles = ARTICLES,
    alternatives: Annotated[int, typer.Option(help="Other digits tried for each digit, at most 9.")] = 1,
    every: Annotated[int, typer.Option(help="Take each n-th mutant only.")] = 1,
) -> None:
    """Change one digit at a time in every labelled check that the report has, and count what is noticed."""
    total = asyncio.run(_mutate(samples, articles, alternatives, every))
    for line in (*total.missed, *total.stray):
        console.print(f"   {line}", markup=False)
    share = total.found / total.broken if total.broken else 1
    console.print(
        f"changes that break a relation: {total.broken}, found {total.found} ({share:.2%});"
        f" within rounding: {total.within}; blamed on figures with no part in the change: {len(total.stray)}"
    )
    if share < 0.98 or total.stray:
        raise typer.Exit(1)


async def _mutate(samples: Path, articles: Path, alternatives: int, every: int) -> mutation.Tally:
    total = mutation.Tally()
    async with Summarizer(Settings.load(reader="rules")) as summarizer:
        for sample in load(samples, articles):
            found = await mutation.run(
                summarizer,
                raw_text(sample.path),
                labelled.load(sample.name),
                alternatives=alternatives,
                every=every,
                name=sample.name,
            )
            console.print(f"{sample.name}: {found.found}/{found.broken} found, {found.within} within rounding")
            total.add(_without_words(found) if sample.gold.untouched else found)
    return total


def _without_words(tally: mutation.Tally) -> mutation.Tally:
    """What was missed in a sample kept apart is counted, not shown."""
    return mutation.Tally(
        tally.found, tally.within, ["(kept apart)" for _ in tally.missed], ["(kept apart)" for _ in tally.stray]
    )


@app.command("translate")
def translate_command(
    files: Annotated[list[Path] | None, typer.Argument(help="Label files whose checks are in words.")] = None,
) -> None:
    """Write `data/NAME.json` for label files, from their checks in words. Corrections by hand come after.

    Without files: for every untouched sample of the project, whose checks nobody reads.
    """
    untouched = (SAMPLES / f"{sample.name}.json" for sample in load(SAMPLES, ARTICLES) if sample.gold.untouched)
    for file in files or untouched:
        done, left = translate.translated(file)
        target = labelled.DATA / file.name
        if done:
            target.write_text(labelled.dump(done), "utf-8")
        console.print(f"{target.name}: {len(done)} checks, {len(left)} not translated")


if __name__ == "__main__":
    app()
