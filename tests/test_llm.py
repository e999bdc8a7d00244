"""The door to the network, on the real SDKs with a fake transport: every fault, and how many requests it costs."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import openai
import pytest
from instructor.core import exceptions as instructor_exceptions
from pydantic import BaseModel, field_validator

from schemas.report import Usage
from summarizer import errors, llm
from summarizer.errors import EndpointError
from summarizer.llm import lead
from summarizer.llm.replies import bare_json
from summarizer.llm.translate import TABLE, retry_after, translate
from summarizer.settings import Settings
from tests.transports import APPLE, KEY, Drip, Fruit, Server, ask, fault, no_choices, reply


@pytest.fixture(autouse=True)
def _empty_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("OPENAI_API_KEY", "SUMMARIZER_API_KEY", "SUMMARIZER_MODEL", "SUMMARIZER_BASE_URL", "SUMMARIZER_MODE"):
        monkeypatch.delenv(name, raising=False)
    # The same question is asked again and again here.
    monkeypatch.setenv("SUMMARIZER_NO_CACHE", "1")


def failing(server: Server, **given: Any) -> EndpointError:
    """The error that a question ends in."""
    with pytest.raises(EndpointError) as caught:
        asyncio.run(ask(server, **given))
    return caught.value


def test_an_answer_comes_with_its_usage() -> None:
    """One question is one request, and its tokens, cached ones too, are counted."""
    server = Server(reply())
    answer, usage, endpoint = asyncio.run(ask(server))
    assert (answer.name, answer.count) == ("apple", 3)
    assert usage.model_dump(exclude={"seconds", "cost"}) == {
        "calls": 1,
        "attempts": 1,
        "reused": 0,
        "tokens": {"input": 10, "cached": 4, "output": 5},
    }
    assert (endpoint.host, endpoint.model, endpoint.usage) == ("model.test", "m", usage)
    assert server.bodies()[0]["max_tokens"] == 2048


REFUSALS = {
    "401": (fault(401, "invalid_api_key"), errors.AuthenticationError),
    "403": (fault(403), errors.PermissionDeniedError),
    "404": (fault(404, "model_not_found"), errors.ModelNotFoundError),
    "400 with the code of an unknown model": (fault(400, "model_not_found"), errors.ModelNotFoundError),
    "no credit": (fault(429, "insufficient_quota", retry_after="1"), errors.QuotaError),
    "402": (fault(402), errors.QuotaError),
    "connection refused": (httpx2.ConnectError("refused"), errors.UnreachableError),
    "a web page": (httpx2.Response(200, html="<html>Welcome</html>"), errors.ModelNotFoundError),
    "a redirect to another host": (
        httpx2.Response(307, headers={"location": "http://other.test/v1/chat/completions"}),
        errors.ModelNotFoundError,
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_of_the_first_call_ends_the_run(name: str) -> None:
    """Where the first call shows that nothing can be read, one request is sent, and the error says what to do."""
    response, kind = REFUSALS[name]
    server = Server(response)
    error = failing(server)
    assert type(error) is kind
    assert error.ends_run
    assert error.hint
    assert "model.test" in str(error)
    assert len(server.requests) == 1
    assert error.usage.attempts == 1


def test_after_a_refusal_nothing_is_sent_any_more() -> None:
    """Every later question gets the same error without a request."""

    async def twice(server: Server) -> None:
        settings = Settings.load(model="m", base_url="http://model.test/v1")
        async with llm.connect(settings, httpx2.MockTransport(server), server.sleep) as endpoint:
            for _ in range(2):
                with pytest.raises(errors.AuthenticationError):
                    await endpoint.ask("s", "u", Fruit, None)

    server = Server(fault(401))
    asyncio.run(twice(server))
    assert len(server.requests) == 1


def test_calls_at_once_wait_for_the_first() -> None:
    """Of many first questions one is sent; the others follow when the endpoint has shown what it takes."""

    async def many(server: Server) -> None:
        settings = Settings.load(model="m", base_url="http://model.test/v1", concurrency=8)
        async with llm.connect(settings, httpx2.MockTransport(server), server.sleep) as endpoint:
            await asyncio.gather(*(endpoint.ask("s", "u", Fruit, None) for _ in range(6)))

    server = Server(fault(400), reply())
    asyncio.run(many(server))
    assert server.forms() == ["json_schema", *["json_object_schema"] * 6]


async def six_calls(server: Server, transport: httpx2.AsyncBaseTransport) -> None:
    """Six questions at once."""
    settings = Settings.load(model="m", base_url="http://model.test/v1", concurrency=8)
    async with asyncio.timeout(10), llm.connect(settings, transport, server.sleep) as endpoint:
        await asyncio.gather(*(endpoint.ask("s", "u", Fruit, None) for _ in range(6)))


def test_calls_follow_a_slow_first_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model takes its time; who refuses does not: a first call that is not refused soon holds nobody up."""
    monkeypatch.setattr(lead, "PATIENCE", 0.05)
    server, all_there = Server(reply()), asyncio.Event()

    async def when_all_are_there(request: httpx2.Request) -> httpx2.Response:
        answer = server(request)
        if len(server.requests) == 6:
            all_there.set()
        await all_there.wait()
        return answer

    asyncio.run(six_calls(server, httpx2.MockTransport(when_all_are_there)))
    assert len(server.requests) == 6


