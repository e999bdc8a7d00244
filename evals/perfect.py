"""Labels in a report's form: what a perfect reader would give, and what a second annotator is compared by."""

from collections.abc import Sequence

from evals.gold import Gold, GoldFact
from schemas.report import (
    Case,
    CountyReport,
    Coverage,
    Damage,
    Designation,
    Document,
    Fact,
    Fingerprints,
    Measure,
    Milestone,
    Partner,
    Provenance,
    Section,
    SetAside,
    Subject,
)
from schemas.vocabulary import DamageKind, ReaderName, Topic

SOMEWHERE = (0, 1)
"""The span of what labels give by name alone; no scorer reads it."""


def as_report(gold: Gold) -> CountyReport:
    """The report of a reader who says what the labels say.

    Nobody labels measures: there is one for each topic of the facts, with all of them. What no scorer compares with
    labels stays empty: sentences, checks.
    """
    n = len(gold.facts)
    facts = tuple(_fact(i, label) for i, label in enumerate(gold.facts, 1))
    aside = tuple(SetAside(reason=trap.reason, span=span) for trap in gold.traps for span in trap.spans)
    return CountyReport(
        document=Document(**gold.document.model_dump()),
        subject=Subject(**gold.subject.model_dump(), reason=None if gold.subject.name else "the labels name none"),
        designations=tuple(Designation(text=name, span=SOMEWHERE) for name in gold.designations),
        sections=(Section(heading=None, topic=Topic.OTHER, span=SOMEWHERE),),
        facts=facts,
        measures=tuple(_measure(topic, facts) for topic in dict.fromkeys(fact.topic for fact in facts)),
        milestones=tuple(Milestone(**label.model_dump(), text="") for label in gold.milestones),
        cases=tuple(Case(**label.model_dump(), summary="", facts=()) for label in gold.cases),
        partners=tuple(Partner(name=name, span=SOMEWHERE) for name in gold.partners),
        headline="",
        summary="",
        damage=tuple(
            Damage(kind=DamageKind.BYTE_SHIFT, restored=label.restored, lost=label.lost, span=label.span)
            for label in gold.damage
        ),
        coverage=Coverage(total=n + len(aside), facts=n, damaged=0, unread=0, set_aside=aside, verdict=""),
        provenance=Provenance(
            reader=ReaderName.RULES, package_version="", fingerprints=Fingerprints(prompt=None, schema="", rules="")
        ),
    )


def _fact(number: int, label: GoldFact) -> Fact:
    """A label as a report's fact; a report's fact has no quote."""
    fields = label.model_dump(exclude={"quote"})
    return Fact(**fields, id=number, section=0, read_by=ReaderName.RULES)


def _measure(topic: Topic, facts: Sequence[Fact]) -> Measure:
    """All facts of a topic, where the first of them stands."""
    inside = [fact for fact in facts if fact.topic is topic]
    return Measure(
        topic=topic,
        title=topic.zh,
        summary="",
        status=inside[0].status,
        facts=tuple(fact.id for fact in inside),
        span=inside[0].span,
    )
