"""Command line of the evals: `run` prints scores, `gate` fails below floors and baseline, `record` asks a real model.

`compare` holds two runs against each other, `agreement` two annotators, `report` shows labels beside reports.
"""

import asyncio
import json
import os
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from evals import gate as gates
from evals import tables
from evals.adopt import AdoptError, adopt
from evals.agreement import SECOND, agreement, same_articles
from evals.beside import page, view
from evals.compare import CompareError, compare, load
from evals.gold import load as load_samples
from evals.inspect_log import file_name, log_of
from evals.label_studio import task_of_sample
from evals.progress import progress
from evals.recordings.alone import recordings as recordings_alone
from evals.recordings.fixed import fixed_set, fixed_settings, set_names
from evals.recordings.store import MissingRecordingError, Recorded, Recordings
from evals.run import ARTICLES, FIXED, SAMPLES, Result, outcomes, run, run_fixed_set, run_recorded
from evals.spoilt import RECIPES
from evals.spoilt import run as run_spoilt
from evals.written import as_json, commit
from summarizer import __version__
from summarizer.errors import EndpointError, SettingsError
from summarizer.export.label_studio import CONFIG, configuration
from summarizer.settings import Settings

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False)
console = Console()

Labels = Annotated[Path, typer.Option("--samples", help="Directory of label files (*.json).")]
Articles = Annotated[Path, typer.Option("--articles", help="Directory of the labelled articles.")]
Reader = Annotated[
    str, typer.Option("--reader", help="rules, live (with --base-url and --model, or settings), or recorded:NAME.")
]
BaseUrl = Annotated[str | None, typer.Option(help="Of the endpoint that `live` asks; a key: SUMMARIZER_API_KEY.")]
ModelName = Annotated[str | None, typer.Option(help="Model name at the endpoint.")]


JOB = "GITHUB_STEP_SUMMARY"
"""Names the file that GitHub shows as the summary of a job."""


class By(StrEnum):
    """What the rows of a table are."""

    SCORE = "score"
    KIND = "kind"


class Part(StrEnum):
    """A part of the gate."""

    SCORERS = "scorers"
    RULES = "rules"
    SPOILT = "spoilt"
    RECORDED = "recorded"


@app.command("run")
def run_command(  # noqa: PLR0913, PLR0917  (an option of the command each)
    samples: Labels = SAMPLES,
    articles: Articles = ARTICLES,
    reader: Reader = "rules",
    base_url: BaseUrl = None,
    model: ModelName = None,
    concurrency: Annotated[int | None, typer.Option(help="Articles read at once by a live model.")] = None,
    by: Annotated[By, typer.Option(help="Rows of the table: scores, or kinds of article.")] = By.SCORE,
    every: Annotated[bool, typer.Option("--every", help="Print the value-gated fields too.")] = False,
    out: Annotated[Path | None, typer.Option(help="Write scores, misses and how they were made as JSON.")] = None,
    fixed: Annotated[bool, typer.Option("--fixed", help="Short samples; recorded:NAME implies it.")] = False,
    chosen: Annotated[str, typer.Option("--set", help="Which short samples (evals/recordings/samples.toml).")] = FIXED,
    spoilt: Annotated[
        str, typer.Option(help="Score spoilt variants of the clean samples: a recipe, several with commas, or 'all'.")
    ] = "",
    misses: Annotated[str, typer.Option(help="Fields whose misses to print, e.g. 'status,place', or 'all'.")] = "",
) -> None:
    """Score the reports of all samples against their labels."""
    settings = _settings(reader, base_url, model, concurrency, force=fixed)
    recipes = _recipes(spoilt) if spoilt else []
    short = chosen if fixed or reader.startswith("recorded:") else None
    if recipes:
        results = run_spoilt(recipes, settings, samples, articles)
    else:
        results = _results(reader, settings, samples, articles, short)
    if recipes:
        tables.spoilt(results)
    elif by is By.KIND:
        tables.kinds(results)
    else:
        tables.scores(results, every=every)
    tables.misses(((r.name, miss) for r in _shown(results, samples) for miss in r.misses), misses)
    if out is not None:
        about = {"reader": reader, "set": short or "samples"}
        out.parent.mkdir(parents=True, exist_ok=True)
        files = [*samples.glob("*.json"), *(sample.path for sample in load_samples(samples, articles))]
        out.write_text(as_json(results, settings, about | {"recipes": recipes}, files), "utf-8")
        console.print(f"written: {out}")


