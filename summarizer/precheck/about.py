"""The place that a number is about.

`place_for` follows the text: the place that the number's clause names, else the one that its sentence went on with,
else the one that the paragraph is about; 全县, 我县 and a new paragraph lead back to the subject.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from schemas.report import Subject
from schemas.vocabulary import Level
from summarizer.precheck import above, anaphors, groups, meant, speakers
from summarizer.precheck.brief import PlaceName
from summarizer.precheck.places import is_inside, is_own

_CLAUSE_END = re.compile(r"[,，;；:：。！？!?\n]")
_SENTENCE_END = re.compile(r"[。！？!?][”』」)）]*")
_BACK_SMALL = {
    Level.TOWN: re.compile(r"[全我该本][镇乡]|[镇乡](?:党委|政府|里)"),
    Level.VILLAGE: re.compile(r"[全我该本]村|村里|村“?两委"),
}
_NEXT_ITEM = re.compile(
    "(?<=[。；;”])(?:[一二三四五六七八九十]是|[(（][一二三四五六七八九十][)）]|其[一二三四五]|[\u4e00-\u9fff]{2,4}方面[，,]"
    "|(?:援疆|援藏|帮扶|财政|专项)资金)|(?<=”)总投资"
)
"""The beginning of the next item of an account: what it tells is the subject's again."""

_SPAN = re.compile(r"[至到—－-]+")

_SMALL = (Level.TOWN, Level.VILLAGE)

_LIST_OF_TOWNS = re.compile(r"等(?:乡村|村庄|乡镇|村)$")
_OPENS_ANEW = re.compile(
    r"(?:截至|截止到?|到)?(?:今年|去年|20\d\d年|目前|全年|年底|年末|\d{1,2}月)[^,，。；;]{0,12}[,，]"
)
HEADING_CHARS = 30
"""A line this short without a full stop is a heading."""

OPENING = 16
"""A place that opens its paragraph, give or take a date, is what all of it may be about, in characters."""

_HEAD = re.compile(r"[,，;；:：。！？!?\n、(（“]")
_PREPOSITION = re.compile(r"(?:在|为|对|到|向|与|和|由|给|从|至|是|往|赴|位于|离|距|帮扶|支持|投入|引进)$")
_ACTED_ON = re.compile("[在为对到向与和由给从把将让使]|帮扶|支持|投入|引进|援")
_TIME_BEFORE = re.compile(r"(?:年|月|日|底|初|季|天|前|来|时|后|起|间|度|今|去)$")
_VISIT = re.compile("(?:走进|来到|走访|探访|漫步|(?<![出过上下])去)了?$")
_POSTED = re.compile("(?:驻村)?(?:当|担任|挂任|挂职|任)[\u4e00-\u9fff“”]{0,8}(?:书记|队长|队员|主任)")
_HOME_BEFORE = re.compile(r"(?:老家|家住?|住)在?$")
_TOLD = re.compile(r"\d[\d.,]*(?![\d年月日时点多岁.,]|余[公里岁])")
"""A figure: a place named after one in its sentence is not what the sentences after it are about."""

_COMMA = re.compile("[,，]")
_FIRM = re.compile("[\u4e00-\u9fff]{1,12}?(?:公司|合作社|集团|银行|商行)")
_HELPER_BEFORE = re.compile("(?:同时|此外|另外)?[,，]?(?:(?:对口|结对|定点)(?:帮扶|支援|协作)的|来自)?")
_HALF = re.compile("[;；]")
_SPENT = re.compile("(?:投资|投入|出资|争取|筹[资集措]|整合|捐[资款]|安排|斥资|注资|引进)[^,，。；;、]{0,12}$")
_INTO = re.compile("(?:入股|投向|投到|投给|用于|在|拨给|为|扶持|资助|支持|帮助)")
"""From an amount right to where it went: 540万元入股|某乡的棚膜园区."""
_THERE_NEXT = re.compile(r"[^,，。；;、\d]{0,8}[,，](?:先后|全部|用于|分别)?[在于]")
"""From an amount to where it was spent: 投资2100万元,在|福来村建起…."""
_CLOSING, _OPENING = re.compile("[)）]"), re.compile("[(（]")
_AGE = re.compile(r"\d{1,3}[多余]?岁")


@dataclass(frozen=True, slots=True)
class _Cue:
    """What the text is about from `start` on: `place` None is the subject; `again` is named by a word that means it."""

    start: int
    end: int
    place: PlaceName | None
    topic: bool = True
    again: bool = False


