"""Which quantity a number measures: the unit narrows the choice, the nearest cue word of the sentence decides."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources

from schemas.vocabulary import Indicator, Per, Topic, Unit
from summarizer import signs
from summarizer.patterns import compiled
from summarizer.readers.clauses import Around, before, behind

WINDOW = 160
"""Characters of a sentence searched on either side of the number; a longer reach finds other numbers' words."""


FAR = 26.0
"""A cue beyond this cost stands in another clause; what figures of the topic usually are is then the better guess."""

KIND = 12
"""Characters behind a number in which the noun that it counts begins (个建档立卡贫困村)."""


_NOT_HAN = re.compile(r"[^\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of `data/indicators.toml`; its head says what the fields mean."""

    indicator: Indicator
    cues: re.Pattern[str]
    cost: int
    per: frozenset[Per]
    counted: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    clause: bool
    near: bool
    sign: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The rules by unit, and what stands where none of them finds a cue."""

    rules: dict[Unit, tuple[Rule, ...]]
    defaults: dict[Unit, Indicator]
    by_topic: dict[tuple[Unit, Topic], Indicator]


@cache
def lexicon() -> Lexicon:
    """The packaged rules, compiled once per process."""
    table = tomllib.loads(resources.files("summarizer.readers").joinpath("data/indicators.toml").read_text("utf-8"))
    rules: dict[Unit, list[Rule]] = {unit: [] for unit in Unit}
    for entry in table["rule"]:
        cues = compiled("|".join(entry["cues"]))
        rule = Rule(
            indicator=Indicator(entry["indicator"]),
            cues=cues,
            cost=entry.get("cost", 0),
            per=frozenset(Per(p) for p in entry.get("per", ())),
            counted=_optional(entry.get("counted")),
            unless=_optional(entry.get("unless")),
            clause=entry.get("clause", False),
            near=entry.get("near", False),
            sign=signs.of(cues),
        )
        for unit in entry["units"]:
            rules[Unit(unit)].append(rule)
    return Lexicon(
        {unit: tuple(found) for unit, found in rules.items()},
        {Unit(unit): Indicator(code) for unit, code in table["defaults"].items()},
        {
            (Unit(unit), Topic(topic)): Indicator(code)
            for unit, topics in table["by_topic"].items()
            for topic, code in topics.items()
        },
    )


def _optional(pattern: str | None) -> re.Pattern[str] | None:
    return None if pattern is None else compiled(pattern)


def indicator_of(text: str, near: Around, topic: Topic) -> Indicator:
    """The indicator of one number, from its unit, the words around it, and the topic of its passage."""
    known = lexicon()
    number = near.number
    best: tuple[float, int] | None = None
    chosen: Indicator | None = None
    kind = _kind(text, near) if number.unit is Unit.COUNT else None
    # No cue is nearer than one in the counted noun, or at the end of the words between the numbers of a pair.
    nearest = min(-1.0, 1.0 + near.before.end - number.start)
    said = _Said(text, near)
    told = near.told | signs.of_word(number.counted) if number.counted else near.told
    for rule in _rules(number.unit, number.per, told):
        if (best is not None and nearest + rule.cost > best[0]) or not _counts(rule, kind):
            continue
        # Of two cues as near as each other the longer says more: 补助资金 is a subsidy, 资金 alone is not.
        rank = min(_hits(rule, near, said), default=None)
        if rank is not None and (best is None or rank < best) and not _is_forbidden(rule, text, near):
            best, chosen = rank, rule.indicator
    usual = known.by_topic.get((number.unit, topic))
    if chosen is not None and best is not None and (usual is None or best[0] <= FAR):
        return chosen
    return usual or known.defaults[number.unit]


@lru_cache(maxsize=64)
def _rules(unit: Unit, per: tuple[Per, ...], told: int) -> Sequence[Rule]:
    """The rules of such numbers that can find a cue in a sentence with these signs; its numbers have the same."""
    return [r for r in lexicon().rules[unit] if told & r.sign and not (r.per and r.per.isdisjoint(per))]


class _Said:
    """The words on either side of a number that rules search, cut out when the first of them asks.

    Each of `own`, `clause` and `sentence` tells where the words in front begin, them, and those from the number on: in
    the number's own words, in its clause, in its sentence.
    """

    def __init__(self, text: str, near: Around) -> None:
        self._text = text
        self._near = near

    @cached_property
    def own(self) -> tuple[int, str, str]:
        return self._cut(self._near.before.start, self._near.after.end)

    @cached_property
    def clause(self) -> tuple[int, str, str]:
        return self._cut(self._near.clause.start, self._near.clause.end)

    @cached_property
    def sentence(self) -> tuple[int, str, str]:
        return self._cut(self._near.sentence.start, self._near.sentence.end)

    def _cut(self, first: int, last: int) -> tuple[int, str, str]:
        number = self._near.number
        start = max(first, number.start - WINDOW)
        tail = self._text[number.number_at : min(last, number.end + WINDOW)]
        return start, self._text[start : number.start], tail


def _counts(rule: Rule, kind: str | None) -> bool:
    """Whether a rule is of the kind of what is counted, where something is and the rule asks for that."""
    return kind is None or rule.counted is None or rule.counted.search(kind) is not None


def _is_forbidden(rule: Rule, text: str, near: Around) -> bool:
    """Whether words that the rule must not have stand by the number; asked of a rule that would win alone."""
    if rule.unless is None:
        return False
    number = near.number
    head = text[max(near.clause.start, number.start - WINDOW) : number.start]
    tail = text[number.number_at : min(near.after.end, number.end + 12)]
    return rule.unless.search(head) is not None or rule.unless.search(tail) is not None


def _kind(text: str, near: Around) -> str:
    """The noun behind the number up to what is counted: 个 + `贫困村` is of the kind 贫困村 though 村 is counted."""
    counted = near.number.counted or ""
    if counted and text.endswith(counted, near.before.start, near.number.start):
        return text[max(near.before.start, near.number.start - KIND // 2) : near.number.start]
    at = text.find(counted, near.number.end, min(near.after.end, near.number.end + KIND)) if counted else -1
    between = text[near.number.end : max(at, near.number.end)]
    return counted if at < 0 or _NOT_HAN.search(between) else between + counted


def _hits(rule: Rule, near: Around, said: _Said) -> list[tuple[float, int]]:
    """Cost, and length times -1, of every cue of the rule in reach; the counted noun stands right behind the number."""
    number, cost = near.number, rule.cost
    if rule.cues.pattern == "^":
        return [(cost, 0)]
    found = []
    if number.counted and (named := rule.cues.search(number.counted)):
        found.append((cost - 1.0, named.start() - named.end()))
    at, head, tail = said.own if rule.near else said.clause if rule.clause else said.sentence
    for cue in rule.cues.finditer(head):
        start, end = cue.span()
        found.append((before(near, at + start, at + end) + cost, start - end))
    for cue in rule.cues.finditer(tail):
        start, end = cue.span()
        found.append((behind(near, number.number_at + start) + cost, start - end))
    return found
