"""The ledger: each input has one outcome, each content is read once, and what is damaged says so."""

import sqlite3
import subprocess
import sys
from decimal import Decimal
from pathlib import Path, PurePosixPath

import pytest

from schemas.outcome import Failed, Outcome, Reported, Skipped
from schemas.report import CountyReport, Document, Tokens
from schemas.vocabulary import FailureKind, SkipReason
from summarizer.errors import LedgerError
from summarizer.ledger import FILE, Fate, Ledger, Met, Writer, path_of, place_of

BUDGET = Failed(error=FailureKind.BUDGET, message="no", hint="more", retryable=True, document=Document(path="a.txt"))


def met(name: str, content: str | None = "aa", fingerprint: str = "f", folder: Path = Path("/articles")) -> Met:
    """An input below a folder."""
    return Met(place_of(folder / name), name, PurePosixPath("reports", f"{name}.json"), content, fingerprint)


def body(outcome: Outcome) -> str:
    """An outcome as the ledger keeps it."""
    return outcome.report.model_dump_json(indent=1) if isinstance(outcome, Reported) else outcome.model_dump_json()


def read(ledger: Writer, item: Met, outcome: Outcome) -> Fate:
    """Claim an input, and put its reading where it is to be read."""
    claim = ledger.claim(item)
    if claim.fate is Fate.READ:
        ledger.put(item, outcome, body(outcome))
    return claim.fate


@pytest.fixture
def reported(report: CountyReport) -> Reported:
    """The outcome of an article that was read."""
    return Reported(report=report)


def test_what_was_put_comes_back(tmp_path: Path, reported: Reported) -> None:
    """Reports, skips and failures are the same objects after a round trip."""
    skipped = Skipped(reason=SkipReason.EMPTY, text="nothing", document=Document(path="b.txt"))
    with Writer.begin(tmp_path, {"model": "m"}, {}) as ledger:
        read(ledger, met("a.txt"), reported)
        read(ledger, met("b.txt", "bb"), skipped)
        ledger.settle(ledger.claim(met("c.txt", None)).id, BUDGET)
    with Ledger.open(tmp_path) as found:
        assert [row.outcome for row in found.outcomes()] == [reported, skipped, BUDGET]
        assert [row.outcome for row in found.readings()] == [reported, skipped]
        assert [str(row.report) for row in found.outcomes()] == ["reports/a.txt.json", "None", "None"]
        assert found.kinds() == {"reported": 1, "empty": 1, "budget": 1}


def test_next_run_keeps_what_was_read(tmp_path: Path, reported: Reported) -> None:
    """The same content with the same fingerprint is kept; with another, or when asked for, it is read again."""
    fates = []
    for fingerprint in ("f", "f", "g"):
        with Writer.begin(tmp_path, {}, {}) as ledger:
            fates.append(read(ledger, met("a.txt", fingerprint=fingerprint), reported))
    with Writer.begin(tmp_path, {}, {}) as ledger:
        fates.append(ledger.claim(met("a.txt", fingerprint="g"), again=True).fate)
    assert fates == [Fate.READ, Fate.KEPT, Fate.READ, Fate.READ]


def test_same_content_is_read_once_and_the_second_is_named(tmp_path: Path, reported: Reported) -> None:
    """A duplicate says of what, also where the first is still being read."""
    with Writer.begin(tmp_path, {}, {}) as ledger:
        assert ledger.claim(met("a.txt")).fate is Fate.READ
        claim = ledger.claim(met("b.txt"))
        assert (claim.fate, claim.first) == (Fate.DUPLICATE, "a.txt")
        ledger.put(met("a.txt"), reported, body(reported))
    with Ledger.open(tmp_path) as found:
        assert [row.duplicate_of for row in found.inputs()] == [None, "a.txt"]
        duplicate = list(found.outcomes())[1].outcome
    assert isinstance(duplicate, Skipped)
    assert (duplicate.reason, duplicate.text) == ("duplicate", "the same content as a.txt")


def test_path_is_met_once_in_a_run(tmp_path: Path) -> None:
    """A file that two arguments name has one row and one outcome."""
    with Writer.begin(tmp_path, {}, {}) as ledger:
        assert [ledger.claim(met("a.txt")).fate for _ in range(2)] == [Fate.READ, Fate.SEEN]


def test_folder_that_moved_is_not_read_again(tmp_path: Path, reported: Reported) -> None:
    """A file that is gone, and whose content lies elsewhere, has moved: no duplicate, and no second row."""
    with Writer.begin(tmp_path, {}, {}) as ledger:
        read(ledger, met("a.txt", folder=tmp_path / "gone"), reported)
    with Writer.begin(tmp_path, {}, {}) as ledger:
        assert read(ledger, met("a.txt", folder=tmp_path / "here"), reported) is Fate.KEPT
        assert [row.name for row in ledger.inputs()] == ["a.txt"]


