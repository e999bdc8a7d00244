"""Questions that are written down instead of being asked, and their answers when they come back from elsewhere."""

import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from openai import AsyncOpenAI
from openai.types.chat import ChatCompletion
from pydantic import ValidationError

from schemas.report import Tokens, Usage
from summarizer.errors import PostponedError, RejectedRequestError
from summarizer.llm.answers import Answers, open_answers
from summarizer.llm.endpoint import NO_KEY, Endpoint, _Request, _unheard
from summarizer.llm.replies import Answer, mend
from summarizer.llm.tally import Tally, reported
from summarizer.settings import Settings

Take = Callable[[str, dict[str, Any]], None]
"""Is given a request: the key under which its answer is kept, and the body that would be sent."""

_KEY = re.compile("[0-9a-f]{64}")


class Postponing(Endpoint):
    """An endpoint that sends nothing. What was answered before is answered; all else is handed to `take`.

    A kept answer that the validators refuse leads to the question that would be asked again, as it does online.
    """

    def __init__(self, client: AsyncOpenAI, settings: Settings, answers: Answers, validators: str, take: Take) -> None:
        super().__init__(client, settings, answers, None, validators, _no_pause, _unheard)
        self._take = take

    def is_reasoning(self) -> None:
        """Write questions as an online run does after the endpoint has refused `temperature` and `max_tokens`."""
        for name in ("temperature", "max_tokens"):
            refusal = RejectedRequestError("as models that reason answer")
            refusal.code, refusal.param = "unsupported_parameter", name
            self._forms.adapt(refusal)

    async def ask(self, system: str, user: str, answer_type: type[Answer], context: object) -> tuple[Answer, Usage]:
        """The answer, where it is kept.

        Raises:
            PostponedError: it is not, and `take` has the question.
            EndpointError: kept answers are no use, as they were not online.
        """
        tally = self._tally()
        return await self._called(_Request(system, user, answer_type, context, tally)), tally.usage

    async def _sent(self, form: str, _tally: Tally, asked: Mapping[str, Any], key: str) -> ChatCompletion:
        self._take(key, self._forms.request(form, asked))
        raise PostponedError("the question is written down")


async def _no_pause(_seconds: float) -> None:
    """Nothing is sent, and nothing is waited for."""


@asynccontextmanager
async def postpone(
    settings: Settings, validators: str, take: Take, *, reasoning: bool = False
) -> AsyncIterator[Postponing]:
    """An endpoint as `connect` makes it, but for sending; `validators` as there.

    `reasoning` is said of models that take neither a temperature nor `max_tokens`: nobody refuses them here.
    """
    secret = settings.key.get_secret_value() if settings.key else None
    async with AsyncOpenAI(api_key=NO_KEY, base_url=settings.endpoint) as client:
        with open_answers(settings.answers, secret) as answers:
            endpoint = Postponing(client, settings, answers, validators, take)
            if reasoning:
                endpoint.is_reasoning()
            yield endpoint


def keep(answers: Answers, key: Any, body: Any) -> Tokens | None:
    """Keep an answer that came back; the tokens that it took, or None where it is none.

    Validators judge it when it is used, as they judge any kept answer.
    """
    try:
        response = ChatCompletion.model_validate(body)
    except ValidationError:
        return None
    if not isinstance(key, str) or not _KEY.fullmatch(key) or not response.choices:
        return None
    mend(response)
    answers.put(key, response)
    return (reported(response) or Tokens()) if answers.get(key) else None
