"""What a number is stated for by what stands right beside it: a slash, 各, an average, the rate in front.

The cues that open a scope (户均, 每人) are found by `per`; here each number is asked with its neighbours.
"""

from bisect import bisect_left
from decimal import Decimal
from re import compile as regex

from schemas.vocabulary import Per, Qualifier, Unit
from summarizer.precheck import clause
from summarizer.precheck.candidate import START, Number

SHARE = {"户": Per.HOUSEHOLD, "人": Per.PERSON, "亩": Per.MU}
TIME = {"学年": Per.YEAR, "年": Per.YEAR, "月": Per.MONTH, "日": Per.DAY, "天": Per.DAY}
THINGS = (
    "个|座|村|县|乡|镇|乡镇|校|班|所|家|处|栋|棚|间|台|只|头|羽|斤|公斤|吨|千克|平方米|平米|公里|公顷|千瓦|度|千瓦时|次|场|期|批|件|箱|袋|份|套|条|棵|株"
    "|群|峰|匹|尾|桶|罐|双|眼|盏|碗|窝|支|辆|车|组|队|岗|项|亩次|茬|季|筐|瓶|盒|升|立方米|米|方|里|枚|对|张|片|根|趟|单(?![位元独一])|企业|社|单位|股"
)
_SLASH = regex(
    rf"\s?(?:/每?|[每一])(?:(?P<share>户|亩|人)|(?P<time>年|月|天|日)|(?P<thing>{THINGS}))(?![\u4e00-\u9fff]?[均户])(?:[·./•](?P<time2>年|月|天|日))?"
)
_EACH_JUST_BEFORE = regex(
    r"各(?![类级地项种部乡镇村县市区单族界方])[^,。;:!?、\d]{0,4}$|[乡镇村县区]各[建设][^,。;:!?、\d]{0,8}$"
)
_RESPECTIVE = regex(r"[和与及]\d[\d.]*\D?(?=[,。;!?])|[和与及][一二三四五六七八九十]+\D?(?=[,。;!?])")
"""Behind the first of two values that are told of two places: 甲乡、乙乡各有52个|和47个."""
_ALL = regex(r"(?:全部|(?<![人户亩村年月日平])均|都|普遍|全都)[^,。;\d]{0,4}$")
_VILLAGE_INCOME = regex(
    r"(?:贫困|行政|自然|薄弱|个|各|所有|每个)村(?:村级|村|的)?集体[^,。;:!?、]{0,16}$"
    r"|(?:个|各|所有)[\u4e00-\u9fff]{0,4}村年?(?:经营性)?收入[^,。;:!?、]{0,6}$"
)
_COLLECTIVE = regex(r"集体")
_VILLAGES_WITH = regex(r"的(?:[\u4e00-\u9fff]{0,3})村")
_KIND_OF = regex(
    r"(?:的[\u4e00-\u9fff]{0,6}?|[\u4e00-\u9fff]{0,4}?)(?:村(?![民里干])|寨子?|屯|基地|合作社|企业|公司|园区|车间|安置[点区])"
)
"""What a size sets apart: 超过50万元的村, 年产值百万元以上的合作社, 千亩以上黄桃基地."""
_OF_A_HOUSEHOLD = regex(r"的(?:[\u4e00-\u9fff]{0,4}户(?!籍)|,每户)")
"""Behind what sets a household apart: 养牛超过10头的脱贫户."""
_PACKED = regex(r"装(?=[、,。;的和一]|$)")
"""Behind what one pack holds: 6枚装."""
_LIMITED = frozenset({Qualifier.OVER, Qualifier.UNDER, Qualifier.AT_LEAST})
_MORE = regex(r"^,?\s?(?:比|较|同比)(?:\d{4}年)?[^,。;:!?\d]{0,8}?(?:增加|增长|增收|提高|净增|多|增)了?$")
"""What leads from a figure to how much more that is than before: 人均收入12406元,比上年增加 + 1038元."""
_NEXT_CLASS = regex(
    r"^[,、;]\s?(?!最)[\u4e00-\u9fff()“”]{0,6}(?:学|中|生|段|科|专|职|园|户|级|类|档|人员|人|者|型)"
    r"(?:\([^()\d]{1,8}\))?(?:为|补助|补贴|奖补|奖励|最高)?$"
)
"""What leads from one of a list of rates to the next: 每生每学年1750元,小学 + 2400元; never to 最多的一户1.9万元."""
_PART = regex(r"^,\s?其中[\u4e00-\u9fff]{0,8}$")
"""What leads from an amount for each to a part of it: 每亩补助1500元,其中种苗费 + 300元."""
_NEXT_OF_EACH = regex(r"^[、和及]$")
"""Between two values of 分别 (户均补助分别为0.75万元和2.2万元)."""
_RESPECTIVELY = regex(r"分别[^,。;]*$")
_LISTED = 30
"""Characters of a list of values before one of them in which 分别 is looked for."""
_EACH_OF = frozenset({Per.HOUSEHOLD, Per.PERSON, Per.MU, Per.UNIT})
_TOTAL = regex(r"共|总|累计|合计|全[县市镇区乡]")
_ONE_VILLAGE_AT_MOST = 10**6
"""Yuan: more than a village collective takes in a year, so a larger amount is the sum of many."""
_VILLAGES = regex(r"(?<![农乡驻])村(?!民|级干)")
_AVERAGE = regex(r"(?P<holder>[户村人民工员社])[\u4e00-\u9fff]{0,6}平均[^,。;:!?、\d]{0,8}$")
"""An average whose holder stands before it: 村集体平均收入 + 11万元."""
_ON_AVERAGE = regex(r"平均[^,。;:!?、\d]{0,6}$")
_ACROSS = regex(r"^[^。;!?]{1,24}$")
"""From those who got so much on average to what that was: 2140户老人,去年平均领到 + 960元."""
_OF_AVERAGE = {"户": Per.HOUSEHOLD, "村": Per.UNIT, "社": Per.UNIT}
_GOES_ON_OF = _EACH_OF | {Per.DAY}
_SAME_SCALE = 20
"""How much larger one rate of a list may be than the one before it."""
_SUPPORT = regex("补|奖|资助|救助")
_NEXT_KIND = regex(
    r"^[,、;]\s?(?![\u4e00-\u9fff]*(?:[共总计累拨发投支兑报增收奖获领挣赚卖最]|落实|利润|惠及))[\u4e00-\u9fff]{1,4}$"
)
"""What leads from a rate to that of the next kind: 母猪每头补贴100元,育肥猪 + 50元."""
_LIMIT_NEXT = regex(r"^[、,]\s?但?(?:最[高多低少]|上限)(?:不?(?:超过|低于|高于)|为|达)?$")
"""From an amount for each to its limit: 按户均2万元、最高不超过 + 3万元的标准."""
_NEXT_CLAUSE = regex(r"^[^,。;:!?\n]{0,8},(?![^,]*(?:一[户人家]|加上|其中|共|合计|累计))[^,。;:!?\n]{1,14}$")
_SAME_ORDER = (Decimal("0.02"), Decimal("2.5"))
"""How much smaller or larger what goes on from an amount for each may be."""
_NEXT_OF_LIMITS = regex(r"^[、,;][\u4e00-\u9fff]{1,10}$")
"""From one limit of a list to the next: 年度自付县内不超过1000元、市级不超过 + 3000元."""
_RISEN = regex(
    r"^[,;]\s?(?:(?:到|至|截至)?(?:\d{4}年|[今去前]年)(?:[年]?[底末])?|如今|现在|目前|眼下|到)[^,。;:!?、\d]{0,6}"
    r"(?:涨|增|升|提|提高|增加|增长|上升|降|跌|下降|达|超过)[到至]?了?$"
)
"""From a figure to what it has become: 人均收入7320元;去年涨到 + 8650元."""
_BESIDES = regex(
    r"^[^,。;\d]{0,8},\s?[\u4e00-\u9fff]{0,3}?(?:另外?|再|还|并)(?:可|给予|一次性)?(?:免|补助?|补?贴|发放|奖励?|享受|获|领)[^,。;\d]{0,8}$"
)
"""From an amount for each to what each has besides: 每生每年2000元,另免学费 + 800元."""
_PAID_OF_IT = regex(r"^,[^,。;\d]{0,6}(?:代缴|代付|自缴|自付|承担|缴纳)$")
"""From what each pays to who pays how much of it: 个人缴费220元,财政代缴 + 130元."""
_EACH_TIME_NEXT = regex(r"^[,、]每[年月天][^,。;]*$")
_THIS_FIGURE = regex(r"[这该][个一]?(?:数字|数据|指标|数)[^,。;\d]{0,4}$")
_NEXT_SAID = 16
"""Characters to an amount that is told of the same figure once more: 人均1.2万元——去年,这个数字是 + 9876元."""
_BAND = regex(
    r"的(?:只有|已有|仅有|还有|也有|有|达|仅|共|就)?(?:\d[\d.]*|[一两三四五六七八九十]{1,3})(?P<holder>个|家|户|人|名|座|所|处)"
)
"""What a threshold parts, counted: 50万元以上|的9个, 2万元以下|的320户."""
_TAKES_ON = regex(r"(?:吸纳|带动|安置|招用|聘用|吸收)[^,。;:!?、\d]{0,10}$")
_WHO_TAKES_ON = regex(
    r"[^,。;:!?\d]{0,12}(?:就业|贫困户|劳动力)?(?:的[,企车用单]|、[^,。;]{0,24}的|,[^,。;]{0,10}\d[^,。;]{0,10}的)"
)
"""Around how many whoever is entitled takes on, which is for each of them: 吸纳脱贫户 + 10人以上|的企业."""
_BAND_OF = {"户": Per.HOUSEHOLD, "人": Per.PERSON, "名": Per.PERSON}
_ENTITLED = regex(
    r"(?:^|[。;!?\n,:])(?:凡|对)[^。;\d]{0,40}(?P<holder>户|学生|大学生|人员|群众|对象|劳动力|老人|残疾人|患者|合作社|企业|大户|车间)(?:的?,|(?=一次性))"
    r"(?:可|均可|每|再|给予|一次性|按政策){0,3}(?:申请|享受|获得|给予|奖励|补助|补贴|发放|资助|奖补)[^,。;\d]{0,8}$"
)
"""Who is entitled, none of them counted: 凡有还款能力的贫困户,可申请 + 5万元以下."""
_ENTITLED_OF = {"户": Per.HOUSEHOLD, "合作社": Per.UNIT, "企业": Per.UNIT, "车间": Per.UNIT, "大户": Per.HOUSEHOLD}
_CAPPED = regex(r"(?<!万)(?<!\d)户(?P<year>全年|每年|年度|年)?(?:累计)?最高(?:不超过|可?达|限额)?$")
"""What a household may have at most: 未脱贫户全年累计最高 + 8000元."""
_LARGEST_RATE = 10**6
"""Yuan: what one is entitled to is less."""
_PUPILS = regex(r"(?:小学|初中|高中|中职|高职|大学|幼儿|寄宿生|学生|助学金)[^,。;:、\d]{0,8}(?:每学?年|每学期|每月)$")
"""Right before what each pupil gets for a time: 小学每年 + 1250元."""
_LARGEST_STIPEND = 20_000
"""Yuan: a pupil is paid less in a year."""
_OF_INSURANCE = regex(r"(?:保费|自[掏付缴交]|只掏|死[^,。;\d]{0,3}赔付?)$")
_INSURED = regex(r"[每一](?P<thing>头|只|箱|亩|座|棚|匹|群)[^。]*保[险费]")
_PAID_MONTHLY = regex(
    r"^[^,。;]{0,12},[^,。;:、的每\d]{0,6}(?:每月|月)(?:(?:发放|给予)?补[助贴]|领取?|发|给|拿|挣|收入|报酬|不低于|至少|可|能|就|约|近){0,3}$"
)
"""From how many are paid to what each gets a month."""
_MANY = 10
"""People or posts that an amount a month cannot be shared among."""
_CONDITION = regex(
    r"(?:参加|参训|务工|就业|就读|考[上取入]|住院|患|入伍|年满)[^,。;\d]{0,14}的[^,。;\d]{0,8},$|公益(?:性)?岗位?(?:人员)?$"
)
"""Right before 每月 and 每天, whom it is paid to: 参加技能培训的,|每天, 公益性岗位|每月."""
_SMALL_PRICE = Decimal(5)
"""Yuan: nobody is paid less in all, and no article counts so little."""
_SHARED_TOO_SMALL = Decimal(50)
"""Yuan: a yearly amount that would leave less for each household or person is what each of them gets."""


