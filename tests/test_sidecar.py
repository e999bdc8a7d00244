"""The sidecar: what the user knows of each article, by file name."""

import json
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from summarizer import sidecar
from summarizer.cli import app
from summarizer.errors import SettingsError
from summarizer.inputs import Input, Selection, walk
from tests.conftest import ROOT

ARTICLE = (ROOT / "evals/samples/articles/clean-simplified-workreport.txt").read_bytes()

# click's runner leaves its in-memory streams to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three articles, two of one name, no two of the same content."""
    for name in ("a.txt", "2016/a.txt", "2016/b.txt"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_bytes(ARTICLE + name.encode())
    return tmp_path / "in"


def _load(folder: Path, text: str, encoding: str = "utf-8") -> tuple[sidecar.Row, ...]:
    path = folder.parent / "known.csv"
    path.write_bytes(text.encode(encoding))
    return sidecar.load(path)


def _known(folder: Path, text: str) -> dict[str, tuple[str | None, int | None]]:
    inputs, _ = sidecar.apply(_load(folder, text), lambda: walk(Selection((str(folder),))))
    return {PurePosixPath(i.path or "").relative_to(folder).as_posix(): (i.subject, i.year) for i in inputs()}


@pytest.mark.parametrize(
    ("file", "means"),
    [
        ("a.txt", "a.txt"),
        ("./a.txt", "a.txt"),
        ("2016/a.txt", "2016/a.txt"),
        (r"2016\a.txt", "2016/a.txt"),
        ("in/2016/a.txt", "2016/a.txt"),
        ("b.txt", "2016/b.txt"),
    ],
)
def test_a_row_means_the_nearest_file_of_its_name(file: str, means: str, folder: Path) -> None:
    """A path below the folder, the end of one, or the name alone where one file has it."""
    known = _known(folder, f"file,subject,year\n{file},灵丘县,2016\n")
    assert {name for name, given in known.items() if given == ("灵丘县", 2016)} == {means}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings_and_chinese_headers(encoding: str, folder: Path) -> None:
    """Excel writes a BOM or GB18030, and people write Chinese headers, 年 and empty lines."""
    rows = _load(folder, "年份,文件,县\r\n2018年,甲.txt,古县\r\n,,\r\n,乙.txt,\r\n", encoding)
    assert [(r.file, r.subject, r.year) for r in rows] == [("甲.txt", "古县", 2018), ("乙.txt", None, None)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("file,colour\na.txt,red\n", "no column “colour”"),
        ("subject,year\n古县,2018\n", "no column is file"),
        ("file,文件\na.txt,a.txt\n", "two columns are file"),
        ("", "no column is file"),
        ("file,year\na.txt,20018\n", "line 2: “20018” is not a year"),
        ("file,year\na.txt,2018\nb.txt,去年\n", "line 3: “去年” is not a year"),
        ("file,subject\na.txt,鼓楼区\n", "line 2: “鼓楼区” may be "),
        ("file,subject\n,古县\n", "line 2: no file is named"),
        ("file,subject\na.txt,古县,2018\n", "line 2: 3 cells under 2 columns"),
        ("PK\x03\x04", "not a CSV"),
        ("f\0i\0l\0e\0", "not a CSV"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, says: str, folder: Path) -> None:
    """A bad sidecar is refused before anything is read."""
    with pytest.raises(SettingsError, match=says) as error:
        _load(folder, text)
    assert error.value.hint


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("a.txt,2016\na.txt,2017\n", "lines 2 and 3 both mean"),
        ("b.txt,2016\n2016/b.txt,2017\n", "lines 2 and 3 both mean"),
        ("c.txt,2017\n", "2 files are called c.txt"),
    ],
    ids=["the same name twice", "a name and a path", "a name that two files bear"],
)
def test_one_row_for_one_file(rows: str, says: str, folder: Path) -> None:
    """Two rows for one file contradict each other, and a name of two files decides nothing."""
    for place in ("2016", "2017"):
        (folder / place).mkdir(exist_ok=True)
        (folder / place / "c.txt").write_bytes(ARTICLE)
    with pytest.raises(SettingsError, match=says):
        _known(folder, f"file,year\n{rows}")


def test_a_homonym_with_its_parent_is_clear(folder: Path) -> None:
    """What the error asks for is taken."""
    assert _known(folder, "file,subject\na.txt,福建省福州市鼓楼区\n")["a.txt"] == ("福建省福州市鼓楼区", None)


@given(st.lists(st.sampled_from(["a.txt", "x/a.txt", "x/y/b.txt", "z/b.txt"]), unique=True))
def test_paths_from_the_folder_each_find_their_file(files: list[str]) -> None:
    """A sidecar that names every file by its path below the folder gives each its own row, and leaves none over."""
    inputs = [Input(Path("/root") / name, PurePosixPath("reports") / f"{name}.json") for name in files]
    rows = [sidecar.Row(n, name, None, 2000 + n) for n, name in enumerate(files)]
    known, unmatched = sidecar.apply(rows, lambda: inputs)
    assert [i.year for i in known()] == [row.year for row in rows]
    assert unmatched == []


def _run(*arguments: str | Path) -> Result:
    # Wide, so that no name in a table is broken where the folder's path is long.
    return CliRunner(env={"COLUMNS": "400"}).invoke(app, [str(a) for a in arguments], catch_exceptions=False)


def test_what_a_row_gives_is_recorded_as_given(folder: Path) -> None:
    """The row beats the text and the options; other files are read without it; rows that match nothing are named."""
    path = folder.parent / "known.csv"
    path.write_text("文件,县,年份\n2016/b.txt,兰州市城关区,2011\nlost.txt,古县,\n", "utf-8")
    out = folder.parent / "out"
    done = _run("run", folder, "--reader", "rules", "--year", "2012", "--sidecar", path, "--out", out)
    assert done.exit_code == 0
    assert "sidecar line 3: no article is lost.txt" in done.stderr
    given, other = (json.loads((out / "reports" / f"{n}.json").read_text("utf-8")) for n in ("2016/b.txt", "a.txt"))
    subject, document = given["subject"], given["document"]
    assert (subject["name"], subject["adcode"], subject["basis"]) == ("城关区", "620102", "given")
    assert (document["reference_year"], document["reference_year_basis"]) == (2011, "given")
    assert (other["subject"]["basis"], other["document"]["reference_year"]) == ("stated", 2012)


def test_check_takes_a_sidecar_and_refuses_a_bad_one(folder: Path) -> None:
    """The same file, the same errors."""
    path = folder.parent / "known.csv"
    path.write_text("file,subject\n2016/b.txt,灵丘县\n", "utf-8")
    done = _run("check", folder, "--sidecar", path)
    assert (done.exit_code, done.stdout.count("灵丘县")) == (0, 1)
    path.write_text("file,subject\nb.txt,鼓楼区\n", "utf-8")
    for command in ("check", "run"):
        done = _run(command, folder, "--sidecar", path)
        assert done.exit_code == 2
        assert "hint:" in done.stderr
    assert _run("check", folder, "--sidecar", folder / "missing.csv").exit_code == 2
