"""Places that the text names: divisions of the gazetteer, towns and villages, and lists of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from schemas.report import Subject
from schemas.vocabulary import Level
from summarizer import gazetteer, words
from summarizer.gazetteer import PlaceMention
from summarizer.precheck import counties, hamlets, localities
from summarizer.precheck.brief import PlaceName
from summarizer.precheck.counties import CLASSES

_LIST = re.compile(
    r"(?<![\u4e00-\u9fff])(?:[^，。]{0,12}?(?:带动|在|对|为|使|让|到|推动|引导|支持|有力|其中))?(?:[我全该本][县市区])?"
    r"(?P<list>[\u4e00-\u9fff]{2,6}(?:、[\u4e00-\u9fff]{2,6}){1,8}等(?:乡村|村庄|乡镇|村(?!民|级)))"
)
_LIST_ENDS = re.compile("等[乡村]")
"""How it ends, which few texts have; what stands before is slow to look for."""

_COUNTED_LIST = re.compile(
    r"(?P<rest>、[\u4e00-\u9fff]{1,4}(?:、[\u4e00-\u9fff]{1,4}){0,8})(?=(?:等|这)?[\d两三四五六七八九十]{1,2}个?村)"
)
_BARE_LIST = re.compile(
    r"(?P<first>[\u4e00-\u9fff]{2,14}+)(?P<rest>(?:、[\u4e00-\u9fff]{2,4}?){1,8})"
    r"(?P<count>(?P<more>等)?(?:\d{1,2}|[两三四五六七八九十])个?"
    r"(?:(?:贫困|行政|深度贫困)?村(?![民级委里镇])|自然[村屯]|村民小组|乡镇|(?:山区|高山|贫困|边远|边境|库区|沿[江河湖海]|重点|民族)?[乡镇](?![政长级])|社区))"
)
"""Places that go without their class before what counts them: 天星、玉碗2个镇, 东湖、长畛等7个乡."""

_TOWN_CLASS = re.compile("(?:[\u4e00-\u9fff]{1,3}族)?[镇乡]")
_PARTS = re.compile(r"(?:由|辖|(?<![仍还尚只仅])有|包括|即)$")
_SMALL_CLASS = re.compile("子?村(?![民委里级镇])|镇(?![政长])")
_TOWN_AND_VILLAGE = re.compile(r"(?P<town>[^、]+?(?:镇|乡|街道)(?![镇乡]))(?P<village>[^、]{1,7}(?:村|社区))")
_ITS_TOWN = re.compile("[^、]+?(?:镇|乡|街道)(?![镇乡])")
_FROM_HOME = ("老家在", "原住", "原先住在", "原来住在")
_HALF_SENTENCE = re.compile("[。！？!?；;]")
_NUMERALS = "一二三四五六七八九十百千万亿两几数多余"
_JOINTS = ("、", "和", "及", "与")
_LISTED_WITH = re.compile("^[、和及与]")
"""甲镇、乙村: a village listed beside a town need not lie in it."""

_OF_TOWN = re.compile("(?:该|本|全|这个)[镇乡](?:的|里的)?$|[镇乡]里的?$")
"""Right before a village, what says that it is of the town told of: 该镇|贡溪村, 乡里|七一村."""

_SCENE_OF_TOWN = re.compile("[^。！？!?；;\\d]*[。！？!?]")
"""From a town to the village with which the next sentence begins."""

_REST_OF_VILLAGE = re.compile("[\u4e00-\u9fff]{1,3}?村(?![民委里级镇庄])")
_BEHIND_TOWN = re.compile("[镇乡][\u4e00-\u9fff]{0,2}$")
_ONE_VILLAGE = re.compile("[^、镇乡等]{1,6}村")
_IS_CALLED = re.compile("[^，,。；;：:、]{0,4}(?:是|成了|成为|变成|变为)(?:[^，,。；;：:、]{0,12}的)?")
"""From a village to what it is said to be: 大山村|是远近闻名的|富硒村."""
_GROUP = re.compile(
    "(?:[一二三四五六七八九十]{1,2}|\\d{1,2})(?:村民)?[组社](?=的|村?民|贫困户|脱贫户)|[\u4e00-\u9fff]{1,3}屯(?=[,，。、的有])"
)
_HAMLET = re.compile(
    "(?P<name>[\u4e00-\u9fff]{1,3}?(?:[岭沟湾坪坝梁塬峁坳冲岔渡屯寨庄堡岗洼坡岛崖川窑]|垭口|渡口|码头))"
    "(?=的|[，,。；;]|贫困户|脱贫户|有|\\d)"
)
"""Behind a town, a hamlet that has no class, but ends as hills and valleys do: 红岩寺镇|蔡家坪的谭某."""
_SITE = re.compile("(?:集中)?安置[点区]")
"""The site that lies in a village: 中坪村|安置点."""
_SITE_OF = re.compile(f"(?P<village>.+村){_SITE.pattern}")
_OF_VILLAGE = re.compile("(?P<village>[^镇乡、]{1,7}村)(?P<group>.{1,4}[组社屯]|(?:集中)?安置[点区])")
"""A group of a village with whom it has, a hamlet and a site of it: 护驾村|四组的沈某, 平稳村|弄腊屯."""
_OF_IT = ("人", "的", "嫁", "民")
_BLANK = " \t\u3000●◆■▲○"
"""What may stand before the first word of a paragraph."""

RARE = 100
"""A word counted this often in jieba's dictionary is no name of a list (教育、医疗2个)."""

