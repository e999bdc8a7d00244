"""Partners and designations: who helps the subject from outside, and the official labels it bears."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache, reduce
from itertools import chain, pairwise
from operator import or_

from schemas.vocabulary import Level
from summarizer.precheck.brief import PlaceName
from summarizer.precheck.places import is_inside
from summarizer.readers.clauses import Stretch
from summarizer.readers.extracts import body
from summarizer.readers.narrative import needed, words
from summarizer.readers.organisations import agencies, ministries, organisations, units
from summarizer.readers.study import Study

_HAN = "\u4e00-\u9fff"
LONGEST_NAME = 16
LEAST_NAME = 3
LEAST_LABEL = 3
"""Characters of 边境县; 贫困县 is a sort of counties."""


def partners(study: Study) -> tuple[str, ...]:
    """Outside helpers by name, in the order of the text, each once; a place by the fullest of its names."""
    named: dict[int, str] = {}
    for part in (body(study, part) for part in study.brief.parts):
        for at, name in chain(_in_clauses(study, part), _named_in_full(study, part)):
            named[at] = max(named.get(at, ""), name, key=len)
    names = set(named.values())
    named = {at: n for at, n in named.items() if not any(other != n and _is_short_for(n, other) for other in names)}
    found: dict[str, str] = {}
    for at, name in sorted(named.items()):
        code = _place_code(study, at, name)
        found[code or name] = max(found.get(code or name, ""), name, _fullest(study, code) if code else "", key=len)
    alone = set(found.values())
    # 湖北省 and 湖北省武汉市: who is named by itself is left out of the other's name.
    return tuple(dict.fromkeys(_without(name, alone) for name in found.values()))


def _is_short_for(name: str, other: str) -> bool:
    """Whether a name is a shorter one of another: 华西医院 of 四川大学华西医院, 谷源公司 of 北京谷源食品有限公司."""
    stem = name.removesuffix("公司")
    return other.endswith(name) or (stem != name and len(stem) > 1 and stem in other and other.endswith("公司"))


def _without(name: str, others: set[str]) -> str:
    return next((name.removeprefix(o) for o in others if name != o and name.startswith(o) and o.endswith("省")), name)


def _fullest(study: Study, code: str) -> str:
    """The longest name that the article has for a place outside, with the place it stands behind."""
    places = study.outside(0, len(study.brief.text))
    joined = (
        study.brief.text[a.start : b.end]
        for a, b in pairwise(places)
        if a.end == b.start and b.adcode == code and (a.adcode or "")[:2] == code[:2]
    )
    return max(joined, key=len, default="")


def _place_code(study: Study, at: int, name: str) -> str | None:
    """The code of the place that a name is (天津市宝坻区, 天津宝坻区); None for any other helper."""
    inside = study.places_in(at, at + len(name))
    return inside[-1].adcode if inside and inside[-1].end == at + len(name) else None


def _in_clauses(study: Study, part: Stretch) -> Iterator[tuple[int, str]]:
    """The helpers that clauses name; a sentence without a word of one is passed over whole."""
    sentence, speaks = Stretch(part.start, part.start), False
    for clause in study.layout.clauses(part.start, part.end):
        if clause.start >= sentence.end:
            sentence = study.layout.sentence(clause.start)
            speaks = study.tells(sentence, _namers())
        if speaks or clause.end > sentence.end:
            yield from _in_clause(study, clause, sentence)


def _in_clause(study: Study, clause: Stretch, sentence: Stretch) -> Iterator[tuple[int, str]]:
    text = study.brief.text
    wide = Stretch(clause.start, min(sentence.end, clause.end + 60))
    whole = Stretch(clause.start, max(wide.end, clause.end))
    if not study.tells(whole, _namers()):
        return
    told = study.told(whole)
    needs = needed("partners")
    if told & needs["listed"]:
        yield from _listed(text, wide)
    if told & needs["brand"]:
        yield from _branded(text, clause)
    if told & needs["kinds"]:
        helps = _helps(text, clause, told) or _helps_next(study, clause)
        yield from ((at, n) for at, n in organisations(study, clause) if helps or _comes(study, clause, at, n))
    if told & needs["ministry"]:
        yield from ministries(study, wide)
    if told & needs["units"]:
        yield from units(study, wide)
    if told & needs["agency"]:
        yield from agencies(study, clause)
    if told & needs["paired"] and words("partners", "paired").search(text, clause.start, clause.end):
        yield from _paired_places(study, clause)
        yield from _neighbours(study, clause)


def _named_in_full(study: Study, part: Stretch) -> Iterator[tuple[int, str]]:
    """Counties of other prefectures by their full names (太原市小店区), a list of them one by one."""
    text = study.brief.text
    for place in study.outside(part.start, part.end):
        if not _IN_FULL.search(place.name) or (place.adcode or "").endswith("00") or not _written(text, place):
            continue
        clause = study.layout.clause(place.start)
        whole = next((p for p in _joined(study, clause) if p.start <= place.start < p.end), None)
        if whole is None or whole.end > place.end or _goes_on_as_name(text, whole.end):
            continue
        if not _stands_free(text, whole.start):
            continue
        if words("partners", "only_there").search(text, clause.start, whole.start):
            continue
        if words("partners", "of_there").match(text, whole.end) is None:
            yield whole.start, text[whole.start : whole.end]


def _stands_free(text: str, at: int) -> bool:
    """Whether a name may begin here: 西山区 of 辽西山区 is none."""
    return (
        at == 0 or text[at - 1] in "由与和是及的年月日天来初底同为给有提、" or not "\u4e00" <= text[at - 1] <= "\u9fff"
    )


def _written(text: str, place: PlaceName) -> bool:
    return text[place.start : place.end].endswith(place.name[-1])


@cache
def _namers() -> int:
    """The signs of all words without which a clause names no helper."""
    needs = needed("partners")
    return reduce(or_, (needs[name] for name in ("listed", "brand", "kinds", "ministry", "units", "agency", "paired")))


def _helps(text: str, clause: Stretch, told: int) -> bool:
    """Whether the clause tells of help; `told` are the signs of its words."""
    help_ = words("partners", "help")
    return bool(told & needed("partners")["help"]) and help_.search(text, clause.start, clause.end) is not None


def _comes(study: Study, clause: Stretch, at: int, name: str) -> bool:
    """Whether an organisation that bears the name of a place outside acts here, whatever it does.

    Nobody has only learnt, worked or been healed there (在西安交通大学读书).
    """
    text = study.brief.text
    # 郑州的丹源果业公司来了: where it is from may stand in front of its name.
    near = study.outside(max(clause.start, at - LONGEST_NAME), at + len(name))
    if not any(p.start == at or text[p.end : at] == "的" for p in near):
        return False
    return not (
        words("partners", "visited").search(text, clause.start, at)
        or words("partners", "visitor").match(text, at + len(name))
    )


def _helps_next(study: Study, clause: Stretch) -> bool:
    """Whether the clause behind begins with what a helper does: 甲集团带着资金来了,对口帮扶3个村."""
    text = study.brief.text
    end = study.layout.sentence(clause.start).end
    return clause.end < end and words("partners", "does").match(text, clause.end, end) is not None


def _listed(text: str, clause: Stretch) -> Iterator[tuple[int, str]]:
    """`引进甲集团、乙文旅等企业`: the members of the list."""
    for found in words("partners", "listed").finditer(text, clause.start, clause.end):
        at = found.start(2)
        members = found.group(2).split("、")
        # 引进制衣、制鞋、电子装配等企业: trades, not names.
        if any(len(member) < LEAST_NAME for member in members):
            continue
        for member in members:
            name = member.strip("“”()（）")
            # A list of one is a name only with an organisation's ending; 与…等单位 of common nouns is none.
            if LEAST_NAME <= len(name) <= LONGEST_NAME and (
                len(members) > 1 or words("partners", "kinds").search(name)
            ):
                yield at, name
            at += len(member) + 1


def _branded(text: str, clause: Stretch) -> Iterator[tuple[int, str]]:
    """`与平台“某某”合作`: the name in quotation marks."""
    for found in words("partners", "brand").finditer(text, clause.start, clause.end):
        yield found.start(1), found.group(1)


def _paired_places(study: Study, clause: Stretch) -> Iterator[tuple[int, str]]:
    """Places of another province or prefecture that a clause of help names, a city with its district as one."""
    text = study.brief.text
    named = _joined(study, clause)
    # 北京市东城区、朝阳区: a district of a name that several cities have is of the city of its list.
    more = [m for p in named for m in words("partners", "member").finditer(text, p.end, clause.end)]
    named += [Stretch(m.start(1), m.end(1)) for m in more if not any(p.start <= m.start(1) < p.end for p in named)]
    named = [p for p in named if _NAMELESS.match(text, p.end) is None]
    own = [p for p in named if not _goes_on_as_name(text, p.end) and not _is_helped(text, p, clause)]
    return ((p.start, text[p.start : p.end + _zone(text, p.end)]) for p in own)


def _neighbours(study: Study, clause: Stretch) -> Iterator[tuple[int, str]]:
    """Counties of the subject's own prefecture that are told to help it (对口帮扶的宜昌市伍家岗区), with its name."""
    text, subject = study.brief.text, study.brief.subject
    if subject.level is not Level.COUNTY or subject.adcode is None:
        return
    places = study.places_in(clause.start, clause.end)
    for i, place in enumerate(places):
        code = place.adcode or ""
        if code[:4] != subject.adcode[:4] or code == subject.adcode or not _written(text, place):
            continue
        start = places[i - 1].start if i and places[i - 1].end == place.start else place.start
        paired = words("partners", "pairs").search(text, clause.start, start)
        if not code.endswith("00") and (paired or words("partners", "helps").match(text, place.end, clause.end)):
            yield start, text[start : place.end]


