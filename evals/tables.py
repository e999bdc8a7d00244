"""What the commands print: tables of scores, and lines of misses."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table

from evals.agreement import Agreement
from evals.compare import Difference
from evals.run import Result, columns, total, used
from evals.scorers import Miss, Tally
from evals.scorers.hallucinated import NAME as STATED
from evals.totals import Mean, grouped, means

console = Console()
if not console.is_terminal:
    # Into a file or a log: 80 columns would cut every number.
    console = Console(width=190)

SPOILT = ("recall", "precision", "value", "figures", "lost digits", "damage.recall", "damage.precision", "damage")
"""What a spoilt text is about; the other scores are those of its clean sample, or in the file that --out writes."""

BY_KIND = ("recall", "value", "topic", "indicator", "status", "place", "year", "label")
"""The columns of the table by kind; all scores stand in the file that --out writes."""


FEWEST = 5
"""Articles that a printed interval is drawn from: one article drawn again and again looks certain, and is not."""


def scores(results: Sequence[Result], whose: str = "", *, every: bool = False) -> None:
    """A row for each score: its micro mean with the 95 % interval, its macro mean, and the counts."""
    groups = {name: means([r.scores for r in inside]) for name, inside in _by_column(results).items()}
    table = Table(title=f"{len(results)} samples {whose}".strip())
    table.add_column("score", no_wrap=True)
    for name in groups:
        table.add_column(f"{name} (95 %)", justify="right", no_wrap=True)
        table.add_column("macro", justify="right", no_wrap=True)
        table.add_column("right", justify="right", no_wrap=True)
    for score in dict.fromkeys(score for group in groups.values() for score in group):
        if every or not score.startswith("gated."):
            table.add_row(score, *(cell for group in groups.values() for cell in _cells(group.get(score))))
    console.print(table)
    _below(results)


def kinds(results: Sequence[Result]) -> None:
    """A row for each kind of article, with the scores that differ most between kinds."""
    table = Table(title="by kind: micro mean (95 %)")
    table.add_column("kind", no_wrap=True)
    table.add_column("n", justify="right")
    for name in BY_KIND:
        table.add_column(name, justify="right", no_wrap=True)
    for kind, inside in sorted(grouped(results, lambda result: result.kind).items()):
        found = means([result.scores for result in inside])
        cells = (_interval(found.get(name)) for name in BY_KIND)
        table.add_row(kind, str(len(inside)), *cells)
    console.print(table)
    _below(results)


def spoilt(results: Sequence[Result]) -> None:
    """A line for each recipe, and one for all."""
    totals = {**columns(results), "all": total(results)}
    table = Table(title=f"{len(results)} spoilt variants")
    table.add_column("recipe", no_wrap=True)
    for name in (*SPOILT, "false figures"):
        table.add_column(name, justify="right")
    for recipe, found in totals.items():
        figures = found.get("figures", Tally())
        cells = (_share(found.get(name, Tally())) for name in SPOILT)
        table.add_row(recipe, *cells, f"{figures.total - figures.right:g}")
    console.print(table)
    _unscored(results)


def differences(found: Sequence[Difference], first: str, second: str) -> None:
    """Paired differences, and the articles that changed."""
    table = Table(title=f"{second} beside {first}, paired by article")
    table.add_column("score", no_wrap=True)
    for name in (first, second, "difference, 95 %", "articles"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("shown")
    for d in found:
        interval = f"{d.second - d.first:+.3f} ({d.low:+.3f} {d.high:+.3f})"
        table.add_row(
            d.name,
            f"{d.first:.3f}",
            f"{d.second:.3f}",
            interval,
            f"+{len(d.better)} -{len(d.worse)}",
            d.verdict,
        )
    console.print(table)
    for d in found:
        for how, names in (("better", d.better), ("worse", d.worse)):
            if names:
                console.print(f"{d.name} {how}: {', '.join(names)}", markup=False, soft_wrap=True)


def agreement(compared: Agreement, articles: int) -> None:
    """What both annotators have found, and how far they agree on it."""
    found = Table(title=f"Two annotators, {articles} articles: what is there")
    for column in ("", "both", "first only", "second only", "F1"):
        found.add_column(column, justify="right" if column else "left")
    for name, parts in compared.found.items():
        f1 = "-" if parts.f1 is None else f"{parts.f1:.3f}"
        found.add_row(name, *(str(n) for n in (parts.both, parts.first, parts.second)), f1)
    console.print(found)
    fields = Table(title="what it says")
    for column in ("field", "agreement", "kappa"):
        fields.add_column(column, justify="left" if column == "field" else "right")
    for name, tally in compared.fields.items():
        kappa = compared.kappa.get(name)
        cell = "-" if tally.score is None else f"{tally.score:.3f}  ({tally.right:g}/{tally.total})"
        fields.add_row(name, cell, "-" if kappa is None else f"{kappa:.3f}")
    console.print(fields)


def misses(found: Iterable[tuple[str, Miss]], fields: str, whose: tuple[str, str] = ("gold", "report")) -> None:
    """The differences in the fields that are asked for, one line each."""
    wanted = {field.strip() for field in fields.split(",") if field.strip()}
    for name, miss in found:
        if miss.field in wanted or "all" in wanted:
            text = f"{name} {miss.field} @{miss.at} {miss.text}: {whose[0]} {miss.gold} | {whose[1]} {miss.report}"
            console.print(text, markup=False, highlight=False, soft_wrap=True)


def _by_column(results: Sequence[Result]) -> dict[str, list[Result]]:
    return dict(grouped(results, lambda result: result.column))


def _cells(mean: Mean | None) -> tuple[str, str, str]:
    if mean is None:
        return "-", "-", "-"
    return _interval(mean), f"{mean.macro:.3f}", f"{mean.tally.right:g}/{mean.tally.total}"


def _interval(mean: Mean | None) -> str:
    if mean is None:
        return "-"
    interval = f"({mean.low:.2f}-{mean.high:.2f})" if mean.articles >= FEWEST else f"(n={mean.articles})".ljust(11)
    return f"{mean.tally.score:.3f} {interval}"


def _share(tally: Tally) -> str:
    return "-" if tally.score is None else f"{tally.score:.3f}"


def _below(results: Sequence[Result]) -> None:
    """What stands below a table: figures from nowhere, samples without scores, and what a model took."""
    stated = total(results).get(STATED, Tally())
    if stated.total:
        console.print(f"hallucinated figures: {stated.total - stated.right:g} of {stated.total}")
    _unscored(results)
    usage = used(results)
    if usage.calls:
        n, tokens = len(results), usage.tokens
        cost = "unknown" if usage.cost is None else f"{usage.cost:.4f} USD"
        console.print(
            f"per sample: {usage.calls / n:.1f} calls, {tokens.input / n:.0f} tokens in, {tokens.output / n:.0f} out; "
            f"in all: {usage.calls} calls, {tokens.input} in, {tokens.output} out, cost {cost}, {usage.seconds:.0f} s"
        )


def _unscored(results: Sequence[Result]) -> None:
    for result in results:
        if result.unscored:
            console.print(f"{result.name}: not scored: {result.unscored}", style="yellow", markup=False)
