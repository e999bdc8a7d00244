"""What is exported opens in the tools that people use, with the numbers and the words of the reports."""

import csv
import io
import json
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import duckdb
import openpyxl
import pyarrow.parquet
import pytest
from typer.testing import CliRunner, Result

from evals.many import articles
from schemas.outcome import Failed, Reported
from schemas.report import CountyReport, Document
from schemas.vocabulary import FailureKind
from summarizer.cli import app
from summarizer.columns import FACTS, OUTCOMES, TABLES, Entry
from summarizer.errors import ExportError
from summarizer.export import csv_file, xlsx
from summarizer.export.formats import Source, as_double
from summarizer.export.label_studio import KINDS, LISTS, configuration
from summarizer.ledger import Ledger

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1", "<r>=1</r>", "http://a.test", "_x0041_", "a\x01b", "a;=1")


def run(*arguments: str | Path) -> Result:
    """Run `summarizer` in this process."""
    return CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that a run over three articles, a copy and an empty file wrote."""
    folder = tmp_path_factory.mktemp("run")
    articles(folder / "in", 3)
    (folder / "in/copy.txt").write_bytes((folder / "in/000/000001.txt").read_bytes())
    (folder / "in/empty.txt").write_bytes(b"")
    assert run("run", folder / "in", "--reader", "rules", "--out", folder / "out", "-q").exit_code == 0
    return folder / "out"


@pytest.fixture
def reports(out: Path) -> list[CountyReport]:
    """The reports of that run."""
    with Ledger.open(out) as ledger:
        return [row.outcome.report for row in ledger.outcomes() if isinstance(row.outcome, Reported)]


Rows = list[dict[str, Any]]


def _csv(path: Path) -> Rows:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def _jsonl(path: Path) -> Rows:
    return [json.loads(line, parse_float=Decimal) for line in path.read_text("utf-8").splitlines()]


def _xlsx(path: Path) -> Rows:
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    header, *rows = sheet.values
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def _parquet(path: Path) -> Rows:
    return list(pyarrow.parquet.read_table(path).to_pylist())


def _duckdb(path: Path) -> Rows:
    with duckdb.connect(str(path), read_only=True) as database:
        found = database.execute("SELECT * FROM facts")
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


READ: dict[str, Callable[[Path], Rows]] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "xlsx": _xlsx,
    "parquet": _parquet,
    "duckdb": _duckdb,
}


@pytest.mark.parametrize("format", READ)
def test_facts_come_out_as_they_are(out: Path, reports: list[CountyReport], tmp_path: Path, format: str) -> None:
    """Every fact is a row with its exact value, its words and its place in the article."""
    target = tmp_path / f"facts.{format}"
    assert run("export", out, "--format", format, "--what", "facts", "--to", target).exit_code == 0
    facts = [(report, fact) for report in reports for fact in report.facts]
    rows = READ[format](target)
    assert len(rows) == len(facts) > 15
    for row, (report, fact) in zip(rows, facts, strict=True):
        value = row["value"] if row["value"] not in ("", None) else "nothing"
        assert str(fact.value) == "nothing" if fact.value is None else Decimal(str(value)) == fact.value
        words = tuple(row[c] or None for c in ("path", "county", "label", "unit", "indicator", "mention"))
        of_fact = (fact.label, fact.unit, fact.indicator, fact.mention)
        assert words == (report.document.path, report.subject.name, *of_fact)
        assert (int(row["start"]), int(row["end"])) == fact.span
        assert (row["period"] or None) == fact.period


@pytest.mark.parametrize("format", ["jsonl", "xlsx", "parquet", "duckdb"])
def test_numbers_are_numbers(out: Path, tmp_path: Path, format: str) -> None:
    """A value can be computed with, and a code that looks like a number is text."""
    target = tmp_path / f"facts.{format}"
    run("export", out, "--format", format, "--what", "facts", "--to", target)
    for row in READ[format](target):
        assert isinstance(row["value"], int | float | Decimal)
        assert isinstance(row["start"], int)
        assert row["period"] is None or isinstance(row["period"], str)


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_complete(out: Path, reports: list[CountyReport], name: str) -> None:
    """Each table has the rows that the reports and the inputs add up to, all with a cell for each column."""
    counts = {
        "reports": len(reports),
        "facts": sum(len(r.facts) for r in reports),
        "figures": sum(len(ids) for r in reports for ids in r.figures.values()),
        "checks": sum(len(r.checks) for r in reports),
        "outcomes": 5,
    }
    with Ledger.open(out) as ledger:
        rows = list(Source(ledger).rows(TABLES[name]))
    assert len(rows) == counts[name]
    assert {len(row) for row in rows} <= {len(TABLES[name].columns)}


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda t: t.name)
@pytest.mark.parametrize("language", ["name", "zh"])
def test_columns_have_names_of_their_own(table: Any, language: str) -> None:
    """No two columns of a table are called alike, in either language."""
    names = [getattr(column, language) for column in table.columns]
    assert all(names)
    assert len(set(names)) == len(names)


def test_reports_are_whole_as_json_lines(out: Path, reports: list[CountyReport]) -> None:
    """A line is a report, with all that the report's own file holds."""
    assert run("export", out, "--format", "jsonl", "--what", "reports").exit_code == 0
    lines = (out / "exports/reports.jsonl").read_text("utf-8").splitlines()
    assert [CountyReport.model_validate_json(line) for line in lines] == reports