def place_for(
    text: str,
    position: int,
    end: int,
    places: Sequence[PlaceName],
    subject: Subject,
    hints: Sequence[PlaceName] = (),
) -> tuple[str | None, str | None]:
    """Name and adcode of the place that the number at `[position, end)` is about; (None, None) is the subject.

    `hints` are where a village or town is meant without its name (`meant.find`).
    """
    line, stop = _paragraph(text, position)
    first, last = (bisect_left(places, at, key=lambda p: p.start) for at in (line, position))
    before = places[first:last]
    if said := _told_at_once(text, (position, end), (line, stop), places, subject):
        return _answer(said)
    if (higher := above.place(text, position, before, subject)) is not None:
        return higher
    if before and _comes_from(text, (position, end), before[-1], subject):
        return _answer(before[-1:])
    told_again = (
        [
            _Cue(a.start, a.end, a.place, again=True)
            for a in anaphors.find(text, (line, position), places[:last], subject)
        ]
        if last
        else []
    )
    told_again += [_Cue(p.start, p.end, p, again=True) for p in _between(hints, line, position + 1)]
    # Where nothing in front names a place, what is left of the cues leads back to the subject.
    alone = not before and not told_again and subject.level not in (Level.PREFECTURE, Level.PROVINCE)
    if (alone and _under(text, line, places, subject) is None) or groups.is_sum(text, position):
        return None, None
    sentence = max(_sentence_ends(text, line, stop, position), default=line)
    if joint := groups.summed_up(text, position, sentence, before, subject):
        return _answer(joint)
    if (one := groups.one_of_each(text, position, before, subject)) is not None:
        return _answer([one])
    cues = _all_cues(text, (line, position), before, told_again, subject)
    cue = next((cue for cue in reversed(cues) if not _closed(text, cue.end, position)), None)
    if cue is not None:
        governs = cue.place is not None and _governs(text, cue, (line, stop, sentence, position), before, subject)
        return (
            _answer(groups.with_neighbours(text, before, cue.place, subject)) if cue.place and governs else (None, None)
        )
    heading = _under(text, line, places, subject)
    return _answer([heading]) if heading else (None, None)


def _between(places: Sequence[PlaceName], low: int, high: int) -> Sequence[PlaceName]:
    first, last = (bisect_left(places, at, key=lambda p: p.start) for at in (low, high))
    return places[first:last]


def _told_at_once(
    text: str, number: tuple[int, int], line: tuple[int, int], places: Sequence[PlaceName], subject: Subject
) -> list[PlaceName]:
    """The place of whoever says the number, of whose age it is, or where the money of the clause was spent."""
    position, end = number
    if (speaker := speakers.speaker(text, position, line, places, subject)) is not None:
        return [speaker]
    if _AGE.match(text, position) and (person := speakers.right_after(text, end, places, subject)) is not None:
        return [person]
    return _where_it_went(text, number, places, subject)


def _comes_from(text: str, number: tuple[int, int], place: PlaceName, subject: Subject) -> bool:
    """Whether the number counts the households of a place outside the subject: 安置着甲县|1760户、乙县|1389户."""
    position, end = number
    outside = place.adcode is not None and not is_own(place, subject) and not is_inside(place, subject)
    return outside and place.end == position and text.endswith("户", position, end)


def _all_cues(
    text: str, span: tuple[int, int], before: Sequence[PlaceName], told_again: Sequence[_Cue], subject: Subject
) -> list[_Cue]:
    """The cues of a stretch of a paragraph, with what counts or means places named before, in order."""
    counts = list(groups.counted(text, span, before, subject))
    cues = [*_cues(text, span, before, subject), *told_again]
    cues = [cue for cue in cues if not any(p.start <= cue.start < p.end for p in counts)]
    cues += [_Cue(p.start, p.end, p, topic=False) for p in counts]
    # 甲镇、乙镇等6个乡镇: those who have them, or the subject, are named in front of the list.
    listed = groups.counted_list(text, span[1], before)
    return sorted((c for c in cues if listed is None or c.start < listed), key=lambda cue: cue.start)


def _governs(
    text: str, cue: _Cue, at: tuple[int, int, int, int], before: Sequence[PlaceName], subject: Subject
) -> bool:
    """Whether the place of the last cue is what the number is about; `at`: paragraph, its end, sentence, number."""
    line, stop, sentence, position = at
    assert cue.place is not None
    if cue.start < sentence and not (cue.topic and _goes_on(text, cue, (line, stop), sentence)):
        return False
    if _is_only_where(text, cue, subject) and _CLAUSE_END.search(text, cue.end, position):
        return False
    # 援建某镇学校,新增学位900个;资助学生1126名: what the subject does next it does elsewhere.
    if _HALF.search(text, cue.end, position) and not (cue.again or _is_topic(text, cue.place, line, subject)):
        return False
    return not (
        groups.ends_list(text, cue.place, position, before) or _is_listed(text, (cue, position), before, subject)
    )


