"""What each candidate number of a section means, by rules."""

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace

from schemas.reading import NumberReading
from schemas.vocabulary import Indicator, Status, Topic, Unit
from summarizer.patterns import compiled
from summarizer.precheck import times
from summarizer.precheck.candidate import Candidate
from summarizer.readers import coming, happened
from summarizer.readers.cases import everybody, home, told_of
from summarizer.readers.clauses import Around, Layout, around
from summarizer.readers.indicators import indicator_of
from summarizer.readers.labels import Labels
from summarizer.readers.lists import pair_in_front
from summarizer.readers.measured import settled
from summarizer.readers.policy import is_granted, is_next_rate
from summarizer.readers.status import Word, heads_plan, lists_standards, status_of
from summarizer.readers.study import Study
from summarizer.readers.terms import aimed, rounded, without_place
from summarizer.readers.themes import Themes
from summarizer.readers.worded import worded

_SEPARATORS = r"[\s、，,;；和与及∶:：(（/]*"
_MEMBER = re.compile(
    rf"^{_SEPARATORS}(?:其中{_SEPARATORS})?(?:[\u4e00-\u9fff]{{1,7}}[县市区旗乡镇村州盟](?<!贫困村))?$"
)
_PLACED = re.compile(r"[县市区旗乡镇村州盟]$")
_TASK = compiled(
    r"^[\s，,；;、]*(?:(?:实际|共|已|已经|现已|累计|超额|全部|圆满|按期|[一二三四五六七八九十两几]{1,2}[县市区乡镇村])*"
    r"(?:完成|合计|共计|总计)(?:了|全年|年度|省定|市定|县定|下达|目标|任务|的)*)$"
)
_TASK_BEHIND = re.compile(r"^(?:的?(?:年度|全年|目标)*(?:任务|指标|计划|目标)|\s*[，,。；;])")
_CHANGE = re.compile(
    "[^，,。；;]{0,8}(?:减少|下降|降低|降|压减|增加|提高|上升|增长|提升|增|升|扩大|扩)(?:到|至|为)[^，,。；;]{0,6}"
)

_EACH_VILLAGE = re.compile("村均|[每各]个?村")

_OF_PLACE = re.compile("[全本该这]个?[县市区旗乡镇村]|[下所管]?辖")
"""Words in front of the households that a place has."""

_FUND = re.compile("(?:资金|投入|类|专项|财政|级|部门)$")
_WHO = re.compile(
    "(?:建档立卡|贫困(?:户|人口|群众|劳动力|家庭|学生|妇女)|脱贫(?:户|人口|劳动力)|妇女|女性|残疾人|少数民族|党员)"
)
_COUNTS_PEOPLE = frozenset({Unit.PERSON, Unit.PERSON_TIME, Unit.COUNT})

_SAME_WORKS = re.compile(
    "(?:[^，。；,;0-9]{0,12}[，,](?:概算|计划)?(?:总投资|总?装机(?:容量)?|占地|建设里程|建筑面积|总长)(?:约|为)?)?"
)
"""What stands between two measures of the same works: 安置住房44栋1846套,总投资3亿元."""

LONGEST_ROW = 40
"""Characters of a line that is a row of a table."""

_ROW = re.compile(
    r"[\s\u4e00-\u9fff、]{2,20}(?:\d+个)?[县市区旗乡镇村州盟][镇]?[\s:：]*(?:[\d.]+万?余?[户人个亩][\s、，,]*){1,4}"
)
"""A place and its figures."""

LIST = 40
"""Numbers in front of a list's member among which its head is looked for."""

_THEIR_PERSONS = {
    Indicator.REGISTERED_HOUSEHOLDS: Indicator.REGISTERED_PERSONS,
    Indicator.LIFTED_HOUSEHOLDS: Indicator.LIFTED_PERSONS,
    Indicator.REMAINING_HOUSEHOLDS: Indicator.REMAINING_PERSONS,
    Indicator.HOUSEHOLDS_COVERED: Indicator.PERSONS_COVERED,
}
"""Of households counted, what the persons right behind them are."""

