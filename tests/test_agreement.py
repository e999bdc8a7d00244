"""Agreement of two annotators: what counts as agreed, what chance is taken off, which articles are compared."""

import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from evals.__main__ import app
from evals.agreement import SECOND, Found, agreement, cohen_kappa, same_articles
from evals.gold import Gold, Sample, load
from evals.label import place_labels, problems_of, raw_text
from evals.run import ARTICLES, SAMPLES

DOCUMENT: dict[str, Any] = {"title": None, "publisher": None, "authors": (), "published": None, "reference_year": None}
DOCUMENT |= {"complete": True, "script": "simplified", "corrupted": False}

FACT: dict[str, Any] = {
    "quote": "贷款5万元",
    "mention": "5万元",
    "value": Decimal(50000),
    "upper": None,
    "unit": "CNY",
    "counted": None,
    "qualifier": "exact",
    "per": (),
    "label": "发放贷款",
    "topic": "finance",
    "indicator": "loans",
    "place": None,
    "status": "achieved",
    "period": "2020-06",
}


def fact_at(at: int, **changes: Any) -> dict[str, Any]:
    """A fact whose mention begins at `at`."""
    return FACT | {"span": (at, at + 3), "number_at": at} | changes


def sample(*facts: dict[str, Any], **lists: Any) -> Sample:
    """Labels of one article with these facts and lists."""
    empty = dict.fromkeys(("designations", "milestones", "cases", "partners", "damage", "traps"), ())
    labels = {"article": "a.txt", "document": DOCUMENT, "subject": {"name": "古县"}, "facts": facts}
    return Sample("a", Path("a.txt"), Gold.model_validate(labels | empty | lists))


def test_labels_agree_with_themselves() -> None:
    """Any sample held against itself has no difference, the damaged ones and the one that is no report too."""
    samples = list(load(SAMPLES, ARTICLES))
    compared = agreement(zip(samples, samples, strict=True))
    assert compared.misses == []
    assert compared.found["facts"] == Found(sum(len(s.gold.facts) for s in samples), 0, 0)
    assert set(compared.kappa.values()) == {1.0}