def denominator(share: str | None, time: str | None) -> Per:
    """What a written denominator is (`亩`, `天`); neither a share nor a time is a thing."""
    if share:
        return SHARE[share.removeprefix("个")]
    return TIME[time.removeprefix("个")] if time else Per.UNIT


def after(text: str, number: Number) -> tuple[Per, ...]:
    """`200元/亩`, `3元/人·天`, `20元一斤`."""
    match = _SLASH.match(text, number.end)
    if match is None or (text[number.end] != "/" and number.unit not in (Unit.CNY, Unit.KG, Unit.USD)):
        return ()
    first = denominator(match["share"], match["time"])
    return (first, TIME[match["time2"]]) if match["time2"] else (first,)


def price(number: Number) -> tuple[Per, ...]:
    """Of money so little that it is the price of one thing, whether or not that is said: 比去年低了 + 三毛."""
    small = number.unit is Unit.CNY and number.value is not None and 0 < number.value < _SMALL_PRICE
    return (Per.UNIT,) if small else ()


def _on_average(text: str, number: Number, before: list[Number]) -> tuple[Per, ...]:
    """What an average is of, where the clause in front counts who got it: 2140户老人,去年平均领到960元."""
    counted = before[-1] if before else None
    if counted is None or counted.unit not in (Unit.HOUSEHOLD, Unit.PERSON):
        return ()
    between = text[counted.end : number.start]
    if not _ACROSS.match(between) or not _ON_AVERAGE.search(between):
        return ()
    return (Per.HOUSEHOLD if counted.unit is Unit.HOUSEHOLD else Per.PERSON,)