_UNNAMED = frozenset({Indicator.INVESTMENT, Indicator.OTHER})
"""What money is that no word of its own names."""

_HAVE_POOR = frozenset(
    {
        Indicator.PERSONS_EMPLOYED,
        Indicator.PERSONS_TRAINED,
        Indicator.PERSONS_COVERED,
        Indicator.HOUSEHOLDS_COVERED,
    }
)
"""People of whom 其中 counts the poor."""

_JOINED = re.compile("[、,，]?共?")
"""What stands between households and their persons (107万户、452万人)."""

_PRICED = re.compile("价|卖|售|收购|收入|增收|工资|挣|赚|分红|租金|流转费|成本|投资|贷款|罚|缴|自筹|自付")
"""Words of a sum per piece that nobody is granted."""

_CLOSED = re.compile(r"^\s*(?:[、，,;；。)）∶:：!！?？\n]|$|的比例|的份额)")


def read_numbers(study: Study, section: int) -> tuple[NumberReading, ...]:
    """The meaning of every candidate of the section, in order.

    Their words are chosen last: what follows leans on them as the rules have worded them.
    """
    found: dict[int, NumberReading] = {}
    told: list[NumberReading] = []
    themes = Themes(study, section)
    labels = Labels(study.layout)
    named = everybody(study)
    for candidate in study.brief.candidates_of(section):
        near = study.around(candidate)
        person = told_of(study, named, near)
        reading = _read(study, themes, labels, candidate, near, found, person)
        if reading.place is None and person:
            reading = _changed(reading, place=home(study, named, person))
        found[candidate.id] = reading
        labels.tell(candidate, reading.label, reading.indicator)
        label = worded(study, near, reading.label, reading.indicator, reading.status)
        told.append(reading if label == reading.label else _changed(reading, label=label))
    return tuple(told)


def _changed(reading: NumberReading, **changes: str | int | None) -> NumberReading:
    """The reading with other values, which code has just made: nearly every number's label, so nothing is validated."""
    return reading.model_copy(update=changes)


def _read(
    study: Study,
    themes: Themes,
    labels: Labels,
    candidate: Candidate,
    near: Around,
    found: dict[int, NumberReading],
    person: str,
) -> NumberReading:
    """One number; a member of a list (`大宁县600人、永和县600人`) means what the list's head means.

    A number without words of its own (其中20兆瓦3座) is labelled as the one before it in its sentence. `person` is
    whom it is told of, empty where it is no figure of a story.
    """
    model = pair_in_front(study.brief, candidate, found) or _list_head(study, candidate, near, found)
    if model is not None:
        themes.same(candidate, model)
        period = _period(study, candidate, model.topic, model.status)
        return _changed(model, id=candidate.id, place=_place(study, candidate), period=period)
    theme = themes.theme(candidate, near)
    fulfilled = _fulfilled(study, candidate, near, found)
    indicator = (
        fulfilled.indicator
        if fulfilled
        else _paid_out(study.brief.text, near, _own(study, themes.section, near, theme), theme)
    )
    if indicator in _UNNAMED and candidate.unit is Unit.CNY and lists_standards(study.headings(themes.section)):
        # 二、到户补助标准: what stands under such a heading for each head or mu is what is granted.
        indicator = Indicator.SUBSIDY
    last = study.brief.candidates[candidate.id - 2] if candidate.id > 1 else candidate
    before = found.get(last.id) if last.start >= near.sentence.start else None
    if before is not None:
        indicator = _of_same(study, candidate, near, indicator, before)
    topic = themes.topic(candidate, near, indicator)
    indicator = settled(study, candidate, near, indicator, topic)
    known = known_of(study, themes.section, near, indicator, topic, found)
    status = happened.settled(study, themes.section, near, known, _status)
    lead = study.lead(themes.section, candidate.start)
    label = labels.label(near, indicator, lead, person)
    place = _place(study, candidate)
    label = rounded(study.brief.text, without_place(label, _names(study, near, place)), near, indicator, topic)
    return NumberReading(
        id=candidate.id,
        label=aimed(_continued(study, candidate, label, before) or indicator.zh, indicator, status),
        topic=topic,
        indicator=indicator,
        place=place,
        status=status,
        period=_period(study, candidate, topic, status),
    )


