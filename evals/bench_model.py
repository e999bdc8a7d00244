"""Readers beside each other on the same short texts: this tool, and other tools with the same model.

python -m evals.bench_model [--model NAME] [--base-url URL] [--fields]

Peers are one plain instructor call for a list of facts, and LangExtract with an equivalent prompt (`evals.peers`). They
get the repaired text, which flatters them. With a base URL what is not yet kept is asked (`pip install .[bench]`);
without one the kept answers are scored, offline. This tool's answers are the recorded ones. `--fields` adds a table of
what the model adds to the rules, and rules to the model, field by field, on samples that no rule has seen
(`evals.fields`).

| row | meaning |
|---|---|
| listed | facts that a reader returns |
| found | labelled facts that one of them points to, by its span or its quote |
| exact | of those, value and unit right; values are converted (万元, 公顷) as this tool converts its own |
| anywhere | labelled facts whose value and unit are listed at all: leniently, for a peer that quotes badly |
| false figures | facts whose value the text states nowhere |
| ungrounded | facts whose place in the text, if they have one, does not state their value: nobody can look them up |
| cut off | answers that ran into the limit of their length, or that their library gave up on |
| seconds | what the answers took on the machine that recorded them, one at a time; of rules, here and now |
"""

import asyncio
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from evals.compare import Difference
from evals.fields import ALONE, RULES, TOGETHER, Read, differences, read_all
from evals.gold import GoldFact, Sample
from evals.peers.ask import PEERS, ask
from evals.peers.kept import PeerAnswer, PeerAnswers, PeerFact
from evals.recordings.alone import recordings as recordings_alone
from evals.recordings.fixed import UNSEEN, fixed_set, fixed_settings, set_names
from evals.recordings.store import MissingRecordingError, Recordings, recorded_models
from schemas.outcome import Outcome, Reported
from schemas.report import CountyReport
from schemas.vocabulary import ReaderName, Unit
from summarizer.precheck import numbers
from summarizer.precheck.candidate import Number
from summarizer.text import repair
from summarizer.text.article import Article

console = Console()


@dataclass(frozen=True, slots=True)
class Told:
    """One fact of any reader: where in the raw text it points, if anywhere, and its value in the canonical unit."""

    span: tuple[int, int] | None
    value: Decimal | None
    unit: Unit | None


