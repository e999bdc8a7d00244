"""Many articles: inputs flow through a few workers, and every outcome is handed on as it comes."""

import asyncio
import sys
from collections.abc import Callable, Iterator

from schemas.outcome import Outcome
from summarizer.api import Summarizer
from summarizer.inputs import Input


async def run(
    inputs: Iterator[Input], summarizer: Summarizer, done: Callable[[Input, Outcome], None], concurrency: int
) -> None:
    """Read all inputs, `concurrency` at a time, and call `done` for each, in the order in which they end.

    An error that ends the run (an endpoint that refuses) stops all workers and is raised itself, not in a group.
    """

    async def work() -> None:
        # A shared iterator is the queue: each worker takes the next input when it is free.
        for item in inputs:
            source = item.path if item.path is not None else sys.stdin.buffer.read()
            done(item, await summarizer.outcome(source, name=item.name, subject=item.subject, year=item.year))

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(concurrency):
                group.create_task(work())
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0] from None
