"""The likeliest Chinese reading of bytes of which some are known: a word lattice over what GBK allows.

A shifted run is a pending first byte, then pairs of bytes as they were shown, then an ending. Each pair finishes the
pending character and leaves its own second byte pending. Between two pairs the decoder may have dropped pairs that GBK
has no character for; then two neighbours are known by half. Words and their counts decide, and where two readings are
close the character stays open.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from opencc import OpenCC

from summarizer import words
from summarizer.text import annotations, gbk
from summarizer.text.neighbours import Neighbours
from summarizer.text.traced import LOST

NUMERALS = frozenset("〇零一二三四五六七八九十百千两")

_DIGITS = frozenset("０１２３４５６７８９")
"""Never made out of bytes that are not all there."""

_ARABIC = frozenset("0123456789")
_COUNTING = NUMERALS | _ARABIC
_MAGNITUDES = frozenset("十百千万亿萬億")
_HAN_NUMERALS = NUMERALS | _MAGNITUDES
_NUMERIC = _HAN_NUMERALS | _DIGITS
"""What a number may be made of, in either script."""

_HALF_WIDTH = {chr(c): chr(c - 0xFEE0) for c in range(0xFF10, 0xFF1A)} | {"．": ".", "％": "%"}

_MARKS = {
    **dict.fromkeys("，。、", -3.0),
    **dict.fromkeys("“”：；《》（）", -4.5),
    **dict.fromkeys("！？‘’—…·「」『』〈〉【】〔〕％～　%.", -7.0),
}
"""Log probabilities of punctuation; the dictionary counts words only."""

_ASCII = -11.0
"""A letter or a question mark of ASCII inside Chinese text."""

_RARE = -19.0
"""A character that is no word by itself."""

_STRANGE = -24.0
"""Kana, Greek letters, drawing: what byte-shifted text shows and Chinese text does not hold."""

_OPEN = -13.0
"""A character about which nothing is known; as rare as the rarer words, so that a reading with a word wins."""

_DROPPED = 1.0
"""Of ten neighbouring pairs read out of phase about one has no character."""

_FOREIGN = -7.0
"""What a character costs that the article's script does not have: 应 in Traditional text."""

_SINGLE = -1.5
"""What a word of one character costs more: any two bytes make one, so that some always fit."""

_FAVOUR = 3.0
"""What a character gains that the construction of the sentence asks for."""

_KEPT = 6
"""Readings kept at each place."""

_BEAM = 10.0
"""How much less likely than the best place beside it a place may be to be followed; only dropped pairs make several."""

_LONGEST = 6
"""Characters of the longest word looked for."""

