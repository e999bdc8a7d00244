"""Whether what a number states has happened: achieved, ongoing, planned, or a rule.

A cue word governs its own clause first, then the later clauses of its sentence, then (as the announcement of plans
that a heading or the opening of a paragraph makes) all that follows it.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from schemas.vocabulary import Indicator, Status, Unit
from summarizer.patterns import compiled
from summarizer.readers.clauses import Around, Layout, before, behind
from summarizer.readers.policy import is_policy, is_rate

DEFAULT_COST = 36.0
"""Cost at which a number counts as achieved: reports state what is; cues further off belong to other statements."""

SCOPE_COST = 35.0
"""An announcement of plans holds unless a cue near the number says otherwise."""

LATER_COST = 4.0
"""A period still to come speaks for a plan, unless a word of fulfilment touches the number."""

CARRIED_COST = 16.0
"""The same of a period that an earlier clause of the sentence states."""

WINDOW = 160
"""Characters of the sentence searched on either side of the number."""

OPENING = 30
"""Characters at the beginning of a paragraph in which it announces plans."""

LONGEST_LIST = 12
"""Paragraphs of a list (一是…, 二是…) behind the sentence that announces it."""

_ITEM = re.compile(
    r"[ \t\u3000]*(?:[一二三四五六七八九十]是|[（(][一二三四五六七八九十\d]{1,2}[)）]|\d{1,2}[、.．)）])"
)

_HERE = "\x02"
"""Stands in the searched text where the number ends, so that a cue may ask to touch it."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that speak for a status, and what they cost beside their distance."""

    status: Status
    words: re.Pattern[str]
    cost: int
    clause: bool


@dataclass(frozen=True, slots=True)
class StatusWords:
    """The packaged vocabulary of `data/status.toml`."""

    settled: re.Pattern[str]
    scope: re.Pattern[str]
    steps: re.Pattern[str]
    review: re.Pattern[str]
    fulfilled: re.Pattern[str]
    noun: re.Pattern[str]
    cues: tuple[Cue, ...]
    intent: re.Pattern[str]
    past: re.Pattern[str]
    partly_planned: re.Pattern[str]
    partly_parts: re.Pattern[str]
    partly_unfinished: re.Pattern[str]
    partly_done: re.Pattern[str]
    works: frozenset[Indicator]
    predicate: re.Pattern[str]
    predicate_settled: re.Pattern[str]
    of_works: re.Pattern[str]
    cost: re.Pattern[str]
    stock: frozenset[Indicator]
    task_before: re.Pattern[str]
    rate_after: re.Pattern[str]


@cache
def status_words() -> StatusWords:
    """The vocabulary, compiled once per process."""
    table = tomllib.loads(resources.files("summarizer.readers").joinpath("data/status.toml").read_text("utf-8"))
    return StatusWords(
        settled=compiled(table["policy"]["settled"]),
        scope=compiled(table["scope"]["pattern"]),
        steps=compiled(table["scope"]["steps"]),
        review=compiled(table["scope"]["review"]),
        fulfilled=compiled(table["task"]["fulfilled"]),
        noun=compiled(table["task"]["noun"]),
        cues=tuple(
            Cue(Status(c["status"]), compiled("|".join(c["cues"])), c["cost"], c.get("clause", False))
            for c in table["cue"]
        ),
        intent=compiled(table["intent"]["verbs"]),
        past=compiled(table["intent"]["past"]),
        partly_planned=compiled(table["partly_done"]["planned"]),
        partly_parts=compiled(table["partly_done"]["parts"]),
        partly_unfinished=compiled(table["partly_done"]["unfinished"]),
        partly_done=compiled(table["partly_done"]["done"]),
        works=frozenset(Indicator(code) for code in table["partly_done"]["works"]),
        predicate=compiled(table["predicate"]["ongoing"]),
        predicate_settled=compiled(table["predicate"]["settled"]),
        of_works=compiled(table["predicate"]["of_works"]),
        cost=compiled(table["predicate"]["cost"]),
        stock=frozenset(Indicator(code) for code in table["stock"]["indicators"]),
        task_before=compiled(table["denominator"]["before"]),
        rate_after=compiled(table["denominator"]["after"]),
    )


