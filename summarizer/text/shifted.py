"""A run of bytes read out of phase, the lattice that is laid over it, and the reading that comes of it."""

from dataclasses import dataclass
from typing import NamedTuple


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


class Node(NamedTuple):
    """A place in the run: `layer` orders them; pending is one known byte, or any byte that can follow a dropped one."""

    layer: int
    pairs: int
    pending: int = -1
    group: int = -1


class Edge(NamedTuple):
    """One character; `numeric` are those of which numbers are made that the same bytes allow, where some are gone.

    `alone` is what the character adds to a score as a word of its own, `cost` what it adds in any word; `seconds` are
    the characters that may follow it in one.
    """

    character: str
    simple: str
    to: Node
    start: int
    end: int
    cost: float = 0.0
    numeric: frozenset[str] = frozenset()
    alone: float = 0.0
    seconds: str = ""


@dataclass(slots=True)
class Path:
    """A way through the lattice: its last word, the way before it, its score, and a key that tells its text."""

    score: float
    key: int
    edges: tuple[Edge, ...]
    before: "Path | None" = None


def flat(path: Path) -> list[Edge]:
    """The edges of a path in order, a character each."""
    edges: list[Edge] = []
    step: Path | None = path
    while step is not None:
        edges += reversed(step.edges)
        step = step.before
    return edges[::-1]
