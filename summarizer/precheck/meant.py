"""Where a village or town is meant although its name does not stand there: by its people, by its name without 村.

A story tells once where somebody lives (乔木村的殷某) and then goes on with the name, or with the surname (老殷), for
paragraphs; somebody whose age is told without a place (43岁的王某) is of the village or town told of last.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from schemas.report import Subject
from schemas.vocabulary import Level
from summarizer import words
from summarizer.patterns import compiled
from summarizer.precheck import groups, parts, speakers, voices
from summarizer.precheck.brief import PlaceName
from summarizer.precheck.candidate import START
from summarizer.precheck.places import is_inside, is_own
from summarizer.text.people import SURNAME

REACH = 20
"""Characters behind a place, or beside an age, in which the name of the person stands that it tells of."""

HOME_REACH = 60
"""Characters behind an age in which a story says where that person is from."""

RARE = 50
"""A word counted this often in jieba's dictionary is more likely itself than a village without its class."""

USUAL = 1000
"""A word counted this often begins nobody's name."""

AHEAD = 200
"""Characters before the place in which a story may begin with its person: 俞某刚开口,…。某镇某村的晒谷坪上….."""

ASKED = 1 << 10
"""Names of which is kept whether they are persons: the same stands behind a place again and again."""

SHORTEST = 2
"""Characters of a division's name that has none left without its class: 郊区, 泾县."""

_STEM = re.compile("(?:.+?(?:镇|乡|街道)(?![镇乡]))?(?P<stem>[^镇乡、]{2,4})村")
STEM_CHARS = range(2, 5)
"""Characters of such a name."""

_HEAD = re.compile("(?<=[。！？!?；;，,：:“\n ])(?=[\u4e00-\u9fff]{3})")
_GOES_ON = re.compile("(?![村镇乡县])[\u4e00-\u9fff]")
_HAN = re.compile("[\u4e00-\u9fff]")
_OWNS = re.compile(r"(?:的|累计有|共有|有)?\d{1,3}[个家所]")
_IN_WORD = re.compile("(?!年)[\u4e00-\u9fff]")
_FAMILY = re.compile("脱|的|今年|去年|有|还|就|也|又|种|养|盖|搬|[,，]")
_OF_PLACE = re.compile("[\u4e00-\u9fff]?[村镇乡]")
_CLAUSE_END = re.compile("[,，;；:：。！？!?\n]")
_MARK = re.compile("[，,。；;！？!?：:“”、\n(（]")
_CLAUSE = re.compile("[^，,。；;！？!?：:“”、\n(（]*")
_NAME = re.compile(f"(?:{SURNAME})[\u4e00-\u9fff]{{1,2}}")
_NO_NAME = re.compile("[\u4e00-\u9fff]+[说都是也要把被对不就还又的了着过们让给个等在和家]")
"""Characters that go on after a name of two, and end none of three."""

_GROWN = re.compile("产业|(?:种植|栽培|养殖)?(?:基地|园区|大棚)")
"""Behind what is grown, and nobody's name: 二道白河镇的|桑黄|产业园."""
_ROLE = re.compile("(?:户|民|人|的|岁|书记|支书|主任|组长|青年|妇女|姑娘|小伙|老汉|能手|员|匠|嫂)$")
_ROLES_END = frozenset("户民人员")
_SORT = re.compile(
    "的?(?:[\u4e00-\u9fff]{1,3}[人族])?(?:妇女|村民|贫困户|脱贫户|牧民|农民|社员|移民|户主|小伙子?|姑娘|青年|老人|老汉|汉子)"
)
"""Of which sort somebody is, before a name that begins with no common surname: 僜人妇女|阿鲁松."""

_DOES = re.compile(
    "说|道[,，：:]|告诉|介绍|坦言|感慨|感叹|笑|[一两]?家|夫[妻妇]|今年|[,，]?[1-9][0-9]岁|掰|扳|指着|正|蹲|坐|站|拉着|拽"
    "|捧|望着|的(?:妻|丈|儿|女|老伴|爱人|家)|是|便|把|靠"
)
"""What stands before or behind somebody's name, and not behind a thing of two or three characters (黄桃, 花椒树)."""

_OFFICE = re.compile(
    "局长|县长|区长|市长|镇长|乡长|主任|书记|经理|董事长|队长|部长|站长|院长|校长|行长|负责人|干部|记者"
)
_SPEAKS = compiled(
    f"(?:^|(?<=[。！？!?；;，,：:”\n\u3000 ]))(?P<name>{SURNAME}[\u4e00-\u9fff]{{1,2}}?)"
    "(?=说|一手|正忙|忙着|告诉|坦言|感慨|感叹|笑着|一家|家的?[^，。]|今年[1-9]|不?是[^，。]{0,8}(?:户|村民|农民)|夫[妻妇])"
)
"""The name that begins a clause about somebody: 高某一家4口, 丘某不是贫困户."""

