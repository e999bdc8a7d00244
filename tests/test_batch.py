"""Runs over many inputs: one outcome each, nothing read or paid twice, whatever lies in the folder."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from evals.bench_batch import killed
from evals.loopback import running
from evals.many import article, articles, nasty
from schemas.outcome import Outcome
from summarizer import Summarizer
from summarizer.batch.fingerprint import Fingerprints
from summarizer.cli import app
from summarizer.ledger import FILE, Ledger
from summarizer.settings import Settings
from tests.servers import completion, endpoint

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


def run(*arguments: str | Path) -> Result:
    """Run `summarizer` in this process."""
    return CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)


def outcomes(out: Path) -> dict[str, str]:
    """What became of each input, by the end of its name."""
    with Ledger.open(out) as ledger:
        return {Path(row.name).name: row.outcome.outcome if row.outcome else "none" for row in ledger.outcomes()}


def kinds(out: Path) -> dict[str, int]:
    """How many inputs ended as what."""
    with Ledger.open(out) as ledger:
        return dict(ledger.kinds())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five articles in a folder `in`."""
    articles(tmp_path / "in", 5)
    return tmp_path


def by_rules(folder: Path, *options: str | Path) -> Result:
    """Read `in` into `out` by rules."""
    return run("run", folder / "in", "--reader", "rules", "--out", folder / "out", *options)


def test_second_run_reads_nothing_and_says_so(folder: Path) -> None:
    """Everything was read before: the files stay as they are, and counts are those of the folder."""
    by_rules(folder)
    before = {path: path.read_bytes() for path in folder.rglob("*.json") if path.name != "run.json"}
    tables = (folder / "out" / "facts.csv").read_bytes()
    result = by_rules(folder)
    assert result.exit_code == 0
    assert "nothing was read" in result.stderr
    assert {path: path.read_bytes() for path in before} == before
    assert (folder / "out" / "facts.csv").read_bytes() == tables
    summary = json.loads((folder / "out" / "run.json").read_text("utf-8"))
    assert (summary["kept"], summary["outcomes"]) == (5, {"reported": 5})


def test_only_what_is_new_or_changed_is_read(folder: Path) -> None:
    """A changed article, a new one, and a lost report; the rest is kept."""
    by_rules(folder)
    (folder / "in" / "000" / "000001.txt").write_text(article(77), "utf-8")
    (folder / "in" / "new.txt").write_text(article(78), "utf-8")
    lost = folder / "out" / "reports" / "000" / "000002.txt.json"
    report = lost.read_bytes()
    lost.unlink()
    by_rules(folder)
    summary = json.loads((folder / "out" / "run.json").read_text("utf-8"))
    assert (summary["inputs"], summary["kept"]) == (6, 4)
    assert lost.read_bytes() == report


def test_other_settings_read_anew(folder: Path) -> None:
    """What a reading depends on is part of its fingerprint; how fast it is made is not."""
    by_rules(folder)
    by_rules(folder, "--timeout", "7", "--concurrency", "3")
    assert json.loads((folder / "out" / "run.json").read_text("utf-8"))["kept"] == 5
    by_rules(folder, "--year", "2015")
    assert json.loads((folder / "out" / "run.json").read_text("utf-8"))["kept"] == 0


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({"concurrency": 9}, True),
        ({"max_cost": 1, "price_input": 1, "price_output": 1}, True),
        ({"model": "other"}, False),
        ({"base_url": "http://other.test/v1"}, False),
        ({"section_chars": 500}, False),
        ({"temperature": 0.5}, False),
        ({"force": True}, False),
        ({"subject": "古县"}, False),
    ],
)
def test_fingerprint_holds_what_a_reading_depends_on(changes: dict[str, Any], same: bool) -> None:
    """And nothing else: a faster run is no other reading."""
    given = {"model": "m", "base_url": "http://model.test/v1"}
    one, other = (Fingerprints(Settings.load(**g)).of(None, None).text for g in (given, given | changes))
    assert (one == other) is same


def test_same_content_is_read_once(folder: Path) -> None:
    """The second file is skipped as a duplicate that names the first, and has no report."""
    (folder / "in" / "z.txt").write_text(article(2), "utf-8")
    result = by_rules(folder)
    assert result.exit_code == 0
    assert kinds(folder / "out") == {"reported": 5, "duplicate": 1}
    line = json.loads((folder / "out" / "outcomes.jsonl").read_text("utf-8").splitlines()[-1])
    assert line["text"].endswith("000002.txt")
    assert not (folder / "out" / "reports" / "z.txt.json").exists()


