"""Names in a sentence: a person, a town or village, a company or school that the article does not name.

A name is told by what stands around it (村民王某, 岩湾村, 宏达公司), as nobody has a list of them. A sentence with a
name that the article does not have is not let in; one that only looks like a name costs that sentence, so that words
of the dictionary and the genre's own modifiers (龙头企业, 专业合作社) are none.
"""

import re
from collections.abc import Iterator

from summarizer import gazetteer
from summarizer import words as dictionary
from summarizer.precheck import localities
from summarizer.readers.narrative import words
from summarizer.text.people import SURNAME

_ORGANISATION = re.compile(
    r"有限公司|公司|集团|合作社|银行|信用社|大学|学院|医院|研究[院所]|商会|协会|基金会|企业|家庭农场|酒厂|茶厂|林场|农场|"
    r"牧场|农庄|景区"
)
_ORGAN = re.compile(r"(?P<name>[㐀-鿿]{2})(?P<kind>局|厅|委员会|检察院|法院|管委会)")
_BODY = re.compile(r"供销社|报社|电视台|检察院|法院|气象台|税务所|派出所")
"""Of which a place has one, so that the place may stand before it without a name."""
_NO_ORGAN = frozenset("格布结大全当开棋破新僵残时")
"""What stands before 局 in words that name no authority: 格局, 布局, 结局, 大局, 全局."""

_MODIFIER = re.compile(
    r"(?:专业|龙头|农业|农民|种植|养殖|加工|旅游|电商|光伏|农机|土地|股份|资金|互助|各类|多家|这家|该|当地|本地|外地|县级|"
    r"市级|省级|国有|民营|人民|中心|扶贫|经济|入股|社会|爱心|帮扶|保险|农村|商业|村级|集体|引进|成立|组建|带动|扶持|依托|"
    r"通过|培育|加入|发展|支持|吸引|联合|鼓励|依靠|领办|创办|推动|结合|引导|发挥|动员|组织|建立|建成|支援|援建|新建|培养|"
    r"考上|就读|重点|一批|[与和向由的家个所在到为对给把被让使从及等、进入办建村县镇乡市省区州])$"
)
"""What stands before the class of an organisation and names none of them."""

_PARTICLE = frozenset("和于从向都时有以经为常管项计同应由得将全及能可连相关成单解平")
"""Surnames that begin another word or none at all after a role far more often: 贫困户向合作社…, 农户全部…."""

_TITLES = re.compile(r"第一书记|书记|主任|[县市区镇乡局部站]长|记者|教授|队长|经理|董事长|理事长|专家|医生|老师|支书")
_OF_A_VILLAGE = re.compile(r"村[的民]?")
_AFTER_TWO = frozenset("说都是也要把被对就还又的了着过家种养一靠在从今去前领搬、，,。和与等夫同告介负带")
"""What follows a name of two characters and is not its third."""

_FULL_NAME = 3
_REACH = 14
"""Characters before the class of an organisation in which the article may have the rest of its name."""

COMMON = 50
"""A beginning that the dictionary counted this often is a word (高兴, 安全), not a name."""


def unknown_name(article: str, clause: str) -> str | None:
    """The first name of the clause that the article does not have, or None. `article` has no spaces."""
    for find in (_villages, _organisations, _organs, _people, _unheard_of):
        for name in find(article, clause):
            return name
    return None


def _villages(article: str, clause: str) -> Iterator[str]:
    """Towns and villages. Two characters and the class are enough: what stands before may be a verb."""
    known = [(m.start, m.end) for m in gazetteer.find(clause)]
    for place in localities.find(clause, known, frozenset()):
        if place.name not in article and place.name[-3:] not in article:
            yield place.name


def _organisations(article: str, clause: str) -> Iterator[str]:
    """Companies, co-operatives, schools: the word before the class is the article's, or no name."""
    for found in _ORGANISATION.finditer(clause):
        before = clause[: found.start()]
        if not re.search(r"[㐀-鿿]$", before) or _MODIFIER.search(before):
            continue
        cut = dictionary.cut(before)
        known = before[-2:] + found.group() in article or (found.group() in article and cut[-1] in article)
        if not known:
            yield cut[-1] + found.group()
        elif len(cut) > 1 and len(cut[-2]) > 1 and not _MODIFIER.search(cut[-2]):
            name = cut[-1] + found.group()
            # 绿源茶业公司, where the article has 浪伏茶业公司; 抚松参业公司, where it has 通化市一家参业公司.
            here = {article[max(0, m.start() - _REACH) : m.start()] for m in re.finditer(re.escape(name), article)}
            if cut[-2] not in article or (here and not any(cut[-2] in words for words in here)):
                yield cut[-2] + name


def _organs(article: str, clause: str) -> Iterator[str]:
    """Authorities: 财政局, where the article has 审计局."""
    yield from (body for body in _BODY.findall(clause) if body not in article)
    for found in _ORGAN.finditer(clause):
        last = found["name"][-1]
        if found["kind"] == "局" and last in _NO_ORGAN:
            continue
        if found.group() not in article and last + found["kind"] not in article:
            yield found.group()


def _unheard_of(article: str, clause: str) -> Iterator[str]:
    """A word that looks like a person's name, is in no dictionary, and does not stand in the article.

    Segmentation makes such words of what it does not know; one of three characters that begins with a surname is a
    name more often than not. What the dictionary knows in part (白莲|种) is none.
    """
    for word in dictionary.cut(clause):
        if len(word) != _FULL_NAME or word in article or dictionary.count(word):
            continue
        parts = (word[:2], word[1:])
        if re.fullmatch(rf"{SURNAME}[㐀-鿿]{{2}}", word) and not any(dictionary.count(part) for part in parts):
            yield word


def _people(article: str, clause: str) -> Iterator[str]:
    """People, behind a role, a title or a village, and at the head of a clause that tells of them."""
    for at in sorted(_openings(clause)):
        if given := words("cases", "given").match(clause, at):
            if given.group() not in article:
                yield given.group()
            continue
        two, three = clause[at : at + 2], clause[at : at + 3]
        if not re.fullmatch(rf"{SURNAME}[㐀-鿿]", two) or two[0] in _PARTICLE or dictionary.count(two) >= COMMON:
            continue
        if three in article or (two in article and (three[2:] in _AFTER_TWO or len(three) < 3)):
            continue
        if len(dictionary.cut(clause[at + 2 :])[0]) > 1 and any(c in _AFTER_TWO for c in _followers(article, two)):
            continue  # 赵宇|上半年, where the article has 赵宇去…
        if dictionary.count(three) < COMMON and two[1] not in _AFTER_TWO:
            yield two if three[2:] in _AFTER_TWO else three


def _followers(article: str, words: str) -> list[str]:
    """The characters that follow these words in the article."""
    return re.findall(re.escape(words) + "(.)", article)


def _openings(clause: str) -> Iterator[int]:
    """Where a name may begin."""
    for cue in (words("cases", "roles"), _TITLES, _OF_A_VILLAGE):
        yield from (found.end() for found in cue.finditer(clause))
    if any(words("cases", "tells").match(clause, n) for n in (2, 3)):
        yield 0
