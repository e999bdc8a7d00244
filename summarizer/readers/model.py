"""A reader that asks a model, and lets rules read what the model does not.

It knows prompts and answers, not the network: it is given whoever can be asked. One instance reads one article.
"""

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Protocol, TypeVar

from pydantic import BaseModel

from schemas.answer import CaseAnswer, MeasureAnswer, MilestoneAnswer, NumberRow, OverviewAnswer, SectionAnswer
from schemas.question import SAME, Question, SectionQuestion
from schemas.reading import CaseReading, MeasureReading, MilestoneReading, NumberReading, Overview, SectionReading
from schemas.report import Dropped, Usage
from schemas.vocabulary import ReaderName, SetAsideReason, Topic
from summarizer.errors import BudgetError, EndpointError, RejectedRequestError, SlowError, TruncatedAnswerError
from summarizer.precheck.brief import Brief
from summarizer.precheck.candidate import Part
from summarizer.readers import asking
from summarizer.readers.pieces import Piece, groups, halves, pieces
from summarizer.readers.protocol import Reader

Answer = TypeVar("Answer", bound=BaseModel)

_TOKENS_PER_NUMBER = 40
"""Of an answer, generously: measured rows take 15 to 25."""

_TOKENS_FOR_TEXTS = 400
"""Of an answer, for measures, milestones and cases."""

_MATTERS = ("status", "place", "period")
"""Fields on which a difference between rules and model is worth a person's look."""


def _no_doubt(_brief: Brief, _sentence: str) -> str | None:
    """Believes what a sentence claims."""
    return None


class Model(Protocol):
    """Whoever answers questions."""

    async def ask(self, system: str, user: str, answer_type: type[Answer], context: object) -> tuple[Answer, Usage]:
        """An answer that `context` has sifted, and what it took.

        Raises:
            EndpointError: there is no answer, with `usage` of the failed call; `ends_run` where there will be none.
            BudgetError: the run may not ask any more.
            CancelledError: from outside; its arguments are the usage until then.
        """
        ...


