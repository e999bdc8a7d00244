"""What the rules look up again and again in one article, found once."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from schemas.vocabulary import Indicator, Level, Status, Topic
from summarizer import gazetteer, signs
from summarizer.precheck import sections, times, topics
from summarizer.precheck.about import Whereabouts
from summarizer.precheck.brief import Brief, PlaceName
from summarizer.precheck.candidate import START, Candidate
from summarizer.readers.clauses import Around, Layout, Stretch, around
from summarizer.readers.indicator_model import indicator_model
from summarizer.readers.label_model import LabelModel, label_model
from summarizer.readers.label_parts import Words
from summarizer.readers.linear_model import LinearModel, Vector
from summarizer.readers.status_model import OTHER, finder, heard, status_model
from summarizer.readers.topic_model import TopicModel, topic_model
from summarizer.text.article import Furniture

MOST_HEADINGS = 40
"""Parts in front among which the headings above one are looked for."""

MONTH_CHARS = 7
"""Length of a period that is a month."""

_RANKS = (
    re.compile("[一二三四五六七八九十]{1,3}[、.．]"),
    re.compile("[（(][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"\d{1,2}[、.．]"),
    re.compile(r"[（(]\d{1,2}[)）]|[一二三四五六七八九十]是"),
)
"""Marks of headings from the highest rank down; a heading without one that has its own line ranks above them all."""


Where = tuple[str, Stretch | str]
"""A stretch that speaks for a topic, and its kind (`clause`, `heading`); a heading or a title by its words."""


STORY_QUOTES, STORY_PERSONS = 4, 5
"""Quotations, or words for a person, in 1,000 characters beyond which an article is a story."""

_PRONOUNS = "他她俺我"


@dataclass(frozen=True)
class Study:
    """One article: its brief, its clauses, its timeline; and the model that weighs its topics."""

    brief: Brief
    model: TopicModel = field(default_factory=topic_model, compare=False)
    indicators: LinearModel[Indicator] | None = field(default_factory=indicator_model, compare=False)
    """What weighs the rules' word on what a number measures; None leaves it to the rules."""
    statuses: LinearModel[Status] | None = field(default_factory=status_model, compare=False)
    """What weighs the rules' word on whether it has happened; None leaves it to the rules."""
    labels: LabelModel | None = field(default_factory=label_model, compare=False)
    """What chooses the words of labels; None leaves them to the rules."""
    vectors: dict[Where, Vector] = field(default_factory=dict, compare=False)
    """What stretches speak for as the topic model weighs them: filled by `themes.passage_vector`."""
    passages: dict[tuple[int, Stretch, int, str], Vector] = field(default_factory=dict, compare=False)
    """The same of passages: by section, sentence, window and lead."""
    clauses: dict[tuple[int, Stretch], Vector] = field(default_factory=dict, compare=False)
    """What clauses speak for as the model of indicators weighs them, by section and clause."""
    status_vectors: dict[Hashable, Vector] = field(default_factory=dict, compare=False)
    """What sections, sentences and clauses say of a status: filled by `happened.settled`."""
    _leads: dict[tuple[int, int], str] = field(default_factory=dict, compare=False)
    _above: dict[int, str] = field(default_factory=dict, compare=False)
    _headings: dict[int, str] = field(default_factory=dict, compare=False)
    _section_topics: dict[int, Topic] = field(default_factory=dict, compare=False)
    _named: dict[str, Set[str]] = field(default_factory=dict, compare=False)
    _heard: dict[str, Set[str]] = field(default_factory=dict, compare=False)
    half_sentences: dict[tuple[int, int], list[Stretch]] = field(default_factory=dict, compare=False)
    """Half-sentences of the stretches that were asked for: filled by `extracts.half_sentences`."""
    people: dict[int, tuple[tuple[int, str], ...]] = field(default_factory=dict, compare=False)
    """Where people with a story are named, by section: filled by `cases.people_of`."""
    everybody: list[tuple[tuple[int, str], ...]] = field(default_factory=list, compare=False)
    """The same of all sections, once it is asked for: filled by `cases.everybody`."""

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
    def is_story(self) -> bool:
        """Whether the article lets people speak, or tells of them: a feature, as opposed to a report or a notice."""
        text = self.brief.text
        quotes, persons = text.count("“"), sum(map(text.count, _PRONOUNS))
        return quotes * 1000 > STORY_QUOTES * len(text) or persons * 1000 > STORY_PERSONS * len(text)

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

    @cached_property
    def _furniture(self) -> list[Furniture]:
        return sorted(self.brief.article.furniture, key=lambda part: part.start)

    def is_furniture(self, at: int) -> bool:
        """Whether a position lies in what the page has around its article: 上一篇:围场2万亩马铃薯开播."""
        parts = self._furniture
        i = bisect_right(parts, at, key=lambda part: part.start)
        return i > 0 and at < parts[i - 1].end

    def told(self, stretch: Stretch) -> int:
        """The signs of all words that can stand in a stretch."""
        return signs.within(self.brief.text, stretch)

    def tells(self, stretch: Stretch, patterns: int) -> bool:
        """Whether words stand in a stretch without which none of some patterns matches, given by their signs."""
        return signs.tells(self.brief.text, stretch, patterns)

    @cached_property
    def timeline(self) -> times.Timeline:
        """The time phrases of the text, ready to be asked for a number's period."""
        brief = self.brief
        published = brief.article.info.published
        return times.Timeline.of(
            brief.text,
            brief.times,
            brief.reference_year,
            brief.written,
            published,
        )

    @cached_property
    def whereabouts(self) -> Whereabouts:
        """The places of the text, ready to be asked which of them a number is about."""
        return Whereabouts(self.brief.text, self.brief.places, self.brief.subject, self.brief.meant)

    @cached_property
    def now(self) -> str | None:
        """The latest time at which the article can have been written, by which what is to come is told.

        A page that came out in June and speaks of December plans; when it was written it was no later.
        """
        written, published = self.brief.written, self.brief.article.info.published
        if written and published and published.startswith(written):
            return published[:MONTH_CHARS]
        return written

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
        return self.lead_before(section, at) or sections.named(self.brief.parts[section]) or ""

    def lead_before(self, section: int, at: int) -> str:
        """The lead phrase of the passage that a position of a section stands in; kept, for each number asks again."""
        known = self._leads.get((section, at))
        if known is None:
            known = sections.lead_before(self.brief.text, self.brief.parts[section], at)
            self._leads[section, at] = known
        return known

    @cached_property
    def _found(self) -> Sequence[Sequence[tuple[int, str]]]:
        """Where the words stand that topics' lexicon, the topic model and the model of statuses know."""
        return _finders(self.model.finder).found(self.brief.text)

    @cached_property
    def lexicon(self) -> topics.Scored:
        """The words of the topics' lexicon in the text, and what they speak for."""
        return topics.Scored(self.brief.text, self._found[0])

    @cached_property
    def words(self) -> topics.Located:
        """The words in the text that the topic model knows."""
        return topics.Located(self.model.finder, self.brief.text, self._found[1])

    def words_of(self, name: str) -> Set[str]:
        """The words that the topic model knows in a heading, a lead or a title; kept, for numbers share them."""
        known = self._named.get(name)
        if known is None:
            known = self._named[name] = {word for _, word in self.model.finder.found(name)}
        return known

    @cached_property
    def heard(self) -> topics.Located:
        """The words in the text in which the model of statuses hears whether something has happened."""
        return topics.Located(finder(), self.brief.text, self._found[2])

    @cached_property
    def _telling(self) -> list[tuple[int, int, str]]:
        lists = heard()
        return [(at, at + len(word), lists[word]) for at, word in self.heard.placed() if lists[word] != OTHER]

    def telling(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """Those of a stretch that speak for a status: beginning, end and list; one that an edge cuts is left out."""
        spots = self._telling
        first, last = bisect_left(spots, (start,)), bisect_left(spots, (end,))
        return spots[first : last - 1 if last > first and spots[last - 1][1] > end else last]

    def heard_in(self, name: str) -> Set[str]:
        """The same words in headings or a title; kept, for numbers share them."""
        known = self._heard.get(name)
        if known is None:
            known = self._heard[name] = {word for _, word in finder().found(name)}
        return known

    @cached_property
    def label_parts(self) -> Words:
        """The words of the text that may stand in a label."""
        return Words(self.labels or label_model(), self.layout.wording)

    def topic_of(self, stretch: Stretch) -> Topic:
        """The topic that the words of a stretch speak for."""
        return topics.best(self.lexicon.scores(stretch.start, stretch.end))

    def section_topic(self, section: int) -> Topic:
        """The topic of a section as a whole."""
        if section not in self._section_topics:
            part = self.brief.parts[section]
            self._section_topics[section] = self.lexicon.of_section(sections.named(part), part.body, part.end)
        return self._section_topics[section]


@lru_cache(maxsize=2)
def _finders(model: topics.Finder) -> topics.Finders:
    """What finds the words of all lists in a text: the topic model's are those of its training."""
    return topics.Finders((topics.finder(), model, finder()))


def is_after(period: str, written: str) -> bool:
    """Whether a period ends after the time of writing, compared as far as both are stated."""
    end = period.rsplit("/", maxsplit=1)[-1]
    return end[: len(written)] > written[: len(end)]
