"""Words without one of which in an article a rule has nothing to propose, so that it need not look at its figures."""

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from summarizer.checks.figure import Page
from summarizer.checks.relation import Relation

Rule: TypeAlias = Callable[[Page], Iterator[Relation]]

_needed: dict[Rule, tuple[re.Pattern[str], ...]] = {}


def needs(*patterns: re.Pattern[str]) -> Callable[[Rule], Rule]:
    """Name the patterns of which one must match somewhere in the text before the rule proposes anything.

    For a rule that goes through the text; one that goes through the figures asks the page for those beside its words.
    """

    def named(rule: Rule) -> Rule:
        _needed[rule] = patterns
        return rule

    return named


def may_propose(rule: Rule, page: Page) -> bool:
    """Whether the words that the rule needs can stand in the text."""
    needed = _needed.get(rule)
    return needed is None or page.may_hold(*needed)
