"""What of the likeliest reading is sure: what close readings have otherwise is lost, and so are unsure figures."""

import re
from collections.abc import Sequence
from itertools import pairwise

from summarizer import words
from summarizer.text import candidates
from summarizer.text.likelihood import ARABIC, DIGITS, HAN_NUMERALS, MAGNITUDES, NUMERALS, NUMERIC, is_numeral, simple
from summarizer.text.shifted import Character, Edge, Path, Reading, Run, flat
from summarizer.text.traced import LOST

CLOSE = 1.9
"""Readings nearer than this (natural logarithm, 7 times) leave a character open."""


def settled(paths: list[Path], run: Run) -> Reading:
    """The best path, with LOST where a path nearly as good has another character, or a number is not sure."""
    best = _with_numeric(flat(paths[0]), run)
    texts = [edge.character for edge in best]
    numbers = _unsure_numbers(best, _words_of(paths[0]), run) | _lone_digits(best)
    for i in numbers:
        texts[i] = LOST
    for path in paths[1:]:
        if path.score < paths[0].score - CLOSE:
            break
        other = flat(path)
        if len(other) == len(best):
            for i, (one, two) in enumerate(zip(best, other, strict=True)):
                if one.character != two.character:
                    texts[i] = LOST
                    if {one.character, two.character} & NUMERIC:
                        numbers.add(i)
    gaps = _gaps(best, texts, run)
    characters: list[Character] = []
    for i in range(len(run.left), len(best) - len(run.right)):
        edge = best[i]
        characters.append(Character(texts[i], edge.start, edge.end, i in numbers))
        if i in gaps:
            after = best[i + 1].end if i + 1 < len(best) - len(run.right) else edge.end
            characters.append(Character(LOST, edge.start, after, gaps[i]))
    return Reading(paths[0].score, tuple(characters))


def _with_numeric(best: list[Edge], run: Run) -> list[Edge]:
    """The edges of a path; those after a dropped pair know now what numbers have there."""
    for i, (before, edge) in enumerate(pairwise(best), start=1):
        after = before.to
        if after.group >= 0 and after.pairs < len(run.pairs):
            numeric = candidates.numeric_after_dropped(after.group, run.pairs[after.pairs].first)
            best[i] = edge._replace(numeric=numeric)
    return best


def _lone_digits(best: Sequence[Edge]) -> set[int]:
    """Full-width digits that stand alone: halves of `，当` make one, when what stood between the halves is gone."""
    shown = "".join(edge.character for edge in best)
    return {match.start() for match in _WIDE_DIGITS.finditer(shown) if len(match[0]) == 1}


def _unsure_numbers(best: Sequence[Edge], placed: Sequence[tuple[str, int]], run: Run) -> set[int]:
    """Places of characters known by half that may be part of a number: a dictionary knows words, but no figures.

    `placed` tells the word of each and its place there. A numeral that was guessed is never kept: 五个 is a word, and
    what stood there may have been 全村共.
    """
    shown = "".join(edge.simple for edge in best)
    plans = {i for match in _PLAN.finditer(shown) for i in range(*match.span())}
    unsure: set[int] = set()
    for i, edge in enumerate(best):
        if not edge.numeric or i in plans:
            continue
        word, at = placed[i]
        if edge.character in NUMERIC:
            is_unsure = True
        elif len(word) > 1:
            is_unsure = _has_twin(word, at, edge)
        else:
            is_unsure = _may_count(edge, shown[max(0, i - 1) : i], shown[i + 1 : i + 2], run)
        if is_unsure:
            unsure.add(i)
    return unsure


_PLAN = re.compile('(?<=[“"])十[一二三四]?五|十[一二三四]?五(?=[”"时规期])')
"""A five-year plan, the one number of which a dictionary knows what may stand in it."""


def _words_of(path: Path) -> list[tuple[str, int]]:
    """For each character of a path the word that it belongs to, and its place in that word."""
    found: list[tuple[str, int]] = []
    step: Path | None = path
    while step is not None:
        word = "".join(edge.simple for edge in step.edges)
        found += [(word, at) for at in reversed(range(len(word)))]
        step = step.before
    return found[::-1]


def _has_twin(word: str, at: int, edge: Edge) -> bool:
    """Whether a number makes a word in the same place: 是月 may be 十月."""
    others = (word[:at] + simple(c) + word[at + 1 :] for c in edge.numeric if simple(c) != edge.simple)
    return any(words.count(other) or is_numeral(other) for other in others)


def _may_count(edge: Edge, before: str, after: str, run: Run) -> bool:
    """Whether a character that makes no word with its neighbours may be part of a number.

    Beside Arabic digits a digit or a magnitude may have stood, beside a Han numeral another, and anywhere a full-width
    digit where the article has such.
    """
    if run.wide and edge.numeric & DIGITS:
        return True
    if before in ARABIC and before and edge.numeric & (DIGITS | MAGNITUDES):
        return True
    if after in ARABIC and after and edge.numeric & DIGITS:
        return True
    return bool(HAN_NUMERALS & {before, after} and edge.numeric & HAN_NUMERALS)


def _gaps(best: Sequence[Edge], texts: Sequence[str], run: Run) -> dict[int, bool]:
    """Places after which another character may have vanished as a whole, and whether that was part of an Arabic number.

    `．` between full-width digits vanishes and shifts nothing, and so do `，`, `－` and `／`: 6.85 is 685 then; what
    is left of `，当` after such a loss is `１`. Only the figures of a year are none of that. Between two halves of
    numerals a third may have stood: 十五 may have been 十三五.
    """
    shown = "".join(edge.character for edge in best)
    plans = {i for match in _WHOLE_PLAN.finditer(shown) for i in range(*match.span())}
    gaps: dict[int, bool] = {}
    for match in _WIDE_DIGITS.finditer(shown):
        inside = [i for i in range(*match.span()) if len(run.left) <= i < len(best) - len(run.right)]
        if inside and len(match[0]) > 1 and not _YEAR.match(shown, match.start()):
            gaps[inside[0]] = True
    for i in range(len(run.left), len(best) - len(run.right) - 1):
        if best[i].to.group >= 0 and i not in plans and {texts[i], texts[i + 1]} <= NUMERALS:
            gaps[i] = False
    return gaps


_WIDE_DIGITS = re.compile("[０-９]+")
_YEAR = re.compile("(?:１９|２０)[０-９]{2}年")
_WHOLE_PLAN = re.compile("十[一二三四]五")
