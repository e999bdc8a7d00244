"""Towns and villages as the subject of a text: the one in the title, the one a story leads to, the one named most."""

import re
from collections import Counter
from collections.abc import Sequence

from schemas.report import Subject
from schemas.vocabulary import Basis, Level
from summarizer import gazetteer, words
from summarizer.gazetteer import Division, PlaceMention
from summarizer.precheck import helping, localities, voices

STORY_NAMED = 3
"""Times that a story names its village, where the title does not and little is said of its county."""

STORY_VOICES = 3
"""How often a story that names its village less speaks for it: 全村, 村里, 村集体."""

STEM = 2
"""Characters of a village's name that are no more than its class and one before it."""

LONGEST_STEM = 4
"""Characters of a village's name without its class."""

_IS_VILLAGE = r"[，,。]?[这那]?里?是[^。\n]{2,24}?的[\u4e00-\u9fff]{0,6}村[子庄落]?(?=[，。,])"
"""Behind a name without its class: of which county, and what sort of village; one that is named is not it."""

_POST = re.compile(r"(?:驻村)?(?:[当做]|担任|挂任|挂职|任)(?:驻村)?[\u4e00-\u9fff“”]{0,8}(?:书记|队长|队员|主任)")
"""Behind a village: the post of somebody who was sent there."""

_IN_BETWEEN = re.compile(r"(?:[\u4e00-\u9fff]{1,6}(?:镇|乡|街道|办事处))?")
"""What may stand between a county and its village: the town."""

_CHAIN = re.compile(
    r"(?:年鉴[(（]?\d{4}[)）]?)?[·・:：\s]*(?P<town>[\u4e00-\u9fff]{1,8}?(?:镇|乡|街道))?(?P<village>[\u4e00-\u9fff]{1,6}?村)?"
    r"(?![\u4e00-\u9fff]{1,3}[岭山沟湾寨坪坝梁岛])"
)
"""What stands behind a county in a title: its town, and the village there."""

_SMALL = re.compile("[村镇乡]")


def of_story(text: str, title: str, mentions: Sequence[PlaceMention], year: int | None) -> Subject | None:
    """The town or village in the title of an article that says 全镇 or 全村 more often than 全县, 全市 and 全省.

    Where the title names no place, the one that the first paragraph leads to and that the story stays with.
    """
    above = voices.of_divisions(text)
    if at_home := _community(text, title, mentions, above):
        return resolved(text, at_home, mentions, Basis.STATED, year)
    for kind, own in voices.SELF_SMALL.items():
        if (spoken := len(own.findall(text))) > above:
            found = named_in(text, mentions)
            alike = [p for p in found if (p.town if kind is Level.TOWN else p.name.endswith("村"))]
            named = [p for p in found if p.town == (kind is Level.TOWN) and p.name in title]
            if not named and kind is Level.VILLAGE:
                # 柳溪泉的石榴红了: the title calls the village by its name without the class.
                named = _by_stem(title, alike) or _called_village(text, title, mentions)
            if named and _is_nickname(text, title, named):
                # 高山彝村尔库的五年: the title calls it by what it is, and by its name without the class.
                named = _by_stem(title, alike) or named
            led_to = _led_to(text, alike, mentions, spoken - above) if named else []
            if named and not (led_to and _is_nickname(text, title, named)):
                # 木耳香飘岩湾村: the story itself says where the name begins.
                shortest = min(named, key=lambda p: len(p.name))
                first = shortest if named[0].name.endswith(shortest.name) else named[0]
                alike = [p for p in found if p.name == first.name] or named
                return resolved(text, alike, mentions, Basis.STATED, year)
            if named or not gazetteer.find(title, year=year):
                led_to = led_to or _led_to(text, alike, mentions, spoken - above) or _posted_to(text, alike)
                if led_to:
                    return resolved(text, led_to, mentions, Basis.STATED, year)
    about = _told_of(text, title, named_in(text, mentions), mentions, above)
    return resolved(text, about, mentions, Basis.STATED, year) if about else None


def _told_of(
    text: str, title: str, found: Sequence[localities.Locality], mentions: Sequence[PlaceMention], above: int
) -> list[localities.Locality]:
    """The town or village of a text whose title and voice together do not show it, by one of them or its mentions."""
    return (
        _kept_to(title, found, mentions)
        or _only_one(text, title, found, mentions, above)
        or _behind_county(title, found, mentions)
    )


