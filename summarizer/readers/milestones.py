"""Milestones: dated events, one for each place that an event is told of."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from schemas.reading import MilestoneReading
from schemas.vocabulary import Level, MilestoneEvent
from summarizer.precheck.brief import TimePhrase
from summarizer.readers.clauses import Stretch
from summarizer.readers.dated import DAY, HISTORY, acted, happening, is_deadline
from summarizer.readers.event_places import EXITS, is_part, places_before, places_of
from summarizer.readers.event_times import times_of_events
from summarizer.readers.narrative import event_of, words
from summarizer.readers.study import Study, is_after

_OF_VILLAGE = re.compile("整村|出列")
_OF_COUNTY = re.compile("摘|退出|整县|整体|[全县区市]{2}(?:如期|全部|全面|率先|实现)?脱贫")

_CALLED_OFF = re.compile("原定(?:于|在)?$|原计划(?:于|在)?$|原本$")
"""What stands before a time at which something did not happen."""


_FROM = ("起", "开始", "以来")

FROM_CHARS = 3
"""Characters behind a time in which it is told that something began then (2016年3月|开始)."""

TOLD_CHARS = 24
"""Characters behind such a time that tell what began."""

HEAD_CHARS = 200
"""Characters at the beginning of a text in which a notice says what it issues."""

GOES_ON_CHARS = 24
"""Characters behind the names of counties that only set a time beside that of others, and no new event."""

LONGEST_QUOTE = 120
"""Characters: an event is told in a few clauses after its date."""


def milestones(study: Study, section: int) -> tuple[MilestoneReading, ...]:
    """The dated events that a section tells of."""
    part = study.brief.parts[section]
    found: list[MilestoneReading] = []
    exit_at: tuple[int, MilestoneEvent] | None = None
    phrases = times_of_events(study, part.start, part.end)
    for i, phrase in enumerate(phrases):
        if phrase.period is None or (_is_undated(study, phrase) and not _is_as_of(study, phrase)):
            continue
        if _is_of_cohort(study, phrase):
            continue
        if _CALLED_OFF.search(study.brief.text, part.start, phrase.start):
            continue
        following = next((p.start for p in phrases[i + 1 :] if not _is_base(study, p)), part.end)
        scope = _scope(study, phrase, following, part.start)
        told = list(_events(study, phrase, scope)) or list(_exits_go_on(study, phrase, exit_at))
        if told and told[0].event in EXITS and told[0].place:
            exit_at = phrase.start, told[0].event
        found += [m for m in told if m not in found]
    return tuple(found)


def _is_of_cohort(study: Study, phrase: TimePhrase) -> bool:
    """Whether a time only dates a plan or a batch (2016年项目); 7月9日的一场冰雹 is what happened then."""
    text = study.brief.text
    if words("milestones", "struck").match(text, phrase.end) or is_deadline(study, phrase):
        return False
    return words("milestones", "cohort").match(text, phrase.end) is not None


def _is_base(study: Study, phrase: TimePhrase) -> bool:
    """Whether a year only says what a change began with: 到2019年底,贫困发生率由2014年的18%降到0.5%,61个村全部出列."""
    text = study.brief.text
    return text.startswith("的", phrase.end) and text[phrase.start - 1] in "由从比较"


def _is_undated(study: Study, phrase: TimePhrase) -> bool:
    return words("milestones", "undated").search(_said(study, phrase)) is not None


def _is_as_of(study: Study, phrase: TimePhrase) -> bool:
    """Whether figures are counted up to a time (截至2019年底): an event only where nobody is left by then."""
    return _said(study, phrase).startswith("截")


def _said(study: Study, phrase: TimePhrase) -> str:
    return study.brief.text[phrase.start : phrase.end]


def _scope(study: Study, phrase: TimePhrase, following: int, first: int) -> Stretch:
    """From the clause of the date to the end of its half-sentence, or to the next date's clause."""
    text = study.brief.text
    clause = study.layout.clause(phrase.start)
    sentence = study.layout.sentence(phrase.start)
    end = min(sentence.end, clause.start + LONGEST_QUOTE)
    if (stop := re.compile(r"[；;]").search(text, phrase.end, end)) is not None:
        # 2019年,163个村出列:…;甲区摘帽: an exit in a later half-sentence goes by the date at the head of them all.
        later = any(words("milestones", n).search(text, stop.end(), min(end, following)) for n in ("exit", "award"))
        end = min(end, following) if later else stop.start()
    if phrase.end < following < end:
        end = max(study.layout.clause(following).start, clause.end) if following >= clause.end else following
    return Stretch(max(clause.start, first), end)


