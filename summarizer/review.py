"""`summarizer review OUT`: what a person should look at first, each with the place in the article that it is about.

Most trusted findings first: what the figures themselves refute, then what was lost, then what two readers read
differently, then what was dropped or left unread.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from schemas.report import CountyReport
from schemas.vocabulary import Lost, Unit
from summarizer import console
from summarizer.errors import NothingToShowError
from summarizer.exports import write_atomically
from summarizer.reconcile import Comparison, Entry, compare, read_folder
from summarizer.reconcile.command import describe

OK = 0
RESULT = "review.json"
SHOWN = 60
"""Items printed; the file has all."""

Span = tuple[int, int]


class Kind(IntEnum):
    """Why something is worth a look; smaller comes first."""

    CONTRADICTION = 1
    BETWEEN_REPORTS = 2
    DAMAGED_FIGURE = 3
    PROVED_FIGURE = 4
    NO_SUBJECT = 5
    DISAGREEMENT = 6
    UNREAD = 7
    LOST_WORDS = 8
    DROPPED = 9

    @property
    def zh(self) -> str:
        """What a person reads."""
        return _NAMES[self]


_NAMES = {
    Kind.CONTRADICTION: "数字矛盾",
    Kind.BETWEEN_REPORTS: "两篇不一",
    Kind.DAMAGED_FIGURE: "数字受损",
    Kind.PROVED_FIGURE: "推算补足",
    Kind.NO_SUBJECT: "地方未定",
    Kind.DISAGREEMENT: "规则与模型不同",
    Kind.UNREAD: "未读数字",
    Kind.LOST_WORDS: "文字受损",
    Kind.DROPPED: "丢弃的句子",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at: in which article, where, and why."""

    kind: Kind
    article: str
    spans: tuple[Span, ...]
    text: str


def review(entries: Sequence[Entry]) -> list[Item]:
    """Everything worth a look in a folder: most trusted findings first, then in the order of folder and text."""
    items = [item for entry in entries for item in of_report(entry.path, entry.report)]
    items += [_between(c) for c in compare(entries) if not c.agree]
    order = {entry.path: i for i, entry in enumerate(entries)}
    return sorted(items, key=lambda i: (i.kind, order[i.article], i.spans))


def of_report(article: str, report: CountyReport) -> Iterator[Item]:
    """What one report has to be looked at for."""
    by_id = {f.id: f for f in report.facts}
    for check in report.checks:
        if not check.holds:
            figures = [by_id[i] for i in check.facts]
            words = "；".join(f"{f.label} {f.mention}" for f in figures)
            text = f"应为 {check.rule}，文中 {check.note}（{words}）"
            yield Item(Kind.CONTRADICTION, article, tuple(f.span for f in figures), text)
    for fact in report.facts:
        if fact.value is None:
            yield Item(Kind.DAMAGED_FIGURE, article, (fact.span,), f"{fact.label}：{fact.mention}，缺了数位，数值不明")
        elif fact.proved_by is not None:
            proof = report.checks[fact.proved_by]
            sign = "%" if fact.unit is Unit.PERCENT else ""
            text = f"{fact.label}：{fact.mention} 补足为 {fact.value:f}{sign}，依据 {proof.rule}：{proof.note}"
            yield Item(Kind.PROVED_FIGURE, article, (fact.span,), text)
        if fact.disagreed:
            text = f"{fact.label}：{fact.mention}，两者读法不同的项：{'、'.join(fact.disagreed)}"
            yield Item(Kind.DISAGREEMENT, article, (fact.span,), text)
    if report.subject.name is None:
        yield Item(Kind.NO_SUBJECT, article, (), report.subject.reason or "")
    for span in report.coverage.unread_spans:
        yield Item(Kind.UNREAD, article, (span,), "没有读出这个数字的意思")
    for damage in report.damage:
        figure = any(f.span[0] < damage.span[1] and damage.span[0] < f.span[1] for f in report.facts)
        if damage.lost is not Lost.NONE and not figure:
            yield Item(Kind.LOST_WORDS, article, (damage.span,), f"缺字：{damage.restored}")
    for dropped in report.provenance.dropped:
        yield Item(Kind.DROPPED, article, (), f"{dropped.field}：{dropped.text}（{dropped.reason}）")


def _between(comparison: Comparison) -> Item:
    first = comparison.sources[0]
    return Item(Kind.BETWEEN_REPORTS, first.entry.path, (first.fact.span,), describe(comparison))


def run(folder: Path) -> int:
    """Print the list for a folder and write it as `review.json`."""
    console.use_utf8()
    terminal = console.make(stderr=False)
    try:
        items = review(tuple(read_folder(folder)))
    except NothingToShowError as error:
        return console.refuse(str(error), error.hint)
    for item in items[:SHOWN]:
        where = " ".join(f"[{a}:{b}]" for a, b in item.spans)
        terminal.print(f"{item.kind.zh}  {item.article} {where}  {item.text}", markup=False, soft_wrap=True)
    if len(items) > SHOWN:
        terminal.print(f"… 还有 {len(items) - SHOWN} 项")
    data = [{"kind": i.kind.name.lower(), "article": i.article, "spans": i.spans, "text": i.text} for i in items]
    try:
        write_atomically(folder / RESULT, json.dumps(data, ensure_ascii=False, indent=1) + "\n")
    except OSError as error:
        return console.unwritable(error)
    counts = Counter(i.kind for i in items)
    kinds = "，".join(f"{kind.zh} {counts[kind]}" for kind in sorted(counts)) or "没有要看的"
    terminal.print(f"{len(items)} 项（{kinds}）；全部在 {folder / RESULT}", markup=False, soft_wrap=True)
    return OK
