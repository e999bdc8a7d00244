"""One quantity of a text: a numeral with its magnitude, looseness (余, 多, 来) and measure word."""

from dataclasses import dataclass, replace
from decimal import Decimal
from re import Match
from re import compile as regex

from schemas.vocabulary import Qualifier, Unit
from summarizer.patterns import compiled
from summarizer.precheck import told
from summarizer.precheck.numerals import CHINESE, DIGITS, Amount, magnitude, read_arabic, read_chinese
from summarizer.precheck.told import DIGIT, NO_MEASURE
from summarizer.precheck.units import MEASURES, Measure, counted_there, measure_at
from summarizer.text.traced import LOST

_CN = f"[{CHINESE}]"
NUMERAL = compiled(
    rf"(?P<damaged>(?:\d++(?:[.,]\d++){{0,4}}+\.?+)?{LOST}[{LOST}\d]*+"
    rf"(?:,[{LOST}\d]{{3}}(?![{LOST}\d]))*+(?:\.\d[{LOST}\d]*+)?+)"
    r"|(?P<nil>(?<=[为至是到了])零(?=[,。;、!?)”’\n]|$))"
    r"|(?P<slashed>(?<![\d/.-])\d{1,2}/\d{1,3}(?=的|以上|左右|多)|(?<=[的占约])\d{1,2}/\d{1,3}(?![\d/.]))"
    r"|(?P<arabic>(?:\d{1,3}(?:,\d{3})++(?![\d,])|\d++)(?:\.\d++)?+)"
    rf"|(?P<hundredths>[百千万]分之(?:\d++(?:\.\d++)?+|[{CHINESE}点]{{1,12}}+))"
    rf"|(?<!{LOST})(?P<fraction>{_CN}{{1,3}}+分之{_CN}{{1,3}}+)"
    rf"|(?<![戒卖]了)(?<![走说讲看听做办算写读]到)(?<!{LOST})(?P<moiety>(?:一半|半数)(?![年天月日时截个信])|(?<=近)半(?=[是为,。;]))"
    rf"|(?<![{CHINESE}\d{LOST}])(?P<chinese>{_CN}++(?:[几点]{_CN}*+)*+)"
    rf"|(?<![上下前后大多一{LOST}])(?P<half>半)(?=年|个月|天|小时|个小时|个?钟头|个星期|个多月|亩|公斤|斤|吨|公里|里)"
)
"""Where a numeral may begin; possessive, so that a run is tried once and a long one stays linear.

A Chinese numeral right after a lost character has no value: 上半年, 二十万, 十三分之二 may have lost their first one.
`damaged` takes those with a measure, the others are no number.
"""

