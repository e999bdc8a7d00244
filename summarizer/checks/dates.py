"""Times in order: told only where they are not, and where the text itself says both of them.

A year that a reader inferred is held against nothing: only one that stands in the figure's own sentence is.
"""

from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from re import compile as regex

from schemas.report import Check
from schemas.vocabulary import Status
from summarizer.checks.figure import Figure, Page

_FROM = regex(r"(?:由|从)[^,。;]{0,16}$")
_TO = regex(r"^[^,。;\n]{0,24}(?:到|至|为)(?:\d{4}年[底末]?的)?$")
_SPAN = regex(r"(?P<first>(?:19|20)\d{2})年(?:\d{1,2}月)?(?:底|末|初)?(?:到|至|—+|-|~|～)(?P<last>(?:19|20)\d{2})年")
_DATE = regex(r"(?P<year>(?:19|20)\d{2})年(?:(?P<month>\d{1,2})月)?")
_DONE = regex(r"已(?!经?(?:计划|列入))|截至|截止|获批|实现了|完成了|建成了|共完成|累计")
_PLANS = regex(r"计划|预计|力争|确保|争取|目标|将|拟|规划|到时|届时|要|任务|有望")

ORDER = "时间先后"


def disordered(page: Page) -> Iterator[Check]:
    """Changes that run backwards, intervals that end before they begin, and work done after it was told of."""
    yield from _changes(page)
    yield from _intervals(page)
    yield from _after_telling(page)


def _changes(page: Page) -> Iterator[Check]:
    """`由2019年的14.2%下降到2014年的2.6%`: what a figure changed to is not of an earlier year than what it was."""
    for before, after in page.joined(_TO):
        if before.unit is not after.unit or not before.fact.period or not after.fact.period:
            continue
        first, then = (int(f.fact.period.rpartition("/")[2][:4]) for f in (before, after) if f.fact.period)
        told = _FROM.search(page.lead(before)) and _TO.search(page.between(before, after))
        if told and then < first:
            yield _check((before, after), first, then, f"{then} 年在 {first} 年之前")


def _intervals(page: Page) -> Iterator[Check]:
    """`2018年至2016年累计投入3亿元`: told of the figures of its sentence."""
    for found in _SPAN.finditer(page.text):
        first, last = int(found["first"]), int(found["last"])
        near = next((f for f in page.figures if f.start >= found.end()), None)
        if last < first and near is not None and page.sentence(near)[0] <= found.start():
            yield _check((near,), first, last, f"{last} 年在 {first} 年之前")


def _after_telling(page: Page) -> Iterator[Check]:
    """`截至2021年底,已投入3亿元` in an article of 2019: what is told as done is not of a later time.

    The time is the last that the sentence names before the figure; words of a plan excuse it.
    """
    if page.published is None:
        return
    told = [m.start() for m in _DATE.finditer(page.text)]
    for figure in page.figures:
        start = page.sentence(figure)[0]
        at = bisect_left(told, start)
        if figure.fact.status is not Status.ACHIEVED or at == len(told) or told[at] >= figure.start:
            continue
        before = page.text[start : figure.start]
        dates = list(_DATE.finditer(before))
        if not dates or not _DONE.search(before) or _PLANS.search(before + page.tail(figure)):
            continue
        year, month = int(dates[-1]["year"]), int(dates[-1]["month"] or 0)
        published = int(page.published[:4])
        same_year = month and year == published and len(page.published) >= len("2019-03")
        if year > published or (same_year and month > int(page.published[5:7])):
            yield _check((figure,), published, year, f"{dates[-1].group()}在发布时间 {page.published} 之后")


def _check(figures: tuple[Figure, ...], expected: int, stated: int, note: str) -> Check:
    return Check(
        rule=ORDER,
        facts=tuple(f.id for f in figures),
        expected=Decimal(expected),
        stated=Decimal(stated),
        tolerance=Decimal(0),
        holds=False,
        note=note,
    )
