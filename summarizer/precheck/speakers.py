"""The place of a number that somebody says: the village of whoever speaks, or the one that was named last."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from schemas.report import Subject
from schemas.vocabulary import Level
from summarizer import gazetteer
from summarizer.patterns import compiled
from summarizer.precheck.brief import PlaceName
from summarizer.precheck.candidate import START
from summarizer.precheck.places import is_inside
from summarizer.text.people import PERSON

REACH = 800
"""How far back in its paragraph a place can govern a number, in characters."""

BACK = compiled(
    r"全(?:[县市区旗州盟]|地区)|[我该本](?:[县市区旗州盟]|地区)|回到?县城|县(?:[委域]|内(?!就业|就近|务工|打工)|里(?!的[^，,。]{0,8}(?:中心|基地|园|厂|公司|企业)))|县政府|[市州]委|市政府|地委|盟委|行署|(?:其余|其他|剩余)(?!的?[\d一二三四五六七八九]{1,2}成)(?!的?\d[\d.]*[万余多]*[户人栋套座间亩名公米](?![^,，。；;、\d]{0,2}[县市区乡镇村]))|各(?:地|县|乡镇|村|级|部门)"
    r"|(?<![\u4e00-\u9fff据])[县旗](?:[^，,。；;、的\d]{1,6}?[局办委])(?:[^，,。；;、\d]{0,8}?(?:介绍|统计|说|告诉|算))|(?<![\u4e00-\u9fff])[县旗区](?:财政|直|委|里(?!的[^，,。]{0,8}(?:中心|基地|园|厂|公司|企业))|政府|扶贫|农业|林业|水利|教育|卫生|人社|医保|民政|残联)"
    r"|[两二三四五六七八九十]县|\d{1,2}个?[县市区镇乡村](?:合计|共|一共|总计)"
)
"""Words that lead back to the subject, or away from the last place named."""

PERSON_AFTER = re.compile(
    r"的?(?:贫困户|脱贫户|搬迁户|群众|农民|牧民|姑娘|小伙|青年|妇女|老汉|大娘|大爷)|居民|村?民"
    rf"|的{PERSON}|的[\u4e00-\u9fff]{{2,5}}[,，说]|的[\u4e00-\u9fff]{{1,6}}·[\u4e00-\u9fff]"
)
NAMED_AFTER = re.compile(
    rf"(?:的|的?(?:贫困户|脱贫户|搬迁户|群众|农民|牧民|姑娘|小伙|青年|妇女|老汉|大娘|大爷)|村?民){PERSON}"
)
"""Somebody of the place by name, right behind it."""
_VILLAGER = re.compile(rf"村民{PERSON}|村(?:党?支部书记|支书|主任|干部)")
_OFFICE = re.compile(
    "村?(?:委会)?(?:党?(?:总?支部|委|总支)?副?书记|支书|副?主任|村长|第一书记|驻村|扶贫)|副?[镇乡]长|干部"
)
_VILLAGE_HEAD = re.compile("(?:村?党?(?:总?支部|委)副?书记|村?支书|村?主任|村长)")
_OUR = re.compile("(?:[全我咱俺该本]|我们|咱们|俺们)(?P<kind>[村镇乡])|(?P<kind_>[村镇乡])[里上]")
"""Words with which somebody speaks of the village or town."""

_HEADING = re.compile("\n[^\n。！？!?]{2,30}\n")
"""A line that begins another part of the text."""

_SPEAKER_CHARS = 30
"""How far behind a closing quotation mark its speaker is introduced."""

_SMALL = (Level.TOWN, Level.VILLAGE)


def speaker(
    text: str, position: int, line: tuple[int, int], places: Sequence[PlaceName], subject: Subject
) -> PlaceName | None:
    """The village of whoever says the words that hold the number: “一年能收两茬。”白崖峪村的武六孩说."""
    opening = text.rfind("“", line[0], position)
    closing = text.find("”", position, line[1])
    if opening < 0 or closing < 0 or "”" in text[opening:position] or "“" in text[position:closing]:
        return None
    if text[closing - 1] not in "。！？!?,，":
        return None
    named = right_after(text, closing + 1, places, subject) or _head(text, (opening, closing), places, subject)
    if named is not None or subject.level in _SMALL or not _VILLAGER.match(text, closing + 1):
        return named
    last = last_small(places, (opening, "村屯"), subject)
    return last if last and still_there(text, last, opening, subject) else None


def _head(text: str, said: tuple[int, int], places: Sequence[PlaceName], subject: Subject) -> PlaceName | None:
    """The village or town whose head speaks of it: “全村有17家茶场。”柏园村党支部书记戴某说."""
    opening, closing = said
    first = bisect_left(places, closing, key=START)
    place = places[first] if first < len(places) else None
    if (
        place is None
        or place.start > closing + 2
        or not is_inside(place, subject)
        or not _OFFICE.match(text, place.end)
    ):
        return None
    kinds = "村" if place.name.endswith("村") else "镇乡"
    if kinds == "村" and _VILLAGE_HEAD.match(text, place.end) and not BACK.search(text, opening, closing):
        return place
    own = any((m["kind"] or m["kind_"]) in kinds for m in _OUR.finditer(text, opening, closing))
    return place if own else None


def right_after(text: str, at: int, places: Sequence[PlaceName], subject: Subject) -> PlaceName | None:
    """The town or village of the person introduced right after this point."""
    for place in places[bisect_left(places, at, key=START) :]:
        if place.start > at + _SPEAKER_CHARS or re.search("[。！？]", text[at : place.start]):
            return None
        if is_inside(place, subject) and (PERSON_AFTER.match(text, place.end) or text[at : place.start] == "的"):
            return place
    return None


def still_there(text: str, place: PlaceName, at: int, subject: Subject) -> bool:
    """Whether nothing since a village was named leads back to the subject, so that a new paragraph may be about it.

    Nor does another part of the text begin since.
    """
    between = text[place.end : at]
    named = subject.name is not None and (gazetteer.stem(subject.name) or subject.name) in between
    return not (named or BACK.search(between) or _HEADING.search(between))


def last_small(places: Sequence[PlaceName], at: tuple[int, str], subject: Subject) -> PlaceName | None:
    """The last village or town in reach before a position whose name ends with one of the characters."""
    position, kinds = at
    for place in reversed(places[: bisect_left(places, position, key=START)]):
        if place.start < position - REACH:
            return None
        if place.adcode is None and place.name[-1] in kinds and is_inside(place, subject):
            return place
    return None
