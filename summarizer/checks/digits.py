"""Figures with one digit exchanged: completions of a lost one, and slips that a single digit would mend."""

from collections.abc import Iterator
from functools import lru_cache

from schemas.vocabulary import Unit
from summarizer.checks.figure import Figure, Page
from summarizer.checks.relation import Relation, judge
from summarizer.precheck import clause, numbers
from summarizer.precheck.candidate import Number
from summarizer.text.traced import LOST


def completions(page: Page, figure: Figure) -> tuple[Figure, ...]:
    """The figures that a damaged one may have been, or none where more than one digit was lost.

    Each lost character of a number is one digit: a byte pair that was destroyed held at most one.
    """
    at = [i for i in range(figure.number_at, figure.end) if page.text[i] == LOST]
    return tuple(_with_digits(page, figure, at[0])) if len(at) == 1 else ()


def mended_by_one_digit(page: Page, relation: Relation) -> bool:
    """Whether one digit of one figure keeps the relation from holding, so that a slip is likelier than a misreading."""
    for figure in relation.figures:
        for at in range(figure.number_at, figure.end):
            if not page.text[at].isascii() or not page.text[at].isdigit():
                continue
            for other in _with_digits(page, figure, at):
                judged = judge(relation.replace({figure.id: other}))
                if judged is not None and judged.holds:
                    return True
    return False


def _with_digits(page: Page, figure: Figure, at: int) -> Iterator[Figure]:
    """The figure with each digit at this place; no number begins with a zero unless a point follows."""
    start = clause.start_of(page.text, figure.start)
    end = clause.end_of(page.text, figure.end)
    for digit in "0123456789":
        if digit == "0" and at == figure.number_at and page.text[at + 1 : at + 2] != ".":
            continue
        text = page.text[start:at] + digit + page.text[at + 1 : end]
        for number in _numbers(text):
            if (
                number.start <= at - start < number.end
                and number.value is not None
                and _comparable(figure, number.unit)
            ):
                fact = figure.fact.model_copy(update={"value": number.value, "upper": number.upper})
                yield Figure(fact, figure.start, figure.end, figure.number_at, text[number.start : number.end])


@lru_cache(maxsize=1 << 12)
def _numbers(clause_text: str) -> tuple[Number, ...]:
    """The numbers of a clause with one digit exchanged: asked again for every relation that one of them stands in."""
    return numbers.find(clause_text)


def _comparable(figure: Figure, unit: Unit) -> bool:
    """The clause alone may not show what a bare number counts; a measured one keeps its unit."""
    return figure.unit is unit or Unit.COUNT in (figure.unit, unit)
