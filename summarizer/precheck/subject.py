"""The place that an article reports on.

Every division that the text names gathers weight: most in the title and from the office that supplied the article,
then in the first paragraph, then by how often it is named; 我市 and 全县 speak for a division of their class. Places
that help from outside (对口帮扶的天津市宝坻区), and all that stands in furniture, count for nothing. Where two places
weigh alike, or a name has several bearers and nothing decides, the subject stays open with its choices.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from schemas.report import Choice, Subject
from schemas.vocabulary import Basis, Level
from summarizer import gazetteer
from summarizer.gazetteer import Division, PlaceMention
from summarizer.precheck import counties, helping, small_subject, standing, voices
from summarizer.precheck.candidate import START
from summarizer.precheck.standing import Evidence
from summarizer.text.article import DocumentInfo, Furniture

TITLE, SUPPLIER, LEAD, NAMED = 8.0, 6.0, 3.0, 1.0
MOST_NAMED = 10
"""Mentions in the text that count; a county is not more the subject for being named thirty times."""

OWN_CLASS = 4.0
"""What 全县 and 我县 add to a county, in proportion to 全市, 全省 beside them."""

CLEAR = 1.25
"""How many times the next one's weight a subject must have."""

FAR_OFTENER = 3
"""How many times the mentions of the next county make one the subject, where the title has only what is above it."""

LEAST = 1.5
"""Less than this (one mention in passing) makes no subject."""

_OFFICE = re.compile(r"(?:办|局|委|政府|部|办公室|中心|镇|乡|县|市|区)$")
_MEDIA = re.compile(r"(?:网|报|日报|晚报|社|台|频道|客户端)$")
_PAPER_AFTER = re.compile("日报|晚报|晨报|电视台|新闻网")
_PAPER = re.compile(
    r"(?:今日|掌上|新)?(?P<stem>[\u4e00-\u9fff]{2,4}?)(?:网|新闻网|党建网|政府网|报|日报|周报|[广电]\S*台|融媒体?(?:中心)?|发布)?"
)
"""The name of a county's paper, site or channel around the county's own."""

_CLASS = {"县": "县", "旗": "县", "市": "市", "区": "区", "省": "省", "州": "州", "盟": "州"}


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
    if given is not None:
        return _given(given, gazetteer.find(_without(text, furniture), year=year), year)
    evidence, division = weighed(text, info, furniture, year)
    return standing.smaller(evidence, division.name, year) or division


def weighed(
    text: str, info: DocumentInfo, furniture: Sequence[Furniture], year: int | None
) -> tuple[Evidence, Subject]:
    """What the text says of its towns and villages, and the division that it is about if it is about none of them."""
    body = _without(text, furniture)
    mentions = gazetteer.find(body, year=year)
    title = info.title or body[: _title(body, info)]
    small = small_subject.named_in(body, mentions)
    bare = counties.by_their_title(body, title, mentions, year) or counties.by_their_towns(body, title, mentions, small)
    if bare:
        mentions = sorted([*mentions, *bare], key=START)
        small = small_subject.named_in(body, mentions)
    candidates = _weigh(body, info, mentions, bare, year) or _by_paper(body, info, year)
    ranked = sorted(candidates.values(), key=lambda c: -c.weight)
    told = bool(ranked) and ranked[0].weight >= LEAST
    division = _decide(ranked, body) if told else _open(_nothing(body), ranked[:1])
    return Evidence(body, title, mentions, small_subject.candidates(body, title, mentions, small)), division


def _without(text: str, furniture: Sequence[Furniture]) -> str:
    """The text with its furniture blanked out, so that positions stay."""
    for part in furniture:
        text = text[: part.start] + " " * (part.end - part.start) + text[part.end :]
    return text


