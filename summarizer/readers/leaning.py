"""What a label leans on: words that name no quantity by themselves take a name from the numbers told before them.

建成光伏电站68座，总装机1万千瓦，年底并网59座，收益216万元: what is installed, joined to the grid and yielding are the
stations. 市场主体812家，其中龙头企业43家 stands by itself, 工作队283支，其中省直单位4支 does not.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from schemas.vocabulary import Indicator, Unit
from summarizer.precheck.candidate import Number
from summarizer.readers.clauses import Around, Layout
from summarizer.readers.label_words import core, label_words

LONGEST_THING = 14
"""Characters: a longer name is a description."""

LONGEST_QUANTITY = 18
"""Characters of the quantity whose growth is told."""

LONGEST_SUBJECT = 16
"""Longer subjects are descriptions."""

SHORT = 3
"""A label of no more characters takes what its half-sentence said last in front, where it counts nothing."""

LONGEST_LEANING = 10
"""A rate, or what each is given, in more characters says itself of what it is."""

LONGEST_HELPED = 6
"""A label of more characters does not need who helps."""

LONG_WHOLE = 8
"""Characters of a whole's name beyond which a part keeps only its verb and its noun."""


class Told(NamedTuple):
    """A number that has its label: what follows in its paragraph leans on it.

    `thing` is what the label is about: what it leans on itself, else its own words without the verb.
    """

    number: Number
    label: str
    indicator: Indicator
    thing: str


_PEOPLE = frozenset({Unit.PERSON, Unit.PERSON_TIME, Unit.HOUSEHOLD})
_COUNTED = _PEOPLE | {Unit.COUNT}
NO_THING = frozenset({Unit.PERCENT, Unit.PERCENT_POINT, Unit.YEAR, Unit.MONTH, Unit.DAY, Unit.HOUR})
"""Shares and spans of time: they name nothing that what follows could lean on."""

_NO_WORK = frozenset({Indicator.PLACES_COVERED, Indicator.VILLAGES, Indicator.TOWNSHIPS, Indicator.POOR_VILLAGES})
"""Places: what reaches people is told of the work that is done there."""

_NAMELESS = frozenset(
    {Unit.CNY, Unit.PERCENT, Unit.TIME, Unit.M2, Unit.KILOWATT, Unit.KILOWATT_HOUR, Unit.DAY, Unit.MONTH}
)
"""Units whose figures seldom say of what they are; hectares and tons are of what stands beside them."""

_SPENT = re.compile(
    "(?:累计|实际|报账)*(?:支出|支付|拨付)(?:资金)?(?:的比例)?|(?:支出|支付|拨付|到位)(?:率|进度|比例)(?:的比例)?"
)
"""What became of money: the words do not say of which."""
_TASK = re.compile("(?:完成|占|相当于)?(?:任务|目标)$")
_PAID_OUT = re.compile("支出|支付|拨付|兑现|兑付")
_RAISED = re.compile("^(?:争取|投入|落实|安排|累计|计划|统筹(?=整合)|到位|下达)+")
_FUND = re.compile("资金$")
_GIVES_ALL = re.compile("^(?:用于|投向|投入|安排|直接用于|量化)")
_PAYS = re.compile("资助|补助|救助|奖补|补贴|报销|赔付|扶持")


def led(layout: Layout, near: Around, own: str, told: Sequence[Told]) -> tuple[str, str]:
    """What `own` leans on, empty where it names the quantity itself, and the label."""
    words = label_words()
    here = _half(layout, near, told)
    counts = near.number.unit in _COUNTED
    if (whole := _whole(layout, near, here)) is not None:
        return whole.thing, _part(near, whole, own)
    if known := _known(near, own, told, here):
        return known
    own = own + _money(near, own, here)
    front = ""
    if here and near.previous is here[-1].number and _is_modified(layout, near):
        # 收入不足2万元的村61个: the number in front says which of them.
        return "", joined(here[-1].label + "的", own)
    if words.growth.match(own) or words.each.fullmatch(own):
        front = _quantity(here)
    elif state := words.state.fullmatch(_own_words(layout, near, own)):
        front, own = _same(near, told), state.group()
    elif words.overdue.fullmatch(own):
        front = _of(told, Indicator.LOANS)
    elif words.alone.search(own):
        front = ""
    elif near.number.unit is Unit.CNY and (words.by_each.match(own) or words.quantity.fullmatch(own)):
        worked = "" if words.shared.search(own) else _actor(layout, near)
        front = worked or _who(layout, near, here, own) if len(own) < LONGEST_LEANING else ""
    elif words.quantity.fullmatch(own):
        front = _actor(layout, near) or _said_last(layout, near, here)
    elif words.leans.match(own):
        front = _actor(layout, near) or _thing(here) or _passage(layout, near)
    elif len(own) <= SHORT - counts and (counts or near.number.unit in _NAMELESS):
        front = _said_last(layout, near, here)
    elif counts and len(own) < LONGEST_HELPED and own.endswith("项目"):
        # Whom the projects reach is told of the projects, not of who gave them.
        return thing_of(own), joined(_helper(layout, near), own)
    return front, joined(front, own)


