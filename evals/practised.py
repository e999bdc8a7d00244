"""Scores the rules on the practice articles: document, subject, its year, and of each number what its mark says.

    python -m evals.practised                  print a table
    python -m evals.practised --given-subject  the same with the subjects and years given as they are marked
    python -m evals.practised --practice evals/practice/unlearnt  articles that no model has learnt from

The marks are one careful reader's, whom nobody judged: good for what goes wrong often, and no floor stands on them.
Subjects, periods and places are read by rules that were written with samples, and with one half of these articles at
most; topics, indicators, statuses and labels are read by models that learnt from both halves, which flatters them; in
the folder `unlearnt` nothing does.
Titles, publishers, authors and dates stand in `documents.tsv` beside the articles, `-` where the text states none and
`?` where two careful readers would differ (a second headline without a dash), which is not scored.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from evals.lessons import PRACTICE, Lesson, Told, labelled, practice
from evals.scorers import about, period
from schemas.reading import NumberReading
from summarizer.precheck.examine import examine
from summarizer.readers.numbers import read_numbers
from summarizer.readers.study import Study
from summarizer.text import repair
from summarizer.text.article import DocumentInfo

app = typer.Typer(add_completion=False)
console = Console()

HALVES = ("studied", "counted")
"""Articles whose misses may be looked at when rules are written, and articles that are only counted."""

DOCUMENTS = "documents.tsv"
_NONE, _OPEN = "-", "?"

Documents = Mapping[str, Mapping[str, str]]
"""By the name of an article, what it says of title, publisher, authors and published."""


def half(name: str) -> str:
    """The half an article belongs to, by its name: it stays there when others join."""
    return HALVES[sum(map(ord, name)) % 2]


def documents(folder: Path = PRACTICE) -> Documents:
    """What the articles of a folder say of themselves; nothing where no table lies beside them."""
    if not (table := folder / DOCUMENTS).exists():
        return {}
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {row.pop("name"): row for row in rows}


def scores(
    lessons: Iterable[Lesson], told_documents: Documents | None = None, *, given: bool = False
) -> dict[str, tuple[int, int]]:
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
        read_right = right_document(brief.article.info, (told_documents or {}).get(lesson.name, {}))
        right.update(read_right)
        of.update(read_right.keys())
        read = {number.id: number for part in brief.parts for number in read_numbers(study, part.index)}
        pairs = [(read[c.id], told) for c, told in labelled(lesson, brief) if c.id in read]
        right["number found"] += len(pairs)
        of["number found"] += len(lesson.told)
        for number, mark in pairs:
            fields = right_fields(number, mark)
            right.update(fields)
            of.update(fields.keys())
    return {what: (right[what], of[what]) for what in of}


def right_document(info: DocumentInfo, told: Mapping[str, str]) -> dict[str, bool]:
    """Which of title, publisher, authors and date are as the table says; what it leaves open is left out."""
    read = {
        "title": info.title,
        "publisher": info.publisher,
        "authors": "、".join(info.authors) or None,
        "published": info.published,
    }
    decided = {what: None if said == _NONE else said for what, said in told.items() if said != _OPEN}
    return {what: about.folded(read[what]) == about.folded(said) for what, said in decided.items()}


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
    told = documents(folder)
    found = [scores((one for one in lessons if half(one.name) == which), told, given=given_subject) for which in HALVES]
    table = Table("score", *HALVES, title=f"{len(lessons)} practice articles")
    for what in found[0] | found[1]:
        table.add_row(what, *(shown(*result.get(what, (0, 0))) for result in found))
    console.print(table)


def shown(right: int, of: int) -> str:
    """A share with its count, nothing of nothing."""
    return f"{right / of:.3f}  {right}/{of}" if of else "-"


if __name__ == "__main__":
    app()