def _own(study: Study, section: int, near: Around, theme: Topic) -> Indicator:
    """What the number's words say that it measures; in a row of a table, what the heading says.

    减贫任务 heads 甲镇 312户 846人: households and persons who are to be lifted.
    """
    text, number, heading = study.brief.text, near.number, study.heading(section)
    row = study.layout.paragraph(number.start)
    if not heading or row.end - row.start > LONGEST_ROW or not _ROW.fullmatch(text, row.start, row.end):
        return indicator_of(text, near, theme)
    moved = replace(
        number,
        start=len(heading),
        end=len(heading) + number.end - number.start,
        number_at=len(heading) + number.number_at - number.start,
    )
    headed = Layout(heading + text[number.start : number.end])
    return indicator_of(headed.text, around(headed, [moved], 0), theme)


def known_of(
    study: Study, section: int, near: Around, indicator: Indicator, topic: Topic, found: Mapping[int, NumberReading]
) -> happened.Known:
    """What is known of a number by its place in the article and by the readings in front of it."""
    at = bisect_left(study.starts, near.number.start)
    front = study.brief.candidates[at - 1] if at else None
    reading = found.get(front.id) if front and front.section == section else None
    heading = study.headings(section)
    return happened.Known(
        indicator,
        topic,
        heading,
        study.is_plan and heads_plan(heading),
        (front, reading.status) if front and reading else None,
    )


def _status(study: Study, near: Around, known: happened.Known) -> Word:
    """The status of a number by the rules.

    The next of a list of rates is a rule like the first, and what works under way cost is under way with them.
    """
    text = study.brief.text
    last, status = known.last or (None, None)
    if last is not None and last.start >= near.sentence.start:
        if status is Status.POLICY and last.unit is near.number.unit and is_next_rate(text, near, last.end):
            return Word(Status.POLICY, sure=True)
        if status is Status.POLICY and last.end <= near.clause.start and is_granted(text, near):
            return Word(Status.POLICY, sure=True)
        if status is Status.ONGOING and _SAME_WORKS.fullmatch(text, last.end, near.number.start):
            return Word(Status.ONGOING, sure=True)
    told = coming.told_by_now(study, near)
    later = coming.later(study, near)
    return status_of(study.layout, near, known.indicator, later, known.heading, planned=known.planned, told=told)


def _of_same(
    study: Study, candidate: Candidate, near: Around, indicator: Indicator, before: NumberReading
) -> Indicator:
    """The indicator of a number that counts those of the number in front once more.

    `由152个减少到11个`: the same once more. `6582户23116人`: the persons of those households, and those of all
    households of a place are its population.
    `用工104人,其中贫困户67人`: some of those who work.
    """
    last = study.brief.candidates[candidate.id - 2]
    households = (last.unit, candidate.unit) == (Unit.HOUSEHOLD, Unit.PERSON)
    if households and _JOINED.fullmatch(study.brief.text, last.end, candidate.start):
        counts_place = before.topic is Topic.PROFILE or _OF_PLACE.search(
            study.brief.text, near.clause.start, last.start
        )
        if before.indicator is Indicator.OTHER and counts_place:
            return Indicator.POPULATION
        if indicator is Indicator.POPULATION and before.indicator is Indicator.HOUSEHOLDS_COVERED:
            return indicator
        return _THEIR_PERSONS.get(before.indicator, indicator)
    if last.unit is candidate.unit and _CHANGE.fullmatch(study.brief.text, last.end, candidate.start):
        return before.indicator
    if before.indicator is Indicator.SUBSIDY and candidate.unit is Unit.CNY and candidate.per:
        # 果园每亩补助800元；养殖类：生猪每头300元: a list of grants goes on.
        own = study.brief.text[near.clause.start : near.after.end]
        return indicator if _PRICED.search(own) else Indicator.SUBSIDY
    counted = {Indicator.REGISTERED_PERSONS, Indicator.REGISTERED_HOUSEHOLDS, Indicator.PERSONS_COVERED}
    if indicator in counted and before.indicator in _HAVE_POOR and _is_part(study, candidate, near):
        return before.indicator
    return indicator


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