def of_pupils(text: str, number: Number) -> tuple[Per, ...]:
    """Of what is paid each year or month by classes of school, the person: 小学每年1250元."""
    small = number.unit is Unit.CNY and number.value is not None and number.value < _LARGEST_STIPEND
    return (Per.PERSON,) if small and _PUPILS.search(text, max(0, number.start - 24), number.start) else ()


def is_each_persons(text: str, at: int) -> bool:
    """Whether a rate for a time, whose cue begins at `at`, is that of each of the people named right before."""
    return _CONDITION.search(text, clause.start_of(text, at, clause.SENTENCE, 40), at) is not None


def insured(text: str, number: Number) -> tuple[Per, ...]:
    """What one insured thing costs or brings in: 每头牛上了保险,保费360元,农户自掏72元,死了赔5000元."""
    if number.unit is not Unit.CNY or (number.value or 0) >= _LARGEST_STIPEND:
        return ()
    if not _OF_INSURANCE.search(text, max(0, number.start - 8), number.start):
        return ()
    one = _INSURED.search(text, clause.start_of(text, number.start, clause.SENTENCE, 60), number.start)
    return (SHARE.get(one["thing"], Per.UNIT),) if one else ()


def paid_each(text: str, number: Number, before: list[Number]) -> tuple[Per, ...]:
    """Of what a month pays, each of those counted right before: 护林员486名,每月补助2600元; 岗位960个,每月600元."""
    last = before[0] if before else None
    if last is None or number.unit is not Unit.CNY or (last.value or 0) < _MANY:
        return ()
    between = text[last.end : number.start]
    if not _PAID_MONTHLY.match(between):
        return ()
    return (Per.PERSON,) if last.unit is Unit.PERSON else (Per.UNIT,) if (last.counted or "").endswith("岗位") else ()


