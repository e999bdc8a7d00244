"""Words without one of which in an article a rule has nothing to propose, so that it need not look at its figures."""

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from summarizer import signs
from summarizer.checks.figure import Page
from summarizer.checks.relation import Relation

Rule: TypeAlias = Callable[[Page], Iterator[Relation]]

_needed: dict[Rule, int] = {}


def needs(*patterns: re.Pattern[str]) -> Callable[[Rule], Rule]:
    """Name the patterns of which one must match somewhere in the text before the rule proposes anything."""

    def named(rule: Rule) -> Rule:
        _needed[rule] = signs.of(*patterns)
        return rule

    return named


def needed_by(rule: Rule) -> int:
    """The signs of the words that a rule needs."""
    return _needed.get(rule, signs.ALWAYS)
