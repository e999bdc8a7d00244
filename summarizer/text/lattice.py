"""The likeliest Chinese reading of bytes of which some are known: a word lattice over what GBK allows.

A shifted run is a pending first byte, then pairs of bytes as they were shown, then an ending. Each pair finishes the
pending character and leaves its own second byte pending. Between two pairs the decoder may have dropped pairs that GBK
has no character for; then two neighbours are known by half. Words and their counts decide, and where two readings are
close the character stays open.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from operator import itemgetter

from summarizer import words
from summarizer.text import annotations, gbk
from summarizer.text.likelihood import (
    COUNTING,
    DIGITS,
    LONGEST,
    NEIGHBOURS,
    NUMERIC,
    cost,
    is_numeral,
    pair_cost,
    simple,
    word_gain,
)
from summarizer.text.neighbours import Neighbours
from summarizer.text.settled import settled
from summarizer.text.shifted import Edge, Node, Path, Reading, Run
from summarizer.text.traced import LOST

_DROPPED = 1.0
"""Of ten neighbouring pairs read out of phase about one has no character."""

_FOREIGN = -7.0
"""What a character costs that the article's script does not have: 应 in Traditional text."""

_FAVOUR = 3.0
"""What a character gains that the construction of the sentence asks for."""

_KEPT = 6
"""Readings kept at each place."""

_BEAM = 10.0
"""How much less likely than the best place beside it a place may be to be followed; only dropped pairs make several."""


def _numeric(characters: Iterable[str]) -> frozenset[str]:
    return NUMERIC.intersection(characters)


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
    return tuple(c for lead, c in gbk.by_trail(first) if lead in gbk.vanishing()[group] and c not in DIGITS)


_Step = tuple[float, tuple[Edge, ...]]
"""What a word adds to a reading's score, and the word as edges of the lattice."""


@cache
def _twins() -> dict[int, int]:
    """For each first byte of pairs that vanish the least one with the same second bytes: AA is like AB and FD."""
    first: dict[tuple[int, ...], int] = {}
    return {group: first.setdefault(trails, group) for group, trails in gbk.vanishing().items()}


def _stand_in(node: Node) -> Node:
    """The node itself, or where a pair was dropped one that the same characters follow: half of the bytes are twins."""
    if node.group < 0 or (twin := _twins()[node.group]) == node.group:
        return node
    return node._replace(group=twin)


def _lengthened(prefix: str, edges: Sequence[Edge]) -> list[tuple[Edge, str, bool]]:
    """The edges that lengthen what words begin with, what they make of it, and whether that is a word."""
    table, numeral = words.table(), is_numeral(prefix)
    if len(prefix) == 1 and not numeral:
        second = words.followers().get(prefix, "")
        edges = [edge for edge in edges if edge.simple in second]
    found = []
    for edge in edges:
        word = prefix + edge.simple
        count = table.get(word)
        counts = numeral and is_numeral(word)
        if counts or count is not None:
            found.append((edge, word, bool(counts or count)))
    return found


