"""What a figure may not exceed: the places that there are, the people of whom it counts some, a hundred percent."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from re import compile as regex

from schemas.vocabulary import Indicator, Status, Unit
from summarizer.checks.figure import Figure, Page
from summarizer.checks.needs import needs
from summarizer.checks.relation import Arithmetic, Relation

_ALL_OF = regex(r"全[县市区州旗省盟](?:的)?$|(?:下辖|现辖|共辖|辖)[^,。;\d]{0,4}$")
_THERE_ARE = regex(r"全[县市区州旗省盟](?:现?共?有|共|辖)[^,。;\d]{0,4}$")
_EVERY = regex(r"^[^,。;\d]{2,8}?(?:全部|均已)")
_ENDS = regex(r"^(?:[^,。;、\d]{0,8}?(?:村|乡|镇|县|区|社区|会)\)?)?[,。;、(\d]")
_REACHED = regex(r"(?:涉及|覆盖|惠及|辐射|带动|在|对|为|分布于?)全[县市区州旗省盟](?:的)?$")
_STILL = regex(r"现有|还有|尚有|剩余|剩下|未退出|未脱贫|新增|新识别")
_KINDS = (
    ("贫困村", regex(r"^(?:个)?(?:建档立卡)?贫困村")),
    ("村(社区)", regex(r"^(?:个)?(?:行政)?村(?:\((?:社区|居)\)|、?社区|居)")),
    ("行政村", regex(r"^(?:个)?行政村")),
    ("自然村", regex(r"^(?:个)?(?:深度贫困)?自然村")),
    ("乡镇", regex(r"^(?:个)?(?:乡镇|乡\(镇\)|镇乡)(?!、?\(?街道|[、和]?\(?(?:县直)?(?:部门|单位|机关)|级|[站所办])")),
    ("县", regex(r"^(?:个)?(?:县\(市、?区\)|县市区|县区)")),
    ("贫困县", regex(r"^(?:个)?贫困县")),
)
"""By the noun that follows the numeral. Towns with 街道 are more than towns, 村(社区) more than villages, and
`48个乡镇级产业园`, `28个乡镇和部门` count neither."""
_ANY_KIND = regex("|".join(f"(?:{noun.pattern})" for _, noun in _KINDS))
_NUMERAL = regex(r"[\d〇零一二两三四五六七八九十百千余多]+")
_INDICATOR_OF = {
    "贫困村": Indicator.POOR_VILLAGES,
    "村(社区)": Indicator.VILLAGES,
    "行政村": Indicator.VILLAGES,
    "自然村": Indicator.VILLAGES,
    "乡镇": Indicator.TOWNSHIPS,
}
_LISTED = regex(r"^[^,。;\d]{0,6}[,、和及](?:共?有)?$|^(?:共?有)?$")
_HAS = regex(r"(?:[下现共]?辖|全[县市区州旗]现?共?有)[^。;,有]{0,30}(?:,?共?有)?$")
_PEOPLE = (Indicator.REGISTERED_PERSONS, Indicator.RURAL_POPULATION, Indicator.POPULATION)
_PEOPLE_OF = regex(r"人口|户籍|常住|农业|总人")
_FALLS = regex(r"(?:下降|减少|降低|降|减)(?:到|至|为)(?:\d{4}年[底末]?的)?$")
_RISES = regex(r"(?:增加|增长|提高|上升|升|扩大|扩)(?:到|至|为)(?:\d{4}年[底末]?的)?$")
_REGISTERED = regex(r"建档立卡|识别|是贫困人口")
_FROM = regex(r"(?:由|从)[^,。;]{0,16}$")
_CLAUSE_END = regex(r"[,。;\n]")
_ABOVE_ALL = regex(r"任务|计划|目标|指标|完成|增|比|超|提高|投资|同期")

TOTAL_PLACES = "全部 {}：两处一致"
SOME_PLACES = "其中的{} ≤ 全部{}"


def _kind(page: Page, figure: Figure) -> str | None:
    """Which places a figure counts, by the noun that follows its numeral."""
    if figure.unit is not Unit.COUNT or figure.fact.per or figure.fact.upper is not None:
        return None
    digits = _NUMERAL.match(page.text, figure.number_at)
    rest = page.text[digits.end() : digits.end() + 12] if digits else ""
    after = next((name for name, noun in _KINDS if noun.search(rest)), None) if _ANY_KIND.search(rest) else None
    lead = page.lead(figure)
    return after or next((name for name, _ in _KINDS if not rest[1:2].isalpha() and lead.endswith(name)), None)


def places(page: Page) -> Iterator[Relation]:
    """What is said of all villages, towns or counties of the subject: it is said alike, and no part is more.

    `共帮扶998个贫困村` where the text has `全市662个建档立卡贫困村`.
    """
    by_kind = _by_kind(page)
    for kind, figures in by_kind.items():
        wholes = [f for f in figures if _is_all(page, f, kind)]
        if not wholes:
            continue
        whole, all_told = wholes[0], {f.id for f in wholes}
        for other in figures:
            if other.id == whole.id or _STILL.search(page.lead(other)):
                continue
            if other.id in all_told:
                if _same_time(whole, other):
                    yield Relation(TOTAL_PLACES.format(kind), Arithmetic.SAME, (whole,), other)
            else:
                yield Relation(SOME_PLACES.format(kind, kind), Arithmetic.AT_MOST, (whole,), other)
    yield from _poor_villages(page, by_kind)


def _by_kind(page: Page) -> dict[str, list[Figure]]:
    """The subject's own counts of places, by the noun that names them."""
    found: dict[str, list[Figure]] = {}
    for figure in page.figures:
        if figure.fact.place is None and (kind := _kind(page, figure)) is not None:
            found.setdefault(kind, []).append(figure)
    return found