_AGE = re.compile("(?<![0-9.—~-])(?<!年龄)(?<!平均)[1-9][0-9]岁(?![以及至到—~-])")
_SCENE = re.compile("的?[\u4e00-\u9fff]{1,6}[边里上前旁下中][,，]")
"""From a village to what somebody does there: 马马崖村|的牛圈边,养牛大户罗某…."""
_AGED = re.compile("[,，]?(?:今年)?[1-9][0-9]岁")
_FROM_THERE = re.compile(r"(?:搬|迁|走|嫁)[来出下到进]|搬迁|下山")

_FROM = re.compile(r"[从由自]$")

_OLD_HOME = re.compile("(?:老家|原先?住)在?$")
_MOVED_IN = re.compile("(?:住|搬|迁)(?:进|到|来|入)")
_MOVED_AWAY = re.compile("(?:一家|全家|举家|[他她])[^，,。；;]{0,6}(?:[搬迁](?:下|出|离|进|到|来)|住[进到])")
"""In a later sentence: 老家在|某村,吃水要到沟里驮。…一家|搬下山."""
_TAKES_IN = re.compile("(?:[住搬迁]进|入住|接[收纳]|安置|迎来|住着|来)了?(?:从|来自)?[^\\d]{0,12}$")
"""Before those who came: 安置点|住进了|甲县来的400户, 小区|接纳|甲县、乙县来的400户."""
MOVE_REACH = 160
"""Characters from an old home to where the story tells that its people left."""
_HERE = re.compile("(?:^|(?<=[。！？!?\n\u3000 ]))(?:这里|这儿)(?:就?是)[^，,。；;]{0,12}$")
"""Before the village in which a story has begun: 罗某把账摊在桌上。…|这里是某县|某村."""

_LIVES = re.compile("(?:是|住在?|家[住原]?在?|老家在?|来自)[^，,。；;]{0,4}$")
"""Before the place that a person is said to be of, behind the age: 49岁的韩某是|三间房村人, 她家原在|砖塔寨村."""
_OTHER_PERSON = re.compile("[！？!?“”\n]|。(?![他她])")
"""What ends the words about whose age was told: only a sentence about him goes on."""


def find(text: str, places: Sequence[PlaceName], subject: Subject) -> tuple[PlaceName, ...]:
    """Where a village or town is meant, each with the name of that place, in order; helpers have their code.

    In a text on a village, where one of its groups is meant. Empty in a text on a town: its people are of the subject.
    """
    if subject.level is Level.TOWN:
        return ()
    if subject.level is Level.VILLAGE:
        groups_of_it = _in_order(parts.find(text, subject.name or ""))
        return _in_order([*groups_of_it, *parts.answers(text, groups_of_it, (), subject)])
    inside = [p for p in places if p.adcode is None and is_inside(p, subject) and p.name[-1] in "村屯镇乡区点道"]
    small = [p for p in inside if not is_left(text, p, inside, subject) and not _is_left_later(text, p)]
    told = _in_order([*_people(text, small, inside, subject), *_stems(text, small)])
    return _in_order([*told, *parts.answers(text, told, small, subject), *_helpers(text, places, subject)])


def _in_order(told: Iterable[PlaceName]) -> tuple[PlaceName, ...]:
    return tuple(sorted(told, key=START))


def _people(
    text: str, small: Sequence[PlaceName], inside: Sequence[PlaceName], subject: Subject
) -> Iterator[PlaceName]:
    """Where people are named whose village or town the text tells; `inside` has those that people left, too."""
    known: dict[str, PlaceName] = {}
    for place in small:
        scene = _SCENE.match(text, place.end)
        if name := _introduced(text, place.end) or (_introduced(text, scene.end()) if scene else None):
            known.setdefault(name, place)
    if (opened := _opens_here(text, small)) is not None:
        known.setdefault(*opened)
    for age in _AGE.finditer(text):
        home = _said_behind(text, age, inside) or _last(text, age.start(), small, subject)
        if home is None:
            continue
        yield PlaceName(age.start(), age.end(), home.name)
        if name := _aged(text, age):
            known.setdefault(name, home)
    for head in _SPEAKS.finditer(text):
        name = head["name"]
        # 谢谢大|家 is nobody called 谢.
        usual = words.count(name) or words.count(name[:2]) >= USUAL
        if name in known or usual or not _is_nobodys_office(text, name):
            continue
        if home := _last(text, head.start(), small, subject):
            known[name] = home
            yield PlaceName(head.start(), head.end(), home.name)
    for name, home in known.items():
        again = _again(text, name, known)
        ahead = home.start - AHEAD
        yield from (PlaceName(at, end, home.name) for at, end in again if at > home.end or ahead < end)


