"""Headline and summary: sentences of the article, chosen for the topics and figures that they cover."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from operator import add

from schemas.reading import NumberReading, SectionReading
from schemas.vocabulary import Indicator, Status, Topic
from summarizer.readers.clauses import Stretch
from summarizer.readers.extracts import half_sentences, is_quotable, numbers_in, prose, shortened
from summarizer.readers.narrative import words as vocabulary
from summarizer.readers.study import Study

HEADLINE_CHARS = 40
SUMMARY_CHARS = 240
SENTENCE_CHARS = 90
"""Longest sentence of a summary: three or more must fit."""

_BETWEEN_WORDS = re.compile(r"[\s—]")

WEIGHT = {
    Indicator.LIFTED_PERSONS: 3.0,
    Indicator.LIFTED_HOUSEHOLDS: 2.0,
    Indicator.POVERTY_RATE: 3.0,
    Indicator.REMAINING_PERSONS: 2.0,
    Indicator.REGISTERED_PERSONS: 2.0,
    Indicator.POPULATION: 1.5,
    Indicator.INVESTMENT: 1.5,
    Indicator.LOANS: 1.5,
    Indicator.PERSONAL_INCOME: 1.5,
}
"""What a reader of a county report looks for first; any other figure counts one."""


RESULT = 2.0
"""What words of exit and poverty (摘帽, 贫困发生率) are worth beside figures."""

LEAD_SHARE = 0.2
"""The part of an article that is its lead: what stands there is what it is about."""

LEAST_RESULT = 3.0
"""Worth of a sentence that tells how the county stands: one weighty figure and a word of its result."""

REPEATED = 0.6
"""Share of two-character pieces that two sentences which say the same have in common."""


_GENRE = re.compile(
    "[政府年度上下半脱贫攻坚精准扶开发县市区镇乡]{0,10}(?:工作)?(?:报告|总结|汇报|情况|简报|要点)(?:材料)?"
)
"""A title that says of what sort the text is, and nothing of the place or of what was done."""


def headline(study: Study, readings: Sequence[SectionReading]) -> str:
    """The title, or a half of it, where that is short enough; else the clauses that tell how the county stands.

    So do those clauses where the title is that of any report, which has the name in front where there are none.
    """
    title = study.brief.article.info.title or ""
    name = study.brief.subject.name or ""
    told = (text for text in (title, *re.split(r"——|--|　| ", title)) if 4 <= len(text) <= HEADLINE_CHARS)
    first = next(told, "")
    if first and not (name and _GENRE.fullmatch(first)):
        return first
    best = _standing(study, readings, name)
    # 2017年是脱贫摘帽决战之年: words of the result without a figure tell less than the sort of text.
    return name + first if first and "{" not in best else best


def _standing(study: Study, readings: Sequence[SectionReading], name: str) -> str:
    """The run of clauses that tells most of how the county stands; of where none does, the one with most figures."""
    meant = _meant(readings)
    standing = _Standing.of(study, meant)
    best, most = "", 0.0
    for run in _runs(study, HEADLINE_CHARS - len(name)):
        worth = _result(study, run, standing)
        # Few runs are worth more than the best so far: only those are asked whether they can stand by themselves.
        if worth > most and is_quotable(study, run) and not _hangs_or_speaks(study, run):
            best, most = _named(name, prose(study, run).rstrip("。")), worth
    return best or _busiest(study, name, meant)


def _busiest(study: Study, name: str, meant: Mapping[int, NumberReading]) -> str:
    """The shortest run of clauses with most of the subject's own figures (建成光伏电站10座): news of one measure."""
    own = {i for i, m in meant.items() if m.place is None and m.status is Status.ACHIEVED}
    best, most = "", (0, 0)
    for run in _runs(study, HEADLINE_CHARS - len(name)):
        worth = (len(own.intersection(numbers_in(study, run))), run.start - run.end)
        if worth[0] and worth > most and is_quotable(study, run) and not _hangs_or_speaks(study, run):
            best, most = _named(name, prose(study, run).rstrip("。")), worth
    return best