def _events(study: Study, phrase: TimePhrase, scope: Stretch) -> Iterator[MilestoneReading]:
    """The events that the clauses of the scope tell of, each with the places it is told of."""
    text = study.brief.text
    told: set[tuple[MilestoneEvent, str | None]] = set()
    clauses = study.layout.clauses(scope.start, scope.end)
    for clause in clauses:
        event = _event(study, phrase, text[clause.start : clause.end], text[scope.start : clause.end])
        if event is None:
            continue
        places = places_of(study, _extended(study, clause, event, scope), event) or places_before(study, clause, event)
        of_village = _OF_VILLAGE.search(text, clause.start, clause.end)
        if (
            event in EXITS
            and not of_village
            and words("milestones", "household").search(text, study.layout.sentence(clause.start).start, clause.end)
        ):
            continue
        if event in EXITS and not _is_of_subject(study, text[clause.start : clause.end]):
            # 贫困人口全部脱贫: of a named county that is no poor county it is an event, else a target among others.
            if not places and not _is_last(study, text[clause.start : clause.end]):
                continue
            event = MilestoneEvent.OTHER if places else _due_event(study, phrase, clause)
        for place in places or [None]:
            # 通过验收,整村退出: a test and the exit after it are two events, other clauses go on about the first.
            after = event in EXITS and {e for e, _ in told} <= _before_exit(study)
            if (event, place) not in told and (place is not None or not told or after):
                told.add((event, place))
                yield MilestoneReading(
                    date=_date(study, phrase, event),
                    event=event,
                    place=place,
                    quote=_quote(text, min(scope.start, clause.start), clause.end),
                )
    if not told and (head := _head(study, phrase)) is not None:
        quote = study.brief.text[phrase.start : phrase.end]
        yield MilestoneReading(date=_date(study, phrase), event=head, quote=quote)
        return
    if not told and not _is_as_of(study, phrase) and (happens := happening(study, phrase, scope)) is not None:
        event = _due_event(study, phrase, happens)
        places = places_of(study, happens, MilestoneEvent.OTHER) or places_before(study, happens, MilestoneEvent.OTHER)
        quote = _quote(text, scope.start, happens.end)
        place = places[0] if len(places) == 1 else None
        yield MilestoneReading(date=_date(study, phrase), event=event, place=place, quote=quote)
    elif not told and not _is_as_of(study, phrase) and (did := acted(study, phrase)) is not None:
        yield _done_long_ago(study, phrase, Stretch(scope.start, did.end))


def _done_long_ago(study: Study, phrase: TimePhrase, told: Stretch) -> MilestoneReading:
    """What was done in a year that is history; a town's or a village's act is told of it."""
    said = study.brief.text[phrase.start : told.end]
    lasting = words("milestones", "lasting").search(said) is not None
    event = MilestoneEvent.PROGRAMME_STARTED if lasting else MilestoneEvent.OTHER
    named = places_of(study, told, event)
    if not named and words("milestones", "by_county").search(said) is None:
        named = list(places_before(study, told, event))
    place = named[0] if len(named) == 1 else None
    return MilestoneReading(date=_date(study, phrase), event=event, place=place, quote=_quote(study.brief.text, *told))


def _before_exit(study: Study) -> frozenset[MilestoneEvent]:
    """After what an exit of the subject is told as an event of its own; a village's also when all its people are."""
    village = study.brief.subject.level is Level.VILLAGE
    return frozenset({MilestoneEvent.EXIT_ASSESSED, *([MilestoneEvent.OTHER] if village else [])})


def _exits_go_on(
    study: Study, phrase: TimePhrase, before: tuple[int, MilestoneEvent] | None
) -> Iterator[MilestoneReading]:
    """The exits of a clause that only sets counties and a time beside those before: 甲县今年摘帽,乙县2020年跟进."""
    text, clause = study.brief.text, study.layout.clause(phrase.start)
    if before is None or before[0] < study.layout.sentence(phrase.start).start:
        return
    places = [p for p in study.places_in(clause.start, clause.end) if p.adcode and is_part(study, p)]
    at = bisect_left(study.starts, clause.start)
    if not places or places[0].start > clause.start or at < bisect_left(study.starts, clause.end):
        return
    if places[-1].end > phrase.start or clause.end - places[-1].end > GOES_ON_CHARS:
        return
    event = MilestoneEvent.EXIT_PLANNED if _ahead(study, phrase) else before[1]
    quote = _quote(text, clause.start, clause.end)
    for place in dict.fromkeys(p.name for p in places):
        yield MilestoneReading(date=_date(study, phrase), event=event, place=place, quote=quote)


