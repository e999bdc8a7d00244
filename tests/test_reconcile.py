"""Across a folder: counties, repeats, agreements, contradictions, the table, and what to look at first."""

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest

from evals.reconcile.__main__ import read, scores
from evals.reconcile.generate import write
from schemas.report import CountyReport, Subject
from schemas.vocabulary import Basis, Level
from summarizer.errors import NothingToShowError
from summarizer.reconcile import Entry, RepeatKind, reconcile
from summarizer.reconcile import command as reconcile_command
from summarizer.reconcile.folder import read_folder
from summarizer.review import Kind, review, run
from tests.briefs import facts_of
from tests.reports import report_of

WORDS = "".join(chr(0x4E00 + i * 7 % 3000) for i in range(400))


def _entry(name: str, text: str, *, words: str = "", year: int = 2019, **meaning: dict[str, object]) -> Entry:
    """A report whose facts are those of a short text."""
    report: CountyReport = report_of(
        text, year, lambda brief: [f.replace(**meaning.get(f"n{f.mention}", {})) for f in facts_of(brief)]
    )
    return Entry(name, f"reports/{name}.json", report, words or name)


def _poor(name: str, persons: str, **more: object) -> Entry:
    meaning = {f"n{persons}人": {"indicator": "registered_persons", "period": "2019"}}
    return _entry(name, f"全县贫困人口{persons}人。", **more, **meaning)  # type: ignore[arg-type]


def test_figures_that_differ_beyond_rounding_are_a_contradiction() -> None:
    """Two numbers for the poor of one county in one year: both are shown, neither is chosen."""
    found = reconcile([_poor("a", "94123"), _poor("b", "94213")])
    (comparison,) = found.contradictions
    assert sorted(comparison.values) == [94123, 94213]
    assert [s.entry.path for s in comparison.sources] == ["a", "b"]
    assert not found.agreements


@pytest.mark.parametrize("rounded", ["9.4万", "94123"])
def test_figures_within_rounding_agree(rounded: str) -> None:
    """`9.4万` and 94123 are one number."""
    found = reconcile([_poor("a", "94123"), _poor("b", rounded)])
    assert (len(found.agreements), len(found.contradictions)) == (1, 0)


def test_another_year_is_another_figure() -> None:
    """The poor of two years are not compared."""
    later = _entry("b", "全县贫困人口500人。", n500人={"indicator": "registered_persons", "period": "2020"})
    assert not reconcile([_poor("a", "94123"), later]).contradictions


def _village(name: str, words: str, persons: str) -> Entry:
    entry = _poor(name, persons, words=words)
    subject = Subject(name="河湾村", level=Level.VILLAGE, basis=Basis.STATED)
    return replace(entry, report=entry.report.model_copy(update={"subject": subject}))


def test_a_village_is_no_county_and_villages_of_one_name_are_two() -> None:
    """The poor of a village are held against those of the same village of the same county, and against no other."""
    one = _village("a", "记者走进古县绿洲镇河湾村", "127")
    again = _village("b", "在古县绿洲镇河湾村", "137")
    elsewhere = _village("c", "金寨县青山乡河湾村", "147")
    nowhere = _village("d", "河湾村的账本", "157")
    county = _poor("e", "94123")
    assert [e.county for e in (one, again, elsewhere, nowhere, county)] == [
        *("141025", "141025", "341524", "河湾村", "141025")
    ]
    found = reconcile([one, again, elsewhere, nowhere, county])
    (comparison,) = found.contradictions
    assert ([s.entry.path for s in comparison.sources], comparison.key.place) == (["a", "b"], "河湾村")
    assert not found.agreements
    assert next((c.code, c.name, len(c.entries)) for c in found.counties) == ("141025", "古县", 3)


@pytest.mark.parametrize(("town", "n_found"), [("", 1), ("绿洲镇", 1), ("青山乡", 0)])
def test_a_village_is_compared_without_its_town(town: str, n_found: int) -> None:
    """One article names the town and another does not; villages of two towns are two."""
    places = ("绿洲镇河湾村", f"{town}河湾村")
    entries = [
        _entry(
            str(i), f"贫困人口{n}人。", **{f"n{n}人": {"indicator": "registered_persons", "place": p, "period": "2019"}}
        )
        for i, (n, p) in enumerate(zip(("127", "137"), places, strict=True))
    ]
    assert len(reconcile(entries).contradictions) == n_found


def test_loans_are_compared_only_under_the_same_words() -> None:
    """A county gives many loans: another label is another loan."""
    one = _entry("a", "发放贷款300万元。", n300万元={"indicator": "loans", "label": "小额贷款", "period": "2019"})
    two = _entry("b", "发放贷款500万元。", n500万元={"indicator": "loans", "label": "助学贷款", "period": "2019"})
    assert not reconcile([one, two]).contradictions


def test_repost_and_update_are_told_apart() -> None:
    """The same words with the same figures are a repost, with next year's figures an update."""
    old, again = _poor("a", "94123", words=WORDS), _poor("b", "94123", words=WORDS + "转载请注明来源")
    new = _poor("c", "31208", words=WORDS, year=2020)
    kinds = {(r.first.path, r.second.path): r.kind for r in reconcile([new, old, again]).repeats}
    assert kinds == {
        ("a", "b"): RepeatKind.REPOST,
        ("a", "c"): RepeatKind.UPDATE,
        ("b", "c"): RepeatKind.UPDATE,
    }


