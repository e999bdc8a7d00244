"""Command line of the evals: `run` prints a table, `gate` fails below the floors, `record` asks a real model.

`compare` holds two runs against each other, `agreement` two annotators.
"""

import asyncio
import json
from functools import reduce
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from evals.adopt import AdoptError, adopt
from evals.agreement import SECOND, Agreement, agreement, same_articles
from evals.compare import CompareError, Difference, compare, load
from evals.label_studio import task_of_sample
from evals.recordings.alone import recordings as recordings_alone
from evals.recordings.fixed import fixed_set, fixed_settings, set_names
from evals.recordings.store import MissingRecordingError, Recordings, recorded_models
from evals.run import ARTICLES, SAMPLES, Result, add_up, as_json, below, columns, run, run_fixed_set, run_recorded
from evals.scorers import Miss, Tally
from evals.spoilt import GATED, RECIPES
from evals.spoilt import run as run_spoilt
from schemas.report import Usage
from summarizer.errors import EndpointError
from summarizer.export.label_studio import CONFIG, configuration
from summarizer.settings import Settings

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False)
console = Console()

Labels = Annotated[Path, typer.Option("--samples", help="Directory of label files (*.json).")]
Articles = Annotated[Path, typer.Option("--articles", help="Directory of the labelled articles.")]
Reader = Annotated[str, typer.Option("--reader", help="rules, model (settings say which), or recorded:NAME.")]


@app.command("run")
def run_command(
    samples: Labels = SAMPLES,
    articles: Articles = ARTICLES,
    reader: Reader = "rules",
    out: Annotated[Path | None, typer.Option(help="Write scores and misses as JSON.")] = None,
    fixed: Annotated[
        bool, typer.Option("--fixed", help="The fixed set of short samples; recorded:NAME implies it.")
    ] = False,
    spoilt: Annotated[
        str, typer.Option(help="Score spoilt variants of the clean samples: a recipe, several with commas, or 'all'.")
    ] = "",
    misses: Annotated[str, typer.Option(help="Fields whose misses to print, e.g. 'status,place', or 'all'.")] = "",
) -> None:
    """Score the reports of all samples against their labels."""
    kind, _, name = reader.partition(":")
    settings = fixed_settings(name) if kind == "recorded" else Settings.load(reader=reader, force=fixed)
    if spoilt:
        results = run_spoilt(_recipes(spoilt), settings, samples, articles)
    elif kind == "recorded":
        results = _replayed(name)
    else:
        results = run_fixed_set(settings) if fixed else run(samples, articles, settings)
    if spoilt:
        _print_spoilt(results)
    else:
        _print(results)
    _print_misses(results, misses)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(as_json(results, settings), "utf-8")
        console.print(f"written: {out}")


@app.command()
def gate(samples: Labels = SAMPLES, articles: Articles = ARTICLES) -> None:
    """Exit with 1 where a score lies below its floor in evals/floors.toml: rules, recorded models, spoilt variants."""
    results = run(samples, articles, Settings.load(reader="rules"))
    _print(results)
    totals = columns(results)
    for model in recorded_models():
        name = f"recorded:{model}"
        replayed = _replayed(model)
        _print(replayed, name)
        totals[name] = add_up(replayed)
    spoilt = run_spoilt(RECIPES, Settings.load(reader="rules"), names=GATED)
    _print_spoilt(spoilt)
    totals["spoilt"] = add_up(spoilt)
    if problems := below(totals):
        for problem in problems:
            console.print(f"below its floor: {problem}", style="red")
        raise typer.Exit(1)
    console.print("every score is at or above its floor")


@app.command("agreement")
def agreement_command(
    samples: Labels = SAMPLES,
    second: Annotated[Path, typer.Option(help="Directory of a second annotator's label files.")] = SECOND,
    articles: Articles = ARTICLES,
    misses: Annotated[str, typer.Option(help="Fields whose differences to print, e.g. 'status,place', or 'all'.")] = "",
) -> None:
    """Compare two annotators' labels of the articles that both have labelled."""
    pairs = same_articles(samples, second, articles)
    if not pairs:
        raise typer.BadParameter(f"no article is labelled both there and in {samples}", param_hint="--second")
    compared = agreement(pairs)
    _print_agreement(compared, len(pairs))
    for name, miss in compared.misses:
        _print_miss(name, miss, misses, ("first", "second"))


