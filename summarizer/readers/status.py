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
from summarizer.readers.clauses import Around, Layout, before, behind

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

RULE_REACH = 60
"""Characters between the words that name a rule and a number of its wording."""

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

    policy: re.Pattern[str]
    settled: re.Pattern[str]
    ruled: re.Pattern[str]
    policy_name: re.Pattern[str]
    aimed: re.Pattern[str]
    bound: re.Pattern[str]
    scope: re.Pattern[str]
    cues: tuple[Cue, ...]
    partly_planned: re.Pattern[str]
    partly_parts: re.Pattern[str]
    partly_unfinished: re.Pattern[str]
    partly_done: re.Pattern[str]
    works: frozenset[Indicator]
    predicate: re.Pattern[str]
    predicate_settled: re.Pattern[str]
    stock: frozenset[Indicator]
    task_before: re.Pattern[str]
    rate_after: re.Pattern[str]


@cache
def status_words() -> StatusWords:
    """The vocabulary, compiled once per process."""
    table = tomllib.loads(resources.files("summarizer.readers").joinpath("data/status.toml").read_text("utf-8"))
    return StatusWords(
        policy=re.compile("|".join(table["policy"]["cues"])),
        settled=re.compile(table["policy"]["settled"]),
        ruled=re.compile(table["policy"]["ruled"]),
        policy_name=re.compile(table["policy"]["name"]),
        aimed=re.compile(table["policy"]["aimed"]),
        bound=re.compile(table["policy"]["bound"]),
        scope=re.compile(table["scope"]["pattern"]),
        cues=tuple(
            Cue(Status(c["status"]), re.compile("|".join(c["cues"])), c["cost"], c.get("clause", False))
            for c in table["cue"]
        ),
        partly_planned=re.compile(table["partly_done"]["planned"]),
        partly_parts=re.compile(table["partly_done"]["parts"]),
        partly_unfinished=re.compile(table["partly_done"]["unfinished"]),
        partly_done=re.compile(table["partly_done"]["done"]),
        works=frozenset(Indicator(code) for code in table["partly_done"]["works"]),
        predicate=re.compile(table["predicate"]["ongoing"]),
        predicate_settled=re.compile(table["predicate"]["settled"]),
        stock=frozenset(Indicator(code) for code in table["stock"]["indicators"]),
        task_before=re.compile(table["denominator"]["before"]),
        rate_after=re.compile(table["denominator"]["after"]),
    )


def status_of(layout: Layout, near: Around, indicator: Indicator, later: float | None, heading: str) -> Status:
    """The status of one number.

    `later` is what a period after the time of writing costs as a sign of a plan (LATER_COST where its own clause
    states it), None where there is none; `heading` is the heading that the number stands under.
    """
    words = status_words()
    if _is_policy(layout.text, near, words):
        return Status.POLICY
    if _is_denominator(layout.text, near, words):
        return Status.PLANNED
    if _is_partly_done(layout, near, indicator, words) or _is_under_way(layout, near, words):
        return Status.ONGOING
    best, chosen = DEFAULT_COST, Status.ACHIEVED
    if later is not None:
        best, chosen = later, Status.PLANNED
    elif indicator not in words.stock and _announced(layout, near, heading, words):
        best, chosen = SCOPE_COST, Status.PLANNED
    for cost, status in _signals(layout, near, indicator, words):
        if cost < best:
            best, chosen = cost, status
    return chosen


def _is_policy(text: str, near: Around, words: StatusWords) -> bool:
    """A standard or a rule: `每户不低于…`, `按5∶4∶1的比例`; not where the clause tells of what was done."""
    number = near.number
    head = text[max(near.before.start, number.start - 40) : number.start]
    tail = text[number.end : min(near.clause.end, number.end + 24)]
    if words.settled.search(head) or words.settled.search(tail):
        return False
    mention = text[number.start : number.end]
    if _is_ruled(text, near, words):
        return True
    bound = words.bound.search(head)
    if bound and words.aimed.search(text, near.clause.start, number.start) and not words.policy.search(tail):
        return False
    return bool(words.policy.search(head + mention[: number.number_at - number.start]) or words.policy.search(tail))