def _settings(
    reader: str, base_url: str | None, model: str | None, concurrency: int | None, *, force: bool
) -> Settings:
    """The settings of a reader by its name."""
    kind, _, name = reader.partition(":")
    if kind == "recorded":
        return fixed_settings(name)
    if kind not in {"rules", "live"}:
        raise typer.BadParameter(f"no such reader: {reader} (rules, live, recorded:NAME)", param_hint="--reader")
    try:
        asked = {"base_url": base_url, "model": model, "concurrency": concurrency, "force": force}
        return Settings.load(reader="rules" if kind == "rules" else "model", **asked)
    except SettingsError as error:
        raise _stop(f"{error}; {error.hint}") from None


def _results(reader: str, settings: Settings, samples: Path, articles: Path, short: str | None) -> list[Result]:
    """Whole samples, or the short ones of a set."""
    if short is not None and short not in set_names():
        raise typer.BadParameter(f"no such set: {short} (known: {', '.join(set_names())})", param_hint="--set")
    total = len(fixed_set(short)) if short else len(list(samples.glob("*.json")))
    try:
        with progress(reader, total) as heard:
            if reader.startswith("recorded:"):
                return run_recorded(reader.partition(":")[2], heard=heard, name=short or FIXED)
            if short:
                return run_fixed_set(settings, heard=heard, name=short)
            return run(samples, articles, settings, heard)
    except MissingRecordingError as error:
        raise _stop(str(error)) from None
    except EndpointError as error:
        raise _stop(f"{error}; {error.hint}") from None


def _stop(message: str) -> typer.Exit:
    """Says what is wrong; ends with 1."""
    console.print(f"error: {message}", style="bold red", markup=False, soft_wrap=True)
    return typer.Exit(1)


def _shown(results: Sequence[Result], samples: Path) -> list[Result]:
    """Whose misses may be read: of the project's own samples, those that are not kept apart."""
    return [r for r in results if samples != SAMPLES or not _kept_apart(r)]


def _kept_apart(result: Result) -> bool:
    # A variant's column is its recipe; its name begins with its sample's.
    return result.column == "untouched" or result.name.startswith("untouched-")


@app.command("report")
def report_command(
    out: Annotated[Path, typer.Option(help="The page to write: one HTML file, which opens without a network.")],
    samples: Labels = SAMPLES,
    articles: Articles = ARTICLES,
    reader: Reader = "rules",
    base_url: BaseUrl = None,
    model: ModelName = None,
) -> None:
    """Write labels beside reports as a page, errors first; of the project's samples those that may be read."""
    settings = _settings(reader, base_url, model, None, force=False)
    chosen = fixed_set() if reader.startswith("recorded:") else list(load_samples(samples, articles))
    chosen = [sample for sample in chosen if samples != SAMPLES or not sample.gold.untouched]
    asked = Recorded(Recordings(str(settings.model))) if reader.startswith("recorded:") else None
    try:
        with progress(reader, len(chosen)) as heard:
            read = asyncio.run(outcomes(chosen, settings, asked, heard))
    except (MissingRecordingError, EndpointError) as error:
        raise _stop(str(error)) from None
    made = f"version {__version__}, commit {(commit() or 'unknown')[:12]}"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(page([view(sample, outcome) for sample, outcome in read], reader, made), "utf-8")
    console.print(f"written: {out} ({len(read)} articles)", soft_wrap=True, markup=False)


