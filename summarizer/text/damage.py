"""From losses to the report's damage: each widened to the words and the number it touches, with what was restored."""

import re
from collections.abc import Iterable, Iterator

from schemas.report import Damage
from schemas.vocabulary import DamageKind, Lost
from summarizer import words
from summarizer.text.fix import Loss
from summarizer.text.traced import LOST, Traced

_NUMBER = re.compile(
    rf"[0-9{LOST}](?:[0-9.,{LOST}]*[0-9{LOST}])?[万亿千百十]*[多余]?(?:%|[\u4e00-\u9fff]?)|{LOST}\.[0-9]+"
)
_DIGIT_NEAR = re.compile(
    # Before a number or a magnitude, or after a digit: it may have been a digit of it.
    rf"{LOST}+(?=\.?[0-9]|[.%％万亿千百十])|(?<=[0-9.]){LOST}+"
)
_REACH = 12
"""Characters on each side in which words are looked for: segmentation settles within a clause."""

_SEVERITY = {Lost.NONE: 0, Lost.CHARACTER: 1, Lost.DIGIT: 2}


def lost_in(clean: Traced) -> Iterator[Loss]:
    """A loss for every character that the decoder, or whoever saved the text, had already given up on."""
    digits = {at for match in _DIGIT_NEAR.finditer(clean.text) for at in range(*match.span())}
    for match in re.finditer(LOST, clean.text):
        lost = Lost.DIGIT if match.start() in digits else Lost.CHARACTER
        yield Loss(DamageKind.MIS_DECODED, lost, *clean.to_raw(*match.span()))


def describe(clean: Traced, losses: Iterable[Loss]) -> tuple[Damage, ...]:
    """The damage entries of an article, in order; losses whose words meet are one entry."""
    found: list[Damage] = []
    for loss in sorted(losses, key=lambda loss: (loss.start, loss.end)):
        start, end = _widened(clean.text, *clean.to_clean(loss.start, loss.end))
        span = _raw_span(clean, start, end, loss)
        lost = loss.lost
        if found and span[0] < found[-1].span[1]:
            last = found.pop()
            start = clean.to_clean(*last.span)[0]
            span = (last.span[0], max(span[1], last.span[1]))
            end = max(end, clean.to_clean(*span)[1])
            lost = max(lost, last.lost, key=_SEVERITY.__getitem__)
            kind = last.kind
        else:
            kind = loss.kind
        found.append(Damage(kind=kind, restored=clean.text[start:end].replace(LOST, "?"), lost=lost, span=span))
    return tuple(found)


def _raw_span(clean: Traced, start: int, end: int, loss: Loss) -> tuple[int, int]:
    if start == end:
        return loss.start, loss.end
    a, b = clean.to_raw(start, end)
    return min(a, loss.start), max(b, loss.end)


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """The clean span with the words that it cuts, and the number that it touches."""
    if start == end:
        return start, end
    low = max(text.rfind("\n", 0, start) + 1, start - _REACH)
    high = min(len(text), end + _REACH)
    if (line_end := text.find("\n", end, high)) >= 0:
        high = line_end
    for a, b in _tokens(text[low:high]):
        if low + a < start < low + b:
            start = low + a
        if low + a < end < low + b:
            end = low + b
    for match in _NUMBER.finditer(text, low, high):
        if match.start() <= end and start <= match.end() and match.end() > match.start():
            start, end = min(start, match.start()), max(end, match.end())
    return start, end


def _tokens(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for word in words.cut(text):
        yield at, at + len(word)
        at += len(word)
