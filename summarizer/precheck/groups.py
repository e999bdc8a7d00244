"""Several places at once: lists (甲县、乙县), what counts them (两县, 5个乡镇), and figures told 分别 of each."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from schemas.report import Subject
from schemas.vocabulary import Level
from summarizer import gazetteer
from summarizer.precheck.brief import PlaceName
from summarizer.precheck.places import is_inside

REACH = 80
"""How far before a number the word 分别 is looked for, in characters."""

_CLAUSE_END = re.compile(r"[,，;；:：。！？!?\n]")
_SENTENCE_END = re.compile(r"[。！？!?\n]")
_EXIT = re.compile(
    r"(?:等?(?:[两三四五六七八九十]|\d{1,2})个?[^,，。；;、\d]{1,8})?[^,，。；;\d]{0,6}(?:\d{1,2}月[^,，。；;\d]{0,4})?"
    r"(?:摘帽|退出|出列|脱贫|通过|达到)[^,，。；;\d]{0,16}"
)
"""Behind the names of places, that they leave the list of the poor, and nothing of how many they are or have."""
_SUMMED = re.compile(r"(?P<n>[两二三四五六七八九十]|\d{1,2})个?[县市区镇乡村地](?:合计|共|一共|总计)")
_COUNT = re.compile(
    r"(?<![\d.第])(?P<n>[两二三四五六七八九十]|\d{1,2})个?"
    r"(?:(?:深度|重点|省定|国定|省级|建档立卡)*贫困|行政|自然|试点|示范|边境|山区|高山|边远|库区|[\u4e00-\u9fff]{2}专业)?(?P<kind>县区|旗县|县市|乡镇|镇乡|县|旗|区|市|镇|乡|村)(?![级域内外城委镇村里民庄])"
)
"""Places counted by their kind; 两级 and 三村民 count none."""

_MORE = re.compile(r"等(?:地的?)?(?P<n>[两二三四五六七八九十]|\d{1,3})(?:个|处|家|所|座|[县区市镇乡村])")
"""Behind a place that stands for more of its kind: 梨花镇|等6处安置点."""
_LISTED = re.compile("等")
_COMMA = re.compile("[,，]")
_ITEM = re.compile(r"[^,，。；;、]*\d[^,，。；;、]*[、和及]")
"""From one place of a list with its figure to the next: 甲县|16万千瓦、|乙县."""

_OWN = re.compile("的[^,，。；;、\\d]{2,10}")
_OWNS = re.compile("的[^,，。；;、\\d]{2,10}、")
"""Behind a place of a list, what it is known for."""
_NUMERALS = {c: i for i, c in enumerate("〇一二三四五六七八九十")} | {"两": 2}
_JOIN = re.compile("[、和与及]|以及")
_GAP = re.compile("[、和与及等这]{0,2}")
_NEXT_OWNER = re.compile("[、和与及等这]{0,2}|的?[\u4e00-\u9fff]{1,6}[、和]")
_APART = re.compile("分别|各自|依次|各有|各")
_SHORT_LIST = re.compile("[\u4e00-\u9fff]{2,5}(?:、[\u4e00-\u9fff]{2,5})+$")
"""Right before 分别: villages named in full before, by their short names."""
_JOINED_FRONT = re.compile(r"(?:\d[\d.]*[^,，。；;、\d和]{1,4}[、和])+$")
_JOINED_BACK = re.compile(r"\d[\d.]*[^,，。；;、\d和]{1,4}(?:[、和]\d[\d.]*[^,，。；;、\d和]{1,4})*")
_JOINED_NEXT = re.compile(r"[、和](?=\d|$)")
"""Figures that are joined as places are: 260座、185座."""
_FIGURE = re.compile(r"\d[\d.,]*")
_KINDS = {
    "县": "县旗区市",
    "旗": "县旗区市",
    "区": "县旗区市",
    "市": "县旗区市",
    "镇": "镇乡道",
    "乡": "镇乡道",
    "村": "村",
}
"""By what a count ends with, what the names may end with: 3个县区 are counties, districts and cities."""


def one_of_each(text: str, position: int, before: Sequence[PlaceName], subject: Subject) -> PlaceName | None:
    """The place of a number in a list that follows a list of places: 岷县、渭源县分别种植46万亩、27万亩.

    The places stand in the clause, or earlier in the sentence: 岷县、漳县2县通过验收,满意度分别为95%、96%.
    """
    if not before:
        return None
    low = max((m.end() for m in _CLAUSE_END.finditer(text, max(0, position - REACH), position)), default=0)
    apart = next(_APART.finditer(text, max(low, position - REACH), position), None)
    if apart is None:
        return _one_of_joined(text, (low, position), before, subject)
    stop = _CLAUSE_END.search(text, position, position + 60)
    figures = list(_FIGURE.finditer(text, apart.end(), stop.start() if stop else position + 60))
    sentence = max((m.end() for m in _SENTENCE_END.finditer(text, max(0, low - 2 * REACH), low)), default=0)
    if (joint := _counted_before(text, (sentence, apart.start()), before, subject)) and len(joint) == len(figures):
        return joint[min(sum(m.end() <= position for m in figures), len(joint) - 1)]
    index = sum(m.end() <= position for m in figures)
    for start in (low, sentence, before[0].start):
        inside = [p for p in before if start <= p.start < apart.start() and is_inside(p, subject)]
        named = [part for p in inside for part in _parted(p)]
        run = next((r for r in reversed(list(_runs(text, named))) if len(r) == len(figures)), [])
        if len(run) > 1 and index < len(run):
            return run[index]
    listed = _SHORT_LIST.search(text, low, apart.start())
    short = listed[0].split("、") if listed else []
    if len(short) == len(figures) and index < len(short):
        meant = {p.name: p for p in before if p.name.removesuffix("村").endswith(short[index].removesuffix("村"))}
        return next(iter(meant.values())) if len(meant) == 1 else None
    return None


def _parted(place: PlaceName) -> list[PlaceName]:
    """The places of a list that goes without its class, each by itself: 奉家、水车、文田|三镇分别…."""
    if _SHORT_LIST.fullmatch(place.name) is None:
        return [place]
    names = place.name.split("、")
    starts = accumulate((len(name) + 1 for name in names), initial=place.start)
    return [PlaceName(start, start + len(name), name) for start, name in zip(starts, names, strict=False)]


def _counted_before(text: str, span: tuple[int, int], before: Sequence[PlaceName], subject: Subject) -> list[PlaceName]:
    """The places that a sentence counts before it parts them: 甲县发生率1.36%,乙县1.52%,两县漏评率|分别…."""
    sentence, apart = span
    for found in reversed(list(_COUNT.finditer(text, sentence, apart))):
        kinds = _KINDS[found["kind"][-1]]
        inside = [p for p in before if p.start >= sentence and p.name[-1] in kinds and is_inside(p, subject)]
        if members := _members(text, found, inside, sentence):
            return members
    return []


def _one_of_joined(text: str, at: tuple[int, int], before: Sequence[PlaceName], subject: Subject) -> PlaceName | None:
    """The same where nothing says 分别, but the clause joins as many figures as it joins places.

    甲镇、乙镇新建拱棚260座、185座.
    """
    low, position = at
    back = _JOINED_BACK.match(text, position)
    behind = len(_JOINED_NEXT.findall(back[0])) if back else 0
    if not behind and text[position - 1 : position] not in {"、", "和"}:
        # Most figures stand by themselves.
        return None
    named = [p for p in before if low <= p.start and is_inside(p, subject)]
    if not named:
        # 甲县、乙县分别挂果48万亩和31万亩,收果|2.1万吨和1.3万吨: a later clause goes on with as many.
        sentence = max((m.end() for m in _SENTENCE_END.finditer(text, max(0, low - REACH), low)), default=0)
        named = [p for p in before if sentence <= p.start and is_inside(p, subject)]
    if len(named) < 2:
        return None
    front = _JOINED_FRONT.search(text, max(low, named[-1].end), position)
    ahead = len(_JOINED_NEXT.findall(front[0])) if front else 0
    run = next((r for r in reversed(list(_runs(text, named))) if len(r) == ahead + behind + 1), [])
    return run[ahead] if len(run) > 1 else None


def _runs(text: str, places: Sequence[PlaceName]) -> Iterator[list[PlaceName]]:
    """The places, those together that stand side by side, alone or with a thing of each: 甲县的苹果、乙县的花椒."""
    run: list[PlaceName] = []
    for place in places:
        if run and not _NEXT_OWNER.fullmatch(text, run[-1].end, place.start):
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def with_neighbours(text: str, before: Sequence[PlaceName], place: PlaceName, subject: Subject) -> list[PlaceName]:
    """The place, with those that a list joins to it: 大宁县、吉县投入…; numbers between them part them."""
    found = [place]
    for other in reversed([p for p in before if p.start < place.start]):
        if not _JOIN.fullmatch(text, other.end, found[0].start) or not is_inside(other, subject):
            break
        found.insert(0, other)
    return found


def with_followers(text: str, behind: Sequence[PlaceName], subject: Subject) -> list[PlaceName]:
    """The first of the places, with those that a list joins to it: 在大湾村、小湾村建起…."""
    found = [behind[0]]
    for other in behind[1:]:
        if not _JOIN.fullmatch(text, found[-1].end, other.start) or not is_inside(other, subject):
            break
        found.append(other)
    return found


def summed_up(
    text: str, position: int, sentence: int, before: Sequence[PlaceName], subject: Subject
) -> list[PlaceName]:
    """The places summed up in the number's clause (四县合计7.6万人), where the sentence named as many."""
    low = max(sentence, position - 30)
    found = next((m for m in _SUMMED.finditer(text, low, min(len(text), position + 8)) if m.start() < position), None)
    if found is None or re.search(r"[,，;；].*\d|\d.*[,，;；]", text[found.end() : position]):
        return []
    return _members(text, found, [p for p in before if is_inside(p, subject)], sentence)


