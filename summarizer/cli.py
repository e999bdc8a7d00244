"""The command line. Nothing heavy is imported before a command needs it: `--help` answers at once.

What help says of a command below its first line is shown with the lines that stand here: they are those of a narrow
terminal.
"""

import logging
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer import __version__

if TYPE_CHECKING:
    from summarizer.inputs import Selection

app = typer.Typer(
    name="summarizer",
    help="Fill county reports from Chinese county articles, every figure with the place in the text it came from.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class ExportFormat(StrEnum):
    """What `export` writes."""

    CSV = "csv"
    JSONL = "jsonl"
    XLSX = "xlsx"
    PARQUET = "parquet"
    DUCKDB = "duckdb"
    LABEL_STUDIO = "label-studio"


class ExportTable(StrEnum):
    """Tables that `export` makes."""

    REPORTS = "reports"
    FACTS = "facts"
    FIGURES = "figures"
    CHECKS = "checks"
    OUTCOMES = "outcomes"


class Headers(StrEnum):
    """The language of column names."""

    EN = "en"
    ZH = "zh"


class ReaderChoice(StrEnum):
    """Who reads."""

    AUTO = "auto"
    RULES = "rules"
    MODEL = "model"


class EngineChoice(StrEnum):
    """Where articles are read."""

    LOCAL = "local"
    RAY = "ray"


Include = Annotated[
    list[str] | None,
    typer.Option(metavar="PATTERN", help="Of a folder, only files that match, e.g. '2016/*.txt'; may be repeated."),
]
Exclude = Annotated[
    list[str] | None, typer.Option(metavar="PATTERN", help="Of a folder, no files that match; may be repeated.")
]
Limit = Annotated[int | None, typer.Option(min=1, help="Only the first N inputs.")]
Shard = Annotated[str | None, typer.Option(metavar="I/N", help="Only the I-th of N parts, chosen by content.")]
TextColumn = Annotated[str, typer.Option(help="Of a .jsonl or .csv, the field that holds the article.")]
EngineOption = Annotated[EngineChoice, typer.Option(help="local: this machine; ray: the workers of a Ray cluster.")]
Address = Annotated[
    str, typer.Option(help="Of the cluster: auto, ray://HOST:10001, or local for one on this machine alone.")
]
Jobs = Annotated[
    int | None,
    typer.Option(min=1, help="Processes that read by rules; of a cluster, workers, else one for each processor."),
]


def _selection(
    paths: list[str],
    include: list[str] | None,
    exclude: list[str] | None,
    limit: int | None,
    shard: str | None,
    column: str,
) -> "Selection":
    from summarizer.inputs import Selection  # noqa: PLC0415

    return Selection(tuple(paths), tuple(include or ()), tuple(exclude or ()), limit, _part(shard), column)


def _part(shard: str | None) -> tuple[int, int] | None:
    """`2/8` as numbers."""
    if shard is None:
        return None
    part, _, parts = shard.partition("/")
    if not (part.isascii() and part.isdigit() and parts.isascii() and parts.isdigit() and 1 <= int(part) <= int(parts)):
        raise typer.BadParameter(f"{shard} is not I/N with I from 1 to N", param_hint="--shard")
    return int(part), int(parts)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"summarizer {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options of every command."""


@app.command("run")
def run_command(  # noqa: PLR0913, PLR0917  (each is an option of the command line)
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...", help="Articles, folders of them, .jsonl or .csv tables, or - for standard input."
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", help="Folder for reports/, tables and the ledger; an earlier run's goes on. Else out/."
        ),
    ] = None,
    include: Include = None,
    exclude: Exclude = None,
    limit: Limit = None,
    shard: Shard = None,
    text_column: TextColumn = "text",
    reader: Annotated[
        ReaderChoice | None, typer.Option(help="auto: a model where one is named; rules: never a model.")
    ] = None,
    model: Annotated[str | None, typer.Option(help="Model name at the endpoint.")] = None,
    base_url: Annotated[
        str | None, typer.Option(help="OpenAI-compatible endpoint, e.g. http://localhost:11434/v1.")
    ] = None,
    subject: Annotated[str | None, typer.Option(help="The county, where you know it better than the text.")] = None,
    year: Annotated[int | None, typer.Option(help="The year that 今年 means, where you know it.")] = None,
    sidecar: Annotated[
        Path | None, typer.Option(help="CSV of what you know of each article: file, subject, year (文件, 县, 年份).")
    ] = None,
    section_chars: Annotated[int | None, typer.Option(help="Longest section in one model call, in characters.")] = None,
    concurrency: Annotated[int | None, typer.Option(help="Requests in flight with a model.")] = None,
    mode: Annotated[
        str | None,
        typer.Option(
            help="How the answer's form is asked for: json_schema, json_object_schema, json_object, text, tools; or "
            "auto, which tries what the endpoint takes."
        ),
    ] = None,
    timeout: Annotated[float | None, typer.Option(help="Seconds for one call of the model.")] = None,
    max_tokens: Annotated[int | None, typer.Option(help="Longest answer of the model, in tokens.")] = None,
    rpm: Annotated[int | None, typer.Option(help="Requests per minute that the endpoint allows.")] = None,
    tpm: Annotated[int | None, typer.Option(help="Tokens per minute that the endpoint allows.")] = None,
    max_cost: Annotated[
        float | None, typer.Option(help="US dollars after which the run asks no more; run again to go on.")
    ] = None,
    max_total_tokens: Annotated[
        int | None, typer.Option(help="Tokens, in and out, after which the run asks no more.")
    ] = None,
    cache: Annotated[
        Path | None, typer.Option(help="Folder of kept answers, if not in the user's cache folder.")
    ] = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Keep no answers, and use none.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Read also what does not look like a county report.")] = False,
    engine: EngineOption = EngineChoice.LOCAL,
    address: Address = "auto",
    jobs: Jobs = None,
    json_lines: Annotated[
        bool, typer.Option("--json", help="Print each outcome as a JSON line; files are written only with --out.")
    ] = False,
    verbose: Annotated[int, typer.Option("--verbose", "-v", count=True, help="Log more; -vv logs requests.")] = 0,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no table.")] = False,
) -> None:
    """Read articles and write their county reports; run again, it reads only what is new or has changed.

    Reads .txt, .html, .htm and .md files, and .jsonl and .csv tables that
    are named. API keys come from SUMMARIZER_API_KEY or OPENAI_API_KEY,
    never from a flag.

    Exit codes: 0 all reported or skipped, 1 something failed, 2 usage,
    settings, a missing path or an endpoint that refuses, 130 after Ctrl-C
    (what was read by then is written).
    """
    selection = _selection(paths, include, exclude, limit, shard, text_column)
    from summarizer.batch import command, engines  # noqa: PLC0415  (load the pipeline)

    _log(verbose)
    settings = {
        "reader": reader,
        "model": model,
        "base_url": base_url,
        "subject": subject,
        "year": year,
        "section_chars": section_chars,
        "concurrency": concurrency,
        "mode": mode,
        "timeout": timeout,
        "max_tokens": max_tokens,
        "rpm": rpm,
        "tpm": tpm,
        "max_cost": max_cost,
        "max_total_tokens": max_total_tokens,
        "cache": cache,
        "no_cache": no_cache or None,
        "force": force or None,
    }
    given = {name: value for name, value in settings.items() if value is not None}
    folder = out if out is not None or json_lines else Path("out")
    placement = engines.Placement(engine.value, address, jobs)
    code = command.run(selection, folder, given, known=sidecar, json_lines=json_lines, quiet=quiet, placement=placement)
    raise typer.Exit(code)