CLOSE = 1.9
"""Readings nearer than this (natural logarithm, 7 times) leave a character open."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two bytes that were shown as one character, and where it stands in the text."""

    first: int
    second: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Ending:
    """How the phase was regained.

    trail: an ASCII letter or sign is the pending character's second byte; eaten: that byte went, with what followed;
    annotated: it went, but the character's pinyin is there; swallowed: the last pair's second byte is an ASCII letter
    of its own; cut: it went, nothing says how.
    """

    kind: str
    start: int
    end: int
    byte: int = 0
    syllable: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Bytes read out of phase: the candidates for the lost lead byte, and what follows it.

    Places are counted from the lost byte's own, which is `[0, 1)`. `left` and `right` are the characters around,
    `favoured` those that the sentence asks for at the end, `foreign` those that the script does not have. `wide` is
    whether the article may write digits full-width.
    """

    leads: tuple[int, ...]
    pairs: tuple[Pair, ...]
    ending: Ending
    left: str = ""
    right: str = ""
    favoured: str = ""
    foreign: frozenset[str] = frozenset()
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Character:
    """A character of the reading, and the range of the shown text that its bytes stand in.

    `number` is whether a LOST one may have been part of a number.
    """

    text: str
    start: int
    end: int
    number: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """The likeliest reading; characters that other readings nearly as likely have otherwise are LOST."""

    score: float
    characters: tuple[Character, ...]


class _Node(NamedTuple):
    """A place in the run: `layer` orders them; pending is one known byte, or any byte that can follow a dropped one."""

    layer: int
    pairs: int
    pending: int = -1
    group: int = -1


class _Edge(NamedTuple):
    """One character; `numeric` are those of which numbers are made that the same bytes allow, where some are gone."""

    character: str
    simple: str
    to: _Node
    start: int
    end: int
    cost: float = 0.0
    numeric: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Path:
    score: float
    key: int
    edges: tuple[_Edge, ...]
    before: "_Path | None" = None


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@lru_cache(maxsize=1 << 16)
def simple(character: str) -> str:
    """The character in Simplified; a digit half-width, as words and neighbours are counted."""
    if character in _HALF_WIDTH:
        return _HALF_WIDTH[character]
    one: str = _converter().convert(character)
    return one if len(one) == 1 else character


@lru_cache(maxsize=1 << 16)
def cost(word: str) -> float:
    """Log probability of a word of Simplified characters.

    A numeral is as likely as any other: 十二五 stands in the dictionary and 十三五 does not, and neither may be
    preferred for that.
    """
    if _is_numeral(word):
        return -7.0 - 1.5 * (len(word) - 1)
    if count := words.count(word):
        return math.log(count) - words.log_total()
    if word in _MARKS:
        return _MARKS[word]
    if word.isascii():
        return _ASCII
    if "\u4e00" <= word <= "\u9fff":
        return _RARE
    return _OPEN if word == LOST else _STRANGE


def _is_numeral(word: str) -> bool:
    return NUMERALS.issuperset(word) or _ARABIC.issuperset(word)


def likelihood(text: str, neighbours: Neighbours) -> float:
    """Log probability of a plain text, as `read` would score it."""
    simplified = "".join(map(simple, text))
    best = [0.0]
    for end in range(1, len(simplified) + 1):
        best.append(
            max(
                best[start] + _word(simplified[start:end])
                for start in range(max(0, end - _LONGEST), end)
                if start == end - 1 or words.count(simplified[start:end]) or _is_numeral(simplified[start:end])
            )
        )
    return best[-1] + _NEIGHBOURS * sum(_pair(pair, neighbours) for pair in pairwise(simplified))


def _word(word: str) -> float:
    """What a word adds to a reading's score."""
    return _WORDS * cost(word) + (_SINGLE if len(word) == 1 else 0.0)


_WORDS, _NEIGHBOURS = 0.7, 0.5
"""Weights of the words and of the neighbours in a reading's score; found on spoilt news text."""


def _pair(pair: tuple[str, str], neighbours: Neighbours) -> float:
    """Log probability of the second character after the first."""
    return _OPEN_PAIR if LOST in pair else neighbours.cost("".join(pair))


_OPEN_PAIR = -7.0
"""A pair of which one is not known, as likely as most pairs in the middle of a text."""


def _numeric(characters: Iterable[str]) -> frozenset[str]:
    return _NUMERIC.intersection(characters)


@cache
def _numeric_last(lead: int) -> frozenset[str]:
    """What a number may be made of that begins with this byte."""
    return _numeric(c for _, c in gbk.by_lead(lead))


@cache
def _numeric_before_dropped(lead: int, group: int) -> frozenset[str]:
    return _numeric(gbk.characters().get((lead, group), ""))


@cache
def _numeric_after_dropped(group: int, first: int) -> frozenset[str]:
    return _numeric(c for lead, c in gbk.by_trail(first) if lead in gbk.vanishing()[group])


@lru_cache(maxsize=1 << 14)
def _after_dropped(group: int, first: int) -> tuple[str, ...]:
    """Characters whose first byte can follow a dropped pair's first byte `group`, and whose second byte is `first`."""
    return tuple(c for lead, c in gbk.by_trail(first) if lead in gbk.vanishing()[group] and c not in _DIGITS)


