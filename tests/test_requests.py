"""A batch endpoint in place of an online one: the same questions, the same reports, and nothing asked twice."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from evals.loopback import completion
from evals.many import articles
from schemas.report import CountyReport
from summarizer.cli import app
from summarizer.errors import ExportError
from summarizer.requests.files import Parts, returned
from tests.servers import endpoint

KEYS = [str(n) + "0" * 63 for n in range(5)]

Line = dict[str, Any]


def run(*arguments: str | Path | int) -> Result:
    """Run `summarizer` in this process."""
    return CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """Three articles, a copy of one, and an empty file."""
    articles(tmp_path / "in", 3)
    (tmp_path / "in/copy.txt").write_bytes((tmp_path / "in/000/000001.txt").read_bytes())
    (tmp_path / "in/empty.txt").write_bytes(b"")
    return tmp_path / "in"


def lines(folder: Path) -> list[Line]:
    """The requests of a folder."""
    texts = [file.read_text("utf-8") for file in sorted(folder.glob("*.jsonl"))]
    return [json.loads(line) for text in texts for line in text.split("\n") if line]


def answered(request: Line) -> Line:
    """What a batch endpoint sends back for a request."""
    response = {"status_code": 200, "request_id": "r", "body": json.loads(completion(request["body"]))}
    return {"id": "b", "custom_id": request["custom_id"], "response": response, "error": None}


def saying(content: str | None, finish: str = "stop") -> Callable[[Line], Line]:
    """An endpoint whose model says this whatever it is asked."""

    def answer(request: Line) -> Line:
        line = answered(request)
        line["response"]["body"]["choices"][0] |= {
            "finish_reason": finish,
            "message": {"role": "assistant", "content": content},
        }
        return line

    return answer


def passes(inputs: Path, url: str, folder: Path, answer: Callable[[Line], Line] = answered) -> list[list[Line]]:
    """Export, answer and import until nothing is left, or five times; the requests of each pass."""
    made: list[list[Line]] = []
    while len(made) < 5:
        to = folder / f"pass{len(made)}"
        assert run("requests", "export", inputs, "--model", "m", "--base-url", url, "--to", to).exit_code == 0
        asked = lines(to)
        if not asked:
            break
        made.append(asked)
        # Answers come in any order.
        text = "\n".join(json.dumps(answer(request)) for request in reversed(asked))
        (folder / "answers.jsonl").write_text(text + "\n", "utf-8")
        run("requests", "import", folder / "answers.jsonl")
    return made


def reports(out: Path) -> list[Any]:
    """Reports without what their making took."""
    found = [CountyReport.model_validate_json(path.read_bytes()) for path in sorted(out.rglob("reports/**/*.json"))]
    spent = {"provenance": {"calls", "attempts", "reused", "tokens", "cost", "seconds"}}
    return [report.model_dump(exclude=spent) for report in found]  # type: ignore[arg-type]


def test_a_batch_asks_what_a_run_asks_and_gives_its_reports(inputs: Path, tmp_path: Path) -> None:
    """Bodies are those of an online run; once answers are imported, a run makes no call and writes the same reports."""
    with endpoint(lambda body: (200, json.loads(completion(body)))) as (url, seen):
        arguments = ("run", inputs, "--model", "m", "--base-url", url, "-q")
        assert run(*arguments, "--out", tmp_path / "online", "--no-cache").exit_code == 0
        online = [json.dumps(body, sort_keys=True) for body in seen]
        made = passes(inputs, url, tmp_path)
        assert len(seen) == len(online)
        assert run(*arguments, "--out", tmp_path / "batch").exit_code == 0
        assert len(seen) == len(online)
    batch = [json.dumps(line["body"], sort_keys=True) for asked in made for line in asked]
    assert sorted(batch) == sorted(online)
    assert reports(tmp_path / "batch") == reports(tmp_path / "online")
    assert all(report["provenance"]["reader"] == "model" for report in reports(tmp_path / "batch"))


def test_reasoning_models_are_asked_as_they_want(inputs: Path, tmp_path: Path) -> None:
    """With --reasoning the requests are those of a run whose endpoint refuses temperature and max_tokens."""

    def reply(body: Line) -> tuple[int, Any]:
        for name in ("temperature", "max_tokens"):
            if name in body:
                return 400, {"error": {"message": "no", "code": "unsupported_parameter", "param": name}}
        return 200, json.loads(completion(body))

    with endpoint(reply) as (url, seen):
        run("run", inputs, "--model", "m", "--base-url", url, "-q", "--out", tmp_path / "out", "--no-cache")
        taken = [json.dumps(body, sort_keys=True) for body in seen if "max_completion_tokens" in body]
        taken = [body for body in taken if '"temperature"' not in body and "SectionAnswer" in body]
        run("requests", "export", inputs, "--model", "m", "--base-url", url, "--reasoning", "--to", tmp_path / "a")
    assert sorted(json.dumps(line["body"], sort_keys=True) for line in lines(tmp_path / "a")) == sorted(taken)
    assert taken


def test_overviews_follow_their_sections(inputs: Path, tmp_path: Path) -> None:
    """The first pass asks about sections, the second about the three articles, the copy not counted."""
    first, second = passes(inputs, "http://model.test/v1", tmp_path)
    wanted = [[line["body"]["response_format"]["json_schema"]["name"] for line in asked] for asked in (first, second)]
    assert set(wanted[0]) == {"SectionAnswer"}
    assert wanted[1] == ["OverviewAnswer"] * 3
    assert all((line["method"], line["url"]) == ("POST", "/v1/chat/completions") for line in first)


def test_refused_answer_is_asked_again_with_the_reason(inputs: Path, tmp_path: Path) -> None:
    """An answer that validators refuse leads to the question that a run would ask again; after that rules read."""
    made = passes(inputs, "http://model.test/v1", tmp_path, saying('{"n": "nonsense"}'))
    turns = [{len(line["body"]["messages"]) for line in asked} for asked in made[:3]]
    assert turns[0] == {2}
    assert max(turns[1]) > 2
    assert not {line["custom_id"] for line in made[0]} & {line["custom_id"] for line in made[1]}


FAILED: dict[str, tuple[Callable[[Line], Line], str]] = {
    "an error line": (
        lambda r: {"custom_id": r["custom_id"], "response": None, "error": {"code": "batch_expired"}},
        "batch_expired",
    ),
    "another status": (
        lambda r: {
            "custom_id": r["custom_id"],
            "response": {"status_code": 429, "body": {"error": {"code": "rate_limit_exceeded"}}},
        },
        "429 rate_limit_exceeded",
    ),
    "no choices": (
        lambda r: {"custom_id": r["custom_id"], "response": {"status_code": 200, "body": {"choices": None}}},
        "no usable answer",
    ),
    "withheld": (saying(None, "content_filter"), "no usable answer"),
    "another id": (lambda r: answered(r) | {"custom_id": "mine"}, "no usable answer"),
    "no batch": (lambda _: {"text": "x"}, "no line of a batch"),
    "a list": (lambda _: [1], "no line of a batch"),  # type: ignore[dict-item, return-value]
}


@pytest.mark.parametrize("name", FAILED)
def test_what_failed_is_asked_again(inputs: Path, tmp_path: Path, name: str) -> None:
    """A line without an answer is named by its reason, and the same question is in the next export."""
    answer, reason = FAILED[name]
    export = ("requests", "export", inputs, "--model", "m", "--base-url", "http://model.test/v1", "--to")
    run(*export, tmp_path / "first")
    asked = lines(tmp_path / "first")
    text = json.dumps(answer(asked[0])) + "\n" + json.dumps(answered(asked[1])) + "\n"
    (tmp_path / "answers.jsonl").write_text(text, "utf-8")
    result = run("requests", "import", tmp_path / "answers.jsonl")
    assert (result.exit_code, "kept: 1 answers" in result.stderr) == (1, True)
    assert f"not kept: 1 × {reason}" in result.stderr
    run(*export, tmp_path / "second")
    again = {line["custom_id"] for line in lines(tmp_path / "second")}
    assert asked[0]["custom_id"] in again
    assert asked[1]["custom_id"] not in again


def test_answers_of_other_settings_are_not_used(inputs: Path, tmp_path: Path) -> None:
    """Another model is asked everything itself."""
    first = passes(inputs, "http://model.test/v1", tmp_path)[0]
    run("requests", "export", inputs, "--model", "n", "--base-url", "http://model.test/v1", "--to", tmp_path / "n")
    assert len(lines(tmp_path / "n")) == len(first)
    assert not {line["custom_id"] for line in lines(tmp_path / "n")} & {line["custom_id"] for line in first}


@pytest.mark.parametrize(("most", "n_bytes", "held"), [(2, 10**6, [2, 2, 1]), (9, 600, [2, 2, 1]), (9, 10**6, [5])])
def test_files_are_split_by_count_and_by_bytes(tmp_path: Path, most: int, n_bytes: int, held: list[int]) -> None:
    """No file has more requests or more bytes than an endpoint takes, and none is lost between two."""
    with Parts(tmp_path, most, n_bytes) as parts:
        for key in (*KEYS, KEYS[0]):
            parts.add(key, {"text": "县" * 30})
    assert [len(path.read_text("utf-8").splitlines()) for path in parts.paths] == held
    assert all(path.stat().st_size <= n_bytes for path in parts.paths)
    assert [line["custom_id"] for line in lines(tmp_path)] == KEYS


def test_request_larger_than_a_file_is_refused(tmp_path: Path) -> None:
    """It could never be sent; no file is left."""

    def write() -> None:
        with Parts(tmp_path, 9, 300) as parts:
            parts.add(KEYS[0], {})
            parts.add(KEYS[1], {"text": "县" * 100})

    with pytest.raises(ExportError, match="bytes"):
        write()
    assert list(tmp_path.iterdir()) == []


def test_requests_of_two_passes_are_not_mixed(inputs: Path, tmp_path: Path) -> None:
    """A folder that holds requests is left as it is."""
    export = (
        "requests",
        "export",
        inputs,
        "--model",
        "m",
        "--base-url",
        "http://model.test/v1",
        "--to",
        tmp_path / "a",
    )
    assert run(*export).exit_code == 0
    before = lines(tmp_path / "a")
    result = run(*export)
    assert (result.exit_code, "is there already" in result.stderr) == (2, True)
    assert lines(tmp_path / "a") == before


def test_wrong_use_is_said(inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No model, no such file, and no folder of kept answers are refused with what to do."""
    assert "no model is named" in run("requests", "export", inputs, "--to", tmp_path / "a").stderr
    assert "no such file" in run("requests", "import", tmp_path / "gone.jsonl").stderr
    (tmp_path / "answers.jsonl").write_text("", "utf-8")
    monkeypatch.setenv("SUMMARIZER_NO_CACHE", "1")
    assert "kept answers" in run("requests", "import", tmp_path / "answers.jsonl").stderr


def test_lines_are_read_whatever_they_hold(tmp_path: Path) -> None:
    """A BOM, an empty line and bytes that are no text stop nothing."""
    (tmp_path / "a").write_bytes(b'\xef\xbb\xbf{"custom_id": "a", "error": {"code": "x"}}\n\n\xff\xfe\n')
    assert [(line.id, line.error) for line in returned(tmp_path / "a")] == [("a", "x"), (None, "no line of a batch")]
