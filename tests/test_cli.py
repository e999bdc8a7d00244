"""The command line: what it writes, what it says, and its exit codes, also for bad input."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from schemas.outcome import OutcomeAdapter
from schemas.report import CountyReport
from summarizer.cli import app
from summarizer.text import repair
from tests.conftest import ROOT
from tests.servers import Reply, completion, endpoint

ARTICLE = ROOT / "evals/samples/articles/clean-simplified-workreport.txt"

# click's runner leaves its in-memory streams to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


def run(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    """Run `summarizer` in this process; whatever is no exit code is a bug and is raised."""
    result = CliRunner().invoke(app, [str(a) for a in arguments], input=stdin, catch_exceptions=False)
    assert "Traceback" not in result.output
    return result


def test_run_writes_report_table_and_summary(tmp_path: Path) -> None:
    """One article gives a valid report whose every span opens the raw text."""
    result = run("run", ARTICLE, "--reader", "rules", "--out", tmp_path)
    assert result.exit_code == 0
    assert "rules alone" in result.stderr
    report = CountyReport.model_validate_json((tmp_path / "reports" / f"{ARTICLE.name}.json").read_bytes())
    raw = ARTICLE.read_text("utf-8")
    assert report.facts
    assert all(raw[slice(*f.span)] == f.mention for f in report.facts)
    summary = json.loads((tmp_path / "run.json").read_text("utf-8"))
    assert (summary["outcomes"], summary["facts"]) == ({"reported": 1}, len(report.facts))
    assert len((tmp_path / "facts.csv").read_text("utf-8-sig").splitlines()) == len(report.facts) + 1


def test_show_prints_a_report_for_a_person(tmp_path: Path) -> None:
    """Every figure's mention can be read on the screen."""
    run("run", ARTICLE, "--reader", "rules", "--out", tmp_path)
    path = tmp_path / "reports" / f"{ARTICLE.name}.json"
    result = run("show", path)
    assert result.exit_code == 0
    report = CountyReport.model_validate_json(path.read_bytes())
    assert report.coverage.verdict in result.stdout
    assert all(str(f.span[0]) in result.stdout for f in report.facts)


def test_json_goes_to_programs_and_writes_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --json and no --out, standard output is one outcome a line and nothing else."""
    monkeypatch.chdir(tmp_path)
    result = run("run", ARTICLE, "--reader", "rules", "--json")
    outcome = OutcomeAdapter.validate_json(result.stdout)
    assert outcome.outcome == "reported"
    assert list(tmp_path.iterdir()) == []


def test_check_says_what_would_be_read_without_a_call() -> None:
    """Verdict, subject, numbers and tokens of a folder; nothing is written."""
    result = run("check", ARTICLE, "--subject", "古县")
    assert result.exit_code == 0
    assert "1 of 1 would be read" in result.stdout
    assert "古县" in result.stdout


def test_check_says_what_a_model_would_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the prices that are set, for a model that is not asked; where nobody knows the price, it says so."""
    asked = ["check", ARTICLE, "--model", "m", "--base-url", "http://model.test/v1"]
    assert "is not known" in run(*asked).stdout
    monkeypatch.setenv("SUMMARIZER_PRICE_INPUT", "1000")
    monkeypatch.setenv("SUMMARIZER_PRICE_OUTPUT", "1000")
    assert re.search(r"about \$\d+\.\d\d with m", run(*asked).stdout)


def test_repair_prints_the_repaired_text() -> None:
    """`--text` is the repaired text and nothing else, for other programs."""
    spoilt = ARTICLE.parent / "spoilt-traditional.txt"
    assert run("repair", spoilt, "--text").stdout == repair(spoilt.read_bytes()).clean.text
    assert "byte" in run("repair", spoilt).stdout


@pytest.mark.parametrize(
    ("command", "written"), [("review", "review.json"), ("reconcile", "reconcile.json"), ("page", "page.html")]
)
def test_folder_commands_work_on_what_run_wrote(command: str, written: str, tmp_path: Path) -> None:
    """Each leaves its file beside the reports."""
    run("run", ARTICLE, "--reader", "rules", "--out", tmp_path)
    result = run(command, tmp_path)
    assert result.exit_code == 0
    assert (tmp_path / written).stat().st_size > 0


