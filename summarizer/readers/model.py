"""A reader that asks a model, and lets rules read what the model does not.

It knows prompts and answers, not the network: it is given whoever can be asked. One instance reads one article.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from pydantic import BaseModel

from schemas.answer import NumberRow, OverviewAnswer, SectionAnswer
from schemas.question import SAME, Question, SectionQuestion
from schemas.reading import CaseReading, MeasureReading, MilestoneReading, NumberReading, Overview, SectionReading
from schemas.report import Dropped, Tokens, Usage
from schemas.vocabulary import ReaderName, SetAsideReason, Topic
from summarizer.errors import EndpointError, RejectedRequestError, SlowError, TruncatedAnswerError
from summarizer.precheck.brief import Brief
from summarizer.readers import asking
from summarizer.readers.pieces import Piece, halves, pieces
from summarizer.readers.protocol import Reader

Answer = TypeVar("Answer", bound=BaseModel)

_TOKENS_PER_NUMBER = 40
"""Of an answer, generously: measured rows take 15 to 25."""

_TOKENS_FOR_TEXTS = 400
"""Of an answer, for measures, milestones and cases."""

_MATTERS = ("status", "place", "period")
"""Fields on which a difference between rules and model is worth a person's look."""


class Model(Protocol):
    """Whoever answers questions."""

    async def ask(self, system: str, user: str, answer_type: type[Answer], context: object) -> tuple[Answer, Usage]:
        """An answer that `context` has sifted, and what it took.

        Raises:
            EndpointError: there is no answer, with `usage` of the failed call; `ends_run` where there will be none.
        """
        ...


