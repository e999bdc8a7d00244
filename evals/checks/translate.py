"""Checks in words (`6469 + 18 = 6487 (户)`) as data: each number of the words is the labelled figure that it repeats.

Made by machine, so that the samples kept apart can be scored without anybody reading them. Words that do not lead to
one figure each (names of counties, counts of milestones) are left out and counted.
"""

import json
import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise, product
from pathlib import Path

from evals.checks.labels import EQUATIONS, Kind, Label, expected
from evals.gold import Gold, GoldFact

_SIGNS = {"+": Kind.SUM, "-": Kind.DIFFERENCE, "−": Kind.DIFFERENCE, "÷": Kind.RATIO, "×": Kind.PRODUCT}
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)([万亿]?)")
_TOKEN = re.compile(r"\d+(?:\.\d+)?[万亿]?|[+\-−÷×=<≤≈]")
_MOST_CHOICES = 5_000
"""Combinations of figures to compare; words that leave more of them open are left out."""


def translate(gold: Gold, words: str, *, holds: bool) -> Label | None:
    """The check that the words state, or None where they do not name one figure for each number."""
    tokens = _TOKEN.findall(re.split(r"[(（]", words, maxsplit=1)[0])
    shape = _shape(tokens)
    if shape is None:
        return None
    kind, numbers = shape
    if kind is Kind.RATIO and "%" not in words:
        # An average: 6480万 ÷ 1.8万 = 3600 says that 1.8万 of 3600 each are 6480万.
        kind, numbers = Kind.PRODUCT, [*numbers[1:], numbers[0]]
    chosen = _closest(gold.facts, kind, numbers)
    if chosen is None:
        return None
    *operands, result = (fact.number_at for fact in chosen)
    return Label(words=words, kind=kind, of=tuple(operands), to=result, holds=holds)


def _shape(tokens: Sequence[str]) -> tuple[Kind, list[str]] | None:
    """The kind of a check and its numbers in order; a rounding (`= 108.07% ≈ 108%`) is the last number alone."""
    signs = [t for t in tokens if not t[0].isdigit()]
    numbers = [t for t in tokens if t[0].isdigit()]
    if len(numbers) != len(signs) + 1 or len(numbers) < 2:
        return None
    if signs[-2:] == ["=", "≈"]:
        numbers.pop(-2)
        signs.pop()
    *operations, last = signs
    if last == "=" and not operations:
        return Kind.SAME, numbers
    if last == "=" and len(set(operations)) == 1 and operations[0] in _SIGNS:
        return _SIGNS[operations[0]], numbers
    return (Kind.ORDER, numbers) if set(signs) <= {"<", "≤"} else None


def _closest(facts: Sequence[GoldFact], kind: Kind, numbers: Sequence[str]) -> tuple[GoldFact, ...] | None:
    """Different figures that state these numbers and agree in what they count, standing closest together."""
    choices = [[f for f in facts if _states(f, number)] for number in numbers]
    size = 1
    for group in choices:
        size *= len(group)
    if not 0 < size <= _MOST_CHOICES:
        return None
    fitting = [c for c in product(*choices) if len({f.number_at for f in c}) == len(c) and _sensible(kind, c)]
    return min(fitting, key=_spread, default=None)


def _sensible(kind: Kind, facts: Sequence[GoldFact]) -> bool:
    """Whether the units fit, and an equation lands within a tenth of its figure: rounding is the scorer's business."""
    units = {f.unit for f in facts}
    if kind in (Kind.SUM, Kind.DIFFERENCE, Kind.SAME, Kind.ORDER) and len(units) > 1:
        return False
    # 127 stations of which 25 座 and 62 座: the parts count alike, the whole may not.
    if kind is Kind.SUM and len({f.counted for f in facts[:-1]}) > 1:
        return False
    if kind not in EQUATIONS:
        return True
    values = [f.value for f in facts]
    if any(v is None for v in values):
        return False
    known = [v for v in values if v is not None]
    return abs(expected(kind, known[:-1]) - known[-1]) <= known[-1] / 10


def _spread(facts: Sequence[GoldFact]) -> int:
    at = sorted(f.number_at for f in facts)
    return sum(b - a for a, b in pairwise(at))


def _states(fact: GoldFact, number: str) -> bool:
    """`4214.88` and `4214.88万` both repeat 4214.88万元."""
    found = _NUMBER.fullmatch(number)
    if found is None or fact.value is None:
        return False
    value = Decimal(found[1])
    if found[2]:
        return fact.value == value * {"万": 10_000, "亿": 100_000_000}[found[2]]
    return fact.value in (value, value * 10_000, value * 1000)


def translated(file: Path) -> tuple[list[Label], list[str]]:
    """All checks of a label file as data, and the words that could not be translated."""
    raw = json.loads(file.read_text("utf-8"), parse_float=Decimal)
    gold = Gold.model_validate(raw)
    done, left = [], []
    for item in raw["checks"]:
        for words in re.split(r"[,，;；]\s*(?=\d)(?![^(（]*[)）])", item["rule"]):
            label = translate(gold, words, holds=item["holds"])
            if label is None:
                left.append(words)
            else:
                done.append(label)
    return done, left