SHORT_TOWN = 2
"""Characters of a town's name that says nothing with another class: 城乡 is no town, although 城镇 were one."""

_SMALL = (Level.TOWN, Level.VILLAGE)


def find(text: str, subject: Subject, *, year: int | None = None) -> tuple[PlaceName, ...]:
    """Every place that the text names, in order: divisions, towns, villages, and villages with their town as one."""
    own_towns = _own_towns(subject, year)
    # 肖营子镇五指山村: a short name that goes on as a village's is no county; nor is one inside a town (湖北口回族乡).
    named = [m for m in gazetteer.find(text, year=year) if not _is_village(text, m)]
    mentions = list(_outside_towns(text, named, own_towns))
    if subject.level is Level.PREFECTURE and subject.adcode:
        mentions = counties.with_listed(text, subject.adcode, mentions, year)
    spans = [(m.start, m.end) for m in mentions]
    small = localities.find(text, spans, own_towns)
    divisions = counties.by_one_name(mentions, [_division(m, subject, year) for m in mentions])
    closed = _LIST.finditer(text) if _LIST_ENDS.search(text) else ()
    lists = [PlaceName(m.start("list"), m.end("list"), m["list"]) for m in closed]
    lists += _bare_lists(text, own_towns)
    merged = _outermost(sorted([*divisions, *_joined(text, small), *lists], key=lambda p: (p.start, -p.end)))
    found = list(_in_full(_below(merged, subject, text)))
    if subject.level is Level.VILLAGE and subject.name is not None:
        found = sorted([*found, *hamlets.find(text, subject.name, found)], key=lambda p: p.start)
    elif subject.level is Level.COUNTY:
        found = list(_under_town(text, found, subject))
    elif subject.level is Level.PREFECTURE:
        found = list(_under_county(text, found))
    elif subject.level is Level.TOWN and subject.name:
        found = [_in_town(place, subject.name) for place in found]
    return tuple(_without_descriptions(text, found))


def _own_towns(subject: Subject, year: int | None) -> frozenset[str]:
    """The towns that lie in the subject, and it itself where it is one."""
    if subject.level is Level.PREFECTURE and subject.adcode:
        below = gazetteer.counties_below(subject.adcode, year=year)
        return frozenset().union(*(_as_they_were(gazetteer.towns(county.adcode)) for county in below))
    listed = _as_they_were(gazetteer.towns(subject.adcode)) if subject.adcode else frozenset()
    return listed | {subject.name} if subject.level is Level.TOWN and subject.name else listed


def _as_they_were(towns: frozenset[str]) -> frozenset[str]:
    """The towns, each also as 乡: many were one when the article was written (干城乡 for 干城镇)."""
    return towns | {town[:-1] + "乡" for town in towns if town.endswith("镇") and len(town) > SHORT_TOWN}


def _without_descriptions(text: str, places: Sequence[PlaceName]) -> Iterator[PlaceName]:
    """The places without what a village only is called for what it lives on: 大山村是远近闻名的|富硒村."""
    village: PlaceName | None = None
    for place in places:
        between = text[village.end : place.start] if village is not None else ""
        # 乔木村的老王是柳沟村人: whoever is of another village.
        if place.name.endswith("村") and _IS_CALLED.fullmatch(between) and not text.startswith(_OF_IT, place.end):
            continue
        village = place if place.name.endswith("村") else None
        yield place


