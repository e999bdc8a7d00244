"""Sentences of a report: figures are references that code renders, or numbers that the article states.

A reader writes `{17}` where it means the figure of candidate 17. Rendering puts the article's own words in its place
(`4214.88万元`, `1000余万元`), so that a sentence keeps magnitude, unit and qualifier. A number written out is let
through only where the article states the same number with the same unit. What a sentence claims of its figures (a fall,
a rise, 全部, 首个, a place) is held against the sentences that state them (`claims`). A sentence of the article itself,
whole and in one piece, needs no proof.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property

from schemas.report import Dropped
from schemas.vocabulary import Unit
from summarizer.precheck import numbers
from summarizer.precheck.aside import holds_numeral
from summarizer.precheck.brief import Brief
from summarizer.precheck.candidate import Number
from summarizer.prose.claims import false_claim
from summarizer.text.traced import LOST

_REFERENCE = re.compile(r"\{(\d{1,6})\}")
_SENTENCE = re.compile(r"[^。！？；]+[。！？；]?[”’」』）]*")
_BLANK = re.compile(r"[^\S\n]+")
_EDGES = frozenset("。！？!?；;，,：:、\n】”")
"""What bounds words of the article that stand in one piece."""
_IN_NUMBERS = frozenset(",:")
"""Marks that may stand inside a number too: 234万元 is no piece of 1,234万元."""

HEADLINE_CHARS = 40
SUMMARY_CHARS = 240


class Prose:
    """Renders and checks the sentences of one article; what fails is recorded in `dropped`."""

    def __init__(self, brief: Brief, values: Mapping[int, str] | None = None) -> None:
        self._brief = brief
        self._figures = {c.id: brief.text[c.start : c.end] for c in brief.candidates} | dict(values or {})
        self.dropped: list[Dropped] = []

    @cached_property
    def _stated(self) -> set[tuple[Decimal, Decimal | None, Unit]]:
        """Value, upper end and unit of every number of the article."""
        everything = (*self._brief.candidates, *self._brief.set_aside)
        return {(n.value, n.upper, n.unit) for n in everything if n.value is not None}

    @cached_property
    def _written(self) -> set[str]:
        """The words of every number of the article."""
        everything = (*self._brief.candidates, *self._brief.set_aside)
        return {_squeeze(self._brief.text[n.start : n.end]) for n in everything}

    @cached_property
    def _flat(self) -> str:
        """The article without blanks, line by line."""
        return _BLANK.sub("", self._brief.text)

    def words(self, field: str, text: str) -> str:
        """`text` rendered, or the empty string where any of it fails: for labels, titles and other short texts."""
        rendered, reason = self._render(text)
        if reason:
            self.dropped.append(Dropped(field=field, text=text, reason=reason))
            return ""
        return rendered

    def sentences(self, field: str, text: str, limit: int) -> str:
        """The sentences of `text` that hold, rendered, as many as fit into `limit` characters."""
        kept = ""
        for sentence in _SENTENCE.findall(text):
            rendered = self._true(field, self.words(field, sentence.strip()))
            if len(kept) + len(rendered) > limit:
                break
            kept += rendered
        return kept

    def _true(self, field: str, sentence: str) -> str:
        """The rendered sentence, or the empty string where it claims what the article does not bear out."""
        reason = false_claim(self._brief, sentence) if sentence and not self._is_own(sentence) else None
        if reason is None:
            return sentence
        self.dropped.append(Dropped(field=field, text=sentence, reason=reason))
        return ""

    def _render(self, text: str) -> tuple[str, str | None]:
        """`text` with its references rendered, and what is wrong with it, if anything."""
        rendered = rest = text
        if "{" in text and (references := _REFERENCE.findall(text)):
            if unknown := [i for i in references if int(i) not in self._figures]:
                return text, f"there is no figure {{{unknown[0]}}}"
            rendered = _REFERENCE.sub(lambda m: self._figures[int(m[1])], text)
            rest = _REFERENCE.sub(" ", text)
        if LOST in rendered:
            return text, "a character of it was lost"
        if not holds_numeral(rest) or self._is_own(rendered):
            return rendered, None
        for number in numbers.find(rest):
            if not self._is_stated(number, rest):
                return text, f"the article does not state {rest[number.start : number.end]}"
        return rendered, None

    def _is_own(self, sentence: str) -> bool:
        """Whether the sentence stands in the article in one piece, from mark to mark, whatever mark ends it here."""
        words = sentence.rstrip("。！？；")
        at = self._flat.find(words) if words else -1
        if at < 0:
            return False
        before, after = self._flat[at - 1 : at] if at else "", self._flat[at + len(words) : at + len(words) + 1]
        return all(
            not mark or (mark in _EDGES and not (mark in _IN_NUMBERS and edge.isdigit()))
            for mark, edge in ((before, words[0]), (after, words[-1]))
        )

    def _is_stated(self, number: Number, text: str) -> bool:
        written = _squeeze(text[number.start : number.end])
        if written in self._written:
            return True
        # A count may lack its noun in one of the two places; other units must agree.
        if number.value is None:
            return False
        return (number.value, number.upper, number.unit) in self._stated and number.unit is not Unit.COUNT


def _squeeze(text: str) -> str:
    return "".join(text.split())


def fits(texts: Iterable[str], limit: int) -> str:
    """The first of the texts that is not empty and not longer than `limit`, or the empty string."""
    return next((t for t in texts if t and len(t) <= limit), "")
