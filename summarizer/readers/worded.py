"""Labels worded: of the words around a number, and of those of the rules' label, the ones a careful reader would have.

生产总值完成收入 → 生产总值; 改造危房683户，发放补助1092.8万元: 发放补助 → 改造危房发放补助. How likely each word is
to be in the reader's label tells what score a label can expect (twice the characters that both have, of all that they
have): the best set of words is taken. It must read as a phrase: nothing is left out from the middle of one.
"""

import math
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from schemas.vocabulary import Indicator, Status
from summarizer.readers.clauses import Around
from summarizer.readers.label_model import STEPS
from summarizer.readers.label_parts import Case, Part, parts
from summarizer.readers.label_words import label_words
from summarizer.readers.labels import MAX_LABEL
from summarizer.readers.study import Study

LACKING = 1.2
"""Characters of the reader's label that stand nowhere, on average."""

WORTH = 1.02
"""How much more of the score other words must expect than the rules': those are a phrase that somebody thought of."""

LEAST = 2
"""Characters of a label."""

GAP = 3
"""Characters between two words of a phrase that come along with them: 易地[扶贫]搬迁."""

HOPELESS = -4 * STEPS
"""Score of a word that is never in a label."""

AIM = "计划"
"""The noun that a label begins with."""

_AIM = re.compile("计划|目标|任务|指标")
"""Words of which a label needs one at most: 贫困发生率目标, and not 计划贫困发生率目标."""

_TRAITS = ("年龄", "家人口")
_NUMERAL = re.compile("[0-9二三四五六七八九两十百]")
_LINK = re.compile("[的了已共又还就都也可被把将在]")
"""Words that may go from the middle of a phrase."""
_LOOSE = re.compile("^[的地得里了、]+|[的地和与及、]+$")
"""What a label does not begin and end with."""
_PAIRS = (("“", "”"), ("(", ")"), ("（", "）"), ("《", "》"))


def worded(study: Study, near: Around, label: str, indicator: Indicator, status: Status) -> str:
    """The label that is most like a careful reader's, as far as the words around the number tell."""
    model = study.labels
    if model is None or label.endswith(_TRAITS):
        return label
    case = Case(study.layout, study.starts, near, label, indicator, status)
    told = [
        p
        for p in parts(model, study.label_parts, case)
        if p.at >= 0 or (may_join(p) and not (p.is_noun and _AIM.search(p.word) and _AIM.search(label)))
    ]
    likely = [1 / (1 + math.exp(-part.score / STEPS)) for part in told]
    kept = filled(told, chosen(told, likely))
    by_rules = {i for i, part in enumerate(told) if part.at >= 0}
    if expected(told, likely, kept) <= WORTH * expected(told, likely, by_rules):
        return label
    found = joined(told, kept)
    return found if reads_well(found) else label


def may_join(part: Part) -> bool:
    """Whether a word may join the rules' label: a numeral would state a number by itself (“三户一孤”大病患者)."""
    return part.score > HOPELESS and _NUMERAL.search(part.word) is None


def expected(told: Sequence[Part], likely: Sequence[float], kept: Iterable[int]) -> float:
    """The score that a label of these parts can expect."""
    size, common = 0, 0.0
    for i in kept:
        size, common = size + len(told[i].word), common + likely[i] * len(told[i].word)
    return 2 * common / (size + _reader(told, likely))


def _reader(told: Sequence[Part], likely: Sequence[float]) -> float:
    """How many characters the reader's label can be expected to have."""
    return LACKING + sum(p * len(part.word) for p, part in zip(likely, told, strict=True))


def chosen(told: Sequence[Part], likely: Sequence[float]) -> set[int]:
    """Which parts together can expect the highest score: the likeliest, with one noun at most."""
    reader = _reader(told, likely)
    size = common = best = 0.0
    taken: set[int] = set()
    found: set[int] = set()
    said: list[str] = []
    has_noun = False
    for i in sorted(range(len(told)), key=lambda i: -likely[i]):
        if likely[i] <= best / 2:
            # No word that is less likely than half of the score to be expected raises it.
            break
        word = told[i].word
        if (told[i].is_noun and has_noun) or (len(word) > 1 and word in said) or size + len(word) > MAX_LABEL:
            continue
        has_noun = has_noun or told[i].is_noun
        taken.add(i)
        said.append(word)
        size, common = size + len(word), common + likely[i] * len(word)
        score = 2 * common / (size + reader)
        if score > best:
            best, found = score, set(taken)
    return found


def filled(told: Sequence[Part], kept: set[int]) -> set[int]:
    """The parts kept with what stands between two of a phrase, unless the rules leave it out of the phrase too."""
    found = set(kept)
    order = sorted(i for i in kept if told[i].start >= 0)
    for one, other in pairwise(order):
        first, last = told[one], told[other]
        end = first.start + len(first.word)
        between = range(one + 1, other)
        size = last.start - end
        if not between or size > GAP or size != sum(len(told[i].word) for i in between):
            continue
        text = "".join(told[i].word for i in between)
        if not (first.at >= 0 and last.at >= 0) and not _LINK.fullmatch(text) and not _NUMERAL.search(text):
            found.update(between)
    return found


def joined(told: Sequence[Part], kept: set[int]) -> str:
    """The parts as one phrase: in the rules' order, and what they have not behind the word that it follows."""
    order = sorted((i for i in kept if told[i].at >= 0), key=lambda i: told[i].at)
    last = -1
    for i in sorted(kept):
        part = told[i]
        if part.is_noun:
            order.insert(0 if part.word == AIM else len(order), i)
        elif part.at < 0:
            order.insert(order.index(last) + 1 if last >= 0 else 0, i)
        last = i
    return _LOOSE.sub("", "".join(told[i].word for i in order))


def reads_well(label: str) -> bool:
    """Whether words make a label: its brackets are whole, and it is more than a noun that says nothing by itself."""
    return (
        len(label) >= LEAST
        and all(label.count(one) == label.count(other) for one, other in _PAIRS)
        and label_words().noun.fullmatch(label) is None
    )
