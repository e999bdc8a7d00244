"""Scores text by topic with a lexicon of the field (`data/topics.toml`).

The lexicon is matched as it stands, the longest word first, without segmenting: its words are terms of two and more
characters, and a segmenter that joins `光伏扶贫电站` differently would hide `光伏扶贫` from it.
"""

import sys
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache
from importlib.resources import files

from schemas.vocabulary import Topic

WEIGHTS: Mapping[str, float] = {"decisive": 3.0, "strong": 2.0, "weak": 0.5}
"""What one word of each class counts."""

REPEATS = 2
"""How often the same word counts: a passage that says 企业 ten times is not ten times as much about industry."""


LIST = 2
"""How many strong words of a topic count: a list of crops (小米、蘑菇、木耳) is not a stronger sign than one crop."""


@cache
def lexicon() -> Mapping[str, Mapping[Topic, float]]:
    """Every word of the lexicon with its weight by topic; a word may lean towards several."""
    table = tomllib.loads((files("summarizer.precheck") / "data" / "topics.toml").read_text(encoding="utf-8"))
    codes = {topic.value: topic for topic in Topic}
    words: dict[str, dict[Topic, float]] = {}
    for topic, classes in table.items():
        for name, members in classes.items():
            for word in members:
                words.setdefault(word, {})[codes[topic]] = WEIGHTS[name]
    return words


class Finder:
    """Finds words of a fixed list in text, from left to right, the longest at each place, none in another.

    A table is asked for each place: an alternation of so many words tries hundreds of ways there.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.known: Mapping[str, str] = {word: sys.intern(word) for word in words}
        self._lengths = lengths(self.known)

    def found(self, text: str, stop: int | None = None) -> Sequence[tuple[int, str]]:
        """Where words of the list stand, each with its beginning; only those that begin before `stop`."""
        known, found, done = self.known, [], 0
        seconds = f"{text[1:]}\0"
        for at, sizes in enumerate(map(self._lengths.get, text[:stop])):
            if sizes is None or at < done:
                continue
            for size in sizes.get(seconds[at]) or sizes[""]:
                word = known.get(text[at : at + size])
                if word is not None:
                    found.append((at, word))
                    done = at + size
                    break
        return found


Lengths = Mapping[str, Mapping[str, Sequence[int]]]
"""By their first character and their second how long the words of a list are, the longest first.

Under no second stands a word of one character, which may begin a longer one too.
"""


def lengths(words: Iterable[str]) -> Lengths:
    """How long the words are that begin with each two characters."""
    found: dict[str, dict[str, set[int]]] = {}
    for word in words:
        found.setdefault(word[0], {"": set()}).setdefault(word[1:2], set()).add(len(word))
    return {
        first: {second: tuple(sorted(sizes | seconds[""], reverse=True)) for second, sizes in seconds.items()}
        for first, seconds in found.items()
    }


class Finders:
    """Several finders at work in one pass over a text, which costs little more than one of them alone."""

    def __init__(self, finders: Sequence[Finder]) -> None:
        self.finders = finders
        # Each word with the lists that it is of.
        self._known: dict[str, tuple[str, list[int]]] = {}
        for i, finder in enumerate(finders):
            for word in finder.known.values():
                self._known.setdefault(word, (word, []))[1].append(i)
        self._lengths = lengths(self._known)

    def found(self, text: str) -> Sequence[Sequence[tuple[int, str]]]:
        """What each of them finds in the text."""
        known = self._known
        found: list[list[tuple[int, str]]] = [[] for _ in self.finders]
        done = [0] * len(self.finders)
        seconds = f"{text[1:]}\0"
        for at, sizes in enumerate(map(self._lengths.get, text)):
            if sizes is None:
                continue
            for size in sizes.get(seconds[at]) or sizes[""]:
                word = known.get(text[at : at + size])
                if word is not None:
                    for i in word[1]:
                        if done[i] <= at:
                            found[i].append((at, word[0]))
                            done[i] = at + size
        return found


class Located:
    """The words of a list in one text, found once: the stretches that are asked for overlap again and again.

    `found` is what the finder finds in the text, where that is known.
    """

    def __init__(self, finder: Finder, text: str, found: Sequence[tuple[int, str]] | None = None) -> None:
        self._finder = finder
        self._text = text
        found = finder.found(text) if found is None else found
        self._words = [word for _, word in found]
        self._starts = [at for at, _ in found]
        self._ends = [at + len(word) for at, word in found]
        self._distinct: dict[tuple[int, int], Set[str]] = {}

    def words(self, start: int, end: int) -> Sequence[str]:
        """The words of the stretch `[start, end)`, in order."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        if first and self._ends[first - 1] > start:
            return self._behind(self._ends[first - 1], start, end)
        if last > first and self._ends[last - 1] > end:
            left = self._finder.found(self._text[self._starts[last - 1] : end])
            return [*self._words[first : last - 1], *(word for _, word in left)]
        return self._words[first:last]

    def _behind(self, edge: int, start: int, end: int) -> Sequence[str]:
        """The same of a stretch that begins inside a word, which ends at `edge`.

        What is left of the word may hold others, and one of them may reach beyond it; behind them the words of the
        text go on.
        """
        left = self._finder.found(self._text[start:end], edge - start)
        words = [word for _, word in left]
        done = max(edge, start + left[-1][0] + len(words[-1])) if left else edge
        return [*words, *self.words(done, end)] if done < end else words

    def placed(self) -> Iterator[tuple[int, str]]:
        """All words, each with its beginning."""
        return zip(self._starts, self._words, strict=True)

    def distinct(self, stretch: tuple[int, int]) -> Set[str]:
        """The words of a stretch, each once; kept, for clauses and sentences are asked for by every number in them."""
        known = self._distinct.get(stretch)
        if known is None:
            known = self._distinct[stretch] = set(self.words(*stretch))
        return known


