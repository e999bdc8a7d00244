"""Articles in tables: one a row, and a row that is none stops nothing."""

from pathlib import Path

import pytest

from summarizer.errors import TableError
from summarizer.inputs import Selection, walk
from summarizer.tables import Cell, cells

ROWS = '{"id": 1, "text": "一县\\n两行"}\n\nnot json\n{"text": 3}\n[1]\n{"text": "二县"}\n'


def test_rows_of_jsonl_are_articles(tmp_path: Path) -> None:
    """Empty lines are no rows; a line that is no JSON, or has no text, is a problem of its own."""
    path = tmp_path / "a.jsonl"
    path.write_text(ROWS, "utf-8")
    found = list(cells(path, "text"))
    assert [cell.text for cell in found] == ["一县\n两行", None, None, None, "二县"]
    assert [cell.row for cell in found] == [1, 2, 3, 4, 5]
    assert "not JSON" in str(found[1].problem)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_rows_of_csv_are_articles(encoding: str, tmp_path: Path) -> None:
    """As Excel writes it: with or without BOM, or GB18030, with line breaks inside of cells."""
    path = tmp_path / "a.csv"
    path.write_bytes('编号,正文\n1,"一县，\n两行"\n2\n3,二县\n'.encode(encoding))
    assert list(cells(path, "正文")) == [
        Cell(1, "一县，\n两行"),
        Cell(2, problem="no text in “正文”"),
        Cell(3, "二县"),
    ]


@pytest.mark.parametrize(("name", "content"), [("a.csv", "id,body\n1,x\n"), ("a.jsonl", '{"body": "x"}\n')])
def test_missing_column_is_an_error_that_says_which_option(name: str, content: str, tmp_path: Path) -> None:
    """Nothing is guessed."""
    (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(TableError) as refused:
        list(cells(tmp_path / name, "text"))
    assert "--text-column" in refused.value.hint


def test_each_row_is_an_input_with_its_own_report(tmp_path: Path) -> None:
    """Its name is the table's, and its row."""
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "一"}\n{"text": "二"}\n', "utf-8")
    found = list(walk(Selection((str(path),))))
    assert [item.name for item in found] == [f"{path}#1", f"{path}#2"]
    assert [str(item.report) for item in found] == [f"reports/a.jsonl/{n:06d}.json" for n in (1, 2)]
