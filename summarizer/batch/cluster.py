"""Reading on a Ray cluster: Ray places the workers, this process keeps the ledger.

Each worker is an actor: a process that loads dictionaries and connections once. This process reads the files, sends
each worker a few articles ahead, and writes what comes back; so a worker or a machine that dies loses only what it was
reading, which is sent to another.
"""

import asyncio
import importlib
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, redirect_stdout
from typing import Any

from schemas.outcome import Outcome
from summarizer.batch.run import Job
from summarizer.batch.share import under_way
from summarizer.batch.worker import ATTEMPTS, About, Response, Returned, Spent, Worker, gone, what_reads
from summarizer.errors import EngineError, SummarizerError
from summarizer.loading import digest
from summarizer.settings import Settings

log = logging.getLogger("summarizer.batch")

LOCAL = "local"
"""As an address: a cluster of this machine alone, which ends with the run."""

_STORE = 100_000_000
"""Bytes of shared memory of a local cluster: only articles and reports under way lie there. Ray would take a third of
the machine's."""

Noted = Callable[[Response], None]
"""Is told of each response that a worker received."""


def ray_package(address: str) -> Any:
    """Ray, which is only there where it was installed, made ready for a cluster at `address`.

    Raises:
        EngineError: it is not.
    """
    # It would report to its makers how it is used.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    if address == LOCAL:
        # Its switch, which it reads when it is imported, for machines that form no cluster: then it stays on loopback.
        os.environ.setdefault("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")
    try:
        return importlib.import_module("ray")
    except ImportError as error:
        raise EngineError("Ray is not installed", hint="pip install 'summarizer[ray]'") from error


class _Place:
    """One worker, or whoever came after it."""

    def __init__(self, number: int, settings: Settings) -> None:
        self.number = number
        self.settings = settings
        self.actor: Any = None
        self.begun: asyncio.Task[Any] | None = None