class _Lattice:
    """The nodes and edges of one run; `dropped_at` says before which pairs a pair may have vanished."""

    def __init__(self, run: Run, neighbours: Neighbours, dropped_at: frozenset[int] = frozenset()) -> None:
        self.run = run
        self.neighbours = neighbours
        self.dropped_at = dropped_at
        self.first = len(run.left)
        self.last = self.first + (len(run.pairs) + 1) * 2
        self.end = self.last + len(run.right)
        self._edges: dict[_Node, list[_Edge]] = {}
        self._longer: dict[tuple[str, _Node], list[tuple[_Edge, str, bool]]] = {}
        self._gains: dict[str, float] = {}

    def edges(self, node: _Node) -> list[_Edge]:
        if node not in self._edges:
            self._edges[node] = list(self._new_edges(node))
        return self._edges[node]

    def longer(self, prefix: str, node: _Node) -> list[tuple[_Edge, str, bool]]:
        """Edges from a node that lengthen what words begin with, with what they make of it, and whether that is a word.

        Kept, because many nodes where a pair was dropped lead to one node by the same characters.
        """
        found = self._longer.get((prefix, node))
        if found is None:
            table, numeral = words.table(), _is_numeral(prefix)
            found = self._longer[prefix, node] = []
            for edge in self.edges(node):
                word = prefix + edge.simple
                count = table.get(word)
                counts = numeral and _is_numeral(word)
                if counts or count is not None:
                    found.append((edge, word, bool(counts or count)))
        return found

    def gain(self, word: str) -> float:
        """What a word adds to a reading's score, its inner neighbours included."""
        gain = self._gains.get(word)
        if gain is None:
            inner = sum(_pair(pair, self.neighbours) for pair in pairwise(word))
            gain = self._gains[word] = _word(word) + _NEIGHBOURS * inner
        return gain

    def _new_edges(self, node: _Node) -> Iterator[_Edge]:
        run = self.run
        if node.layer < self.first:
            c = run.left[node.layer]
            yield _Edge(c, simple(c), _Node(node.layer + 1, 0), 0, 0)
        elif node.layer >= self.last:
            if node.layer < self.end:
                c = run.right[node.layer - self.last]
                yield _Edge(c, simple(c), _Node(node.layer + 1, 0), 0, 0)
        else:
            pendings = run.leads if node.pending < 0 and node.group < 0 else (node.pending,)
            if node.pairs < len(run.pairs):
                yield from self._read(node, pendings)
            else:
                yield from self._finish(node, pendings)
            if node.pairs in self.dropped_at and node.group < 0 and len(pendings) <= 8:
                yield from self._drop(node, pendings)

    def _edge(
        self,
        character: str,
        to: _Node,
        start: int,
        end: int,
        gain: float = 0.0,
        numeric: frozenset[str] = frozenset(),
    ) -> _Edge:
        if character in self.run.foreign:
            gain += _FOREIGN
        return _Edge(character, simple(character), to, start, end, gain, numeric)

    def _place(self, node: _Node) -> tuple[int, int]:
        """Where the pending byte of the node was shown."""
        if node.pairs == 0:
            return 0, 1
        pair = self.run.pairs[node.pairs - 1]
        return pair.start, pair.end

    def _read(self, node: _Node, pendings: Sequence[int]) -> Iterator[_Edge]:
        """The pending character, finished by the next pair."""
        pair = self.run.pairs[node.pairs]
        layer = self.first + (node.pairs + 1) * 2
        to = _Node(layer, node.pairs + 1, pending=pair.second)
        start = self._place(node)[0] if node.group < 0 else pair.start
        numeric: frozenset[str] = frozenset()
        if node.group >= 0:
            characters: Iterable[str] = _after_dropped(node.group, pair.first)
            numeric = _numeric_after_dropped(node.group, pair.first)
        else:
            table = gbk.characters()
            characters = [table.get((pending, pair.first), LOST) for pending in pendings]
            if len(pendings) > 1:
                numeric = _numeric(characters)
        for c in characters:
            yield self._edge(c, to, start, pair.end, numeric=numeric)
        if node.group >= 0:
            yield _Edge(LOST, LOST, to, start, pair.end, numeric=numeric)

    def _drop(self, node: _Node, pendings: Sequence[int]) -> Iterator[_Edge]:
        """The pending character, whose second byte vanished with the first byte of the next."""
        start, end = self._place(node)
        for group in gbk.vanishing():
            to = _Node(node.layer + 1, node.pairs, group=group)
            for lead in pendings:
                c = gbk.characters().get((lead, group))
                if c and c not in _DIGITS:
                    yield self._edge(c, to, start, end, _DROPPED, _numeric_before_dropped(lead, group))

    def _finish(self, node: _Node, pendings: Sequence[int]) -> Iterator[_Edge]:
        """The last pending character."""
        ending = self.run.ending
        to = _Node(self.last, 0)
        start = self._place(node)[0] if node.group < 0 else ending.start
        if ending.kind == "swallowed":
            c = chr(ending.byte)
            yield _Edge(c, c, to, start, ending.end)
            return
        leads: Iterable[int] = pendings
        if node.group >= 0:
            # Nothing is known of a character both of whose bytes went; looking for it would take long, too.
            leads = gbk.vanishing()[node.group] if ending.kind in ("trail", "annotated") else ()
        found = False
        open_end = ending.kind in ("eaten", "cut")
        numeric: frozenset[str] = frozenset()
        for lead in leads:
            if open_end:
                numeric = _numeric_last(lead)
            for c in self._last(lead):
                found = True
                gain = _FAVOUR if c in self.run.favoured else 0.0
                yield self._edge(c, to, start, ending.end, gain, numeric)
        if not found or open_end:
            yield _Edge(LOST, LOST, to, start, ending.end, numeric=numeric)

    def _last(self, lead: int) -> Iterable[str]:
        ending = self.run.ending
        if ending.kind == "trail":
            c = gbk.characters().get((lead, ending.byte))
            return [c] if c else []
        if ending.kind == "annotated":
            return annotations.with_reading(lead, annotations.toneless(ending.syllable))
        return [c for _, c in gbk.by_lead(lead) if c not in _DIGITS]


