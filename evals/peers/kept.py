"""Peers' answers on disk: `answers/MODEL/PEER/SAMPLE.json`, as they came, with what the peer made of them."""

import json
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "answers"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One reply of the endpoint: its text, how it ended, the tokens that the endpoint counted, and seconds."""

    content: str
    finish: str
    input: int
    output: int
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class PeerFact:
    """One fact as a peer returned it. `span` is where it places the fact in the text, where it does."""

    value: str
    unit: str
    label: str
    topic: str
    quote: str
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class PeerAnswer:
    """What a peer made of one text; `error` says why there is nothing, where it gave up."""

    text: str
    exchanges: tuple[Exchange, ...]
    facts: tuple[PeerFact, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class PeerAnswers:
    """The answers of one peer with one model."""

    model: str
    peer: str
    folder: Path = field(default=FOLDER)

    def any(self) -> bool:
        """Whether there is an answer to any sample."""
        return self._path("").parent.is_dir()

    def load(self, sample: str, text: str) -> PeerAnswer | None:
        """The answer for a sample, or None where there is none for this text."""
        path = self._path(sample)
        if not path.is_file():
            return None
        content: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if content["text"] != text:
            return None
        return PeerAnswer(
            text=text,
            exchanges=tuple(Exchange(**exchange) for exchange in content["exchanges"]),
            facts=tuple(_fact(fact) for fact in content["facts"]),
            error=content["error"],
        )

    def save(self, sample: str, answer: PeerAnswer) -> None:
        """Write the answer for a sample; the file appears whole or not."""
        path = self._path(sample)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_text(json.dumps(asdict(answer), ensure_ascii=False, indent=1) + "\n", "utf-8")
        part.replace(path)

    def _path(self, sample: str) -> Path:
        return self.folder / re.sub(r"[^\w.-]+", "_", self.model) / self.peer / f"{sample}.json"


def _fact(kept: dict[str, Any]) -> PeerFact:
    span = kept.pop("span")
    return PeerFact(**kept, span=None if span is None else (span[0], span[1]))