def test_content_moves_with_its_file(folder: Path) -> None:
    """A renamed folder is neither read again nor counted twice, and reports name the new path."""
    by_rules(folder)
    (folder / "in").rename(folder / "moved")
    run("run", folder / "moved", "--reader", "rules", "--out", folder / "out")
    assert kinds(folder / "out") == {"reported": 5}
    reports = [json.loads(p.read_text("utf-8")) for p in (folder / "out" / "reports").rglob("*.json")]
    assert all("/moved/" in report["document"]["path"] for report in reports)
    assert json.loads((folder / "out" / "run.json").read_text("utf-8"))["kept"] == 5


def test_shards_together_are_the_whole(folder: Path) -> None:
    """Every article is in exactly one of them."""
    names: list[str] = []
    for part in (1, 2, 3):
        out = folder / str(part)
        run("run", folder / "in", "--reader", "rules", "--out", out, "--shard", f"{part}/3")
        names += outcomes(out) if (out / FILE).exists() else []
    assert sorted(names) == [f"{n:06d}.txt" for n in range(5)]


@pytest.mark.parametrize("shard", ["0/3", "4/3", "1", "a/b", "1/0"])
def test_shard_that_is_none_is_refused(shard: str, folder: Path) -> None:
    """Nothing is read."""
    assert by_rules(folder, "--shard", shard).exit_code == 2


def test_limit_and_patterns_choose(folder: Path) -> None:
    """The first ones of those that match."""
    by_rules(folder, "--limit", "2", "--exclude", "000000*")
    assert list(outcomes(folder / "out")) == ["000001.txt", "000002.txt"]


def test_rows_of_a_table_are_articles(tmp_path: Path) -> None:
    """Each row has its outcome, and is read again by itself."""
    rows = [json.dumps({"id": n, "body": article(n)}, ensure_ascii=False) for n in range(3)]
    (tmp_path / "a.jsonl").write_text("\n".join([*rows, "{"]) + "\n", "utf-8")
    asked: list[str | Path] = ["run", tmp_path / "a.jsonl", "--text-column", "body", "--reader", "rules"]
    assert run(*asked, "--out", tmp_path / "out").exit_code == 1
    assert outcomes(tmp_path / "out") == {"a.jsonl#1": "reported", "a.jsonl#2": "reported"} | {
        "a.jsonl#3": "reported",
        "a.jsonl#4": "failed",
    }
    (tmp_path / "a.jsonl").write_text("\n".join([*rows, json.dumps({"body": article(9)})]) + "\n", "utf-8")
    assert run("retry", tmp_path / "out", "--kind", "unreadable").exit_code == 0
    assert kinds(tmp_path / "out") == {"reported": 4}


def test_retry_reads_what_the_model_did_not(folder: Path) -> None:
    """Sections that rules read in the model's place are asked again, the others are not paid again."""
    down = True

    def reply(body: dict[str, Any]) -> tuple[int, Any]:
        if down and "第3号" in str(body):
            return 500, {"error": {"message": "no"}}
        return completion('{"n": [], "headline": "", "summary": ""}')

    with endpoint(reply) as (url, seen), pytest.MonkeyPatch.context() as patch:
        patch.setenv("SUMMARIZER_MAX_ATTEMPTS", "1")
        patch.setenv("SUMMARIZER_REASKS", "0")
        run("run", folder / "in", "--model", "m", "--base-url", url, "--out", folder / "out")
        found = kinds(folder / "out")
        assert found["degraded"] >= 1
        n_first, down = len(seen), False
        result = run("retry", folder / "out", "--kind", "degraded")
    assert result.exit_code == 0
    assert len(seen) - n_first <= 2


def test_retry_of_what_is_not_there_says_what_is(folder: Path) -> None:
    """And reads nothing."""
    by_rules(folder)
    result = run("retry", folder / "out", "--kind", "budget")
    assert result.exit_code == 0
    assert "there is: reported × 5" in result.stderr


def test_status_tells_and_changes_nothing(folder: Path) -> None:
    """Counts by kind, also of an input that was begun and not finished."""
    (folder / "in" / "empty.txt").write_bytes(b"")
    by_rules(folder)
    before = (folder / "out" / FILE).read_bytes()
    result = run("status", folder / "out")
    assert result.exit_code == 0
    assert "6 inputs" in result.stdout
    assert "empty" in result.stdout
    assert (folder / "out" / FILE).read_bytes() == before
    assert run("status", folder).exit_code == 2


