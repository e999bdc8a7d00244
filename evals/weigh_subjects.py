"""Which weights the signs of a subject should have, by the labelled samples and the practice articles.

    python -m evals.weigh_subjects

For each article the right place is compared with every other that it could be taken to be about. A logistic
regression over the differences gives the weights that put the right one first. They are printed beside those in use
(`summarizer/precheck/standing.py`), which are rounded by hand, and with how many articles each of the two reads
right. Needs scikit-learn (`pip install -e '.[train]'`). Untouched samples are never learnt from.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import typer
from rich.console import Console

from evals.gold import load
from evals.lessons import Lesson, of_samples, practice
from evals.run import ARTICLES, SAMPLES
from summarizer import gazetteer
from summarizer.precheck import standing, subject, times
from summarizer.precheck.standing import WEIGHTS, Signs
from summarizer.text import repair

app = typer.Typer(add_completion=False)
console = Console()

STRENGTH = 1.5
"""`C` of the regression, the inverse of its L2 penalty."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An article's signs of the place that it is about, and of the others."""

    right: Signs
    others: Sequence[Signs]


def choice_of(lesson: Lesson) -> Choice | None:
    """The choice that an article poses; None where there is none, or the right place is not among those found."""
    article = repair(lesson.content)
    text, info = article.clean.text, article.info
    year, _ = times.reference_year(text, info.published)
    evidence, division = subject.weighed(text, info, article.furniture, year)
    signs = [(place.name, evidence.of_place(place)) for place in evidence.places]
    signs.append((division.name or "", evidence.of_division(division.name)))
    right = [found for name, found in signs if _same(name, lesson.subject or "", year)]
    others = [found for name, found in signs if not _same(name, lesson.subject or "", year)]
    return Choice(right[0], others) if right and others else None


def _same(name: str, wanted: str, year: int | None) -> bool:
    """Whether two names are one place: 五峰县 is 五峰土家族自治县."""
    return name == wanted or any(m.text == wanted and m.name == name for m in gazetteer.find(wanted, year=year))


def learn(choices: Sequence[Choice]) -> dict[str, float]:
    """The weights that tell the right places from the others."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  only training needs it

    rows = [[right.get(s, 0.0) - other.get(s, 0.0) for s in WEIGHTS] for right, other in _pairs(choices)]
    rows += [[-value for value in row] for row in rows]
    labels = [1] * (len(rows) // 2) + [0] * (len(rows) // 2)
    regression = LogisticRegression(C=STRENGTH, fit_intercept=False).fit(rows, labels)
    return dict(zip(WEIGHTS, map(float, regression.coef_[0]), strict=True))


def _pairs(choices: Sequence[Choice]) -> Iterator[tuple[Signs, Signs]]:
    for choice in choices:
        yield from ((choice.right, other) for other in choice.others)


def right(choices: Sequence[Choice], weights: Signs) -> int:
    """In how many articles the right place weighs most."""
    return sum(
        all(standing.score(c.right, weights) > standing.score(other, weights) for other in c.others) for c in choices
    )


@app.command(help=__doc__)
def main() -> None:
    """Print the weights in use and those learnt, and what they reach."""
    samples, practised = (
        [c for c in map(choice_of, of) if c] for of in (of_samples(load(SAMPLES, ARTICLES)), practice())
    )
    learnt = learn([*samples, *practised])
    for sign, weight in WEIGHTS.items():
        console.print(f"{sign:16} {weight:5.2f}  learnt {learnt[sign]:5.2f}")
    for name, weights in (("in use", WEIGHTS), ("learnt", learnt)):
        for kind, choices in (("samples", samples), ("practice articles", practised)):
            console.print(f"{name}: {right(choices, weights)} right of {len(choices)} {kind} with a choice")


if __name__ == "__main__":
    app()
