"""What happened at a time that is told to the month or the day: an event, even where no word says of which kind.

An article tells a month where something began, ended, came or is due then. So what stands behind such a date is taken
for an event, unless the date only says when a figure held (5月底已开工420户), belongs to somebody's own story
(4月份她领到2870元), or is the day on which a reporter looked on.
"""

import re

from summarizer.precheck.brief import TimePhrase
from summarizer.readers.cases import people_of
from summarizer.readers.clauses import Stretch
from summarizer.readers.narrative import words
from summarizer.readers.study import Study, is_after

HISTORY = 2
"""Years before the year of reference from which on a bare year dates an event."""

LEAST_TOLD = 2
"""Characters beside the date that tell something (9月开学)."""

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_NAMED = re.compile(r"(?<![0-9至到、—－-])(?:1[0-2]|[1-9]|十[一二]?|[二三四五六七八九])月(?![一至到])")
_BEFORE = re.compile("[之以]?前(?!夕)")
_HOUR = re.compile("星期[一二三四五六日天]|[上下中]午|[傍当]?晚上?|清晨|凌晨|夜里|[底末初]|[^，。]?旬")
_UP_TO = re.compile("(?:[从到至比截入进]|一进)$")
_SINCE = re.compile(r"[从自]\d{1,2}月\d{1,2}日起")
_END = ("底", "末")
_HAN = re.compile("[\u4e00-\u9fff]")


def acted(study: Study, phrase: TimePhrase) -> Stretch | None:
    """The clause that tells what the county did in a year that is history (2013年,县里关了煤矿); None without one."""
    text = study.brief.text
    behind = words("milestones", "acted").match(text, phrase.end, study.layout.sentence(phrase.start).end)
    if behind is None or not is_history(study, phrase):
        return None
    clause = study.layout.clause(behind.end() - 1)
    return None if _has(text[phrase.end : clause.end], "stands") else clause


def is_history(study: Study, phrase: TimePhrase) -> bool:
    """Whether a bare year lies so far back that what was done in it is an event, and no measure of the year."""
    period, now = phrase.period or "", study.brief.reference_year
    return _YEAR.fullmatch(period) is not None and (now is None or int(period) <= now - HISTORY)


def is_deadline(study: Study, phrase: TimePhrase) -> bool:
    """Whether a month or a day is one by which something is done (6月底前, 明年6月以前)."""
    return bool(_MONTH.fullmatch(phrase.period or "") and _BEFORE.match(study.brief.text, phrase.end))


def happening(study: Study, phrase: TimePhrase, scope: Stretch) -> Stretch | None:
    """The clause of the scope that tells what happened, or is due, at the time of the phrase; None where none does."""
    text, line = study.brief.text, study.layout.paragraph(phrase.start)
    if "。" not in text[line.start : line.end] or not _MONTH.fullmatch(phrase.period or ""):
        return None
    clause = next((c for c in study.layout.clauses(scope.start, scope.end) if _tells(text, phrase, c)), None)
    if clause is None or _is_seen(study, phrase, Stretch(scope.start, clause.end)):
        return None
    if is_deadline(study, phrase):
        return clause if _is_done(study, phrase, clause) else None
    told = Stretch(scope.start, clause.end)
    return clause if _happens(study, phrase, told) else None


def _tells(text: str, phrase: TimePhrase, clause: Stretch) -> bool:
    """Whether a clause says anything behind the date (11月17日晚上 says nothing)."""
    behind = text[max(clause.start, phrase.end) : clause.end]
    return len(_HAN.findall(_HOUR.sub("", behind))) >= LEAST_TOLD


def _happens(study: Study, phrase: TimePhrase, clause: Stretch) -> bool:
    """Whether clauses tell what happened in a month or on a day; at the end of one, only what was done as a whole."""
    text = study.brief.text
    said, told = text[phrase.start : phrase.end], text[clause.start : clause.end]
    if (
        (_UP_TO.match(said[0]) and not _SINCE.match(text, phrase.start))
        or _UP_TO.search(text, study.layout.clause(phrase.start).start, phrase.start)
        or _has(told, "counted_by")
    ):
        return False
    if said.endswith(_END):
        return _has(told, "whole")
    if DAY.fullmatch(phrase.period or ""):
        return True
    return _NAMED.search(text, phrase.start, phrase.end + 1) is not None and not _is_private(study, clause)


def _is_done(study: Study, phrase: TimePhrase, clause: Stretch) -> bool:
    """Whether something is done by a deadline.

    By the end of a year a county wants many things, and what it counts then is a target; so is what it will have spent.
    """
    text = study.brief.text
    told = text[clause.start : clause.end]
    if _has(text[study.layout.sentence(clause.start).start : clause.end], "spent"):
        return False
    past = study.brief.written is not None and is_after(study.brief.written, phrase.period or "")
    year_end = text[phrase.start : phrase.end].endswith(("年底", "年末"))
    counted = any(clause.start <= c.start < clause.end for c in study.brief.candidates)
    return _has(told, "whole") or not (past or (year_end and counted))


def _has(told: str, name: str) -> bool:
    return words("milestones", name).search(told) is not None


def _is_seen(study: Study, phrase: TimePhrase, told: Stretch) -> bool:
    """Whether the clauses are a scene that a reporter saw, what every year brings, or a byline."""
    text = study.brief.text
    if words("milestones", "scene").search(text, phrase.end, study.layout.sentence(told.end - 1).end):
        return True
    if any(words("milestones", name).match(text, phrase.end) for name in ("spot", "yearly")):
        return True
    return _has(text[told.start : told.end], "byline")


def _is_private(study: Study, clause: Stretch) -> bool:
    """Whether the clause is of somebody's own story."""
    text = study.brief.text
    if words("cases", "pronoun").search(text, clause.start, clause.end) or _has(
        text[clause.start : clause.end], "private"
    ):
        return True
    part = next(p for p in study.brief.parts if p.start <= clause.start < p.end)
    return any(clause.start <= at < clause.end for at, _ in people_of(study, part.index))
