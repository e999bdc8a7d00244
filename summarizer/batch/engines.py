"""Who reads the articles of a run: this process, several of this machine, or workers of a Ray cluster."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from schemas.outcome import Outcome
from schemas.report import Tokens
from summarizer.api import Summarizer
from summarizer.batch.cluster import cluster, ray_package
from summarizer.batch.processes import processes
from summarizer.batch.run import Job, Read, reading
from summarizer.batch.share import under_way
from summarizer.batch.worker import Response
from summarizer.errors import EngineError, LedgerError
from summarizer.ledger import Writer
from summarizer.settings import Settings


@dataclass(frozen=True, slots=True)
class Placement:
    """Where articles are read.

    Attributes:
        engine: this machine, or a Ray cluster.
        address: of the cluster: `auto` is the one that this machine is part of, `local` one that begins and ends with
            the run, `ray://host:10001` another's.
        jobs: processes that read by rules, or workers of the cluster; None is one process, or as many workers as the
            cluster has processors.
    """

    engine: Literal["local", "ray"] = "local"
    address: str = "auto"
    jobs: int | None = None

    def check(self, settings: Settings) -> None:
        """Refuse what cannot be done before anything is begun.

        Raises:
            EngineError: Ray is not installed, or several processes of this machine would ask a model.
        """
        if self.engine == "ray":
            ray_package(self.address)
        elif settings.uses_model and self.jobs is not None and self.jobs > 1:
            raise EngineError(
                "--jobs is for reading by rules: with a model one process keeps all requests in flight",
                hint="raise --concurrency instead; where one processor is too slow for the answers, --engine ray",
            )


HERE = Placement()
"""One process of this machine."""


@dataclass(frozen=True, slots=True)
class Engine:
    """Whoever reads, how many articles are to be under way, and what was learnt of the endpoint."""

    read: Read
    width: int
    learnt: Callable[[], dict[str, Any]]


@asynccontextmanager
async def opened(placement: Placement, settings: Settings, ledger: Writer) -> AsyncIterator[Engine]:
    """The engine of a run; it ends with the block. Each response is noted in the ledger when it comes.

    Raises:
        EngineError: there is no such engine here.
    """

    def note(response: Response) -> None:
        # A ledger that cannot be written ends the run at the next reading, in its own words; raised here, it would be
        # taken for the endpoint's fault.
        with suppress(LedgerError):
            ledger.paid(response.content, response.key, response.tokens, response.cost)

    if placement.engine == "ray":
        async with cluster(settings, placement.address, placement.jobs, note) as workers:
            yield Engine(workers.read, workers.width, lambda: workers.learnt)
    elif placement.jobs is not None and placement.jobs > 1:
        with processes(settings, placement.jobs) as several:
            # One more for each than it can read: none waits for its next article.
            yield Engine(several.read, 2 * placement.jobs, dict)
    else:
        async with _here(settings, note) as engine:
            yield engine


@asynccontextmanager
async def _here(settings: Settings, note: Callable[[Response], None]) -> AsyncIterator[Engine]:
    def heard(key: str, tokens: Tokens, cost: Decimal | None) -> None:
        note(Response(reading.get(), key, tokens, cost))

    async with Summarizer(settings, heard=heard) as summarizer:

        async def read(job: Job) -> Outcome:
            return await summarizer.outcome(job.content, name=job.name, subject=job.subject, year=job.year)

        width = under_way(settings.concurrency) if settings.uses_model else 1
        yield Engine(read, width, lambda: summarizer.learnt)
