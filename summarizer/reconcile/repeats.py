"""Reports of one county whose words are nearly the same: the same article again, or last year's with new figures.

Words are compared as sets of four-character shingles. Shingles of a whole folder are sketched (MinHash), and only
pairs whose sketches fall into one bucket are compared exactly, so that a folder of thousands takes seconds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rensa import RMinHash, RMinHashLSH

from summarizer.reconcile.compare import same_figures
from summarizer.reconcile.folder import Entry

SHINGLE = 4
"""Characters: two words of the genre; two chance on each other too often, eight break at every correction."""
ALIKE = 0.6
"""Least share of common shingles of a repeat. A repost keeps more than 0.9 with another header and a cut sentence;
two articles of one county by different hands share less than 0.2."""
SKETCH = 128
BANDS = 32
SEED = 20200717
SAME_FIGURES = 0.7
"""Least share of figures that a repost keeps; a new year changes most of them."""


class RepeatKind(StrEnum):
    """What a pair of near-repeats is."""

    REPOST = "repost"
    """The same article again: the same figures."""
    UPDATE = "update"
    """The words of an earlier article with the figures of another time."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """Two reports of one county with nearly the same words; of an update, `first` is the earlier."""

    kind: RepeatKind
    first: Entry
    second: Entry
    similarity: float


def find_repeats(entries: Sequence[Entry]) -> Iterator[Repeat]:
    """Every pair of near-repeats, in the order of the folder."""
    shingles = [_shingles(entry.words) for entry in entries]
    for i, j in _candidates(shingles):
        first, second = entries[i], entries[j]
        if first.county is None or first.county != second.county:
            continue
        similarity = len(shingles[i] & shingles[j]) / len(shingles[i] | shingles[j])
        if similarity >= ALIKE:
            yield _repeat(first, second, round(similarity, 3))


def _shingles(words: str) -> frozenset[str]:
    return frozenset(words[i : i + SHINGLE] for i in range(max(1, len(words) - SHINGLE + 1)))


def _candidates(shingles: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Pairs whose sketches share a band, the smaller index first."""
    index = RMinHashLSH(threshold=ALIKE, num_perm=SKETCH, num_bands=BANDS)
    for j, found in enumerate(shingles):
        sketch = RMinHash(num_perm=SKETCH, seed=SEED)
        sketch.update(sorted(found))
        for i in sorted(index.query(sketch)):
            yield i, j
        index.insert(j, sketch)


def _repeat(first: Entry, second: Entry, similarity: float) -> Repeat:
    years = [e.report.document.reference_year for e in (first, second)]
    one_time = years[0] == years[1] or None in years
    if one_time and same_figures(first.report, second.report) >= SAME_FIGURES:
        return Repeat(RepeatKind.REPOST, first, second, similarity)
    if None not in years and years[0] > years[1]:  # type: ignore[operator]
        first, second = second, first
    return Repeat(RepeatKind.UPDATE, first, second, similarity)
