"""Divisions in running Simplified text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from schemas.vocabulary import Level
from summarizer.gazetteer.names import class_forms, stem
from summarizer.gazetteer.resolving import contemporary
from summarizer.gazetteer.table import RECENT, Division, distinct, table

_DATA = files(__package__) / "data"

# What may stand before a place where the place could also be part of a word.
_INTRODUCING = frozenset("在和与及对从为是的了于至赴往驻距由到向让给该被")

# The last character of a full name and the next one that would make them one word: 城关|区域, 正红|旗帜.
_WORD_AFTER = {"区": "域间块别位", "市": "场", "旗": "帜下舰号袍", "盟": "友国员"}
# The same, but of the place itself: 山西|省长. The shorter form is then the mention.
_OFFICE_AFTER = {"省": "长会份级", "市": "长级"}
# A short form before one of these is a mountain, a street or a village, not the division: 吕梁山, 北京路.
_FEATURE_AFTER = frozenset("山江河湖岛峡村镇乡路街桥")
# The last character of a short form and the next one that usually make a word: 上|海拔, 推广|安全, 巩固|原有, 山南|麓.
_SHORT_WORD_AFTER = {
    "安": "全排装置静",
    "定": "期点位向",
    "原": "有则因本料先",
    "海": "拔",
    "阳": "光",
    "连": "片续接",
    "中": "间卫",
    "乡": "土",
    "平": "均方八",
    "通": "过",
    "肥": "料",
    "庆": "祝",
    "充": "分",
    "卫": "生星",
    "水": "利",
    "理": "石论寺岩想",
    "同": "时步小志世盟",
    "明": "确治",
    "春": "季节",
    "密": "瓜",
    "洱": "茶",
    "治": "久",
    "口": "店",
    "化": "肥解",
    "康": "复",
    "北": "斗麓坡岸",
    "南": "麓坡岸",
}
# Characters that make a short form part of a saying or of another name: 世界|大同, 千|佛山.
_SHORT_WORD_BEFORE = {"大同": "界下求", "西藏": "躲", "佛山": "千金"}
# Before a short form of two characters, a surname: 玉林, 金华 and 海东 are given names too. Surnames that are more
# often something else before a place (于, 向, 和, 任, 方, 常) are left out.
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯董程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田姜范石姚谭廖邹熊"
    "陆郝孔崔康毛邱秦史顾侯邵孟段雷钱汤尹黎武乔贺赖龚"
)
# Offices and adjectives of a county that follow 县 where 任, 代 or 和 before it are verbs and conjunctions.
_COUNTY_OFFICE = frozenset("委长级乡市区直两域处办局里内外")
_COUNTY_BODY = _COUNTY_OFFICE | frozenset("人政财农扶教卫公民水交林住发审统纪")


JOINED = frozenset({"", "·", "・", "•"})
"""What stands between a division and one below it, where both are one name."""


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A stretch of the text that names a division: `text == source[start:end]`.

    `name` is the full name of the first choice. `choices` are the divisions that it can be, the likeliest first: all
    bearers of the name, narrowed to those below the division named directly before.
    """

    start: int
    end: int
    text: str
    name: str
    choices: tuple[Division, ...]


class _Form(NamedTuple):
    """A string that can name a division, and how much its surroundings have to say for it."""

    text: str
    full: bool
    caution: str  # "", "weak", "adjacent", "strict" or "function": see data/README.md
    bearers: tuple[Division, ...]


class _Index(NamedTuple):
    forms: dict[str, _Form]
    heads: re.Pattern[str]  # a character that may begin a form, before one that may come second in any
    lengths: dict[str, tuple[int, ...]]  # by the first two characters, longest first
    left: dict[str, frozenset[str]]


def _ordinary() -> dict[str, frozenset[str]]:
    """The hand-made lists of names that are ordinary words too, by kind."""
    lines = (_DATA / "ordinary.tsv").read_text(encoding="utf-8").splitlines()
    return {kind: frozenset(names.split(" ")) for kind, names in (line.split("\t") for line in lines)}


def _recent(found: Iterable[Division]) -> list[Division]:
    return [d for d in found if d.until is None or d.until >= RECENT]


def _highest(found: Iterable[Division]) -> list[Division]:
    """Those of the highest level: 大同 alone is the prefecture, not a county that was named after it."""
    order = [Level.PROVINCE, Level.PREFECTURE, Level.COUNTY]
    given = list(found)
    best = min((order.index(d.level) for d in given), default=0)
    return [d for d in given if order.index(d.level) == best]


def _short_forms(ordinary: dict[str, frozenset[str]]) -> dict[str, _Form]:
    """Stems of provinces, prefectures and counties that are not words of their own."""
    bearers: dict[str, list[Division]] = defaultdict(list)
    for name, bearing in table().by_name.items():
        short = stem(name)
        if short is not None and short not in ordinary["never"]:
            bearers[short].extend(_recent(bearing))
    forms = {}
    for short, found in bearers.items():
        choices = _highest(found)
        if choices:
            weak = choices[0].level is Level.COUNTY and short in ordinary["weak"]
            forms[short] = _Form(short, False, "weak" if weak else "", tuple(choices))
    return forms


