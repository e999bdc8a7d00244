"""Recorded answers of real models: made once, gone on with, replayed without a network."""

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import httpx2
import pytest
from typer.testing import CliRunner

from evals import recordings
from evals.__main__ import app
from evals.gold import Sample
from evals.recordings import store
from evals.recordings.alone import by_model_alone
from evals.recordings.fixed import fixed_set, fixed_settings
from evals.recordings.record import record
from evals.recordings.store import MissingRecordingError, Recorded, Recordings
from schemas.outcome import Reported
from schemas.report import CountyReport
from schemas.vocabulary import Indicator, ReaderName
from summarizer import Summarizer
from summarizer.errors import ModelNotFoundError, UnreachableError
from tests.transports import fault, reply

SAMPLES = fixed_set()
TWO = SAMPLES[:2]


class Parrot:
    """A server whose model copies the guesses that it is shown, and sums up in words without figures."""

    def __init__(self, *, fails_after: int | None = None) -> None:
        self.asked = 0
        self.fails_after = fails_after

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if self.asked == self.fails_after:
            return fault(404)
        self.asked += 1
        user = json.loads(request.content)["messages"][1]["content"]
        lines = user.splitlines()
        rows = [json.loads(line) for line in lines if line.startswith("[")]
        aside = [json.loads(line.removeprefix("x ")) for line in lines if line.startswith("x [")]
        if "猜测：" in lines:
            return reply(json.dumps({"n": rows, "x": aside}))
        return reply(json.dumps({"new": {"headline": "扶贫见成效", "summary": "扶贫工作进展大。"}}))


def recorded(folder: Path, server: Any, samples: list[Sample] = TWO) -> int:
    """Record some samples of the set with a server's model."""
    settings = fixed_settings("m", "http://model.test/v1", max_attempts=1)
    made = Recordings("m", folder)
    n_asked = asyncio.run(record(samples, settings, made, httpx2.MockTransport(server)))
    made.finish()
    return n_asked


def replayed(folder: Path, samples: list[Sample] = TWO, model: str = "m") -> list[CountyReport]:
    """The reports that the recorded answers give."""

    async def read() -> list[CountyReport]:
        async with Summarizer(fixed_settings(model), asked=Recorded(Recordings(model, folder))) as summarizer:
            outcomes = [await summarizer.outcome(sample.source, name=sample.name) for sample in samples]
        return [outcome.report for outcome in outcomes if isinstance(outcome, Reported)]

    return asyncio.run(read())


def test_what_is_recorded_is_replayed(tmp_path: Path) -> None:
    """The replayed reports are the model's: its words, its tokens, every number read by it."""
    server = Parrot()
    assert recorded(tmp_path, server) == server.asked
    reports = replayed(tmp_path)
    assert len(reports) == len(TWO)
    assert sum(report.provenance.calls for report in reports) == server.asked
    for report in reports:
        assert report.headline == "扶贫见成效"
        assert {fact.read_by for fact in report.facts} == {ReaderName.MODEL}
        assert report.provenance.tokens.input == 10 * report.provenance.calls


def test_a_recording_is_gone_on_with(tmp_path: Path) -> None:
    """What was recorded before an interruption is not asked again."""
    whole = Parrot()
    recorded(tmp_path / "whole", whole)
    with pytest.raises(ModelNotFoundError):
        recorded(tmp_path / "parts", Parrot(fails_after=2))
    assert list(store.recorded_models(tmp_path / "parts")) == []
    rest = Parrot()
    assert recorded(tmp_path / "parts", rest) == whole.asked - 2
    assert list(store.recorded_models(tmp_path / "parts")) == ["m"]
    assert replayed(tmp_path / "parts")[0].facts == replayed(tmp_path / "whole")[0].facts


