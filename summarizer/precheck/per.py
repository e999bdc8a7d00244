"""What a number is stated for: each household, person, mu, thing, year, month or day.

A cue (`户均`, `每人每月`, `年收入`, `一亩地`) opens a scope on one of two axes, the share (household, person, mu,
unit) and the time (year, month, day); a later cue on the same axis replaces it. `均` reaches the next number, and those
of its unit that a change leads to (`由3125元增加到9876元`); `每` reaches to the end of its clause, or to a total (共).
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from re import compile as regex

from schemas.vocabulary import Per, SetAsideReason, Unit
from summarizer.patterns import compiled
from summarizer.precheck import beside, clause
from summarizer.precheck.candidate import START, Number
from summarizer.precheck.numerals import CHINESE

_PEOPLE = "人|名|位|生|学生|职工|党员|干部|社员|村民|队员|工人|员工|学员|农户成员"
_OWN_UNIT = {
    Per.HOUSEHOLD: Unit.HOUSEHOLD,
    Per.PERSON: Unit.PERSON,
    Per.MU: Unit.MU,
    Per.YEAR: Unit.YEAR,
    Per.MONTH: Unit.MONTH,
    Per.DAY: Unit.DAY,
}

_CUE = compiled(
    r"(?P<mean>[户人]均一年|[户人]年均(?!衡|等|匀|气温)|[户人]平(?=投入|增收|收入|补助|面积)|(?<![平])(?:户|人|亩|年|月|日|村|校|社|天|头|棚|单|次)均(?!衡|等|匀|势|为贫|气温)|亩产|单产|[单均]价|每亩产|亩(?=收入|收益|纯收入|产值|增收|增产|节本|效益))"
    rf"|(?P<each>每(?:一|1)?(?:个?(?P<each_time>学年|年|月|天|日|季度|周|学期)(?!度)|(?P<each_share>户|亩|(?:{_PEOPLE})(?!均)|{beside.THINGS})))"
    rf"|(?P<alone>(?:(?<=[,。;:!?“\n ])|(?<=平均)|(?<=按))一(?![家期项条]|个月|季度)"
    rf"(?P<alone_of>{_PEOPLE}|{beside.THINGS}|户|亩)(?=[\u4e00-\u9fff]{{0,8}}(?:\d|[{CHINESE}]{{2}})))"
    r"|(?P<single>(?<![简订名清菜账])单(?P<single_of>[户人亩个座栋间家头只株台次笔村])(?![位独口一])|(?P<own>(?<=[,;、])户上?(?=自筹|自掏|自付|自缴))|(?P<sized>(?<=[0-9一二三四五六])人(?:及?以上)?户(?!人?均))"
    r"|(?P<payer>个人(?=缴费|缴纳|(?:年度?)?自付|自缴|支付|参保|(?:实际)?负担)|低保(?:保障)?(?:标准|线)))"
    r"|(?P<yearly_limit>(?:当年(?=个人)|全年(?=累计)|(?<![0-9今去前当本全上每])年(?:度|(?=封顶)))(?=[^,。;:、\d]{0,8}(?:最高|不超过|封顶|限额|自付|负担|赔付|补助最|奖励最)))"
    r"|(?P<wage>(?<![0-9本当上下每])月(?:(?:平均)?(?=工资|薪)|底(?=能?[领拿])))"
    r"|(?P<yearly>(?:(?<=目前|如今)|(?<![0-9今去前当本每全一两半整近上下早往历同常长终财明多几连十百学青少中老壮过新周]))(?P<yearly_time>(?<![后成])年|(?<![后个])月|(?<![昨生节假末次即])日(?=工资|薪|产|收|挖|吃|加工|烘干|处理|供水|接待|销售|屠宰))"
    r"(?=人[均平]|户[均平]|均|收入|日照|经营|毛收|综合收|纯|收益|增收|销售|产|收(?=[鲜购储])|出栏|接待|发电|加工|烘干|营业|经营|利润|工资|薪|租金|分红|补|可|用|屠宰|销|盈利|净|培训|育|供|处理|交易|成交|占用费|节约|减排|支付|支出|返|固定|保底|息|化收益|化利率|利率|利息|增长|降水|降雨|标准|租)"
    r"(?!可研|补充|产权|用电量占|纯属))"
    r"|(?P<total>共计?|累计(?!不超过|最高|最多|不得)|合计|总计|总共|总额|总投资|总产|总收入|的(?:标准|价格|比例|额度|水平|政策|要求|单价|工价|目标|速度))"
)
_RESET_ACROSS = regex(
    r"共|累计|合计|总|全[县市镇村省区乡]|目前|截至|其中|带动|覆盖|惠及|涉及|已|今年|去年|完成|实现|建成|发放"
)
_ONE = regex(
    r"一(?:(?P<share>户|亩|个?人)|(?P<time>年|天|个月)|(?P<thing>斤|公斤|吨|个[\u4e00-\u9fff]{1,3}|茬|头|只|棵|株|棚|座|季|台|次|箱|度|袋|盒|瓶|筐|捆|桶|双|件|套|车|桌|盘|碗|群|担|间|栋|批|趟|窝))地?"
)
_ALWAYS_EACH = regex(
    r"(?<![近过第这那每整用])一(?:[亩斤吨头只棵株]|公斤|趟|晚(?=[就得要能可])|(?<!年一)年(?![时来间后内前多半之以])|天(?![时来间后内前])|个月(?![时来间后内前多])|[间栋处家](?=[补奖卖赚挣租])|人(?=[补奖])|人(?=[包帮联]\d?)|户(?=一个?[年月天]))"
)
"""One mu, pound, animal, year, month or day is a denominator wherever it stands (`土地一亩年收入1400元`)."""
_SHARE_OF = regex(r"占(?!用)")
_CHANGE = regex(r"[增提升降减到至为—]")
_SPANS = frozenset({Unit.YEAR, Unit.MONTH, Unit.DAY})
_DISTANCES = frozenset({Unit.KM, Unit.M})
_HOLDERS = {**beside.SHARE, "名": Per.PERSON, "位": Per.PERSON}
_WAGES = ("工资", "薪")
_WORKERS = regex(r"工人|员工|职工|务工人员|务工者|务工群众|妇女|村民们|群众|劳动力|贫困户|[们均]|平均|岗位")
"""Who earns a wage, where it is that of many."""
_EACH_POST = ("每个岗位", "每岗", "每个岗")
"""Before a wage these say what it is paid for."""
_OWNED = frozenset({Unit.MU, Unit.COUNT, Unit.KG, Unit.M2, Unit.M})
_NEXT_THING = regex(r"^[\u4e00-\u9fff]{0,2}[、和及](?![总共])[\u4e00-\u9fff]{0,3}$")
"""What leads from what each has on average to what else: 户均养羊10只、牛 + 2头."""
_LASTS = frozenset({Unit.HOUR, Unit.MONTH, Unit.KM, Unit.M})
"""Are told of a day or a year (一天干8小时), not of a thing: 一担水来回一个多小时, 送一趟两里路."""
_RATES = frozenset({Unit.PERCENT, Unit.PERCENT_POINT})
_PRICED = frozenset({Unit.CNY, Unit.KG, Unit.M3})
"""What 一 at the head of a clause is a denominator of: 一碗12元; not 一场雨断了五六天."""
_HOLDS = frozenset({"棵", "株", "窝", "箱", "袋", "盒", "车"})
"""What so many things are told of: 一棵树留果120个, 一箱12瓶; not of 一个村."""
_THAT_DAY = regex(r"(?<=[”\"节])一天")
"""One day that has a name: “双十一”一天卖了3200瓶."""
_HELPS = regex(r"[包帮联]")
"""一人包3户."""
_DAILY_WORK = regex(r"[卖接做织编缝采摘包产]")
"""What is done by the piece: 一天能卖三百碗."""
_TIMES = frozenset(beside.TIME.values())
_YIELDS = regex(
    r"^[^,]*\d[^,]*,(?:可?实?现?收入|收益|产值|进账|销售额|纯收入|净?利润|净收入|毛收入|可?增收)[^,\d]{0,4}$"
)
"""From what a year yields to what that is worth: 每年|发电30万度,收入 + 24万元."""

_EARNS = regex(r"^(?:[^,]*(?:刨|扣|除|减)[去掉除][^,]*,|[^,]*\d[^,]*,工资)[^,\d]{0,6}$|^地?的[^,\d]{1,6},[从由]$")
"""From one mu or one month to what is left of it: 一亩地|刨去籽种化肥,落不下 + 200元; 一个月|干满26天,工资 + 2600元."""

_SHARED_OUT = regex(r"^按[^,\d]{0,8}\d[^,]*分红,[^,\d]{0,6}$")
"""From the rate by which each year is shared out to what that is: 每年|按10%保底分红,户均 + 1500元."""

_GRANTED = regex(r"(?:补助|补贴|奖励|资助|救助|奖补)(?:资金)?,[^,\d]{0,6}$")
"""From a grant for each to its amount: 每户|给予产业补助,最高 + 6000元."""

_WORKFORCE = 10
"""People that one is told the wage of: fewer may be a family."""
_OF_A_YEAR = regex(r"^[\u4e00-\u9fff]{1,8},(?:\d{4}年|[去前今]年)[底末]?(?:是|为|达到?|只有|才)?[^,。\d]?$")
"""From an average to its value in the first of several years: 人均收入,2018年是 + 7420元."""

_QUOTED = regex(r"“[^”,。;:!?]{1,12}”")

_REACH = 60
"""Characters a cue reaches at most, in a text without punctuation."""


@dataclass(frozen=True, slots=True)
class _Cue:
    start: int
    end: int
    dims: tuple[Per, ...]
    mean: bool = False
    distributive: bool = False
    total: bool = False
    condition: bool = False
    one: bool = False


def stated_for(text: str, numbers: Iterable[Number]) -> Iterator[Number]:
    """The numbers with their `per`; a 一 that turns out to be a denominator is set aside as such."""
    listed = _with_denominators(text, list(numbers))
    cues = sorted(_cues(text, listed), key=START)
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
        last = facts[-1:]
        dims = scope.over(number).union(beside.after(text, number), beside.around(text, number, facts, listed))
        if not dims:
            dims.update(beside.as_before(text, number, last) or beside.alone(text, number))
        if not dims:
            dims.update(beside.price(number) or beside.insured(text, number))
        if dims:
            dims.update(beside.of_pupils(text, number))
        if dims <= _TIMES:
            dims.update(beside.parted(text, number), beside.paid_each(text, number, last))
        dims.update(beside.holders_before(text, number, last, dims))
        if not dims:
            facts.append(number)
            yield number
            continue
        if (Per.YEAR in dims or Per.MONTH in dims) and not dims & {Per.HOUSEHOLD, Per.PERSON, Per.UNIT}:
            dims |= set(beside.shared_too_small(text, number, facts))
        # 每吸纳1名贫困劳动力就业满6个月: how long is a condition of its own; 每天到两公里外背水: how far, too.
        if number.unit in _SPANS and text.endswith(("满", "为期"), 0, number.number_at):
            dims &= _TIMES
        # 每户分红800元,成活率92%: a share is one of all, unless its own clause says of each: 每户收益不低于10%.
        if number.unit in _RATES and "每" not in text[clause.start_of(text, number.number_at) : number.number_at]:
            dims &= _TIMES
        if number.unit in _DISTANCES and text.startswith(("外", "以外", "远"), number.end):
            dims = set()
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
        share = set(cue.dims) & {*beside.SHARE.values(), Per.UNIT}
        time = set(cue.dims) & set(beside.TIME.values())
        self._cues = [
            c
            for c in self._cues
            if not (share and set(c.dims) & {*beside.SHARE.values(), Per.UNIT})
            and not (time and set(c.dims) & set(beside.TIME.values()))
        ]
        self._cues.append(cue)

    def over(self, number: Number) -> set[Per]:
        """What this number is stated for by the open cues."""
        self._leave(number.number_at)
        dims: set[Per] = set()
        for cue in self._cues.copy():
            if any(_OWN_UNIT.get(d) is number.unit for d in cue.dims):
                # 每户补助3000元为200户: the count of households ends what is said of each.
                self._cues.remove(cue)
            elif self._reaches(cue, number):
                dims |= set(cue.dims)
                self._claimed.setdefault(cue, number)
        return dims

    def _leave(self, at: int) -> None:
        if self._cues:
            self._cues = [c for c in self._cues if self._open_at(c, at)]

    def _open_at(self, cue: _Cue, at: int) -> bool:
        if at - cue.end > _REACH:
            return False
        between = self._text[cue.end : at]
        if "”" in between:
            # 每个“十三五”贫困村不少于200万元: a name in quotation marks ends no clause.
            between = _QUOTED.sub("", between)
        if between.count(")") > between.count("("):
            # 专项资金750万元(每村150万元)、自筹322万元: what brackets hold ends with them.
            return False
        breaks = clause.CLAUSE_BREAK.findall(between)
        if not breaks:
            return True
        if breaks != [","]:
            return False
        if _GRANTED.search(between) or (cue.mean and _OF_A_YEAR.match(between)):
            return True
        if set(cue.dims) <= _TIMES or cue.one:
            earns = cue.one and _EARNS.search(between) is not None
            return earns or _YIELDS.search(between) is not None or _SHARED_OUT.search(between) is not None
        return (cue.distributive or cue.condition) and not _RESET_ACROSS.search(between) and not between.endswith("等")

    def _reaches(self, cue: _Cue, number: Number) -> bool:
        between = self._text[cue.end : number.number_at]
        if cue.mean:
            if cue.one and number.unit not in _PRICED:
                return False
            first = self._claimed.get(cue)
            if first is not None:
                link = self._text[first.end : number.start]
                worth = number.unit is Unit.CNY and first.unit not in _RATES
                if worth and set(cue.dims) <= _TIMES and _YIELDS.search(between):
                    # 年产鱼4.5万吨,产值 + 11亿元: what a year's yield is worth.
                    return True
                if first.unit is number.unit and _CHANGE.search(link) and len(link) <= 16:
                    return True
                owned = {first.unit, number.unit} <= _OWNED and set(cue.dims) & set(beside.SHARE.values())
                return bool(owned) and _NEXT_THING.match(link) is not None
            # 人均纯收入增长11%: a rate of growth is no share of a person; 年交易量占全国的三成 is none of a year.
            return number.unit not in _RATES or (bool(set(cue.dims) & _TIMES) and not _SHARE_OF.search(between))
        if "," in between and (cue.one or set(cue.dims) <= _TIMES or _GRANTED.search(between)):
            # 每年按8%保底分红,22.4万元分给112户: the sum goes without a time, as does the part that each has of it.
            return number.unit is Unit.CNY and ("均" in between or _SHARED_OUT.search(between) is None)
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
        if match["mean"]:
            yield _mean_cue(text, match, numbers)
        elif match["each_time"]:
            if match["each_time"] in beside.TIME:
                time = beside.TIME[match["each_time"]]
                whose = (Per.PERSON, time) if beside.is_each_persons(text, start) else (time,)
                yield _Cue(start, end, _wage(text, start, numbers, time) if text.startswith(_WAGES, end) else whose)
        elif match["each_share"] or match["single"]:
            yield _share_cue(match)
        elif match["alone"]:
            yield _Cue(start, end, (_of_share(match["alone_of"]),), mean=True, one=True)
        elif match["yearly_limit"]:
            yield _Cue(start, end, (Per.YEAR,), mean=True)
        elif match["wage"]:
            yield _Cue(start, end, _wage(text, start, numbers, Per.MONTH), mean=True)
        elif match["yearly"]:
            time = beside.TIME[match["yearly_time"]]
            wage = text.startswith(_WAGES, end) or (time is Per.MONTH and text.startswith("收入", end))
            yield _Cue(start, end, _wage(text, start, numbers, time) if wage else (time,), mean=True)
        else:
            yield _Cue(start, end, (), total=True)
    for number in numbers:
        if number.set_aside is SetAsideReason.PER_UNIT:
            one = _ONE.match(text, number.number_at)
            written = text[number.number_at : number.end]
            dims = _one_of(text, number, numbers, one) if one else _condition(written)
            yield _Cue(number.start, number.end, dims, condition=not one, one=bool(one))


def _one_of(text: str, number: Number, numbers: list[Number], one: re.Match[str]) -> tuple[Per, ...]:
    """What 一亩 or 一个月 is: the month of a workforce is that of each of it (贫困户126人,一个月拿2300元).

    手快的一个月拿4000元 tells of the best of them, 老两口一个月404元 of a family.
    """
    dim = beside.denominator(one["share"], one["time"])
    start = clause.start_of(text, number.start, clause.SENTENCE, 60)
    workforce = dim is Per.MONTH and any(
        n.unit is Unit.PERSON and n.set_aside is None and n.value is not None and n.value >= _WORKFORCE
        for n in _between(numbers, start, number.start)
    )
    return (Per.PERSON, dim) if workforce and not text.endswith("的", 0, number.start) else (dim,)


def _mean_cue(text: str, match: re.Match[str], numbers: list[Number]) -> _Cue:
    """户均, 人年均, 亩产, 月均(工资): an average, or what one mu yields."""
    word, start, end = match.group(), match.start(), match.end()
    dim = beside.SHARE.get(word[0]) or beside.TIME.get(word[0]) or Per.UNIT
    if word[1:2] == "年" or word.endswith("一年"):
        return _Cue(start, end, (dim, Per.YEAR), mean=True)
    if dim in _TIMES and text.startswith(_WAGES, end):
        return _Cue(start, end, _wage(text, start, numbers, dim), mean=True)
    return _Cue(start, end, (Per.MU if word in ("亩产", "单产", "每亩产", "亩") else dim,), mean=True)


def _share_cue(match: re.Match[str]) -> _Cue:
    """每户, 每名学生, 每头; 单户, 3人以上户, and 个人 of what is paid by each."""
    share = match["each_share"]
    if not share:
        of = match["single_of"]
        dim = beside.SHARE.get(of, Per.UNIT) if of else Per.HOUSEHOLD if match["sized"] or match["own"] else Per.PERSON
        return _Cue(match.start(), match.end(), (dim,), mean=True)
    return _Cue(match.start(), match.end(), (_of_share(share),), distributive=True)


def _of_share(share: str) -> Per:
    """What 每 or 一 is said of: people by any word for them, and households, mu and things."""
    person = share not in beside.SHARE and regex(_PEOPLE).fullmatch(share)
    return Per.PERSON if person else beside.SHARE.get(share, Per.UNIT)


def _wage(text: str, at: int, numbers: list[Number], time: Per) -> tuple[Per, ...]:
    """What a wage is stated for: for each person where it is that of many, for the time alone where one earns it.

    安置132人,月工资3200元 and 工人月工资 tell of each of them; 老赵在西安务工,月工资5500元 of him.
    """
    if text.endswith(_EACH_POST, 0, at):
        return (time,)
    start = clause.start_of(text, at, clause.SENTENCE, 60)
    many = _WORKERS.search(text, start, at) or any(
        n.unit in (Unit.PERSON, Unit.HOUSEHOLD) and n.set_aside is None and (n.value is None or n.value > 1)
        for n in _between(numbers, start, at)
    )
    return (Per.PERSON, time) if many else (time,)


def _between(numbers: list[Number], start: int, end: int) -> list[Number]:
    first = bisect_left(numbers, start, key=START)
    return numbers[first : bisect_left(numbers, end, key=START)]


def _condition(mention: str) -> tuple[Per, ...]:
    """每吸纳1名 is for each person, 每10户 for each ten of them; 每贷款10万元 is for none of what is counted."""
    if mention.endswith("元"):
        return ()
    return (_HOLDERS.get(mention[-1], Per.UNIT) if mention[:-1] in ("1", "一") else Per.UNIT,)


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
            or (i > 0 and _follows(listed[i - 1], number))
        )
        one = _ONE.match(text, number.start) if heads and not _THAT_DAY.match(text, number.start) else None
        if one and _measures_later(text, listed[i + 1 : i + 5], one):
            listed[i] = replace(number, set_aside=SetAsideReason.PER_UNIT)
    return listed


def _follows(first: Number, second: Number) -> bool:
    """One denominator after another (一个棚一茬), or after what it holds (5斤一箱)."""
    if first.set_aside is SetAsideReason.PER_UNIT:
        return second.start - first.end <= 3
    return first.unit is Unit.KG and second.start - first.end <= 1


def _measures_later(text: str, following: list[Number], one: re.Match[str]) -> bool:
    """Whether a fact of the same clause follows: money or produce, or a count of times."""
    at = one.end()
    for number in following:
        if clause.CLAUSE_BREAK.search(text, at, number.number_at) and not _EARNS.search(text[at : number.number_at]):
            return False
        if number.set_aside is None:
            return _told_of(text, one, number)
    return False


def _told_of(text: str, one: re.Match[str], number: Number) -> bool:
    """Whether such a fact can be what one thing or day has, yields or takes: 一亩用工8人, 一天干8小时, 一箱12瓶."""
    if number.unit is Unit.PERSON:
        return text.find("用工", one.end(), number.start) >= 0
    if number.unit is Unit.HOUSEHOLD:
        return _HELPS.search(text, one.end(), number.start) is not None
    if number.unit is Unit.COUNT:
        holds = one["time"] or one["share"] == "亩" or one["thing"] in _HOLDS or number.counted == "顿"
        return bool(holds or _DAILY_WORK.search(text, one.end(), number.start))
    return number.unit not in _RATES and (number.unit not in _LASTS or bool(one["time"]))
