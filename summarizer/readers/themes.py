"""What each number of a section is about.

The topic of a number is that of the passage it stands in, unless the number itself is plainly about another (a loan
told among rooms to let is finance). Both are weighed by one linear model (`topic_model`): the passage speaks through
the words of its clause, half-sentence, sentence, paragraph, heading and title and through the topic of the number
before; the number through its unit, its indicator and the words that touch it.
"""

from collections.abc import Iterator, Mapping, Sequence, Set

from schemas.reading import NumberReading
from schemas.vocabulary import Indicator, Per, Topic, Unit
from summarizer.patterns import compiled
from summarizer.precheck.candidate import Candidate
from summarizer.precheck.topics import scores
from summarizer.readers.clauses import Around, Stretch
from summarizer.readers.linear_model import BIAS, Group, Vector
from summarizer.readers.study import Study, Where

WORDS: Mapping[str, float] = {
    "clause": 1.0,
    "half": 0.5,
    "sentence": 0.5,
    "paragraph": 0.25,
    "lead": 0.7,
    "heading": 0.7,
    "title": 0.4,
}
"""The stretches whose words speak, and the value of a word there: far ones may say less, so they must prove more."""

NEAR_KIND, NEAR = "near", 0.5
"""Kind and value of a word of the clause and of the half-sentence, wherever of the two it stands: few words stand often
enough to be learnt for each. What is learnt is added to the weights of either (`evals.train_topics`), so that a reader
asks for a word once."""

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

_PLAIN_IN = {kind: f"plain in {kind}" for kind in ("clause", "half", "lead")}
_LEXICON_IN = {kind: f"lexicon in {kind}" for kind in WORDS}
"""Kinds of what the lexicon says of a stretch, by the kind of the stretch."""

_ITEM_END = compiled("[；;]|其中")


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
        found = passage_vector(self._study, self.section, near, half) + self._carried(candidate, near, half)
        self._passages[candidate.id] = found
        return self._study.model.best(found)

    def topic(self, candidate: Candidate, near: Around, indicator: Indicator) -> Topic:
        """The topic of a number whose passage has been asked for, and which is of this indicator."""
        model, words = self._study.model, _touching(self._study, candidate, near)
        codes = (candidate.unit, indicator, candidate.per, self._study.is_story)
        own = model.of_codes(_said_by_codes, *codes) + model.vector(words)
        self._topics[candidate.id] = found = model.best(self._passages.pop(candidate.id) + own)
        return found

    def same(self, candidate: Candidate, other: Candidate | NumberReading) -> None:
        """A member of a list is about what its head is about."""
        if other.id in self._topics:
            self._topics[candidate.id] = self._topics[other.id]

    def _carried(self, candidate: Candidate, near: Around, half: Stretch) -> Vector:
        """What the number before speaks for, in the same section."""
        before = self._topics.get(candidate.id - 1)
        if before is None:
            return 0
        last = self._study.brief.candidates[candidate.id - 2]
        return self._study.model.of_codes(_said_from, *_how_far(self._study, self.section, near, half, last), before)


def passage_vector(study: Study, section: int, near: Around, half: Stretch) -> Vector:
    """What the passage of a number, with its half-sentence, speaks for; kept, for numbers share passages.

    All but its clause and its half-sentence is the same for the numbers of a sentence under one lead.
    """
    at = near.number.start
    passage = (section, near.sentence, _step(at), study.lead_before(section, at))
    told = study.passages.get(passage)
    if told is None:
        told = study.model.bias + sum(_weighed(study, where) for where in _beyond(study, section, near))
        study.passages[passage] = told
    for where in _own(near, half):
        told += _weighed(study, where)
    return told


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
    for where in (*_own(near, half), *_beyond(study, section, near)):
        yield from _said(study, *where)
    for _, stretch in _own(near, half):
        yield NEAR_KIND, study.words.distinct(stretch), NEAR


def own_features(study: Study, candidate: Candidate, near: Around, indicator: Indicator) -> Iterator[Group]:
    """What the number itself speaks for: its unit, what it counts, per what, its indicator, the words that touch it."""
    yield from _said_by_codes(candidate.unit, indicator, candidate.per, study.is_story)
    yield from _touching(study, candidate, near)


def _said_by_codes(unit: Unit, indicator: Indicator, per: tuple[Per, ...], story: bool) -> Sequence[Group]:
    # What somebody earns is employment in a story oftener than in a report, where it stands under its measure.
    told = "indicator in story" if story else "indicator in report"
    return ("unit", (unit,), 1.0), ("indicator", (indicator,), 1.0), (told, (indicator,), 1.0), ("per", per, 1.0)