@app.command()
def show(report: Annotated[Path, typer.Argument(metavar="REPORT", help="A report that `run` wrote (.json).")]) -> None:
    """Print a report for a person to read: contradictions and damage first."""
    from summarizer import command  # noqa: PLC0415

    raise typer.Exit(command.show(report))


@app.command()
def check(  # noqa: PLR0913, PLR0917  (as above)
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Articles, or folders of them.")],
    subject: Annotated[str | None, typer.Option(help="The county, where you know it better than the text.")] = None,
    year: Annotated[int | None, typer.Option(help="The year that 今年 means, where you know it.")] = None,
    sidecar: Annotated[
        Path | None, typer.Option(help="CSV of what you know of each article: file, subject, year (文件, 县, 年份).")
    ] = None,
    section_chars: Annotated[int | None, typer.Option(help="Longest section in one model call, in characters.")] = None,
    force: Annotated[bool, typer.Option("--force", help="As if `run --force`.")] = False,
    model: Annotated[str | None, typer.Option(help="Model whose price to reckon with; it is not asked.")] = None,
    base_url: Annotated[str | None, typer.Option(help="Its endpoint.")] = None,
    include: Include = None,
    exclude: Exclude = None,
    limit: Limit = None,
    shard: Shard = None,
    text_column: TextColumn = "text",
) -> None:
    """Say what would be read, and what a model would be sent for it, without a call."""
    selection = _selection(paths, include, exclude, limit, shard, text_column)
    from summarizer import command  # noqa: PLC0415

    settings = {
        "subject": subject,
        "year": year,
        "section_chars": section_chars,
        "force": force or None,
        "model": model,
        "base_url": base_url,
    }
    given = {name: value for name, value in settings.items() if value is not None}
    raise typer.Exit(command.check(selection, given, known=sidecar))