def _kept_to(
    title: str, found: Sequence[localities.Locality], mentions: Sequence[PlaceMention]
) -> list[localities.Locality]:
    """The mentions of the place in the title that the text names again and again, and its county less often.

    那一晚,吴堂村评了二十九户: a meeting is told without 全村 and 村里.
    """
    counts, counties = Counter(p.name for p in found), Counter(m.name for m in mentions)
    most = max(counties.values(), default=0)
    names = [name for name, n in counts.items() if name in title and n >= STORY_NAMED and n > most]
    return [p for p in found if p.name == names[0]] if len(names) == 1 else []


def _only_one(
    text: str, title: str, found: Sequence[localities.Locality], mentions: Sequence[PlaceMention], above: int
) -> list[localities.Locality]:
    """The mentions of the one town, or one village, of a text that speaks for it, twice as often as for its county.

    However seldom it is named: a story that says 乡政府 and 乡里 all the time has no need to. Not where the title has a
    county and nothing below (巴楚县:从胡杨林里长出来的巴扎): such a place is only where the county is visited.
    """
    if _counties_in(title, mentions) and not _SMALL.search(title):
        return []
    for kind, own in voices.SELF_SMALL.items():
        alike = [p for p in found if (p.town if kind is Level.TOWN else p.name.endswith("村"))]
        counts = Counter(p.name for p in alike).most_common(2)
        only = counts and (len(counts) == 1 or (kind is Level.TOWN and counts[0][1] > counts[1][1]))
        if only and len(own.findall(text)) >= max(STORY_VOICES, 2 * above):
            return [p for p in alike if p.name == counts[0][0]]
    return []


def _behind_county(
    title: str, found: Sequence[localities.Locality], mentions: Sequence[PlaceMention]
) -> list[localities.Locality]:
    """The mentions of the town or village that stands behind its county in the title: 海兴县小山乡:盐碱地上的“蓝房顶”.

    Of a town and its village the village. Not where the title names a place below that has no class
    (临城县郝庄镇凤凰岭上的来信), nor what it alone names (泾川县苹果出村) or names by the way (记泗县丁湖镇的产业路).
    """
    counts = Counter(p.name for p in found)
    for end in _counties_in(title, mentions):
        chain = _CHAIN.match(title, end)
        if chain is None or title.startswith("的", chain.end()):
            continue
        # A village without its town may be no name at all, but the rest of a sentence.
        least = {chain["village"]: 1 if chain["town"] else 2, chain["town"]: 1}
        told = [name for name in (chain["village"], chain["town"]) if name and counts[name] >= least[name]]
        if told:
            return [p for p in found if p.name == told[0]]
    return []


def _counties_in(title: str, mentions: Sequence[PlaceMention]) -> list[int]:
    """Where the names of counties end in the title, those without their class too (金寨·花石乡), the longest first."""
    counties = [m for m in mentions if m.choices[0].level is Level.COUNTY]
    forms = {form for m in counties for form in (m.name, m.text, m.name[:-1]) if len(form) >= STEM}
    return [title.index(form) + len(form) for form in sorted(forms, key=len, reverse=True) if form in title]


def _community(text: str, title: str, mentions: Sequence[PlaceMention], above: int) -> list[localities.Locality]:
    """The community in the title of an article that speaks of 社区 more often than of its county: 桃园社区的一天."""
    if "社区" not in title or text.count("社区") <= max(above, STORY_NAMED):
        return []
    named = named_in(text, mentions)
    return [p for p in named if not p.town and p.name.endswith("社区") and p.name in title]


def _called_village(text: str, title: str, mentions: Sequence[PlaceMention]) -> list[localities.Locality]:
    """The place that the title begins with, where the first paragraph says of which county it is a village.

    榆树垭算账, and 我又上了一趟榆树垭。这是镇坪县曾家镇最高的村子: the text never puts the class behind the name.
    """
    low, high = voices.lead(text)
    for size in range(min(LONGEST_STEM, len(title)), STEM - 1, -1):
        if words.count(title[:size]) >= localities.COMMON:
            # 这里是金寨县花石乡最高的村子: no name.
            continue
        found = re.compile(re.escape(title[:size]) + _IS_VILLAGE).search(text, low, high)
        if found is not None and any(found.start() <= m.start < found.end() for m in mentions):
            return [localities.Locality(found.start(), found.start() + size, title[:size] + "村", town=False)]
    return []


def _by_stem(title: str, found: Sequence[localities.Locality]) -> list[localities.Locality]:
    """The mentions of the one village whose name the title has without its class, where it has another in front."""
    names = {p.name for p in found if len(p.name) > STEM and p.name[:-1] in title.replace(p.name, "")}
    return [p for p in found if p.name in names] if len(names) == 1 else []


def _is_nickname(text: str, title: str, named: Sequence[localities.Locality]) -> bool:
    """Whether the title calls the village by what it lives on, where its text leads to another one behind its county.

    山沟变身猕猴桃村 of 叙永县水尾镇西溪村: a name that only the title has, or only in quotation marks, where
    no other place of the title is named again.
    """
    return all(_only_quoted(text.replace(title, "", 1), p.name) for p in named)


