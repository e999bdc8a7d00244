"""What reads articles in another process, on this machine or on another: plain data goes there and comes back."""

import asyncio
import os
import socket
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from schemas.outcome import Failed, Outcome
from schemas.report import Document, Tokens
from schemas.vocabulary import FailureKind
from summarizer import __version__
from summarizer.api import Summarizer
from summarizer.batch.run import Job, reading
from summarizer.errors import SummarizerError
from summarizer.loading import digest
from summarizer.pipeline import rules_fingerprint, schema_fingerprint
from summarizer.readers.asking import prompt_fingerprint, validator_fingerprint
from summarizer.settings import Settings

ATTEMPTS = 3
"""Workers that may die over one article before the article is taken to be what kills them."""


@dataclass(frozen=True, slots=True)
class Response:
    """One response of a model: of which content, the key of its kept answer, and what it took.

    `kept` is the answer itself, where it was kept by a process that does not share a disk with the run.
    """

    content: str | None
    key: str
    tokens: Tokens
    cost: Decimal | None
    kept: str | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """What a whole run has used so far, whoever used it."""

    tokens: int = 0
    cost: Decimal = Decimal(0)

    def plus(self, response: Response) -> "Spent":
        """With one response more."""
        used = response.tokens.input + response.tokens.output
        return Spent(self.tokens + used, self.cost + (response.cost or Decimal(0)))


@dataclass(frozen=True, slots=True)
class Returned:
    """What came of one article: its outcome or the error that ends the run, and responses not told of before."""

    outcome: Outcome | SummarizerError
    responses: list[Response] = field(default_factory=list)
    learnt: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class About:
    """A worker as it introduces itself; `reads` is what its readings depend on besides settings."""

    process: int
    host: str
    reads: tuple[str, ...]


def what_reads() -> tuple[str, ...]:
    """Version and fingerprints of this installation: workers must have the same, or reports would differ."""
    return (__version__, schema_fingerprint(), rules_fingerprint(), prompt_fingerprint(), validator_fingerprint())


class Worker:
    """Reads articles with a Summarizer of its own. Knows nothing of who runs it; all methods but these are private."""

    def __init__(self, settings: Settings) -> None:
        self._responses: list[Response] = []
        self._came = asyncio.Event()
        self._summarizer = Summarizer(settings, heard=self._hear)
        self._opening = asyncio.Lock()
        self._opened = AsyncExitStack()
        self._is_open = False

    async def about(self) -> About:
        """Who this is; also shows that it can read."""
        return About(os.getpid(), socket.gethostname(), what_reads())

    async def read(self, job: Job, spent: Spent, answers: Mapping[str, str]) -> Returned:
        """Read one article.

        Args:
            job: the article.
            spent: by the run, so that its limits hold in every worker.
            answers: that a worker which died received for this article, by key.
        """
        reading.set(digest(job.content))
        try:
            await self._open()
            self._summarizer.spent(spent.tokens, spent.cost)
            self._summarizer.keep(answers)
            outcome: Outcome | SummarizerError = await self._summarizer.outcome(
                job.content, name=job.name, subject=job.subject, year=job.year
            )
        except SummarizerError as error:
            outcome = error
        return Returned(outcome, self._taken(), self._summarizer.learnt)

    async def heard(self) -> list[Response]:
        """Wait for responses that nobody was told of yet."""
        await self._came.wait()
        return self._taken()

    async def spent(self, spent: Spent) -> None:
        """Be told what the run has used."""
        self._summarizer.spent(spent.tokens, spent.cost)

    async def _open(self) -> None:
        async with self._opening:
            if not self._is_open:
                await self._opened.enter_async_context(self._summarizer)
                self._is_open = True

    def _hear(self, key: str, tokens: Tokens, cost: Decimal | None) -> None:
        self._responses.append(Response(reading.get(), key, tokens, cost, self._summarizer.kept(key)))
        self._came.set()

    def _taken(self) -> list[Response]:
        taken, self._responses = self._responses, []
        self._came.clear()
        return taken


def gone(job: Job) -> Failed:
    """The outcome of an article over which one worker after the other died."""
    return Failed(
        error=FailureKind.UNREADABLE,
        message=f"{job.name}: {ATTEMPTS} workers died while they read it",
        hint="look at the memory of the machine and at this file, then: summarizer retry OUT --kind unreadable",
        retryable=True,
        document=Document(path=job.name, sha256=digest(job.content)),
    )