def read(run: Run, neighbours: Neighbours, least: float = -math.inf) -> Reading:
    """The likeliest reading of a run; not looked for to the end where it will not come near the score `least`.

    First without dropped pairs; where that leaves odd characters, with pairs dropped next to them.
    """
    best = _search(_Lattice(run, neighbours))
    odd = _odd(best, run)
    if odd and best[0].score > least - _HOPE:
        other = _search(_Lattice(run, neighbours, odd))
        best = max(best, other, key=lambda paths: paths[0].score)
    return _settled(best, run)


def _flat(path: _Path) -> list[_Edge]:
    edges: list[_Edge] = []
    step: _Path | None = path
    while step is not None:
        edges += reversed(step.edges)
        step = step.before
    return edges[::-1]


def _odd(paths: list[_Path], run: Run) -> frozenset[int]:
    """Pairs near odd single characters and full-width digits: there a pair may have vanished."""
    odd: set[int] = set()
    step: _Path | None = paths[0]
    while step is not None:
        for edge in step.edges:
            is_odd = edge.character in _DIGITS or (len(step.edges) == 1 and cost(edge.simple) < _ODD)
            if is_odd and edge.to.layer > len(run.left):
                # The layer after the run stands for its last pair.
                at = edge.to.pairs or len(run.pairs)
                odd.update(range(max(0, at - 2), min(len(run.pairs), at + 2) + 1))
        step = step.before
    return frozenset(odd)


_HOPE = 25.0
"""What a reading may gain by dropped pairs."""

_ODD = -8.5
"""A single character rarer than this is odd: the dictionary counted it less than 12,000 times."""


