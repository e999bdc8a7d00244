"""Small briefs for tests of the rooms behind the prechecks: one section, numbers found by the real precheck."""

from dataclasses import fields

from schemas.reading import NumberReading, SectionReading
from schemas.report import Fact, Subject
from schemas.vocabulary import Basis, Level, Script
from summarizer.precheck import numbers
from summarizer.precheck.brief import Brief, PlaceName, Verdict
from summarizer.precheck.candidate import Candidate, Number, Part
from summarizer.text.article import Article
from summarizer.text.traced import Traced

COUNTY = Subject(
    name="古县", level=Level.COUNTY, province="山西省", prefecture="临汾市", adcode="141025", basis=Basis.STATED
)


def brief_of(text: str, *places: str) -> Brief:
    """The brief of a text that needed no repair; `places` are the places it names."""
    found = numbers.find(text)
    candidates = [
        Candidate(**{f.name: getattr(n, f.name) for f in fields(Number)}, id=i, section=0)
        for i, n in enumerate((n for n in found if n.set_aside is None), 1)
    ]
    return Brief(
        article=Article(raw=text, clean=Traced.of(text), script=Script.SIMPLIFIED),
        subject=COUNTY,
        reference_year=2020,
        reference_year_basis=Basis.STATED,
        written="2020",
        parts=(Part(index=0, heading=None, start=0, body=0, end=len(text)),),
        candidates=tuple(candidates),
        set_aside=tuple(n for n in found if n.set_aside is not None),
        times=(),
        places=tuple(PlaceName(at, at + len(p), p) for p in places if (at := text.find(p)) >= 0),
        verdict=Verdict(None),
    )


def reading_of(*numbers_read: NumberReading, **more: object) -> SectionReading:
    """A reading of the one section."""
    return SectionReading(section=0, topic="other", numbers=numbers_read, **more)


def facts_of(brief: Brief, **meaning: dict[str, object]) -> tuple[Fact, ...]:
    """The facts of a brief; `meaning` gives fields by mention, written without marks (`n6469户`)."""
    made = []
    for c in brief.candidates:
        mention = brief.text[c.start : c.end]
        given = {"topic": "other", "indicator": "other", "status": "achieved"} | meaning.get(f"n{mention}", {})
        made.append(
            Fact(
                id=c.id,
                span=(c.start, c.end),
                number_at=c.number_at,
                mention=mention,
                value=c.value,
                upper=c.upper,
                unit=c.unit,
                counted=c.counted,
                qualifier=c.qualifier,
                per=c.per,
                label="x",
                section=0,
                read_by="rules",
                **given,
            )
        )
    return tuple(made)
