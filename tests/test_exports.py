"""What a run writes opens in the tools that people use."""

import csv
import json
from decimal import Decimal
from pathlib import Path, PurePosixPath

import pytest

from schemas.outcome import Reported, Skipped
from schemas.report import CountyReport, Document
from summarizer.columns import FACTS
from summarizer.exports import Output, cell, write_atomically


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        *((text, "'" + text) for text in ("=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "＠SUM(A1)")),
        *((blank + "=1", f"'{blank}'=1") for blank in "\t\r\n"),
        ("a;=1", "a;'=1"),
        ('a; "=1', "a; \"'=1"),
        ("a\n-1", "a\n'-1"),
    ],
)
def test_text_never_becomes_a_formula(text: str, shown: str) -> None:
    """A cell that a spreadsheet would run is shown as text, whatever it separates cells by."""
    assert cell(text) == shown


@pytest.mark.parametrize("text", ["2018-12", "2016/2020", "a=1", "占5-6%；-", "a; b", ""])
def test_other_text_is_left_alone(text: str) -> None:
    """Signs inside a text are no formula."""
    assert cell(text) == text


def test_numbers_stay_numbers() -> None:
    """A value is written plainly, without exponent or quotes."""
    assert cell(Decimal("1E+10")) == "10000000000"


def test_facts_are_a_table_that_excel_opens(tmp_path: Path, report: CountyReport) -> None:
    """facts.csv has a BOM, a header, and a row per fact with its span."""
    with Output(tmp_path) as output:
        output.add("a.txt", PurePosixPath("reports/a.txt.json"), Reported(report=report))
    data = (tmp_path / "facts.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert list(rows[0]) == [column.name for column in FACTS.columns]
    assert (rows[0]["value"], rows[0]["county"], rows[0]["start"], rows[0]["end"]) == ("6487", "古县", "0", "5")


def test_report_file_is_the_report(tmp_path: Path, report: CountyReport) -> None:
    """The file that `outcomes.jsonl` names holds the report."""
    with Output(tmp_path) as output:
        output.add("a.txt", PurePosixPath("reports/a.txt.json"), Reported(report=report))
    line = json.loads((tmp_path / "outcomes.jsonl").read_text("utf-8"))
    assert CountyReport.model_validate_json((tmp_path / line["report"]).read_bytes()) == report


def test_tables_hold_what_was_done_when_a_run_breaks_off(tmp_path: Path) -> None:
    """Ctrl-C loses nothing that was read."""
    skipped = Skipped(reason="empty", text="没有文字", document=Document(path="a.txt"))

    def interrupted() -> None:
        with Output(tmp_path) as output:
            output.add("a.txt", PurePosixPath("reports/a.txt.json"), skipped)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert json.loads((tmp_path / "outcomes.jsonl").read_text("utf-8"))["reason"] == "empty"


def test_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """What cannot be encoded leaves the old file as it was."""
    target = tmp_path / "a.json"
    write_atomically(target, "old")
    with pytest.raises(UnicodeEncodeError):
        write_atomically(target, "new\ud800")
    assert target.read_text() == "old"
