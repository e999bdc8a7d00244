"""What becomes of a check when one digit of one of its figures changes: the slip is found, and nothing else blamed.

Each mutant is the article with one digit exchanged, read again from the start. The labels say which relations hold;
arithmetic alone, within the rounding that the figures' words allow, says which changes break them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from evals.checks.labels import EQUATIONS, Kind, Label
from schemas.outcome import Outcome, Reported
from schemas.report import CountyReport, Fact
from summarizer import Summarizer
from summarizer.checks.figure import Figure
from summarizer.checks.relation import Arithmetic, Relation, judge

_ARITHMETIC = {
    Kind.SUM: Arithmetic.SUM,
    Kind.DIFFERENCE: Arithmetic.DIFFERENCE,
    Kind.RATIO: Arithmetic.RATIO,
    Kind.GROWTH: Arithmetic.INCREASE,
    Kind.PRODUCT: Arithmetic.PRODUCT,
    Kind.SAME: Arithmetic.SAME,
    Kind.ORDER: Arithmetic.AT_LEAST,
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """The text with another digit at `at`, a place in the number that begins at `number_at`."""

    text: str
    number_at: int
    at: int
    label: Label


@dataclass(slots=True)
class Tally:
    """`within`: changes that rounding allows, and those that lost the figure's reading are among `missed`."""

    found: int = 0
    within: int = 0
    missed: list[str] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)
    """Checks that fail in a mutant, failed in no original, and have no part in the changed figure."""

    @property
    def broken(self) -> int:
        """Changes that break their relation by more than its tolerance."""
        return self.found + len(self.missed)

    def add(self, other: "Tally") -> None:
        """Take another tally into this one."""
        self.found += other.found
        self.within += other.within
        self.missed += other.missed
        self.stray += other.stray


def mutants(text: str, labels: Sequence[Label], report: CountyReport, *, alternatives: int) -> Iterator[Mutant]:
    """Every digit of every figure of the checks that the report has, each exchanged for so many others.

    A number keeps its length: no leading zero. Relations with a damaged figure prove rather than check.
    """
    facts = {f.number_at: f for f in report.facts}
    held = {(frozenset(_starts(report, c.facts)), _sign(c.rule)) for c in report.checks if c.holds}
    for label in (step for item in labels for step in _steps(item)):
        if not label.holds or (label.numbers, _SIGNS.get(label.kind, "")) not in held:
            continue
        if any(n not in facts or facts[n].proved_by is not None or facts[n].value is None for n in label.numbers):
            continue
        for number in sorted(label.numbers):
            for at in range(number, facts[number].span[1]):
                if not text[at].isascii() or not text[at].isdigit():
                    continue
                for other in _other_digits(text, number, at)[:alternatives]:
                    yield Mutant(text[:at] + other + text[at + 1 :], number, at, label)


_SIGNS = {Kind.SAME: "一致", Kind.ORDER: "≤"}


def _sign(rule: str) -> str:
    """What a check claims: that figures are the same, that one is no more than another, or an equation."""
    return next((sign for sign in _SIGNS.values() if sign in rule), "")


def _steps(label: Label) -> Iterator[Label]:
    """A comparison of several figures as comparisons of two, which is how a report tells it."""
    if label.kind in EQUATIONS:
        yield label
        return
    for a, b in pairwise((*label.of, label.to)):
        yield Label(words=label.words, kind=label.kind, of=(a,), to=b, holds=label.holds)


def _other_digits(text: str, number: int, at: int) -> list[str]:
    """The other digits, far ones first, so that few alternatives still differ from place to place."""
    old = int(text[at])
    digits = [str((old + step) % 10) for step in (3, 7, 1, 9, 5, 2, 8, 4, 6)]
    leading = at == number and text[at + 1 : at + 2] != "."
    return [d for d in digits if d != "0" or not leading]


def _starts(report: CountyReport, ids: Sequence[int]) -> list[int]:
    by_id = {f.id: f.number_at for f in report.facts}
    return [by_id[i] for i in ids]


async def run(
    summarizer: Summarizer, text: str, labels: Sequence[Label], *, alternatives: int, every: int = 1, name: str = ""
) -> Tally:
    """Read the article and its mutants; `every` takes each n-th mutant only."""
    tally = Tally()
    original = await summarizer.outcome(text)
    if not isinstance(original, Reported):
        return tally
    before = {frozenset(_starts(original.report, c.facts)) for c in original.report.checks if not c.holds}
    for mutant in list(mutants(text, labels, original.report, alternatives=alternatives))[::every]:
        _judge(tally, mutant, await summarizer.outcome(mutant.text), before, name)
    return tally


def _judge(tally: Tally, mutant: Mutant, outcome: Outcome, before: set[frozenset[int]], name: str) -> None:
    words = f"{name} @{mutant.at} → {mutant.text[mutant.at]}: {mutant.label.words}"
    if not isinstance(outcome, Reported):
        tally.missed.append(f"{words} ({outcome.outcome})")
        return
    refuted = [(c, frozenset(_starts(outcome.report, c.facts))) for c in outcome.report.checks if not c.holds]
    tally.stray += [f"{words}: {c.rule} {c.note}" for c, n in refuted if mutant.number_at not in n and n not in before]
    broken = _breaks(mutant.label, {f.number_at: f for f in outcome.report.facts})
    if broken is False:
        tally.within += 1
    elif any(mutant.number_at in n for _, n in refuted):
        tally.found += 1
    else:
        tally.missed.append(words if broken else f"{words} (a figure is no longer read)")


def _breaks(label: Label, facts: dict[int, Fact]) -> bool | None:
    """Whether the figures as they are read now break the relation; None where one is no longer read."""
    if any(n not in facts or facts[n].value is None for n in label.numbers):
        return None
    figures = [_figure(facts[n]) for n in (*label.of, label.to)]
    arithmetic = _ARITHMETIC[label.kind]
    if label.kind in EQUATIONS:
        relations = [Relation(label.words, arithmetic, tuple(figures[:-1]), figures[-1])]
    else:
        relations = [Relation(label.words, arithmetic, (a,), b) for a, b in pairwise(figures)]
    return any((judged := judge(r)) is None or not judged.holds for r in relations)


def _figure(fact: Fact) -> Figure:
    return Figure(fact, *fact.span, fact.number_at, fact.mention)
