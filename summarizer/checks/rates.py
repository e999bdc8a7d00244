"""Rates and what they are rates of: completion of a task, share of a whole, poverty rate, growth."""

from collections.abc import Iterator
from itertools import pairwise
from re import compile as regex

from schemas.vocabulary import Indicator, Level, Status, Unit
from summarizer.checks.figure import Figure, Page, alike, homes
from summarizer.checks.needs import needs
from summarizer.checks.relation import Arithmetic, Relation

_OF_TASK = regex(r"^[^,。;:!?\d]{0,12}(?:任务|计划|目标|指标)?数?的$")
_RATE_OF_TASK = regex(r"(?:任务|计划|目标|指标)(?:数|量|总数)?的|完成率|完成(?:了|比例)?[为达到]*$")
_BARE_SHARE = regex(r"(?:占比?|占[^,。;\d]{0,6}总[^,。;\d]{0,4}的|占其)(?:为|达|到)?$")
_RATE_OF_VERB = regex(
    r"(?P<verb>整改|办结|竣工|完工|开工|脱贫|退出|入住|搬迁|收回|回收|验收|销号|就业|签约|报销|支出|拨付)(?:率|比例)(?:为|达|达到)?$"
)
_GROWS = regex(r"(?<!年均)(?:增长|增幅|上升|提高)(?:率|了|达|为)*$")
_SET = regex(r"任务|计划|目标|指标|下达")
_MOVES = regex(r"(?:(?P<down>下降|降低|减少|降)|提高|上升|增加|增长|升)了?$")
_FROM = regex(r"(?:由|从)[^,。;]{0,16}$")
_AMONG = regex(r"其中")
_ADDED_UP = regex(r"(?:合计|共计|总计)[^,。;!?\d]{0,4}$")
_RESPECTIVELY = regex(r"分别(?:占|为|完成|达到?)(?P<whole>任务|计划|目标|总额|总数|总量)的?$")
_OF_NAMED = regex(r"占(?:全[县市省区])?(?P<noun>[^,。;!?\d]{2,6}?)(?:总数|总量|总户数|总人数)的$")

COMPLETION = "完成率 = 完成 ÷ 任务"
SHARE = "占比 = 部分 ÷ 总数"


def _is_rate(figure: Figure) -> bool:
    return figure.unit is Unit.PERCENT and not figure.fact.per and figure.fact.upper is None


def _is_amount(figure: Figure) -> bool:
    return figure.unit is not Unit.PERCENT and not figure.fact.per and figure.fact.upper is None


def _one_measure(a: Figure, b: Figure) -> bool:
    """Alike, and counted alike: 436套 of 11个 is no rate, though stations may be counted in 座."""
    return homes(a, b) or (alike(a, b) and (a.unit is not Unit.COUNT or a.fact.counted == b.fact.counted))


def completion(page: Page) -> Iterator[Relation]:
    """What was done ÷ the task, named in the clause of the rate (`完成全年1.4亿元任务的105%`) or before it."""
    for rate in page.figures:
        if not _is_rate(rate) or rate.fact.status is not Status.ACHIEVED or "分别" in page.lead(rate):
            continue
        pair = _task_in_clause(page, rate) or _task_before(page, rate)
        if pair is not None:
            done, task = pair
            yield Relation(COMPLETION, Arithmetic.RATIO, (done, task), rate)


def _task_in_clause(page: Page, rate: Figure) -> tuple[Figure, Figure] | None:
    """`…4214.88万元,完成年度3900万元任务的108%`; the task is what the rate is 的 of."""
    i = page.place_in_order[rate.id]
    task = page.figures[i - 1] if i else None
    if task is None or not _is_amount(task) or not _OF_TASK.search(page.between(task, rate)):
        return None
    if not regex(r"占|完成|达|为|是|超").search(page.lead(task)):
        return None
    start, _ = page.sentence(task)
    earlier = (f for f in page.before(task, start) if f.fact.status is not Status.PLANNED)
    done = next((f for f in earlier if _one_measure(f, task)), None)
    return (done, task) if done is not None else None


def _task_before(page: Page, rate: Figure) -> tuple[Figure, Figure] | None:
    """`任务2000人 … 实际完成2100人,占任务的105%`: the nearest task in the paragraph, and what was done of it since."""
    if not _RATE_OF_TASK.search(page.lead(rate)):
        return None
    start, _ = page.paragraph(rate)
    for task in page.before(rate, start):
        set_out = task.fact.status is Status.PLANNED or _SET.search(page.lead(task))
        if not _is_amount(task) or not set_out or task.fact.place != rate.fact.place:
            continue
        for done in page.before(rate, task.end):
            one_sentence = done.unit is not Unit.COUNT and not page.sentences_between(task, done)
            same_matter = done.fact.indicator is task.fact.indicator or one_sentence or homes(done, task)
            same = _one_measure(done, task) and same_matter and _is_of_the_rate(page, done, rate)
            if same and done.fact.status is Status.ACHIEVED and done.fact.place == task.fact.place:
                return done, task
    return None


