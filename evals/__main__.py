"""Command line of the evals: `python -m evals run` prints a table, `gate` fails below the floors."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from evals.run import ARTICLES, SAMPLES, Result, as_json, below, columns, run
from evals.scorers import Tally
from summarizer.settings import Settings

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False)
console = Console()

Labels = Annotated[Path, typer.Option("--samples", help="Directory of label files (*.json).")]
Articles = Annotated[Path, typer.Option("--articles", help="Directory of the labelled articles.")]
Reader = Annotated[str, typer.Option("--reader", help="rules, or model (settings say which).")]


@app.command("run")
def run_command(
    samples: Labels = SAMPLES,
    articles: Articles = ARTICLES,
    reader: Reader = "rules",
    out: Annotated[Path | None, typer.Option(help="Write scores and misses as JSON.")] = None,
    misses: Annotated[str, typer.Option(help="Fields whose misses to print, e.g. 'status,place', or 'all'.")] = "",
) -> None:
    """Score the reports of all samples against their labels."""
    settings = Settings.load(reader=reader)
    results = run(samples, articles, settings)
    _print(results)
    _print_misses(results, misses)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(as_json(results, settings), "utf-8")
        console.print(f"written: {out}")


@app.command()
def gate(samples: Labels = SAMPLES, articles: Articles = ARTICLES) -> None:
    """Exit with 1 where a score of the rules lies below its floor in evals/floors.toml."""
    results = run(samples, articles, Settings.load(reader="rules"))
    _print(results)
    if problems := below(columns(results)):
        for problem in problems:
            console.print(f"below its floor: {problem}", style="red")
        raise typer.Exit(1)
    console.print("every score is at or above its floor")


def _print(results: list[Result]) -> None:
    totals = columns(results)
    table = Table(title=f"{len(results)} samples")
    table.add_column("score")
    for column in totals:
        table.add_column(column, justify="right")
    for name in dict.fromkeys(n for scores in totals.values() for n in scores):
        table.add_row(name, *(_cell(scores.get(name, Tally())) for scores in totals.values()))
    console.print(table)
    for result in results:
        if result.unscored:
            console.print(f"{result.name}: not scored: {result.unscored}", style="yellow")


def _cell(tally: Tally) -> str:
    return "-" if tally.score is None else f"{tally.score:.3f}  ({tally.right:g}/{tally.total})"


def _print_misses(results: list[Result], fields: str) -> None:
    wanted = {f.strip() for f in fields.split(",") if f.strip()}
    for result in results:
        for miss in result.misses:
            if miss.field in wanted or "all" in wanted:
                text = f"{result.name} {miss.field} @{miss.at} {miss.text}: gold {miss.gold} | report {miss.report}"
                console.print(text, markup=False, highlight=False, soft_wrap=True)


if __name__ == "__main__":
    app()
