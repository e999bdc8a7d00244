"""What is done of what was set out: work of a plan or a stock, a year of all years, a place of the whole subject."""

from collections.abc import Iterator
from re import compile as regex

from schemas.vocabulary import Indicator, Status, Unit
from summarizer.checks.figure import Figure, Page, alike
from summarizer.checks.needs import needs
from summarizer.checks.relation import Arithmetic, Relation

_SET_OUT = regex(
    r"(?:存量|涉及|反馈|排查出?|梳理出?|全长|总长|规划|计划搬迁|安排|集中安置|发放问卷|发出问卷|要求)[^,。;!?]{0,12}$"
)
_DONE_BEFORE = regex(
    r"(?:已|现|目前|有|全部)[^,。;!?\d]{0,6}(?:开工|竣工|完工|完成|建成|整改|办结|搬迁|入住|通车)[^,。;!?\d]{0,6}$"
    r"|(?:竣工|完工|完成路基|入住|收回)[^,。;!?\d]{0,6}$"
)
_DONE_AFTER = regex(r"^[^,。;!?\d]{0,4}(?:已经?)?(?:开工|竣工|完工|建成|入住)")
_TASK_OUTDONE = regex(r"超额(?:完成|实现)[^,。;!?\d]{0,12}$")
_STILL_UNDONE = regex(r"(?:仍|还|尚)有$")
_NOT_YET = regex(r"^[^,。;!?\d]{0,4}未")
_OF_THEM = regex(r"^[^,。;!?、\d]{0,8}中,?(?:目前|现在)?(?:已|仅|只|还|尚)?有?$")
_BY_YEARS_END = regex(r"预计(?:全年|到?年底|今年)[^,。;!?\d]{0,8}$")
_NEW = regex(r"新[建增植栽修扩辟垦][^,。;!?\d]{0,10}$")
_STOCK = regex(
    r"(?:总?面积|总?规模|总数|存栏|保有量)(?:已)?(?:达|达到|有|为)?$|(?:累计|发展到|达到|总数达)[^,。;!?\d]{0,8}$"
)
_OUTDONE = regex(r"超额|超计划|超任务|超过")
_UP_TO_NOW = regex(r"^,?(?:历年|已)?累计[^,。;!?\d]{0,6}$")
_IN_ALL = regex(r"累计|以来")
_IN_A_YEAR = regex(r"全年|今年|当年|本年|年内|\d{4}年(?![^,。]*(?:以来|底|末))")
_LIFTED = frozenset({Indicator.LIFTED_HOUSEHOLDS, Indicator.LIFTED_PERSONS})
_LEFT = {
    Indicator.LIFTED_HOUSEHOLDS: Indicator.REMAINING_HOUSEHOLDS,
    Indicator.LIFTED_PERSONS: Indicator.REMAINING_PERSONS,
}

_REGISTERED = {
    Indicator.LIFTED_HOUSEHOLDS: Indicator.REGISTERED_HOUSEHOLDS,
    Indicator.LIFTED_PERSONS: Indicator.REGISTERED_PERSONS,
}
_OF_ALL = regex(r"全[县市区州旗省盟]")
_NOW_POOR = regex(r"现有|还有|尚有|仍有")

_REACH = 400
"""Characters of a sentence before what is done in which its stock is looked for; a text may have no mark at all."""

DONE = "已完成 ≤ 总数"
YEAR = "当年 ≤ 累计"
PLACE = "一地 ≤ 全部"
TO_LIFT = "计划脱贫 ≤ 未脱贫"


def progress(page: Page) -> Iterator[Relation]:
    """`总存量1702户,已开工1676户`, `规划472公里,已建成418公里`: a task may be more than fulfilled, a stock may not."""
    for done in page.beside(joint=(_DONE_BEFORE,), tail=(_DONE_AFTER,)):
        if done.fact.per or done.fact.upper is not None or done.fact.status is not Status.ACHIEVED:
            continue
        said = _DONE_BEFORE.search(_joint_lead(page, done)) or _DONE_AFTER.search(page.tail(done))
        if not said:
            continue
        start, end = page.sentence(done)
        if _OUTDONE.search(page.text, start, end):
            continue
        near = page.before(done, max(start, done.start - _REACH))
        same = (f for f in near if alike(f, done) and f.fact.upper is None)
        stock = next((f for f in same if _SET_OUT.search(_joint_lead(page, f))), None)
        if stock is not None and stock.fact.place == done.fact.place:
            yield Relation(DONE, Arithmetic.AT_MOST, (stock,), done)


