"""What a number is stated for: each household, person, mu, thing, year, month or day.

A cue (`户均`, `每人每月`, `年收入`, `一亩地`) opens a scope on one of two axes, the share (household, person, mu,
unit) and the time (year, month, day); a later cue on the same axis replaces it. `均` reaches the next number, and those
of its unit that a change leads to (`由3125元增加到9876元`); `每` reaches to the end of its clause, or to a total (共).
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from re import compile as regex

from schemas.vocabulary import Per, Qualifier, SetAsideReason, Unit
from summarizer.patterns import compiled
from summarizer.precheck import clause
from summarizer.precheck.candidate import Number

_SHARE = {"户": Per.HOUSEHOLD, "人": Per.PERSON, "亩": Per.MU}
_TIME = {"学年": Per.YEAR, "年": Per.YEAR, "月": Per.MONTH, "日": Per.DAY, "天": Per.DAY}
_PEOPLE = "人|名|位|生|学生|职工|党员|干部|社员|村民|队员|工人|员工|学员|农户成员"
_THINGS = (
    "个|座|村|县|乡|镇|乡镇|校|班|所|家|处|栋|棚|间|台|只|头|羽|斤|公斤|吨|千克|平方米|平米|公里|公顷|千瓦|度|千瓦时|次|场|期|批|件|箱|袋|份|套|条|棵|株"
    "|支|辆|车|组|队|岗|项|亩次|茬|季|筐|瓶|盒|升|立方米|米|里|枚|对|张|片|根|趟|企业|社|单位|股"
)
_OWN_UNIT = {
    Per.HOUSEHOLD: Unit.HOUSEHOLD,
    Per.PERSON: Unit.PERSON,
    Per.MU: Unit.MU,
    Per.YEAR: Unit.YEAR,
    Per.MONTH: Unit.MONTH,
    Per.DAY: Unit.DAY,
}

_CUE = compiled(
    r"(?P<mean>[户人]年均(?!衡|等|匀|气温)|(?<![平])(?:户|人|亩|年|月|日|村|校|社|天|头|棚|单)均(?!衡|等|匀|势|为贫|气温)|亩产|单产|单价|每亩产|亩(?=收入|收益|纯收入|产值|增收|增产|节本|效益))"
    rf"|(?P<each>每(?:一|1)?(?:个?(?P<each_time>学年|年|月|天|日|季度|周|学期)(?!度)|(?P<each_share>户|亩|(?:{_PEOPLE})(?!均)|{_THINGS})))"
    r"|(?P<wage>(?<![0-9本当上下每])月(?=工资|薪))"
    r"|(?P<yearly>(?:(?<=目前)|(?<![0-9今去前当本每全一两半整近上下早往历同常终财明多几连十百学成青少中老壮过新周]))(?P<yearly_time>(?<!后)[年月]|(?<![昨生节假末次即])日(?=工资|薪|产|加工|处理|供水|接待|销售|屠宰))"
    r"(?=人均|户均|均|收入|纯|收益|增收|销售|产|出栏|接待|发电|加工|营业|利润|工资|薪|租金|分红|补|可|用|屠宰|销|盈利|净|培训|育|供|处理|节约|减排|支付|支出|返|固定|保底|息|化收益|化利率|利率|利息|增长|降水|降雨|标准|租)"
    r"(?!可研|补充|产权|用电量占|纯属))"
    r"|(?P<total>共计?|累计|合计|总计|总共|总额|总投资|总产|总收入|的(?:标准|价格|比例|额度|水平|政策|要求|单价|工价|目标|速度))"
)
_RESET_ACROSS = regex(
    r"共|累计|合计|总|全[县市镇村省区乡]|目前|截至|其中|带动|覆盖|惠及|涉及|已|今年|去年|完成|实现|建成|发放"
)
_ONE = regex(
    r"一(?:(?P<share>户|亩|个?人)|(?P<time>年|天|个月)|(?P<thing>斤|公斤|吨|个[\u4e00-\u9fff]{1,3}|茬|头|只|棵|株|棚|座|季|台|次|箱|度))地?"
)
_ALWAYS_EACH = regex(
    r"(?<![近过第这那每整用])一(?:[亩斤吨头只棵株]|公斤|[趟晚](?=[就得要能可])|(?<!年一)年(?![时来间后内前多半之以])|天(?![时来间后内前])|个月(?![时来间后内前多]))"
)
"""One mu, pound, animal, year, month or day is a denominator wherever it stands (`土地一亩年收入1400元`)."""
_SLASH = regex(
    rf"\s?(?:/每?|[每一])(?:(?P<share>户|亩|人)|(?P<time>年|月|天|日)|(?P<thing>{_THINGS}))(?![\u4e00-\u9fff]?[均户])(?:[·./•](?P<time2>年|月|天|日))?"
)
_EACH_JUST_BEFORE = regex(r"各(?![类级地项种部乡镇村县市区单族界方])[^,。;:!?、\d]{0,4}$")
_CHANGE = regex(r"[增提升降减到至为—]")
_ALL = regex(r"(?:全部|(?<![人户亩村年月日平])均|都|普遍|全都)[^,。;\d]{0,4}$")
_VILLAGE_INCOME = regex(
    r"(?:贫困|行政|自然|薄弱|个|各|所有|每个)村(?:村级|村|的)?集体[^,。;:!?、]{0,16}$"
    r"|(?:个|各|所有)[\u4e00-\u9fff]{0,4}村年?(?:经营性)?收入[^,。;:!?、]{0,6}$"
)
_COLLECTIVE = regex(r"集体")
_VILLAGES_WITH = regex(r"的(?:[\u4e00-\u9fff]{0,3})村")
_KIND_OF = regex(r"(?:的[\u4e00-\u9fff]{0,6}?|[\u4e00-\u9fff]{0,4}?)(?:村(?![民里干])|基地|合作社|企业|公司|园区)")
"""What a size sets apart: 超过50万元的村, 年产值百万元以上的合作社, 千亩以上黄桃基地."""
_LIMITED = frozenset({Qualifier.OVER, Qualifier.UNDER, Qualifier.AT_LEAST})
_MORE = regex(r"^,?\s?(?:比|较|同比)[^,。;:!?\d]{0,8}?(?:增加|增长|增收|提高|净增|多|增)了?$")
"""What leads from a figure to how much more that is than before: 人均收入12406元,比上年增加 + 1038元."""
_NEXT_CLASS = regex(
    r"^[,、;]\s?(?!最)[\u4e00-\u9fff()“”]{0,6}(?:学|中|生|段|科|专|职|园|户|级|类|档|人员|人|者|型)(?:为|补助|补贴|奖补|奖励)?$"
)
"""What leads from one of a list of rates to the next: 每生每学年1750元,小学 + 2400元; never to 最多的一户1.9万元."""
_PART = regex(r"^,\s?其中[\u4e00-\u9fff]{0,8}$")
"""What leads from an amount for each to a part of it: 每亩补助1500元,其中种苗费 + 300元."""
_NEXT_OF_EACH = regex(r"^[、和及]$")
"""Between two values of 分别 (户均补助分别为0.75万元和2.2万元)."""
_EACH_OF = frozenset({Per.HOUSEHOLD, Per.PERSON, Per.MU, Per.UNIT})
_TOTAL = regex(r"共|总|累计|合计|全[县市镇区乡]")
_ONE_VILLAGE_AT_MOST = 10**6
"""Yuan: more than a village collective takes in a year, so a larger amount is the sum of many."""
_VILLAGES = regex(r"(?<![农乡驻])村(?!民|级干)")
_HOLDERS = {**_SHARE, "名": Per.PERSON, "位": Per.PERSON}
_WAGES = ("工资", "薪")
_WORKERS = regex(r"工人|员工|职工|务工人员|务工者|务工群众|妇女|村民们|群众|劳动力|贫困户|[们均]|平均|岗位")
"""Who earns a wage, where it is that of many."""
_OWNED = frozenset({Unit.MU, Unit.COUNT, Unit.KG, Unit.M2})
_NEXT_THING = regex(r"^[\u4e00-\u9fff]{0,2}[、和及](?![总共])[\u4e00-\u9fff]{0,3}$")
"""What leads from what each has on average to what else: 户均养羊10只、牛 + 2头."""
_AVERAGE = regex(r"(?P<holder>[户村人民工员社])[\u4e00-\u9fff]{0,6}平均[^,。;:!?、\d]{0,8}$")
"""An average whose holder stands before it: 村集体平均收入 + 11万元."""
_OF_AVERAGE = {"户": Per.HOUSEHOLD, "村": Per.UNIT, "社": Per.UNIT}
_SAME_SCALE = 20
"""How much larger one rate of a list may be than the one before it."""
_SUPPORT = regex("补|奖|资助|救助")
_NEXT_KIND = regex(
    r"^[,、;]\s?(?![\u4e00-\u9fff]*(?:[共总计累拨发投支兑报增收奖获领挣赚卖最]|落实|利润|惠及))[\u4e00-\u9fff]{1,4}$"
)
"""What leads from a rate to that of the next kind: 母猪每头补贴100元,育肥猪 + 50元."""
_REACH = 60
"""Characters a cue reaches at most, in a text without punctuation."""
_SHARED_TOO_SMALL = Decimal(50)
"""Yuan: a yearly amount that would leave less for each household or person is what each of them gets."""


@dataclass(frozen=True, slots=True)
class _Cue:
    start: int
    end: int
    dims: tuple[Per, ...]
    mean: bool = False
    distributive: bool = False
    total: bool = False
    condition: bool = False


def stated_for(text: str, numbers: Iterable[Number]) -> Iterator[Number]:
    """The numbers with their `per`; a 一 that turns out to be a denominator is set aside as such."""
    listed = _with_denominators(text, list(numbers))
    cues = sorted(_cues(text, listed), key=lambda c: c.start)
    scope = _Scope(text)
    done = 0
    facts: list[Number] = []
    for number in listed:
        while done < len(cues) and cues[done].end <= number.number_at:
            scope.open(cues[done])
            done += 1
        if number.set_aside is not None:
            yield number
            continue
        dims = set(scope.over(number)) | set(_after(text, number)) | set(_around(text, number, facts, listed))
        dims = dims or set(_as_before(text, number, facts[-1:]))
        if (Per.YEAR in dims or Per.MONTH in dims) and not dims & {Per.HOUSEHOLD, Per.PERSON, Per.UNIT}:
            dims |= set(_shared_too_small(text, number, facts))
        dims = {d for d in dims if _OWN_UNIT.get(d) is not number.unit}
        facts.append(replace(number, per=tuple(d for d in Per if d in dims)) if dims else number)
        yield facts[-1]


class _Scope:
    """The cues that reach the next number; moves forward through the text only."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._cues: list[_Cue] = []
        self._claimed: dict[_Cue, Number] = {}

    def open(self, cue: _Cue) -> None:
        """A cue takes the place of one on its axis; a total ends them all."""
        self._leave(cue.start)
        if cue.total:
            self._cues = [c for c in self._cues if cue.start - c.end <= 1]
            return
        share = set(cue.dims) & {*_SHARE.values(), Per.UNIT}
        time = set(cue.dims) & set(_TIME.values())
        self._cues = [
            c
            for c in self._cues
            if not (share and set(c.dims) & {*_SHARE.values(), Per.UNIT})
            and not (time and set(c.dims) & set(_TIME.values()))
        ]
        self._cues.append(cue)

    def over(self, number: Number) -> set[Per]:
        """What this number is stated for by the open cues."""
        self._leave(number.number_at)
        dims: set[Per] = set()
        for cue in list(self._cues):
            if any(_OWN_UNIT.get(d) is number.unit for d in cue.dims):
                # 每户补助3000元为200户: the count of households ends what is said of each.
                self._cues.remove(cue)
            elif self._reaches(cue, number):
                dims |= set(cue.dims)
                self._claimed.setdefault(cue, number)
        return dims

    def _leave(self, at: int) -> None:
        self._cues = [c for c in self._cues if self._open_at(c, at)]

    def _open_at(self, cue: _Cue, at: int) -> bool:
        if at - cue.end > _REACH:
            return False
        between = self._text[cue.end : at]
        breaks = clause.CLAUSE_BREAK.findall(between)
        if not breaks:
            return True
        return (cue.distributive or cue.condition) and breaks == [","] and not _RESET_ACROSS.search(between)

    def _reaches(self, cue: _Cue, number: Number) -> bool:
        between = self._text[cue.end : number.number_at]
        if cue.mean:
            first = self._claimed.get(cue)
            if first is not None:
                link = self._text[first.end : number.start]
                if first.unit is number.unit and _CHANGE.search(link) and len(link) <= 16:
                    return True
                owned = {first.unit, number.unit} <= _OWNED and set(cue.dims) & set(_SHARE.values())
                return bool(owned) and _NEXT_THING.match(link) is not None
            # 人均纯收入增长11%: a rate of growth is no share of a person.
            return number.unit is not Unit.PERCENT or bool(set(cue.dims) & set(_TIME.values()))
        if "," in between and not cue.condition:
            # 每人包抓1个乡镇,帮扶2—3户: a small number goes on being for each; a large one is a total.
            first = self._claimed.get(cue)
            return first is not None and _small_count(first) and _small_count(number)
        return True


