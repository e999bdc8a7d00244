"""Labels go through Label Studio and come back as they were, however it counts characters."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from evals.__main__ import app as evals_app
from evals.adopt import AdoptError, adopt
from evals.gold import load
from evals.label_studio import task_of_sample
from evals.quotes import traps
from evals.run import ARTICLES, SAMPLES
from summarizer.cli import app
from summarizer.export.label_studio import LISTS
from summarizer.export.regions import Shown

FILES = sorted(SAMPLES.glob("*.json"))
SAMPLE = SAMPLES / "clean-simplified-workreport.json"

RAW = st.text(alphabet="县1村\r\n𠀀。", max_size=12)


def back(tasks: list[dict[str, Any]], folder: Path) -> list[dict[str, Any]]:
    """The label files that tasks become."""
    (folder / "export.json").write_text(json.dumps(tasks), "utf-8")
    adopted = adopt(folder / "export.json", folder / "gold", folder / "articles")
    return [json.loads(one.labels.read_text("utf-8")) for one in adopted]


@pytest.mark.parametrize("file", FILES[::3], ids=lambda file: file.stem)
def test_gold_comes_back_the_same(tmp_path: Path, file: Path) -> None:
    """A sample that went through Label Studio's form is the same label file, notes of labellers included."""
    labels = json.loads(file.read_text("utf-8"))
    [found] = back([json.loads(json.dumps(task_of_sample(file, ARTICLES)))], tmp_path)
    for entry in (*labels["milestones"], *labels["cases"]):
        entry.setdefault("place", None)
    for trap in labels["traps"]:
        trap["why"] = trap.get("why", "")
    assert found == labels
    [sample] = load(tmp_path / "gold", tmp_path / "articles")
    assert sample.gold.article == labels["article"]


def in_utf16(task: dict[str, Any]) -> None:
    """Offsets as Label Studio counted before 2022."""
    text = task["data"]["text"]
    for result in task["annotations"][0]["result"]:
        for end in ("start", "end"):
            if end in result["value"]:
                result["value"][end] = len(text[: result["value"][end]].encode("utf-16-le")) // 2


def in_chinese(task: dict[str, Any]) -> None:
    """Choices as the names that the page shows."""
    for result in task["annotations"][0]["result"]:
        if result["type"] == "choices":
            codes = LISTS[result["from_name"]][1]
            result["value"]["choices"] = [codes(choice).zh for choice in result["value"]["choices"]]


@pytest.mark.parametrize("change", [in_utf16, in_chinese])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_other_versions_come_back_the_same(tmp_path: Path, change: Callable[[Any], None], newline: str) -> None:
    """UTF-16 offsets, names in place of codes, and an article with Windows line ends lead to the same facts."""
    labels = json.loads(SAMPLE.read_text("utf-8"))
    old = (ARTICLES / labels["article"]).read_text("utf-8")
    raw = "𠮷" + newline + old.replace("\n", newline)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / labels["article"]).write_bytes(raw.encode())
    moved = json.loads(json.dumps(labels), object_hook=lambda entry: _moved(entry, old, newline))
    (tmp_path / "labels.json").write_text(json.dumps(moved), "utf-8")
    task = task_of_sample(tmp_path / "labels.json", tmp_path / "in")
    change(task)
    [found] = back([task], tmp_path)
    assert found["facts"] == moved["facts"]
    assert [raw[slice(*fact["span"])] for fact in found["facts"]] == [fact["mention"] for fact in labels["facts"]]


def _moved(entry: dict[str, Any], old: str, newline: str) -> dict[str, Any]:
    """A label in the text that has a character more in front, and other line ends."""

    def at(place: int) -> int:
        return place + 1 + len(newline) + old[:place].count("\n") * (len(newline) - 1)

    for key in ("quote", "mention"):
        if key in entry:
            entry[key] = entry[key].replace("\n", newline)
    if "span" in entry:
        entry["span"] = [at(place) for place in entry["span"]]
    if "number_at" in entry:
        entry["number_at"] = at(entry["number_at"])
    if "spans" in entry:
        entry["spans"] = [[at(place) for place in span] for span in entry["spans"]]
    return entry


