"""Whether what a number states has happened: the rules' word, weighed with the words around it.

Rules (`status.status_of`) follow a cue through scopes and clauses, and go wrong where an author words a plan or a rate
in a way that none of them foresees. A linear model learnt from labelled facts without the rules' word hears cue words
by where they stand, the unit, the indicator, the status of the number in front and the announcements in force. It
overrules the rules where they rest on no word beside the number, and where it is surer than they have proved to be.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from schemas.vocabulary import Indicator, Status, Topic
from summarizer.precheck.candidate import Number
from summarizer.readers.clauses import Around, Layout
from summarizer.readers.linear_model import Group, LinearModel, Vector
from summarizer.readers.policy import is_told_of
from summarizer.readers.scopes import announces_plans, announces_rates, entitles, instructs
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

RATE, SUM = 10_000, 500_000
"""Values from which on a number is no small one, and a large one."""

TITLE_CHARS, OPENING_CHARS = 60, 30
"""Characters of a title, and of the opening of a paragraph, whose words are heard."""

HALF_CHARS, REST_CHARS, PREVIOUS_CHARS = 80, 40, 60
"""Characters in front of the clause, behind it, and of the sentence before, whose words are heard."""

FRONT_CHARS, BEHIND_CHARS = 120, 60
"""Characters on either side of the number in which the nearest words that speak for a status are looked for."""

STEP, FAR = 6, 4
"""Characters of a step of distance, and the steps from which on all is far."""

TOUCHING = 14, 12
"""Characters of the clause in which words of topics count as standing before or behind the number."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a number beside its words.

    `last` is the number in front with its status; `later` what a time to come costs as a sign of a plan, `told`
    whether its half-sentence names one that has come, `planned` whether its part lays down a plan.
    """

    indicator: Indicator
    topic: Topic
    heading: str
    later: float | None
    told: bool
    planned: bool
    last: tuple[Number, Status] | None


def settled(study: Study, section: int, near: Around, known: Known, by_rules: Word) -> Status:
    """The status of a number, given the rules' word on it."""
    model = study.statuses
    if model is None or by_rules.sure:
        return by_rules.status
    told = model.bias + model.vector(features(study, section, near, known))
    found = overruled(model, told, by_rules.status)
    return by_rules.status if found is not by_rules.status and _stands(study, near, known, found) else found


def _stands(study: Study, near: Around, known: Known, found: Status) -> bool:
    """Whether the rules' word stands against what the model has found.

    A plan goes on in its half-sentence until a word of fulfilment (下达指标5000人,补助资金500万元), and what words
    beside the number tell of was done, however much it sounds like a rate.
    """
    text = study.brief.text
    if found is Status.POLICY:
        return is_told_of(text, near)
    last, status = known.last or (near.number, None)
    if found is not Status.ACHIEVED or status is not Status.PLANNED or last.start < _half(text, near):
        return False
    words = study.heard.distinct((last.end, near.number.start))
    return Status.ACHIEVED.value not in {heard()[word] for word in words}


def overruled(model: LinearModel[Status], told: Vector, by_rules: Status) -> Status:
    """The status that leads that of the rules by most beyond what is asked of it, if any does."""
    leads = {
        status: model.lead(told, status, by_rules) - _TRUST.get(by_rules, 0.0) - _DOUBT.get(status, 0.0)
        for status in model.codes
        if status is not by_rules
    }
    best = max(leads, key=leads.__getitem__)
    return best if leads[best] > 0 else by_rules


def features(study: Study, section: int, near: Around, known: Known) -> Iterator[Group]:
    """What speaks for a status, by kind."""
    yield from _said_by_codes(near.number, known)
    yield from _zones(study, near)
    yield from _nearest(study, near)
    yield from _touching(study, near)
    yield from _above(study, section, near, known)
    yield from _in_front(study, near, known)


def _said_by_codes(number: Number, known: Known) -> Sequence[Group]:
    unit, indicator = number.unit.value, known.indicator.value
    return (
        ("unit", (unit,), 1.0),
        ("indicator", (indicator,), 1.0),
        ("indicator and unit", (f"{indicator} {unit}",), 0.7),
        ("topic", (known.topic.value,), 0.5),
        ("per", (" ".join(p.value for p in number.per),), 1.0),
        ("qualifier", (number.qualifier.value,), 1.0),
        ("size", (f"{unit} {_size(number)}",), 1.0),
    )


def _size(number: Number) -> str:
    if number.value is None:
        return "lost"
    return "large" if number.value >= SUM else "middle" if number.value >= RATE else "small"


def _half(text: str, near: Around) -> int:
    """Where the half-sentence of the number begins."""
    start, end = near.sentence.start, near.clause.start
    return max(start, *(text.rfind(mark, start, end) + 1 for mark in "；;"))


