"""Scorers: what counts as found, as right, as wrong, and as not scored; and the laws that hold for all of them."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.checks import labels
from evals.gold import Gold, GoldFact, load
from evals.label import raw_text
from evals.perfect import as_report
from evals.run import ARTICLES, SAMPLES
from evals.scorers import FIELDS, Scores, Tally, align, score
from evals.scorers.label import label_f1
from evals.scorers.period import year
from evals.selfcheck import HERE, expected, selfcheck
from schemas.report import CountyReport, Damage, Fact, Measure, SetAside

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


WRONG = {
    "value": Decimal(6488),
    "upper": Decimal(9999),
    "unit": "person",
    "counted": "户",
    "qualifier": "over",
    "per": ("year",),
    "topic": "industry",
    "indicator": "lifted_households",
    "status": "planned",
    "place": "岳阳镇",
    "period": "2020",
}


@pytest.mark.parametrize("field", WRONG)
def test_wrong_field_is_found(field: str, report: CountyReport) -> None:
    """Each field that differs costs its own score, and is told as a miss."""
    scores, misses = score(gold_of(LABEL | {field: WRONG[field]}), report)
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


def test_nothing_to_score_is_no_zero(report: CountyReport) -> None:
    """What the labels or the text do not let anyone judge has no score."""
    scores, _ = score(gold_of(), report)
    assert scores["milestones.recall"].score is None
    assert scores["topic"].score is None
    assert not {"faithfulness", "not hallucinated", "grounded", "accounted", "checks.recall"} & scores.keys()


def test_fact_in_a_trap_is_counted(report: CountyReport) -> None:
    """A number that is none is caught even where another label is near."""
    trap = {"quote": "6487户", "reason": "slogan", "spans": ((0, 5),)}
    scores, misses = score(gold_of(traps=(trap,)), report)
    assert scores["traps"].score == 0
    assert "traps" in {m.field for m in misses}


def test_alignment_uses_a_fact_once(report: CountyReport) -> None:
    """Two labels in one span are two numbers; one fact cannot be both."""
    first, second = (GoldFact(**LABEL | {"number_at": at}) for at in (0, 2))
    assert len(align(gold_of(first.model_dump(), second.model_dump()), report)) == 1


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [("贴息", "贴息", 1.0), ("贴息", "息贴", 1.0), ("贴息户", "贴息", 0.8), ("甲", "乙", 0.0), ("", "甲", 0.0)],
)
def test_label_f1_compares_characters(a: str, b: str, same: float) -> None:
    """The same words in another order are the same label."""
    assert label_f1(a, b) == pytest.approx(same)


@pytest.mark.parametrize(
    ("period", "years"),
    [("2020-03", "2020"), ("2016/2020-06", "2016/2020"), ("2020-02/2020-05", "2020"), (None, None)],
    ids=str,
)
def test_year_of_a_period(period: str | None, years: str | None) -> None:
    """Scoring compares years first."""
    assert year(period) == years


RAW = "6487户，另有3.5万元。"


def changed(report: CountyReport, **fields: Any) -> CountyReport:
    """The report with another first fact."""
    return report.model_copy(update={"facts": (report.facts[0].model_copy(update=fields),)})


def test_a_field_counts_only_beside_a_right_value(report: CountyReport) -> None:
    """The right topic of a wrong figure is worth a topic, and no row of a table."""
    scores, _ = score(gold_of(LABEL), changed(report, value=Decimal(1)), RAW)
    assert (scores["topic"].score, scores["gated.topic"].score, scores["grounded"].score) == (1, 0, 0)


def test_a_span_must_open_its_words(report: CountyReport) -> None:
    """The right value at another place is not grounded, and counts as made up."""
    scores, misses = score(gold_of(LABEL), report, "约" + RAW)
    assert (scores["value"].score, scores["grounded"].score, scores["not hallucinated"].score) == (1, 0, 0)
    assert {"grounded", "not hallucinated"} <= {m.field for m in misses}


@pytest.mark.parametrize(
    ("fields", "labels_", "stated"),
    [
        ({}, (LABEL,), 1),
        ({"value": Decimal(7000)}, (LABEL,), 0),
        # The words say it, though the labels have it otherwise, or not at all: wrong or invented, and not made up.
        ({}, (LABEL | {"value": Decimal(6400)},), 1),
        ({}, (), 1),
        ({"value": Decimal(64)}, (), 0),
        # A figure that arithmetic proves is not in the words.
        ({"value": Decimal(16487), "proved_by": 0}, (LABEL | {"value": None},), 1),
        ({"value": Decimal(16487)}, (LABEL | {"value": None},), 0),
        # Nothing is said, and nobody can tell.
        ({"value": None}, (LABEL,), None),
        ({"mention": "三万多户", "span": (0, 4), "value": Decimal(30000)}, (), None),
    ],
    ids=lambda value: "" if isinstance(value, dict | tuple) else str(value),
)
def test_a_hallucinated_figure(
    fields: dict[str, Any], labels_: tuple[dict[str, object], ...], stated: int | None, report: CountyReport
) -> None:
    """A value is stated where a label, the words or a proof give it; what cannot be judged has no score."""
    raw = "三万多户，余" if "mention" in fields else RAW
    scores, _ = score(gold_of(*labels_), changed(report, **fields), raw)
    assert scores["not hallucinated"].score == stated


def test_a_number_that_vanished_is_found(report: CountyReport) -> None:
    """Digits that are no fact, not set aside, not unread and not damaged are not accounted for."""
    scores, misses = score(gold_of(LABEL), report, RAW)
    assert scores["accounted"] == Tally(1, 3)
    aside = report.coverage.model_copy(update={"set_aside": (SetAside(reason="name", span=(8, 11)),)})
    assert score(gold_of(LABEL), report.model_copy(update={"coverage": aside}), RAW)[0]["accounted"].score == 1
    assert {m.at for m in misses if m.field == "accounted"} == {8, 10}


def test_the_reason_of_what_is_set_aside(report: CountyReport) -> None:
    """A date set aside as a slogan is wrong; one that is no candidate is not scored."""
    traps = [{"quote": "x", "reason": "date", "spans": ((8, 9), (20, 21))}]
    aside = report.coverage.model_copy(update={"set_aside": (SetAside(reason="slogan", span=(8, 9)),)})
    scores, _ = score(gold_of(LABEL, traps=traps), report.model_copy(update={"coverage": aside}))
    assert scores["set aside"] == Tally(0, 1)


def test_measures_are_held_to_the_topics_of_facts(report: CountyReport) -> None:
    """Work under a topic wants a measure; a fact of another topic in a measure has strayed; a profile is no work."""
    loan = LABEL | {"topic": "finance"}
    measure = Measure(topic="industry", title="", summary="", status="achieved", facts=(1,), span=(0, 5))
    scores, _ = score(gold_of(loan), report.model_copy(update={"measures": (measure,)}))
    assert (scores["measures.coverage"], scores["measures.topic"]) == (Tally(0, 1), Tally(0, 1))
    assert score(gold_of(LABEL), report)[0]["measures.coverage"].total == 0


def test_damage_wants_its_kind_and_its_reading(report: CountyReport) -> None:
    """A loss told as a character's, where a digit went, is seen and not right."""
    label = {"quote": "?4", "restored": "?4", "lost": "digit", "span": (3, 5)}
    told = report.model_copy(
        update={"damage": (Damage(kind="byte_shift", restored="有?4", lost="digit", span=(2, 5)),)}
    )
    assert score(gold_of(LABEL, damage=(label,)), told)[0]["damage"].score == 1
    other = score(gold_of(LABEL, damage=(label | {"lost": "character"},)), told)[0]
    assert (other["damage"].score, other["damage.recall"].score) == (0, 1)