@app.command()
def status(out: Annotated[Path, typer.Argument(metavar="OUT", help="A folder that `run` wrote.")]) -> None:
    """Say what an output folder holds: outcomes by kind, what was spent, what is out of date. Changes nothing."""
    from summarizer.batch import status as room  # noqa: PLC0415

    raise typer.Exit(room.status(out))


@app.command()
def retry(  # noqa: PLR0913, PLR0917  (as above)
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A folder that `run` wrote.")],
    kind: Annotated[
        list[str] | None,
        typer.Option(help="As `status` names it; may be repeated. Else degraded, unreadable, budget, pending."),
    ] = None,
    model: Annotated[str | None, typer.Option(help="Model name at the endpoint.")] = None,
    base_url: Annotated[str | None, typer.Option(help="OpenAI-compatible endpoint.")] = None,
    concurrency: Annotated[int | None, typer.Option(help="Requests in flight with a model.")] = None,
    max_cost: Annotated[float | None, typer.Option(help="US dollars after which the run asks no more.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Read also what does not look like a county report.")] = False,
    engine: EngineOption = EngineChoice.LOCAL,
    address: Address = "auto",
    jobs: Jobs = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no table.")] = False,
) -> None:
    """Read again what ended as one of these kinds, with the settings of the last run but for those named here."""
    from summarizer.batch import command, engines  # noqa: PLC0415

    settings = {
        "model": model,
        "base_url": base_url,
        "concurrency": concurrency,
        "max_cost": max_cost,
        "force": force or None,
    }
    given = {name: value for name, value in settings.items() if value is not None}
    kinds = frozenset(kind or ("degraded", "unreadable", "budget", "pending"))
    placement = engines.Placement(engine.value, address, jobs)
    raise typer.Exit(command.retry(out, kinds, given, quiet=quiet, placement=placement))


@app.command()
def repair(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An article.")],
    text: Annotated[bool, typer.Option("--text", help="Print only the repaired text.")] = False,
) -> None:
    """Show a file before and after repair, with what was done and what was lost."""
    from summarizer import command  # noqa: PLC0415

    raise typer.Exit(command.repair(file, text_only=text))


@app.command()
def review(out: Annotated[Path, typer.Argument(metavar="OUT", help="A folder that `run` wrote.")]) -> None:
    """List what a person should look at first: contradictions, damage, disagreements, with spans."""
    from summarizer import review as room  # noqa: PLC0415

    raise typer.Exit(room.run(out))


@app.command()
def reconcile(out: Annotated[Path, typer.Argument(metavar="OUT", help="A folder that `run` wrote.")]) -> None:
    """Compare the reports of a folder: reposts, agreements, contradictions, and a county × year table."""
    from summarizer.reconcile import command  # noqa: PLC0415

    raise typer.Exit(command.run(out))


@app.command()
def page(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A folder that `run` wrote.")],
    articles: Annotated[
        Path | None, typer.Option(help="Where the articles are now, if they moved since the run.")
    ] = None,
) -> None:
    """Write one HTML file that shows every figure in its article, offline."""
    from summarizer.page import command  # noqa: PLC0415

    raise typer.Exit(command.page(out, articles))


@app.command("export")
def export_command(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A folder that `run` wrote.")],
    format: Annotated[ExportFormat, typer.Option(help="csv, jsonl and parquet hold one table in a file.")],
    what: Annotated[
        list[ExportTable] | None, typer.Option(help="A table, of several if repeated; all if not given.")
    ] = None,
    headers: Annotated[Headers, typer.Option(help="Column names in English or in Chinese.")] = Headers.EN,
    to: Annotated[Path | None, typer.Option(metavar="FILE", help="Where to, if not to OUT/exports/.")] = None,
    articles: Annotated[
        Path | None, typer.Option(help="For label-studio: where the articles are now, if they moved since the run.")
    ] = None,
) -> None:
    """Write reports, facts, figures, checks and outcomes in the format of another tool.

    facts has one row for each fact with its place in the article, figures
    one for each county, period and indicator. reports are whole as jsonl,
    and one row each elsewhere. label-studio are tasks with the report as a
    prediction, and the labelling configuration; `python -m evals adopt`
    takes the result back.
    """
    from summarizer.export import command  # noqa: PLC0415

    raise typer.Exit(command.export(out, format, what or (), to=to, chinese=headers is Headers.ZH, articles=articles))


