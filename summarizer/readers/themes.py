"""What each number of a section is about.

The topic of a number is that of the passage it stands in, unless the number itself is plainly about another (a loan
told among rooms to let is finance). Both are weighed by one linear model (`topic_model`): the passage speaks through
the words of its clause, half-sentence, sentence, paragraph, heading and title and through the topic of the number
before; the number through its unit, its indicator and the words that touch it.
"""

from collections.abc import Iterable, Iterator, Mapping

from schemas.reading import NumberReading
from schemas.vocabulary import Indicator, Topic
from summarizer.precheck.candidate import Candidate
from summarizer.precheck.sections import lead_before
from summarizer.precheck.topics import scores
from summarizer.readers.clauses import Around, Stretch
from summarizer.readers.linear_model import BIAS, Group, Vector
from summarizer.readers.study import Study, Where

WORDS: Mapping[str, float] = {
    "clause": 1.0,
    "half": 0.5,
    "sentence": 0.5,
    "last": 0.3,
    "paragraph": 0.25,
    "lead": 0.7,
    "heading": 0.7,
    "title": 0.4,
}
"""The stretches whose words speak, and the value of a word there: far ones may say less, so they must prove more."""

NEAR = 0.5
"""Value of a word of the clause and of the half-sentence, wherever of the two it stands: few words stand often enough
to be learnt for each."""

LEXICON = 0.25
"""Value of one point of a lexicon score (`precheck.topics`)."""

MOST = 6.0
"""Points of a lexicon score that count; beyond, a stretch has said what it is about."""

PLAIN = 2.0
"""Points of a lexicon score by which words name a topic: one strong word."""

PLAIN_IDENTIFICATION = 3.0
"""The same of identification, whose strong words name the people of every measure: one decisive word."""

AHEAD = 1.0
"""Points by which the topic that is named is ahead of the next."""

TOUCHING = 1.5
"""Value of a word that touches the number: the last two in front, the first two behind."""

BEFORE_CHARS, BEHIND_CHARS = 12, 8
"""Characters of the clause in which the touching words are looked for."""

PASSAGE_CHARS = 400
"""Characters of a sentence or paragraph around a number that tell its topic; beyond that it has told it."""

LAST_CHARS = 150
"""Characters of the sentence in front that are read."""


class Themes:
    """The topics of one section's numbers, each asked after those before it."""

    def __init__(self, study: Study, section: int) -> None:
        self.section = section
        self._study = study
        self._topics: dict[int, Topic] = {}
        self._passages: dict[int, Vector] = {}

    def theme(self, candidate: Candidate, near: Around) -> Topic:
        """The topic of the number's passage."""
        half = half_sentence(self._study, near)
        found = passage_vector(self._study, self.section, near, half)
        carried = self._carried(candidate, near, half)
        if carried is not None:
            found += self._study.model.vector(carried)
        self._passages[candidate.id] = found
        return self._study.model.best(found)

    def topic(self, candidate: Candidate, near: Around, indicator: Indicator) -> Topic:
        """The topic of a number whose passage has been asked for, and which is of this indicator."""
        own = self._study.model.vector(own_features(self._study, candidate, near, indicator))
        self._topics[candidate.id] = found = self._study.model.best(self._passages[candidate.id] + own)
        return found

    def same(self, candidate: Candidate, other: Candidate | NumberReading) -> None:
        """A member of a list is about what its head is about."""
        if other.id in self._topics:
            self._topics[candidate.id] = self._topics[other.id]

    def _carried(self, candidate: Candidate, near: Around, half: Stretch) -> Iterable[Group] | None:
        """What the number before speaks for, in the same section."""
        before = self._topics.get(candidate.id - 1)
        if before is None:
            return None
        last = self._study.brief.candidates[candidate.id - 2]
        return carried_features(self._study, self.section, near, half, last, before)


def passage_vector(study: Study, section: int, near: Around, half: Stretch) -> Vector:
    """What the passage of a number, with its half-sentence, speaks for; that of each stretch is kept for the others."""
    return study.model.bias + sum(_weighed(study, where) for where in _stretches(study, section, near, half))


def _weighed(study: Study, where: Where) -> Vector:
    """What a stretch speaks for."""
    known = study.vectors.get(where)
    if known is None:
        known = study.vectors[where] = study.model.vector(_said(study, *where))
    return known


def passage_features(study: Study, section: int, near: Around, half: Stretch) -> Iterator[Group]:
    """The features whose weights `passage_vector` adds up."""
    kind, name = BIAS
    yield kind, (name,), 1.0
    for where in _stretches(study, section, near, half):
        yield from _said(study, *where)


def own_features(study: Study, candidate: Candidate, near: Around, indicator: Indicator) -> Iterator[Group]:
    """What the number itself speaks for: its unit, what it counts, per what, its indicator, the words that touch it."""
    yield "unit", (candidate.unit,), 1.0
    yield "indicator", (indicator,), 1.0
    if candidate.counted:
        yield "counted", (candidate.counted,), 1.0
    yield "per", candidate.per, 1.0
    words = study.words
    start, end = max(near.clause.start, candidate.start - BEFORE_CHARS), candidate.start
    yield "before", set(words.words(start, end)[-2:]), TOUCHING
    start, end = candidate.end, min(near.clause.end, candidate.end + BEHIND_CHARS)
    yield "behind", set(words.words(start, end)[:2]), TOUCHING


