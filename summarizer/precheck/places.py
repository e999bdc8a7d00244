"""Places that the text names, and the place that a number is about.

`place_for` follows the text: the place that the number's clause names, else the one that its sentence went on with,
else the one that the paragraph is about; 全县, 我县 and a new paragraph lead back to the subject.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from schemas.report import Subject
from schemas.vocabulary import Level
from summarizer import gazetteer
from summarizer.gazetteer import Division, PlaceMention
from summarizer.precheck import localities
from summarizer.precheck.brief import PlaceName
from summarizer.text.people import PERSON

REACH = 800
"""How far back in its paragraph a place can govern a number, in characters."""

_LIST = re.compile(
    r"(?<![\u4e00-\u9fff])(?:[^，。]{0,12}?(?:带动|在|对|为|使|让|到|推动|引导|支持|有力))?"
    r"(?P<list>[\u4e00-\u9fff]{2,6}(?:、[\u4e00-\u9fff]{2,6}){1,8}等(?:乡村|村庄|乡镇|村(?!民|级)))"
)
_COUNTED_LIST = re.compile(
    r"(?P<rest>、[\u4e00-\u9fff]{1,4}(?:、[\u4e00-\u9fff]{1,4}){0,8})(?=(?:等|这)?[\d两三四五六七八九十]{1,2}个?村)"
)
_SENTENCE_END = re.compile(r"[。！？!?][”』」)）]*")
_CLAUSE_END = re.compile(r"[,，;；:：。！？!?\n]")
_BACK = re.compile(
    r"全[县市区旗州]|[我该本][县市区旗州]|县[委里内域]|县政府|市委|市政府|其余|其他|剩余|各(?:地|县|乡镇|村|级|部门)"
    r"|(?<![\u4e00-\u9fff])[县旗区](?:财政|直|委|里|政府|扶贫|农业|林业|水利|教育|卫生|人社|医保|民政|残联)"
    r"|[两二三四五六七八九十]县|\d{1,2}个?[县市区镇乡村](?:合计|共|一共|总计)"
)
"""Words that lead back to the subject, or away from the last place named."""

_BACK_SMALL = {
    Level.TOWN: re.compile(r"[全我该本][镇乡]|[镇乡](?:党委|政府|里)"),
    Level.VILLAGE: re.compile(r"[全我该本]村|村里|村“?两委"),
}
_CLASSES = frozenset("省市县区旗州盟")
_SMALL_CLASS = re.compile("村(?![民委里级镇])|镇(?![政长])")
_ANAPHOR = re.compile(
    "(?:该|全|本|我们?|咱们?)(?P<kind>[村镇乡])(?!级)|(?P<village>(?<![困各驻农山乡个])(?:村里|村“?两委|村党?支部))"
)
"""What speaks of the village or town named last: 该村, 全镇, 村里."""

_GOES_ON = re.compile(r"[ \t\u3000“]*(?:(?:走进|在|而)?这(?:个|里|座|家|片|条|处|所)|记者在村)")
"""The beginning of a paragraph that goes on about what the one before it told of."""

_SPAN = re.compile(r"[至到—－-]+")

_SMALL = (Level.TOWN, Level.VILLAGE)

_ABOVE = re.compile(r"(?P<nation>全国|我国)|(?P<province>[全我]省|全自治区)|(?P<prefecture>[全我]市|全州)")
_RANKED = re.compile(r"[^,，。]{0,4}(?:率先|首|第|前列|最|唯一|排名|位居|平均|领先|通报|推广)")
_TOGETHER = re.compile(r"(?P<n>[两二三四五六七八九十]|\d{1,2})个?[县市区镇乡村](?:合计|共|一共|总计)")
_NUMERALS = {c: i for i, c in enumerate("〇一二三四五六七八九十")} | {"两": 2}
_LIST_OF_TOWNS = re.compile(r"等(?:乡村|村庄|乡镇|村)$")
_FROM_THERE = re.compile(r"(?:搬|迁|走|嫁)[来出下到进]|搬迁|下山")
_FROM = re.compile(r"[从由自]$")
_OPENS_ANEW = re.compile(
    r"(?:截至|截止到?|到)?(?:今年|去年|20\d\d年|目前|全年|年底|年末|\d{1,2}月)[^,，。；;]{0,12}[,，]"
)
_APART = re.compile("分别|各自")
_FIGURE = re.compile(r"\d[\d.,]*")

OPENING = 16
"""A place that opens its paragraph, give or take a date, is what all of it may be about, in characters."""

_PREPOSITION = re.compile(r"(?:在|为|对|到|向|与|和|由|给|从|至|是|往|赴|位于|离|距|帮扶|支持|投入|引进)$")
_TIME_BEFORE = re.compile(r"(?:年|月|日|底|初|季|天|前|来|时|后|起|间|度|今|去)$")
_VISIT = re.compile("(?:走进|来到|走访|探访|漫步)了?$")
_PERSON_AFTER = re.compile(
    r"的?(?:贫困户|脱贫户|搬迁户|群众|农民|牧民|姑娘|小伙|青年|妇女|老汉|大娘|大爷)|居民|村?民"
    rf"|的{PERSON}|的[\u4e00-\u9fff]{{2,5}}[,，说]"
)
_HOME_BEFORE = re.compile(r"(?:老家|家住?|住)在?$")
_AGE = re.compile(r"\d{1,3}[多余]?岁")
_SPEAKER_CHARS = 30
"""How far behind a closing quotation mark its speaker is introduced."""


def find(text: str, subject: Subject, *, year: int | None = None) -> tuple[PlaceName, ...]:
    """Every place that the text names, in order: divisions, towns, villages, and villages with their town as one."""
    # 肖营子镇五指山村: a short name that goes on as a village's is no county.
    mentions = [m for m in gazetteer.find(text, year=year) if not _is_village(text, m)]
    own_towns = gazetteer.towns(subject.adcode) if subject.adcode else frozenset()
    spans = [(m.start, m.end) for m in mentions]
    small = localities.find(text, spans, own_towns)
    divisions = [_division(m, subject, year) for m in mentions]
    lists = [PlaceName(m.start("list"), m.end("list"), m["list"]) for m in _LIST.finditer(text)]
    merged = _outermost(sorted([*divisions, *_joined(text, small), *lists], key=lambda p: (p.start, -p.end)))
    return tuple(_below(merged, subject, text))


def _is_village(text: str, mention: PlaceMention) -> bool:
    """Whether the name of a division, without its class, is that of a village or a town of the same name."""
    return text[mention.end - 1] not in _CLASSES and _SMALL_CLASS.match(text, mention.end) is not None


def _below(places: Sequence[PlaceName], subject: Subject, text: str) -> Iterator[PlaceName]:
    """The places, with what stands right after another division as a part of it: 鲁甸县|卯家湾安置区, 通渭县在|马营镇.

    What belongs to a division outside the subject keeps its code, and stays outside.
    """
    waiting: PlaceName | None = None
    for place in places:
        if waiting is not None and waiting.end == place.start and place.adcode is None:
            code = None if _inside(waiting, subject) else waiting.adcode
            yield PlaceName(waiting.start, place.end, waiting.name + place.name, code)
            waiting = None
            continue
        if waiting is not None:
            yield waiting
        current = place if waiting is None else _within(waiting, place, subject, text)
        waiting = current if current.adcode is not None and not _is_own(current, subject) else None
        if waiting is None:
            yield current
    if waiting is not None:
        yield waiting


def _within(above: PlaceName, place: PlaceName, subject: Subject, text: str) -> PlaceName:
    """The town that a county of the subject does something in (通渭县在马营镇), by its full name."""
    apart = place.adcode is not None or "、" in place.name or text[above.end : place.start] != "在"
    return place if apart or not _inside(above, subject) else PlaceName(place.start, place.end, above.name + place.name)


def _division(mention: PlaceMention, subject: Subject, year: int | None) -> PlaceName:
    """A mention of the gazetteer, resolved by the subject's own province and prefecture where several bear the name."""
    context = [name for name in (subject.prefecture, subject.province) if name]
    division = gazetteer.resolve(mention.choices, context, year=year)
    if division is None and subject.adcode:
        same = [d for d in mention.choices if d.adcode == subject.adcode]
        division = same[0] if same else None
    return PlaceName(
        mention.start, mention.end, division.name if division else mention.name, division.adcode if division else None
    )