def _known(near: Around, own: str, told: Sequence[Told], here: Sequence[Told]) -> tuple[str, str] | None:
    """What `own` leans on, and the label, where it points back, says what became of money, or tells of a task."""
    words = label_words()
    if words.same.fullmatch(own):
        return "", _quantity(here)
    if _SPENT.fullmatch(own) and (fund := _fund(near, told)):
        return fund, joined(fund, own.removesuffix("的比例").removesuffix("资金"))
    if words.task.match(own):
        front = _TASK.sub("", _quantity(here))
        return front, joined(front, own if near.number.unit is Unit.PERCENT else own.removeprefix("完成"))
    return None


def _half_start(layout: Layout, near: Around) -> int:
    """Where the sentence, or its half between semicolons, begins."""
    text = layout.wording
    marks = (text.rfind(mark, near.sentence.start, near.clause.start) + 1 for mark in "；;")
    return max(near.sentence.start, *marks)


def _half(layout: Layout, near: Around, told: Sequence[Told]) -> list[Told]:
    """Those of the half-sentence, or of the sentence where its half has none."""
    here = [t for t in told if t.number.start >= near.sentence.start and not t.label.endswith("年龄")]
    start = _half_start(layout, near)
    return [t for t in here if t.number.start >= start] or here


def _fund(near: Around, told: Sequence[Told]) -> str:
    """The sum that is paid out, the largest told before: its parts are told between."""
    if near.number.unit not in {Unit.CNY, Unit.PERCENT}:
        return ""
    sums = [t for t in told if t.number.unit is Unit.CNY and _FUND.search(t.label) and not _PAID_OUT.search(t.label)]
    whole = max(sums, key=lambda t: t.number.value or 0, default=None)
    return _RAISED.sub("", whole.label) if whole else ""


def _of(told: Sequence[Told], indicator: Indicator) -> str:
    """What the last number of an indicator was about."""
    return next((t.thing for t in reversed(told) if t.indicator is indicator), "")


def _is_modified(layout: Layout, near: Around) -> bool:
    """Whether the number in front says which of the things are counted; what was spent on them does not."""
    previous = near.previous
    if previous is None or previous.unit in {*_PEOPLE, Unit.YEAR} or near.number.unit is Unit.CNY:
        return False
    spent = core(layout.wording[near.clause.start : previous.start]).endswith(("投资", "投入", "资金"))
    between = layout.wording[near.before.start : near.before.end]
    return between.startswith("的") and "、" not in between and not spent


def _own_words(layout: Layout, near: Around, own: str) -> str:
    """`own` without the noun of what is counted, where that stands at an earlier number only (竣工61处)."""
    counted = near.number.counted or ""
    return own if counted in layout.text[near.before.start : near.after.end] else own.removesuffix(counted)


def _who(layout: Layout, near: Around, told: Sequence[Told], own: str) -> str:
    """Who is paid: the people, or the work, that the half-sentence told of last."""
    last = _last(layout, near, told)
    if isinstance(last, str):
        return last
    whole = last.number.unit in _PEOPLE and label_words().shared.search(own) and len(last.label) <= LONGEST_SUBJECT
    return last.label if whole else last.thing


def _last(layout: Layout, near: Around, told: Sequence[Told]) -> "Told | str":
    """What the nearest clause before counts, or, where it counts nothing, what it is about."""
    text = layout.wording
    told = [t for t in told if t.thing]
    if inside := [t for t in told if t.number.start >= near.clause.start]:
        return inside[-1]
    for clause in reversed(layout.clauses(_half_start(layout, near), near.clause.start)):
        if inside := [t for t in told if clause.start <= t.number.start < clause.end]:
            return inside[-1]
        if clause.end and text[clause.end - 1] in "：:":
            continue
        if found := _about(label_words().time.sub("", text[clause.start : clause.end])):
            return found
    return told[-1] if told else ""


def _about(said: str) -> str:
    """What a clause without a figure is about: its subject, else what its verb governs."""
    words = core(said)
    verb = label_words().verb.search(words)
    if verb and verb.start() < 2:
        words = words[verb.end() :]
    elif verb:
        words = words[: verb.start()]
    words = core(words)
    return words if 2 <= len(words) <= LONGEST_SUBJECT and "、" not in words else ""


def _passage(layout: Layout, near: Around) -> str:
    """What the sentence is about, by the first of its clauses that says so."""
    for clause in layout.clauses(near.sentence.start, near.clause.start):
        if found := _about(label_words().time.sub("", layout.wording[clause.start : clause.end])):
            return found
    return ""


def _helper(layout: Layout, near: Around) -> str:
    """The place that gives, where the half-sentence begins with one: 滨江区投入资金1200万元，援建项目9个."""
    for clause in layout.clauses(_half_start(layout, near), near.clause.start):
        words = core(label_words().time.sub("", layout.wording[clause.start : clause.end]))
        verb = label_words().verb.search(words)
        if verb and words[: verb.start()].endswith(("区", "市", "县", "省")):
            return words[: verb.start()]
    return ""


