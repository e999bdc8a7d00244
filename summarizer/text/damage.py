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
_DIGIT_AFTER = re.compile(r"\.?[0-9]|[.%％万亿千百十]")
_REACH = 12
"""Characters on each side in which words are looked for: segmentation settles within a clause."""

_SEVERITY = {Lost.NONE: 0, Lost.CHARACTER: 1, Lost.DIGIT: 2}


def lost_in(text: Traced) -> Iterator[Loss]:
    """A loss wherever the decoder, or whoever saved the text, had already given up on characters.

    Before a number or a magnitude, and after a digit, a lost character may have been a digit.
    """
    for match in re.finditer(f"{LOST}+", text.text):
        digit = _DIGIT_AFTER.match(text.text, match.end()) or text.text[match.start() - 1 : match.start()].isdecimal()
        yield Loss(DamageKind.MIS_DECODED, Lost.DIGIT if digit else Lost.CHARACTER, *text.to_raw(*match.span()))


def describe(clean: Traced, losses: Iterable[Loss]) -> tuple[Damage, ...]:
    """The damage entries of an article, in order; losses whose words meet are one entry."""
    touching = _merged(losses)
    widened = (_around(clean, loss) for loss in touching)
    return tuple(
        Damage(kind=loss.kind, restored=_restored(clean, loss), lost=loss.lost, span=(loss.start, loss.end))
        for loss in _merged(widened)
    )


def _merged(losses: Iterable[Loss]) -> list[Loss]:
    """One loss for those whose spans overlap: the kind of the first, the worst that is lost in any."""
    merged: list[Loss] = []
    for loss in sorted(losses, key=lambda loss: (loss.start, loss.end)):
        if merged and loss.start < merged[-1].end:
            last = merged.pop()
            lost = max(last.lost, loss.lost, key=_SEVERITY.__getitem__)
            loss = Loss(last.kind, lost, last.start, max(last.end, loss.end))  # noqa: PLW2901
        merged.append(loss)
    return merged


def _around(clean: Traced, loss: Loss) -> Loss:
    """The loss with the words that it cuts and the number that it touches."""
    start, end = clean.to_clean(loss.start, loss.end)
    if start == end:
        return loss
    a, b = clean.to_raw(*_widened(clean.text, start, end))
    return Loss(loss.kind, loss.lost, min(a, loss.start), max(b, loss.end))


def _restored(clean: Traced, loss: Loss) -> str:
    start, end = clean.to_clean(loss.start, loss.end)
    return clean.text[start:end].replace(LOST, "?")


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """The clean span with the words that it cuts, and the number that it touches."""
    low = max(text.rfind("\n", max(0, start - _REACH), start) + 1, start - _REACH, 0)
    high = min(len(text), end + _REACH)
    if (line_end := text.find("\n", end, high)) >= 0:
        high = line_end
    first, last = start, end
    # Words around each edge; what lies between may be long.
    if words.may_join(text[first - 1 : first + 1]):
        for a, b in _tokens(text[low : min(high, start + _REACH)]):
            if low + a < first < low + b:
                start = low + a
    if words.may_join(text[last - 1 : last + 1]):
        near = max(low, last - _REACH)
        for a, b in _tokens(text[near:high]):
            if near + a < last < near + b:
                end = near + b
    for match in _NUMBER.finditer(text, low, high):
        if match.start() <= last and first <= match.end():
            start, end = min(start, match.start()), max(end, match.end())
    return start, end


def _tokens(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for word in words.cut(text):
        yield at, at + len(word)
        at += len(word)
