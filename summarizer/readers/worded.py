"""Labels worded: of the words around a number, and of those of the rules' label, the ones a careful reader would have.

生产总值完成收入 → 生产总值; 改造危房683户，发放补助1092.8万元: 发放补助 → 改造危房发放补助. How likely each word is
to be in the reader's label tells what score a label can expect (twice the characters that both have, of all that they
have): the best set of words is taken. It must read as a phrase: nothing is left out from the middle of one.
"""

import math
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from schemas.vocabulary import Indicator, Status, Unit
from summarizer.readers.clauses import BLANK, Around
from summarizer.readers.label_model import STEPS
from summarizer.readers.label_parts import NUMERAL, Case, Part, parts
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

TIED = 0.25
"""How likely a word of the rules' is that stays beside one of their phrase."""

HEAD = 0.15
"""The same of one that stands behind it: a phrase without its last word is another thing (扶贫开发|重点县)."""

AIM = "计划"
"""The noun that a label begins with."""

_AIM = re.compile("计划|目标|任务|指标")
"""Words of which a label needs one at most: 贫困发生率目标, and not 计划贫困发生率目标."""

_COUNTS = {
    "户": {Unit.HOUSEHOLD},
    "户数": {Unit.HOUSEHOLD},
    "人口": {Unit.PERSON},
    "人数": {Unit.PERSON},
    "人次": {Unit.PERSON_TIME},
}
"""Nouns that say by themselves what is counted."""

_SPANS = ("时间", "时长", "年限", "期限", "年龄", "天数", "历史")
"""Nouns of how long: a label says one."""

_ENDS = frozenset("户率")
"""What ends a word in front of it."""

_APART = re.compile("[的了已共又还就都也可被把将在和与及按对占从由向其每等至并或是为有不、“”省市县区乡镇村户人]")
_APART_BEHIND = re.compile("[的了已共又还就都也可被把将在和与及按对占从由向其每等至并或是、“”]")
"""Words of one character by themselves, the second those that are no end of a word: 拥|有."""

_MEMBER = re.compile(f"[一-龥]{{0,2}}、{BLANK}")

_HANGS = re.compile("(?:每[年月日天]|[户人亩]均)$")
"""Ends of a label that need what is measured behind them."""

_TRAITS = ("年龄", "家人口")
_LINK = re.compile("[的了已共又还就都也可被把将在]")
"""Words that may go from the middle of a phrase."""
_HOLDS = re.compile("的|(?:上年|去年)(?:同期)?|同期|年初")
"""Pieces of the rules' label without which what stands on either side is no phrase."""
_BROKEN = re.compile(r"(..)\1|(.{3}).*\2|…")
_LOOSE = re.compile(
    "^(?:[的得了、]|地(?![区方下面质块膜力级税])|里(?!程))+|(?:[的和及、]|(?<![土耕林基用占湿草场园当产工农旱坡荒飞高各菜田])地|(?<!参)与|(?<=率)为)+$"
)
"""What a label does not begin and end with."""
_PAIRS = (("“", "”"), ("(", ")"), ("（", "）"), ("《", "》"))


def worded(study: Study, near: Around, label: str, indicator: Indicator, status: Status) -> str:
    """The label that is most like a careful reader's, as far as the words around the number tell."""
    model = study.labels
    if model is None or label.endswith(_TRAITS):
        return label
    if near.number.unit is Unit.CNY and label.endswith("户") and label[-2:] not in study.layout.wording:
        # 为2763户贴息383.54万元: the money is no household.
        label = label[:-1] or label
    case = Case(study.layout, study.starts, near, label, indicator, status)
    found = parts(model, study.label_parts, case)
    own = [part.word for part in found if part.at >= 0 and part.start < 0]
    aims = _AIM.search(label) is not None
    told = [part for part in found if part.at >= 0 or may_join(part, case, own, aims=aims)]
    likely = [1 / (1 + math.exp(-part.score / STEPS)) for part in told]
    reader = reader_size(told, likely)
    kept = whole(told, likely, chosen(told, likely, reader))
    by_rules = {i for i, part in enumerate(told) if part.at >= 0}
    if expected(told, likely, kept, reader) <= WORTH * expected(told, likely, by_rules, reader):
        return label
    phrase = joined(told, kept)
    if _HANGS.search(phrase):
        phrase = joined(told, kept | {max(by_rules, key=lambda i: told[i].at, default=-1)} - {-1})
    return phrase if len(phrase) <= MAX_LABEL and reads_well(phrase) else label


def may_join(part: Part, case: Case, own: Sequence[str], *, aims: bool) -> bool:
    """Whether a word may join the rules' label, of which `own` stands elsewhere (辖4镇 is 辖镇 once).

    `aims` says that it tells of an aim already.
    """
    word = part.word
    if (own and any(word in has for has in own)) or (aims and _AIM.search(word)):
        return False
    if not part.is_noun:
        return part.start < case.near.clause.start or not _is_others(part, case)
    if word in _COUNTS and case.near.number.unit not in _COUNTS[word]:
        return False
    return not (word in _SPANS and case.by_rules.endswith(_SPANS))


def _is_others(part: Part, case: Case) -> bool:
    """Whether a word of the number's clause is of another one.

    占总任务的85%: it leans on a number told before. 900米的[水渠]、400米的村道: a member of its own.
    """
    wording, end = case.layout.wording, part.start + len(part.word)
    if "、" in wording[end : end + 3] and _MEMBER.match(wording, end):
        return True
    return part.word == "占" and part.start == case.near.clause.start


