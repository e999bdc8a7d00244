"""A count times what each of them has is the total: `180户…每户1500元,一共27万元`."""

from collections.abc import Iterator, Sequence
from re import compile as regex

from schemas.vocabulary import Indicator, Per, Unit
from summarizer.checks.figure import Figure, Page, alike
from summarizer.checks.relation import Arithmetic, Relation

_SHARES = {
    Per.HOUSEHOLD: Unit.HOUSEHOLD,
    Per.PERSON: Unit.PERSON,
    Per.UNIT: Unit.COUNT,
    Per.MU: Unit.MU,
    Per.DAY: Unit.DAY,
    Per.MONTH: Unit.MONTH,
}
_MONEY_GIVEN = frozenset({Indicator.SUBSIDY, Indicator.INVESTMENT})
_MONEY_EARNED = frozenset({Indicator.REVENUE, Indicator.HOUSEHOLD_INCOME, Indicator.PERSONAL_INCOME})
"""What a field yields (`亩收入2400元`), or a day's work, is what a family earns by it."""
_TOTAL = regex(r"(?:共|总|合计|累计)[^,。;!?\d]{0,12}$")
_AVERAGE = regex(r"(?:均|平均每?\w?)[^,。;!?\d]{0,8}$")
_EACH_THING = regex(
    r"(?:每|各|平均每)(?:个|一)?(?P<thing>[座村县乡镇队支家处栋棚台户所校厂岗项人名])|(?P<mean>村|校|社|棚)均"
)
_EACH_BUILT = regex(r"各(?:建|装|安装|配|投|发|有|养|种)[^,。;!?\d]{0,4}$")
_MEAN = regex(r"^[,、]人均[^,。;!?\d]{0,4}$")
_FOR = regex(r"^(?:的?标准)?,?(?:为|给)[^,。;!?\d]{0,6}$")
_HAS_RATE = regex(r"按(?:照)?(?:每人|人均|每户)[^,。;!?\d]{0,4}$")
_MEAN_VILLAGE = regex(r"^[,、](?:平均每村|每村平均|村均)[^,。;!?\d]{0,4}$")
_NOUN = 4
"""Characters of a noun that name a group again: 贫困人口, 困劳动力; two (农户) name any."""
_AND = regex("[和、至到与]")
_INCREASES = regex(r"增收|增加|增产|高出|差价")

_EXTREME = regex(r"最[多高少低大]|其中")
"""`户均分得8611元,最多的一户拿到1.9万元` is no total."""

PRODUCT = "数量 × 单位数 = 总数"


def averages(page: Page) -> Iterator[Relation]:
    """The count, the total and the share of each stand in one sentence; the rule of a grant may follow in the next."""
    for each in (f for f in page.figures if f.fact.per):
        share = [p for p in each.fact.per if p in _SHARES]
        if len(share) != 1 or set(each.fact.per) - {share[0], Per.YEAR} or each.unit is Unit.PERCENT:
            continue
        start, end = page.sentence(each)
        near = _segment(page, each, start, end)
        count, total = _count_and_total(page, each, share[0], near)
        if count is None:
            count, total = (
                _count_taken_up(page, each, share[0], near)
                or _of_villages(page, each, near)
                or _for_whom(page, each, share[0], near)
                or _of_everybody(page, each, share[0], near)
            )
        if count is None or total is None:
            before = _sentence_before(page, start)
            if before and share[0] is Per.PERSON and each.fact.status.value == "policy":
                count, total = _count_and_total(page, each, share[0], [*before, each])
        if count is not None and total is not None and _belong_together(page, count, each, total):
            yield Relation(PRODUCT, Arithmetic.PRODUCT, (count, each), total, firm=_is_firm(page, count, each, total))


_Pair = tuple[Figure | None, Figure | None]


def _count_taken_up(page: Page, each: Figure, share: Per, near: Sequence[Figure]) -> _Pair | None:
    """`其中贫困劳动力1976人;对转移就业的贫困劳动力发放补助118.56万元,人均600元`: the noun takes up the count before."""
    total = next((f for f in near[: near.index(each)] if _may_be_total(page, f, each)), None)
    before = page.before(near[0], page.sentence(each)[0])
    count = next((f for f in before if f.unit is _SHARES[share] and not f.fact.per and f.fact.upper is None), None)
    if total is None or count is None or ";" not in page.between(count, near[0]):
        return None
    nouns = (page.lead(count)[-_NOUN:], page.tail(count)[:_NOUN])
    return (count, total) if any(len(n) == _NOUN and n in page.lead(total) for n in nouns) else None


def _of_villages(page: Page, each: Figure, near: Sequence[Figure]) -> _Pair | None:
    """`165个贫困村各建电站。…电费2574万元,村均15.6万元`: the villages of the paragraph, the total right before."""
    at = near.index(each)
    total = near[at - 1] if at else None
    if total is None or not _MEAN_VILLAGE.search(page.between(total, each)) or not _may_be_total(page, total, each):
        return None
    villages = (f for f in page.before(total, page.paragraph(each)[0]) if (f.fact.counted or "").endswith("村"))
    count = next((f for f in villages if f.unit is Unit.COUNT and not f.fact.per and f.fact.upper is None), None)
    return (count, total) if count is not None else None


def _for_whom(page: Page, each: Figure, share: Per, near: Sequence[Figure]) -> _Pair | None:
    """`安排450万元,按每人60元标准,为7.5万名贫困人口购买保险`: those who have the share are told after it."""
    at = near.index(each)
    if not 0 < at < len(near) - 1:
        return None
    total, count = near[at - 1], near[at + 1]
    told = _FOR.search(page.between(each, count)) and _HAS_RATE.search(page.lead(each))
    fits = _has_shares(count, share) and not count.fact.per and _may_be_total(page, total, each)
    return (count, total) if told and fits else None