def _in_town(place: PlaceName, town: str) -> PlaceName:
    """A village of the town that the text is about, without the town: 文昌村, not 平安乡文昌村."""
    name = place.name.removeprefix(town)
    if place.adcode is not None or not name or name == place.name:
        return place
    return PlaceName(place.start, place.end, name)


def _under_county(text: str, places: Sequence[PlaceName]) -> Iterator[PlaceName]:
    """The places, with a town by its county's name too where the paragraph named that before: 大历镇 of 顺昌县."""
    counties: list[PlaceName] = []
    for place in places:
        if counties and "\n" in text[counties[-1].end : place.start]:
            counties = []
        if place.adcode is not None:
            counties.append(place)
        town = _ITS_TOWN.match(place.name)
        name = town[0] if town else place.name
        # 甲县、乙县和丙县各有各的算法。五十镇…: of several that were named it is the one that has such a town.
        owners = [c for c in counties if place.adcode is None and name in gazetteer.towns(c.adcode or "")]
        yield PlaceName(place.start, place.end, owners[-1].name + place.name) if owners else place


def _under_town(text: str, places: Sequence[PlaceName], subject: Subject) -> Iterator[PlaceName]:
    """The places, with a village by the name of the town that it is plainly told under."""
    with_town = {found["village"] for p in places if (found := _TOWN_AND_VILLAGE.fullmatch(p.name))}
    towns = _Towns(text, subject)
    for place in places:
        # 老家在甲乡乙村: where somebody is from says nothing of the villages told of later.
        if not text.endswith(_FROM_HOME, 0, place.start):
            towns.read(place)
        alone = place.adcode is None and _ONE_VILLAGE.fullmatch(place.name) and place.name not in with_town
        # 丁香镇石泉村、新中村: in a list the first says it for all.
        alone = alone and not text.startswith(_JOINTS, place.start - 1) and is_inside(place, subject)
        town = towns.of(place) if alone else None
        yield PlaceName(place.start, place.end, town + place.name) if town else place


class _Towns:
    """The town that a text on a county tells of, as its places are read in order."""

    def __init__(self, text: str, subject: Subject) -> None:
        self._text, self._subject = text, subject
        self._town: PlaceName | None = None
        self._opens = self._sets_scene = False
        self._line = -1
        self._told: dict[str, int] = {}
        self._in_names: set[str] = set()
        self._of_village: dict[str, str] = {}

    def read(self, place: PlaceName) -> None:
        """Take in the next place of the text."""
        start = self._text.rfind("\n", 0, place.start) + 1
        if start != self._line:
            self._town, self._line = None, start
        within = _TOWN_AND_VILLAGE.fullmatch(place.name)
        if place.adcode is None and place.name.endswith(("镇", "乡")) and is_inside(place, self._subject):
            self._sets_scene = self._town is None
            self._town, self._opens = place, not self._text[start : place.start].strip(_BLANK)
            self._told.setdefault(place.name, start)
        elif within:
            if self._town is None or self._town.name != within["town"]:
                self._sets_scene = False
                self._town, self._opens = PlaceName(place.start, place.end, within["town"]), False
            # 响水镇毛真村: a town that stands only in another village's name is not what the text tells of.
            self._in_names.add(within["town"])
        elif "、" in place.name and self._town is not None and place.name[-1] not in "镇乡村":
            # 在进结镇,…把结安、爱乐2个村的地流转出来。…爱乐村的冯某: it was listed under its town.
            self._of_village |= {name + "村": self._town.name for name in place.name.split("、")}
        elif not place.name.endswith("村"):
            self._town = None

    def of(self, village: PlaceName) -> str | None:
        """The town of a village that was read last and goes without one.

        甲镇种茶….|乙村的老赵… in the paragraph that the town opens, 甲镇摆放黑木耳460万袋,其中|乙村36万袋 in its
        sentence, 该镇|乙村 in its paragraph, 十月的甲镇,雨说来就来。|乙村的老王 where it sets a scene; and in a later
        paragraph where the text had told of no other: 车进甲镇,….
        """
        if self._town is not None and (
            self._opens
            or _is_under(self._text, self._town, village)
            or (self._sets_scene and _SCENE_OF_TOWN.fullmatch(self._text, self._town.end, village.start))
        ):
            return self._town.name
        if (
            len(self._told) == 1
            and self._in_names <= self._told.keys()
            and next(iter(self._told.values())) < self._line
        ):
            self._of_village.setdefault(village.name, next(iter(self._told)))
        return self._of_village.get(village.name)


