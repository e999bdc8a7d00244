"""Measures: what was done, by topic. Nobody labels measures, so they are held to the labelled facts.

`measures.coverage`: of the topics under which the labels have work (done, under way or planned), those that some
measure has. The county's profile and its poverty figures describe, and are no work; rules and standards are neither.
`measures.topic`: of the labelled facts that a measure lists, those whose labelled topic is the measure's.
"""

from evals.scorers.compared import Compared
from evals.scorers.tally import Miss, Scored, Tally
from schemas.vocabulary import Status, Topic

DESCRIBED = frozenset({Topic.PROFILE, Topic.IDENTIFICATION, Topic.OTHER})


def score(given: Compared) -> Scored:
    """`measures.coverage` and `measures.topic`."""
    measures = given.report.measures
    work = {g.topic for g in given.gold.facts if g.topic not in DESCRIBED and g.status is not Status.POLICY}
    lacking = sorted(work - {m.topic for m in measures})
    labels = {fact.id: gold for gold, fact in given.pairs}
    listed = [(m, labels[i]) for m in measures for i in m.facts if i in labels]
    strayed = [(m, gold) for m, gold in listed if gold.topic != m.topic]
    misses = [Miss("measures.coverage", 0, "", topic, "-") for topic in lacking]
    misses += [Miss("measures.topic", gold.number_at, gold.mention, gold.topic, m.topic) for m, gold in strayed]
    scores = {
        "measures.coverage": Tally(len(work) - len(lacking), len(work)),
        "measures.topic": Tally(len(listed) - len(strayed), len(listed)),
    }
    return scores, misses
