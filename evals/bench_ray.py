"""What a run on a Ray cluster gives beside one on this machine; the cluster and the server are on loopback.

    python -m evals.bench_ray [--full]

The samples by rules, and generated articles with a model, read by one process and by a cluster of two workers, one of
which is killed on the way: the reports are the same byte for byte but for timings, and no answer is paid twice but
those in flight. Exit code 1 where that does not hold, 2 where Ray is not installed.
"""

import argparse
import contextlib
import importlib.util
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from evals.bench_batch import ROOT, environment, show
from evals.loopback import running
from evals.many import articles
from summarizer.errors import LedgerError
from summarizer.ledger import Ledger

SAMPLES = ROOT / "evals/samples/articles"

_BEGAN = re.compile(r"worker \d+ is process (\d+)")

_SECONDS = re.compile(rb'"seconds": ?[0-9.]+')


def installed() -> bool:
    """Whether there is a Ray to run on."""
    return importlib.util.find_spec("ray") is not None


@dataclass(frozen=True, slots=True)
class OnCluster:
    """A run on a cluster: exit code, seconds, workers killed, and those that began, the killed ones among them."""

    code: int
    seconds: float
    killed: int
    began: int
    said: str


def on_cluster(
    source: Path,
    out: Path,
    options: Iterable[str],
    kill_after: int | None = None,
    settings: Mapping[str, str] | None = None,
) -> OnCluster:
    """Read on a cluster of two workers; one of them is killed when so many articles have been read.

    `settings` are those of the environment.
    """
    command = [sys.executable, "-m", "summarizer", "run", str(source), "--out", str(out), "--cache", f"{out}-kept"]
    ray = ["--engine", "ray", "--address", "local", "--jobs", "2", "-v"]
    started, killed = time.monotonic(), 0
    with subprocess.Popen(
        [*command, *ray, *options], env=environment(settings), cwd=ROOT, stderr=subprocess.PIPE, text=True
    ) as process:
        said: list[str] = []
        # Read all along: a full pipe would stop the run.
        listener = threading.Thread(target=lambda: said.extend(process.stderr or ()))
        listener.start()
        while process.poll() is None:
            if kill_after is not None and not killed and _readings(out) >= kill_after:
                os.kill(int(_BEGAN.findall("".join(said))[0]), signal.SIGKILL)
                killed = 1
            time.sleep(0.05)
        listener.join()
    text = "".join(said)
    return OnCluster(process.returncode, time.monotonic() - started, killed, len(_BEGAN.findall(text)), text)


def here(source: Path, out: Path, options: Iterable[str]) -> float:
    """Read by one process of this machine; the seconds it took."""
    command = [sys.executable, "-m", "summarizer", "run", str(source), "--out", str(out), "--cache", f"{out}-kept"]
    started = time.monotonic()
    subprocess.run([*command, "--quiet", *options], env=environment(), cwd=ROOT, check=False)
    return time.monotonic() - started


def _readings(out: Path) -> int:
    try:
        with Ledger.open(out) as ledger:
            return sum(1 for _ in ledger.readings())
    except LedgerError:  # not there yet, or being made
        return 0


def reports(out: Path) -> dict[str, bytes]:
    """Every report below a folder by its path, its timing left out."""
    folder = out / "reports"
    return {str(p.relative_to(folder)): _SECONDS.sub(b"", p.read_bytes()) for p in sorted(folder.rglob("*.json"))}


def outcomes(out: Path) -> Counter[str]:
    """How many inputs ended as what."""
    with Ledger.open(out) as ledger:
        return ledger.kinds()


@dataclass(frozen=True, slots=True)
class Compared:
    """The same folder read here and on a cluster."""

    n: int
    same: bool
    kinds: Mapping[str, int]
    here_seconds: float
    cluster: OnCluster


def compared(source: Path, folder: Path, options: Iterable[str], kill_after: int | None) -> Compared:
    """Read `source` both ways below `folder`."""
    seconds = here(source, folder / "here", options)
    cluster = on_cluster(source, folder / "cluster", options, kill_after)
    one, other = reports(folder / "here"), reports(folder / "cluster")
    kinds = outcomes(folder / "cluster")
    same = one == other and bool(one) and kinds == outcomes(folder / "here")
    return Compared(len(one), same, kinds, seconds, cluster)


@dataclass(frozen=True, slots=True)
class Paid:
    """What a cluster asked a model, one of whose workers was killed."""

    outcomes: Mapping[str, int]
    paid: int
    paid_twice: int
    cluster: OnCluster


def asked(folder: Path, n: int, width: int, seconds: float) -> Paid:
    """Read `n` articles with a model that takes `seconds`, `width` requests in flight over two workers, one killed."""
    articles(folder / "in", n)
    with running(seconds=seconds) as server:
        options = ["--model", "m", "--base-url", server.url, "--concurrency", str(width)]
        cluster = on_cluster(folder / "in", folder / "out", options, kill_after=n // 3)
        stats = server.stats()
    return Paid(outcomes(folder / "out"), stats["paid"], stats["paid"] - stats["distinct"], cluster)


def by_rules(*, full: bool) -> bool:
    """Print what became of the samples, and of generated articles, with a worker killed."""
    held = []
    with folder_of_its_own() as folder:
        found = compared(SAMPLES, folder, ["--reader", "rules"], kill_after=10)
        held.append(_shown("samples by rules", found))
    with folder_of_its_own() as folder:
        n = 5_000 if full else 200
        articles(folder / "in", n)
        found = compared(folder / "in", folder, ["--reader", "rules"], kill_after=n // 2)
        held.append(_shown(f"{n:,} articles", found))
    return all(held)


def with_a_model(*, full: bool) -> bool:
    """Print what became of articles that a model reads, and what was paid with a worker killed."""
    n, width, seconds = (2_000, 64, 2.0) if full else (60, 8, 0.2)
    with folder_of_its_own() as folder, running(seconds=seconds) as server:
        articles(folder / "in", n)
        options = ["--model", "m", "--base-url", server.url, "--concurrency", str(width)]
        found = compared(folder / "in", folder, options, kill_after=None)
    same = _shown(f"{n:,} with a model", found)
    with folder_of_its_own() as folder:
        paid = asked(folder, n, width, seconds)
    show("  a worker killed", f"{paid.cluster.killed}; {dict(paid.outcomes)}; exit code {paid.cluster.code}")
    show("  answers paid", f"{paid.paid:,}, twice {paid.paid_twice}; in flight on that worker at most {width // 2}")
    return same and paid.outcomes == {"reported": n} and paid.cluster.killed == 1 and paid.paid_twice <= width // 2


def _shown(name: str, found: Compared) -> bool:
    cluster = found.cluster
    same = "the same byte for byte but for timings" if found.same else "NOT the same"
    show(name, f"{found.n:,} reports, {same}; {dict(found.kinds)}")
    show("  workers", f"{cluster.began} began, {cluster.killed} of them killed; exit code {cluster.code}")
    if cluster.code:
        sys.stderr.write(cluster.said)
    show("  seconds", f"{cluster.seconds:.1f} on the cluster, {found.here_seconds:.1f} by one process, starts included")
    return found.same


@contextlib.contextmanager
def folder_of_its_own() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="bench-") as made:
        yield Path(made)


def main() -> int:
    """Run both benches; 1 where a promise is broken, 2 without Ray."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true")
    options = parser.parse_args()
    if not installed():
        sys.stderr.write("Ray is not installed: pip install 'summarizer[ray]'\n")
        return 2
    # Both are shown, whatever the first one gives.
    held = [by_rules(full=options.full), with_a_model(full=options.full)]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