_NO_VALUE = frozenset("数几好廿卅")
"""Before a Chinese numeral these leave it without a value: 数十, 几百."""
_ENDS_WITH_ONE = regex(
    "[统唯单之逐周同任某另这那哪此初第专]|均(?!一[百千万])|(?<!眼)[上下](?=一[年月周天个届次轮级季代任批期步番])"
)
"""After these 一 ends a word: 统一, 唯一, 上一年. What follows begins the numeral; 网上一只118元 begins with 一."""
_FIRST_LOOSE = regex(
    "(?:余|多|来(?=[万千百十亿个户人亩斤名家年岁天元块公座只头碗条里吨米口棵株间号次场位把辆台张双箱桌步平方孔道分度封顶床号]))"
)
_OPEN_DIGIT = regex(r"几(?=[万千百十亿个户人亩斤名家年岁天元公座])")
_MAGNITUDE = regex(r"\s?(?:万亿|[十百千]?[万亿]|百(?!分)|千(?![瓦克米伏卡])|十(?![二三四五六七八九]))")
_GROWS = frozenset("余多来几十百千万亿")
"""What follows digits begins with one of these or a blank; most stand right before their measure."""
_LOOSE_AFTER = regex(r"(?:多(?![晶方种样家名个次项形民措渠元户点彩年余收挣赚打卖])|余)")
_LOOSE_UNITS = {Unit.YEAR, Unit.MONTH, Unit.DAY, Unit.HOUR, Unit.CNY, Unit.KM, Unit.KG, Unit.MU, Unit.M, Unit.USD}
_HALF_UNITS = {Unit.YEAR, Unit.MONTH, Unit.DAY, Unit.HOUR, Unit.KG, Unit.MU, Unit.KM, Unit.PERCENT}
_HALF_AFTER = regex(r"半(?![年月天数路夜径岛山边球导成])")
_HALF_MEASURE = regex(r"个(半)(月|小时|钟头)|个(?:多|来)(?P<time>月|小时|钟头)")
_SMALL_MONEY = regex(
    rf"(?P<tens>\d{{1,2}}|{DIGIT})(?P<coin>[角毛])(?P<fen>{DIGIT}(?![\d.万千百十个成分亩]))?|(?P<cents>\d{{1,2}})分(?!之)"
    rf"|(?<=块)(?P<tenth>[1-9])(?!\d|[.万千百十个])|(?<=块)(?P<told>{DIGIT})(?=[一每][斤个只双袋]|{NO_MEASURE})"
    rf"|(?<=[毛角])(?P<hundredth>{DIGIT})(?:(?=[结算收])|{NO_MEASURE})"
)
"""What follows 元, 块 or 毛: 5元8角, 一块八毛五, 三块7, 四块五."""
_COMPOSED = regex(
    r"(?<=亿)(\d{1,4}(?:\.\d+)?)(万)|(?<=万)(\d{1,4})(千|百|(?=元|亩|斤|人|户))|(?<=[万千])[零〇](\d{1,3})"
)
_HUNDREDS_MORE = regex(r"(?<=\d千)([1-9])(?=[块元,。;、!?”]|$)")
_LAND = regex(r"(?:[地田土]|人均|每人(?:头上)?)却?(?:只有|只|仅有|仅|不足|不到|不过|才|约|有)?$")
"""Before so many 分 these tell of land: 人均耕地只有五分; elsewhere 分 are points."""
_PLOTS = regex("(?:[亩畦]|[菜果茶]园|[耕水旱坡田菜]地)[^。!?息利贷费款借金率]{0,24}$")
"""Before so many 厘 these tell of land: 20亩菜园,一户四厘; elsewhere they are of interest."""
_TENTHS_MORE = regex(r"[一二三四五六七八九](?=以上|左右|[多的提升降增涨减缩跌压到至]|[,。;、!?)”’\s]|$)")
"""Behind 成 a hundredth: 增加两成五, 由六成五提到八成."""
_GOES_ON = regex(rf"[.,]?\d|[几多余来{CHINESE}]")
_TENTHS_OF = {
    "亩": regex(rf"({DIGIT})(?:分(?![之配给红])|(?<!一))"),
    "斤": regex(rf"({DIGIT})(?:两|(?=[,。;、!?)”’]|$))"),
    "米": regex(rf"({DIGIT})(?:(?<!一)|(?=[,。;、!?)”’]|$))"),
    "丈": regex(rf"({DIGIT})(?:尺|(?<!一))"),
    "尺": regex(rf"({DIGIT})(?:寸|(?<!一))"),
    "分地": regex(rf"({DIGIT})(?:厘|(?=[,。;、!?)”’\s]|$))"),
    "分钱": regex(rf"({DIGIT})(?<!一)"),
    "厘": regex(rf"({DIGIT})(?=[,。;、!?]|$)"),
}
"""Behind these measures a tenth of them: 三亩二分, 一斤二两, 浪高一米五; whether it is one, what follows decides."""
_MONTHS_MORE = regex(rf"零(\d{{1,2}}|{_CN}{{1,2}})个月")
COUNTED_THERE = counted_there()
"""Measure words that follow a small Chinese numeral where a thing of theirs stands behind: 两道河, but 三道湖镇."""
_KILO = ("瓦", "伏", "克", "米")
_DIVISIONS = frozenset(["县", "区", "市", "省", "乡", "镇", "村"])
_SUMMED_UP = regex(r"(?:、[^,。;:!?\n、\d]{1,6}|等|[一二三四五六七八九十][县市区旗乡镇])$")
_TOTALLED = regex(
    r"[一二两三四五六七八九十]{1,2}[县市区旗乡镇](?![一二三])|合计|共|均|都|全部|就|各|分别|有望|同[日时年]|年[内底]|双双|相继|先后|至此|占|脱贫|摘帽|\d"
)
TYPICAL_MAX = 15
"""More significant digits make an identity or account number, and a JSON number cannot keep them."""


