"""`summarizer requests export` and `import`: from options to exit codes.

The two meet in the kept answers: a question is written down only where no answer to it is kept, under the key that the
answer is kept under. So exporting again asks what is still missing, and a run makes no call for what came back.
"""

import asyncio
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schemas.answer import OverviewAnswer
from schemas.outcome import Failed, Skipped
from schemas.report import Tokens, Usage
from summarizer import console, sidecar
from summarizer.api import Summarizer
from summarizer.batch import selected
from summarizer.batch.command import counted, named
from summarizer.batch.run import Content
from summarizer.errors import ExportError, PostponedError, SettingsError, SummarizerError
from summarizer.inputs import Input, Selection
from summarizer.progress import Watch
from summarizer.readers.asking import validator_fingerprint
from summarizer.readers.model import Answer, Model
from summarizer.requests.files import Parts, returned
from summarizer.settings import Settings

OK, FAILED = 0, 1

_NO_CACHE = SettingsError(
    "answers are handed over in the folder of kept answers, and no_cache is set", hint="leave --no-cache away"
)


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one file, what an endpoint takes."""

    requests: int
    megabytes: int


@dataclass(slots=True)
class _Count:
    """Articles that were gone through: all that a model would read, and those with all their answers."""

    read: int = 0
    complete: int = 0


class _OneArticle:
    """Asks an article's questions. The overview is made of what the sections say, so it waits for their answers."""

    def __init__(self, endpoint: Model) -> None:
        self._endpoint = endpoint
        self.postponed = False

    async def ask(self, system: str, user: str, answer_type: type[Answer], context: object) -> tuple[Answer, Usage]:
        if answer_type is OverviewAnswer and self.postponed:
            raise PostponedError("its sections have no answers yet")
        try:
            return await self._endpoint.ask(system, user, answer_type, context)
        except PostponedError:
            self.postponed = True
            raise


def export(
    selection: Selection,
    to: Path,
    given: dict[str, Any],
    limits: Limits,
    *,
    known: Path | None = None,
    reasoning: bool = False,
) -> int:
    """Write down what a model would be asked about what is selected, and is not answered yet.

    `known` is a sidecar file; `reasoning` is of `llm.postpone`.
    """
    console.use_utf8()
    terminal = console.make()
    try:
        settings = Settings.load(**{"reader": "model"} | given)
        if settings.answers is None:
            raise _NO_CACHE
        inputs, unmatched = named(selection, known)
        total = counted(sum(1 for _ in inputs()), selection)
        with Parts(to, limits.requests, limits.megabytes * 1_000_000) as parts, Watch(terminal, total) as watch:
            count = asyncio.run(
                _write(selected(inputs(), selection, settings.max_bytes), settings, parts, watch, reasoning)
            )
    except SummarizerError as error:
        return console.refuse(str(error), error.hint)
    except FileNotFoundError as error:
        return console.refuse(f"no such file or folder: {error}", "check the path")
    sidecar.name_unmatched(terminal, unmatched)
    terminal.print(f"{count.complete} of {count.read} articles have all their answers", soft_wrap=True)
    if not parts.count:
        terminal.print("nothing is left to ask: `summarizer run` with these settings makes no call", soft_wrap=True)
        return OK
    named_files = f"{len(parts.paths)} files in {to}" if len(parts.paths) > 1 else str(parts.paths[0])
    terminal.print(f"written: {parts.count:,} requests, {named_files}", markup=False, soft_wrap=True)
    return OK


async def _write(
    inputs: Iterable[tuple[Input, Content]], settings: Settings, parts: Parts, watch: Watch, reasoning: bool
) -> _Count:
    from summarizer import llm  # noqa: PLC0415  (the SDKs take seconds to import)

    count = _Count()
    async with llm.postpone(settings, validator_fingerprint(), parts.add, reasoning=reasoning) as endpoint:
        for item, content in inputs:
            watch.step()
            if isinstance(content, Skipped | Failed):
                continue
            article = _OneArticle(endpoint)
            async with Summarizer(settings, asked=article) as summarizer:
                outcome = await summarizer.outcome(content, name=item.name, subject=item.subject, year=item.year)
            if outcome.outcome == "reported":
                count.read += 1
                count.complete += not article.postponed
    return count


def take_back(files: list[Path], given: dict[str, Any]) -> int:
    """Keep the answers of output files, and say what of them and of error files is none."""
    console.use_utf8()
    terminal = console.make()
    kept, tokens, problems = 0, Tokens(), Counter[str]()
    try:
        settings = Settings.load(**{"reader": "rules"} | given)
        if settings.answers is None:
            raise _NO_CACHE
        if missing := [file for file in files if not file.is_file()]:
            raise ExportError(f"no such file: {missing[0]}", hint="give the files that the endpoint made")
    except SummarizerError as error:
        return console.refuse(str(error), error.hint)
    from summarizer import llm  # noqa: PLC0415  (as above)

    secret = settings.key.get_secret_value() if settings.key else None
    with llm.open_answers(settings.answers, secret) as answers:
        for line in (line for file in files for line in returned(file)):
            took = llm.keep(answers, line.id, line.body) if line.error is None else None
            if took is None:
                problems[line.error or "no usable answer"] += 1
            else:
                kept, tokens = kept + 1, tokens.plus(took)
    terminal.print(f"kept: {kept:,} answers; {tokens.input:,} tokens in, {tokens.output:,} out", soft_wrap=True)
    for problem, n in problems.most_common():
        terminal.print(f"not kept: {n:,} × {problem}", style="yellow", markup=False, soft_wrap=True)
    terminal.print(
        "hint: `summarizer requests export` again writes what is still to be asked: what is not kept, what the "
        "validators refuse, and overviews, which follow their sections; then `summarizer run` with the same settings",
        soft_wrap=True,
    )
    return FAILED if problems else OK
