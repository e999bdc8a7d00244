"""Labels beside reports, article by article, errors first: the data of the evals' page, and its HTML.

One file without scripts: an article is shown when its name is followed, figures and their places in the text lead to
each other. Samples that are kept apart are left out by the caller.
"""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from evals.checks import labels as checks
from evals.gold import GoldFact, Sample
from evals.kinds import kind_of
from evals.label import raw_text
from evals.run import judged
from evals.scorers import FIELDS, Miss, Scores, Tally, align, score
from evals.scorers.label import TOLD_BELOW
from evals.totals import Mean, means
from schemas.outcome import Outcome, Reported
from schemas.report import Fact
from schemas.vocabulary import Code

HERE = Path(__file__).parent
TEMPLATE = "beside.html"

SHOWN = ("recall", "precision", "value", "topic", "indicator", "status", "place", "year", "label")
"""Scores in the list of articles."""

NOTHING = "–"

OF_FACTS = frozenset({*FIELDS, "recall", "precision", "span", "grounded", "not hallucinated"})
"""Misses that a row of the facts' table shows already."""


class State(StrEnum):
    """What became of a figure, the worst first."""

    MISSED = "missed"
    INVENTED = "invented"
    VALUE = "wrong value"
    FIELD = "wrong field"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a figure: what the labels say, what the report says, and whether they agree."""

    name: str
    gold: str
    report: str
    right: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of the labels, of the report, or of both."""

    key: int
    state: State
    span: tuple[int, int]
    mention: str
    fields: tuple[Field, ...]

    @property
    def wrong(self) -> tuple[Field, ...]:
        """The fields that differ."""
        return tuple(field for field in self.fields if not field.right)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text, and the figure that it is."""

    text: str
    row: Row | None = None


@dataclass(frozen=True, slots=True)
class View:
    """One article: its figures, the worst first, other differences, and its text in pieces."""

    name: str
    kind: str
    column: str
    rows: Sequence[Row]
    others: Sequence[Miss]
    pieces: Sequence[Piece]
    scores: Scores

    @property
    def errors(self) -> int:
        """Figures that are not right, and other differences."""
        return len(self.others) + sum(row.state is not State.RIGHT for row in self.rows)


def view(sample: Sample, outcome: Outcome) -> View:
    """One article's labels beside its report; what was not read shows its verdict alone."""
    raw = sample.text or raw_text(sample.path)
    result = judged(sample, outcome)
    rows: list[Row] = []
    misses = list(result.misses)
    if isinstance(outcome, Reported) and sample.gold.outcome is None:
        rows = sorted(_rows(sample, outcome), key=lambda row: (list(State).index(row.state), row.span))
        misses = score(sample.gold, outcome.report, raw, checks.load(sample.name))[1]
    others = [miss for miss in misses if miss.field not in OF_FACTS]
    pieces = tuple(_pieces(raw, rows))
    return View(sample.name, kind_of(sample), sample.gold.column, rows, others, pieces, result.scores)


def _rows(sample: Sample, outcome: Reported) -> Iterator[Row]:
    pairs = align(sample.gold, outcome.report)
    found, used = {gold.number_at for gold, _ in pairs}, {fact.id for _, fact in pairs}
    missed = [gold for gold in sample.gold.facts if gold.number_at not in found]
    invented = [fact for fact in outcome.report.facts if fact.id not in used]
    key = 0
    for gold, fact in pairs:
        fields = tuple(_fields(gold, fact))
        wrong = {field.name for field in fields if not field.right}
        state = State.VALUE if "value" in wrong else State.FIELD if wrong else State.RIGHT
        yield Row(key := key + 1, state, fact.span, fact.mention, fields)
    for one in missed:
        yield Row(key := key + 1, State.MISSED, one.span, one.mention, tuple(_alone(one, "gold")))
    for other in invented:
        yield Row(key := key + 1, State.INVENTED, other.span, other.mention, tuple(_alone(other, "report")))


def _fields(gold: GoldFact, fact: Fact) -> Iterator[Field]:
    for name, right in FIELDS.items():
        least = TOLD_BELOW if name == "label" else 1
        yield Field(name, _told(gold, name), _told(fact, name), float(right(gold, fact)) >= least)


def _alone(fact: GoldFact | Fact, side: str) -> Iterator[Field]:
    """What one side says of a figure that the other does not have; what is not said is left out."""
    for name in FIELDS:
        if (told := _told(fact, name)) != NOTHING:
            yield Field(name, told if side == "gold" else "", told if side == "report" else "", False)


def _told(fact: GoldFact | Fact, name: str) -> str:
    """A field in words: codes by their Chinese names where they have one."""
    if name == "value":
        upper = "" if fact.upper is None else f"–{fact.upper:f}"
        return f"{'?' if fact.value is None else f'{fact.value:f}'}{upper} {fact.unit.zh}"
    if name == "per":
        return "、".join(per.zh for per in fact.per) or NOTHING
    value = getattr(fact, "period" if name == "year" else name)
    if isinstance(value, Code):
        return value.zh or value.value
    return NOTHING if value is None else str(value)


def _pieces(raw: str, rows: Sequence[Row]) -> Iterator[Piece]:
    """The text cut at figures; one that lies over another that began before it is left out of the text."""
    at = 0
    for row in sorted(rows, key=lambda row: row.span):
        start, end = row.span
        if start < at:
            continue
        yield Piece(raw[at:start])
        yield Piece(raw[start:end], row)
        at = end
    yield Piece(raw[at:])


def page(views: Sequence[View], reader: str, made: str) -> str:
    """The HTML: the list of articles with most errors first, then each of them."""
    ordered = sorted(views, key=lambda one: (-one.errors, one.name))
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    style = (HERE / "beside.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return environment.get_template(TEMPLATE).render(
        views=ordered,
        reader=reader,
        made=made,
        style=style,
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        shown=SHOWN,
        totals=means([one.scores for one in views]),
        share=_share,
        interval=_interval,
        names=list(FIELDS),
        right=State.RIGHT,
    )


def _share(tally: Tally | None) -> str:
    return "–" if tally is None or tally.score is None else f"{tally.score:.2f}"


def _interval(mean: Mean) -> str:
    return f"{mean.tally.score:.3f} ({mean.low:.3f} to {mean.high:.3f})"