@dataclass(slots=True)  # Not frozen, which would take thrice as long, for several of them to each number.
class Quantity:
    """A quantity as read: mention `[at, end)`; `value` in the canonical unit, None where digits are lost.

    `magnified` is the largest magnitude the numeral had (万: 10000), 1 without: in `3至5万元` both ends share it, in
    `800元至1.2万元` they do not.
    """

    at: int
    end: int
    value: Decimal | None
    upper: Decimal | None = None
    measure: Measure | None = None
    qualifier: Qualifier | None = None
    chinese: bool = False
    bare: bool = False
    numeral: str = ""
    numeral_end: int = 0
    magnified: int = 1

    @property
    def damaged(self) -> bool:
        return LOST in self.numeral

    def measured(self, measure: Measure, end: int) -> "Quantity":
        """The same in the canonical unit of its measure word, which ends at `end`.

        Named field by field: `dataclasses.replace` asks every field for its name, for every number of an article.
        """
        factor = measure.factor
        return Quantity(
            self.at,
            end,
            None if self.value is None else self.value * factor,
            None if self.upper is None else self.upper * factor,
            measure,
            self.qualifier,
            self.chinese,
            self.bare,
            self.numeral,
            self.numeral_end,
            self.magnified,
        )

    def scaled(self, factor: Decimal | int) -> "Quantity":
        """The same with value and upper end multiplied."""
        return replace(
            self,
            value=None if self.value is None else self.value * factor,
            upper=None if self.upper is None else self.upper * factor,
        )


def read(text: str, match: Match[str], limit: int) -> Quantity | None:
    """The quantity whose numeral is `match` (of `NUMERAL`), or None where it is no number (`统一`, `数十`)."""
    kind, start, end = str(match.lastgroup), match.start(), match.end()
    match kind:
        case "damaged":
            return _damaged(text, start, end, limit)
        case "arabic":
            if end < limit and text[end] == LOST:
                return _damaged(text, start, end, limit)
            return _arabic(text, start, end, limit)
        case "half":
            return _measured(
                text, Quantity(start, end, Decimal("0.5"), chinese=True, numeral="半", numeral_end=end), limit
            )
        case "moiety":
            return Quantity(start, end, Decimal(50), measure=MEASURES["%"], numeral="一半", numeral_end=end)
        case "nil":
            # 漏评率为零 states a figure; 集体经济几乎为零 is a manner of speaking.
            rate = "率" in text[max(0, start - 8) : start]
            return (
                Quantity(start, end, Decimal(0), measure=MEASURES["%"], numeral="零", numeral_end=end) if rate else None
            )
        case "slashed":
            below, above = text[start:end].split("/")[::-1]
            return _share(start, end, text[start:end], Decimal(above), Decimal(below))
        case "hundredths":
            return _hundredths(text, start, end)
        case "fraction":
            return _fraction(text, start, end)
        case _:
            return _chinese(text, start, end, limit)


def _arabic(text: str, start: int, end: int, limit: int) -> Quantity | None:
    quantity = _magnified(text, start, end, limit)
    if quantity.end < limit and text[quantity.end] == LOST:
        # `3万多?`: a magnitude may be gone, and the unit is.
        return _damaged(text, start, quantity.end + 1, limit)
    return _told(text, _measured(text, quantity, limit))


def _chinese(text: str, start: int, end: int, limit: int) -> Quantity | None:
    before = text[start - 1 : start]
    if before in _NO_VALUE and before:
        return None
    if text[start] == "一" and before and _ENDS_WITH_ONE.match(text, start - 1):
        start += 1
    # 点 may begin the next word (三点建议), and 几 too (三几); 两 is a weight in 单果三两以上.
    run = text[start:end]
    if run.endswith("点") or (run.endswith("两") and len(run) > 1 and COUNTED_THERE["两"].match(text, end)):
        run = run[:-1]
        end -= 1
    # 一百一十千瓦: the 千 is the unit's, where it cannot be the numeral's.
    if run.endswith("千") and text.startswith(_KILO, end) and read_chinese(run) is None:
        run = run[:-1]
        end -= 1
    if end < limit and text[end] == LOST:
        return _damaged(text, start, end, limit)
    amount = read_chinese(run)
    if amount is None:
        return None
    quantity = Quantity(
        start,
        end,
        amount.value,
        amount.upper,
        qualifier=Qualifier.OVER if amount.open else None,
        chinese=True,
        bare=amount.bare,
        numeral=run,
        numeral_end=end,
        magnified=max((magnitude(c) for c in run if c in "十百千万亿"), default=1),
    )
    return _told(text, _measured(text, _loosened(text, quantity, limit), limit))


