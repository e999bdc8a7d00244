"""Facts found: of the labelled numbers those that the report has (recall), of the report's those labelled (precision).

A number is found when the place where it begins lies in a report fact's span: how far the mention reaches is a matter
of taste (`近3000元`, `3000元`), that no figure is cut in two is not (`.3%` does not hold the first digit of `22.3%`).
`span` is the stricter share of found facts whose mention begins and ends where the labelled one does.
"""

from evals.scorers.compared import Compared
from evals.scorers.tally import Miss, Scored, Tally


def score(given: Compared) -> Scored:
    """`recall`, `precision` (their harmonic mean follows from both) and `span`."""
    pairs, gold, report = given.pairs, given.gold, given.report
    found, used = {g.number_at for g, _ in pairs}, {f.id for _, f in pairs}
    misses = [Miss("recall", g.number_at, g.mention, g.label, "-") for g in gold.facts if g.number_at not in found]
    misses += [
        Miss("precision", f.number_at, f.mention, "-", f"{f.label} ({f.indicator})")
        for f in report.facts
        if f.id not in used
    ]
    other = [(g, f) for g, f in pairs if g.span != f.span]
    misses += [Miss("span", g.number_at, g.mention, str(g.span), f"{f.span} {f.mention}") for g, f in other]
    scores = {
        "recall": Tally(len(pairs), len(gold.facts)),
        "precision": Tally(len(pairs), len(report.facts)),
        "span": Tally(len(pairs) - len(other), len(pairs)),
    }
    return scores, misses