@dataclass(frozen=True, slots=True)
class Row:
    """What one reader made of one sample, or of all of them."""

    labelled: int = 0
    listed: int = 0
    found: int = 0
    exact: int = 0
    anywhere: int = 0
    false: int = 0
    ungrounded: int = 0
    cut: int = 0
    calls: int = 0
    input: int = 0
    output: int = 0
    seconds: float = 0.0

    def __add__(self, other: "Row") -> "Row":
        return Row(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


def main(
    model: Annotated[
        str, typer.Option(help="Whose answers; else the first recorded model that peers were asked with.")
    ] = "",
    base_url: Annotated[str, typer.Option(help="OpenAI-compatible endpoint that asks what is not kept yet.")] = "",
    peers: Annotated[str, typer.Option(help="Which peers, comma-separated.")] = ",".join(PEERS),
    fields: Annotated[bool, typer.Option("--fields", help="Also what the model adds to the rules, by field.")] = False,
) -> None:
    """Print one table of all readers on the samples that all of them have read."""
    model = model or next((name for name in recorded_models() if PeerAnswers(name, next(iter(PEERS))).any()), "")
    chosen = [peer for peer in peers.split(",") if peer in PEERS]
    samples = fixed_set()
    if base_url:
        asyncio.run(_record_all(model, base_url))
        _ask_all(samples, chosen, model, base_url)
    try:
        rows = asyncio.run(_ours(samples, model))
        rows |= {peer: dict(_theirs(samples, PeerAnswers(model, peer))) for peer in chosen}
        _print(model, rows)
        if fields:
            _print_fields(UNSEEN, asyncio.run(read_all(fixed_set(UNSEEN), model)))
    except MissingRecordingError as error:
        console.print(f"error: {error}", markup=False, soft_wrap=True)
        raise typer.Exit(1) from None


async def _record_all(model: str, base_url: str) -> None:
    """Ask what is not recorded yet: every set with the rules' guesses, the unseen one without them too."""
    from evals.recordings.record import record  # noqa: PLC0415  (loads the SDKs)

    settings = fixed_settings(model, base_url)
    every, alone = [s for name in set_names() for s in fixed_set(name)], fixed_set(UNSEEN)
    for samples, recordings in ((every, Recordings(model)), (alone, recordings_alone(model))):
        await record(samples, settings, recordings, alone=samples is alone)
        recordings.finish()


def _ask_all(samples: Sequence[Sample], peers: Sequence[str], model: str, base_url: str) -> None:
    for sample in samples:
        for peer in peers:
            kept, text = PeerAnswers(model, peer), _article(sample).clean.text
            if kept.load(sample.name, text) is None:
                answer = ask(peer, base_url, model, text)
                kept.save(sample.name, answer)
                console.print(f"{sample.name}: {peer}: {len(answer.facts)} facts {answer.error}", markup=False)


async def _ours(samples: Sequence[Sample], model: str) -> dict[str, dict[str, Row]]:
    """Rows of rules, and of rules and the recorded model: by reader, by sample."""
    read = await read_all(samples, model, alone=False)
    return {
        reader: {s.name: _row(s, found.outcomes[s.name], found.seconds[s.name]) for s in samples}
        for reader, found in read.items()
    }


def _row(sample: Sample, outcome: Outcome, seconds: float) -> Row:
    assert isinstance(outcome, Reported), sample.name
    used = outcome.usage
    cost = Row(calls=used.calls, input=used.tokens.input, output=used.tokens.output, seconds=seconds)
    return score(sample.gold.facts, _of_report(outcome.report), _article(sample)) + cost


def _of_report(report: CountyReport) -> list[Told]:
    return [Told(fact.span, fact.value, fact.unit) for fact in report.facts]


def _theirs(samples: Iterable[Sample], kept: PeerAnswers) -> Iterator[tuple[str, Row]]:
    """A peer's rows, by sample, for the samples that it was asked about."""
    for sample in samples:
        article = _article(sample)
        answer = kept.load(sample.name, article.clean.text)
        if answer is not None:
            facts = list(located(answer.facts, article))
            yield sample.name, score(sample.gold.facts, facts, article) + _cost(answer)


def _cost(answer: PeerAnswer) -> Row:
    cut = bool(answer.error) or any(exchange.finish == "length" for exchange in answer.exchanges)
    return Row(
        cut=int(cut),
        calls=len(answer.exchanges),
        input=sum(exchange.input for exchange in answer.exchanges),
        output=sum(exchange.output for exchange in answer.exchanges),
        seconds=sum(exchange.seconds for exchange in answer.exchanges),
    )


def located(facts: Iterable[PeerFact], article: Article) -> Iterator[Told]:
    """A peer's facts with their place in the raw text, and their values converted.

    A quote that stands in the text several times means its next place each time that it is given.
    """
    text = article.clean.text
    reached: dict[str, int] = {}
    for fact in facts:
        span = fact.span
        if span is None and fact.quote:
            at = text.find(fact.quote, reached.get(fact.quote, 0))
            at = text.find(fact.quote) if at < 0 else at
            reached[fact.quote] = at + 1
            span = (at, at + len(fact.quote)) if at >= 0 else None
        value, unit = _quantity(fact)
        yield Told(article.clean.to_raw(*span) if span and span[0] < span[1] else None, value, unit)


def _quantity(fact: PeerFact) -> tuple[Decimal | None, Unit | None]:
    """Value and canonical unit of what a peer wrote; a float's `16.0` is 16."""
    value = re.sub(r"\.0$", "", fact.value.strip())
    found = numbers.find(value if value.endswith(fact.unit) else value + fact.unit)
    return (found[0].value, found[0].unit) if found else (None, None)


def score(labels: Sequence[GoldFact], facts: Sequence[Told], article: Article) -> Row:
    """Found, exact and false figures of one text. Each fact stands for one label at most, the one it is right about."""
    stated = [(article.clean.to_raw(n.start, n.end), n) for n in numbers.find(article.clean.text)]
    values = {v for _, n in stated for v in (n.value, n.upper) if v is not None}
    open_labels = list(labels)
    exact = _take(open_labels, facts, right=True)
    rest = [fact for fact in facts if fact not in exact]
    found = _take(open_labels, rest, right=False)
    return Row(
        labelled=len(labels),
        listed=len(facts),
        found=len(exact) + len(found),
        exact=len(exact),
        anywhere=_anywhere(labels, facts),
        false=sum(fact.value is not None and fact.value not in values for fact in facts),
        ungrounded=sum(not _opens(fact, stated) for fact in facts),
    )


def _opens(fact: Told, stated: Iterable[tuple[tuple[int, int], Number]]) -> bool:
    """Whether the words that the fact points to state its value; one without a value has only to point somewhere."""
    if fact.span is None or fact.value is None:
        return fact.span is not None
    start, end = fact.span
    inside = (number for (first, last), number in stated if start <= first and last <= end)
    return any(fact.value in (number.value, number.upper) for number in inside)


def _anywhere(labels: Sequence[GoldFact], facts: Sequence[Told]) -> int:
    """How many labels have their value and unit among the facts, each fact for one of them."""
    wanted: Counter[tuple[Decimal | None, Unit | None]] = Counter((g.value, g.unit) for g in labels)
    return (wanted & Counter((fact.value, fact.unit) for fact in facts)).total()


def _take(labels: list[GoldFact], facts: Sequence[Told], *, right: bool) -> list[Told]:
    """The facts that point to one of the labels, which is used up; `right` asks for its value and unit too."""
    taken = []
    for fact in facts:
        inside = [g for g in labels if fact.span and fact.span[0] <= g.number_at < fact.span[1]]
        fitting = [g for g in inside if not right or (g.value, g.unit) == (fact.value, fact.unit)]
        # A quote that holds several numbers does not tell which one a wrong value means.
        if fitting and (right or len(inside) == 1):
            labels.remove(fitting[0])
            taken.append(fact)
    return taken


def _article(sample: Sample) -> Article:
    assert sample.text is not None
    return repair(sample.text)


def _print(model: str, rows: dict[str, dict[str, Row]]) -> None:
    """One column for each reader, over the samples that all have read; what a peer was not asked is named."""
    shared = set.intersection(*(set(by_sample) for by_sample in rows.values()))
    totals = {reader: sum((by_sample[s] for s in sorted(shared)), Row()) for reader, by_sample in rows.items()}
    table = Table(title=f"{model}: {len(shared)} samples")
    table.add_column("")
    for reader in totals:
        table.add_column(reader, justify="right")
    for name in Row.__slots__:
        shown = (_shown(name, row) for row in totals.values())
        table.add_row({"false": "false figures", "cut": "cut off"}.get(name, name), *shown)
    console.print(table)
    for reader, by_sample in rows.items():
        if missing := sorted(rows[RULES].keys() - by_sample.keys()):
            console.print(f"{reader} was not asked about: {', '.join(missing)}", markup=False, soft_wrap=True)


def _shown(name: str, row: Row) -> str:
    """One cell; seconds of answers that were kept before they were timed are not known."""
    if name == "seconds":
        return "-" if row.calls and not row.seconds else f"{row.seconds:,.1f}"
    return f"{getattr(row, name):,}"


def _print_fields(name: str, read: Mapping[str, Read]) -> None:
    """What the model adds on one set of samples: scores of the three readers, and the differences with intervals."""
    by = differences(read)
    labelled = sum(
        tally.total for scores in read[RULES].scored.values() for field, tally in scores.items() if field == "recall"
    )
    table = Table(
        box=box.SIMPLE,
        pad_edge=False,
        collapse_padding=True,
        title=f"{name}: {len(read[RULES].scored)} samples, {labelled} labelled numbers",
    )
    for column in ("field", "rules", "alone", "both", "both - rules", "both - alone"):
        table.add_column(column, justify="left" if column == "field" else "right", no_wrap=True)
    for field in by[RULES]:
        against_rules, against_alone = by[RULES][field], by[ALONE][field]
        table.add_row(
            field,
            f"{against_rules.first:.3f}",
            f"{against_alone.first:.3f}",
            f"{against_rules.second:.3f}",
            _interval(against_rules),
            _interval(against_alone),
        )
    console.print(table)
    for reader in (ALONE, TOGETHER):
        used = read[reader].usage
        console.print(f"{reader}: {used.calls} answers, {used.tokens.input:,} tokens in, {used.tokens.output:,} out")
    said = [fact for o in read[TOGETHER].outcomes.values() if isinstance(o, Reported) for fact in o.report.facts]
    by_model = sum(fact.read_by is ReaderName.MODEL for fact in said)
    console.print(f"answered by the model, of the facts of {TOGETHER}: {by_model} of {len(said)}")


def _interval(difference: Difference) -> str:
    change = difference.second - difference.first
    return f"{change:+.2f} ({difference.low:+.2f}, {difference.high:+.2f})"


if __name__ == "__main__":
    typer.run(main)
