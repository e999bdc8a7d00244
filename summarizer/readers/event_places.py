"""The places that an event is told of: those of its clause, or of what its sentence is about."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from schemas.vocabulary import Level, MilestoneEvent
from summarizer.precheck.brief import PlaceName
from summarizer.precheck.times.stretches import numeral
from summarizer.readers.clauses import Stretch
from summarizer.readers.narrative import words
from summarizer.readers.study import Study

EXITS = frozenset({MilestoneEvent.EXIT_APPROVED, MilestoneEvent.EXIT_PLANNED})
_OF_TOWNS = frozenset({MilestoneEvent.OTHER, MilestoneEvent.PROGRAMME_STARTED, MilestoneEvent.AWARD})
_SMALL = (Level.TOWN, Level.VILLAGE)
_ONE = re.compile("^[^，。0-9全余各]{0,6}(?:摘帽|退出)")
_OF_ALL = re.compile("全[县市区旗镇乡州盟]|所有|我县")
_OF_OTHERS = re.compile("全[国省州市区]|中国|国际")
"""Whose meeting it is, where its seat is worth telling (全省现场会在某县召开); the subject's own has no other place."""
_JOINED = re.compile("[、和与及，,]|以及")
_PROVINCE = re.compile(r"^(?:[^，。]{0,12}[年月日]起?[，,]?)?(?:省委|省政府|全省|我省|本省)")


def places_of(study: Study, clause: Stretch, event: MilestoneEvent) -> list[str | None]:
    """The places of the subject that the clause tells it of, the seat of a meeting, the province where it acts."""
    subject, text = study.brief.subject, study.brief.text
    named: list[str | None] = []
    inside = study.places_in(clause.start, clause.end)
    chained = {p.start for p in inside}
    for place in inside:
        words_of = text[place.start : place.end]
        # 安庆市|潜山县水吼镇梅寨村: a prefecture that only says where the next one lies.
        if place.end in chained and event is not MilestoneEvent.MEETING:
            continue
        if event is MilestoneEvent.MEETING:
            if (
                _OF_OTHERS.search(text, clause.start, clause.end)
                and text[place.start - 1 : place.start] == "在"
                and words_of not in {subject.name, subject.prefecture}
            ):
                named.append(words_of)
        elif is_part(study, place) or (event in EXITS and _is_county_of(study, place)):
            # 东河、西川两乡遭受雹灾: a disaster of each.
            named += place.name.split("、") if event is MilestoneEvent.DISASTER else [place.name]
    above = subject.province and subject.level is not Level.PROVINCE and event not in EXITS
    at_home = event is MilestoneEvent.MEETING and f"在{subject.name}" in text[clause.start : clause.end]
    if not named and above and not at_home and _PROVINCE.search(text[clause.start : clause.end]):
        return [subject.province]
    return list(dict.fromkeys(named))


def places_before(study: Study, clause: Stretch, event: MilestoneEvent) -> Sequence[str | None]:
    """The places of a clause that names none: counties it only counts (三县), the town of its sentence, or 镇里.

    The town that the sentence has for its subject, not one at the head of an earlier half-sentence.
    """
    text = study.brief.text
    said = text[clause.start : clause.end]
    paragraph = study.layout.paragraph(clause.start)
    before = [p for p in study.places_in(paragraph.start, clause.start) if is_part(study, p)]
    if event in EXITS and (counted := words("milestones", "counted").search(said)):
        counties = [p.name for p in before if p.name.endswith(("县", "市", "区", "旗"))]
        last = list(dict.fromkeys(reversed(counties)))[: numeral(counted["n"])]
        return list(reversed(last)) if len(last) == numeral(counted["n"]) else []
    start = max(study.layout.sentence(clause.start).start, text.rfind("；", paragraph.start, clause.start) + 1)
    if event in EXITS and study.brief.subject.level is Level.PREFECTURE and _ONE.search(said):
        # 某县10月底前完成自验,年内摘帽: the county that the half-sentence has for its subject.
        return _last_list(text, [p for p in before if p.adcode and p.start >= start])
    if event not in _OF_TOWNS or _OF_ALL.search(said):
        return []
    acting = words("milestones", "acting").search(said)
    if acting and (named := [p.name for p in before if p.name.endswith(acting["level"])][-1:]):
        return named
    if named := [p.name for p in before if p.adcode is None and p.start >= start][-1:]:
        return named
    if event is not MilestoneEvent.OTHER:
        return []
    # 某村的产业园占地260亩。一期大棚去年4月投产: the place that figures of the clause are about, or would be.
    at = bisect_left(study.starts, clause.start)
    figure = study.brief.candidates[at] if at < bisect_left(study.starts, clause.end) else None
    told, adcode = study.whereabouts.of(*(figure.start, figure.end) if figure else (clause.end - 1, clause.end))
    return told.split("、") if told and _is_below(study, adcode) else []


def _last_list(text: str, places: Sequence[PlaceName]) -> list[str | None]:
    """The last place with those that a list names before it: 甲区、乙县经批准,一起退出."""
    first = len(places) - 1
    while first > 0 and _JOINED.fullmatch(text, places[first - 1].end, places[first].start):
        first -= 1
    return [p.name for p in places[max(first, 0) :]]


def is_part(study: Study, place: PlaceName) -> bool:
    """Whether a place lies inside the subject and is not the subject itself, by its full or its last name."""
    subject = study.brief.subject
    own = subject.name or ""
    return (
        place.name not in {own, subject.province, subject.prefecture}
        and not own.endswith(place.name)
        and not (study.brief.subject.level in _SMALL and place.name.endswith(own))
        and _is_below(study, place.adcode)
    )


def _is_county_of(study: Study, place: PlaceName) -> bool:
    """Whether a place is a county that the story of a village tells of (永和县退出贫困县), its own county too."""
    return study.brief.subject.level in _SMALL and not (place.adcode or "00").endswith("00")


def _is_below(study: Study, adcode: str | None) -> bool:
    """Whether a place with this code, or without one, can lie in the subject; no county lies in a village."""
    subject = study.brief.subject
    if adcode is None or subject.adcode is None:
        return adcode is None or subject.level not in _SMALL
    width = {Level.PROVINCE: 2, Level.PREFECTURE: 4}.get(subject.level or Level.COUNTY, 6)
    return adcode[:width] == subject.adcode[:width]