def test_a_form_that_many_calls_are_refused_in_is_left_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls that followed a slow first one learn from its refusal, and do not each go a step further down."""
    monkeypatch.setattr(lead, "PATIENCE", 0.05)
    server = Server(*(fault(400) for _ in range(6)), reply())

    async def late(request: httpx2.Request) -> httpx2.Response:
        answer = server(request)
        await asyncio.sleep(0.2)
        return answer

    asyncio.run(six_calls(server, httpx2.MockTransport(late)))
    assert server.forms() == [*["json_schema"] * 6, *["json_object_schema"] * 6]


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_refusal_after_an_answer_does_not_end_the_run(status: int) -> None:
    """An endpoint that refuses later costs no article: the caller may go on by rules."""
    error = failing(Server(reply(), fault(status)), times=2)
    assert error.refuses
    assert not error.ends_run


PASSING = {
    "500": (fault(500), errors.ServerError),
    "503": (fault(503), errors.ServerError),
    "408": (fault(408), errors.ServerError),
    "429": (fault(429, "rate_limit_exceeded"), errors.RateLimitedError),
    "no choices": (no_choices(), errors.ServerError),
    "a connection lost": (httpx2.ReadError("reset"), errors.UnreachableError),
    "a read that times out": (httpx2.ReadTimeout("slow"), errors.SlowError),
}


@pytest.mark.parametrize("name", PASSING)
def test_what_may_pass_is_waited_out(name: str) -> None:
    """A passing fault is followed by one more request, after a pause."""
    response, _ = PASSING[name]
    server = Server(reply(), response, reply())
    answer, usage, _ = asyncio.run(ask(server, times=2))
    assert answer.name == "apple"
    assert len(server.requests) == 3
    assert usage.attempts == 2
    assert [0 < seconds < 3 for seconds in server.slept] == [True]


@pytest.mark.parametrize("name", PASSING)
def test_what_does_not_pass_is_given_up(name: str) -> None:
    """A fault that stays is tried as often as the settings say, and then raised as what it is."""
    response, kind = PASSING[name]
    server = Server(reply(), response)
    error = failing(server, times=2, max_attempts=3)
    assert type(error) is kind
    assert len(server.requests) == 1 + 3
    assert error.usage.attempts == 3
    assert not error.ends_run


def test_retry_after_is_obeyed() -> None:
    """The pause is as long as the endpoint asks for."""
    server = Server(fault(429, retry_after="7"), reply())
    asyncio.run(ask(server))
    assert server.slept == [7.0]


def test_a_pause_beyond_the_limit_is_not_waited_for() -> None:
    """A Retry-After longer than the time limit of a call ends it at once."""
    server = Server(fault(429, retry_after="900"))
    assert isinstance(failing(server, retry_seconds=60), errors.RateLimitedError)
    assert (len(server.requests), server.slept) == (1, [])


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("2.5", 2.5), ("-3", 0.0), ("Wed, 21 Oct 2026 07:28:30 GMT", 30.0), ("soon", None), (None, None)],
)
def test_retry_after_is_seconds_or_a_date(header: str | None, seconds: float | None) -> None:
    """`Retry-After` is read in both of its forms, and nothing is made of another."""
    response = httpx2.Response(429, headers={"retry-after": header} if header else {})
    response.request = httpx2.Request("POST", "http://model.test")
    error = openai.RateLimitError("slow down", response=response, body=None)
    assert retry_after(error, datetime(2026, 10, 21, 7, 28, 0, tzinfo=UTC)) == seconds


def test_a_dripping_body_ends_at_the_deadline() -> None:
    """A call is bounded from sending to the last byte."""

    def drip() -> httpx2.Response:
        return httpx2.Response(200, headers={"content-type": "application/json"}, stream=Drip())

    server = Server(drip)
    assert isinstance(failing(server, timeout=0.1, max_attempts=1), errors.SlowError)
    assert len(server.requests) == 1


WRAPPED = {
    "bare": APPLE,
    "fenced": f"Here it is:\n```json\n{APPLE}\n```\nAnything else?",
    "after thoughts": f'<think>Perhaps {{"name": "plum"}}?</think>\n{APPLE}',
    "after thoughts whose beginning the template ate": f"Perhaps a plum?</think>{APPLE}",
    "after a quoted object": f'```json\n{{"name": "plum", "count": 1}}\n```\nNo:\n```json\n{APPLE}\n```',
    "in prose": f"The answer is {APPLE}.",
}


@pytest.mark.parametrize("name", WRAPPED)
def test_the_json_of_a_reply_is_found(name: str) -> None:
    """Fences, thoughts and prose around an answer cost no second request."""
    server = Server(reply(WRAPPED[name]))
    answer, _, _ = asyncio.run(ask(server))
    assert answer.name == "apple"
    assert len(server.requests) == 1


@pytest.mark.parametrize("text", ["", "no", "}{", "<think>{", "```json\n```"])
def test_a_reply_without_an_object_is_left_to_the_parser(text: str) -> None:
    """What holds no object does not become one."""
    with pytest.raises(ValueError, match=r"Expecting|Extra"):
        json.loads(bare_json(text))


def test_a_wrong_answer_is_asked_again_with_what_was_wrong() -> None:
    """The validators' words go back to the model, and every response is counted once."""
    server = Server(reply('{"name": "plum", "count": 1}'), reply())
    _, usage, _ = asyncio.run(ask(server))
    messages = server.bodies()[1]["messages"]
    assert [m["role"] for m in messages] == ["system", "user", "assistant", "user"]
    assert "choose one of" in messages[-1]["content"]
    assert (usage.calls, usage.attempts, usage.tokens.input, usage.tokens.output) == (2, 2, 20, 10)


