"""Reading in several processes: the same reports, and one that dies loses nothing."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evals.bench_batch import environment
from evals.bench_ray import here, outcomes, reports
from evals.many import article, articles
from schemas.outcome import Failed, Reported
from summarizer.batch.run import Job
from summarizer.batch.worker import Returned, Spent, Worker
from summarizer.cli import app
from summarizer.loading import digest
from summarizer.settings import Settings
from tests.conftest import ROOT
from tests.servers import completion, endpoint


def children(process: int) -> list[int]:
    """The processes that read for this one."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status, command = (folder / "status").read_text(), (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if re.search(rf"^PPid:\t{process}$", status, re.MULTILINE) and b"spawn_main" in command:
            found.append(int(folder.name))
    return found


def test_several_processes_write_the_same_reports(tmp_path: Path) -> None:
    """Byte for byte but for timings, in the same places."""
    articles(tmp_path / "in", 20)
    here(tmp_path / "in", tmp_path / "one", ["--reader", "rules"])
    here(tmp_path / "in", tmp_path / "two", ["--reader", "rules", "--jobs", "2"])
    assert len(reports(tmp_path / "one")) == 20
    assert reports(tmp_path / "one") == reports(tmp_path / "two")
    assert (tmp_path / "one/facts.csv").read_bytes() == (tmp_path / "two/facts.csv").read_bytes()


def test_several_processes_retry(tmp_path: Path) -> None:
    """What one process skipped, several read when it is there."""
    articles(tmp_path / "in", 4)
    for path in sorted((tmp_path / "in").rglob("*.txt")):
        (tmp_path / path.name).write_bytes(path.read_bytes())
        path.write_text(f"第{path.stem}篇尚未录入", "utf-8")
    here(tmp_path / "in", tmp_path / "out", ["--reader", "rules"])
    assert outcomes(tmp_path / "out") == {"too_short": 4}
    for path in sorted((tmp_path / "in").rglob("*.txt")):
        path.write_bytes((tmp_path / path.name).read_bytes())
    retry = ["retry", str(tmp_path / "out"), "--kind", "too_short", "--jobs", "2", "--quiet"]
    assert CliRunner().invoke(app, retry).exit_code == 0
    assert outcomes(tmp_path / "out") == {"reported": 4}


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="finds the processes in /proc")
@pytest.mark.parametrize("victim", ["a process that reads", "the run"])
def test_killed_process_loses_nothing_and_leaves_nothing(victim: str, tmp_path: Path) -> None:
    """Others take its articles; where the run itself is killed, its processes end and the next run goes on."""
    articles(tmp_path / "in", 120)
    command = [sys.executable, "-m", "summarizer", "run", str(tmp_path / "in"), "--reader", "rules", "--jobs", "2"]
    command += ["--out", str(tmp_path / "out"), "--quiet"]
    with subprocess.Popen(command, env=environment(), cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None and len(reports(tmp_path / "out")) < 5:
            time.sleep(0.05)
        readers = children(process.pid)
        assert len(readers) == 2
        os.kill(process.pid if victim == "the run" else readers[0], signal.SIGKILL)
    if victim == "the run":
        until = time.monotonic() + 60
        while any(Path(f"/proc/{reader}").exists() for reader in readers) and time.monotonic() < until:
            time.sleep(0.1)
        assert not any(Path(f"/proc/{reader}").exists() for reader in readers)
        subprocess.run(command, env=environment(), cwd=ROOT, check=True, stderr=subprocess.DEVNULL)
    else:
        assert process.returncode == 0
    assert outcomes(tmp_path / "out") == {"reported": 120}


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="finds the processes in /proc")
def test_interrupt_is_heard_by_the_run_alone(tmp_path: Path) -> None:
    """A terminal sends Ctrl-C to all processes at once, also to those that are only being begun."""
    articles(tmp_path / "in", 120)
    command = [sys.executable, "-m", "summarizer", "run", str(tmp_path / "in"), "--reader", "rules", "--jobs", "2"]
    command += ["--out", str(tmp_path / "out")]
    with subprocess.Popen(
        command,
        env=environment(),
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # A shell that runs tests in the background has them, and what they start, ignore Ctrl-C.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  (it takes no lock)
    ) as process:
        while process.poll() is None and len(children(process.pid)) < 2:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "interrupted:" in said
    assert "Traceback" not in said


def test_several_processes_do_not_ask_a_model(tmp_path: Path) -> None:
    """One process keeps all requests in flight; more would only share them out."""
    articles(tmp_path / "in", 1)
    options = ["run", str(tmp_path / "in"), "--model", "m", "--base-url", "http://127.0.0.1:9/v1", "--jobs", "2"]
    result = CliRunner().invoke(app, options)
    assert result.exit_code == 2
    assert "--concurrency" in result.output


def test_answers_of_a_worker_that_died_are_given_to_the_next(tmp_path: Path) -> None:
    """Two workers that share no disk: the second one asks nothing that the first one was answered."""
    job = Job(article(1).encode(), "a.txt", None, None)

    def settings(name: str) -> Settings:
        return Settings.load(model="m", base_url=url, cache=tmp_path / name)

    async def read_twice() -> tuple[Returned, Returned]:
        first = await Worker(settings("first")).read(job, Spent(), {})
        answers = {r.key: r.kept for r in first.responses if r.kept is not None}
        return first, await Worker(settings("second")).read(job, Spent(), answers)

    with endpoint(lambda _: completion('{"n": [], "headline": "", "summary": ""}')) as (url, seen):
        one, other = asyncio.run(read_twice())
        n_asked = len(seen)
    assert len(one.responses) == n_asked >= 2
    assert all(response.content == digest(job.content) for response in one.responses)
    assert other.responses == []
    assert isinstance(one.outcome, Reported)
    assert isinstance(other.outcome, Reported)
    assert one.outcome.report.facts == other.outcome.report.facts


def test_worker_stops_at_what_the_whole_run_has_spent(tmp_path: Path) -> None:
    """A limit in money is reached by all workers together: this one asks nothing."""
    with endpoint(lambda _: completion("{}")) as (url, seen):
        prices = {"price_input": 1, "price_output": 2, "max_cost": 1}
        settings = Settings.load(model="m", base_url=url, cache=tmp_path, **prices)
        job = Job(article(1).encode(), "a.txt", None, None)
        found = asyncio.run(Worker(settings).read(job, Spent(10, Decimal(1)), {}))
        assert not seen
    assert isinstance(found.outcome, Failed)
    assert found.outcome.error == "budget"
