"""What the page of a large folder costs: size, time to write, time to the first view in a browser.

python -m evals.bench_page [N]

The folder holds N reports (1,000) of real shape: the sample articles over and over, each with the report that the rules
give. Browser times are of a headless Chromium on this machine; without a browser they are left out, and it says so.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path, PurePosixPath
from statistics import median

from evals import browser
from evals.run import ARTICLES
from schemas.outcome import Outcome
from summarizer import Summarizer
from summarizer.exports import Output
from summarizer.page import Written, write

N_REPORTS = 1000
ROUNDS = 3


def main(args: list[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench_page", description=__doc__.splitlines()[0])
    parser.add_argument("n", nargs="?", type=int, default=N_REPORTS, metavar="N", help="reports (%(default)s)")
    n: int = parser.parse_args(args).n
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        read = asyncio.run(_read(sorted(ARTICLES.glob("*.txt"))))
        _fill(out, islice(cycle(read), n))
        started = time.perf_counter()
        written = write(out)
        seconds = time.perf_counter() - started
        reports = sum(path.stat().st_size for path in (out / "reports").iterdir())
        _print("reports", f"{n:,}, {reports / 1e6:.1f} MB of JSON")
        _print("page", f"{written.n_bytes / 1e6:.1f} MB in {1 + len(written.volumes)} files")
        _print("first file", f"{written.page.stat().st_size / 1e6:.2f} MB")
        _print("time to write", f"{seconds:.1f} s, {seconds / n * 1000:.0f} ms a report")
        if (missing := browser.missing()) is not None:
            _print("first view", f"not measured: {missing}")
            return
        for name, milliseconds in _views(written):
            _print(name, f"{milliseconds:,.0f} ms")


async def _read(paths: list[Path]) -> list[tuple[Path, Outcome]]:
    async with Summarizer(reader="rules") as summarizer:
        return [(path, await summarizer.outcome(path)) for path in paths]


def _fill(out: Path, outcomes: Iterator[tuple[Path, Outcome]]) -> None:
    with Output(out) as output:
        for n, (path, outcome) in enumerate(outcomes):
            output.add(str(path), PurePosixPath("reports", f"{n:06d}.json"), outcome)
        output.finish({})


def _views(written: Written) -> Iterator[tuple[str, float]]:
    """Medians: from asking for the folder to its table on the screen, and the same for an article in the last file."""
    last = (written.volumes or (written.page,))[-1]
    article = f"{last.as_uri()}#/a/{written.articles - 1}"
    with browser.chromium() as driver:
        for name, address in (("folder, first view", written.page.as_uri()), ("article, first view", article)):
            times = []
            for _ in range(ROUNDS):
                driver.get("about:blank")
                driver.get(address)
                # Two frames: the first is drawn before the second is asked for.
                times.append(
                    driver.execute_async_script(
                        "const done = arguments[0];"
                        "requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())))"
                    )
                )
            yield name, median(times)


def _print(name: str, value: str) -> None:
    sys.stdout.write(f"{name:<22}{value}\n")


if __name__ == "__main__":
    main()