def _small_count(number: Number) -> bool:
    holders = (Unit.COUNT, Unit.HOUSEHOLD, Unit.PERSON)
    return number.unit in holders and number.counted != "份" and 0 < (number.upper or number.value or 0) <= 10


def _cues(text: str, numbers: list[Number]) -> Iterator[_Cue]:
    for match in _CUE.finditer(text):
        start, end = match.span()
        word = match.group()
        if match["mean"]:
            dim = _SHARE.get(word[0]) or _TIME.get(word[0]) or Per.UNIT
            if word[1:2] == "年":
                yield _Cue(start, end, (dim, Per.YEAR), mean=True)
                continue
            if dim in (Per.YEAR, Per.MONTH, Per.DAY) and text.startswith(_WAGES, end):
                yield _Cue(start, end, _wage(text, start, numbers, dim), mean=True)
                continue
            yield _Cue(start, end, (Per.MU if word in ("亩产", "单产", "每亩产", "亩") else dim,), mean=True)
        elif match["each_time"]:
            if match["each_time"] in _TIME:
                yield _Cue(start, end, (_TIME[match["each_time"]],))
        elif match["each_share"]:
            share = match["each_share"]
            person = share not in _SHARE and regex(_PEOPLE).fullmatch(share)
            yield _Cue(start, end, (Per.PERSON if person else _SHARE.get(share, Per.UNIT),), distributive=True)
        elif match["wage"]:
            yield _Cue(start, end, _wage(text, start, numbers, Per.MONTH), mean=True)
        elif match["yearly"]:
            time = _TIME[match["yearly_time"]]
            wage = text.startswith(_WAGES, end) or (time is Per.MONTH and text.startswith("收入", end))
            yield _Cue(start, end, _wage(text, start, numbers, time) if wage else (time,), mean=True)
        else:
            yield _Cue(start, end, (), total=True)
    for number in numbers:
        if number.set_aside is SetAsideReason.PER_UNIT:
            one = _ONE.match(text, number.number_at)
            dim = _denominator(one["share"], one["time"]) if one else _condition(text[number.number_at : number.end])
            yield _Cue(number.start, number.end, (dim,), condition=not one)


