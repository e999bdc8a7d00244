"""Which words around a number belong in its label (`data/label_weights.tsv`).

The rules name a quantity by the nearest words, and do so less well in an article that nobody had in view when they were
written. A linear model learnt from labelled facts says of each word around a number, of what the rules have from
elsewhere, and of a noun that the text lacks (面积, 目标) how likely a careful reader is to have it in the label.

What speaks for a word is asked for in groups of few kinds. What its neighbours say is added up once in an article, what
a group says for what few names decide on once in a process: a word costs a look into a table for each group.
"""

import sys
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Generic, NamedTuple, TypeVar

from schemas.vocabulary import Code, Indicator, Qualifier, Status, Unit
from summarizer.readers import linear_model
from summarizer.readers.label_cut import Cutter
from summarizer.readers.linear_model import BIAS, Feature, Weights

FILE = "label_weights.tsv"


class Said(Code):
    """What the model tells of a word."""

    IN_LABEL = "in_label", "在标签里"
    LEFT_OUT = "left_out", "不在标签里"


FRONT, BEHIND = "front", "behind"
"""Where a word stands in the number's own clause; in a clause before it is `earlier 1` (the next) to `earlier 3`."""

EARLIER = ("earlier 1", "earlier 2", "earlier 3", "earlier 3")
"""Where the words of the clauses before the number's stand, from the nearest on: as many clauses are read."""

MOST_BETWEEN, LONGEST = 2, 14
"""Numbers between and characters of a label beyond which no more are told apart."""

NEAR, STEP, MOST_STEPS = 6, 6, 6
"""Characters from the number: each counts below the first, then in steps, up to so many."""

STEPS = 100
"""Of a weight: scores are integers, as the file's two decimals are."""

NOUNS = (
    *("人口", "户", "目标", "时间", "人数", "面积", "资金", "次数", "占比", "标准", "款", "费", "上限", "工资", "金额"),
    *(
        "年限",
        "比例",
        "收入",
        "天数",
        "补助",
        "户数",
        "年龄",
        "人次",
        "产量",
        "工钱",
        "规模",
        "期限",
        "距离",
        "倍数",
        "价格",
    ),
    *("笔数", "计划"),
)
"""What a label may end in where the text does not say it; a label begins with 计划."""

NOUN_OF_CODES = "noun and codes"
"""The kind of feature without which a noun is not asked about beside numbers of one unit and indicator."""

Measured = tuple[Unit, Indicator]
"""What a number measures."""

Codes = tuple[Unit, Indicator, Status]

Key = tuple[Hashable, ...]
"""What a group of features of a noun is asked about: `of_noun`, `of_noun_behind`, `of_noun_beside`."""

State = tuple[bool, bool]
"""Whether the rules have a word where it stands, and whether their label says it."""

Neighbours = tuple[bool, bool | None, bool | None]
"""Whether the rules have a word, and those that touch it in front and behind; None is none."""

Form = tuple[str, int]
"""What touches a word (`edges`), and how many characters it has."""

Features = tuple[Feature, ...]

S = TypeVar("S", int, Features)
"""What is told of a word: how much speaks for it, or, while the model learns, which features do."""

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

Total = Callable[[Iterable[Feature]], S]
"""What is told by some features together."""


class Table(dict[K, V]):
    """The answers to one question, each found when it is first asked."""

    def __init__(self, find: Callable[[K], V]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, key: K) -> V:
        found = self[key] = self._find(key)
        return found


class Row(NamedTuple, Generic[S]):
    """What is told of the words of one place with as many numbers between, by how far they are and what the rules say.

    `touched` and `forms` are told of words beside any numbers.
    """

    steps: Mapping[int, S]
    states: Mapping[State, S]
    touched: Mapping[Neighbours, S]
    forms: Mapping[Form, S]


class Anywhere(Generic[S]):
    """What is told of words beside numbers of any codes."""

    def __init__(self, total: Total[S]) -> None:
        def by_rules(state: State) -> Mapping[str, S]:
            return Table(lambda name: total(of_word_by_rules(name, state)))

        def touched(where: str) -> Mapping[Neighbours, S]:
            return Table(lambda neighbours: total(of_neighbours(where, *neighbours)))

        def forms(at: tuple[str, int]) -> Mapping[Form, S]:
            return Table(lambda form: total(of_edges(*at, *form)))

        self.by_rules: Mapping[State, Mapping[str, S]] = Table(by_rules)
        self.touched: Mapping[str, Mapping[Neighbours, S]] = Table(touched)
        self.forms: Mapping[tuple[str, int], Mapping[Form, S]] = Table(forms)
        """By the place, and the numbers between."""