def _joined(study: Study, clause: Stretch) -> list[Stretch]:
    """The places outside that a clause names, a city with its district as one."""
    named: list[Stretch] = []
    for place in study.outside(clause.start, clause.end):
        # 番禺区派驻某村: who is sent there is of the district.
        sent = _SENT_TO.search(study.brief.text, place.start, place.end)
        end = sent.start() if sent else place.end
        if named and named[-1].end == place.start:
            named[-1] = Stretch(named[-1].start, end)
        else:
            named.append(Stretch(place.start, end))
    own = study.brief.subject.name
    return [p for p in named if own is None or not study.brief.text.endswith(own, p.start, p.end)]


_SENT_TO = re.compile("(?<=[区县市旗州])派?驻")
_IN_FULL = re.compile("[区县市旗]$")
_HELPED = re.compile("(?:[向给为]|驰援|支援|援助|捐助)$")
_GIVEN_TO = re.compile("(?:捐|捐赠|赠|送|寄)给?$")
_NAMELESS = re.compile("的?[一两几多]家")
"""北京一家出版社捐书: a firm without a name is not its city."""

_GIVEN = re.compile("捐|援|输送")
_ZONE = re.compile(f"(?:[{_HAN}]{{0,4}}?(?:工业园区|开发区|高新区|经开区|新区)|[{_HAN}]{{2,3}}街道)(?!别|域|的)")