@pytest.mark.parametrize("command", ["review", "reconcile", "page", "check", "repair"])
def test_folder_commands_refuse_what_is_not_there(command: str, tmp_path: Path) -> None:
    """Exit code 2 and a hint."""
    result = run(command, tmp_path / "missing")
    assert result.exit_code == 2
    assert "hint:" in result.stderr


def test_output_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    """Exit code 2 and a hint, before anything is read; the file is left as it is."""
    file = tmp_path / "notes"
    file.write_text("mine", "utf-8")
    result = run("run", ARTICLE, "--reader", "rules", "--out", file)
    assert result.exit_code == 2
    assert f"{file} cannot be written to" in result.stderr
    assert "hint: give a folder to --out" in result.stderr
    assert file.read_text("utf-8") == "mine"


def test_tables_that_cannot_be_written_are_written_by_the_next_run(tmp_path: Path) -> None:
    """Exit code 2, the file's name and a hint; what was read is kept."""
    (tmp_path / "facts.csv.part").mkdir()
    result = run("run", ARTICLE, "--reader", "rules", "--out", tmp_path)
    assert result.exit_code == 2
    assert "facts.csv.part" in result.stderr
    assert "what was read is kept" in result.stderr
    (tmp_path / "facts.csv.part").rmdir()
    result = run("run", ARTICLE, "--reader", "rules", "--out", tmp_path)
    assert (result.exit_code, "nothing was read" in result.stderr) == (0, True)
    assert (tmp_path / "facts.csv").stat().st_size > 0