def _poor_villages(page: Page, by_kind: Mapping[str, Sequence[Figure]]) -> Iterator[Relation]:
    """The poor villages that a place has are among its villages."""
    every = [f for f in by_kind.get("行政村", ()) if _is_all(page, f, "行政村")]
    poor = [f for f in by_kind.get("贫困村", ()) if f.fact.indicator is Indicator.POOR_VILLAGES]
    if every and poor:
        yield Relation("贫困村 ≤ 行政村", Arithmetic.AT_MOST, (every[0],), poor[0])


def _is_all(page: Page, figure: Figure, kind: str) -> bool:
    """Whether a figure counts all places of its kind: `全市662个贫困村`, `辖255个行政村`; not `涉及全县12个乡镇`."""
    lead = page.lead(figure)
    if _STILL.search(lead) or _REACHED.search(lead):
        return False
    tail = page.tail(figure)
    if _ALL_OF.search(lead):
        return True
    # 全市共有5个贫困县(…)承担此项工作: five of them.
    there_are = bool(_THERE_ARE.search(lead)) and bool(_ENDS.search(tail + ",")) and "承担" not in tail
    own = figure.fact.indicator is _INDICATOR_OF.get(kind) and figure.fact.status is Status.ACHIEVED
    return own and (there_are or bool(_EVERY.search(tail)) or _goes_on_listing(page, figure))


def _goes_on_listing(page: Page, figure: Figure) -> bool:
    """`辖12个乡镇、255个行政村,有180多个自然村`: what the places are told of after the first of them."""
    return bool(_LISTED.search(page.lead(figure)) and _HAS.search(page.text[page.sentence(figure)[0] : figure.start]))


def _same_time(a: Figure, b: Figure) -> bool:
    """Whether two totals are of one time; where one names none it is of the time of writing."""
    first, second = (f.fact.period[:4] if f.fact.period else None for f in (a, b))
    return first is None or second is None or first == second


def people(page: Page) -> Iterator[Relation]:
    """The poor are among the rural population, and those among all people."""
    own = [f for f in page.figures if f.unit is Unit.PERSON and f.fact.place is None and not f.fact.per]
    first = {
        i: next((f for f in own if f.fact.indicator is i and f.fact.status is Status.ACHIEVED), None) for i in _PEOPLE
    }
    known = [f for i in _PEOPLE if (f := first[i]) is not None and _is_all_people(page, f)]
    for part, whole in pairwise(known):
        yield Relation("贫困人口 ≤ 农业人口 ≤ 总人口", Arithmetic.AT_MOST, (whole,), part)