def _zones(study: Study, near: Around) -> Iterator[Group]:
    """The words that are heard, by where they stand to the number, and the lists that they are of."""
    layout, clause, sentence = study.layout, near.clause, near.sentence
    half = _half(layout.text, near)
    paragraph = layout.paragraph(near.number.start)
    zones = (
        ("own", near.before.start, near.before.end, 1.0),
        ("clause", clause.start, near.before.start, 0.7),
        ("behind", near.after.start, near.after.end, 1.0),
        ("clause end", near.after.end, clause.end, 0.7),
        ("half", max(half, clause.start - HALF_CHARS), clause.start, 0.6),
        ("sentence", max(sentence.start, half - HALF_CHARS), half, 0.4),
        ("rest", clause.end, min(sentence.end, clause.end + REST_CHARS), 0.5),
        ("opening", paragraph.start, min(paragraph.start + OPENING_CHARS, sentence.start), 0.5),
        ("previous", _previous(layout, sentence.start, paragraph.start), sentence.start, 0.3),
    )
    lists = heard()
    for zone, start, end, value in zones:
        if start < end:
            words = study.heard.distinct((start, end))
            yield zone, words, value
            yield f"{zone} list", {lists[word] for word in words} - {OTHER}, value


def _previous(layout: Layout, at: int, paragraph: int) -> int:
    """Where the sentence before a sentence begins to be heard; only one of the same paragraph is."""
    return at if at <= paragraph else max(layout.sentence(at - 1).start, at - PREVIOUS_CHARS)


def _nearest(study: Study, near: Around) -> Iterator[Group]:
    """Which lists the nearest words on either side are of, and how far they are."""
    number, sentence = near.number, near.sentence
    lists = heard()
    start, end = max(sentence.start, number.start - FRONT_CHARS), min(sentence.end, number.end + BEHIND_CHARS)
    front = [(w, lists[w], number.start - at - len(w)) for at, w in study.heard.spots(start, number.start)]
    front = [spot for spot in front if spot[1] != OTHER]
    if front:
        yield "nearest in front", (f"{front[-1][1]} {min(front[-1][2] // STEP, FAR)}",), 1.0
        yield "last lists", (" ".join(name for _, name, _ in front[-3:]),), 0.7
    behind = [(lists[w], at - number.end) for at, w in study.heard.spots(number.end, end) if lists[w] != OTHER]
    if behind:
        yield "nearest behind", (f"{behind[0][0]} {min(behind[0][1] // STEP, FAR)}",), 1.0


def _touching(study: Study, near: Around) -> Sequence[Group]:
    """The characters that touch the number, and words of topics around it."""
    text, words = study.brief.text, study.words
    number, clause, sentence = near.number, near.clause, near.sentence
    one, two, three = (_solid(text[max(clause.start, number.start - chars) : number.start]) for chars in (1, 2, 3))
    behind = text[number.end : min(number.end + 2, sentence.end)]
    return (
        ("touching", (f"{one}|", f"|{_solid(behind[:1])}"), 1.0),
        ("touching two", (f"{two}|", f"|{_solid(behind)}"), 1.0),
        ("touching three", (three,), 0.7),
        ("words before", set(words.words(max(clause.start, number.start - TOUCHING[0]), number.start)), 0.7),
        ("words behind", set(words.words(number.end, min(clause.end, number.end + TOUCHING[1]))), 0.7),
        ("words of clause", words.distinct(clause), 0.4),
        ("words in front", set(words.words(max(sentence.start, clause.start - HALF_CHARS), clause.start)), 0.2),
        ("words after", set(words.words(clause.end, min(sentence.end, clause.end + REST_CHARS))), 0.2),
    )


def _solid(said: str) -> str:
    """The words without blanks."""
    return "".join(said.split())


def _above(study: Study, section: int, near: Around, known: Known) -> Sequence[Group]:
    """What headings and the title say, and which announcements are in force."""
    title = study.brief.text[:TITLE_CHARS].split("\n")[0]
    return (
        ("words of heading", study.words_of(study.heading(section)), 0.4),
        ("heading", study.heard_in(known.heading), 0.8),
        ("title", study.heard_in(title), 0.3),
        ("announced", list(_announced(study, near, known)), 1.0),
        ("later", () if known.later is None else (f"{known.later:.0f}",), 1.0),
    )


def _announced(study: Study, near: Around, known: Known) -> Iterator[str]:
    """The names of what governs the number from further off."""
    layout, scopes = study.layout, status_words().scopes
    said = {
        "plan": study.is_plan,
        "story": study.is_story,
        "told": known.told,
        "plan's part": known.planned,
        "plans": announces_plans(layout, near, known.heading, scopes),
        "entitles": entitles(layout, scopes),
        "instructs": instructs(layout, scopes),
        "rates": announces_rates(layout, near, known.heading, scopes),
    }
    return (name for name, holds in said.items() if holds)


def _in_front(study: Study, near: Around, known: Known) -> Sequence[Group]:
    """The status of the number in front, and how near it is."""
    if known.last is None:
        return ()
    last, status = known.last
    text, number = study.brief.text, near.number
    edges = (
        ("pair", number.start - 1),
        ("clause", near.clause.start + 1),
        ("half", _half(text, near) + 1),
        ("sentence", near.sentence.start + 1),
        ("paragraph", study.layout.paragraph(number.start).start + 1),
    )
    where = next((name for name, edge in edges if last.end >= edge), "far")
    same = "same" if last.unit is number.unit else "another"
    return (("last", (f"{where} {status.value}",), 1.0), ("last and unit", (f"{where} {same} {status.value}",), 0.7))