@app.command("record")
def record_command(
    base_url: Annotated[str, typer.Option(help="OpenAI-compatible endpoint; a key comes from SUMMARIZER_API_KEY.")],
    model: Annotated[str, typer.Option(help="Model name at the endpoint.")],
    mode: Annotated[str, typer.Option(help="How the answer's form is asked for.")] = "auto",
    sets: Annotated[str, typer.Option(help="Only these sets of evals/recordings/samples.toml, with commas.")] = "",
    alone: Annotated[bool, typer.Option("--alone", help="Ask without the rules' guesses, for a comparison.")] = False,
) -> None:
    """Ask a real model about sets of short samples and keep its answers in evals/recordings; run again to go on."""
    from evals.recordings.record import record  # noqa: PLC0415  (loads the SDKs)

    recordings = recordings_alone(model) if alone else Recordings(model)
    samples = [sample for name in (sets.split(",") if sets else set_names()) for sample in fixed_set(name)]
    try:
        settings = fixed_settings(model, base_url, mode=mode)
        asked = asyncio.run(record(samples, settings, recordings, alone=alone))
    except EndpointError as error:
        console.print(f"error: {error}\nhint: {error.hint}; what was recorded is kept", markup=False, soft_wrap=True)
        raise typer.Exit(1) from None
    dropped = recordings.finish(prune=not sets)
    console.print(f"{asked} questions asked, {len(recordings.used)} recorded in all, {dropped} old ones removed")


def _replayed(model: str) -> list[Result]:
    try:
        return run_recorded(model)
    except MissingRecordingError as error:
        console.print(f"error: {error}", style="bold red", markup=False, soft_wrap=True)
        raise typer.Exit(1) from None


@app.command("compare")
def compare_command(
    first: Annotated[Path, typer.Argument(metavar="A", help="Scores of one reader, from `run --out`.")],
    second: Annotated[Path, typer.Argument(metavar="B", help="Scores of another, on the same samples.")],
) -> None:
    """Print the paired differences of B to A, with bootstrap 95 % intervals and the articles that changed."""
    try:
        differences = compare(load(first), load(second))
    except CompareError as error:
        console.print(f"error: {error}", style="red", markup=False, soft_wrap=True)
        raise typer.Exit(1) from None
    _print_differences(differences, first.stem, second.stem)


@app.command("adopt")
def adopt_command(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="A correction downloaded from the page, or Label Studio's JSON export."),
    ],
    samples: Labels = SAMPLES,
    articles: Articles = ARTICLES,
    replace: Annotated[bool, typer.Option("--replace", help="Put it in the place of an existing sample.")] = False,
) -> None:
    """Check corrections against the raw text and add them to a sample set; all of a file, or none."""
    try:
        adopted = adopt(file, samples, articles, replace=replace)
    except AdoptError as error:
        console.print(str(error), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(1) from None
    for one in adopted:
        console.print(f"written: {one.labels} ({one.facts} facts)", markup=False)


@app.command("tasks")
def tasks_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write; the configuration goes beside it.")],
    samples: Labels = SAMPLES,
    articles: Articles = ARTICLES,
) -> None:
    """Write labelled samples as annotated tasks of Label Studio; `adopt --replace` takes the corrected ones back."""
    tasks = [task_of_sample(labels, articles) for labels in sorted(samples.glob("*.json"))]
    file.write_text(json.dumps(tasks, ensure_ascii=False, indent=1) + "\n", "utf-8")
    file.with_name(CONFIG).write_text(configuration(), "utf-8")
    console.print(f"written: {file} ({len(tasks)} tasks), {file.with_name(CONFIG)}", markup=False)


def _print(results: list[Result], whose: str = "") -> None:
    totals = columns(results)
    table = Table(title=f"{len(results)} samples {whose}".strip())
    table.add_column("score")
    for column in totals:
        table.add_column(column, justify="right")
    for name in dict.fromkeys(n for scores in totals.values() for n in scores):
        table.add_row(name, *(_cell(scores.get(name, Tally())) for scores in totals.values()))
    console.print(table)
    for result in results:
        if result.unscored:
            console.print(f"{result.name}: not scored: {result.unscored}", style="yellow")
    used = reduce(Usage.plus, (result.usage for result in results), Usage())
    if used.calls:
        n, tokens = len(results), used.tokens
        console.print(
            f"per sample: {used.calls / n:.1f} calls, {tokens.input / n:.0f} tokens in, {tokens.output / n:.0f} out"
        )


