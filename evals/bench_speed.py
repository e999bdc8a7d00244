"""How fast articles become reports by rules, how memory and time grow, and how soon the command line answers.

    python -m evals.bench_speed [stages] [number] [length] [start] [--record] [--full]

Everything is a ratio of one run, because machines are shared: stages to the processor time of `jieba.lcut` over the
same articles; memory and time of many articles to those of a few; an article of four times the length to four of it;
`summarizer --help` to a Python that does nothing, and the first article to jieba's first sentence. `--full` is 10,000
articles, and monotonous texts of up to a megabyte. Beside each ratio stands what the history has last; `--record` adds
a line to it.

The stages of the project's samples and of the real articles are told apart, each with how many numbers there are: the
cost of jieba goes with the characters, ours with the numbers, and the samples were chosen for having many.
"""

import argparse
import asyncio
import json
import os
import re
import resource
import subprocess
import sys
import time
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

HISTORY = Path(__file__).parent / "speed.jsonl"
"""Ratios of earlier runs, one JSON object a line, the newest last."""

Ratios = dict[str, float]

Sets = Mapping[str, Sequence[str]]
"""Texts of articles by what they are: the project's samples, and the real articles where they are at hand."""

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
    """The articles of all sets."""
    return _all(sets())


def sets() -> Sets:
    """The samples that read as county articles, and the real articles where `SUMMARIZER_SHARED` finds them."""
    shared = Path(os.environ.get("SUMMARIZER_SHARED", Path(__file__).parents[2] / "shared")) / "articles"
    found = {"samples": _readable(ARTICLES), "real articles": _readable(shared)}
    return {name: texts for name, texts in found.items() if texts}


def _readable(folder: Path) -> list[str]:
    found = [repair(path.read_bytes()).raw for path in sorted(folder.glob("*.txt"))]
    return [text for text in found if examine(repair(text)).verdict.reason is None]


def stages_apart(by_name: Sets) -> Ratios:
    """The stages of each set of articles, and how many numbers its articles have among 1,000 characters."""
    ratios: Ratios = {}
    for name, texts in by_name.items():
        ratios[f"{name}: numbers per 1,000 characters"] = density(texts)
        ratios |= {f"{name}: {stage}": ratio for stage, ratio in stages(texts).items()}
    return ratios


def density(texts: Sequence[str]) -> float:
    """Numbers to be read per 1,000 characters of the raw text; those that code sets aside cost no reader anything."""
    return 1000 * sum(len(examine(repair(text)).candidates) for text in texts) / sum(map(len, texts))


def stages(texts: Sequence[str]) -> Ratios:
    """Processor time of each stage over all articles, as ratios to `jieba.lcut`."""
    for text in texts:
        summarize(text, reader="rules")
    repaired = [repair(text) for text in texts]
    briefs = [examine(article) for article in repaired]
    read = _read(briefs)
    work: Mapping[str, Callable[[], object]] = {
        "jieba.lcut": lambda: [words.cut(text) for text in texts],
        "repair": lambda: [repair(text) for text in texts],
        "prechecks": lambda: [examine(article) for article in repaired],
        "reader": lambda: _read(briefs),
        "assemble and checks": lambda: [
            checks.check(brief, assemble.assemble(brief, *r).facts) for brief, r in zip(briefs, read, strict=True)
        ],
        "whole way": lambda: asyncio.run(_reports(texts)),
    }
    # In turn, so that what else the machine does weighs on all alike; the quickest round of each counts.
    rounds = [{name: timing.seconds(run, runs=1) for name, run in work.items()} for _ in range(_ROUNDS)]
    quickest = {name: min(times[name] for times in rounds) for name in work}
    base = quickest.pop("jieba.lcut")
    return {f"{name}, to jieba.lcut": seconds / base for name, seconds in quickest.items()}


async def _reports(texts: Sequence[str]) -> None:
    """The whole way, article after article, with settings that are read once."""
    async with Summarizer(reader="rules") as summarizer:
        for text in texts:
            await summarizer.report(text)


