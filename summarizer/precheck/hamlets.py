"""Parts of a village that its own story names: groups (某某组), and hamlets without a class where it lists them."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from summarizer import words
from summarizer.precheck.brief import PlaceName

RARE = 50
"""A word counted this often in jieba's dictionary is no hamlet's name (工作组, 住在山里)."""

_GROUP = re.compile(
    r"(?:^|(?<=[\s，,。；;：:、“（(去到在往和与是给从对]))(?P<name>[\u4e00-\u9fff]{2,3}组)(?![织长建成合员装])"
)
_HAMLET = re.compile(
    r"(?:^|(?<=[\s，,。；;：:、“（(去到在往和与是给从对]))(?P<name>(?![全各本该每几这那两一二三四五六七八九十]|自然)[\u4e00-\u9fff]{1,3}屯)"
    r"(?=的|有|住|里|[、，,和]|\d)"
)
"""Hamlets that are called so: 纳怀屯|的杨某."""
_NUMBERED = re.compile(
    r"(?:^|(?<=[\s，,。；;：:、！？!?“”（(去到在往和与是给从对住的]))(?P<name>(?:[一二三四五六七八九十]{1,2}|\d{1,2})[组社])"
    r"(?=的|村?民|贫困|脱贫|[组社]长|居民|群众|[、，,和有共人]|\d)"
)
"""Groups that go by a number: 三组的符某, 住得最高的三社、四社."""

_OF_VILLAGERS = re.compile(
    r"(?:^|(?<=[\s，,。；;：:、“（(去到在往和与是给从对]))(?P<name>(?![^村]*[个数几余各])[\u4e00-\u9fff]{2,3}村民小组)"
)
_NO_GROUP = re.compile(
    "(?:工作|领导|帮扶|互助|小|村民|攻坚|专|扶贫|巡查|评议|督导|检查|督查|普查|技术|专家|采访|调研|验收|考核|代表|党|联络|生产"
    "|居民|核查|宣传|服务|志愿|巡逻|项目|评估|理事|监督|施工|突击|行动|推进|协调|保障|[各每该本全两几一二三四五六七八九十])组$"
)
_LISTED = re.compile(
    r"(?:由|辖|有|包括|即)(?P<names>[\u4e00-\u9fff]{2,4}(?:[、和][\u4e00-\u9fff]{2,4}){1,7})(?=(?:等|这)?(?:\d{1,2}|[两三四五六七八九十])个自然[村屯])"
)
_HOME = re.compile(r"(?:住|家|老家)在(?P<name>[\u4e00-\u9fff]{2,3})(?=[,，。；;])")
_NO_HOME = re.compile("[这那里村镇乡县城山家外上下边组屋房区楼院市省庄]")


def find(text: str, village: str, taken: Sequence[PlaceName]) -> Iterator[PlaceName]:
    """The parts of a village that its story names, in no order, none where another place stands."""
    starts = [p.start for p in taken]
    for start, end in sorted(set(_spans(text, village))):
        before = bisect_right(starts, end - 1) - 1
        if before < 0 or taken[before].end <= start:
            yield PlaceName(start, end, text[start:end])


def _spans(text: str, village: str) -> Iterator[tuple[int, int]]:
    for group in (_NUMBERED, _OF_VILLAGERS):
        yield from (found.span("name") for found in group.finditer(text))
    if "组" in text:
        for found in _GROUP.finditer(text):
            name = found["name"]
            if not _NO_GROUP.search(name) and words.count(name[:-1]) < RARE:
                yield found.span("name")
    if "屯" in text:
        yield from (m.span("name") for m in _HAMLET.finditer(text) if not village.startswith(m["name"]))
    for listed in _LISTED.finditer(text):
        for name in re.split("[、和]", listed["names"]):
            if not village.startswith(name) and words.count(name) < RARE:
                # 后沟46户, 后沟的老人: where it is named again something is told of it.
                yield from (m.span() for m in re.finditer(rf"{name}(?=\d(?!\d?个自然)|的|有|搬|整体)", text))
    for home in _HOME.finditer(text):
        if not _NO_HOME.search(home["name"]) and words.count(home["name"]) < RARE:
            yield home.span("name")
