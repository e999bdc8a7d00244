"""What each candidate number of a section means, by rules."""

import re

from schemas.reading import NumberReading
from schemas.vocabulary import Indicator, Status, Topic, Unit
from summarizer.precheck import about, times
from summarizer.precheck.candidate import Candidate
from summarizer.readers.cases import home, people, told_of
from summarizer.readers.clauses import Around, Stretch
from summarizer.readers.helpers import is_given
from summarizer.readers.indicators import indicator_of
from summarizer.readers.labels import label_of
from summarizer.readers.narrative import words
from summarizer.readers.policy import is_granted, is_next_rate
from summarizer.readers.status import CARRIED_COST, LATER_COST, heads_plan, status_of
from summarizer.readers.study import Study, is_after

_SEPARATORS = r"[\s、，,;；和与及∶:：(（/]*"
_MEMBER = re.compile(
    rf"^{_SEPARATORS}(?:其中{_SEPARATORS})?(?:[\u4e00-\u9fff]{{1,7}}[县市区旗乡镇村州盟](?<!贫困村))?$"
)
_PLACED = re.compile(r"[县市区旗乡镇村州盟]$")
_TASK = re.compile(
    r"^[\s，,；;、]*(?:(?:实际|共|已|已经|现已|累计|超额|全部|圆满|按期|[一二三四五六七八九十两几]{1,2}[县市区乡镇村])*"
    r"(?:完成|合计|共计|总计)(?:了|全年|年度|省定|市定|县定|下达|目标|任务|的)*)$"
)
_TASK_BEHIND = re.compile(r"^(?:的?(?:年度|全年|目标)*(?:任务|指标|计划|目标)|\s*[，,。；;])")
_FUND = re.compile("(?:资金|投入|类|专项|财政|级|部门)$")
_WHO = re.compile(
    "(?:建档立卡|贫困(?:户|人口|群众|劳动力|家庭|学生|妇女)|脱贫(?:户|人口|劳动力)|妇女|女性|残疾人|少数民族|党员)"
)
_COUNTS_PEOPLE = frozenset({Unit.PERSON, Unit.PERSON_TIME, Unit.COUNT})
_CHANGE = re.compile(
    "[^，,。；;]{0,8}(?:减少|下降|降低|降|压减|增加|提高|上升|增长|提升|增|升|扩大|扩)(?:到|至|为)[^，,。；;]{0,6}"
)
_DISTANCE = re.compile("(?:距离?|离)[^,，。；;0-9]{0,12}$")

LIST = 40
"""Numbers in front of a list's member among which its head is looked for."""

_OWN_TOPIC = {
    Indicator.POPULATION: Topic.PROFILE,
    Indicator.RURAL_POPULATION: Topic.PROFILE,
    Indicator.AREA: Topic.PROFILE,
    Indicator.TOWNSHIPS: Topic.PROFILE,
    Indicator.VILLAGES: Topic.PROFILE,
    Indicator.REGISTERED_HOUSEHOLDS: Topic.IDENTIFICATION,
    Indicator.REGISTERED_PERSONS: Topic.IDENTIFICATION,
    Indicator.LIFTED_HOUSEHOLDS: Topic.IDENTIFICATION,
    Indicator.LIFTED_PERSONS: Topic.IDENTIFICATION,
    Indicator.REMAINING_HOUSEHOLDS: Topic.IDENTIFICATION,
    Indicator.REMAINING_PERSONS: Topic.IDENTIFICATION,
    Indicator.POVERTY_RATE: Topic.IDENTIFICATION,
    Indicator.GENERATION: Topic.PHOTOVOLTAIC,
}
"""Quantities that are about one topic in whatever passage they stand."""

_NEVER_PROFILE = frozenset(
    {
        Indicator.PLACES_COVERED,
        Indicator.HOUSEHOLDS_COVERED,
        Indicator.PERSONS_COVERED,
        Indicator.SUBSIDY,
        Indicator.INVESTMENT,
        Indicator.LOANS,
        Indicator.PROJECTS,
    }
)
"""Quantities of a measure: 改造38个自然村的电网 is about the grid, though it names villages."""

_DESCRIBED = re.compile("[下管所]?辖|下设|地处|位于|面积")
"""Words of a clause that describes the place, though it counts places (辖1区4县)."""

_DENOMINATORS = frozenset({Indicator.POPULATION, Indicator.RURAL_POPULATION, Indicator.VILLAGES, Indicator.TOWNSHIPS})
_IS_BASE = re.compile("占[^，。；,;]*$")
"""What a share is of: 占全县农村户籍人口 + 33.2万人."""

