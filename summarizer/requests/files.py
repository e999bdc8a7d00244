"""Files of the OpenAI Batch format: requests in parts of the size that an endpoint takes, and what it sends back."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from summarizer.errors import ExportError

URL = "/v1/chat/completions"


class Parts:
    """Writes requests to `requests-0001.jsonl` and so on; the files appear when all are written, or none does."""

    def __init__(self, folder: Path, most: int, n_bytes: int) -> None:
        self._folder = folder
        self._most = most
        self._n_bytes = n_bytes
        self._file: TextIO | None = None
        self._seen: set[bytes] = set()
        self._held = self._size = 0
        self.paths: list[Path] = []

    @property
    def count(self) -> int:
        """How many requests were written."""
        return len(self._seen)

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        if found := sorted(self._folder.glob("requests-*.jsonl")):
            raise ExportError(
                f"{found[0]} is there already", hint="give an empty folder: what was sent is not mixed up"
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()
        for path in self.paths:
            if kind is None:
                _part(path).replace(path)
            else:
                _part(path).unlink(missing_ok=True)

    def add(self, key: str, body: dict[str, Any]) -> None:
        """Write a request, once."""
        digest = bytes.fromhex(key)[:16]
        if digest in self._seen:
            return
        self._seen.add(digest)
        request = {"custom_id": key, "method": "POST", "url": URL, "body": body}
        line = json.dumps(request, ensure_ascii=False) + "\n"
        size = len(line.encode("utf-8"))
        if size > self._n_bytes:
            raise ExportError(f"a request has {size:,} bytes, and a file may have {self._n_bytes:,}", hint="allow more")
        if self._file is None or self._held == self._most or self._size + size > self._n_bytes:
            self._next()
        assert self._file is not None
        self._file.write(line)
        self._held += 1
        self._size += size

    def _next(self) -> None:
        if self._file is not None:
            self._file.close()
        path = self._folder / f"requests-{len(self.paths) + 1:04d}.jsonl"
        self.paths.append(path)
        self._file = _part(path).open("w", encoding="utf-8", newline="\n")
        self._held = self._size = 0


def _part(path: Path) -> Path:
    return path.with_name(path.name + ".part")


@dataclass(frozen=True, slots=True)
class Returned:
    """A line that came back: the request's id with the endpoint's answer, or `error`, why there is none."""

    id: Any
    body: Any
    error: str | None = None


def returned(path: Path) -> Iterator[Returned]:
    """Every line of an output file, or of an error file."""
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        for line in file:
            if line.strip():
                yield _returned(line)


def _returned(line: str) -> Returned:
    try:
        found = json.loads(line)
        id, response, error = found["custom_id"], found.get("response"), found.get("error")
        if response is not None and response["status_code"] == 200:
            return Returned(id, response["body"])
        if response is not None:
            said = (response.get("body") or {}).get("error") or {}
            return Returned(id, None, f"{response['status_code']} {said.get('code') or ''}".strip())
        return Returned(id, None, str((error or {}).get("code") or "no response"))
    except (ValueError, KeyError, TypeError, AttributeError):
        return Returned(None, None, "no line of a batch")