def _told(text: str, quantity: Quantity) -> Quantity:
    """A number without measure as money or years, where the words around tell it as such."""
    if quantity.measure is not None or quantity.damaged:
        return quantity
    at, end = quantity.at, quantity.end
    if quantity.chinese and quantity.magnified == 10 and told.is_age(text, at, end):
        return replace(quantity, measure=MEASURES["岁"])
    # 在外一个月4000多: an Arabic number below 万 is told with 多 alone.
    loose = not quantity.chinese and quantity.qualifier is not None and len(quantity.numeral) >= 3
    large = (quantity.magnified >= (100 if quantity.chinese else 10**4) or loose) and not quantity.bare
    cut_short = not quantity.chinese and told.SHORT.match(text, end - 1)
    plain = not quantity.chinese and quantity.magnified == 1 and told.is_price(text, at, end)
    spent = (quantity.chinese or quantity.magnified >= 10**4) and told.is_spent(text, end)
    if cut_short or plain or (large and (spent or told.is_money(text, at, end))):
        return replace(quantity, measure=MEASURES["元"])
    return quantity


def is_told(text: str, quantity: Quantity) -> bool:
    """Whether a Chinese numeral without measure is an amount of money, if no noun says otherwise: 花掉十七万."""
    if quantity.measure is not None or quantity.damaged or quantity.bare or not quantity.chinese:
        return False
    return told.is_sum(text, quantity.at, quantity.end, quantity.numeral, quantity.magnified)


def _loosened(text: str, quantity: Quantity, limit: int) -> Quantity:
    """`十余`, `三千多`: a Chinese numeral has its magnitude inside."""
    loose = _FIRST_LOOSE.match(text, quantity.end, limit)
    if loose is None:
        return quantity
    over = Qualifier.ABOUT if loose.group() == "来" else Qualifier.OVER
    quantity = replace(quantity, end=loose.end(), qualifier=over)
    after = _MAGNITUDE.match(text, quantity.end, limit)
    # 十余万: the magnitude stands after the 余.
    if after and after.group().strip() in ("万", "亿", "万亿"):
        factor = magnitude(after.group().strip())
        return replace(quantity.scaled(factor), end=after.end(), magnified=quantity.magnified * factor)
    return quantity


def _magnified(text: str, start: int, end: int, limit: int) -> Quantity:
    """`1000余万`, `294万余`, `3万多`, `1亿2000万`: the Arabic digits `[start, end)` with what follows them."""
    at, qualifier, factor = end, None, 1
    grows = end < limit and (text[end] in _GROWS or text[end].isspace())
    for _ in range(2 if grows else 0):
        if loose := (_FIRST_LOOSE.match(text, at, limit) or _OPEN_DIGIT.match(text, at, limit)):
            qualifier = Qualifier.ABOUT if loose.group() == "来" else Qualifier.OVER
            at = loose.end()
        found = _MAGNITUDE.match(text, at, limit) if factor == 1 else None
        if found:
            factor = magnitude(found.group().strip())
            at = found.end()
    numeral = text[start:end]
    value = read_arabic(numeral) * factor
    if factor > 1 and qualifier is None and (more := _COMPOSED.match(text, at, limit)):
        digits, step = (more[1], 10**4) if more[1] else (more[3] or more[5], {"千": 1000, "百": 100}.get(more[4], 1))
        value += Decimal(digits) * step
        at = more.end()
        # 3万9千6
        if hundreds := _HUNDREDS_MORE.match(text, at, limit):
            value += Decimal(hundreds[1]) * 100
            at = hundreds.end()
        # 1万1千多元
        if loose := _FIRST_LOOSE.match(text, at, limit):
            qualifier = Qualifier.ABOUT if loose.group() == "来" else Qualifier.OVER
            at = loose.end()
    elif factor in (10**3, 10**4) and qualifier is None and (short := told.SHORT.match(text, at, limit)):
        value += Decimal(short[1]) * factor / 10
        at = short.end()
    return Quantity(start, at, value, qualifier=qualifier, numeral=numeral, numeral_end=end, magnified=factor)


