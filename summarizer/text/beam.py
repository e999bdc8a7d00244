"""The likeliest reading of a shifted run: a beam search through its lattice, first as if no pair had been dropped."""

import math

from summarizer.text.lattice import Lattice
from summarizer.text.likelihood import DIGITS, NEIGHBOURS, cost
from summarizer.text.neighbours import Neighbours
from summarizer.text.settled import settled
from summarizer.text.shifted import Edge, Node, Path, Reading, Run
from summarizer.text.traced import LOST

_KEPT = 6
"""Readings kept at each place."""

_BEAM = 7.0
"""How much less likely than the best place beside it a place may be to be followed; only dropped pairs make several."""


def read(run: Run, neighbours: Neighbours, least: float = -math.inf) -> Reading:
    """The likeliest reading of a run; not looked for to the end where it will not come near the score `least`.

    First without dropped pairs; where that leaves odd characters, with pairs dropped next to them.
    """
    best = _search(Lattice(run, neighbours))
    odd = _odd(best[0], run, neighbours)
    if odd and best[0].score > least - _HOPE:
        other = _search(Lattice(run, neighbours, odd))
        best = max(best, other, key=lambda paths: paths[0].score)
    return settled(best, run)


def _odd(path: Path, run: Run, neighbours: Neighbours) -> frozenset[int]:
    """Pairs near odd single characters and full-width digits: there a pair may have vanished.

    A rare character that goes with those beside it is part of a name (皋兰): the article has it again and again.
    """
    odd: set[int] = set()
    step: Path | None = path
    after = LOST
    while step is not None and step.edges:
        in_front = step.before.edges if step.before else ()
        before = in_front[-1].simple if in_front else LOST
        for edge in step.edges:
            is_odd = edge.character in DIGITS or (
                len(step.edges) == 1
                and cost(edge.simple) < _ODD
                and neighbours[before + edge.simple] + neighbours[edge.simple + after] < 2 * _APART
            )
            if is_odd and edge.to.layer > len(run.left):
                # The layer after the run stands for its last pair.
                at = edge.to.pairs or len(run.pairs)
                odd.update(range(max(0, at - 2), min(len(run.pairs), at + 1) + 1))
        after = step.edges[0].simple
        step = step.before
    return frozenset(odd)


_HOPE = 25.0
"""What a reading may gain by dropped pairs."""

_ODD = -8.5
"""A single character rarer than this is odd: the dictionary counted it less than 12,000 times."""

_APART = -6.5
"""Log probability beside its neighbours, on average, below which such a character is odd."""


def _search(lattice: Lattice) -> list[Path]:
    """The likeliest paths through the lattice, best first; each gives another text."""
    layers: list[_Layer] = [{} for _ in range(lattice.end + 1)]
    layers[0][Node(0, 0)] = [Path(0.0, 0, ())]
    for at, layer in enumerate(layers[:-1]):
        least = max((paths[0].score for paths in layer.values()), default=0.0) - _BEAM
        for node, paths in layer.items():
            if paths[0].score >= least:
                _follow(lattice, node, paths, layers, layers[at + 1] if len(layer) == 1 else None)
    return next(iter(layers[-1].values()))


_Layer = dict[Node, list[Path]]
"""The places that are as far on, and the readings kept at each."""


def _follow(lattice: Lattice, node: Node, paths: list[Path], layers: list[_Layer], beside: _Layer | None) -> None:
    """Lengthen the paths at a node by every word that can begin there.

    `beside` is the next layer where only this node leads there still: a place there so much worse than another is not
    followed, and with a hundred characters before a dropped pair most are.
    """
    score, neighbours = paths[0].score, lattice.neighbours
    best = max((kept[0].score for kept in beside.values()), default=-math.inf) if beside else -math.inf
    for to, steps in lattice.steps(node).items():
        layer = layers[to.layer]
        kept = layer.get(to)
        if kept is None:
            if layer is beside and score + steps[0][0] < best - _BEAM:
                continue
            kept = layer[to] = []
        for gain, edges in steps:
            if len(kept) == _KEPT and score + gain <= kept[-1].score:
                break
            _extend(kept, paths, gain, edges, neighbours)
        if layer is beside and kept[0].score > best:
            best = kept[0].score


def _extend(kept: list[Path], paths: list[Path], gain: float, edges: tuple[Edge, ...], neighbours: Neighbours) -> None:
    """Add a word to every path that ends where it begins."""
    first = edges[0].simple
    for path in paths:
        score = path.score + gain
        if len(kept) == _KEPT and score <= kept[-1].score:
            break
        if path.edges:
            score += NEIGHBOURS * neighbours[path.edges[-1].simple + first]
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
