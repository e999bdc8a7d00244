"""Scorers: what counts as found, as right, and as not scored."""

from decimal import Decimal
from pathlib import Path

import pytest

from evals.gold import Gold, GoldFact
from evals.run import below
from evals.scorers import Tally, align, label_f1, score, year
from schemas.report import CountyReport

LABEL = {
    "span": (0, 5),
    "number_at": 0,
    "quote": "6487户",
    "mention": "6487户",
    "value": Decimal(6487),
    "upper": None,
    "unit": "household",
    "counted": None,
    "qualifier": "exact",
    "per": (),
    "label": "建档立卡户",
    "topic": "identification",
    "indicator": "registered_households",
    "place": None,
    "status": "achieved",
    "period": None,
}


def gold_of(*facts: dict[str, object], **more: object) -> Gold:
    """Labels that agree with the report of the fixture, but for the facts given."""
    document = {
        "title": None,
        "publisher": None,
        "authors": (),
        "published": None,
        "reference_year": None,
        "complete": True,
        "script": "simplified",
        "corrupted": False,
    }
    subject = {"name": "古县", "level": "county", "province": "山西省", "prefecture": "临汾市"}
    empty = dict.fromkeys(("designations", "milestones", "cases", "partners", "damage", "traps"), ())
    return Gold(article="a.txt", document=document, subject=subject, facts=facts, **(empty | more))


def test_perfect_report_scores_one(report: CountyReport) -> None:
    """A report that says what the labels say is right in every field."""
    scores, misses = score(gold_of(LABEL), report)
    assert {n: t.score for n, t in scores.items() if t.score not in (None, 1)} == {"document.script": 0}
    assert [m.field for m in misses] == ["document.script"]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("value", Decimal(6488)),
        ("upper", Decimal(9999)),
        ("unit", "person"),
        ("qualifier", "over"),
        ("per", ("year",)),
        ("topic", "industry"),
        ("indicator", "lifted_households"),
        ("status", "planned"),
        ("place", "岳阳镇"),
        ("period", "2020"),
    ],
)
def test_wrong_field_is_found(field: str, wrong: object, report: CountyReport) -> None:
    """Each field that differs costs its own score, and is told as a miss."""
    scores, misses = score(gold_of(LABEL | {field: wrong}), report)
    name = "value" if field in {"upper", "unit"} else field
    assert scores[name].score == 0
    assert name in {m.field for m in misses}


def test_missing_fact_costs_recall_alone(report: CountyReport) -> None:
    """Fields are scored on what was found."""
    other = LABEL | {"span": (10, 14), "number_at": 10}
    scores, _ = score(gold_of(LABEL, other), report)
    assert (scores["recall"].score, scores["precision"].score, scores["topic"].total) == (0.5, 1, 1)


def test_invented_fact_costs_precision(report: CountyReport) -> None:
    """A fact that no label has is told as a miss."""
    scores, misses = score(gold_of(), report)
    assert (scores["precision"].score, scores["recall"].score) == (0, None)
    assert "precision" in {m.field for m in misses}


def test_fact_in_a_trap_is_counted(report: CountyReport) -> None:
    """A number that is none is caught even where another label is near."""
    trap = {"quote": "6487户", "reason": "slogan", "spans": ((0, 5),)}
    assert score(gold_of(traps=(trap,)), report)[0]["traps"].score == 0


def test_alignment_uses_a_fact_once(report: CountyReport) -> None:
    """Two labels in one span are two numbers; one fact cannot be both."""
    first, second = (GoldFact(**LABEL | {"number_at": at}) for at in (0, 2))
    assert len(align(gold_of(first.model_dump(), second.model_dump()), report)) == 1


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [("贴息", "贴息", 1.0), ("贴息", "息贴", 1.0), ("贴息户", "贴息", 0.8), ("甲", "乙", 0.0), ("", "甲", 0.0)],
)
def test_label_f1_compares_characters(a: str, b: str, expected: float) -> None:
    """The same words in another order are the same label."""
    assert label_f1(a, b) == pytest.approx(expected)


@pytest.mark.parametrize(("period", "expected"), [("2020-03", "2020"), ("2016/2020-06", "2016/2020"), (None, None)])
def test_year_of_a_period(period: str | None, expected: str | None) -> None:
    """Scoring compares years first."""
    assert year(period) == expected


def test_nothing_to_score_lies_below_a_floor(tmp_path: Path) -> None:
    """A gate that lost its samples is red, not green."""
    floors = tmp_path / "floors.toml"
    floors.write_text("[seen]\nrecall = 0.9\nvalue = 0.5\n")
    problems = below({"seen": {"recall": Tally(0, 0), "value": Tally(4, 10)}}, floors)
    assert [p.split(":")[0] for p in problems] == ["seen.recall", "seen.value"]
