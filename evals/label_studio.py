"""Labels from Label Studio and to it: what was corrected there becomes a label file, and a sample becomes a task."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals.label import raw_text
from evals.quotes import Quotes, Spans, traps
from summarizer.export.label_studio import KINDS, LISTS, data
from summarizer.export.regions import CODES, NAMES, NUMBERS, SEVERAL, TEXTS, Region, Shown, results

Labels = dict[str, Any]

_FACT = (*NUMBERS, "unit", "counted", "qualifier", "per", "label", "topic", "indicator", "place", "status", "period")

_CARRIED = ("document", "subject", "checks", "outcome", "untouched")
"""Labels of the whole article that go through Label Studio as they are."""


class TaskError(ValueError):
    """A task is no labelled article; the message says why."""


def task_of_sample(file: Path, articles: Path) -> dict[str, Any]:
    """A sample's label file as an annotated task."""
    labels = json.loads(file.read_text("utf-8"))
    article = articles / labels["article"]
    origin = {"path": str(article.absolute()), "sha256": hashlib.sha256(article.read_bytes()).hexdigest()}
    return task_of_labels(labels, raw_text(article), origin)


def task_of_labels(labels: Labels, raw: str, origin: dict[str, Any]) -> dict[str, Any]:
    """A label file as an annotated task; `origin` is path and SHA-256 of the article."""
    shown = Shown(raw)
    names = {name: labels[name] for name in NAMES}
    about = {name: labels[name] for name in _CARRIED if name in labels}
    return {
        "data": data(labels["article"], shown, about, origin),
        "annotations": [{"result": results(list(_regions(labels)), names, shown)}],
    }


def _regions(labels: Labels) -> Iterator[Region]:
    for n, fact in enumerate(labels["facts"]):
        yield Region(f"fact-{n}", "fact", tuple(fact["span"]), {name: fact[name] for name in _FACT}, fact["quote"])
    for n, trap in enumerate(labels["traps"]):
        for m, span in enumerate(trap["spans"]):
            note = trap.get("why", "")
            yield Region(f"aside-{n}-{m}", "aside", tuple(span), {"reason": trap["reason"]}, note)
    for kind, key, fields in _QUOTED:
        for n, entry in enumerate(labels[key]):
            yield Region(f"{kind}-{n}", kind, tuple(entry["span"]), {name: entry.get(name) for name in fields})


_QUOTED = (
    ("damage", "damage", ("restored", "lost")),
    ("milestone", "milestones", ("date", "event", "place")),
    ("case", "cases", ("person", "place")),
)
"""Regions that a label file quotes whole: the kind, its list, its fields."""


def labels_of_task(task: dict[str, Any], raw: str) -> Labels:
    """The label file of an annotated task; what it lacks is for `evals.label` to find.

    Raises:
        TaskError: there is no annotation, or several, or a region does not hold the words of the article.
    """
    try:
        given, found = task["data"], _annotation(task)["result"]
        return _labels(given, _read(found, Shown(raw)), raw) | _names(found)
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise TaskError(
            f"this is no task of `summarizer export` as Label Studio exports it (JSON): {error!r}"
        ) from error


def _annotation(task: dict[str, Any]) -> dict[str, Any]:
    """The annotation to take: the only one, or the only one that is marked as ground truth."""
    done = [a for a in task["annotations"] if not a.get("was_cancelled")]
    chosen = done if len(done) == 1 else [a for a in done if a.get("ground_truth")]
    if len(chosen) != 1:
        raise TaskError(
            f"{task['data']['article']} has {len(done)} annotations; one is needed, or one marked as ground truth"
        )
    return dict(chosen[0])


def _labels(given: dict[str, Any], regions: list[Region], raw: str) -> Labels:
    quotes = Quotes(raw)
    facts = [_fact(region, quotes) for region in regions if region.kind == "fact"]
    asides = [(r.span, str(r.fields.get("reason")), r.note) for r in regions if r.kind == "aside"]
    labels = {
        "article": given["article"],
        **given["about"],
        "facts": facts,
        "traps": traps(raw, asides, [fact["span"] for fact in facts]),
    }
    for kind, key, fields in _QUOTED:
        labels[key] = [
            {**{name: r.fields.get(name) for name in fields}, "quote": raw[slice(*r.span)], "span": list(r.span)}
            for r in regions
            if r.kind == kind
        ]
    return labels


def _fact(region: Region, quotes: Quotes) -> Labels:
    quote = region.note if quotes.leads(region.note, region.span) else quotes.around(region.span)
    given = {name: region.fields.get(name) for name in _FACT}
    given |= {"per": given["per"] or [], "qualifier": given["qualifier"] or "exact"}
    mention = quotes.text[slice(*region.span)]
    return {"span": list(region.span), "quote": quote or mention, "mention": mention, **given}


def _read(found: list[dict[str, Any]], shown: Shown) -> list[Region]:
    """The regions of a result, in the order of the text."""
    fields: dict[str, dict[str, Any]] = {}
    for result in found:
        if result["type"] != "labels" and result["from_name"] not in NAMES:
            fields.setdefault(result["id"], {})[result["from_name"]] = _value(result)
    regions = [
        Region(r["id"], _kind(r["value"]["labels"]), _span(r["value"], shown), fields.get(r["id"], {}), _note(r))
        for r in found
        if r["type"] == "labels"
    ]
    return sorted(regions, key=lambda region: region.span)


def _kind(given: list[str]) -> str:
    for kind, (title, _colour) in KINDS.items():
        if given in ([kind], [title]):
            return kind
    raise TaskError(f"a region has the labels {given}, and needs one of {', '.join(KINDS)}")


def _span(value: dict[str, Any], shown: Shown) -> Spans:
    span = shown.span(value["start"], value["end"], value["text"])
    if span is None:
        raise TaskError(f"{value['text']!r} does not stand at {value['start']}: the task has another text")
    return span


def _note(result: dict[str, Any]) -> str:
    return "".join(result.get("meta", {}).get("text", []))


def _value(result: dict[str, Any]) -> Any:
    """What a field says, as label files have it."""
    name, value = result["from_name"], result["value"]
    if name in NUMBERS:
        number = value["number"]
        return int(number) if number == int(number) else number
    if name in TEXTS:
        return "".join(value["text"]).strip() or None
    if name not in (*CODES, *SEVERAL):
        raise TaskError(f"the labelling configuration has a field {name} that is none of ours")
    codes = [_code(name, choice) for choice in value["choices"]]
    return codes if name in SEVERAL else codes[0]


def _code(name: str, choice: str) -> str:
    """The code of a choice; versions of Label Studio differ in whether they store the code or its name."""
    _title, codes = LISTS[name]
    return next((code.value for code in codes if choice in (code.value, code.zh)), choice)


def _names(found: list[dict[str, Any]]) -> Labels:
    given = {result["from_name"]: result["value"]["text"] for result in found if result["from_name"] in NAMES}
    return {name: [n.strip() for n in given.get(name, ()) if n.strip()] for name in NAMES}
