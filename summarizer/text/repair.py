"""Repair: one loop over named steps, from bytes to an article that knows what it lost."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer import gazetteer
from summarizer.text import (
    annotations,
    byte_shift,
    damage,
    document,
    furniture,
    markup,
    misread,
    private_use,
    punctuation,
    script,
    spacing,
    webpage,
)
from summarizer.text.article import Article, Furniture, Step
from summarizer.text.decode import decode
from summarizer.text.fix import Fixed, Loss
from summarizer.text.fix import Step as Fix
from summarizer.text.traced import Traced


def _simplify(text: Traced) -> Fixed:
    return script.simplify(text, gazetteer.protected_names())


STEPS: dict[str, Fix] = {
    "webpage": webpage.read,
    "misread": misread.undo,
    "invisible": spacing.invisible,
    "byte_shift": byte_shift.undo,
    "annotations": annotations.remove,
    "markup": markup.strip,
    "unfold": script.unfold,
    "narrow": script.narrow,
    "simplify": _simplify,
    "private_use": private_use.guess,
    "doubled": punctuation.undouble,
    "widen": punctuation.widen,
    "numbers": spacing.join_numbers,
    "words": spacing.join_words,
    "lines": spacing.join_lines,
}
"""The repairs in their order: bytes first, then brackets, characters, punctuation, spaces."""

_SPOILERS = frozenset({"byte_shift", "annotations", "doubled"})
"""Steps whose work shows that somebody spoilt the text."""

_ROUNDS = 4
"""A repair may open the way for another (a tag inside a bracket); each round finds what stands open."""


def repair(raw: str | bytes) -> Article:
    """The article in a file's bytes, or in text that came from no file.

    Raises BinaryError and UndecodableError for bytes that hold no text; text is never refused.
    """
    if isinstance(raw, str):
        return _repaired(raw, None)
    decoded = decode(raw)
    return _repaired(decoded.text, decoded.encoding)


def _repaired(raw: str, encoding: str | None) -> Article:
    run = _run(Traced.of(raw))
    clean = run.text.text
    found = _with_aside(run, furniture.find(clean))
    return Article(
        raw=raw,
        clean=run.text,
        script=script.script_of(raw),
        encoding=encoding,
        corrupted=any(run.counts[name] for name in _SPOILERS),
        n_annotations=run.counts["annotations"],
        damage=damage.describe(run.text, run.losses),
        furniture=found,
        info=document.read(clean, found),
        steps=tuple(Step(name, run.counts[name]) for name in STEPS if run.counts[name]),
    )


@dataclass(slots=True)
class _Run:
    """The text as the steps leave it, and what they told of it."""

    text: Traced
    counts: Counter[str]
    losses: list[Loss]
    aside: list[tuple[int, int]]


def _run(text: Traced) -> _Run:
    """All steps in order, and again until none finds anything to do: repairing twice is repairing once."""
    run = _Run(text, Counter(), list(damage.lost_in(text)), [])
    unchanged = 0
    for name, step in list(STEPS.items()) * _ROUNDS:
        fixed = step(run.text)
        unchanged = unchanged + 1 if fixed.text.text == run.text.text else 0
        run.text = fixed.text
        run.counts[name] += fixed.count
        run.losses += fixed.losses
        run.aside += fixed.aside
        if unchanged == len(STEPS):
            break
    return run


def _with_aside(run: _Run, found: Sequence[Furniture]) -> tuple[Furniture, ...]:
    """The furniture found by its words, and the parts of a web page that are not its main text."""
    if not run.aside:
        return tuple(found)
    taken = [(f.start, f.end) for f in found]
    aside = [Furniture("page", *span) for raw in run.aside for span in _left_of(run.text.to_clean(*raw), taken)]
    return tuple(sorted([*found, *aside], key=lambda f: f.start))


def _left_of(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What is left of a span outside spans that are taken; those stand in order and do not overlap."""
    at, end = span
    for i in range(max(0, bisect_left(taken, span) - 1), len(taken)):
        start, stop = taken[i]
        if start >= end:
            break
        if at < start:
            yield at, start
        at = max(at, stop)
    if at < end:
        yield at, end
