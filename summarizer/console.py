"""What a person sees in the terminal: progress and a table of a run, and one report to read."""

import os
import re
import sys
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from rich.console import Console, RenderableType
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from schemas.outcome import Failed, Outcome, Reported, Skipped
from schemas.report import Case, Check, CountyReport, Fact, Measure, Milestone, Usage
from schemas.vocabulary import Lost, Qualifier, ReaderName
from summarizer.ledger import Kept

SHOWN_ROWS = 40
"""Rows of the table at the end of a run; a folder of thousands is read in outcomes.jsonl."""


_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")

PIPED_WIDTH = 140
"""Columns where no terminal says how many it has: a log or a pager takes long lines better than broken ones."""


def make(*, stderr: bool = True, quiet: bool = False) -> Console:
    """The console for people: standard error, so that standard output is free for programs."""
    console = Console(stderr=stderr, quiet=quiet, highlight=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = PIPED_WIDTH
    return console


def refuse(message: str, hint: str) -> int:
    """Say what is wrong and what to do, also in a quiet run; the exit code of wrong usage."""
    terminal = make()
    terminal.print(f"error: {message}", style="bold red", markup=False, soft_wrap=True)
    terminal.print(f"hint: {hint}", markup=False, soft_wrap=True)
    return 2


def unwritable(error: OSError) -> int:
    """Say which file could not be written; the exit code of a command that failed."""
    refuse(f"{error.filename}: {error.strerror}", "check the space left, and that you may write there")
    return 1


def use_utf8() -> None:
    """Chinese on any terminal: a Windows console may have a code page that lacks half of it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def printable(text: str) -> str:
    """A name of a file may hold line breaks, and sequences that a terminal obeys."""
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


class RunTable:
    """What a run adds up to, and the table at its end; keeps the first rows, whatever the number of articles."""

    def __init__(self) -> None:
        self._rows: list[tuple[str, ...]] = []
        self.counts: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.usage = Usage()
        self.facts = 0
        self.kept = 0
        """Inputs that earlier runs had read."""

    def add(self, name: str, outcome: Outcome) -> None:
        """Take one outcome."""
        self.counts[outcome.outcome] += 1
        self.usage = self.usage.plus(outcome.usage)
        row: tuple[str, ...]
        match outcome:
            case Skipped():
                self.reasons[f"skipped: {outcome.reason.value}"] += 1
                row = ("", "", "", "", "", f"skipped: {outcome.text}")
            case Failed():
                self.reasons[f"failed: {outcome.error.value}"] += 1
                row = ("", "", "", "", "", f"failed: {outcome.message} ({outcome.hint})")
            case Reported():
                self.facts += len(outcome.report.facts)
                row = _report_row(outcome.report)
        if len(self._rows) < SHOWN_ROWS:
            self._rows.append((name, *row))

    def keep(self, name: str, kept: Kept) -> None:
        """Take what an earlier run read."""
        self.kept += 1
        self.counts[kept.kind] += 1
        self.facts += kept.facts
        if kept.reason is not None:
            self.reasons[f"{kept.kind}: {kept.reason}"] += 1
        if len(self._rows) < SHOWN_ROWS:
            self._rows.append(
                (name, "", str(kept.facts or ""), "", "", "", f"{kept.reason or ''} (read before)".strip())
            )

    def spent(self) -> str:
        """What the model took, in one line; empty where none was asked."""
        usage = self.usage
        if not usage.attempts and not usage.reused:
            return ""
        tokens = usage.tokens
        cached = f" ({tokens.cached:,} of them cached)" if tokens.cached else ""
        parts = [f"{usage.calls:,} answers", f"{tokens.input:,} tokens in{cached}, {tokens.output:,} out"]
        parts += [f"${usage.cost:f}"] if usage.cost is not None else []
        parts += [f"{usage.reused:,} answers kept of earlier runs"] if usage.reused else []
        return "model: " + "; ".join(parts)

    def __rich__(self) -> RenderableType:
        """The table itself."""
        table = Table(title=self._title(), title_justify="left", header_style="bold")
        table.add_column("article", overflow="fold", max_width=40)
        for column in ("subject", "facts", "checks", "damage", "coverage", "what went wrong"):
            table.add_column(column, overflow="fold")
        for row in self._rows:
            table.add_row(*(escape(printable(cell)) for cell in row))
        if (more := sum(self.counts.values()) - len(self._rows)) > 0:
            table.add_row(f"… and {more} more, see outcomes.jsonl")
        return table

    def _title(self) -> str:
        parts = [f"{self.counts[kind]} {kind}" for kind in ("reported", "skipped", "failed") if self.counts[kind]]
        reasons = ", ".join(f"{reason} × {count}" for reason, count in self.reasons.most_common())
        if self.kept:
            parts.append(f"{self.kept} of them read before")
        return ", ".join(parts) + (f"  ({reasons})" if reasons else "")


def _report_row(report: CountyReport) -> tuple[str, ...]:
    subject = report.subject
    refuted = sum(not c.holds for c in report.checks)
    checks = f"{len(report.checks)}" + (f", {refuted} fail" if refuted else "")
    lost = Counter(d.lost for d in report.damage)
    damage = ", ".join(f"{lost[kind]} {kind.value}" for kind in (Lost.DIGIT, Lost.CHARACTER, Lost.NONE) if lost[kind])
    wrong = []
    if subject.name is None:
        wrong.append(f"no subject: {subject.reason}")
    if report.provenance.degraded:
        wrong.append(f"{len(report.provenance.degraded)} sections read by rules instead of the model")
    if report.provenance.dropped:
        wrong.append(f"{len(report.provenance.dropped)} texts dropped")
    return (subject.name or "?", str(len(report.facts)), checks, damage, report.coverage.verdict, "; ".join(wrong))


def show(report: CountyReport) -> Iterable[RenderableType]:
    """A report as a person reads it: what contradicts itself first, then figures, measures, events and the account."""
    words = Text.assemble(*_contradictions(report), f"{report.headline}\n\n{report.summary}".strip())
    yield Panel(words, title=_heading(report), title_align="left")
    yield from _findings(report)
    if report.figures:
        yield _figures(report)
    yield _facts(report)
    yield from _narrative(report)
    yield Text(report.coverage.verdict)
    yield Text(_provenance(report), style="dim")


def _heading(report: CountyReport) -> str:
    subject, document = report.subject, report.document
    where = " ".join(dict.fromkeys(p for p in (subject.province, subject.prefecture, subject.name) if p))
    place = where or f"地方未定：{subject.reason}"
    return escape(" · ".join(str(p) for p in (place, document.reference_year, document.title, document.path) if p))


def _contradictions(report: CountyReport) -> Iterable[tuple[str, str]]:
    """What the figures refute, before anything else, each with its figures and where they stand."""
    by_id = {f.id: f for f in report.facts}
    for check in (c for c in report.checks if not c.holds):
        yield f"✗ 不符 {check.rule}：{_worked_out(check)}\n", "bold red"
        for fact in (by_id[i] for i in check.facts):
            yield f"    {fact.label} {fact.mention} @ {fact.span[0]}:{fact.span[1]}\n", "red"
        yield "\n", ""


def _worked_out(check: Check) -> str:
    """The arithmetic; with what is stated, where that is not the same figure and not in it already."""
    told = check.expected == check.stated or any(sign in check.note for sign in "≤≥<>≠")
    return check.note if told else f"{check.note}，文中 {_number(check.stated)}"


def _findings(report: CountyReport) -> Iterable[RenderableType]:
    """Losses, then what holds."""
    by_id = {f.id: f for f in report.facts}
    for damage in report.damage:
        if damage.lost is not Lost.NONE:
            yield Text(f"! {damage.lost.zh} {list(damage.span)}: {damage.restored}", style="yellow")
    for check in (c for c in report.checks if c.holds):
        spans = "、".join(f"{by_id[i].mention}[{by_id[i].span[0]}]" for i in check.facts)
        yield Text(f"✓ {check.rule}: {_worked_out(check)}（{spans}）", style="green")


def _figures(report: CountyReport) -> RenderableType:
    by_id = {f.id: f for f in report.facts}
    table = Table(title="主要指标", title_justify="left", show_header=False)
    for indicator, ids in report.figures.items():
        shown = "；".join(f"{_value(by_id[i])}" + (f"（{by_id[i].period}）" if by_id[i].period else "") for i in ids)
        table.add_row(indicator.zh, escape(shown))
    return table


def _facts(report: CountyReport) -> RenderableType:
    table = Table(title=f"事实 {len(report.facts)} 条", title_justify="left")
    table.add_column("#", justify="right", no_wrap=True)
    for column in ("主题", "内容", "数值", "时间", "地方", "状态"):
        table.add_column(column, overflow="fold", no_wrap=column in {"主题", "状态", "时间"})
    table.add_column("原文 @ 位置", overflow="fold")
    for fact in report.facts:
        table.add_row(
            str(fact.id),
            fact.topic.zh,
            escape(fact.label),
            escape(_value(fact)),
            fact.period or "",
            escape(fact.place or ""),
            fact.status.zh,
            f"{escape(fact.mention)} @ {fact.span[0]}",
        )
    return table


def _narrative(report: CountyReport) -> Iterable[RenderableType]:
    """What the figures are part of, each kind under its name."""
    yield from _listed("措施", "条", [_measure(m) for m in report.measures])
    yield from _listed("大事", "件", [_milestone(m) for m in report.milestones])
    yield from _listed("事例", "个", [_case(c) for c in report.cases])
    if report.partners:
        yield Text("帮扶方：" + "、".join(p.name for p in report.partners))
    if report.designations:
        yield Text("称号：" + "、".join(d.text for d in report.designations))


def _listed(name: str, unit: str, items: list[Text]) -> Iterable[Text]:
    if items:
        yield Text(f"{name} {len(items)} {unit}", style="italic")
        yield from items


def _measure(measure: Measure) -> Text:
    # A passage without a heading of its own has its topic's name as title.
    title = "" if measure.title == measure.topic.zh else f"{measure.title} "
    return Text.assemble((f"  [{measure.topic.zh}] {title}", "bold"), _in_one_line(measure.summary))


def _milestone(milestone: Milestone) -> Text:
    parts = (milestone.date, milestone.event.zh, milestone.place, milestone.text)
    return Text("  " + _in_one_line(" ".join(p for p in parts if p)))


def _case(case: Case) -> Text:
    where = f"（{case.place}）" if case.place else "："
    return Text("  " + _in_one_line(f"{case.person}{where}{case.summary}"))


def _in_one_line(text: str) -> str:
    return " ".join(text.split("\n"))


_SIGN = {
    Qualifier.EXACT: "",
    Qualifier.ABOUT: "≈",
    Qualifier.OVER: ">",
    Qualifier.UNDER: "<",
    Qualifier.AT_LEAST: "≥",
    Qualifier.AT_MOST: "≤",
}


def _value(fact: Fact) -> str:
    if fact.value is None:
        return "数字受损"
    number = _SIGN[fact.qualifier] + _number(fact.value)
    number += f"—{_number(fact.upper)}" if fact.upper is not None else ""
    unit = fact.counted or fact.unit.zh
    per = "/".join(p.zh for p in fact.per)
    proved = "（推算证实）" if fact.proved_by is not None else ""
    return f"{number} {unit}{' ' + per if per else ''}{proved}"


def _number(value: Decimal | None) -> str:
    return "?" if value is None else f"{value:,f}"


def _provenance(report: CountyReport) -> str:
    p = report.provenance
    reader = f"模型 {p.model}" if p.reader is ReaderName.MODEL else "规则"
    tokens = f"，{p.calls} 次调用，{p.tokens.input} + {p.tokens.output} 词元" if p.calls else ""
    tokens += f"，{p.cost:f} 美元" if p.cost else ""
    tokens += f"，沿用 {p.reused} 个答案" if p.reused else ""
    degraded = f"，{len(p.degraded)} 节改由规则阅读" if p.degraded else ""
    return f"{reader}阅读{tokens}{degraded}，{p.seconds} 秒，summarizer {p.package_version}"
