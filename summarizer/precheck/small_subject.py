"""Towns and villages that a text may be about, and where they lie; `standing` says which of them it is about."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas.report import Subject
from schemas.vocabulary import Basis, Level
from summarizer import gazetteer, words
from summarizer.gazetteer import Division, PlaceMention
from summarizer.precheck import helping, localities, voices

STEM = 2
"""Characters of a name without its class that tell it from other words."""

LONGEST_STEM = 4
"""Characters of a village's name without its class."""

RARE = 50
"""A word counted this often in jieba's dictionary is no hamlet."""

_CLASS = re.compile("(?<=..)(?:(?:[\u4e00-\u9fff]{1,3}族|民族)?[镇乡]|新?村|街道|社区|苏木|嘎查)$")

_IS_VILLAGE = re.compile(r"[，,。]?[这那]?里?是[^。\n]{2,24}?的[\u4e00-\u9fff]{0,6}村[子庄落]?(?=[，。,])")
"""Behind a name without its class: of which county, and what sort of village; one that is named is not it."""

_HAMLET = re.compile(
    r"的?(?P<name>[\u4e00-\u9fff]{1,4}(?:[沟湾滩坪寨岭屯垴洼峪崖坳圩堡]|(?<![山酒茶农])庄))(?=[，,。、；;：:（(“\n的在有是位离距地]|$)"
)
"""Behind a town or county: a hamlet or a village without its class, called after how it lies (头寨子镇|牛家河滩)."""

IN_BETWEEN = re.compile(r"[·・:： ]?(?:[\u4e00-\u9fff]{1,8}?(?:镇|乡|街道|办事处))?的?")
"""What may stand between a county and its village: the town."""


@dataclass(frozen=True, slots=True)
class Small:
    """A town or village with its mentions, and where its name stands, without its class too (陇槐 of 陇槐村)."""

    name: str
    town: bool
    mentions: tuple[localities.Locality, ...]
    named: tuple[int, ...]


def candidates(
    text: str, title: str, mentions: Sequence[PlaceMention], found: Sequence[localities.Locality]
) -> list[Small]:
    """The towns and villages that the text names, with those that it never calls so."""
    found = list(found)
    found += _hamlets(text, mentions, found)
    found += _called_village(text, title, mentions)
    by_name: dict[str, list[localities.Locality]] = {}
    for place in found:
        # 黄花滩移民区 has people of many villages and is none.
        if not place.name.endswith("区") or place.name.endswith("社区"):
            by_name.setdefault(place.name, []).append(place)
    return [Small(name, of[0].town, tuple(of), _named(text, name, of)) for name, of in by_name.items()]


def stem(name: str) -> str | None:
    """A name without its class, where it tells the place from other words; None where it is one itself."""
    short = _CLASS.sub("", name)
    return short if len(short) >= STEM and words.count(short) < localities.COMMON else None


def _named(text: str, name: str, of: Sequence[localities.Locality]) -> tuple[int, ...]:
    short = stem(name)
    at = tuple(_starts(text, short, 0, len(text))) if short else ()
    return at or tuple(p.start for p in of)


def _starts(text: str, name: str, low: int, high: int) -> Iterator[int]:
    """Where the name stands in a part of the text."""
    at = text.find(name, low, high)
    while at >= 0:
        yield at
        at = text.find(name, at + len(name), high)


def _hamlets(
    text: str, mentions: Sequence[PlaceMention], found: Sequence[localities.Locality]
) -> Iterator[localities.Locality]:
    starts, stems = {p.start for p in found}, {p.name[:-1] for p in found}
    for end in sorted({m.end for m in mentions} | {p.end for p in found}):
        hamlet = _HAMLET.match(text, end)
        if not hamlet or hamlet.start("name") in starts or hamlet["name"] in stems:
            continue
        if words.count(hamlet["name"]) < RARE and hamlet["name"] + "村" not in text:
            yield localities.Locality(*hamlet.span("name"), hamlet["name"], town=False)


def _called_village(text: str, title: str, mentions: Sequence[PlaceMention]) -> list[localities.Locality]:
    """The place that the title begins with, where the first paragraph says of which county it is a village.

    榆树垭算账, and 我又上了一趟榆树垭。这是镇坪县曾家镇最高的村子: the text never puts the class behind the name.
    """
    low, high = voices.lead(text)
    for size in range(min(LONGEST_STEM, len(title)), STEM - 1, -1):
        if words.count(title[:size]) >= localities.COMMON:
            # 这里是金寨县花石乡最高的村子: no name.
            continue
        for start in _starts(text, title[:size], low, high):
            found = _IS_VILLAGE.match(text, start + size, high)
            if found is not None and any(start <= m.start < found.end() for m in mentions):
                return [localities.Locality(start, start + size, title[:size] + "村", town=False)]
    return []


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
    before = [m for m, p in pairs if IN_BETWEEN.fullmatch(text, m.end, p.start)]
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
