"""The place that an article reports on.

Every division that the text names gathers weight: most in the title and from the office that supplied the article,
then in the first paragraph, then by how often it is named; 我市 and 全县 speak for a division of their class. Places
that help from outside (对口帮扶的天津市宝坻区), and all that stands in furniture, count for nothing. Where two places
weigh alike, or a name has several bearers and nothing decides, the subject stays open with its choices.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from schemas.report import Choice, Subject
from schemas.vocabulary import Basis, Level
from summarizer import gazetteer
from summarizer.gazetteer import Division, PlaceMention
from summarizer.precheck import localities
from summarizer.text.article import DocumentInfo, Furniture

TITLE, SUPPLIER, LEAD, NAMED = 8.0, 6.0, 3.0, 1.0
MOST_NAMED = 10
"""Mentions in the text that count; a county is not more the subject for being named thirty times."""

OWN_CLASS = 4.0
"""What 全县 and 我县 add to a county, in proportion to 全市, 全省 beside them."""

CLEAR = 1.25
"""How many times the next one's weight a subject must have."""

STORY_NAMED = 3
"""Times that a story names its village, where the title does not."""

LEAST = 1.5
"""Less than this (one mention in passing) makes no subject."""

_HELPER_BEFORE = re.compile(
    r"(?:对口|协作|结对|帮扶|援建|支援|援助|携手|来自|赴|前往|销往|输往|远销|牵手|籍|引进|邀请|联合|像|如)[^,，。；;]{0,6}$"
)
_HELPER_AFTER = re.compile(r"[^,，。；;]{0,6}(?:对口|协作|结对|援助|支援|援建|捐赠|捐建|挂职|帮扶)")
_OFFICE = re.compile(r"(?:办|局|委|政府|部|办公室|中心|镇|乡|县|市|区)$")
_MEDIA = re.compile(r"(?:网|报|日报|晚报|社|台|频道|客户端)$")
_SELF = {
    "县": re.compile(r"[全我该本][县旗]|县[委里]|县政府|县扶贫"),
    "市": re.compile(r"[全我该本]市|市委|市政府|市扶贫"),
    "区": re.compile(r"[我该本]区|全区|区委|区政府|区扶贫"),
    "省": re.compile(r"[全我该本]省|省委|省政府|全自治区"),
    "州": re.compile(r"[全我该本]州|州委|州政府|全盟|我盟"),
}
_SELF_SMALL = {
    Level.TOWN: re.compile(r"[全我该本][镇乡]|[镇乡]党委|[镇乡]政府"),
    Level.VILLAGE: re.compile(r"[全我该本]村|村里|村两委|村“两委”|村集体"),
}
_CLASS = {"县": "县", "旗": "县", "市": "市", "区": "区", "省": "省", "州": "州", "盟": "州"}
_IN_BETWEEN = re.compile(r"(?:[\u4e00-\u9fff]{1,6}(?:镇|乡|街道|办事处))?")
"""What may stand between a county and its village: the town."""

_SENTENCE = re.compile(r"[。！？；]")


@dataclass(slots=True)
class _Candidate:
    """A name that may be the subject: its bearers, the weight it gathered, and whether the text says it outright."""

    name: str
    bearers: tuple[Division, ...]
    weight: float = 0.0
    named: int = 0
    said: set[str] = field(default_factory=set)

    @property
    def division(self) -> Division | None:
        """The one bearer, where there is only one."""
        return self.bearers[0] if len(self.bearers) == 1 else None

    @property
    def level(self) -> Level:
        return self.bearers[0].level


def find(
    text: str,
    info: DocumentInfo,
    furniture: Sequence[Furniture],
    given: str | None = None,
    year: int | None = None,
) -> Subject:
    """The subject, or a subject without a name and the reason why it cannot be told.

    `year` is the reference year: a county is called what it was called then. `given` is the user's word and stands.
    """
    body = _without(text, furniture)
    mentions = gazetteer.find(body, year=year)
    if given is not None:
        return _given(given, mentions, year)
    title = info.title or body[: _title(body, info)]
    if (own := _own_report(body, title, mentions, year)) is not None:
        return own
    candidates = _weigh(body, info, mentions, year)
    ranked = sorted(candidates.values(), key=lambda c: -c.weight)
    if not ranked or ranked[0].weight < LEAST:
        return _small(body, mentions, year) or _open(_nothing(body), ranked[:1])
    return _decide(ranked, body)


def _without(text: str, furniture: Sequence[Furniture]) -> str:
    """The text with its furniture blanked out, so that positions stay."""
    for part in furniture:
        text = text[: part.start] + " " * (part.end - part.start) + text[part.end :]
    return text


