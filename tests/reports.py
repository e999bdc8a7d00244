"""Small reports for tests of what reads reports: the facts of a short text, and nothing else."""

from collections.abc import Callable, Sequence

from schemas.report import CountyReport, Coverage, Document, Fact, Fingerprints, Provenance, Section
from summarizer import checks
from summarizer.precheck.brief import Brief
from tests.briefs import COUNTY, brief_of


def report_of(text: str, year: int, facts: Callable[[Brief], Sequence[Fact]]) -> CountyReport:
    """The report of 古县 that a text's facts and checks make."""
    brief = brief_of(text)
    found, proved = checks.check(brief, facts(brief))
    return CountyReport(
        document=Document(n_chars=len(text), reference_year=year),
        subject=COUNTY,
        sections=(Section(heading=None, topic="other", span=(0, len(text))),),
        facts=proved,
        headline="",
        summary="",
        checks=found,
        coverage=Coverage(total=len(proved), facts=len(proved), damaged=0, unread=0, verdict=""),
        provenance=Provenance(
            reader="rules", package_version="0", fingerprints=Fingerprints(prompt=None, schema="x", rules="x")
        ),
    )
