"""The labelled checks as data, their score, and what happens to them when a digit changes."""

import asyncio
import json
from decimal import Decimal

import pytest

from evals.checks import labels as labelled
from evals.checks import mutation
from evals.checks.labels import Kind, Label
from evals.checks.score import score
from evals.checks.translate import translated
from evals.label import raw_text
from evals.run import ARTICLES, SAMPLES
from schemas.outcome import Outcome, Reported
from schemas.report import CountyReport
from summarizer import Summarizer

NAMES = ("clean-simplified-workreport", "prefecture-roundup", "spoilt-traditional", "xinjiang-town")


@pytest.mark.parametrize("name", NAMES)
def test_labelled_equations_are_found_and_nothing_is_refuted(name: str) -> None:
    """Every equation that a careful reader makes is in the report, and no check there is a false alarm."""
    report = _report(name)
    result = score(labelled.load(name), report)
    missed = [item.words for item in result.missed if item.kind in labelled.EQUATIONS]
    # The rate is reckoned by the rural population, which a town does not have.
    assert [w for w in missed if "贫困发生率" not in w] == []
    assert result.alarms == ()


def _report(name: str) -> CountyReport:
    async def read() -> Outcome:
        async with Summarizer(reader="rules") as summarizer:
            return await summarizer.outcome(ARTICLES / f"{name}.txt")

    outcome = asyncio.run(read())
    assert isinstance(outcome, Reported)
    return outcome.report


def test_changed_digits_are_found() -> None:
    """One digit of a checked figure changed: the check fails, and no other figure is blamed."""
    name = "clean-simplified-workreport"

    async def mutate() -> mutation.Tally:
        async with Summarizer(reader="rules") as summarizer:
            text = raw_text(ARTICLES / f"{name}.txt")
            return await mutation.run(summarizer, text, labelled.load(name), alternatives=1, every=9)

    tally = asyncio.run(mutate())
    assert tally.broken >= 10
    assert (tally.missed, tally.stray) == ([], [])


def test_mutants_change_one_digit_of_a_checked_figure() -> None:
    """The rest of the text stays, the length too, and no number begins with a zero."""
    name = "clean-simplified-workreport"
    text, report = raw_text(ARTICLES / f"{name}.txt"), _report(name)
    mutants = list(mutation.mutants(text, labelled.load(name), report, alternatives=9))
    assert len(mutants) > 100
    for mutant in mutants:
        assert len(mutant.text) == len(text)
        assert [i for i, (a, b) in enumerate(zip(text, mutant.text, strict=True)) if a != b] == [mutant.at]
        assert mutant.at != mutant.number_at or mutant.text[mutant.at] != "0" or mutant.text[mutant.at + 1] == "."


@pytest.mark.parametrize(
    ("kind", "operands", "expected"),
    [
        (Kind.SUM, (1, 2, 3), 6),
        (Kind.DIFFERENCE, (9, 2, 3), 4),
        (Kind.RATIO, (1, 4), 25),
        (Kind.GROWTH, (12, 2), 20),
        (Kind.PRODUCT, (3, 4), 12),
    ],
)
def test_equations(kind: Kind, operands: tuple[int, ...], expected: int) -> None:
    """What the operands of each kind lead to."""
    assert labelled.expected(kind, [Decimal(o) for o in operands]) == expected


def test_words_become_data() -> None:
    """Each number of the words is the labelled figure that it repeats; words about counties are left out."""
    done, left = translated(SAMPLES / "prefecture-roundup.json")
    assert left == []
    assert {(item.kind, len(item.of)) for item in done} >= {(Kind.SUM, 5), (Kind.RATIO, 2), (Kind.PRODUCT, 2)}
    assert all(isinstance(item, Label) for item in done)


def test_label_files_name_labelled_figures() -> None:
    """Every number of every check is a labelled figure of its article."""
    checked = {file: labels for file in SAMPLES.glob("*.json") if (labels := labelled.load(file.stem))}
    assert len(checked) > 20
    for file, labels in checked.items():
        at = {fact["number_at"] for fact in json.loads(file.read_text("utf-8"))["facts"]}
        assert all(item.numbers <= at for item in labels), file.name
