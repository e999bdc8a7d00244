"""Which files a run takes, and what their reports are called."""

from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.inputs import report_path, walk


def _tree(root: Path, *names: str) -> None:
    for name in names:
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("文", "utf-8")


def test_folder_is_searched_for_articles(tmp_path: Path) -> None:
    """Articles and unsupported formats are taken, hidden and other files are not."""
    _tree(tmp_path, "b.txt", "a/c.HTML", "a/d.docx", ".hidden.txt", "e.py", ".git/f.txt")
    assert [str(i.report) for i in walk([str(tmp_path)])] == [
        "reports/a/c.HTML.json",
        "reports/a/d.docx.json",
        "reports/b.txt.json",
    ]


def test_named_file_is_taken_whatever_its_suffix(tmp_path: Path) -> None:
    """The user named it."""
    _tree(tmp_path, "article.data")
    assert [i.report for i in walk([str(tmp_path / "article.data")])] == [PurePosixPath("reports/article.data.json")]


def test_file_named_twice_is_read_once(tmp_path: Path) -> None:
    """A file and the folder that holds it are one article."""
    _tree(tmp_path, "a.txt")
    assert len(list(walk([str(tmp_path), str(tmp_path / "a.txt")]))) == 1


def test_same_name_in_two_folders_gives_two_reports(tmp_path: Path) -> None:
    """Two roots are told apart by their names, and by a hash where these agree too."""
    _tree(tmp_path, "x/in/a.txt", "y/in/a.txt")
    reports = [i.report for i in walk([str(tmp_path / "x/in"), str(tmp_path / "y/in")])]
    assert len(set(reports)) == 2


def test_missing_root_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    """A slip in one path does not leave half a run behind."""
    _tree(tmp_path, "a.txt")
    with pytest.raises(FileNotFoundError, match="missing"):
        next(walk([str(tmp_path), str(tmp_path / "missing")]))


def test_links_that_loop_end(tmp_path: Path) -> None:
    """A link to a folder is not followed."""
    _tree(tmp_path, "a.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert len(list(walk([str(tmp_path)]))) == 1


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("武山县.txt", "武山县.txt.json"),
        ("con.txt", "%con.txt.json"),
        ("a:b?.txt", "a%3Ab%3F.txt.json"),
        ("line\nbreak.txt", "line%0Abreak.txt.json"),
    ],
)
def test_report_names_are_names_on_every_system(name: str, expected: str) -> None:
    """Windows refuses some names that Linux takes."""
    assert report_path(PurePosixPath(name)).name == expected


@given(st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=300))
def test_report_names_fit_every_file_system(name: str) -> None:
    """No name is too long, reserved, or ends in a dot or a blank."""
    if name in {".", ".."}:
        return
    made = report_path(PurePosixPath(name)).name
    assert len(made.encode()) <= 255
    assert not set(made) & set('<>:"/\\|?*\n')
