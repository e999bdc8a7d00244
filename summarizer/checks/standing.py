"""Registered, lifted and remaining: how the poor of a place are accounted for, in households, persons and villages."""

from collections.abc import Iterator
from itertools import takewhile
from re import compile as regex

from schemas.vocabulary import Indicator, Status, Unit
from summarizer.checks.figure import Figure, Page
from summarizer.checks.needs import needs
from summarizer.checks.relation import Arithmetic, Relation

_REMAINING = regex(r"未脱贫|未退出|未出列|未摘帽|剩余|剩下|仅剩|还有|尚有|仍有")
_LEFT_TO_LIFT = regex(r"(?:剩余|余下|剩下|还剩|尚有|仅剩)的?$")
_SINCE_LONG = regex(r"累计|已")
_THIS_YEAR = regex(r"今年|当年|全年|本年|年内|实际|年度|\d{4}年(?![^,。]*(?:以来|底|末))")
_YEARS_END = regex(r"年末|年底")
_AIM = regex(r"计划|预计|力争|确保|目标")
_GONE = regex(r"退出|出列|摘帽")

_HOUSEHOLDS = (Indicator.REGISTERED_HOUSEHOLDS, Indicator.LIFTED_HOUSEHOLDS, Indicator.REMAINING_HOUSEHOLDS)
_PERSONS = (Indicator.REGISTERED_PERSONS, Indicator.LIFTED_PERSONS, Indicator.REMAINING_PERSONS)
_LEFT = frozenset({_HOUSEHOLDS[2], _PERSONS[2]})
_REGISTERED_OF = {_HOUSEHOLDS[2]: _HOUSEHOLDS[0], _PERSONS[2]: _PERSONS[0]}
_POOR_OF = {group[1]: frozenset({group[0], group[2]}) for group in (_HOUSEHOLDS, _PERSONS)}
_THE_POOR = frozenset().union(*_POOR_OF.values())
_FEWER = regex(r"(?:减少|下降|降|减)(?:到|至|为)$")
_FROM = regex(r"(?:由|从)[^,。;]{0,10}$")
_FALLS_TO = regex(r"^[^,。;]{0,6}(?:减少|下降|降|减)(?:到|至|为)$")
_SENTENCES_APART = 2
_YEARBOOK_APART = 12
"""A yearbook tells of the beginning of the year in its overview, entries before the work."""

WHOLE = "建档立卡 = 已脱贫 + 未脱贫"
LEFT = "年初未脱贫 − 当年脱贫 = 未脱贫"
AGAIN = "剩余贫困人口：两处一致"
OF_THE_POOR = "当年脱贫 ≤ 年初贫困"
LEFT_OF = "未脱贫 ≤ 建档立卡"
FEWER = "减少后 ≤ 减少前"


def accounts(page: Page) -> Iterator[Relation]:
    """Registered = lifted + remaining, of one place, told within a few sentences.

    `lifted` counts from the beginning (已脱贫, 累计脱贫). What was lifted in a year leads from those who remained
    before it to those of now; registration changes in between, so that this is only suggested.
    """
    for registered, lifted, remaining in (_HOUSEHOLDS, _PERSONS):
        for left in page.of_indicators(registered, remaining, _HOUSEHOLDS[1], _PERSONS[1]):
            if not _counts(left) or not _is_left(page, left, remaining, registered):
                continue
            gone = _nearest(page, left, lifted, sentences=1)
            if gone is None:
                continue
            if _in_one_year(page, gone):
                before = _nearest(page, gone, remaining, sentences=6) or _nearest(
                    page, gone, registered, sentences=_YEARBOOK_APART
                )
                if before is not None and before.fact.period != left.fact.period:
                    yield Relation(LEFT, Arithmetic.DIFFERENCE, (before, gone), left, firm=False)
                continue
            whole = _nearest(page, gone, registered, sentences=_YEARBOOK_APART)
            if whole is not None and _since_registration(page, gone, whole):
                near = page.sentences_between(whole, gone) <= _SENTENCES_APART
                yield Relation(WHOLE, Arithmetic.SUM, (gone, left), whole, firm=near)