def _names(study: Study, near: Around, place: str | None) -> tuple[str, ...]:
    """What the number's sentence calls the place that the number is about; who helps from outside is no such place."""
    found = study.places_in(near.sentence.start, near.number.start)
    if not found:
        return ()
    about_it = f"{study.brief.subject.name or ''}、{place or ''}"
    names = (study.brief.text[p.start : p.end] for p in found)
    return tuple(sorted((n for n in names if n in about_it), key=len, reverse=True))


def _continued(study: Study, candidate: Candidate, label: str, before: NumberReading | None) -> str:
    """The label, or that of the number in front where this one only goes on from it.

    `建档立卡贫困户18420户60315人`: the persons are those of the households. `其中20兆瓦3座`: no words of its own.
    """
    if before is None:
        return label
    last = study.brief.candidates[candidate.id - 2]
    if last.end == candidate.start and (last.unit, candidate.unit) == (Unit.HOUSEHOLD, Unit.PERSON):
        # 179户1050名贫困人口: the noun stands behind both.
        if "人口" in before.label:
            return before.label
        return before.label.removesuffix("户数").removesuffix("户") + "人口"
    return label or before.label


def _period(study: Study, candidate: Candidate, topic: Topic, status: Status) -> str | None:
    profile = topic is Topic.PROFILE
    return times.period_for(candidate.number_at, study.timeline, profile=profile, status=status)


def _place(study: Study, candidate: Candidate) -> str | None:
    return study.whereabouts.of(candidate.start, candidate.end)[0]


def _list_head(
    study: Study, candidate: Candidate, near: Around, found: dict[int, NumberReading]
) -> NumberReading | None:
    """The reading that a member of a list takes over: that of the last number of its kind before it.

    A member has no words of its own, or only a place's name. The first of a list of places follows 其中, or is
    followed by another such member; `全市20万人` alone is no list.
    """
    text = study.brief.text
    if not _CLOSED.match(text[near.after.start : near.after.end + 1]):
        return None
    # 贫困县(古县400人、汾西县400人): the list stands in brackets.
    opening = max(text.rfind(mark, near.before.start, near.before.end) for mark in "(（")
    before = text[max(opening + 1, near.before.start) : near.before.end]
    if not _MEMBER.match(before):
        return None
    start = study.layout.paragraph(candidate.start).start
    earlier = study.brief.candidates[max(0, candidate.id - LIST) : candidate.id - 1]
    earlier = tuple(c for c in earlier if c.id in found and c.start >= start)
    alike = [c for c in earlier if (c.unit, c.counted, c.per) == (candidate.unit, candidate.counted, candidate.per)]
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


def _paid_out(text: str, near: Around, indicator: Indicator, topic: Topic) -> Indicator:
    """What a station or a share-holding pays households or each village is dividends, whatever the clause calls it."""
    if topic is not Topic.PHOTOVOLTAIC:
        return indicator
    income = {Indicator.HOUSEHOLD_INCOME, Indicator.PERSONAL_INCOME}
    to_each = indicator is Indicator.REVENUE and _EACH_VILLAGE.search(text, near.before.start, near.number.start)
    return Indicator.DIVIDENDS if indicator in income or to_each else indicator


def _another(study: Study, candidate: Candidate) -> bool:
    """Whether the next number is the same kind of figure for another place."""
    following = study.brief.candidates[candidate.id : candidate.id + 1]
    if not following or (following[0].unit, following[0].counted) != (candidate.unit, candidate.counted):
        return False
    between = study.brief.text[candidate.end : following[0].start]
    return bool(_MEMBER.match(between) and _PLACED.search(between))
