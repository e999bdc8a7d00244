"""Whether what a number states has happened: achieved, ongoing, planned, or a rule.

A cue word governs its own clause first, then the later clauses of its sentence, then (as the announcement of plans
that a heading or the opening of a paragraph makes) all that follows it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from schemas.vocabulary import Indicator, Status, Unit
from summarizer import signs
from summarizer.readers.clauses import BEYOND, Around, Layout, before, behind, last_half
from summarizer.readers.policy import LARGEST_RATE, is_policy, is_rate
from summarizer.readers.progress import (
    LEFT_TO_DO,
    WHOLE,
    is_nearly_ready,
    is_partly_done,
    is_rest_under_way,
    is_under_way,
)
from summarizer.readers.scopes import announces_plans, announces_rates, entitles, instructs
from summarizer.readers.status_words import Cue, StatusWords, status_words

DEFAULT_COST = 36.0
"""Cost at which a number counts as achieved: reports state what is; cues further off belong to other statements."""

BESIDE = 14.0
"""Cost below which a cue stands beside the number: in its own words, or a word away from them."""

SCOPE_COST = 35.0
"""An announcement of plans holds unless a cue near the number says otherwise."""

_FROM = re.compile(r"[从由](?:\d{4}年[^，。；\d]{0,4})?[^，。；,;\d]{0,12}$")
_TO = re.compile(r"[^，。；,;\d]{0,12}[到至为](?:\d{4}年[^，。；\d]{0,4})?[^，。；,;\d]{0,4}\d")
"""From what, and to what, something changes: 从 + 600亩 + 扩大到1000亩."""

_LEFT = re.compile(
    "已(?:建成|建|有)的$|(?:[尚仍]有|[还仅只]剩[余下]?)[^，。；,;]*$|(?:盯[紧住]|聚焦|针对)(?:剩余|余下|剩下)的?[^，。；,;]{0,8}$|(?:排查|反馈|发现|查摆|梳理|检查)出?的[^，。；,;]{0,4}$"
)
_RATES_CHANGED = re.compile("(?:奖补|补助|补贴|奖励|资助|救助)标准[，,](?=[^。；]{0,8}(?:每|由))(?![^。；]*[已共])")
"""Leads within a sentence to what the rates are now: 调高了奖补标准,茶叶每亩由800元提高到1200元."""

_EXPECTED_LEFT = re.compile("(?:预计|预期|将)[^，。；,;]{0,6}[还仅只]剩")
_STILL = re.compile("还有[^，。；,;]*$")
_NOT_YET = re.compile(r"(?:\d[\d.]*万?[户人])?[^，。；,;\d]{0,8}[没未]有?[脱退达摘]")
_GOES_ON = re.compile("正|在[建装]|施工|前|完工")
"""What a county still has, too: 还有 + 98户389人没有脱贫,计划年底前全部脱贫."""

_KEPT = re.compile(r"[^，。；,;]{0,16}(?:不撤|坚守|基础上)")
"""What is left is there already, and so is what a plan keeps as it is: 仍有 + 5户未脱贫, 工作队32支 + 不撤."""

_WHO_THEY_ARE = re.compile("(?:[0-9][0-9.]*万?[户人])?[^。；;0-9]{0,12}?(?:都|均|多数?|大多|主要|以上|全)(?:是|为|属)")
"""Behind people: who they are is told of those who are there: 剩余65户 + 146人,多数是因病因残,计划6月底前脱贫."""

_REST = re.compile("(?:余下|剩下|剩余|其余)的?[^，。；,;0-9]{0,6}(?:[0-9][0-9.]*[一-龥]{1,2})?$")
_DUE = re.compile(
    "[^。；;\\n0-9]{0,24}(?:\\d{1,2}月(?:\\d{1,2}日)?|[年月]|季度|春节|国庆|汛期|雨季)[底末中]?(?:以?前|之前)(?![后期])"
)
_PERSONS = re.compile(r"[\d.]+万?[余多]?人")
_ANOTHER_FIGURE = re.compile(r"[^，。；,;\d]{0,8}再[^，。；,;\d]{0,6}\d")
_NO_MORE_THAN_DUE = re.compile("已(?!脱)|正在|在建|无法|没有|未")
"""The rest of something is what is left to do where its sentence says by when: 余下 + 25户等着装完水电,11月底前搬完."""

_AIMED_AT = re.compile("针对")
"""The size of a problem stands behind it."""

_PROBLEM = re.compile("[^。；]{0,60}问题")
"""What stands behind it then."""

_AGE = re.compile("[岁旬]")

_DUE_UNITS = frozenset({Unit.CNY, Unit.PERCENT, Unit.YEAR, Unit.MONTH, Unit.DAY})
"""What people are entitled to is told in these."""

_UP_TO = re.compile("最高|不超过|以[内下]|上限")
_FOR_EACH = re.compile("[每各均]|按|最[高低]|不[超低少]")
_SUPPORTED = re.compile("补[助贴]|自筹|奖[补励]")
"""Words of rates: bounds of a sum, what lays something down for each, and what support is called."""

_WHO = frozenset({Unit.HOUSEHOLD, Unit.PERSON, Unit.PERCENT})
_SENT = frozenset({Indicator.CADRES, Indicator.TEAMS})
_WHO_SERVES = re.compile(
    r"\s*(?:[全本我各][县市区旗州盟镇乡村])?(?:[\d.]+[万余多]*[支名个位人][^，。；,;0-9]{1,12}[、和及])*$"
)
"""In front of those of whom a plan asks something: 全县226支工作队、 + 693名队员每月驻村不少于20天."""

_SIDE = re.compile("(?:比|较|同比?)(?:去年|上年|前年)(?:同期)?")
"""What is held against last year may be planned (较去年增加300万元)."""

_BY_NOW = re.compile("[^，。；,;]{0,8}已|经[^，。；,;]{2,24}(?:核查|评议|认定|验收|审核|评估|考核|核实|抽查)")
"""What begins a clause that tells of what there is by now: 目前已…, 经村民代表评议…"""

_SO_FAR = re.compile(
    "上半年|前[一二三]?个?季度|(?:1|一)[至到—－-]{1,2}(?:[2-9]|1[01])月|截[至止]|[可但]?到(?:去年|上个?月|昨天|目前|现在)"
)
"""What begins a clause that tells how far a year's plan has come: 全年计划投入3亿元,上半年到位1.7亿元."""