class ModelReader:
    """Asks `model` about every number; `fallback` gives the guesses it is shown, and reads what it leaves.

    `usage` and `dropped` are of the article that this instance reads. After `seconds` of it no more is asked.
    """

    name = ReaderName.MODEL

    def __init__(
        self,
        model: Model,
        fallback: Reader,
        *,
        max_tokens: int = 2048,
        seconds: float = 1800.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._model = model
        self._fallback = fallback
        self._most = max(1, (max_tokens - _TOKENS_FOR_TEXTS) // _TOKENS_PER_NUMBER)
        self._seconds = seconds
        self._clock = clock
        self._started: float | None = None
        self._usage = Usage()
        self._dropped: list[Dropped] = []

    @property
    def usage(self) -> Usage:
        """What this article used so far, failed calls included."""
        return self._usage

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        """Texts of the model that were not kept, and why."""
        return tuple(self._dropped)

    async def read(self, brief: Brief, section: int) -> SectionReading:
        guess = await self._fallback.read(brief, section)
        candidates = brief.candidates_of(section)
        if not candidates:
            return guess
        part = brief.parts[section]
        whole = Piece(part.start, part.end, candidates)
        questions = [
            question
            for piece in pieces(brief.text, whole, self._most)
            for question in await self._read_piece(brief, piece, guess)
        ]
        for question in questions:
            self._dropped += question.dropped
        answers = [SectionAnswer.model_validate(question.kept()) for question in questions]
        return _reading(guess, [c.id for c in candidates], answers)

    async def _read_piece(self, brief: Brief, piece: Piece, guess: SectionReading) -> list[SectionQuestion]:
        """The piece's question with what was answered; two questions and more where it had to be halved."""
        question = asking.section_question(brief, piece, guess)
        error = await self._ask(
            asking.section_system(),
            asking.section_prompt(brief, piece, guess, [c.id for c in piece.candidates]),
            SectionAnswer,
            question,
        )
        if isinstance(error, TruncatedAnswerError | RejectedRequestError) and len(piece.candidates) > 1:
            # Too long to answer, or to ask: a shorter piece may do.
            found = [await self._read_piece(brief, half, guess) for half in halves(brief.text, piece)]
            return [question for half in found for question in half]
        return [question]

    async def overview(self, brief: Brief, readings: Sequence[SectionReading]) -> Overview:
        guess = await self._fallback.overview(brief, readings)
        question = asking.overview_question(brief)
        prompt = asking.overview_prompt(brief, readings, guess)
        error = await self._ask(asking.overview_system(), prompt, OverviewAnswer, question)
        self._dropped += question.dropped
        own = {brief.subject.name, brief.subject.prefecture, brief.subject.province}
        return Overview(
            designations=_joined(guess.designations, question.designations, own),
            partners=_joined(guess.partners, question.partners, own),
            headline=question.headline or guess.headline,
            summary=question.summary or guess.summary,
            degraded=error is not None,
        )

    async def _ask(self, system: str, user: str, answer_type: type[Answer], question: Question) -> EndpointError | None:
        """Ask; the question keeps what is right. The error that there is no whole answer for, or None.

        Raises:
            EndpointError: nothing can be read by this endpoint at all.
        """
        if self._started is None:
            self._started = self._clock()
        left = self._started + self._seconds - self._clock()
        try:
            if left <= 0:
                raise SlowError("the time for this article is over")
            async with asyncio.timeout(left):
                _, usage = await self._model.ask(system, user, answer_type, question)
        except TimeoutError:
            return SlowError("the time for this article is over")
        except EndpointError as error:
            self._count(error.usage)
            if error.ends_run:
                raise
            return error
        self._count(usage)
        return None

    def _count(self, used: Usage) -> None:
        before = self._usage
        tokens = {name: getattr(before.tokens, name) + getattr(used.tokens, name) for name in Tokens.model_fields}
        self._usage = Usage(
            calls=before.calls + used.calls, attempts=before.attempts + used.attempts, tokens=Tokens(**tokens)
        )


def _reading(guess: SectionReading, ids: Sequence[int], answers: Sequence[SectionAnswer]) -> SectionReading:
    """What the model said, with the rules' answer wherever it said nothing that holds."""
    guesses = {number.id: number for number in guess.numbers}
    rows = {row.id: row for answer in answers for row in answer.n}
    reasons = {row.id: row.reason for answer in answers for row in answer.x}
    topics = {row.id: row.topic for answer in answers for row in answer.k}
    numbers = []
    for id in ids:
        if id in reasons:
            numbers.append(_set_aside(id, reasons[id], guesses.get(id)))
        elif id in rows:
            numbers.append(_number(rows[id], topics.get(id), guesses.get(id), guess.topic))
        elif id in guesses:
            numbers.append(guesses[id])
    measures = [
        MeasureReading(topic=m.topic, title=m.title, summary=m.summary, status=m.status, numbers=m.ids, quote=m.quote)
        for answer in answers
        for m in answer.m
    ]
    return SectionReading(
        section=guess.section,
        topic=guess.topic,
        numbers=tuple(numbers),
        measures=tuple(measures) or guess.measures,
        milestones=_milestones(guess, answers),
        cases=_cases(guess, answers),
        degraded=any(id not in reasons and id not in rows for id in ids),
    )


def _set_aside(id: int, reason: SetAsideReason, guess: NumberReading | None) -> NumberReading:
    disagreed = ("set_aside",) if guess and not guess.set_aside else ()
    return NumberReading(id=id, set_aside=reason, read_by=ReaderName.MODEL, disagreed=disagreed)


def _number(row: NumberRow, topic: Topic | None, guess: NumberReading | None, section: Topic) -> NumberReading:
    base = guess or NumberReading(id=row.id, topic=section)
    read = NumberReading(
        id=row.id,
        label=base.label if row.label == SAME else row.label,
        topic=topic or base.topic,
        indicator=row.indicator,
        place=base.place if row.place == SAME else row.place or None,
        status=row.status,
        period=base.period if row.period == SAME else row.period or None,
        read_by=ReaderName.MODEL,
    )
    if guess is None:
        return read
    if guess.set_aside:
        return read.replace(disagreed=("set_aside",))
    return read.replace(disagreed=tuple(f for f in _MATTERS if getattr(read, f) != getattr(guess, f)))


def _milestones(guess: SectionReading, answers: Sequence[SectionAnswer]) -> tuple[MilestoneReading, ...]:
    """The rules' milestones, and those that only the model saw."""
    found = {(m.date, m.event): m for m in guess.milestones}
    for m in (m for answer in answers for m in answer.d):
        found.setdefault(
            (m.date, m.event), MilestoneReading(date=m.date, event=m.event, place=m.place or None, quote=m.quote)
        )
    return tuple(found.values())


def _cases(guess: SectionReading, answers: Sequence[SectionAnswer]) -> tuple[CaseReading, ...]:
    """The model's cases, and those that only the rules saw."""
    found: dict[str, CaseReading] = {}
    for c in (c for answer in answers for c in answer.c):
        case = CaseReading(person=c.person, place=c.place or None, summary=c.summary, numbers=c.ids, quote=c.quote)
        found.setdefault(c.person, case)
    for case in guess.cases:
        found.setdefault(case.person, case)
    return tuple(found.values())


def _joined(rules: Sequence[str], model: Sequence[str], own: set[str | None]) -> tuple[str, ...]:
    """Names that the rules found, then those that only the model did; the subject is no name of another."""
    return tuple(dict.fromkeys((*rules, *(name for name in model if name not in own))))
