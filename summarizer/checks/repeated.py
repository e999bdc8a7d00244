"""One figure told twice: the same indicator of one place and time, and posts that each village has one of."""

from collections.abc import Iterator
from re import compile as regex

from schemas.vocabulary import Indicator, Status, Unit
from summarizer.checks.figure import Figure, Page
from summarizer.checks.relation import Arithmetic, Relation
from summarizer.checks.wholes import is_change

_ONCE_A_PLACE = frozenset(
    {
        Indicator.POPULATION,
        Indicator.RURAL_POPULATION,
        Indicator.AREA,
        Indicator.REGISTERED_HOUSEHOLDS,
        Indicator.REGISTERED_PERSONS,
        Indicator.REMAINING_HOUSEHOLDS,
        Indicator.REMAINING_PERSONS,
        Indicator.POVERTY_RATE,
    }
)
"""What a place has one of at a time; 行政村 and 贫困村 are compared by their nouns (`limits.places`)."""

_IN_EACH = regex(r"^(?=[^。;]*[派选])[^。;\d]{0,20}(?:工作队|第一书记)$")
_TO_EACH = regex(r"[向为给对](?:全[县市区州旗])?$")
_ALL_OR_EACH = regex(r"全部|均|逐村")

TWICE = "同一数字：两处一致"
ONE_EACH = "每村一个：两处一致"


def twice(page: Page) -> Iterator[Relation]:
    """The same indicator of the subject at the same time. Only suggested: a recount may have come in between."""
    told: dict[tuple[object, ...], Figure] = {}
    for figure in page.of_indicators(*_ONCE_A_PLACE):
        fact = figure.fact
        if fact.per or fact.upper is not None or fact.place is not None:
            continue
        # 下降6.4个百分点 is how much a rate changed, which a time may have several of.
        if fact.status is not Status.ACHIEVED or figure.unit is Unit.PERCENT_POINT:
            continue
        key = (fact.indicator, fact.unit, fact.period)
        first = told.setdefault(key, figure)
        if first is figure or is_change(page, first, figure):
            continue
        if page.text[first.end : figure.start].strip("、,"):
            yield Relation(TWICE, Arithmetic.SAME, (first,), figure, firm=False)


def one_each(page: Page) -> Iterator[Relation]:
    """`向80个村派驻工作队80支`, `318个行政村全部派驻工作队,选派第一书记318名`: one for each village."""
    for villages, sent in page.joined(_IN_EACH):
        if villages.unit is not Unit.COUNT or not (villages.fact.counted or "").endswith("村") or sent.fact.per:
            continue
        gap = page.between(villages, sent)
        each = _TO_EACH.search(page.lead(villages)) or _ALL_OR_EACH.search(gap)
        if each and _IN_EACH.search(gap) and villages.fact.counted != sent.fact.counted:
            yield Relation(ONE_EACH, Arithmetic.SAME, (villages,), sent, firm=False)


RULES = (twice, one_each)