def _is_all_people(page: Page, figure: Figure) -> bool:
    """Whether a figure that is read as a population is told as one: not `16.7万人受灾`, nor 83 old people."""
    near, tail = page.joint_lead(figure) + figure.words, page.tail(figure)
    told = _PEOPLE_OF.search(near) or not tail or tail[0] in ",、;(中"
    return figure.fact.indicator is not Indicator.POPULATION or bool(told)


@needs(_REGISTERED)
def covered(page: Page) -> Iterator[Relation]:
    """Poor households or persons that a measure reaches are among those registered, where the text counts all of them.

    Those who are left (`现有贫困户1580户`) are no bound: a measure also reached those who were lifted.
    """
    for covering, registered in _REACHED_OF.items():
        own = [f for f in page.figures if f.fact.place is None and not f.fact.per and f.fact.upper is None]
        bounds = [f for f in own if f.fact.indicator is registered and _REGISTERED.search(_words_around(page, f))]
        whole = max(bounds, key=lambda f: f.value or 0, default=None)
        if whole is None or whole.fact.status is not Status.ACHIEVED:
            continue
        for part in own:
            if part.fact.indicator is not covering or part.unit is not whole.unit or part.id < whole.id:
                continue
            if _THE_POOR.search(_words_around(page, part)) and part.fact.status is Status.ACHIEVED:
                yield Relation("覆盖贫困户 ≤ 建档立卡贫困户", Arithmetic.AT_MOST, (whole,), part, firm=False)


_REACHED_OF = {
    Indicator.HOUSEHOLDS_COVERED: Indicator.REGISTERED_HOUSEHOLDS,
    Indicator.PERSONS_COVERED: Indicator.REGISTERED_PERSONS,
}
_THE_POOR = regex(r"贫困户|贫困人口")


def _words_around(page: Page, figure: Figure) -> str:
    """The words before a figure, or before the households right before its persons, and those up to the next one."""
    i = page.place_in_order[figure.id]
    first = page.figures[i - 1] if i and page.lead(figure).strip("、,") == "" else figure
    return page.lead(first) + page.tail(figure)


def changes(page: Page) -> Iterator[Relation]:
    """`由14.2%下降到2.6%`: what falls is not more afterwards, what rises not less."""
    for before, after in page.joined(_FALLS, _RISES):
        gap = page.between(before, after)
        if before.unit is not after.unit or len(gap) > 24 or _CLAUSE_END.search(gap):
            continue
        if not _FROM.search(page.lead(before)):
            continue
        if _FALLS.search(gap):
            yield Relation("下降后 ≤ 下降前", Arithmetic.AT_MOST, (before,), after)
        elif _RISES.search(gap):
            yield Relation("增加后 ≥ 增加前", Arithmetic.AT_LEAST, (before,), after)


@needs(_FALLS)
def afterwards(page: Page) -> Iterator[Relation]:
    """`年初贫困发生率18.6%。…年末降到12.8%`: where the text tells of a fall, or plans one, the rate was not lower."""
    rates = [f for f in page.of_indicators(Indicator.POVERTY_RATE) if f.unit is Unit.PERCENT]
    own = [f for f in rates if f.fact.place is None]
    known = [f for f in own if f.fact.status is Status.ACHIEVED and f.fact.period]
    for after in own:
        if not _FALLS.search(page.lead(after)) or _OF_OTHERS.search(page.lead(after)):
            continue
        planned = after.fact.status is Status.PLANNED
        earlier = [f for f in known if f.id < after.id and (planned or _period(f) < _period(after))]
        if earlier:
            yield Relation("下降后 ≤ 下降前", Arithmetic.AT_MOST, (max(earlier, key=_period),), after)


_OF_OTHERS = regex(r"(?:[村镇乡族]|聚居区|片区|地区|库区|山区|社区)的?贫困发生率")
"""The rate of some villages or of a part of the place: `深度贫困村贫困发生率降至4.5%`."""


def _period(figure: Figure) -> str:
    """The end of what a figure is told of: all of 2016/2020 comes after 2019."""
    return (figure.fact.period or "").rpartition("/")[2]


RULES = (places, people, covered, changes, afterwards)
