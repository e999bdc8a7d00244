"""Cases: people whose story the article tells, not officials whom it quotes."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from schemas.reading import CaseReading, NumberReading
from schemas.vocabulary import Level
from summarizer import words as dictionary
from summarizer.precheck.brief import PlaceName
from summarizer.precheck.meant import is_left
from summarizer.precheck.speakers import still_there
from summarizer.readers.clauses import Around, Stretch
from summarizer.readers.extracts import body, numbers_in, prose, shortened
from summarizer.readers.narrative import words
from summarizer.readers.study import Study
from summarizer.text.people import SURNAME

SUMMARY_CHARS = 120
PLACE_REACH = 600
"""Characters in front of a name in which the village it belongs to was named."""

HEAD_CHARS = 24
"""Characters at the beginning of a paragraph in which its person is introduced."""

STORY = 5000
"""Characters on either side in which the same person is named again."""

COMMON = 60
"""Times in the dictionary's corpus: a more frequent word is no part of a name."""

BEHIND = 14
"""Characters behind a name in which its village follows (周某是王庄村的老贫困户)."""

_HAN = "\u4e00-\u9fff"
_NAME_OF_TWO = re.compile(f"{SURNAME}[{_HAN}]")
_NAME_OF_THREE = re.compile(f"{SURNAME}[{_HAN}]{{2}}")
_THREE = re.compile(f"[{_HAN}]{{3}}")
_CLAUSE_END = re.compile(r"[，,。；;：:！？“”、\n]")
_OF_PLACES = frozenset("村镇乡县市区州组")
"""What follows the name of a place, or ends it."""
_NO_SECOND = re.compile("[比下说都是也要把被对不就还又的了着过们让给个等户]")
"""Characters that go on after a surname-like character (`常说`, `都在`) and begin no given name."""

_EVEN = re.compile("连[^，。；]{1,6}?[也都]")
"""Even, and no surname: 贫困户家里通了电,连电费也省了."""


def cases(study: Study, section: int, numbers: tuple[NumberReading, ...]) -> tuple[CaseReading, ...]:
    """The people of a section that a role (`贫困户`, `村民`) or their own words and story present, each once."""
    part = body(study, study.brief.parts[section])
    meant = {n.id for n in numbers if n.set_aside is None}
    found: dict[str, CaseReading] = {}
    for at, person in people_of(study, section):
        if person not in found and (quote := _quote(study, part.start, part.end, at)) is not None:
            told = shortened(study, study.layout.sentence(at), SUMMARY_CHARS) or quote
            found[person] = CaseReading(
                person=person,
                place=_place(study, at) or home(study, everybody(study), person),
                summary=prose(study, told),
                numbers=tuple(i for i in _numbers(study, person, part.start, part.end) if i in meant),
                quote=study.brief.text[quote.start : quote.end],
            )
    return tuple(found.values())


def everybody(study: Study) -> tuple[tuple[int, str], ...]:
    """The people of all sections: who was presented in one is known in the others."""
    if not study.everybody:
        study.everybody.append(tuple(named for part in study.brief.parts for named in people_of(study, part.index)))
    return study.everybody[0]


def people_of(study: Study, section: int) -> tuple[tuple[int, str], ...]:
    """Where people with a story are named in a section, and their names; looked for once."""
    if section not in study.people:
        part = body(study, study.brief.parts[section])
        study.people[section] = tuple(people(study, part.start, part.end))
    return study.people[section]