def _wage(text: str, at: int, numbers: list[Number], time: Per) -> tuple[Per, ...]:
    """What a wage is stated for: for each person where it is that of many, for the time alone where one earns it.

    安置132人,月工资3200元 and 工人月工资 tell of each of them; 老赵在西安务工,月工资5500元 of him.
    """
    start = clause.start_of(text, at, clause.SENTENCE, 60)
    many = _WORKERS.search(text, start, at) or any(
        n.unit in (Unit.PERSON, Unit.HOUSEHOLD) and n.set_aside is None and (n.value is None or n.value > 1)
        for n in _between(numbers, start, at)
    )
    return (Per.PERSON, time) if many else (time,)


def _between(numbers: list[Number], start: int, end: int) -> list[Number]:
    first = bisect_left(numbers, start, key=lambda n: n.start)
    return numbers[first : bisect_left(numbers, end, key=lambda n: n.start)]


def _condition(mention: str) -> Per:
    """每吸纳1名 is for each person; 每10户 is for each ten of them."""
    return _HOLDERS.get(mention[-1], Per.UNIT) if mention[:-1] in ("1", "一") else Per.UNIT


def _denominator(share: str | None, time: str | None) -> Per:
    if share:
        return _SHARE[share.removeprefix("个")]
    return _TIME[time.removeprefix("个")] if time else Per.UNIT