def _runs(study: Study, limit: int) -> Iterator[Stretch]:
    """Every run of neighbouring clauses within the limit, where one may tell anything."""
    for part in study.brief.parts:
        for sentence in half_sentences(study, part.body, part.end):
            if not _may_tell(study, sentence):
                continue
            clauses = study.layout.clauses(sentence.start, sentence.end)
            for i, first in enumerate(clauses):
                runs = (Stretch(first.start, clauses[last].end) for last in range(i, len(clauses)))
                yield from takewhile(lambda run: run.end - run.start <= limit, runs)


def _may_tell(study: Study, sentence: Stretch) -> bool:
    """Whether a part of a half-sentence can have any worth: by a figure, or by a word of the result."""
    result = vocabulary("digest", "result")
    return bool(numbers_in(study, sentence)) or result.search(study.brief.text, *sentence) is not None


def _named(name: str, words: str) -> str:
    """The words with the subject in front, where they do not name it: 全县减贫… → 某某县减贫…."""
    stem = name[:-1] if len(name) > 2 else name
    if not name or (stem and stem in words):
        return words
    return name + vocabulary("digest", "own").sub("", words, count=1)


@dataclass(frozen=True, slots=True)
class _Standing:
    """What each figure tells of where the subject as a whole stands: asked of every run of clauses."""

    own: Mapping[int, tuple[Indicator, float]]
    """By the number's id what weighty figures of the subject's own are worth."""
    away: frozenset[int]
    """The numbers that are of places."""

    @classmethod
    def of(cls, study: Study, meant: Mapping[int, NumberReading]) -> "_Standing":
        return cls(
            {
                i: (m.indicator, WEIGHT[m.indicator] * _freshness(study, m))
                for i, m in meant.items()
                if m.indicator in WEIGHT and m.place is None and m.status is not Status.POLICY
            },
            frozenset(i for i, m in meant.items() if m.place),
        )

    def worth(self, numbers: Sequence[int]) -> float:
        """What some numbers tell together, of each indicator the last."""
        own = dict(self.own[i] for i in numbers if i in self.own)
        return sum(own.values()) - len(self.away.intersection(numbers))


def _result(study: Study, stretch: Stretch, standing: _Standing) -> float:
    """How much a stretch tells of where the subject as a whole stands: poverty and exit, most in the lead."""
    text = study.brief.text
    words = text[stretch.start : stretch.end]
    worth = standing.worth(numbers_in(study, stretch))
    if vocabulary("digest", "result").search(words):
        worth += RESULT
    if worth <= 0:
        return 0.0
    stem = (study.brief.subject.name or "\0")[:-1] or "\0"
    if stem in words or vocabulary("digest", "own").match(words):
        worth += 1.0
    return worth + (1.0 if stretch.start < LEAD_SHARE * len(text) else 0.0)


def _freshness(study: Study, number: NumberReading) -> float:
    """What a figure of its time says of how a place stands: less where it is planned, least where it is a baseline."""
    if number.status is Status.PLANNED:
        return 0.7
    year = study.brief.reference_year
    ended = int(number.period.rpartition("/")[2][:4]) if number.period else year
    # 2014年识别贫困人口9万人, in an article of 2018, is where it started from; a report of January tells of last year.
    return 1.0 if year is None or ended is None or ended >= year else 0.7 if ended == year - 1 else 0.4


