"""The model alone: the same questions, candidates and checks, without the rules' guesses.

What rules would fill in stays open: a number that the model says nothing of counts as not found, and a slot that it
leaves empty stays empty. Sections, candidates and time phrases are prechecks, which every reader has.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

import prompts
from evals.gold import Sample
from evals.recordings.store import Recordings
from schemas.outcome import Outcome
from schemas.question import SectionQuestion
from schemas.reading import NumberReading, Overview, SectionReading
from schemas.report import Usage
from schemas.vocabulary import ReaderName
from summarizer.errors import NonsenseError
from summarizer.pipeline import Options, ReaderInfo, Source, read
from summarizer.precheck.brief import Brief
from summarizer.readers.asking import code_lists
from summarizer.readers.model import Model, ModelReader
from summarizer.readers.rules import RuleReader
from summarizer.settings import Settings

FOLDER = Path(__file__).parent / "alone"

_GUESSES, _ORDER = "\n猜测：\n", "\n请回答编号"

Answer = TypeVar("Answer", bound=BaseModel)


@cache
def _prompt() -> prompts.Prompt:
    return prompts.parse("alone", Path(__file__).with_name("alone.md").read_text("utf-8"))


def recordings(model: str) -> Recordings:
    """Answers of a model that was shown no guesses."""
    return Recordings(model, FOLDER, section_prompt=prompts.fingerprint(_system(), _prompt().user.text))


@cache
def _system() -> str:
    return _prompt().system.render(**code_lists())


class Alone:
    """Asks another model, or its recording, the questions of an article without the guesses that they show."""

    def __init__(self, asked: Model) -> None:
        self._asked = asked

    async def ask(self, system: str, user: str, answer_type: type[Answer], context: object) -> tuple[Answer, Usage]:
        """An answer about a section. Of the whole article nothing is asked: its fields are not compared."""
        del system
        if not isinstance(context, SectionQuestion):
            raise NonsenseError("not asked")
        context.guesses = {}
        # The article's own text stands before both marks.
        before, after = user[: user.rindex(_GUESSES)], user[user.rindex(_ORDER) :]
        question = _prompt().user.render(question=before + after)
        return await self._asked.ask(_system(), question, answer_type, context)


class _Blank:
    """In the place of the rules: knows that there are numbers, and a section's topic, which is a precheck."""

    name = ReaderName.RULES

    def __init__(self) -> None:
        self._rules = RuleReader()

    async def read(self, brief: Brief, section: int) -> SectionReading:
        """Every number without a meaning."""
        topic = (await self._rules.read(brief, section)).topic
        numbers = tuple(NumberReading(id=c.id, topic=topic) for c in brief.candidates_of(section))
        return SectionReading(section=section, topic=topic, numbers=numbers)

    async def overview(self, brief: Brief, readings: Sequence[SectionReading]) -> Overview:
        """Nothing."""
        del brief, readings
        return Overview()


class _OnlySaid:
    """A model reader whose sections keep the numbers that the model said something of; the others stay unread."""

    name = ReaderName.MODEL

    def __init__(self, reader: ModelReader) -> None:
        self._reader = reader

    async def read(self, brief: Brief, section: int) -> SectionReading:
        """What the model said."""
        reading = await self._reader.read(brief, section)
        return reading.replace(numbers=tuple(n for n in reading.numbers if n.read_by is ReaderName.MODEL))

    async def overview(self, brief: Brief, readings: Sequence[SectionReading]) -> Overview:
        """Nothing, as `Alone` says."""
        return await self._reader.overview(brief, readings)


async def by_model_alone(sample: Sample, settings: Settings, asked: Model) -> Outcome:
    """What the model alone makes of a sample: the facts of its report are those that it said something of."""
    reader = ModelReader(
        Alone(asked),
        _Blank(),
        max_tokens=settings.max_tokens,
        section_chars=settings.section_chars,
        seconds=settings.article_timeout,
    )
    options = Options(section_chars=settings.section_chars, force=settings.force)
    info = ReaderInfo(settings.model, usage=lambda: reader.usage, dropped=lambda: reader.dropped)
    content = sample.source if isinstance(sample.source, str) else sample.source.read_bytes()
    return await read(Source(content, sample.name), _OnlySaid(reader), options, info)