def people(study: Study, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Where a person with a story is named, and the name.

    Named after a role (贫困户周某), after a village (王庄村的周某), at a clause's head, or behind any 的 with an age
    (从山上搬来的周某今年41岁).
    """
    text = study.brief.text
    role, head = _openings()
    presented = {m.end() for m in role.finditer(text, start, end)}
    after_place = {_behind(text, p.end) for p in study.places_in(start, end) if p.adcode is None}
    presented |= {at for at in after_place if text.startswith("的", at - 1)}
    # The body of a section begins behind the blanks that open its first line.
    line = len(text[:start].rstrip(" \u3000"))
    heads = {m.end() for m in head.finditer(text, max(0, line - 1), end)}
    full: set[str] = set()
    for at in sorted(presented | after_place | heads):
        name = _name(text, at)
        if name is None or words("cases", "works").match(text, at + len(name)):
            continue
        if any(_is_official(text, again, name) for again in _again(text, at, name)):
            continue
        # 贾大娘 is somebody of her own where no other of that surname has a name in the article.
        if words("cases", "title").fullmatch(name, 1) and any(other[0] == name[0] for other in full):
            continue
        aged = words("cases", "aged").match(text, at + len(name))
        told = aged or words("cases", "tells").match(text, at + len(name)) or _is_meant(text, at + len(name))
        # 安置点, said again, begins with a word as a name may (马国兴): that takes a story.
        told = told or (not dictionary.count(name[:2]) and _is_said_again(text, at, name))
        if told or (at in presented and _has_story(study, at)):
            full.add(name)
            yield at, name


def _again(text: str, at: int, name: str) -> Iterator[int]:
    """Where a name stands within reach of a place: an office is told once (村党支部书记刘某…。刘某说)."""
    found = text.find(name, max(0, at - STORY), at + STORY)
    while found >= 0:
        yield found
        found = text.find(name, found + len(name), at + STORY)


_OF_ALL = re.compile("全[县市区旗镇乡省州]")
"""What a sentence goes on about: 周某种茶11亩。全县茶园11万亩,人均半亩,产值…"""


_LIKE = re.compile("[像如同和跟与][他她](?:们|家)?(?:这样|一样|那样)")
"""Whom others are likened to."""

_OF_VILLAGE = re.compile("[全我该本]村|村里|村集体|村委会")
"""What leads from a part of a village back to the village."""

_HE_SAYS = re.compile("[，,]?[他她][^，。“]{0,8}(?:说|告诉|道|讲|笑)")


def told_of(study: Study, named: Sequence[tuple[int, str]], near: Around) -> str:
    """The person of `named` whom a number is told of: named in its sentence, or meant by a pronoun there (他, 老周).

    Empty where there is none, and where the clause speaks of a whole place (全村126户).
    """
    if not named:
        return ""
    text, sentence = study.brief.text, near.sentence
    inside = _between(named, sentence.start, sentence.end)
    # 贫困户周某养羊3只 speaks of him alone.
    clause = text[near.clause.start : near.clause.end]
    for _, name in _between(named, near.clause.start, near.clause.end):
        clause = clause.replace(f"贫困户{name}", name).replace(f"农户{name}", name)
    if words("cases", "whole").search(clause) or _OF_ALL.search(text, sentence.start, near.number.start):
        return ""
    if inside and inside[0][0] < near.clause.end:
        return inside[0][1]
    start = study.layout.paragraph(near.number.start).start
    told = text[sentence.start : sentence.end]
    if again := [name for _, name in _between(named, 0, sentence.start) if name in told]:
        return again[-1]
    before = _between(named, start, sentence.start)
    last = before[-1][1] if before else ""
    if last and _says(text, near, start):
        return last
    # 像他这样的店不少,民和人在外开了3100家: the county's people are told of, and he is only one of them.
    own = any(p.name == study.brief.subject.name for p in study.places_in(sentence.start, near.number.start))
    if not last or own:
        return ""
    told = _LIKE.sub("", told)
    return last if f"老{last[0]}" in told or words("cases", "pronoun").search(told) else ""


def _between(named: Sequence[tuple[int, str]], start: int, end: int) -> Sequence[tuple[int, str]]:
    """The people named in `[start, end)`."""
    return named[bisect_left(named, (start,)) : bisect_left(named, (end,))]


def _says(text: str, near: Around, start: int) -> bool:
    """Whether the number is said by somebody whom only a pronoun names: “家离厂子2公里。”她说."""
    at = near.number.start
    opening, closing = text.rfind("“", start, at), text.find("”", at, at + STORY)
    spoken = opening >= 0 and closing >= 0 and "”" not in text[opening:at]
    return spoken and _HE_SAYS.match(text, closing + 1) is not None


def home(study: Study, named: Sequence[tuple[int, str]], person: str) -> str | None:
    """The village or town of one of the people of `named`, where the text tells it; None where it is the subject."""
    place = next((place for at, name in named if name == person and (place := _place(study, at))), None)
    own = study.brief.subject.name
    return None if place is not None and own is not None and place.endswith(own) else place


@cache
def _openings() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before a name: a role, the head of a clause, or a clause that the name closes (最难弄的是刘某)."""
    begins = f"(?={SURNAME}|{words('cases', 'given').pattern})"
    role = re.compile(f"(?:{words('cases', 'roles').pattern}){begins}")
    aged = rf"(?<=的)(?=[{_HAN}]{{2,3}}{words('cases', 'aged').pattern})"
    closes = rf"(?<=[的是到])(?={SURNAME}[{_HAN}]{{1,2}}时?[，。])"
    return role, re.compile(rf"(?:^|[。！？\n，,；;”“])[ 　]*{begins}|{aged}|{closes}")


def _behind(text: str, end: int) -> int:
    """Where a name would begin that a village introduces (王庄村的周某)."""
    return end + 1 if text[end : end + 1] == "的" else end


def _name(text: str, at: int) -> str | None:
    """The surname and the one or two characters of a name that begins at `at`; None where it is none.

    A beginning that the dictionary has as a word is no name (高兴地说, 农民保底分红). A name of three is taken where
    the article says it again, or where what follows does not go on as after a name of two (陈焕乐呵呵地).
    """
    if given := words("cases", "given").match(text, at):
        return given.group()
    if called := _called().match(text, at):
        return called.group()
    three, two = text[at : at + 3], text[at : at + 2]
    # 村民都用上了自来水, 跟着老板边干边学: hardly anybody is called so.
    if two[:1] == "都" or two[:1] == three[2:] or _EVEN.match(text, at):
        return None
    if _is_said_again(text, at, three):
        return three
    if _is_called(three) and _is_aged(text, at + 3):
        return three
    if not _NAME_OF_TWO.fullmatch(two) or _NO_SECOND.match(two, 1):
        return None
    if dictionary.count(two):
        spoken = (
            three[2:] not in "的地" and words("cases", "speaks").match(text, at + 3) and not dictionary.count(three)
        )
        return three if spoken and _NAME_OF_THREE.fullmatch(three) and not _NO_SECOND.search(three, 1) else None
    if three[2:] in _OF_PLACES:
        return None
    if not _THREE.fullmatch(three) or _NO_SECOND.match(three, 2):
        return two
    low, high = max(0, at - STORY), at + STORY
    again3, again2 = text.count(three, low, high), text.count(two, low, high)
    if again2 > again3:
        return two
    if again3 > 1:
        return three
    return two if words("cases", "goes_on").match(text, at + 2) else three


def _is_called(three: str) -> bool:
    """Whether anybody may be called so: 女干部, 老丈人 and 船家女 begin or end in a word, and with no surname."""
    if not _THREE.fullmatch(three) or _NO_SECOND.search(three, 1) or dictionary.count(three[1:]) > COMMON:
        return False
    return _NAME_OF_THREE.fullmatch(three) is not None or not dictionary.count(three[:2])


def _is_aged(text: str, end: int) -> bool:
    """Whether an age behind it makes three characters a name (白玉花51岁, though 白玉 is a word).

    Not where the age is that of who comes next: 车间里,38岁的周某.
    """
    aged = words("cases", "aged").match(text, end)
    return aged is not None and not text.startswith("的", aged.end())


def _is_said_again(text: str, at: int, three: str) -> bool:
    """Whether three characters after a surname are a name by how the article uses them: again, before something else.

    A longer word goes on alike wherever it stands, a name does not (马国兴直摆手 … 马国兴的日子). What follows the
    surname in a name is no common word (高标准), none begins with its last character (金融扶持), and no 村 comes next.
    Nobody is called 安置点.
    """
    if not _NAME_OF_THREE.fullmatch(three) or three[2] in _OF_PLACES or dictionary.count(three):
        return False
    # 安置点 begins as 安国兴 does.
    if _NO_SECOND.search(three, 1) or dictionary.count(three[1:]) > COMMON or three.startswith("安置"):
        return False
    behind = {text[i + 3 : i + 4] for i in _again(text, at, three)}
    if len(behind) == 1 or behind & _OF_PLACES:
        return False
    return not any(dictionary.count(three[2] + follows) for follows in behind)


@cache
def _called() -> re.Pattern[str]:
    """A surname with what somebody is called by (贾大娘)."""
    return re.compile(f"{SURNAME}(?:{words('cases', 'title').pattern})")


def _is_meant(text: str, end: int) -> bool:
    """Whether a pronoun goes on about who was just named: 最难弄的是刘某。他42岁; 碰到从棚里出来的周某。去年,她…."""
    return words("cases", "meant").match(text, end) is not None


def _is_official(text: str, at: int, name: str) -> bool:
    """Whether a title stands before or behind the name: those speak for an office, not for themselves."""
    officials = words("cases", "officials")
    before = words("cases", "met").sub("", _CLAUSE_END.split(text[max(0, at - 14) : at])[-1])
    after = text[at + len(name) : at + len(name) + 3]
    # 贺院长 is called by an office.
    return bool(officials.search(before) or officials.match(after) or officials.fullmatch(name, 1))


def _has_story(study: Study, at: int) -> bool:
    """Whether the sentence, or the one after it, tells of the person's life or lets the person speak."""
    sentence = study.layout.sentence(at)
    return bool(words("cases", "story").search(study.brief.text, sentence.start, min(sentence.end + 60, at + 160)))


def _quote(study: Study, first: int, last: int, at: int) -> Stretch | None:
    """The clause that names the person, without its closing mark."""
    clause = study.layout.clause(at)
    text = study.brief.text
    start, end = max(clause.start, first), min(clause.end, last)
    while start < end and text[start] in " 　\n”“，,。":
        start += 1
    while end > start and text[end - 1] in " 　\n，,。；;：:！？!?“":
        end -= 1
    return Stretch(start, end) if start < end else None


def _place(study: Study, at: int) -> str | None:
    """The village or town that the person is introduced with (`王庄村的…`, `…是王庄村的`), or that was named before.

    Places of counties and above are not a person's; the subject is null.
    """
    text, sentence, paragraph = study.brief.text, study.layout.sentence(at), study.layout.paragraph(at)
    near = study.places_in(max(0, at - PLACE_REACH), min(sentence.end, at + PLACE_REACH))
    small = [p for p in near if p.adcode is None and p.name != study.brief.subject.name]
    # 原先住在甲镇的安某去年搬来: she is at home where the paragraph was before.
    before = [p for p in small if p.end <= at and not is_left(text, p, near, study.brief.subject)]
    behind = [p for p in small if p.start > at]
    if before and before[-1].start >= sentence.start:
        return _full(study, before[-1])
    if behind and behind[0].start <= at + BEHIND:
        return _full(study, behind[0])
    said = next((p for p in behind if words("cases", "lives").search(text[sentence.start : p.start])), None)
    if said is not None:
        return _full(study, said)
    if before and before[-1].start >= paragraph.start:
        return _full(study, before[-1])
    # “……”搬迁户陈某说: a speech alone in its paragraph goes on from the one before.
    # 村民陈某 in a paragraph without a village is of the one told of before.
    if not before:
        return None
    if study.brief.subject.level is Level.VILLAGE and _OF_VILLAGE.search(text, before[-1].end, paragraph.start):
        return None
    told = "“" in text[paragraph.start : at] or text.endswith("村民", 0, at)
    # 贫困户陈某 at the beginning of one, too, where nothing has led back to the county since.
    low = max(paragraph.start, at - HEAD_CHARS)
    heads = low == paragraph.start and any(m.end() == at for m in words("cases", "roles").finditer(text, low, at))
    county = study.brief.subject.level not in {Level.TOWN, Level.VILLAGE}
    stays = county and heads and still_there(text, before[-1], at, study.brief.subject)
    return _full(study, before[-1]) if told or stays else None


def _full(study: Study, place: PlaceName) -> str:
    """The place with the town that the article gives it anywhere, and with the site in it that follows."""
    longer = {p.name for p in study.brief.places if p.name != place.name and p.name.endswith(place.name)}
    name = longer.pop() if len(longer) == 1 else place.name
    site = words("cases", "site").match(study.brief.text, place.end)
    return name + site.group() if site and name.endswith(("乡", "镇")) else name


def _numbers(study: Study, person: str, first: int, last: int) -> Iterator[int]:
    """The candidates of the sentences that name the person."""
    at = study.brief.text.find(person, first, last)
    while at >= 0:
        sentence = study.layout.sentence(at)
        yield from numbers_in(study, sentence)
        at = study.brief.text.find(person, sentence.end, last)