def _joined(text: str, small: Sequence[localities.Locality]) -> Iterator[PlaceName]:
    """Towns and villages, a village right after its town as one place: 独峪乡曲回寺村."""
    waiting: localities.Locality | None = None
    for place in small:
        if waiting is not None and waiting.end == place.start and not place.town:
            yield _place(text, waiting.start, place.end)
            waiting = None
            continue
        if waiting is not None:
            yield _place(text, waiting.start, waiting.end)
        waiting = place if place.town else None
        if not place.town:
            yield _place(text, place.start, place.end)
    if waiting is not None:
        yield _place(text, waiting.start, waiting.end)


def _place(text: str, start: int, end: int) -> PlaceName:
    """The place, with the villages counted after it: 滩歌镇|北山、黄山、郭地|3村."""
    if (more := _COUNTED_LIST.match(text, end)) is not None and text[end - 1] == "村":
        end = more.end("rest")
    return PlaceName(start, end, text[start:end])


def _outermost(ordered: list[PlaceName]) -> list[PlaceName]:
    """Without those that lie inside another."""
    kept: list[PlaceName] = []
    for place in ordered:
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return kept


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
    if (speaker := _speaker(text, position, (line, stop), places, subject)) is not None:
        return _answer([speaker])
    if _AGE.match(text, position) and (person := _right_after(text, end, places, subject)) is not None:
        return _answer([person])
    if _TOGETHER.match(text, position):
        return None, None
    if (above := _above(text, position, subject)) is not None:
        return above
    first, last = (bisect_left(places, at, key=lambda p: p.start) for at in (line, position))
    before = list(places[first:last])
    cues = _cues(text, (line, position), before, subject)
    cues += _anaphors(text, (line, position), places[:last], subject)
    cues.sort(key=lambda cue: cue.start)
    sentence = max((m.end() for m in _SENTENCE_END.finditer(text, line, position)), default=line)
    if joint := _together(text, position, sentence, before, subject):
        return _answer(joint)
    if (one := _one_of_each(text, position, before, subject)) is not None:
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
            return _answer(_with_neighbours(text, before, cue.place, subject))
        return None, None
    return None, None


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


