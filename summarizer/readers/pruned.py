"""Labels pruned: the words left out that a careful reader would not have in a table cell.

生产总值完成收入 → 生产总值, 改造危房户 → 改造危房. How likely each word is to be in the reader's label tells what score
the label can expect with and without it (twice the characters that both have, of all that they have); a word is left
out where that gains enough. Nothing goes from the middle of a phrase, for the rest must still read as one.
"""

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import getitem
from typing import NamedTuple

from schemas.vocabulary import Indicator, Status
from summarizer.readers.clauses import Around
from summarizer.readers.label_model import BEHIND, FRONT, STEPS
from summarizer.readers.label_words import label_words
from summarizer.readers.prune_model import (
    EARLIER,
    EDGE,
    LATER,
    LONGEST,
    MOST_BETWEEN,
    NOWHERE,
    Codes,
    Key,
    PruneModel,
    steps,
)
from summarizer.readers.study import Study

WORTH = 1.03
"""How much more of the score a label must expect without a word: those who write labels at greater length than the
samples' have more of such words."""

LACKING = 2.2
"""Characters of the reader's label that a label has not, on average."""

LEAST = 3
"""Characters of a label: 时间 or 一家 says nothing by itself."""

SHORT = 5
"""Characters: a shorter label has no word too many, most often."""

_LOOSE = re.compile("^[的地得里、]|[的地和与及、]$")
"""What a label does not begin and end with."""

_MARK = "、"
_MARKS = re.compile(f"{_MARK}{{2,}}")

_PAIRS = (("“", "”"), ("(", ")"), ("（", "）"), ("《", "》"))


class Word(NamedTuple):
    """A word of a label, by the name that features know it by; where it stands to its number, and where in the text."""

    word: str
    name: str
    where: str
    start: int
    distance: int


class Case(NamedTuple):
    """The number of a label, and what is known of the two."""

    study: Study
    near: Around
    by_rules: str
    """What the rules have of the label."""
    indicator: Indicator
    status: Status


def pruned(model: PruneModel, case: Case, label: str) -> str:
    """The label without the words that cost it more than they give."""
    if len(label) < SHORT:
        return label
    words = placed(model, case, label)
    if len(words) == 1:
        return label
    groups = model.groups(codes(case))
    scores = [sum(map(getitem, groups, keys)) for keys in asked(case, label, words)]
    # No label can expect more than all of the score: a word that is as likely as not stays.
    if min(scores) >= 0:
        return label
    sentence = case.study.layout.wording[case.near.sentence.start : case.near.sentence.end]
    together = [one.word + other.word in sentence for one, other in pairwise(words)]
    left = kept(words, together, [1 / (1 + math.exp(-score / STEPS)) for score in scores])
    # 孤儿、[低保户]、特困户: of a list, what stands between two that stay is one mark.
    found = _MARKS.sub(_MARK, "".join(words[i].word for i in left)).strip(_MARK)
    return found if found == label or reads_well(found) else label


def codes(case: Case) -> Codes:
    """The codes that features ask for."""
    return case.near.number.unit, case.indicator, case.status


def placed(model: PruneModel, case: Case, label: str) -> Sequence[Word]:
    """The words of a label, each where it stands."""
    wording, near = case.study.layout.wording, case.near
    begins, ends = near.number.start, near.number.end
    found = []
    for word, name in model.cut(label):
        # Most words stand right in front of their number.
        start = wording.rfind(word, near.clause.start, begins)
        if start >= 0:
            found.append(Word(word, name, FRONT, start, begins - start - len(word)))
        else:
            found.append(_further(wording, near, word, name, begins, ends))
    return found