def _with_denominators(text: str, numbers: list[Number]) -> list[Number]:
    """一 that heads a clause (`一斤20块`, `一个棚一茬赚上千元`) is what the next number is stated for."""
    listed = list(numbers)
    for i, number in enumerate(listed):
        if number.set_aside is not SetAsideReason.FIXED_PHRASE or not text.startswith("一", number.start):
            continue
        before = text[number.start - 1 : number.start]
        heads = (
            _ALWAYS_EACH.match(text, number.start)
            or not before
            or before in clause.PHRASE
            or (i > 0 and _touches(listed[i - 1], number))
        )
        if heads and _ONE.match(text, number.start) and _measures_later(text, listed[i + 1 : i + 5], number.end):
            listed[i] = replace(number, set_aside=SetAsideReason.PER_UNIT)
    return listed


def _touches(first: Number, second: Number) -> bool:
    """一个棚一茬: one denominator after another."""
    return first.set_aside is SetAsideReason.PER_UNIT and second.start - first.end <= 3


def _measures_later(text: str, following: list[Number], at: int) -> bool:
    """Whether a fact of the same clause follows: money or produce, or a count of times."""
    for number in following:
        if clause.CLAUSE_BREAK.search(text, at, number.number_at):
            return False
        if number.set_aside is None:
            return number.unit in (Unit.CNY, Unit.KG, Unit.TIME, Unit.USD, Unit.KILOWATT_HOUR, Unit.DAY)
    return False