@pytest.mark.parametrize("content", ["我不知道", '{"name": 1}', '{"name": "plum", "count": 1}', None])
def test_nonsense_is_given_up_after_the_reasks(content: str | None) -> None:
    """A model that never answers rightly costs the re-asks that the settings allow, and no pause."""
    server = Server(reply(content))
    error = failing(server, reasks=2)
    assert type(error) is errors.NonsenseError
    assert (len(server.requests), server.slept) == (3, [])
    assert error.usage.calls == 3
    assert not error.ends_run


@pytest.mark.parametrize("content", [r"\ud800", r"{\"name\": \"\udfff\", \"count\": 1}"], ids=["alone", "in JSON"])
def test_half_a_character_is_nonsense_and_no_crash(content: str) -> None:
    """A lone surrogate could neither be sent back in a re-ask nor written to a file."""
    broken = httpx2.Response(200, content=reply("HALF").content.replace(b"HALF", content.encode()))
    answer, _, _ = asyncio.run(ask(Server(broken, reply())))
    assert answer.name == "apple"


def test_a_truncated_answer_is_no_answer() -> None:
    """`finish_reason=length` is an error even where the JSON happens to be whole, and it is not asked again."""
    server = Server(reply(finish="length"))
    assert type(failing(server)) is errors.TruncatedAnswerError
    assert len(server.requests) == 1