def _measured(text: str, quantity: Quantity, limit: int) -> Quantity:
    """The quantity with the measure word after it, and what may still follow that (`8年多`, `3年半`, `3元5角`)."""
    at = quantity.end + text.startswith((" ", "\u3000"), quantity.end, limit)
    if half := _HALF_MEASURE.match(text, at, limit):
        measure = MEASURES["个小时" if {"小时", "钟头"} & {half[2], half["time"]} else "个月"]
        more = Decimal("0.5") if half[1] else Decimal(0)
        value = quantity.value + more if quantity.value is not None else None
        over = quantity.qualifier if half[1] else Qualifier.OVER
        return replace(quantity, value=value, measure=measure, end=half.end(), qualifier=over)
    written = measure_at(text, at, limit)
    if written and written.word == "分" and quantity.chinese and told.are_cents(text, quantity.at, quantity.end):
        return _after_measure(text, quantity.measured(MEASURES["分钱"], at + 1), limit)
    if written and written.word == "分" and _LAND.search(text, max(0, quantity.at - 8), quantity.at):
        return _after_measure(text, quantity.measured(MEASURES["分地"], at + 1), limit)
    if written and written.word == "厘" and _PLOTS.search(text, max(0, quantity.at - 30), quantity.at):
        return quantity.measured(MEASURES["厘地"], at + 1)
    # 花300万把路修通: 把 is a measure only before what is held by a handle.
    if written and written.word == "把" and not COUNTED_THERE["把"].match(text, at + 1):
        return quantity
    if written is None or (quantity.chinese and not _follows(text, quantity, written)):
        return quantity
    return _after_measure(text, quantity.measured(written, at + len(written.word)), limit)


def _follows(text: str, quantity: Quantity, measure: Measure) -> bool:
    """Whether the measure measures after this Chinese numeral; 四县 does where it sums up names: 甲县、乙县四县.

    三四毛 is money where somebody tells a price, 八旬 an age.
    """
    if measure.word == "旬":
        return len(quantity.numeral) == 1 and quantity.numeral in "四五六七八九"
    if measure.word == "周" and quantity.numeral == "四":
        # 环顾四周; four weeks are told as 一个月.
        return False
    if (noun := COUNTED_THERE.get(measure.word)) and noun.match(text, quantity.end + 1):
        return True
    if measure.word in ("毛", "角") and told.are_coins(text, quantity.at, quantity.end):
        return True
    return measure.follows_chinese(quantity.magnified) or bool(
        measure.word in _DIVISIONS
        and (_SUMMED_UP.search(text, max(0, quantity.at - 8), quantity.at) or _TOTALLED.match(text, quantity.end + 1))
    )


def _after_measure(text: str, quantity: Quantity, limit: int) -> Quantity:
    measure, value = quantity.measure, quantity.value
    assert measure is not None
    if value is None:
        return quantity
    if measure.word == "年" and (more := _MONTHS_MORE.match(text, quantity.end, limit)):
        months = read_chinese(more[1]) if more[1] in CHINESE or not more[1].isdigit() else Amount(read_arabic(more[1]))
        if months and months.upper is None and quantity.upper is None:
            # In months: 两年零四个月 is no exact number of years.
            return replace(quantity, value=12 * value + months.value, measure=MEASURES["个月"], end=more.end())
    if (pattern := _TENTHS_OF.get(measure.word)) and (tenth := pattern.match(text, quantity.end, limit)):
        return _with_tenth(text, quantity, tenth, limit)
    if measure.unit is Unit.CNY and (small := _SMALL_MONEY.match(text, quantity.end, limit)):
        value += _digit(small["tens"] or small["tenth"] or small["told"]) / 10
        value += (_digit(small["fen"] or small["hundredth"]) + _digit(small["cents"])) / 100
        return replace(quantity, value=value, end=small.end())
    if measure.word == "成" and (tenths := _TENTHS_MORE.match(text, quantity.end, limit)):
        return replace(quantity, value=value + DIGITS[tenths.group()], end=tenths.end())
    if (
        (measure.unit in _HALF_UNITS or measure.word == "层")
        and quantity.upper is None
        and (half := _HALF_AFTER.match(text, quantity.end, limit))
    ):
        return replace(quantity, value=value + measure.factor / 2, end=half.end())
    if (measure.unit in _LOOSE_UNITS or measure.word in ("倍", "成")) and (
        loose := _LOOSE_AFTER.match(text, quantity.end, limit)
    ):
        return replace(quantity, end=loose.end(), qualifier=Qualifier.OVER)
    return quantity