def _is_left(page: Page, left: Figure, remaining: Indicator, registered: Indicator) -> bool:
    """Whether a figure counts who is still poor: it is read so, or it is told of the end of the year."""
    if left.fact.indicator is remaining:
        return left.fact.status is Status.ACHIEVED
    if left.fact.status is Status.PLANNED and _LEFT_TO_LIFT.search(page.joint_lead(left)):
        # 年底前剩余的742人要全部脱贫: they are still poor.
        return left.fact.indicator in (_HOUSEHOLDS[1], _PERSONS[1])
    if left.fact.indicator is not registered:
        return False
    lead = page.lead(left)
    return bool(_YEARS_END.search(lead)) and not _AIM.search(lead)


def _counts(figure: Figure) -> bool:
    return not figure.fact.per and figure.fact.upper is None


def _in_one_year(page: Page, lifted: Figure) -> bool:
    """Whether `lifted` tells of a year's work rather than of all since registration."""
    words = _words_before(page, lifted)
    return bool(_THIS_YEAR.search(words)) and not _SINCE_LONG.search(words)


def _since_registration(page: Page, lifted: Figure, registered: Figure) -> bool:
    """Whether `lifted` counts from the registration on: it says so, or both are told of the same time.

    `2013年底建档立卡4126户。2018年,…1043户脱贫;还有1580户` leaves out all who were lifted in between.
    """
    return bool(_SINCE_LONG.search(_words_before(page, lifted))) or lifted.fact.period == registered.fact.period


def _words_before(page: Page, lifted: Figure) -> str:
    """The words that lead to `lifted`, or to the households that stand directly before its persons."""
    i = page.place_in_order[lifted.id]
    start, _ = page.sentence(lifted)
    first = page.figures[i - 1] if i and page.figures[i - 1].fact.indicator in (_HOUSEHOLDS[1], _PERSONS[1]) else lifted
    return page.text[max(start, first.start - 24) : first.start]


def _nearest(page: Page, figure: Figure, indicator: Indicator, *, sentences: int) -> Figure | None:
    """The nearest earlier figure of this indicator and place, at most so many sentences (or lines) back."""
    for other in page.before(figure):
        if page.sentences_between(other, figure) > sentences:
            return None
        same = other.fact.indicator is indicator and other.fact.place == figure.fact.place
        if same and _counts(other) and other.fact.status is Status.ACHIEVED:
            return other
    return None


def left_again(page: Page) -> Iterator[Relation]:
    """`剩余23户55人` … `2019年确保剩余23户55人脱贫`: those who are to be lifted are those who are left."""
    for plan in page.beside(joint=(_LEFT_TO_LIFT,)):
        if plan.fact.status is not Status.PLANNED or not _counts(plan) or plan.fact.place is not None:
            continue
        if not _LEFT_TO_LIFT.search(page.joint_lead(plan)):
            continue
        left = (f for f in page.earlier(plan, *_LEFT) if f.unit is plan.unit and _counts(f))
        first = next((f for f in left if f.fact.place is None and f.fact.status is Status.ACHIEVED), None)
        if first is not None:
            yield Relation(AGAIN, Arithmetic.SAME, (first,), plan, firm=False)


def of_the_poor(page: Page) -> Iterator[Relation]:
    """`年初有贫困人口89.6万人;全年减少18.2万人`: no more leave poverty in a year than were poor before it."""
    for gone in page.of_indicators(*_POOR_OF):
        poor = _POOR_OF[gone.fact.indicator]
        if not _counts(gone) or gone.fact.status is not Status.ACHIEVED or not gone.fact.period:
            continue
        near = (f for f in page.earlier(gone, *poor) if f.fact.place == gone.fact.place)
        known = (f for f in near if _counts(f) and f.fact.status is Status.ACHIEVED)
        # Of a sentence that breaks them down (国定标准贫困户2874户,省定标准贫困户1249户) those who are all of them.
        before = max(_of_one_sentence(page, known), key=lambda f: f.value or 0, default=None)
        if before is not None and before.fact.period and _is_before(before.fact.period, gone.fact.period):
            yield Relation(OF_THE_POOR, Arithmetic.AT_MOST, (before,), gone, firm=False)