@pytest.mark.parametrize(
    ("command", "in_the_way"),
    [
        (["review"], "review.json.part"),
        (["reconcile"], "counties.csv.part"),
        (["page"], "page.html.part"),
        (["export", "--format", "csv"], "exports/.part-reports.csv"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_what_cannot_be_written_is_named(command: list[str], in_the_way: str, tmp_path: Path) -> None:
    """Exit code 1, the file's name and a hint."""
    run("run", ARTICLE, "--reader", "rules", "--out", tmp_path)
    (tmp_path / in_the_way).mkdir(parents=True)
    result = run(command[0], tmp_path, *command[1:])
    assert result.exit_code == 1
    assert in_the_way in result.stderr
    assert "hint: check the space left" in result.stderr


def test_standard_input_is_an_article(tmp_path: Path) -> None:
    """`-` reads one article from standard input."""
    result = run("run", "-", "--reader", "rules", "--out", tmp_path, stdin=ARTICLE.read_bytes())
    assert result.exit_code == 0
    assert (tmp_path / "reports" / "stdin.json").exists()


def test_schema_is_the_reports() -> None:
    """`summarizer schema` prints what reports are validated against."""
    assert json.loads(run("schema").stdout) == CountyReport.model_json_schema()


@pytest.mark.parametrize(
    ("name", "content", "kind", "code"),
    [
        ("empty.txt", b"", "empty", 0),
        ("blank.txt", b" \n\t\n", "empty", 0),
        ("short.txt", "古县".encode(), "too_short", 0),
        ("english.txt", b"The county has 3 towns. " * 40, "not_chinese", 0),
        ("letter.docx", b"PK\x03\x04", "unsupported_format", 0),
        ("scan.pdf", b"%PDF-1.4", "unsupported_format", 0),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "binary", 1),
        ("broken.txt", "古县脱贫攻坚".encode() + b"\xff\xc3\x28\x80" * 200, "undecodable", 1),
    ],
)
def test_bad_file_is_an_outcome(name: str, content: bytes, kind: str, code: int, tmp_path: Path) -> None:
    """A file that is no article is named with its reason; the exit code tells skipped from failed."""
    (tmp_path / name).write_bytes(content)
    result = run("run", tmp_path / name, "--reader", "rules", "--out", tmp_path / "out")
    line = json.loads((tmp_path / "out" / "outcomes.jsonl").read_text("utf-8"))
    assert (line.get("reason") or line["error"], result.exit_code) == (kind, code)


@pytest.mark.parametrize(
    ("name", "arguments", "says"),
    [
        ("a missing path", ["run", "missing.txt"], "no such file"),
        ("a folder without articles", ["run", "."], "no articles"),
        ("an unknown reader", ["run", ".", "--reader", "oracle"], "oracle"),
        ("a model reader without a model", ["run", ".", "--reader", "model"], "no model is named"),
        ("a URL that is none", ["run", ".", "--model", "m", "--base-url", "localhost"], "http://"),
        ("a report that is none", ["show", "missing.json"], "missing.json"),
        ("no command", [], "Usage"),
    ],
)
def test_wrong_usage_exits_with_2_and_a_hint(name: str, arguments: list[str], says: str) -> None:
    """Nothing is read, and a person is told what to do."""
    result = run(*arguments)
    assert result.exit_code == 2, name
    assert says in result.output


def test_wrong_key_ends_the_run_before_anything_is_read(tmp_path: Path) -> None:
    """401 on the first call: exit code 2, a hint, one request, and the tables of an earlier run untouched."""
    (tmp_path / "facts.csv").write_text("earlier")
    with endpoint(lambda _: (401, {"error": {"message": "wrong key sk-secret", "code": "invalid_api_key"}})) as (
        url,
        seen,
    ):
        result = run("run", ARTICLE, "--model", "m", "--base-url", url, "--out", tmp_path)
    assert (result.exit_code, len(seen)) == (2, 1)
    assert "SUMMARIZER_API_KEY" in result.output
    assert (tmp_path / "facts.csv").read_text() == "earlier"


def test_endpoint_that_is_down_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No connection on the first call: exit code 2 and a hint, without waiting for minutes."""
    monkeypatch.setenv("SUMMARIZER_RETRY_SECONDS", "0")
    result = run("run", ARTICLE, "--model", "m", "--base-url", "http://127.0.0.1:9/v1", "--out", tmp_path)
    assert result.exit_code == 2
    assert "127.0.0.1:9" in result.output


def test_model_that_answers_nonsense_costs_no_article(tmp_path: Path) -> None:
    """Rules read what the model does not, and the report names the sections; the host is named beforehand."""
    with endpoint(lambda _: completion("银河系有300亿颗星。")) as (url, seen):
        result = run("run", ARTICLE, "--model", "m", "--base-url", url, "--out", tmp_path)
    report = CountyReport.model_validate_json((tmp_path / "reports" / f"{ARTICLE.name}.json").read_bytes())
    assert result.exit_code == 0
    assert f"articles are sent to {url.split('/')[2]}" in result.stderr
    read = {f.section for f in report.facts}
    assert read <= set(report.provenance.degraded)
    assert report.coverage.unread == 0
    assert report.provenance.calls == len(seen)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three articles, which take several calls each."""
    (tmp_path / "in").mkdir()
    for name in ("clean-simplified-workreport", "gb18030-brief", "prefecture-roundup"):
        (tmp_path / "in" / f"{name}.txt").write_bytes((ARTICLE.parent / f"{name}.txt").read_bytes())
    return tmp_path


def test_a_second_run_of_a_folder_makes_no_call(folder: Path) -> None:
    """The same reports, from kept answers; with --no-cache everything is asked again."""
    with endpoint(lambda _: completion('{"n": []}')) as (url, seen):
        asked = ["run", folder / "in", "--model", "m", "--base-url", url, "--out"]
        first = run(*asked, folder / "1")
        n_first = len(seen)
        second = run(*asked, folder / "2")
        assert (first.exit_code, second.exit_code, len(seen)) == (0, 0, n_first)
        run(*asked, folder / "3", "--no-cache")
        assert len(seen) == 2 * n_first
    assert f"{n_first} answers;" in first.stderr
    assert f"{n_first} answers kept of earlier runs" in second.stderr
    one, two = (json.loads((folder / n / "run.json").read_text("utf-8")) for n in "12")
    assert (one["calls"], one["tokens"]["input"], two["calls"], two["reused"]) == (n_first, 10 * n_first, 0, n_first)
    for path in (folder / "1" / "reports").rglob("*.json"):
        reports = [json.loads((folder / n / "reports" / path.name).read_text("utf-8")) for n in "12"]
        assert [r.pop("provenance")["calls"] for r in reports][1] == 0
        assert reports[0] == reports[1]


def test_a_run_stops_at_its_limit_and_goes_on_later(folder: Path) -> None:
    """Every article has its outcome, nothing is paid twice, and the next run reads what was left."""
    priced = ["--concurrency", "1", "--max-cost"]
    with endpoint(lambda _: completion('{"n": []}')) as (url, seen):
        asked = ["run", folder / "in", "--model", "m", "--base-url", url, "--out"]
        run(*asked, folder / "whole", "--no-cache")
        n_whole = len(seen)
        environment = {"SUMMARIZER_PRICE_INPUT": "1", "SUMMARIZER_PRICE_OUTPUT": "2"}
        with pytest.MonkeyPatch.context() as patch:
            for name, value in environment.items():
                patch.setenv(name, value)
            # A call costs 10 + 5 × 2 millionths of a dollar; this is the price of half of them.
            stopped = run(*asked, folder / "1", *priced, f"{20e-6 * (n_whole // 2):.6f}")
            n_stopped = len(seen) - n_whole
            resumed = run(*asked, folder / "2", *priced, "1")
    assert (stopped.exit_code, n_stopped) == (1, n_whole // 2)
    assert "stopped at the limit: 2 of 3 articles were not read" in stopped.stderr
    assert "run again with a higher limit" in stopped.stderr
    summary = json.loads((folder / "1" / "run.json").read_text("utf-8"))
    assert (summary["outcomes"], summary["reasons"]) == ({"reported": 1, "failed": 2}, {"failed: budget": 2})
    assert summary["cost"] == pytest.approx(20e-6 * n_stopped)
    assert (resumed.exit_code, len(seen)) == (0, 2 * n_whole)


def test_a_limit_in_money_without_a_price_is_refused(folder: Path) -> None:
    """Nothing is read, and a person is told which price to set."""
    result = run("run", folder / "in", "--model", "m", "--base-url", "http://127.0.0.1:9/v1", "--max-cost", "1")
    assert result.exit_code == 2
    assert "SUMMARIZER_PRICE_INPUT" in result.output


def test_keys_are_never_shown_or_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key goes to the endpoint and nowhere else."""
    monkeypatch.setenv("SUMMARIZER_API_KEY", "sk-very-secret")
    with endpoint(lambda _: completion("{}")) as (url, _seen):
        result = run("run", ARTICLE, "--model", "m", "--base-url", url, "--out", tmp_path, "-vv")
    written = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    assert "sk-very-secret" not in result.output
    assert b"sk-very-secret" not in written


def test_help_loads_nothing_heavy() -> None:
    """`--help` answers without the SDKs, jieba or the gazetteer."""
    code = (
        "import sys; from summarizer.cli import app\n"
        "try: app(['--help'])\nexcept SystemExit: pass\n"
        "print([m for m in ('openai', 'instructor', 'tenacity', 'jieba', 'opencc', 'pydantic') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "[]"


def test_interrupt_keeps_what_was_read(tmp_path: Path) -> None:
    """Ctrl-C in the middle of the second article: exit code 130, the first one's report and tables are there."""
    (tmp_path / "in").mkdir()
    text = ARTICLE.read_text("utf-8")
    (tmp_path / "in" / "1.txt").write_text(text, "utf-8")
    (tmp_path / "in" / "2.txt").write_text("停在这里。" + text, "utf-8")
    stuck, over = threading.Event(), threading.Event()

    def reply(body: dict[str, Any]) -> Reply:
        if "停在这里" in json.dumps(body, ensure_ascii=False):
            stuck.set()
            over.wait(120)
        return completion("{}")

    with endpoint(reply) as (url, _seen):
        command = [sys.executable, "-m", "summarizer", "run", tmp_path / "in", "--out", tmp_path / "out"]
        options = ["--model", "m", "--base-url", url, "--concurrency", "1"]
        environment = os.environ | {"PYTHONPATH": str(ROOT), "SUMMARIZER_REASKS": "0"}
        # A shell that runs tests in the background has them, and what they start, ignore Ctrl-C.
        heeding = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
        process = subprocess.Popen(
            [*command, *options],
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=heeding,  # noqa: PLW1509  (it takes no lock)
        )
        assert stuck.wait(60)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        over.set()
    assert process.returncode == 130
    assert "interrupted: 1 of 2" in said
    assert (tmp_path / "out" / "reports" / "1.txt.json").exists()
    assert json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))["outcomes"] == {"reported": 1}
