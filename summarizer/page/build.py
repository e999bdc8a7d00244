"""From reports and texts to the page's data: plain dicts that become JSON. Touches no file."""

import tomllib
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from schemas import vocabulary
from schemas.report import CountyReport
from schemas.vocabulary import Code, Lost
from summarizer.page.across import Contradiction, Figure, contradictions, figures_of
from summarizer.page.alignment import runs
from summarizer.page.sources import Found
from summarizer.text import Article

Payload = dict[str, Any]

LANGUAGES = ("zh", "en")

CODE_LISTS: dict[str, type[Code]] = {
    "topic": vocabulary.Topic,
    "indicator": vocabulary.Indicator,
    "unit": vocabulary.Unit,
    "qualifier": vocabulary.Qualifier,
    "per": vocabulary.Per,
    "status": vocabulary.Status,
    "event": vocabulary.MilestoneEvent,
    "reason": vocabulary.SetAsideReason,
    "lost": vocabulary.Lost,
    "damage": vocabulary.DamageKind,
    "level": vocabulary.Level,
    "script": vocabulary.Script,
    "basis": vocabulary.Basis,
    "reader": vocabulary.ReaderName,
    "skip": vocabulary.SkipReason,
    "failure": vocabulary.FailureKind,
}
"""Every code list that the page names."""


def article(found: Found, report: CountyReport | None) -> Payload:
    """What the article view needs: the report, and the text with what was repaired in it."""
    payload: Payload = {"missing": found.missing}
    if report is not None:
        payload["report"] = report.model_dump(mode="json", exclude_none=True)
    if found.article is not None:
        payload |= text(found.article)
    return payload


def text(article: Article) -> Payload:
    """Raw text, clean text, how they stand to each other, and the repairs by name."""
    return {
        "raw": article.raw,
        "clean": article.clean.text,
        "runs": runs(article.clean),
        "steps": [[step.name, step.count] for step in article.steps],
    }


def row(n: int, line: Payload, report: CountyReport | None, found: Found) -> Payload:
    """One line of the folder's table; `line` is the outcome as outcomes.jsonl has it."""
    row: Payload = {"n": n, "name": line.get("path") or "?", "outcome": line["outcome"], "missing": found.missing}
    if report is None:
        row |= {key: line.get(key) for key in ("reason", "error", "text", "message", "hint")}
        row["title"] = (line.get("document") or {}).get("title")
    else:
        row |= _summary(report)
    return {key: value for key, value in row.items() if value is not None}


def _summary(report: CountyReport) -> Payload:
    """A report in one line of a table."""
    subject, coverage, made = report.subject, report.coverage, report.provenance
    return {
        "title": report.document.title,
        "headline": report.headline,
        "county": subject.name,
        "why": subject.reason,
        "within": [p for p in (subject.province, subject.prefecture) if p and p != subject.name],
        "year": report.document.reference_year,
        "published": report.document.published,
        "facts": coverage.facts,
        "unread": coverage.unread,
        "aside": len(coverage.set_aside),
        "checks": len(report.checks),
        "refuted": sum(not check.holds for check in report.checks),
        "damage": len(report.damage),
        "lost": sum(damage.lost is Lost.DIGIT for damage in report.damage),
        "degraded": len(made.degraded),
        "dropped": len(made.dropped),
        "reader": made.reader,
        "words": " ".join(dict.fromkeys(fact.label for fact in report.facts)),
        "sha256": report.document.sha256,
    }


def place_of(report: CountyReport) -> tuple[str, str] | None:
    """What the articles on one place are gathered by (its code, else its full name), and its name; None for none."""
    subject = report.subject
    if subject.name is None:
        return None
    full = "".join(dict.fromkeys(p for p in (subject.province, subject.prefecture, subject.name) if p))
    return subject.adcode or full, subject.name


class Across:
    """Gathers the headline figures of all articles, one report at a time."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._figures: list[tuple[str, list[Figure]]] = []

    def add(self, n: int, report: CountyReport) -> None:
        """Take one report."""
        if (place := place_of(report)) is not None:
            self._names.setdefault(*place)
            self._figures.append((place[0], figures_of(n, report)))

    def payload(self) -> Payload:
        """Places with their figures as `[indicator, period, value, unit, article, fact, label]`, and contradictions."""
        places: dict[str, list[list[Any]]] = {key: [] for key in self._names}
        for key, figures in self._figures:
            places[key] += [_point(figure) for figure in figures]
        return {
            "places": [
                {"key": key, "name": name, "points": places[key]} for key, name in self._names.items() if places[key]
            ],
            "contradictions": [self._contradiction(c) for c in contradictions(self._figures)],
        }

    def _contradiction(self, found: Contradiction) -> Payload:
        return {
            "place": self._names[found.place],
            "indicator": found.indicator,
            "period": found.period,
            "points": [_point(figure) for figure in found.figures],
        }


def _point(figure: Figure) -> list[Any]:
    value = plain(figure.value)
    return [figure.indicator, figure.period, value, figure.unit, figure.article, figure.fact, figure.label]


def plain(value: Decimal) -> int | float:
    """A Decimal as a JSON number; 15 digits, which is all a report may have, survive."""
    return int(value) if value == value.to_integral_value() else float(value)


@cache
def words() -> dict[str, Payload]:
    """Everything the page says by itself, by language."""
    folder = files("summarizer.page") / "i18n"
    return {language: tomllib.loads((folder / f"{language}.toml").read_text("utf-8")) for language in LANGUAGES}


def codes() -> dict[str, dict[str, Payload]]:
    """Every code with its name in both languages; the Chinese names and meanings are the vocabulary's own."""
    english: dict[str, dict[str, str]] = words()["en"]["codes"]
    return {
        name: {code.value: {"zh": code.zh, "en": english[name][code.value], "meaning": code.meaning} for code in codes}
        for name, codes in CODE_LISTS.items()
    }


def dictionary() -> dict[str, dict[str, str]]:
    """The page's own sentences by language."""
    return {language: table["ui"] for language, table in words().items()}


def index(rows: Sequence[Payload], across: Payload, about: Payload) -> Payload:
    """What the page needs before any article is opened."""
    return {"rows": list(rows), **across, "about": about, "codes": codes(), "words": dictionary()}