def counted(text: str, span: tuple[int, int], before: Sequence[PlaceName], subject: Subject) -> Iterator[PlaceName]:
    """What counts places that were named right before, in a span, with their names: 甲县、乙县先行。两县…."""
    inside = [p for p in before if is_inside(p, subject)]
    for found in _COUNT.finditer(text, *span) if inside else ():
        kinds = _KINDS[found["kind"][-1]]
        alike = [p for p in inside if p.name[-1] in kinds]
        sentence = max((m.end() for m in _SENTENCE_END.finditer(text, span[0], found.start())), default=span[0])
        named = _members(text, found, alike, sentence)
        # 甲村180人,乙村230人,2个村合计410人,月工资1500元: a sum closes what was told of each.
        told = named and re.search(r"\d", text[named[0].end : found.start()])
        if named and not (told and _SUMMED.match(text, found.start())):
            yield PlaceName(found.start(), found.end(), "、".join(dict.fromkeys(p.name for p in named)))


def _members(text: str, count: re.Match[str], places: Sequence[PlaceName], sentence: int) -> list[PlaceName]:
    """The places that a count means: as many as its half-sentence, its sentence or the one before it names."""
    n = _NUMERALS.get(count["n"]) or int(count["n"])
    named = [p for p in places if p.end <= count.start()]
    last = named[-n:]
    # 三都县1.74万人,罗甸县1.49万人,…罗甸、三都两县: those right in front, in the order in which they stand there.
    if len(last) == n > 1 and is_run(text, last, count.start()):
        return last
    half = max(text.rfind(mark, sentence, count.start()) for mark in "；;") + 1
    for low in (half, sentence, max(text.rfind("。", 0, max(sentence - 1, 0)) + 1, 0)):
        found = list({p.name: p for p in named if p.start >= low}.values())
        if len(found) == n > 1:
            return found
    return []