def _of_everybody(page: Page, each: Figure, share: Per, near: Sequence[Figure]) -> _Pair:
    """`全县茶园面积11.3万亩,人均0.5亩`: an average per head right after its total is one of all people.

    Not one of money: `发放补助118.56万元,人均600元` is that of those who received it.
    """
    at = near.index(each)
    total = near[at - 1] if at else None
    if share is not Per.PERSON or total is None or not _MEAN.search(page.between(total, each)):
        return None, None
    people = [f for f in page.figures if f.fact.indicator is Indicator.POPULATION and f.unit is Unit.PERSON]
    own = [f for f in people if f.fact.place is None and not f.fact.per]
    if len(own) != 1:
        return None, None
    same = total.fact.indicator is each.fact.indicator and total.fact.place is None and each.unit is not Unit.CNY
    return (own[0], total) if same and _may_be_total(page, total, each) else (None, None)


def _segment(page: Page, each: Figure, start: int, end: int) -> list[Figure]:
    """The figures of the sentence between semicolons around `each`: what stands beyond one is another matter."""
    left = max(page.text.rfind(";", start, each.start), start)
    right = page.text.find(";", each.end, end)
    return list(page.within(left, end if right < 0 else right))


def _sentence_before(page: Page, start: int) -> Sequence[Figure]:
    """The figures of the sentence before, in the same paragraph."""
    line = page.text.rfind("\n", 0, start) + 1
    before = page.within(line, start)
    if not before:
        return ()
    return page.within(*page.sentence(before[-1]))


def _count_and_total(
    page: Page, each: Figure, share: Per, near: Sequence[Figure]
) -> tuple[Figure | None, Figure | None]:
    at = near.index(each)
    count = _count(page, each, share, near[:at])
    if count is None:
        return None, None
    totals = [f for f in near if f.id > count.id and _may_be_total(page, f, each)]
    # `兑现奖补6480万元,惠及1.8万户,户均3600元`: the total may lead.
    totals = totals or [f for f in near if f.id < count.id and count.id - f.id <= 2 and _may_be_total(page, f, each)]
    close = [f for f in totals if abs(near.index(f) - at) <= 3]
    return count, close[0] if close else None


def _count(page: Page, each: Figure, share: Per, before: Sequence[Figure]) -> Figure | None:
    """The nearest figure before of those that each has a share."""
    thing = _thing(page, each) if share is Per.UNIT else None
    for figure in reversed(before):
        if figure.fact.per or figure.fact.upper is not None or not _has_shares(figure, share):
            continue
        if share is not Per.UNIT or _is_the_thing(page, figure, each, thing):
            return figure
    return None


def _has_shares(figure: Figure, share: Per) -> bool:
    """Whether each of a count may have a share; of a post each person has one (`生态岗位3018个,每人每年3500元`)."""
    posts = figure.unit is Unit.COUNT and figure.fact.indicator is Indicator.PERSONS_EMPLOYED
    return figure.unit is _SHARES[share] or (share is Per.PERSON and posts)


def _thing(page: Page, each: Figure) -> str | None:
    """The thing that the last 每 or 均 before a figure names."""
    names = [found["thing"] or found["mean"] for found in _EACH_THING.finditer(page.lead(each))]
    return names[-1] if names else None


def _is_the_thing(page: Page, figure: Figure, each: Figure, thing: str | None) -> bool:
    """Whether `每座` is said of `96座`, `每队` of `1268支工作队`, `各` of `38个贫困村`."""
    if thing is None:
        return bool(_EACH_BUILT.search(page.lead(each))) and each.id == figure.id + 1
    counted = figure.fact.counted or ""
    return counted.endswith(thing) or thing in figure.words + page.tail(figure)[:6] or thing in page.lead(figure)[-2:]


def _may_be_total(page: Page, figure: Figure, each: Figure) -> bool:
    if figure is each or figure.fact.per or figure.unit is not each.unit or figure.fact.upper is not None:
        return False
    if each.unit is Unit.COUNT and each.fact.counted != figure.fact.counted:
        return False
    if _EXTREME.search(page.lead(figure)):
        return False
    if _INCREASES.search(page.lead(each)) and not _INCREASES.search(page.lead(figure)):
        return False
    first, second = figure.fact.indicator, each.fact.indicator
    if {Per.MU, Per.DAY, Per.MONTH} & set(each.fact.per) and {first, second} <= _MONEY_EARNED:
        return True
    return first is second or {first, second} <= _MONEY_GIVEN or bool(_TOTAL.search(page.lead(figure)))


def _belong_together(page: Page, count: Figure, each: Figure, total: Figure) -> bool:
    """Whether the three are of one place, and the total is no second average: `亩产分别只有300斤和400斤`."""
    first, second = sorted((each, total), key=lambda f: f.start)
    joined = first.id + 1 == second.id and _AND.fullmatch(page.between(first, second))
    return not joined and count.fact.place == total.fact.place == each.fact.place


def _is_firm(page: Page, count: Figure, each: Figure, total: Figure) -> bool:
    """Firm where an average directly follows its total, or a total (共) its share, of the same quantity.

    Not where the text counts two groups of the kind: `农户1200户(其中贫困户320户)分红96万元,户均3000元` is of either.
    """
    others = page.within(page.sentence(each)[0], each.start)
    if any(f.unit is count.unit and alike(f, count) and f.id != count.id for f in others):
        return False
    same = total.fact.indicator is each.fact.indicator and Per.YEAR not in each.fact.per
    if total.id + 1 == each.id:
        return same and bool(_AVERAGE.search(page.lead(each)))
    return same and each.id + 1 == total.id and bool(_TOTAL.search(page.lead(total)))


RULES = (averages,)
