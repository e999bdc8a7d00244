"""Names of organisations: where a name that ends like an organisation's begins."""

import re
from collections.abc import Iterator

from schemas.vocabulary import Level
from summarizer import words as dictionary
from summarizer.readers.clauses import Stretch
from summarizer.readers.narrative import needed, words
from summarizer.readers.study import Study

LONGEST_NAME = 16
"""Characters in front of the ending."""

LEAST_NAME = 4

_RUN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]*$")
_BATCH = re.compile("第[一二三四五六七八九十0-9]{1,3}批")
"""A team is no helper of its own but its place is (武汉市第七批援藏工作队)."""

_SEAT = re.compile("[(（][\u4e00-\u9fff]{2,4}[)）]")
_LEADS = "由从是的来请"
_JOINS = frozenset("和与及同")
_ENDS_OTHERWISE = re.compile("[们生户里内外]|[\u4e00-\u9fff]{0,2}户")
"""What follows an ending that is a part of another word: 贫困大学生, 农业公司里."""

SENT_CHARS = 40
"""Characters behind a clause in which words end that say of the office at its end that it is sent."""


def organisations(study: Study, stretch: Stretch) -> Iterator[tuple[int, str]]:
    """Where companies, schools and other institutes of the stretch are named from outside the subject, and the name."""
    text = study.brief.text
    at = stretch.start
    for found in words("partners", "kinds").finditer(text, stretch.start, stretch.end):
        if found.start() < at or _ENDS_OTHERWISE.match(text, found.end()):
            continue
        end = _end(text, found.end(), stretch.end)
        # 中国石油大学(华东): which of two seats.
        if (seat := _SEAT.match(text, end)) and text.endswith("大学", 0, end):
            end = seat.end()
        start = found.start()
        if words("partners", "whole").match(text, start) is None:
            start = _bare(study, beginning(study, max(at, stretch.start), start), start)
        at = end
        name = text[start:end]
        # 牵头办起某某公司: what somebody founds is no helper from outside; 一家公司 has no name.
        if words("partners", "founded").search(text[stretch.start : start]) or text[:start].endswith(("一家", "某")):
            continue
        own = any(p.adcode and p.adcode == study.brief.subject.adcode for p in study.places_in(start, end))
        if own and words("partners", "branch").search(name) is None:
            continue
        if len(name) >= LEAST_NAME and not is_own(study, name) and not _BATCH.search(name):
            yield start, name


def agencies(study: Study, stretch: Stretch) -> Iterator[tuple[int, str]]:
    """Offices above the subject that the stretch sends to help it: 省财政厅定点帮扶…, 市审计局干部周某任第一书记."""
    text, subject = study.brief.text, study.brief.subject
    small = subject.level in {Level.VILLAGE, Level.TOWN}
    above, sends = words("partners", "above_village" if small else "above"), words("partners", "sent")
    away = study.outside(stretch.start, stretch.end)
    if not away and not _is_sent(study, stretch.start, stretch.end + SENT_CHARS, sends):
        # Names of offices are slow to look for, and few clauses say of anybody that he is sent.
        return
    for found in words("partners", "agency").finditer(text, stretch.start, stretch.end):
        # 工会系统 is everybody of that sort, not an office.
        if text.startswith("系统", found.end()):
            continue
        places = {p.start for p in study.outside(found.start(), found.end())}
        named = (p for p in study.places_in(found.start(), found.end()) if p.name != subject.name and p.adcode)
        # 临沂市审计局: an office of the prefecture or the province that the subject lies in.
        heads = {p.start for p in named if small or p.name in {subject.province, subject.prefecture}}
        for start in range(found.start(), found.end()):
            whole = start in places or start in heads
            if not whole and (above.match(text, start) is None or not _may_begin(text, stretch.start, start)):
                continue
            name = text[start : found.end()]
            sent = sends.match(text, found.end()) is not None
            helps = start in places and words("partners", "help").search(text, found.end(), stretch.end)
            if (sent or helps) and len(name) >= LEAST_NAME:
                yield start, name
            break


def _is_sent(study: Study, start: int, end: int, sends: re.Pattern[str]) -> bool:
    stretch = Stretch(start, end)
    return study.tells(stretch, needed("partners")["sent"]) and sends.search(study.brief.text, *stretch) is not None


def ministries(study: Study, stretch: Stretch) -> Iterator[tuple[int, str]]:
    """Ministries of the centre that help, with a word of help behind them in the sentence: 水利部定点扶贫…."""
    text = study.brief.text
    for found in words("partners", "ministry").finditer(text, stretch.start, stretch.end):
        if words("partners", "centre").match(text, found.end(), stretch.end):
            yield found.start(), found.group()


