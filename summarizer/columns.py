"""The tables that a run's outcomes add up to: their columns, and the rows of one outcome.

A cell is text, an exact number, yes or no, or nothing. How it is written is the business of the format.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from schemas.outcome import Failed, Outcome, Reported, Skipped
from schemas.report import CountyReport, Fact

Cell = str | int | Decimal | bool | None

Kind = Literal["text", "whole", "number", "yes"]
"""What a column holds: text, whole numbers, decimal numbers, or yes and no; each may be empty."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column, by its name and its Chinese one."""

    name: str
    zh: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Entry:
    """An input with its outcome; `report` is the path of its report below the output folder."""

    name: str
    report: str | None
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Table:
    """A table, and what one input adds to it: rows of cells in the order of the columns."""

    name: str
    zh: str
    columns: tuple[Column, ...]
    rows: Callable[[Entry], Iterator[list[Cell]]]


_ARTICLE = (
    Column("path", "文件"),
    Column("title", "标题"),
    Column("published", "发布日期"),
    Column("reference_year", "基准年", "whole"),
    Column("county", "县"),
    Column("level", "级别"),
    Column("county_adcode", "县行政区划代码"),
    Column("province", "省"),
    Column("prefecture", "市州"),
)
"""`county` is the report's subject; `level` says whether that is a county, or a village whose county is not told."""

_FACT = (
    *(Column("id", "序号", "whole"), Column("label", "内容"), Column("value", "数值", "number")),
    *(Column("upper", "上限", "number"), Column("unit", "单位"), Column("counted", "计数对象")),
    *(Column("qualifier", "限定"), Column("per", "每"), Column("topic", "主题"), Column("indicator", "指标")),
    *(
        Column("place", "地方"),
        Column("adcode", "地方行政区划代码"),
        Column("status", "状态"),
        Column("period", "时间"),
    ),
    *(Column("mention", "原文"), Column("start", "起", "whole"), Column("end", "止", "whole")),
    *(Column("section", "节", "whole"), Column("read_by", "读者"), Column("disagreed", "分歧")),
    Column("proved_by", "证明（核验序号）", "whole"),
)


def _article(report: CountyReport) -> list[Cell]:
    """Cells of `_ARTICLE`."""
    document, subject = report.document, report.subject
    return [
        document.path,
        document.title,
        document.published,
        document.reference_year,
        subject.name,
        subject.level.value if subject.level else None,
        subject.adcode,
        subject.province,
        subject.prefecture,
    ]


def _fact(fact: Fact) -> list[Cell]:
    """Cells of `_FACT`."""
    return [
        *(fact.id, fact.label, fact.value, fact.upper, fact.unit.value, fact.counted),
        *(fact.qualifier.value, " ".join(p.value for p in fact.per), fact.topic.value, fact.indicator.value),
        *(fact.place, fact.adcode, fact.status.value, fact.period, fact.mention, *fact.span),
        *(fact.section, fact.read_by.value, " ".join(fact.disagreed), fact.proved_by),
    ]


def _facts(entry: Entry) -> Iterator[list[Cell]]:
    if isinstance(entry.outcome, Reported):
        report = entry.outcome.report
        for fact in report.facts:
            yield [*_article(report), *_fact(fact)]


FACTS = Table("facts", "事实", (*_ARTICLE, *_FACT), _facts)
"""One row per fact, with its place in the article."""


_FIGURE = (
    *(Column("county", "县"), Column("level", "级别"), Column("county_adcode", "县行政区划代码")),
    *(Column("province", "省"), Column("prefecture", "市州")),
    *(Column("period", "时间"), Column("indicator", "指标"), Column("label", "内容")),
    *(Column("value", "数值", "number"), Column("upper", "上限", "number"), Column("unit", "单位")),
    *(Column("counted", "计数对象"), Column("qualifier", "限定"), Column("reference_year", "基准年", "whole")),
    *(Column("path", "文件"), Column("fact", "事实序号", "whole"), Column("mention", "原文")),
    *(Column("start", "起", "whole"), Column("end", "止", "whole")),
)


def _figures(entry: Entry) -> Iterator[list[Cell]]:
    if not isinstance(entry.outcome, Reported):
        return
    report, subject = entry.outcome.report, entry.outcome.report.subject
    level = subject.level.value if subject.level else None
    facts = {fact.id: fact for fact in report.facts}
    for indicator, ids in report.figures.items():
        for fact in (facts[id] for id in ids):
            yield [
                *(subject.name, level, subject.adcode, subject.province, subject.prefecture),
                *(
                    fact.period,
                    indicator.value,
                    fact.label,
                    fact.value,
                    fact.upper,
                    fact.unit.value,
                    fact.counted,
                    fact.qualifier.value,
                ),
                *(report.document.reference_year, report.document.path, fact.id, fact.mention, *fact.span),
            ]


