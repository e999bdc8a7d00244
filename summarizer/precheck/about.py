"""The place that a number is about.

`Whereabouts` follows the text: the place that the number's clause names, else the one that its sentence went on with,
else the one that the paragraph is about; 全县, 我县 and a new paragraph lead back to the subject.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from schemas.report import Subject
from schemas.vocabulary import Level
from summarizer.precheck import above, carry, groups, speakers, voices
from summarizer.precheck.brief import PlaceName
from summarizer.precheck.candidate import START
from summarizer.precheck.carry import OPENING
from summarizer.precheck.lines import LIST_OF_TOWNS, TOLD, Cue, Line, is_topic
from summarizer.precheck.places import is_inside, is_own

_CLAUSE_END = re.compile(r"[,，;；:：。！？!?\n]")
_HALF = re.compile("[;；]")
_SPENT = re.compile("(?:投资|投入|出资|争取|筹[资集措]|整合|捐[资款]|安排|斥资|注资|引进)[^,，。；;、]{0,12}$")
_PAID = re.compile("投资|投入|耗资|斥资")
_INTO = re.compile("(?:入股|投向|投到|投给|用于|在|拨给|为|扶持|资助|支持|帮助)")
"""From an amount right to where it went: 540万元入股|某乡的棚膜园区."""
_THERE_NEXT = re.compile(r"[^,，。；;、\d]{0,8}[,，](?:先后|全部|用于|分别)?[在于]")
"""From an amount to where it was spent: 投资2100万元,在|福来村建起…."""
_IN_ANOTHER = re.compile("[,，；;]在[^,，。；;]{1,10}[镇乡村]")
_OWNED = re.compile(r"(?:的|累计有|共有|有)?(?:\d{1,3}[个家所][^,，。；;\d]*[、和])*")
"""From a helper to what is its own: 武进累计有16个镇、|27个村, 昌平的|11所学校."""
_LIE_IN = re.compile("[^，,。；;、\\d]{0,4}(?:都|全部|全)?(?:集中|分布)(?:在|于)")
"""From a count to where all of it lies."""
FAR = 120
"""Characters from a number to whoever says it."""
COMES_BACK = 300
"""Characters from the beginning of a paragraph to where it says again whom it tells of."""
_SAID_BY = re.compile("[^”]*”(?:[^，,。；;“”]{1,14}[，,])?")
_SAID_THERE = re.compile("(?:[^，,。；;”]{0,12}[年月日天午晨晚时夜前][,，]?)?(?:在|来到|走进)")
_SENTENCE = re.compile("[。！？]")
_LIKE_HIM = re.compile("[像如同和跟与][他她](?:家)?(?:这样|一样|那样)")
_OFFICER = re.compile("书记|主任|干部|队员|队长|经理|负责人|老师|教师|医生|[镇乡县局]长|记者")
"""Somebody whom 他 may mean, and who is of no village."""
_SOMEBODY = re.compile(rf"{speakers.NAMED_AFTER.pattern}|[,，]?\d\d岁")
_PLACES_COUNTED = re.compile(
    r"(?:\d{1,2}|[两二三四五六七八九十])个?"
    r"(?:(?P<county>(?:贫困|边境|深度|重点)*(?:县区|县市|旗县|县|旗)(?![级域里委直城处乡外内]))|乡镇|镇乡)"
)
_BEYOND = re.compile("(?:周边|附近|邻近)$|来自[^,，。；;]*$")
"""Before the towns that a place has to do with and does not have: 解决了周边|4个乡镇的难题, 移民来自某某|3个乡镇."""
_BUILT_THERE = re.compile(
    "(?:、[^，,。；;]{0,16})?的[^，,。；;的]{2,24}?(?:(?<![现存所])在|落户|落地|建到|落在|坐落于?|位于)"
)
"""From an amount to where what it paid for stands, in the same clause: 总投资2.6亿元|的药材加工园落户|大塘镇."""
_AGE = re.compile(r"\d{1,3}[多余]?岁")

_LARGE = (Level.PREFECTURE, Level.PROVINCE)


class Whereabouts:
    """Which place each number of a text is about; what a paragraph says of it is read once for all of its numbers.

    `hints` are where a village, a town or a helper is meant without its name (`meant.find`).
    """

    def __init__(
        self, text: str, places: Sequence[PlaceName], subject: Subject, hints: Sequence[PlaceName] = ()
    ) -> None:
        self._text = text
        self._places = places
        self._hints = [h for h in hints if h.adcode is None]
        self._owners = [h for h in hints if h.adcode is not None]
        self._subject = subject
        self._starts = [p.start for p in places]
        self._lead = voices.lead(text)[0]
        self._span = (0, 0)
        self._kept: Line | None = None

    def of(self, position: int, end: int) -> tuple[str | None, str | None]:
        """Name and adcode of the place that the number at `[position, end)` is about; (None, None) is the subject."""
        text, places, subject = self._text, self._places, self._subject
        start, stop = _paragraph(text, position)
        last = bisect_left(self._starts, position)
        before = places[bisect_left(self._starts, start, hi=last) : last]
        if speaker := self._said_by((position, end), (start, stop)):
            return _answer([speaker])
        if said := _told_at_once(text, (position, end), (start, stop), places, subject):
            return _answer(said)
        if (higher := above.place(text, position, before, subject)) is not None:
            return higher
        owners = [*before[-1:], *self._owners[: bisect_left(self._owners, position, key=START)][-1:]]
        if owner := next((p for p in owners if _comes_from(text, (position, end), p, subject)), None):
            return _answer([owner])
        line = self._line(start, position)
        # Where nothing in front names a place, what is left of the cues leads back to the subject.
        alone = (
            not before and not line.tells_again(position) and subject.level not in (Level.PREFECTURE, Level.PROVINCE)
        )
        person = self._person(start, (position, end)) if alone else None
        if person is not None:
            return _answer([person])
        if (alone and line.heading is None) or groups.is_sum(text, position):
            return None, None
        sentence = line.sentence(position)
        if joint := groups.summed_up(text, position, sentence, before, subject):
            return _answer(joint)
        if (one := groups.one_of_each(text, position, before, subject)) is not None:
            return _answer([one])
        cue = line.last_cue(position, groups.counted_list(text, position, before))
        if cue is not None:
            told = groups.with_neighbours(text, before, cue.place, subject) if cue.place else []
            at = (start, stop, sentence, position, end)
            governs = told and not _cannot_have(text, at[3:], told) and _governs(text, cue, at, before, subject)
            if governs:
                return _answer(told)
            # Under a village's heading what follows another place is the village's again, not the subject's.
            return _answer([line.heading]) if told and line.heading and cue.start < sentence else (None, None)
        return _answer([line.heading]) if line.heading else (None, None)

    def _person(self, start: int, number: tuple[int, int]) -> PlaceName | None:
        """The village of whoever a paragraph tells of that has named no place yet."""
        return (
            self._opens_with(start, number[0])
            or self._goes_on_with(start, number[0])
            or self._goes_on_about_him(start, number)
        )

    def _goes_on_about_him(self, start: int, number: tuple[int, int]) -> PlaceName | None:
        """The village of somebody of the paragraph before, where this one only says 他: …罗某数票子。|他家种地三亩."""
        text, subject = self._text, self._subject
        line = text.rfind("\n", 0, len(text[:start].rstrip())) + 1
        first, last = (bisect_left(self._hints, at, key=START) for at in (line, start))
        # Few paragraphs have anybody in the one before.
        if first == last or subject.level in (Level.TOWN, Level.VILLAGE):
            return None
        clause = _CLAUSE_END.search(text, number[1])
        stop = clause.start() if clause else len(text)
        sentence = max([start, *(m.end() for m in _SENTENCE.finditer(text, start, number[0]))])
        him = carry.PERSON.search(text, sentence, stop)
        if him is None or _LIKE_HIM.match(text, him.start() - 1):
            return None
        told, place = self._hints[last - 1], speakers.last_small(self._places, (start, "村屯镇乡区点"), subject)
        if place is not None and place.start > told.start and place.name != told.name:
            return None
        somebody_else = _OFFICER.search(text, start, number[0])
        return told if not somebody_else and speakers.still_there(text, told, number[0], subject) else None

    def _said_by(self, number: tuple[int, int], line: tuple[int, int]) -> PlaceName | None:
        """The place of somebody the story knows who says the number: “一周透析3回。”罗某说."""
        position, end = number
        first = bisect_left(self._hints, end, key=START)
        hint = self._hints[first] if first < len(self._hints) else None
        if hint is None or hint.name == self._subject.name or hint.start >= min(line[1], end + FAR):
            return None
        text, low = self._text, line[0]
        said = text.rfind("“", low, position) > text.rfind("”", low, position)
        return hint if said and _SAID_BY.fullmatch(text, end, hint.start) else None

    def _opens_with(self, start: int, position: int) -> PlaceName | None:
        """The village of somebody whose scene the number opens: 11只羊,卖了1.3万元。傍晚,某村的李某数票子.

        A scene opens an article, or with what somebody says; nothing in it speaks of the subject before its place.
        """
        text, subject = self._text, self._subject
        if start != self._lead and not text[start:position].lstrip().startswith("“"):
            return None
        first = bisect_left(self._starts, position)
        ahead = (p for p in self._places[first : first + 2] if not is_own(p, subject))
        place = next(ahead, None)
        if place is None or place.adcode is not None or not is_inside(place, subject):
            return None
        between = text[start : place.start].removesuffix(subject.name or "")
        if "\n" in between or len(_SENTENCE.findall(text, position, place.start)) > 1:
            return None
        if speakers.BACK.search(between) or (subject.name and subject.name in between):
            return None
        said = text.find("”", position, place.start) + 1
        # “这1600元您收好！”7月22日,在|某村|的广场上,…: where the words were said.
        if said and _SAID_THERE.fullmatch(text, said, place.start):
            return place
        return place if _SOMEBODY.match(text, place.end) else None

    def _goes_on_with(self, start: int, position: int) -> PlaceName | None:
        """The village told of last, where the paragraph tells next of somebody there: |12座大棚一溜儿。43岁的某某."""
        text, subject = self._text, self._subject
        again = (c for c in self._line(start, position).again if c.start >= position and c.place is not None)
        cue = min(again, key=START, default=None)
        if cue is None or cue.start > start + COMES_BACK or len(_SENTENCE.findall(text, start, cue.start)) > 4:
            return None
        last = speakers.last_small(self._places, (start, "村屯镇乡区点"), subject)
        if last is None or cue.place is None or last.name != cue.place.name:
            return None
        # 县里投资84万元,在南坡建起电站: what the county gives it is the village's.
        away = (m.group() for m in speakers.BACK.finditer(text, last.end, cue.start))
        named = subject.name is not None and subject.name in text[last.end : cue.start]
        return None if named or any(words != "县里" for words in away) else cue.place

    def _line(self, start: int, position: int) -> Line:
        """What the paragraph that begins at `start` says, as far as a place in it can govern a number.

        Of a longer one each number has a stretch of its own. Numbers ask in order, so that the last one is enough to
        keep.
        """
        whole = start == 0 or self._text[start - 1] == "\n"
        span = (start, start + speakers.REACH if whole else position)
        if span != self._span or self._kept is None:
            first, last = bisect_left(self._hints, start, key=START), bisect_right(self._hints, span[1], key=START)
            self._span = span
            self._kept = Line(self._text, span, self._places, self._subject, self._hints[first:last])
        return self._kept


def _told_at_once(
    text: str, number: tuple[int, int], line: tuple[int, int], places: Sequence[PlaceName], subject: Subject
) -> list[PlaceName]:
    """The place of whoever says the number, of whose age it is, or where the money of the clause was spent."""
    position, end = number
    if (speaker := speakers.speaker(text, position, line, places, subject)) is not None:
        return [speaker]
    if _AGE.match(text, position) and (person := speakers.right_after(text, end, places, subject)) is not None:
        return [person]
    if lying := _lies_there(text, number, places, subject):
        return [lying]
    if together := _lie_together(text, end, places, subject):
        return together
    return _where_it_went(text, number, places, subject)


def _lies_there(text: str, number: tuple[int, int], places: Sequence[PlaceName], subject: Subject) -> PlaceName | None:
    """The place that a distance or a height describes: 距县城140公里|的某镇, 海拔480米的某市某县某乡."""
    position, end = number
    if not text.startswith("的", end) or not text.endswith(("米", "里"), position, end):
        return None
    first = bisect_left(places, end, key=START)
    for place in places[first : first + 3]:
        if is_inside(place, subject):
            lead = text[end + 1 : place.start]
            for own in (subject.province, subject.prefecture, subject.name):
                lead = lead.removeprefix(own) if own else lead
            return None if lead else place
    return None


def _lie_together(text: str, end: int, places: Sequence[PlaceName], subject: Subject) -> list[PlaceName]:
    """The places in which all that a number counts lie: 未竣工的152户|集中在甲、乙2个镇."""
    if _LIE_IN.match(text, end) is None:
        return []
    first = bisect_left(places, end, key=START)
    place = places[first] if first < len(places) else None
    if place is None or not is_inside(place, subject) or not _LIE_IN.fullmatch(text, end, place.start):
        return []
    return groups.with_followers(text, places[first:], subject)


def _comes_from(text: str, number: tuple[int, int], place: PlaceName, subject: Subject) -> bool:
    """Whether the number counts what a place outside the subject has: 安置着甲县|1760户, 昌平的|11所学校."""
    position, end = number
    outside = place.adcode is not None and not is_own(place, subject) and not is_inside(place, subject)
    if not outside or _OWNED.fullmatch(text, place.end, position) is None:
        return False
    households = place.end == position and text.endswith("户", position, end)
    # 民和、乐都4个县区: the last of a list does not have what counts it.
    listed = text[place.start - 1 : place.start] in ("、", "和")
    # 昌平|12家企业来招工: firms help by themselves, and are a place's own only behind what is (16个镇、38家企业).
    firms = text.endswith("家", position, end) and text[position - 1] not in "、和" and text[end : end + 2] != "医院"
    return households or (not listed and not firms and text.endswith(("个", "家", "所"), position, end))


def _governs(
    text: str, cue: Cue, at: tuple[int, int, int, int, int], before: Sequence[PlaceName], subject: Subject
) -> bool:
    """Whether the place of the last cue is what the number is about; `at`: paragraph, its end, sentence, number."""
    line, stop, sentence, position, end = at
    assert cue.place is not None
    if cue.start < sentence and not carry.goes_on(text, cue, (line, stop), (sentence, end), before):
        return False
    # 三社、四社76户搬到公路边,建房一户只出1万元: what follows several parts of a village is told of it.
    parts = subject.level is Level.VILLAGE and (
        "、" in cue.place.name or len(groups.with_neighbours(text, before, cue.place, subject)) > 1
    )
    if parts and _CLAUSE_END.search(text, cue.end, position):
        return False
    if _is_only_where(text, cue, subject) and _CLAUSE_END.search(text, cue.end, position):
        return False
    # 援建某镇学校,新增学位900个;资助学生1126名: what the subject does next it does elsewhere.
    first = groups.with_neighbours(text, before, cue.place, subject)[0]
    if _HALF.search(text, cue.end, position) and not (cue.again or _heads(text, first, (line, sentence), subject)):
        return False
    return not (
        groups.ends_list(text, cue.place, position, before) or _is_listed(text, (cue, position), before, subject)
    )


def _where_it_went(
    text: str, number: tuple[int, int], places: Sequence[PlaceName], subject: Subject
) -> list[PlaceName]:
    """The place of the next clause where money was spent, with those listed beside it: 投资200万元,在某村建起…."""
    position, end = number
    first = bisect_left(places, end, key=START)
    place = places[first] if first < len(places) else None
    if place is None or place.start > end + OPENING or place.adcode is not None or not is_inside(place, subject):
        return []
    if LIST_OF_TOWNS.search(place.name):
        return []
    into = _INTO.fullmatch(text, end, place.start) or (
        _PAID.search(text, max(0, position - 4), position) and _BUILT_THERE.fullmatch(text, end, place.start)
    )
    if text.endswith("元", position, end) and into:
        return groups.with_followers(text, places[first:], subject)
    spent = _SPENT.search(text, max(0, position - OPENING), position)
    if not spent or not _THERE_NEXT.fullmatch(text, end, place.start):
        return []
    # 投入1640万元,在甲镇建厂,在乙镇修路: what is spent in more than one place is the subject's.
    close = _SENTENCE.search(text, place.end)
    if _IN_ANOTHER.search(text, place.end, close.start() if close else len(text)):
        return []
    return groups.with_followers(text, places[first:], subject)


def _cannot_have(text: str, number: tuple[int, int], told: Sequence[PlaceName]) -> bool:
    """Whether the number counts what only something larger than one place has: no county has 6县, no town 4个乡镇."""
    found = _PLACES_COUNTED.match(text, number[0])
    if found is None or found.end() < number[1] or _BEYOND.search(text, max(0, number[0] - OPENING), number[0]):
        return False
    place = told[0]
    # 甲县、乙县今年脱贫,五县至此全部摘帽: nor have several counties counties.
    if (len(told) > 1 or "、" in place.name) and place.adcode is None:
        return False
    return (place.adcode is not None) == bool(found["county"])


def _is_only_where(text: str, cue: Cue, subject: Subject) -> bool:
    """Whether the subject acts, and the places are where: 桑植县在甲、乙等乡镇种茶3万亩,引进企业9家."""
    if cue.place is None or not LIST_OF_TOWNS.search(cue.place.name):
        return False
    acts = (subject.name, "全县", "全市", "全区") if subject.name else ("全县", "全市", "全区")
    return text.startswith("在", cue.start - 1) and text.endswith(acts, 0, cue.start - 1)


def _heads(text: str, place: PlaceName, starts: tuple[int, int], subject: Subject) -> bool:
    """Whether the later halves of a sentence are about the place: no figure of the subject was told in front of it."""
    line, sentence = starts
    return is_topic(text, place, line, subject) and not TOLD.search(text, sentence, place.start)


def _is_listed(text: str, at: tuple[Cue, int], before: Sequence[PlaceName], subject: Subject) -> bool:
    """Whether the cue is one of several places of an earlier half-sentence: 其中甲县8600套、乙县7400套；全州…."""
    cue, position = at
    ends = [m.start() for m in _HALF.finditer(text[cue.end : position])]
    if not ends or cue.place is None:
        return False
    start = max(text.rfind(mark, max(0, cue.start - speakers.REACH), cue.start) for mark in "。；;\n")
    named = {p.name for p in before if start < p.start < cue.end + ends[0] and is_inside(p, subject)}
    return len(named) > len(groups.with_neighbours(text, before, cue.place, subject))


def _answer(found: Sequence[PlaceName]) -> tuple[str | None, str | None]:
    names = list(dict.fromkeys(p.name for p in found))
    return "、".join(names), found[0].adcode if len(names) == 1 else None


def _paragraph(text: str, position: int) -> tuple[int, int]:
    low, high = max(0, position - speakers.REACH), min(len(text), position + speakers.REACH)
    start, stop = text.rfind("\n", low, position) + 1, text.find("\n", position, high)
    return start or low, high if stop < 0 else stop
