"""The words of `data/status.toml` by which the status of a number is told."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from schemas.vocabulary import Indicator, Status
from summarizer.patterns import compiled
from summarizer.readers.scopes import ScopeWords


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
    scopes: ScopeWords
    review: re.Pattern[str]
    fulfilled: re.Pattern[str]
    noun: re.Pattern[str]
    cues: tuple[Cue, ...]
    intent: re.Pattern[str]
    past: re.Pattern[str]
    forecast: re.Pattern[str]
    deadline: re.Pattern[str]
    partly_planned: re.Pattern[str]
    partly_parts: re.Pattern[str]
    partly_unfinished: re.Pattern[str]
    partly_done: re.Pattern[str]
    partly_stage: re.Pattern[str]
    partly_total: re.Pattern[str]
    partly_begun: re.Pattern[str]
    works: frozenset[Indicator]
    predicate: re.Pattern[str]
    predicate_settled: re.Pattern[str]
    ready: re.Pattern[str]
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
        scopes=ScopeWords(
            *(
                compiled(table["scope"][name])
                for name in (
                    "pattern",
                    "steps",
                    "rates",
                    "listed",
                    "entitles",
                    "standards",
                    "notice",
                    "ruling",
                    "asked",
                )
            ),
        ),
        review=compiled(table["scope"]["review"]),
        fulfilled=compiled(table["task"]["fulfilled"]),
        noun=compiled(table["task"]["noun"]),
        cues=tuple(
            Cue(Status(c["status"]), compiled("|".join(c["cues"])), c["cost"], c.get("clause", False))
            for c in table["cue"]
        ),
        intent=compiled(table["intent"]["verbs"]),
        past=compiled(table["intent"]["past"]),
        forecast=compiled(table["intent"]["forecast"]),
        deadline=compiled(table["intent"]["deadline"]),
        partly_planned=compiled(table["partly_done"]["planned"]),
        partly_parts=compiled(table["partly_done"]["parts"]),
        partly_unfinished=compiled(table["partly_done"]["unfinished"]),
        partly_done=compiled(table["partly_done"]["done"]),
        partly_stage=compiled(table["partly_done"]["stage"]),
        partly_total=compiled(table["partly_done"]["total"]),
        partly_begun=compiled(table["partly_done"]["begun"]),
        works=frozenset(Indicator(code) for code in table["partly_done"]["works"]),
        predicate=compiled(table["predicate"]["ongoing"]),
        predicate_settled=compiled(table["predicate"]["settled"]),
        ready=compiled(table["predicate"]["ready"]),
        of_works=compiled(table["predicate"]["of_works"]),
        cost=compiled(table["predicate"]["cost"]),
        stock=frozenset(Indicator(code) for code in table["stock"]["indicators"]),
        task_before=compiled(table["denominator"]["before"]),
        rate_after=compiled(table["denominator"]["after"]),
    )
