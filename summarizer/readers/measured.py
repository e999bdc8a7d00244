"""What a number measures: the rules' word, weighed with the words around it.

Rules (`indicators.indicator_of`) read the decisive word of a clause and are right or far off. A linear model learnt
from labelled facts hears them as one voice among others: the unit, what is counted, the topic, the words before and
behind the number, of its clause and of its heading. It overrules them only where it is sure.
"""

import math
import re
from collections.abc import Iterator, Sequence

from schemas.vocabulary import Indicator, Per, Qualifier, Topic, Unit
from summarizer.precheck.candidate import Candidate
from summarizer.readers.clauses import Around
from summarizer.readers.linear_model import Group, LinearModel, Vector
from summarizer.readers.study import Study

RULES = frozenset({"rule", "rule and unit"})
"""Kinds of features that hold what the rules say."""

RULE, RULE_AND_UNIT = 3.0, 1.5
"""Value of what the rules say: a rare code (股金) is learnt from few numbers, and is right by its decisive word."""

OVERRULES = math.log(2)
"""Log odds by which another indicator must be likelier than that of the rules."""

_CALLED_GRANT = re.compile("(?:的)?(?:奖补|奖励|补助|补贴|救助)(?:资金|金|款)")
"""Money that is called a grant is one, whoever puts it in: 投入1200万元奖补资金."""

_FEWER = re.compile(
    r"(?:贫困(?:人口|人数|群众|户数?|家庭)[^，。,；;\d]{0,7}减少了?|减少了?(?:农村)?贫困(?:人口|户))(?:近|约|超过?|逾)?$"
)
"""By how many the poor became fewer, whatever stands around it: 贫困人口比上年减少3000人. Before the number."""

_FEWER_CHARS = 20
"""Characters before a number in which `_FEWER` is looked for."""

BEFORE_CHARS, BEHIND_CHARS = 14, 12
"""Characters of the clause in which words count as standing before or behind the number."""


def settled(study: Study, candidate: Candidate, near: Around, by_rules: Indicator, topic: Topic) -> Indicator:
    """The indicator of a number that is one by the rules, and that is about a topic."""
    model = study.indicators
    if model is None or _is_plain(study.brief.text, candidate, by_rules):
        return by_rules
    codes = (by_rules, topic, candidate.unit, candidate.qualifier, candidate.per)
    told = model.bias + model.of_codes(_said_by_codes, *codes) + model.vector(_touching(study, candidate, near))
    clause = (candidate.section, near.clause)
    around = study.clauses.get(clause)
    if around is None:
        around = study.clauses[clause] = model.vector(_around(study, candidate.section, near))
    return overruled(model, told + around, by_rules)


def _is_plain(text: str, candidate: Candidate, by_rules: Indicator) -> bool:
    """Whether the words that touch the number leave no doubt of what the rules say."""
    if by_rules is Indicator.SUBSIDY:
        return _CALLED_GRANT.match(text, candidate.end) is not None
    if by_rules in (Indicator.LIFTED_PERSONS, Indicator.LIFTED_HOUSEHOLDS):
        return _FEWER.search(text[max(0, candidate.start - _FEWER_CHARS) : candidate.start]) is not None
    return False


def overruled(model: LinearModel[Indicator], told: Vector, by_rules: Indicator) -> Indicator:
    """The likeliest indicator by what speaks for each, where it is plainly likelier than that of the rules."""
    likeliest = model.best(told)
    if likeliest is by_rules:
        return by_rules
    return likeliest if model.lead(told, likeliest, by_rules) > OVERRULES else by_rules


def features(study: Study, candidate: Candidate, near: Around, by_rules: Indicator, topic: Topic) -> Iterator[Group]:
    """What speaks for an indicator, by kind; `settled` adds up their weights, and keeps what numbers share."""
    yield from _said_by_codes(by_rules, topic, candidate.unit, candidate.qualifier, candidate.per)
    yield from _touching(study, candidate, near)
    yield from _around(study, candidate.section, near)


def _said_by_codes(
    by_rules: Indicator, topic: Topic, unit: Unit, qualifier: Qualifier, per: tuple[Per, ...]
) -> Sequence[Group]:
    return (
        ("rule", (by_rules.value,), RULE),
        ("rule and unit", (f"{by_rules.value} {unit.value}",), RULE_AND_UNIT),
        ("unit", (unit.value,), 1.0),
        ("topic", (topic.value,), 0.5),
        ("topic and unit", (f"{topic.value} {unit.value}",), 1.0),
        ("per", (" ".join(p.value for p in per),), 1.0),
        ("qualifier", (qualifier.value,), 0.5),
    )


def _touching(study: Study, candidate: Candidate, near: Around) -> Sequence[Group]:
    """What the number counts, and the words and characters beside it."""
    text, words, clause = study.brief.text, study.words, near.clause
    start, end = candidate.start, candidate.end
    before = words.words(max(clause.start, start - BEFORE_CHARS), start)
    behind = words.words(end, min(clause.end, end + BEHIND_CHARS))
    one, two = (text[max(clause.start, start - chars) : start] for chars in (1, 2))
    return (
        ("counted", (candidate.counted or "",), 1.0),
        ("before", set(before), 1.0),
        ("behind", set(behind), 1.0),
        ("last before", before[-1:], 1.5),
        ("first behind", behind[:1], 1.5),
        ("touching", (f"{_solid(one)}|", f"|{_solid(text[end : end + 1])}"), 1.0),
        ("touching two", (f"{_solid(two)}|", f"|{_solid(text[end : end + 2])}"), 1.0),
    )


def _solid(said: str) -> str:
    """The words without blanks."""
    return "".join(said.split())


def _around(study: Study, section: int, near: Around) -> Sequence[Group]:
    """The words of the number's clause, and of its heading; what else its sentence says measures something else."""
    return (
        ("clause", study.words.distinct(near.clause), 0.5),
        ("heading", study.words_of(study.heading(section)), 0.5),
    )