def _search(lattice: _Lattice) -> list[_Path]:
    """The likeliest paths through the lattice, best first; each gives another text."""
    layers: list[dict[_Node, list[_Path]]] = [{} for _ in range(lattice.end + 1)]
    layers[0][_Node(0, 0)] = [_Path(0.0, 0, ())]
    for layer in layers[:-1]:
        least = max((paths[0].score for paths in layer.values()), default=0.0) - _BEAM
        for node, paths in layer.items():
            if paths[0].score < least:
                continue
            for edges in _words_from(lattice, node):
                _extend(layers, paths, edges, lattice)
    return next(iter(layers[-1].values()))


def _words_from(lattice: _Lattice, node: _Node) -> Iterator[tuple[_Edge, ...]]:
    """Every word that can begin at a node, as the edges of its characters; every single character too."""
    table = words.table()
    stack: list[tuple[str, tuple[_Edge, ...]]] = []
    for edge in lattice.edges(node):
        yield (edge,)
        if edge.simple in table or edge.simple in _COUNTING:
            stack.append((edge.simple, (edge,)))
    while stack:
        prefix, edges = stack.pop()
        for edge, word, is_word in lattice.longer(prefix, edges[-1].to):
            longer = (*edges, edge)
            if is_word:
                yield longer
            if len(word) < _LONGEST:
                stack.append((word, longer))


def _extend(
    layers: list[dict[_Node, list[_Path]]], paths: list[_Path], edges: tuple[_Edge, ...], lattice: _Lattice
) -> None:
    """Add a word to every path that ends where it begins."""
    to = edges[-1].to
    word, gain = edges[0].simple, edges[0].cost
    for edge in edges[1:]:
        word += edge.simple
        gain += edge.cost
    gain += lattice.gain(word)
    kept = layers[to.layer].setdefault(to, [])
    for path in paths:
        score = path.score + gain
        if len(kept) == _KEPT and score <= kept[-1].score:
            break
        if path.edges:
            score += _NEIGHBOURS * _pair((path.edges[-1].simple, word[0]), lattice.neighbours)
            if len(kept) == _KEPT and score <= kept[-1].score:
                continue
        key = path.key
        for edge in edges:
            key = hash((key, edge.character))
        _keep(kept, _Path(score, key, edges, path))


def _keep(kept: list[_Path], new: _Path) -> None:
    """Put a path in its place among the best; of two with one text the better."""
    for i, old in enumerate(kept):
        if old.key == new.key:
            if old.score >= new.score:
                return
            del kept[i]
            break
    at = next((i for i, old in enumerate(kept) if old.score < new.score), len(kept))
    kept.insert(at, new)
    del kept[_KEPT:]


def _settled(paths: list[_Path], run: Run) -> Reading:
    """The best path, with LOST where a path nearly as good has another character, or a number is not sure."""
    best = _flat(paths[0])
    texts = [edge.character for edge in best]
    numbers = _unsure_numbers(paths[0], run) | _lone_digits(best)
    for i in numbers:
        texts[i] = LOST
    for path in paths[1:]:
        if path.score < paths[0].score - CLOSE:
            break
        other = _flat(path)
        if len(other) == len(best):
            for i, (one, two) in enumerate(zip(best, other, strict=True)):
                if one.character != two.character:
                    texts[i] = LOST
                    if {one.character, two.character} & _NUMERIC:
                        numbers.add(i)
    gaps = _gaps(best, texts, run)
    characters: list[Character] = []
    for i in range(len(run.left), len(best) - len(run.right)):
        edge = best[i]
        characters.append(Character(texts[i], edge.start, edge.end, i in numbers))
        if i in gaps:
            after = best[i + 1].end if i + 1 < len(best) - len(run.right) else edge.end
            characters.append(Character(LOST, edge.start, after, gaps[i]))
    return Reading(paths[0].score, tuple(characters))


def _lone_digits(best: Sequence[_Edge]) -> set[int]:
    """Full-width digits that stand alone: halves of `，当` make one, when what stood between the halves is gone."""
    shown = "".join(edge.character for edge in best)
    return {match.start() for match in _WIDE_DIGITS.finditer(shown) if len(match[0]) == 1}


