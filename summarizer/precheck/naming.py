"""How likely a run of characters before 村, 镇 or 乡 is a name, beside being the words of a sentence.

A reader hears that 去竹园村 is 去 and 竹园村, and that 帮助村 begins 帮助村民. So do two models of characters: that of
names is learnt, when it is first asked for, from the towns of the gazetteer (nothing but their names), that of words
is jieba's dictionary. Of all places where the name may begin the likeliest is compared with the sentence without a
name, and with the beginning that the rules of `localities` propose.
"""

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache

from summarizer import gazetteer, words

LENGTHS = (0.015, 0.62, 0.28, 0.06, 0.02, 0.005)
"""Share of names with one character, two and more, before their class: towns, with the single ones of villages."""

RUN_CHARS = 9
"""Characters before the class that are weighed."""

NAMED = math.log(0.011)
"""How often a name stands where a word might, as a logarithm; set where real articles are parted best."""

SMOOTHING = 8.0
"""Weight of a character's own frequency against that of its pair."""

NO_NAME = -2.0
"""Log odds below which the words of the sentence explain the run better than any name."""

SURE = 8.0
"""Log odds from which a name is taken that the rules do not see."""

WORD_CHARS = 5
"""Longest word of the dictionary that is looked up."""

RARE = 50
"""A word counted less than this is more likely a part of the name behind it (亚克|巴格)."""

_CLASS = re.compile("(?:(?:[\u4e00-\u9fff]{1,3}族|民族)?[乡镇]|街道|苏木)$")
_ETHNIC = re.compile("(?<!^)(?:族|自治)$")
_LEADS = frozenset("去在到从被让把将对向与和及原前仅就是为给来看访离距帮赴宿于老咱")
"""What stands alone before a name; another character before the likeliest beginning is a part of the name (里|罗城)."""

_OURSELVES = frozenset("我你他她俺")

_NEVER_LAST = frozenset("新小强老古旧大名进回下百千万一二三四五六七八九十查")
"""With what no name ends that only the odds speak for: 百城万|村, 六堡小|镇."""


@dataclass(frozen=True)
class Names:
    """How often characters follow each other in names; `^` and `$` are the edges."""

    pairs: Counter[tuple[str, str]]
    firsts: Counter[str]
    characters: Counter[str]
    total: int

    def log(self, name: str) -> float:
        """The log probability of a name without its class."""
        found = math.log(LENGTHS[len(name) - 1])
        before = "^"
        for character in name:
            found += _step(before, character)
            before = character
        return found

    def step(self, before: str, character: str) -> float:
        """The log probability of a character after another."""
        own = (self.characters[character] + 0.3) / (self.total + 3000)
        seen = self.firsts[before] - self.pairs[before, "$"]
        return math.log((self.pairs[before, character] + SMOOTHING * own) / (seen + SMOOTHING))


@lru_cache(maxsize=1 << 13)
def _step(before: str, character: str) -> float:
    """Kept, because every end of a run is weighed as a name: two characters are asked for up to five times."""
    return _names().step(before, character)


@cache
def _names() -> Names:
    stems = {_CLASS.sub("", name) for name in gazetteer.all_towns()}
    stems = {stem for stem in stems if 1 < len(stem) <= len(LENGTHS)}
    pairs = Counter(pair for stem in stems for pair in zip(f"^{stem}", f"{stem}$", strict=True))
    firsts: Counter[str] = Counter()
    for (first, _), count in pairs.items():
        firsts[first] += count
    characters = Counter("".join(stems))
    return Names(pairs, firsts, characters, characters.total())


@lru_cache(maxsize=1 << 10)
def settled(run: str, name: str | None, kind: str) -> str | None:
    """The name at the end of a run before its class, where the rules propose `name` or none.

    Kept, because an article is asked for the towns and villages of its subject, and again for its places.
    """
    if kind not in ("村", "镇", "乡"):
        return name
    likeliest, odds = weighed(run[-RUN_CHARS:], kind)
    if name is None:
        lead = run[: -len(likeliest)]
        plain = len(likeliest) > 1 and likeliest[-1] not in _NEVER_LAST
        return likeliest if odds >= SURE and plain and lead and _leads(lead) else None
    if odds < NO_NAME:
        return name if name + kind in gazetteer.all_towns() or _ETHNIC.search(name) else None
    lead = name.removesuffix(likeliest)
    # 我常提马庄乡: no name has 我 in it.
    if odds >= SURE and not _OURSELVES.isdisjoint(lead):
        return likeliest
    return likeliest if len(likeliest) > 1 and lead and lead != name and _leads(lead) else name


def weighed(run: str, kind: str) -> tuple[str, float]:
    """The likeliest name at the end of a run, and by how much more likely it is than no name (log odds)."""
    text = run + kind
    best = _words_up_to(text)
    names = _names()
    first = max(0, len(run) - len(LENGTHS))
    likeliest = max(
        ((best[at] + names.log(run[at:]), run[at:]) for at in range(first, len(run))), default=(-math.inf, "")
    )
    return likeliest[1], likeliest[0] + NAMED - best[-1]


def _words_up_to(text: str) -> list[float]:
    """The log probability of the likeliest words up to each position."""
    # The table itself: a run has a dozen parts that may be words.
    total, counts = words.log_total(), words.table()
    best = [0.0] + [-math.inf] * len(text)
    for start in range(len(text)):
        for end in range(start + 1, min(start + WORD_CHARS, len(text)) + 1):
            count = counts.get(text[start:end])
            if count or end == start + 1:
                best[end] = max(best[end], best[start] + math.log(count or 1) - total)
            if count is None:
                # Nothing longer is a word: the table has what begins words, too.
                break
    return best


def _leads(words_before: str) -> bool:
    """Whether a name may begin behind these: their last word is a usual one, or a character that stands alone."""
    last = words.cut(words_before)[-1]
    return last in _LEADS if len(last) == 1 else words.count(last) >= RARE
