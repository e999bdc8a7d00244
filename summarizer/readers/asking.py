"""The questions that a model is asked of an article, and the prompts that put them in words."""

import inspect
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import prompts
from schemas import answer, mending, question, retelling, wording
from schemas.answer import OverviewAnswer, SectionAnswer
from schemas.mending import Doubt, no_doubt
from schemas.question import Asked, Guess, OverviewQuestion, SectionQuestion
from schemas.reading import NumberReading, Overview, SectionReading
from schemas.report import Subject
from schemas.vocabulary import Code, Indicator, MilestoneEvent, SetAsideReason, Status, Topic, Unit
from schemas.wording import fold, known_periods, marked
from summarizer.precheck.brief import Brief
from summarizer.precheck.candidate import Candidate
from summarizer.readers.indicators import lexicon
from summarizer.readers.pieces import Piece, without_figures

HEADLINE_CHARS = 40
SUMMARY_CHARS = 240
_OPENING_CHARS = 600
"""Of the article's text in the overview prompt: where reports say who they are about and what was achieved."""

_MOST_FIGURES = 30
_MOST_TIMES = 12

_MEASURED = frozenset(Unit) - {
    *(Unit.COUNT, Unit.TIME, Unit.YEAR, Unit.MONTH, Unit.DAY, Unit.HOUR, Unit.PERSON, Unit.HOUSEHOLD)
}
"""Units in which no date, ordinal or slogan is written: such a number is a fact, or another's denominator."""

_FOLDED_REFERENCE = re.compile(r"｛(\d{1,6})｝")

_HEADLINE_FIRST = (
    *(Indicator.LIFTED_PERSONS, Indicator.LIFTED_HOUSEHOLDS, Indicator.POVERTY_RATE, Indicator.REMAINING_PERSONS),
    *(Indicator.REGISTERED_PERSONS, Indicator.REGISTERED_HOUSEHOLDS, Indicator.INVESTMENT, Indicator.PERSONAL_INCOME),
    *(Indicator.HOUSEHOLD_INCOME, Indicator.LOANS, Indicator.DIVIDENDS, Indicator.PERSONS_EMPLOYED),
    *(Indicator.HOUSEHOLDS_COVERED, Indicator.PERSONS_COVERED, Indicator.PLANTED_AREA, Indicator.CAPACITY),
)


@cache
def section_system() -> str:
    """The part of the section prompt that is the same in every call."""
    return prompts.load("section").system.render(**code_lists())


def code_lists() -> dict[str, str]:
    """The code lists with their meanings, by the variable of a prompt that they stand for."""
    return {
        "indicators": _names(Indicator),
        "statuses": _lines(Status),
        "topics": _names(Topic),
        "reasons": _lines(SetAsideReason),
        "events": _names(MilestoneEvent),
    }


@cache
def overview_system() -> str:
    """The part of the overview prompt that is the same in every call."""
    return prompts.load("overview").system.render(headline_chars=str(HEADLINE_CHARS), summary_chars=str(SUMMARY_CHARS))


def prompt_fingerprint() -> str:
    """Changes with any word that a model is shown in every call, and with the shape of its answers."""
    return prompts.fingerprint(section_fingerprint(), overview_fingerprint())


def section_fingerprint() -> str:
    """The part of it that is about sections."""
    shape = repr(SectionAnswer.model_json_schema())
    return prompts.fingerprint(section_system(), prompts.load("section").user.text, shape)


def overview_fingerprint() -> str:
    """The part of it that is about overviews."""
    shape = repr(OverviewAnswer.model_json_schema())
    return prompts.fingerprint(overview_system(), prompts.load("overview").user.text, shape)


@cache
def validator_fingerprint() -> str:
    """Changes with the code that judges answers."""
    return prompts.fingerprint(
        *(inspect.getsource(module) for module in (answer, mending, question, retelling, wording))
    )


