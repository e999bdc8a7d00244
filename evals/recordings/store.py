"""Files of recorded answers, and a model that gives them again."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from schemas.question import Guess, OverviewQuestion, SectionQuestion
from schemas.report import Tokens, Usage
from summarizer.errors import EndpointError, NonsenseError, TruncatedAnswerError, WithheldAnswerError
from summarizer.readers.asking import overview_fingerprint, section_fingerprint

FOLDER = Path(__file__).parent

_UNFINISHED = ".unfinished"

Answer = TypeVar("Answer", bound=BaseModel)


class MissingRecordingError(LookupError):
    """A question was never recorded with this model and these prompts; the message has the command that does it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply of a model, as it came, and the seconds that it took on the machine that recorded it."""

    content: str
    finish: str
    input: int
    cached: int
    output: int
    seconds: float | None = None

    @property
    def usage(self) -> Usage:
        """What the reply took."""
        return Usage(
            calls=1,
            attempts=1,
            tokens=Tokens(input=self.input, cached=self.cached, output=self.output),
        )


@dataclass(frozen=True, slots=True)
class Recording:
    """What a model replied, and the rules' guesses that it was shown: it may only have said that one is right."""

    replies: list[Reply]
    guesses: Mapping[int, Guess]


def guesses_of(question: object) -> Mapping[int, Guess]:
    """The guesses that a question shows."""
    return question.guesses if isinstance(question, SectionQuestion) else {}


def asked_of(answer_type: type[BaseModel], question: object, section_prompt: str = "") -> dict[str, Any]:
    """What a recording is of: the prompts, the kind of answer, the text, and its numbers.

    `section_prompt` is the fingerprint of the prompt for sections where it is not this tool's.
    """
    if not isinstance(question, SectionQuestion | OverviewQuestion):
        raise TypeError(f"{type(question).__name__} is no question about an article")
    section_prompt = section_prompt or section_fingerprint()
    prompt = section_prompt if isinstance(question, SectionQuestion) else overview_fingerprint()
    return {
        "prompt": prompt,
        "kind": answer_type.__name__,
        "text": question.text,
        "numbers": {str(id): mention for id, mention in question.mentions.items()},
    }


class Recordings:
    """The recordings of one model; those that are being made stand apart until they are complete."""

    def __init__(self, model: str, folder: Path = FOLDER, *, section_prompt: str = "") -> None:
        self.model = model
        self.section_prompt = section_prompt
        self.folder = folder / re.sub(r"[^\w.-]+", "_", model)
        self._unfinished = self.folder.with_name(self.folder.name + _UNFINISHED)
        self.used: set[str] = set()

    def load(self, asked: dict[str, Any]) -> Recording | None:
        """The replies to a question with the guesses that it showed, or None."""
        name = _name(asked)
        for path in (self._unfinished / name, self.folder / name):
            if path.is_file():
                self.used.add(name)
                content = json.loads(path.read_text("utf-8"))
                guesses = {int(id): tuple(guess) for id, guess in content["guesses"].items()}
                return Recording([Reply(**reply) for reply in content["replies"]], guesses)
        return None

    def save(self, asked: dict[str, Any], recording: Recording) -> None:
        """Write the replies to a question; the file appears whole or not."""
        path = self._unfinished / _name(asked)
        path.parent.mkdir(parents=True, exist_ok=True)
        guesses = {str(id): guess for id, guess in recording.guesses.items()}
        replies = [asdict(reply) for reply in recording.replies]
        content = {"model": self.model, **asked, "guesses": guesses, "replies": replies}
        part = path.with_suffix(".part")
        part.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
        part.replace(path)
        self.used.add(path.name)

    def finish(self, *, prune: bool = True) -> int:
        """Put what was recorded into its place; how many files were removed.

        `prune` removes what nothing asked for: where everything was asked, nothing asks for it any more.
        """
        self.folder.mkdir(exist_ok=True)
        for path in self._unfinished.glob("*.json"):
            path.replace(self.folder / path.name)
        if self._unfinished.exists():
            self._unfinished.rmdir()
        unused = [path for path in self.folder.glob("*.json") if path.name not in self.used] if prune else []
        for path in unused:
            path.unlink()
        return len(unused)


def _name(asked: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:16] + ".json"


class Recorded:
    """A model that answers as it did when it was recorded. Its replies are judged by the validators of today.

    `seconds` is what the recorded replies took that were used so far.
    """

    def __init__(self, recordings: Recordings) -> None:
        self._recordings = recordings
        self.seconds = 0.0

    async def ask(self, system: str, user: str, answer_type: type[Answer], context: object) -> tuple[Answer, Usage]:
        """The first of the recorded replies that is right.

        Raises:
            EndpointError: none is, as when it was recorded or by a validator of today.
            MissingRecordingError: the question was never recorded.
        """
        del system, user  # A recording is found by what it is about, and not by the rules' guesses about that.
        asked = asked_of(answer_type, context, self._recordings.section_prompt)
        recording = self._recordings.load(asked)
        if recording is None:
            raise MissingRecordingError(
                f"{self._recordings.model} was not recorded with these prompts on “{asked['text'][:20]}…”; "
                f"record it: ./run record BASE_URL {self._recordings.model}"
            )
        self.seconds += sum(reply.seconds or 0.0 for reply in recording.replies)
        return replay(recording, answer_type, context)


def replay(recording: Recording, answer_type: type[Answer], context: object) -> tuple[Answer, Usage]:
    """The first right answer of these replies, and what they took until then.

    A guess that the model found right is the one that it was shown, whatever rules guess today.

    Raises:
        EndpointError: there is none, with `usage`.
    """
    from summarizer.llm.replies import bare_json  # noqa: PLC0415  (loads the SDKs, which rules do not need)

    if isinstance(context, SectionQuestion):
        context.guesses = recording.guesses
    usage = Usage()
    kind: type[EndpointError] = NonsenseError
    for reply in recording.replies:
        usage = usage.plus(reply.usage)
        if reply.finish != "stop":
            kind = TruncatedAnswerError if reply.finish == "length" else WithheldAnswerError
            break
        try:
            return answer_type.model_validate_json(bare_json(reply.content), context=context), usage
        except ValidationError:
            continue
    error = kind("recorded")
    error.usage = usage
    raise error


def recorded_models(folder: Path = FOLDER) -> Iterator[str]:
    """Names of the models whose recording is complete."""
    for found in sorted(path for path in folder.iterdir() if path.is_dir() and path.suffix != _UNFINISHED):
        first = next(iter(sorted(found.glob("*.json"))), None)
        if first is not None:
            yield str(json.loads(first.read_text("utf-8"))["model"])