class Place(Generic[S]):
    """What is told of the words of one place beside numbers that measure the same; `anywhere` is told beside any."""

    _total: Total[S]
    _anywhere: Anywhere[S]

    def __init__(self, total: Total[S], anywhere: Anywhere[S], where: str, measured: Measured) -> None:
        self._total = total
        self._anywhere = anywhere
        self._where, self._measured = where, measured
        self.names: Mapping[str, S] = Table(lambda name: total(of_word(name, where, *measured)))
        self.rows: Mapping[tuple[int, int], Row[S]] = Table(self._row)
        """By the numbers between, and the length of the rules' label."""
        self._steps: Mapping[int, Mapping[int, S]] = Table(self._by_steps)

    def _row(self, at: tuple[int, int]) -> Row[S]:
        total, anywhere, where, measured = self._total, self._anywhere, self._where, self._measured
        between, size = at
        states: Mapping[State, S] = Table(lambda state: total(of_state(state, where, between, size, *measured)))
        return Row(self._steps[between], states, anywhere.touched[where], anywhere.forms[where, between])

    def _by_steps(self, between: int) -> Mapping[int, S]:
        total, where, measured = self._total, self._where, self._measured
        return Table(lambda steps: total(of_place(where, steps, between, *measured)))


class Tables(Generic[S]):
    """What is told of words and of nouns, each term of it found once in a process; `total` is what features tell."""

    anywhere: Anywhere[S]

    def __init__(self, total: Total[S]) -> None:
        def place(at: tuple[str, Measured]) -> Place[S]:
            return Place(total, self.anywhere, *at)

        def told(group: Callable[..., Sequence[Feature]], *codes: Code) -> Mapping[Key, S]:
            return Table(lambda key: total(group(*key, *codes)))

        by_ending, by_size = told(of_noun_behind), told(of_noun_beside)

        def nouns(codes: Codes) -> Sequence[Mapping[Key, S]]:
            return told(of_noun, *codes), by_ending, by_size

        self.anywhere = Anywhere(total)
        self.places: Mapping[tuple[str, Measured], Place[S]] = Table(place)
        self.nouns: Mapping[Codes, Sequence[Mapping[Key, S]]] = Table(nouns)


class InText(NamedTuple):
    """How much speaks for a word by itself, by what touches it, and by the two together, the first of them first."""

    itself: Mapping[str, int]
    before: Mapping[str, int]
    behind: Mapping[str, int]
    pair: Mapping[str, Mapping[str, int]]
    pair_behind: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class LabelModel:
    """What was learnt: the weight of each feature, in hundredths, and the words that texts are cut into."""

    weights: Weights
    cutter: Cutter
    _nouns: dict[tuple[Unit, Indicator], Sequence[str]] = field(default_factory=dict, compare=False)

    def total(self, features: Iterable[Feature]) -> int:
        """The score that features give."""
        weights = self.weights
        return sum([weights[kind].get(name, 0) for kind, name in features if kind in weights])

    def kind(self, kind: str) -> Mapping[str, int]:
        """The weights of one kind of features by name."""
        return self.weights.get(kind, {})

    def _pairs(self, kind: str) -> Mapping[str, Mapping[str, int]]:
        """The weights of a kind whose names are two words, by the first and the second."""
        found: dict[str, dict[str, int]] = {}
        for name, weight in self.kind(kind).items():
            one, other = name.split(" ")
            found.setdefault(sys.intern(one), {})[sys.intern(other)] = weight
        return found

    @cached_property
    def in_text(self) -> "InText":
        """How much speaks for words by what they are, and by what touches them."""
        itself = Table[str, int](lambda word: self.total(of_itself(word)))
        return InText(itself, self.kind("before"), self.kind("behind"), self._pairs("pair"), self._pairs("pair behind"))

    @cached_property
    def beside(self) -> Tables[int]:
        """How much speaks for words and nouns beside numbers."""
        return Tables(self.total)

    def nouns(self, unit: Unit, indicator: Indicator) -> Sequence[str]:
        """The nouns that labels of such numbers are known to lack, found once in a process."""
        known = self._nouns.get((unit, indicator))
        if known is None:
            rows = self.weights.get(NOUN_OF_CODES, {})
            known = [noun for noun in NOUNS if noun_of_codes(noun, unit, indicator) in rows]
            self._nouns[unit, indicator] = known
        return known


@cache
def label_model() -> LabelModel:
    """The packaged model, read once per process."""
    return read(linear_model.packaged(FILE))


def read(text: str) -> LabelModel:
    """The model that a file's text holds."""
    return LabelModel(linear_model.read_weights(text, tuple(Said)), Cutter(linear_model.read_words(text)))


def of_itself(word: str) -> Sequence[Feature]:
    """What a word says wherever it stands."""
    return BIAS, ("itself", word), ("first", word[0]), ("last", word[-1])


def of_text(before: str, word: str, behind: str) -> Sequence[Feature]:
    """What a word and its neighbours in the text say, beside any number."""
    return (
        *of_itself(word),
        ("before", before),
        ("behind", behind),
        ("pair", f"{before} {word}"),
        ("pair behind", f"{word} {behind}"),
    )


