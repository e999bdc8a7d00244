"""Traps: numbers that are no facts. A trap is avoided where no fact's number lies in it.

Precision counts every unlabelled fact; this counts the ones that a hasty reader takes for figures (dates, slogans).
"""

from evals.scorers.compared import Compared
from evals.scorers.tally import Miss, Scored, Tally


def score(given: Compared) -> Scored:
    """`traps` avoided, of every place where one stands."""
    places = [(trap, span) for trap in given.gold.traps for span in trap.spans]
    caught = [(trap, s, f) for trap, s in places for f in given.report.facts if s[0] <= f.number_at < s[1]]
    misses = [Miss("traps", s[0], trap.quote, trap.reason, f"{f.label} ({f.indicator})") for trap, s, f in caught]
    return {"traps": Tally(len(places) - len({s for _, s, _ in caught}), len(places))}, misses
