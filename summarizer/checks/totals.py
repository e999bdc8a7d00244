"""Parts named before or apart from their whole: 合计, 加上, 新建…改建, lists of places, timetables, teams."""

from collections.abc import Iterator, Sequence
from re import compile as regex

from schemas.vocabulary import Status, Unit
from summarizer.checks.figure import Figure, Page, alike, sentence_end, sentence_start
from summarizer.checks.needs import needs
from summarizer.checks.relation import Arithmetic, Relation
from summarizer.patterns import compiled
from summarizer.precheck import clause

_FIRM_TOTAL = regex(r"(?:合计|共计|总计|总共|一共|加起来)[^,。;!?\d]{0,8}$")
_TOTAL = compiled(
    _FIRM_TOTAL.pattern + r"|(?:^|[,、])共(?!同|享|建)[^,。;!?\d]{0,4}$|[两二三四五六]年累计[^,。;!?\d]{0,8}$"
)
_COUNTED_TOTAL = regex(r"^[^,。;!?\d]{0,4}(?:合计|共计|总计|总共|共)[^,。;!?\d]{0,4}$")
_NAMED = regex(r"(?P<names>[^,。;:!?\d]{2,40}?)(?:两项|两者|两类|二者|三项|各项)?(?:合计|共计|总计|加起来)")
_AND = regex(r"[、和与及]")
_PLUS = regex(r"加上")
_ALL_TOLD = regex(r"(?:共|总|全家|全年|一年)[^,。;!?\d]{0,10}$")
_BUILT = (regex(r"新建[^,。;!?\d]{0,10}$"), regex(r"(?:改建|扩建|改扩建|维修|改造|修缮)[^,。;!?\d]{0,10}$"))
_EVERY_ONE = regex(r"^[^,。;!?\d]{0,10}(?:全部|均已?|都)")
_TOGETHER = regex(r"合计|共计?")
_OPEN_LIST = regex(r"^[^,。;!?]{0,4}等")
_LEAVES = regex(r"摘帽|退出")
_TEAMS_HELP = regex(r"共(?:帮扶|驻|包联?|结对)[^,。;!?\d]{0,6}$")
SUM = "部分之和 = 总数"


@needs(_TOTAL)
def totals(page: Page) -> Iterator[Relation]:
    """`户用电站和村级电站合计8021座`, `四县合计7.6万人`: a total of what was named or listed before it."""
    for whole in page.figures:
        if whole.fact.per or whole.fact.upper is not None:
            continue
        # 合计838户2210人 adds up both.
        first = page.first_of_run(whole) if whole.unit is Unit.PERSON else whole
        lead = page.text[clause.start_of(page.text, first.start, reach=60) : first.start]
        lead = lead.removeprefix(",")
        if not _TOTAL.search(lead):
            continue
        parts = _by_name(page, whole, lead) or _listed(page, whole)
        if len(parts) >= 2:
            yield Relation(SUM, Arithmetic.SUM, parts, whole, firm=bool(_FIRM_TOTAL.search(lead)))


def _by_name(page: Page, whole: Figure, lead: str) -> tuple[Figure, ...]:
    """For each name joined by 和 before 合计, the last figure of the kind that this name leads to."""
    found = _NAMED.search(lead)
    names = _AND.split(found["names"]) if found else []
    if len(names) < 2 or any(len(n) < 2 for n in names):
        return ()
    start, _ = page.paragraph(whole)
    parts = []
    for name in names:
        near = (f for f in page.before(whole, start) if alike(f, whole) and _is_in(name, page.lead(f)))
        part = next(near, None)
        if part is None:
            return ()
        parts.append(part)
    return tuple(parts) if len({p.id for p in parts}) == len(parts) else ()


def _is_in(name: str, words: str) -> bool:
    """Whether the characters of a name stand in the words in their order: 村级电站 is in 村级集体电站."""
    rest = iter(words)
    return all(c in rest for c in name)


def _listed(page: Page, whole: Figure) -> tuple[Figure, ...]:
    """The unbroken list of figures of its kind before a total, in its sentence; 四县合计 says how long it is."""
    start, _ = page.sentence(whole)
    parts: list[Figure] = []
    wanted = None
    for figure in page.before(whole, start):
        if not parts and figure.unit is Unit.COUNT and _COUNTED_TOTAL.search(page.between(figure, whole)):
            # 四县合计7.6万人
            wanted = int(figure.value) if figure.value is not None else None
            continue
        if {figure.unit, whole.unit} == {Unit.HOUSEHOLD, Unit.PERSON}:
            # 62户200人、24户90人,共86户290人
            continue
        if not alike(figure, whole) or figure.fact.upper is not None or len(parts) == wanted:
            break
        parts.append(figure)
    if wanted is not None and len(parts) != wanted:
        return ()
    return tuple(reversed(parts))


@needs(_PLUS)
def plus(page: Page) -> Iterator[Relation]:
    """`收入2.3万元,加上务工的1.7万元,全家收入有4万元`."""
    for found in _PLUS.finditer(page.text):
        start, end = sentence_start(page.text, found.start()), sentence_end(page.text, found.end())
        before, after = page.within(start, found.start()), page.within(found.end(), end)
        if not before or len(after) < 2:
            continue
        first, second, whole = before[-1], after[0], after[1]
        if alike(first, second) and alike(second, whole) and _ALL_TOLD.search(page.lead(whole)):
            yield Relation(SUM, Arithmetic.SUM, (first, second), whole)