def _weigh(
    text: str, info: DocumentInfo, mentions: Sequence[PlaceMention], bare: Sequence[PlaceMention], year: int | None
) -> dict[str, _Candidate]:
    """All candidates by name, with their weights; the `bare` ones of the mentions have towns that the text names."""
    offices = [name for name in (info.publisher, *info.authors) if name]
    elsewhere = [m for name in (info.title or "", *offices) for m in gazetteer.find(name, year=year)]
    context = {m.name for m in (*mentions, *elsewhere) if m.choices[0].level is not Level.COUNTY}
    candidates: dict[str, _Candidate] = {}

    def add(mention: PlaceMention, weight: float, where: str) -> None:
        bearers = _bearers(mention, context, text, year)
        entry = candidates.setdefault(mention.name, _Candidate(mention.name, bearers))
        if weight and (where == "" or where not in entry.said):
            entry.weight += weight
            if where:
                entry.said.add(where)

    title, lead = _title(text, info), voices.lead(text)
    outside = helping.outside(text, mentions)
    helpers = {mentions[i].name for i in outside} - {m.name for i, m in enumerate(mentions) if i not in outside}
    heading = info.title or ""
    # 乌兰察布日报记者走基层 in a title names who tells, not what of.
    in_title = [m for m in gazetteer.find(heading, year=year) if not _PAPER_AFTER.match(heading, m.end)]
    helping_there = helping.outside(heading, in_title)
    for index, mention in enumerate(in_title):
        add(mention, 0.0 if mention.name in helpers or index in helping_there else TITLE, "title")
    for index, mention in enumerate(mentions):
        in_lead = lead[0] <= mention.start < lead[1]
        # 泰安新闻网 in a byline says who tells.
        tells = not in_lead and _PAPER_AFTER.match(text, mention.end)
        if index in outside or tells or _is_prefix(text, mentions, index):
            add(mention, 0.0, "")
            continue
        if mention.end <= title:
            add(mention, TITLE, "title")
        elif in_lead:
            add(mention, LEAD, "lead")
        entry = candidates.get(mention.name)
        if entry is None or entry.named < MOST_NAMED:
            add(mention, NAMED, "")
            candidates[mention.name].named += 1
    for mention in bare:
        add(mention, LEAD, "towns")
    _doubt_bare_names(mentions, candidates)
    for office in offices:
        for mention in gazetteer.find(office, year=year):
            weight = NAMED if _MEDIA.search(office) else SUPPLIER if _OFFICE.search(office) else NAMED
            add(mention, weight, "supplier" if weight == SUPPLIER else "publisher")
    _speak_for_their_class(text, candidates.values())
    return candidates


def _doubt_bare_names(mentions: Sequence[PlaceMention], candidates: Mapping[str, _Candidate]) -> None:
    """Halve what counties weigh that are only called by a name without their class, where another is named in full.

    Of villages and rivers some are called like a county (武山, 清水河, 柳江). Who stands in the title is meant.
    """
    rivals = {name for name, c in candidates.items() if c.level is Level.COUNTY and c.weight}
    in_full = {m.name for m in mentions if m.text[-1] in counties.CLASSES} & rivals
    for name in rivals - in_full if in_full else ():
        if "title" not in candidates[name].said:
            candidates[name].weight /= 2


def _by_paper(text: str, info: DocumentInfo, year: int | None) -> dict[str, _Candidate]:
    """The place that a publisher's name has without its class, where the text calls it its own: 今日会宁 and 我县."""
    found = _PAPER.fullmatch(info.publisher or "")
    kinds = [kind for kind in ("县", "市", "区", "旗") if f"我{kind}" in text]
    if not found or len(kinds) != 1:
        return {}
    name = found["stem"] + kinds[0]
    whole = (m for m in gazetteer.find(name, year=year) if m.end - m.start == len(name))
    return {m.name: _Candidate(m.name, m.choices, weight=LEAST) for m in whole}


def _bearers(mention: PlaceMention, context: Iterable[str], text: str, year: int | None) -> tuple[Division, ...]:
    """Who the name can be: told by the provinces and prefectures around it, else by towns of theirs that are named."""
    known = gazetteer.resolve(mention.choices, context, year=year)
    if known is not None:
        return (known,)
    with_towns = [d for d in mention.choices if any(town in text for town in gazetteer.towns(d.adcode))]
    return tuple(with_towns) if len(with_towns) == 1 else mention.choices


def _is_prefix(text: str, mentions: Sequence[PlaceMention], index: int) -> bool:
    """Whether the mention only says where the next one lies: 临汾市|古县, 宁夏·隆德."""
    following = mentions[index + 1] if index + 1 < len(mentions) else None
    return following is not None and text[mentions[index].end : following.start] in gazetteer.JOINED


def _title(text: str, info: DocumentInfo) -> int:
    """Where the title ends: the known one, else a first line that is no sentence."""
    if info.title and (at := text.find(info.title)) >= 0:
        return at + len(info.title)
    first = re.search(r"\S[^\n]*", text)
    return first.end() if first and len(first[0]) <= 40 and not voices.SENTENCE.search(first[0]) else 0


def _class_of(candidate: _Candidate) -> str:
    """Which of 全县, 全市, 全省 can mean the division."""
    if candidate.level is Level.PROVINCE:
        return "市" if candidate.name.endswith("市") else "省"
    return _CLASS.get(candidate.name[-1], "县")


