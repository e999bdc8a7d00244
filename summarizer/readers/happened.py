"""Whether what a number states has happened: the words around it weighed, and with them the rules' word.

A linear model learnt from labelled facts hears cue words by where they stand, the unit, the indicator, the status of
the number in front and the announcements in force. Of most numbers it is sure without these that they are achieved
(全县累计脱贫3万人), and as often right as the rules would be. Of the others the rules are asked (`status.status_of`),
which follow a cue through scopes and clauses, and go wrong where an author words a plan or a rate in a way that none of
them foresees. The model overrules them where they rest on no word beside the number, and where it is surer than they
have proved to be.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from schemas.vocabulary import Indicator, Per, Status, Topic
from summarizer.precheck.candidate import Number
from summarizer.readers.clauses import Around, Layout
from summarizer.readers.coming import later, told_by_now
from summarizer.readers.linear_model import Group, LinearModel, Vector
from summarizer.readers.policy import is_told_of
from summarizer.readers.scopes import announces_plans, announces_rates, entitles, instructs, ruled_from
from summarizer.readers.status import Word
from summarizer.readers.status_model import OTHER, heard
from summarizer.readers.status_words import status_words
from summarizer.readers.study import Study

_TRUST: Mapping[Status, float] = {Status.ONGOING: 4.0, Status.POLICY: 2.0}
"""By what log odds the rules' word is believed beyond the model's, for they say this on strong signs alone."""

_DOUBT: Mapping[Status, float] = {Status.ACHIEVED: 1.0, Status.PLANNED: 2.0, Status.ONGOING: 2.0}
"""By what log odds another status must be likelier; a rule of the text's is what the rules overlook most often.

Both were chosen on numbers of articles as the rules read them before anybody had worked on these articles.
"""

_SURE = 4.5
"""By what log odds a number must be likelier to be achieved than anything else for nobody to be asked: the rules would
hardly ever say otherwise, and would be right no oftener than the model. So it was on articles left out."""

RATE, SUM = 10_000, 500_000
"""Values from which on a number is no small one, and a large one."""

MOST_DIGITS = 4
"""Digits from which on a value is anything but round: rules are round (60元, 八成), what was counted is not."""

TITLE_CHARS, OPENING_CHARS = 60, 30
"""Characters of a title, and of the opening of a paragraph, whose words are heard."""

HALF_CHARS, REST_CHARS, PREVIOUS_CHARS = 80, 40, 60
"""Characters in front of the clause, behind it, and of the sentence before, whose words are heard."""

FRONT_CHARS, BEHIND_CHARS = 120, 60
"""Characters on either side of the number in which the nearest words that speak for a status are looked for."""

STEP, FAR = 6, 4
"""Characters of a step of distance, and the steps from which on all is far."""

_AIM = re.compile("的?[^，。；,;0-9]{0,4}(?:目标|任务|指标)")
"""Behind a number that is called an aim, whatever lays it down: 按照开工率达到 + 60%的目标要求."""

TOUCHING = 14, 12
"""Characters of the clause in which words of topics count as standing before or behind the number."""


class Known(NamedTuple):
    """What is known of a number beside its words.

    `last` is the number in front with its status, `planned` whether its part lays down a plan.
    """

    indicator: Indicator
    topic: Topic
    heading: str
    planned: bool
    last: tuple[Number, Status] | None


Rules = Callable[[Study, Around, Known], Word]
"""The rules' word on a number, given what is known of it."""


def settled(study: Study, section: int, near: Around, known: Known, rules: Rules) -> Status:
    """The status of a number; the rules are asked where the model is not sure."""
    model = study.statuses
    if model is None:
        return rules(study, near, known).status
    told = _weighed(study, model, section, near, known)
    if is_plainly_achieved(model, told):
        return Status.ACHIEVED
    told += model.of_codes(_announced, *_announcements(study, near, known))
    if is_plainly_achieved(model, told):
        return Status.ACHIEVED
    by_rules = rules(study, near, known)
    found = overruled(model, told, by_rules.status)
    return by_rules.status if found is not by_rules.status and _stands(study, near, known, found, by_rules) else found