def test_a_request_too_long_for_the_context_is_said_to_be() -> None:
    """A context overflow is neither retried nor taken for a refusal of the form."""
    server = Server(fault(400, "context_length_exceeded"))
    assert type(failing(server)) is errors.ContextOverflowError
    assert server.forms() == ["json_schema"]


def test_forms_fall_back_and_are_remembered() -> None:
    """A form that is refused is replaced by the next, which later calls use at once; the record says so."""
    server = Server(fault(400), fault(422), fault(400), reply())
    _, _, endpoint = asyncio.run(ask(server, times=2))
    assert server.forms() == ["json_schema", "json_object_schema", "json_object", "text", "text"]
    assert (endpoint.form, len(endpoint.learnt)) == ("text", 3)
    assert server.slept == []


def test_a_server_error_may_be_a_refusal_of_the_form() -> None:
    """A server that answers 500 to a form it does not know is asked in the next one after the second time."""
    server = Server(fault(500), fault(500), reply())
    asyncio.run(ask(server))
    assert server.forms() == ["json_schema", "json_schema", "json_object_schema"]


def test_one_server_error_does_not_change_the_form() -> None:
    """An endpoint that stumbles once keeps its best form."""
    server = Server(fault(500), reply())
    asyncio.run(ask(server))
    assert server.forms() == ["json_schema", "json_schema"]


def test_a_form_that_was_chosen_is_kept() -> None:
    """A mode from the settings is not replaced by another."""
    server = Server(fault(400))
    assert type(failing(server, mode="json_object")) is errors.RejectedRequestError
    assert server.forms() == ["json_object"]


def test_tools_are_used_where_wanted() -> None:
    """In tools mode the answer is read from the function call."""
    call = {"id": "c", "type": "function", "function": {"name": "Fruit", "arguments": APPLE}}
    server = Server(reply(None, tool_calls=[call]))
    answer, _, _ = asyncio.run(ask(server, mode="tools"))
    assert answer.name == "apple"
    assert server.forms() == ["tools"]


def test_the_schema_is_sent_where_it_is_taken() -> None:
    """Both schema forms carry the schema of the answer under its own name."""
    server = Server(fault(400), reply())
    asyncio.run(ask(server))
    first, second = (body["response_format"] for body in server.bodies())
    assert first["json_schema"]["name"] == "Fruit"
    assert first["json_schema"]["schema"] == second["schema"]
    assert set(second["schema"]["properties"]) == {"name", "count"}


@pytest.mark.parametrize(("param", "new"), [("temperature", None), ("max_tokens", "max_completion_tokens")])
def test_a_parameter_that_is_not_taken_is_changed_once(param: str, new: str | None) -> None:
    """Reasoning models refuse two parameters; that is learnt from the code of the refusal, not from its words."""
    server = Server(fault(400, "unsupported_parameter", param=param), reply())
    asyncio.run(ask(server, times=2))
    first, second, third = server.bodies()
    assert param in first
    assert all(param not in body and (new is None or new in body) for body in (second, third))


def test_an_article_is_never_a_template() -> None:
    """Braces of a template language in a message reach the model as they are."""
    server = Server(reply())

    async def hostile() -> None:
        settings = Settings.load(model="m", base_url="http://model.test/v1")
        async with llm.connect(settings, httpx2.MockTransport(server), server.sleep) as endpoint:
            await endpoint.ask("s", "{{ 7*7 }} {% for %} {# x #}  \n  y", Fruit, {"apple"})

    asyncio.run(hostile())
    assert server.bodies()[0]["messages"][1]["content"] == "{{ 7*7 }} {% for %} {# x #}  \n  y"