def status_of(
    layout: Layout, near: Around, indicator: Indicator, later: float | None, heading: str, *, planned: bool = False
) -> Status:
    """The status of one number.

    `later` is what a period after the time of writing costs as a sign of a plan (LATER_COST where its own clause
    states it), None where there is none; `heading` is the heading that the number stands under; `planned` says that
    the part it stands in lays down a plan.
    """
    words = status_words()
    announced = planned or _announced(layout, near, heading, words)
    if is_policy(layout.text, near, announced) or (planned and is_rate(layout.text, near)):
        return Status.POLICY
    if _is_denominator(layout.text, near, words):
        return Status.PLANNED
    if _is_partly_done(layout, near, indicator, words) or _is_under_way(layout, near, words):
        return Status.ONGOING
    best, chosen = DEFAULT_COST, Status.ACHIEVED
    if later is not None:
        best, chosen = later, Status.PLANNED
    elif indicator not in words.stock and announced:
        best, chosen = SCOPE_COST, Status.PLANNED
    for cost, status in _signals(layout, near, indicator, words):
        if cost < best:
            best, chosen = cost, status
    if chosen is Status.ACHIEVED and indicator not in words.stock:
        return Status.PLANNED if _is_intended(layout.text, near, words, announced) else chosen
    return chosen


def _is_intended(text: str, near: Around, words: StatusWords, announced: bool) -> bool:
    """Whether plans are announced, or a verb of intent stands in the sentence (计划再减贫9500人,九成贫困村实现退出).

    Not where a word says that what the number states has happened: 计划新建12个,已建成9个.
    """
    start = max(near.sentence.start, near.number.start - WINDOW)
    verbs = [m.end() for m in words.intent.finditer(text, start, near.number.start)]
    if not verbs and not announced:
        return False
    end = max(min(near.after.end, near.clause.end), near.number.end)
    return words.past.search(text, verbs[-1] if verbs else start, end) is None


def _is_denominator(text: str, near: Around, words: StatusWords) -> bool:
    """The task that a rate of fulfilment is taken of."""
    tail = text[near.number.end : near.number.end + 12]
    return bool(words.rate_after.match(tail) and words.task_before.search(text, near.clause.start, near.number.start))


def _is_partly_done(layout: Layout, near: Around, indicator: Indicator, words: StatusWords) -> bool:
    """A planned total whose parts follow, some of them not finished, is under way."""
    if near.number.unit is Unit.PERCENT:
        return False
    text = layout.text
    if indicator in words.works and _goes_on_with_part(text, near, words):
        return True
    rest = text[near.clause.end : min(layout.paragraph(near.number.start).end, near.clause.end + WINDOW)]
    if rest.startswith("其中"):
        part = re.split("[；;。]", rest[: near.sentence.end - near.clause.end])[0]
        return indicator in words.works and bool(words.partly_unfinished.search(part))
    parts = words.partly_parts.search(rest)
    planned = words.partly_planned.search(text, near.before.start, near.number.start)
    return bool(planned and parts and words.partly_unfinished.search(rest, parts.start()))


def _goes_on_with_part(text: str, near: Around, words: StatusWords) -> bool:
    """`道路207公里，已完成50公里`: works of which the next words count the part that is done.

    A task stays a plan, whatever is done of it (任务1530户，现已竣工1502户).
    """
    end = near.number.end
    head = text[near.clause.start : near.number.start]
    if re.search("任务|指标|计划|已|完成|全部|建成|竣工|完工|开工", head):
        return False
    following = re.sub(r"^[^，,。；;\n]{0,24}?(?=[，,；;]|已)", "", text[end : end + 40])
    return bool(words.partly_done.match(following))


def _is_under_way(layout: Layout, near: Around, words: StatusWords) -> bool:
    """Whether a later clause of the same half-sentence says of the things listed that they are being done.

    Or whether the number is what works cost that the clause in front tells of as being done.
    """
    text, number = layout.text, near.number
    if number.unit in {Unit.CNY, Unit.MU, Unit.M2} and words.cost.match(text[near.clause.start : number.start]):
        in_front = layout.clauses(near.sentence.start, near.clause.start)
        return bool(in_front and words.of_works.search(text, in_front[-1].start, in_front[-1].end))
    if words.noun.search(text, near.before.start, near.before.end):
        # 任务3100人,规划安置点6个,目前已全部开工: a task is not under way, its works are.
        return False
    for clause in [near.clause, *layout.clauses(near.clause.end, near.sentence.end)]:
        said = layout.text[clause.start : clause.end]
        if clause.start > near.number.start and words.predicate.match(said):
            return not re.search(r"\d", said)
        after_number = layout.text[max(clause.start, near.number.end) : clause.end]
        if words.predicate_settled.search(after_number) or said.endswith(("；", ";")):
            return False
    return False


