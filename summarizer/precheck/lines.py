"""What in a paragraph says which place the text is about."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from schemas.report import Subject
from schemas.vocabulary import Level
from summarizer.precheck import above, anaphors, groups, meant, speakers
from summarizer.precheck.brief import PlaceName
from summarizer.precheck.candidate import START
from summarizer.precheck.places import is_inside, is_own

_CLAUSE_END = re.compile(r"[,，;；:：。！？!?\n]")
_SENTENCE_END = re.compile(r"[。！？!?][”』」)）]*")
_BACK_SMALL = {
    Level.TOWN: re.compile(r"[全我该本][镇乡]|[镇乡](?:党委|政府|里)"),
    Level.VILLAGE: re.compile(r"[全我该本]村|村里|村“?两委"),
}
_NEXT_ITEM = re.compile(
    "(?<=[。；;”])(?:[一二三四五六七八九十]是|[(（][一二三四五六七八九十][)）]|其[一二三四五]|[\u4e00-\u9fff]{2,4}方面[，,]"
    "|(?:援疆|援藏|帮扶|财政|专项)资金)|(?<=”)总投资"
)
"""The beginning of the next item of an account: what it tells is the subject's again."""

_THESE = re.compile(r"这(?P<counted>[\d.]+万?[余多]?(?:户|人|名|个村|个乡镇|家))")
"""Those of whom it was said how many they are."""
_DIGITS = frozenset("0123456789.")
_SPAN = re.compile(r"[至到—－-]+")
_SMALL = (Level.TOWN, Level.VILLAGE)
LIST_OF_TOWNS = re.compile(r"等(?:乡村|村庄|乡镇|村)$")
"""Ends a list of places that names their class last."""

HEADING_CHARS = 30
"""A line this short without a full stop is a heading."""
_HEAD = re.compile(r"[,，;；:：。！？!?\n、(（)）“【】〖〗〔〕]|(?<=\d)[.．]")
_PREPOSITION = re.compile(r"(?:在|为|对|到|向|与|和|由|给|从|至|是|往|赴|位于|离|距|帮扶|支持|投入|引进)$")
_ACTED_ON = re.compile("[在为对到向与和由给从把将让使]|帮扶|支持|投入|引进|援")
_TIME_BEFORE = re.compile(r"(?:年|月|日|底|初|季|天|前|来|时|后|起|间|度|今|去)$")
_DATED = re.compile(r"[^,，。；;]{0,8}[年月日底初天季前来时后间][,，]?")
"""A date, or another phrase of time, and nothing else."""
_VISIT = re.compile("(?:走进|进驻|来到|走访|探访|漫步|(?<![出过上下])去)了?$")
_POSTED = re.compile("(?:驻村)?(?:当|担任|挂任|挂职|任)[\u4e00-\u9fff“”]{0,8}(?:书记|队长|队员|主任)")
_HOME_BEFORE = re.compile(r"(?:(?:老家|家[住原]?|住)在?|回到了?|返回)$")
_MOVED = re.compile("(?:搬|迁|住)[到进入至]了?[^到进入至]{0,8}$")
TOLD = re.compile(r"\d(?<![\d.行走东西南北]\d)[\d.,]*(?![\d年月日时点多岁.,里]|余[公里岁])")
"""A figure: a place named after one in its sentence is not what the sentences after it are about.

A way to go is none: 往南30里是某乡.
"""
_AMONG = re.compile("最(?![低后])|最后(?:一个|的)|首[个家批]|第一|唯一|率先|前列")
"""Behind 全县, that only one of its places is told of: 是全县|最大的安置点."""
_MET = re.compile("(?:胜利|隆重)?(?:召开|举行|举办|开幕|开讲|启动)")
"""What is only done in a place, for all of the subject."""
_OF_VILLAGES = re.compile("[\\d两三四五六七八九十]{1,2}个(?:贫困|行政|自然)?村")
_SETTLES = re.compile("(?:扎下?了?根|落了?[地户脚]|安了?家|生了?根)")
_COMMA, _SEMICOLON = re.compile("[,，]"), re.compile("[;；]")
_HAS = re.compile("(?:辖有?|管着|包括|(?:现|共|下|设)有)$")
"""Right before the first of the places that a larger one has."""
_FIRM = re.compile("[\u4e00-\u9fff]{1,12}?(?:公司|合作社|集团|银行|商行)")
_RAISES = ("养", "种", "栽", "养殖", "种植", "繁育", "放养")
"""Right before what is raised or grown; with 了 and 的 too rarely to be worth it."""
_DEALS_WITH = ("交给", "卖给", "租给", "送到", "委托", "引进", "引来", "由", "与", "跟", "同")
"""Right before a firm: 基地交给|天等县桂椒农业公司."""
_HELPER_BEFORE = re.compile("(?:同时|此外|另外)?[,，]?(?:(?:对口|结对|定点)(?:帮扶|支援|协作)的|来自)?")
_WHO_CAME = (",来自", "，来自", ",分别来自", "，分别来自")
_HE = re.compile("(?<!其)[他她](?!们)")
_HE_IN, _WORKS = re.compile("[他她]在[^，,。]{0,6}$"), re.compile("打工|务工|做工|经商")
_ACTING = frozenset(("县里", "县财政", "县委", "县政府", "区里", "旗里", "区财政", "旗财政", "县扶贫"))
"""Of the words that lead back those that say who acts, and not where."""
_LEAVING = ("从", "从县城", "离开")
_ONWARDS = re.compile("(?:一路|再)?(?:往|向|朝|沿|出发)")
"""Behind the place that a journey leaves: 从竹瓦根镇|往南走98公里."""
_CLOSING, _OPENING = re.compile("[)）]"), re.compile("[(（]")