FIGURES = Table("figures", "指标", _FIGURE, _figures)
"""Headline figures of the subjects themselves: one row for each period and indicator that an article states."""


_CHECK = (
    *(Column("path", "文件"), Column("county", "县"), Column("county_adcode", "县行政区划代码")),
    *(Column("check", "核验序号", "whole"), Column("rule", "规则"), Column("holds", "成立", "yes")),
    *(Column("expected", "应为", "number"), Column("stated", "文中", "number"), Column("tolerance", "容差", "number")),
    *(Column("note", "说明"), Column("facts", "事实序号")),
)


def _checks(entry: Entry) -> Iterator[list[Cell]]:
    if not isinstance(entry.outcome, Reported):
        return
    report = entry.outcome.report
    for n, check in enumerate(report.checks):
        yield [
            *(report.document.path, report.subject.name, report.subject.adcode, n, check.rule, check.holds),
            *(check.expected, check.stated, check.tolerance, check.note, " ".join(map(str, check.facts))),
        ]


CHECKS = Table("checks", "核验", _CHECK, _checks)
"""One row per arithmetic relation; `check` is what a fact's `proved_by` names."""


_OUTCOME = (
    *(Column("path", "文件"), Column("outcome", "结果"), Column("reason", "原因"), Column("message", "说明")),
    *(
        Column("hint", "建议"),
        Column("retryable", "可重试", "yes"),
        Column("report", "报告"),
        Column("sha256", "SHA-256"),
    ),
    *(Column("calls", "调用次数", "whole"), Column("reused", "沿用回答", "whole")),
    *(Column("tokens_in", "输入词元", "whole"), Column("tokens_out", "输出词元", "whole")),
    *(Column("cost", "费用（美元）", "number"), Column("seconds", "秒", "number")),
)


def _outcomes(entry: Entry) -> Iterator[list[Cell]]:
    outcome, said = entry.outcome, list[Cell]()
    match outcome:
        case Reported():
            said = [None, None, None, None]
        case Skipped():
            said = [outcome.reason.value, outcome.text, None, None]
        case Failed():
            said = [outcome.error.value, outcome.message, outcome.hint, outcome.retryable]
    usage = outcome.usage
    yield [
        *(entry.name, outcome.outcome, *said, entry.report, outcome.document.sha256),
        *(usage.calls, usage.reused, usage.tokens.input, usage.tokens.output, usage.cost, usage.seconds),
    ]


OUTCOMES = Table("outcomes", "结果", _OUTCOME, _outcomes)
"""One row per input, read or not."""


_REPORT = (
    *_ARTICLE,
    *(Column("publisher", "来源"), Column("script", "字体"), Column("corrupted", "受损", "yes")),
    *(Column("complete", "完整", "yes"), Column("headline", "标题句"), Column("summary", "摘要")),
    *(
        Column("n_facts", "事实数", "whole"),
        Column("n_figures", "指标数", "whole"),
        Column("n_measures", "措施数", "whole"),
    ),
    *(
        Column("n_milestones", "事件数", "whole"),
        Column("n_cases", "案例数", "whole"),
        Column("n_checks", "核验数", "whole"),
    ),
    *(Column("n_contradictions", "矛盾数", "whole"), Column("n_damaged", "受损数字", "whole")),
    *(Column("n_set_aside", "非指标数字", "whole"), Column("n_unread", "未读数字", "whole")),
    *(Column("reader", "读者"), Column("model", "模型"), Column("n_degraded", "改由规则读的节", "whole")),
    *(
        Column("report", "报告"),
        Column("sha256", "SHA-256"),
        Column("encoding", "编码"),
        Column("n_chars", "字数", "whole"),
    ),
)


def _reports(entry: Entry) -> Iterator[list[Cell]]:
    if not isinstance(entry.outcome, Reported):
        return
    report = entry.outcome.report
    document, coverage, made = report.document, report.coverage, report.provenance
    yield [
        *_article(report),
        document.publisher,
        document.script.value if document.script else None,
        *(document.corrupted, document.complete, report.headline, report.summary),
        *(len(report.facts), sum(map(len, report.figures.values())), len(report.measures)),
        *(len(report.milestones), len(report.cases), len(report.checks)),
        sum(not check.holds for check in report.checks),
        *(coverage.damaged, len(coverage.set_aside), coverage.unread),
        *(made.reader.value, made.model, len(made.degraded)),
        *(entry.report, document.sha256, document.encoding, document.n_chars),
    ]


REPORTS = Table("reports", "报告", _REPORT, _reports)
"""One row per report: what it is about, what it says in short, and how much of what it holds."""


TABLES = {table.name: table for table in (REPORTS, FACTS, FIGURES, CHECKS, OUTCOMES)}
