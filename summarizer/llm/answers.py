"""Answers kept on disk: what was asked before is not asked, and not paid, again.

A response is kept as it came, so that today's validators judge it, and the same re-asks follow from it. Its key is made
of all that it may depend on: endpoint, model, messages, the schema asked for, parameters, and the validators' own
fingerprint. The form that an endpoint takes is not part of it: it is found out, and the answer has the same shape.
"""

import hashlib
import json
import logging
import sqlite3
from collections.abc import Mapping
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from openai.types.chat import ChatCompletion
from pydantic import ValidationError
from pydantic_core import PydanticSerializationError

log = logging.getLogger("summarizer.llm")

FILE = "answers.sqlite"

_TABLE = "CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, digest TEXT NOT NULL, response TEXT NOT NULL)"

_WHOLE = frozenset({"stop", "length", "tool_calls", "function_call"})
"""Ways in which a model ends of itself or at our own limit; asked again it would end so again."""


def key_of(place: str, validators: str, asked: Mapping[str, Any]) -> str:
    """The key of a request; nothing can be read from it."""
    return _digest(json.dumps([place, validators, asked], sort_keys=True))


class Answers(Protocol):
    """Where answers are kept."""

    def get(self, key: str) -> ChatCompletion | None:
        """The answer kept under this key, whole and untouched, or None."""
        ...

    def put(self, key: str, response: ChatCompletion) -> None:
        """Keep an answer, where it is one."""
        ...

    def text(self, key: str) -> str | None:
        """The answer kept under this key as text, to be kept elsewhere, or None."""
        ...

    def restore(self, key: str, text: str) -> None:
        """Keep what `text` gave elsewhere."""
        ...


class NoAnswers:
    """Keeps nothing."""

    def get(self, _key: str) -> ChatCompletion | None:
        """Nothing."""
        return None

    def put(self, _key: str, _response: ChatCompletion) -> None:
        """Nothing."""

    def text(self, _key: str) -> str | None:
        """Nothing."""
        return None

    def restore(self, _key: str, _text: str) -> None:
        """Nothing."""


class KeptAnswers:
    """Answers in a SQLite file. Several runs may share it; one that cannot be used costs a warning and no article."""

    def __init__(self, folder: Path, secret: str | None) -> None:
        self._secret = secret
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / FILE
        try:
            self._open()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            # Not a database any more: what it held is asked again.
            log.warning("%s is damaged (%s) and begun anew", self._path, error)
            self._path.unlink()
            self._open()

    def _open(self) -> None:
        # For their owner alone: answers quote articles, and the folder may be open to others.
        self._path.touch(mode=0o600)
        with closing(sqlite3.connect(self._path)) as made:
            # Readers and a writer of another process do not wait for each other.
            made.execute("PRAGMA journal_mode=WAL")
            made.execute(_TABLE)
            made.commit()
        self._kept = sqlite3.connect(self._path, timeout=10, isolation_level=None)
        self._kept.execute("PRAGMA synchronous=NORMAL")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._kept.close()

    def text(self, key: str) -> str | None:
        try:
            row = self._kept.execute("SELECT digest, response FROM answers WHERE key = ?", (key,)).fetchone()
        except sqlite3.DatabaseError as error:
            log.warning("%s cannot be read: %s", self._path, error)
            return None
        return None if row is None or row[0] != _digest(str(row[1])) else str(row[1])

    def get(self, key: str) -> ChatCompletion | None:
        text = self.text(key)
        if text is None:
            return None
        try:
            return ChatCompletion.model_validate_json(text)
        except ValidationError:
            # Written by a version of the SDK that knew other fields.
            return None

    def put(self, key: str, response: ChatCompletion) -> None:
        try:
            text = response.model_dump_json(exclude_none=True)
        except PydanticSerializationError:
            # A name or an id with half a character in it.
            return
        if _is_an_answer(response) and not (self._secret and self._secret in text):
            self.restore(key, text)

    def restore(self, key: str, text: str) -> None:
        try:
            self._kept.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", (key, _digest(text), text))
        except sqlite3.DatabaseError as error:
            log.warning("%s cannot be written: %s", self._path, error)


def open_answers(folder: Path | None, secret: str | None) -> AbstractContextManager[Answers]:
    """The answers kept in a folder; none where it is None, or where it cannot be used, with a warning.

    A response that echoes `secret` is not kept.
    """
    if folder is None:
        return nullcontext(NoAnswers())
    try:
        return KeptAnswers(folder, secret)
    except (OSError, sqlite3.Error) as error:
        log.warning("answers are not kept in %s: %s", folder, error)
        return nullcontext(NoAnswers())


def _is_an_answer(response: ChatCompletion) -> bool:
    choice = response.choices[0]
    return choice.finish_reason in _WHOLE and bool(choice.message.content or choice.message.tool_calls)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
