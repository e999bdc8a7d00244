"""Scorers: pure functions from a report and its labels to tallies, one file for each, with its rule and its reason.

What a report lacks (a fact not found) is missing and costs recall; what it says otherwise is wrong and costs the
field; what the labels or the text do not let anyone judge is not scored, and is no zero. Scores are shares of counts,
added up over articles.
"""

from collections.abc import Callable, Sequence

from evals.checks.labels import Label
from evals.gold import Gold
from evals.scorers import (
    about,
    cases,
    checks,
    codes,
    counted,
    coverage,
    damage,
    designations,
    faithfulness,
    grounding,
    hallucinated,
    label,
    measures,
    milestones,
    partners,
    per,
    period,
    place,
    qualifier,
    span,
    traps,
    value,
)
from evals.scorers.compared import Compared, align
from evals.scorers.grounding import FIELDS
from evals.scorers.tally import Miss, Scored, Scores, Tally
from schemas.report import CountyReport

__all__ = ["FIELDS", "SCORERS", "Compared", "Miss", "Scored", "Scores", "Tally", "align", "score"]

SCORERS: dict[str, Callable[[Compared], Scored]] = {
    "span": span.score,
    "value": value.score,
    "counted": counted.score,
    "qualifier": qualifier.score,
    "per": per.score,
    "label": label.score,
    "codes": codes.score,
    "place": place.score,
    "period": period.score,
    "grounding": grounding.score,
    "hallucinated": hallucinated.score,
    "traps": traps.score,
    "coverage": coverage.score,
    "damage": damage.score,
    "about": about.score,
    "milestones": milestones.score,
    "cases": cases.score,
    "designations": designations.score,
    "partners": partners.score,
    "measures": measures.score,
    "checks": checks.score,
    "faithfulness": faithfulness.score,
}
"""Every scorer of a report, in the order of a table's rows; `verdict` scores outcomes."""


def score(gold: Gold, report: CountyReport, raw: str | None = None, checks: Sequence[Label] = ()) -> Scored:
    """All tallies of one article, and everything that is not as labelled."""
    given = Compared(gold, report, align(gold, report), raw, checks)
    scores: Scores = {}
    misses: list[Miss] = []
    for scorer in SCORERS.values():
        found, told = scorer(given)
        scores |= found
        misses += told
    return scores, misses