_LEFT_OVER = frozenset({Indicator.REMAINING_HOUSEHOLDS, Indicator.REMAINING_PERSONS})
"""Who is on the lists is counted, also where a notice says who may apply."""

_ALREADY = re.compile("已(?:脱贫|摘帽|退出|建档)")
"""What households are called, not what was done: 已脱贫户最高5000元."""

_MOMENT = re.compile("[年月][底末前]?|[季夏秋冬]")
_DATED = re.compile(r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日|份)?)?|\d{1,2}月(?:\d{1,2}日|份)?")
_DIGIT = re.compile(r"\d")
_COMMA, _SEMICOLON = re.compile("[，,；;]"), re.compile("[；;]")

_DONE_THERE = re.compile("已|了(?!解)")
"""Tells in a later clause of what was done."""

_PUT_DOWN = re.compile("已经?(?:列入|纳入)[^，。；,;]{0,12}(?:计划|规划)")
"""Tells there of a plan."""

_COMPLETED = re.compile("[^，。；]{0,6}(?:建成|完成|竣工|开工)")
_BY_NOW_THERE = re.compile("[^。；]*?[，,](?:目前|现|截至[^，。]{1,8})?[，,]?(?:现已|已经?(?=[一-龥]))")
"""Begins a clause that tells of completion, and a later one that tells how far that has come."""

LATER_COST = 4.0
"""A period still to come speaks for a plan, unless a word of fulfilment touches the number."""

CARRIED_COST = 16.0
"""The same of a period that an earlier clause of the sentence states."""

WINDOW = 160
"""Characters of the sentence searched on either side of the number."""

_HERE = "\x02"
"""Stands in the searched text where the number ends, so that a cue may ask to touch it."""


@dataclass(frozen=True, slots=True)
class _Needed:
    """Signs of words without which a rule says nothing; `cues` has those of each cue beside it."""

    cues: tuple[tuple[Cue, int], ...]
    stands: int
    partly_done: int
    under_way: int
    ready: int
    intended: int
    rest: int
    left: int


