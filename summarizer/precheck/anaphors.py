"""Words that mean a place named before without naming it: 该村, 镇里, 当地, and what was built there (园区去年投产)."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from schemas.report import Subject
from schemas.vocabulary import Level
from summarizer import gazetteer, signs
from summarizer.patterns import compiled
from summarizer.precheck import above, speakers
from summarizer.precheck.brief import PlaceName
from summarizer.precheck.candidate import START
from summarizer.precheck.places import is_inside
from summarizer.text.people import PERSON

_ANAPHOR = compiled(
    "(?:该|全|本|我们?|咱们?|这个(?:[^，,。；;、\\d]{1,14}的)?(?:小山?)?)(?P<kind>[村镇乡])(?!级)|(?:该|全|本|我们?|咱们?)(?P<other>街道|社区)"
    r"|(?:^|(?<=[，,。；;：:！？”\n\u3000 ]))(?P<town>[镇乡](?:里(?!的)|上(?=[还也又把给拿出投请引办建为将])"
    r"|党委|政府|长))"
    rf"|(?P<village>(?<![困各驻农山乡个政然弱])(?:村里|村上|村“?两委|村(?:主任|支书)|村党?支部|村干部|村民(?={PERSON})))"
    r"|(?P<site>(?<![\u4e00-\u9fff])社区(?:里|支书|党?支部|书记|主任|居委会|腾出|办[的了]))"
)
"""What speaks of the village or town named last: 该村, 全镇, 村里, and 镇里 where the town acts (not 去镇里赶集)."""

_ALL_OF = re.compile("全(?P<kind>[县旗乡镇])(?!最|首|第|唯一|率先|前列)")

_TOWNS = {ord("镇"): "镇乡", ord("乡"): "镇乡"}
_TOWN_OF = re.compile("(?P<town>.{1,12}?(?:镇|乡|街道)(?![镇乡]))(?P<village>[^镇乡]{1,7}村)")
_COUNTY_OF = re.compile("(?P<county>.{1,14}?[县旗])(?=.+[镇乡村道区])")

_GOES_ON = re.compile(r"[ \t\u3000“]*(?:接着|随后|(?:走进|在|而)?这(?:个|里|座|家|片|条|处|所)|记者在村)")
"""The beginning of a paragraph that goes on about what the one before it told of."""

_BUILT = re.compile(
    "(?<=[。！？!?；;])(?:[^，,。；;]{2,6}[，,])?(?:该|这[个家座])?(?:园区|基地|产业园|示范园|合作社|公司(?![+＋])|工厂|车间|大棚|茶园|果园|电站|企业|养殖场"
    "|加工厂|[厂社场园棚][里内]|[厂园铺]子|社区(?!干部|工作|矫正)|小区|安置[点区])(?![^，。,]{0,4}[+＋])"
)
"""The beginning of a sentence about what the sentence before says was built in a place: 园区2019年投产."""

_GOES_ON_BUILT = re.compile(
    "(?<=[。！？!?；;\n\u3000])(?:这[个家座])?(?P<what>园区|基地|合作社|工厂|车间|大棚|茶园|果园|电站|养殖场|加工厂|安置点)"
    "(?=[是由占去今于现共投建]|总投资)"
)

_LARGE = (Level.PREFECTURE, Level.PROVINCE)

_TO = ("对", "给", "向", "为")
"""Right before whoever is dealt with."""

_THERE = re.compile("(?<=[；;])周边(?=\\d)|当地(?!政府|党委|干部|扶贫|特色|群众)")


@dataclass(frozen=True, slots=True)
class Anaphor:
    """Where a word stands that means a place, and the place where it was named."""

    start: int
    end: int
    place: PlaceName
    passing: bool = False
    """Whether the text comes back by itself: what a story of a village says of its whole county."""


def find(text: str, span: tuple[int, int], places: Sequence[PlaceName], subject: Subject) -> Iterator[Anaphor]:
    """The anaphors of a stretch of a paragraph, of each kind in order; `places` are those named before its end.

    A paragraph that begins with 这个 or 这里 goes on about the village or town named last. In a text on a prefecture or
    a province 该县 and 全县 mean the county named last.
    """
    low, high = span
    if subject.level in (Level.TOWN, Level.VILLAGE):
        yield from _next_door(text, span, places, subject)
        yield from _above_village(text, span, places, subject)
        return
    # Of the whole paragraph, as far as it is read, so that its numbers ask the same.
    told = signs.within(text, (low, low + speakers.REACH))
    for found in _ANAPHOR.finditer(text, low, high) if told & _needed()[0] else ():
        if (place := _small(text, found, places, low, subject)) is not None:
            yield Anaphor(found.start(), found.end(), place)
    opening = _GOES_ON.match(text, low, high)
    if opening and (place := speakers.last_small(places, (low, "村镇乡区点"), subject)):
        yield Anaphor(opening.start(), opening.end(), place)
    yield from _built_before(text, span, places, subject)
    yield from _of_paragraph(text, span, places, subject)
    if subject.level is not Level.COUNTY:
        for found in above.OF_A_COUNTY.finditer(text, low, high) if told & _needed()[1] else ():
            if (place := _last_county(places, found.start(), subject)) is not None:
                yield Anaphor(found.start(), found.end(), place)


@cache
def _needed() -> tuple[int, int]:
    """The signs of words that mean a village or a town, and of those that mean a county."""
    return signs.of(_ANAPHOR), signs.of(above.OF_A_COUNTY)


def _next_door(text: str, span: tuple[int, int], places: Sequence[PlaceName], subject: Subject) -> Iterator[Anaphor]:
    """The part of a village that a paragraph goes on about (接着去老李家)."""
    low, high = span
    opening = _GOES_ON.match(text, low, high)
    last = places[bisect_left(places, low, key=START) - 1] if opening and places else None
    if opening and last and last.end <= low and last.start > low - speakers.REACH and is_inside(last, subject):
        yield Anaphor(opening.start(), opening.end(), last)


def _above_village(
    text: str, span: tuple[int, int], places: Sequence[PlaceName], subject: Subject
) -> Iterator[Anaphor]:
    """全县 and 全乡 in a text on a village: the county or the town that it was named with."""
    higher = above.of_village(places, subject) if subject.level is Level.VILLAGE else {}
    for found in _ALL_OF.finditer(text, *span) if higher else ():
        if found["kind"] in higher:
            yield Anaphor(found.start(), found.end(), higher[found["kind"]], passing=True)


def _small(
    text: str, found: re.Match[str], places: Sequence[PlaceName], low: int, subject: Subject
) -> PlaceName | None:
    """The village or town that a word means, if it is still told of: 镇里 after a village means the town it lies in."""
    if found["town"]:
        place = _last_town(places, found.start(), subject)
    else:
        kind = "区" if found["site"] else "村" if found["village"] else (found["kind"] or found["other"])[-1]
        kinds = kind.translate(_TOWNS)
        place = speakers.last_small(places, (found.start(), kinds), subject)
    if place is None:
        return None
    named_here = place.start >= low or found.group().startswith("该")
    # 县财政列支3000万元,对|村里|建厂房的…: whom the subject turns to is any village.
    # 全县还有第一书记268名守在|村里: so is any where the subject is told of since.
    away = text.endswith(_TO, 0, found.start()) or text.endswith("在", low, found.start())
    until = found.start() if away else low
    return place if named_here or speakers.still_there(text, place, until, subject) else None


def _last_town(places: Sequence[PlaceName], position: int, subject: Subject) -> PlaceName | None:
    """The last town in reach before a position, also where a village is named with it."""
    for place in reversed(places[: bisect_left(places, position, key=START)]):
        if place.start < position - speakers.REACH:
            return None
        if place.adcode is not None or not is_inside(place, subject):
            continue
        if place.name.endswith(("镇", "乡")):
            return place
        if joined := _TOWN_OF.fullmatch(place.name):
            return PlaceName(place.start, place.start + joined.end("town"), joined["town"])
    return None


def _built_before(text: str, span: tuple[int, int], places: Sequence[PlaceName], subject: Subject) -> Iterator[Anaphor]:
    """What a paragraph goes on about that the one before it told of in a village: 车间就在山脚。”|…车间是某市援建的."""
    low, high = span
    last = speakers.last_small(places, (low, "村镇乡区点"), subject)
    if last is None:
        return
    for found in _GOES_ON_BUILT.finditer(text, low, high):
        told = text.rfind("\n", 0, low - 1) + 1 <= last.start and found["what"] in text[last.end : low]
        if told and speakers.still_there(text, last, found.start(), subject):
            yield Anaphor(found.start(), found.end(), last)
            return


def _of_paragraph(text: str, span: tuple[int, int], places: Sequence[PlaceName], subject: Subject) -> Iterator[Anaphor]:
    """当地, and what was built in the one town or village that the sentence before names."""
    low, high = span
    first = bisect_left(places, low, key=START)
    inside = [p for p in places[first:] if p.adcode is None and is_inside(p, subject)]
    if not inside:
        return
    for found in _THERE.finditer(text, inside[0].end, high):
        # 施工单位雇用当地农民: two sentences on, what was named before is no longer near.
        sentence = max(low, text.rfind("。", low, found.start()))
        near = [p for p in inside if text.rfind("。", low, sentence) < p.start and p.end <= found.start()]
        if near:
            yield Anaphor(found.start(), found.end(), near[-1])
    for found in _BUILT.finditer(text, inside[0].end, high):
        sentence = max(low, text.rfind("。", low, found.start() - 1))
        named = {p.name: p for p in inside if sentence <= p.start < found.start()}
        if len(named) == 1:
            yield Anaphor(found.start(), found.end(), next(iter(named.values())))


def _last_county(places: Sequence[PlaceName], position: int, subject: Subject) -> PlaceName | None:
    """The last county of the subject in reach before a position, also where a town is named with it."""
    for place in reversed(places[: bisect_left(places, position, key=START)]):
        if place.start < position - speakers.REACH:
            return None
        if not is_inside(place, subject):
            continue
        if place.adcode is not None and place.name.endswith(("县", "旗", "市", "区")):
            return place
        if county := county_of(place, subject):
            return county
    return None


def county_of(place: PlaceName, subject: Subject) -> PlaceName | None:
    """The county of a larger subject with which a town or village is named: 武宣县 of 武宣县金鸡乡."""
    whole = _COUNTY_OF.match(place.name) if place.adcode is None and subject.level in _LARGE else None
    for named in gazetteer.find(whole["county"]) if whole else ():
        for division in named.choices:
            county = PlaceName(place.start, place.start + len(named.text), named.text, division.adcode)
            if is_inside(county, subject):
                return county
    return None
