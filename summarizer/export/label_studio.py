"""Tasks for Label Studio: each article with its report as a prediction, and the labelling configuration that they need.

`python -m evals adopt` takes what Label Studio exports (as JSON) back into a sample set.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

from schemas.outcome import Reported
from schemas.report import CountyReport
from schemas.vocabulary import (
    Code,
    Indicator,
    Lost,
    MilestoneEvent,
    Per,
    Qualifier,
    SetAsideReason,
    Status,
    Topic,
    Unit,
)
from summarizer.export.formats import Notes, Source
from summarizer.export.regions import Region, Shown, results
from summarizer.exports import write_atomically
from summarizer.page.sources import find

CONFIG = "label-config.xml"
"""Written beside the tasks."""

KINDS = {
    "fact": ("事实", "#2e7d32"),
    "aside": ("非指标", "#9e9e9e"),
    "damage": ("受损", "#c62828"),
    "milestone": ("事件", "#1565c0"),
    "case": ("案例", "#ef6c00"),
}
"""Labels of a span, with their Chinese names and colours."""

LISTS: dict[str, tuple[str, type[Code]]] = {
    "unit": ("单位", Unit),
    "qualifier": ("限定", Qualifier),
    "per": ("每", Per),
    "topic": ("主题", Topic),
    "indicator": ("指标", Indicator),
    "status": ("状态", Status),
    "reason": ("非指标的原因", SetAsideReason),
    "lost": ("丢失", Lost),
    "event": ("事件类型", MilestoneEvent),
}
"""Code lists that a span is described with, by field."""

_DOCUMENT = ("title", "publisher", "authors", "published", "reference_year", "complete", "script", "corrupted")
_SUBJECT = ("name", "level", "province", "prefecture")
_FACT = (
    *("value", "upper", "unit", "counted", "qualifier", "per"),
    *("label", "topic", "indicator", "place", "status", "period"),
)

_CONTROLS = (
    *(("fact", name) for name in _FACT),
    ("aside", "reason"),
    *(("damage", name) for name in ("restored", "lost")),
    *(("milestone", name) for name in ("date", "event")),
    ("case", "person"),
)
"""Which fields are shown for which label; a place is one of facts, events and cases."""

_TITLES = {
    "value": "数值（按单位换算）",
    "upper": "上限",
    "label": "内容",
    "counted": "计数对象",
    "place": "地方",
    "period": "时间",
    "restored": "还原",
    "date": "日期",
    "person": "人物",
    "designations": "称号（一行一个）",
    "partners": "帮扶单位（一行一个）",
}


def write(path: Path, source: Source, articles: Path | None) -> Notes:
    """Write the tasks, and the configuration beside them; `articles` is where the articles are now, if they moved."""
    n = without = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("[")
        for entry in source.entries():
            if not isinstance(entry.outcome, Reported):
                continue
            report = entry.outcome.report
            article = find(report.document, entry.name, articles).article
            if article is None:
                without += 1
                continue
            task = task_of_report(report, Shown(article.raw))
            file.write((",\n" if n else "\n") + json.dumps(task, ensure_ascii=False))
            n += 1
        file.write("\n]\n")
    config = path.with_name(CONFIG)
    write_atomically(config, configuration())
    notes = [f"{n} tasks; the labelling configuration for them: {config}"]
    if without:
        notes.append(f"{without} articles are left out: the file is gone or has changed (--articles FOLDER), or a row")
    return notes


def task_of_report(report: CountyReport, shown: Shown) -> dict[str, Any]:
    """A report as a task with one prediction."""
    made, document = report.provenance, report.document
    about = {
        "document": _json({name: getattr(document, name) for name in _DOCUMENT}),
        "subject": _json({name: getattr(report.subject, name) for name in _SUBJECT}),
        "checks": [{"rule": f"{check.rule}: {check.note}", "holds": check.holds} for check in report.checks],
    }
    names = {
        "designations": list(dict.fromkeys(d.text for d in report.designations)),
        "partners": list(dict.fromkeys(p.name for p in report.partners)),
    }
    name = Path(document.path or "article.txt").name
    origin = {"path": document.path, "sha256": document.sha256, "encoding": document.encoding}
    prediction = {
        "model_version": f"{made.model or made.reader.value} {made.package_version}",
        "result": results(list(_regions(report)), names, shown),
    }
    return {"data": data(name, shown, about, origin), "predictions": [prediction]}


def data(name: str, shown: Shown, about: dict[str, Any], origin: dict[str, Any]) -> dict[str, Any]:
    """What a task is about: its text, and what comes back untouched with the labels."""
    return {"text": shown.text, "article": name, "source": origin, "about": about}


def _json(values: dict[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def _regions(report: CountyReport) -> Iterator[Region]:
    for fact in report.facts:
        fields = {name: getattr(fact, name) for name in _FACT}
        fields |= {name: _plain(fields[name]) for name in ("value", "upper")}
        yield Region(f"fact-{fact.id}", "fact", fact.span, fields)
    for n, aside in enumerate(report.coverage.set_aside):
        yield Region(f"aside-{n}", "aside", aside.span, {"reason": aside.reason})
    for n, damage in enumerate(report.damage):
        yield Region(f"damage-{n}", "damage", damage.span, {"restored": damage.restored, "lost": damage.lost})
    for n, event in enumerate(report.milestones):
        fields = {"date": event.date, "event": event.event, "place": event.place}
        yield Region(f"milestone-{n}", "milestone", event.span, fields)
    for n, case in enumerate(report.cases):
        yield Region(f"case-{n}", "case", case.span, {"person": case.person, "place": case.place})


def _plain(value: Any) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def configuration() -> str:
    """The labelling configuration: codes are stored, their Chinese names are shown."""
    view = Xml.Element("View")
    # Else spaces and line breaks are folded, and offsets lead elsewhere.
    Xml.SubElement(view, "Style").text = ".htx-text{ white-space: pre-wrap; }"
    labels = Xml.SubElement(view, "Labels", name="span", toName="text")
    for kind, (title, colour) in KINDS.items():
        Xml.SubElement(labels, "Label", value=title, alias=kind, background=colour)
    Xml.SubElement(view, "Text", name="text", value="$text", granularity="symbol")
    shown_for: dict[str, list[str]] = {}
    for kind, name in _CONTROLS:
        shown_for.setdefault(name, []).append(kind)
    shown_for["place"] += ["milestone", "case"]
    for name, kinds in shown_for.items():
        _control(view, name, kinds)
    for name in ("designations", "partners"):
        Xml.SubElement(view, "Header", value=_TITLES[name], size="5")
        Xml.SubElement(view, "TextArea", name=name, toName="text", maxSubmissions="100", editable="true")
    Xml.indent(view)
    return Xml.tostring(view, encoding="unicode") + "\n"


def _control(view: Xml.Element, name: str, kinds: list[str]) -> None:
    """What one field of a span is edited with."""
    # By name and by code: versions differ in which of the two they compare.
    titles = ",".join(word for kind in kinds for word in (KINDS[kind][0], kind))
    box = Xml.SubElement(view, "View", visibleWhen="region-selected", whenTagName="span", whenLabelValue=titles)
    title = LISTS[name][0] if name in LISTS else _TITLES[name]
    Xml.SubElement(box, "Header", value=title, size="5")
    common = {"name": name, "toName": "text", "perRegion": "true"}
    if name in LISTS:
        several = "multiple" if name == "per" else "single-radio"
        layout = {"showInline": "true"} if name in {"status", "lost", "per", "qualifier"} else {"layout": "select"}
        choices = Xml.SubElement(box, "Choices", {**common, "choice": several, **layout})
        for code in LISTS[name][1]:
            Xml.SubElement(choices, "Choice", value=code.zh, alias=code.value)
    elif name in {"value", "upper"}:
        Xml.SubElement(box, "Number", {**common, "step": "any"})
    else:
        Xml.SubElement(box, "TextArea", {**common, "maxSubmissions": "1", "editable": "true"})