def _one_of_each(text: str, position: int, before: Sequence[PlaceName], subject: Subject) -> PlaceName | None:
    """The place of a number in a list that follows a list of places: 岷县、渭源县分别种植46万亩、27万亩."""
    low = max((m.end() for m in _CLAUSE_END.finditer(text, max(0, position - 80), position)), default=0)
    apart = next(_APART.finditer(text, max(low, position - 80), position), None)
    if apart is None:
        return None
    stop = _CLAUSE_END.search(text, position, position + 60)
    figures = list(_FIGURE.finditer(text, apart.end(), stop.start() if stop else position + 60))
    named = [p for p in before if low <= p.start < apart.start() and _inside(p, subject)]
    index = sum(m.end() <= position for m in figures)
    if len(named) < 2 or len(figures) != len(named) or not _is_run(text, named, named[-1].end):
        return None
    return named[index] if index < len(named) else None


def _anaphors(text: str, span: tuple[int, int], places: Sequence[PlaceName], subject: Subject) -> Iterator[_Cue]:
    """该村, 全镇, 村里 and a paragraph that begins with 这个 or 这里: they mean the village or town named last."""
    low, high = span
    if subject.level in _SMALL:
        return
    for found in _ANAPHOR.finditer(text, low, high):
        kinds = "村" if found["village"] or found["kind"] == "村" else "镇乡"
        place = _last_small(places, (found.start(), kinds), subject)
        # 全村 of a new paragraph may be that of the whole article; 该村 points back.
        if place and (place.start >= low or found.group().startswith("该")):
            yield _Cue(found.start(), found.end(), place)
    opening = _GOES_ON.match(text, low, high)
    if opening and (place := _last_small(places, (low, "村镇乡区点"), subject)):
        yield _Cue(opening.start(), opening.end(), place)


def _last_small(places: Sequence[PlaceName], at: tuple[int, str], subject: Subject) -> PlaceName | None:
    """The last village or town in reach before a position whose name ends with one of the characters."""
    position, kinds = at
    for place in reversed(places[: bisect_left(places, position, key=lambda p: p.start)]):
        if place.start < position - REACH:
            return None
        if place.adcode is None and place.name[-1] in kinds and _inside(place, subject):
            return place
    return None


def _is_listed(text: str, at: tuple[_Cue, int], before: Sequence[PlaceName], subject: Subject) -> bool:
    """Whether the cue is one of several places of an earlier half-sentence: 其中甲县8600套、乙县7400套；全州…."""
    cue, position = at
    ends = [m.start() for m in re.finditer("[；;]", text[cue.end : position])]
    if not ends or cue.place is None:
        return False
    start = max(text.rfind(mark, max(0, cue.start - REACH), cue.start) for mark in "。；;\n")
    named = {p.name for p in before if start < p.start < cue.end + ends[0] and _inside(p, subject)}
    return len(named) > len(_with_neighbours(text, before, cue.place, subject))