@cache
def _needed() -> _Needed:
    """The signs of the vocabulary, and of the words that only the rules know."""
    words = status_words()
    return _Needed(
        tuple((cue, signs.of(cue.words)) for cue in words.cues),
        signs.of(_LEFT, _KEPT, _FROM, _STILL, _AIMED_AT, _WHO_THEY_ARE),
        signs.of(words.partly_unfinished, words.partly_done, words.partly_begun, words.partly_stage, WHOLE),
        signs.of(words.predicate, words.of_works),
        signs.of(words.ready),
        signs.of(words.intent, words.deadline),
        signs.of(_REST),
        signs.of(LEFT_TO_DO),
    )


def _serves(layout: Layout, near: Around, indicator: Indicator) -> bool:
    """Whether the number counts those who serve already, as the subject of what a plan asks of them."""
    return indicator in _SENT and _WHO_SERVES.match(layout.text, near.clause.start, near.number.start) is not None


class Word(NamedTuple):
    """What the rules say: the status, and whether they are sure of it, for it rests on words beside the number."""

    status: Status
    sure: bool = False


def status_of(
    layout: Layout,
    near: Around,
    indicator: Indicator,
    later: float | None,
    heading: str,
    *,
    planned: bool = False,
    told: bool = False,
) -> Word:
    """The status of one number.

    `later` is what a period after the time of writing costs as a sign of a plan (LATER_COST where its own clause
    states it), None where there is none; `heading` is the heading that the number stands under; `planned` says that
    the part it stands in lays down a plan, `told` that its half-sentence speaks of a time that has come.
    """
    words, needed = status_words(), _needed()
    planned = planned or (heads_plan(heading) and instructs(layout, words.scopes))
    told = told or _serves(layout, near, indicator)
    announced = not told and (planned or announces_plans(layout, near, heading, words.scopes))
    if is_policy(layout.text, near, announced=announced):
        return Word(Status.POLICY)
    if is_rate(layout.text, near) and (planned or _is_regulated(layout, near, heading, words)):
        return Word(Status.POLICY)
    if indicator not in words.stock | _LEFT_OVER and _lays_down(layout, near, heading, words):
        return Word(Status.ACHIEVED if _was_paid(layout.text, near, words) else Status.POLICY)
    if _is_denominator(layout.text, near, words) or (near.told & needed.rest and _is_due(layout.text, near)):
        return Word(Status.PLANNED, sure=True)
    if near.told & needed.left and is_rest_under_way(layout.text, near):
        return Word(Status.ONGOING, sure=True)
    if (near.told & needed.stands or near.number.unit is Unit.YEAR) and _stands(layout.text, near):
        # 到今年年底,预计只剩3.2万人: what will be left then is no more than expected.
        return Word(Status.PLANNED if _is_expected(layout.text, near) else Status.ACHIEVED, sure=True)
    partly_done = _may_be_partly_done(layout, near) and is_partly_done(layout, near, indicator, words)
    begun = near.told & needed.under_way and is_under_way(layout, near, words)
    if partly_done or begun or (near.told & needed.ready and not announced and is_nearly_ready(layout, near, words)):
        return Word(Status.ONGOING)
    return _by_cues(layout, near, indicator, later, announced=announced)


def _by_cues(layout: Layout, near: Around, indicator: Indicator, later: float | None, *, announced: bool) -> Word:
    """The status that cue words speak for, or else the time, the announcement in force or a verb of intent."""
    words, needed = status_words(), _needed()
    default = Status.ACHIEVED
    best = DEFAULT_COST
    to_come = later is not None and not (later >= CARRIED_COST and _begins_anew(layout.text, near))
    if later is not None and to_come:
        best, default = later, Status.PLANNED
    elif indicator not in words.stock and announced:
        best, default = SCOPE_COST, Status.PLANNED
    cost, chosen = _cheapest(layout, near, indicator, best, default)
    # 下一步…启动5个乡镇道路改造: what is to be begun is a plan. 明年再嫁接800亩,建成烘干厂: of a time to come 建成
    # tells what is meant to happen.
    meant = announced if chosen is Status.ONGOING else to_come and chosen is Status.ACHIEVED
    if meant and not words.past.search(layout.text, near.clause.start, near.clause.end):
        return Word(Status.PLANNED)
    if chosen is Status.ACHIEVED and indicator not in words.stock:
        may_be = announced or near.told & needed.intended or layout.text.startswith("其中", near.sentence.start)
        if may_be and _is_intended(layout, near, words, announced):
            return Word(Status.PLANNED)
    return Word(chosen, sure=cost < BESIDE and cost < best)


