"""The times by which a section's events are told: its time phrases, and days that stand without their month."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from operator import attrgetter

from summarizer.patterns import compiled
from summarizer.precheck.brief import TimePhrase
from summarizer.readers.dated import DAY
from summarizer.readers.narrative import words
from summarizer.readers.study import Study

_TITLE_ENDS = re.compile("[^，。；“”》]{2,24}[”》]")
_SINCE_DAY = re.compile(r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?=[^，。]*以来)")
_BARE_DAY = compiled(
    r"(?<![0-9月、至到—－~-])(?P<day>[12]?[0-9]|3[01])日(?=[上下]午|[傍当]?晚|宣布|公布|发布|召开|举行|起)"
)
_MARKED_DAY = re.compile(
    r"“(?P<month>1[0-2]|[1-9])[·.](?P<day>3[01]|[012]?[0-9])”(?![^，。；]{0,6}重建)(?=前|扶贫日|那|[^，。；]{0,6}[洪灾雨水震雪雹]|泥石流)"
)
YEAR_CHARS, MONTH_CHARS = 4, 7
MONTHS = 12


def times_of_events(study: Study, start: int, end: int) -> Sequence[TimePhrase]:
    """The times of a stretch without the years in names of meetings and awards, whose day stands before them."""
    text = study.brief.text
    told = study.timeline.between(start, end)
    phrases = sorted(
        chain(told, _bare_days(study, start, end), _marked_days(study, start, end)), key=attrgetter("start")
    )

    def is_name(i: int) -> bool:
        phrase = phrases[i]
        # 获得“2018年示范县”称号: the year is the title's own.
        if text.startswith(("“2", "《2"), phrase.start - 1) and _TITLE_ENDS.match(text, phrase.end):
            return True
        if i == 0 or "-" in (phrase.period or "-") or "-" not in (phrases[i - 1].period or ""):
            return False
        same = study.layout.sentence(phrase.start).start <= phrases[i - 1].start
        title = "meeting_name" if DAY.fullmatch(phrases[i - 1].period or "") else "award_name"
        return same and words("milestones", title).match(text, phrase.end) is not None

    return [_from_first_day(text, phrase) for i, phrase in enumerate(phrases) if not is_name(i)]


def _bare_days(study: Study, start: int, end: int) -> Iterator[TimePhrase]:
    """Days without their month (省政府17日宣布): of the month told last in the paragraph, else of that of writing."""
    for found in _BARE_DAY.finditer(study.brief.text, start, end):
        paragraph = study.layout.paragraph(found.start())
        before = [p.period or "" for p in study.timeline.between(paragraph.start, found.start())]
        months = [period[:MONTH_CHARS] for period in before if DAY.fullmatch(period.partition("/")[0])]
        published, now = study.brief.article.info.published or "", study.now or ""
        later = DAY.fullmatch(published) and int(found["day"]) > int(published[MONTH_CHARS + 1 :])
        if not months and len(now) == MONTH_CHARS and not later:
            months = [now]
        if months and (day := _day_of(months[-1], int(found["day"]))) is not None:
            yield TimePhrase(found.start(), found.end(), day)


def _marked_days(study: Study, start: int, end: int) -> Iterator[TimePhrase]:
    """Days by which something is called (2016年,“6·24”洪灾…): of the year that the sentence tells, else of this one."""
    for found in _MARKED_DAY.finditer(study.brief.text, start, end):
        sentence = study.layout.sentence(found.start())
        years = [p.period[:YEAR_CHARS] for p in study.timeline.between(sentence.start, found.start()) if p.period]
        year = years[-1] if years else study.brief.reference_year
        if year is not None and (day := _day_of(f"{year}-{int(found['month']):02}", int(found["day"]))) is not None:
            yield TimePhrase(found.start(), found.end(), day)


def _from_first_day(text: str, phrase: TimePhrase) -> TimePhrase:
    """An event of several days (8月6日至10日) is dated by the first of them, one since a day by that day."""
    first, _, _ = (phrase.period or "").partition("/")
    since = _SINCE_DAY.search(text, phrase.start, phrase.end)
    if since and len(first) == YEAR_CHARS:
        first = _day_of(f"{first}-{int(since['month']):02}", int(since["day"])) or first
    return replace(phrase, period=first) if DAY.fullmatch(first) else phrase


def _day_of(month: str, day: int) -> str | None:
    """A day of a month (2018-05), None where the calendar has no such day (2月31日, 13月1日)."""
    year, number = map(int, month.split("-"))
    exists = 1 <= number <= MONTHS and 1 <= day <= monthrange(year, number)[1]
    return f"{month}-{day:02}" if exists else None