def test_other_words_are_no_repeat() -> None:
    """Two articles of one county by different hands are news to each other."""
    assert not reconcile([_poor("a", "94123", words=WORDS[:200]), _poor("b", "94123", words=WORDS[200:])]).repeats


def test_table_has_a_cell_for_each_county_year_and_indicator() -> None:
    """Each cell names its sources and whether they agree."""
    (row,) = reconcile([_poor("a", "94123"), _poor("b", "94213")]).table
    assert (row.name, row.year, row.indicator.value, row.agree) == ("古县", "2019", "registered_persons", False)
    assert [s.entry.path for s in row.sources] == ["a", "b"]


def test_table_takes_what_a_year_has_come_to() -> None:
    """由年初的4200人减少到3100人: the cell of the year holds what was left, not what January began with."""
    january = _entry("a", "全县贫困人口4200人。", n4200人={"indicator": "registered_persons", "period": "2019-01"})
    (row,) = reconcile([january, _poor("b", "3100")]).table
    assert row.values == (3100,)


def test_review_shows_contradictions_before_anything_else() -> None:
    """What figures refute comes first, then what reports disagree on, then losses and dropped texts."""
    entries = [_poor("a", "94123"), _poor("b", "94213")]
    kinds = [item.kind for item in review(entries)]
    assert kinds[0] is Kind.BETWEEN_REPORTS
    assert kinds == sorted(kinds)


def test_generated_folder_is_found_again(tmp_path: Path) -> None:
    """Of planted reposts, updates and contradictions at least 95 % are found, and no more than 5 % others."""
    count, planted = write(tmp_path)
    assert count >= 60
    found = reconcile(asyncio.run(read(tmp_path)))
    for kind, (right, told, wanted) in scores(found, planted).items():
        assert right >= 0.95 * wanted, kind
        assert right >= 0.95 * told, kind


def _folder(tmp_path: Path, *entries: Entry) -> Path:
    """An output folder as a run leaves it."""
    lines = []
    for entry in entries:
        path = tmp_path / entry.report_path
        path.parent.mkdir(exist_ok=True)
        path.write_text(entry.report.model_dump_json(), "utf-8")
        lines.append(json.dumps({"path": entry.path, "outcome": "reported", "report": entry.report_path}))
    lines.append(json.dumps({"path": "c", "outcome": "skipped", "reason": "empty"}))
    (tmp_path / "outcomes.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return tmp_path


def test_commands_write_what_they_print(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`reconcile` and `review` end with 0 and leave their findings beside the reports."""
    folder = _folder(tmp_path, _poor("a", "94123"), _poor("b", "94213"))
    assert (reconcile_command.run(folder), run(folder)) == (0, 0)
    printed = capsys.readouterr().out
    assert "矛盾 1 处" in printed
    assert "94123人 @ a[6:12]" in printed
    assert "1 个有两篇以上" in printed
    assert "1 项（两篇不一 1）" in printed
    data = json.loads((folder / "reconcile.json").read_text("utf-8"))
    assert data["contradictions"][0]["values"] == ["94123", "94213"]
    assert (folder / "counties.csv").read_text("utf-8-sig").splitlines()[1].startswith("141025,古县,2019,")
    assert json.loads((folder / "review.json").read_text("utf-8"))[0]["kind"] == "between_reports"


def test_folder_without_a_run_is_refused(tmp_path: Path) -> None:
    """A folder that no run wrote is a mistake of usage, said with what to give instead."""
    assert (reconcile_command.run(tmp_path), run(tmp_path)) == (2, 2)
    with pytest.raises(NothingToShowError, match=r"outcomes\.jsonl"):
        list(read_folder(tmp_path))


@pytest.mark.parametrize(("left", "hint"), [(None, "run again"), ("{}", "delete it and run again")])
def test_report_that_cannot_be_read_is_named(
    left: str | None, hint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One that is gone, or of another version: nothing is compared without it, and a person is told how to renew it."""
    folder = _folder(tmp_path, _poor("a", "94123"), _poor("b", "94213"))
    report = folder / "reports" / "b.json"
    report.unlink()
    if left is not None:
        report.write_text(left, "utf-8")
    assert (reconcile_command.run(folder), run(folder)) == (2, 2)
    said = capsys.readouterr().err
    assert str(report) in said
    assert hint in said


def test_line_separator_in_a_title_ends_no_line(tmp_path: Path) -> None:
    """U+2028 stands as it is in a line of JSON."""
    folder = _folder(tmp_path, _poor("a", "94123"))
    skipped = {"path": "d", "outcome": "skipped", "document": {"title": "一\u2028二"}}
    with (folder / "outcomes.jsonl").open("a", encoding="utf-8") as table:
        table.write(json.dumps(skipped, ensure_ascii=False) + "\n")
    assert [entry.path for entry in read_folder(folder)] == ["a"]
