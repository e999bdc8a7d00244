"""Looking before reading: what a run would read and what a model would be sent, and what repair makes of a file."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from schemas.outcome import Failed, Skipped
from schemas.report import Usage
from schemas.vocabulary import Lost, SkipReason
from summarizer.console import SHOWN_ROWS
from summarizer.errors import NonsenseError, TextError
from summarizer.precheck.brief import Brief
from summarizer.precheck.examine import examine
from summarizer.readers.model import Answer, ModelReader
from summarizer.readers.rules import RuleReader
from summarizer.settings import Settings
from summarizer.text import Article, repair

_HAN = re.compile(r"[\u3400-\u9fff]")

TOKENS_PER_HAN, TOKENS_PER_OTHER = 0.75, 0.36
"""What the tokenisers of current models make of Chinese prose, and of codes and JSON (Qwen2.5: 1,412 tokens for the
section prompt of 916 Han and 1,987 other characters). An estimate to plan with, not a bill."""

TOKENS_PER_NUMBER, TOKENS_PER_CALL = 22, 150
"""Of an answer: a row for each number, and the texts of a section."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a model run of one article would take: calls, and tokens in and out."""

    calls: int = 0
    input: int = 0
    output: int = 0

    def __add__(self, other: "Estimate") -> "Estimate":
        return Estimate(self.calls + other.calls, self.input + other.input, self.output + other.output)


@dataclass(frozen=True, slots=True)
class Preview:
    """What would become of one input."""

    name: str
    skip: SkipReason | None
    why: str
    brief: Brief | None = None
    estimate: Estimate = Estimate()


class _Counting:
    """Takes every question and answers none: the prompts are the real ones, and nothing leaves the machine."""

    def __init__(self) -> None:
        self.estimate = Estimate()

    async def ask(self, system: str, user: str, answer_type: type[Answer], context: object) -> tuple[Answer, Usage]:
        del answer_type, context
        self.estimate += Estimate(calls=1, input=tokens(system) + tokens(user), output=TOKENS_PER_CALL)
        raise NonsenseError("not asked")


def tokens(text: str) -> int:
    """About how many tokens a text has."""
    han = len(_HAN.findall(text))
    return round(han * TOKENS_PER_HAN + (len(text) - han) * TOKENS_PER_OTHER)


def preview(
    content: bytes | str | Skipped | Failed,
    name: str,
    settings: Settings,
    *,
    subject: str | None = None,
    year: int | None = None,
) -> Preview:
    """What would become of an input, without a call; `subject` and `year` are given for this one alone."""
    if isinstance(content, Skipped):
        return Preview(name, content.reason, content.text)
    if isinstance(content, Failed):
        return Preview(name, None, f"failed: {content.message}")
    try:
        article = repair(content)
    except TextError as error:
        return Preview(name, None, f"failed: {error}")
    brief = examine(
        article,
        given_subject=subject or settings.subject,
        given_year=year or settings.year,
        section_chars=settings.section_chars,
    )
    if brief.verdict.reason is not None and not settings.force:
        return Preview(name, brief.verdict.reason, brief.verdict.evidence, brief)
    return Preview(name, None, "", brief, estimate(brief, settings))


def estimate(brief: Brief, settings: Settings) -> Estimate:
    """What a model would be sent, and would answer, for this article."""
    counting = _Counting()
    reader = ModelReader(counting, RuleReader(), max_tokens=settings.max_tokens, section_chars=settings.section_chars)

    async def read() -> None:
        readings = [await reader.read(brief, part.index) for part in brief.parts]
        await reader.overview(brief, readings)

    asyncio.run(read())
    return counting.estimate + Estimate(output=TOKENS_PER_NUMBER * len(brief.candidates))


class PreviewTable:
    """The table of `summarizer check`; keeps the first rows, whatever the number of inputs."""

    def __init__(self) -> None:
        self._rows: list[Preview] = []
        self.total = Estimate()
        self.count = self.read = 0

    def add(self, found: Preview) -> None:
        """Take one input."""
        self.count += 1
        if len(self._rows) < SHOWN_ROWS:
            self._rows.append(found)
        self.total += found.estimate
        self.read += found.brief is not None and found.skip is None

    def __rich__(self) -> RenderableType:
        """The table itself."""
        table = Table(title=f"{self.read} of {self.count} would be read", title_justify="left")
        table.add_column("article", overflow="fold")
        for column in ("verdict", "subject", "year"):
            table.add_column(column, overflow="fold")
        for column in ("sections", "numbers", "set aside", "calls", "tokens in", "tokens out"):
            table.add_column(column, justify="right")
        for row in self._rows:
            table.add_row(*_cells(row))
        if (more := self.count - len(self._rows)) > 0:
            table.add_row(f"… and {more:,} more")
        total = self.total
        table.add_row("total", "", "", "", "", "", "", str(total.calls), f"{total.input:,}", f"{total.output:,}")
        return table


def _cells(row: Preview) -> tuple[str, ...]:
    verdict = f"skip: {row.skip.value} ({row.why})" if row.skip else row.why or "read"
    if row.brief is None:
        return (escape(row.name), escape(verdict), *[""] * 8)
    brief, guess = row.brief, row.estimate
    return (
        escape(row.name),
        escape(verdict),
        brief.subject.name or f"? {brief.subject.reason}",
        str(brief.reference_year or "?"),
        str(len(brief.parts)),
        str(len(brief.candidates)),
        str(len(brief.set_aside)),
        str(guess.calls),
        f"{guess.input:,}",
        f"{guess.output:,}",
    )


def explain(article: Article) -> Iterator[RenderableType]:
    """Before and after, with what was done: the steps, each loss, what is not the article, and the repaired text."""
    yield Text(
        f"{article.encoding or 'text'} · {article.script.zh} · {len(article.raw)} characters → {len(article.clean)}"
        + (" · spoilt" if article.corrupted else "")
    )
    if article.steps:
        yield Text("repairs: " + ", ".join(f"{step.name} × {step.count}" for step in article.steps))
    if article.damage:
        yield _damage_table(article)
    for part in article.furniture:
        shown = article.clean.text[part.start : part.end].replace("\n", " ")
        yield Text(f"not the article ({part.kind}): {shown[:60]}", style="dim")
    yield Text("")
    yield Text(article.clean.text.replace("\ufffd", "?"))


def _damage_table(article: Article) -> Table:
    table = Table(title="damage", title_justify="left")
    for column in ("at", "kind", "before", "after", "lost"):
        table.add_column(column, overflow="fold")
    for damage in article.damage:
        start, end = damage.span
        style = "" if damage.lost is Lost.NONE else "yellow"
        before = escape(article.raw[start:end])
        table.add_row(str(start), damage.kind.zh, before, escape(damage.restored), damage.lost.zh, style=style)
    return table
