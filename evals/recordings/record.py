"""Asks a real model the questions of the fixed set, and keeps every reply as it came."""

import asyncio
import time
from collections.abc import Sequence
from typing import TypeVar

import httpx2
from openai.types.chat import ChatCompletion
from pydantic import BaseModel

from evals.gold import Sample
from evals.recordings.alone import by_model_alone
from evals.recordings.store import Recording, Recordings, Reply, asked_of, guesses_of, replay
from schemas.report import Usage
from summarizer import Summarizer, llm
from summarizer.errors import EndpointError, NonsenseError, TruncatedAnswerError, WithheldAnswerError
from summarizer.llm.tally import reported
from summarizer.readers.model import Model
from summarizer.settings import Settings

Answer = TypeVar("Answer", bound=BaseModel)

_ANSWERED = (NonsenseError, TruncatedAnswerError, WithheldAnswerError)
"""Errors of the model, which are recorded; those of the connection end the recording, which can be gone on with."""


class Tap(httpx2.AsyncBaseTransport):
    """Hears every answer that passes through."""

    def __init__(self, through: httpx2.AsyncBaseTransport) -> None:
        self._through = through
        self.heard: list[Reply] = []

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Pass it on."""
        started = time.perf_counter()
        response = await self._through.handle_async_request(request)
        if response.status_code == 200:
            completion = ChatCompletion.model_validate_json(await response.aread())
            self.heard.append(_reply(completion, time.perf_counter() - started))
        return response

    async def aclose(self) -> None:
        """Close what it passes on to."""
        await self._through.aclose()


def _reply(response: ChatCompletion, seconds: float) -> Reply:
    choice, tokens = response.choices[0], reported(response)
    return Reply(
        content=choice.message.content or "",
        finish=choice.finish_reason,
        input=tokens.input if tokens else 0,
        cached=tokens.cached if tokens else 0,
        output=tokens.output if tokens else 0,
        seconds=round(seconds, 2),
    )


class Recorder:
    """Asks what is not recorded yet, one question at a time."""

    def __init__(self, endpoint: Model, tap: Tap, recordings: Recordings) -> None:
        self._endpoint = endpoint
        self._tap = tap
        self._recordings = recordings
        self._one = asyncio.Lock()
        self.asked = 0

    async def ask(self, system: str, user: str, answer_type: type[Answer], context: object) -> tuple[Answer, Usage]:
        """Answer from what is recorded, or ask and record."""
        asked = asked_of(answer_type, context, self._recordings.section_prompt)
        # The lock is fair: while articles are read side by side, all sections come before the first overview, and a
        # server that keeps one prompt in its cache keeps the right one.
        async with self._one:
            known = self._recordings.load(asked)
            if known is not None:
                return replay(known, answer_type, context)
            self._tap.heard.clear()
            try:
                answer = await self._endpoint.ask(system, user, answer_type, context)
            except EndpointError as error:
                if isinstance(error, _ANSWERED):
                    self._save(asked, context)
                else:
                    # Nothing more is asked, and no article goes on by rules.
                    error.ends_run = True
                raise
            self._save(asked, context)
            return answer

    def _save(self, asked: dict[str, object], context: object) -> None:
        self._recordings.save(asked, Recording(list(self._tap.heard), guesses_of(context)))
        self.asked += 1
        took = sum(reply.output for reply in self._tap.heard)
        print(
            f"{asked['kind']}: {len(self._tap.heard)} replies, {took} tokens: {str(asked['text'])[:24]!r}", flush=True
        )


async def record(
    samples: Sequence[Sample],
    settings: Settings,
    recordings: Recordings,
    transport: httpx2.AsyncBaseTransport | None = None,
    *,
    alone: bool = False,
) -> int:
    """Read all samples with a model, or by the model alone, and keep its replies; how many questions were asked.

    Raises:
        EndpointError: the endpoint refuses or fails; what was recorded by then is kept.
    """
    tap = Tap(transport or httpx2.AsyncHTTPTransport())
    async with llm.connect(settings, tap) as endpoint:
        recorder = Recorder(endpoint, tap, recordings)
        async with Summarizer(settings, asked=recorder) as summarizer:
            try:
                async with asyncio.TaskGroup() as group:
                    for sample in samples:
                        if alone:
                            group.create_task(by_model_alone(sample, settings, recorder))
                        else:
                            group.create_task(summarizer.outcome(sample.source, name=sample.name))
            except BaseExceptionGroup as errors:
                raise errors.exceptions[0] from None
    return recorder.asked
