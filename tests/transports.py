"""A fake transport under the real SDKs: it plays replies, and keeps what it was sent."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx2
from pydantic import BaseModel, ValidationInfo, field_validator

from schemas.report import Usage
from summarizer import llm
from summarizer.settings import Settings

KEY = "sk-test-0123456789"


class Fruit(BaseModel):
    """An answer; the fruit must be one that the question names."""

    name: str
    count: int

    @field_validator("name")
    @classmethod
    def _is_asked_for(cls, name: str, info: ValidationInfo) -> str:
        if info.context and name not in info.context:
            raise ValueError(f"choose one of {sorted(info.context)}")
        return name


APPLE = '{"name": "apple", "count": "3"}'


def reply(content: str | None = APPLE, finish: str = "stop", **message: Any) -> httpx2.Response:
    """A chat completion that took 10 tokens of input, 4 of them cached, and 5 of output."""
    usage = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}
    usage |= {"prompt_tokens_details": {"cached_tokens": 4}}  # type: ignore[dict-item]
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": content, **message}}
    body = {"id": "1", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice], "usage": usage}
    return httpx2.Response(200, json=body)


def fault(status: int, code: str | None = None, message: str = "no", **headers: str) -> httpx2.Response:
    """An error as OpenAI words it."""
    body = {"error": {"message": message, "type": "error", "code": code, "param": headers.pop("param", None)}}
    return httpx2.Response(status, json=body, headers={k.replace("_", "-"): v for k, v in headers.items()})


def no_choices() -> httpx2.Response:
    """HTTP 200 in which `choices` is null, as overloaded proxies send it."""
    body = {"id": "1", "object": "chat.completion", "created": 0, "model": "m", "choices": None}
    return httpx2.Response(200, json=body)


Script = httpx2.Response | Exception | Callable[[], httpx2.Response]


class Server:
    """Plays replies in their order, the last one for ever, and keeps what it was sent."""

    def __init__(self, *script: Script) -> None:
        self.script = script
        self.requests: list[httpx2.Request] = []
        self.slept: list[float] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        item = self.script[min(len(self.requests), len(self.script)) - 1]
        if isinstance(item, Exception):
            raise item
        return (
            item() if callable(item) else httpx2.Response(item.status_code, headers=item.headers, content=item.content)
        )

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    def bodies(self) -> list[dict[str, Any]]:
        return [json.loads(request.content) for request in self.requests]

    def forms(self) -> list[str]:
        """The form each request asked for."""
        return [_form(body) for body in self.bodies()]


def _form(body: dict[str, Any]) -> str:
    if "tools" in body:
        return "tools"
    wanted = body.get("response_format")
    if wanted is None:
        return "text"
    return str(wanted["type"]) + ("_schema" if "schema" in wanted else "")


async def ask(server: Server, times: int = 1, **given: Any) -> tuple[Fruit, Usage, llm.Endpoint]:
    """Ask for a fruit, `times` times on one endpoint; the last answer."""
    settings = Settings.load(**{"model": "m", "base_url": "http://model.test/v1", "api_key": KEY, **given})
    async with llm.connect(settings, httpx2.MockTransport(server), server.sleep) as endpoint:
        for _ in range(times):
            answer, usage = await endpoint.ask("You answer in JSON.", "Which fruit?", Fruit, {"apple", "{{pear}}"})
        return answer, usage, endpoint


class Drip(httpx2.AsyncByteStream):
    """A body that sends a byte now and then, for ever: no read ever times out."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            yield b" "
            await asyncio.sleep(0.01)