def _speak_for_their_class(text: str, candidates: Iterable[_Candidate]) -> None:
    """Add what 全县 and 全市 say; divisions of a class that the text never calls its own lose half."""
    counts = {kind: len(words.findall(text)) for kind, words in voices.SELF.items()}
    most = max(counts.values())
    if not most:
        return
    for candidate in candidates:
        own = counts[_class_of(candidate)]
        candidate.weight = candidate.weight + OWN_CLASS * own / most if own * 3 >= most else candidate.weight / 2


def _decide(ranked: Sequence[_Candidate], text: str) -> Subject:
    """The heaviest, unless another weighs nearly as much; a county before the prefecture that only frames it."""
    if (frame := _frame(ranked)) is not None:
        ranked = [frame]
    first = ranked[0]
    rivals = [c for c in ranked[1:] if c.weight * CLEAR > first.weight and not _frames(c, first)]
    titled = [c for c in (first, *rivals) if "title" in c.said]
    if rivals and len(titled) == 1 and titled[0].level is Level.COUNTY:
        # 马边彝族自治县脱贫攻坚情况介绍, at the border of three prefectures that its first line names.
        first, rivals = titled[0], []
    below = [c for c in rivals if _frames(first, c)]
    if len(below) == 1 and rivals == below and "全市" not in text and "我市" not in text:
        first, rivals = below[0], []
    if all(_frames(first, c) for c in rivals) and _speaks(text, first):
        # 白银因铜而兴。全市…: its counties are named as often, and nothing above it is asked for.
        rivals = []
    above = [c for c in ranked if rivals and all(_frames(c, county) for county in (first, *rivals))]
    if len(above) == 1 and _speaks(text, above[0]):
        # 普定、镇宁退出贫困县序列, and then 我市6个县区: told by the prefecture of its counties.
        first, rivals = above[0], []
    if rivals and len(at_home := [c for c in (first, *rivals) if _has_towns_in(text, c)]) == 1:
        # 师宗 and 武山 are named as often, but 龙庆乡 and 竹基镇 lie in one of them: the other is a village's name.
        first, rivals = at_home[0], []
    if rivals:
        names = "、".join(c.name for c in (first, *rivals))
        return _open(f"{names}在文中同样突出，无法确定写的是哪一个", (first, *rivals))
    division = first.division
    if division is None:
        places = "、".join(dict.fromkeys(d.prefecture or d.province for d in first.bearers))
        return _open(f"“{first.name}”有{len(first.bearers)}处同名({places}),文中没有写明是哪一处", (first,))
    basis = Basis.STATED if first.said & {"title", "lead", "supplier"} else Basis.INFERRED
    return _subject(division, basis)


def _frame(ranked: Sequence[_Candidate]) -> _Candidate | None:
    """The province or prefecture in the title, where no place in it stands there too and none is named far oftener.

    大理州产业扶贫典型, and then 宾川县 and 漾濞县 a paragraph each, in which 全县 is theirs.
    """
    for frame in ranked:
        if "title" not in frame.said or frame.level is Level.COUNTY:
            continue
        below = sorted((c for c in ranked if _frames(frame, c)), key=lambda c: -c.named)
        told = any("title" in c.said or "supplier" in c.said for c in ranked if c is not frame)
        if len(below) > 1 and not told and below[0].named < FAR_OFTENER * below[1].named:
            return frame
    return None


def _has_towns_in(text: str, candidate: _Candidate) -> bool:
    """Whether the text names a town of this county."""
    division = candidate.division
    return division is not None and any(town in text for town in gazetteer.towns(division.adcode))


def _speaks(text: str, candidate: _Candidate) -> bool:
    """Whether the text speaks for a place of this class: 我市, 全市."""
    return voices.SELF[_class_of(candidate)].search(text) is not None


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


def _given(name: str, mentions: Sequence[PlaceMention], year: int | None) -> Subject:
    """The user's subject, resolved by what the name itself and the text say of its province and prefecture."""
    own = gazetteer.find(name, year=year)
    last = own[-1] if own and own[-1].end == len(name) else None
    context = {m.name for m in (*own[:-1], *mentions)} - ({last.name} if last else set())
    division = gazetteer.resolve(last.choices, context, year=year) if last else None
    if division is not None:
        return _subject(division, Basis.GIVEN)
    small = small_subject.named_in(name, own)
    if own and small and small[-1].end == len(name):
        return small_subject.resolved(name, small[-1:], own, Basis.GIVEN, year)
    level = {"镇": Level.TOWN, "乡": Level.TOWN, "道": Level.TOWN, "村": Level.VILLAGE}.get(name[-1:])
    choices = tuple(Choice(name=d.name, adcode=d.adcode) for d in last.choices) if last else ()
    return Subject(name=name, level=level, basis=Basis.GIVEN, choices=choices)