def carried_features(
    study: Study, section: int, near: Around, half: Stretch, last: Candidate, topic: Topic
) -> Iterable[Group]:
    """What the topic of the number before speaks for, by how near it stands."""
    text, part = study.brief.text, study.brief.parts[section]
    lead = lead_before(text, part, near.number.start)
    if lead and lead != lead_before(text, part, last.start):
        # 村容村貌整治方面，县财政安排资金1000万元: what stood under the lead before is at an end.
        return [("carried past a lead", (topic,), 1.0)]
    if last.start >= near.clause.start:
        distance = "clause"
    elif last.start >= half.start:
        distance = "half"
    elif last.start >= near.sentence.start:
        distance = "sentence"
    elif last.start >= study.layout.paragraph(near.number.start).start:
        distance = "paragraph"
    else:
        distance = "section"
    # A paragraph goes on with what it is about through clauses that name no field, not through those that name one.
    silent = "silence" if plain(study.lexicon.scores(near.clause.start, near.clause.end)) is None else "words"
    kinds = ("carried", f"carried in {distance}", f"carried over {silent}", f"carried over {silent} in {distance}")
    return [(kind, (topic,), 1.0) for kind in kinds]


def _stretches(study: Study, section: int, near: Around, half: Stretch) -> Iterator[Where]:
    """The stretches around a number that speak, its clause first."""
    layout, at, part = study.layout, near.number.start, study.brief.parts[section]
    whole = layout.paragraph(at)
    # 易地搬迁方面，…。村容村貌整治方面，…: a paragraph of leads is as many passages.
    paragraph = Stretch(max(whole.start, part.start), max(near.sentence.end, min(whole.end, part.end)))
    yield "clause", near.clause
    yield "half", _window(half, at)
    yield "sentence", _window(near.sentence, at)
    yield "paragraph", _window(paragraph, at)
    if near.sentence.start > paragraph.start:
        last = layout.sentence(near.sentence.start - 1)
        yield "last", Stretch(max(last.start, last.end - LAST_CHARS), last.end)
    yield "lead", lead_before(study.brief.text, part, at)
    yield "heading", study.heading(section)
    yield "title", study.brief.article.info.title or ""


def _said(study: Study, kind: str, where: Stretch | str) -> Iterator[Group]:
    """What the words of a stretch speak for: those the model knows, and the lexicon's scores."""
    if isinstance(where, str):
        found = {word for _, word in study.model.finder.found(where)}
        scored: Mapping[Topic, float] = scores(where)
    else:
        found = set(study.words.words(where.start, where.end))
        scored = study.lexicon.scores(where.start, where.end)
    yield kind, found, WORDS[kind]
    if kind in {"clause", "half"}:
        yield "near", found, NEAR
    if kind in {"clause", "half", "lead"} and (named := plain(scored)) is not None:
        yield f"plain in {kind}", (named,), 1.0
    for topic, points in scored.items():
        yield f"lexicon in {kind}", (topic,), min(points, MOST) * LEXICON


def plain(scored: Mapping[Topic, float]) -> Topic | None:
    """The topic that words name plainly: by a strong word, and more than any other. None where they name none or two.

    Words that lean towards a topic (项目, 帮扶) name none, and whom a measure reaches (贫困人口) is no topic of it.
    """
    if not scored:
        return None
    topic = max(scored, key=scored.__getitem__)
    points, least = scored[topic], PLAIN_IDENTIFICATION if topic is Topic.IDENTIFICATION else PLAIN
    if points < least or any(points - other < AHEAD for name, other in scored.items() if name is not topic):
        return None
    return topic


def half_sentence(study: Study, near: Around) -> Stretch:
    """The sentence of a number between its semicolons: the items of a list are each about something else."""
    text, at = study.brief.text, near.number.start
    first = max(text.rfind("；", near.sentence.start, at), text.rfind(";", near.sentence.start, at)) + 1
    # 项目58个，其中产业类31个、教育类8个: what the parts are says nothing of the whole.
    ends = (text.find(mark, near.number.end, near.sentence.end) for mark in ("；", ";", "其中"))
    end = min((end for end in ends if end >= 0), default=near.sentence.end)
    return Stretch(max(near.sentence.start, first), end)


def _window(stretch: Stretch, at: int) -> Stretch:
    """The stretch around a position; of a long one a window that many numbers share, so that it is weighed once."""
    half = PASSAGE_CHARS // 2
    step = max(0, at // half - 1) * half
    first = max(stretch.start, step) if stretch.end - stretch.start > PASSAGE_CHARS else stretch.start
    return Stretch(first, min(stretch.end, first + PASSAGE_CHARS))
