"""Lists without a place for every entry: recall and precision by a key."""

from collections.abc import Hashable, Iterable

from evals.scorers.tally import Miss, Scored, Tally


def of_list(name: str, expected: Iterable[Hashable], told: Iterable[Hashable]) -> Scored:
    """`NAME.recall` and `NAME.precision`; the same key twice is one entry."""
    gold, report = set(expected), set(told)
    misses = [Miss(f"{name}.recall", 0, "", str(key), "-") for key in sorted(gold - report, key=str)]
    misses += [Miss(f"{name}.precision", 0, "", "-", str(key)) for key in sorted(report - gold, key=str)]
    both = len(gold & report)
    return {f"{name}.recall": Tally(both, len(gold)), f"{name}.precision": Tally(both, len(report))}, misses