def _cheapest(layout: Layout, near: Around, indicator: Indicator, best: float, chosen: Status) -> tuple[float, Status]:
    """The status that the cheapest cue speaks for, with its cost, or the one chosen at a cost that none undercuts."""
    for cost, status in _signals(layout, near, indicator, _cues(near.told)):
        if cost < best:
            best, chosen = cost, status
    return best, chosen


@lru_cache(maxsize=64)
def _cues(told: int) -> Sequence[Cue]:
    """The cues that can stand in a sentence with these signs; kept, for the numbers of a sentence have the same."""
    return [cue for cue, sign in _needed().cues if told & sign]


def _may_be_partly_done(layout: Layout, near: Around) -> bool:
    """Whether the paragraph tells of parts that are finished or not; few do."""
    paragraph = layout.paragraph(near.number.start)
    return signs.tells(layout.text, (paragraph.start, paragraph.end + BEYOND), _needed().partly_done)


def _begins_anew(text: str, near: Around) -> bool:
    """Whether the number's half-sentence begins without a date: what an earlier one says of the future ends there."""
    said = text[near.sentence.start : near.number.start]
    half = last_half(said)
    return len(half) < len(said) and _MOMENT.search(half) is None


def _was_paid(text: str, near: Around, words: StatusWords) -> bool:
    """Whether a text about entitlements tells of what was done: its clause says so, or the sum is too large for one.

    A half-sentence that began with what was done goes on with it, save where it lays something down for each.
    """
    number = near.number
    if number.unit is Unit.CNY and number.value is not None and number.value >= LARGEST_RATE:
        return _UP_TO.search(text, near.clause.start, near.clause.end) is None
    if words.past.search(_ALREADY.sub("", text[near.clause.start : near.clause.end])):
        return True
    each = _FOR_EACH.search(text, near.clause.start, near.clause.end)
    return each is None and words.past.search(last_half(text[near.sentence.start : number.start])) is not None


def _lays_down(layout: Layout, near: Around, heading: str, words: StatusWords) -> bool:
    """Whether the text or its part says who is entitled to what: 扶贫政策问答, 二、补助标准."""
    if lists_standards(heading):
        return True
    return near.number.unit in _DUE_UNITS and entitles(layout, words.scopes)


def _is_regulated(layout: Layout, near: Around, heading: str, words: StatusWords) -> bool:
    """Whether rates are announced, or the sentence plans what the rate of support is for (计划搬迁…,人均补助2万元)."""
    if announces_rates(layout, near, heading, words.scopes):
        return True
    if _RATES_CHANGED.search(layout.text, near.sentence.start, near.number.start):
        return True
    supported = _SUPPORTED.search(layout.text, near.clause.start, near.number.start)
    return (
        supported is not None and words.intent.search(layout.text, near.sentence.start, near.number.start) is not None
    )


def _is_intended(layout: Layout, near: Around, words: StatusWords, announced: bool) -> bool:
    """Whether plans are announced, or a verb of intent stands in the sentence (计划再减贫9500人,九成贫困村实现退出).

    Or in the sentence before, of which 其中 tells the parts. Not where a word says that what the number states has
    happened: 计划新建12个,已建成9个.
    """
    text, start = layout.text, max(near.sentence.start, near.number.start - WINDOW)
    if start and text.startswith("其中", near.sentence.start):
        start = layout.sentence(len(text[:start].rstrip()) - 1).start
    verbs = [
        m.end()
        for m in words.intent.finditer(text, start, near.number.start)
        if not _is_foretold(text, m, near.number.start, words)
    ]
    if words.deadline.search(text, near.clause.start, near.number.start):
        verbs.append(near.clause.start)
    if not verbs and not announced:
        return False
    end = max(min(near.after.end, near.clause.end), near.number.end)
    said = _SIDE.sub("", text[verbs[-1] if verbs else start : end].rsplit("基础上", 1)[-1])
    if verbs and verbs[-1] >= near.clause.start:
        # 将为全区累计增收400万元: a sum of what is to come.
        said = said.replace("累计", "")
    if words.past.search(said) or any(_SO_FAR.match(clause) for clause in _COMMA.split(said)[1:]):
        return False
    return not _went_on(text, near)