def summary(study: Study, readings: Sequence[SectionReading]) -> str:
    """How the county stands, then sentences that together cover most topics and figures, within the limit."""
    meant = _meant(readings)
    people = {case.person for reading in readings for case in reading.cases}
    pool = [s for s in _sentences(study) if not _is_anecdote(study, s, people)]
    share = Counter(m.topic for m in meant.values())
    standing = _Standing.of(study, meant)
    results = {s: _result(study, s, standing) for s in pool}
    opening = max(pool, key=lambda s: (results[s], -s.start), default=None)
    best = opening if opening is not None and results[opening] >= LEAST_RESULT else None
    told = {s: [meant[i] for i in numbers_in(study, s) if i in meant] for s in pool}
    # A sentence without a figure adds nothing: it can only open.
    adds = [_Adds.of(study, s, told[s]) for s in pool if told[s] or s == best]
    rest = [a for a in adds if a.worth]
    chosen: list[Stretch] = []
    covered: set[Topic] = set()
    taken = next((a for a in adds if a.stretch == best), None)
    while True:
        if taken is not None:
            chosen.append(taken.stretch)
            covered |= taken.topics
            rest = [a for a in rest if not _says_again(a.pieces, taken.pieces)]
        left = SUMMARY_CHARS - sum(s.end - s.start + 1 for s in chosen)
        fresh = {topic: count / len(meant) for topic, count in share.items() if topic not in covered}
        fitting = [a for a in rest if a.stretch.end - a.stretch.start < left]
        taken = max(fitting, key=lambda a: (a.score(fresh), -a.stretch.start), default=None)
        if taken is None or taken.score(fresh) <= 0:
            break
    return "".join(prose(study, s) for s in [*chosen[:1], *sorted(chosen[1:], key=lambda s: s.start)])


@dataclass(frozen=True, slots=True)
class _Adds:
    """What a sentence adds to a summary, whatever was chosen before it: asked again with every choice."""

    stretch: Stretch
    worth: float
    """Its figures by weight; none where it has none."""
    topics: frozenset[Topic]
    pieces: frozenset[str]

    @classmethod
    def of(cls, study: Study, stretch: Stretch, told: Sequence[NumberReading]) -> "_Adds":
        worth = sum(WEIGHT.get(m.indicator, 1.0) * (0.5 if m.status is Status.POLICY or m.place else 1.0) for m in told)
        words = study.brief.text[stretch.start : stretch.end]
        return cls(stretch, min(worth, 6.0), frozenset(m.topic for m in told), _pieces(words))

    def score(self, fresh: Mapping[Topic, float]) -> float:
        """Its figures, more for topics not yet told, the main ones first, by its length."""
        new = sum(2.0 + 8.0 * fresh.get(topic, 0.0) for topic in self.topics & fresh.keys())
        return (self.worth + new) / (20 + self.stretch.end - self.stretch.start)


def _is_anecdote(study: Study, stretch: Stretch, people: set[str]) -> bool:
    """Whether a sentence is somebody's story or speech, or hangs on the sentence before it."""
    words = study.brief.text[stretch.start : stretch.end]
    if _hangs_or_speaks(study, stretch) or vocabulary("cases", "pronoun").search(words):
        return True
    return any(person in words for person in people)


def _hangs_or_speaks(study: Study, stretch: Stretch) -> bool:
    """Whether a stretch is speech, or hangs on what stands before it: neither tells how the county stands."""
    words = study.brief.text[stretch.start : stretch.end]
    return bool(vocabulary("digest", "hangs").match(words) or vocabulary("digest", "speech").search(words))


def _says_again(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether two sentences, by their pieces, say much the same."""
    return len(one & two) >= REPEATED * max(1, min(len(one), len(two)))


def _pieces(words: str) -> frozenset[str]:
    """Each two neighbouring characters."""
    return frozenset(map(add, words, words[1:]))


def _meant(readings: Sequence[SectionReading]) -> dict[int, NumberReading]:
    return {n.id: n for r in readings for n in r.numbers if n.set_aside is None}


def _sentences(study: Study) -> list[Stretch]:
    """Sentences that can stand in a summary, each once; the title is told already."""
    found, seen = [], set()
    title = _BETWEEN_WORDS.sub("", study.brief.article.info.title or "")
    for part in study.brief.parts:
        for sentence in half_sentences(study, part.body, part.end):
            short = shortened(study, sentence, SENTENCE_CHARS)
            if short is None or not is_quotable(study, short):
                continue
            words = study.brief.text[short.start : short.end]
            if words not in seen and _BETWEEN_WORDS.sub("", words) not in title:
                seen.add(words)
                found.append(short)
    return found