def parted(text: str, number: Number) -> tuple[Per, ...]:
    """Whose limit an amount is that has no share yet: 年收入不足2万元|的29个村, 已脱贫户全年累计最高 + 8000元."""
    if number.unit is not Unit.CNY or number.qualifier is Qualifier.EXACT:
        return ()
    if capped := _CAPPED.search(text, clause.start_of(text, number.start, clause.SENTENCE, 60), number.start):
        return (Per.HOUSEHOLD, Per.YEAR) if capped["year"] else (Per.HOUSEHOLD,)
    if number.qualifier not in _LIMITED:
        return ()
    band = _BAND.match(text, number.end)
    return (_BAND_OF.get(band["holder"], Per.UNIT),) if band and band["holder"] != "处" else ()


def alone(text: str, number: Number) -> tuple[Per, ...]:
    """What an amount is stated for by a count of what it parts, or by who is entitled to it; () where neither."""
    if number.value is None or number.unit not in (Unit.CNY, Unit.PERSON, Unit.HOUSEHOLD):
        return ()
    band = _BAND.match(text, number.end)
    if number.unit in (Unit.PERSON, Unit.HOUSEHOLD) and text.endswith("以上", number.start, number.end):
        start = clause.start_of(text, number.start, clause.CLAUSE, 40)
        if _TAKES_ON.search(text, start, number.start) and _WHO_TAKES_ON.match(text, number.end):
            return (Per.UNIT,)
    if number.unit is not Unit.CNY:
        # 300人以上的5处安置点
        return (Per.UNIT,) if band and number.qualifier in _LIMITED and band["holder"] not in "户人名" else ()
    if band and band["holder"] != "处":
        return (_BAND_OF.get(band["holder"], Per.UNIT),)
    if number.value >= _LARGEST_RATE:
        return ()
    start = clause.start_of(text, number.start, clause.SENTENCE, 60)
    entitled = _ENTITLED.search(text, max(0, start - 1), number.start)
    return (_ENTITLED_OF.get(entitled["holder"], Per.PERSON),) if entitled else ()