def units(study: Study, stretch: Stretch) -> Iterator[tuple[int, str]]:
    """The members of a list of units that help: 农业银行、省政协办公厅、省林业局等单位对口帮扶…."""
    text = study.brief.text
    for found in words("partners", "units").finditer(text, stretch.start, stretch.end):
        at = found.start("names")
        for member in found["names"].split("、"):
            ending = words("partners", "office").search(member)
            start = beginning(study, at, at + ending.start()) if ending else at
            name = text[start : at + len(member)]
            if (
                ending
                and len(name) >= LEAST_NAME
                and _is_from_above(study, start, name)
                and not _is_county_own(study, name)
            ):
                yield start, name
            at += len(member) + 1


def _is_county_own(study: Study, name: str) -> bool:
    """Whether a unit is the county's own; 市人社局, one among others that are sent, is of the city above it."""
    return is_own(study, name) and words("partners", "above").match(name) is None


def _is_from_above(study: Study, at: int, name: str) -> bool:
    """Whether a unit is named by what is above the subject or outside it, or is no office but an institute."""
    places = {p.start for p in study.outside(at, at + len(name))}
    institute = words("partners", "kinds").search(name) is not None
    own = tuple(n for n in (study.brief.subject.province, study.brief.subject.prefecture) if n)
    return institute or at in places or name.startswith(own) or words("partners", "above").match(name) is not None


def _may_begin(text: str, first: int, at: int) -> bool:
    """Whether a name may begin at `at`: 省 of 全省 begins none, nor the end of a place's name."""
    return at == first or not ("\u4e00" <= text[at - 1] <= "\u9fff") or text[at - 1] in "由与和在及是向请"


def _end(text: str, end: int, last: int) -> int:
    """The end of the whole name: an organisation may be named within another (武汉大学人民医院)."""
    longer = re.compile(rf"[\u4e00-\u9fff]{{0,6}}?(?:{words('partners', 'kinds').pattern})").match(text, end, last)
    if longer is None or _ENDS_OTHERWISE.match(text, longer.end()):
        return end
    between = dictionary.cut(longer.group())
    return end if any(_is_boundary(between, i) for i in range(len(between))) else longer.end()


def beginning(study: Study, first: int, ending: int) -> int:
    """Where the name begins whose ending stands at `ending`: behind the last word that is none of it.

    The place at its head (上海惠和种业公司) is the surest sign, else a verb, a preposition or a time ends the words in
    front of it.
    """
    text = study.brief.text
    low = max(first, ending - LONGEST_NAME)
    run = _RUN.search(text, low, ending)
    start = run.start() if run else ending
    start = max([start, *(t.end for t in study.brief.times if start < t.end <= ending)])
    parts = dictionary.cut(text[start:ending])
    at = ending
    for i in range(len(parts) - 1, -1, -1):
        if _is_boundary(parts, i):
            return at
        at -= len(parts[i])
    return at


def _bare(study: Study, start: int, ending: int) -> int:
    """Where a name begins without the word that the dictionary joins to it: 从|省农科院, 请|来|华济药业, 某某是|西安….

    The place outside at its head is the surest sign.
    """
    text = study.brief.text
    headed = (p.start for p in study.outside(start, ending) if text[p.start - 1] in _LEADS)
    start = next(headed, start)
    joined = text[start] in _LEADS[:2] or (text[start] == "来" and text[start - 1 : start] in {"请", "引"})
    return start + 1 if joined else start


def _is_boundary(parts: list[str], i: int) -> bool:
    """Whether a word is none of a name's; 和 behind a single character may be one (惠和)."""
    word = parts[i]
    if word in _JOINS:
        return i == 0 or len(parts[i - 1]) > 1
    return words("partners", "front").fullmatch(word) is not None


def is_own(study: Study, name: str) -> bool:
    """Whether a name begins with the subject's own, a county's of it, or a general word: those are not from outside."""
    subject = study.brief.subject.name or ""
    stem = subject[:-1] if len(subject) > 2 else subject
    if (stem and name.startswith(stem)) or words("partners", "own").match(name):
        return True
    return name.startswith(tuple(_below(study)))


def _below(study: Study) -> Iterator[str]:
    """The names of the counties of a prefecture or a province, with their class and without."""
    subject = study.brief.subject
    width = {Level.PREFECTURE: 4, Level.PROVINCE: 2}.get(subject.level) if subject.level else None
    if width is None or subject.adcode is None:
        return
    for place in study.brief.places:
        if place.adcode and place.adcode[:width] == subject.adcode[:width] and len(place.name) > 2:
            yield from (place.name, place.name[:-1], place.name[:2])
