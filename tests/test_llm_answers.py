"""Kept answers: what was asked before is not asked again, and nothing else is taken for it."""

import asyncio
import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx2
import pytest
from pydantic import BaseModel

from schemas.report import Usage
from summarizer import llm
from summarizer.errors import AuthenticationError, EndpointError, NonsenseError, TruncatedAnswerError
from summarizer.llm.answers import FILE
from summarizer.settings import Settings
from tests.transports import APPLE, KEY, Fruit, Server, ask, fault, no_choices, reply


class Tree(BaseModel):
    """Another schema with the same fields."""

    name: str
    count: int


@pytest.fixture
def kept() -> Path:
    """The file in which answers are kept here."""
    folder = Settings.load().answers
    assert folder is not None
    return folder / FILE


async def question(server: Server, **given: Any) -> tuple[Any, Usage]:
    """Ask one question, of which each part can be given."""
    words = {name: given.pop(name, name) for name in ("system", "user")}
    kind, validators = given.pop("kind", Fruit), given.pop("validators", "1")
    settings = Settings.load(**{"model": "m", "base_url": "http://model.test/v1", "api_key": KEY, **given})
    async with llm.connect(settings, httpx2.MockTransport(server), server.sleep, validators) as endpoint:
        return await endpoint.ask(words["system"], words["user"], kind, None)


def test_a_second_run_makes_no_call() -> None:
    """The answer is the same, and its report says that it was kept and cost nothing."""
    first, _, _ = asyncio.run(ask(Server(reply())))
    server = Server(reply('{"name": "{{pear}}", "count": 1}'))
    again, usage, _ = asyncio.run(ask(server, price_input=1, price_output=1))
    assert (again.model_dump(), server.requests) == (first.model_dump(), [])
    assert (usage.reused, usage.attempts, usage.calls, usage.tokens.input, usage.cost) == (1, 0, 0, 0, 0)


def test_re_asks_are_kept_too() -> None:
    """What was wrong the first time is not asked again: the same re-asks lead to the same answer."""
    asyncio.run(ask(Server(reply('{"name": "plum", "count": 1}'), reply())))
    server = Server(reply())
    _, usage, _ = asyncio.run(ask(server))
    assert (usage.reused, server.requests) == (2, [])


@pytest.mark.parametrize(
    ("answer", "error"),
    [(reply("no"), NonsenseError), (reply(finish="length"), TruncatedAnswerError)],
    ids=["nonsense", "cut off"],
)
def test_a_bad_answer_is_not_paid_twice(answer: httpx2.Response, error: type[EndpointError]) -> None:
    """A model that answered badly would answer so again; a changed setting asks again."""
    for server in (Server(answer), Server(reply())):
        with pytest.raises(error):
            asyncio.run(ask(server))
    assert server.requests == []
    asyncio.run(ask(server, max_tokens=4000))
    assert len(server.requests) == 1


CHANGES: dict[str, dict[str, Any]] = {
    "the model": {"model": "n"},
    "the host": {"base_url": "http://other.test/v1"},
    "the path": {"base_url": "http://model.test/v2"},
    "the prompt": {"system": "other"},
    "the article": {"user": "other"},
    "the schema": {"kind": Tree},
    "the validators": {"validators": "2"},
    "the temperature": {"temperature": 0.7},
    "the length of an answer": {"max_tokens": 100},
    "no cache": {"no_cache": True},
    "another cache": {"cache": Path("elsewhere")},
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_an_answer_depends_on_asks_again(name: str) -> None:
    """An answer is used for exactly what it was given to."""
    asyncio.run(question(Server(reply())))
    server = Server(reply())
    asyncio.run(question(server, **CHANGES[name]))
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "given",
    [{"api_key": "another"}, {"concurrency": 3}, {"timeout": 5}, {"reasks": 0}, {"base_url": "http://model.test/v1/"}],
    ids=str,
)
def test_what_no_answer_depends_on_changes_nothing(given: dict[str, Any]) -> None:
    """Another key or another pace asks for the same."""
    asyncio.run(question(Server(reply())))
    server = Server(reply())
    asyncio.run(question(server, **given))
    assert server.requests == []


def test_the_form_is_no_part_of_an_answer() -> None:
    """An endpoint that refused a form before is not asked in it again, where nothing has to be asked."""
    asyncio.run(ask(Server(fault(400), fault(422), reply())))
    server = Server(fault(400))
    answer, _, _ = asyncio.run(ask(server))
    assert (answer.name, server.requests) == ("apple", [])


def test_answers_of_function_calls_are_kept() -> None:
    """Tools mode keeps its own answers, re-asks included."""

    def call(arguments: str) -> httpx2.Response:
        function = {"name": "Fruit", "arguments": arguments}
        return reply(None, "tool_calls", tool_calls=[{"id": "c", "type": "function", "function": function}])

    asyncio.run(ask(Server(call('{"name": "plum", "count": 1}'), call(APPLE)), mode="tools"))
    server = Server(fault(500))
    _, usage, _ = asyncio.run(ask(server, mode="tools"))
    assert (usage.reused, server.requests) == (2, [])