def test_a_fact_of_one_annotator_alone_is_told() -> None:
    """Who has found less and who has found more stand apart; neither counts among the fields."""
    compared = agreement([(sample(fact_at(0), fact_at(10)), sample(fact_at(0), fact_at(20), fact_at(30)))])
    assert compared.found["facts"] == Found(both=1, first=1, second=2)
    assert compared.found["facts"].f1 == pytest.approx(0.4)
    assert compared.fields["topic"].total == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"value": Decimal(5000)}, "value"),
        ({"qualifier": "over"}, "qualifier"),
        ({"per": ("household",)}, "per"),
        ({"topic": "industry"}, "topic"),
        ({"indicator": "subsidy"}, "indicator"),
        ({"status": "planned"}, "status"),
        ({"place": "岳阳镇"}, "place"),
        ({"period": "2020-07"}, "period"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_a_difference_costs_its_own_field(change: dict[str, Any], field: str) -> None:
    """Two annotators who differ on one field agree on all others."""
    compared = agreement([(sample(fact_at(0), fact_at(10)), sample(fact_at(0), fact_at(10, **change)))])
    assert {name for name, tally in compared.fields.items() if tally.right < tally.total} == {field}
    assert compared.fields[field].score == 0.5
    assert [(name, miss.field) for name, miss in compared.misses] == [("a", field)]


def test_another_unit_is_another_value() -> None:
    """The unit is told apart from the value as well, since it is a code that two may agree on by chance."""
    other = fact_at(0, unit="count", counted="户次")
    compared = agreement([(sample(fact_at(0)), sample(other))])
    assert {name for name, tally in compared.fields.items() if not tally.right} == {"unit", "value", "counted"}


def test_the_order_of_per_is_no_difference() -> None:
    """Per household and year is per year and household."""
    facts = fact_at(0, per=("household", "year")), fact_at(0, per=("year", "household"))
    assert agreement([(sample(facts[0]), sample(facts[1]))]).fields["per"].score == 1


def test_lists_are_compared_by_their_keys() -> None:
    """A milestone agrees with its date, event and place; names agree whole."""
    milestone = {"date": "2020-06", "event": "meeting", "span": (0, 3)}
    first = sample(milestones=(milestone, milestone | {"event": "award"}), partners=("北京农学院",))
    second = sample(milestones=(milestone,), partners=("农学院",))
    found = agreement([(first, second)]).found
    assert (found["milestones"], found["partners"]) == (Found(1, 1, 0), Found(0, 1, 1))
    assert found["cases"].f1 is None


def test_kappa_of_a_worked_example() -> None:
    """20 and 15 agreed of 50, where chance alone gives half: (0.7 - 0.5) / (1 - 0.5)."""
    table = {("a", "a"): 20, ("a", "b"): 5, ("b", "a"): 10, ("b", "b"): 15}
    assert cohen_kappa([pair for pair, n in table.items() for _ in range(n)]) == pytest.approx(0.4)


@pytest.mark.parametrize("pairs", [[], [("a", "a")] * 3], ids=["no items", "one code for all"])
def test_kappa_may_not_be_defined(pairs: list[tuple[str, str]]) -> None:
    """Where chance alone agrees wholly, nothing can be said beyond it; that is not an agreement of nought."""
    assert cohen_kappa(pairs) is None


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1))
def test_kappa_laws(pairs: list[tuple[str, str]]) -> None:
    """Kappa is the same whoever is first, never above the raw agreement, and 1 only where all agree."""
    kappa = cohen_kappa(pairs)
    assert kappa == cohen_kappa([(b, a) for a, b in pairs])
    if kappa is not None:
        raw = sum(a == b for a, b in pairs) / len(pairs)
        assert -1 <= kappa <= raw + 1e-9
        assert (kappa == 1) == (raw == 1)


def folder_of(path: Path, *names: str) -> Path:
    """A folder with the second labels of these articles."""
    path.mkdir()
    for name in names:
        shutil.copy(SECOND / f"{name}.json", path)
    return path


def test_only_articles_of_both_are_compared(tmp_path: Path) -> None:
    """A sample that one annotator alone has labelled says nothing about agreement."""
    first = folder_of(tmp_path / "first", "song-county", "xunwu-county")
    second = folder_of(tmp_path / "second", "xunwu-county", "anhui-yearbook")
    assert [(a.name, b.name) for a, b in same_articles(first, second, ARTICLES)] == [("xunwu-county", "xunwu-county")]


def test_command_prints_both_tables() -> None:
    """`agreement` tells what is there and what it says, and the differences of a field that is asked for."""
    printed = CliRunner().invoke(app, ["agreement", "--misses", "topic"])
    assert printed.exit_code == 0
    assert all(word in printed.output for word in ("milestones", "kappa", "subject.name"))
    differences = [line for line in printed.output.splitlines() if " first " in line and " | second " in line]
    assert differences
    assert all(line.split()[1] == "topic" for line in differences)


def test_nothing_in_common_is_an_error(tmp_path: Path) -> None:
    """Two folders without a common article are a slip of the hand, not an agreement."""
    first = folder_of(tmp_path / "first", "song-county")
    second = folder_of(tmp_path / "second", "xunwu-county")
    result = CliRunner().invoke(app, ["agreement", "--samples", str(first), "--second", str(second)])
    assert result.exit_code == 2


@pytest.mark.parametrize("path", sorted(SECOND.glob("*.json")), ids=lambda path: path.stem)
def test_second_labels_break_no_rule(path: Path) -> None:
    """The second annotator is held to the same checks as the first."""
    labels = json.loads(path.read_text("utf-8"))
    text = raw_text(ARTICLES / labels["article"])
    assert problems_of(labels, text) == []
    assert place_labels(labels, text) == labels
