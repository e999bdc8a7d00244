"""Labelled spans in Label Studio's form, and its way of counting characters.

Label Studio counts in the text as its page shows it. Since its frontend of 2022 an offset counts code points; before,
it counted UTF-16 units, so that every character beyond the basic plane counts twice. A carriage return and a line feed
are two characters that it shows as two line breaks. So the text of a task has line feeds alone, offsets are written in
code points of that text, and on the way back the text that a region holds tells which of the two its offsets count.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Fields = Mapping[str, Any]
"""What is said of a region: code lists by name, numbers, and texts; None and nothing are left out."""

CODES = ("unit", "qualifier", "topic", "indicator", "status", "reason", "lost", "event")
"""Fields of one code."""

SEVERAL = ("per",)
"""Fields of several codes."""

NUMBERS = ("value", "upper")

TEXTS = ("label", "counted", "place", "period", "restored", "date", "person")

NAMES = ("designations", "partners")
"""Lists of names that belong to the whole article."""

_TEXT, _SPANS = "text", "span"


@dataclass(frozen=True, slots=True)
class Region:
    """A labelled span of the raw text; `note` is for people (`meta` in Label Studio)."""

    id: str
    kind: str
    span: tuple[int, int]
    fields: Fields
    note: str = ""


class Shown:
    """A raw text as Label Studio shows it, and offsets from one to the other and back."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.text = raw.replace("\r\n", "\n").replace("\r", "\n")
        # Of each line feed that stands for two characters: where it stands in the shown text.
        self._pairs: list[int] = []
        at = raw.find("\r\n")
        while at >= 0:
            self._pairs.append(at - len(self._pairs))
            at = raw.find("\r\n", at + 2)
        self._raw_pairs = [at + n for n, at in enumerate(self._pairs)]

    def shown(self, at: int) -> int:
        """The offset in the shown text of one in the raw text."""
        return at - bisect_left(self._raw_pairs, at)

    def raw_at(self, at: int) -> int:
        """The offset in the raw text of one in the shown text."""
        return at + bisect_left(self._pairs, at)

    def points(self, units: int) -> int:
        """How many characters the first `units` UTF-16 units of the shown text are."""
        return len(self.text.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "replace"))

    def span(self, start: int, end: int, held: str) -> tuple[int, int] | None:
        """The raw span of a region that holds these words, in whichever way it was counted; None where in neither."""
        held = held.replace("\r\n", "\n").replace("\r", "\n")
        for a, b in ((start, end), (self.points(start), self.points(end))):
            if self.text[a:b] == held:
                return self.raw_at(a), self.raw_at(b)
        return None


def results(regions: Sequence[Region], names: Mapping[str, Sequence[str]], shown: Shown) -> list[dict[str, Any]]:
    """Regions and an article's names as the `result` of a prediction or an annotation."""
    found = [result for region in regions for result in _of_region(region, shown)]
    listed = {name: list(names[name]) for name in NAMES if names.get(name)}
    return found + [_result(name, "textarea", {"text": words}, f"article-{name}") for name, words in listed.items()]


def _of_region(region: Region, shown: Shown) -> list[dict[str, Any]]:
    start, end = map(shown.shown, region.span)
    place = {"start": start, "end": end}
    own = _result(_SPANS, "labels", {**place, "text": shown.text[start:end], "labels": [region.kind]}, region.id)
    if region.note:
        own["meta"] = {"text": [region.note]}
    made = [own]
    for name, value in region.fields.items():
        if value in (None, "", [], ()):
            continue
        if name in NUMBERS:
            made.append(_result(name, "number", {**place, "number": value}, region.id))
        elif name in TEXTS:
            made.append(_result(name, "textarea", {**place, "text": [value]}, region.id))
        else:
            choices = [str(v) for v in value] if name in SEVERAL else [str(value)]
            made.append(_result(name, "choices", {**place, "choices": choices}, region.id))
    return made


def _result(name: str, kind: str, value: dict[str, Any], id: str) -> dict[str, Any]:
    return {"id": id, "from_name": name, "to_name": _TEXT, "type": kind, "value": value}
