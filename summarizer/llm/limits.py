"""What a run may do at once, in a minute, and in all."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from decimal import Decimal

import openai

from schemas.report import Tokens
from summarizer.errors import BudgetError


class Slots:
    """Requests in flight: at most `most`, half as many after each 429, and one more after each round that goes well.

    A 429 to a request that was sent before the last halving does not halve again: it tells of the same crowd.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._room = float(most)
        self._given = most
        self._free = asyncio.Semaphore(most)
        self._halvings = 0

    @property
    def room(self) -> int:
        """How many may be in flight now."""
        return int(self._room)

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """Wait for a slot, and give it back."""
        await self._free.acquire()
        halvings = self._halvings
        try:
            yield
        except openai.RateLimitError:
            if halvings == self._halvings:
                self._halvings += 1
                self._room = max(1.0, self._room / 2)
            raise
        else:
            self._room = min(self._most, self._room + 1 / self._room)
        finally:
            self._give_back()

    def _give_back(self) -> None:
        """Put the slot back into use, with others where the room has grown; out of use where it has shrunk."""
        self._given -= 1
        while self._given < self.room:
            self._given += 1
            self._free.release()


class Pace:
    """Spreads what is taken evenly over time: at most `per_minute`, in any minute; None is no limit."""

    def __init__(
        self,
        per_minute: int | None,
        sleep: Callable[[float], Awaitable[None]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._seconds = 0.0 if per_minute is None else 60 / per_minute
        self._sleep = sleep
        self._clock = clock
        self._next = 0.0

    async def take(self, amount: int = 1) -> None:
        """Wait for one's turn; the turn after it comes when `amount` has had its time."""
        now = self._clock()
        turn = max(now, self._next)
        self._next = turn + amount * self._seconds
        if turn > now:
            await self._sleep(turn - now)

    def give_back(self, amount: int) -> None:
        """Of what was taken, this much was not used; a negative amount was used and not taken."""
        self._next -= amount * self._seconds


class Budget:
    """What the run may spend. It is looked at before each request: what is in flight at that moment is still paid."""

    def __init__(self, max_tokens: int | None, max_cost: Decimal | None) -> None:
        self._max_tokens = max_tokens
        self._max_cost = max_cost
        self._tokens = 0
        self._cost = Decimal(0)

    def check(self) -> None:
        """Go on.

        Raises:
            BudgetError: a limit is reached.
        """
        if self._max_cost is not None and self._cost >= self._max_cost:
            raise BudgetError(f"the run has cost ${self._cost:.6f}, its limit is ${self._max_cost}")
        if self._max_tokens is not None and self._tokens >= self._max_tokens:
            raise BudgetError(f"the run has used {self._tokens} tokens, its limit is {self._max_tokens}")

    def known(self, tokens: int, cost: Decimal) -> None:
        """Be told what the whole run has used, where others ask in its name, too."""
        self._tokens = max(self._tokens, tokens)
        self._cost = max(self._cost, cost)

    def spend(self, tokens: Tokens, cost: Decimal) -> None:
        """Count what a response took."""
        self._tokens += tokens.input + tokens.output
        self._cost += cost
