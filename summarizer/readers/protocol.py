"""The one seam between the pipeline and whoever gives numbers their meaning."""

from collections.abc import Sequence
from typing import Protocol

from schemas.reading import Overview, SectionReading
from schemas.vocabulary import ReaderName
from summarizer.precheck.brief import Brief


class Reader(Protocol):
    """Reads sections one by one, then the article as a whole.

    A reader may leave candidates unanswered: they count as unread. It raises nothing for a bad answer of a model; it
    falls back to rules and sets `degraded`. Only errors that end the run (a wrong key, no such model) propagate.
    """

    name: ReaderName

    async def read(self, brief: Brief, section: int) -> SectionReading:
        """Give every candidate of the section its meaning."""
        ...

    async def overview(self, brief: Brief, readings: Sequence[SectionReading]) -> Overview:
        """Say what the article says as a whole."""
        ...