def section_question(
    brief: Brief, piece: Piece, guesses: Sequence[SectionReading], doubt: Doubt = no_doubt
) -> SectionQuestion:
    """What is asked of one piece; `guesses` are the rules' readings of the sections it lies in."""
    stated = [phrase.period for phrase in brief.times]
    writing = [brief.written, *(str(y) for y in _around(brief.reference_year))]
    guessed = {number.id: number for guess in guesses for number in guess.numbers}
    return SectionQuestion(
        text=brief.text[piece.start : piece.end],
        words=without_figures(brief.text, piece.start, piece.end, brief.candidates),
        asked={c.id: _asked(brief, piece, c, guessed.get(c.id)) for c in piece.candidates},
        places=_places(brief, guessed.values()),
        subject=_own_names(brief.subject),
        periods=known_periods([*stated, *writing, *(n.period for n in guessed.values())]),
        guesses={c.id: _guess(guessed[c.id]) for c in piece.candidates if c.id in guessed},
        doubt=doubt,
    )


def _own_names(subject: Subject) -> frozenset[str]:
    """The subject's name, alone and behind those of what it lies in."""
    name, prefecture, province = subject.name or "", subject.prefecture or "", subject.province or ""
    return frozenset({name, prefecture + name, province + name, province + prefecture + name}) if name else frozenset()


def _around(year: int | None) -> Iterable[int]:
    return () if year is None else (year - 1, year, year + 1)


def _places(brief: Brief, guessed: Iterable[NumberReading]) -> frozenset[str]:
    named = {place.name for place in brief.places}
    return frozenset(named | {n.place for n in guessed if n.place})


def _asked(brief: Brief, piece: Piece, candidate: Candidate, guess: NumberReading | None) -> Asked:
    fitting = fitting_indicators(candidate.unit) | ({guess.indicator} if guess else set())
    reasons = frozenset({SetAsideReason.PER_UNIT}) if candidate.unit in _MEASURED else frozenset(SetAsideReason)
    mention = brief.text[candidate.start : candidate.end]
    return Asked(mention, frozenset(fitting), reasons, candidate.start - piece.start)


def _guess(number: NumberReading) -> Guess:
    if number.set_aside is not None:
        return (number.set_aside,)
    return (number.indicator, number.status, number.period or "", number.place or "", number.label)


@cache
def fitting_indicators(unit: Unit) -> frozenset[Indicator]:
    """The indicators that can be stated in a unit: those that any rule knows for it."""
    known = lexicon()
    by_topic = {indicator for (other, _), indicator in known.by_topic.items() if other is unit}
    return frozenset({r.indicator for r in known.rules[unit]} | by_topic | {known.defaults[unit], Indicator.OTHER})


def section_prompt(brief: Brief, piece: Piece, guesses: Sequence[SectionReading]) -> str:
    """The part of the section prompt that is this piece's."""
    ids = [c.id for c in piece.candidates]
    inside = [g for g in guesses if any(n.id in ids for n in g.numbers)]
    return prompts.load("section").user.render(
        subject=fold(brief.subject.name or "不明"),
        year=str(brief.reference_year or "不明"),
        section="；".join(f"{fold(brief.parts[g.section].heading or '无标题')}（{g.topic}）" for g in inside),
        times=_times(brief, piece),
        text=marked(
            brief.text[piece.start : piece.end],
            [(c.id, c.start - piece.start, c.end - piece.start) for c in piece.candidates],
        ).strip(),
        guesses="\n".join(_guess_line(n) for g in inside for n in g.numbers if n.id in ids),
        # Their words are those of the text above.
        measures="\n".join(dict.fromkeys(fold(f"{m.topic} {m.title}") for g in inside for m in g.measures)) or "无",
        ids=f"{ids[0]} 到 {ids[-1]}" if len(ids) > 2 else "、".join(map(str, ids)),
    )


