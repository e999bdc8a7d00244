"""The contract: what any report must hold, and that it survives JSON exactly."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schemas.base import MAX_DIGITS
from schemas.outcome import OutcomeAdapter, Reported, Skipped
from schemas.report import CountyReport, Document, Fact, Usage
from schemas.vocabulary import Code, Indicator, SetAsideReason, Topic, Unit

SNAPSHOT = Path(__file__).parent / "snapshots" / "county_report.schema.json"


def test_json_schema_is_as_committed() -> None:
    """A change to the contract shows in a diff: rewrite with `summarizer schema > tests/snapshots/...`."""
    assert CountyReport.model_json_schema() == json.loads(SNAPSHOT.read_text("utf-8"))


def numbers() -> st.SearchStrategy[Decimal]:
    """Decimals with at most 15 significant digits, large and small."""
    digits = st.integers(0, 10**MAX_DIGITS - 1)
    return st.builds(lambda n, e: Decimal(n).scaleb(e), digits, st.integers(-12, 8)).filter(
        lambda d: len(d.normalize().as_tuple().digits) <= MAX_DIGITS
    )


@given(value=numbers())
def test_numbers_round_trip_through_json_exactly(value: Decimal) -> None:
    """Whatever the size of a value, JSON gives the same value back, written without exponent or quotes."""
    usage = Usage(cost=value)
    text = usage.model_dump_json()
    assert Usage.model_validate_json(text).cost == value
    written = text.split('"cost": ')[1].split(",")[0]
    assert set(written) <= set("0123456789.")


def test_values_print_without_an_exponent(fact: Fact) -> None:
    """`print(fact.value)` shows 20000, however the value was computed."""
    assert str(fact.replace(value=Decimal("2E+4")).value) == "20000"


def test_report_round_trips_through_json(report: CountyReport) -> None:
    """A report read back from its own JSON is the same report."""
    assert CountyReport.model_validate_json(report.model_dump_json(indent=1)) == report


def test_outcome_round_trips_through_json(report: CountyReport) -> None:
    """An outcome knows after JSON which of the three it is."""
    for outcome in (Reported(report=report), Skipped(reason="empty", text="空", document=Document())):
        assert OutcomeAdapter.validate_json(outcome.model_dump_json()) == outcome


def test_json_of_text_is_what_the_standard_library_reads(report: CountyReport) -> None:
    """Quotes, newlines, NULs and emoji in texts are escaped as JSON wants them."""
    nasty = 'a"\\\n\x00\u2028😀县'
    changed = report.replace(document=report.document.replace(title=nasty))
    assert json.loads(changed.model_dump_json())["document"]["title"] == nasty


def _broken(report: CountyReport, fact: Fact) -> dict[str, Any]:
    coverage = report.coverage.model_dump()
    return {
        "span backwards": {"facts": [fact.model_dump() | {"span": (5, 0)}]},
        "span after the text": {"sections": [{"heading": None, "topic": "other", "span": (0, 99)}]},
        "mention of another length": {"facts": [fact.model_dump() | {"mention": "6487"}]},
        "number outside its span": {"facts": [fact.model_dump() | {"number_at": 7}]},
        "value null without damage": {"facts": [fact.model_dump() | {"value": None}]},
        "range upside down": {"facts": [fact.model_dump() | {"upper": 3}]},
        "value with too many digits": {"facts": [fact.model_dump() | {"value": "1234567890.1234567"}]},
        "value not a number": {"facts": [fact.model_dump() | {"value": "NaN"}]},
        "unknown unit": {"facts": [fact.model_dump() | {"unit": "furlong"}]},
        "unknown field": {"weather": "fine"},
        "figure without its fact": {"figures": {"population": [7]}},
        "section that does not exist": {"facts": [fact.model_dump() | {"section": 3}]},
        "proof that does not exist": {"facts": [fact.model_dump() | {"proved_by": 0}]},
        "ids that fall": {"facts": [fact.model_dump() | {"id": 2}, fact.model_dump()]},
        "coverage that does not add up": {"coverage": coverage | {"total": 5}},
        "coverage of other facts": {"coverage": coverage | {"facts": 2, "total": 2}},
        "unread without its span": {"coverage": coverage | {"unread": 1, "total": 2}},
        "subject without name or reason": {"subject": {}},
        "period in another form": {"facts": [fact.model_dump() | {"period": "2020年"}]},
        "headline too long": {"headline": "长" * 41},
        "degraded section that does not exist": {"provenance": report.provenance.model_dump() | {"degraded": [4]}},
    }


BROKEN = (
    "span backwards", "span after the text", "mention of another length", "number outside its span",
    "value null without damage", "range upside down", "value with too many digits", "value not a number",
    "unknown unit", "unknown field", "figure without its fact", "section that does not exist",
    "proof that does not exist", "ids that fall", "coverage that does not add up", "coverage of other facts",
    "unread without its span", "subject without name or reason", "period in another form", "headline too long",
    "degraded section that does not exist",
)  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_report_refuses(name: str, report: CountyReport, fact: Fact) -> None:
    """A report cannot be made with this fault, whoever makes it."""
    changes = _broken(report, fact)[name]
    with pytest.raises(ValidationError):
        CountyReport.model_validate(report.model_dump() | changes)


def test_every_fault_is_tried(report: CountyReport, fact: Fact) -> None:
    """The list of names above is the list of faults."""
    assert set(_broken(report, fact)) == set(BROKEN)


def test_value_may_be_null_where_a_digit_was_lost(report: CountyReport, fact: Fact) -> None:
    """Damage at the mention is the one reason for a fact without a value."""
    damage = {"kind": "byte_shift", "restored": "?487户", "lost": "digit", "span": (0, 5)}
    changes = {"facts": [fact.model_dump() | {"value": None}], "figures": {}, "damage": [damage]}
    assert CountyReport.model_validate(report.model_dump() | changes).facts[0].value is None


def test_reports_are_frozen(report: CountyReport) -> None:
    """A report never changes; a changed copy is validated again."""
    with pytest.raises(ValidationError):
        report.headline = "另一个"  # type: ignore[misc]


@pytest.mark.parametrize("codes", [Topic, Indicator, SetAsideReason])
def test_codes_that_a_model_is_shown_have_a_meaning(codes: type[Code]) -> None:
    """Each line of these lists is prompt text and says what falls under the code."""
    assert all(code.zh and code.meaning for code in codes)


def test_code_lines_name_every_unit_once() -> None:
    """The prompt text of a list has one line a code."""
    assert [line.split()[0] for line in Unit.lines().splitlines()] == [u.value for u in Unit]