def _is_helped(text: str, place: Stretch, clause: Stretch) -> bool:
    """Whether a place receives: 甲集团向湖北捐款, 医疗队驰援武汉."""
    if _GIVEN_TO.search(text, max(clause.start, place.start - 3), place.start):
        return True
    if _HELPED.search(text, max(clause.start, place.start - 2), place.start) is None:
        return False
    return text[place.start - 1] in "援助" or _GIVEN.search(text, place.end, min(clause.end, place.end + 6)) is not None


def _zone(text: str, end: int) -> int:
    """How many characters behind a place are the name of a zone or a street of it: 苏州|工业园区."""
    zone = _ZONE.match(text, end)
    return len(zone.group()) if zone else 0


def _goes_on_as_name(text: str, end: int) -> bool:
    """Whether a place is the beginning of an organisation's name (湛江国联水产公司)."""
    return re.compile(rf"[{_HAN}]{{0,8}}?(?:{words('partners', 'kinds').pattern})").match(text, end) is not None


def designations(study: Study) -> tuple[str, ...]:
    """Official status labels that the article gives its subject, in the order of the text, each once."""
    found: dict[int, str] = {}
    text = study.brief.text
    if study.brief.subject.name is None:
        return ()
    for clause in _hinted(study):
        for match in words("designations", "labels").finditer(text, clause.start, clause.end):
            front = words("designations", "front").match(match.group())
            start = match.start() + (front.end() if front else 0)
            if text.endswith("村", start, match.end()) and study.brief.subject.level is not Level.VILLAGE:
                continue
            if words("designations", "general").fullmatch(text, start, match.end()):
                continue
            said = any(_is_said_of_subject(study, at, match.end()) for at in {start, match.start()})
            if said and match.end() - start >= LEAST_LABEL:
                found[start] = _unquoted(text[start : match.end()])
    return tuple(_longest(dict.fromkeys(text for _, text in sorted(found.items()))))