@dataclass(frozen=True, slots=True)
class Cue:
    """What the text is about from `start` on: `place` None is the subject; `again` is named by a word that means it.

    A sentence may go on with the place of an earlier one only where that is its `topic`. A `hint` tells of the number
    that it begins with, too: 43岁的王某.
    """

    start: int
    end: int
    place: PlaceName | None
    topic: bool = True
    again: bool = False
    hint: bool = False

    def is_in_front(self, position: int) -> bool:
        """Whether it can govern a number at the position."""
        return (self.start if self.hint else self.end) <= position


class Line:
    """A paragraph, or as much of it as can govern a number; what is asked for each number is found once."""

    def __init__(
        self,
        text: str,
        span: tuple[int, int],
        places: Sequence[PlaceName],
        subject: Subject,
        hints: Sequence[PlaceName],
    ) -> None:
        low, high = span
        stop = text.find("\n", low, high)
        self._text, self._subject, self._all = text, subject, places
        self._span = low, high if stop < 0 else stop
        self._hints = [h for h in hints if h.start < self._span[1]]
        self._last = bisect_left(places, self._span[1], key=START)
        self._places = places[bisect_left(places, low, key=START) : self._last]

    @cached_property
    def heading(self) -> PlaceName | None:
        """The place whose heading the paragraph stands under."""
        return _under(self._text, self._span[0], self._all, self._subject)

    def sentence(self, position: int) -> int:
        """Where the sentence that holds a position begins."""
        nth = bisect_right(self._ends, position)
        return self._ends[nth - 1] if nth else self._span[0]

    def tells_again(self, position: int) -> bool:
        """Whether something in front of a position means a place named before."""
        return any(cue.is_in_front(position) for cue in self.again)

    def last_cue(self, position: int, listed: int | None) -> Cue | None:
        """The last cue in front of a position that stands in no bracket closed there.

        `listed` is where the list begins whose places a number at the position counts: those who have them, or the
        subject, are named in front of it (甲镇、乙镇等6个乡镇).
        """
        last = bisect_left(self._cues, position + 1 if listed is None else listed, key=START)
        in_front = (cue for cue in reversed(self._cues[:last]) if cue.is_in_front(position))
        return next((cue for cue in in_front if not _closed(self._text, cue.end, position)), None)

    @cached_property
    def _ends(self) -> list[int]:
        """Where its sentences end."""
        return [m.end() for m in _SENTENCE_END.finditer(self._text, *self._span)]

    @cached_property
    def again(self) -> list[Cue]:
        """The words that mean a place named before."""
        found = anaphors.find(self._text, self._span, self._all[: self._last], self._subject) if self._last else ()
        again = [Cue(a.start, a.end, a.place, topic=not a.passing, again=True) for a in found]
        own = self._subject.name
        again += [Cue(p.start, p.end, p if p.name != own else None, again=True, hint=True) for p in self._hints]
        return again + list(self._meant_by_pronouns())

    def _meant_by_pronouns(self) -> Iterator[Cue]:
        """Where a story of a village comes back to somebody of a group: 五组的周某…,村里办起电商站,让|他|试三个月."""
        if self._subject.level is not Level.VILLAGE:
            return
        groups_of_it = [p for p in self._hints if p.start >= self._span[0] and p.name != self._subject.name]
        for found in _HE.finditer(self._text, *self._span) if groups_of_it else ():
            last = bisect_left(groups_of_it, found.start(), key=START)
            if last:
                yield Cue(found.start(), found.end(), groups_of_it[last - 1], again=True)

    @cached_property
    def _cues(self) -> list[Cue]:
        """All cues, with what counts or means places named before, in order."""
        counts = list(groups.counted(self._text, self._span, self._places, self._subject))
        cues = sorted([*self._back(), *self._inside(), *self._outside()], key=START) + self.again
        cues = [cue for cue in cues if not any(p.start <= cue.start < p.end for p in counts)]
        for run, end in groups.examples(self._text, self._places, self._subject):
            cues = [cue for cue in cues if not run[0].start <= cue.start < end]
            # 武宣县金鸡乡|等9个乡镇: the others are of that county, too.
            counties = {c.name: c for p in run if (c := anaphors.county_of(p, self._subject))}
            cues.append(Cue(run[0].start, end, next(iter(counties.values())) if len(counties) == 1 else None))
        cues += [Cue(p.start, p.end, None if self._has_them(p) else p, topic=False) for p in counts]
        cues += self._after_lists()
        cues += [Cue(end, end, None) for end in groups.exits(self._text, self._places, self._subject)]
        cues += list(self._these(cues))
        # |全县的羊卖得好: a paragraph that goes on about somebody may begin with the subject.
        return sorted(cues, key=lambda cue: (cue.start, not cue.hint))

    def _these(self, cues: Sequence[Cue]) -> Iterator[Cue]:
        """Where people are meant who were counted before: 其中贫困户87户。县里每亩补200元,|这87户领走13.9万元."""
        text, low = self._text, self._span[0]
        for found in _THESE.finditer(text, *self._span):
            first = text.find(found["counted"], low, found.start())
            before = [cue for cue in cues if cue.is_in_front(first)] if first >= 0 else []
            if before and text[first - 1] not in _DIGITS:
                told = max(before, key=START)
                yield Cue(found.start(), found.end(), told.place, told.topic, again=told.again)

    def _has_them(self, counted: PlaceName) -> bool:
        """Whether the subject has the places that are counted: 全州辖甲、乙、丙3个县,面积…. What follows is its own."""
        names = counted.name.split("、")
        first = next((p for p in self._places if p.name == names[0] and p.end <= counted.start), None)
        return first is not None and _HAS.search(self._text, self._span[0], first.start) is not None

    def _after_lists(self) -> Iterator[Cue]:
        """Where a clause ends that has such a list in its midst: 重点建设甲、乙2个乡镇的小区,|新栽果树2万亩."""
        bare = (
            p for p in self._places if "、" in p.name and p.name[-1] not in "镇乡村" and is_inside(p, self._subject)
        )
        for place in bare:
            # 受强降雨影响,|甲、乙3个乡镇26户受损,61人转移: the clause begins with the list.
            lead = _CLAUSE_END.split(self._text[self.sentence(place.start) : place.start])[-1]
            end = _CLAUSE_END.search(self._text, place.end, self._span[1])
            # 村里有移民742户,来自甲、乙2个乡镇: where they come from leads nowhere.
            # 6月27日,甲、乙两乡遭受雹灾: a list that only a date stands before is what the sentence is about.
            heads = not lead.strip() or _DATED.fullmatch(lead.strip())
            if end and not heads and not lead.endswith(("在", "的", "来自")) and place.name[-1] not in "镇乡村":
                # 在甲镇,…把乙、丙、丁3个村的地流转出来,|建成示范区: the villages are the town's, and it goes on.
                of_town = _OF_VILLAGES.match(self._text, place.end)
                towns = [p for p in self._places if of_town and p.end <= place.start and p.name.endswith(("镇", "乡"))]
                yield Cue(end.start(), end.end(), towns[-1] if towns else None)

    def _back(self) -> Iterator[Cue]:
        """The words that lead back to the subject."""
        text, subject, low = self._text, self._subject, self._span[0]
        for found in speakers.BACK.finditer(text, *self._span):
            ranked = above.SHARE_OF.search(text, low, found.start()) or _AMONG.match(text, found.end())
            # 在妈姑镇,|县里|投资300万元建起冷库: what is done in a place that sets the scene is told of it.
            there = found.group() in _ACTING and self._is_scene(found.start())
            if above.leads_back(found.group(), subject) and not (ranked or there):
                yield Cue(found.start(), found.end(), None)
                yield from self._spread(found.start(), found.end())
        for found in _NEXT_ITEM.finditer(text, *self._span):
            yield Cue(found.start(), found.end(), None)
        if subject.level in _BACK_SMALL:
            for found in _BACK_SMALL[subject.level].finditer(text, *self._span):
                yield Cue(found.start(), found.end(), None)

    def _is_scene(self, position: int) -> bool:
        """Whether the clause right before a position is nothing but 在 and a place of the subject."""
        return any(
            p.end == position - 1 and self._text.startswith("在", p.start - 1) and is_inside(p, self._subject)
            for p in self._places
        )

    def _spread(self, start: int, end: int) -> Iterator[Cue]:
        """Where a clause ends that says how far a place reaches: 某乡的鞋厂在全县6个村设了分厂,|厂房1.2万平方米."""
        if not self._text.startswith("在", start - 1):
            return
        sentence = self.sentence(start)
        named = [p for p in self._places if sentence <= p.start and p.end <= start and is_inside(p, self._subject)]
        clause = _CLAUSE_END.search(self._text, end, self._span[1])
        if named and clause and _COMMA.match(clause[0]):
            yield Cue(clause.start(), clause.end(), named[-1], topic=False)

    def _inside(self) -> Iterator[Cue]:
        """The places of the subject."""
        text, subject, places, low = self._text, self._subject, self._places, self._span[0]
        roads = _ends_of_roads(text, places)
        inside = [p for p in places if is_inside(p, subject) and p not in roads]
        inside = [p for p in inside if text[p.start - 1] != "在" or not _MET.match(text, p.end)]
        # 村里有移民742户,来自甲乡。供水工程…: where they came from leads nowhere.
        inside = [p for p in inside if not (text.endswith(_WHO_CAME, 0, p.start) and _CLAUSE_END.match(text, p.end))]
        inside = [p for p in inside if not (text.endswith(_LEAVING, 0, p.start) and _ONWARDS.match(text, p.end))]
        inside = [
            p for p in inside if not meant.is_left(text, p, places, subject) and not _is_where_one_acts(text, p, places)
        ]
        sentences = [bisect_right(self._ends, p.start) for p in inside]
        alone = Counter(s for s, _ in {(s, p.name) for s, p in zip(sentences, inside, strict=True)})
        for nth, place in zip(sentences, inside, strict=True):
            # 甲县600人、乙县500人。实际完成1100人: a list does not go on about its last place.
            first = place if alone[nth] == 1 else self._introduced(inside, nth, place)
            bare = "、" in place.name and place.name[-1] not in "镇乡村"
            topic = (
                first is not None
                and not bare
                and (
                    _has_person(text, first)
                    or _is_new_home(text, first, low)
                    or (
                        not TOLD.search(text, self._ends[nth - 1] if nth else low, first.start)
                        and is_topic(text, first, low, subject)
                    )
                )
            )
            yield Cue(place.start, place.end, place, topic)

    def _introduced(self, inside: Sequence[PlaceName], nth: int, place: PlaceName) -> PlaceName | None:
        """The first of a list that is all that the paragraph's first sentence names, which tells no figure of it yet.

        甲镇、乙镇主攻富硒茶。四年新扩茶园1.65万亩: the paragraph is about them all.
        """
        end = self._ends[0] if self._ends else self._span[1]
        if nth or TOLD.search(self._text, self._span[0], end):
            return None
        run = groups.with_neighbours(self._text, inside, place, self._subject)
        return run[0] if sum(p.start < end for p in inside) == len(run) else None

    def _outside(self) -> Iterator[Cue]:
        """The subject itself by its name, and who comes from outside and does something for it."""
        text, subject, places, low = self._text, self._subject, self._places, self._span[0]
        for place in places:
            # 在汉中的医院: where somebody of the village is treated.
            near = subject.level in _SMALL and is_own(place, subject) and text[place.start - 1] not in "在到去往从"
            named = place.name == subject.name or near
            if named and not (
                place.name == subject.name and (_names_a_firm(text, place) or _names_a_sort(text, place))
            ):
                yield Cue(place.start, place.end, None)
        halves = (m.end() for m in _SEMICOLON.finditer(text, *self._span))
        starts = sorted((low, *self._ends, *halves))
        for place in places:
            # 嘉定区援建…: it is done for the subject, wherever the sentence before was. 他在东莞市打工: not at home.
            outside = place.adcode and not is_inside(place, subject) and place.name != subject.prefecture
            if outside and (_opens_as_helper(text, place, starts) or _works_there(text, place)):
                yield Cue(place.start, place.end, None)


