"""How fast articles become reports by rules, how memory and time grow, and how soon the command line answers.

    python -m evals.bench_speed [--record FILE] [--articles N] [--full]

`--full` looks at memory after 1,000 and 10,000 articles, and at the time of monotonous texts of up to a megabyte.

Everything is a ratio of one run, because machines are shared: stages to the processor time of `jieba.lcut` over the
same articles, memory after many articles to that after a few, `summarizer --help` to a Python that does nothing.
`--record` appends the ratios to a file, one JSON object a line.
"""

import argparse
import asyncio
import json
import os
import re
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from evals import timing
from evals.run import ARTICLES
from schemas.reading import Overview, SectionReading
from summarizer import Summarizer, __version__, assemble, checks, summarize, words
from summarizer.precheck.brief import Brief
from summarizer.precheck.examine import examine
from summarizer.readers.rules import RuleReader
from summarizer.text import repair

FEW = 200
"""Articles after which the dictionaries are loaded and every cache has been used."""

MANY = 2000
"""Articles after which what is kept for each would show."""

FULL = (1000, 10_000)
"""The same with `--full`."""

MEGABYTE = 1_000_000

SHAPES: Mapping[str, str] = {
    "digits": "1234567890",
    "one character": "县",
    "brackets": "(（[【",
    "closing brackets": ")）]】",
    "quotation marks": "“‘《",
    "dates": "2019年5月21日",
    "years": "今年去年2019年",
    "a list": "甲村、",
    "numerals": "一",
    "mixed numerals": "百千万亿",
    "figures": "建成36个，",
    "figures without marks": "建成36个",
    "money": "投入3.5万元",
    "places": "灵丘县白崖峪村",
    "sentences": "全县脱贫3200人。",
    "lines": "一是发展产业\n",
    "blanks": " \u3000",
    "lost characters": "?\ufffd",
}
"""Units of which texts are made that have nothing else: where a rule looks too far, one of them shows it."""

_GROWTH = 4
"""How many times longer the longer text of each shape is."""

_ROUNDS = 3
"""Times that each stage is measured."""

_STARTS = 5
"""Starts of a process of which the quickest counts."""

_DIGIT = re.compile("[0-9]")


def articles() -> list[str]:
    """The samples that read as county articles, and the real articles where `SUMMARIZER_SHARED` finds them."""
    shared = Path(os.environ.get("SUMMARIZER_SHARED", Path(__file__).parents[2] / "shared")) / "articles"
    paths = [*sorted(ARTICLES.glob("*.txt")), *sorted(shared.glob("*.txt"))]
    found = [repair(path.read_bytes()).raw for path in paths]
    return [text for text in found if examine(repair(text)).verdict.reason is None]


def stages(texts: Sequence[str]) -> dict[str, float]:
    """Processor time of each stage over all articles, as ratios to `jieba.lcut`."""
    for text in texts:
        summarize(text, reader="rules")
    repaired = [repair(text) for text in texts]
    briefs = [examine(article) for article in repaired]
    read = asyncio.run(_read(briefs))
    work: Mapping[str, Callable[[], object]] = {
        "jieba.lcut": lambda: [words.cut(text) for text in texts],
        "repair": lambda: [repair(text) for text in texts],
        "prechecks": lambda: [examine(article) for article in repaired],
        "reader": lambda: asyncio.run(_read(briefs)),
        "assemble and checks": lambda: [
            checks.check(brief, assemble.assemble(brief, *r).facts) for brief, r in zip(briefs, read, strict=True)
        ],
        "whole way": lambda: asyncio.run(_reports(texts)),
    }
    # In turn, so that what else the machine does weighs on all alike; the quickest round of each counts.
    rounds = [{name: timing.seconds(run, runs=1) for name, run in work.items()} for _ in range(_ROUNDS)]
    quickest = {name: min(times[name] for times in rounds) for name in work}
    base = quickest.pop("jieba.lcut")
    return {name: seconds / base for name, seconds in quickest.items()}


async def _reports(texts: Sequence[str]) -> None:
    """The whole way, article after article, with settings that are read once."""
    async with Summarizer(reader="rules") as summarizer:
        for text in texts:
            await summarizer.report(text)


async def _read(briefs: Sequence[Brief]) -> list[tuple[list[SectionReading], Overview]]:
    """What the rules read of each brief: its sections, and the overview."""
    found = []
    for brief in briefs:
        reader = RuleReader()
        readings = [await reader.read(brief, part.index) for part in brief.parts]
        found.append((readings, await reader.overview(brief, readings)))
    return found


def memory(texts: Sequence[str], few: int, many: int) -> float:
    """Peak memory of this process after many articles, as a ratio to that after a few; each has other digits.

    Prints both peaks: they are kilobytes on Linux, bytes on macOS.
    """
    peaks = []
    for n in range(many):
        summarize(_with_other_digits(texts[n % len(texts)], n), reader="rules", force=True)
        if n + 1 in (few, many):
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    print(f"  peak memory after {few} articles {peaks[0]:,}, after {many} {peaks[-1]:,}")
    return peaks[-1] / peaks[0]


def growth(shape: str, size: int = MEGABYTE) -> float:
    """Processor time of a text of so many bytes by its length, as a ratio to that of a quarter of it: 1 is linear."""
    unit = SHAPES[shape]
    whole = unit * (size // len(unit.encode()))
    short = whole[: len(whole) // _GROWTH]
    return _seconds_of(whole) / _seconds_of(short) / _GROWTH


def _seconds_of(text: str) -> float:
    async def read() -> None:
        async with Summarizer(reader="rules", force=True) as summarizer:
            await summarizer.outcome(text)

    return timing.seconds(lambda: asyncio.run(read()), runs=1)


def _with_other_digits(text: str, step: int) -> str:
    return _DIGIT.sub(lambda digit: str((int(digit[0]) + step) % 10), text)


def startup() -> float:
    """Processor time of `summarizer --help`, as a ratio to a Python that does nothing."""
    return _process("-m", "summarizer.cli", "--help") / _process("-c", "pass")


def _process(*arguments: str) -> float:
    """Processor seconds of the quickest of some runs of Python."""
    took = []
    for _ in range(_STARTS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        took.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(took)


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--record", type=Path, metavar="FILE", help="append the ratios to FILE, a JSON object a line")
    parser.add_argument("--articles", type=int, default=MANY, help=f"articles after which memory is looked at ({MANY})")
    parser.add_argument("--full", action="store_true", help=f"memory after {FULL} articles, and monotonous megabytes")
    options = parser.parse_args()
    few, many = FULL if options.full else (FEW, options.articles)
    texts = articles()
    ratios = {f"{name}, to jieba.lcut": ratio for name, ratio in stages(texts).items()}
    ratios[f"memory, {many} articles to {few}"] = memory(texts, few, many)
    ratios["summarizer --help, to python -c pass"] = startup()
    if options.full:
        ratios |= {f"time by length, 1 MB of {shape} to 250 kB": growth(shape) for shape in SHAPES}
    for name, ratio in ratios.items():
        print(f"  {name:40} {ratio:6.2f}")
    if options.record is not None:
        row = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "version": __version__, "articles": len(texts)}
        options.record.parent.mkdir(parents=True, exist_ok=True)
        with options.record.open("a", encoding="utf-8") as history:
            history.write(json.dumps(row | {name: round(ratio, 3) for name, ratio in ratios.items()}) + "\n")


if __name__ == "__main__":
    main()
