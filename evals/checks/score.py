"""Which labelled checks a report has, and which contradictions it reports that the labels do not have."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evals.checks.labels import EQUATIONS, Label
from schemas.report import Check, CountyReport


@dataclass(frozen=True, slots=True)
class Score:
    """`missed` labelled checks; `alarms` are checks that do not hold and that no label agrees with."""

    labelled: tuple[Label, ...]
    missed: tuple[Label, ...]
    reported: tuple[Check, ...]
    alarms: tuple[Check, ...]

    def found_of(self, *, equations: bool) -> tuple[int, int]:
        """Found and labelled, of the equations or of the comparisons."""
        wanted = [item for item in self.labelled if (item.kind in EQUATIONS) == equations]
        return sum(item not in self.missed for item in wanted), len(wanted)


def score(labels: Sequence[Label], report: CountyReport) -> Score:
    """A label is found where a check has its figures and its verdict.

    A comparison of several figures may be told pair by pair: it is found where checks among its figures touch each.
    """
    starts = {f.id: f.number_at for f in report.facts}
    checks = [(check, frozenset(starts[i] for i in check.facts)) for check in report.checks]
    missed = tuple(item for item in labels if not _found(item, checks))
    refuted = [item.numbers for item in labels if not item.holds]
    alarms = tuple(c for c, numbers in checks if not c.holds and not any(r <= numbers or numbers <= r for r in refuted))
    return Score(tuple(labels), missed, tuple(report.checks), alarms)


def _found(label: Label, checks: Iterable[tuple[Check, frozenset[int]]]) -> bool:
    fitting = [numbers for check, numbers in checks if check.holds == label.holds]
    if label.kind in EQUATIONS:
        return label.numbers in fitting
    inside = [numbers for numbers in fitting if numbers <= label.numbers]
    return frozenset().union(*inside) == label.numbers