def _full_forms(ordinary: dict[str, frozenset[str]]) -> dict[str, _Form]:
    """Full names and the short ones that keep the class (积石山县)."""
    bearers: dict[str, list[Division]] = defaultdict(list)
    for name, bearing in table().by_name.items():
        bearers[name].extend(bearing)
        for short in class_forms(name):
            bearers[short].extend(_recent(bearing))
    caution = {name: kind for kind in ("strict", "function", "adjacent") for name in ordinary[kind]}
    return {name: _Form(name, True, caution.get(name, ""), tuple(found)) for name, found in bearers.items() if found}


@cache
def _index() -> _Index:
    ordinary = _ordinary()
    forms = _short_forms(ordinary) | _full_forms(ordinary)
    lengths: dict[str, set[int]] = defaultdict(set)
    for name in forms:
        lengths[name[:2]].add(len(name))
    lines = (_DATA / "left.tsv").read_text(encoding="utf-8").splitlines()
    left = {char: frozenset(before) for char, before in (line.split("\t") for line in lines)}
    # In a text one place of ten is left by this search, which takes a third of looking up each two characters.
    firsts, seconds = ("".join(sorted({head[i] for head in lengths})) for i in (0, 1))
    heads = re.compile(f"[{firsts}](?=[{seconds}])")
    return _Index(forms, heads, {head: tuple(sorted(sizes, reverse=True)) for head, sizes in lengths.items()}, left)


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


GOES_BY = 3
"""Times that a text must say a word for it to be the county that has no other name there."""


_LIES = ("地处", "位于", "坐落", "位居")
"""What is said of a place."""


