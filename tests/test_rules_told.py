"""What rules tell of short passages beside numbers: events, people, helpers and labels."""

from typing import Any

import pytest

from tests.reading_cases import brief_of, cases, read


@pytest.mark.parametrize("case", cases("narrative"), ids=lambda case: case["name"])
def test_a_passage_is_told_as_it_is_labelled(case: dict[str, Any]) -> None:
    """The lists that a case labels are told whole, and nothing beside them."""
    readings, overview = read(brief_of(case["text"], year=case["year"]))
    told: dict[str, list[Any]] = {
        "milestones": [[m.date, m.event.value, m.place] for r in readings for m in r.milestones],
        "cases": [c.person for r in readings for c in r.cases],
        "partners": list(overview.partners),
        "designations": list(overview.designations),
    }
    labelled = {key: case[key] for key in told.keys() & case.keys()}
    assert labelled
    assert {key: told[key] for key in labelled} == labelled