_THEIR_PERSONS = {
    Indicator.REGISTERED_HOUSEHOLDS: Indicator.REGISTERED_PERSONS,
    Indicator.LIFTED_HOUSEHOLDS: Indicator.LIFTED_PERSONS,
    Indicator.REMAINING_HOUSEHOLDS: Indicator.REMAINING_PERSONS,
}
"""Of households counted, what the persons right behind them are."""

_HAVE_POOR = frozenset({Indicator.PERSONS_EMPLOYED, Indicator.PERSONS_TRAINED, Indicator.PERSONS_COVERED})
"""People of whom 其中 counts the poor."""

_HALF_SENTENCE_END = re.compile(r"[；;。！？!?\n]")
_CLOSED = re.compile(r"^\s*(?:[、，,;；。)）∶:：!！?？\n]|$|的比例|的份额)")


def read_numbers(study: Study, section: int) -> tuple[NumberReading, ...]:
    """The meaning of every candidate of the section, in order."""
    found: dict[int, NumberReading] = {}
    part = study.brief.parts[section]
    named = tuple(people(study, part.body, part.end))
    for candidate in study.brief.candidates_of(section):
        near = study.around(candidate)
        person = told_of(study, named, near)
        reading = _read(study, section, candidate, near, found, person)
        if reading.place is None and person:
            reading = reading.replace(place=home(study, named, person))
        found[candidate.id] = reading
    return tuple(found.values())


def _read(
    study: Study, section: int, candidate: Candidate, near: Around, found: dict[int, NumberReading], person: str
) -> NumberReading:
    """One number; a member of a list (`大宁县600人、永和县600人`) means what the list's head means.

    A number without words of its own (其中20兆瓦3座) is labelled as the one before it in its sentence. `person` is
    whom it is told of, empty where it is no figure of a story.
    """
    model = _list_head(study, candidate, near, found)
    if model is not None:
        period = _period(study, candidate, model.topic, model.status)
        return model.replace(id=candidate.id, place=_place(study, candidate), period=period)
    carried = _carried(study, candidate, found)
    topic = _topic(study, section, candidate, near, (_in_half_sentence(study, candidate, found), carried))
    fulfilled = _fulfilled(study, candidate, near, found)
    indicator = fulfilled.indicator if fulfilled else _paid_out(indicator_of(study.brief.text, near, topic), topic)
    last = study.brief.candidates[candidate.id - 2] if candidate.id > 1 else candidate
    before = found.get(last.id) if last.start >= near.sentence.start else None
    if before is not None:
        indicator = _of_same(study, candidate, near, indicator, before)
    status = _status(study, section, near, indicator, before)
    topic = _own_topic(study, section, near, indicator, topic)
    label = label_of(study.layout, near, indicator, study.lead(section, candidate.start), person)
    return NumberReading(
        id=candidate.id,
        label=_continued(study, candidate, label, before) or indicator.zh,
        topic=topic,
        indicator=indicator,
        place=_place(study, candidate),
        status=status,
        period=_period(study, candidate, topic, status),
    )


def _own_topic(study: Study, section: int, near: Around, indicator: Indicator, topic: Topic) -> Topic:
    """The topic of a number of this indicator in a passage of that topic: some quantities are about one topic anywhere.

    But 占全县农村人口的20% in a passage on the poor is about them, and 辖1区4县 is the profile whatever else follows.
    """
    if indicator is Indicator.LOANS and topic is not Topic.EDUCATION:
        return Topic.FINANCE
    if topic is Topic.PROFILE and indicator in _NEVER_PROFILE:
        said = study.brief.text[near.clause.start : near.clause.end]
        return topic if _DESCRIBED.search(said) else study.section_topic(section)
    if indicator in _DENOMINATORS and _IS_BASE.search(study.brief.text, near.clause.start, near.number.start):
        return topic
    return _OWN_TOPIC.get(indicator, topic)


def _status(study: Study, section: int, near: Around, indicator: Indicator, before: NumberReading | None) -> Status:
    """The status of a number; `before` is the number in front in its sentence.

    The next of a list of rates is a rule like the first, and what works under way cost is under way with them.
    """
    last = study.brief.candidates[before.id - 1] if before else None
    if before and last and before.status is Status.POLICY:
        text = study.brief.text
        if last.unit is near.number.unit and is_next_rate(text, near, last.end):
            return Status.POLICY
        if last.end <= near.clause.start and is_granted(text, near):
            return Status.POLICY
    heading = study.headings(section)
    planned = study.is_plan and heads_plan(heading)
    return status_of(study.layout, near, indicator, _later(study, near), heading, planned=planned)


