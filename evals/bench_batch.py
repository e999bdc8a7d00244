"""What a run over many articles takes, and what it survives; every server is on loopback.

    python -m evals.bench_batch kill [--full]         killed at random moments and resumed; 30 % faults
    python -m evals.bench_batch throughput [--full]   beside a bare client that sends the same bodies
    python -m evals.bench_batch memory [--full]       of a run with a model, in a small and a large folder
    python -m evals.bench_batch rules [--full]        by rules: articles a second, memory, cost per article
    python -m evals.bench_batch nasty                 the nastiest files there are: each has its outcome

Small sizes by default; --full is 10,000 articles and 20 kills, 1,000 and 20,000 articles, and 100,000 by rules. Exit
code 1 where a promise is broken.
"""

import argparse
import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.loopback import Running, running
from evals.many import articles, nasty
from summarizer.ledger import Ledger

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Ended:
    """A run that came to its end: exit code, seconds, processor seconds, and its highest memory in MB."""

    code: int
    seconds: float
    processor: float
    memory: float


def command(folder: Path, *options: str) -> list[str]:
    """The command line of a run."""
    return [
        *(sys.executable, "-m", "summarizer", "run", str(folder / "in")),
        *("--out", str(folder / "out"), "--cache", str(folder / "answers"), "--quiet", *options),
    ]