class _Lattice:
    """The nodes and edges of one run; `dropped_at` says before which pairs a pair may have vanished."""

    def __init__(self, run: Run, neighbours: Neighbours, dropped_at: frozenset[int] = frozenset()) -> None:
        self.run = run
        self.neighbours = neighbours
        self.dropped_at = dropped_at
        self.first = len(run.left)
        self.last = self.first + (len(run.pairs) + 1) * 2
        self.end = self.last + len(run.right)
        self._edges: dict[Node, list[Edge]] = {}
        self._steps: dict[Node, dict[Node, list[_Step]]] = {}
        self._longer: dict[tuple[str, Node], list[tuple[Edge, str, bool]]] = {}
        self._gains: dict[str, float] = {}

    def edges(self, node: Node) -> list[Edge]:
        """The characters that can follow; the same list for nodes that the same bytes can follow."""
        node = _stand_in(node)
        if node not in self._edges:
            self._edges[node] = self._new_edges(node)
        return self._edges[node]

    def steps(self, node: Node) -> dict[Node, list[_Step]]:
        """Every word that can begin at a node, by where it leads, those that gain most first."""
        node = _stand_in(node)
        found = self._steps.get(node)
        if found is None:
            found = self._steps[node] = {}
            for word, edges in _words_from(self, node):
                gain = self.gain(word)
                for edge in edges:
                    gain += edge.cost
                found.setdefault(edges[-1].to, []).append((gain, edges))
            for steps in found.values():
                steps.sort(key=itemgetter(0), reverse=True)
        return found

    def longer(self, prefix: str, node: Node) -> list[tuple[Edge, str, bool]]:
        """Edges from a node that lengthen what words begin with, with what they make of it, and whether that is a word.

        Kept, because many nodes where a pair was dropped lead to one node by the same characters.
        """
        found = self._longer.get((prefix, node))
        if found is None:
            found = self._longer[prefix, node] = _lengthened(prefix, self.edges(node))
        return found

    def gain(self, word: str) -> float:
        """What a word adds to a reading's score, its inner neighbours included."""
        gain = self._gains.get(word)
        if gain is None:
            gain = word_gain(word)
            if len(word) > 1:
                gain += NEIGHBOURS * sum(pair_cost(a + b, self.neighbours) for a, b in pairwise(word))
            self._gains[word] = gain
        return gain

    def _new_edges(self, node: Node) -> list[Edge]:
        run = self.run
        if node.layer < self.first or node.layer >= self.last:
            around = run.left[node.layer :] if node.layer < self.first else run.right[node.layer - self.last :]
            return [Edge(c, simple(c), Node(node.layer + 1, 0), 0, 0) for c in around[:1]]
        pendings = run.leads if node.pending < 0 and node.group < 0 else (node.pending,)
        edges = self._read(node, pendings) if node.pairs < len(run.pairs) else [*self._finish(node, pendings)]
        if node.pairs in self.dropped_at and node.group < 0 and len(pendings) <= 8:
            edges += self._drop(node, pendings)
        return edges

    def _edge(
        self,
        character: str,
        to: Node,
        start: int,
        end: int,
        gain: float = 0.0,
        numeric: frozenset[str] = frozenset(),
    ) -> Edge:
        if character in self.run.foreign:
            gain += _FOREIGN
        return Edge(character, simple(character), to, start, end, gain, numeric)

    def _place(self, node: Node) -> tuple[int, int]:
        """Where the pending byte of the node was shown."""
        if node.pairs == 0:
            return 0, 1
        pair = self.run.pairs[node.pairs - 1]
        return pair.start, pair.end

    def _read(self, node: Node, pendings: Sequence[int]) -> list[Edge]:
        """The pending character, finished by the next pair."""
        pair = self.run.pairs[node.pairs]
        layer = self.first + (node.pairs + 1) * 2
        to = Node(layer, node.pairs + 1, pending=pair.second)
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
        # Not `_edge`: where a pair was dropped before, a hundred characters may stand here.
        foreign, end = self.run.foreign, pair.end
        edges = [Edge(c, simple(c), to, start, end, _FOREIGN if c in foreign else 0.0, numeric) for c in characters]
        if node.group >= 0:
            edges.append(Edge(LOST, LOST, to, start, end, numeric=numeric))
        return edges

    def _drop(self, node: Node, pendings: Sequence[int]) -> Iterator[Edge]:
        """The pending character, whose second byte vanished with the first byte of the next."""
        start, end = self._place(node)
        for group in gbk.vanishing():
            to = Node(node.layer + 1, node.pairs, group=group)
            for lead in pendings:
                c = gbk.characters().get((lead, group))
                if c and c not in DIGITS:
                    yield self._edge(c, to, start, end, _DROPPED, _numeric_before_dropped(lead, group))

    def _finish(self, node: Node, pendings: Sequence[int]) -> Iterator[Edge]:
        """The last pending character."""
        ending = self.run.ending
        to = Node(self.last, 0)
        start = self._place(node)[0] if node.group < 0 else ending.start
        if ending.kind == "swallowed":
            c = chr(ending.byte)
            yield Edge(c, c, to, start, ending.end)
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
            yield Edge(LOST, LOST, to, start, ending.end, numeric=numeric)

    def _last(self, lead: int) -> Iterable[str]:
        ending = self.run.ending
        if ending.kind == "trail":
            c = gbk.characters().get((lead, ending.byte))
            return [c] if c else []
        if ending.kind == "annotated":
            return annotations.with_reading(lead, annotations.toneless(ending.syllable))
        return [c for _, c in gbk.by_lead(lead) if c not in DIGITS]