def _further(wording: str, near: Around, word: str, name: str, begins: int, ends: int) -> Word:
    """Where a word stands that is not in front of its number: behind it, else further off in the sentence."""
    start = wording.find(word, ends, near.clause.end)
    if start >= 0:
        return Word(word, name, BEHIND, start, start - ends)
    start = wording.rfind(word, near.sentence.start, near.clause.start)
    if start >= 0:
        return Word(word, name, EARLIER, start, begins - start)
    start = wording.find(word, near.clause.end, near.sentence.end)
    return Word(word, name, LATER if start >= 0 else NOWHERE, start, max(0, start - ends))


def asked(case: Case, label: str, words: Sequence[Word]) -> Iterator[Sequence[Key]]:
    """What each of the groups of features is asked about for each word of a label."""
    wording, between, number = case.study.layout.wording, case.study.between, case.near.number
    by_rules, count, size = case.by_rules, len(words), min(len(label), LONGEST)
    # Between its neighbours no number stands between it and a word.
    first, last = case.near.before.start, case.near.after.end
    before, touched = EDGE, False
    for i, (word, name, where, start, distance) in enumerate(words):
        following = words[i + 1] if i + 1 < count else None
        end = start + len(word)
        touches = following is not None and start >= 0 and following.start == end
        others = 0 if first <= start < last else min(between(number, start), MOST_BETWEEN)
        yield (
            (name,),
            (i, count, where),
            (name, where),
            (where, steps(distance), others),
            (before, name),
            (name, following.name if following else EDGE),
            (wording[start - 1 : start].strip(), wording[end : end + 1].strip()) if start > 0 else ("", ""),
            (where, word in by_rules, label.count(word) > 1, touched, touches, size),
        )
        before, touched = name, touches


def kept(words: Sequence[Word], together: Sequence[bool], likely: Sequence[float]) -> Sequence[int]:
    """Which words of a label stay: one after the other is left out, as long as the score to be expected gains.

    `together` says of each word but the last whether it and the next one stand side by side in the sentence.
    """
    sizes = [len(word.word) for word in words]
    left = list(range(len(words)))
    size, common = sum(sizes), sum(map(float.__mul__, likely, map(float, sizes)))
    reader = common + LACKING
    best = 2 * common / (size + reader)
    while True:
        found = [
            (2 * (common - likely[i] * sizes[i]) / (size - sizes[i] + reader), i)
            for at, i in enumerate(left)
            # What is likelier than half of the score to be expected raises it.
            if likely[i] < best / 2 and size - sizes[i] >= LEAST and may_go(words, together, left, at)
        ]
        expected, out = max(found, default=(0.0, -1))
        if expected <= best * WORTH:
            return left
        best, size, common = expected, size - sizes[out], common - likely[out] * sizes[out]
        left.remove(out)


def may_go(words: Sequence[Word], together: Sequence[bool], left: Sequence[int], at: int) -> bool:
    """Whether what is left of a label still reads well without one of its words.

    Not from between two words of a phrase (以奖代补, 农民专业[合作社]带动), nor a part of what may be one word.
    """
    i = left[at]
    before = at > 0 and left[at - 1] == i - 1
    behind = at + 1 < len(left) and left[at + 1] == i + 1
    if before and behind and len(words[i].word) == 1:
        return False
    before, behind = before and together[i - 1], behind and together[i]
    if before and behind and _MARK not in (words[i - 1].word, words[i + 1].word):
        return False
    return not ((before and _are_one(words[i - 1], words[i])) or (behind and _are_one(words[i], words[i + 1])))


def _are_one(one: Word, other: Word) -> bool:
    """Whether two words that touch may be parts of one, for one of them has a single character: 成|功, 梳|理出."""
    return 1 in (len(one.word), len(other.word)) and _MARK not in (one.word, other.word)


def reads_well(label: str) -> bool:
    """Whether a label that has lost words is one: its brackets are whole, and nothing hangs loose at its edges."""
    return (
        _LOOSE.search(label) is None
        and all(label.count(one) == label.count(other) for one, other in _PAIRS)
        and label_words().noun.fullmatch(label) is None
    )
