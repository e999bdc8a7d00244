"""Counties by bare names that are words, too: in a list of their prefecture's, or beside the towns that they have."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from summarizer import gazetteer, words
from summarizer.gazetteer import Division, PlaceMention
from summarizer.precheck import voices
from summarizer.precheck.brief import PlaceName
from summarizer.precheck.candidate import START
from summarizer.precheck.localities import Locality

CLASSES = frozenset("省市县区旗州盟")
"""What the name of a division ends with."""

_DISTRICT = re.compile("(?P<stem>.{2,4})(?:市辖|新)?区")
_JOINT = "[、和与及]"
_GOES_ON = re.compile("[镇乡村山江河湖路街]")
"""Behind a bare name, what makes it that of something smaller: 甲县、平安|镇."""
_HEADS = re.compile("(?:^|(?<=[，,。；;：:！？!?”\n\u3000 ]))$")
_REACHED = re.compile("(?:落户|落地|落在|[帮在给到])$")
"""Right before a bare name that is no clause's head: 产业园落户|江口, 引进企业帮|碧江."""
_RUBRIC, _CLOSED = ("【", "〖", "〔"), ("】", "〗", "〕")
_FIGURE, _FIGURE_BEFORE = re.compile(r"\d"), re.compile(r"\d[^，,。；;、\d]{1,3}[、和及]$")
_ENDS = re.compile("[，,。；;：:！？!?\n]|$")
_TITLE_HEAD = re.compile(r"(?:[【\[(（][^】\])）]{1,8}[】\])）])?(?P<name>[\u4e00-\u9fff]{2,4})[:：]")
"""The name that a title begins with, behind the rubric: 【产业观察】旺苍:…."""

RARE = 50
"""A word counted less than this in jieba's dictionary is no usual one: 红寺堡."""

TOWN_OF_FEW = 0.2
"""How far a town must be a county's own: one of five of its name, or two of ten; 平山镇 and 太平镇 are everywhere."""


def with_listed(text: str, prefecture: str, mentions: Sequence[PlaceMention], year: int | None) -> list[PlaceMention]:
    """The mentions, with the counties that a list names without their class: 琼结、|曲松、|加查、扎囊6县.

    By itself such a word is no county (平安, 光泽), or one of another time (乐都县 before 乐都区): its neighbours tell.
    """
    found = list(_listed(text, prefecture, year))
    found += _said_again(text, prefecture, year, [*mentions, *found])
    found = [
        f for f in found if not any(m.start < f.end and f.start < m.end and len(m.text) > len(f.text) for m in mentions)
    ]
    spans = {(f.start, f.end) for f in found}
    others = [m for m in mentions if (m.start, m.end) not in spans]
    return sorted([*others, *found], key=START)


def _listed(text: str, prefecture: str, year: int | None) -> Iterator[PlaceMention]:
    names, item, run_of = _bare_names(prefecture, year)
    for run in run_of.finditer(text) if names else ():
        if _GOES_ON.match(text, run.end()):
            continue
        for found in item.finditer(text, *run.span()):
            if (division := names.get(found[0])) is not None:
                yield PlaceMention(*found.span(), found[0], division.name, (division,))


def _said_again(text: str, prefecture: str, year: int | None, told: Sequence[PlaceMention]) -> Iterator[PlaceMention]:
    """The counties that the text has named, by bare names that are usual words, too: 沿河|空心李9.8万亩, 落户|江口.

    One that stood bare in a list, or is no word, may head a clause; any may close one behind where something goes.
    """
    names, item, _ = _bare_names(prefecture, year)
    codes = {m.choices[0].adcode for m in told if len(m.choices) == 1}
    taken = {m.start for m in told}
    above = gazetteer.by_adcode(prefecture)
    own = gazetteer.stem(above.name) if above else None
    for found in item.finditer(text):
        division = names.get(found[0])
        # 元阳、红河、绿春四县 are counties; |红河辖13个县市 is said of the prefecture that one of them is called after.
        if division is None or found.start() in taken or found[0] == own:
            continue
        # 【罗山】保险兜底: what a rubric of a prefecture names is a county although nothing else does.
        rubric = text.startswith(_RUBRIC, found.start() - 1) and text.startswith(_CLOSED, found.end())
        if rubric or (division.adcode in codes and _is_said(text, found, told)):
            yield PlaceMention(*found.span(), found[0], division.name, (division,))