@cache
def finder() -> Finder:
    """The finder of the lexicon's words."""
    return Finder(lexicon())


def scores(text: str) -> dict[Topic, float]:
    """How much the words of `text` speak for each topic; empty where none does."""
    return weighed([(text, 1.0)])


def weighed(texts: Iterable[tuple[str, float]]) -> dict[Topic, float]:
    """The scores of several texts, each with its weight (a heading counts more than a body)."""
    total: dict[Topic, float] = {}
    for text, weight in texts:
        _add(total, (word for _, word in finder().found(text)), weight)
    return total


@cache
def _leanings() -> Mapping[str, tuple[tuple[Topic, float, bool], ...]]:
    """For each word of the lexicon its topics, each with the weight, and whether it is a strong word of it."""
    strong = WEIGHTS["strong"]
    return {word: tuple((t, value, value == strong) for t, value in found.items()) for word, found in lexicon().items()}


def _add(total: dict[Topic, float], words: Iterable[str], weight: float) -> None:
    """Add to the scores what words of the lexicon speak for."""
    leanings = _leanings()
    seen: dict[str, int] = {}
    strong: dict[Topic, int] = {}
    for word in words:
        times = seen[word] = seen.get(word, 0) + 1
        if times > REPEATS:
            continue
        for topic, value, is_strong in leanings[word]:
            if is_strong:
                nth = strong[topic] = strong.get(topic, 0) + 1
                if nth > LIST:
                    continue
            total[topic] = total.get(topic, 0.0) + weight * value


class Scored(Located):
    """The words of the lexicon in one text, and what they speak for."""

    def __init__(self, text: str, found: Sequence[tuple[int, str]] | None = None) -> None:
        super().__init__(finder(), text, found)
        self._scores: dict[tuple[int, int], Mapping[Topic, float]] = {}

    def scores(self, start: int, end: int) -> Mapping[Topic, float]:
        """`scores` of the stretch `[start, end)`; kept, for numbers share clauses."""
        known = self._scores.get((start, end))
        if known is None:
            total: dict[Topic, float] = {}
            _add(total, self.words(start, end), 1.0)
            known = self._scores[start, end] = total
        return known

    def of_section(self, heading: str | None, start: int, end: int) -> Topic:
        """The topic of a part: its heading's, where that names one; its body decides for a motto and breaks a tie."""
        total = weighed([(heading or "", 4.0)])
        _add(total, self.words(start, end), min(0.5, 60 / max(end - start, 1)))
        return best(total)


def topic_of(text: str, default: Topic = Topic.OTHER) -> Topic:
    """The topic that the words of `text` speak for most, or `default`."""
    return best(scores(text), default)


_ORDER = {topic: i for i, topic in enumerate(Topic)}


def best(found: Mapping[Topic, float], default: Topic = Topic.OTHER) -> Topic:
    """The topic with the highest score; of equal ones the first of the code list."""
    if not found:
        return default
    highest = max(found.values())
    return min((topic for topic, value in found.items() if value == highest), key=_ORDER.__getitem__)