def _is_foretold(text: str, verb: re.Match[str], end: int, words: StatusWords) -> bool:
    """Whether a forecast ended with its half-sentence: 预计产果2万吨;桑园面积9.6万亩. One with a colon goes on.

    `end` is where the number begins.
    """
    if words.forecast.match(text, verb.start(), end) is None:
        return False
    between = text[verb.end() : end]
    return ("；" in between or ";" in between) and between[:1] not in "：:"


def _went_on(text: str, near: Around) -> bool:
    """Whether the clause tells of completion, and a later one how far that has come: 建成安置点3个,现已入住1103户."""
    if not _COMPLETED.match(text, near.clause.start, near.number.start):
        return False
    return _BY_NOW_THERE.match(text, near.clause.end - 1, near.sentence.end) is not None


def _stands(text: str, near: Around) -> bool:
    """Whether the number is there whatever is planned: an age, what a change starts from, the size of a problem."""
    number = near.number
    if number.unit is Unit.YEAR and _AGE.search(text, number.start, number.end):
        return True
    head, tail = text[near.clause.start : number.start], text[number.end : near.sentence.end]
    if number.unit in _WHO and _WHO_THEY_ARE.match(tail):
        return True
    if _LEFT.search(head) or _KEPT.match(tail) or (_FROM.search(head) and _TO.match(tail)):
        return True
    if _STILL.search(head) and (_NOT_YET.match(tail) or (head.startswith("还有") and not _GOES_ON.search(tail))):
        return True
    return "针对" in text[near.sentence.start : number.start] and _PROBLEM.match(tail) is not None


def _is_expected(text: str, near: Around) -> bool:
    """Whether the clause foretells how much will be left."""
    return _EXPECTED_LEFT.search(text, near.clause.start, near.number.start) is not None


def _is_due(text: str, near: Around) -> bool:
    """Whether the number is the rest, of which the sentence says by when it is to be done, and no word that it is."""
    if _REST.search(text, near.clause.start, near.number.start) is None:
        return False
    due = _DUE.match(text, _behind_persons(text, near), near.sentence.end)
    if _WHO_THEY_ARE.match(text, near.number.end, near.sentence.end):
        return False
    if due is None or _NO_MORE_THAN_DUE.search(due.group()):
        return False
    # 聚焦剩余的1800户,年底前再减贫1200户: what is due has a figure of its own.
    return _ANOTHER_FIGURE.match(text, due.end(), near.sentence.end) is None


def _behind_persons(text: str, near: Around) -> int:
    """The end of the number, or of the persons that stand right behind households: 1800户6900人."""
    persons = _PERSONS.match(text, near.number.end, near.sentence.end)
    return persons.end() if persons and near.number.unit is Unit.HOUSEHOLD else near.number.end


def _is_denominator(text: str, near: Around, words: StatusWords) -> bool:
    """The task that a rate of fulfilment is taken of."""
    if words.rate_after.match(text[near.number.end : near.number.end + 12]) is None:
        return False
    return words.task_before.search(text, near.clause.start, near.number.start) is not None


@lru_cache(maxsize=64)
def heads_plan(heading: str) -> bool:
    """Whether a part of a plan under this heading lays down what is to be done; its review of the past does not."""
    return bool(heading) and not status_words().review.search(heading)


@lru_cache(maxsize=64)
def lists_standards(heading: str) -> bool:
    """Whether a heading is that of a notice's part which says who gets what: 二、到户补助标准."""
    return bool(heading) and status_words().scopes.standards.search(heading) is not None