def _where_it_went(
    text: str, number: tuple[int, int], places: Sequence[PlaceName], subject: Subject
) -> list[PlaceName]:
    """The place of the next clause where money was spent, with those listed beside it: 投资200万元,在某村建起…."""
    position, end = number
    first = bisect_left(places, end, key=lambda p: p.start)
    place = places[first] if first < len(places) else None
    if place is None or place.start > end + OPENING or place.adcode is not None or not is_inside(place, subject):
        return []
    if _LIST_OF_TOWNS.search(place.name):
        return []
    if text.endswith("元", position, end) and _INTO.fullmatch(text, end, place.start):
        return groups.with_followers(text, places[first:], subject)
    spent = _SPENT.search(text, max(0, position - OPENING), position)
    if not spent or not _THERE_NEXT.fullmatch(text, end, place.start):
        return []
    return groups.with_followers(text, places[first:], subject)


def _under(text: str, line: int, places: Sequence[PlaceName], subject: Subject) -> PlaceName | None:
    """The place whose heading a paragraph stands under: a county, or in a text on a county a town or village."""
    if subject.level in _SMALL:
        return None
    of_county = subject.level is Level.COUNTY
    end = line - 1
    while end > max(0, line - speakers.REACH):
        start = text.rfind("\n", 0, end) + 1
        if start > 0 and 0 < end - start <= HEADING_CHARS and not _SENTENCE_END.search(text, start, end):
            first, last = (bisect_left(places, at, key=lambda p: p.start) for at in (start, end))
            named = [p for p in places[first:last] if (p.adcode is None) == of_county and is_inside(p, subject)]
            return named[0] if len(named) == 1 else None
        end = start - 1
    return None


def _is_only_where(text: str, cue: _Cue, subject: Subject) -> bool:
    """Whether the subject acts, and the places are where: 桑植县在甲、乙等乡镇种茶3万亩,引进企业9家."""
    if cue.place is None or not _LIST_OF_TOWNS.search(cue.place.name):
        return False
    acts = (subject.name, "全县", "全市", "全区") if subject.name else ("全县", "全市", "全区")
    return text.startswith("在", cue.start - 1) and text.endswith(acts, 0, cue.start - 1)


def _goes_on(text: str, cue: _Cue, line: tuple[int, int], sentence: int) -> bool:
    """Whether a later sentence stays with the place: not one of a report that opens anew with a time."""
    if cue.place is None or cue.start - line[0] <= OPENING or "”" in text[line[0] : line[1]]:
        return True
    return _OPENS_ANEW.match(text, sentence) is None


def _is_listed(text: str, at: tuple[_Cue, int], before: Sequence[PlaceName], subject: Subject) -> bool:
    """Whether the cue is one of several places of an earlier half-sentence: 其中甲县8600套、乙县7400套；全州…."""
    cue, position = at
    ends = [m.start() for m in re.finditer("[；;]", text[cue.end : position])]
    if not ends or cue.place is None:
        return False
    start = max(text.rfind(mark, max(0, cue.start - speakers.REACH), cue.start) for mark in "。；;\n")
    named = {p.name for p in before if start < p.start < cue.end + ends[0] and is_inside(p, subject)}
    return len(named) > len(groups.with_neighbours(text, before, cue.place, subject))


def _answer(found: Sequence[PlaceName]) -> tuple[str | None, str | None]:
    names = list(dict.fromkeys(p.name for p in found))
    return "、".join(names), found[0].adcode if len(names) == 1 else None


def _paragraph(text: str, position: int) -> tuple[int, int]:
    low, high = max(0, position - speakers.REACH), min(len(text), position + speakers.REACH)
    start, stop = text.rfind("\n", low, position) + 1, text.find("\n", position, high)
    return start or low, high if stop < 0 else stop


def _cues(text: str, span: tuple[int, int], before: Sequence[PlaceName], subject: Subject) -> list[_Cue]:
    """Everything before the number in its paragraph that says which place the text is about, in order."""
    low, high = span
    cues = [
        _Cue(m.start(), m.end(), None)
        for m in speakers.BACK.finditer(text, low, high)
        if above.leads_back(m.group(), subject) and not above.SHARE_OF.search(text, low, m.start())
    ]
    cues += [_Cue(m.start(), m.end(), None) for m in _NEXT_ITEM.finditer(text, low, high)]
    if subject.level in _BACK_SMALL:
        cues += [_Cue(m.start(), m.end(), None) for m in _BACK_SMALL[subject.level].finditer(text, low, high)]
    ends = [m.end() for m in _SENTENCE_END.finditer(text, low, high)]
    roads = _ends_of_roads(text, before)
    inside = [p for p in before if is_inside(p, subject) and p not in roads]
    inside = [
        p for p in inside if not meant.is_left(text, p, before, subject) and not _is_where_one_acts(text, p, before)
    ]
    alone = Counter(s for s, _ in {(bisect_right(ends, p.start), p.name) for p in inside})
    for place in inside:
        # 甲县600人、乙县500人。实际完成1100人: a list does not go on about its last place.
        nth = bisect_right(ends, place.start)
        told = _TOLD.search(text, ends[nth - 1] if nth else low, place.start)
        topic = alone[nth] == 1 and not told and _is_topic(text, place, low, subject)
        cues.append(_Cue(place.start, place.end, place, topic))
    named = [p for p in before if not (p.name == subject.name and _names_a_firm(text, p))]
    own = [p for p in named if p.name == subject.name or (subject.level in _SMALL and is_own(p, subject))]
    # 嘉定区援建…: who comes from outside does it for the subject, wherever the sentence before was.
    outside = [p for p in before if p.adcode and not is_inside(p, subject)]
    own += [p for p in outside if p.start == low or p.start in ends or _opens_as_helper(text, p, (low, *ends))]
    cues += [_Cue(p.start, p.end, None) for p in own]
    return sorted(cues, key=lambda cue: cue.start)