class Cluster:
    """Workers on a Ray cluster that this process is connected to."""

    def __init__(self, ray: Any, shares: list[Settings], noted: Noted) -> None:
        self._ray = ray
        self._noted = noted
        self._limited = shares[0].max_cost is not None or shares[0].max_total_tokens is not None
        self._asks = shares[0].uses_model
        self._ahead = [under_way(s.concurrency) if self._asks else 2 for s in shares]
        self._places = [_Place(n, s) for n, s in enumerate(shares, start=1)]
        self._free: asyncio.Queue[_Place] = asyncio.Queue()
        self._proved = not self._asks
        self._spent = Spent()
        self._answers: dict[str, dict[str, str]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.learnt: dict[str, Any] = {}
        self._free.put_nowait(self._places[0])
        if self._proved:
            self._open_up()

    @property
    def width(self) -> int:
        """Articles under way at once: none of the workers waits for its next one."""
        return sum(self._ahead)

    def _open_up(self) -> None:
        """Let all workers read; the first one has its first turn already.

        With a model, one article goes first: an endpoint that refuses is asked once, not by each worker.
        """
        self._proved = True
        # Round by round, so that articles are spread evenly from the start.
        for turn in range(max(self._ahead)):
            for place, ahead in zip(self._places, self._ahead, strict=True):
                if turn < ahead and (turn, place.number) != (0, 1):
                    self._free.put_nowait(place)

    async def read(self, job: Job) -> Outcome:
        """Read one article on a worker that is free, and on another where that one dies.

        Raises:
            EngineError: workers cannot be begun, or are of another version.
            EndpointError: as `Summarizer.outcome` does.
        """
        # Answers come here as they are received: whoever reads the article again is given them.
        content = digest(job.content)
        answers = self._answers.setdefault(content, {})
        try:
            return await self._read(job, answers)
        finally:
            del self._answers[content]

    async def _read(self, job: Job, answers: dict[str, str]) -> Outcome:
        for _ in range(ATTEMPTS):
            place = await self._free.get()
            actor = None
            try:
                actor = await self._begun(place)
                returned: Returned = await actor.read.remote(job, self._spent, answers)
            except self._ray.exceptions.RayActorError as error:
                self._replace(place, actor, error)
                continue
            finally:
                self._free.put_nowait(place)
            return self._taken(returned)
        return gone(job)

    def _taken(self, returned: Returned) -> Outcome:
        for response in returned.responses:
            self._note(response)
        self.learnt = returned.learnt or self.learnt
        if isinstance(returned.outcome, SummarizerError):
            raise returned.outcome
        if not self._proved:
            self._open_up()
        return returned.outcome

    def _note(self, response: Response) -> None:
        self._noted(response)
        if response.kept is not None and response.content in self._answers:
            self._answers[response.content][response.key] = response.kept
        self._spent = self._spent.plus(response)
        if not self._proved:
            self._open_up()
        if self._limited:
            for place in self._places:
                if place.actor is not None:
                    place.actor.spent.remote(self._spent)

    async def _begun(self, place: _Place) -> Any:
        """The worker of a place, begun where there is none."""
        if place.begun is None:
            place.begun = asyncio.create_task(self._begin(place))
        # Several wait for the same worker; one of them that is cancelled does not take it from the others.
        return await asyncio.shield(place.begun)

    async def _begin(self, place: _Place) -> Any:
        for attempt in range(ATTEMPTS):
            # What is to be tried again is known here; Ray's own restarts would forget what was under way.
            options = {"num_cpus": 1, "max_restarts": 0, "max_task_retries": 0}
            room = {"max_concurrency": self._ahead[place.number - 1] + 3}
            place.actor = self._ray.remote(Worker).options(**options, **room).remote(place.settings)
            try:
                about: About = await place.actor.about.remote()
            except self._ray.exceptions.RayActorError as error:
                log.warning("worker %d did not begin: %s", place.number, _first_line(error))
                await asyncio.sleep(attempt)
                continue
            if about.reads != what_reads():
                raise EngineError(
                    f"worker {place.number} on {about.host} has another summarizer, or other rules, than this machine",
                    hint="install the same version on every machine of the cluster",
                )
            log.info("worker %d is process %d on %s", place.number, about.process, about.host)
            if self._asks:
                self._keep(asyncio.create_task(self._listen(place.actor)))
            return place.actor
        raise EngineError(
            f"worker {place.number} does not begin, tried {ATTEMPTS} times",
            hint="is summarizer installed on every machine of the cluster? Ray's session folder has the workers' logs",
        )

    def _replace(self, place: _Place, actor: Any, error: Exception) -> None:
        """Have another worker begun in the place of one that died; once, however many articles it was reading."""
        if place.actor is actor:
            log.warning("worker %d died; its articles are read by others: %s", place.number, _first_line(error))
            # It may only have been out of reach, and must not go on asking.
            self._ray.kill(actor)
            place.begun = None
            place.actor = None

    async def _listen(self, actor: Any) -> None:
        """Note each response when it comes, not when its article is read."""
        try:
            while True:
                for response in await actor.heard.remote():
                    self._note(response)
        except self._ray.exceptions.RayActorError:
            return

    def _keep(self, task: asyncio.Task[None]) -> None:
        # A task that nobody holds may be collected while it waits.
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """End the workers, whatever they are doing."""
        tasks = [*self._tasks, *(place.begun for place in self._places if place.begun is not None)]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for place in self._places:
            if place.actor is not None:
                self._ray.kill(place.actor)


@asynccontextmanager
async def cluster(settings: Settings, address: str, jobs: int | None, noted: Noted) -> AsyncIterator[Cluster]:
    """Workers on the cluster at `address`, as many as `jobs`, or as it has processors; they end with the block.

    Raises:
        EngineError: Ray is not installed, or there is no cluster.
    """
    ray = ray_package(address)
    own = not ray.is_initialized()
    # Ray prints what it has to say of its workers; standard output is for outcomes.
    with redirect_stdout(sys.stderr):
        if own:
            _connect(ray, address, jobs)
        try:
            workers = jobs or max(1, int(ray.cluster_resources().get("CPU", 1)))
            made = Cluster(ray, shares(settings, workers), noted)
            try:
                yield made
            finally:
                await made.close()
        finally:
            if own:
                ray.shutdown()


def _connect(ray: Any, address: str, jobs: int | None) -> None:
    options: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
    if address == LOCAL:
        options |= {"include_dashboard": False, "object_store_memory": _STORE}
        options |= {"num_cpus": jobs} if jobs else {}
    # On a busy machine the parts of a new cluster may take longer than the half minute that Ray gives them.
    for attempt in range(ATTEMPTS if address == LOCAL else 1):
        try:
            ray.init(address=address, **options)
            return
        except Exception as error:  # Ray raises what its parts raise: ConnectionError, RuntimeError, ValueError
            log.info("Ray, attempt %d: %s", attempt + 1, _first_line(error))
            failed = error
            ray.shutdown()
    raise EngineError(
        f"no Ray cluster at {address}: {_first_line(failed)}",
        hint="begin one with `ray start --head`, or give --address local for one on this machine alone; "
        "RAY_AUTH_MODE=token sends the token that a cluster at ray:// may ask for",
    ) from failed


def shares(settings: Settings, workers: int) -> list[Settings]:
    """The settings of each worker: together they have no more requests in flight, or in a minute, than the run may."""
    if not settings.uses_model:
        return [settings] * workers
    workers = min(workers, settings.concurrency)
    each, left = divmod(settings.concurrency, workers)
    paces = {name: max(1, pace // workers) for name in ("rpm", "tpm") if (pace := getattr(settings, name)) is not None}
    return [settings.model_copy(update={"concurrency": each + (n < left), **paces}) for n in range(workers)]


def _first_line(error: Exception) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