def holders_before(text: str, number: Number, before: list[Number], dims: set[Per]) -> tuple[Per, ...]:
    """The share that the amount in front is for, where a new clause only says how often: 每人每月500元,每年|1500元."""
    last = before[0] if before else None
    if last is None or not dims or not dims <= set(TIME.values()) or {last.unit, number.unit} != {Unit.CNY}:
        return ()
    between = text[last.end : number.start]
    return tuple(d for d in last.per if d in _EACH_OF) if _EACH_TIME_NEXT.match(between) else ()


def around(text: str, number: Number, before: list[Number], numbers: list[Number]) -> tuple[Per, ...]:
    """`23个村各100千瓦`, `10兆瓦6座`, `9个…10兆瓦以上电站`, `255个村集体经济全部过万`."""
    start = clause.start_of(text, number.start, clause.PHRASE, 30)
    last = before[-1] if before and before[-1].end >= start else None
    if _EACH_JUST_BEFORE.search(text, start, number.start) and not _RESPECTIVE.match(text, number.end):
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
    if number.unit is Unit.CNY and (shared := _on_average(text, number, before)):
        return shared
    if number.unit is Unit.CNY and (average := _AVERAGE.search(text, start, number.start)):
        return (_OF_AVERAGE.get(average["holder"], Per.PERSON),)
    if number.unit in (Unit.CNY, Unit.MU, Unit.HOUSEHOLD, Unit.PERSON) and number.qualifier in _LIMITED:
        kind = _KIND_OF.match(text, number.end)
        if kind and (kind.group().startswith("的") or text.endswith(("以上", "以下"), number.start, number.end)):
            return (Per.UNIT,)
    if sized := _sized(text, number):
        return sized
    if number.unit in (Unit.KILOWATT, Unit.M2, Unit.M3) and _describes(text, number, last, numbers):
        return (Per.UNIT,)
    return ()


