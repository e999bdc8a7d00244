"""Numbers as people tell them, without their unit: sums (卖了两万八), prices (一双三毛五) and ages (今年五十七).

Every function is asked of a number that no measure word follows, or of a coin, and looks at the words around it. None
reads the number itself: that is the work of `quantities`.
"""

from re import compile as regex

from summarizer.precheck.numerals import CHINESE

DIGIT = "[1-9一二三四五六七八九]"
NO_MEASURE = (
    "(?![\\d.十百千万亿几多余来一二三四五六七八九个头只户名亩位条家座台间袋斤口箱棵株年月天次吨成分枚张趟度方件公角块])"
)
"""What a coin is not followed by: 六块八算下来, 四块五涨到五块, but 两块四亩的地."""
SHORT = regex(r"(?<=[万千])([1-9])(?=块|左右|出头|[,。;!?、”’\s]|$)")
_SPOKEN = regex(
    r"(?:收入|工资|月薪|下来|少说|个月|[费租薪]|[欠借]着?(?:银行|信用社|合作社|亲戚|别人)|一年|一天|[每一]亩|保底|[卖挣赚花落剩给拿领欠贷存省能赔贴借值攒掏缴付][了着得到够过掉出上下进去回]{0,2}|[还交报]了|[只自]出"
    r"|到手|进账|入账|进来|分得|分到|跑[下来回]|争取到?|砸[进下]|加起来,?|加一块,?|拢共)(?:有|近|约|超)?$"
)
_AGED = regex(
    r"(?:(?<![至到])今年(?:已|快|都|刚|刚满|已经|也)?|虚岁|年龄|最年?[大小长]的|最大的[^,。;]{1,4},最小的)(?:也|都|才|已|快)?$"
)
_AGE_END = regex(r"了?(?:[,。;!?”]|$)")
_GROWN = regex("[他她我](?:都|快|也)?$")
_GROWN_END = regex(r"了(?:[,。;!?”]|$)")
_SPENT = regex("[买还给交垫付压把]|用[于来]")
"""Behind an amount what is done with it: 两万买苗, 五百给老人; whom it is given to is not what is counted."""
_DEARER = regex(
    r"(?:[高低贵涨跌降多少加收补提扣掏付按差]|加价|成本|便宜|多[卖赚挣给]|钱)[了到过]?(?:还|再|只|才|近|约)?$"
)
"""Before a few 角 or 分 these tell of a price: 比市价高八角, 一双三毛五; not 种八角, an anise."""
_ONE_COSTS = regex(r"[一每](?:[个只双斤件条袋枚株棵度方棒筐穗枝趟回次吨份瓶]|公斤|轮子)(?:[收挣卖]|能[卖挣])?$")
"""Before these a price for one: 一双三毛五, 一斤收两分五."""
_COIN_MORE = regex(rf"{DIGIT}(?:(?!分)(?=[结算收])|{NO_MEASURE})|(?=一[斤个只棵枚张趟度方株条件])")
"""Behind 毛, 角 and 分 a tenth of them, or what costs it: 两毛二, 按九毛八结, 三毛一枚."""
_PAID = regex("(?:[卖售收付掏][给到]?|[高低贵贱跌涨]了?|便宜|加价)(?:只|才|仅)?[收要卖付给掏]?$")
"""Before so few 分 these tell of a price: 一株只收四分."""
_SPOKEN_END = regex(r"(?=左右|出头|打不住|还拐弯|一[斤个只棵枚张趟度方株条件]|的[债账]|[哩呢吧]?[,。;!?、”’\s]|$)")
"""Money as people tell it, without its unit: 3万5, 卖了两万八, 一个月三千二, 能卖三四毛."""
_TOLD_END = regex(_SPOKEN_END.pattern + r"|(?=[了是都就才也买还给交进垫存付加—]|吃[喝住]|打水漂)")
_ONE_OF_SEVERAL = regex(r"[、至到—~-]\s?\d")
"""一年4、5万元: what follows has the unit."""
_TOLD = regex(rf"(?![百千万亿])(?!十[百千])[{CHINESE}]*[百千万][{CHINESE}]*")
"""Amounts that people tell without a unit: 十七万, 一百二, 两三千."""
_PRICED = regex(
    r"[一每](?:[天日月晚夜斤个只张床头枚穗棵株件桌碗份人户亩盒瓶袋筐吨场次趟回集]|公斤)(?:能?[卖挣收给]|才|只要?|就)?$"
)
"""Before any Chinese numeral without measure these tell a price: 一张五十八."""


def is_age(text: str, at: int, end: int) -> bool:
    """Whether tens are somebody's years: 他今年五十七, 我四十三了, 最大的九十一; not 今年九十户."""
    aged = _AGED.search(text, max(0, at - 12), at) and _AGE_END.match(text, end)
    return bool(aged or (_GROWN.search(text, max(0, at - 3), at) and _GROWN_END.match(text, end)))


def is_money(text: str, at: int, end: int) -> bool:
    """Whether the words around say that it is money: 一个月三千二, 能卖三四毛."""
    return bool(_SPOKEN.search(text, max(0, at - 8), at) and _SPOKEN_END.match(text, end))


def is_price(text: str, at: int, end: int) -> bool:
    """Whether a plain Arabic number is money by what stands right before it and behind: 工钱一天120, 房租一年4500."""
    before = max(0, at - 8)
    paid = _PRICED.search(text, before, at) or _SPOKEN.search(text, before, at)
    return paid is not None and _TOLD_END.match(text, end) is not None and not _ONE_OF_SEVERAL.match(text, end)


def is_spent(text: str, end: int) -> bool:
    """Whether what follows is what is done with money: 两万买苗."""
    return _SPENT.match(text, end) is not None


def is_sum(text: str, at: int, end: int, numeral: str, magnified: int) -> bool:
    """Whether a Chinese numeral that ends its clause is money, if no noun says otherwise: 花掉十七万, 一张五十八."""
    priced = magnified >= 10 and _PRICED.search(text, max(0, at - 5), at)
    return bool((priced or _TOLD.fullmatch(numeral)) and _TOLD_END.match(text, end))


def are_coins(text: str, at: int, coin: int) -> bool:
    """Whether so many 毛 or 角, the sign of which is at `coin`, are money; not 种八角, 三角梅."""
    if _COIN_MORE.match(text, coin + 1) or (text[coin] == "毛" and _TOLD_END.match(text, coin + 1)):
        return True
    before = max(0, at - 5)
    return bool(_DEARER.search(text, before, at) or _ONE_COSTS.search(text, before, at)) or is_money(text, at, coin + 1)


def are_cents(text: str, at: int, coin: int) -> bool:
    """Whether so many 分 are money, and no points: 卖给贫困户只收四分."""
    before = max(0, at - 8)
    paid = _PAID.search(text, before, at) or _ONE_COSTS.search(text, before, at)
    more = _COIN_MORE.match(text, coin + 1)
    return paid is not None and _SPOKEN_END.match(text, more.end() if more else coin + 1) is not None
