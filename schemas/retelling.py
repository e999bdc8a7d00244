"""Texts of which a sentence does not hold, and what is made of them when a model tells them again.

A sentence that fails is asked for once more, alone and with the reason. What a model tells then takes its place among
the sentences that held; what fails again is left out for good.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from schemas.mending import Left, Source, sentences, sound
from schemas.report import Dropped

_SHOWN_SENTENCES = 6
"""Failing sentences that one further question names; more are a model that does not know the article."""


@dataclass(frozen=True, slots=True)
class Failing:
    """A text with sentences that do not hold. `field` is its key in the answer, `text` all that was told.

    `item` is the answer that the text is part of, `quote` that of the item which its other sentences made, if any.
    """

    field: str
    text: str
    left: tuple[Left, ...]
    item: dict[str, Any]
    quote: str | None = None

    @property
    def dropped(self) -> list[Dropped]:
        """The record of its sentences, where they are not told again in a way that holds."""
        return [Dropped(field=self.field, text=one.text, reason=one.reason) for one in self.left]


def joined(first: Failing, again: str, source: Source, longest: int) -> str:
    """The first text with what is told again in the place of what failed, in its order.

    Sentences that held and are repeated stand where they stood. More new sentences than failed are another text, which
    takes the place of the first where any of it holds.
    """
    failed = [one.text for one in first.left]
    held = {one.strip() for one in sentences(first.text)} - {one.strip() for one in failed}
    new = [one.strip() for one in sentences(again) if one.strip() not in held]
    if len(new) > len(failed):
        return again if sound(again, source, longest)[0] else first.text
    text = first.text
    for old, sentence in zip(failed, new, strict=False):
        text = text.replace(old, sentence, 1)
    return text


def complaints(failing: Sequence[Failing]) -> list[str]:
    """What to change, one line for each sentence; nothing else of the answer need be said again."""
    lines = [f"{one.field} 的“{left.text.strip()}”：{left.reason}" for one in failing for left in one.left]
    if not lines:
        return []
    keys = "、".join(dict.fromkeys(one.field for one in failing))
    again = f"以上各句改对后写回 {keys}，只说文中说了的，数写编号；改不对就不写。其余已收下，不要重复"
    return [*lines[:_SHOWN_SENTENCES], again]
