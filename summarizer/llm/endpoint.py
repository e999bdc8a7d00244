"""An OpenAI-compatible endpoint that answers questions, or says why not in one of our own errors."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any, Generic
from urllib.parse import urlsplit

import httpx2
import instructor
import tenacity
from openai import AsyncOpenAI
from openai.types.chat import ChatCompletion
from tenacity import AsyncRetrying, RetryCallState

from schemas.report import Tokens, Usage
from summarizer.errors import BudgetError, EndpointError, ModelNotFoundError, RejectedRequestError, UnreachableError
from summarizer.llm.answers import Answers, key_of, open_answers
from summarizer.llm.forms import Forms
from summarizer.llm.lead import Lead
from summarizer.llm.limits import Budget, Pace, Slots
from summarizer.llm.prices import Price, price_of
from summarizer.llm.replies import Answer, mend, question, reply_type
from summarizer.llm.tally import Tally, reported
from summarizer.llm.translate import translate
from summarizer.settings import Settings

log = logging.getLogger("summarizer.llm")

# Its records repeat, as errors, what is reported in our own words, with the article's text in them.
logging.getLogger("instructor").setLevel(logging.CRITICAL)

NO_KEY = "no-key"
"""Sent where a base URL is set and no key: servers of one's own need none, and the SDK insists on one."""

_BACKOFF = tenacity.wait_exponential(multiplier=0.5, max=30) + tenacity.wait_random(0, 1)

Sleep = Callable[[float], Awaitable[None]]

Heard = Callable[[str, Tokens, Decimal | None], None]
"""Is told of every response at once: the key of its request, its tokens, and its cost where the price is known."""


@dataclass(frozen=True, slots=True)
class _Request(Generic[Answer]):
    """One question, and the count of what it takes to have it answered."""

    system: str
    user: str
    answer_type: type[Answer]
    context: object
    tally: Tally


