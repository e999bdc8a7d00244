"""What became of one input: a report, a reason to skip it, or a failure. Bugs are none of these; they propagate."""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from schemas.base import Frozen
from schemas.report import CountyReport, Document, Usage
from schemas.vocabulary import FailureKind, SkipReason


class Reported(Frozen):
    """The article was read."""

    outcome: Literal["reported"] = "reported"
    report: CountyReport

    @property
    def document(self) -> Document:
        """What the file is."""
        return self.report.document

    @property
    def usage(self) -> Usage:
        """What reading it used."""
        return self.report.provenance


class Skipped(Frozen):
    """The input is not worth reading as a county report; `text` says why to a person."""

    outcome: Literal["skipped"] = "skipped"
    reason: SkipReason
    text: str
    document: Document
    usage: Usage = Usage()


class Failed(Frozen):
    """The input could not be read; `hint` says what to do."""

    outcome: Literal["failed"] = "failed"
    error: FailureKind
    message: str
    hint: str
    retryable: bool
    document: Document
    usage: Usage = Usage()


Outcome = Annotated[Reported | Skipped | Failed, Field(discriminator="outcome")]
"""One of the three, told apart by `outcome`."""

OutcomeAdapter: TypeAdapter[Reported | Skipped | Failed] = TypeAdapter(Outcome)
"""Reads an outcome back from JSON."""
