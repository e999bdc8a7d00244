"""Which of the places that a text names help from outside, or are only where people and goods go.

A helper is told by the words beside its name (对口帮扶的天津市宝坻区, 赴宝坻区挂职), or by whom it is named with: of
two places of which one helps the other (嘉定区助力永仁县) it is the first, and of two that are joined as a pair
(嘉定区与永仁县结成对子) the one that by the national scheme gives.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from schemas.vocabulary import Level
from summarizer.gazetteer import Division, PlaceMention

GIVING = frozenset(("北京市", "天津市", "上海市", "江苏省", "浙江省", "福建省", "山东省", "广东省", "辽宁省"))
"""Provinces whose districts are paired with counties of the west: 关于进一步加强东西部扶贫协作工作的指导意见, 2016."""

_BEFORE = re.compile(
    r"(?:对口|协作|结对|帮扶|援建|支援|援助|携手|来自|赴|前往|销往|输往|远销|牵手|籍|引进|邀请|联合|像|如)[^,，。；;\n“”]{0,6}$"
)
_HELPED_BEFORE = re.compile(r"(?:帮扶|支援|援助|援建|助力|协作)$")
"""Right before its name stands what is done for the place: 定点帮扶|大方县."""

_AFTER = re.compile(
    r"[^,，。；;\n]{0,6}(?:对口|协作|结对|援助|支援|援建|捐赠|捐建|挂职|帮扶|援[藏疆青])"
    r"(?!工作|干部|责任|措施|机制|成效|见|队|任务|活动|方案|力量|户|项目|会议|情况|资金|\n|$)"
)
_THERE = re.compile(r"[^,，。；;\n]{0,6}(?:就业|务工|打工|经商|设立|举办|开设|推介|上市|读书|求学)")
"""What is done in (在) a place that people and goods have gone to."""

LONGEST_LINK = 16
"""Characters between the names of two places that the text sets in relation."""

_HELPS = re.compile(r"[^,，。；;\n]{0,8}?(?:助力|帮扶|支援|援助|援建|帮助|协作|牵手)")
"""Between two places: the first does it for the second."""

_JOINED = re.compile("[与和同、]|携手|牵手|·")
_AS_PAIR = re.compile(r"[^,，。；;\n]{0,14}?(?:结[成对为下]|对子|协作|对口|结亲|携手|两地)")


def outside(text: str, mentions: Sequence[PlaceMention]) -> frozenset[int]:
    """The indexes of the mentions that help, or only say where people and goods go."""
    chains = _chains(mentions)
    helpers = frozenset(_helpers(text, chains))
    marked = [told(text, chain[0].start, chain[-1].end) for chain in chains for _ in chain]
    return frozenset(i for i, m in enumerate(mentions) if marked[i] or m.name in helpers)


def told(text: str, start: int, end: int) -> bool:
    """Whether the place named in `[start, end)` helps, or is where people and goods go, by the words around it."""
    before = text[max(0, start - 12) : start]
    if _BEFORE.search(before) and not _HELPED_BEFORE.search(before):
        return True
    if before.endswith("在") and _THERE.match(text, end):
        return True
    return _AFTER.match(text, end) is not None


def _helpers(text: str, chains: Sequence[Sequence[PlaceMention]]) -> Iterator[str]:
    """Names of the places that the text puts beside the place that they help."""
    for first, second in pairwise(chains):
        a, b = first[-1], second[-1]
        between = text[a.end : second[0].start]
        if len(between) > LONGEST_LINK or a.name == b.name or _contain(first, second):
            continue
        # 朝阳区与内蒙古结对: whoever helps a whole province may be whom the text is about.
        if b.choices[0].level is Level.PROVINCE:
            continue
        if _HELPS.fullmatch(between):
            yield a.name
        elif _JOINED.fullmatch(between) and _AS_PAIR.match(text, b.end):
            yield from _giver(a, b)


def _chains(mentions: Sequence[PlaceMention]) -> list[list[PlaceMention]]:
    """Mentions that stand one right behind the other as one: 上海市|嘉定区."""
    chains: list[list[PlaceMention]] = []
    for mention in mentions:
        if chains and chains[-1][-1].end == mention.start:
            chains[-1].append(mention)
        else:
            chains.append([mention])
    return chains


def _contain(first: Sequence[PlaceMention], second: Sequence[PlaceMention]) -> bool:
    """Whether one of two places lies in the other: a prefecture that helps its own county is no helper from outside."""
    a, b = first[-1].choices[0], second[-1].choices[0]
    return a.name in (b.prefecture, b.province) or b.name in (a.prefecture, a.province)


def _giver(a: PlaceMention, b: PlaceMention) -> Iterator[str]:
    """Which of a pair gives: the one of a giving province, of one province the district; none where both could."""
    one, other = a.choices[0], b.choices[0]
    if one.province != other.province:
        gives = [m.name for m in (a, b) if all(d.province in GIVING for d in m.choices)]
    else:
        gives = [d.name for d in (one, other) if _is_district(d)]
    if len(gives) == 1:
        yield gives[0]


def _is_district(division: Division) -> bool:
    return division.level is Level.COUNTY and division.name.endswith("区")