class Endpoint:
    """One endpoint for a whole run. Safe to share between tasks.

    The first call of a run goes ahead: it shows that the endpoint is there, lets us in, and how it takes its questions.
    The others follow when it is answered, or has been under way so long that it was not refused. An error that ends
    the run is given to every later call too, without a request.
    """

    def __init__(
        self,
        client: AsyncOpenAI,
        settings: Settings,
        answers: Answers,
        price: Price | None,
        validators: str,
        sleep: Sleep,
        heard: Heard,
    ) -> None:
        self.host = settings.host
        self.model = str(settings.model)
        self._client = client
        self._settings = settings
        self._sleep = sleep
        self._heard = heard
        self._forms = Forms(settings.mode)
        self._answers = answers
        self._validators = validators
        self._price = price
        self._total = self._tally()
        self._budget = Budget(settings.max_total_tokens, settings.max_cost)
        self._slots = Slots(settings.concurrency)
        self._requests = Pace(settings.rpm, sleep)
        self._tokens = Pace(settings.tpm, sleep)
        self._lead = Lead()
        self._refusal: EndpointError | None = None

    @property
    def usage(self) -> Usage:
        """What the whole run used so far."""
        return self._total.usage

    @property
    def form(self) -> str:
        """The form in which answers are asked for."""
        return self._forms.form

    @property
    def learnt(self) -> Sequence[str]:
        """What the endpoint turned out not to take."""
        return tuple(self._forms.log)

    async def ask(self, system: str, user: str, answer_type: type[Answer], context: object) -> tuple[Answer, Usage]:
        """Ask one question; the answer is validated with `context`, and asked again with the validators' words.

        Raises:
            EndpointError: with `usage` of the failed call, and `ends_run` where nothing can be read at all.
            BudgetError: the run has spent what it may.
            CancelledError: from outside, with the usage until then as its argument.
        """
        tally = self._tally()
        request = _Request(system, user, answer_type, context, tally)
        if self._forms.settled:
            return await self._counted(request, first=False)
        async with self._lead.turn(lambda: self._forms.settled) as leads:
            return await self._counted(request, first=leads)

    def spent(self, tokens: int, cost: Decimal) -> None:
        """Be told what the whole run has used, where others ask in its name, too: its limits are for all of them."""
        self._budget.known(tokens, cost)

    def kept(self, key: str) -> str | None:
        """The answer that was kept under a key, as text; None where none is."""
        return self._answers.text(key)

    def keep(self, answers: Mapping[str, str]) -> None:
        """Keep answers that were received elsewhere, as `kept` gave them there, by their keys."""
        for key, text in answers.items():
            self._answers.restore(key, text)

    def _tally(self) -> Tally:
        return Tally(cost=Decimal(0) if self._price else None)

    async def _counted(self, request: _Request[Answer], *, first: bool) -> tuple[Answer, Usage]:
        if self._refusal is not None:
            raise self._refusal
        try:
            answer = await self._retried(request, first=first)
        except EndpointError as error:
            error.usage = request.tally.usage
            self._forms.restart()
            if not isinstance(error, BudgetError):
                log.warning("%s", error)
            if error.ends_run:
                self._refusal = error
            raise
        except asyncio.CancelledError as cancelled:
            # At the end of an article's time: what came before it was paid for.
            cancelled.args = (request.tally.usage,)
            raise
        return answer, request.tally.usage

    async def _retried(self, request: _Request[Answer], *, first: bool) -> Answer:
        """Wait out what may pass, and nothing else."""
        settings = self._settings
        retrying = AsyncRetrying(
            retry=tenacity.retry_if_exception(_may_pass),
            stop=tenacity.stop_after_attempt(settings.max_attempts)
            | tenacity.stop_before_delay(settings.retry_seconds),
            wait=_pause,
            sleep=self._sleep,
            reraise=True,
        )
        async for attempt in retrying:
            with attempt:
                try:
                    return await self._adapted(request)
                except EndpointError as error:
                    error.ends_run = first and (error.refuses or isinstance(error, UnreachableError))
                    raise
        raise AssertionError("tenacity ended without an answer and without an error")

    async def _adapted(self, request: _Request[Answer]) -> Answer:
        """One call, sent again at once where the endpoint only dislikes its form."""
        while True:
            n_learnt = len(self._forms.log)
            try:
                return await self._called(request)
            except EndpointError as error:
                # Of several calls under way, the first that is refused learns for all.
                known = isinstance(error, RejectedRequestError) and len(self._forms.log) > n_learnt
                if not known and not self._forms.adapt(error):
                    raise
                log.info("%s: %s; asking as %s", self.host, self._forms.log[-1], self._forms.form)

    async def _called(self, request: _Request[Answer]) -> Answer:
        """One call through instructor, its re-asks included."""
        settings, form = self._settings, self._forms.form
        create: Any = instructor.patch(
            create=partial(self._kept_or_sent, form, request.tally),
            mode=instructor.Mode.TOOLS if form == "tools" else instructor.Mode.JSON_SCHEMA,
        )
        token = question.set(request.context)
        try:
            answer = await create(
                model=self.model,
                messages=[{"role": "system", "content": request.system}, {"role": "user", "content": request.user}],
                response_model=reply_type(request.answer_type),
                # "3" for 3 is a model's habit, not a mistake.
                strict=False,
                max_retries=settings.reasks,
                temperature=settings.temperature,
                max_tokens=settings.max_tokens,
            )
        except Exception as error:
            key = settings.key
            raise translate(error, self.host, key.get_secret_value() if key else None) from None
        finally:
            question.reset(token)
        return answer  # type: ignore[no-any-return]

    async def _kept_or_sent(self, form: str, tally: Tally, **asked: Any) -> ChatCompletion:
        """The answer to one request: one that was kept, else the endpoint's."""
        place = self.host + urlsplit(self._settings.endpoint).path.rstrip("/")
        key = key_of(place, self._validators, asked)
        if (kept := self._answers.get(key)) is not None:
            for counter in (tally, self._total):
                counter.reused += 1
            return kept
        return await self._sent(form, tally, asked, key)

    async def _sent(self, form: str, tally: Tally, asked: Mapping[str, Any], key: str) -> ChatCompletion:
        """One request, in its turn, bounded from sending to the last byte: the SDK's own timeout is per read."""
        settings, weight = self._settings, _characters(asked["messages"])
        most = weight + settings.max_tokens
        async with self._slots.one():
            await self._requests.take()
            await self._tokens.take(most)
            self._budget.check()
            for counter in (tally, self._total):
                counter.attempts += 1
            async with asyncio.timeout(settings.timeout):
                # As the SDK's `extra_body` the request is sent as it is; named arguments would be walked through, each
                # against every kind of message there is, for a tenth of a call's processor time.
                body = self._forms.request(form, asked)
                with self._lead.sent():
                    response = await self._client.chat.completions.create(
                        model=self.model, messages=[], extra_body=body
                    )
        if not isinstance(response, ChatCompletion):
            raise ModelNotFoundError(f"{self.host} answered, but not as a chat endpoint does")
        mend(response)
        tokens = reported(response)
        # Where the endpoint does not count, characters stand for tokens, so that limits hold all the same.
        taken = tokens or Tokens(
            input=weight, output=_characters(c.message.model_dump() for c in response.choices or ())
        )
        cost = self._price(taken) if self._price else None
        for counter in (tally, self._total):
            counter.add(tokens, cost if tokens else None)
        if response.choices:
            # The endpoint took the question in this form, whatever its answer is worth.
            self._forms.settle()
            # Before anything else is: a run that is killed now has it.
            self._answers.put(key, response)
        self._heard(key, taken, cost)
        self._tokens.give_back(most - taken.input - taken.output)
        self._budget.spend(taken, cost or Decimal(0))
        return response