def built(page: Page) -> Iterator[Relation]:
    """`新建卫生室48个、改建17个,65个卫生室全部达标`."""
    for first, second in page.joined(_BUILT[1]):
        _, end = page.sentence(first)
        if second.end > end or not alike(first, second):
            continue
        if not (_BUILT[0].search(page.lead(first)) and _BUILT[1].search(page.lead(second))):
            continue
        whole = next((f for f in page.after(second, end) if alike(f, first) and _EVERY_ONE.search(page.tail(f))), None)
        if whole is not None:
            yield Relation(SUM, Arithmetic.SUM, (first, second), whole, firm=False)


def of_places(page: Page) -> Iterator[Relation]:
    """`指标2000人。…5个贫困县(古县400人、汾西县400人…)`: one figure for each place of a list, of what the subject has.

    Firm where the text says how many places there are and the list has as many.
    """
    for run in _runs_of_places(page):
        first = run[0]
        if _OPEN_LIST.search(page.tail(run[-1])):
            continue
        near = (f for f in page.before(first) if alike(f, first) and f.fact.indicator is first.fact.indicator)
        whole = next((f for f in near if f.fact.place is None), None)
        if whole is None or page.sentences_between(whole, first) > 2 or whole.fact.status is not first.fact.status:
            continue
        counts = [f for f in page.before(first, whole.end) if f.unit is Unit.COUNT and f.value == len(run)]
        yield Relation(SUM, Arithmetic.SUM, run, whole, firm=bool(counts))


_APART = 3
"""Between two items of a list of places stand two other figures at most."""


def _runs_of_places(page: Page) -> Iterator[tuple[Figure, ...]]:
    """Three or more figures of one kind in one sentence, each with a place of its own, nothing else between them.

    Two kinds may take turns: `盐源县减贫2.9万人、退出贫困村86个,雷波县减贫2.4万人、退出贫困村97个`.
    """
    runs: list[list[Figure]] = []
    open_runs: list[list[Figure]] = []
    for figure in page.figures:
        open_runs = [run for run in open_runs if page.apart(run[-1], figure) <= _APART]
        run = next((r for r in open_runs if _goes_on(page, r, figure)), None)
        if run is not None:
            run.append(figure)
        elif figure.fact.place and not figure.fact.per:
            runs.append([figure])
            open_runs.append(runs[-1])
    yield from (tuple(run) for run in runs if len(run) >= 3)


def _goes_on(page: Page, run: Sequence[Figure], figure: Figure) -> bool:
    last = run[-1]
    if figure.fact.indicator is not last.fact.indicator or not alike(last, figure):
        return False
    between = list(page.after(last, figure.start))
    if page.sentences_between(last, figure) or any(alike(f, figure) for f in between):
        return False
    told = {f.fact.place for f in run}
    places = set((figure.fact.place or "").split("、"))
    if len(places) > 1 or not figure.fact.place:
        # The last item may be several places together: 昭觉县、…、越西县7个县合计5.6万人; 四县合计7.6万人 is a total.
        gap = page.between(last, figure)
        return len(run) >= 3 and bool(_TOGETHER.search(gap)) and "、" in gap and not places & told
    return not places & told and len(page.between(last, figure)) <= (10 if not between else 30)


@needs(_LEAVES)
def leaving(page: Page) -> Iterator[Relation]:
    """`2018年底,5个县摘帽。2019年底,3个摘帽。2020年底,2个摘帽` add up to the ten that are all to leave."""
    planned = [
        f
        for f in page.figures
        if f.unit is Unit.COUNT
        and f.fact.status is Status.PLANNED
        and f.fact.place is None
        and (f.fact.counted or "")[-1:] in {"县", "村"}
        and _LEAVES.search(page.text[f.end : page.sentence(f)[1]])
    ]
    for whole in planned:
        parts = [f for f in planned if f is not whole and f.fact.section != whole.fact.section and alike(f, whole)]
        periods = [f.fact.period for f in parts]
        ends = all(p is not None and whole.fact.period is not None and p[:4] <= whole.fact.period[:4] for p in periods)
        if len(parts) >= 2 and len(set(periods)) == len(parts) and ends and "全部" in page.tail(whole):
            yield Relation(SUM, Arithmetic.SUM, tuple(parts), whole, firm=False)


@needs(_TEAMS_HELP)
def teams(page: Page) -> Iterator[Relation]:
    """`市直工作队157支,县直工作队841支,共帮扶998个村`: a team stays in one village."""
    for village in page.figures:
        if village.unit is not Unit.COUNT or not (village.fact.counted or "").endswith("村"):
            continue
        if not _TEAMS_HELP.search(page.lead(village)):
            continue
        start, _ = page.sentence(village)
        sent = [f for f in page.before(village, start) if f.unit is Unit.COUNT and f.fact.counted == "支"]
        if len(sent) >= 2:
            parts = tuple(reversed(sent))
            yield Relation("工作队之和 = 帮扶村数", Arithmetic.SUM, parts, village, firm=False)


RULES = (totals, plus, built, of_places, leaving, teams)