@given(RAW)
def test_offsets_lead_back(raw: str) -> None:
    """A span of whole characters and line ends opens the same words in both texts, and comes back the same."""
    shown = Shown(raw)
    for start in range(len(raw)):
        for end in range(start + 1, len(raw) + 1):
            if any(raw[at - 1 : at + 1] == "\r\n" for at in (start, end) if at):
                continue
            a, b = shown.shown(start), shown.shown(end)
            words = raw[start:end].replace("\r\n", "\n").replace("\r", "\n")
            assert shown.text[a:b] == words
            assert shown.span(a, b, words) == (start, end)


def test_report_is_corrected_and_adopted(tmp_path: Path) -> None:
    """What `summarizer export` predicts becomes a label file once a person has accepted it."""
    article = ARTICLES / json.loads(SAMPLE.read_text("utf-8"))["article"]
    run = CliRunner()
    run.invoke(app, ["run", str(article), "--reader", "rules", "--out", str(tmp_path / "out"), "-q"])
    run.invoke(app, ["export", str(tmp_path / "out"), "--format", "label-studio"])
    [task] = json.loads((tmp_path / "out/exports/tasks.json").read_text("utf-8"))
    task["annotations"] = [{"result": task.pop("predictions")[0]["result"], "was_cancelled": False}]
    [found] = back([task], tmp_path)
    report = json.loads((tmp_path / f"out/reports/{article.name}.json").read_text("utf-8"))
    for name in ("span", "mention", "value", "unit", "topic", "indicator", "status", "period", "place"):
        assert [fact[name] for fact in found["facts"]] == [fact[name] for fact in report["facts"]]


def several(task: dict[str, Any]) -> None:
    """Two people have labelled it."""
    task["annotations"] *= 2


def none(task: dict[str, Any]) -> None:
    """Nobody has."""
    task["annotations"] = []


def elsewhere(task: dict[str, Any]) -> None:
    """A region holds other words."""
    task["annotations"][0]["result"][0]["value"]["text"] = "别的话"


def no_kind(task: dict[str, Any]) -> None:
    """A label of another configuration."""
    task["annotations"][0]["result"][0]["value"]["labels"] = ["PER"]


def unknown_field(task: dict[str, Any]) -> None:
    """A field of another configuration."""
    task["annotations"][0]["result"].append(
        {"id": "x", "from_name": "mood", "to_name": "text", "type": "choices", "value": {"choices": ["good"]}}
    )


def minimal(task: dict[str, Any]) -> None:
    """Another form of export."""
    del task["annotations"]


@pytest.mark.parametrize(
    ("slip", "reason"),
    [
        (several, "2 annotations"),
        (none, "0 annotations"),
        (elsewhere, "another text"),
        (no_kind, "needs one of"),
        (unknown_field, "none of ours"),
        (minimal, "no task"),
    ],
)
def test_slip_is_refused(tmp_path: Path, slip: Callable[[Any], None], reason: str) -> None:
    """A task that cannot be taken is refused with the reason, and nothing of its file is written."""
    good, bad = task_of_sample(FILES[0], ARTICLES), task_of_sample(SAMPLE, ARTICLES)
    slip(bad)
    with pytest.raises(AdoptError, match=reason):
        back([good, bad], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["export.json"]


def test_ground_truth_is_chosen(tmp_path: Path) -> None:
    """Of several annotations the one that is marked as ground truth is taken."""
    task = task_of_sample(SAMPLE, ARTICLES)
    task["annotations"] = [{"result": []}, task["annotations"][0] | {"ground_truth": True}]
    assert len(back([task], tmp_path)[0]["facts"]) > 10


def test_a_trap_is_told_from_what_looks_like_it() -> None:
    """A number that is a date in one place and a fact in another is quoted with the words that tell them apart."""
    text = "至5日。共5日"
    [trap] = traps(text, [((1, 3), "date", "")], [(5, 7)])
    assert (trap["quote"], trap["spans"]) == ("至5日", [[0, 3]])


def test_samples_are_written_as_tasks(tmp_path: Path) -> None:
    """`tasks` writes every sample and the configuration beside them."""
    assert CliRunner().invoke(evals_app, ["tasks", str(tmp_path / "tasks.json")]).exit_code == 0
    assert len(json.loads((tmp_path / "tasks.json").read_text("utf-8"))) == len(FILES)
    assert (tmp_path / "label-config.xml").exists()
