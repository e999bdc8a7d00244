"""Whom a story goes on about without a place: the people of a village's groups, and who answers in a dialogue."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from schemas.report import Subject
from summarizer import words
from summarizer.precheck import speakers
from summarizer.precheck.brief import PlaceName
from summarizer.precheck.candidate import START
from summarizer.text.people import PERSON

_GROUP = re.compile(
    r"(?<![\u4e00-\u9fff\d])(?P<part>[一二三四五六七八九十]{1,3}(?:村民)?[组社]|[\u4e00-\u9fff]{2,3}村民小组)的"
    r"|(?P<who>[\u4e00-\u9fff]{2,3})是(?P<part_>[一二三四五六七八九十]{1,3}[组社])(?=[的人来村])"
)
"""A group of the village by its number or its name, with who is of it: 三组的某某, 某某是五组的."""
_LONGEST_NAME = 4
_NO_PERSON = re.compile("[的了是在有和]|村民|群众|贫困|老人|家")
_SAID = re.compile("[ \t\u3000]*[“「][^”」]*[”」][ \t\u3000]*$")
"""A paragraph that is only what somebody says, who is not named: the one told of last answers."""
_ASKED = re.compile("[ \t\u3000]*[“「][^”」]*[”」][^。！？]{0,14}[。！？]?$")
_KIN = re.compile(
    r"[ \t\u3000]*(?:“[^”\n]{1,60}”)?(?:[^。，,！？“]{0,12}。)?[^。，,！？“]{0,10}[，,]?"
    "(?<!像)(?:老伴|妻子|丈夫|儿子|女儿|儿媳|他|她)(?!们)"
)
"""The beginning of a paragraph that goes on about the one told of last: 他, 转机在2016年。那年春天,他."""


_YEARS_ON = re.compile("[ \t\u3000]*(?:第[一二三四五]年|头[一两三]年|往回数|转年|第二天)")
"""The beginning of a paragraph that tells what came next, or before, in the story of the one before."""
_ITS_OWN = re.compile(
    "[ \t\u3000]*(?:(?:眼下|目前|如今|现在)[，,]?)?(?:这[个家座])?"
    "(?:合作社|园区|基地|工厂|车间|大棚|茶园|果园|电站|养殖场|加工厂|安置[点区])"
    "(?![+＋:：]|的?(?:[建怎带分]|是[^，,。]{0,8}[？?]))"
)
"""The beginning of a paragraph that goes on about what the place told of last has: 合作社理事长的本子上,社员214户."""

_OFFICE = re.compile(
    rf"(?:第一书记|支书|书记|队长|队员|主任)(?P<name>{PERSON})|(?P<name_>{PERSON})是[^，,。]{{0,30}}(?:书记|队长|队员|主任)"
)
"""Who speaks for the whole village: 第一书记某某, 某某是某校派驻的第一书记."""


def find(text: str, village: str) -> Iterator[PlaceName]:
    """Where a group of the village is named with one of its people, and where that person is named again.

    With the name of the village itself, where a sentence begins with somebody who speaks for all of it.
    """
    known: dict[str, str] = {}
    for found in _GROUP.finditer(text):
        name = found["who"] or recurring(text, found.end())
        part = found["part"] or found["part_"]
        yield PlaceName(found.start(), found.end(), part)
        if name and name not in known:
            known[name] = part
            alone = sum(other[0] == name[0] for other in known) == 1
            again = re.compile(f"{name}|老{name[0]}(?![\u4e00-\u9fff]?[村镇乡])" if alone else name)
            yield from (PlaceName(m.start(), m.end(), part) for m in again.finditer(text, found.end()))
    if known:
        heads = {(m["name"] or m["name_"]) for m in _OFFICE.finditer(text)}
        for name in sorted({h[:n] for h in heads for n in (2, 3) if text.count(h[:n]) > 1 and not words.count(h[:n])}):
            for head in re.finditer(rf"(?<=[。！？”\n\u3000 ]){name}", text):
                yield PlaceName(head.start(), head.end(), village)


def recurring(text: str, at: int) -> str | None:
    """The name that begins at a position: the longest run that the text has once more and the dictionary has not."""
    for length in range(_LONGEST_NAME, 1, -1):
        name = text[at : at + length]
        if len(name) == length and not re.fullmatch("[\u4e00-\u9fff]+", name):
            continue
        if text.count(name) > 1 and not words.count(name) and not _NO_PERSON.search(name):
            # 扶贫车间 is made of usual words.
            return name if any(len(word) == 1 or not words.count(word) for word in words.cut(name)) else None
    return None


def answers(text: str, told: Sequence[PlaceName], small: Sequence[PlaceName], subject: Subject) -> Iterator[PlaceName]:
    """The paragraphs of a dialogue that name nobody, and those that go on about the kin of who was told of last.

    `told` is where people are meant, `small` where villages and towns are named, both in order.
    """
    places = sorted([*told, *small], key=START)
    current: PlaceName | None = None
    for line in re.finditer("[^\n]+", text):
        first, last = (bisect_left(places, at, key=START) for at in line.span())
        kin = _KIN.match(line[0]) or _ITS_OWN.match(line[0]) or _YEARS_ON.match(line[0])
        goes_on = kin is not None and (first == last or places[first].start > line.start() + kin.end())
        goes_on = goes_on or (first == last and _SAID.match(line[0]) is not None)
        if current is not None and goes_on and speakers.still_there(text, current, line.start(), subject):
            yield PlaceName(line.start(), line.start() + 1, current.name)
        if first < last:
            current = places[last - 1] if places[last - 1].name != subject.name else None
        elif not goes_on and not _ASKED.match(line[0]):
            current = None