def _in_half_sentence(study: Study, candidate: Candidate, found: dict[int, NumberReading]) -> NumberReading | None:
    """The reading of the number in front, where no semicolon or sentence end stands between."""
    if candidate.id < 2 or candidate.id - 1 not in found:
        return None
    between = study.brief.text[study.brief.candidates[candidate.id - 2].end : candidate.start]
    return None if _HALF_SENTENCE_END.search(between) else found[candidate.id - 1]


def _of_same(
    study: Study, candidate: Candidate, near: Around, indicator: Indicator, before: NumberReading
) -> Indicator:
    """The indicator of a number that counts those of the number in front once more.

    `由152个减少到11个`: the same once more. `6582户23116人`: the persons of those households.
    `用工104人,其中贫困户67人`: some of those who work.
    """
    last = study.brief.candidates[candidate.id - 2]
    if last.end == candidate.start and (last.unit, candidate.unit) == (Unit.HOUSEHOLD, Unit.PERSON):
        return _THEIR_PERSONS.get(before.indicator, indicator)
    if last.unit is candidate.unit and _CHANGE.fullmatch(study.brief.text, last.end, candidate.start):
        return before.indicator
    counted = {Indicator.REGISTERED_PERSONS, Indicator.REGISTERED_HOUSEHOLDS, Indicator.PERSONS_COVERED}
    if indicator in counted and before.indicator in _HAVE_POOR and _is_part(study, candidate, near):
        return before.indicator
    return indicator


def _carried(study: Study, candidate: Candidate, found: dict[int, NumberReading]) -> Topic | None:
    """The topic of the number in front in the same paragraph."""
    if candidate.id - 1 not in found:
        return None
    last = study.brief.candidates[candidate.id - 2]
    return found[last.id].topic if last.start >= study.layout.paragraph(candidate.start).start else None


def _topic(
    study: Study,
    section: int,
    candidate: Candidate,
    near: Around,
    earlier: tuple[NumberReading | None, Topic | None],
) -> Topic:
    """The topic of the number's passage; a clause that names no field goes on with that of the number before it.

    `earlier`: the number before it in its half-sentence, and the topic of the one before it in its paragraph.
    """
    before, carried = earlier
    if candidate.unit is Unit.KM and _DISTANCE.search(study.brief.text, near.before.start, candidate.start):
        return Topic.PROFILE
    if (helped := _helped(study, near)) is not None:
        return helped
    if before is not None and (_is_part(study, candidate, near) or not study.names_topic(near.clause)):
        return before.topic
    return study.topic(section, near, carried)


def _is_part(study: Study, candidate: Candidate, near: Around) -> bool:
    """Whether the number counts some of what the number in front counts (项目58个，其中产业类31个、教育类8个)."""
    text = study.brief.text
    last = study.brief.candidates[candidate.id - 2]
    said = text[max(near.clause.start, last.start) : candidate.start]
    if "其中" not in text[near.clause.start : candidate.start] or "用于" in said:
        return False
    if candidate.unit is Unit.CNY:
        return last.unit is Unit.CNY and _FUND.search(text, last.end, candidate.start) is not None
    if candidate.unit is Unit.PERSON:
        return last.unit in _COUNTS_PEOPLE and _WHO.search(text, near.before.start, near.after.end) is not None
    return candidate.unit is Unit.COUNT and (last.unit, last.counted) == (candidate.unit, candidate.counted)


def _helped(study: Study, near: Around) -> Topic | None:
    """What a figure is about where its half-sentence tells what somebody outside gives (海淀区派来15名专家，坐诊…).

    That is cooperation; but work found and goods bought are about those (采购农产品), and a clause that gives nothing
    itself may be plainly about another field (…定点帮扶，修了43公里通村路). None where nobody outside gives.
    """
    text, at = study.brief.text, near.number.start
    start = max(near.sentence.start, max(text.rfind(mark, near.sentence.start, at) for mark in "；;") + 1)
    front = Stretch(start, at)
    if start > near.sentence.start and words("partners", "goes_on").match(text, start):
        # …挂职；选派教师26名: the half-sentence has the giver of the one before.
        front = Stretch(near.sentence.start, at)
    if not (is_given(study, front) or _is_exchanged(study, near)):
        return None
    clause = text[near.clause.start : near.clause.end]
    for name, topic in (("bought", Topic.CONSUMPTION), ("employed", Topic.EMPLOYMENT)):
        # 援建扶贫车间15个: what is built for work is given like anything else.
        if words("partners", name).search(clause) and (name, near.number.unit) != ("employed", Unit.COUNT):
            return topic
    gives = words("partners", "gives").search(clause)
    return Topic.COOPERATION if gives or not study.names_topic(near.clause) else None