def _of_one_sentence(page: Page, figures: Iterator[Figure]) -> Iterator[Figure]:
    """The first of the figures, which are told nearest first, and those that its sentence has too."""
    first = next(figures, None)
    if first is not None:
        yield first
        yield from takewhile(lambda f: not page.sentences_between(f, first), figures)


def _is_before(period: str, year: str) -> bool:
    """Whether a time lies before the work of a year: in an earlier one, or at its beginning."""
    return period[:4] < year[:4] or period == f"{year[:4]}-01"


def left_of(page: Page) -> Iterator[Relation]:
    """`建档立卡贫困户47户89人,只剩3户6人没有脱贫`: those who are left are among those registered."""
    for left in page.of_indicators(*_REGISTERED_OF):
        registered = _REGISTERED_OF[left.fact.indicator]
        if not _counts(left) or left.fact.status is not Status.ACHIEVED:
            continue
        whole = _nearest(page, left, registered, sentences=_SENTENCES_APART)
        if whole is not None:
            yield Relation(LEFT_OF, Arithmetic.AT_MOST, (whole,), left, firm=False)


def fewer(page: Page) -> Iterator[Relation]:
    """`2014年,贫困人口9.26万人。…到2016年底,贫困人口减少到5.38万人`: the poor of later are fewer, as the text says."""
    for after in page.beside(joint=(_FEWER,)):
        if after.fact.indicator not in _THE_POOR or not _counts(after) or not _FEWER.search(page.joint_lead(after)):
            continue
        near = (f for f in page.earlier(after, *_THE_POOR) if f.unit is after.unit)
        before = next((f for f in near if _counts(f) and f.fact.place == after.fact.place), None)
        if before is not None and before.fact.status is Status.ACHIEVED:
            yield Relation(FEWER, Arithmetic.AT_MOST, (before,), after, firm=False)


@needs(_GONE)
def villages(page: Page) -> Iterator[Relation]:
    """Poor villages = those that left + those that remain, within a paragraph or the next."""
    poor = [f for f in page.figures if f.unit is Unit.COUNT and _counts(f) and (f.fact.counted or "").endswith("村")]
    for whole in poor:
        if whole.fact.indicator is not Indicator.POOR_VILLAGES or _REMAINING.search(page.lead(whole)):
            continue
        later = [f for f in poor if f.id > whole.id and f.fact.place == whole.fact.place and _is_near(page, whole, f)]
        gone = next((f for f in later if _GONE.search(page.lead(f)) and not _REMAINING.search(page.lead(f))), None)
        left = next((f for f in later if gone and f.id > gone.id and _REMAINING.search(page.lead(f))), None)
        if gone is not None and left is not None and not _in_one_year(page, gone):
            yield Relation("贫困村 = 已退出 + 未退出", Arithmetic.SUM, (gone, left), whole, firm=False)


def _is_near(page: Page, whole: Figure, later: Figure) -> bool:
    """Whether villages are told of close by, or of all years (`累计退出贫困村131个,尚未退出26个`)."""
    words = page.text[page.sentence(later)[0] : later.start]
    return page.sentences_between(whole, later) <= (_YEARBOOK_APART if "累计" in words else 4)


def reduced(page: Page) -> Iterator[Relation]:
    """`实现18.4万人脱贫,贫困人口由86.3万人减少到67.9万人`: the poor of before less those lifted are the poor of now."""
    for before, after in page.joined(_FALLS_TO):
        if before.unit is not Unit.PERSON or after.unit is not Unit.PERSON or after.end > page.sentence(before)[1]:
            continue
        if not _FROM.search(page.lead(before)):
            continue
        if not _FALLS_TO.search(page.between(before, after).strip()):
            continue
        if "贫困" not in page.lead(before):
            continue
        lifted = _nearest(page, before, Indicator.LIFTED_PERSONS, sentences=0)
        if lifted is not None:
            yield Relation(LEFT, Arithmetic.DIFFERENCE, (before, lifted), after, firm=False)


RULES = (accounts, villages, reduced, left_again, of_the_poor, left_of, fewer)
