"""Verdict: whether the article is read, or skipped for the right reason. What is not read has no other score."""

from evals.gold import Gold
from evals.scorers.tally import Miss, Scored, Tally
from schemas.outcome import Outcome

REPORTED = "reported"


def score(gold: Gold, outcome: Outcome) -> Scored:
    """`verdict`; the facts of a county report that was not read are not found, which costs recall."""
    expected = f"{gold.outcome.outcome} {gold.outcome.reason}" if gold.outcome else REPORTED
    told = " ".join(part for part in (outcome.outcome, getattr(outcome, "reason", "")) if part)
    right = expected == told
    scores = {"verdict": Tally(right, 1)}
    if expected == REPORTED and not right:
        scores["recall"] = Tally(0, len(gold.facts))
    return scores, [] if right else [Miss("verdict", 0, "", expected, told)]
