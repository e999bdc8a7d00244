"""Which call goes ahead until the endpoint has shown what it is."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

PATIENCE = 1.0
"""Seconds after which a request that is under way was let in: who refuses a key, a model or a form does so at once,
before any model has begun to answer."""


class Lead:
    """Lets one call go ahead; the others follow when it has ended, or was not refused for `PATIENCE`.

    They do not follow while it waits to be sent again: where nobody is there, one call knocks.
    """

    def __init__(self) -> None:
        self._leading = False
        self._open = asyncio.Event()

    @asynccontextmanager
    async def turn(self, settled: Callable[[], bool]) -> AsyncIterator[bool]:
        """Wait for the call ahead, unless all is `settled`, or go ahead where there is none; whether this one does."""
        while self._leading and not self._open.is_set() and not settled():
            await self._open.wait()
        leads = not self._leading and not settled()
        if leads:
            self._leading = True
            self._open.clear()
        try:
            yield leads
        finally:
            if leads:
                self._leading = False
                self._open.set()

    @contextmanager
    def sent(self) -> Iterator[None]:
        """While a request is under way."""
        if not self._leading or self._open.is_set():
            yield
            return
        timer = asyncio.get_running_loop().call_later(PATIENCE, self._open.set)
        try:
            yield
        finally:
            timer.cancel()