def _extended(study: Study, clause: Stretch, event: MilestoneEvent, scope: Stretch) -> Stretch:
    """The clause with the next one, where a disaster's place is told: 去年7月一场暴雨,四棵树乡冲毁道路38公里."""
    if event is not MilestoneEvent.DISASTER or clause.end >= scope.end:
        return clause
    return Stretch(clause.start, min(study.layout.clause(clause.end).end, scope.end))


def _due_event(study: Study, phrase: TimePhrase, clause: Stretch) -> MilestoneEvent:
    """The kind of an event that no word names: nobody left in poverty at a time to come is planned as the exit is."""
    written = study.brief.written
    told = study.brief.text[clause.start : clause.end]
    past = "已" in told or (written is not None and is_after(written, phrase.period or ""))
    escape = words("milestones", "everybody").search(told)
    return MilestoneEvent.EXIT_PLANNED if escape and not past and not _has_left(study) else MilestoneEvent.OTHER


def _has_left(study: Study) -> bool:
    """Whether the county is told to have left the list, so that who is left in it escapes without an exit."""
    return (
        study.brief.subject.level is Level.COUNTY and words("milestones", "left").search(study.brief.text) is not None
    )


def _head(study: Study, phrase: TimePhrase) -> MilestoneEvent | None:
    """What the day under a title dates: a paper that is issued (关于印发…的通知), a speech (在全县推进会上的讲话)."""
    text, line = study.brief.text, study.layout.paragraph(phrase.start)
    said = text[line.start : line.end].strip(" \u3000()（）—\n")
    if said == _said(study, phrase) and words("milestones", "notice").search(text, 0, HEAD_CHARS):
        return MilestoneEvent.POLICY_ISSUED
    dated = phrase.start < HEAD_CHARS and "。" not in said and DAY.fullmatch(phrase.period or "")
    speech = dated and words("milestones", "speech").search(text, 0, HEAD_CHARS)
    return MilestoneEvent.MEETING if speech else None


def _is_last(study: Study, clause: str) -> bool:
    """Whether nobody is left in poverty: of a village an event, of a county where its last are told of."""
    whole = study.brief.subject.level is Level.VILLAGE and re.search("全部(?:达到)?脱贫", clause)
    return bool(whole) or words("milestones", "last").search(clause) is not None


def _is_of_subject(study: Study, clause: str) -> bool:
    """Whether an exit is the county's own; a village's is told of the village where it is the subject."""
    of_village = study.brief.subject.level is Level.VILLAGE and _OF_VILLAGE.search(clause)
    return bool(of_village or _OF_COUNTY.search(clause))


def _event(study: Study, phrase: TimePhrase, clause: str, so_far: str) -> MilestoneEvent | None:
    """What the clause tells of, or None. An event after the time of writing is planned."""
    name, event = event_of(clause)
    if _are_all_out(study, phrase, clause, so_far) or (
        not _is_as_of(study, phrase) and _is_turn(study, phrase, clause)
    ):
        return MilestoneEvent.OTHER
    if _is_as_of(study, phrase):
        return None
    deadline = study.brief.text.startswith("前", phrase.end)
    if deadline and event in {None, MilestoneEvent.OTHER, MilestoneEvent.PROGRAMME_STARTED}:
        kind = "due" if "月" in _said(study, phrase) else "due_year"
        return MilestoneEvent.OTHER if words("milestones", kind).search(clause) else None
    if event is None and not clause.rstrip("，, ").endswith(_FROM) and _is_begun(study, phrase):
        return MilestoneEvent.PROGRAMME_STARTED
    if event is None or study.brief.text[study.layout.sentence(phrase.start).end - 1] in "？?":
        return None
    said = _said(study, phrase)
    if name == "other" and said.startswith("到") and re.search("已|累计", so_far):
        # 到5月底,已建成住房3624套: a count up to a day.
        return None
    if name == "other" and said.endswith(("底", "末")) and words("milestones", "counted_by").search(clause):
        return None
    if name in {"other", "programme_started"} and _is_of_a_year(study, phrase, clause):
        return None
    ahead = _ahead(study, phrase) or bool(words("milestones", "planned").search(so_far)) or _is_due(study, phrase)
    ahead = ahead or (
        event is MilestoneEvent.EXIT_APPROVED and words("milestones", "wanted").search(clause) is not None
    )
    if event is MilestoneEvent.EXIT_APPROVED and words("milestones", "named").search(clause):
        # 2019年是整县摘帽的决战之年: said of this year or a later one, it is what the county plans.
        now = (phrase.period or "")[:4] >= str(study.brief.reference_year)
        return (
            MilestoneEvent.EXIT_PLANNED
            if now and clause.rstrip("。，；").endswith(("之年", "的年份", "的一年"))
            else None
        )
    if event is MilestoneEvent.EXIT_ASSESSED and ahead:
        return MilestoneEvent.OTHER
    if event is not MilestoneEvent.EXIT_APPROVED:
        return event
    return MilestoneEvent.EXIT_PLANNED if ahead else event


