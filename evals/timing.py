"""Processor time and memory of repair: beside other programs, by length, and for inputs that are large or awkward.

    python -m evals.timing NAME

repairs one of the awkward inputs in this process and prints seconds and megabytes as JSON.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence

from evals.run import ARTICLES
from summarizer import summarize, words
from summarizer.text import repair

MEGABYTE = 1_000_000

_PATIENCE = 1800.0
"""Seconds of wall time after which an awkward input counts as endless."""


def _articles_of(megabytes: float) -> bytes:
    """The samples, again and again."""
    once = "\n".join(path.read_text("utf-8") for path in sorted(ARTICLES.glob("clean-*.txt"))).encode()
    return once * int(megabytes * MEGABYTE / len(once) + 1)


AWKWARD: Mapping[str, Callable[[], bytes]] = {
    "1 MB of ?(": lambda: b"?(" * (MEGABYTE // 2),
    "1 MB of a shifted run": lambda: "總?cè)丝?.4萬".encode() * (MEGABYTE // 24),
    "1 MB of <": lambda: b"<" * MEGABYTE,
    "10 MB of ?(": lambda: b"?(" * (5 * MEGABYTE),
    "10 MB of articles": lambda: _articles_of(10),
    "50 MB of articles": lambda: _articles_of(50),
}
"""Inputs by name; each is made in the process that repairs it."""

QUICK = tuple(AWKWARD)[:3]
"""Those that take seconds."""


def beside(articles: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Seconds that repair, jieba, ftfy (where installed) and the whole way to the report take for all articles."""
    for text in articles:
        # What is no report (an advertisement among the samples) is read all the same.
        summarize(text, reader="rules", force=True)
    yield "jieba.lcut", seconds(lambda: [words.cut(text) for text in articles])
    yield "repair", seconds(lambda: [repair(text) for text in articles])
    try:
        import ftfy  # noqa: PLC0415  no dependency of ours: it is here to be compared with
    except ImportError:
        pass
    else:
        yield "ftfy.fix_text", seconds(lambda: [ftfy.fix_text(text) for text in articles])
    yield "report by rules", seconds(lambda: [summarize(text, reader="rules", force=True) for text in articles])


def for_megabytes(text: str, megabytes: float) -> float:
    """Seconds of repair of so much of a text, repeated where it is shorter."""
    size = len(text.encode()) / MEGABYTE
    length = int(len(text) * megabytes / size)
    whole = (text * (length // len(text) + 1))[:length]
    return seconds(lambda: repair(whole), runs=3 if megabytes < 1 else 1)


def seconds(work: Callable[[], object], runs: int = 3) -> float:
    """Processor seconds of the quickest of some runs: what other programs take on a busy machine does not count."""
    times = []
    for _ in range(runs):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def bounded(name: str) -> str:
    """What repairing an awkward input took, in a process of its own."""
    command = [sys.executable, "-m", "evals.timing", name]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return f"no end after {_PATIENCE:.0f} s"
    if done.returncode:
        return f"failed: {(done.stderr.strip().splitlines() or ['no message'])[-1]}"
    took = json.loads(done.stdout)
    return f"{took['seconds']:.1f} s, {took['megabytes']:,.0f} MB"


def main(name: str) -> None:
    """Repair one awkward input and say what it took."""
    import resource  # noqa: PLC0415  there is none on Windows

    data = AWKWARD[name]()
    took = seconds(lambda: repair(data), runs=1)
    # Kilobytes on Linux, bytes on macOS.
    scale = MEGABYTE if sys.platform == "darwin" else 1000
    print(json.dumps({"seconds": took, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale}))


if __name__ == "__main__":
    main(sys.argv[1])