def expected(told: Sequence[Part], likely: Sequence[float], kept: Iterable[int], reader: float) -> float:
    """The score that a label of these parts can expect, where the reader's label has so many characters."""
    size, common = 0, 0.0
    for i in kept:
        size, common = size + len(told[i].word), common + likely[i] * len(told[i].word)
    return 2 * common / (size + reader)


def reader_size(told: Sequence[Part], likely: Sequence[float]) -> float:
    """How many characters the reader's label can be expected to have."""
    return LACKING + sum([p * len(part.word) for p, part in zip(likely, told, strict=True)])


def chosen(told: Sequence[Part], likely: Sequence[float], reader: float) -> set[int]:
    """Which parts together can expect the highest score: the likeliest, with one noun at most."""
    size = common = best = 0.0
    taken: list[int] = []
    said: list[str] = []
    best_of = 0
    has_noun = False
    for i in sorted(range(len(told)), key=likely.__getitem__, reverse=True):
        if likely[i] <= best / 2:
            # No word that is less likely than half of the score to be expected raises it.
            break
        word = told[i].word
        if (
            (told[i].is_noun and has_noun)
            or (len(word) > 1 and any(word in other for other in said))
            or size + len(word) > MAX_LABEL
        ):
            continue
        has_noun = has_noun or told[i].is_noun
        taken.append(i)
        said.append(word)
        size, common = size + len(word), common + likely[i] * len(word)
        score = 2 * common / (size + reader)
        if score > best:
            best, best_of = score, len(taken)
    return set(taken[:best_of])


def whole(told: Sequence[Part], likely: Sequence[float], kept: set[int]) -> set[int]:
    """The parts kept with what a word or a phrase would be broken without."""
    found = set(kept)
    while True:
        size = len(found)
        found |= tied(told, likely, found)
        found |= filled(told, found)
        found |= unbroken(told, found)
        if len(found) == size:
            return {i for i in found if told[i].at >= 0 or not _LINK.fullmatch(told[i].word) or links(told, found, i)}


def links(told: Sequence[Part], kept: set[int], at: int) -> bool:
    """Whether what stands on either side of a part in the text is kept."""
    if at - 1 not in kept or at + 1 not in kept:
        return False
    before, part, behind = told[at - 1 : at + 2]
    return before.start + len(before.word) == part.start and part.start + len(part.word) == behind.start


def tied(told: Sequence[Part], likely: Sequence[float], kept: set[int]) -> set[int]:
    """Parts that touch one that is kept in the text, and make one word with it, or one phrase of the rules'.

    刷|新, 水|渠: what is not known stands between words of one character. 贷款|贴息: the rules' word goes only where
    it is unlikely by itself.
    """
    found: set[int] = set()
    beside = ((min(i, out), out) for i in kept for out in (i - 1, i + 1) if out not in kept and 0 <= out < len(told))
    for first, out in beside:
        one, other = told[first], told[first + 1]
        if one.start < 0 or one.start + len(one.word) != other.start:
            continue
        is_end = out == first and other.word in _ENDS and one.is_known and not _APART.fullmatch(one.word)
        if (
            is_end
            or are_one(one, other)
            or (
                told[out].at >= 0
                and other.at == one.at + len(one.word)
                and likely[out] > (HEAD if out > first else TIED)
            )
        ):
            found.add(out)
    return found


def are_one(one: Part, other: Part) -> bool:
    """Whether two neighbours are one word as far as is known: a character and another, or what is no known word."""
    if 1 not in (len(one.word), len(other.word)) or _APART.fullmatch(one.word):
        return False
    if len(one.word) == len(other.word) == 1:
        return (_APART if one.is_known else _APART_BEHIND).fullmatch(other.word) is None
    return one.is_known != other.is_known and _APART.fullmatch(other.word) is None


def unbroken(told: Sequence[Part], kept: set[int]) -> set[int]:
    """What the rules' label has of a phrase of the text between two parts that are kept: 小额[信贷]累计."""
    found: set[int] = set()
    order = sorted(i for i in kept if told[i].start >= 0 and told[i].at >= 0)
    for one, other in pairwise(order):
        between = range(one + 1, other)
        if not between or any(told[i].at < 0 for i in between):
            continue
        size = sum(len(told[i].word) for i in between)
        if size > GAP:
            continue
        if told[other].start == told[one].start + len(told[one].word) + size:
            found.update(between)
    # 开展帮扶活动[的]干部: the rules have turned the text round. 比[上年]增加: a time is no word of a text.
    if turns := [i for i, part in enumerate(told) if part.start < 0 <= part.at and _HOLDS.fullmatch(part.word)]:
        stays = [told[i].at for i in kept if told[i].at >= 0]
        found.update(i for i in turns if stays and min(stays) < told[i].at < max(stays))
    return found


def filled(told: Sequence[Part], kept: set[int]) -> set[int]:
    """What stands between two parts of a phrase of the text, unless the rules leave it out of the phrase too."""
    found: set[int] = set()
    order = sorted(i for i in kept if told[i].start >= 0)
    for one, other in pairwise(order):
        between = range(one + 1, other)
        if not between:
            continue
        first, last = told[one], told[other]
        size = last.start - first.start - len(first.word)
        if size > GAP or size != sum(len(told[i].word) for i in between):
            continue
        text = "".join(told[i].word for i in between)
        if not (first.at >= 0 and last.at >= 0) and not _LINK.fullmatch(text) and not NUMERAL.search(text):
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
    """Whether words make a label: its brackets are whole, and it is more than a noun that says nothing by itself.

    Nor does it say a word twice (黑木耳|木耳) or go over a break (赶工……革命老区).
    """
    return (
        len(label) >= LEAST
        and _BROKEN.search(label) is None
        and all(label.count(one) == label.count(other) for one, other in _PAIRS)
        and label_words().noun.fullmatch(label) is None
    )
