"""What the commands do, once their options are read; each returns its exit code."""

import sys
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from schemas.report import CountyReport, Tokens
from summarizer import console, preview, sidecar, text
from summarizer.batch import selected
from summarizer.batch.command import counted, named
from summarizer.errors import SettingsError, TableError, TextError
from summarizer.inputs import Selection
from summarizer.progress import Watch
from summarizer.settings import Settings

OK, FAILED = 0, 1


def check(selection: Selection, given: dict[str, Any], *, known: Path | None = None) -> int:
    """Say what would become of what is selected, and what a model would be sent and would cost, without a call."""
    console.use_utf8()
    try:
        settings = Settings.load(**{"reader": "rules"} | given)
        inputs, unmatched = named(selection, known)
        total = sum(1 for _ in inputs())
    except (SettingsError, TableError) as error:
        return console.refuse(str(error), error.hint)
    except FileNotFoundError as error:
        return console.refuse(f"no such file or folder: {error}", "check the path")
    if not total:
        return console.refuse(f"no articles in {', '.join(selection.roots)}", "give files, or folders of them")
    table = preview.PreviewTable()
    with Watch(console.make(), counted(total, selection)) as watch:
        for item, content in selected(inputs(), selection, settings.max_bytes):
            table.add(preview.preview(content, item.name, settings, subject=item.subject, year=item.year))
            watch.step()
    terminal = console.make(stderr=False)
    terminal.print(table)
    if cost := _cost(table.total, settings):
        terminal.print(cost, soft_wrap=True)
    sidecar.name_unmatched(console.make(), unmatched)
    return OK


def _cost(total: preview.Estimate, settings: Settings) -> str:
    """What the model that is named would cost; empty where none is."""
    if settings.model is None:
        return ""
    from summarizer.llm.prices import price_of  # noqa: PLC0415  (loads the SDKs)

    price = price_of(settings.model_copy(update={"max_cost": None}))
    if price is None:
        return f"the price of {settings.model} at {settings.host} is not known: set SUMMARIZER_PRICE_INPUT and _OUTPUT"
    dollars = price(Tokens(input=total.input, output=total.output))
    return f"about ${dollars:.2f} with {settings.model}, nothing kept of earlier runs and nothing cached"


def repair(path: Path, *, text_only: bool) -> int:
    """Print what repair makes of a file: the account of it, or only the repaired text."""
    console.use_utf8()
    try:
        article = text.repair(path.read_bytes())
    except OSError as error:
        return console.refuse(f"{path}: {error.strerror}", "check the path")
    except TextError as error:
        console.refuse(f"{path}: {error}", error.hint)
        return FAILED
    if text_only:
        sys.stdout.write(article.clean.text)
        return OK
    terminal = console.make(stderr=False)
    for part in preview.explain(article):
        terminal.print(part)
    return OK


def show(path: Path) -> int:
    """Print one report."""
    console.use_utf8()
    try:
        report = CountyReport.model_validate_json(path.read_bytes())
    except OSError as error:
        return console.refuse(
            f"{path}: {error.strerror}", "give the path of a report, e.g. out/reports/article.txt.json"
        )
    except ValidationError as error:
        return console.refuse(
            f"{path} is not a county report: {error.errors()[0]['msg']}",
            "give a file that `summarizer run` of this version wrote",
        )
    terminal = console.make(stderr=False)
    for part in console.show(report):
        terminal.print(part)
    return OK