def test_a_kept_answer_does_not_show_that_the_endpoint_is_there() -> None:
    """A refusal of the first request ends the run, whatever was known before it."""

    async def kept_then_new() -> EndpointError:
        settings = Settings.load(model="m", base_url="http://model.test/v1")
        async with llm.connect(settings, httpx2.MockTransport(Server(fault(401)))) as endpoint:
            await endpoint.ask("system", "user", Fruit, None)
            with pytest.raises(AuthenticationError) as caught:
                await endpoint.ask("system", "new", Fruit, None)
            return caught.value

    asyncio.run(question(Server(reply()), validators=""))
    assert asyncio.run(kept_then_new()).ends_run


SPOILT = {
    "a changed figure": "UPDATE answers SET response = replace(response, '3', '4')",
    "half an answer": "UPDATE answers SET response = substr(response, 1, 40)",
    "no text": "UPDATE answers SET response = x'ff00'",
    "no digest": "UPDATE answers SET digest = ''",
    "another table": "DROP TABLE answers; CREATE TABLE answers (key TEXT, digest TEXT, response TEXT)",
    "no table": "DROP TABLE answers",
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_entry_is_asked_again(name: str, kept: Path) -> None:
    """What is not whole is no answer; it is replaced by the next."""
    asyncio.run(ask(Server(reply())))
    with sqlite3.connect(kept) as file:
        file.executescript(SPOILT[name])
    file.close()
    server = Server(reply())
    answer, _, _ = asyncio.run(ask(server))
    assert (answer.count, len(server.requests)) == (3, 1)
    asyncio.run(ask(server))
    assert len(server.requests) == 1


@pytest.mark.parametrize("content", [b"", b"not a database" * 99, b"SQLite format 3\0" + b"\xff" * 9000], ids=len)
def test_a_spoilt_file_is_begun_anew(content: bytes, kept: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A file that is no database costs its answers and a warning, and no article."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(content)
    server = Server(reply())
    for _ in range(2):
        asyncio.run(ask(server))
    assert len(server.requests) == 1
    assert bool(caplog.records) is bool(content)


def test_a_folder_that_cannot_be_used_costs_a_warning(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Where answers cannot be kept, articles are read all the same."""
    (tmp_path / "file").write_text("")
    server = Server(reply())
    asyncio.run(ask(server, cache=tmp_path / "file"))
    assert len(server.requests) == 1
    assert "answers are not kept" in caplog.text


NOT_KEPT = {
    "a passing fault": fault(500),
    "no choices": no_choices(),
    "an empty answer": reply(""),
    "a withheld answer": reply("I", finish="content_filter"),
    "an echoed key": reply(f'{{"name": "apple", "count": 1, "key": "{KEY}"}}'),
    "half a character": httpx2.Response(200, content=reply().content.replace(b'"m"', rb'"\ud800"')),
}


@pytest.mark.parametrize("name", NOT_KEPT)
def test_what_is_no_answer_is_not_kept(name: str) -> None:
    """Faults and withheld answers may be other the next time, and a key is never written."""
    response = NOT_KEPT[name]
    for _ in range(2):
        server = Server(response, reply())
        with suppress(EndpointError):
            asyncio.run(question(server, reasks=0, max_attempts=1))
        assert len(server.requests) == 1


def test_no_key_and_no_header_is_written(kept: Path) -> None:
    """Answers are kept without what opens the endpoint, and where only their owner may look."""
    asyncio.run(ask(Server(reply())))
    files = list(kept.parent.iterdir())
    assert kept in files
    if os.name == "posix":
        assert kept.stat().st_mode & 0o077 == 0
    assert not any(KEY.encode() in file.read_bytes() or b"uthorization" in file.read_bytes() for file in files)


def test_nothing_is_written_where_nothing_is_kept(tmp_path: Path) -> None:
    """`no_cache` leaves no file."""
    asyncio.run(ask(Server(reply()), cache=tmp_path / "cache", no_cache=True))
    assert list(tmp_path.iterdir()) == []


def test_two_runs_share_their_answers() -> None:
    """A run that is under way uses what another one keeps meanwhile."""

    async def side_by_side() -> Server:
        settings = Settings.load(model="m", base_url="http://model.test/v1")
        one, two = Server(reply()), Server(reply())
        async with (
            llm.connect(settings, httpx2.MockTransport(one)) as first,
            llm.connect(settings, httpx2.MockTransport(two)) as second,
        ):
            await first.ask("s", "u", Fruit, None)
            await second.ask("s", "u", Fruit, None)
            await second.ask("s", "other", Fruit, None)
            await first.ask("s", "other", Fruit, None)
        assert len(one.requests) == 1
        return two

    assert len(asyncio.run(side_by_side()).requests) == 1