def _joint_lead(page: Page, figure: Figure) -> str:
    """The lead, or that of the households before the persons of one group (`入住1103户4872人`)."""
    i = page.place_in_order[figure.id]
    pair = i and figure.unit is Unit.PERSON and page.figures[i - 1].unit is Unit.HOUSEHOLD
    return page.lead(page.figures[i - 1]) if pair and not page.lead(figure) else page.lead(figure)


def up_to_now(page: Page) -> Iterator[Relation]:
    """`今年注入1200万元,累计5600万元`: what all years add up to holds this one."""
    for now, ever in page.joined(_UP_TO_NOW):
        if alike(now, ever) and now.fact.upper is None and _UP_TO_NOW.search(page.between(now, ever)):
            yield Relation(YEAR, Arithmetic.AT_MOST, (ever,), now)


@needs(_IN_ALL)
def lifted_in_all(page: Page) -> Iterator[Relation]:
    """`全年减贫9860户` … `2014年以来累计减贫3.61万户`: a year is among all years, where they reach as far as it."""
    own = [f for f in page.figures if f.fact.indicator in _LIFTED and f.fact.place is None and not f.fact.per]
    known = [f for f in own if f.fact.status is Status.ACHIEVED and f.fact.upper is None and f.fact.period]
    for ever in (f for f in known if _IN_ALL.search(_words_before(page, f))):
        for year in (f for f in known if f.fact.indicator is ever.fact.indicator and f is not ever):
            words = _words_before(page, year)
            if _IN_A_YEAR.search(words) and not _IN_ALL.search(words) and _last_year(year) <= _last_year(ever):
                yield Relation(YEAR, Arithmetic.AT_MOST, (ever,), year)


def _words_before(page: Page, figure: Figure) -> str:
    """The words that lead to a figure, or to the households that stand directly before its persons."""
    i = page.place_in_order[figure.id]
    first = page.figures[i - 1] if i and not page.lead(figure) else figure
    return page.text[max(page.sentence(first)[0], first.start - 24) : first.start]


def _last_year(figure: Figure) -> str:
    return (figure.fact.period or "").rpartition("/")[2][:4]


def to_lift(page: Page) -> Iterator[Relation]:
    """`未脱贫9615人 … 到年底再减贫8300人`: nobody is to be lifted who is not poor any more."""
    for plan in page.of_indicators(*_LEFT):
        wanted = _LEFT[plan.fact.indicator]
        if plan.fact.status is not Status.PLANNED or plan.fact.per or plan.fact.upper is not None:
            continue
        near = (f for f in page.earlier(plan, wanted) if f.fact.place == plan.fact.place)
        left = next((f for f in near if f.fact.status is Status.ACHIEVED), None)
        registered = page.earlier(plan, _REGISTERED[plan.fact.indicator])
        left = left or next((f for f in registered if _is_still_poor(page, f, plan)), None)
        if left is not None and alike(left, plan) and page.sentences_between(left, plan) <= 6:
            yield Relation(TO_LIFT, Arithmetic.AT_MOST, (left,), plan)


def _is_still_poor(page: Page, figure: Figure, plan: Figure) -> bool:
    """Whether a figure counts the poor of now (`全县还有贫困人口8.92万人`)."""
    poor = figure.fact.indicator is _REGISTERED[plan.fact.indicator] and figure.fact.place == plan.fact.place
    return poor and figure.fact.status is Status.ACHIEVED and bool(_NOW_POOR.search(page.lead(figure)))


@needs(_OF_ALL)
def of_a_place(page: Page) -> Iterator[Relation]:
    """`全州新改建农村公路3120公里,美姑县修通287公里`: a place of the subject has no more than the subject."""
    for part in page.figures:
        if not part.fact.place or part.fact.per or part.fact.upper is not None or not _lies_inside(page, part):
            continue
        if part.fact.indicator not in _OF_ONE_KIND:
            continue
        whole = next((f for f in page.before(part) if alike(f, part) and f.fact.indicator is part.fact.indicator), None)
        while whole is not None and whole.fact.place:
            # 盐源县2.9万人、雷波县2.4万人: all of them are of what stands before the first.
            whole = next(
                (f for f in page.before(whole) if alike(f, part) and f.fact.indicator is part.fact.indicator), None
            )
        if whole is None or page.sentences_between(whole, part) > 2 or not _same_work(whole, part):
            continue
        if not _OF_ALL.search(page.text[page.sentence(whole)[0] : whole.start]):
            continue
        yield Relation(PLACE, Arithmetic.AT_MOST, (whole,), part)


