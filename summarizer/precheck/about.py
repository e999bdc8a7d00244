"""The place that a number is about.

`place_for` follows the text: the place that the number's clause names, else the one that its sentence went on with,
else the one that the paragraph is about; 全县, 我县 and a new paragraph lead back to the subject.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas.report import Subject
from schemas.vocabulary import Level
from summarizer import gazetteer
from summarizer.gazetteer import Division
from summarizer.precheck import groups, speakers
from summarizer.precheck.brief import PlaceName
from summarizer.precheck.places import is_inside, is_own
from summarizer.text.people import PERSON

_CLAUSE_END = re.compile(r"[,，;；:：。！？!?\n]")
_SENTENCE_END = re.compile(r"[。！？!?][”』」)）]*")
_BACK_SMALL = {
    Level.TOWN: re.compile(r"[全我该本][镇乡]|[镇乡](?:党委|政府|里)"),
    Level.VILLAGE: re.compile(r"[全我该本]村|村里|村“?两委"),
}
_ANAPHOR = re.compile(
    "(?:该|全|本|我们?|咱们?)(?P<kind>[村镇乡]|街道|社区)(?!级)"
    rf"|(?P<village>(?<![困各驻农山乡个])(?:村里|村上|村“?两委|村党?支部|村干部|村民(?={PERSON})))"
)
"""What speaks of the village or town named last: 该村, 全镇, 村里."""

_TOWNS = {ord("镇"): "镇乡", ord("乡"): "镇乡"}
_OF_A_COUNTY = re.compile("[全该我本][县旗]|(?<![\u4e00-\u9fff])[县旗](?:里|委|财政|政府)|该[区市]")
"""What in a text on more than one county speaks of the one named last."""

_GOES_ON = re.compile(r"[ \t\u3000“]*(?:(?:走进|在|而)?这(?:个|里|座|家|片|条|处|所)|记者在村)")
"""The beginning of a paragraph that goes on about what the one before it told of."""

_SPAN = re.compile(r"[至到—－-]+")

_SMALL = (Level.TOWN, Level.VILLAGE)

_ABOVE = re.compile(r"(?P<nation>全国|我国)|(?P<province>[全我]省|全自治区)|(?P<prefecture>[全我]市|全州)")
_RANKED = re.compile(r"[^,，。]{0,4}(?:率先|首|第|前列|最|唯一|排名|位居|平均|领先|通报|推广)")
_LIST_OF_TOWNS = re.compile(r"等(?:乡村|村庄|乡镇|村)$")
_FROM_THERE = re.compile(r"(?:搬|迁|走|嫁)[来出下到进]|搬迁|下山")
_FROM = re.compile(r"[从由自]$")
_OPENS_ANEW = re.compile(
    r"(?:截至|截止到?|到)?(?:今年|去年|20\d\d年|目前|全年|年底|年末|\d{1,2}月)[^,，。；;]{0,12}[,，]"
)
HEADING_CHARS = 30
"""A line this short without a full stop is a heading."""

OPENING = 16
"""A place that opens its paragraph, give or take a date, is what all of it may be about, in characters."""

_HEAD = re.compile(r"[,，;；:：。！？!?\n、(（“]")
_PREPOSITION = re.compile(r"(?:在|为|对|到|向|与|和|由|给|从|至|是|往|赴|位于|离|距|帮扶|支持|投入|引进)$")
_TIME_BEFORE = re.compile(r"(?:年|月|日|底|初|季|天|前|来|时|后|起|间|度|今|去)$")
_VISIT = re.compile("(?:走进|来到|走访|探访|漫步)了?$")
_HOME_BEFORE = re.compile(r"(?:老家|家住?|住)在?$")
_TOLD = re.compile(r"\d[\d.,]*(?![\d年月日时点多岁.,]|余[公里岁])")
"""A figure: a place named after one in its sentence is not what the sentences after it are about."""

_COMMA = re.compile("[,，]")
_CLOSING, _OPENING = re.compile("[)）]"), re.compile("[(（]")
_AGE = re.compile(r"\d{1,3}[多余]?岁")


@dataclass(frozen=True, slots=True)
class _Cue:
    """What the text is about from `start` on: `place` None is the subject."""

    start: int
    end: int
    place: PlaceName | None
    topic: bool = True


def place_for(
    text: str, position: int, end: int, places: Sequence[PlaceName], subject: Subject
) -> tuple[str | None, str | None]:
    """Name and adcode of the place that the number at `[position, end)` is about; (None, None) is the subject."""
    line, stop = _paragraph(text, position)
    if (speaker := speakers.speaker(text, position, (line, stop), places, subject)) is not None:
        return _answer([speaker])
    if _AGE.match(text, position) and (person := speakers.right_after(text, end, places, subject)) is not None:
        return _answer([person])
    if (above := _above(text, position, subject)) is not None:
        return above
    first, last = (bisect_left(places, at, key=lambda p: p.start) for at in (line, position))
    before = list(places[first:last])
    anaphors = list(_anaphors(text, (line, position), places[:last], subject))
    # Where nothing in front names a place, what is left of the cues leads back to the subject.
    alone = not before and not anaphors and subject.level not in (Level.PREFECTURE, Level.PROVINCE)
    if alone or groups.is_count(text, position, before):
        return None, None
    cues = _cues(text, (line, position), before, subject)
    cues += anaphors
    counts = list(groups.counted(text, (line, position), before, subject))
    cues = [cue for cue in cues if not any(p.start <= cue.start < p.end for p in counts)]
    cues += [_Cue(p.start, p.end, p, topic=False) for p in counts]
    cues.sort(key=lambda cue: cue.start)
    sentence = max((m.end() for m in _SENTENCE_END.finditer(text, line, position)), default=line)
    if joint := groups.summed_up(text, position, sentence, before, subject):
        return _answer(joint)
    if (one := groups.one_of_each(text, position, before, subject)) is not None:
        return _answer([one])
    for index in range(len(cues) - 1, -1, -1):
        cue = cues[index]
        if _closed(text, cue.end, position):
            continue
        if cue.place is None:
            return None, None
        if cue.start < sentence and not (cue.topic and _goes_on(text, cue, (line, stop), sentence)):
            return None, None
        if _is_only_where(text, cue, subject) and _CLAUSE_END.search(text, cue.end, position):
            return None, None
        if not _is_listed(text, (cue, position), before, subject):
            return _answer(groups.with_neighbours(text, before, cue.place, subject))
        return None, None
    heading = _under(text, line, places, subject)
    return _answer([heading]) if heading else (None, None)


def _under(text: str, line: int, places: Sequence[PlaceName], subject: Subject) -> PlaceName | None:
    """The county whose heading a paragraph on a prefecture or a province stands under."""
    if subject.level not in (Level.PREFECTURE, Level.PROVINCE):
        return None
    end = line - 1
    while end > max(0, line - speakers.REACH):
        start = text.rfind("\n", 0, end) + 1
        if start > 0 and 0 < end - start <= HEADING_CHARS and not _SENTENCE_END.search(text, start, end):
            first, last = (bisect_left(places, at, key=lambda p: p.start) for at in (start, end))
            named = [p for p in places[first:last] if p.adcode and is_inside(p, subject)]
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


def _anaphors(text: str, span: tuple[int, int], places: Sequence[PlaceName], subject: Subject) -> Iterator[_Cue]:
    """该村, 全镇, 村里 and a paragraph that begins with 这个 or 这里: they mean the village or town named last.

    In a text on a prefecture or a province 该县 and 全县 mean the county named last.
    """
    low, high = span
    if subject.level in _SMALL:
        return
    for found in _ANAPHOR.finditer(text, low, high):
        kinds = "村" if found["village"] else found["kind"][-1].translate(_TOWNS)
        place = speakers.last_small(places, (found.start(), kinds), subject)
        if place and (
            place.start >= low or found.group().startswith("该") or speakers.still_there(text, place, low, subject)
        ):
            yield _Cue(found.start(), found.end(), place)
    opening = _GOES_ON.match(text, low, high)
    if opening and (place := speakers.last_small(places, (low, "村镇乡区点"), subject)):
        yield _Cue(opening.start(), opening.end(), place)
    if subject.level is not Level.COUNTY:
        for found in _OF_A_COUNTY.finditer(text, low, high):
            if (place := _last_county(places, found.start(), subject)) is not None:
                yield _Cue(found.start(), found.end(), place)


def _last_county(places: Sequence[PlaceName], position: int, subject: Subject) -> PlaceName | None:
    """The last county of the subject in reach before a position."""
    for place in reversed(places[: bisect_left(places, position, key=lambda p: p.start)]):
        if place.start < position - speakers.REACH:
            return None
        if place.adcode is not None and place.name.endswith(("县", "旗", "市", "区")) and is_inside(place, subject):
            return place
    return None


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
        if _leads_back(m.group(), subject)
    ]
    if subject.level in _BACK_SMALL:
        cues += [_Cue(m.start(), m.end(), None) for m in _BACK_SMALL[subject.level].finditer(text, low, high)]
    ends = [m.end() for m in _SENTENCE_END.finditer(text, low, high)]
    inside = [p for p in before if is_inside(p, subject) and not _is_end_of_road(text, p, before)]
    inside = [p for p in inside if not _is_left(text, p, before, subject)]
    alone = Counter(s for s, _ in {(bisect_right(ends, p.start), p.name) for p in inside})
    for place in inside:
        # 甲县600人、乙县500人。实际完成1100人: a list does not go on about its last place.
        nth = bisect_right(ends, place.start)
        told = _TOLD.search(text, ends[nth - 1] if nth else low, place.start)
        topic = alone[nth] == 1 and not told and _is_topic(text, place, low, subject)
        cues.append(_Cue(place.start, place.end, place, topic))
    own = [p for p in before if p.name == subject.name or (subject.level in _SMALL and is_own(p, subject))]
    # 嘉定区援建…: who comes from outside does it for the subject, wherever the sentence before was.
    own += [p for p in before if p.adcode and not is_inside(p, subject) and (p.start == low or p.start in ends)]
    cues += [_Cue(p.start, p.end, None) for p in own]
    return sorted(cues, key=lambda cue: cue.start)


def _is_end_of_road(text: str, place: PlaceName, before: Sequence[PlaceName]) -> bool:
    """Whether a road is named by the place and another one: 蒿坪镇至双安镇的二级路."""
    others = (p for p in before if p is not place)
    return any(_SPAN.fullmatch(text[min(place.end, p.end) : max(place.start, p.start)]) is not None for p in others)


def _is_left(text: str, place: PlaceName, before: Sequence[PlaceName], subject: Subject) -> bool:
    """Whether people have come away from the place: 从八大公山镇深山里搬来, 从岚天乡、鸡鸣乡等地搬出."""
    come = _FROM_THERE.search(text, place.end, place.end + 24)
    if come is None or _CLAUSE_END.search(text, place.end, come.start()):
        return False
    first = groups.with_neighbours(text, before, place, subject)[0]
    return _FROM.search(text, max(0, first.start - 1), first.start) is not None


def _leads_back(words: str, subject: Subject) -> bool:
    """Whether 全市, 我市 mean the subject: they do not where it is a county of another class.

    全县 does not where the subject is no county: it means the one named last.
    """
    if words in ("全市", "我市", "市委", "市政府"):
        return subject.name is None or subject.name.endswith("市") or subject.level is not Level.COUNTY
    return subject.level not in (Level.PREFECTURE, Level.PROVINCE) or _OF_A_COUNTY.fullmatch(words) is None


def _is_topic(text: str, place: PlaceName, low: int, subject: Subject) -> bool:
    """Whether the text goes on about the place: it opens its clause (石家田乡,…) or a person of it is named.

    A place that is all its clause says sets a scene (在联团村,…).
    """
    if speakers.PERSON_AFTER.match(text, place.end) or (place.name.endswith("村") and _tells(text, low, place.end)):
        return True
    if _HOME_BEFORE.search(text, max(low, place.start - 4), place.start):
        return True
    lead = _HEAD.split(text[low : place.start])[-1].strip()
    for above in (subject.name, subject.prefecture, subject.province):
        lead = lead.removesuffix(above) if above else lead
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


def _above(text: str, position: int, subject: Subject) -> tuple[str | None, str | None] | None:
    """What above the subject the number's clause speaks of: 全省…240亿元, 全国, for a county 全市."""
    if _ABOVE.search(text, max(0, position - 60), position) is None:
        return None
    clause = max((m.end() for m in _CLAUSE_END.finditer(text, max(0, position - 60), position)), default=0)
    found = None
    for match in _ABOVE.finditer(text, max(clause, position - 60), position):
        if not _RANKED.match(text, match.end()) and not speakers.BACK.search(text, match.end(), position):
            found = match
    if found is None:
        return None
    if found["nation"]:
        return "全国", None
    name = subject.province if found["province"] else subject.prefecture
    if name is None or name == subject.name or (found["prefecture"] and _leads_back("全市", subject)):
        return None
    parents: Sequence[Division] = gazetteer.divisions(name)
    return name, parents[0].adcode if len(parents) == 1 else None