def _is_said(text: str, found: re.Match[str], told: Sequence[PlaceMention]) -> bool:
    """Whether a bare name stands where a county's does: 麻城512公里、红安|398公里, 落户|江口, |沿河空心李9.8万亩."""
    start, end = found.span()
    if _FIGURE.match(text, end) and _FIGURE_BEFORE.search(text, max(0, start - 9), start):
        return True
    plain = any(m.text == found[0] for m in told) or not words.count(found[0])
    if _ENDS.match(text, end) is None if not plain else _GOES_ON.match(text, end):
        return False
    heads = plain and _HEADS.search(text, max(0, start - 1), start)
    return bool(heads or _REACHED.search(text, max(0, start - 2), start))


def by_their_towns(
    text: str, title: str, mentions: Sequence[PlaceMention], localities: Sequence[Locality]
) -> list[PlaceMention]:
    """The counties that a text calls by a word (五峰, 武都), where it names towns that they have: 渔洋关镇, 采花乡.

    Such a word is said twice, or once where the title has it; not where it is part of a name (五峰镇, 东平湖).
    """
    held: dict[Division, float] = defaultdict(float)
    for town in {p.name for p in localities if p.town}:
        holders = gazetteer.town_counties(town)
        for division in holders:
            held[division] += 1 / len(holders)
    known = {d.adcode for m in mentions for d in m.choices}
    taken = [(m.start, m.end) for m in mentions] + [(p.start, p.end) for p in localities]
    found: list[PlaceMention] = []
    for division, share in held.items():
        name = _bare_name(division) if share >= TOWN_OF_FEW and division.adcode not in known else None
        spans = [m.span() for m in re.finditer(re.escape(name), text)] if name else []
        free = [
            (start, end)
            for start, end in spans
            if not _GOES_ON.match(text, end) and not any(low <= start < high for low, high in taken)
        ]
        if name and len(free) + (name in title) > 1:
            found += (PlaceMention(*span, name, division.name, (division,)) for span in free)
    return found


def by_their_title(text: str, title: str, mentions: Sequence[PlaceMention], year: int | None) -> list[PlaceMention]:
    """The county or district that a title begins with, by a name without its class before a colon: 红寺堡:…, 旺苍:….

    Where the name is a word, too (互助:…), the text must speak for a county of its class. Nothing is found where the
    text has the county's name in full, for then its bare name is known.
    """
    head = _TITLE_HEAD.match(title)
    if head is None or any(m.start <= text.find(head["name"]) < m.end for m in mentions):
        return []
    name = head["name"]
    bearers = [
        mention
        for kind in CLASSES
        for mention in gazetteer.find(name + kind, year=year)
        if mention.text == name + kind and (words.count(name) < RARE or _speaks(text, kind))
    ]
    if len(bearers) != 1:
        return []
    full = bearers[0].name, bearers[0].choices
    spans = [m.span() for m in re.finditer(re.escape(name), text) if not _GOES_ON.match(text, m.end())]
    return [PlaceMention(start, end, name, *full) for start, end in spans]


def _speaks(text: str, kind: str) -> bool:
    voice = voices.SELF.get("县" if kind == "旗" else kind)
    return voice is not None and voice.search(text) is not None


def _bare_name(division: Division) -> str | None:
    """What a county or district is called without its class: 武都 of 武都区, too."""
    district = _DISTRICT.fullmatch(division.name)
    return district["stem"] if district else gazetteer.stem(division.name)


@lru_cache(maxsize=16)
def _bare_names(prefecture: str, year: int | None) -> tuple[dict[str, Division], re.Pattern[str], re.Pattern[str]]:
    """The counties of a prefecture by their names without class, with what finds one of them, and a list of them."""
    found: dict[str, Division] = {}
    for division in gazetteer.counties_below(prefecture, year=year):
        if name := _bare_name(division):
            found[name] = division
    item = rf"(?:{'|'.join(sorted(map(re.escape, found), key=len, reverse=True))})(?:自治县|[县市区旗])?"
    return found, re.compile(item), re.compile(f"{item}(?:{_JOINT}{item})+")


def by_one_name(mentions: Sequence[PlaceMention], places: Iterable[PlaceName]) -> Iterator[PlaceName]:
    """The places, with a division's bare name in the form that the text has for it elsewhere: 关岭 after 关岭自治县."""
    pairs = list(zip(mentions, places, strict=True))
    called = {p.adcode: p.name for m, p in reversed(pairs) if p.adcode and m.text[-1] in CLASSES}
    for mention, place in pairs:
        bare = place.adcode is not None and mention.text[-1] not in CLASSES
        name = called.get(place.adcode or "", place.name) if bare else place.name
        yield PlaceName(place.start, place.end, name, place.adcode)
