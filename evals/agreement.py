"""Agreement of two annotators who labelled the same articles, each field for itself.

The second labels play the report's part, so that two people are compared by the very scorers that compare a report
with its labels: a reader that reaches the annotators' agreement on a field cannot be told from a second annotator.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.gold import GoldFact, Sample, load
from evals.perfect import as_report
from evals.scorers import FIELDS, Miss, Scores, Tally, align, score
from schemas.report import Fact

SECOND = Path(__file__).parent / "samples" / "second"
"""The second labels; `samples/README.md` says how they were made."""

NOT_LABELLED = ("measures.", "set aside")
"""Scores of what `as_report` makes out of other labels: to disagree on a topic is one difference, not two."""

CODED: dict[str, Callable[[GoldFact | Fact], str]] = {
    "unit": lambda fact: fact.unit,
    "qualifier": lambda fact: fact.qualifier,
    "per": lambda fact: "+".join(sorted(fact.per)),
    "topic": lambda fact: fact.topic,
    "indicator": lambda fact: fact.indicator,
    "status": lambda fact: fact.status,
}
"""Fields of a closed list of codes, where two annotators may agree by chance; a set of `per` counts as one code."""


@dataclass(frozen=True, slots=True)
class Found:
    """How many things both annotators have, and how many one of them alone."""

    both: int
    first: int
    second: int

    @property
    def f1(self) -> float | None:
        """Agreement on what is there: twice what both have, over what each has; None where neither has any."""
        total = 2 * self.both + self.first + self.second
        return 2 * self.both / total if total else None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two sets of labels of the same articles against each other.

    `fields` holds raw agreement over the items that both have, `kappa` Cohen's kappa of the coded fields over the
    same items, `misses` every difference with the first labels as gold and the second as report, by sample.
    """

    found: Mapping[str, Found]
    fields: Mapping[str, Tally]
    kappa: Mapping[str, float | None]
    misses: Sequence[tuple[str, Miss]]


def agreement(pairs: Iterable[tuple[Sample, Sample]]) -> Agreement:
    """Compare first and second labels, article by article; every item weighs the same."""
    totals: Scores = {}
    codes: dict[str, list[tuple[str, str]]] = {name: [] for name in CODED}
    misses: list[tuple[str, Miss]] = []
    for first, second in pairs:
        report = as_report(second.gold)
        scores, differences = score(first.gold, report)
        for name, tally in scores.items():
            totals[name] = totals.get(name, Tally()) + tally
        for name, code in CODED.items():
            codes[name] += [(code(one), code(other)) for one, other in align(first.gold, report)]
        misses += [(first.name, miss) for miss in differences if not miss.field.startswith(NOT_LABELLED)]
    coded = {name: Tally(sum(a == b for a, b in both), len(both)) for name, both in codes.items()}
    fields = {name: totals.get(name, Tally()) for name in FIELDS} | coded
    fields |= {name: tally for name, tally in totals.items() if name.startswith(("subject.", "document."))}
    return Agreement(_found(totals), fields, {name: cohen_kappa(both) for name, both in codes.items()}, misses)


def same_articles(first: Path, second: Path, articles: Path) -> list[tuple[Sample, Sample]]:
    """The samples whose name stands in both folders of labels; a sample of one of them alone is left out.

    Raises:
        FileNotFoundError: a folder has no labels, or a labelled article is missing.
    """
    others = {sample.name: sample for sample in load(second, articles)}
    return [(sample, others[sample.name]) for sample in load(first, articles) if sample.name in others]


def cohen_kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Agreement beyond chance: (observed - expected) / (1 - expected), after Cohen 1960.

    None where it is not defined: without items, or where both annotators gave all items one and the same code.
    """
    if not pairs:
        return None
    n = len(pairs)
    firsts, seconds = (Counter(pair[who] for pair in pairs) for who in (0, 1))
    # Whole counts, so that a single code is told from nearly one without a rounding error.
    expected = sum(firsts[code] * seconds[code] for code in firsts)
    observed = n * sum(a == b for a, b in pairs)
    return (observed - expected) / (n * n - expected) if expected < n * n else None


def _found(totals: Scores) -> dict[str, Found]:
    """What both have and what one has alone; a recall's total is the first's, a precision's the second's."""
    names = {"facts": ("recall", "precision")}
    names |= {n: (f"{n}.recall", f"{n}.precision") for n in ("milestones", "cases", "designations", "partners")}
    found = {}
    for name, (recall, precision) in names.items():
        first, second = totals.get(recall, Tally()), totals.get(precision, Tally())
        both = int(first.right)
        found[name] = Found(both, first.total - both, second.total - both)
    return found
