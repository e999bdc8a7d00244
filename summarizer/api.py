"""Python's way in: `summarize` for one article, `Summarizer` for many."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import AsyncExitStack
from decimal import Decimal
from functools import cached_property
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from schemas.outcome import Failed, Outcome, Reported, Skipped
from schemas.report import CountyReport, Tokens
from schemas.vocabulary import FailureKind
from summarizer.errors import BudgetError, FailedError, SkippedError
from summarizer.loading import load_file
from summarizer.pipeline import Options, ReaderInfo, Source, read
from summarizer.prose.claims import false_claim
from summarizer.readers.asking import prompt_fingerprint, validator_fingerprint
from summarizer.readers.model import Model, ModelReader
from summarizer.readers.protocol import Reader
from summarizer.readers.rules import RuleReader
from summarizer.settings import Settings

if TYPE_CHECKING:
    from summarizer.llm import Endpoint

log = logging.getLogger("summarizer")

Heard = Callable[[str, Tokens, Decimal | None], None]
"""Is told of a response: the key of its request, its tokens, and its cost where the price is known."""


def _unheard(_key: str, _tokens: Tokens, _cost: Decimal | None) -> None:
    """Nobody wants to know."""


class Summarizer:
    """Reads articles with one set of settings; an async context manager, so that connections are closed.

    ```python
    async with Summarizer(model="qwen2.5:7b", base_url="http://localhost:11434/v1") as summarizer:
        outcome = await summarizer.outcome(Path("articles/lingqiu.txt"))
    ```

    Settings not given here come from the environment, `.env` and `summarizer.toml` (see `summarizer.settings`). With no
    model named, rules read. Two instances with different settings live side by side in one process.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        asked: Model | None = None,
        heard: Heard = _unheard,
        **overrides: Any,
    ) -> None:
        """Take settings as they are, or build them from keywords.

        Args:
            settings: of all articles that are read.
            asked: who answers in place of the endpoint that the settings name.
            heard: is told of every response of the endpoint at once: the key of its request, tokens, cost.
            overrides: settings by name, where no `settings` are given.

        Raises:
            SettingsError: a setting is unknown or has a value it cannot have; the message names it.
        """
        if settings is not None and overrides:
            raise TypeError("give settings or keywords, not both")
        self.settings = settings if settings is not None else Settings.load(**overrides)
        self._endpoint = asked
        self._heard = heard
        self._connected: Endpoint | None = None
        self._open = AsyncExitStack()

    async def __aenter__(self) -> Self:
        if self.settings.uses_model and self._endpoint is None:
            # The SDKs take seconds to import; a run by rules never needs them.
            from summarizer import llm  # noqa: PLC0415

            self._endpoint = self._connected = await self._open.enter_async_context(
                llm.connect(self.settings, validators=validator_fingerprint(), heard=self._heard)
            )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._endpoint = None
        await self._open.__aexit__(kind, error, trace)

    @property
    def learnt(self) -> dict[str, Any]:
        """The form in which the endpoint is asked, and what it turned out not to take; empty where none is asked."""
        endpoint = self._connected
        return {"form": endpoint.form, "learnt": list(endpoint.learnt)} if endpoint else {}

    def spent(self, tokens: int, cost: Decimal) -> None:
        """Be told what has been used in all, where others read for the same run: `max_cost` is for all of them.

        Args:
            tokens: in and out, of everybody's responses so far, one's own among them.
            cost: US dollars.
        """
        if self._connected:
            self._connected.spent(tokens, cost)

    def kept(self, key: str) -> str | None:
        """The endpoint's answer that was kept under a key that `heard` was told, as text; None where none is."""
        return self._connected.kept(key) if self._connected else None

    def keep(self, answers: Mapping[str, str]) -> None:
        """Keep answers, by key, that `kept` gave elsewhere: they are not asked, and not paid, again."""
        if self._connected:
            self._connected.keep(answers)

    async def outcome(
        self,
        source: Path | bytes | str,
        *,
        name: str | None = None,
        subject: str | None = None,
        year: int | None = None,
    ) -> Outcome:
        """Read one article and say what became of it.

        Args:
            source: a `Path` is a file, `bytes` are a file's content, a `str` is the text itself and never a path.
            name: what the report calls the input; the path, for a file.
            subject: the county of this article, where you know it; else that of the settings.
            year: the year that 今年 means in this article, where you know it; else that of the settings.

        Raises:
            EndpointError: the endpoint refuses (401, 403, 404) or cannot be reached on the first call. Later faults
                of the endpoint cost no article: rules read what the model did not.
        """
        if isinstance(source, Path):
            name = name or str(source)
            loaded = load_file(source, name, self.settings.max_bytes)
            if isinstance(loaded, Skipped | Failed):
                return loaded
            source = loaded
        reader, info = self._reader()
        settings = self.settings
        options = Options(
            subject=subject or settings.subject,
            year=year or settings.year,
            section_chars=settings.section_chars,
            force=settings.force,
        )
        article = Source(source, name)
        try:
            outcome = await read(article, reader, options, info)
        except BudgetError as error:
            outcome = Failed(
                error=FailureKind.BUDGET,
                message=str(error),
                hint=error.hint,
                retryable=True,
                document=article.document,
                usage=info.usage(),
            )
        log.info("%s: %s", name or "text", outcome.outcome)
        return outcome

    @cached_property
    def _prompts(self) -> str:
        """The fingerprint of the prompts: the same for all articles."""
        return prompt_fingerprint()

    async def astream(self, paths: Iterable[Path]) -> AsyncIterator[tuple[Path, Outcome]]:
        """Read many files, as many at a time as the settings' `concurrency`, each outcome as it comes.

        ```python
        async with Summarizer(model="qwen2.5:7b", base_url="http://localhost:11434/v1") as summarizer:
            async for path, outcome in summarizer.astream(Path("articles").rglob("*.txt")):
                ...
        ```

        No further file is begun while nobody takes what was read; what is left early (`break` and `aclose()`, or a
        cancelled task) is cancelled. Nothing is kept but the model's answers: `summarizer run` keeps outcomes.

        Raises:
            EndpointError: as `outcome` does; the other files are given up.
        """
        width = self.settings.concurrency if self.settings.uses_model else 1
        waiting = iter(paths)
        reading: dict[asyncio.Task[Outcome], Path] = {}
        try:
            while True:
                for path in islice(waiting, width - len(reading)):
                    reading[asyncio.create_task(self.outcome(path))] = path
                if not reading:
                    return
                read, _ = await asyncio.wait(reading, return_when=asyncio.FIRST_COMPLETED)
                for task in read:
                    yield reading.pop(task), task.result()
        finally:
            for task in reading:
                task.cancel()
            await asyncio.gather(*reading, return_exceptions=True)

    async def report(self, source: Path | bytes | str) -> CountyReport:
        """The report of one article.

        Raises:
            SkippedError: the input is not worth reading as a county report; `.outcome` says why.
            FailedError: the input could not be read; `.outcome` says why and what to do.
        """
        outcome = await self.outcome(source)
        match outcome:
            case Reported():
                return outcome.report
            case Skipped():
                raise SkippedError(outcome)
            case Failed():
                raise FailedError(outcome)

    def _reader(self) -> tuple[Reader, ReaderInfo]:
        """A reader for one article; usage is counted per article."""
        rules = RuleReader()
        if not self.settings.uses_model:
            return rules, ReaderInfo()
        if self._endpoint is None:
            raise RuntimeError("a Summarizer with a model is used as `async with Summarizer(...) as summarizer:`")
        settings = self.settings
        reader = ModelReader(
            self._endpoint,
            rules,
            max_tokens=settings.max_tokens,
            section_chars=settings.section_chars,
            seconds=settings.article_timeout,
            doubt=false_claim,
        )
        return reader, ReaderInfo(
            settings.model, self._prompts, usage=lambda: reader.usage, dropped=lambda: reader.dropped
        )


async def asummarize(source: Path | bytes | str, **settings: Any) -> CountyReport:
    """`summarize` for programs that run an event loop already."""
    async with Summarizer(**settings) as summarizer:
        return await summarizer.report(source)


def summarize(source: Path | bytes | str, **settings: Any) -> CountyReport:
    """Read one article and return its county report.

    ```python
    report = summarize(Path("articles/lingqiu.txt"))                       # by rules
    report = summarize(text, model="deepseek-chat", base_url="https://api.deepseek.com")
    ```

    Args:
        source: a `Path` is a file, `bytes` are a file's content, a `str` is the text itself and never a path.
        settings: as in `summarizer.settings.Settings`; what is not given comes from the environment.

    Raises:
        SkippedError: the input is not worth reading as a county report.
        FailedError: the input could not be read.
        SettingsError: a setting is wrong.
        EndpointError: the endpoint refuses or cannot be reached.
    """
    made: list[CountyReport] = []

    async def make() -> None:
        # Kept aside: when asyncio puts the signal handler back, Python words the task with its whole result.
        made.append(await asummarize(source, **settings))

    asyncio.run(make())
    return made[0]
