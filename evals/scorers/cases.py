"""Cases: named examples, the same by person. Their sentences are judged by `faithfulness`."""

from evals.scorers.compared import Compared
from evals.scorers.lists import of_list
from evals.scorers.tally import Scored


def score(given: Compared) -> Scored:
    """`cases.recall` and `cases.precision`."""
    return of_list("cases", (c.person for c in given.gold.cases), (c.person for c in given.report.cases))
