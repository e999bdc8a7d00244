"""What a run costs, and what holds it back: prices, budgets, paces and slots."""

import asyncio
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import httpx2
import openai
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import llm
from summarizer.errors import BudgetError, EndpointError, NonsenseError, SettingsError
from summarizer.llm.limits import Pace, Slots
from summarizer.settings import Settings
from tests.transports import Fruit, Server, ask, fault, reply

PRICED = {"price_input": 2, "price_cached": 1, "price_output": 8}
COST = Decimal("0.000056")
"""Of one reply: 6 tokens of input at 2 dollars a million, 4 cached ones at 1, and 5 of output at 8."""


@pytest.fixture(autouse=True)
def _ask_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same question is asked again and again here."""
    monkeypatch.setenv("SUMMARIZER_NO_CACHE", "1")


def test_money_is_counted_by_the_stated_price() -> None:
    """Input, cached input and output have prices of their own."""
    _, usage, _ = asyncio.run(ask(Server(reply()), **PRICED))
    assert usage.cost == COST


def test_without_a_price_for_cached_input_it_costs_the_same() -> None:
    """No discount is assumed."""
    _, usage, _ = asyncio.run(ask(Server(reply()), price_input=2, price_output=8))
    assert usage.cost == Decimal("0.00006")


def test_every_answer_is_paid_for() -> None:
    """Re-asks count, failed requests without an answer do not, and an error carries what was spent on it."""
    server = Server(fault(503), reply("no"), reply("no"), reply())
    _, usage, endpoint = asyncio.run(ask(server, **PRICED))
    assert (usage.cost, usage.calls, usage.attempts) == (3 * COST, 3, 4)
    assert endpoint.usage.cost == 3 * COST
    with pytest.raises(NonsenseError) as caught:
        asyncio.run(ask(Server(reply("no")), **PRICED))
    assert caught.value.usage.cost == 3 * COST


def test_known_endpoints_need_no_stated_price() -> None:
    """The price of a model at a provider's own host stands in a list."""
    _, usage, _ = asyncio.run(ask(Server(reply()), model="gpt-4.1-mini", base_url="https://api.openai.com/v1"))
    assert usage.cost is not None
    assert 0 < usage.cost < Decimal("0.0001")


def test_a_name_alone_has_no_price() -> None:
    """A model that is called like a paid one costs nothing known on a server of one's own."""
    _, usage, _ = asyncio.run(ask(Server(reply()), model="gpt-4.1-mini", base_url="http://127.0.0.1:8000/v1"))
    assert usage.cost is None


def test_a_limit_in_money_needs_a_price() -> None:
    """A run that could not keep its limit does not begin, and says what to set."""
    server = Server(reply())
    with pytest.raises(SettingsError, match=r"price of m at model\.test") as caught:
        asyncio.run(ask(server, max_cost=1))
    assert "SUMMARIZER_PRICE_INPUT" in caught.value.hint
    assert server.requests == []


@pytest.mark.parametrize(
    "limit",
    [{"max_total_tokens": 30}, {"max_total_tokens": 16}, {"max_cost": "0.000112", **PRICED}],
    ids=["tokens used up", "tokens overdrawn", "money"],
)
def test_a_budget_stops_the_run(limit: dict[str, Any]) -> None:
    """Once a limit is reached nothing is sent any more, and nothing is waited for."""
    server = Server(reply())
    with pytest.raises(BudgetError, match="limit"):
        asyncio.run(ask(server, times=5, **limit))
    assert (len(server.requests), server.slept) == (2, [])


def test_a_limit_of_nothing_sends_nothing() -> None:
    """With a limit of 0 only kept answers are used."""
    server = Server(reply())
    with pytest.raises(BudgetError):
        asyncio.run(ask(server, max_total_tokens=0))
    assert server.requests == []


def test_limits_hold_where_the_endpoint_does_not_count() -> None:
    """A response without usage is weighed by its characters; a report states only what was counted."""

    def uncounted() -> httpx2.Response:
        body = reply().json()
        del body["usage"]
        return httpx2.Response(200, json=body)

    server = Server(uncounted)
    with pytest.raises(BudgetError):
        asyncio.run(ask(server, times=5, max_total_tokens=100))
    assert len(server.requests) == 2
    _, usage, _ = asyncio.run(ask(Server(uncounted), **PRICED))
    assert (usage.calls, usage.tokens.input, usage.cost) == (1, 0, 0)


class Clock:
    """A clock that only sleeping moves on."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


@given(st.integers(1, 600), st.lists(st.tuples(st.integers(1, 50), st.floats(0, 30)), max_size=40))
def test_no_minute_holds_more_than_its_pace(per_minute: int, wanted: list[tuple[int, float]]) -> None:
    """Whenever and in whatever amounts it is taken, a minute's turns hold at most its amount, and one turn more."""

    async def turns() -> list[tuple[float, int]]:
        clock = Clock()
        pace = Pace(per_minute, clock.sleep, clock)
        taken = []
        for amount, pause in wanted:
            clock.now += pause
            await pace.take(amount)
            taken.append((clock.now, amount))
        return taken

    taken = asyncio.run(turns())
    for start, _ in taken:
        inside = [amount for at, amount in taken if start <= at < start + 59.999]
        assert sum(inside[:-1]) <= per_minute