def _hinted(study: Study) -> Iterator[Stretch]:
    """The clauses that hold a word of a label, and one for what is labelled: 贫困户12户 can hold no label."""
    text, kinds = study.brief.text, words("designations", "kinds")
    for part in study.brief.parts:
        hints = [m.start() for m in words("designations", "hints").finditer(text, part.start, part.end)]
        at = 0
        for clause in study.layout.clauses(part.start, part.end) if hints else ():
            at = bisect_left(hints, clause.start, at)
            hinted = at < len(hints) and hints[at] < clause.end
            if hinted and kinds.search(text, clause.start, clause.end):
                yield clause


def _is_said_of_subject(study: Study, start: int, end: int) -> bool:
    """A label that the clause gives (`是…`, `被评为…`, `…灵丘县`), not one that counts others (`5个省定贫困县`)."""
    text = study.brief.text
    clause = study.layout.clause(start)
    if _is_about_another(study, Stretch(clause.start, start)) or _goes_on_about_another(study, clause):
        return False
    before = text[max(clause.start, start - 12) : start]
    if re.search(words("designations", "counted").pattern, before):
        # 四个极度贫困县之一 is one of them; 5个省定贫困县 are others.
        return text.startswith("之一", end)
    after = text[end : end + 24]
    subject = study.brief.subject.name or "\0"
    stem = subject[:-1] if len(subject) > 2 else subject
    tail = re.search(rf"(?:{words('designations', 'said').pattern})[{_HAN}“”]{{0,6}}$", before)
    above = "|".join(re.escape(name) for name in (study.brief.subject.province, study.brief.subject.prefecture) if name)
    return bool(tail) or re.sub(rf"^(?:[的、，—]|{above or '—'})+", "", after).startswith(stem)


def _is_about_another(study: Study, front: Stretch) -> bool:
    """Whether the clause says it of other places (大宁和吉县被确定为…试点县)."""
    if words("designations", "honoured").search(study.brief.text, front.start, front.end):
        return True
    subject = study.brief.subject
    own = {subject.name, subject.province, subject.prefecture}
    return any(p.name not in own for p in study.places_in(front.start, front.end))


def _goes_on_about_another(study: Study, clause: Stretch) -> bool:
    """Whether the clause goes on about a place in the subject: 阿里家住某乡某村,属于深度贫困地区."""
    if words("designations", "goes_on").match(study.brief.text, clause.start, clause.end) is None:
        return False
    before = study.places_in(study.layout.sentence(clause.start).start, clause.start)
    return bool(before) and is_inside(before[-1], study.brief.subject)


def _longest(texts: Iterable[str]) -> Iterator[str]:
    """Texts that are not part of another one."""
    everything = list(texts)
    return (t for t in everything if not any(t != other and t in other for other in everything))


def _unquoted(text: str) -> str:
    """`text` without a quotation mark that has lost its other half."""
    return text if text.count("“") == text.count("”") else text.strip("“”")
