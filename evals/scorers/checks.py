"""Checks: the arithmetic that a careful reader does, where somebody has labelled it.

`checks.recall`: of the labelled equations (sums, differences, rates, growth, products) those that the report has with
the same figures and verdict. Comparisons of figures that stand side by side have no one form, and are not counted.
`checks.alarms`: of the contradictions that a report tells, those that the labels have too. A false alarm costs trust
in every other check.
"""

from evals.checks.labels import EQUATIONS
from evals.checks.score import score as held
from evals.scorers.compared import Compared
from evals.scorers.tally import Miss, Scored, Tally


def score(given: Compared) -> Scored:
    """`checks.recall` and `checks.alarms`; not scored where no check is labelled."""
    if not given.checks:
        return {}, []
    found = held(given.checks, given.report)
    wanted = [label for label in found.labelled if label.kind in EQUATIONS]
    missed = [label for label in found.missed if label.kind in EQUATIONS]
    refuted = [check for check in found.reported if not check.holds]
    misses = [Miss("checks.recall", label.to, "", label.words, "-") for label in missed]
    misses += [Miss("checks.alarms", 0, "", "-", f"{check.rule}: {check.note}") for check in found.alarms]
    scores = {
        "checks.recall": Tally(len(wanted) - len(missed), len(wanted)),
        "checks.alarms": Tally(len(refuted) - len(found.alarms), len(refuted)),
    }
    return scores, misses