def _is_ruled(text: str, near: Around, words: StatusWords) -> bool:
    """Whether the number stands in the wording of a rule: behind 按照规定, or quoted (“人均5000、户均3万元”的政策)."""
    number = near.number
    start = max(text.rfind(mark, near.sentence.start, number.start) for mark in "；;")
    front = text[max(start + 1, near.sentence.start, number.start - RULE_REACH) : number.start]
    if words.ruled.search(front):
        return True
    opening, closing = text.rfind("“", near.sentence.start, number.start), text.find("”", number.end, near.sentence.end)
    quoted = opening > text.rfind("”", near.sentence.start, number.start) and 0 <= closing < number.end + RULE_REACH
    return quoted and words.policy_name.match(text, closing + 1) is not None


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
        return bool(words.partly_unfinished.search(rest[: near.sentence.end - near.clause.end]))
    parts = words.partly_parts.search(rest)
    planned = words.partly_planned.search(text, near.before.start, near.number.start)
    return bool(planned and parts and words.partly_unfinished.search(rest, parts.start()))


def _goes_on_with_part(text: str, near: Around, words: StatusWords) -> bool:
    """`道路207公里，已完成50公里`: works of which the next words count the part that is done.

    A task stays a plan, whatever is done of it (任务1530户，现已竣工1502户).
    """
    end = near.number.end
    head = text[near.clause.start : near.number.start]
    if re.search("任务|指标|计划|已|完成|全部", head):
        return False
    following = re.sub(r"^[^，,。；;\n]{0,24}?(?=[，,；;]|已)", "", text[end : end + 40])
    return bool(words.partly_done.match(following))


def _is_under_way(layout: Layout, near: Around, words: StatusWords) -> bool:
    """Whether a later clause of the same half-sentence says of the things listed that they are being done."""
    for clause in [near.clause, *layout.clauses(near.clause.end, near.sentence.end)]:
        said = layout.text[clause.start : clause.end]
        if clause.start > near.number.start and words.predicate.match(said):
            return not re.search(r"\d", said)
        after_number = layout.text[max(clause.start, near.number.end) : clause.end]
        if words.predicate_settled.search(after_number) or said.endswith(("；", ";")):
            return False
    return False


def _announced(layout: Layout, near: Around, heading: str | None, words: StatusWords) -> bool:
    """Whether the section's heading or the opening of the paragraph announces plans."""
    paragraph = layout.paragraph(near.number.start)
    opening = layout.text[paragraph.start : min(paragraph.start + 30, near.number.start)]
    return bool(words.scope.search(opening) or (heading and words.scope.search(heading)))


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
            # A rate is stated of a task that stands before it; the task is planned, the rate is reached.
            if not (rate and cue.status is Status.PLANNED and start + found.start() < near.before.start):
                yield cost, cue.status
        for found in cue.words.finditer(tail, 1):
            at = number.end + found.start() - 1
            if cue.clause and at >= near.clause.end:
                break
            # 目前已全部完成建设任务: a later clause that tells of fulfilment speaks of no plan.
            if cue.status is Status.PLANNED and words.settled.search(text, near.clause.end, max(at, near.clause.end)):
                break
            yield behind(near, number.end + found.start() - 1) + cue.cost, cue.status


def _reach(layout: Layout, near: Around) -> int:
    """How far behind the number its cues may stand: its clause, and later clauses of the sentence without a digit."""
    end = near.clause.end
    for clause in layout.clauses(near.clause.end, near.sentence.end):
        if re.search(r"\d", layout.text[clause.start : clause.end]) or clause.end > near.number.end + WINDOW:
            break
        end = clause.end
    return end