def _times(brief: Brief, piece: Piece) -> str:
    """The time phrases of the piece and what they mean, the one before it first: it may still govern."""
    inside = [t for t in brief.times if t.period and piece.start <= t.start < piece.end]
    before = [t for t in brief.times if t.period and t.start < piece.start][-1:]
    meant = {fold(brief.text[t.start : t.end]): t.period for t in (*before, *inside)}
    return "；".join(f"{phrase}={period}" for phrase, period in list(meant.items())[:_MOST_TIMES]) or "无"


def _guess_line(number: NumberReading) -> str:
    """The rules' answer in the form in which the model answers."""
    guess = _guess(number)
    words = ",".join(json.dumps(fold(word), ensure_ascii=False) for word in guess)
    return f"[{number.id},{words}]" if len(guess) > 1 else f"x [{number.id},{words}]"


def overview_question(brief: Brief, doubt: Doubt = no_doubt) -> OverviewQuestion:
    """What is asked of the whole article."""
    return OverviewQuestion(
        text=brief.text,
        words=without_figures(brief.text, 0, len(brief.text), brief.candidates),
        mentions={c.id: brief.text[c.start : c.end] for c in brief.candidates if not c.damaged},
        headline_chars=HEADLINE_CHARS,
        summary_chars=SUMMARY_CHARS,
        starts={c.id: c.start for c in brief.candidates if not c.damaged},
        subject=brief.subject.name or "",
        doubt=doubt,
    )


def overview_prompt(brief: Brief, readings: Sequence[SectionReading], guess: Overview) -> str:
    """The part of the overview prompt that is this article's."""
    start = brief.parts[0].start if brief.parts else 0
    end = min(len(brief.text), start + _OPENING_CHARS)
    inside = [c for c in brief.candidates if start <= c.start and c.end <= end]
    measures = [_folded_but_references(f"{m.topic} {m.title}：{m.summary}") for r in readings for m in r.measures]
    return prompts.load("overview").user.render(
        subject=fold(brief.subject.name or "不明"),
        year=str(brief.reference_year or "不明"),
        title=fold(brief.article.info.title or "无"),
        text=marked(brief.text[start:end], [(c.id, c.start - start, c.end - start) for c in inside]).strip(),
        figures="\n".join(_figures(brief, readings)) or "无",
        measures="\n".join(measures) or "无",
        headline=_folded_but_references(guess.headline) or "无",
        summary=_folded_but_references(guess.summary) or "无",
        names=fold("、".join((*guess.designations, *guess.partners))) or "无",
    )


def _figures(brief: Brief, readings: Sequence[SectionReading]) -> list[str]:
    """The figures that sum an article up, each with its reference, its words and what it is."""
    mentions: Mapping[int, str] = {c.id: brief.text[c.start : c.end] for c in brief.candidates if not c.damaged}
    facts = [n for r in readings for n in r.numbers if n.set_aside is None and n.id in mentions]
    rank = {indicator: i for i, indicator in enumerate(_HEADLINE_FIRST)}
    own = sorted(facts, key=lambda n: (n.place is not None, rank.get(n.indicator, len(rank))))
    chosen = sorted(own[:_MOST_FIGURES], key=lambda n: n.id)
    return [
        f"{{{n.id}}} "
        + fold(" ".join(str(p) for p in (mentions[n.id], n.label or n.indicator.zh, n.status, n.period, n.place) if p))
        for n in chosen
    ]


def _folded_but_references(text: str) -> str:
    """A sentence of a reading, folded like the article whose words it has, with its references as they were."""
    return _FOLDED_REFERENCE.sub(r"{\1}", fold(text))


def _names(codes: type[Code]) -> str:
    return "、".join(f"{code} {code.zh}" for code in codes)


def _lines(codes: type[Code]) -> str:
    return "\n".join(f"{code} {code.zh}" + (f"（{code.meaning}）" if code.meaning else "") for code in codes)