def read(run: Run, neighbours: Neighbours, least: float = -math.inf) -> Reading:
    """The likeliest reading of a run; not looked for to the end where it will not come near the score `least`.

    First without dropped pairs; where that leaves odd characters, with pairs dropped next to them.
    """
    best = _search(_Lattice(run, neighbours))
    odd = _odd(best, run)
    if odd and best[0].score > least - _HOPE:
        other = _search(_Lattice(run, neighbours, odd))
        best = max(best, other, key=lambda paths: paths[0].score)
    return settled(best, run)


def _odd(paths: list[Path], run: Run) -> frozenset[int]:
    """Pairs near odd single characters and full-width digits: there a pair may have vanished."""
    odd: set[int] = set()
    step: Path | None = paths[0]
    while step is not None:
        for edge in step.edges:
            is_odd = edge.character in DIGITS or (len(step.edges) == 1 and cost(edge.simple) < _ODD)
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


def _search(lattice: _Lattice) -> list[Path]:
    """The likeliest paths through the lattice, best first; each gives another text."""
    layers: list[dict[Node, list[Path]]] = [{} for _ in range(lattice.end + 1)]
    layers[0][Node(0, 0)] = [Path(0.0, 0, ())]
    for layer in layers[:-1]:
        least = max((paths[0].score for paths in layer.values()), default=0.0) - _BEAM
        for node, paths in layer.items():
            if paths[0].score < least:
                continue
            for to, steps in lattice.steps(node).items():
                kept = layers[to.layer].setdefault(to, [])
                for gain, edges in steps:
                    if len(kept) == _KEPT and paths[0].score + gain <= kept[-1].score:
                        break
                    _extend(kept, paths, gain, edges, lattice.neighbours)
    return next(iter(layers[-1].values()))


def _words_from(lattice: _Lattice, node: Node) -> Iterator[tuple[str, tuple[Edge, ...]]]:
    """Every word that can begin at a node, as the edges of its characters; every single character too."""
    begin = words.followers()
    stack: list[tuple[str, tuple[Edge, ...]]] = []
    for edge in lattice.edges(node):
        yield edge.simple, (edge,)
        if edge.simple in begin or edge.simple in COUNTING:
            stack.append((edge.simple, (edge,)))
    while stack:
        prefix, edges = stack.pop()
        for edge, word, is_word in lattice.longer(prefix, edges[-1].to):
            longer = (*edges, edge)
            if is_word:
                yield word, longer
            if len(word) < LONGEST:
                stack.append((word, longer))


def _extend(kept: list[Path], paths: list[Path], gain: float, edges: tuple[Edge, ...], neighbours: Neighbours) -> None:
    """Add a word to every path that ends where it begins."""
    first = edges[0].simple
    for path in paths:
        score = path.score + gain
        if len(kept) == _KEPT and score <= kept[-1].score:
            break
        if path.edges:
            score += NEIGHBOURS * pair_cost(path.edges[-1].simple + first, neighbours)
            if len(kept) == _KEPT and score <= kept[-1].score:
                continue
        key = path.key
        for edge in edges:
            key = hash((key, edge.character))
        _keep(kept, Path(score, key, edges, path))


def _keep(kept: list[Path], new: Path) -> None:
    """Put a path in its place among the best; of two with one text the better."""
    at = 0
    for old in kept:
        if old.score < new.score:
            break
        if old.key == new.key:
            return
        at += 1
    for i in range(at, len(kept)):
        if kept[i].key == new.key:
            del kept[i]
            break
    kept.insert(at, new)
    del kept[_KEPT:]