def is_plainly_achieved(model: LinearModel[Status], told: Vector) -> bool:
    """Whether a number is so likely to be achieved that nothing else need be asked; most are."""
    likeliest, lead = model.likeliest(told)
    return likeliest is Status.ACHIEVED and lead > _SURE


def _stands(study: Study, near: Around, known: Known, found: Status, by_rules: Word) -> bool:
    """Whether the rules' word stands against what the model has found.

    Words beside the number that they are sure of stand against all but a rule, which may be worded as a deed or as an
    aim (章程写明,完成任务的村每村奖2万元); a number that is called an aim is one. A plan goes on in its half-sentence
    until a word of fulfilment (下达指标5000人,补助资金500万元), and what words beside the number tell of was done,
    however much it sounds like a rate.
    """
    text = study.brief.text
    if found is Status.POLICY:
        return is_told_of(text, near) or (by_rules.sure and _AIM.match(text, near.number.end) is not None)
    if by_rules.sure:
        return True
    last, status = known.last or (near.number, None)
    if found is not Status.ACHIEVED or status is not Status.PLANNED or last.start < _half(text, near):
        return False
    words = study.heard.distinct((last.end, near.number.start))
    return Status.ACHIEVED.value not in {heard()[word] for word in words}


def overruled(model: LinearModel[Status], told: Vector, by_rules: Status) -> Status:
    """The status that leads that of the rules by most beyond what is asked of it, if any does."""
    trust = _TRUST.get(by_rules, 0.0)
    leads = {
        status: lead - trust - _DOUBT.get(status, 0.0)
        for status, lead in zip(model.codes, model.leads(told, by_rules), strict=True)
        if status is not by_rules
    }
    best = max(leads, key=leads.__getitem__)
    return best if leads[best] > 0 else by_rules


def features(study: Study, section: int, near: Around, known: Known) -> Iterator[Group]:
    """What speaks for a status, by kind."""
    yield from _said_by_codes(*_codes(near.number, known))
    yield from _beside(study, near)
    yield from _of_clause(study, near)
    yield from _of_sentence(study, near)
    yield from _of_section(study, section)
    yield from _announced(*_announcements(study, near, known))
    yield from _in_front(*_last(study, near, known))


def _weighed(study: Study, model: LinearModel[Status], section: int, near: Around, known: Known) -> Vector:
    """The scores of all but announcements: what codes, a section, a sentence or a clause say is weighed once."""
    told = model.bias + model.vector(_beside(study, near))
    told += _shared(study, model, (near.clause, near.sentence), _of_clause, near)
    told += _shared(study, model, near.sentence, _of_sentence, near)
    told += _shared(study, model, section, _of_section, section)
    told += model.of_codes(_said_by_codes, *_codes(near.number, known))
    return told + model.of_codes(_in_front, *_last(study, near, known))


def _shared(
    study: Study, model: LinearModel[Status], key: Hashable, groups: Callable[..., Iterable[Group]], about: object
) -> Vector:
    """The scores of what numbers share."""
    vectors = study.status_vectors
    if key not in vectors:
        vectors[key] = model.vector(groups(study, about))
    return vectors[key]


Codes = tuple[str, str, str, tuple[Per, ...], str, str, str]
"""Unit, indicator, topic, what the number is per, qualifier, size, digits."""


def _codes(number: Number, known: Known) -> Codes:
    return number.unit, known.indicator, known.topic, number.per, number.qualifier, _size(number), _digits(number)