def _with_tenth(text: str, quantity: Quantity, tenth: Match[str], limit: int) -> Quantity:
    """The quantity with its tenth, unless the digit begins another number: 三米一根, 一亩八百斤, 每斤5.2元."""
    assert quantity.value is not None
    assert quantity.measure is not None
    alone = tenth.end() == tenth.end(1)
    another = _GOES_ON.match(text, tenth.end(), limit) or (alone and measure_at(text, tenth.end(), limit))
    if another or quantity.upper is not None or quantity.magnified >= 10**4:
        return quantity
    return replace(quantity, value=quantity.value + _digit(tenth[1]) * quantity.measure.factor / 10, end=tenth.end())


def _digit(written: str | None) -> Decimal:
    """A digit in either script, or two Arabic ones; zero where nothing is written."""
    return Decimal(DIGITS.get(written, written) if written else 0)


def _damaged(text: str, start: int, end: int, limit: int) -> Quantity | None:
    """A numeral that touches a lost character: no value, whatever digits are left.

    A lost character alone is a damaged number only before a magnitude with a unit, or a unit that needs a number
    (`%`, `元`): before 个 or 户 it may as well be any other character.
    """
    while end < limit and (text[end] in CHINESE or text[end] == LOST or text[end].isdigit() or text[end] == "."):
        end += 1
    if text[end - 1] == ".":
        end -= 1
    numeral = text[start:end]
    quantity = Quantity(start, end, None, numeral=numeral, numeral_end=end)
    at = end
    for pattern in (_FIRST_LOOSE, _MAGNITUDE, _FIRST_LOOSE):
        if found := pattern.match(text, at, limit):
            at = found.end()
            if pattern is _FIRST_LOOSE:
                quantity = replace(quantity, qualifier=Qualifier.OVER)
    quantity = _measured(text, replace(quantity, end=at), limit)
    if any(c.isdigit() for c in numeral):
        return quantity
    needs_number = quantity.measure is not None and quantity.measure.unit in (Unit.PERCENT, Unit.CNY, Unit.MU, Unit.KG)
    has_numeral = any(c in CHINESE for c in numeral) and quantity.measure is not None
    return quantity if needs_number or has_numeral else None


def _hundredths(text: str, start: int, end: int) -> Quantity | None:
    """`百分之十一点二`, `千分之三`."""
    digits = text[start + 3 : end]
    amount = Amount(read_arabic(digits)) if digits[0].isdigit() and digits.isascii() else read_chinese(digits)
    if digits == "百":
        amount = Amount(Decimal(100))
    if amount is None:
        return None
    factor = Decimal(100) / magnitude(text[start])
    qualifier = Qualifier.OVER if amount.open else None
    return Quantity(
        start, end, amount.value, amount.upper, MEASURES["%"], qualifier, numeral=text[start:end], numeral_end=end
    ).scaled(factor)


def _fraction(text: str, start: int, end: int) -> Quantity | None:
    """`三分之二` as a percentage."""
    below, _, above = text[start:end].partition("分之")
    divisor, dividend = read_chinese(below), read_chinese(above)
    if divisor is None or dividend is None or divisor.upper or dividend.upper:
        return None
    return _share(start, end, text[start:end], dividend.value, divisor.value)


def _share(start: int, end: int, numeral: str, dividend: Decimal, divisor: Decimal) -> Quantity | None:
    """A fraction as a percentage, to 15 significant digits where it does not end; None above one."""
    if not 0 < dividend <= divisor:
        return None
    value = Decimal(f"{dividend * 100 / divisor:.{TYPICAL_MAX}g}")
    return Quantity(start, end, value, measure=MEASURES["%"], numeral=numeral, numeral_end=end)