def _sized(text: str, number: Number) -> tuple[Per, ...]:
    """What a size is of that describes it: 养牛超过10头|的脱贫户, 6枚|装."""
    limited = number.unit in (Unit.COUNT, Unit.MU) and number.qualifier in _LIMITED
    if limited and _OF_A_HOUSEHOLD.match(text, number.end):
        return (Per.HOUSEHOLD,)
    return (Per.UNIT,) if number.unit in (Unit.COUNT, Unit.KG) and _PACKED.match(text, number.end) else ()


def as_before(text: str, number: Number, before: list[Number]) -> tuple[Per, ...]:
    """What the amount in front is stated for, where this one goes on from it: how much more, or the next of a list."""
    if not before or number.unit not in (Unit.CNY, Unit.KG) or before[0].unit is not number.unit:
        return ()
    last = before[0]
    between = text[last.end : number.start]
    if _goes_on(last, number, between):
        return last.per
    part = last.value is not None and number.value is not None and number.value < last.value
    if last.per and part and _PART.match(between):
        return last.per
    limits = last.qualifier is number.qualifier is Qualifier.AT_MOST
    if last.per and limits and _NEXT_OF_LIMITS.match(between):
        return last.per
    if last.per and (_LIMIT_NEXT.match(between) or _BESIDES.match(between) or _PAID_OF_IT.match(between)):
        return last.per
    if last.per and len(between) <= _NEXT_SAID and _THIS_FIGURE.search(between):
        return last.per
    listed = _NEXT_OF_EACH.match(between) and _RESPECTIVELY.search(text, max(0, last.start - _LISTED), last.start)
    if last.per and (_MORE.match(between) or listed or _RISEN.match(between)):
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


def _goes_on(last: Number, number: Number, between: str) -> bool:
    """Whether the next clause states an amount of the same order.

    一公斤22元,切成片 + 32元; 户均分红1260元,去年涨到 + 1800元.
    A sum of many is a multiple of what each has (每箱赔300元,一共赔回2.19万元).
    """
    if not _GOES_ON_OF & set(last.per) or last.value is None or number.value is None:
        return False
    return bool(
        _SAME_ORDER[0] * last.value <= number.value <= _SAME_ORDER[1] * (last.upper or last.value)
        and _NEXT_CLAUSE.match(between)
    )


def shared_too_small(text: str, number: Number, before: list[Number]) -> tuple[Per, ...]:
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


def _describes(text: str, number: Number, last: Number | None, numbers: list[Number]) -> bool:
    """Whether a size describes each thing of a count after it, or before it in the same noun phrase."""
    following = next((n for n in _from(numbers, number.end) if n.set_aside is None), None)
    if (
        following
        and following.unit is Unit.COUNT
        and following.counted in ("座", "个", "处", "栋", "套", "台", "电站", "幢", "间")
    ):
        gap = text[number.end : following.start]
        if len(gap) <= 8 and following.value != 1 and not any(c in clause.PHRASE for c in gap):
            return True
    return bool(
        number.unit is Unit.KILOWATT
        and last
        and last.unit is Unit.COUNT
        and "的" in text[last.end : number.start]
        and text[number.end : number.end + 1] not in clause.PHRASE
    )


def _from(numbers: list[Number], at: int) -> list[Number]:
    first = bisect_left(numbers, at, key=START)
    return numbers[first : first + 3]