def _answer(found: Sequence[PlaceName]) -> tuple[str | None, str | None]:
    names = list(dict.fromkeys(p.name for p in found))
    return "、".join(names), found[0].adcode if len(names) == 1 else None


def _paragraph(text: str, position: int) -> tuple[int, int]:
    low, high = max(0, position - REACH), min(len(text), position + REACH)
    start, stop = text.rfind("\n", low, position) + 1, text.find("\n", position, high)
    return start or low, high if stop < 0 else stop


def _is_own(place: PlaceName, subject: Subject) -> bool:
    """Whether the place is the subject itself or contains it."""
    if place.name in (subject.name, subject.prefecture, subject.province):
        return True
    # 花石乡大湾村 in a story of 大湾村.
    return subject.level in _SMALL and subject.name is not None and place.name.endswith(subject.name)


def _inside(place: PlaceName, subject: Subject) -> bool:
    """Whether the place can lie in the subject: another province's district is a helper, not a place reported on."""
    if _is_own(place, subject):
        return False
    if subject.level in _SMALL:
        return place.adcode is None and not place.name.endswith(("镇", "乡", "街道"))
    if place.adcode is None or subject.adcode is None or subject.level is None:
        return place.adcode is None or subject.adcode is None
    prefix = {Level.PROVINCE: 2, Level.PREFECTURE: 4}.get(subject.level)
    return prefix is not None and place.adcode[:prefix] == subject.adcode[:prefix]


def _cues(text: str, span: tuple[int, int], before: Sequence[PlaceName], subject: Subject) -> list[_Cue]:
    """Everything before the number in its paragraph that says which place the text is about, in order."""
    low, high = span
    cues = [_Cue(m.start(), m.end(), None) for m in _BACK.finditer(text, low, high) if _leads_back(m.group(), subject)]
    if subject.level in _BACK_SMALL:
        cues += [_Cue(m.start(), m.end(), None) for m in _BACK_SMALL[subject.level].finditer(text, low, high)]
    ends = [m.end() for m in _SENTENCE_END.finditer(text, low, high)]
    inside = [p for p in before if _inside(p, subject) and not _is_end_of_road(text, p, before)]
    inside = [p for p in inside if not _is_left(text, p)]
    alone = Counter(s for s, _ in {(bisect_right(ends, p.start), p.name) for p in inside})
    for place in inside:
        # 甲县600人、乙县500人。实际完成1100人: a list does not go on about its last place.
        topic = alone[bisect_right(ends, place.start)] == 1 and _is_topic(text, place, low)
        cues.append(_Cue(place.start, place.end, place, topic))
    own = [p for p in before if p.name == subject.name or (subject.level in _SMALL and _is_own(p, subject))]
    cues += [_Cue(p.start, p.end, None) for p in own]
    return sorted(cues, key=lambda cue: cue.start)


def _is_end_of_road(text: str, place: PlaceName, before: Sequence[PlaceName]) -> bool:
    """Whether a road is named by the place and another one: 蒿坪镇至双安镇的二级路."""
    others = (p for p in before if p is not place)
    return any(_SPAN.fullmatch(text[min(place.end, p.end) : max(place.start, p.start)]) is not None for p in others)


def _is_left(text: str, place: PlaceName) -> bool:
    """Whether people have come away from the place: 从八大公山镇深山里搬来."""
    come = _FROM_THERE.search(text, place.end, place.end + 10)
    away = come and not _CLAUSE_END.search(text, place.end, come.start())
    return bool(away and _FROM.search(text, max(0, place.start - 1), place.start))


def _leads_back(words: str, subject: Subject) -> bool:
    """Whether 全市, 我市 mean the subject: they do not where it is a county of another class."""
    if words in ("全市", "我市", "市委", "市政府"):
        return subject.name is None or subject.name.endswith("市") or subject.level is not Level.COUNTY
    return True


def _is_topic(text: str, place: PlaceName, low: int) -> bool:
    """Whether the text goes on about the place: it opens its clause (石家田乡,…) or a person of it is named."""
    if _PERSON_AFTER.match(text, place.end) or (place.name.endswith("村") and _tells(text, low, place.end)):
        return True
    if _HOME_BEFORE.search(text, max(low, place.start - 4), place.start):
        return True
    lead = re.split(r"[,，;；:：。！？!?\n、(（“]", text[low : place.start])[-1].strip()
    if _VISIT.search(lead):
        return True
    return (not lead or bool(_TIME_BEFORE.search(lead))) and not _PREPOSITION.search(lead)