def _is_of_the_rate(page: Page, done: Figure, rate: Figure) -> bool:
    """Whether nothing else was done in between: `搬迁3872人,…完成投资1.92亿元,占年度计划的106.7%` is of the money.

    Households and their persons are one matter.
    """
    between = [f for f in page.after(done, rate.start) if f.fact.status is Status.ACHIEVED and _is_amount(f)]
    people = {Unit.HOUSEHOLD, Unit.PERSON}
    return all(f.unit is done.unit or {f.unit, done.unit} == people for f in between)


@needs(_RATE_OF_VERB, _BARE_SHARE)
def share(page: Page) -> Iterator[Relation]:
    """`整合资金2.36亿元,其中1.18亿元用于产业,占50%`, `反馈问题23项,已整改22项,整改率95.7%`."""
    for rate in page.figures:
        if not _is_rate(rate):
            continue
        start, _ = page.sentence(rate)
        lead = page.lead(rate)
        verb = _RATE_OF_VERB.search(lead)
        amounts = _households_first([f for f in page.before(rate, start) if _is_amount(f)])
        if not amounts:
            continue
        part, *others = amounts
        wholes = [f for f in others if f.id < part.id and (alike(f, part) or homes(f, part))]
        if verb is not None and verb["verb"] in _joint_lead(page, part):
            whole = next(iter(wholes), None)
        elif _BARE_SHARE.search(lead):
            # 其中产业类2.16亿元,占72%;基础设施类0.84亿元,占28%: what stands before 其中, not the part before.
            # Or what was added up: 合计838户2210人,已有761户消除了风险,占90.8%.
            whole = next((f for f in wholes if _AMONG.search(page.between(f, part))), None)
            whole = whole or next((f for f in wholes if _ADDED_UP.search(page.joint_lead(f))), None)
        else:
            continue
        if whole is not None:
            yield Relation(SHARE, Arithmetic.RATIO, (part, whole), rate)


def _households_first(amounts: list[Figure]) -> list[Figure]:
    """Nearest first, but of `1103户4872人` the households: rates of moving in or rebuilding are reckoned by them."""
    if len(amounts) > 1 and amounts[0].unit is Unit.PERSON and amounts[1].unit is Unit.HOUSEHOLD:
        return [amounts[1], amounts[0], *amounts[2:]]
    return amounts


def _joint_lead(page: Page, figure: Figure) -> str:
    """The words before a figure and, from the clause of its own, those right after it: `整改22项`, `22项已整改`."""
    return page.lead(figure) + page.tail(figure)


@needs(_RESPECTIVELY)
def paired(page: Page) -> Iterator[Relation]:
    """`任务1210户3960人…入住860户2790人,分别占任务的71.1%、70.5%`: as many parts as rates, in their order."""
    for first, second in pairwise(page.figures):
        if not (_is_rate(first) and _is_rate(second)) or page.between(first, second) not in {"、", "和", "与", ","}:
            continue
        named = _RESPECTIVELY.search(page.lead(first))
        amounts = [f for f in page.before(first, page.paragraph(first)[0]) if _is_amount(f)]
        if named is None or len(amounts) < 3:
            continue
        parts = (amounts[1], amounts[0])
        for part, rate in zip(parts, (first, second), strict=True):
            whole = next((f for f in amounts[2:] if alike(f, part) and _is_whole(named["whole"], f)), None)
            if whole is not None:
                rule = COMPLETION if whole.fact.status is Status.PLANNED else SHARE
                yield Relation(rule, Arithmetic.RATIO, (part, whole), rate)


def _is_whole(word: str, figure: Figure) -> bool:
    """A task is planned; a total (总额, 总数) is whatever the parts were taken from."""
    return word.startswith("总") or figure.fact.status is Status.PLANNED


@needs(_OF_NAMED)
def of_named(page: Page) -> Iterator[Relation]:
    """`出列贫困村22个,占贫困村总数的34.4%`: the whole is the figure that counts what is named."""
    for rate in page.figures:
        named = _OF_NAMED.search(page.lead(rate)) if _is_rate(rate) else None
        if named is None:
            continue
        start, _ = page.sentence(rate)
        part = next((f for f in page.before(rate, start) if _is_amount(f)), None)
        if part is None or page.between(part, rate).count(",") > 1:
            continue
        noun = named["noun"]
        wholes = [f for f in page.before(part) if alike(f, part) and noun in page.lead(f)[-8:] + page.tail(f)[:8]]
        if wholes:
            yield Relation(SHARE, Arithmetic.RATIO, (part, wholes[-1]), rate, firm=False)


