"""An OpenAI-compatible endpoint that answers questions, or says why not in one of our own errors."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic

import httpx2
import instructor
import tenacity
from instructor.core.hooks import Hooks
from openai import AsyncOpenAI
from openai.types.chat import ChatCompletion
from tenacity import AsyncRetrying, RetryCallState

from schemas.report import Tokens, Usage
from summarizer.errors import (
    EndpointError,
    ModelNotFoundError,
    NonsenseError,
    TruncatedAnswerError,
    UnreachableError,
    WithheldAnswerError,
)
from summarizer.llm.forms import Forms
from summarizer.llm.replies import Answer, question, reply_type
from summarizer.llm.translate import translate
from summarizer.settings import Settings

log = logging.getLogger("summarizer.llm")

# Its records repeat, as errors, what is reported in our own words, with the article's text in them.
logging.getLogger("instructor").setLevel(logging.CRITICAL)

NO_KEY = "no-key"
"""Sent where a base URL is set and no key: servers of one's own need none, and the SDK insists on one."""

_BACKOFF = tenacity.wait_exponential(multiplier=0.5, max=30) + tenacity.wait_random(0, 1)

_ANSWERED = (NonsenseError, TruncatedAnswerError, WithheldAnswerError)
"""The endpoint took the question; what is wrong is the answer."""


@dataclass(slots=True)
class Tally:
    """Requests sent and responses received, counted as they happen."""

    attempts: int = 0
    calls: int = 0
    input: int = 0
    cached: int = 0
    output: int = 0

    def count_request(self, **_kwargs: object) -> None:
        """Before each request."""
        self.attempts += 1

    def count_response(self, response: Any) -> None:
        """For each response, before it is parsed. Read at once: instructor adds later usage into the same object."""
        self.calls += 1
        usage = getattr(response, "usage", None)
        if usage is not None:
            self.input += usage.prompt_tokens or 0
            self.output += usage.completion_tokens or 0
            self.cached += getattr(usage.prompt_tokens_details, "cached_tokens", None) or 0

    @property
    def usage(self) -> Usage:
        """The counts as a report states them."""
        return Usage(
            calls=self.calls,
            attempts=self.attempts,
            tokens=Tokens(input=self.input, cached=self.cached, output=self.output),
        )


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

    The first call of a run goes alone: it shows that the endpoint is there, lets us in, and how it takes its
    questions. An error that ends the run is given to every later call too, without a request.
    """

    def __init__(
        self, client: AsyncOpenAI, settings: Settings, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self.host = settings.host
        self.model = str(settings.model)
        self._client = client
        self._settings = settings
        self._sleep = sleep
        self._forms = Forms(settings.mode)
        self._total = Tally()
        self._slots = asyncio.Semaphore(settings.concurrency)
        self._first = asyncio.Lock()
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
        """
        tally = Tally()
        request = _Request(system, user, answer_type, context, tally)
        if not self._forms.settled:
            async with self._first:
                if not self._forms.settled:
                    return await self._counted(request, first=True)
        return await self._counted(request, first=False)

    async def _counted(self, request: _Request[Answer], *, first: bool) -> tuple[Answer, Usage]:
        if self._refusal is not None:
            raise self._refusal
        try:
            answer = await self._retried(request, first=first)
        except EndpointError as error:
            error.usage = request.tally.usage
            self._forms.restart()
            log.warning("%s", error)
            if error.ends_run:
                self._refusal = error
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
        async with self._slots:
            while True:
                try:
                    answer = await self._called(request)
                except _ANSWERED:
                    self._forms.settle()
                    raise
                except EndpointError as error:
                    if not self._forms.adapt(error):
                        raise
                    log.info("%s: %s; asking as %s", self.host, self._forms.log[-1], self._forms.form)
                else:
                    self._forms.settle()
                    return answer

    async def _called(self, request: _Request[Answer]) -> Answer:
        """One call through instructor, its re-asks included."""
        settings, form = self._settings, self._forms.form
        create: Any = instructor.patch(
            create=partial(self._sent, form),
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
                hooks=self._hooks(request.tally),
                temperature=settings.temperature,
                max_tokens=settings.max_tokens,
            )
        except Exception as error:
            key = settings.key
            raise translate(error, self.host, key.get_secret_value() if key else None) from None
        finally:
            question.reset(token)
        return answer  # type: ignore[no-any-return]

    async def _sent(self, form: str, **kwargs: Any) -> ChatCompletion:
        """One request, bounded from sending to the last byte: the SDK's own timeout is per read."""
        async with asyncio.timeout(self._settings.timeout):
            response = await self._client.chat.completions.create(**self._forms.request(form, kwargs))
        if not isinstance(response, ChatCompletion):
            raise ModelNotFoundError(f"{self.host} answered, but not as a chat endpoint does")
        return response

    def _hooks(self, tally: Tally) -> Hooks:
        hooks = Hooks()
        for counter in (tally, self._total):
            hooks.on("completion:kwargs", counter.count_request)
            hooks.on("completion:response", counter.count_response)
        return hooks


def _may_pass(error: BaseException) -> bool:
    return isinstance(error, EndpointError) and error.retryable and not error.ends_run


def _pause(state: RetryCallState) -> float:
    """Exponential back-off with jitter, or as long as the endpoint asks for where that is longer."""
    error = state.outcome.exception() if state.outcome else None
    return max(_BACKOFF(state), getattr(error, "retry_after", None) or 0.0)


@asynccontextmanager
async def connect(
    settings: Settings,
    transport: httpx2.AsyncBaseTransport | None = None,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncIterator[Endpoint]:
    """An endpoint as the settings name it; nothing is sent yet. `transport` and `sleep` replace network and clock."""
    async with (
        # A redirect would send articles to a host that nobody was told of.
        httpx2.AsyncClient(transport=transport, timeout=settings.timeout, follow_redirects=False) as http,
        AsyncOpenAI(
            api_key=settings.key.get_secret_value() if settings.key else NO_KEY,
            base_url=settings.endpoint,
            http_client=http,
            max_retries=0,
            timeout=settings.timeout,
        ) as client,
    ):
        yield Endpoint(client, settings, sleep)