def _under(text: str, line: int, places: Sequence[PlaceName], subject: Subject) -> PlaceName | None:
    """The place whose heading a paragraph stands under: a county, or in a text on a county a town or village."""
    if subject.level in _SMALL:
        return None
    of_county = subject.level is Level.COUNTY
    end = line - 1
    while end > max(0, line - speakers.REACH):
        start = text.rfind("\n", 0, end) + 1
        if start > 0 and 0 < end - start <= HEADING_CHARS and not _SENTENCE_END.search(text, start, end):
            first, last = (bisect_left(places, at, key=START) for at in (start, end))
            named = [p for p in places[first:last] if (p.adcode is None) == of_county and is_inside(p, subject)]
            return named[0] if len(named) == 1 else None
        end = start - 1
    return None


def _names_a_firm(text: str, place: PlaceName) -> bool:
    """Whether the place begins a firm's name: 引进|灵丘|恒源公司, with its class only where one deals with the firm."""
    if _FIRM.match(text, place.end) is None:
        return False
    return text[place.end - 1] not in "县市区旗州" or text.endswith(_DEALS_WITH, 0, place.start)


def _names_a_sort(text: str, place: PlaceName) -> bool:
    """Whether the place, without its class, is that of a sort that is raised or sold: 养|石台|黑山羊."""
    return text[place.end - 1] not in "县市区旗州" and text.endswith(_RAISES, 0, place.start)


