"""Designations: official status labels of the subject, the same by their words."""

from evals.scorers.compared import Compared
from evals.scorers.lists import of_list
from evals.scorers.tally import Scored


def score(given: Compared) -> Scored:
    """`designations.recall` and `designations.precision`."""
    return of_list("designations", given.gold.designations, (d.text for d in given.report.designations))