def test_all_tables_go_into_one_workbook(out: Path, tmp_path: Path) -> None:
    """A workbook has a sheet for each table, with Chinese names where they are asked for."""
    assert run("export", out, "--format", "xlsx", "--headers", "zh", "--to", tmp_path / "a.xlsx").exit_code == 0
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == [table.zh for table in TABLES.values()]
    header = next(book["事实"].values)
    assert header == tuple(column.zh for column in FACTS.columns)


def test_a_duplicate_is_an_outcome(out: Path) -> None:
    """A copy and an empty file are rows of the outcomes with their reason."""
    assert run("export", out, "--format", "csv", "--what", "outcomes").exit_code == 0
    found = sorted((row["outcome"], row["reason"]) for row in _csv(out / "exports/outcomes.csv"))
    assert found == [("reported", "")] * 3 + [("skipped", "duplicate"), ("skipped", "empty")]


class Fixed(Source):
    """A source of outcomes of the test's own."""

    def __init__(self, *messages: str) -> None:
        super().__init__(ledger=None)  # type: ignore[arg-type]
        object.__setattr__(self, "messages", messages)

    messages: tuple[str, ...]

    def entries(self) -> Iterator[Entry]:
        for text in self.messages:
            document = Document(path="a.txt")
            yield Entry(
                text,
                None,
                Failed(error=FailureKind.UNREADABLE, message=text, hint="", retryable=False, document=document),
            )


@pytest.mark.parametrize("text", FORMULAS)
def test_workbook_holds_text_as_text(tmp_path: Path, text: str) -> None:
    """Nothing becomes a formula, a link or markup, and every character is there."""
    xlsx.write(tmp_path / "a.xlsx", [OUTCOMES], Fixed(text))
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    cell = sheet["A2"]
    assert (cell.data_type, cell.hyperlink) == ("s", None)
    assert _unescaped(str(cell.value)) == text


def _unescaped(text: str) -> str:
    """As Excel reads it: openpyxl leaves the escapes of the format in place."""
    return openpyxl.utils.escape.unescape(text)


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_holds_no_formula(tmp_path: Path, text: str) -> None:
    """In CSV no cell begins as a formula, also where semicolons separate cells."""
    csv_file.write(tmp_path / "a.csv", OUTCOMES, Fixed(text))
    data = (tmp_path / "a.csv").read_bytes().decode("utf-8-sig")
    for delimiter in ",;":
        for row in csv.reader(io.StringIO(data, newline=""), delimiter=delimiter):
            assert not any(cell.startswith(("=", "+", "-", "@", "\t", "＝")) for cell in row)


def test_long_table_goes_on_in_further_sheets(tmp_path: Path) -> None:
    """A sheet that is full is followed by another with the same header, and that is said."""
    notes = xlsx.write(tmp_path / "a.xlsx", [OUTCOMES], Fixed(*"abcde"), rows=3)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["outcomes", "outcomes (2)", "outcomes (3)"]
    assert [[row[0] for row in sheet.values] for sheet in book] == [
        ["path", "a", "b"],
        ["path", "c", "d"],
        ["path", "e"],
    ]
    assert "3 sheets" in notes[0]


def test_full_sheet_is_not_followed_by_an_empty_one(tmp_path: Path) -> None:
    """A table that just fits has one sheet."""
    assert xlsx.write(tmp_path / "a.xlsx", [OUTCOMES], Fixed(*"ab"), rows=3) == []
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames == ["outcomes"]