class ModelReader:
    """Asks `model` about every number; `fallback` gives the guesses it is shown, and reads what it leaves.

    `doubt` says what a sentence claims that the article does not bear out; one that fails is asked for once more.
    `usage` and `dropped` are of the article that this instance reads. After `seconds` of it no more is asked.
    """

    name = ReaderName.MODEL

    def __init__(
        self,
        model: Model,
        fallback: Reader,
        *,
        max_tokens: int = 2048,
        section_chars: int = 1200,
        seconds: float = 1800.0,
        clock: Callable[[], float] = time.monotonic,
        doubt: Callable[[Brief, str], str | None] = _no_doubt,
    ) -> None:
        self._model = model
        self._fallback = fallback
        self._chars = section_chars
        self._most = max(1, (max_tokens - _TOKENS_FOR_TEXTS) // _TOKENS_PER_NUMBER)
        self._seconds = seconds
        self._clock = clock
        self._doubt = doubt
        self._started: float | None = None
        self._usage = Usage()
        self._dropped: list[Dropped] = []
        self._guesses: dict[int, SectionReading] = {}
        self._groups: dict[int, asyncio.Task[list[SectionAnswer]]] = {}

    @property
    def usage(self) -> Usage:
        """What this article used so far, failed calls included."""
        return self._usage

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        """Texts of the model that were not kept, and why."""
        return tuple(self._dropped)

    async def read(self, brief: Brief, section: int) -> SectionReading:
        guess = await self._guess(brief, section)
        group = groups(brief, self._chars, self._most).get(section)
        if group is None:
            return guess
        if group[0] not in self._groups:
            # Whichever section is read first asks for its neighbours too; the others wait for the same answer.
            self._groups[group[0]] = asyncio.create_task(self._read_group(brief, group))
        answers = await self._groups[group[0]]
        parts = [brief.parts[index] for index in group]
        mine = [_share(answer, brief, parts, section) for answer in answers]
        return _reading(guess, [c.id for c in brief.candidates_of(section)], mine)

    async def _guess(self, brief: Brief, section: int) -> SectionReading:
        if section not in self._guesses:
            self._guesses[section] = await self._fallback.read(brief, section)
        return self._guesses[section]

    async def _read_group(self, brief: Brief, group: Sequence[int]) -> list[SectionAnswer]:
        """What the model answers rightly about these sections."""
        guesses = [await self._guess(brief, section) for section in group]
        candidates = tuple(c for section in group for c in brief.candidates_of(section))
        whole = Piece(brief.parts[group[0]].start, brief.parts[group[-1]].end, candidates)
        questions = [
            question
            for piece in pieces(brief.text, whole, self._most)
            for question in await self._read_piece(brief, piece, guesses)
        ]
        for question in questions:
            self._dropped += question.dropped
        return [SectionAnswer.model_validate(question.kept()) for question in questions]

    async def _read_piece(self, brief: Brief, piece: Piece, guesses: Sequence[SectionReading]) -> list[SectionQuestion]:
        """The piece's question with what was answered; two questions and more where it had to be halved."""
        question = asking.section_question(brief, piece, guesses, partial(self._doubt, brief))
        prompt = asking.section_prompt(brief, piece, guesses)
        error = await self._ask(asking.section_system(), prompt, SectionAnswer, question)
        too_long = isinstance(error, TruncatedAnswerError | RejectedRequestError)
        if too_long and question.missing and len(piece.candidates) > 1:
            # To answer, or to ask: a shorter piece may do.
            found = [await self._read_piece(brief, half, guesses) for half in halves(brief.text, piece)]
            return [question for half in found for question in half]
        return [question]

    async def overview(self, brief: Brief, readings: Sequence[SectionReading]) -> Overview:
        guess = await self._fallback.overview(brief, readings)
        question = asking.overview_question(brief, partial(self._doubt, brief))
        prompt = asking.overview_prompt(brief, readings, guess)
        error = await self._ask(asking.overview_system(), prompt, OverviewAnswer, question)
        self._dropped += question.dropped
        own = {brief.subject.name, brief.subject.prefecture, brief.subject.province}
        return Overview(
            designations=_joined(guess.designations, question.designations, own),
            partners=_joined(guess.partners, (n for n in question.partners if not _holds(n, brief)), own),
            headline=question.headline or guess.headline,
            summary=question.summary or guess.summary,
            # A further question about a sentence may fail: the answer before it stands.
            degraded=error is not None and not question.answered,
        )

    async def _ask(self, system: str, user: str, answer_type: type[Answer], question: Question) -> EndpointError | None:
        """Ask; the question keeps what is right. The error that there is no whole answer for, or None.

        Raises:
            EndpointError: nothing can be read by this endpoint at all, or the run's budget is spent.
        """
        if self._started is None:
            self._started = self._clock()
        left = self._started + self._seconds - self._clock()
        try:
            if left <= 0:
                raise SlowError("the time for this article is over")
            async with asyncio.timeout(left):
                _, usage = await self._model.ask(system, user, answer_type, question)
        except (TimeoutError, asyncio.CancelledError) as error:
            for used in (error.__cause__ or error).args:
                # Whoever cancels may leave words there instead.
                if isinstance(used, Usage):
                    self._count(used)
            if isinstance(error, asyncio.CancelledError):
                raise
            return SlowError("the time for this article is over")
        except EndpointError as error:
            self._count(error.usage)
            if error.ends_run or isinstance(error, BudgetError):
                raise
            return error
        self._count(usage)
        return None

    def _count(self, used: Usage) -> None:
        self._usage = self._usage.plus(used)


def _share(answer: SectionAnswer, brief: Brief, parts: Sequence[Part], section: int) -> SectionAnswer:
    """The part of an answer that is about one section: its numbers, and the texts whose quotes stand in it."""
    ids = {c.id for c in brief.candidates_of(section)}

    def here(item: MeasureAnswer | MilestoneAnswer | CaseAnswer) -> bool:
        homes = [p.index for p in parts if item.quote in brief.text[p.start : p.end]]
        named = set(getattr(item, "ids", ()))
        # A quote that stands in several sections (年初) belongs where the figures of its sentence are.
        own = [i for i in homes if named & {c.id for c in brief.candidates_of(i)}]
        return section in (own or homes)[:1]

    return SectionAnswer(
        n=[row for row in answer.n if row.id in ids],
        x=[row for row in answer.x if row.id in ids],
        k=[row for row in answer.k if row.id in ids],
        m=[item for item in answer.m if here(item)],
        d=[item for item in answer.d if here(item)],
        c=[item for item in answer.c if here(item)],
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
        measures=_measures(guess, measures),
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


def _measures(guess: SectionReading, told: Sequence[MeasureReading]) -> tuple[MeasureReading, ...]:
    """The model's measures, and the rules' of those topics that it tells nothing of, or nothing that holds."""
    topics = {measure.topic for measure in told}
    return (*told, *(measure for measure in guess.measures if measure.topic not in topics))


def _milestones(guess: SectionReading, answers: Sequence[SectionAnswer]) -> tuple[MilestoneReading, ...]:
    """The rules' milestones, and those that only the model saw.

    Several places may have the same event on one date (五个县摘帽), and rules tell them apart; a model that repeats one
    of them with a place of its own says nothing new.
    """
    known = {(m.date, m.event) for m in guess.milestones}
    own: dict[tuple[str, str, str], MilestoneReading] = {}
    for m in (m for answer in answers for m in answer.d if (m.date, m.event) not in known):
        milestone = MilestoneReading(date=m.date, event=m.event, place=m.place or None, quote=m.quote)
        own.setdefault((m.date, m.event, m.place), milestone)
    return (*guess.milestones, *own.values())


def _cases(guess: SectionReading, answers: Sequence[SectionAnswer]) -> tuple[CaseReading, ...]:
    """The model's cases, and those that only the rules saw."""
    found: dict[str, CaseReading] = {}
    for c in (c for answer in answers for c in answer.c):
        case = CaseReading(person=c.person, place=c.place or None, summary=c.summary, numbers=c.ids, quote=c.quote)
        found.setdefault(c.person, case)
    for case in guess.cases:
        found.setdefault(case.person, case)
    return tuple(found.values())


def _joined(rules: Sequence[str], model: Iterable[str], own: set[str | None]) -> tuple[str, ...]:
    """Names that the rules found, then those that only the model did; the subject is no name of another.

    A model copies an enumeration as one name (国家扶贫开发工作重点县、革命老区).
    """
    names = (name for joined in model for name in joined.split("、"))
    return tuple(dict.fromkeys((*rules, *(name for name in names if name and name not in own))))


def _holds(name: str, brief: Brief) -> bool:
    """Whether the subject lies in this place, as the article says (墨玉县喀尔赛镇): no helper comes from there."""
    return bool(brief.subject.name) and f"{name}{brief.subject.name}" in brief.text
