"""Many articles: loaded one after the other, claimed in the ledger, read several at a time, and kept one by one."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from schemas.outcome import Failed, Outcome, Reported, Skipped
from summarizer.batch.fingerprint import Fingerprints
from summarizer.errors import LedgerError
from summarizer.exports import write_atomically
from summarizer.inputs import Input, Selection
from summarizer.ledger import Claim, Fate, Kept, Met, Writer, duplicate, place_of
from summarizer.loading import digest, load

reading: ContextVar[str | None] = ContextVar("reading", default=None)
"""The content that is being read, for whoever hears of a response to it."""


@dataclass(frozen=True, slots=True)
class Job:
    """One article to be read: its content, what it is called, and what the user knows of it."""

    content: bytes | str
    name: str
    subject: str | None
    year: int | None


Content = bytes | str | Skipped | Failed
"""What an input holds, or the outcome in its place."""

Read = Callable[[Job], Awaitable[Outcome]]
"""Who reads: a Summarizer of this process, or one elsewhere."""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one input in this run; `kept` is set where an earlier run had read it."""

    name: str
    report: PurePosixPath
    load: Callable[[], Outcome]
    kept: Kept | None = None


@dataclass(frozen=True, slots=True)
class _Task:
    job: Job
    met: Met
    claim: Claim


class Batch:
    """One run over many inputs. The ledger is written by this object alone, in the event loop's thread.

    Args:
        ledger: of the output folder, begun for this run.
        fingerprints: of the run's settings.
        read: who reads an article.
        done: is told of every input that has its outcome.
        again: inputs are read although they were read before.
    """

    def __init__(
        self,
        ledger: Writer,
        fingerprints: Fingerprints,
        read: Read,
        done: Callable[[Done], None],
        *,
        again: bool = False,
    ) -> None:
        self._ledger = ledger
        self._fingerprints = fingerprints
        self._read = read
        self._done = done
        self._again = again
        self._explained: set[str] = set()

    async def run(self, inputs: Iterable[Input], selection: Selection, concurrency: int, most: int) -> None:
        """Give every input its outcome, `concurrency` articles at a time; `most` bytes are read of one.

        An error that ends the run (an endpoint that refuses, a full disk) stops everything and is raised itself, not in
        a group. What was read by then is kept.
        """
        queue: asyncio.Queue[_Task | None] = asyncio.Queue(maxsize=2)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._feed(inputs, selection, queue, concurrency, most))
                for _ in range(concurrency):
                    group.create_task(self._work(queue))
        except BaseExceptionGroup as errors:
            raise errors.exceptions[0] from None
        finally:
            self._ledger.commit()

    async def _feed(
        self,
        inputs: Iterable[Input],
        selection: Selection,
        queue: asyncio.Queue[_Task | None],
        concurrency: int,
        most: int,
    ) -> None:
        taken = 0
        for item in inputs:
            if taken == selection.limit:
                break
            # In a thread: a slow disk holds up no answer that comes meanwhile.
            content = await asyncio.to_thread(load, item, most)
            if belongs(item, content, selection):
                taken += 1
                if (task := self._claimed(item, content)) is not None:
                    await queue.put(task)
        for _ in range(concurrency):
            await queue.put(None)

    def _met(self, item: Input, content: Content) -> Met:
        fingerprint = self._fingerprints.of(item.subject, item.year)
        if fingerprint.text not in self._explained:
            self._ledger.explain(fingerprint.text, fingerprint.parts)
            self._explained.add(fingerprint.text)
        hashed = None if isinstance(content, Skipped | Failed) else digest(content)
        place = place_of(item.path, item.row)
        return Met(place, item.name, item.report, hashed, fingerprint.text, item.subject, item.year)

    def _claimed(self, item: Input, content: Content) -> _Task | None:
        """What is left to read of an input: nothing, where its outcome is known already."""
        met = self._met(item, content)
        claim = self._ledger.claim(met, again=self._again)
        if claim.fate is Fate.SEEN:
            return None
        if isinstance(content, Skipped | Failed):
            self._settled(claim, item.name, content)
        elif claim.fate is Fate.DUPLICATE:
            self._without_report(claim, item.name, duplicate(item.name, str(met.content), claim.first))
        elif claim.fate is Fate.KEPT:
            self._kept(claim, met)
        else:
            return _Task(Job(content, item.name, item.subject, item.year), met, claim)
        return None

    async def _work(self, queue: asyncio.Queue[_Task | None]) -> None:
        while (task := await queue.get()) is not None:
            reading.set(task.met.content)
            outcome = await self._read(task.job)
            if isinstance(outcome, Failed) and outcome.retryable:
                self._settled(task.claim, task.met.name, outcome)
            else:
                self._keep(task.claim, task.met, outcome)
                self._ended(task.claim, task.met.name, outcome)

    def _keep(self, claim: Claim, met: Met, outcome: Outcome) -> None:
        """Write the report, then the ledger: what the ledger knows as read has its report."""
        if isinstance(outcome, Reported):
            body = outcome.report.model_dump_json(indent=1)
            self._write(self._ledger.folder / claim.report, body + "\n")
        else:
            body = outcome.model_dump_json()
            self._remove(claim)
        self._ledger.put(met, outcome, body)

    def _write(self, path: Path, text: str) -> None:
        try:
            write_atomically(path, text)
        except OSError as error:
            raise LedgerError(f"{path}: {error.strerror}") from error

    def _kept(self, claim: Claim, met: Met) -> None:
        """An earlier run read this content; what it wrote is renewed where it is gone, or speaks of another path."""
        kept = self._ledger.kept(met)
        there = kept.kind != "reported" or (self._ledger.folder / claim.report).exists()
        if kept.name != met.name or not there:
            self._keep(claim, met, _renamed(self._ledger.reading(met), met.name))
        self._done(Done(met.name, claim.report, lambda: self._ledger.reading(met), kept))

    def _settled(self, claim: Claim, name: str, outcome: Skipped | Failed) -> None:
        self._ledger.settle(claim.id, outcome)
        self._without_report(claim, name, outcome)

    def _without_report(self, claim: Claim, name: str, outcome: Skipped | Failed) -> None:
        self._remove(claim)
        self._ended(claim, name, outcome)

    def _ended(self, claim: Claim, name: str, outcome: Outcome) -> None:
        self._done(Done(name, claim.report, lambda: outcome))

    def _remove(self, claim: Claim) -> None:
        """A report that an earlier run wrote of what was there then."""
        (self._ledger.folder / claim.report).unlink(missing_ok=True)


def selected(inputs: Iterable[Input], selection: Selection, most: int) -> Iterator[tuple[Input, Content]]:
    """Inputs with their content, those of this shard, up to the limit."""
    taken = 0
    for item in inputs:
        if taken == selection.limit:
            return
        content = load(item, most)
        if belongs(item, content, selection):
            taken += 1
            yield item, content


def belongs(item: Input, content: Content, selection: Selection) -> bool:
    """Whether an input is in this shard; what has no content is placed by its path."""
    if selection.shard is None:
        return True
    return selection.has(digest(place_of(item.path, item.row) if isinstance(content, Skipped | Failed) else content))


def _renamed(outcome: Outcome, name: str) -> Outcome:
    document = outcome.document.replace(path=name)
    if isinstance(outcome, Reported):
        return Reported(report=outcome.report.replace(document=document))
    return outcome.replace(document=document)