def _said_by_codes(
    unit: str, indicator: str, topic: str, per: tuple[Per, ...], qualifier: str, size: str, digits: str
) -> Sequence[Group]:
    return (
        ("unit", (unit,), 1.0),
        ("indicator", (indicator,), 1.0),
        ("indicator and unit", (f"{indicator} {unit}",), 0.7),
        ("topic", (topic,), 0.5),
        ("per", (" ".join(p.value for p in per),), 1.0),
        ("qualifier", (qualifier,), 1.0),
        ("size", (f"{unit} {size}",), 1.0),
        ("digits", (digits, f"{unit} {digits}"), 1.0),
    )


def _size(number: Number) -> str:
    if number.value is None:
        return "lost"
    return "large" if number.value >= SUM else "middle" if number.value >= RATE else "small"


def _digits(number: Number) -> str:
    """How many digits the value has that are not only its size: 1 of 三百, 3 of 1.28万元."""
    if number.value is None:
        return "lost"
    return str(min(len(number.value.normalize().as_tuple().digits), MOST_DIGITS))


def _half(text: str, near: Around) -> int:
    """Where the half-sentence of the number begins."""
    start, end = near.sentence.start, near.clause.start
    return max(start, *(text.rfind(mark, start, end) + 1 for mark in "；;"))


def _beside(study: Study, near: Around) -> Iterator[Group]:
    """The words around the number itself, which no other number has."""
    clause, before, after = near.clause, near.before, near.after
    yield from _zone(study, "own", before.start, before.end, 1.0)
    yield from _zone(study, "clause", clause.start, before.start, 0.7)
    yield from _zone(study, "behind", after.start, after.end, 1.0)
    yield from _zone(study, "clause end", after.end, clause.end, 0.7)
    yield from _nearest(study, near)
    yield from _touching(study, near)


def _of_clause(study: Study, near: Around) -> Sequence[Group]:
    """The words of the clause, and those around it in its sentence."""
    clause, sentence = near.clause, near.sentence
    half, rest = _half(study.layout.text, near), min(sentence.end, clause.end + REST_CHARS)
    return (
        *_zone(study, "half", max(half, clause.start - HALF_CHARS), clause.start, 0.6),
        *_zone(study, "sentence", max(sentence.start, half - HALF_CHARS), half, 0.4),
        *_zone(study, "rest", clause.end, rest, 0.5),
        ("words of clause", study.words.distinct(clause), 0.4),
    )


def _of_sentence(study: Study, near: Around) -> Sequence[Group]:
    """The words with which the paragraph begins, and those of the sentence before."""
    layout, start = study.layout, near.sentence.start
    first = layout.paragraph(near.number.start).start
    return (
        *_zone(study, "opening", first, min(first + OPENING_CHARS, start), 0.5),
        *_zone(study, "previous", _previous(layout, start, first), start, 0.3),
    )


def _zone(study: Study, zone: str, start: int, end: int, value: float) -> Sequence[Group]:
    """The words that are heard in a stretch, by where it stands to the number, and the lists that they are of."""
    words = study.heard.distinct((start, end)) if start < end else ()
    if not words:
        return ()
    lists = heard()
    return (zone, words, value), (f"{zone} list", {lists[word] for word in words} - {OTHER}, value)


def _previous(layout: Layout, at: int, paragraph: int) -> int:
    """Where the sentence before a sentence begins to be heard; only one of the same paragraph is."""
    return at if at <= paragraph else max(layout.sentence(at - 1).start, at - PREVIOUS_CHARS)


def _nearest(study: Study, near: Around) -> Iterator[Group]:
    """Which lists the nearest words on either side are of, and how far they are."""
    number, sentence = near.number, near.sentence
    start, end = max(sentence.start, number.start - FRONT_CHARS), min(sentence.end, number.end + BEHIND_CHARS)
    front = study.telling(start, number.start)
    if front:
        _, last, name = front[-1]
        yield "nearest in front", (f"{name} {min((number.start - last) // STEP, FAR)}",), 1.0
        yield "last lists", (" ".join([name for _, _, name in front[-3:]]),), 0.7
    behind = study.telling(number.end, end)
    if behind:
        first, _, name = behind[0]
        yield "nearest behind", (f"{name} {min((first - number.end) // STEP, FAR)}",), 1.0


