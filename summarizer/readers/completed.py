"""Labels completed: the words that the model misses in what the rules say, put where they stand in the text.

带动120户贫困户入股: 带动贫困户 → 带动贫困户入股. 改造危房683户，发放补助1092.8万元: 发放补助 → 改造危房发放补助.
A label is what a person reads in a table cell, so few words are added, neighbours as one phrase, and none that it has
in other form.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from schemas.vocabulary import Indicator, Status
from summarizer.precheck.candidate import START
from summarizer.readers.clauses import BLANK, Around, Stretch
from summarizer.readers.label_model import (
    BEHIND,
    BESIDE,
    EARLIER,
    ENOUGH,
    FRONT,
    LONGEST,
    MOST_BETWEEN,
    STEPS,
    Spot,
    Spots,
    has,
    leads_away,
)
from summarizer.readers.label_words import label_words
from summarizer.readers.labels import MAX_LABEL
from summarizer.readers.noun_model import ended
from summarizer.readers.pruned import Case, pruned
from summarizer.readers.study import Study

MOST = 2
"""Phrases that join a label."""

GAP = 2
"""Characters between two words that join as one phrase with what is between: 易地[扶贫]搬迁."""

NAME = 3
"""Characters that the name of something has at least, most often."""

SURE = round(0.4 * STEPS)
"""Score of a word that joins whatever its length: of such words of an earlier clause four in five are right."""

LONGEST_PIECE = 14
"""Characters of a label that are looked for in the text as one piece."""

REACH = 40
"""Characters behind a number whose words may belong in its label."""

AIMS = frozenset({"计划", "目标", "任务", "指标"})
"""Words of which a label needs one at most: 贫困发生率目标, and not 计划贫困发生率目标."""

_TRAITS = ("年龄", "家人口")
_HAN = re.compile("[\u4e00-\u9fff]*")
_NUMERAL = re.compile("[0-9二三四五六七八九两十百]")


class Phrase(NamedTuple):
    """Words of the text that join a label, where they stand to its number, and the score of the best of them."""

    start: int
    end: int
    where: str
    score: int


class Piece(NamedTuple):
    """A part of a label, by where it begins in it and in the text."""

    at: int
    size: int
    start: int


def completed(study: Study, near: Around, label: str, indicator: Indicator, status: Status) -> str:
    """The label with the words that the models miss in it, of the text and for what is measured, and without others."""
    if label.endswith(_TRAITS):
        return label
    found = label if study.labels is None or len(label) >= LONGEST else _with_words(study, near, label, indicator)
    if study.nouns is not None:
        number = near.number
        # A noun that the words bring along is not said again.
        found = ended(study.nouns, found, (number.unit, indicator, status, number.qualifier, number.per))
    if study.pruning is None:
        return found
    return pruned(study.pruning, Case(study, near, label, indicator, status), found)


def _with_words(study: Study, near: Around, label: str, indicator: Indicator) -> str:
    found = phrases(study.layout.wording, list(_joining(study, near, label, indicator)))
    for phrase in sorted(found, key=lambda phrase: -phrase.score)[:MOST]:
        label = woven(study.layout.wording, near, label, phrase)
    return label


def around(study: Study, spots: Spots, near: Around) -> Iterator[tuple[str, Sequence[Spot]]]:
    """The words that may belong in a number's label, by where they stand to it, in the order of the text."""
    number, clause = near.number, near.clause
    yield from spots.earlier(study.layout, near.sentence.start, clause.start)
    own = spots.within(clause.start, clause.end)
    yield FRONT, own[: bisect_left(own, number.start, key=START)]
    first, last = (bisect_left(own, at, key=START) for at in (number.end, number.end + REACH))
    yield BEHIND, own[first:last]


def _joining(study: Study, near: Around, label: str, indicator: Indicator) -> Iterator[tuple[Spot, str, int]]:
    """The words that may join, each with its place and its score."""
    model, number = study.labels, near.number
    if model is None:
        return
    size, ends = min(len(label), LONGEST), label[-2:]
    for where, spots in around(study, study.label_spots, near):
        if not spots:
            continue
        place = model.place(where, number.unit, indicator)
        here = place.score + place.lengths[size] + place.ends.get(ends, 0)
        least, words, measured = BESIDE - here - place.room, place.words, place.measured
        for spot in spots:
            # Most words have no chance here, whatever else speaks for them.
            if spot.most < least:
                continue
            word = spot.word
            score = spot.score + words.get(word, 0) + measured.get(word, 0)
            if score < least:
                continue
            if (other := leads_away(spot, where, number)) is not None:
                score += model.of_lead(place.side, number.unit, other, spot.how)
            score += here + place.beside[has(label, spot.before)][has(label, spot.behind)]
            if score + place.most_between < BESIDE:
                continue
            score += place.between[min(study.between(number, spot.start), MOST_BETWEEN)]
            # What the label says already is asked last: few words come so far.
            if score < BESIDE or repeats(label, word):
                continue
            if not (where is BEHIND and label_words().unsaid.fullmatch(word)):
                yield spot, where, score