def examples(text: str, places: Sequence[PlaceName], subject: Subject) -> Iterator[tuple[list[PlaceName], int]]:
    """The places that are named only for more of their kind, and where their count ends: 永丰村|等3个村."""
    for place in places:
        found = _MORE.match(text, place.end) if "等" not in place.name else None
        if found is not None:
            run = with_neighbours(text, places, place, subject)
            named = len(run) + sum(p.name.count("、") for p in run)
            if named < (_NUMERALS.get(found["n"]) or int(found["n"])):
                yield run, found.end()


def exits(text: str, places: Sequence[PlaceName], subject: Subject) -> Iterator[int]:
    """Where a clause ends that only tells which parts of the subject left the list, or names all of its counties.

    甲县、乙县摘帽,|贫困发生率降到2.64%: what the account goes on with is the subject's.
    """
    inside = [p for p in places if is_inside(p, subject)]
    below = gazetteer.counties_below(subject.adcode) if subject.level is Level.PREFECTURE and subject.adcode else ()
    for run in _runs(text, inside):
        clause = _CLAUSE_END.search(text, run[-1].end) if len(run) > 1 else None
        whole = below and {d.adcode for d in below} <= {p.adcode for p in run}
        if clause and (whole or _EXIT.fullmatch(text, run[-1].end, clause.start())):
            yield clause.start()