def _opens_as_helper(text: str, place: PlaceName, starts: Sequence[int]) -> bool:
    """Whether a sentence, or a half of it, begins with a place that helps (对口帮扶的|某市)."""
    start = max(at for at in starts if at <= place.start)
    return _HELPER_BEFORE.fullmatch(text, start, place.start) is not None


def _works_there(text: str, place: PlaceName) -> bool:
    """Whether whoever is told of has left home for the place (他在东莞市打工; not 丈夫在新疆打工)."""
    return (
        _WORKS.match(text, place.end) is not None
        and _HE_IN.search(text, max(0, place.start - 8), place.start) is not None
    )


def _ends_of_roads(text: str, before: Sequence[PlaceName]) -> list[PlaceName]:
    """The places that name a road two by two: 蒿坪镇至双安镇的二级路."""
    return [p for a, b in pairwise(before) if _SPAN.fullmatch(text, a.end, b.start) for p in (a, b)]


def _is_where_one_acts(text: str, place: PlaceName, before: Sequence[PlaceName]) -> bool:
    """Whether a list of villages is only where the town in front of it acts: 某镇|在甲、乙等村|开办培训班5期."""
    if not text.startswith("在", place.start - 1) or LIST_OF_TOWNS.search(place.name) is None:
        return False
    return any(p.end == place.start - 1 and p.name.endswith(("镇", "乡")) for p in before)


