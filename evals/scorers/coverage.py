"""Coverage: every number is accounted for, and what is set aside is set aside for the right reason.

`accounted` reads the text alone: each run of Arabic digits must lie in a fact, in a number set aside, in one that the
report calls unread, or in damage. It asks nothing of the labels, so that no slip in them hides a number that vanished.
`set aside` takes the labelled traps that the report set aside, and compares the reasons; a trap that is no candidate
for the product (a slogan in Chinese numerals) is not scored, and one taken for a fact costs `traps`.
"""

import re

from evals.scorers.compared import Compared, overlap
from evals.scorers.tally import Miss, Scored, Scores, Tally

_DIGITS = re.compile(r"[\d０-９]+")


def score(given: Compared) -> Scored:
    """`accounted` where the text is known, and `set aside`."""
    aside = given.report.coverage.set_aside
    told = [
        (trap, span, {a.reason for a in aside if overlap(a.span, span)})
        for trap in given.gold.traps
        for span in trap.spans
    ]
    # A quote may hold two numbers (第一批2018年), each set aside for its own reason.
    judged = [(trap, span, reasons) for trap, span, reasons in told if reasons]
    misses = [
        Miss("set aside", span[0], trap.quote, trap.reason, " ".join(sorted(reasons)))
        for trap, span, reasons in judged
        if trap.reason not in reasons
    ]
    scores: Scores = {"set aside": Tally(len(judged) - len(misses), len(judged))}
    if given.raw is not None:
        scores["accounted"], lost = _accounted(given, given.raw)
        misses += lost
    return scores, misses


def _accounted(given: Compared, raw: str) -> tuple[Tally, list[Miss]]:
    report = given.report
    account = [f.span for f in report.facts] + [a.span for a in report.coverage.set_aside]
    account += [*report.coverage.unread_spans, *(d.span for d in report.damage)]
    runs = list(_DIGITS.finditer(raw))
    lost = [run for run in runs if not any(overlap(run.span(), span) for span in account)]
    misses = [Miss("accounted", run.start(), run.group(), "a number of the text", "-") for run in lost]
    return Tally(len(runs) - len(lost), len(runs)), misses