def of_word(word: str, where: str, unit: Unit, indicator: Indicator) -> Sequence[Feature]:
    """What a word says where it stands, and for what is measured."""
    return (
        ("word and place", f"{word} {where}"),
        ("last and place", f"{word[-1]} {where}"),
        ("word and unit", f"{word} {unit.value}"),
        ("word and indicator", f"{word} {indicator.value}"),
        ("last and indicator", f"{word[-1]} {indicator.value}"),
    )


def of_place(where: str, steps: int, between: int, unit: Unit, indicator: Indicator) -> Sequence[Feature]:
    """What it says for a word how far it is from its number, and how many others stand between."""
    return (
        ("place", where),
        ("distance", f"{where} {steps} {between}"),
        ("distance and unit", f"{where} {steps} {unit.value}"),
        ("place and indicator", f"{where} {between} {indicator.value}"),
        ("place and codes", f"{where} {unit.value} {indicator.value}"),
    )


def of_state(state: State, where: str, between: int, size: int, unit: Unit, indicator: Indicator) -> Sequence[Feature]:
    """What it says for a word that the rules have it in a label of `size` characters."""
    has, said = state
    return (
        ("by rules", f"{has} {said}"),
        ("by rules and place", f"{has} {where} {between}"),
        ("by rules and size", f"{has} {where} {size}"),
        ("by rules and indicator", f"{has} {said} {where} {indicator.value}"),
        ("by rules and unit", f"{has} {said} {where} {unit.value}"),
    )


def of_word_by_rules(word: str, state: State) -> Sequence[Feature]:
    """What a word says that the rules have, or have not."""
    return (("word by rules", f"{word} {state[0]} {state[1]}"),)


def of_neighbours(where: str, own: bool, before: bool | None, behind: bool | None) -> Sequence[Feature]:
    """What it says for a word that the rules have it, and the words that it touches; None is none."""
    return (("neighbours by rules", f"{own} {before} {behind} {where}"),)


def of_edges(where: str, between: int, edges: str, size: int) -> Sequence[Feature]:
    """What it says for a word that figures and marks stand beside it."""
    return ("edges", f"{where} {between} {edges}"), ("size", f"{size} {where}")


def of_piece(piece: str, before: str, place: str, size: int, codes: Codes) -> Sequence[Feature]:
    """What speaks for a piece of the rules' label that does not stand around the number."""
    unit, indicator, status = codes
    return (
        BIAS,
        ("piece", piece),
        ("piece's last", piece[-1]),
        ("piece's place", place),
        ("piece and indicator", f"{piece} {indicator.value}"),
        ("piece and status", f"{piece} {status.value}"),
        ("piece's place and indicator", f"{place} {indicator.value}"),
        ("piece's place and unit", f"{place} {unit.value}"),
        ("piece's place and status", f"{place} {status.value}"),
        ("piece's size", f"{min(len(piece), NEAR)} {place}"),
        ("piece of size", f"{place} {size}"),
        ("piece behind", f"{before[-1:]} {piece}"),
        ("place behind", f"{before} {place}"),
    )


def noun_of_codes(noun: str, unit: Unit, indicator: Indicator) -> str:
    """The name of a feature of the kind `NOUN_OF_CODES`."""
    return f"{noun} {unit.value} {indicator.value}"


def of_noun(
    noun: str, qualifier: Qualifier, per: str, counted: str, unit: Unit, indicator: Indicator, status: Status
) -> Sequence[Feature]:
    """What the codes of a number say for a noun that neither the text nor the rules have."""
    return (
        BIAS,
        ("noun", noun),
        (NOUN_OF_CODES, noun_of_codes(noun, unit, indicator)),
        ("noun and unit", f"{noun} {unit.value}"),
        ("noun and indicator", f"{noun} {indicator.value}"),
        ("noun and status", f"{noun} {status.value}"),
        ("noun and aim", f"{noun} {status.value} {indicator.value}"),
        ("noun and qualifier", f"{noun} {qualifier.value} {status.value}"),
        ("noun and per", f"{noun} {per}"),
        ("noun, per and indicator", f"{noun} {per} {indicator.value}"),
        ("noun and counted", f"{noun} {counted}"),
    )


def of_noun_behind(noun: str, ending: str, unit: Unit) -> Sequence[Feature]:
    """What the end of the rules' label says for it."""
    return (
        ("noun behind last", f"{noun} {ending[-1:]}"),
        ("noun behind", f"{noun} {ending}"),
        ("noun, last and unit", f"{noun} {ending[-1:]} {unit.value}"),
    )


def of_noun_beside(noun: str, size: int, front: str, behind: str) -> Sequence[Feature]:
    """What the length of that label says for it, and what touches the number in the text."""
    return (
        ("noun and size", f"{noun} {size}"),
        ("noun and front", f"{noun} {front.strip()}"),
        ("noun and behind", f"{noun} {behind.strip()}"),
    )


def steps_of(distance: int) -> int:
    """How far so many characters are."""
    return distance if distance < NEAR else NEAR + min(distance // STEP, MOST_STEPS)
