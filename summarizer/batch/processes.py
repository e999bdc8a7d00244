"""Reading by rules in several processes of this machine."""

import asyncio
import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import contextmanager

from schemas.outcome import Outcome
from summarizer.api import Summarizer
from summarizer.batch.run import Job
from summarizer.batch.worker import ATTEMPTS, gone
from summarizer.settings import Settings

log = logging.getLogger("summarizer.batch")


class Processes:
    """So many processes that read. One that dies takes the others along: all are begun anew, and what they read."""

    def __init__(self, settings: Settings, jobs: int) -> None:
        self._settings = settings
        self._jobs = jobs
        self._pool = self._made()

    def _made(self) -> ProcessPoolExecutor:
        # Not forked: a fork of a process with threads may wait for a lock that nobody holds.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._jobs, context, _begin, (self._settings,))

    async def read(self, job: Job) -> Outcome:
        """Read one article in a process that is free."""
        for _ in range(ATTEMPTS):
            pool = self._pool
            try:
                # The pool begins a process when there is work for it.
                with _no_interrupt():
                    future = pool.submit(_read, job)
                return await asyncio.wrap_future(future)
            except BrokenExecutor:
                if pool is self._pool:
                    log.warning("a process that read articles died; others are begun in its place")
                    self._pool = self._made()
        return gone(job)

    def close(self) -> None:
        """End the processes; what they read at this moment is given up."""
        self._pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def processes(settings: Settings, jobs: int) -> Iterator[Processes]:
    """Processes that end with the block."""
    made = Processes(settings, jobs)
    try:
        yield made
    finally:
        made.close()


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Ctrl-C waits until the block ends; processes begun in it never hear of it.

    It is the parent's to deal with, and would meet a process that still imports, before it can say so itself.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_summarizer: list[Summarizer] = []
"""Of this process, once it is begun."""


def _begin(settings: Settings) -> None:
    # As `_no_interrupt`, where signals cannot be held back.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _summarizer.append(Summarizer(settings))
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A parent that is killed tells nobody, and its processes would wait for work for ever."""
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
        os._exit(1)


def _read(job: Job) -> Outcome:
    (summarizer,) = _summarizer
    return asyncio.run(summarizer.outcome(job.content, name=job.name, subject=job.subject, year=job.year))