def _opens_here(text: str, small: Sequence[PlaceName]) -> tuple[str, PlaceName] | None:
    """The person with whom a story begins, and the village that it then says is here."""
    place = small[0] if small else None
    if place is None or _HERE.search(text, max(0, place.start - REACH), place.start) is None:
        return None
    lead = voices.lead(text)[0]
    name = (
        _introduced(text, lead + len(text[lead:]) - len(text[lead:].lstrip())) if place.start < lead + AHEAD else None
    )
    return (name, place) if name else None


def _stems(text: str, small: Sequence[PlaceName]) -> Iterator[PlaceName]:
    """Where a clause begins with the name of a village named before, without its class: 龙湾|山场1.9万亩."""
    villages: dict[str, PlaceName] = {}
    for place in small:
        found = _STEM.fullmatch(place.name)
        if found and words.count(found["stem"]) < RARE:
            villages.setdefault(found["stem"], place)
    if not villages:
        return
    for head in _HEAD.finditer(text):
        at = head.start()
        for end in (at + size for size in STEM_CHARS):
            village = villages.get(text[at:end])
            if village and at > village.end and _GOES_ON.match(text, end):
                yield PlaceName(at, end, village.name)


def _helpers(text: str, places: Sequence[PlaceName], subject: Subject) -> Iterator[PlaceName]:
    """Where a clause begins with a helper, without its class, that has what is counted behind: 昌平|的11所学校."""
    outside = {p.name: p for p in places if p.adcode and not is_inside(p, subject) and not is_own(p, subject)}
    for name, place in outside.items():
        if len(name) > SHORTEST and name[-1] in "县市区":
            for at in _occurrences(text, name[:-1]):
                end = at + len(name) - 1
                if _OWNS.match(text, end) and not (at and _HAN.match(text, at - 1)):
                    yield PlaceName(at, end, name, place.adcode)


def _again(text: str, name: str, known: dict[str, PlaceName]) -> Iterator[tuple[int, int]]:
    """Where a person's name stands, and the surname with 老 where nobody else has it."""
    yield from ((at, at + len(name)) for at in _occurrences(text, name) if not text.endswith("像", 0, at))
    if sum(other[0] == name[0] for other in known) == 1:
        called = ((at, at + 2) for at in _occurrences(text, "老" + name[0]))
        yield from ((at, end) for at, end in called if not _OF_PLACE.match(text, end))
        families = ((at, at + 2) for at in _occurrences(text, name[0] + "家"))
        yield from ((at, end) for at, end in families if _FAMILY.match(text, end) and not _IN_WORD.match(text, at - 1))


def _occurrences(text: str, word: str) -> Iterator[int]:
    """Where a word stands in a text; a pattern for each would cost more to compile than to find."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def _said_behind(text: str, age: re.Match[str], inside: Sequence[PlaceName]) -> PlaceName | None:
    """The place that somebody whose age is told is said to be of, or to have come from."""
    first = bisect_left(inside, age.end(), key=START)
    place = inside[first] if first < len(inside) else None
    if place is None or place.start > age.end() + HOME_REACH or _OTHER_PERSON.search(text, age.end(), place.start):
        return None
    if _is_old_home(text, place):
        return None
    came = _FROM.search(text, place.start - 1, place.start) and _come_away(text, place)
    return place if came or _LIVES.search(text, age.end(), place.start) else None


def _last(text: str, at: int, small: Sequence[PlaceName], subject: Subject) -> PlaceName | None:
    """The village or town named last before a position, if the text is still about it."""
    before = bisect_left(small, at, key=lambda p: p.start)
    last = small[before - 1] if before else None
    near = last is not None and last.start > at - speakers.REACH
    return last if last and near and speakers.still_there(text, last, at, subject) else None


def _aged(text: str, age: re.Match[str]) -> str | None:
    """The name of the person whose age this is: 43岁的马某, 马某今年43岁."""
    if text.startswith("的", age.end()):
        return _introduced(text, age.end()) or parts.recurring(text, age.end() + 1)
    head = text[max(0, age.start() - REACH) : age.start()]
    clause = _MARK.split(head.removesuffix("今年").rstrip("，,"))[-1]
    found = _name(text, clause)
    return found if found and clause.startswith(found) else None


def _introduced(text: str, at: int) -> str | None:
    """The name of a person in the clause that goes on at a position."""
    clause = _CLAUSE.match(text, at, at + REACH)
    assert clause is not None
    named = _name(text, clause.group())
    if named is None and (sort := _SORT.match(text, at)):
        return parts.recurring(text, sort.end())
    if named is None and text.startswith("的", at):
        # 后某某今年52岁, 曲比某某: names that begin with no common surname.
        named = parts.recurring(text, at + 1)
        return named if named and _AGED.match(text, at + 1 + len(named)) else None
    return named


def _name(text: str, clause: str) -> str | None:
    """The first name in a clause that the text has again, and that stands somewhere as people's names do."""
    names = {at: name for at in range(len(clause)) if (name := _name_at(text, clause, at)) is not None}
    start = 0
    # Most clauses hold no name, and need not be cut into words to know that none is a part of one.
    for word in words.cut(clause) if names else ():
        # 养牛|户罗顺江: the role may stick to the name.
        first = start + (len(word) > SHORTEST and word[0] in _ROLES_END)
        if first in names and not (len(word) > 1 and words.count(word)):
            return names[first]
        start += len(word)
    return None