def _unsure_numbers(path: _Path, run: Run) -> set[int]:
    """Places of characters known by half that may be part of a number: a dictionary knows words, but no figures.

    A numeral that was guessed is never kept: 五个 is a word, and what stood there may have been 全村共.
    """
    best = _flat(path)
    shown = "".join(edge.simple for edge in best)
    plans = {i for match in _PLAN.finditer(shown) for i in range(*match.span())}
    placed = _words_of(path)
    unsure: set[int] = set()
    for i, edge in enumerate(best):
        if not edge.numeric or i in plans:
            continue
        word, at = placed[i]
        if edge.character in _NUMERIC:
            is_unsure = True
        elif len(word) > 1:
            is_unsure = _has_twin(word, at, edge)
        else:
            is_unsure = _may_count(edge, shown[max(0, i - 1) : i], shown[i + 1 : i + 2], run)
        if is_unsure:
            unsure.add(i)
    return unsure


_PLAN = re.compile('(?<=[“"])十[一二三四]?五|十[一二三四]?五(?=[”"时规期])')
"""A five-year plan, the one number of which a dictionary knows what may stand in it."""


def _words_of(path: _Path) -> list[tuple[str, int]]:
    """For each character of a path the word that it belongs to, and its place in that word."""
    found: list[tuple[str, int]] = []
    step: _Path | None = path
    while step is not None:
        word = "".join(edge.simple for edge in step.edges)
        found += [(word, at) for at in reversed(range(len(word)))]
        step = step.before
    return found[::-1]


def _has_twin(word: str, at: int, edge: _Edge) -> bool:
    """Whether a number makes a word in the same place: 是月 may be 十月."""
    others = (word[:at] + simple(c) + word[at + 1 :] for c in edge.numeric if simple(c) != edge.simple)
    return any(words.count(other) or _is_numeral(other) for other in others)


def _may_count(edge: _Edge, before: str, after: str, run: Run) -> bool:
    """Whether a character that makes no word with its neighbours may be part of a number.

    Beside Arabic digits a digit or a magnitude may have stood, beside a Han numeral another, and anywhere a full-width
    digit where the article has such.
    """
    if run.wide and edge.numeric & _DIGITS:
        return True
    if before in _ARABIC and before and edge.numeric & (_DIGITS | _MAGNITUDES):
        return True
    if after in _ARABIC and after and edge.numeric & _DIGITS:
        return True
    return bool(_HAN_NUMERALS & {before, after} and edge.numeric & _HAN_NUMERALS)


def _gaps(best: Sequence[_Edge], texts: Sequence[str], run: Run) -> dict[int, bool]:
    """Places after which another character may have vanished as a whole, and whether that was part of an Arabic number.

    `．` between full-width digits vanishes and shifts nothing, and so do `，`, `－` and `／`: 6.85 is 685 then; what
    is left of `，当` after such a loss is `１`. Only the figures of a year are none of that. Between two halves of
    numerals a third may have stood: 十五 may have been 十三五.
    """
    shown = "".join(edge.character for edge in best)
    plans = {i for match in _WHOLE_PLAN.finditer(shown) for i in range(*match.span())}
    gaps: dict[int, bool] = {}
    for match in _WIDE_DIGITS.finditer(shown):
        inside = [i for i in range(*match.span()) if len(run.left) <= i < len(best) - len(run.right)]
        if inside and len(match[0]) > 1 and not _YEAR.match(shown, match.start()):
            gaps[inside[0]] = True
    for i in range(len(run.left), len(best) - len(run.right) - 1):
        if best[i].to.group >= 0 and i not in plans and {texts[i], texts[i + 1]} <= NUMERALS:
            gaps[i] = False
    return gaps


_WIDE_DIGITS = re.compile("[０-９]+")
_YEAR = re.compile("(?:１９|２０)[０-９]{2}年")
_WHOLE_PLAN = re.compile("十[一二三四]五")
