"""Which words around a number belong in its label (`data/label_weights.tsv`).

The rules name a quantity by the nearest words, and do so less well in an article that nobody had in view when they were
written. A linear model learnt from labelled facts says of each word around a number, of what the rules have from
elsewhere, and of a noun that the text lacks (面积, 目标) how likely a careful reader is to have it in the label.

What speaks for a word is asked for in groups of few kinds. What its neighbours say is added up once in an article, what
a group says for what few names decide on once in a process: a word costs a look into a table for each group.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

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

Codes = tuple[Unit, Indicator, Status]

Key = tuple[Hashable, ...]
"""What a group of features is asked about."""

State = tuple[bool, bool]
"""Whether the rules have a word where it stands, and whether their label says it."""


class Sums(dict[Key, int]):
    """What a group of features says, added up when it is first asked for in a process."""

    def __init__(self, weights: Weights, features: Callable[..., Sequence[Feature]], *codes: Code) -> None:
        self._weights, self._features, self._codes = weights, features, codes

    def __missing__(self, key: Key) -> int:
        weights = self._weights
        found = self[key] = sum(weights.get(kind, {}).get(name, 0) for kind, name in self._features(*key, *self._codes))
        return found


@dataclass(frozen=True)
class LabelModel:
    """What was learnt: the weight of each feature, in hundredths, and the words that texts are cut into."""

    weights: Weights
    cutter: Cutter
    _groups: dict[Codes, Sequence[Sums]] = field(default_factory=dict, compare=False)
    _noun_groups: dict[Codes, Sequence[Sums]] = field(default_factory=dict, compare=False)
    _nouns: dict[tuple[Unit, Indicator], Sequence[str]] = field(default_factory=dict, compare=False)

    def total(self, features: Sequence[Feature]) -> int:
        """The score that features give."""
        weights = self.weights
        return sum(weights[kind].get(name, 0) for kind, name in features if kind in weights)

    def kind(self, kind: str) -> Mapping[str, int]:
        """The weights of one kind of features by name."""
        return self.weights.get(kind, {})

    @cached_property
    def words(self) -> dict[str, int]:
        """What each word asked for says by itself."""
        return {}

    def of_word(self, word: str) -> int:
        """What `words` keeps of a word, found once in a process."""
        known = self.words[word] = self.total(of_itself(word))
        return known

    def groups(self, codes: Codes) -> Sequence[Sums]:
        """What `GROUPS` say of words beside such a number, found once in a process."""
        return self._groups.get(codes) or self._new_groups(codes)

    def _new_groups(self, codes: Codes) -> Sequence[Sums]:
        own = [Sums(self.weights, features, *codes) for features in OF_CODES]
        found = self._groups[codes] = (*own, *self._shared)
        return found

    def noun_groups(self, codes: Codes) -> Sequence[Sums]:
        """The same of nouns."""
        known = self._noun_groups.get(codes)
        if known is None:
            known = self._noun_groups[codes] = (Sums(self.weights, of_noun, *codes), *self._shared_nouns)
        return known

    @cached_property
    def _shared_nouns(self) -> Sequence[Sums]:
        return [Sums(self.weights, features) for features in OF_NOUN]

    @cached_property
    def _shared(self) -> Sequence[Sums]:
        return [Sums(self.weights, features) for features in OF_ALL]

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


def of_word(word: str, where: str, unit: Unit, indicator: Indicator, _status: Status) -> Sequence[Feature]:
    """What a word says where it stands, and for what is measured."""
    return (
        ("word and place", f"{word} {where}"),
        ("last and place", f"{word[-1]} {where}"),
        ("word and unit", f"{word} {unit.value}"),
        ("word and indicator", f"{word} {indicator.value}"),
        ("last and indicator", f"{word[-1]} {indicator.value}"),
    )


def of_place(
    where: str, steps: int, between: int, unit: Unit, indicator: Indicator, _status: Status
) -> Sequence[Feature]:
    """What it says for a word how far it is from its number, and how many others stand between."""
    return (
        ("place", where),
        ("distance", f"{where} {steps} {between}"),
        ("distance and unit", f"{where} {steps} {unit.value}"),
        ("place and indicator", f"{where} {between} {indicator.value}"),
        ("place and codes", f"{where} {unit.value} {indicator.value}"),
    )


def of_state(
    state: State, where: str, between: int, size: int, unit: Unit, indicator: Indicator, _status: Status
) -> Sequence[Feature]:
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


OF_CODES: tuple[Callable[..., Sequence[Feature]], ...] = (of_word, of_place, of_state)
OF_ALL: tuple[Callable[..., Sequence[Feature]], ...] = (of_word_by_rules, of_neighbours, of_edges)
GROUPS = (*OF_CODES, *OF_ALL)
"""The groups of features of a word, those first that the codes of a number decide on too."""


def of_groups(keys: Sequence[Key], codes: Codes) -> Iterator[Feature]:
    """What speaks for a word beside a number, by what each of the groups is asked about."""
    for group, key in zip(OF_CODES, keys, strict=False):
        yield from group(*key, *codes)
    for group, key in zip(OF_ALL, keys[len(OF_CODES) :], strict=True):
        yield from group(*key)


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


OF_NOUN: tuple[Callable[..., Sequence[Feature]], ...] = (of_noun_behind, of_noun_beside)
"""The groups of features of a noun, beside `of_noun`, which the codes of a number decide on too."""


def of_noun_groups(keys: Sequence[Key], codes: Codes) -> Iterator[Feature]:
    """What speaks for a noun, by what each of its groups is asked about."""
    first: Callable[..., Sequence[Feature]] = of_noun
    yield from first(*keys[0], *codes)
    for group, key in zip(OF_NOUN, keys[1:], strict=True):
        yield from group(*key)


def steps_of(distance: int) -> int:
    """How far so many characters are."""
    return distance if distance < NEAR else NEAR + min(distance // STEP, MOST_STEPS)