requests = typer.Typer(
    no_args_is_help=True,
    help="Have a model's questions answered by a batch endpoint, which takes a day and often half the price.",
)
app.add_typer(requests, name="requests")


@requests.command("export")
def requests_export(  # noqa: PLR0913, PLR0917  (as above)
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="As of `run`.")],
    to: Annotated[Path, typer.Option(metavar="DIR", help="An empty folder for requests-0001.jsonl and so on.")],
    include: Include = None,
    exclude: Exclude = None,
    limit: Limit = None,
    shard: Shard = None,
    text_column: TextColumn = "text",
    model: Annotated[str | None, typer.Option(help="Model name at the endpoint.")] = None,
    base_url: Annotated[str | None, typer.Option(help="The endpoint that `run` would ask.")] = None,
    mode: Annotated[
        str | None, typer.Option(help="How the answer's form is asked for; auto is json_schema here.")
    ] = None,
    subject: Annotated[str | None, typer.Option(help="As of `run`.")] = None,
    year: Annotated[int | None, typer.Option(help="As of `run`.")] = None,
    sidecar: Annotated[Path | None, typer.Option(help="As of `run`.")] = None,
    section_chars: Annotated[int | None, typer.Option(help="As of `run`.")] = None,
    max_tokens: Annotated[int | None, typer.Option(help="As of `run`.")] = None,
    cache: Annotated[Path | None, typer.Option(help="Folder of kept answers, as of `run`.")] = None,
    force: Annotated[bool, typer.Option("--force", help="As of `run`.")] = False,
    reasoning: Annotated[
        bool, typer.Option("--reasoning", help="For models that take no temperature and no max_tokens, as OpenAI's.")
    ] = False,
    most: Annotated[int, typer.Option("--max-requests", min=1, help="Requests in one file.")] = 50_000,
    megabytes: Annotated[int, typer.Option("--max-megabytes", min=1, help="Size of one file.")] = 200,
) -> None:
    """Write what `run` would ask a model, and has no answer for yet, in the OpenAI Batch format.

    It goes in passes: export, send, import, and export again. The second
    pass has the overviews, which are made of what the sections say, and
    whatever had no right answer. When nothing is left, `run` with the same
    settings makes no call.
    """
    selection = _selection(paths, include, exclude, limit, shard, text_column)
    from summarizer.requests import command  # noqa: PLC0415

    settings = {
        "model": model,
        "base_url": base_url,
        "mode": mode,
        "subject": subject,
        "year": year,
        "section_chars": section_chars,
        "max_tokens": max_tokens,
        "cache": cache,
        "force": force or None,
    }
    given = {name: value for name, value in settings.items() if value is not None}
    limits = command.Limits(most, megabytes)
    raise typer.Exit(command.export(selection, to, given, limits, known=sidecar, reasoning=reasoning))


@requests.command("import")
def requests_import(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Output and error files of the endpoint.")],
    cache: Annotated[Path | None, typer.Option(help="Folder of kept answers, as of `run`.")] = None,
) -> None:
    """Keep the answers that a batch endpoint gave; `run` judges them as if they had just come.

    Exit codes: 0 all lines were answers, 1 some were not (they are asked
    again by the next export, or by `run`).
    """
    from summarizer.requests import command  # noqa: PLC0415

    raise typer.Exit(command.take_back(files, {} if cache is None else {"cache": cache}))


@app.command()
def schema() -> None:
    """Print the JSON schema of a report."""
    import json  # noqa: PLC0415

    from schemas.report import CountyReport  # noqa: PLC0415

    typer.echo(json.dumps(CountyReport.model_json_schema(), ensure_ascii=False, indent=1))


def _log(verbose: int) -> None:
    level = (logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)]
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    logging.getLogger("summarizer").setLevel(level)


def main() -> None:
    """Entry point of `summarizer`."""
    app()