def heads_plan(heading: str) -> bool:
    """Whether a part of a plan under this heading lays down what is to be done; its review of the past does not."""
    return bool(heading) and not status_words().review.search(heading)


def _announced(layout: Layout, near: Around, heading: str, words: StatusWords) -> bool:
    """Whether a heading or the opening of the paragraph announces plans, or that of the list the paragraph is in."""
    text, paragraph = layout.text, layout.paragraph(near.number.start)
    opening = text[paragraph.start : min(paragraph.start + OPENING, near.number.start)]
    if words.scope.search(opening) or words.scope.search(heading):
        return True
    if words.steps.search(text, max(paragraph.start - 1, 0), near.sentence.start + 1):
        return True
    start = paragraph.start
    for _ in range(LONGEST_LIST):
        if start == 0 or not _ITEM.match(text, start):
            return False
        start = layout.paragraph(start - 1).start
        if not _ITEM.match(text, start):
            said = text[start : layout.paragraph(start).end].rstrip()
            head = layout.sentence(start + max(len(said) - 1, 0))
            return words.scope.search(text[max(head.start, start) : head.end][:OPENING]) is not None
    return False


def _signals(layout: Layout, near: Around, indicator: Indicator, words: StatusWords) -> Iterator[tuple[float, Status]]:
    """Cost and status of every cue in reach of the number."""
    text, number = layout.text, near.number
    start = max(near.sentence.start, number.start - WINDOW)
    head = text[start : number.start]
    tail = _HERE + text[number.end : _reach(layout, near)]
    rate = indicator is Indicator.COMPLETION_RATE
    for cue in words.cues:
        # 40名妇女正在赶制订单: people who are at work are there already.
        if cue.status is Status.ONGOING and number.unit is Unit.PERSON:
            continue
        for found in cue.words.finditer(head, near.clause.start - start if cue.clause else 0):
            cost = before(near, start + found.start(), start + found.end()) + cue.cost
            if cue.status is Status.PLANNED and _is_over(head[found.end() :], words):
                continue
            if _is_fulfilled(text, near, start + found.start(), words):
                continue
            # A rate is stated of a task that stands before it; the task is planned, the rate is reached.
            if not (rate and cue.status is Status.PLANNED and start + found.start() < near.before.start):
                yield cost, cue.status
        for found in cue.words.finditer(tail, 1):
            if indicator is Indicator.PLACES_COVERED and "启动" in found.group():
                # 在6个村启动试点: the villages that something was begun in are no works.
                continue
            at = number.end + found.start() - 1
            if cue.clause and at >= near.clause.end:
                break
            # 目前已全部完成建设任务: a later clause that tells of fulfilment speaks of no plan.
            if cue.status is Status.PLANNED and words.settled.search(text, near.clause.end, max(at, near.clause.end)):
                break
            yield behind(near, number.end + found.start() - 1) + cue.cost, cue.status


def _is_fulfilled(text: str, near: Around, at: int, words: StatusWords) -> bool:
    """Whether a task before the number is told of as fulfilled (超额完成任务, 占年度计划): it plans nothing more."""
    if at >= near.before.start or not words.noun.match(text, at):
        return False
    return words.fulfilled.search(text, max(near.sentence.start, at - 16), at) is not None


def _is_over(between: str, words: StatusWords) -> bool:
    """Whether a half-sentence told of fulfilment, behind a planned figure (规划472公里,已建成418公里;改造危房…)."""
    told = re.split("[；;]", between)
    return len(told) > 1 and any(words.past.search(half) for half in told[:-1])


def _reach(layout: Layout, near: Around) -> int:
    """How far behind the number its cues may stand: its clause, and later clauses of the sentence without a digit."""
    end = near.clause.end
    for clause in layout.clauses(near.clause.end, near.sentence.end):
        if re.search(r"\d", layout.text[clause.start : clause.end]) or clause.end > near.number.end + WINDOW:
            break
        end = clause.end
    return end
