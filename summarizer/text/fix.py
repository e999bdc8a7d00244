"""What one step of the repair gives: the text after it, and what it did."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from re import Match, Pattern

from schemas.vocabulary import DamageKind, Lost
from summarizer.text.traced import Edit, Traced


@dataclass(frozen=True, slots=True)
class Loss:
    """A place that was damaged, in the raw text, and what is gone there for good."""

    kind: DamageKind
    lost: Lost
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fixed:
    """The text after a step, in how many places the step changed it, and raw spans that are no part of the article."""

    text: Traced
    count: int = 0
    losses: tuple[Loss, ...] = ()
    aside: tuple[tuple[int, int], ...] = ()


Step = Callable[[Traced], Fixed]
"""One repair: pure, and nothing to it but the text."""


def edited(text: Traced, edits: Sequence[Edit], losses: Sequence[Loss] = ()) -> Fixed:
    """The text after these edits."""
    return Fixed(text.edit(edits), len(edits), tuple(losses))


def substituted(text: Traced, pattern: Pattern[str], replace: Callable[[Match[str]], str]) -> Fixed:
    """The text with every match replaced; a match that is replaced by itself is no change."""
    found = ((match, replace(match)) for match in pattern.finditer(text.text))
    return edited(text, [Edit(*m.span(), new) for m, new in found if new != m.group()])