def _after(text: str, number: Number) -> tuple[Per, ...]:
    """`200元/亩`, `3元/人·天`, `20元一斤`."""
    match = _SLASH.match(text, number.end)
    if match is None or (text[number.end] != "/" and number.unit not in (Unit.CNY, Unit.KG, Unit.USD)):
        return ()
    first = _denominator(match["share"], match["time"])
    return (first, _TIME[match["time2"]]) if match["time2"] else (first,)


def _around(text: str, number: Number, before: list[Number], numbers: list[Number]) -> tuple[Per, ...]:
    """`23个村各100千瓦`, `10兆瓦6座`, `9个…10兆瓦以上电站`, `255个村集体经济全部过万`."""
    start = clause.start_of(text, number.start, clause.PHRASE, 30)
    last = before[-1] if before and before[-1].end >= start else None
    if _EACH_JUST_BEFORE.search(text, start, number.start):
        holders = {Unit.HOUSEHOLD: Per.HOUSEHOLD, Unit.PERSON: Per.PERSON}
        return (holders.get(last.unit, Per.UNIT) if last else Per.UNIT,)
    if last and Per.UNIT in last.per and number.unit is Unit.COUNT and "各" in text[start : last.start]:
        return (Per.UNIT,)
    if last and last.unit is Unit.COUNT and number.unit is not Unit.COUNT and _ALL.search(text, start, number.start):
        return (Per.UNIT,)
    if (
        number.unit is Unit.CNY
        and _ALL.search(text, start, number.start)
        and _VILLAGES.search(text, start, number.start)
    ):
        return (Per.UNIT,)
    if number.unit is Unit.CNY and number.value is not None and number.value < _ONE_VILLAGE_AT_MOST:
        owner = _VILLAGE_INCOME.search(text, start, number.start)
        owner = owner or (_COLLECTIVE.search(text, start, number.start) and _VILLAGES_WITH.match(text, number.end))
        if owner and not _TOTAL.search(text, start, number.start):
            return (Per.UNIT,)
    if number.unit is Unit.CNY and (average := _AVERAGE.search(text, start, number.start)):
        return (_OF_AVERAGE.get(average["holder"], Per.PERSON),)
    if number.unit in (Unit.CNY, Unit.MU, Unit.HOUSEHOLD) and number.qualifier in _LIMITED:
        kind = _KIND_OF.match(text, number.end)
        if kind and (kind.group().startswith("的") or text.endswith(("以上", "以下"), number.start, number.end)):
            return (Per.UNIT,)
    if number.unit in (Unit.KILOWATT, Unit.M2, Unit.M3) and _describes(text, number, last, numbers):
        return (Per.UNIT,)
    return ()


