"""Repair: one loop over named steps, from bytes to an article that knows what it lost."""

from collections import Counter

from summarizer import gazetteer
from summarizer.text import annotations, byte_shift, damage, document, furniture, markup, punctuation, script, spacing
from summarizer.text.article import Article, Step
from summarizer.text.decode import decode
from summarizer.text.fix import Fixed, Loss
from summarizer.text.fix import Step as Fix
from summarizer.text.traced import Traced


def _simplify(text: Traced) -> Fixed:
    return script.simplify(text, gazetteer.protected_names())


STEPS: dict[str, Fix] = {
    "invisible": spacing.invisible,
    "byte_shift": byte_shift.undo,
    "annotations": annotations.remove,
    "markup": markup.strip,
    "unfold": script.unfold,
    "narrow": script.narrow,
    "simplify": _simplify,
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
    text, counts, losses = _run(Traced.of(raw))
    found = furniture.find(text.text)
    return Article(
        raw=raw,
        clean=text,
        script=script.script_of(raw),
        encoding=encoding,
        corrupted=any(counts[name] for name in _SPOILERS),
        n_annotations=counts["annotations"],
        damage=damage.describe(text, losses),
        furniture=found,
        info=document.read(text.text, found),
        steps=tuple(Step(name, counts[name]) for name in STEPS if counts[name]),
    )


def _run(text: Traced) -> tuple[Traced, Counter[str], list[Loss]]:
    """All steps in order, and again until none finds anything to do: repairing twice is repairing once."""
    counts: Counter[str] = Counter()
    losses = list(damage.lost_in(text))
    for _ in range(_ROUNDS):
        before = text.text
        for name, step in STEPS.items():
            fixed = step(text)
            text = fixed.text
            counts[name] += fixed.count
            losses += fixed.losses
        if text.text == before:
            break
    return text, counts, losses
