"""What the rules look up again and again in one article, found once."""

from dataclasses import dataclass
from functools import cached_property

from schemas.vocabulary import Topic
from summarizer.precheck import sections, times, topics
from summarizer.precheck.brief import Brief
from summarizer.precheck.candidate import Candidate
from summarizer.readers.clauses import Around, Layout, around

PASSAGE_CHARS = 400
"""Characters of a paragraph that tell its topic; beyond that it has told it."""


@dataclass(frozen=True)
class Study:
    """One article: its brief, its clauses, its timeline."""

    brief: Brief

    @cached_property
    def layout(self) -> Layout:
        """Clauses, sentences and paragraphs of the clean text."""
        return Layout(self.brief.text)

    @cached_property
    def starts(self) -> list[int]:
        """Where the candidates begin, in order."""
        return [c.start for c in self.brief.candidates]

    @cached_property
    def timeline(self) -> times.Timeline:
        """The time phrases of the text, ready to be asked for a number's period."""
        return times.Timeline.of(self.brief.text, self.brief.times, self.brief.reference_year)

    def around(self, candidate: Candidate) -> Around:
        """The neighbourhood of a candidate."""
        return around(self.layout, self.brief.candidates, candidate.id - 1)

    def heading(self, section: int) -> str:
        """The heading that a section stands under, empty where there is none."""
        return sections.heading_above(self.brief.parts, section) or ""

    def lead(self, section: int, at: int) -> str:
        """The lead phrase that a position stands under: that of its passage, else the section's own heading."""
        part = self.brief.parts[section]
        return sections.lead_before(self.brief.text, part, at) or part.heading or ""

    def topic(self, section: int, near: Around) -> Topic:
        """The topic of the passage that a number stands in, unless its own clause is plainly about another."""
        text, at = self.brief.text, near.number.start
        part = self.brief.parts[section]
        paragraph = self.layout.paragraph(at)
        start = max(paragraph.start, part.start, at - PASSAGE_CHARS // 2)
        return topics.in_context(
            text[near.clause.start : near.clause.end],
            text[max(near.sentence.start, at - PASSAGE_CHARS) : min(near.sentence.end, at + PASSAGE_CHARS)],
            lead=sections.lead_before(text, part, at),
            heading=self.heading(section),
            passage=text[start : min(paragraph.end, start + PASSAGE_CHARS)],
        )

    def section_topic(self, section: int) -> Topic:
        """The topic of a section as a whole."""
        part = self.brief.parts[section]
        return topics.of_section(part.heading, self.brief.text[part.body : part.end])


def is_after(period: str, written: str) -> bool:
    """Whether a period ends after the time of writing, compared as far as both are stated."""
    end = period.rsplit("/", maxsplit=1)[-1]
    return end[: len(written)] > written[: len(end)]
