"""The likeliest Chinese reading of bytes of which some are known: a word lattice over what GBK allows.

A shifted run is a pending first byte, then pairs of bytes as they were shown, then an ending. Each pair finishes the
pending character and leaves its own second byte pending. Between two pairs the decoder may have dropped pairs that GBK
has no character for; then two neighbours are known by half. Words and their counts decide, and where two readings are
close the character stays open.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import compress, pairwise, repeat
from operator import itemgetter

from summarizer import words
from summarizer.text import annotations, candidates, gbk
from summarizer.text.likelihood import (
    COUNTING,
    LONGEST,
    NEIGHBOURS,
    is_numeral,
    simple,
    word_gain,
)
from summarizer.text.neighbours import Neighbours
from summarizer.text.shifted import Edge, Node, Run
from summarizer.text.traced import LOST

_DROPPED = 1.0
"""Of ten neighbouring pairs read out of phase about one has no character."""

_FOREIGN = -7.0
"""What a character costs that the article's script does not have: 应 in Traditional text."""

_FAVOUR = 3.0
"""What a character gains that the construction of the sentence asks for."""

_Step = tuple[float, tuple[Edge, ...]]
"""What a word adds to a reading's score, and the word as edges of the lattice."""

Steps = dict[Node, list[_Step]]
"""Words that begin at a place, by where they lead, those that gain most first."""


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


def _lengthened(prefix: str, edges: Sequence[Edge], simples: Sequence[str]) -> list[tuple[Edge, str, bool]]:
    """The edges that lengthen what words begin with, what they make of it, and whether that is a word.

    `simples` are the characters of the edges.
    """
    table, numeral = words.table(), prefix[0] in COUNTING and is_numeral(prefix)
    if len(prefix) <= 2 and not numeral:
        # A hundred edges may begin here, and hardly ever does one of them make a word.
        next_ones = (words.followers() if len(prefix) == 1 else words.thirds()).get(prefix[0], "")
        edges = list(compress(edges, map(next_ones.__contains__, simples)))
        if not edges:
            return []
    found = []
    for edge in edges:
        word = prefix + edge.simple
        count = table.get(word)
        counts = numeral and is_numeral(word)
        if counts or count is not None:
            found.append((edge, word, bool(counts or count)))
    return found


def _edge(
    character: str, to: Node, start: int, end: int, gain: float = 0.0, numeric: frozenset[str] = frozenset()
) -> Edge:
    one = simple(character)
    return Edge(character, one, to, start, end, gain, numeric, word_gain(one), words.followers().get(one, ""))


_made_edge = partial(tuple.__new__, Edge)
"""An edge of its fields in a tuple; a hundred are made at some nodes, and this takes a third of naming them."""


