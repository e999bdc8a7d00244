"""The rows of a ledger as its readers see them."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from schemas.outcome import Outcome
from schemas.report import Tokens


@dataclass(frozen=True, slots=True)
class InputRow:
    """One path, or one row of a table. `content` is null where nothing could be read.

    `duplicate_of` is the name of the first input with the same content and fingerprint; null where it is this one.
    """

    id: int
    name: str
    report: PurePosixPath
    run: int
    content: str | None
    fingerprint: str
    duplicate_of: str | None


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """What reading one content with one fingerprint gave; an article's history has one for each fingerprint."""

    content: str
    fingerprint: str
    run: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Kept:
    """A reading in few words: reported, skipped or failed, why, how many facts, and the name it was read under."""

    kind: str
    reason: str | None
    facts: int
    degraded: int
    name: str


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One input and what became of it; null where it was begun and not finished.

    `report` is the path of its report below the output folder; null where it has none.
    """

    id: int
    name: str
    content: str | None
    fingerprint: str
    report: PurePosixPath | None
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """One response of a model, and what it took; `key` is that of the kept answer, `at` UTC in ISO form."""

    run: int
    at: str
    content: str | None
    key: str
    tokens: Tokens
    cost: Decimal | None


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run; `finished` and `exit_code` are null where it was killed, or still runs. Times are UTC in ISO form."""

    id: int
    started: str
    finished: str | None
    exit_code: int | None
    version: str
    settings: dict[str, Any]
    selection: dict[str, Any]
