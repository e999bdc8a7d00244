"""Reading on a Ray cluster: the same reports, and a worker that dies loses nothing."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from evals.bench_batch import environment
from evals.bench_ray import asked, compared, installed, on_cluster, outcomes, reports
from evals.many import articles
from summarizer.batch.cluster import shares
from summarizer.cli import app
from summarizer.ledger import Ledger
from summarizer.settings import Settings
from tests.conftest import ROOT
from tests.servers import Reply, completion, endpoint

cluster = pytest.mark.skipif(
    not installed(), reason="Ray is not installed: pip install 'summarizer[ray]', or ./run bench batch ray"
)

PRICES = {"SUMMARIZER_PRICE_INPUT": "1", "SUMMARIZER_PRICE_OUTPUT": "2"}


def test_without_ray_a_person_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is begun; the hint is a command."""
    articles(tmp_path / "in", 1)
    monkeypatch.setitem(sys.modules, "ray", None)
    options = ["run", str(tmp_path / "in"), "--reader", "rules", "--engine", "ray", "--out", str(tmp_path / "out")]
    result = CliRunner().invoke(app, options)
    assert result.exit_code == 2
    assert "pip install 'summarizer[ray]'" in result.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("concurrency", "workers", "each"), [(8, 2, [4, 4]), (7, 3, [3, 2, 2]), (2, 5, [1, 1]), (1, 1, [1])]
)
def test_workers_share_the_requests_of_a_run(concurrency: int, workers: int, each: list[int]) -> None:
    """Together they have as many in flight as one process may have, and none has none."""
    settings = Settings.load(model="m", base_url="http://model.test/v1", concurrency=concurrency, rpm=60)
    made = shares(settings, workers)
    assert [s.concurrency for s in made] == each
    assert sum(s.rpm or 0 for s in made) <= 60


@cluster
def test_reports_are_the_same_though_a_worker_is_killed(tmp_path: Path) -> None:
    """Read by rules here and there, byte for byte but for timings; another worker takes the dead one's place."""
    articles(tmp_path / "in", 40)
    found = compared(tmp_path / "in", tmp_path, ["--reader", "rules"], kill_after=10)
    assert found.same, found.cluster.said
    assert (found.n, found.kinds, found.cluster.code) == (40, {"reported": 40}, 0)
    assert (found.cluster.killed, found.cluster.began) == (1, 3)


@cluster
def test_a_killed_worker_pays_no_answer_twice_but_those_in_flight(tmp_path: Path) -> None:
    """With a model: every article is reported, and the dead worker had two requests in flight at most."""
    found = asked(tmp_path, 24, 4, 0.3)
    assert (found.outcomes, found.cluster.killed, found.cluster.code) == ({"reported": 24}, 1, 0), found.cluster.said
    assert found.paid_twice <= 2
    with Ledger.open(tmp_path / "out") as ledger:
        # The ledger has all responses but those that died with the worker.
        assert found.paid - 4 <= sum(1 for _ in ledger.responses()) <= found.paid


@cluster
def test_an_endpoint_that_refuses_is_asked_once(tmp_path: Path) -> None:
    """Not by each worker: the run ends at once, and says why."""
    articles(tmp_path / "in", 12)
    with endpoint(lambda _: (401, {"error": {"message": "no"}})) as (url, seen):
        ended = on_cluster(tmp_path / "in", tmp_path / "out", ["--model", "m", "--base-url", url, "--concurrency", "4"])
    assert (ended.code, len(seen)) == (2, 1), ended.said
    assert "SUMMARIZER_API_KEY" in ended.said


@cluster
def test_a_limit_in_money_holds_for_all_workers_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is paid beyond it is what was in flight; the rest is left for another run."""
    articles(tmp_path / "in", 40)
    for name, value in PRICES.items():
        monkeypatch.setenv(name, value)

    def slowly(_body: dict[str, Any]) -> Reply:
        time.sleep(0.3)
        return completion('{"n": [], "headline": "", "summary": ""}')

    with endpoint(slowly) as (url, seen):
        # A call costs 20 millionths of a dollar: this is the price of twenty.
        limits = ["--max-cost", "0.0004", "--concurrency", "4"]
        options = ["--model", "m", "--base-url", url, *limits]
        ended = on_cluster(tmp_path / "in", tmp_path / "out", options, settings=PRICES)
    assert ended.code == 1, ended.said
    assert outcomes(tmp_path / "out")["budget"] > 0
    # The word of what others spent takes a moment: at most once more what may be in flight.
    assert 20 <= len(seen) <= 20 + 2 * 4


@cluster
@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is no signal there")
def test_interrupted_run_goes_on_without_the_cluster(tmp_path: Path) -> None:
    """Ctrl-C: exit code 130, no process is left, and a run of one process reads the rest and nothing else."""
    articles(tmp_path / "in", 250)
    command = [sys.executable, "-m", "summarizer", "run", str(tmp_path / "in"), "--reader", "rules"]
    command += ["--out", str(tmp_path / "out"), "--quiet"]
    on_ray = ["--engine", "ray", "--address", "local", "--jobs", "2"]
    with subprocess.Popen([*command, *on_ray], env=environment(), cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None and len(reports(tmp_path / "out")) < 5:
            time.sleep(0.1)
        os.kill(process.pid, signal.SIGINT)
    done = len(reports(tmp_path / "out"))
    assert process.returncode == 130
    assert 5 <= done < 250
    subprocess.run([*command], env=environment(), cwd=ROOT, stderr=subprocess.DEVNULL, check=True)
    assert outcomes(tmp_path / "out") == {"reported": 250}
    with Ledger.open(tmp_path / "out") as ledger:
        first, last = (sum(row.run == run.id for row in ledger.readings()) for run in ledger.runs())
    assert (first, last) == (done, 250 - done)
