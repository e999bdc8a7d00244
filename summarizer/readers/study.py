"""What the rules look up again and again in one article, found once."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property

from schemas.vocabulary import Level, Topic
from summarizer import gazetteer, signs
from summarizer.precheck import sections, times, topics
from summarizer.precheck.about import Whereabouts
from summarizer.precheck.brief import Brief, PlaceName
from summarizer.precheck.candidate import START, Candidate
from summarizer.readers.clauses import Around, Layout, Stretch, around

PASSAGE_CHARS = 400
"""Characters of a sentence or paragraph around a number that tell its topic; beyond that it has told it."""

_NO_FIELD = frozenset(
    {Topic.OTHER, Topic.GOVERNANCE, Topic.IDENTIFICATION, Topic.PROFILE, Topic.CADRES, Topic.COOPERATION}
)
"""Topics of leads that money is not spent on."""

CARRIED_ON = 2.5
"""What the topic of the number before counts, where that stands in another sentence: a sentence may begin anew."""

PLAIN = 2.0
"""Score of words that name a topic: one strong word."""

PLAIN_IDENTIFICATION = 3.0
"""The same of identification, whose strong words name the people of every measure: one decisive word."""


MOST_HEADINGS = 40
"""Parts in front among which the headings above one are looked for."""

_RANKS = (
    re.compile("[一二三四五六七八九十]{1,3}[、.．]"),
    re.compile("[（(][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"\d{1,2}[、.．]"),
    re.compile(r"[（(]\d{1,2}[)）]|[一二三四五六七八九十]是"),
)
"""Marks of headings from the highest rank down; a heading without one that has its own line ranks above them all."""


@dataclass(frozen=True)
class Study:
    """One article: its brief, its clauses, its timeline."""

    brief: Brief
    _scored: dict[str, dict[Topic, float]] = field(default_factory=dict, compare=False)
    _stretches: dict[Stretch, dict[Topic, float]] = field(default_factory=dict, compare=False)
    _above: dict[int, str] = field(default_factory=dict, compare=False)
    _headings: dict[int, str] = field(default_factory=dict, compare=False)
    _section_topics: dict[int, Topic] = field(default_factory=dict, compare=False)
    half_sentences: dict[tuple[int, int], list[Stretch]] = field(default_factory=dict, compare=False)
    """Half-sentences of the stretches that were asked for: filled by `extracts.half_sentences`."""
    people: dict[int, tuple[tuple[int, str], ...]] = field(default_factory=dict, compare=False)
    """Where people with a story are named, by section: filled by `cases.people_of`."""

    @cached_property
    def layout(self) -> Layout:
        """Clauses, sentences and paragraphs of the clean text."""
        figures = [Stretch(c.start, c.end) for c in self.brief.candidates]
        figures += [Stretch(t.start, t.end) for t in self.brief.times]
        return Layout(self.brief.text, figures)

    @cached_property
    def is_plan(self) -> bool:
        """Whether the article is a plan by its title."""
        return times.is_plan(self.brief.text)

    @cached_property
    def starts(self) -> list[int]:
        """Where the candidates begin, in order."""
        return [c.start for c in self.brief.candidates]

    @cached_property
    def _place_starts(self) -> list[int]:
        return [p.start for p in self.brief.places]

    def places_in(self, start: int, end: int) -> tuple[PlaceName, ...]:
        """The places named in `[start, end)`."""
        first, last = bisect_left(self._place_starts, start), bisect_left(self._place_starts, end)
        return tuple(p for p in self.brief.places[first:last] if p.end <= end)

    def outside(self, start: int, end: int) -> list[PlaceName]:
        """The places named in `[start, end)` that lie outside the subject's prefecture; none for an unknown subject."""
        if not self._outside:
            return []
        first, last = (bisect_left(self._outside, at, key=START) for at in (start, end))
        return [p for p in self._outside[first:last] if p.end <= end]

    @cached_property
    def _outside(self) -> list[PlaceName]:
        own, subject = self._code, self.brief.subject
        if own is None:
            return []
        width = 2 if subject.level is Level.PROVINCE else 4
        above = {subject.province, subject.prefecture}
        named = (p for p in self.brief.places if p.adcode and p.name not in above)
        return [p for p in named if (p.adcode or "")[:width] != own[:width]]

    @cached_property
    def _code(self) -> str | None:
        """The subject's code; of a town or a village that of the prefecture or the province it lies in."""
        subject = self.brief.subject
        above = [name for name in (subject.prefecture, subject.province) if name]
        found = [subject.adcode] if subject.adcode else [d.adcode for n in above for d in gazetteer.divisions(n)]
        return found[0] if found else None

    def told(self, stretch: Stretch) -> int:
        """The signs of all words that can stand in a stretch."""
        return signs.within(self.brief.text, stretch)

    @cached_property
    def timeline(self) -> times.Timeline:
        """The time phrases of the text, ready to be asked for a number's period."""
        brief = self.brief
        published = brief.article.info.published
        return times.Timeline.of(brief.text, brief.times, brief.reference_year, brief.written, published)

    @cached_property
    def whereabouts(self) -> Whereabouts:
        """The places of the text, ready to be asked which of them a number is about."""
        return Whereabouts(self.brief.text, self.brief.places, self.brief.subject, self.brief.meant)

    def around(self, candidate: Candidate) -> Around:
        """The neighbourhood of a candidate."""
        return around(self.layout, self.brief.candidates, candidate.id - 1)

    def heading(self, section: int) -> str:
        """The heading that a section stands under, empty where there is none."""
        if section not in self._above:
            self._above[section] = sections.heading_above(self.brief.parts, section) or ""
        return self._above[section]

    def headings(self, section: int) -> str:
        """All headings that a section stands under, a line each: one holds over those of lower rank."""
        if section not in self._headings:
            self._headings[section] = self._found_headings(section)
        return self._headings[section]

    def _found_headings(self, section: int) -> str:
        found: list[str] = []
        lowest = len(_RANKS) + 1
        for part in reversed(self.brief.parts[max(0, section - MOST_HEADINGS) : section + 1]):
            if not part.heading:
                continue
            inline = part.body < part.end and "\n" not in self.brief.text[part.start : part.body]
            rank = next(
                (i for i, mark in enumerate(_RANKS, 1) if mark.match(part.heading)), len(_RANKS) if inline else 0
            )
            if rank < lowest:
                found.append(part.heading)
                lowest = rank
            if rank <= 1:
                break
        return "\n".join(found)

    def lead(self, section: int, at: int) -> str:
        """The lead phrase that a position stands under: that of its passage, else the section's own heading."""
        part = self.brief.parts[section]
        return sections.lead_before(self.brief.text, part, at) or sections.named(part) or ""

    def topic(self, section: int, near: Around, carried: Topic | None = None, without: Topic | None = None) -> Topic:
        """The topic of the passage that a number stands in, unless its own clause is plainly about another.

        `carried` is that of the number before it in its paragraph: a paragraph goes on with what it is about.
        `without` is a topic that the quantity cannot have.
        """
        text, at = self.brief.text, near.number.start
        part, paragraph = self.brief.parts[section], self.layout.paragraph(at)
        near_by = (
            (self._scores_in(near.clause), topics.CLAUSE),
            (self._scores_in(self._window(self._half_sentence(near), at)), topics.SENTENCE),
            (self._scores(sections.lead_before(text, part, at)), topics.LEAD),
            (self._scores(self.heading(section)), topics.HEADING),
            (
                self._scores_in(self._window(Stretch(max(paragraph.start, part.start), paragraph.end), at)),
                topics.PASSAGE,
            ),
        )
        total: dict[Topic, float] = {}
        for scores, weight in near_by:
            for topic, value in scores.items():
                total[topic] = total.get(topic, 0.0) + weight * value
        if carried is not None and carried is not Topic.OTHER:
            last = self.starts[max(bisect_left(self.starts, near.number.start) - 1, 0)]
            weight = topics.CARRIED if last >= near.sentence.start else CARRIED_ON
            total[carried] = total.get(carried, 0.0) + weight
        if max(total.values(), default=0.0) < PLAIN:
            total.update((topic, total.get(topic, 0.0) + value) for topic, value in self._title.items())
        if without is not None:
            total.pop(without, None)
        best = topics.best(total)
        if best is not Topic.GOVERNANCE:
            return best
        # 产业扶贫。整合涉农资金1.2亿元: money for a field of work is that field's.
        found = self._scores(sections.lead_before(text, part, at))
        field = topics.best(found)
        return best if field in _NO_FIELD or found[field] < PLAIN else field

    @cached_property
    def _title(self) -> dict[Topic, float]:
        """The fields of work that the title names; a passage that names none is about them."""
        found = self._scores(self.brief.article.info.title or "")
        return {topic: value for topic, value in found.items() if topic not in _NO_FIELD}

    def _half_sentence(self, near: Around) -> Stretch:
        """The sentence of a number between its semicolons: the items of a list are each about something else."""
        text, at = self.brief.text, near.number.start
        starts = (text.rfind(mark, near.sentence.start, at) + 1 for mark in "；;")
        # 项目58个，其中产业类31个、教育类8个: what the parts are says nothing of the whole.
        ends = (text.find(mark, near.number.end, near.sentence.end) for mark in ("；", ";", "其中"))
        end = min((end for end in ends if end >= 0), default=near.sentence.end)
        return Stretch(max(near.sentence.start, *starts), end)

    def _window(self, stretch: Stretch, at: int) -> Stretch:
        """The stretch around a position; of a long one a window that many numbers share, so that it is scored once."""
        half = PASSAGE_CHARS // 2
        step = max(0, at // half - 1) * half
        first = max(stretch.start, step) if stretch.end - stretch.start > PASSAGE_CHARS else stretch.start
        return Stretch(first, min(stretch.end, first + PASSAGE_CHARS))

    def _scores(self, text: str) -> dict[Topic, float]:
        """The topics that words speak for, asked once: numbers share sentences and passages."""
        if text not in self._scored:
            self._scored[text] = topics.scores(text)
        return self._scored[text]

    @cached_property
    def _lexicon(self) -> topics.Scored:
        return topics.scored(self.brief.text)

    def _scores_in(self, stretch: Stretch) -> dict[Topic, float]:
        """The same of a stretch of the text."""
        if stretch not in self._stretches:
            self._stretches[stretch] = self._lexicon.scores(stretch.start, stretch.end)
        return self._stretches[stretch]

    def names_topic(self, stretch: Stretch) -> bool:
        """Whether the words of a stretch plainly speak for a topic.

        Words that lean towards one (项目, 帮扶) do not, and whom a measure reaches (贫困人口) is no topic of it.
        """
        found = self._scores_in(stretch)
        return any(
            value >= (PLAIN_IDENTIFICATION if topic is Topic.IDENTIFICATION else PLAIN)
            for topic, value in found.items()
        )

    def names(self, text: str, topic: Topic) -> bool:
        """Whether a heading or a lead plainly speaks for the topic."""
        return self._scores(text).get(topic, 0.0) >= PLAIN

    def topic_of(self, stretch: Stretch) -> Topic:
        """The topic that the words of a stretch speak for."""
        return topics.best(self._scores_in(stretch))

    def section_topic(self, section: int) -> Topic:
        """The topic of a section as a whole."""
        if section not in self._section_topics:
            part = self.brief.parts[section]
            self._section_topics[section] = self._lexicon.of_section(sections.named(part), part.body, part.end)
        return self._section_topics[section]


def is_after(period: str, written: str) -> bool:
    """Whether a period ends after the time of writing, compared as far as both are stated."""
    end = period.rsplit("/", maxsplit=1)[-1]
    return end[: len(written)] > written[: len(end)]