class _Scan:
    """One pass over one text."""

    def __init__(self, text: str, year: int | None) -> None:
        self.text = text
        self.year = year
        self.index = _index()
        self.found: list[PlaceMention] = []
        self.alone: dict[str, bool] = {}
        self.known: dict[str, bool] = {}
        self.placed: dict[str, bool] = {}

    def run(self) -> list[PlaceMention]:
        text, lengths = self.text, self.index.lengths
        end = 0
        for head in self.index.heads.finditer(text):
            position = head.start()
            sizes = lengths.get(text[position : position + 2])
            if sizes is not None and position >= end and (mention := self.at(position, sizes)) is not None:
                self.found.append(mention)
                end = mention.end
        return self.found

    def at(self, start: int, sizes: tuple[int, ...]) -> PlaceMention | None:
        """The longest form at this place that its surroundings allow."""
        second_best = None
        for size in sizes:
            form = self.index.forms.get(self.text[start : start + size])
            if form is None:
                continue
            end = start + len(form.text)
            below = self.below_previous(form, start)
            if not below and not self.allowed(form, start, end):
                continue
            mention = self.mention(form, start, end, below)
            if form.full and self.next_in(_OFFICE_AFTER.get(form.text[-1], ""), end) and not self.place_at(end):
                second_best = second_best or mention
                continue
            return mention
        return second_best

    def mention(self, form: _Form, start: int, end: int, below: tuple[Division, ...]) -> PlaceMention:
        choices = distinct(contemporary(below or form.bearers, self.year), self.year)
        if not form.full and self.year is None:
            choices = _latest_of_each_line(choices)
        return PlaceMention(start, end, form.text, choices[0].name, choices)

    def below_previous(self, form: _Form, start: int) -> tuple[Division, ...]:
        """The bearers that belong to the division named directly before, or before a dot: 宁夏·隆德."""
        if not self.found or self.text[self.found[-1].end : start] not in JOINED:
            return ()
        above = self.found[-1].choices
        return tuple(d for d in form.bearers if any(_belongs(d, parent) for parent in above))

    def allowed(self, form: _Form, start: int, end: int) -> bool:
        """Whether the characters around the form leave it a name."""
        if form.caution == "adjacent":
            return False
        if form.full:
            return self.full_allowed(form, start, end)
        return self.short_allowed(form, start, end)

    def full_allowed(self, form: _Form, start: int, end: int) -> bool:
        if self.next_in(_WORD_AFTER.get(form.text[-1], ""), end):
            return False
        if form.caution == "function" and not self.established(form):
            return self.clean_before(start) and not self.next_in(_COUNTY_BODY | _FEATURE_AFTER, end)
        if form.caution and self.next_in(_COUNTY_OFFICE, end):
            return False
        if form.caution and len(form.text) > 2:
            return self.clean_before(start) or self.stands_alone(form)
        if len(form.text) == 2:
            return not self.next_in(_FEATURE_AFTER, end) and not self.word_before(start)
        return True

    def short_allowed(self, form: _Form, start: int, end: int) -> bool:
        word_after = self.next_in(_FEATURE_AFTER, end) or self.next_in(_SHORT_WORD_AFTER.get(form.text[-1], ""), end)
        if word_after and not self.place_at(end):
            return False
        if start > 0 and self.text[start - 1] in _SHORT_WORD_BEFORE.get(form.text, ""):
            return False
        if len(form.text) == 2 and (self.word_before(start) or self.surname_before(start)):
            return False
        if form.caution != "weak" or self.goes_by(form) or self.lies(form):
            return True
        # 化隆县 too makes 化隆 the county of that name.
        return any(name in self.text for d in form.bearers for name in (d.name, *class_forms(d.name)))

    def place_at(self, start: int) -> bool:
        """Whether a place could begin here: 山西省|长治县 is no governor, and 湖南|江永县 no river."""
        sizes = self.index.lengths.get(self.text[start : start + 2], ())
        forms = (self.index.forms.get(self.text[start : start + size]) for size in sizes)
        return any(form is not None and form.caution != "weak" for form in forms)

    def next_in(self, characters: str | frozenset[str], end: int) -> bool:
        return end < len(self.text) and self.text[end] in characters

    def established(self, form: _Form) -> bool:
        """Whether the text names the division with its parent somewhere: 忻州市代县 makes the other 代县 a county."""
        return any(
            above + form.text in self.text
            for division in form.bearers
            for parent in (division.prefecture, division.province)
            if parent is not None
            for above in (parent, stem(parent) or parent)
        )

    def goes_by(self, form: _Form) -> bool:
        """Whether the text calls a county by a word again and again, and names what the county belongs to.

        石台 is a stone platform; in a text of 池州 that says it three times, and 全县 of itself, it is the county.
        """
        if form.text not in self.known:
            above = {a for d in form.bearers for a in (d.prefecture, d.province and stem(d.province)) if a}
            named = any(a in self.text or (stem(a) or a) in self.text for a in above)
            self.known[form.text] = named and self.text.count(form.text) >= GOES_BY and "全县" in self.text
        return self.known[form.text]

    def lies(self, form: _Form) -> bool:
        """Whether the text says of a word where it lies, and 全县 of itself: 旺苍地处川陕交界,全县352个村."""
        if form.text not in self.placed:
            said = any(form.text + verb in self.text for verb in _LIES) and "全县" in self.text
            head = rf"(?<![\u4e00-\u9fff]){form.text}(?:{'|'.join(_LIES)})"
            self.placed[form.text] = said and re.search(head, self.text) is not None
        return self.placed[form.text]

    def stands_alone(self, form: _Form) -> bool:
        """Whether a line or a clause of the text begins with the name: 大方县是… makes that of 帮扶大方县 one too."""
        if form.text not in self.alone:
            other_body = "".join(sorted(_COUNTY_OFFICE))
            pattern = rf"(?:^|[\s。,，；;：:、“]){form.text}(?![{other_body}])"
            self.alone[form.text] = re.search(pattern, self.text) is not None
        return self.alone[form.text]

    def clean_before(self, start: int) -> bool:
        """Whether what precedes cannot be the first half of a word."""
        if start == 0 or (self.found and self.found[-1].end == start):
            return True
        before = self.text[start - 1]
        return not _is_han(before) or before in _INTRODUCING

    def word_before(self, start: int) -> bool:
        """Whether the first character belongs to a common word with the one before: 复合|肥."""
        if start == 0 or (self.found and self.found[-1].end == start):
            return False
        return self.text[start - 1] in self.index.left.get(self.text[start], ())

    def surname_before(self, start: int) -> bool:
        """Whether a surname stands directly before, and is not the end of another place."""
        return start > 0 and self.text[start - 1] in _SURNAMES and not (self.found and self.found[-1].end == start)


def _belongs(division: Division, parent: Division) -> bool:
    if parent.level is Level.PROVINCE:
        return division.level is not Level.PROVINCE and division.province == parent.name
    if parent.level is Level.PREFECTURE and division.level is Level.COUNTY:
        return division.adcode[:4] == parent.adcode[:4]
    return False


def _latest_of_each_line(choices: tuple[Division, ...]) -> tuple[Division, ...]:
    """The choices without those that became another of them: 泸水 is the city, and was the county."""
    followers = [table().follower(division) for division in choices]
    return tuple(d for d, heir in zip(choices, followers, strict=True) if heir is None or heir not in choices)


def find(text: str, *, year: int | None = None) -> list[PlaceMention]:
    """All mentions of divisions in Simplified text, left to right, the longest at each place, without overlaps.

    Full names (灵丘县), those that keep the class (积石山县, 恩施州) and short forms of provinces, prefectures and
    counties (山西, 临汾, 灵丘). A name that is an ordinary word too counts only where its surroundings speak for it.
    With `year`, the choices are those that stood then.
    """
    return list(_found(text, year))


@lru_cache(maxsize=16)
def _found(text: str, year: int | None) -> tuple[PlaceMention, ...]:
    """Kept for a few texts: an article is asked for its subject, and again for its places."""
    return tuple(_Scan(text, year).run())
