"""Milestones: dated events, the same by date, event and place; the words that tell them may differ."""

from evals.scorers.compared import Compared
from evals.scorers.lists import of_list
from evals.scorers.tally import Scored


def score(given: Compared) -> Scored:
    """`milestones.recall` and `milestones.precision`."""
    gold, report = given.gold.milestones, given.report.milestones
    return of_list(
        "milestones", ((m.date, m.event, m.place) for m in gold), ((m.date, m.event, m.place) for m in report)
    )
