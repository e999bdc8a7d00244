"""Parts named after their whole: 其中, 其余, and 第一批 … 第二批."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from re import compile as regex

from schemas.vocabulary import Indicator, Qualifier, Status, Unit
from summarizer.checks.figure import Figure, Page, alike, homes, magnitude, sentence_end, sentence_start
from summarizer.checks.needs import needs
from summarizer.checks.relation import Arithmetic, Relation
from summarizer.patterns import compiled
from summarizer.precheck import clause

_AMONG = compiled(r"其中|(?<![一二三])分别(?:是|为)")
_REST_AHEAD = regex(r"其余|余下|剩余|剩下")
_REST_OF_SAME = regex(r"(?:其余|余下|剩余|剩下|还剩)(?:的|下)?[^,。;:!?\d]{0,4}$")
_UNDONE = regex(r"(?:未(?:脱贫|整改|完成|竣工|开工|搬迁|办结|入住|退出|出列)|在建)[^,。;:!?\d]{0,4}$")
_UNDONE_AFTER = regex(r"^(?:正)?(?:在建|在施工|在收尾)")
_ONE_MORE = regex(r"(?:还有|另有|另外|未开工|待建|拟建|未动工)[^,。;:!?\d]{0,4}$")
_OF_THE_PART = regex(r"^目前")
"""`集中安置220户,目前已有148户完工`: part of the part before."""
_ALREADY = regex(r"(?:已有?|完成|整改|办结|建成|竣工|完工|开工|入住|搬迁|退出|销号|解决)[^,。;!?\d]{0,6}$")
_JOINT_ITEM = regex(r"^,[^,。;\d]{4,30}(?:合计|共计?)$")
_ALL_TOLD = regex(r"(?:合计|共计|总计|一共)[^,。;!?\d]{0,4}$")
_DIRECTLY_AMONG = regex(r"其中(?!,)")
"""`其中,县城安置点建设住房44栋,18栋已封顶,其余26栋正在施工` opens another matter."""
_WHOLE_LEAD = regex(
    r"(?:共|总|全[县市区州旗乡镇村]|规划|计划|反馈|下达|涉及|实施|建设|确定|排查|梳理|存量)[^,。;!?]{0,16}$"
)
_TAKES_PART = regex(r"(?:参与|其中|每|已|完成)[^,。;!?]{0,10}$")
_ANOTHER_TOTAL = regex(r"[共总](?![户人个]?[数量额])|累计")
_NUMBERED = regex(r"第?(?P<number>[一二三四])(?P<step>批|季度|期|标段)[^,。;!?\d]{0,8}$")
_HOLDS_A_SHARE = regex(r"占(?:比|总[量数额]的?)?(?:为|达)?$")
_REMAINING = frozenset({Indicator.REMAINING_HOUSEHOLDS, Indicator.REMAINING_PERSONS})
_LIFTED = frozenset({Indicator.LIFTED_HOUSEHOLDS, Indicator.LIFTED_PERSONS})
_NESTED = frozenset({Indicator.POPULATION, Indicator.RURAL_POPULATION, Indicator.REGISTERED_PERSONS})
_CAUSE = regex(
    r"(?:因[病残学灾婚房丧]|缺[^,。;、\d]{1,4}|其[他它](?:原因)?|自身[^,。;、\d]{1,8}|交通[^,。;、\d]{1,4})(?:致贫)?(?:的)?$"
)
_CAUSES = 3
"""Causes that make a list; two are examples."""
_CAUSES_APART = 3
_NESTED_POOR = frozenset(
    {
        Indicator.REGISTERED_HOUSEHOLDS,
        Indicator.REGISTERED_PERSONS,
        Indicator.REMAINING_HOUSEHOLDS,
        Indicator.REMAINING_PERSONS,
    }
)
_FROM = regex(r"(?:由|从)[^,。;]{0,16}$")
_TO = regex(r"^[^,。;\d]{0,12}(?:到|至|为)(?:\d{4}年[年底末]*的?)?[^,。;\d]{0,6}$")
SUM = "部分之和 = 总数"
PART = "部分 ≤ 总数"


@needs(_AMONG)
def among(page: Page) -> Iterator[Relation]:
    """What stands after 其中, up to the end of the sentence, are parts of the figure of their kind before it.

    A single one does not exceed the whole. Several may leave some of it out, so that their sum is firm only where a
    rest is named (其余).
    """
    for found in _AMONG.finditer(page.text):
        end = clause.end_of(page.text, found.end(), clause.SENTENCE, reach=300)
        start = _start_of_whole(page.text, found.start())
        if _REST_AHEAD.match(page.text, end + 1):
            end = sentence_end(page.text, end + 1)
        while _goes_on(page, found.end(), end):
            end = clause.end_of(page.text, end + 1, clause.SENTENCE)
        inside = page.within(found.end(), end)
        outside = page.within(start, found.start())
        opens = not page.text[sentence_start(page.text, found.start()) : found.start()].strip()
        for whole in _last_of_each_kind(_without_tasks(outside)):
            parts = _run(page, whole, inside)
            if opens and not _is_taken_up(whole, parts, outside):
                continue
            if parts and parts[0] is not inside[0] and not _goes_with(whole, parts[0], inside[0]):
                continue
            if len(parts) == 1:
                yield Relation(PART, Arithmetic.AT_MOST, (whole,), parts[0])
            elif len(parts) > 1 and _are_shares(whole, parts):
                yield from (Relation(PART, Arithmetic.AT_MOST, (whole,), p) for p in parts if _is_of(p, whole))
                firm = bool(_REST_OF_SAME.search(page.lead(parts[-1])))
                if firm or whole.unit is not Unit.CNY or _is_balance(whole, parts):
                    yield Relation(SUM, Arithmetic.SUM, parts, whole, firm=firm)


def _goes_with(whole: Figure, part: Figure, first: Figure) -> bool:
    """Whether a part that is not the first thing told after 其中 is of this whole: persons after households, or alike.

    `补助1500万元;建成站点139个,其中贫困村66个,零售额4.2亿元` takes nothing of the grant.
    """
    people = {first.unit, part.unit} <= {Unit.HOUSEHOLD, Unit.PERSON}
    return people or whole.fact.indicator is part.fact.indicator


def _goes_on(page: Page, start: int, end: int) -> bool:
    """Whether a semicolon joins two parts told alike: `其中产业类2.16亿元,占72%;基础设施类0.84亿元,占28%`."""
    beyond = page.within(end, clause.end_of(page.text, end + 1, clause.SENTENCE))
    inside = page.within(start, end)
    if page.text[end : end + 1] != ";" or not (len(inside) > 1 and len(beyond) == 2):
        return False
    shares = inside[-1].unit is beyond[1].unit is Unit.PERCENT and _HOLDS_A_SHARE.search(page.lead(beyond[1]))
    return bool(shares) and alike(inside[-2], beyond[0])


def _start_of_whole(text: str, at: int) -> int:
    """Where to look for the whole: in the sentence of 其中, or in the one before where it begins a sentence."""
    start = sentence_start(text, at)
    return sentence_start(text, start - 1) if not text[start:at].strip() and text[start - 1 : start] != "\n" else start


def _is_taken_up(whole: Figure, parts: Sequence[Figure], outside: Sequence[Figure]) -> bool:
    """Whether a sentence that begins with 其中 goes on about this figure: the only one of its kind, the same quantity.

    `苹果10.2万亩、花椒22万亩、竹子35.6万亩。其中,昭阳区苹果面积达60万亩,产值45亿元` is about none of them.
    """
    alone = sum(alike(whole, f) for f in outside) == 1
    return alone and all(f.fact.indicator is whole.fact.indicator for f in parts)


def _without_tasks(figures: Sequence[Figure]) -> list[Figure]:
    """`输转劳务7.64万人,完成任务8万人的95.5%,其中贫困劳动力2.38万人`: part of what was done, not of the task."""
    done = [f for f in figures if f.fact.status is Status.ACHIEVED]
    return [f for f in figures if f.fact.status is not Status.PLANNED or not any(alike(f, d) for d in done)]


def _is_balance(whole: Figure, parts: Sequence[Figure]) -> bool:
    """Whether a sum of money is broken down rather than illustrated: three parts, or two in its own magnitude.

    `总投资3.6亿元,其中财政资金1.2亿元,企业捐赠5000万元` leaves out the rest without a word.
    """
    return len(parts) >= 3 or len({magnitude(f.words) for f in (whole, *parts)}) == 1


def _is_of(part: Figure, whole: Figure) -> bool:
    """Whether a part that need not complete the whole is surely of it: one quantity, counted by one word."""
    return part.fact.indicator is whole.fact.indicator and part.fact.counted == whole.fact.counted


def _are_shares(whole: Figure, parts: Sequence[Figure]) -> bool:
    """Whether parts may add up: exact figures, none of which holds the others (`24万人,其中20万农业人口`)."""
    exact = all(f.fact.qualifier is Qualifier.EXACT for f in (whole, *parts))
    return exact and len({f.fact.indicator for f in parts} & _NESTED) < 2


def _last_of_each_kind(figures: Sequence[Figure]) -> Iterator[Figure]:
    """The figures that no later one of their kind follows; a rate or an average is no whole."""
    for i, figure in enumerate(figures):
        if figure.fact.per or figure.unit is Unit.PERCENT or figure.fact.upper is not None:
            continue
        if not any(alike(figure, later) for later in figures[i + 1 :]):
            yield figure


def _run(page: Page, whole: Figure, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """The parts of a whole: figures of its kind until the text turns to something else.

    A total (共), a second 其中, more than two clauses without such a figure, or a comma after parts that 、 joined end
    the list: `其中产业类31个、教育类8个,截至12月完工54个`.
    """
    parts: list[Figure] = []
    enumerated = False
    for figure in figures:
        fits = alike(figure, whole) or (_REST_OF_SAME.search(page.lead(figure)) and _rest_of(whole, figure))
        if not fits or figure.fact.upper is not None or _OF_THE_PART.search(page.lead(figure)):
            continue
        gap = page.between(parts[-1], figure) if parts else ""
        if _AMONG.search(gap) or _ANOTHER_TOTAL.search(gap) or sum(gap.count(c) for c in ",;") > 2:
            break
        joint = "、" in (figure.fact.place or "") and _JOINT_ITEM.search(gap)
        if enumerated and "," in gap and not joint and not _REST_OF_SAME.search(gap):
            break
        enumerated = enumerated or (bool(parts) and "、" in gap and "," not in gap)
        parts.append(figure)
    return tuple(parts)


def rest(page: Page) -> Iterator[Relation]:
    """`反馈46个问题,已办结44个,剩下两个`, `规划14个安置点 … 已有1个入住,其余13个`: the rest completes a whole.

    The poor who are left are the rest of those registered (`standing`), never of those lifted in a year.
    """
    for last in page.beside(joint=(_UNDONE, _REST_OF_SAME), tail=(_UNDONE_AFTER,)):
        # 财政补助剩余部分的25% is a share of the rest.
        if last.fact.per or last.fact.upper is not None or last.unit is Unit.PERCENT:
            continue
        lead = page.joint_lead(last)
        undone = bool(_UNDONE.search(lead) or _UNDONE_AFTER.search(page.tail(last)))
        if not (undone or _REST_OF_SAME.search(lead)):
            continue
        start, end = page.sentence(last)
        if _DIRECTLY_AMONG.search(page.text, start, last.start):
            continue
        same = [f for f in reversed(list(page.before(last, start))) if _rest_of(f, last)]
        same = same[max((i for i, f in enumerate(same) if _ALL_TOLD.search(page.joint_lead(f))), default=0) :]
        if same and last.fact.indicator in _REMAINING and same[0].fact.indicator in _LIFTED:
            continue
        if any(is_change(page, a, b) for a, b in pairwise(same)):
            continue
        more = [f for f in page.after(last, end) if undone and alike(f, last) and _ONE_MORE.search(page.lead(f))][:1]
        if len(same) >= 2:
            firm = bool(_WHOLE_LEAD.search(page.joint_lead(same[0]))) or all(
                _ALREADY.search(page.joint_lead(f)) for f in same[1:]
            )
            yield Relation(SUM, Arithmetic.SUM, (*same[1:], last, *more), same[0], firm=firm)
        elif not undone and len(same) == 1 and _ALREADY.search(page.joint_lead(same[0])):
            whole = _whole_before(page, same[0])
            if whole is not None:
                yield Relation(SUM, Arithmetic.SUM, (same[0], last), whole)


def is_change(page: Page, before: Figure, after: Figure) -> bool:
    """Whether the text tells what one figure became: `由157万人减少至1.6万人`, `从超过90%降到目前的61%`."""
    return bool(_FROM.search(page.lead(before)) and _TO.search(page.between(before, after)))


def _rest_of(figure: Figure, last: Figure) -> bool:
    """What follows 其余 needs no noun of its own: `1个安置点…,其余13个主体工程完工` counts 安置点."""
    both = figure.unit is last.unit is Unit.COUNT and (figure.fact.counted or "")[-1:] not in set("类村县")
    if figure.unit is Unit.COUNT and figure.fact.counted is None and last.fact.counted is not None:
        return False
    same = alike(figure, last) or both or homes(figure, last)
    return figure.fact.upper is None and not figure.fact.per and same


def _whole_before(page: Page, first: Figure) -> Figure | None:
    """The nearest earlier figure of the kind whose wording makes it a whole, in the same paragraph."""
    start, _ = page.paragraph(first)
    for figure in page.before(first, start):
        if not _rest_of(figure, first):
            continue
        lead = page.joint_lead(figure)
        if _WHOLE_LEAD.search(lead) and not _TAKES_PART.search(lead):
            return figure
    return None


@needs(_CAUSE)
def causes(page: Page) -> Iterator[Relation]:
    """`贫困户2.19万户…缺资金9636户、缺技术5471户、因病3504户、…其他1100户`: each poor household has one main cause."""
    run: list[Figure] = []
    for figure in (*page.figures, None):
        if figure is not None and (not run or alike(run[-1], figure)) and _CAUSE.search(page.lead(figure)):
            run.append(figure)
            continue
        if len(run) >= _CAUSES:
            near = (f for f in page.before(run[0]) if alike(f, run[0]) and f.fact.indicator in _NESTED_POOR)
            whole = next((f for f in near if page.sentences_between(f, run[0]) <= _CAUSES_APART), None)
            if whole is not None and whole.fact.place == run[0].fact.place:
                yield Relation(SUM, Arithmetic.SUM, tuple(run), whole, firm=False)
        run = []


def batches(page: Page) -> Iterator[Relation]:
    """`96个项目第一批64个基本完成,第二批32个开工`: numbered steps, from the first, of a whole told just before."""
    led = (f for f in page.beside(lead=(_NUMBERED,)) if not f.fact.per)
    steps = [(f, found) for f in led if (found := _NUMBERED.search(page.lead(f)))]
    for i, (first, found) in enumerate(steps):
        if found["number"] != "一":
            continue
        parts = [first]
        for (figure, later), number in zip(steps[i + 1 :], "二三四", strict=False):
            if later["number"] != number or later["step"] != found["step"] or not alike(first, figure):
                break
            parts.append(figure)
        start = _start_of_whole(page.text, sentence_start(page.text, first.start))
        near = (f for f in page.before(first, start) if alike(f, first) and f.fact.upper is None)
        whole = next((f for f in near if f.fact.status is not Status.PLANNED), None)
        if whole is not None and len(parts) >= 2:
            yield Relation(SUM, Arithmetic.SUM, tuple(parts), whole, firm=False)


RULES = (among, rest, causes, batches)
