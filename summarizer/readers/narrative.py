"""The packaged vocabulary of narrative rules (`data/narrative.toml`), compiled once per process."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from schemas.vocabulary import MilestoneEvent
from summarizer import signs
from summarizer.patterns import compiled


@cache
def table() -> dict[str, dict[str, str]]:
    """The file's sections; every value is a regular expression, lists are joined as alternatives."""
    text = resources.files("summarizer.readers").joinpath("data/narrative.toml").read_text("utf-8")
    return {
        section: {name: _joined(value) for name, value in expressions.items()}
        for section, expressions in tomllib.loads(text).items()
    }


def _joined(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "|".join(f"(?:{v})" for v in value)


@cache
def words(section: str, name: str) -> re.Pattern[str]:
    """One expression of the vocabulary."""
    return compiled(table()[section][name])


@cache
def needed(section: str) -> Mapping[str, int]:
    """The signs of the expressions of a section by name; without its sign in a stretch none matches there."""
    return {name: signs.of(words(section, name)) for name in table()[section]}


EVENTS: tuple[tuple[str, MilestoneEvent], ...] = (
    ("award", MilestoneEvent.AWARD),
    ("disaster", MilestoneEvent.DISASTER),
    ("exit_assessed", MilestoneEvent.EXIT_ASSESSED),
    ("exit", MilestoneEvent.EXIT_APPROVED),
    ("meeting", MilestoneEvent.MEETING),
    ("policy_issued", MilestoneEvent.POLICY_ISSUED),
    ("programme_started", MilestoneEvent.PROGRAMME_STARTED),
    ("listed", MilestoneEvent.OTHER),
    ("other", MilestoneEvent.OTHER),
)
"""What a clause may tell of, in the order in which it is asked."""


@cache
def _any_event() -> re.Pattern[str]:
    return compiled("|".join(f"(?:{table()['milestones'][name]})" for name, _ in EVENTS))


def event_of(clause: str) -> tuple[str, MilestoneEvent | None]:
    """The first event that a clause tells of, with its name; most tell of none, which one question finds out."""
    if _any_event().search(clause) is None:
        return "", None
    return next(((name, event) for name, event in EVENTS if words("milestones", name).search(clause)), ("", None))
