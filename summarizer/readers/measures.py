"""Measures: what a section says was done, one for each topic of its passages."""

from collections import Counter
from collections.abc import Sequence

from schemas.reading import MeasureReading, NumberReading
from schemas.vocabulary import Status, Topic
from summarizer.precheck import topics
from summarizer.readers.clauses import Stretch
from summarizer.readers.extracts import half_sentences, numbers_in, prose, shortened
from summarizer.readers.label_words import core
from summarizer.readers.study import Study

SUMMARY_CHARS = 120
"""Characters: one or two sentences of a work report."""

TITLE_CHARS = 20

ENOUGH = 6
"""Figures that make a sentence full; one with more is a list."""

NO_MEASURE = frozenset({Topic.PROFILE, Topic.IDENTIFICATION, Topic.OTHER})
"""Topics that describe a place, not what was done in it."""


def measures(study: Study, section: int, numbers: Sequence[NumberReading]) -> tuple[MeasureReading, ...]:
    """One measure for each topic that the section's sentences are about, in the order of the text."""
    part = study.brief.parts[section]
    meant = {n.id: n for n in numbers if n.set_aside is None}
    passages: dict[Topic, list[Stretch]] = {}
    for sentence in half_sentences(study, part.body, part.end):
        topic = _topic(study, sentence, meant)
        if topic not in NO_MEASURE:
            passages.setdefault(topic, []).append(sentence)
    found = []
    for topic, sentences in passages.items():
        ids = tuple(i for s in sentences for i in numbers_in(study, s) if i in meant and meant[i].topic is topic)
        if (reading := _measure(study, section, topic, sentences, [meant[i] for i in ids])) is not None:
            found.append(reading)
    return tuple(found)


def _topic(study: Study, sentence: Stretch, meant: dict[int, NumberReading]) -> Topic:
    """What a sentence is about: the topic of most of its numbers, else what its words speak for."""
    about = [meant[i].topic for i in numbers_in(study, sentence) if i in meant]
    return max(about, key=about.count) if about else study.topic_of(sentence)


def _measure(
    study: Study, section: int, topic: Topic, sentences: Sequence[Stretch], meant: Sequence[NumberReading]
) -> MeasureReading | None:
    """A measure told by the sentence with most figures; none where the topic is only touched without a figure."""
    fitting = [(s, short) for s in sentences if (short := shortened(study, s, SUMMARY_CHARS)) is not None]
    if not fitting or not (meant or len(sentences) > 1 or study.section_topic(section) is topic):
        return None
    best = max((short for _, short in fitting), key=lambda s: (_worth(study, s), -s.start))
    statuses = Counter(m.status for m in meant if m.status is not Status.POLICY)
    return MeasureReading(
        topic=topic,
        title=_title(study, section, topic, best.start),
        summary=prose(study, best),
        status=statuses.most_common(1)[0][0] if statuses else Status.ACHIEVED,
        numbers=tuple(m.id for m in meant),
        quote=study.brief.text[best.start : best.end],
    )


def _worth(study: Study, sentence: Stretch) -> int:
    """How much a sentence tells by itself: its figures, fewer where it goes on from another (其中…)."""
    goes_on = study.brief.text.startswith(("其中", "同时", "此外", "而", "但", "这"), sentence.start)
    return min(len(numbers_in(study, sentence)), ENOUGH) - (ENOUGH if goes_on else 0)


def _title(study: Study, section: int, topic: Topic, at: int) -> str:
    """The lead or heading that the passage stands under, where it names the topic; else the topic's name."""
    lead = core(study.lead(section, at)).removesuffix("方面")
    return lead if 2 <= len(lead) <= TITLE_CHARS and topics.topic_of(lead) is topic else topic.zh