def test_a_server_of_ones_own_needs_no_key() -> None:
    """With a base URL and no key a placeholder is sent, which is no secret of anyone."""
    server = Server(reply())
    asyncio.run(ask(server, api_key=None))
    assert server.requests[0].headers["authorization"] == "Bearer no-key"


def test_a_key_that_the_server_echoes_is_not_repeated(caplog: pytest.LogCaptureFixture) -> None:
    """Neither the error nor any log, down to the SDK's own, holds the key."""
    with caplog.at_level("DEBUG"):
        error = failing(Server(fault(401, message=f"wrong key {KEY}")))
    assert "wrong key ***" in str(error)
    assert "model.test" in caplog.text
    assert KEY not in caplog.text


def test_a_bug_in_a_validator_is_not_an_endpoint_fault() -> None:
    """What no table knows propagates as it is."""

    class Broken(BaseModel):
        @field_validator("*", mode="before")
        @classmethod
        def _breaks(cls, value: Any) -> Any:
            raise KeyError(value)

        name: str

    async def broken() -> None:
        settings = Settings.load(model="m", base_url="http://model.test/v1")
        server = Server(reply())
        async with llm.connect(settings, httpx2.MockTransport(server), server.sleep) as endpoint:
            await endpoint.ask("s", "u", Broken, None)

    with pytest.raises(KeyError):
        asyncio.run(broken())


def test_a_cancelled_call_holds_nothing_up() -> None:
    """After Ctrl-C in the first call, the next one neither waits nor finds a place taken."""

    async def cancelled() -> Fruit:
        settings = Settings.load(model="m", base_url="http://model.test/v1", concurrency=1)
        server = Server(lambda: httpx2.Response(200, stream=Drip()), reply())
        async with llm.connect(settings, httpx2.MockTransport(server), server.sleep) as endpoint:
            first = asyncio.create_task(endpoint.ask("s", "u", Fruit, None))
            await asyncio.sleep(0.05)
            first.cancel()
            with pytest.raises(asyncio.CancelledError):
                await first
            async with asyncio.timeout(5):
                answer, _ = await endpoint.ask("s", "u", Fruit, None)
            return answer

    assert asyncio.run(cancelled()).name == "apple"


def test_a_cancelled_call_says_what_it_took() -> None:
    """Cut off in a re-ask, it tells of the answer before it, which was paid for."""

    async def cancelled() -> Usage:
        settings = Settings.load(model="m", base_url="http://model.test/v1")
        server = Server(reply("no"), lambda: httpx2.Response(200, stream=Drip()))
        async with llm.connect(settings, httpx2.MockTransport(server), server.sleep) as endpoint:
            call = asyncio.create_task(endpoint.ask("s", "u", Fruit, None))
            while len(server.requests) < 2:
                await asyncio.sleep(0.01)
            call.cancel()
            with pytest.raises(asyncio.CancelledError) as caught:
                await call
            return Usage.model_validate(caught.value.args[0])

    usage = asyncio.run(cancelled())
    assert (usage.calls, usage.attempts, usage.tokens.input) == (1, 2, 10)


def _public_errors(module: Any) -> Iterator[type[BaseException]]:
    for name in dir(module):
        found = getattr(module, name)
        if isinstance(found, type) and issubclass(found, Exception) and not name.startswith("_"):
            yield found


@pytest.mark.parametrize("module", [openai, openai._exceptions, instructor_exceptions], ids=lambda m: m.__name__)
def test_the_table_covers_every_public_error(module: Any) -> None:
    """Each public exception class of openai and instructor has its own line in the table."""
    assert [kind.__name__ for kind in _public_errors(module) if kind not in TABLE] == []


def test_an_error_of_ours_is_not_translated_again() -> None:
    """What is already ours stays itself."""
    ours = errors.SlowError("slow")
    wrapped = instructor_exceptions.InstructorRetryException("x", n_attempts=1, total_usage=None)
    wrapped.__cause__ = ours
    assert translate(wrapped, "model.test") is ours
