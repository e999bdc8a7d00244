"""What is printed of the rules on practice articles: each score counts what the marks say."""

from pathlib import Path

from typer.testing import CliRunner

from evals import practised
from evals.lessons import marked, practice

ARTICLE = """{桐溪县|county|2019}
桐溪县2019年脱贫攻坚工作情况
2019年，桐溪县发放贫困户产业补助资金{1200万元|industry|investment|产业补助资金|achieved|2019|=}。
"""


def test_each_field_of_a_number_is_held_against_its_mark() -> None:
    """A number is right or wrong in each field by itself."""
    right = practised.scores([marked("one", ARTICLE)])
    wrong = practised.scores([marked("one", ARTICLE.replace("achieved|2019|=", "planned|2018|石桥镇"))])

    assert right["number found"] == right["status"] == right["place"] == right["year"] == (1, 1)
    assert wrong["number found"] == (1, 1)
    assert wrong["status"] == wrong["place"] == wrong["year"] == (0, 1)


def test_subject_and_year_are_told_only_when_asked() -> None:
    """The prechecks find both out unless they are given."""
    lesson = marked("one", ARTICLE.replace("{桐溪县|county|2019}", "{柳河县|county|2016}", 1))

    assert practised.scores([lesson])["reference year"] == (0, 1)
    assert practised.scores([lesson], given=True)["reference year"] == (1, 1)


def test_what_the_document_says_is_held_against_the_table() -> None:
    """None is an answer as well, and what readers would settle differently is not scored."""
    told = {"title": "桐溪县2019年脱贫攻坚工作情况", "publisher": "-", "authors": "?", "published": "2019-12-30"}
    found = practised.scores([marked("one", ARTICLE)], {"one": told})

    assert found["title"] == found["publisher"] == (1, 1)
    assert found["published"] == (0, 1)
    assert "authors" not in found


def test_the_table_of_documents_names_every_practice_article() -> None:
    """No row is missing or left over, and every row is full."""
    told = practised.documents()

    assert sorted(told) == [lesson.name for lesson in practice()]
    assert all(
        set(row) == {"title", "publisher", "authors", "published"} and all(row.values()) for row in told.values()
    )


def test_a_mark_that_meets_no_number_counts_as_not_found() -> None:
    """What the marks count stays the whole."""
    lesson = marked("one", ARTICLE + "书记说：{一户一策|governance|other|做法|achieved|-|=}。\n")

    assert practised.scores([lesson])["number found"] == (1, 2)


def test_the_command_prints_both_halves(tmp_path: Path) -> None:
    """An article is in one half by its name."""
    (tmp_path / "b.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "c.txt").write_text(ARTICLE, encoding="utf-8")
    shown = CliRunner().invoke(practised.app, ["--practice", str(tmp_path)])

    assert shown.exit_code == 0
    assert shown.output.count("1.000  1/1") >= 2 * len(("found", "status", "place", "year"))


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    """Nothing scored is no score."""
    shown = CliRunner().invoke(practised.app, ["--practice", str(tmp_path)])

    assert shown.exit_code == 2