@pytest.mark.parametrize(
    ("labelled", "told", "same"),
    [
        ("青山:一个梨", "青山：一个梨", True),
        ("青山\u3000扶贫", "青山 扶贫", True),
        ("青山扶贫", "青山", False),
        (None, "", False),
    ],
    ids=["marks", "spaces", "words", "null"],
)
def test_a_title_has_no_width(labelled: str | None, told: str, same: bool, report: CountyReport) -> None:
    """Marks and spaces of another width say the same; other words do not, and nothing is not an empty title."""
    gold = gold_of(LABEL)
    gold = gold.model_copy(update={"document": gold.document.model_copy(update={"title": labelled})})
    document = report.document.model_copy(update={"title": told})
    scores, _ = score(gold, report.model_copy(update={"document": document}))
    assert scores["document.title"].right == same


def test_known_mistakes_get_their_scores() -> None:
    """The report that is wrong on purpose has the scores that were reckoned for it by hand."""
    assert list(selfcheck()) == []
    assert all(tally.total for tally in expected().values())


SAMPLE = {sample.name: sample for sample in load(SAMPLES, ARTICLES) if not sample.gold.outcome}


def whole(name: str) -> tuple[Gold, CountyReport, str]:
    """A sample's labels, the report that agrees with them, and its text."""
    gold = SAMPLE[name].gold
    return gold, as_report(gold), raw_text(SAMPLE[name].path)