def _is_exchanged(study: Study, near: Around) -> bool:
    """Whether the clause sends people to a place outside: 派出6名干部到湛江挂职."""
    posted = words("partners", "posted").search(study.brief.text, near.clause.start, near.clause.end)
    return posted is not None and bool(study.outside(near.clause.start, near.clause.end))


def _continued(study: Study, candidate: Candidate, label: str, before: NumberReading | None) -> str:
    """The label, or that of the number in front where this one only goes on from it.

    `建档立卡贫困户18420户60315人`: the persons are those of the households. `其中20兆瓦3座`: no words of its own.
    """
    if before is None:
        return label
    last = study.brief.candidates[candidate.id - 2]
    if last.end == candidate.start and (last.unit, candidate.unit) == (Unit.HOUSEHOLD, Unit.PERSON):
        return before.label.removesuffix("户") + "人口"
    return label or before.label


def _period(study: Study, candidate: Candidate, topic: Topic, status: Status) -> str | None:
    profile = topic is Topic.PROFILE
    return times.period_for(candidate.number_at, study.timeline, profile=profile, status=status)


def _place(study: Study, candidate: Candidate) -> str | None:
    brief = study.brief
    return about.place_for(brief.text, candidate.start, candidate.end, brief.places, brief.subject)[0]


def _later(study: Study, near: Around) -> float | None:
    """What a date still to come costs as a sign of a plan; None where the last date before the number has come.

    A date of an earlier sentence says nothing of what is done by now.
    """
    written = study.brief.written
    own = study.timeline.between(near.clause.start, near.clause.end)
    dates = [t.period for t in own or study.timeline.between(near.sentence.start, near.clause.start) if t.period]
    if not written or not dates or not is_after(dates[-1], written):
        return None
    return LATER_COST if own else CARRIED_COST


def _list_head(
    study: Study, candidate: Candidate, near: Around, found: dict[int, NumberReading]
) -> NumberReading | None:
    """The reading that a member of a list takes over: that of the last number of its kind before it.

    A member has no words of its own, or only a place's name. The first of a list of places follows 其中, or is
    followed by another such member; `全市20万人` alone is no list.
    """
    text = study.brief.text
    # 贫困县(古县400人、汾西县400人): the list stands in brackets.
    before = re.split(r"[(（]", text[near.before.start : near.before.end])[-1]
    after = text[near.after.start : near.after.end + 1]
    if not _MEMBER.match(before) or not _CLOSED.match(after):
        return None
    start = study.layout.paragraph(candidate.start).start
    earlier = study.brief.candidates[max(0, candidate.id - LIST) : candidate.id - 1]
    earlier = tuple(c for c in earlier if c.id in found and c.start >= start)
    alike = [c for c in earlier if (c.unit, c.counted) == (candidate.unit, candidate.counted)]
    if not alike:
        return None
    neighbour = earlier[-1] is alike[-1] and near.previous is not None
    listed = bool(_PLACED.search(before.strip())) and (
        "其中" in text[max(start, candidate.start - 14) : candidate.start] or _another(study, candidate)
    )
    return found[alike[-1].id] if neighbour or listed else None


def _fulfilled(
    study: Study, candidate: Candidate, near: Around, found: dict[int, NumberReading]
) -> NumberReading | None:
    """What 完成2万人任务的, 实际完成2100人 or 合计7.6万人 takes up: the last number of its unit in the paragraph."""
    text = study.brief.text
    if not _TASK.match(text[near.before.start : near.before.end]):
        return None
    if not _TASK_BEHIND.match(text[near.after.start : near.after.start + 12]):
        return None
    start = study.layout.paragraph(candidate.start).start
    for earlier in reversed(study.brief.candidates[max(0, candidate.id - LIST) : candidate.id - 1]):
        if earlier.start < start or earlier.id not in found:
            return None
        if (earlier.unit, earlier.counted) == (candidate.unit, candidate.counted):
            return found[earlier.id]
    return None


def _paid_out(indicator: Indicator, topic: Topic) -> Indicator:
    """What a station or a share-holding pays households is dividends, whatever the clause calls it (增收)."""
    income = {Indicator.HOUSEHOLD_INCOME, Indicator.PERSONAL_INCOME}
    return Indicator.DIVIDENDS if topic is Topic.PHOTOVOLTAIC and indicator in income else indicator


def _another(study: Study, candidate: Candidate) -> bool:
    """Whether the next number is the same kind of figure for another place."""
    following = study.brief.candidates[candidate.id : candidate.id + 1]
    if not following or (following[0].unit, following[0].counted) != (candidate.unit, candidate.counted):
        return False
    between = study.brief.text[candidate.end : following[0].start]
    return bool(_MEMBER.match(between) and _PLACED.search(between))