def _weigh(text: str, info: DocumentInfo, mentions: Sequence[PlaceMention], year: int | None) -> dict[str, _Candidate]:
    """All candidates by name, with their weights."""
    offices = [name for name in (info.publisher, *info.authors) if name]
    outside = [m for name in (info.title or "", *offices) for m in gazetteer.find(name, year=year)]
    context = {m.name for m in (*mentions, *outside) if m.choices[0].level is not Level.COUNTY}
    candidates: dict[str, _Candidate] = {}

    def add(mention: PlaceMention, weight: float, where: str) -> None:
        bearers = _bearers(mention, context, text, year)
        entry = candidates.setdefault(mention.name, _Candidate(mention.name, bearers))
        if weight and (where == "" or where not in entry.said):
            entry.weight += weight
            if where:
                entry.said.add(where)

    title, lead = _title(text, info), _lead(text)
    for mention in gazetteer.find(info.title or "", year=year):
        add(mention, TITLE, "title")
    for index, mention in enumerate(mentions):
        if _helps(text, mention) or _is_prefix(mentions, index):
            add(mention, 0.0, "")
            continue
        if mention.end <= title:
            add(mention, TITLE, "title")
        elif lead[0] <= mention.start < lead[1]:
            add(mention, LEAD, "lead")
        entry = candidates.get(mention.name)
        if entry is None or entry.named < MOST_NAMED:
            add(mention, NAMED, "")
            candidates[mention.name].named += 1
    for office in offices:
        for mention in gazetteer.find(office, year=year):
            weight = NAMED if _MEDIA.search(office) else SUPPLIER if _OFFICE.search(office) else NAMED
            add(mention, weight, "supplier" if weight == SUPPLIER else "publisher")
    _speak_for_their_class(text, candidates.values())
    return candidates


def _bearers(mention: PlaceMention, context: Iterable[str], text: str, year: int | None) -> tuple[Division, ...]:
    """Who the name can be: told by the provinces and prefectures around it, else by towns of theirs that are named."""
    known = gazetteer.resolve(mention.choices, context, year=year)
    if known is not None:
        return (known,)
    with_towns = [d for d in mention.choices if any(town in text for town in gazetteer.towns(d.adcode))]
    return tuple(with_towns) if len(with_towns) == 1 else mention.choices


def _helps(text: str, mention: PlaceMention) -> bool:
    """Whether the place helps, or is where people and goods go, by the words around it."""
    before = text[max(0, mention.start - 10) : mention.start]
    return bool(_HELPER_BEFORE.search(before) or _HELPER_AFTER.match(text, mention.end))


def _is_prefix(mentions: Sequence[PlaceMention], index: int) -> bool:
    """Whether the mention only says where the next one lies: 临汾市|古县."""
    return index + 1 < len(mentions) and mentions[index + 1].start == mentions[index].end


def _title(text: str, info: DocumentInfo) -> int:
    """Where the title ends: the known one, else a first line that is no sentence."""
    if info.title and (at := text.find(info.title)) >= 0:
        return at + len(info.title)
    first = re.search(r"\S[^\n]*", text)
    return first.end() if first and len(first[0]) <= 40 and not _SENTENCE.search(first[0]) else 0


def _lead(text: str) -> tuple[int, int]:
    """The first paragraph that has a sentence."""
    for line in re.finditer(r"[^\n]+", text):
        if _SENTENCE.search(line[0]):
            return line.start(), line.end()
    return 0, 0


def _class_of(candidate: _Candidate) -> str:
    """Which of 全县, 全市, 全省 can mean the division."""
    if candidate.level is Level.PROVINCE:
        return "市" if candidate.name.endswith("市") else "省"
    return _CLASS.get(candidate.name[-1], "县")


def _speak_for_their_class(text: str, candidates: Iterable[_Candidate]) -> None:
    """Add what 全县 and 全市 say; divisions of a class that the text never calls its own lose half."""
    counts = {kind: len(words.findall(text)) for kind, words in _SELF.items()}
    most = max(counts.values())
    if not most:
        return
    for candidate in candidates:
        own = counts[_class_of(candidate)]
        candidate.weight = candidate.weight + OWN_CLASS * own / most if own * 3 >= most else candidate.weight / 2


def _decide(ranked: Sequence[_Candidate], text: str) -> Subject:
    """The heaviest, unless another weighs nearly as much; a county before the prefecture that only frames it."""
    first = ranked[0]
    rivals = [c for c in ranked[1:] if c.weight * CLEAR > first.weight and not _frames(c, first)]
    below = [c for c in rivals if _frames(first, c)]
    if len(below) == 1 and rivals == below and "全市" not in text and "我市" not in text:
        first, rivals = below[0], []
    if rivals:
        names = "、".join(c.name for c in (first, *rivals))
        return _open(f"{names}在文中同样突出,无法确定写的是哪一个", (first, *rivals))
    division = first.division
    if division is None:
        places = "、".join(dict.fromkeys(d.prefecture or d.province for d in first.bearers))
        return _open(f"“{first.name}”有{len(first.bearers)}处同名({places}),文中没有写明是哪一处", (first,))
    basis = Basis.STATED if first.said & {"title", "lead", "supplier"} else Basis.INFERRED
    return _subject(division, basis)


def _frames(above: _Candidate, below: _Candidate) -> bool:
    """Whether one is the province or prefecture of the other."""
    return any(above.name in (d.prefecture, d.province) and above.name != below.name for d in below.bearers)