def _characters(messages: Iterable[Mapping[str, Any]]) -> int:
    """Of messages, about as many as their tokens where they are Chinese, and more elsewhere."""
    return sum(len(str(message.get("content") or "")) for message in messages)


def _may_pass(error: BaseException) -> bool:
    return isinstance(error, EndpointError) and error.retryable and not error.ends_run


def _pause(state: RetryCallState) -> float:
    """Exponential back-off with jitter, or as long as the endpoint asks for where that is longer."""
    error = state.outcome.exception() if state.outcome else None
    return max(_BACKOFF(state), getattr(error, "retry_after", None) or 0.0)


def _unheard(_key: str, _tokens: Tokens, _cost: Decimal | None) -> None:
    """Nobody wants to know."""


@asynccontextmanager
async def connect(
    settings: Settings,
    transport: httpx2.AsyncBaseTransport | None = None,
    sleep: Sleep = asyncio.sleep,
    validators: str = "",
    heard: Heard = _unheard,
) -> AsyncIterator[Endpoint]:
    """An endpoint as the settings name it; nothing is sent yet. `transport` and `sleep` replace network and clock.

    `validators` is the fingerprint of what judges the answers: kept answers that others judged are not used.

    Raises:
        SettingsError: the run is limited in money, and the price is not known.
    """
    price = price_of(settings)
    secret = settings.key.get_secret_value() if settings.key else None
    async with (
        # A redirect would send articles to a host that nobody was told of.
        httpx2.AsyncClient(
            transport=transport,
            timeout=settings.timeout,
            follow_redirects=False,
            # Its own limit is 100 connections, 20 of them kept: fewer than requests in flight may be.
            limits=httpx2.Limits(max_connections=settings.concurrency, max_keepalive_connections=settings.concurrency),
        ) as http,
        AsyncOpenAI(
            api_key=secret or NO_KEY,
            base_url=settings.endpoint,
            http_client=http,
            max_retries=0,
            timeout=settings.timeout,
        ) as client,
    ):
        with open_answers(settings.answers, secret) as answers:
            yield Endpoint(client, settings, answers, price, validators, sleep, heard)