def test_text_longer_than_a_cell_is_refused(tmp_path: Path) -> None:
    """Excel would cut it; characters beyond the basic plane count twice."""
    xlsx.write(tmp_path / "a.xlsx", [OUTCOMES], Fixed("县" * 32_767))
    with pytest.raises(ExportError, match="a cell takes 32,767"):
        xlsx.write(tmp_path / "b.xlsx", [OUTCOMES], Fixed("𠀀" * 16_384))


def test_number_that_a_double_does_not_keep_is_refused() -> None:
    """Fifteen digits are kept; what is not kept is an error, not another number."""
    assert as_double(Decimal("999999999999.999")) == 999999999999.999
    with pytest.raises(ExportError, match="more digits"):
        as_double(Decimal("12345678901234567.1"))


@pytest.mark.parametrize(("format", "package"), [("xlsx", "xlsxwriter"), ("parquet", "pyarrow"), ("duckdb", "duckdb")])
def test_missing_package_is_named(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format: str, package: str
) -> None:
    """Without its package a format says what to install, and leaves no file."""
    for name in [n for n in sys.modules if n.split(".")[0] == package]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    result = run("export", out, "--format", format, "--to", tmp_path / "a", "--what", "facts")
    assert result.exit_code == 2
    assert "summarizer[export]" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_wrong_use_is_said(out: Path, tmp_path: Path) -> None:
    """A folder without a ledger, and several tables into one file, are refused."""
    assert "no " in run("export", tmp_path, "--format", "csv").stderr
    result = run("export", out, "--format", "csv", "--to", tmp_path / "a.csv")
    assert (result.exit_code, "one table" in result.stderr) == (2, True)
    assert "no table" in run("export", out, "--format", "label-studio", "--what", "facts").stderr


def test_what_was_not_finished_is_named(out: Path, tmp_path: Path) -> None:
    """An input without an outcome is in no table, and that is said."""
    shutil.copy(out / "ledger.sqlite", tmp_path)
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as ledger:
        ledger.execute("DELETE FROM readings WHERE rowid = 1")
        ledger.commit()
    result = run("export", tmp_path, "--format", "csv")
    assert "left out: 1 inputs" in result.stderr
    assert len(_csv(tmp_path / "exports/outcomes.csv")) == 4


def test_tasks_of_label_studio_open_the_text(out: Path, reports: list[CountyReport]) -> None:
    """Each report is a task whose regions hold the words that they mark, described with the fact's codes."""
    assert run("export", out, "--format", "label-studio").exit_code == 0
    tasks = json.loads((out / "exports/tasks.json").read_text("utf-8"))
    assert len(tasks) == len(reports)
    for task, report in zip(tasks, reports, strict=True):
        text, found = task["data"]["text"], task["predictions"][0]["result"]
        marked = [r["value"] for r in found if r["type"] == "labels"]
        assert all(text[v["start"] : v["end"]] == v["text"] for v in marked)
        topics = {r["id"]: r["value"]["choices"] for r in found if r["from_name"] == "topic"}
        assert topics == {f"fact-{fact.id}": [fact.topic.value] for fact in report.facts}
    assert (out / "exports/label-config.xml").read_text("utf-8") == configuration()


def test_article_that_is_gone_is_left_out(tmp_path: Path) -> None:
    """Without its text a report is no task; how many were left out is said, and --articles finds them again."""
    articles(tmp_path / "in", 2)
    run("run", tmp_path / "in", "--reader", "rules", "--out", tmp_path / "out", "-q")
    (tmp_path / "in").rename(tmp_path / "moved")
    result = run("export", tmp_path / "out", "--format", "label-studio")
    assert "0 tasks" in result.stderr
    assert "2 articles are left out" in result.stderr
    assert (
        "2 tasks"
        in run("export", tmp_path / "out", "--format", "label-studio", "--articles", tmp_path / "moved").stderr
    )


def test_configuration_names_every_code() -> None:
    """Every field of a region has a control, and every code a choice with its Chinese name."""
    view = Xml.fromstring(configuration())
    for field, (_title, codes) in LISTS.items():
        choices = view.findall(f".//Choices[@name='{field}']/Choice")
        assert [(c.get("alias"), c.get("value")) for c in choices] == [(code.value, code.zh) for code in codes]
    assert [label.get("alias") for label in view.iter("Label")] == list(KINDS)