def _has_person(text: str, place: PlaceName) -> bool:
    """Whether somebody of the place is named: a story goes on about him whatever figure it told before."""
    return speakers.NAMED_AFTER.match(text, place.end) is not None or bool(
        _HOME_BEFORE.search(text, max(0, place.start - 4), place.start)
    )


def is_topic(text: str, place: PlaceName, low: int, subject: Subject) -> bool:
    """Whether the text goes on about the place: it opens its clause (石家田乡,…) or a person of it is named.

    A place that is all its clause says sets a scene (在联团村,…).
    """
    if speakers.PERSON_AFTER.match(text, place.end) or (
        place.name.endswith(("村", "屯")) and _tells(text, low, place.end)
    ):
        return True
    # 肥桃苗则在通城镇扎下了根, 加工园落户大塘镇: what has settled there is told of.
    if _SETTLES.match(text, place.end) or text.endswith(("落户", "落户在", "扎根"), low, place.start):
        return True
    # 到龙湾村当第一书记, 翻过山梁就是洪河村。转机在平山镇。
    # 往南30里是丰源店乡,…: so does what lies there.
    if (
        _POSTED.match(text, place.end)
        or (text.endswith(("是", "在"), low, place.start) and _SENTENCE_END.match(text, place.end))
        or (text.endswith(("里是", "就是", "便是"), low, place.start) and _CLAUSE_END.match(text, place.end))
    ):
        return True
    if _HOME_BEFORE.search(text, max(low, place.start - 4), place.start):
        return True
    lead = _HEAD.split(text[low : place.start])[-1].strip()
    for own in (subject.name, subject.prefecture, subject.province):
        lead = lead.removesuffix(own) if own else lead
    # 大山腹地的石壁村起了大雾: what it is like says nothing of who acts.
    lead = "" if lead.endswith("的") and _ACTED_ON.search(lead) is None else lead
    if _VISIT.search(lead) or (lead == "在" and _COMMA.match(text, place.end)):
        return True
    return (not lead or bool(_TIME_BEFORE.search(lead))) and not _PREPOSITION.search(lead)


def _is_new_home(text: str, place: PlaceName, low: int) -> bool:
    """Whether a sentence ends with the place that people have moved to: 搬到了江边的某某|安置点。 ends it."""
    clause = _HEAD.split(text[low : place.start])[-1]
    # 企业把生产线搬到启浪乡: what lives in a town is no people's home.
    people = place.name[-1] in "点区村屯"
    return people and _MOVED.search(clause) is not None and _SENTENCE_END.match(text, place.end) is not None


def _tells(text: str, low: int, end: int) -> bool:
    """Whether the paragraph is a story: somebody in it speaks. A report that names a village goes on to the next."""
    stop = text.find("\n", end, end + speakers.REACH)
    paragraph = text[low : end + speakers.REACH if stop < 0 else stop]
    return "”" in paragraph and re.search("说|告诉|介绍|笑着|高兴地", paragraph) is not None


def _closed(text: str, cue_end: int, position: int) -> bool:
    """Whether the bracket that holds the cue closes before the number: 5个县(甲县400人、乙县400人)承担."""
    closing = _CLOSING.search(text, cue_end, position)
    return closing is not None and not _OPENING.search(text, cue_end, closing.start())