def _names_a_firm(text: str, place: PlaceName) -> bool:
    """Whether the place, without its class, begins a firm's name: 引进|灵丘|恒源公司."""
    return text[place.end - 1] not in "县市区旗州" and _FIRM.match(text, place.end) is not None


def _opens_as_helper(text: str, place: PlaceName, starts: Sequence[int]) -> bool:
    """Whether a sentence begins with a place that helps (对口帮扶的|某市)."""
    start = max(at for at in starts if at <= place.start)
    return _HELPER_BEFORE.fullmatch(text, start, place.start) is not None


def _ends_of_roads(text: str, before: Sequence[PlaceName]) -> list[PlaceName]:
    """The places that name a road two by two: 蒿坪镇至双安镇的二级路."""
    return [p for a, b in pairwise(before) if _SPAN.fullmatch(text, a.end, b.start) for p in (a, b)]


@lru_cache(maxsize=64)
def _all_sentence_ends(text: str, line: int, stop: int) -> list[int]:
    return [m.end() for m in _SENTENCE_END.finditer(text, line, stop)]


def _sentence_ends(text: str, line: int, stop: int, position: int) -> list[int]:
    """Where the sentences of a paragraph end that stand in front of a position."""
    ends = _all_sentence_ends(text, line, stop)
    return ends[: bisect_right(ends, position)]


def _is_where_one_acts(text: str, place: PlaceName, before: Sequence[PlaceName]) -> bool:
    """Whether a list of villages is only where the town in front of it acts: 某镇|在甲、乙等村|开办培训班5期."""
    if not text.startswith("在", place.start - 1) or _LIST_OF_TOWNS.search(place.name) is None:
        return False
    return any(p.end == place.start - 1 and p.name.endswith(("镇", "乡")) for p in before)


def _is_topic(text: str, place: PlaceName, low: int, subject: Subject) -> bool:
    """Whether the text goes on about the place: it opens its clause (石家田乡,…) or a person of it is named.

    A place that is all its clause says sets a scene (在联团村,…).
    """
    if speakers.PERSON_AFTER.match(text, place.end) or (place.name.endswith("村") and _tells(text, low, place.end)):
        return True
    # 到龙湾村当第一书记, 翻过山梁就是洪河村。
    if _POSTED.match(text, place.end) or (
        text.endswith("是", low, place.start) and _SENTENCE_END.match(text, place.end)
    ):
        return True
    if _HOME_BEFORE.search(text, max(low, place.start - 4), place.start):
        return True
    lead = _HEAD.split(text[low : place.start])[-1].strip()
    for own in (subject.name, subject.prefecture, subject.province):
        lead = lead.removesuffix(own) if own else lead
    # 大山腹地的石壁村起了大雾: what it is like says nothing of who acts.
    lead = "" if lead.endswith("的") and _ACTED_ON.search(lead) is None else lead
    if _VISIT.search(lead) or (lead == "在" and _COMMA.match(text, place.end)):
        return True
    return (not lead or bool(_TIME_BEFORE.search(lead))) and not _PREPOSITION.search(lead)


def _tells(text: str, low: int, end: int) -> bool:
    """Whether the paragraph is a story: somebody in it speaks. A report that names a village goes on to the next."""
    stop = text.find("\n", end, end + speakers.REACH)
    paragraph = text[low : end + speakers.REACH if stop < 0 else stop]
    return "”" in paragraph and re.search("说|告诉|介绍|笑着|高兴地", paragraph) is not None


def _closed(text: str, cue_end: int, position: int) -> bool:
    """Whether the bracket that holds the cue closes before the number: 5个县(甲县400人、乙县400人)承担."""
    closing = _CLOSING.search(text, cue_end, position)
    return closing is not None and not _OPENING.search(text, cue_end, closing.start())