@app.command("export-inspect")
def export_inspect_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Scores from `run --out`.")],
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the log goes: inspect view --log-dir FOLDER.")],
) -> None:
    """Write the scores of a run as a log of Inspect, under a name that its viewer lists."""
    try:
        log = log_of(json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _stop(f"{file} holds no run ({error}); write one with: python -m evals run --out FILE") from None
    out.mkdir(parents=True, exist_ok=True)
    written = out / file_name(log)
    written.write_text(json.dumps(log, ensure_ascii=False, indent=1) + "\n", "utf-8")
    console.print(f"written: {written} ({len(log['samples'])} samples)", soft_wrap=True, markup=False)


@app.command("gate")
def gate_command(
    samples: Labels = SAMPLES,
    articles: Articles = ARTICLES,
    only: Annotated[list[Part] | None, typer.Option(help="A part to run; all where none is named.")] = None,
    summary: Annotated[
        Path | None, typer.Option(help="Write the table as Markdown; $GITHUB_STEP_SUMMARY gets it anyhow.")
    ] = None,
    problems: Annotated[Path | None, typer.Option(help="Write what is wrong as JSON.")] = None,
) -> None:
    """Exit with 1 below a floor (evals/floors.toml), below the baseline, or where scorers miss known mistakes."""
    parts = [part.value for part in only or Part]
    found = gates.check_scorers() if Part.SCORERS in parts else []
    measured, missing = gates.measure(parts, samples, articles)
    for part, results in measured.items():
        if part == "spoilt":
            tables.spoilt(results)
        else:
            tables.scores(results, part)
    found += [*missing, *gates.problems_of(measured)]
    if fresh := gates.not_compared(measured, gates.load_baseline()):
        console.print(f"new or changed since the baseline, so not compared with it: {len(fresh)} samples")
    if summary or os.environ.get(JOB):
        _summarize(gates.markdown(measured, found), summary)
    if problems is not None:
        problems.write_text(gates.as_json(found), "utf-8")
    for problem in found:
        console.print(str(problem), style="red", markup=False, soft_wrap=True)
    if found:
        raise typer.Exit(1)
    console.print("every score is at or above its floor, and none fell below the baseline")


def _summarize(table: str, file: Path | None) -> None:
    """The gate's table for a person: into a file, and into the summary of a GitHub job."""
    if file is not None:
        file.write_text(table, "utf-8")
    if job := os.environ.get(JOB):
        with Path(job).open("a", encoding="utf-8") as out:
            out.write(table)


@app.command("baseline")
def baseline_command(
    samples: Labels = SAMPLES,
    articles: Articles = ARTICLES,
    only: Annotated[list[Part] | None, typer.Option(help="A part to accept; the others stay as they were.")] = None,
) -> None:
    """Accept what is reached today as the baseline, evals/baseline.json: a person's act, after a look at what fell."""
    measured, missing = gates.measure([part.value for part in only or Part], samples, articles)
    kept = gates.load_baseline()
    for problem in (*missing, *gates.regressions(measured, kept)):
        console.print(str(problem), style="red", markup=False, soft_wrap=True)
    if missing:
        raise typer.Exit(1)
    gates.write_baseline(measured, {part: kept[part] for part in kept if only and part not in measured})
    console.print(f"written: {gates.BASELINE} ({sum(map(len, measured.values()))} samples)", soft_wrap=True)


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
    tables.agreement(compared, len(pairs))
    apart = {sample.name for sample, _ in pairs if sample.gold.untouched}
    tables.misses(((n, miss) for n, miss in compared.misses if n not in apart), misses, ("first", "second"))


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


@app.command("compare")
def compare_command(
    first: Annotated[Path, typer.Argument(metavar="A", help="Scores of one reader, from `run --out`.")],
    second: Annotated[Path, typer.Argument(metavar="B", help="Scores of another, on the same samples.")],
) -> None:
    """Print the paired differences of B to A, with bootstrap 95 % intervals and the articles that changed."""
    try:
        differences = compare(load(first), load(second))
    except CompareError as error:
        raise _stop(str(error)) from None
    tables.differences(differences, first.stem, second.stem)


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


def _recipes(asked: str) -> list[str]:
    """The recipes of a comma-separated list, or all of them."""
    names = list(RECIPES) if asked == "all" else [name.strip() for name in asked.split(",")]
    if unknown := [name for name in names if name not in RECIPES]:
        known = ", ".join(RECIPES)
        raise typer.BadParameter(f"no such recipe: {', '.join(unknown)} (known: {known})", param_hint="--spoilt")
    return names


if __name__ == "__main__":
    app()
