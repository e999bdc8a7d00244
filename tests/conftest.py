"""Shared fixtures: where the real articles are, and one small report to build on."""

import os
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import settings

from schemas.report import (
    CountyReport,
    Coverage,
    Document,
    Fact,
    Fingerprints,
    Provenance,
    Section,
    Subject,
)

# Machines are shared and noisy: a slow run is no failure. Runs are repeatable, so that a red one can be looked into.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")

ROOT = Path(__file__).resolve().parent.parent

ENDLESS = 60.0
"""Seconds of processor time in which work of a second or less counts as not coming to its end, on any machine."""


def processor_seconds(work: Callable[[], object]) -> float:
    """Processor time that something takes: what else the machine does is not in it."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


@pytest.fixture(autouse=True)
def own_settings_only(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No setting of the developer's shell, `.env` or `summarizer.toml` reaches a test."""
    for name in list(os.environ):
        if name == "OPENAI_API_KEY" or (name.startswith("SUMMARIZER_") and name != "SUMMARIZER_SHARED"):
            monkeypatch.delenv(name)
    # Nor does an answer that was kept of an earlier run, or of another test.
    monkeypatch.setenv("SUMMARIZER_CACHE", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.chdir(tmp_path_factory.mktemp("cwd"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the five real articles and their labels; tests that need it are skipped without it."""
    folder = Path(os.environ.get("SUMMARIZER_SHARED", ROOT.parent / "shared"))
    if not (folder / "articles").is_dir():
        pytest.skip(f"no real articles in {folder}: set SUMMARIZER_SHARED to the folder that holds articles/ and gold/")
    return folder


@pytest.fixture
def fact() -> Fact:
    """A fact whose mention is the first five characters of a text."""
    return Fact(
        id=1,
        span=(0, 5),
        number_at=0,
        mention="6487户",
        value=Decimal(6487),
        unit="household",
        label="建档立卡户",
        topic="identification",
        indicator="registered_households",
        status="achieved",
        section=0,
        read_by="rules",
    )


@pytest.fixture
def report(fact: Fact) -> CountyReport:
    """The smallest report with a fact."""
    return CountyReport(
        document=Document(path="a.txt", sha256="0" * 64, encoding="utf-8", n_chars=40),
        subject=Subject(
            name="古县", level="county", province="山西省", prefecture="临汾市", adcode="141025", basis="stated"
        ),
        sections=(Section(heading=None, topic="identification", span=(0, 40)),),
        facts=(fact,),
        figures={"registered_households": (1,)},
        headline="古县",
        summary="",
        coverage=Coverage(total=1, facts=1, damaged=0, unread=0, verdict="1 个数字：1 条事实，0 个非指标"),
        provenance=Provenance(
            reader="rules", package_version="0", fingerprints=Fingerprints(prompt=None, schema="a", rules="b")
        ),
    )