def _is_under(text: str, town: PlaceName, village: PlaceName) -> bool:
    """Whether a village is told of in the town's own sentence, or is said to be of that town."""
    between = text[town.end : village.start]
    return _OF_TOWN.search(between) is not None or (
        _HALF_SENTENCE.search(between) is None and _LISTED_WITH.search(between) is None
    )


def _in_full(places: Iterator[PlaceName]) -> Iterator[PlaceName]:
    """The places, with a village that was named with its town before by that name: 支边村 after 三道湖镇支边村."""
    full: dict[str, str] = {}
    for place in places:
        site = _SITE_OF.fullmatch(place.name) if place.name[-1] in "点区" else None
        if site and (found := _TOWN_AND_VILLAGE.fullmatch(site["village"])):
            full.setdefault(found["village"], site["village"])
        group = _OF_VILLAGE.fullmatch(place.name)
        if group and group["village"] in full:
            yield PlaceName(place.start, place.end, full[group["village"]] + group["group"])
            continue
        if place.adcode is None and place.name.endswith(("村", "社区")):
            if found := _TOWN_AND_VILLAGE.fullmatch(place.name):
                full[found["village"]] = place.name
            elif place.name in full:
                yield PlaceName(place.start, place.end, full[place.name])
                continue
        yield place


def _is_village(text: str, mention: PlaceMention) -> bool:
    """Whether the name of a division, without its class, is that of a village or a town, or within one behind its town.

    凉州|村; 石桥镇|上宁都坪村.
    """
    if text[mention.end - 1] in CLASSES:
        return False
    behind = _REST_OF_VILLAGE.match(text, mention.end) and _BEHIND_TOWN.search(
        text, max(0, mention.start - 3), mention.start
    )
    return bool(behind) or _SMALL_CLASS.match(text, mention.end) is not None


def _bare_lists(text: str, towns: frozenset[str]) -> Iterator[PlaceName]:
    """The lists of places without their class that a count with the class closes; with 等 the count is of the name."""
    for found in _BARE_LIST.finditer(text):
        first = localities.name_at_end(found["first"])
        names = [first, *found["rest"].split("、")[1:]] if first else []
        # 由前湾、小塔沟、后圪垛3个自然村合并而成: all its parts are the place itself.
        whole = _PARTS.search(found["first"].removesuffix(first or ""))
        # 在三江、寨岗等5个镇建成…: with unnamed others they are only where something is done; 等7个乡|6273户 has them.
        apart = found["more"] and not text[found.end() : found.end() + 1].isdigit()
        if whole or apart or any(_SMALL_CLASS.fullmatch(name[-1]) and not _is_own_town(name, towns) for name in names):
            continue
        if names and all(_is_bare_name(name, towns) for name in names):
            start, end = found.end("first") - len(names[0]), found.end("rest")
            more = found["count"] if found["more"] else ""
            yield PlaceName(start, end, text[start:end] + more)


def _is_bare_name(name: str, towns: frozenset[str]) -> bool:
    """Whether a word of a list can be a place without its class: a town of the subject, or no usual word."""
    return _is_own_town(name, towns) or (words.count(name) < RARE and name[0] not in _NUMERALS)


def _is_own_town(name: str, towns: frozenset[str]) -> bool:
    """Whether a town of the subject is called so without its class: 龙泉 of 龙泉镇, 中村 of 中村瑶族乡."""
    return any(town.startswith(name) and _TOWN_CLASS.fullmatch(town, len(name)) for town in towns)


def _outside_towns(text: str, mentions: Sequence[PlaceMention], towns: frozenset[str]) -> Iterator[PlaceMention]:
    """The mentions that share no character with one of the subject's own towns, unless they have their class."""
    spans = [m.span() for town in towns if town in text for m in re.finditer(town, text)] if mentions else []
    for mention in mentions:
        cut = any(start < mention.end and mention.start < end for start, end in spans)
        if not cut or mention.text[-1] in CLASSES:
            yield mention