class Lattice:
    """The nodes and edges of one run; `dropped_at` says before which pairs a pair may have vanished."""

    def __init__(self, run: Run, neighbours: Neighbours, dropped_at: frozenset[int] = frozenset()) -> None:
        self.run = run
        self.neighbours = neighbours
        self.dropped_at = dropped_at
        self.first = len(run.left)
        self.last = self.first + (len(run.pairs) + 1) * 2
        self.end = self.last + len(run.right)
        self._edges: dict[Node, tuple[list[Edge], list[str]]] = {}
        self._steps: dict[Node, Steps] = {}
        self._any_edges: dict[int, list[Edge]] = {}
        self._any_steps: dict[int, list[tuple[Node, list[_Step], list[int]]]] = {}
        self._gains: dict[str, float] = {}

    def edges(self, node: Node) -> tuple[list[Edge], list[str]]:
        """The characters that can follow, and each in Simplified; the same for nodes that the same bytes can follow."""
        node = _stand_in(node)
        found = self._edges.get(node)
        if found is None:
            edges = self._new_edges(node)
            found = self._edges[node] = edges, [edge.simple for edge in edges]
        return found

    def steps(self, node: Node) -> Steps:
        """Every word that can begin at a node, by where it leads, those that gain most first."""
        node = _stand_in(node)
        found = self._steps.get(node)
        if found is None:
            among = self._may_follow(node)
            found = self._some_steps(node.pairs, among) if among else self._steps_of(self.edges(node)[0])
            self._steps[node] = found
        return found

    def _may_follow(self, node: Node) -> tuple[bool, ...]:
        """Which of the characters that some dropped pair may have left can follow; empty where no pair was dropped."""
        if node.group < 0 or node.pairs == len(self.run.pairs):
            return ()
        return candidates.after_dropped(node.group, self.run.pairs[node.pairs].first)

    def _some_steps(self, pairs: int, among: Sequence[bool]) -> Steps:
        """The words that begin with some of the characters that a dropped pair may have left, found once for all.

        A dozen nodes stand side by side where a pair may have gone, and a hundred characters can follow at each: most
        of them at all, and then to one place.
        """
        every = self._any_steps.get(pairs)
        if every is None:
            edges = self._after_dropped(pairs)
            at = {edge.character: i for i, edge in enumerate(edges)}
            every = self._any_steps[pairs] = [
                (to, steps, [at[step[1][0].character] for step in steps]) for to, steps in self._steps_of(edges).items()
            ]
        found = {to: list(compress(steps, map(among.__getitem__, firsts))) for to, steps, firsts in every}
        return {to: steps for to, steps in found.items() if steps}

    def _steps_of(self, edges: Iterable[Edge]) -> Steps:
        """Every word that begins with some edges, by where it leads, those that gain most first."""
        found: Steps = {}
        last, simples, known = None, [], frozenset[str]()
        for edge in edges:
            to, alone = edge.to, (edge.alone + edge.cost, (edge,))
            if to in found:
                found[to].append(alone)
            else:
                found[to] = [alone]
            next_ones = edge.seconds
            if next_ones and to is not last:
                last, simples = to, self.edges(to)[1]
                known = frozenset(simples)
            # Of a hundred characters hardly ten begin a word here, and to look for the others' words takes longer.
            few = len(next_ones) < len(simples)
            goes_on = not known.isdisjoint(next_ones) if few else any(map(next_ones.__contains__, simples))
            if goes_on or edge.simple in COUNTING:
                for gain, tail in self.tails(edge.simple, to):
                    step = (sum((e.cost for e in tail), gain + edge.cost), (edge, *tail))
                    found.setdefault(tail[-1].to, []).append(step)
        for steps in found.values():
            if len(steps) > 1:
                steps.sort(key=itemgetter(0), reverse=True)
        return found

    def tails(self, prefix: str, node: Node) -> list[_Step]:
        """The words that a text begins, as the edges from a node that end them; each with its gain without them."""
        found: list[_Step] = []
        for edge, word, is_word in _lengthened(prefix, *self.edges(node)):
            if is_word:
                found.append((self.gain(word), (edge,)))
            if len(word) < LONGEST:
                found += [(gain, (edge, *tail)) for gain, tail in self.tails(word, edge.to)]
        return found

    def gain(self, word: str) -> float:
        """What a word of several characters adds to a reading's score, its inner neighbours included."""
        gain = self._gains.get(word)
        if gain is None:
            inner = sum(self.neighbours[a + b] for a, b in pairwise(word))
            gain = self._gains[word] = word_gain(word) + NEIGHBOURS * inner
        return gain

    def _new_edges(self, node: Node) -> list[Edge]:
        run = self.run
        if node.layer < self.first or node.layer >= self.last:
            around = run.left[node.layer :] if node.layer < self.first else run.right[node.layer - self.last :]
            return [_edge(c, Node(node.layer + 1, 0), 0, 0) for c in around[:1]]
        pendings = run.leads if node.pending < 0 and node.group < 0 else (node.pending,)
        if among := self._may_follow(node):
            return list(compress(self._after_dropped(node.pairs), among))
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
        return _edge(character, to, start, end, gain, numeric)

    def _edges_of(
        self,
        found: candidates.Candidates,
        tos: Iterable[Node],
        where: tuple[int, int],
        gain: float,
        numeric: Iterable[frozenset[str]],
    ) -> list[Edge]:
        """An edge for each of many candidates; `tos` and `numeric` may go on for ever."""
        foreign = self.run.foreign
        costs = [gain + _FOREIGN if c in foreign else gain for c in found.characters]
        fields = zip(
            found.characters,
            found.simples,
            tos,
            repeat(where[0]),
            repeat(where[1]),
            costs,
            numeric,
            found.gains,
            found.seconds,
        )
        return list(map(_made_edge, fields))

    def _place(self, node: Node) -> tuple[int, int]:
        """Where the pending byte of the node was shown."""
        if node.pairs == 0:
            return 0, 1
        pair = self.run.pairs[node.pairs - 1]
        return pair.start, pair.end

    def _read(self, node: Node, pendings: Sequence[int]) -> list[Edge]:
        """The pending character, finished by the next pair."""
        found, numeric = candidates.any_lead(tuple(pendings), self.run.pairs[node.pairs].first)
        to, end = self._after(node.pairs)
        return self._edges_of(found, repeat(to), (self._place(node)[0], end), 0.0, repeat(numeric))

    def _after_dropped(self, pairs: int) -> list[Edge]:
        """A character finished by a pair, whose first byte went with the dropped one before it.

        What numbers have there depends on the dropped pair, too: `settled` knows.
        """
        found = self._any_edges.get(pairs)
        if found is None:
            pair = self.run.pairs[pairs]
            to, end = self._after(pairs)
            every = candidates.after_any_dropped(pair.first)
            found = self._edges_of(every, repeat(to), (pair.start, end), 0.0, repeat(frozenset()))
            self._any_edges[pairs] = found
        return found

    def _after(self, pairs: int) -> tuple[Node, int]:
        """The place after a pair, and where the pair ends in the text."""
        pair = self.run.pairs[pairs]
        return Node(self.first + (pairs + 1) * 2, pairs + 1, pending=pair.second), pair.end

    def _drop(self, node: Node, pendings: Sequence[int]) -> Iterator[Edge]:
        """The pending character, whose second byte vanished with the first byte of the next."""
        layer = node.layer + 1
        for lead in pendings:
            found, groups, numeric = candidates.before_dropped(lead)
            tos = [Node(layer, node.pairs, group=group) for group in groups]
            yield from self._edges_of(found, tos, self._place(node), _DROPPED, numeric)

    def _finish(self, node: Node, pendings: Sequence[int]) -> Iterator[Edge]:
        """The last pending character."""
        ending = self.run.ending
        to = Node(self.last, 0)
        start = self._place(node)[0] if node.group < 0 else ending.start
        if ending.kind == "swallowed":
            c = chr(ending.byte)
            yield _edge(c, to, start, ending.end)
            return
        leads = pendings
        if node.group >= 0:
            # Nothing is known of a character both of whose bytes went; looking for it would take long, too.
            leads = gbk.vanishing()[node.group] if ending.kind in ("trail", "annotated") else ()
        where = start, ending.end
        if ending.kind in ("eaten", "cut"):
            numeric: frozenset[str] = frozenset()
            for lead in leads:
                numeric = candidates.numeric_last(lead)
                edges = self._edges_of(candidates.any_trail(lead), repeat(to), where, 0.0, repeat(numeric))
                yield from [self._favoured(edge) if edge.character in self.run.favoured else edge for edge in edges]
            yield self._edge(LOST, to, *where, numeric=numeric)
            return
        if ending.kind == "trail":
            found = candidates.some_lead(tuple(leads), ending.byte)
            yield from self._edges_of(found, repeat(to), where, 0.0, repeat(frozenset()))
            return
        syllable = annotations.toneless(ending.syllable)
        for c in [c for lead in leads for c in annotations.with_reading(lead, syllable)] or [LOST]:
            yield self._edge(c, to, *where)

    @staticmethod
    def _favoured(edge: Edge) -> Edge:
        return edge._replace(cost=edge.cost + _FAVOUR)
