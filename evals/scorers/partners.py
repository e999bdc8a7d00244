"""Partners: outside helpers, the same by name as a whole. A shorter name may be another helper."""

from evals.scorers.compared import Compared
from evals.scorers.lists import of_list
from evals.scorers.tally import Scored


def score(given: Compared) -> Scored:
    """`partners.recall` and `partners.precision`."""
    return of_list("partners", given.gold.partners, (p.name for p in given.report.partners))
