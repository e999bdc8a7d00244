"""`summarizer reconcile OUT`: what the reports of a folder say together, printed and written beside them."""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from summarizer import console
from summarizer.errors import NothingToShowError
from summarizer.exports import cell, write_atomically
from summarizer.reconcile.across import County, Reconciliation, reconcile
from summarizer.reconcile.compare import Comparison, Source
from summarizer.reconcile.folder import read_folder
from summarizer.reconcile.table import Row

OK = 0
RESULT, TABLE = "reconcile.json", "counties.csv"
SHOWN = 30
"""Findings printed of each kind; the files have all."""

COLUMNS = ("county_adcode", "county", "year", "indicator", "counted", "since", "unit", "value", "agree", "sources")


def run(folder: Path) -> int:
    """Compare the reports of a folder; write `reconcile.json` and `counties.csv` into it; print what matters first."""
    console.use_utf8()
    terminal = console.make(stderr=False)
    try:
        entries = tuple(read_folder(folder))
    except NothingToShowError as error:
        return console.refuse(str(error), error.hint)
    found = reconcile(entries)
    _print(terminal, found)
    try:
        write_atomically(folder / RESULT, json.dumps(as_data(found), ensure_ascii=False, indent=1) + "\n")
        _write_table(folder / TABLE, found.table)
    except OSError as error:
        return console.unwritable(error)
    terminal.print(f"written: {folder / RESULT}, {folder / TABLE}", markup=False, soft_wrap=True)
    return OK


def _print(terminal: Console, found: Reconciliation) -> None:
    several = [county for county in found.counties if len(county.entries) > 1]
    if several:
        terminal.print(_counties(several))
    for comparison in found.contradictions[:SHOWN]:
        terminal.print(f"✗ {describe(comparison)}", style="bold red", markup=False, soft_wrap=True)
    for repeat in found.repeats[:SHOWN]:
        words = {"repost": "转载", "update": "更新"}[repeat.kind]
        text = f"= {words} {repeat.first.path} → {repeat.second.path} (相似 {repeat.similarity:.0%})"
        terminal.print(text, markup=False, soft_wrap=True)
    kinds = Counter(r.kind.value for r in found.repeats)
    terminal.print(
        f"{len(found.counties)} 个地方（{len(several)} 个有两篇以上，只有一篇的无从对照），"
        f"转载 {kinds['repost']} 对，更新 {kinds['update']} 对，"
        f"一致 {len(found.agreements)} 处，矛盾 {len(found.contradictions)} 处，"
        f"地方未定 {len(found.unplaced)} 篇",
        soft_wrap=True,
    )


def _counties(several: Sequence[County]) -> Table:
    """The places that more than one article tells of: only these can be compared."""
    table = Table(title="有两篇以上的地方", title_justify="left")
    for column in ("地方", "代码", "篇数", "文件"):
        table.add_column(column, overflow="fold")
    for county in several[:SHOWN]:
        paths = "；".join(e.path for e in county.entries[:5]) + ("…" if len(county.entries) > 5 else "")
        table.add_row(county.name, county.code, str(len(county.entries)), paths)
    if len(several) > SHOWN:
        table.caption = f"另有 {len(several) - SHOWN} 个"
    return table


def describe(comparison: Comparison) -> str:
    """A comparison in one line: which figure, and what each source states where."""
    key = comparison.key
    own = (s.entry.report.subject.name for s in comparison.sources if s.entry.county == key.county)
    name = next((name for name in own if name != key.place), key.county)
    what = " ".join(p for p in (name, key.place, key.period, key.label, key.indicator.zh) if p)
    return f"{what}：" + "；".join(_where(s) for s in comparison.sources)


def _where(source: Source) -> str:
    return f"{source.fact.mention} @ {source.entry.path}[{source.fact.span[0]}:{source.fact.span[1]}]"


def as_data(found: Reconciliation) -> dict[str, Any]:
    """The reconciliation as JSON: values as text, so that a number is read back as it was written."""
    return {
        "counties": [{"code": c.code, "name": c.name, "articles": [e.path for e in c.entries]} for c in found.counties],
        "unplaced": [e.path for e in found.unplaced],
        "repeats": [
            {"kind": r.kind.value, "first": r.first.path, "second": r.second.path, "similarity": r.similarity}
            for r in found.repeats
        ],
        "contradictions": [_comparison(c) for c in found.contradictions],
        "agreements": [_comparison(c) for c in found.agreements],
        "table": [_row(r) for r in found.table],
    }


def _comparison(comparison: Comparison) -> dict[str, Any]:
    key = comparison.key
    return {
        "county": key.county,
        "place": key.place,
        "indicator": key.indicator.value,
        "label": key.label,
        "unit": key.unit.value,
        "counted": key.counted,
        "per": [p.value for p in key.per],
        "period": key.period,
        "values": [f"{v:f}" for v in comparison.values],
        "sources": [_source(s) for s in comparison.sources],
    }


def _source(source: Source) -> dict[str, Any]:
    fact = source.fact
    return {
        "article": source.entry.path,
        "fact": fact.id,
        "value": f"{fact.value:f}",
        "mention": fact.mention,
        "span": list(fact.span),
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "county": row.county,
        "name": row.name,
        "year": row.year,
        "indicator": row.indicator.value,
        "counted": row.counted,
        "since": row.since,
        "unit": row.unit.value,
        "values": [f"{v:f}" for v in row.values],
        "agree": row.agree,
        "sources": [_source(s) for s in row.sources],
    }


def _write_table(path: Path, rows: Iterable[Row]) -> None:
    """One cell a line; several values are joined, because none of them is the right one."""
    part = path.with_name(path.name + ".part")
    # The BOM makes Excel read the file as UTF-8.
    with part.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for row in rows:
            sources = "; ".join(f"{s.entry.path}[{s.fact.span[0]}:{s.fact.span[1]}]" for s in row.sources)
            values = " / ".join(f"{v:f}" for v in row.values)
            fields = (row.county, row.name, row.year, row.indicator.value, row.counted, row.since, row.unit.value)
            writer.writerow([cell(v) for v in (*fields, values, "yes" if row.agree else "no", sources)])
    part.replace(path)
