"""Scores of one report against its labels: pure functions from gold and report to tallies.

A gold fact is found when its `number_at` lies inside a report fact's span; fields are scored on found facts only, so
that a missing fact costs recall and nothing else. Fields other than the value are worth nothing when the value is
wrong, but they are scored all the same: what a number means and how large it is are different skills.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from evals.gold import Gold, GoldDamage, GoldFact
from schemas.report import CountyReport, Damage, Fact


@dataclass(frozen=True, slots=True)
class Tally:
    """`right` of `total`; `right` may be a fraction where a scorer gives partial credit."""

    right: float = 0
    total: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.right + other.right, self.total + other.total)

    @property
    def score(self) -> float | None:
        """The share, or None where there was nothing to score: that is not a score of zero."""
        return self.right / self.total if self.total else None


Scores = dict[str, Tally]


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that a report has otherwise than its labels."""

    field: str
    at: int
    text: str
    gold: str
    report: str


def align(gold: Gold, report: CountyReport) -> list[tuple[GoldFact, Fact]]:
    """Pairs of a gold fact and the report fact that holds its number."""
    by_start = sorted(report.facts, key=lambda f: f.span)
    pairs, used = [], set()
    for label in gold.facts:
        for fact in by_start:
            if fact.id not in used and fact.span[0] <= label.number_at < fact.span[1]:
                pairs.append((label, fact))
                used.add(fact.id)
                break
    return pairs


def span_overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Whether two spans share a character."""
    return a[0] < b[1] and b[0] < a[1]


def same_damage(gold: GoldDamage, damage: Damage) -> bool:
    """Whether both tell of the same loss with the same reading.

    How far a passage reaches is a matter of taste (总人口?.4万人, 人口?.4万人): one restored text may lie in the other.
    """
    same_reading = gold.restored in damage.restored or damage.restored in gold.restored
    return span_overlap(gold.span, damage.span) and gold.lost == damage.lost and same_reading


def label_f1(a: str, b: str) -> float:
    """F1 of characters as multisets: the same words in another order are the same label."""
    common = sum((Counter(a) & Counter(b)).values())
    return 2 * common / (len(a) + len(b)) if common else 0.0


def year(period: str | None) -> str | None:
    """The year, or the years of an interval."""
    return "/".join(part[:4] for part in period.split("/")) if period else None


FIELDS: dict[str, Callable[[GoldFact, Fact], float]] = {
    "value": lambda g, f: g.value == f.value and g.upper == f.upper and g.unit == f.unit,
    "counted": lambda g, f: (g.counted or "") == (f.counted or ""),
    "qualifier": lambda g, f: g.qualifier == f.qualifier,
    "per": lambda g, f: set(g.per) == set(f.per),
    "label": lambda g, f: label_f1(g.label, f.label),
    "topic": lambda g, f: g.topic == f.topic,
    "indicator": lambda g, f: g.indicator == f.indicator,
    "status": lambda g, f: g.status == f.status,
    "place": lambda g, f: g.place == f.place,
    "year": lambda g, f: year(g.period) == year(f.period),
    "period": lambda g, f: g.period == f.period,
}
"""How each field of a found fact is compared; the guide's table."""


def score(gold: Gold, report: CountyReport) -> tuple[Scores, list[Miss]]:
    """All tallies of one article, and everything that is not as labelled."""
    pairs = align(gold, report)
    scores: Scores = {"recall": Tally(len(pairs), len(gold.facts)), "precision": Tally(len(pairs), len(report.facts))}
    misses = list(_unpaired(gold, report, pairs))
    for name, compare in FIELDS.items():
        results = [(g, f, float(compare(g, f))) for g, f in pairs]
        scores[name] = Tally(sum(r for *_, r in results), len(results))
        misses += [
            Miss(name, g.number_at, g.mention, _field(g, name), _field(f, name))
            for g, f, r in results
            if r < (0.5 if name == "label" else 1)
        ]
    scores["traps"] = _traps(gold, report)
    scores |= _document(gold, report, misses) | _lists(gold, report, misses)
    return scores, misses


def _field(fact: GoldFact | Fact, name: str) -> str:
    if name == "value":
        return f"{fact.value}..{fact.upper} {fact.unit}" if fact.upper else f"{fact.value} {fact.unit}"
    return str(getattr(fact, "period" if name == "year" else name))


def _unpaired(gold: Gold, report: CountyReport, pairs: list[tuple[GoldFact, Fact]]) -> Iterable[Miss]:
    found, used = {g.number_at for g, _ in pairs}, {f.id for _, f in pairs}
    for g in gold.facts:
        if g.number_at not in found:
            yield Miss("recall", g.number_at, g.mention, g.label, "-")
    for f in report.facts:
        if f.id not in used:
            yield Miss("precision", f.number_at, f.mention, "-", f"{f.label} ({f.indicator})")


def _traps(gold: Gold, report: CountyReport) -> Tally:
    """A labelled trap is avoided where no fact's number lies in it."""
    spans = [s for trap in gold.traps for s in trap.spans]
    clean = sum(not any(a <= f.number_at < b for f in report.facts) for a, b in spans)
    return Tally(clean, len(spans))


def _document(gold: Gold, report: CountyReport, misses: list[Miss]) -> Scores:
    scores = {}
    for name in ("name", "level", "province", "prefecture"):
        a, b = getattr(gold.subject, name), getattr(report.subject, name)
        scores[f"subject.{name}"] = Tally(a == b, 1)
        if a != b:
            misses.append(Miss(f"subject.{name}", 0, "", str(a), str(b)))
    for name in ("title", "publisher", "authors", "published", "reference_year", "complete", "script", "corrupted"):
        a, b = getattr(gold.document, name), getattr(report.document, name)
        scores[f"document.{name}"] = Tally(a == b, 1)
        if a != b:
            misses.append(Miss(f"document.{name}", 0, "", str(a), str(b)))
    return scores


def _lists(gold: Gold, report: CountyReport, misses: list[Miss]) -> Scores:
    """Recall and precision of the lists, each by its own key."""
    keys: dict[str, tuple[set[Any], set[Any]]] = {
        "milestones": (
            {(m.date, m.event, m.place) for m in gold.milestones},
            {(m.date, m.event, m.place) for m in report.milestones},
        ),
        "cases": ({c.person for c in gold.cases}, {c.person for c in report.cases}),
        "designations": (set(gold.designations), {d.text for d in report.designations}),
        "partners": (set(gold.partners), {p.name for p in report.partners}),
    }
    scores: Scores = {}
    for name, (expected, got) in keys.items():
        scores[f"{name}.recall"] = Tally(len(expected & got), len(expected))
        scores[f"{name}.precision"] = Tally(len(expected & got), len(got))
        misses += [Miss(f"{name}.recall", 0, "", str(x), "-") for x in sorted(expected - got, key=str)]
        misses += [Miss(f"{name}.precision", 0, "", "-", str(x)) for x in sorted(got - expected, key=str)]
    missed = [g for g in gold.damage if not any(same_damage(g, d) for d in report.damage)]
    scores["damage"] = Tally(len(gold.damage) - len(missed), len(gold.damage))
    for g in missed:
        near = "; ".join(f"{d.restored} ({d.lost})" for d in report.damage if span_overlap(g.span, d.span))
        misses.append(Miss("damage", g.span[0], g.quote, f"{g.restored} ({g.lost})", near or "-"))
    return scores