def _only_quoted(text: str, name: str) -> bool:
    """Whether the text has the name nowhere but in quotation marks."""
    return name not in re.sub(r"[“‘][^”’\n]{0,12}[”’]", "", text)


def _led_to(
    text: str, found: Sequence[localities.Locality], mentions: Sequence[PlaceMention], spoken: int
) -> list[localities.Locality]:
    """The mentions of the village or town that stands behind its county by the end of the first paragraph.

    走进新县田铺乡唐畈村,…: empty where another is named more often, and where the story does not stay with it, but goes
    on about the county. `spoken` is how much oftener the text speaks for a place of its kind than for those above.
    """
    _, high = voices.lead(text)
    counts = Counter(p.name for p in found)
    for place in found:
        if place.start >= high:
            return []
        above = next((m for m in mentions if _IN_BETWEEN.fullmatch(text, m.end, place.start)), None)
        if above is None:
            continue
        of_county = sum(m.name == above.name and m.start > high for m in mentions)
        often = not place.town and counts[place.name] >= STORY_NAMED
        stays = often or (spoken >= STORY_VOICES and spoken > of_county)
        return [p for p in found if p.name == place.name] if stays and _leads(place, counts) else []
    return []


def _posted_to(text: str, found: Sequence[localities.Locality]) -> list[localities.Locality]:
    """The mentions of the one village or town to which somebody is sent in the first paragraph.

    A diary tells of the village by 全村 and 村里 alone: 我到柳河镇石桥村当第一书记. Empty where people are sent to two.
    """
    low, high = voices.lead(text)
    posts = [p for p in found if low <= p.start < high and _POST.match(text, p.end)]
    names = {p.name for p in posts}
    return [p for p in found if p.name in names] if len(names) == 1 else []


def _leads(place: localities.Locality, counts: Counter[str]) -> bool:
    """Whether no other of its kind is named more often."""
    return counts[place.name] == max(counts.values())


def most_named(text: str, mentions: Sequence[PlaceMention], year: int | None) -> Subject | None:
    """The town or village that is named most, for a text that names no county of its own."""
    found = named_in(text, mentions)
    counts = Counter(place.name for place in found)
    place = max(found, key=lambda p: (counts[p.name], p.town), default=None)
    if place is None:
        return None
    return resolved(text, [p for p in found if p.name == place.name], mentions, Basis.INFERRED, year)


def named_in(text: str, mentions: Sequence[PlaceMention]) -> tuple[localities.Locality, ...]:
    """The towns and villages of a text; the towns of the counties that it names are known."""
    counties = {d.adcode for m in mentions for d in m.choices if d.level is Level.COUNTY}
    towns = frozenset(town for adcode in counties for town in gazetteer.towns(adcode))
    return localities.find(text, [(m.start, m.end) for m in mentions], towns)


def _counties(text: str, named: Sequence[localities.Locality], mentions: Sequence[PlaceMention]) -> frozenset[Division]:
    """The counties that a town or village may lie in: the one written before its name, else all that do not help.

    Of several those that have a town which the text names.
    """
    counties = [m for m in mentions if m.choices[0].level is Level.COUNTY]
    pairs = [(m, p) for m in counties for p in named if m.end <= p.start]
    before = [m for m, p in pairs if _IN_BETWEEN.fullmatch(text, m.end, p.start)]
    own = before or [m for m in counties if not helping.told(text, m.start, m.end)]
    found = frozenset(d for m in own for d in m.choices)
    # 镇巴县三元镇, and farther down 如东县拿出50万元: the county whose town is named.
    with_towns = frozenset(d for d in found if any(town in text for town in gazetteer.towns(d.adcode)))
    return with_towns if not before and with_towns else found


def resolved(
    text: str,
    named: Sequence[localities.Locality],
    mentions: Sequence[PlaceMention],
    basis: Basis,
    year: int | None,
) -> Subject:
    """A town or village, wherever it is named, with the province and prefecture of its county. It has no code."""
    place = named[0]
    counties = _counties(text, named, mentions)
    context = {m.name for m in mentions}
    if place.town:
        holders = [d for d in gazetteer.town_counties(place.name) if d in counties]
        county = gazetteer.resolve(holders or gazetteer.town_counties(place.name), context, year=year)
    else:
        county = gazetteer.resolve(counties, context, year=year)
    return Subject(
        name=place.name,
        level=Level.TOWN if place.town else Level.VILLAGE,
        province=county.province if county else None,
        prefecture=county.prefecture if county else None,
        basis=basis,
    )