def not_one(scores: Scores) -> set[str]:
    """The scores that are not perfect."""
    return {name for name, tally in scores.items() if tally.score is not None and tally.score < 1 - 1e-9}


@pytest.mark.parametrize("name", SAMPLE)
def test_labels_held_against_themselves_are_perfect(name: str) -> None:
    """Every scorer gives 1, or nothing to score; what is not labelled at all (other digits of a page) is left out."""
    gold, report, raw = whole(name)
    scores, misses = score(gold, report, raw)
    assert not_one(scores) - {"accounted"} == set()
    assert {miss.field for miss in misses} <= {"accounted"}


PLAIN = "clean-simplified-workreport"


@settings(max_examples=20)
@given(st.randoms(use_true_random=False))
def test_order_does_not_matter(chance: Any) -> None:
    """Labels in another order give the same scores."""
    gold, _, raw = whole(PLAIN)
    report = CountyReport.model_validate_json((HERE / "report.json").read_bytes())
    lists = {
        name: chance.sample(getattr(gold, name), len(getattr(gold, name)))
        for name in ("facts", "milestones", "cases", "partners", "designations", "damage", "traps")
    }
    shuffled = gold.model_copy(update=lists)
    for told in (report, as_report(gold)):
        first, second = score(gold, told, raw)[0], score(shuffled, told, raw)[0]
        assert first.keys() == second.keys()
        for name, tally in first.items():
            assert (second[name].right, second[name].total) == (pytest.approx(tally.right), tally.total)


@given(st.data())
def test_a_dropped_fact_lowers_recall_only(data: st.DataObject) -> None:
    """What is missing is not wrong: no field, no precision and no gated field pays for it."""
    gold, report, raw = whole(PLAIN)
    dropped = data.draw(st.sampled_from(report.facts))
    facts = tuple(fact for fact in report.facts if fact != dropped)
    measures = tuple(
        m.model_copy(update={"facts": tuple(i for i in m.facts if i != dropped.id)}) for m in report.measures
    )
    told = report.model_copy(update={"facts": facts, "measures": measures})
    # The text's digits are then unaccounted for as well, which is another promise.
    assert not_one(score(gold, told, raw)[0]) - {"accounted"} == {"recall"}


OTHER = {
    "counted": "甲",
    "qualifier": "at_most",
    "per": ("hour",),
    "label": "甲",
    "topic": "other",
    "indicator": "other",
    "status": "policy",
    "place": "甲",
    "period": "1949-01",
}


@pytest.mark.parametrize("field", OTHER)
@given(data=st.data())
def test_a_changed_field_lowers_only_its_scorer(field: str, data: st.DataObject) -> None:
    """A wrong field costs itself and its gated twin; a wrong topic also the measure it stands in."""
    gold, report, raw = whole(PLAIN)
    fact: Fact = data.draw(st.sampled_from([f for f in report.facts if getattr(f, field) != OTHER[field]]))
    wrong = fact.model_copy(update={field: OTHER[field]})
    told = report.model_copy(update={"facts": tuple(wrong if f == fact else f for f in report.facts)})
    own = {"year", "period"} if field == "period" else {field}
    assert not_one(score(gold, told, raw)[0]) - {"accounted"} == own | {f"gated.{name}" for name in own}


@given(st.data())
def test_a_wrong_value_costs_every_gated_field(data: st.DataObject) -> None:
    """Beside a wrong figure nothing counts, and nothing but the value is wrong."""
    gold, report, raw = whole(PLAIN)
    fact: Fact = data.draw(st.sampled_from(report.facts))
    wrong = fact.model_copy(update={"value": Decimal(987654321)})
    told = report.model_copy(update={"facts": tuple(wrong if f == fact else f for f in report.facts)})
    gated = {f"gated.{name}" for name in FIELDS if name != "value"}
    assert not_one(score(gold, told, raw)[0]) - {"accounted"} == {"value", "grounded", "not hallucinated"} | gated


def test_the_labelled_checks_of_the_known_case_hold() -> None:
    """Its two equations name figures that are there."""
    gold = json.loads((HERE / "gold.json").read_text("utf-8"))
    starts = {fact["number_at"] for fact in gold["facts"]}
    assert all(label.numbers <= starts for label in labels.load("checks", HERE))
