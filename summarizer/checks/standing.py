"""Registered, lifted and remaining: how the poor of a place are accounted for, in households, persons and villages."""

from collections.abc import Iterator
from re import compile as regex

from schemas.vocabulary import Indicator, Status, Unit
from summarizer.checks.figure import Figure, Page
from summarizer.checks.relation import Arithmetic, Relation

_REMAINING = regex(r"未脱贫|未退出|未出列|未摘帽|剩余|剩下|仅剩|还有|尚有|仍有")
_SINCE_LONG = regex(r"累计|已")
_THIS_YEAR = regex(r"今年|当年|全年|本年|年内|实际|年度|\d{4}年(?![^,。]*(?:以来|底|末))")
_YEARS_END = regex(r"年末|年底")
_AIM = regex(r"计划|预计|力争|确保|目标")
_GONE = regex(r"退出|出列|摘帽")

_HOUSEHOLDS = (Indicator.REGISTERED_HOUSEHOLDS, Indicator.LIFTED_HOUSEHOLDS, Indicator.REMAINING_HOUSEHOLDS)
_PERSONS = (Indicator.REGISTERED_PERSONS, Indicator.LIFTED_PERSONS, Indicator.REMAINING_PERSONS)
_SENTENCES_APART = 2
_YEARBOOK_APART = 12
"""A yearbook tells of the beginning of the year in its overview, entries before the work."""

WHOLE = "建档立卡 = 已脱贫 + 未脱贫"
LEFT = "年初未脱贫 − 当年脱贫 = 未脱贫"


def accounts(page: Page) -> Iterator[Relation]:
    """Registered = lifted + remaining, of one place, told within a few sentences.

    `lifted` counts from the beginning (已脱贫, 累计脱贫). What was lifted in a year leads from those who remained
    before it to those of now; registration changes in between, so that this is only suggested.
    """
    for registered, lifted, remaining in (_HOUSEHOLDS, _PERSONS):
        for left in page.figures:
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
            whole = _nearest(page, gone, registered, sentences=_SENTENCES_APART)
            if whole is not None and _since_registration(page, gone, whole):
                yield Relation(WHOLE, Arithmetic.SUM, (gone, left), whole)


def _is_left(page: Page, left: Figure, remaining: Indicator, registered: Indicator) -> bool:
    """Whether a figure counts who is still poor: it is read so, or it is told of the end of the year."""
    if left.fact.indicator is remaining:
        return left.fact.status is Status.ACHIEVED
    lead = page.lead(left)
    return left.fact.indicator is registered and bool(_YEARS_END.search(lead)) and not _AIM.search(lead)


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


def villages(page: Page) -> Iterator[Relation]:
    """Poor villages = those that left + those that remain, within a paragraph or the next."""
    poor = [f for f in page.figures if f.unit is Unit.COUNT and _counts(f) and (f.fact.counted or "").endswith("村")]
    for whole in poor:
        if whole.fact.indicator is not Indicator.POOR_VILLAGES or _REMAINING.search(page.lead(whole)):
            continue
        later = [
            f
            for f in poor
            if f.id > whole.id and f.fact.place == whole.fact.place and page.sentences_between(whole, f) <= 4
        ]
        gone = next((f for f in later if _GONE.search(page.lead(f)) and not _REMAINING.search(page.lead(f))), None)
        left = next((f for f in later if gone and f.id > gone.id and _REMAINING.search(page.lead(f))), None)
        if gone is not None and left is not None and not _in_one_year(page, gone):
            yield Relation("贫困村 = 已退出 + 未退出", Arithmetic.SUM, (gone, left), whole, firm=False)


def reduced(page: Page) -> Iterator[Relation]:
    """`实现18.4万人脱贫,贫困人口由86.3万人减少到67.9万人`: the poor of before less those lifted are the poor of now."""
    for before in page.figures:
        after = next(page.after(before, page.sentence(before)[1]), None)
        if after is None or before.unit is not Unit.PERSON or after.unit is not Unit.PERSON:
            continue
        if not regex(r"(?:由|从)[^,。;]{0,10}$").search(page.lead(before)):
            continue
        if not regex(r"^[^,。;]{0,6}(?:减少|下降|降|减)(?:到|至|为)$").search(page.between(before, after).strip()):
            continue
        if not regex(r"贫困").search(page.lead(before)):
            continue
        lifted = _nearest(page, before, Indicator.LIFTED_PERSONS, sentences=0)
        if lifted is not None:
            yield Relation(LEFT, Arithmetic.DIFFERENCE, (before, lifted), after, firm=False)


RULES = (accounts, villages, reduced)
