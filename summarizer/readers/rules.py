"""The reader that needs no model: rules over clauses, cue words and headings."""

from collections import deque
from collections.abc import Callable, Sequence

from schemas.reading import Overview, SectionReading
from schemas.vocabulary import ReaderName
from summarizer.precheck.brief import Brief
from summarizer.readers import digest
from summarizer.readers.cases import cases
from summarizer.readers.helpers import designations, partners
from summarizer.readers.measures import measures
from summarizer.readers.milestones import milestones
from summarizer.readers.numbers import read_numbers
from summarizer.readers.study import Study

KEPT = 8
"""Articles whose study is kept while their sections are read side by side."""


class RuleReader:
    """Reads any brief without a language model; answers every candidate, and raises nothing.

    `study` makes the study of an article: another one leaves out a model of weights (`Study.indicators`).
    """

    name = ReaderName.RULES

    def __init__(self, study: Callable[[Brief], Study] = Study) -> None:
        self._study_of = study
        self._studies: deque[Study] = deque(maxlen=KEPT)

    async def read(self, brief: Brief, section: int) -> SectionReading:
        """Give every candidate of the section its meaning, and tell what the section tells."""
        study = self._study(brief)
        numbers = read_numbers(study, section)
        return SectionReading(
            section=section,
            topic=study.section_topic(section),
            numbers=numbers,
            measures=measures(study, section, numbers),
            milestones=milestones(study, section),
            cases=cases(study, section, numbers),
        )

    async def overview(self, brief: Brief, readings: Sequence[SectionReading]) -> Overview:
        """Labels and helpers by name, and the article's own sentences as headline and summary."""
        study = self._study(brief)
        return Overview(
            designations=designations(study),
            partners=partners(study),
            headline=digest.headline(study, readings),
            summary=digest.summary(study, readings),
        )

    def _study(self, brief: Brief) -> Study:
        """The study of this brief: one for all its sections."""
        for study in self._studies:
            if study.brief is brief:
                return study
        self._studies.append(self._study_of(brief))
        return self._studies[-1]