def _tells(text: str, low: int, end: int) -> bool:
    """Whether the paragraph is a story: somebody in it speaks. A report that names a village goes on to the next."""
    stop = text.find("\n", end, end + REACH)
    paragraph = text[low : end + REACH if stop < 0 else stop]
    return "”" in paragraph and re.search("说|告诉|介绍|笑着|高兴地", paragraph) is not None


def _closed(text: str, cue_end: int, position: int) -> bool:
    """Whether the bracket that holds the cue closes before the number: 5个县(甲县400人、乙县400人)承担."""
    between = text[cue_end:position]
    first = re.search("[)）]", between)
    return first is not None and not re.search("[(（]", between[: first.start()])


def _with_neighbours(text: str, before: Sequence[PlaceName], place: PlaceName, subject: Subject) -> list[PlaceName]:
    """The place, with those that a list joins to it: 大宁县、吉县投入…; numbers between them part them."""
    found = [place]
    for other in reversed([p for p in before if p.start < place.start]):
        if not re.fullmatch("[、和与及]|以及", text[other.end : found[0].start]) or not _inside(other, subject):
            break
        found.insert(0, other)
    return found


def _together(
    text: str, position: int, sentence: int, before: Sequence[PlaceName], subject: Subject
) -> list[PlaceName]:
    """The places summed up in the number's clause (四县合计7.6万人), where the sentence named as many."""
    low = max(sentence, position - 30)
    found = next((m for m in _TOGETHER.finditer(text, low, min(len(text), position + 8)) if m.start() < position), None)
    if found is None or re.search(r"[,，;；].*\d|\d.*[,，;；]", text[found.end() : position]):
        return []
    n = _NUMERALS.get(found["n"]) or int(found["n"])
    inside = [p for p in before if p.start < found.start() and _inside(p, subject)]
    half = max(text.rfind(mark, sentence, found.start()) for mark in "；;") + 1
    # 三县合计 sums up its half-sentence, its sentence, or the one before it.
    for low in (half, sentence, max(text.rfind("。", 0, max(sentence - 1, 0)) + 1, 0)):
        named = list({p.name: p for p in inside if p.start >= low}.values())
        if len(named) == n:
            return named
    return inside[-n:] if _is_run(text, inside[-n:], found.start()) and len(inside) >= n else []


def _is_run(text: str, run: Sequence[PlaceName], end: int) -> bool:
    """Whether the places stand side by side right before a position (甲县、乙县、丙县|3个县)."""
    gaps = [text[a.end : b.start] for a, b in pairwise(run)] + [text[run[-1].end : end] if run else ""]
    return all(re.fullmatch("[、和与及等这]{0,2}", gap) for gap in gaps)


def _above(text: str, position: int, subject: Subject) -> tuple[str | None, str | None] | None:
    """What above the subject the number's clause speaks of: 全省…240亿元, 全国, for a county 全市."""
    clause = max((m.end() for m in _CLAUSE_END.finditer(text, max(0, position - 60), position)), default=0)
    found = None
    for match in _ABOVE.finditer(text, max(clause, position - 60), position):
        if not _RANKED.match(text, match.end()) and not _BACK.search(text, match.end(), position):
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


def _speaker(
    text: str, position: int, line: tuple[int, int], places: Sequence[PlaceName], subject: Subject
) -> PlaceName | None:
    """The village of whoever says the words that hold the number: “一年能收两茬。”白崖峪村的武六孩说."""
    opening = text.rfind("“", line[0], position)
    closing = text.find("”", position, line[1])
    if opening < 0 or closing < 0 or "”" in text[opening:position] or "“" in text[position:closing]:
        return None
    if text[closing - 1] not in "。！？!?,，":
        return None
    return _right_after(text, closing + 1, places, subject)


def _right_after(text: str, at: int, places: Sequence[PlaceName], subject: Subject) -> PlaceName | None:
    """The town or village of the person introduced right after this point."""
    for place in places[bisect_left([p.start for p in places], at) :]:
        if place.start > at + _SPEAKER_CHARS or re.search("[。！？]", text[at : place.start]):
            return None
        if _inside(place, subject) and (_PERSON_AFTER.match(text, place.end) or text[at : place.start] == "的"):
            return place
    return None
