"""What a number measures: the rules' word, weighed with the words around it.

Rules (`indicators.indicator_of`) read the decisive word of a clause and are right or far off. A linear model learnt
from labelled facts hears them as one voice among others: the unit, what is counted, the topic, the words before and
behind the number, of its clause and of its heading. It overrules them only where it is sure.
"""

import math
from collections.abc import Iterable, Iterator

from schemas.vocabulary import Indicator, Topic
from summarizer.precheck.candidate import Candidate
from summarizer.readers.clauses import Around
from summarizer.readers.linear_model import Group, LinearModel
from summarizer.readers.study import Study

RULES = frozenset({"rule", "rule and unit"})
"""Kinds of features that hold what the rules say."""

RULE, RULE_AND_UNIT = 3.0, 1.5
"""Value of what the rules say: a rare code (股金) is learnt from few numbers, and is right by its decisive word."""

OVERRULES = math.log(2)
"""Log odds by which another indicator must be likelier than that of the rules."""

BEFORE_CHARS, BEHIND_CHARS = 14, 12
"""Characters of the clause in which words count as standing before or behind the number."""

FRONT_CHARS, REST_CHARS = 80, 40
"""Characters of the sentence in front of the clause and after it whose words count."""


def settled(study: Study, candidate: Candidate, near: Around, by_rules: Indicator, topic: Topic) -> Indicator:
    """The indicator of a number that is one by the rules, and that is about a topic."""
    model = study.indicators
    if model is None:
        return by_rules
    return overruled(model, features(study, candidate, near, by_rules, topic), by_rules)


def overruled(model: LinearModel[Indicator], groups: Iterable[Group], by_rules: Indicator) -> Indicator:
    """The likeliest indicator by a number's features, where it is plainly likelier than that of the rules."""
    vector = model.bias + model.vector(groups)
    likeliest = model.best(vector)
    if likeliest is by_rules:
        return by_rules
    scores = model.scores(vector)
    return likeliest if scores[likeliest] - scores[by_rules] > OVERRULES else by_rules


def features(study: Study, candidate: Candidate, near: Around, by_rules: Indicator, topic: Topic) -> Iterator[Group]:
    """What speaks for an indicator, by kind."""
    text, words, unit = study.brief.text, study.words, candidate.unit.value
    clause, sentence, start, end = near.clause, near.sentence, candidate.start, candidate.end
    yield "rule", (by_rules.value,), RULE
    yield "rule and unit", (f"{by_rules.value} {unit}",), RULE_AND_UNIT
    yield "unit", (unit,), 1.0
    yield "counted", (candidate.counted or "",), 1.0
    yield "topic", (topic.value,), 0.5
    yield "topic and unit", (f"{topic.value} {unit}",), 1.0
    yield "per", (" ".join(per.value for per in candidate.per),), 1.0
    yield "qualifier", (candidate.qualifier.value,), 0.5
    before = words.words(max(clause.start, start - BEFORE_CHARS), start)
    behind = words.words(end, min(clause.end, end + BEHIND_CHARS))
    yield "before", set(before), 1.0
    yield "behind", set(behind), 1.0
    yield "last before", before[-1:], 1.5
    yield "first behind", behind[:1], 1.5
    yield "clause", set(words.words(clause.start, clause.end)), 0.5
    yield "front", set(words.words(max(sentence.start, clause.start - FRONT_CHARS), clause.start)), 0.3
    yield "rest", set(words.words(clause.end, min(sentence.end, clause.end + REST_CHARS))), 0.3
    yield "heading", {word for _, word in study.model.finder.found(study.heading(candidate.section))}, 0.5
    for kind, chars in (("touching", 1), ("touching two", 2)):
        before_it, behind_it = text[max(clause.start, start - chars) : start], text[end : end + chars]
        yield kind, ("".join((*before_it.split(), "|")), "".join(("|", *behind_it.split()))), 1.0