def _signals(layout: Layout, near: Around, indicator: Indicator, cues: Sequence[Cue]) -> Iterator[tuple[float, Status]]:
    """Cost and status of everything in reach of the number that one of the cues finds."""
    if not cues:
        return
    words, text, number = status_words(), layout.text, near.number
    start = max(near.sentence.start, number.start - WINDOW)
    head = text[start : number.start]
    tail = _HERE + text[number.end : _reach(layout, near)]
    rate, people = indicator is Indicator.COMPLETION_RATE, number.unit is Unit.PERSON
    for cue in cues:
        # 40名妇女正在赶制订单: people who are at work are there already.
        if people and cue.status is Status.ONGOING:
            continue
        for found in cue.words.finditer(head, near.clause.start - start if cue.clause else 0):
            cost = before(near, start + found.start(), start + found.end()) + cue.cost
            if cue.status is Status.PLANNED and _is_over(head, found, words):
                continue
            if _is_fulfilled(text, near, start + found.start(), words):
                continue
            if words.noun.match(found.group()) and _names_no_size(text, near, start + found.end()):
                continue
            # A rate is stated of a task that stands before it; the task is planned, the rate is reached.
            if not (rate and cue.status is Status.PLANNED and start + found.start() < near.before.start):
                yield cost, cue.status
        for found in cue.words.finditer(tail, 1):
            if indicator is Indicator.PLACES_COVERED and "启动" in found.group():
                # 在6个村启动试点: the villages that something was begun in are no works.
                continue
            at = number.end + found.start() - 1
            if cue.clause and (at >= near.clause.end or _is_next_ones(text, near, at)):
                break
            if cue.status is Status.PLANNED and _is_told_done(layout, near, at, words):
                break
            yield behind(near, number.end + found.start() - 1) + cue.cost, cue.status


def _is_next_ones(text: str, near: Around, at: int) -> bool:
    """Whether a cue of progress behind the number belongs to the next one: 竣工61处、在建26处."""
    return near.after.start <= at < near.after.end < near.clause.end and "、" in text[near.after.start : at]


def _is_told_done(layout: Layout, near: Around, at: int, words: StatusWords) -> bool:
    """Whether later clauses, up to the one that holds the cue, tell of fulfilment: 目前已全部完成建设任务.

    The clause may tell of it behind the cue, too: 复工率99%,计划改造的危房已全部开工.
    """
    if at < near.clause.end:
        return False
    end = layout.clause(at).end
    if _PUT_DOWN.search(layout.text, near.clause.end, end):
        return False
    settled = words.settled.search(layout.text, near.clause.end, at)
    return bool(settled or _DONE_THERE.search(layout.text, near.clause.end, end))


def _is_fulfilled(text: str, near: Around, at: int, words: StatusWords) -> bool:
    """Whether a task before the number is told of as fulfilled (超额完成任务, 占年度计划): it plans nothing more."""
    if (at >= near.before.start and near.number.unit is not Unit.PERCENT) or not words.noun.match(text, at):
        return False
    return words.fulfilled.search(text, max(near.sentence.start, at - 16), at) is not None


def _names_no_size(text: str, near: Around, end: int) -> bool:
    """Whether a noun of planning ends an earlier clause (紧盯退出目标,全年整合资金…) or is one of several things.

    Or ends with its half-sentence, save where it leads to a list (任务为:…): 一是明确目标要求;二是成立5个工作队.
    """
    behind = text[end : near.number.start]
    if text[end - 2 : end] != "计划" and behind[:1] not in "：:为是" and ("；" in behind or ";" in behind):
        return True
    return text[end : end + 1] in ("，,；;和与及" if end < near.clause.start else "和与及")


def _is_over(head: str, cue: re.Match[str], words: StatusWords) -> bool:
    """Whether a clause told of fulfilment, behind a planned figure (规划472公里,已建成418公里,改造危房…)."""
    if _is_foretold(head, cue, len(head), words):
        return True
    between = head[cue.end() :]
    if any(words.past.search(half) for half in _SEMICOLON.split(between)[:-1]):
        return True
    # A clause between commas may still belong to the plan, unless it begins with what there is by now.
    told = _COMMA.split(between)[1:]
    return any(map(_BY_NOW.match, told[:-1])) or any(map(_SO_FAR.match, told))


def _reach(layout: Layout, near: Around) -> int:
    """How far behind the number its cues may stand: its clause, and later clauses of the sentence without a figure."""
    end = near.clause.end
    if layout.text.startswith(("（", "("), near.number.end):
        # 预计减贫2万人（已核实1.4万人）: what stands in brackets behind a number tells of another.
        return near.number.end
    for clause in layout.clauses(near.clause.end, near.sentence.end):
        if clause.end > near.number.end + WINDOW or _tells_figure(layout.text[clause.start : clause.end]):
            break
        end = clause.end
    return end


def _tells_figure(said: str) -> bool:
    """Whether a digit stands in a clause that is not part of a date."""
    return _DIGIT.search(said) is not None and _DIGIT.search(_DATED.sub("", said)) is not None