def is_sum(text: str, position: int) -> bool:
    """Whether a number counts the places that a sum is told of: 四县合计 is said of the subject."""
    return _SUMMED.match(text, position) is not None


def counted_list(text: str, position: int, before: Sequence[PlaceName]) -> int | None:
    """Where the list begins whose places a number counts, right behind them: 甲镇、乙镇等6个乡镇, 甲村、乙村3个贫困村.

    None where it counts something else: 甲镇、乙镇2个村 tells of both towns.
    """
    found = _COUNT.match(text, position)
    if found is None or not before or not is_run(text, before[-1:], position):
        return None
    kinds = _KINDS[found["kind"][-1]]
    run = [before[-1]]
    # 天星、玉碗2个镇: a list without its class is one place, and is counted whole.
    if "、" in run[0].name and run[0].name[-1] not in kinds:
        return run[0].start
    for other in reversed(before[:-1]):
        if not is_run(text, [other, run[0]], run[0].end):
            break
        run.insert(0, other)
    # 前庄、后庄、下沟村等7个村: of the others the class is left out.
    listed = len(run) > 1 or (_LISTED.match(text, run[0].end) and text.endswith("、", 0, run[0].start))
    return run[0].start if listed and all(p.name[-1] in kinds for p in run[-2:]) else None


def ends_list(text: str, place: PlaceName, position: int, before: Sequence[PlaceName]) -> bool:
    """Whether the place is the last of a list with a figure each, and a later clause goes on about them all.

    甲县16万千瓦、乙县9万千瓦,覆盖贫困村451个.
    """
    comma = _COMMA.search(text, place.end, position)
    if comma is None:
        return False
    if _FIGURE.search(text, place.end, comma.start()) is None:
        # 甲的滇红、乙的大叶茶、丙的古茶,146万亩茶园…: each with what it is known for, and then the sum.
        owners = [p for p in before if p.end <= place.start and _OWNS.fullmatch(text, p.end, place.start)]
        return bool(owners) and _OWN.fullmatch(text, place.end, comma.start()) is not None
    return any(
        _ITEM.fullmatch(text, other.end, place.start) is not None for other in before if other.end <= place.start
    )


def is_run(text: str, run: Sequence[PlaceName], end: int) -> bool:
    """Whether the places stand side by side right before a position (甲县、乙县、丙县|3个县)."""
    gaps = [text[a.end : b.start] for a, b in pairwise(run)] + [text[run[-1].end : end] if run else ""]
    return all(_GAP.fullmatch(gap) for gap in gaps)
