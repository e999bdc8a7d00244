"""Text that knows where each of its characters came from.

Every repair goes through `Traced`, so that any span of the clean text opens the raw text and back. Laws, held by
property tests:

- `starts` and `ends` never fall, and `starts[i] < ends[i]`: the order of the text is kept;
- `to_raw` of a span covers exactly the raw characters that its clean characters stand for, from the first one's start
  to the last one's end (removed characters in between belong to it, those at its edges do not);
- slicing, joining and editing keep both.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from re import Match, Pattern
from typing import NamedTuple

LOST = "\ufffd"
"""Stands in clean text for characters that are gone for good; a text never contains it otherwise."""


class Edit(NamedTuple):  # Not a frozen dataclass, which takes twice as long to make: a spoilt text has a thousand.
    """Put `text` in the place of `[start, end)` of the text being edited.

    `origins` gives, for each character of `text`, the range of that text it stands for; without it, a text of the same
    length is mapped character by character, and every character of another text stands for the whole range.
    """

    start: int
    end: int
    text: str
    origins: Sequence[tuple[int, int]] | None = None


@dataclass(frozen=True, slots=True)
class Traced:
    """`text`, and for each of its characters the range `[starts[i], ends[i])` of the raw text it stands for."""

    text: str
    starts: array[int]
    ends: array[int]

    @classmethod
    def of(cls, raw: str) -> Traced:
        """The raw text itself, unchanged."""
        return cls(raw, array("I", range(len(raw))), array("I", range(1, len(raw) + 1)))

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, part: slice) -> Traced:
        if part.step not in (None, 1):
            raise ValueError("a traced text is sliced without a step")
        return Traced(self.text[part], self.starts[part], self.ends[part])

    def __add__(self, other: Traced) -> Traced:
        """Join with a text that stands later in the same raw text."""
        if self.text and other.text and (self.starts[-1] > other.starts[0] or self.ends[-1] > other.ends[0]):
            raise ValueError("traced texts are joined in the order of the raw text")
        return Traced(self.text + other.text, self.starts + other.starts, self.ends + other.ends)

    def edit(self, edits: Iterable[Edit]) -> Traced:
        """Apply edits that stand in order and do not overlap; an insertion (an empty range) is refused."""
        texts: list[str] = []
        starts, ends = array("I"), array("I")
        done = mapped = 0
        for edit in edits:
            if not done <= edit.start < edit.end <= len(self.text):
                raise ValueError(f"edit [{edit.start}, {edit.end}) is empty, out of order or outside the text")
            texts += (self.text[done : edit.start], edit.text)
            done = edit.end
            if edit.origins is None and len(edit.text) == edit.end - edit.start:
                # Each character stands where the old one stood: whole lines are put into another script so.
                continue
            starts.extend(self.starts[mapped : edit.start])
            ends.extend(self.ends[mapped : edit.start])
            for a, b in self._origins(edit):
                starts.append(self.starts[a])
                ends.append(self.ends[b - 1])
            mapped = edit.end
        if not done:
            return self
        texts.append(self.text[done:])
        starts.extend(self.starts[mapped:])
        ends.extend(self.ends[mapped:])
        return Traced("".join(texts), starts, ends)

    @staticmethod
    def _origins(edit: Edit) -> Iterable[tuple[int, int]]:
        if edit.origins is not None:
            if len(edit.origins) != len(edit.text):
                raise ValueError("an edit gives one origin for each character of its text")
            return edit.origins
        return ((edit.start, edit.end) for _ in edit.text)

    def sub(self, pattern: Pattern[str], replace: str | Callable[[Match[str]], str]) -> Traced:
        """Substitute every match; a match whose replacement is the same text is left as it is."""

        def edits() -> Iterable[Edit]:
            for match in pattern.finditer(self.text):
                text = match.expand(replace) if isinstance(replace, str) else replace(match)
                if text != match.group() and match.end() > match.start():
                    yield Edit(match.start(), match.end(), text)

        return self.edit(edits())

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """The raw span of the clean span `[start, end)`, which must not be empty."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"[{start}, {end}) is not a span of the text")
        return self.starts[start], self.ends[end - 1]

    def to_clean(self, start: int, end: int) -> tuple[int, int]:
        """The clean span of all characters that stand for any of the raw span; empty where all is gone."""
        first = bisect_right(self.ends, start)
        last = bisect_left(self.starts, end)
        return first, max(first, last)