def _name_at(text: str, clause: str, at: int) -> str | None:
    """The longer of the two names that may begin at a place of a clause."""
    names = (clause[at : at + length] for length in (3, 2) if at + length <= len(clause))
    called = (name for name in names if _NAME.fullmatch(name) and not _NO_NAME.fullmatch(name))
    return next((name for name in called if _is_person(text, name)), None)


@lru_cache(maxsize=ASKED)
def _is_person(text: str, name: str) -> bool:
    """Whether the text names this again as a person, and nowhere with an office above a village's; kept."""
    found = list(_occurrences(text, name))
    if len(found) < 2 or not _is_nobodys_office(text, name) or any(_GROWN.match(text, at + len(name)) for at in found):
        return False
    return any(_DOES.match(text, at + len(name)) or _ROLE.search(text, max(0, at - 3), at) for at in found)


@lru_cache(maxsize=ASKED)
def _is_nobodys_office(text: str, name: str) -> bool:
    """Whether no office stands beside the name anywhere: 县扶贫办主任梁某 speaks for the county. Kept."""
    found = _occurrences(text, name)
    return not any(_OFFICE.search(text, max(0, at - 4), at) or _OFFICE.match(text, at + len(name)) for at in found)


def is_left(text: str, place: PlaceName, before: Sequence[PlaceName], subject: Subject) -> bool:
    """Whether people have come away from the place: 从八大公山镇深山里搬来, 从岚天乡、鸡鸣乡等地搬出."""
    if _is_old_home(text, place) or _came_here(text, place, before, subject):
        return True
    if not _come_away(text, place):
        return False
    first = groups.with_neighbours(text, before, place, subject)[0]
    return _FROM.search(text, max(0, first.start - 1), first.start) is not None


def _came_here(text: str, place: PlaceName, places: Sequence[PlaceName], subject: Subject) -> bool:
    """Whether those who came from the place live where the clause begins: 某安置点住进了|甲县、乙县|来的4232户."""
    run = groups.with_followers(text, [place, *(p for p in places if p.start > place.start)], subject)
    if not text.startswith("来的", run[-1].end):
        return False
    clause = _CLAUSE_END.split(text[max(0, place.start - 40) : place.start])[-1]
    return _TAKES_IN.search(clause) is not None


def _is_old_home(text: str, place: PlaceName) -> bool:
    """Whether a sentence says that somebody of the place lives elsewhere: 老家在|某村,…,如今住进了楼房."""
    if _OLD_HOME.search(text, max(0, place.start - 4), place.start) is None:
        return False
    stop = text.find("。", place.end)
    return _MOVED_IN.search(text, place.end, stop if stop > 0 else len(text)) is not None


def _is_left_later(text: str, place: PlaceName) -> bool:
    """Whether a later sentence says that those of an old home have moved: its own sentence is still about it."""
    old = _OLD_HOME.search(text, max(0, place.start - 4), place.start)
    return old is not None and _MOVED_AWAY.search(text, place.end, place.end + MOVE_REACH) is not None


def _come_away(text: str, place: PlaceName) -> bool:
    """Whether the clause goes on with a move, behind the place."""
    come = _FROM_THERE.search(text, place.end, place.end + 24)
    return come is not None and not _CLAUSE_END.search(text, place.end, come.start())