def _money(near: Around, own: str, told: Sequence[Told]) -> str:
    """What is paid, where a list says it once: C级危房每户补助2万元，D级4万元."""
    last = told[-1] if told else None
    if near.number.unit is not Unit.CNY or last is None or last.number.unit is not Unit.CNY:
        return ""
    if label_words().verb.search(own) or label_words().noun.search(own):
        return ""
    found = label_words().noun.findall(last.label)
    return found[-1] if found else ""


def _said_last(layout: Layout, near: Around, told: Sequence[Told]) -> str:
    """What the nearest clause before says: what it is about, or, where it counts something, the work told of."""
    last = _last(layout, near, told)
    return last if isinstance(last, str) else _thing(told)


def is_bare(own: str) -> bool:
    """Whether the words name no quantity by themselves."""
    words = label_words()
    patterns = (words.quantity, words.each, words.state)
    return len(own) <= SHORT or words.leans.match(own) is not None or any(p.fullmatch(own) for p in patterns)


def thing_of(label: str) -> str:
    """What a label is about, without what was done to it and what of it was measured: 新建茶园面积 → 茶园.

    Whom it reaches is no part of it either: 工程覆盖乡镇 → 工程.
    """
    words = label_words()
    found = label
    while (verb := words.verb.match(found)) and len(found) - verb.end() >= 2:
        found = found[verb.end() :]
    found = core(words.measured.sub("", found))
    reaches = words.reaches.search(found, 2)
    found = found[: reaches.start()] if reaches else found
    return found if 2 <= len(found) <= LONGEST_THING else ""


def _thing(told: Sequence[Told]) -> str:
    """What the sentence works at; where it tells of none, what its last number is about."""
    named = [t for t in told if t.thing]
    works = [t for t in named if t.number.unit not in _PEOPLE and t.indicator not in _NO_WORK]
    return (works or named)[-1].thing if named else ""


def _quantity(told: Sequence[Told]) -> str:
    """The quantity told last."""
    names = [t.label for t in told if not label_words().grown.search(t.label)]
    label = label_words().gets.sub("", names[-1]) if names else ""
    return label if len(label) <= LONGEST_QUANTITY else thing_of(label)


def _same(near: Around, told: Sequence[Told]) -> str:
    """What was counted last by the same measure."""
    number = near.number
    same = [t for t in told if t.number.unit is number.unit and t.number.counted == number.counted]
    return same[-1].thing if same else ""


def _actor(layout: Layout, near: Around) -> str:
    """The firm, park or workshop that the sentence begins with: its yield and its workers are told."""
    for clause in reversed(layout.clauses(near.sentence.start, near.number.start)):
        words = core(layout.wording[clause.start : clause.end])
        found = label_words().actor.match(words)
        if found and len(found.group()) <= LONGEST_THING and not label_words().verb.search(found.group()):
            return found.group()
    return ""


def _whole(layout: Layout, near: Around, told: Sequence[Told]) -> Told | None:
    """What 其中 makes the number a part of."""
    at = layout.wording.rfind("其中", near.clause.start, near.number.start)
    if at < 0:
        return None
    before = [t for t in told if t.number.end <= at]
    same = [t for t in before if t.number.unit is near.number.unit]
    people = [t for t in before if near.number.unit in _PEOPLE and t.number.unit in _PEOPLE]
    found = same or people or (before if near.number.unit is Unit.PERCENT else [])
    return found[-1] if found else None


def _part(near: Around, whole: Told, own: str) -> str:
    """The label of a part: its own name where that says what it is, else with the whole's."""
    words = label_words()
    verb = words.verb.match(whole.label)
    if near.number.unit is Unit.CNY:
        noun = words.whole.search(whole.label)
        if _GIVES_ALL.match(own):
            return joined(words.gets.sub("", whole.label), own)
        if noun is None and (pays := _PAYS.search(whole.label)):
            return own + pays.group() + "资金"
        return own if noun is None or own.endswith(noun.group()) else own + noun.group()
    if near.number.unit in _PEOPLE:
        if words.people.search(own):
            return joined(words.person.sub("", whole.label), own)
        if len(whole.label) > LONG_WHOLE and verb:
            return verb.group() + own + whole.label[-2:]
        return joined(whole.thing or whole.label, own)
    if near.number.unit is Unit.COUNT:
        if own[-1:] == whole.label[-1:] or words.itself.search(own):
            return own
        return own + (whole.thing or whole.label)
    return joined(whole.label if len(whole.label) <= LONGEST_THING else whole.thing, own)


def joined(front: str, back: str) -> str:
    """Both, unless one already says most of what the other says."""
    if not front or not back:
        return front or back
    if front.endswith(back):
        return front
    if sum(ch in back for ch in front) >= 0.8 * len(front):
        return back
    if sum(ch in front for ch in back) >= 0.8 * len(back) and len(back) > 1:
        return front
    return front + back