def test_two_inputs_never_share_a_report(tmp_path: Path) -> None:
    """Two folders hold the same name, and a file system may not tell `A.txt` from `a.txt`."""
    with Writer.begin(tmp_path, {}, {}) as ledger:
        items = [met("a.txt", "1"), met("A.txt", "2"), met("a.txt", "3", folder=Path("/other"))]
        reports = [str(ledger.claim(item).report).lower() for item in items]
    assert len(set(reports)) == 3


def test_input_begun_and_not_finished_is_pending(tmp_path: Path, reported: Reported) -> None:
    """It has no outcome, and the next run reads it."""
    with Writer.begin(tmp_path, {}, {}) as ledger:
        ledger.claim(met("a.txt"))
    with Ledger.open(tmp_path) as found:
        assert [row.outcome for row in found.outcomes()] == [None]
        assert found.kinds() == {"pending": 1}
    with Writer.begin(tmp_path, {}, {}) as ledger:
        assert read(ledger, met("a.txt"), reported) is Fate.READ


def test_responses_are_kept_with_what_they_cost(tmp_path: Path) -> None:
    """Each response has its tokens and its price, exact."""
    with Writer.begin(tmp_path, {}, {}) as ledger:
        ledger.paid("aa", "key", Tokens(input=10, cached=4, output=5), Decimal("0.000020"))
        ledger.paid(None, "key", Tokens(), None)
    with Ledger.open(tmp_path) as found:
        first, second = found.responses()
    assert (first.content, first.tokens.cached, first.cost) == ("aa", 4, Decimal("0.000020"))
    assert (second.content, second.cost) == (None, None)


@pytest.mark.parametrize(("path", "row"), [(None, None), (Path("/a\nb\udcff.txt"), None), (Path("/t.csv"), 12)])
def test_place_is_opened_again(path: Path | None, row: int | None) -> None:
    """Any name of a file, line breaks and broken bytes too, and a row of a table."""
    assert path_of(place_of(path, row)) == (path, row)


def test_run_that_was_killed_shows(tmp_path: Path) -> None:
    """It has a beginning and no end."""
    with Writer.begin(tmp_path, {"model": "m"}, {}):
        pass
    with Writer.begin(tmp_path, {}, {}) as ledger:
        ledger.finish(0)
        assert [(run.exit_code, run.finished is None) for run in ledger.runs()] == [(None, True), (0, False)]


def test_two_runs_at_once_are_refused(tmp_path: Path) -> None:
    """The second one is told which process writes; reading is free all the time."""
    with Writer.begin(tmp_path, {}, {}) as ledger:
        code = (
            "import sys; from pathlib import Path\n"
            "from summarizer import errors; from summarizer.ledger import Writer\n"
            "try:\n    Writer.begin(Path(sys.argv[1]), {}, {}).__enter__()\n"
            "except errors.LedgerError as error: print(error)"
        )
        said = subprocess.run([sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=True)
        assert "another run is writing" in said.stdout
        assert "process" in said.stdout
        with Ledger.open(tmp_path) as found:
            assert list(found.outcomes()) == []
        ledger.claim(met("a.txt"))


def test_no_ledger_is_an_error_that_says_so(tmp_path: Path) -> None:
    """Nothing is made by looking."""
    with pytest.raises(LedgerError, match="there is no"):
        Ledger.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_newer_ledger_is_refused(tmp_path: Path) -> None:
    """What a later version wrote is not misread."""
    with Writer.begin(tmp_path, {}, {}):
        pass
    with sqlite3.connect(tmp_path / FILE) as changed:
        changed.execute("PRAGMA user_version=99")
    changed.close()
    with pytest.raises(LedgerError, match="newer") as refused:
        Ledger.open(tmp_path)
    assert "install" in refused.value.hint


@pytest.mark.parametrize("damage", ["no database", "another program's", "a page in the middle"])
def test_damaged_ledger_is_an_error_with_a_way_out(damage: str, tmp_path: Path, reported: Reported) -> None:
    """It is never begun anew over what it holds."""
    with Writer.begin(tmp_path, {}, {}) as ledger:
        for number in range(50):
            read(ledger, met(f"{number}.txt", str(number)), reported)
    path = tmp_path / FILE
    data = bytearray(path.read_bytes())
    if damage == "no database":
        data[:100] = b"x" * 100
    elif damage == "a page in the middle":
        data[12 * 4096 :] = b"\xff" * (len(data) - 12 * 4096)
    path.write_bytes(data)
    if damage == "another program's":
        with sqlite3.connect(path) as changed:
            changed.execute("PRAGMA application_id=1")
        changed.close()

    def look() -> None:
        with Ledger.open(tmp_path) as found:
            list(found.outcomes())

    before = path.read_bytes()
    with pytest.raises(LedgerError) as refused:
        look()
    assert refused.value.hint
    assert path.read_bytes() == before
