"""What a number counts: the noun after 个 or after a bare number, else the noun that it follows.

`5个省定贫困县` counts 县, `127个村级光伏电站` 电站, `9个由企业承建的…电站` 电站, `两个类型的电站` 类型,
`帮扶项目900多个` 项目: the head of the noun phrase, told by a list of head nouns in `data/counted_nouns.txt`; where
no listed noun is found, the nearest word.
"""

from dataclasses import dataclass
from importlib.resources import files
from re import compile as regex
from re import escape

from schemas.vocabulary import Unit
from summarizer import words


@dataclass(frozen=True, slots=True)
class Counted:
    """A head noun, the unit that it is counted in, and where it ends."""

    noun: str
    unit: Unit
    end: int


_UNITS = {"place": Unit.COUNT, "thing": Unit.COUNT, "person": Unit.PERSON, "household": Unit.HOUSEHOLD}
_REACH = 36
"""Characters after the number in which its noun is looked for."""


def _load() -> tuple[dict[str, str], frozenset[str]]:
    kinds: dict[str, str] = {}
    others: set[str] = set()
    text = files("summarizer.precheck").joinpath("data/counted_nouns.txt").read_text("utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            kind, words = line.split("\t")
            if kind == "not":
                others.update(words.split())
            else:
                for word in words.split():
                    kinds.setdefault(word, kind)
    return kinds, frozenset(others)


_KINDS, _OTHERS = _load()
_LISTED = sorted({*_KINDS, *_OTHERS}, key=len, reverse=True)
_HEAD = regex("|".join(map(escape, _LISTED)))
_PLACE_LIST = regex(r"县[((]市[、,]?区[))]|县、市、区|县市区|市县区")
_STOP = regex(r"[,。;!?:、\n”\"》))]")
_QUOTED = regex(r"“[^”\n]{1,12}”")
_PREDICATE = regex(
    r"分布|已|正|全部|均|都|完工|竣工|开工|基本|顺利|通过|完成|位于|实现|投入|落实|纳入|达到|获|被|未|没有|尚|还|仍|也"
)
"""What is said of the things counted, which are named elsewhere: 其余16个分布在…, 64个基本完成."""
_LINK = regex(r"建设|改造|提升|巩固提升|改扩建|新建|整治|示范|扶持|奖补|试点")
"""Between two nouns these make one name of both: 幼儿园建设项目."""
_CLAUSE_OPENING = tuple("由有在为被以对没无已正尚用从与按不受获通经需拥具")
_BEFORE = regex(
    r"(?:等|共|共有|已|已有|达|达到|达|就有|有|为|约|超|超过|近|过|逾|突破|却|只|才|尚|还|计|共计|累计|合计|的|到|至|完成|分别|各|总数|数量|数|剩余|,|:|\s|余|仅|还有|不足|完工|竣工|在建|开工|办结|建成|投产|整改|验收|正在建设|新建|剩|有|[减降增]|[减缩]少|下降|增[加长])*$"
)
_NAMED = regex(r"(?<!贫困)(?<![困点等种范度进差壳列出脱])(?:[县市区乡镇村]|县区|市县|街道|社区)$")
"""A place's name before a number (`大宁县12个`) is where things are, not what they are; 贫困县12个 counts counties."""
_HAN_RUN = regex(r"[\u4e00-\u9fff]{1,4}$")


def after(text: str, at: int, reach: int = _REACH) -> Counted | None:
    """The head of the noun phrase that begins at `at`."""
    if places := _PLACE_LIST.match(text, at):
        return Counted("县(市、区)", Unit.COUNT, places.end())
    if quoted := _QUOTED.match(text, at):
        at = quoted.end()
    stop = _STOP.search(text, at, at + reach)
    end = stop.start() if stop else min(len(text), at + reach)
    begin = at
    of = text.find("的", at, end)
    if of < 0 and _PREDICATE.match(text, at):
        return None
    if of > at:
        if text.startswith(_CLAUSE_OPENING, at):
            begin = of + 1
        elif (owner := _heads(text, at, of)) and owner.end == of:
            return owner
    return _heads(text, begin, end)


def _heads(text: str, start: int, end: int) -> Counted | None:
    """The first head, and those that follow it at once (`村卫生室`): Chinese puts the head last."""
    found: Counted | None = None
    for match in _HEAD.finditer(text, start, end):
        word = match.group()
        if found and match.start() != found.end:
            link = _LINK.match(text, found.end)
            if not link or link.end() != match.start():
                break
        if word in _OTHERS and word not in _KINDS:
            if found:
                break
            continue
        kind = _KINDS[word]
        # 乡镇党委书记, 村贫困户: a person after a place owns no part of the count of places.
        if found and kind in ("person", "household", "place"):
            break
        found = Counted(word, _UNITS[kind], match.end())
    return found


def before(text: str, start: int, at: int) -> Counted | None:
    """The head that stands before the number at `at`, in the clause that begins at `start`."""
    start = max(start, at - 20)
    gap = _BEFORE.search(text, start, at)
    end = gap.start() if gap else at
    for match in _HEAD.finditer(text, start, end):
        word = match.group()
        if word in _KINDS and match.end() == end and not (len(word) <= 2 and _NAMED.search(text, start, end)):
            return Counted(word, _UNITS[_KINDS[word]], match.end())
    return None


def latest(text: str, start: int, at: int) -> str | None:
    """The last head noun of things between `start` and `at`, for a count that says nothing of what it counts."""
    nouns = [m.group() for m in _HEAD.finditer(text, start, at) if _KINDS.get(m.group()) in ("thing", "place")]
    things = [noun for noun in nouns if _KINDS[noun] == "thing"]
    return things[-1] if things else nouns[-1] if nouns else None


def word_before(text: str, start: int, at: int) -> str | None:
    """The last Chinese characters before the number, for nouns that no list has."""
    gap = _BEFORE.search(text, max(start, at - 20), at)
    run = _HAN_RUN.search(text, start, gap.start() if gap else at)
    return words.cut(run.group())[-1] if run else None