@pytest.mark.parametrize("command", ["run", "status", "retry"])
def test_damaged_ledger_is_refused_with_a_way_out(command: str, folder: Path) -> None:
    """Exit code 2 and a hint; the file is left as it is."""
    by_rules(folder)
    (folder / "out" / FILE).write_bytes(b"no database, for certain" * 500)
    for rest in folder.glob(f"out/{FILE}-*"):
        rest.unlink()
    result = by_rules(folder) if command == "run" else run(command, folder / "out")
    assert result.exit_code == 2
    assert "damaged" in result.stderr
    assert "hint: move it away" in result.stderr
    assert (folder / "out" / FILE).read_bytes().startswith(b"no database")


def test_file_that_vanishes_is_an_outcome(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So is one that may not be read; the rest is read, and the next run tries them again."""
    gone = folder / "in" / "000" / "000002.txt"
    content = gone.read_bytes()
    opened = os.open

    def vanishing(path: Any, *rest: Any, **named: Any) -> int:
        if str(path).endswith("000002.txt"):
            gone.unlink(missing_ok=True)
        return opened(path, *rest, **named)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", vanishing)
        assert by_rules(folder).exit_code == 1
    assert kinds(folder / "out") == {"reported": 4, "unreadable": 1}
    gone.write_bytes(content)
    assert by_rules(folder).exit_code == 0
    assert kinds(folder / "out") == {"reported": 5}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the file system has no named pipes")
def test_nasty_files_each_have_their_outcome(tmp_path: Path) -> None:
    """Loops, pipes, devices, odd names, noise: nothing stops the run, and nothing is counted twice or not at all."""
    n = nasty(tmp_path / "in", noise=5)
    result = run("run", tmp_path / "in", "--reader", "rules", "--out", tmp_path / "out")
    with Ledger.open(tmp_path / "out") as ledger:
        rows = list(ledger.outcomes())
    assert result.exit_code == 1
    assert (len(rows), [row.name for row in rows if row.outcome is None]) == (n, [])
    for path in (tmp_path / "in" / "secret.txt", tmp_path / "in" / "shut"):
        path.chmod(0o700)


def test_killed_runs_lose_nothing_and_pay_nothing_twice(tmp_path: Path) -> None:
    """Killed at random moments among faults: each article has one outcome, twice paid is only what was in flight."""
    with running(seconds=0.02, faults=0.3) as server:
        found = killed(tmp_path, 12, 2, server, 4, seed=3)
    assert (dict(found.outcomes), found.reports, found.kills) == ({"reported": 12}, 12, 2)
    # Four at once, two kills; on a busy machine the server has sent what the run had no time to read, and counts less.
    assert found.paid_twice <= 2 * 4
    assert found.in_flight <= 2 * 4


def test_stream_gives_every_outcome(folder: Path) -> None:
    """Programs read many files without a folder of results."""

    async def read() -> dict[str, str]:
        async with Summarizer(reader="rules") as summarizer:
            paths = sorted((folder / "in").rglob("*.txt"))
            return {path.name: outcome.outcome async for path, outcome in summarizer.astream(paths)}

    assert asyncio.run(read()) == {f"{n:06d}.txt": "reported" for n in range(5)}


def test_stream_waits_for_who_takes_from_it(tmp_path: Path) -> None:
    """No file is taken from the iterator while nobody takes outcomes; what is left early is cancelled."""
    taken = 0

    def paths() -> Any:
        nonlocal taken
        while True:
            taken += 1
            yield tmp_path / f"{taken}.txt"

    class Slow(Summarizer):
        async def outcome(self, source: Any, **named: Any) -> Outcome:
            await asyncio.sleep(3600 if taken > 20 else 0)
            return await super().outcome(source, **named)

    async def read() -> int:
        async with Slow(model="m", base_url="http://model.test/v1", concurrency=4) as summarizer:
            stream: AsyncIterator[Any] = summarizer.astream(paths())
            await anext(stream)
            await asyncio.sleep(0.05)
            seen = taken
            await stream.aclose()  # type: ignore[attr-defined]
            assert len(asyncio.all_tasks()) == 1
            return seen

    assert asyncio.run(read()) == 4