def _as_before(text: str, number: Number, before: list[Number]) -> tuple[Per, ...]:
    """What the amount in front is stated for, where this one goes on from it: how much more, or the next of a list."""
    if not before or number.unit is not Unit.CNY or before[0].unit is not number.unit:
        return ()
    last = before[0]
    between = text[last.end : number.start]
    part = last.value is not None and number.value is not None and number.value < last.value
    if last.per and part and _PART.match(between):
        return last.per
    listed = _NEXT_OF_EACH.match(between) and "分别" in text[max(0, last.start - 6) : last.start]
    if last.per and (_MORE.match(between) or listed):
        return last.per
    if not _EACH_OF & set(last.per):
        return ()
    alike = (
        _SUPPORT.search(text, max(0, last.start - 10), last.start)
        and last.value
        and number.value
        and max(last.value, number.value) <= _SAME_SCALE * min(last.value, number.value)
    )
    return last.per if _NEXT_CLASS.match(between) or (alike and _NEXT_KIND.match(between)) else ()


def _describes(text: str, number: Number, last: Number | None, numbers: list[Number]) -> bool:
    """Whether a size describes each thing of a count after it, or before it in the same noun phrase."""
    following = next((n for n in _from(numbers, number.end) if n.set_aside is None), None)
    if (
        following
        and following.unit is Unit.COUNT
        and following.counted in ("座", "个", "处", "栋", "套", "台", "电站", "幢", "间")
    ):
        gap = text[number.end : following.start]
        if len(gap) <= 8 and not any(c in clause.PHRASE for c in gap):
            return True
    return bool(
        number.unit is Unit.KILOWATT
        and last
        and last.unit is Unit.COUNT
        and "的" in text[last.end : number.start]
        and text[number.end : number.end + 1] not in clause.PHRASE
    )


def _from(numbers: list[Number], at: int) -> list[Number]:
    first = bisect_left(numbers, at, key=lambda n: n.start)
    return numbers[first : first + 3]


def _shared_too_small(text: str, number: Number, before: list[Number]) -> tuple[Per, ...]:
    """`1675户每年收益3000元`: shared among them it would be nothing, so each household has it."""
    if number.unit is not Unit.CNY or number.value is None:
        return ()
    start = clause.start_of(text, number.start, clause.CLAUSE, 40)
    for holder in reversed(before[-3:]):
        if holder.start < start:
            break
        if holder.unit in (Unit.HOUSEHOLD, Unit.PERSON) and holder.value:
            too_small = number.value / holder.value < _SHARED_TOO_SMALL
            return ((Per.HOUSEHOLD if holder.unit is Unit.HOUSEHOLD else Per.PERSON),) if too_small else ()
    return ()