def test_what_was_not_used_brings_the_next_turn_forward() -> None:
    """An answer that is shorter than it might have been leaves room for the next."""

    async def turns() -> tuple[float, float]:
        clock = Clock()
        pace = Pace(60, clock.sleep, clock)
        await pace.take(30)
        pace.give_back(20)
        await pace.take(30)
        first = clock.now
        pace.give_back(-5)
        await pace.take(1)
        return first, clock.now

    assert asyncio.run(turns()) == (10, 45)


@pytest.mark.parametrize(
    ("pace", "most"),
    # A question with its answer may take a hundred tokens, and takes 15.
    [({"rpm": 60}, 1.0), ({"tpm": 60, "max_tokens": 64}, 15.0)],
    ids=["requests", "tokens"],
)
def test_an_endpoints_pace_is_kept(pace: dict[str, int], most: float) -> None:
    """The second request waits for its turn: a second of requests, or the time of the tokens that were really used."""
    server = Server(reply())
    asyncio.run(ask(server, times=2, **pace))
    (waited,) = server.slept
    assert most - 0.9 < waited <= most


class RateLimited(openai.RateLimitError):
    """A 429 without a response."""

    def __init__(self) -> None:
        Exception.__init__(self)


async def _crowd(slots: Slots, outcomes: Sequence[bool]) -> int:
    """Use slots all at once, each well or with a 429; the most that were in use together."""
    inside = most = 0

    async def use(well: bool) -> None:
        nonlocal inside, most
        async with slots.one():
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1
            if not well:
                raise RateLimited

    await asyncio.gather(*map(use, outcomes), return_exceptions=True)
    return most


def test_a_crowd_that_is_too_large_is_halved_once() -> None:
    """Eight refusals of one crowd tell the same: four may go next, and two after the next refusal."""

    async def refused() -> list[int]:
        slots = Slots(8)
        rooms = []
        for outcomes in ([False] * 8, [False] * 4, [False] * 4, [False] * 9):
            await _crowd(slots, outcomes)
            rooms.append(slots.room)
        return rooms

    assert asyncio.run(refused()) == [4, 2, 1, 1]


@given(st.integers(1, 9), st.lists(st.lists(st.booleans(), max_size=12), max_size=12))
def test_slots_are_neither_lost_nor_made(most: int, crowds: list[list[bool]]) -> None:
    """Whatever went well or not, no crowd is larger than the room before it grew, and it grows back to the most."""

    async def crowded() -> None:
        slots = Slots(most)
        for outcomes in crowds:
            await _crowd(slots, outcomes)
            assert 1 <= slots.room <= most
        await _crowd(slots, [True] * 100)
        assert slots.room == most
        assert await _crowd(slots, [True] * 20) == most

    asyncio.run(crowded())


def test_a_cancelled_request_gives_its_slot_back() -> None:
    """Ctrl-C or a deadline inside a slot leaves the slot to the next."""

    async def cancelled() -> int:
        slots = Slots(2)

        async def stuck() -> None:
            async with slots.one():
                await asyncio.sleep(60)

        tasks = [asyncio.create_task(stuck()) for _ in range(4)]
        await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return await _crowd(slots, [True] * 4)

    assert asyncio.run(cancelled()) == 2


def test_an_endpoint_that_takes_two_at_once_answers_all() -> None:
    """429 to all above two in flight: the crowd shrinks until they pass, and no question is lost."""
    inside, refused = 0, 0

    async def narrow(_request: httpx2.Request) -> httpx2.Response:
        nonlocal inside, refused
        inside += 1
        try:
            await asyncio.sleep(0.001)
            if inside > 2:
                refused += 1
                return fault(429, "rate_limit_exceeded")
            return reply()
        finally:
            inside -= 1

    async def all_at_once() -> list[EndpointError | Any]:
        settings = Settings.load(model="m", base_url="http://model.test/v1", concurrency=16, max_attempts=20)

        async def sleep(_seconds: float) -> None:
            await asyncio.sleep(0.002)

        async with llm.connect(settings, httpx2.MockTransport(narrow), sleep) as endpoint:
            await endpoint.ask("s", "u", Fruit, None)
            asked = (endpoint.ask("s", "u", Fruit, None) for _ in range(60))
            return await asyncio.gather(*asked, return_exceptions=True)

    answers = asyncio.run(all_at_once())
    assert [a for a in answers if isinstance(a, BaseException)] == []
    assert 0 < refused < 60