def _recipes(asked: str) -> list[str]:
    """The recipes of a comma-separated list, or all of them."""
    names = list(RECIPES) if asked == "all" else [name.strip() for name in asked.split(",")]
    if unknown := [name for name in names if name not in RECIPES]:
        known = ", ".join(RECIPES)
        raise typer.BadParameter(f"no such recipe: {', '.join(unknown)} (known: {known})", param_hint="--spoilt")
    return names


_SHOWN = ("recall", "precision", "value", "figures", "lost digits", "damage.recall", "damage.precision", "damage")
"""What a spoilt text is about; the other scores are those of its clean sample, or in the file that --out writes."""


def _print_spoilt(results: list[Result]) -> None:
    """A line for each recipe, and one for all."""
    totals = {**columns(results), "all": add_up(results)}
    table = Table(title=f"{len(results)} spoilt variants")
    table.add_column("recipe")
    for name in (*_SHOWN, "false figures"):
        table.add_column(name, justify="right")
    for recipe, scores in totals.items():
        figures = scores.get("figures", Tally())
        cells = (_cell(scores.get(name, Tally())) for name in _SHOWN)
        table.add_row(recipe, *cells, f"{figures.total - figures.right:g}")
    console.print(table)
    for result in results:
        if result.unscored:
            console.print(f"{result.name}: not scored: {result.unscored}", style="yellow")


def _print_differences(differences: list[Difference], first: str, second: str) -> None:
    table = Table(title=f"{second} beside {first}, paired by article")
    table.add_column("score", no_wrap=True)
    for name in (first, second, "difference, 95 %", "articles"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("shown")
    for d in differences:
        interval = f"{d.second - d.first:+.3f} ({d.low:+.3f} {d.high:+.3f})"
        changed = f"+{len(d.better)} -{len(d.worse)}"
        table.add_row(d.name, f"{d.first:.3f}", f"{d.second:.3f}", interval, changed, d.verdict)
    console.print(table)
    for d in differences:
        for how, names in (("better", d.better), ("worse", d.worse)):
            if names:
                console.print(f"{d.name} {how}: {', '.join(names)}", markup=False, soft_wrap=True)


def _cell(tally: Tally) -> str:
    return "-" if tally.score is None else f"{tally.score:.3f}  ({tally.right:g}/{tally.total})"


def _print_agreement(compared: Agreement, articles: int) -> None:
    """What both have found, and how far they agree on it."""
    found = Table(title=f"Two annotators, {articles} articles: what is there")
    for column in ("", "both", "first only", "second only", "F1"):
        found.add_column(column, justify="right" if column else "left")
    for name, parts in compared.found.items():
        f1 = "-" if parts.f1 is None else f"{parts.f1:.3f}"
        found.add_row(name, *(str(n) for n in (parts.both, parts.first, parts.second)), f1)
    console.print(found)
    fields = Table(title="what it says")
    for column in ("field", "agreement", "kappa"):
        fields.add_column(column, justify="left" if column == "field" else "right")
    for name, tally in compared.fields.items():
        kappa = compared.kappa.get(name)
        fields.add_row(name, _cell(tally), "-" if kappa is None else f"{kappa:.3f}")
    console.print(fields)


def _print_misses(results: list[Result], fields: str) -> None:
    for result in results:
        for miss in result.misses:
            _print_miss(result.name, miss, fields, ("gold", "report"))


def _print_miss(name: str, miss: Miss, fields: str, whose: tuple[str, str]) -> None:
    """One difference, where its field is among those asked for."""
    wanted = {f.strip() for f in fields.split(",") if f.strip()}
    if miss.field in wanted or "all" in wanted:
        text = f"{name} {miss.field} @{miss.at} {miss.text}: {whose[0]} {miss.gold} | {whose[1]} {miss.report}"
        console.print(text, markup=False, highlight=False, soft_wrap=True)


if __name__ == "__main__":
    app()