def _below(places: Sequence[PlaceName], subject: Subject, text: str) -> Iterator[PlaceName]:
    """The places, with what stands right after another division as a part of it: 鲁甸县|卯家湾安置区, 通渭县在|马营镇.

    What belongs to a division outside the subject keeps its code, and stays outside.
    """
    waiting: PlaceName | None = None
    for place in places:
        if waiting is not None and waiting.end == place.start and place.adcode is None:
            code = None if is_inside(waiting, subject) else waiting.adcode
            yield PlaceName(waiting.start, place.end, waiting.name + place.name, code)
            waiting = None
            continue
        if waiting is not None:
            yield waiting
        current = place if waiting is None else _within(waiting, place, subject, text)
        waiting = current if current.adcode is not None and not is_own(current, subject) else None
        if waiting is None:
            yield current
    if waiting is not None:
        yield waiting


def _within(above: PlaceName, place: PlaceName, subject: Subject, text: str) -> PlaceName:
    """The town that a county of the subject does something in (通渭县在马营镇), by its full name."""
    apart = place.adcode is not None or text[above.end : place.start] != "在"
    return (
        place if apart or not is_inside(above, subject) else PlaceName(place.start, place.end, above.name + place.name)
    )


def _division(mention: PlaceMention, subject: Subject, year: int | None) -> PlaceName:
    """A mention of the gazetteer, resolved by the subject's own province and prefecture where several bear the name."""
    context = [name for name in (subject.prefecture, subject.province) if name]
    division = gazetteer.resolve(mention.choices, context, year=year)
    if division is None and subject.adcode:
        same = [d for d in mention.choices if d.adcode == subject.adcode]
        division = same[0] if same else None
    if division is not None:
        # 科右中旗, 喀左县: a short name with its class is what the text calls it; 郑州 is only the beginning of one.
        short = mention.text[-1] in CLASSES and not division.name.startswith(mention.text)
        own = division.name in (subject.name, subject.prefecture, subject.province)
        called = short and not own
        name = mention.text if called else division.name
        return PlaceName(mention.start, mention.end, name, division.adcode)
    # 朝阳区 in a text on 兴安盟, which has none: whichever it is, it lies outside.
    elsewhere = subject.province is not None and all(d.province != subject.province for d in mention.choices)
    return PlaceName(mention.start, mention.end, mention.name, mention.choices[0].adcode if elsewhere else None)


def _joined(text: str, small: Sequence[localities.Locality]) -> Iterator[PlaceName]:
    """Towns and villages, a village right after its town as one place: 独峪乡曲回寺村, 龙山街道的东城安置点."""
    waiting: localities.Locality | None = None
    for place in small:
        # 史庄乡的王家山村 is two places, for the town is told of as well; a site is seldom named by itself.
        joints = ("", "的") if place.name[-1] in "点区" else ("",)
        if waiting is not None and not place.town and text[waiting.end : place.start] in joints:
            whole = _place(text, waiting.start, place.end)
            rest = text[place.start : whole.end]
            yield replace(whole, name=waiting.name + rest)
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
    """The place, with the villages counted after it, or its part: 滩歌镇|北山、黄山、郭地|3村, 中坪村|安置点."""
    if text[end - 1] == "村":
        more = _COUNTED_LIST.match(text, end)
        part = _GROUP.match(text, end) or _SITE.match(text, end)
        end = more.end("rest") if more else part.end() if part else end
    elif text[end - 1] in "镇乡" and (hamlet := _HAMLET.match(text, end)) and localities.is_rare(hamlet["name"]):
        end = hamlet.end()
    return PlaceName(start, end, text[start:end])


def _outermost(ordered: list[PlaceName]) -> list[PlaceName]:
    """Without those that lie inside another."""
    kept: list[PlaceName] = []
    for place in ordered:
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return kept


def is_own(place: PlaceName, subject: Subject) -> bool:
    """Whether the place is the subject itself or contains it."""
    if place.name in (subject.name, subject.prefecture, subject.province):
        return True
    # 花石乡大湾村 in a story of 大湾村.
    return subject.level in _SMALL and subject.name is not None and place.name.endswith(subject.name)


def is_inside(place: PlaceName, subject: Subject) -> bool:
    """Whether the place can lie in the subject: another province's district is a helper, not a place reported on."""
    if is_own(place, subject):
        return False
    if subject.level in _SMALL:
        return place.adcode is None and not place.name.endswith(("镇", "乡", "街道"))
    if place.adcode is None or subject.adcode is None or subject.level is None:
        return place.adcode is None or subject.adcode is None
    prefix = {Level.PROVINCE: 2, Level.PREFECTURE: 4}.get(subject.level)
    return prefix is not None and place.adcode[:prefix] == subject.adcode[:prefix]
