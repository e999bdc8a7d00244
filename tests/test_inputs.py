"""Which files a run takes, and what their reports are called."""

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.inputs import Input, Selection, report_path, walk


def _walked(*roots: Path) -> list[Input]:
    return list(walk(Selection(tuple(map(str, roots)))))


def _tree(root: Path, *names: str) -> None:
    for name in names:
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("文", "utf-8")


def test_folder_is_searched_for_articles(tmp_path: Path) -> None:
    """Articles and unsupported formats are taken, hidden and other files are not."""
    _tree(tmp_path, "b.txt", "a/c.HTML", "a/d.docx", ".hidden.txt", "e.py", ".git/f.txt")
    assert [str(i.report) for i in walk(Selection((str(tmp_path),)))] == [
        "reports/a/c.HTML.json",
        "reports/a/d.docx.json",
        "reports/b.txt.json",
    ]


def test_page_of_a_run_is_no_article(tmp_path: Path) -> None:
    """An output folder may lie among the articles, or be their own; a page that no run wrote is an article."""
    _tree(tmp_path, "a.txt", "out/ledger.sqlite", "out/page.html", "out/page/001.html", "out/b.txt", "web/page.html")
    reports = ["reports/a.txt.json", "reports/out/b.txt.json", "reports/web/page.html.json"]
    assert [str(item.report) for item in _walked(tmp_path)] == reports
    assert len(_walked(tmp_path / "out")) == 1


def test_named_file_is_taken_whatever_its_suffix(tmp_path: Path) -> None:
    """The user named it."""
    _tree(tmp_path, "article.data")
    assert [i.report for i in walk(Selection((str(tmp_path / "article.data"),)))] == [
        PurePosixPath("reports/article.data.json")
    ]


def test_file_named_twice_is_read_once(tmp_path: Path) -> None:
    """A file and the folder that holds it are one article."""
    _tree(tmp_path, "a.txt")
    assert len(_walked(tmp_path, tmp_path / "a.txt")) == 1


def test_folder_inside_another_is_walked_once(tmp_path: Path) -> None:
    """Only what the outer folder leaves out, hidden files and other suffixes, is taken from the inner one."""
    _tree(tmp_path, "in/a.txt", "in/b.data", ".c.txt")
    assert len(_walked(tmp_path, tmp_path / "in", tmp_path / "in/b.data", tmp_path / ".c.txt")) == 3


def test_two_folders_are_told_apart_by_their_names(tmp_path: Path) -> None:
    """Each report lies in a folder of its root's name."""
    _tree(tmp_path, "x/a.txt", "y/a.txt")
    reports = [str(item.report) for item in _walked(tmp_path / "x", tmp_path / "y")]
    assert reports == ["reports/x/a.txt.json", "reports/y/a.txt.json"]


@pytest.mark.parametrize(
    ("include", "exclude", "taken"),
    [
        ((), (), ["2015/a.txt", "2016/a.txt", "2016/b.html"]),
        (("2016/*",), (), ["2016/a.txt", "2016/b.html"]),
        (("*.html", "2015/*"), (), ["2015/a.txt", "2016/b.html"]),
        ((), ("a.*",), ["2016/b.html"]),
        (("2016/*",), ("*.html",), ["2016/a.txt"]),
    ],
)
def test_patterns_choose_files_of_a_folder(
    include: tuple[str, ...], exclude: tuple[str, ...], taken: list[str], tmp_path: Path
) -> None:
    """By the path below the folder, or by the bare name."""
    _tree(tmp_path, "2015/a.txt", "2016/a.txt", "2016/b.html")
    found = walk(Selection((str(tmp_path),), include, exclude))
    assert [Path(str(item.path)).relative_to(tmp_path).as_posix() for item in found] == taken


def test_folder_that_cannot_be_listed_is_an_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is reported, and the rest is walked."""
    _tree(tmp_path, "a.txt", "shut/b.txt")
    listed = os.scandir

    def scandir(path: Path) -> Any:
        if path.name == "shut":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert [item.path and item.path.name for item in _walked(tmp_path)] == ["a.txt", "shut"]


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[Path]:
    """Folders so deep that recursion does not reach their end; gone afterwards, since pytest deletes by recursion."""
    made = [tmp_path]
    try:
        for _ in range(1200):
            made.append(made[-1] / "d")
            made[-1].mkdir()
        (made[-1] / "a.txt").write_text("文", "utf-8")
        yield tmp_path
    finally:
        (made[-1] / "a.txt").unlink(missing_ok=True)
        for folder in reversed(made[1:]):
            folder.rmdir()


def test_folders_a_thousand_deep_are_walked(deep: Path) -> None:
    """Walking goes as deep as the file system does, and reports have paths that it takes."""
    (item,) = _walked(deep)
    assert len(str(item.report)) < 1000


def test_missing_root_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    """A slip in one path does not leave half a run behind."""
    _tree(tmp_path, "a.txt")
    with pytest.raises(FileNotFoundError, match="missing"):
        next(
            walk(
                Selection(
                    (
                        str(tmp_path),
                        str(tmp_path / "missing"),
                    )
                )
            )
        )


def test_links_that_loop_end(tmp_path: Path) -> None:
    """A link to a folder is not followed."""
    _tree(tmp_path, "a.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert len(list(walk(Selection((str(tmp_path),))))) == 1


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
