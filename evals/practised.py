"""Scores the rules on the practice articles: who they are about, their year, and of each number what its mark says.

    python -m evals.practised                  print a table
    python -m evals.practised --given-subject  the same with the subjects and years given as they are marked

The marks are one careful reader's, whom nobody judged: good for what goes wrong often, and no floor stands on them.
Subjects, periods and places are read by rules that were written with samples, and with one half of these articles at
most; topics, indicators, statuses and labels are read by models that learnt from both halves, which flatters them.
"""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from evals.lessons import PRACTICE, Lesson, Told, labelled, practice
from evals.scorers import period
from schemas.reading import NumberReading
from summarizer.precheck.examine import examine
from summarizer.readers.numbers import read_numbers
from summarizer.readers.study import Study
from summarizer.text import repair

app = typer.Typer(add_completion=False)
console = Console()

HALVES = ("studied", "counted")
"""Articles whose misses may be looked at when rules are written, and articles that are only counted."""


def half(name: str) -> str:
    """The half an article belongs to, by its name: it stays there when others join."""
    return HALVES[sum(map(ord, name)) % 2]


def scores(lessons: Iterable[Lesson], *, given: bool = False) -> dict[str, tuple[int, int]]:
    """By what is scored: how many are right, of how many. With `given` the prechecks are told subject and year."""
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for lesson in lessons:
        subject, year = (lesson.subject, lesson.year) if given else (None, None)
        study = Study(examine(repair(lesson.content), given_subject=subject, given_year=year))
        brief = study.brief
        told = brief.subject.name if brief.subject else None
        right.update({"subject": told == lesson.subject, "reference year": brief.reference_year == lesson.year})
        of.update(("subject", "reference year"))
        read = {number.id: number for part in brief.parts for number in read_numbers(study, part.index)}
        pairs = [(read[c.id], told) for c, told in labelled(lesson, brief) if c.id in read]
        right["number found"] += len(pairs)
        of["number found"] += len(lesson.told)
        for number, mark in pairs:
            fields = right_fields(number, mark)
            right.update(fields)
            of.update(fields.keys())
    return {what: (right[what], of[what]) for what in of}


def right_fields(number: NumberReading, mark: Told) -> dict[str, bool]:
    """Which fields of a number are as its mark says; `year` is the year of the period, or the years."""
    return {
        "topic": number.topic is mark.topic,
        "indicator": number.indicator is mark.indicator,
        "status": number.status is mark.status,
        "place": number.place == mark.place,
        "year": period.year(number.period) == period.year(mark.period),
    }


@app.command()
def main(
    folder: Annotated[Path, typer.Option("--practice", help="Directory of the practice articles.")] = PRACTICE,
    given_subject: Annotated[bool, typer.Option(help="Tell the prechecks the marked subjects and years.")] = False,
) -> None:
    """Score the rules on the practice articles, each half by itself."""
    lessons = practice(folder)
    if not lessons:
        raise typer.BadParameter(f"no practice articles (*.txt) in {folder}")
    found = [scores((one for one in lessons if half(one.name) == which), given=given_subject) for which in HALVES]
    table = Table("score", *HALVES, title=f"{len(lessons)} practice articles")
    for what in found[0] | found[1]:
        table.add_row(what, *(shown(*result.get(what, (0, 0))) for result in found))
    console.print(table)


def shown(right: int, of: int) -> str:
    """A share with its count, nothing of nothing."""
    return f"{right / of:.3f}  {right}/{of}" if of else "-"


if __name__ == "__main__":
    app()