def _are_all_out(study: Study, phrase: TimePhrase, clause: str, so_far: str) -> bool:
    """Whether all villages or households are told to have left by the end of a month or a year that is over.

    By a mere year that is an event only of those who were left (余下的11个贫困村也都销了号).
    """
    if _ahead(study, phrase) or "摘" in clause:
        return False
    if words("milestones", "last_out").search(clause):
        return not is_deadline(study, phrase) and words("milestones", "to_do").search(so_far) is None
    if is_deadline(study, phrase):
        return False
    period = phrase.period or ""
    if "-" in period:
        return words("milestones", "all_out").search(clause) is not None
    all_villages = words("milestones", "all_villages").search(clause)
    return "/" not in period and all_villages is not None and words("milestones", "planned").search(so_far) is None


def _is_turn(study: Study, phrase: TimePhrase, clause: str) -> bool:
    """Whether a household is told to have been put on record, or to have left: 2014年评上了贫困户, 年底他家摘了帽."""
    if _ahead(study, phrase) or _said(study, phrase).startswith("当年") or words("milestones", "while").search(clause):
        return False
    return words("milestones", "turn").search(clause) is not None


def _is_begun(study: Study, phrase: TimePhrase) -> bool:
    """Whether works begin at the time of the phrase (2013年起,县里在戈壁上种沙棘), not a rate that then holds."""
    text = study.brief.text
    begins = words("milestones", "from_then").search(text, phrase.start, phrase.end + FROM_CHARS)
    if begins is None or _ahead(study, phrase) or _is_undated(study, phrase):
        return False
    end = min(study.layout.sentence(phrase.start).end, phrase.end + TOLD_CHARS)
    return begins.end() >= phrase.end and words("milestones", "terms").search(text, phrase.end, end) is None


def _is_of_a_year(study: Study, phrase: TimePhrase, clause: str) -> bool:
    """Whether works are told of this year or the last, or of a part of it: those are measures, an event has its month.

    A year further back is history, and what began or was built in it an event (2015年,村里办起合作社).
    """
    period, said = phrase.period or "", _said(study, phrase)
    if words("milestones", "part").search(said):
        return True
    if _begins(said) or words("milestones", "season").search(study.brief.text, phrase.start, phrase.end + FROM_CHARS):
        return False
    now = study.brief.reference_year
    if now is not None and period.isdecimal() and int(period) > now:
        # 计划2022年通车 has no nearer time; 到2020年大棚要发展到1.5万亩 is a target.
        return words("milestones", "target").search(clause) is not None
    return "-" not in period and ("/" in period or now is None or int(period) > now - HISTORY)


def _is_due(study: Study, phrase: TimePhrase) -> bool:
    """Whether the phrase is the deadline of a plan: 按照计划,今年11月底前…."""
    text = study.brief.text
    planned = words("milestones", "planned").search(text, study.layout.sentence(phrase.start).start, phrase.start)
    return _said(study, phrase) == "年内" or (text.startswith("前", phrase.end) and planned is not None)


def _ahead(study: Study, phrase: TimePhrase) -> bool:
    return bool(phrase.period and study.now and is_after(phrase.period, study.now))


def _date(study: Study, phrase: TimePhrase, event: MilestoneEvent | None = None) -> str:
    """The day, month or year; of a stretch (2016年起) the year it begins.

    7月18日那场洪水, told in March, was that of the year before, and so was what is told to be done (已于11月20日完工).
    """
    assert phrase.period is not None
    said = _said(study, phrase)
    over = event is MilestoneEvent.DISASTER or study.brief.text.endswith(("已于", "已在"), 0, phrase.start)
    if over and "年" not in said and _ahead(study, phrase):
        return f"{int(phrase.period[:4]) - 1}{phrase.period[4:]}"
    return phrase.period.split("/")[0] if _begins(said) else phrase.period


def _begins(said: str) -> bool:
    """Whether a phrase tells from when on something is so: 2016年起."""
    return said.startswith(("自", "从")) or said.endswith(("起", "开始", "以来"))


def _quote(text: str, start: int, end: int) -> str:
    return text[start:end].strip(" 　\n，,；;。：:、").lstrip("”")