def _touching(study: Study, near: Around) -> Sequence[Group]:
    """The characters that touch the number, and words of topics around it."""
    text, words = study.brief.text, study.words
    number, clause, sentence = near.number, near.clause, near.sentence
    front, behind = text[clause.start : number.start][-3:], text[number.end : min(number.end + 2, sentence.end)]
    one, two, three = _solid(front[-1:]), _solid(front[-2:]), _solid(front)
    return (
        ("touching", (f"{one}|", f"|{_solid(behind[:1])}"), 1.0),
        ("touching two", (f"{two}|", f"|{_solid(behind)}"), 1.0),
        ("touching three", (three,), 0.7),
        ("words before", set(words.words(max(clause.start, number.start - TOUCHING[0]), number.start)), 0.7),
        ("words behind", set(words.words(number.end, min(clause.end, number.end + TOUCHING[1]))), 0.7),
    )


def _solid(said: str) -> str:
    """The words without blanks."""
    return "".join(said.split())


def _of_section(study: Study, section: int) -> Sequence[Group]:
    """What headings and the title say."""
    title = study.brief.text[:TITLE_CHARS].split("\n")[0]
    return (
        ("words of heading", study.words_of(study.heading(section)), 0.4),
        ("heading", study.heard_in(study.headings(section)), 0.8),
        ("title", study.heard_in(title), 0.3),
    )


_ANNOUNCED = ("plan", "story", "told", "plan's part", "plans", "entitles", "instructs", "rates", "ruled", "ruled told")
"""The names of what governs a number from further off."""


def _announcements(study: Study, near: Around, known: Known) -> tuple[float | None, tuple[bool, ...]]:
    """What a time to come costs as a sign of a plan, and which announcements are in force."""
    layout, words = study.layout, status_words()
    scopes, ruled = words.scopes, ruled_from(layout, near, words.scopes)
    was = ruled is not None and words.past.search(layout.text, ruled, near.clause.end) is not None
    return later(study, near), (
        study.is_plan,
        study.is_story,
        told_by_now(study, near),
        known.planned,
        announces_plans(layout, near, known.heading, scopes),
        entitles(layout, scopes),
        instructs(layout, scopes),
        announces_rates(layout, near, known.heading, scopes),
        ruled is not None and not was,
        was,
    )


def _announced(later: float | None, said: tuple[bool, ...]) -> Sequence[Group]:
    """What governs the number from further off."""
    return (
        ("announced", [name for name, holds in zip(_ANNOUNCED, said, strict=True) if holds], 1.0),
        ("later", () if later is None else (f"{later:.0f}",), 1.0),
    )


def _last(study: Study, near: Around, known: Known) -> tuple[str, str, str]:
    """How near the number in front is, whether it has the same unit, and its status; nothing where there is none."""
    if known.last is None:
        return "", "", ""
    last, status = known.last
    unit = "same" if last.unit is near.number.unit else "another"
    return _how_near(study, near, last.end), unit, status


def _how_near(study: Study, near: Around, end: int) -> str:
    """The narrowest stretch that holds a number and the end of the one in front; most stand in one clause."""
    if end >= near.number.start - 1:
        return "pair"
    if end > near.clause.start:
        return "clause"
    if end > _half(study.brief.text, near):
        return "half"
    if end > near.sentence.start:
        return "sentence"
    return "paragraph" if end > study.layout.paragraph(near.number.start).start else "far"


def _in_front(where: str, unit: str, status: str) -> Sequence[Group]:
    """The status of the number in front, and how near it is."""
    if not where:
        return ()
    return (("last", (f"{where} {status}",), 1.0), ("last and unit", (f"{where} {unit} {status}",), 0.7))
