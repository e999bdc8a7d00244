"""What every scorer returns: tallies by name, and the misses behind them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """`right` of `total`; `right` may be a fraction where a scorer gives partial credit."""

    right: float = 0
    total: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.right + other.right, self.total + other.total)

    @property
    def score(self) -> float | None:
        """The share, or None where there was nothing to score: that is not a score of zero."""
        return self.right / self.total if self.total else None


Scores = dict[str, Tally]


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that a report has otherwise than its labels; `at` is a place in the raw text, 0 for the whole."""

    field: str
    at: int
    text: str
    gold: str
    report: str


Scored = tuple[Scores, list[Miss]]
"""What one scorer found."""
