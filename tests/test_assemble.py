"""Whatever a reader says, a fact is a candidate with its own value and span."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.reading import CaseReading, MeasureReading, MilestoneReading, NumberReading, Overview
from summarizer.assemble import assemble, coverage, figures
from tests.briefs import brief_of, reading_of

TEXT = "古县今年以来发放贷款4214.88万元，岳阳镇张庄村张三贷款5万元。2019年5月21日退出。"


def test_fact_has_the_value_and_span_of_its_candidate() -> None:
    """Spans open the raw text, values are the precheck's."""
    brief = brief_of(TEXT)
    parts = assemble(brief, [reading_of(NumberReading(id=1, label="发放贷款"))], Overview())
    (fact,) = parts.facts
    assert (TEXT[slice(*fact.span)], fact.value, fact.unit) == ("4214.88万元", 42148800, "CNY")


def test_every_number_is_a_fact_set_aside_or_unread() -> None:
    """A candidate that nobody answered is unread, with its span."""
    brief = brief_of(TEXT)
    parts = assemble(brief, [reading_of(NumberReading(id=1, label="发放贷款"))], Overview())
    account = coverage(parts)
    # The date, and the numeral of the person's name.
    assert (account.facts, account.unread, len(account.set_aside)) == (1, 1, 2)
    assert TEXT[slice(*account.unread_spans[0])] == "5万元"


def test_candidate_that_a_reader_sets_aside_is_no_fact() -> None:
    """It stands in the account with the reader's reason."""
    answers = (NumberReading(id=1, label="x"), NumberReading(id=2, set_aside="fixed_phrase"))
    parts = assemble(brief_of(TEXT), [reading_of(*answers)], Overview())
    assert [a.reason for a in parts.set_aside] == ["name", "fixed_phrase", "date"]


@pytest.mark.parametrize(("place", "kept"), [("岳阳镇张庄村", True), ("火星镇", False), ("山西省", True)])
def test_place_stands_in_the_text_or_above_the_subject(place: str, kept: bool) -> None:
    """A place that the article does not name is dropped, and the drop is recorded."""
    parts = assemble(brief_of(TEXT), [reading_of(NumberReading(id=1, label="贷款", place=place))], Overview())
    assert parts.facts[0].place == (place if kept else None)
    assert bool(parts.dropped) is not kept


def test_label_with_an_invented_number_is_replaced() -> None:
    """The indicator's name stands in for it."""
    parts = assemble(
        brief_of(TEXT), [reading_of(NumberReading(id=1, label="7万户贷款", indicator="loans"))], Overview()
    )
    assert parts.facts[0].label == "贷款"
    assert parts.dropped[0].text == "7万户贷款"


def test_words_that_the_article_does_not_say_are_dropped() -> None:
    """Partners, designations, persons and quotes are words of the article."""
    reading = reading_of(
        milestones=[MilestoneReading(date="2019-05-21", event="exit_approved", quote="2020年退出")],
        cases=[
            CaseReading(person="李四", summary="", quote="张三贷款"),
            CaseReading(person="张三", summary="", quote="张三贷款"),
        ],
        measures=[MeasureReading(topic="finance", title="金融", summary="", status="achieved", quote="没有这句")],
    )
    parts = assemble(brief_of(TEXT), [reading], Overview(partners=("某大学",), designations=("古县",)))
    assert [c.person for c in parts.cases] == ["张三"]
    assert (parts.milestones, parts.measures, parts.partners) == ((), (), ())
    assert [d.text for d in parts.designations] == ["古县"]
    assert len(parts.dropped) == 4


def test_headline_figures_are_the_subjects_own_newest_first() -> None:
    """Planned figures, other places and shares per head are none."""
    brief = brief_of("贫困人口3000人、2000人、1000人、500人。")
    answers = [
        NumberReading(id=1, indicator="registered_persons", period="2014"),
        NumberReading(id=2, indicator="registered_persons", period="2018-12"),
        NumberReading(id=3, indicator="registered_persons", period="2019", status="planned"),
        NumberReading(id=4, indicator="registered_persons", period="2019", place="贫困"),
    ]
    parts = assemble(brief, [reading_of(*answers)], Overview())
    assert figures(parts.facts) == {"registered_persons": (2, 1)}


text = st.text("古县贷款张三0123456789万元{}，。退出年月", max_size=20)


@given(label=text, place=text, quote=text, person=text, partner=text)
def test_no_answer_breaks_the_promises(label: str, place: str, quote: str, person: str, partner: str) -> None:
    """Any text in any field: the numbers and spans stay those of the article, and the account adds up."""
    brief = brief_of(TEXT)
    reading = reading_of(
        NumberReading(id=1, label=label, place=place),
        NumberReading(id=77, label=label),
        cases=[CaseReading(person=person, place=place, summary=label, quote=quote)],
    )
    parts = assemble(brief, [reading], Overview(partners=(partner,)))
    assert [f.value for f in parts.facts] == [42148800]
    assert all(TEXT[slice(*p.span)] == p.name for p in parts.partners)
    assert coverage(parts).total == len(brief.candidates) + len(brief.set_aside)