def environment(changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """No setting of this shell but those named."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SUMMARIZER_", "OPENAI_"))}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"} | dict(changes or {})


def finish(arguments: list[str], changes: Mapping[str, str] | None = None) -> Ended:
    """Run to the end, and say what it took."""
    started = time.monotonic()
    process = subprocess.Popen(arguments, env=environment(changes), cwd=ROOT, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    scale = 1e6 if sys.platform == "darwin" else 1e3
    return Ended(
        process.returncode,
        time.monotonic() - started,
        usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss / scale,
    )


# -- kill ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Kills:
    """What a run that was killed again and again left behind."""

    outcomes: Counter[str]
    reports: int
    paid: int
    paid_twice: int
    in_flight: int
    kills: int


def killed(folder: Path, n: int, kills: int, server: Running, width: int, seed: int) -> Kills:
    """Read `n` articles, killed `kills` times at random moments, then to the end.

    In flight at a kill are the responses that were sent and that the ledger does not have: those that the server is
    still writing, and those that lie unread in the run's sockets.
    """
    articles(folder / "in", n)
    pick = random.Random(seed)
    arguments = command(folder, "--model", "m", "--base-url", server.url, "--concurrency", str(width))
    # On a busy machine a shorter time limit gives up answers that were paid.
    changes = {"SUMMARIZER_TIMEOUT": "300", "SUMMARIZER_RETRY_SECONDS": "600", "SUMMARIZER_MAX_ATTEMPTS": "8"}
    lost = done = 0
    # An article takes two answers; kills lie between what is done and what is left, so that each hits a run at work.
    while done < kills:
        target = server.stats()["paid"] + pick.randint(1, max(1, 2 * n // (kills + 1)))
        process = subprocess.Popen(arguments, env=environment(changes), cwd=ROOT, stderr=subprocess.DEVNULL)
        while process.poll() is None and server.stats()["paid"] < target:
            time.sleep(0.02)
        if process.poll() is not None:
            if process.returncode == 0:
                break
            # The very first request of a run went wrong: the run says so, and is begun again.
            continue
        process.send_signal(signal.SIGKILL)
        process.wait()
        done += 1
        while server.stats()["in_flight"]:
            time.sleep(0.02)
        lost = server.stats()["paid"] - _responses(folder / "out")
    while finish(arguments, changes).code == 2:
        continue
    stats = server.stats()
    with Ledger.open(folder / "out") as ledger:
        outcomes = Counter("none" if row.outcome is None else row.outcome.outcome for row in ledger.outcomes())
    reports = sum(1 for _ in (folder / "out" / "reports").rglob("*.json"))
    return Kills(outcomes, reports, stats["paid"], stats["paid"] - stats["distinct"], lost, done)


def _responses(out: Path) -> int:
    with Ledger.open(out) as ledger:
        return sum(1 for _ in ledger.responses())


def kill(*, full: bool) -> bool:
    """Print what survived; whether every promise held."""
    n, kills, width = (10_000, 20, 64) if full else (300, 5, 16)
    with _folder() as folder, running(seconds=0.05, faults=0.3) as server:
        found = killed(folder, n, kills, server, width, seed=7)
        faults = server.stats()["faults"]
    show("articles", f"{n:,}, killed {found.kills} times, {width} requests at once")
    show("faults", ", ".join(f"{count} {name}" for name, count in sorted(faults.items())))
    show("outcomes", f"{dict(found.outcomes)}; {found.reports:,} report files")
    show("responses paid", f"{found.paid:,}")
    show("paid twice", f"{found.paid_twice}, in flight at the kills: {found.in_flight}")
    return found.outcomes == {"reported": n} and found.reports == n and found.paid_twice <= found.in_flight


# -- rules ---------------------------------------------------------------------------------------------------------


def rules(*, full: bool) -> bool:
    """Articles a second, memory and cost per article by rules, in a small and a large folder."""
    found: list[tuple[int, Ended]] = []
    for n in (1_000, 100_000) if full else (50, 500):
        with _folder() as folder:
            articles(folder / "in", n)
            ended = finish(command(folder, "--reader", "rules"))
            again = finish(command(folder, "--reader", "rules"))
        found.append((n, ended))
        show(f"{n:,} articles", f"{n / ended.seconds:.1f} a second, {ended.memory:.0f} MB")
        show("  per article", f"{1000 * ended.processor / n:.1f} ms of processor time, start included")
        show("  a second run", f"{again.seconds:.1f} s, {again.memory:.0f} MB, nothing read")
    (few, small), (many, large) = found[0], found[-1]
    marginal = (large.processor - small.processor) / (many - few)
    show("one article more", f"{1000 * marginal:.1f} ms of processor time")
    show("memory", f"{large.memory / small.memory:.2f} times that of {few:,} articles")
    return all(ended.code == 0 for _, ended in found) and large.memory / small.memory <= 1.2


# -- throughput ----------------------------------------------------------------------------------------------------


def throughput(*, full: bool) -> bool:
    """Print answers a second of a run beside those of a bare client that sends the same bodies, at two widths."""
    # Two answers an article: some sixty rounds of requests, so that the first one, which goes alone, weighs little.
    sizes = ((2.0, 64, 2048), (8.0, 256, 6144)) if full else ((1.0, 16, 320),)
    # Both are shown, whatever the first one gives.
    held = [beside_bare(*size) for size in sizes]
    return all(held)


def beside_bare(seconds: float, width: int, n: int) -> bool:
    """Both against a server that takes `seconds` for an answer, `width` requests in flight, over `n` articles.

    The promise is about the whole run, its first call, which goes alone, and its last ones included.
    """
    with _folder() as folder:
        articles(folder / "in", n)
        bodies = folder / "bodies.jsonl"
        with running(seconds=seconds, keep=bodies) as server:
            ended = finish([*command(folder, "--model", "m", "--base-url", server.url), "--concurrency", str(width)])
            ours = server.stats()
        with running(seconds=seconds) as server:
            bare = finish([sys.executable, "-m", "evals.bare_client", str(bodies), server.url, str(width)])
            theirs = server.stats()
    ratio, steady = theirs["seconds"] / ours["seconds"], ours["steady"] / theirs["steady"]
    show(f"{seconds:g} s at {width}", f"{n:,} articles, {ours['paid']:,} answers, exit code {ended.code}")
    show("  answers a second", f"{_rate(ours):.1f}; bare client {_rate(theirs):.1f}; ratio {ratio:.3f}")
    show("  without the ends", f"{ours['steady']:.1f}; bare client {theirs['steady']:.1f}; ratio {steady:.3f}")
    show("  in flight at most", f"{ours['most_in_flight']}; bare client {theirs['most_in_flight']}")
    show("  processor time", f"{1000 * ended.processor / n:.1f} ms an article; bare {1000 * bare.processor / n:.1f}")
    show("  memory", f"{ended.memory:.0f} MB; bare client {bare.memory:.0f} MB")
    return ended.code == 0 and ratio >= 0.95


def memory(*, full: bool) -> bool:
    """Print the highest memory of a run with a model over a few and over many articles, and their ratio."""
    found: list[float] = []
    for n in (1_000, 20_000) if full else (100, 400):
        with _folder() as folder, running() as server:
            articles(folder / "in", n)
            ended = finish([*command(folder, "--model", "m", "--base-url", server.url), "--concurrency", "16"])
        found.append(ended.memory)
        show(f"{n:,} articles", f"{ended.memory:.0f} MB, {1000 * ended.processor / n:.1f} ms of processor time each")
    show("memory", f"{found[1] / found[0]:.2f} times that of the smaller folder")
    return found[1] / found[0] <= 1.2


def _rate(stats: Mapping[str, Any]) -> float:
    return float(stats["paid"] / stats["seconds"])


# -- nasty ---------------------------------------------------------------------------------------------------------


def nasty_files(*, full: bool) -> bool:  # noqa: ARG001  (there is one size)
    """Print what became of the nastiest files there are; whether each has one outcome."""
    with _folder() as folder:
        n = nasty(folder / "in")
        ended = finish(command(folder, "--reader", "rules"))
        with Ledger.open(folder / "out") as ledger:
            kinds = ledger.kinds()
            rows = list(ledger.outcomes())
        _open_again(folder / "in")
    show("inputs", f"{n}, {ended.seconds:.0f} s, {ended.memory:.0f} MB, exit code {ended.code}")
    show("outcomes", ", ".join(f"{count} {kind}" for kind, count in kinds.most_common()))
    return len(rows) == n and all(row.outcome is not None for row in rows) and ended.code == 1


def _open_again(folder: Path) -> None:
    """Let what nobody may read be deleted."""
    for name in ("secret.txt", "shut"):
        with contextlib.suppress(OSError):
            (folder / name).chmod(0o700)


# -- shared --------------------------------------------------------------------------------------------------------


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="bench-") as made:
        yield Path(made)


def show(name: str, value: str) -> None:
    """Print one result."""
    sys.stdout.write(f"{name:<22}{value}\n")
    sys.stdout.flush()


BENCHES: dict[str, Callable[..., bool]] = {
    "kill": kill,
    "throughput": throughput,
    "memory": memory,
    "rules": rules,
    "nasty": nasty_files,
}


def main() -> int:
    """Run the benches that are named, or all; 1 where one of them broke a promise."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument("--full", action="store_true")
    options = parser.parse_args()
    if unknown := set(options.names) - set(BENCHES):
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    broken = [name for name in options.names or BENCHES if not BENCHES[name](full=options.full)]
    for name in broken:
        show(name, "a promise is broken")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