def test_an_endpoint_that_is_down_records_nothing(tmp_path: Path) -> None:
    """Rules do not read what the endpoint did not, and no recording is made of it."""

    def down(_request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("down")

    with pytest.raises(UnreachableError):
        recorded(tmp_path, down)
    assert list(tmp_path.rglob("*.json")) == []


@pytest.mark.parametrize("bad", [reply("no"), reply("{}", finish="length"), reply("", finish="content_filter")])
def test_bad_answers_are_recorded_as_they_came(bad: httpx2.Response, tmp_path: Path) -> None:
    """A model that answers badly is replayed answering badly: rules read its part."""

    def server(_request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, json=bad.json())

    assert recorded(tmp_path, server) > 0
    for report in replayed(tmp_path):
        assert {fact.read_by for fact in report.facts} == {ReaderName.RULES}
        assert report.provenance.degraded
        assert report.provenance.calls > 0


def test_the_rules_guesses_are_no_part_of_a_recording(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules change daily, recordings do not: what a model said of a text stands under other guesses."""
    recorded(tmp_path, Parrot())
    before = replayed(tmp_path)
    monkeypatch.setattr("summarizer.readers.asking._guess_line", lambda _number: "[]")
    assert [report.facts for report in replayed(tmp_path)] == [report.facts for report in before]


def test_a_changed_prompt_misses_its_recording(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another prompt was answered is no answer to this one, and the error has the command that records it."""
    recorded(tmp_path, Parrot())
    monkeypatch.setattr(store, "section_fingerprint", lambda: "another")
    with pytest.raises(MissingRecordingError, match=r"\./run record BASE_URL m"):
        replayed(tmp_path)


def test_recordings_that_nothing_asks_for_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a new recording with other prompts the old answers are gone."""
    recorded(tmp_path, Parrot())
    for name in ("section_fingerprint", "overview_fingerprint"):
        monkeypatch.setattr(store, name, lambda: "another")
    again = Recordings("m", tmp_path)
    settings = fixed_settings("m", "http://model.test/v1")
    n_asked = asyncio.run(record(TWO, settings, again, httpx2.MockTransport(Parrot())))
    assert again.finish() == n_asked
    assert len(list(tmp_path.rglob("*.json"))) == n_asked


def test_an_unknown_model_is_told_how_to_be_recorded() -> None:
    """The command line says it too, and ends with 1."""
    result = CliRunner().invoke(app, ["run", "--reader", "recorded:nobody"])
    assert result.exit_code == 1
    assert "./run record BASE_URL nobody" in result.output


class Taciturn:
    """A server whose model says of every number that it is shown the same, or of none anything."""

    def __init__(self, *, silent: bool = False) -> None:
        self.silent = silent
        self.shown: list[str] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        messages = json.loads(request.content)["messages"]
        self.shown.append("".join(message["content"] for message in messages))
        ids = [] if self.silent else re.findall(r"⟦(\d+):", messages[1]["content"])
        return reply(json.dumps({"n": [[int(id), "other", "achieved", "", "", "数"] for id in ids]}))


def alone(folder: Path, server: Any) -> list[CountyReport]:
    """The reports of the model alone on two samples, as it was recorded."""
    settings = fixed_settings("m", "http://model.test/v1", max_attempts=1)
    made = Recordings("m", folder, section_prompt="alone")
    asyncio.run(record(TWO, settings, made, httpx2.MockTransport(server), alone=True))
    made.finish()
    outcomes = [asyncio.run(by_model_alone(sample, settings, Recorded(made))) for sample in TWO]
    return [outcome.report for outcome in outcomes if isinstance(outcome, Reported)]


def test_the_model_alone_is_shown_no_guesses(tmp_path: Path) -> None:
    """It sees the marked text, and neither the rules' readings nor that there are any."""
    server = Taciturn()
    reports = alone(tmp_path, server)
    assert server.shown
    assert all("猜测" not in words and "⟦" in words for words in server.shown)
    assert {fact.indicator for report in reports for fact in report.facts} == {Indicator.OTHER}


def test_of_what_the_model_alone_leaves_out_there_is_no_fact(tmp_path: Path) -> None:
    """Rules fill nothing in."""
    assert [report.facts for report in alone(tmp_path, Taciturn(silent=True))] == [(), ()]


def test_one_set_leaves_the_recordings_of_another(tmp_path: Path) -> None:
    """What was not asked for this time is removed where everything was asked, and only there."""
    recorded(tmp_path, Parrot())
    before = {path.name for path in tmp_path.rglob("*.json")}
    other = Recordings("m", tmp_path)
    assert (other.finish(prune=False), {path.name for path in tmp_path.rglob("*.json")}) == (0, before)
    assert other.finish() == len(before)


def test_the_unseen_set_is_of_untouched_samples() -> None:
    """What a model adds is measured where no rule was made to fit."""
    assert all(sample.gold.untouched for sample in fixed_set("unseen"))


def test_the_fixed_set_is_eight_short_samples() -> None:
    """Each ends with a sentence, has figures, and the rules know it."""
    assert len(SAMPLES) == 8
    for sample in SAMPLES:
        assert sample.text is not None
        assert sample.text.endswith("。")
        assert 4 <= len(sample.gold.facts) <= 12
        assert not sample.gold.untouched


@pytest.mark.parametrize("model", list(store.recorded_models()))
def test_recorded_models_bring_no_figure_of_their_own(model: str) -> None:
    """On the whole set: every article is reported, every figure stands in its text, every section has a reader."""
    reports = replayed(Path(recordings.__file__).parent, SAMPLES, model)
    assert len(reports) == len(SAMPLES)
    for sample, report in zip(SAMPLES, reports, strict=True):
        assert sample.text is not None
        assert all(sample.text[slice(*fact.span)] == fact.mention for fact in report.facts)
        assert report.coverage.unread == 0
        left = {fact.section for fact in report.facts if fact.read_by is ReaderName.RULES}
        assert left <= set(report.provenance.degraded)