def poverty(page: Page) -> Iterator[Relation]:
    """Poverty rate = the poor ÷ the rural population, all of whose people a village or a town counts."""
    level = page.subject.level if page.subject is not None else None
    among = _ALL_ARE_RURAL if level in (Level.VILLAGE, Level.TOWN) else (Indicator.RURAL_POPULATION,)
    own = [f for f in page.figures if f.fact.indicator in among and _is_people(f)]
    if len({f.value for f in own}) != 1:
        return
    for rate in page.figures:
        if not _is_rate(rate) or rate.fact.indicator is not Indicator.POVERTY_RATE or rate.fact.place is not None:
            continue
        if rate.fact.status is not Status.ACHIEVED:
            continue
        poor = _poor_of(page, rate)
        if poor is not None:
            yield Relation("贫困发生率 = 贫困人口 ÷ 农业人口", Arithmetic.RATIO, (poor, own[0]), rate, firm=False)


def _poor_of(page: Page, rate: Figure) -> Figure | None:
    """The poor that a rate counts: the nearest before it that are of its time, else those right before it.

    `2014年识别贫困人口58127人。…剩余7801人,贫困发生率由2014年的24.12%降至3.24%` has both rates in one sentence.
    """
    start, _ = page.sentence(rate)
    last = next(page.before(rate, start), None)
    near = (f for f in page.before(rate) if _are_poor(f) and f.fact.period is not None)
    of_its_time = next((f for f in near if _year_end(f) == _year_end(rate)), None)
    return of_its_time or (last if last is not None and _are_poor(last) else None)


def _year_end(figure: Figure) -> str | None:
    """The period; a year's beginning (`年初的29.8%`) is the end of the year before (`到2016年底,尚有27460人`).

    A year without a month is its end: that is when the poor are counted.
    """
    period = figure.fact.period
    if period is not None and period.isdigit():
        return f"{period}-12"
    return f"{int(period[:4]) - 1}-12" if period and period.endswith("-01") and len(period) == 7 else period


def _are_poor(figure: Figure) -> bool:
    return _is_people(figure) and figure.fact.indicator in _THE_POOR


def _is_people(figure: Figure) -> bool:
    """Persons of the subject as a whole."""
    return figure.unit is Unit.PERSON and figure.fact.place is None and _is_amount(figure)


_ALL_ARE_RURAL = (Indicator.RURAL_POPULATION, Indicator.POPULATION)
_THE_POOR = (Indicator.REGISTERED_PERSONS, Indicator.REMAINING_PERSONS)


def growth(page: Page) -> Iterator[Relation]:
    """`12.7亿元,较上年增加1.9亿元,增长17.6%`, `由3125元增加到9876元,增长216%`."""
    for rate in page.beside(lead=(_GROWS,)):
        if not _is_rate(rate) or not _GROWS.search(page.lead(rate)):
            continue
        start, _ = page.sentence(rate)
        before = list(page.before(rate, start))[:2]
        if len(before) < 2 or before[0].unit is not before[1].unit:
            continue
        last, first = before
        # 人均可支配收入12406元,比上年增加1038元: an increase does not say again that it is one per head.
        if last.fact.per and last.fact.per != first.fact.per:
            continue
        if regex(r"[较比][^,。;]{0,10}(?:增加|增长|增|多)(?:了|脱贫|投入)?$").search(page.lead(last)):
            yield Relation("增长率 = 增加 ÷ 原数", Arithmetic.INCREASE, (first, last), rate)
        elif regex(r"(?:增加|增长|提高|上升|扩大|升)(?:到|至)了?$").search(page.between(first, last)):
            yield Relation("增长率 = 增加 ÷ 原数", Arithmetic.GROWTH, (first, last), rate)


def points(page: Page) -> Iterator[Relation]:
    """`由14.2%下降到2.6%,下降11.6个百分点`: the points are the difference of the two rates."""
    for figure in page.beside(lead=(_MOVES,)):
        if figure.unit is not Unit.PERCENT_POINT or not _MOVES.search(page.lead(figure)):
            continue
        rates = list(page.before(figure, page.sentence(figure)[0]))[:2]
        if len(rates) < 2 or not all(_is_rate(f) for f in rates) or not _FROM.search(page.lead(rates[1])):
            continue
        after, before = rates
        moves = _MOVES.search(page.between(before, after)[:-1])
        if moves is not None:
            pair = (before, after) if moves["down"] else (after, before)
            yield Relation("百分点 = 前后之差", Arithmetic.DIFFERENCE, pair, figure)


RULES = (points, paired, completion, share, of_named, poverty, growth)