def _read(briefs: Sequence[Brief]) -> list[tuple[list[SectionReading], Overview]]:
    """What the rules read of each brief: its sections, and the overview."""
    found = []

    async def read() -> None:
        # Kept aside: when asyncio puts the signal handler back, Python words the task with its whole result.
        for brief in briefs:
            reader = RuleReader()
            readings = [await reader.read(brief, part.index) for part in brief.parts]
            found.append((readings, await reader.overview(brief, readings)))

    asyncio.run(read())
    return found


def number(texts: Sequence[str], few: int, many: int) -> Ratios:
    """Peak memory of this process after many articles to that after a few, and time of the last few to the first few.

    Each article has other digits. Prints both peaks: they are kilobytes on Linux, bytes on macOS.
    """
    peaks, times = [], [time.process_time()]
    for n in range(many):
        summarize(_with_other_digits(texts[n % len(texts)], n), reader="rules", force=True)
        if n + 1 in (few, many - few, many):
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
            times.append(time.process_time())
    print(f"  peak memory after {few:,} articles {peaks[0]:,}, after {many:,} {peaks[-1]:,}")
    return {
        f"memory, {many} articles to {few}": peaks[-1] / peaks[0],
        f"time, the last {few} articles to the first": (times[-1] - times[-2]) / (times[1] - times[0]),
    }


def length(texts: Sequence[str], *, full: bool) -> Ratios:
    """Time of long texts by their length, to that of a quarter of it: 1 is linear."""
    # Longer than a few articles, so that what is done once for each text weighs little.
    whole = "\n".join(texts)
    quarter = "\n".join(texts[: len(texts) // _GROWTH])
    by_length = _seconds_of(whole) / _seconds_of(quarter) / (len(whole) / len(quarter))
    ratios = {"time by length, all articles as one to a quarter of them": by_length}
    shapes = SHAPES if full else ()
    return ratios | {f"time by length, 1 MB of {shape} to 250 kB": growth(shape) for shape in shapes}


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


def start(texts: Sequence[str]) -> Ratios:
    """Processor time of `summarizer --help` to an idle Python, and of a process for one article to one for jieba."""
    nothing, jieba = _process("-c", "pass"), _process("-c", "from summarizer import words; words.cut('全县脱贫')")
    first = _process(
        "-c", "import sys; from summarizer import summarize; summarize(sys.argv[1], reader='rules')", texts[0]
    )
    return {
        "summarizer --help, to python -c pass": _process("-m", "summarizer", "--help") / nothing,
        "a process for one article, to one for jieba's first words": first / jieba,
    }


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
    """Print the ratios of the parts that are named, or of all, beside those that the history has last."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--record", action="store_true", help=f"add the ratios to {HISTORY.name}")
    parser.add_argument("--full", action="store_true", help=f"memory after {FULL} articles, and monotonous megabytes")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    by_name, before = sets(), latest(HISTORY)
    ratios: Ratios = {}
    for name in options.parts or PARTS:
        for ratio_of, ratio in PARTS[name](by_name, options.full).items():
            ratios[ratio_of] = ratio
            earlier = f"{before[ratio_of][1]:8.2f} on {before[ratio_of][0][:10]}" if ratio_of in before else ""
            print(f"  {ratio_of:60} {ratio:8.2f} {earlier}", flush=True)
    if options.record:
        row = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "version": __version__,
            "articles": len(_all(by_name)),
        }
        with HISTORY.open("a", encoding="utf-8") as history:
            history.write(json.dumps(row | {name: round(ratio, 3) for name, ratio in ratios.items()}) + "\n")


def _all(by_name: Sets) -> list[str]:
    return [text for texts in by_name.values() for text in texts]


PARTS: Mapping[str, Callable[[Sets, bool], Ratios]] = {
    "stages": lambda by_name, _: stages_apart(by_name),
    "number": lambda by_name, full: number(_all(by_name), *(FULL if full else (FEW, MANY))),
    "length": lambda by_name, full: length(_all(by_name), full=full),
    "start": lambda by_name, _: start(_all(by_name)),
}
"""What can be asked for alone."""


def latest(history: Path) -> dict[str, tuple[str, float]]:
    """Each ratio with the date at which it was last recorded."""
    rows = [json.loads(line) for line in history.read_text("utf-8").splitlines()] if history.exists() else []
    return {name: (row["at"], value) for row in rows for name, value in row.items() if isinstance(value, float)}


if __name__ == "__main__":
    main()