def _touching(study: Study, candidate: Candidate, near: Around) -> Sequence[Group]:
    words = study.words
    before = words.words(max(near.clause.start, candidate.start - BEFORE_CHARS), candidate.start)
    behind = words.words(candidate.end, min(near.clause.end, candidate.end + BEHIND_CHARS))
    return (
        ("counted", (candidate.counted,) if candidate.counted else (), 1.0),
        ("before", set(before[-2:]), TOUCHING),
        ("behind", set(behind[:2]), TOUCHING),
    )


def carried_features(
    study: Study, section: int, near: Around, half: Stretch, last: Candidate, topic: Topic
) -> Sequence[Group]:
    """What the topic of the number before speaks for, by how near it stands."""
    return _said_from(*_how_far(study, section, near, half, last), topic)


def _said_from(distance: str, over: str, topic: Topic) -> Sequence[Group]:
    """What a topic speaks for at a distance, over words that name a field or silence; past a lead over neither."""
    if not over:
        return [("carried past a lead", (topic,), 1.0)]
    kinds = ("carried", f"carried in {distance}", f"carried over {over}", f"carried over {over} in {distance}")
    return [(kind, (topic,), 1.0) for kind in kinds]


def _how_far(study: Study, section: int, near: Around, half: Stretch, last: Candidate) -> tuple[str, str]:
    """How near the number before stands, and over what; over nothing where its lead is another."""
    lead = study.lead_before(section, near.number.start)
    if lead and lead != study.lead_before(section, last.start):
        # 村容村貌整治方面，县财政安排资金1000万元: what stood under the lead before is at an end.
        return "section", ""
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
    return distance, "silence" if plain(study.lexicon.scores(near.clause.start, near.clause.end)) is None else "words"


def _own(near: Around, half: Stretch) -> tuple[tuple[str, Stretch], tuple[str, Stretch]]:
    """The stretches that the number shares with few others."""
    return ("clause", near.clause), ("half", _window(half, near.number.start))


def _beyond(study: Study, section: int, near: Around) -> Iterator[Where]:
    """The stretches around them that speak."""
    layout, at, part = study.layout, near.number.start, study.brief.parts[section]
    whole = layout.paragraph(at)
    # 易地搬迁方面，…。村容村貌整治方面，…: a paragraph of leads is as many passages.
    paragraph = Stretch(max(whole.start, part.start), max(near.sentence.end, min(whole.end, part.end)))
    yield "sentence", _window(near.sentence, at)
    yield "paragraph", _window(paragraph, at)
    yield "lead", study.lead_before(section, at)
    yield "heading", study.heading(section)
    yield "title", study.brief.article.info.title or ""


def _said(study: Study, kind: str, where: Stretch | str) -> Sequence[Group]:
    """What the words of a stretch speak for: those the model knows, and the lexicon's scores."""
    found: Set[str]
    if isinstance(where, str):
        found = study.words_of(where)
        scored: Mapping[Topic, float] = scores(where)
    else:
        found = study.words.distinct(where)
        scored = study.lexicon.scores(where.start, where.end)
    said: list[Group] = [(kind, found, WORDS[kind])]
    if scored:
        if kind in _PLAIN_IN and (named := plain(scored)) is not None:
            said.append((_PLAIN_IN[kind], (named,), 1.0))
        lexicon = _LEXICON_IN[kind]
        said += [(lexicon, (topic,), min(points, MOST) * LEXICON) for topic, points in scored.items()]
    return said


def plain(scored: Mapping[Topic, float]) -> Topic | None:
    """The topic that words name plainly: by a strong word, and more than any other. None where they name none or two.

    Words that lean towards a topic (项目, 帮扶) name none, and whom a measure reaches (贫困人口) is no topic of it.
    """
    points = max(scored.values(), default=0.0)
    if points < PLAIN:
        return None
    ahead = [topic for topic, other in scored.items() if points - other < AHEAD]
    if len(ahead) > 1 or (ahead[0] is Topic.IDENTIFICATION and points < PLAIN_IDENTIFICATION):
        return None
    return ahead[0]


def half_sentence(study: Study, near: Around) -> Stretch:
    """The sentence of a number between its semicolons: the items of a list are each about something else."""
    text, sentence, at = study.brief.text, near.sentence, near.number.start
    first = max(text.rfind("；", sentence.start, at), text.rfind(";", sentence.start, at)) + 1
    # 项目58个，其中产业类31个、教育类8个: what the parts are says nothing of the whole.
    end = _ITEM_END.search(text, near.number.end, sentence.end)
    return Stretch(first or sentence.start, end.start() if end else sentence.end)


def _window(stretch: Stretch, at: int) -> Stretch:
    """The stretch around a position; of a long one a window that many numbers share, so that it is weighed once."""
    if stretch.end - stretch.start <= PASSAGE_CHARS:
        return stretch
    first = max(stretch.start, _step(at))
    return Stretch(first, min(stretch.end, first + PASSAGE_CHARS))


def _step(at: int) -> int:
    """Where the window begins in which a position lies."""
    half = PASSAGE_CHARS // 2
    return max(0, at // half - 1) * half