_OF_ONE_KIND = frozenset(
    {
        *_LEFT,
        *_LEFT.values(),
        Indicator.REGISTERED_HOUSEHOLDS,
        Indicator.REGISTERED_PERSONS,
        Indicator.POPULATION,
        Indicator.PLACES_COVERED,
        Indicator.POOR_VILLAGES,
        Indicator.LENGTH,
    }
)
"""Not what may be of many kinds: 全市竹子35.6万亩, 昭阳区苹果60万亩."""


def _same_work(whole: Figure, part: Figure) -> bool:
    """Whether both are of one status and time, so that one may hold the other."""
    return whole.fact.status is part.fact.status and whole.fact.period == part.fact.period and not whole.fact.upper


def _lies_inside(page: Page, part: Figure) -> bool:
    """Whether the place of a figure is one of the subject's: its code begins like the subject's, or it has none."""
    subject = page.subject.adcode if page.subject is not None else None
    if part.fact.adcode is None or subject is None:
        return part.fact.adcode is None
    return part.fact.adcode != subject and part.fact.adcode.startswith(subject.rstrip("0"))


def outdone(page: Page) -> Iterator[Relation]:
    """`转移就业487人,超额完成年度任务400人的目标`: what outdoes a task is not less."""
    for done, task in page.joined(_TASK_OUTDONE):
        planned = task.fact.status is Status.PLANNED and done.fact.status is Status.ACHIEVED
        if planned and alike(done, task) and _TASK_OUTDONE.search(page.between(done, task)):
            yield Relation("完成 ≥ 任务", Arithmetic.AT_LEAST, (task,), done)


def undone(page: Page) -> Iterator[Relation]:
    """`冲毁农田410亩,至今仍有130亩未能复耕`: what is still undone is part of what was told of before."""
    for rest in page.beside(lead=(_STILL_UNDONE,)):
        if rest.fact.per or not (_STILL_UNDONE.search(page.lead(rest)) and _NOT_YET.search(page.tail(rest))):
            continue
        whole = next((f for f in page.before(rest, page.sentence(rest)[0]) if alike(f, rest)), None)
        if whole is not None and whole.fact.upper is None and whole.fact.place == rest.fact.place:
            yield Relation("未完成 ≤ 总数", Arithmetic.AT_MOST, (whole,), rest, firm=False)


def of_them(page: Page) -> Iterator[Relation]:
    """`6个安置点中仅有1个配套了扶贫车间`."""
    for whole, part in page.joined(_OF_THEM):
        counts = whole.unit is part.unit is Unit.COUNT and part.words[-1:] == whole.words[-1:]
        if (counts or alike(whole, part)) and _OF_THEM.search(page.between(whole, part)):
            yield Relation("其中的 ≤ 全部", Arithmetic.AT_MOST, (whole,), part)


def by_years_end(page: Page) -> Iterator[Relation]:
    """`前三季度已达3180万元,预计全年突破4000万元`: the year holds its quarters."""
    for now, year in page.joined(_BY_YEARS_END):
        one = now.fact.status is Status.ACHIEVED and year.fact.status is Status.PLANNED and alike(now, year)
        same = now.fact.indicator is year.fact.indicator and now.fact.place == year.fact.place
        if one and same and _BY_YEARS_END.search(page.between(now, year)):
            yield Relation("至今 ≤ 预计全年", Arithmetic.AT_MOST, (year,), now, firm=False)


def new_of_all(page: Page) -> Iterator[Relation]:
    """`新建茶园6.3万亩。…茶园面积达到22万亩`: what is new is part of all, of the same noun, told right after it."""
    for new in page.beside(lead=(_NEW,)):
        noun = (new.fact.label or "")[-2:]
        if new.fact.per or new.fact.status is not Status.ACHIEVED or not _NEW.search(page.lead(new)):
            continue
        later = page.after(new, page.paragraph(new)[1])
        alike_ones = (f for f in later if alike(f, new) and f.fact.indicator is new.fact.indicator)
        whole = next(alike_ones, None)
        if whole is None or page.sentences_between(new, whole) > 1 or whole.fact.place != new.fact.place:
            continue
        if _STOCK.search(page.lead(whole)) and not _NEW.search(page.lead(whole)) and noun in page.lead(whole):
            yield Relation("新增 ≤ 总数", Arithmetic.AT_MOST, (whole,), new, firm=False)


RULES = (
    *(progress, up_to_now, lifted_in_all, to_lift, of_a_place),
    *(outdone, undone, of_them, by_years_end, new_of_all),
)