def _subject(division: Division, basis: Basis) -> Subject:
    return Subject(
        name=division.name,
        level=division.level,
        province=division.province,
        prefecture=division.prefecture,
        adcode=division.adcode,
        basis=basis,
    )


def _open(reason: str, candidates: Iterable[_Candidate]) -> Subject:
    """No subject, and what it could be."""
    choices = [Choice(name=d.name, adcode=d.adcode) for c in candidates for d in c.bearers]
    return Subject(reason=reason, choices=tuple(choices))


def _nothing(text: str) -> str:
    """Why no place could be the subject."""
    for word in ("我县", "全县", "我市", "全市", "我省", "全省"):
        if word in text:
            return f"文中只说“{word}”,没有写出{word[-1]}名"
    return "文中没有写出县、市、乡镇或村的名称"


def _own_report(text: str, title: str, mentions: Sequence[PlaceMention], year: int | None) -> Subject | None:
    """The town or village in the title of an article that says 全镇 or 全村 more often than 全县, 全市 and 全省.

    Where the title names no place, the village that the first paragraph leads to and that the story stays with.
    """
    above = sum(len(words.findall(text)) for words in _SELF.values())
    for kind, words in _SELF_SMALL.items():
        if len(words.findall(text)) > above:
            found = _localities(text, mentions)
            named = [p for p in found if p.town == (kind is Level.TOWN) and p.name in title]
            if named:
                # 木耳香飘岩湾村: the story itself says where the name begins.
                shortest = min(named, key=lambda p: len(p.name))
                first = shortest if named[0].name.endswith(shortest.name) else named[0]
                return _local(text, [p for p in found if p.name == first.name], mentions, Basis.STATED, year)
            if kind is Level.VILLAGE and not gazetteer.find(title, year=year):
                led_to = _led_to(text, found, mentions)
                if led_to:
                    return _local(text, led_to, mentions, Basis.STATED, year)
    return None


def _led_to(
    text: str, found: Sequence[localities.Locality], mentions: Sequence[PlaceMention]
) -> list[localities.Locality]:
    """The mentions of the village that the first paragraph names behind its county, where no other is named as often.

    走进新县田铺乡唐畈村,…: empty where the story does not come back to it.
    """
    low, high = _lead(text)
    villages = [p for p in found if not p.town and p.name.endswith("村")]
    counts = Counter(p.name for p in villages)
    for place in villages:
        behind = any(_IN_BETWEEN.fullmatch(text, m.end, place.start) for m in mentions if m.end <= place.start)
        if low <= place.start < high and behind:
            often = counts[place.name] >= STORY_NAMED and counts[place.name] == max(counts.values())
            return [p for p in villages if p.name == place.name] if often else []
    return []


def _small(text: str, mentions: Sequence[PlaceMention], year: int | None) -> Subject | None:
    """The town or village that is named most, for a text that names no county of its own."""
    found = _localities(text, mentions)
    counts = Counter(place.name for place in found)
    place = max(found, key=lambda p: (p.town, counts[p.name]), default=None)
    if place is None:
        return None
    return _local(text, [p for p in found if p.name == place.name], mentions, Basis.INFERRED, year)


def _localities(text: str, mentions: Sequence[PlaceMention]) -> tuple[localities.Locality, ...]:
    return localities.find(text, [(m.start, m.end) for m in mentions], frozenset())


def _counties(text: str, named: Sequence[localities.Locality], mentions: Sequence[PlaceMention]) -> frozenset[Division]:
    """The counties that a town or village may lie in: the one written before its name, else all that do not help."""
    counties = [m for m in mentions if m.choices[0].level is Level.COUNTY]
    pairs = [(m, p) for m in counties for p in named if m.end <= p.start]
    before = [m for m, p in pairs if _IN_BETWEEN.fullmatch(text, m.end, p.start)]
    own = before or [m for m in counties if not _helps(text, m)]
    return frozenset(d for m in own for d in m.choices)


def _local(
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


def _given(name: str, mentions: Sequence[PlaceMention], year: int | None) -> Subject:
    """The user's subject, resolved by what the name itself and the text say of its province and prefecture."""
    own = gazetteer.find(name, year=year)
    last = own[-1] if own and own[-1].end == len(name) else None
    context = {m.name for m in (*own[:-1], *mentions)} - ({last.name} if last else set())
    division = gazetteer.resolve(last.choices, context, year=year) if last else None
    if division is not None:
        return _subject(division, Basis.GIVEN)
    small = _localities(name, own)
    if own and small and small[-1].end == len(name):
        return _local(name, small[-1:], own, Basis.GIVEN, year)
    level = {"镇": Level.TOWN, "乡": Level.TOWN, "道": Level.TOWN, "村": Level.VILLAGE}.get(name[-1:])
    choices = tuple(Choice(name=d.name, adcode=d.adcode) for d in last.choices) if last else ()
    return Subject(name=name, level=level, basis=Basis.GIVEN, choices=choices)