def repeats(label: str, word: str) -> bool:
    """Whether a label says a word: it has all its characters (改造危房, 危房改造) or names an aim already."""
    return not set(word).difference(label) or (word in AIMS and any(aim in label for aim in AIMS))


def phrases(wording: str, joining: Sequence[tuple[Spot, str, int]]) -> list[Phrase]:
    """The words that join as phrases; one that scores less joins only beside one that scores enough."""
    kept = [
        score >= ENOUGH
        or any(
            other >= ENOUGH and place == where and (near.end == spot.start or spot.end == near.start)
            for near, place, other in joining[max(0, i - 1) : i + 2]
        )
        for i, (spot, where, score) in enumerate(joining)
    ]
    found: list[Phrase] = []
    for (spot, where, score), keeps in zip(joining, kept, strict=True):
        if not keeps or any(spot.word in wording[p.start : p.end] for p in found):
            continue
        last = found[-1] if found else None
        if last and last.where == where and spot.start - last.end <= GAP and _is_solid(wording, last.end, spot.start):
            found[-1] = Phrase(last.start, spot.end, where, max(score, last.score))
        else:
            found.append(Phrase(spot.start, spot.end, where, score))
    return [phrase for phrase in found if _reads_well(wording, phrase)]


def _reads_well(wording: str, phrase: Phrase) -> bool:
    """Whether a phrase is likely to read well in a label.

    Two characters of an earlier clause are a verb as often as a name, and what stands between two numbers is more
    often what the second one counts: 300 亩[茶园]5 万元. A numeral would state a number by itself (“三户一孤”大病患者),
    and cost the fact its label.
    """
    if _NUMERAL.search(wording, phrase.start, phrase.end):
        return False
    if phrase.where is FRONT and wording.startswith("、", phrase.end):
        # 900 米的[水渠]、400 米的村道: a member of its own.
        return False
    if phrase.where in EARLIER:
        return phrase.end - phrase.start >= NAME or phrase.score >= SURE
    return phrase.where != BEHIND or wording[phrase.end : phrase.end + 1] != BLANK


def _is_solid(wording: str, start: int, end: int) -> bool:
    return _HAN.fullmatch(wording, start, end) is not None


def woven(wording: str, near: Around, label: str, phrase: Phrase) -> str:
    """The label with a phrase where it stands in the text; as it was where it would be too long or say a word twice."""
    said = wording[phrase.start : phrase.end]
    if said in label:
        return label
    within = near.clause if phrase.where in (FRONT, BEHIND) else near.sentence
    pieces = located(wording, within, near.number.start, label)
    if any(one.start > other.start for one, other in pairwise(pieces)):
        # 开展活动的干部: the rules have turned the words round.
        pieces = []
    cut = next((p for p in pieces if p.start < phrase.end and phrase.start < p.start + p.size), None)
    if cut:
        # 饮水安 and 饮水安全问题 are one.
        whole = wording[min(cut.start, phrase.start) : max(cut.start + cut.size, phrase.end)]
        found = label[: cut.at] + whole + label[cut.at + cut.size :]
        return found if len(found) <= MAX_LABEL and _HAN.fullmatch(whole) else label
    following = next((p.at for p in pieces if p.start >= phrase.end), None)
    at = following if following is not None else len(label) if pieces or phrase.where is BEHIND else 0
    if not any(p.start < phrase.start for p in pieces) and phrase.where is not BEHIND:
        at = 0
    found = label[:at] + said + label[at:]
    return found if len(found) <= MAX_LABEL else label


def located(wording: str, within: Stretch, at: int, label: str) -> list[Piece]:
    """The parts of a label that stand in a stretch, the longest at each place, each where it is nearest to `at`."""
    found: list[Piece] = []
    begin = 0
    while begin < len(label) - 1:
        for size in range(min(len(label) - begin, LONGEST_PIECE), 1, -1):
            starts = _starts(wording, within, label[begin : begin + size])
            if starts:
                found.append(Piece(begin, size, min(starts, key=lambda start: abs(start - at))))
                break
        begin = found[-1].at + found[-1].size if found and found[-1].at == begin else begin + 1
    return found


def _starts(wording: str, within: Stretch, part: str) -> list[int]:
    found, start = [], wording.find(part, within.start, within.end)
    while start >= 0:
        found.append(start)
        start = wording.find(part, start + 1, within.end)
    return found
