"""A chat-completions server on loopback: it takes its time, and misbehaves as often as it is told to.

    python -m evals.loopback [--seconds S] [--faults SHARE] [--seed N] [--keep FILE]

Prints its port. Every question is answered as a model that agrees with the rules would answer it. `GET /stats` gives
counts as JSON: `received` requests, `paid` responses (well-formed and sent whole), how many of these were `distinct`
questions, requests in flight now and at most, and when the first and the last response were sent. With `--keep`, the
body of every question is a line of that file.
"""

import argparse
import asyncio
import contextlib
import hashlib
import json
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

_MARK = re.compile(r"⟦(\d+):")

FAULTS = ("busy", "broken", "reset", "drip", "half", "half_json")
"""429 with Retry-After; 500; a closed connection; a body in drops; half a body; a whole body of half an answer."""

_DRIPS, _DRIP_SECONDS = 20, 0.05


@dataclass(slots=True)
class Stats:
    """What the server has seen and sent."""

    received: int = 0
    paid: int = 0
    in_flight: int = 0
    most_in_flight: int = 0
    first: float = 0.0
    last: float = 0.0
    times: list[float] = field(default_factory=list)
    questions: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)

    def as_dict(self) -> dict[str, Any]:
        """For `GET /stats`; `steady` is responses a second, the first and the last tenth left out."""
        tenth = len(self.times) // 10
        middle = self.times[tenth : len(self.times) - tenth]
        steady = (len(middle) - 1) / (middle[-1] - middle[0]) if len(middle) > 1 else None
        return {
            "received": self.received,
            "paid": self.paid,
            "distinct": len(self.questions),
            "in_flight": self.in_flight,
            "most_in_flight": self.most_in_flight,
            "seconds": self.last - self.first,
            "steady": steady,
            "faults": dict(self.faults),
        }


class Loopback:
    """The server. `seconds` is the time that an answer takes, `share` how many requests go wrong."""

    def __init__(self, seconds: float, share: float, seed: int, keep: Path | None) -> None:
        self.stats = Stats()
        self._seconds = seconds
        self._share = share
        self._random = random.Random(seed)
        self._keep = keep.open("w", encoding="utf-8") if keep is not None else None

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection until it ends."""
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while (head := await _head(reader)) is not None:
                if head.startswith(b"GET"):
                    await _send(writer, 200, json.dumps(self.stats.as_dict()))
                    continue
                length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
                body = await reader.readexactly(int(length[1]) if length else 0)
                if not await self._answer(body, writer):
                    break
        writer.close()

    async def _answer(self, body: bytes, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; false where the connection is to be closed."""
        stats = self.stats
        stats.received += 1
        stats.in_flight += 1
        stats.most_in_flight = max(stats.most_in_flight, stats.in_flight)
        stats.first = stats.first or time.monotonic()
        if self._keep is not None:
            self._keep.write(body.decode() + "\n")
            self._keep.flush()
        try:
            await asyncio.sleep(self._seconds)
            fault = self._random.choice(FAULTS) if self._random.random() < self._share else ""
            if fault:
                stats.faults[fault] += 1
            return await self._sent(fault, body, writer)
        finally:
            stats.in_flight -= 1
            stats.last = time.monotonic()

    async def _sent(self, fault: str, body: bytes, writer: asyncio.StreamWriter) -> bool:
        match fault:
            case "busy":
                await _send(writer, 429, _error("rate_limit_exceeded"), "Retry-After: 0.2\r\n")
            case "broken":
                await _send(writer, 500, _error("server_error"))
            case "reset":
                writer.transport.abort()
                return False
            case "half":
                await _send(writer, 200, completion(json.loads(body)), cut=True)
                return False
            case _:
                self._count(body)
                text = completion(json.loads(body), whole=fault != "half_json")
                await _send(writer, 200, text, drips=_DRIPS if fault == "drip" else 1)
        return True

    def _count(self, body: bytes) -> None:
        self.stats.paid += 1
        self.stats.times.append(time.monotonic())
        self.stats.questions[hashlib.sha256(body).hexdigest()] += 1


async def _head(reader: asyncio.StreamReader) -> bytes | None:
    try:
        return await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None


async def _send(
    writer: asyncio.StreamWriter, status: int, text: str, headers: str = "", *, drips: int = 1, cut: bool = False
) -> None:
    data = text.encode()
    head = f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {len(data)}\r\n{headers}\r\n"
    writer.write(head.encode())
    if cut:
        data = data[: len(data) // 2]
    step = len(data) // drips + 1
    for start in range(0, len(data), step):
        writer.write(data[start : start + step])
        await writer.drain()
        if drips > 1:
            await asyncio.sleep(_DRIP_SECONDS)


def _error(code: str) -> str:
    return json.dumps({"error": {"message": "no", "type": "error", "code": code}})


def completion(body: dict[str, Any], *, whole: bool = True) -> str:
    """The answer of a model that agrees with the rules; `whole` false cuts it in the middle."""
    content = _content(body)
    if not whole:
        content = content[: len(content) // 2]
    asked = len(json.dumps(body["messages"], ensure_ascii=False))
    usage = {"prompt_tokens": asked, "completion_tokens": len(content), "total_tokens": asked + len(content)}
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}
    made = {"id": "1", "object": "chat.completion", "created": 0, "model": body["model"]}
    return json.dumps(made | {"choices": [choice], "usage": usage}, ensure_ascii=False)


def _content(body: dict[str, Any]) -> str:
    asked = body["messages"][1]["content"]
    if "headline" in json.dumps(body.get("response_format")):
        return json.dumps({"headline": "脱贫工作", "summary": "各项工作都有进展。"}, ensure_ascii=False)
    return json.dumps({"n": [[int(number)] for number in dict.fromkeys(_MARK.findall(asked))]})


@dataclass(frozen=True, slots=True)
class Running:
    """A server in a process of its own."""

    url: str

    def stats(self) -> dict[str, Any]:
        """What it has seen and sent."""
        with urlopen(self.url.removesuffix("/v1") + "/stats") as answer:
            return dict(json.loads(answer.read()))


@contextmanager
def running(*, seconds: float = 0.0, faults: float = 0.0, seed: int = 0, keep: Path | None = None) -> Iterator[Running]:
    """Start a server, so that its processor time is not the caller's."""
    command = [sys.executable, "-m", "evals.loopback", "--seconds", str(seconds), "--faults", str(faults)]
    command += ["--seed", str(seed), *(["--keep", str(keep)] if keep is not None else [])]
    root = Path(__file__).resolve().parent.parent
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        try:
            port = int(process.stdout.readline()) if process.stdout else 0
            yield Running(f"http://127.0.0.1:{port}/v1")
        finally:
            process.terminate()


async def _main(options: argparse.Namespace) -> None:
    loopback = Loopback(options.seconds, options.faults, options.seed, options.keep)
    server = await asyncio.start_server(loopback.serve, "127.0.0.1", 0, limit=1 << 22, backlog=1024)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=0.0)
    parser.add_argument("--faults", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path)
    asyncio.run(_main(parser.parse_args()))
