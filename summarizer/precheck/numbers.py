"""Every number of a text: those that may be facts, with value and unit, and those set aside, with reasons.

Together they hold every Arabic digit, and the Chinese numerals that measure something or that a hasty reader might take
for a measure. Numerals inside ordinary words (`统一`, `百姓`, `千方百计`) are in neither. Nothing here decides what a
number means to the article: that is the reader's work.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from re import compile as regex

from schemas.vocabulary import Qualifier, SetAsideReason, Unit
from summarizer.patterns import compiled
from summarizer.precheck import clause, counted, per, qualifiers, quantities
from summarizer.precheck.aside import asides, holds_numeral
from summarizer.precheck.aside_rules import CN
from summarizer.precheck.candidate import Number
from summarizer.precheck.numerals import DIGITS
from summarizer.precheck.quantities import COUNTED_THERE, NUMERAL, Quantity
from summarizer.precheck.units import MEASURES
from summarizer.text.article import Furniture
from summarizer.text.exchange import exchanged
from summarizer.text.traced import LOST

_DIGITS = regex(r"\d+(?:[.,:/-]\d+)*")
_RANGE = regex(
    r"(?:以上(?=[至到]))?\s?(?:[-–~～]|—{1,2}|至|到|(?<=[1-8一二三四五六七八])、(?=[2-9二三四五六七八九][百千万]))\s?(?=[\d一二两三四五六七八九十])"
)
_FROM = regex(r"(?:[从由]|自(?!付|筹|费|缴|掏|负))[^,。;:!?\n]{0,8}$")
_RATIO = regex(rf"\d++(?:\.\d++)?+(?:\s?[:∶比]\s?\d++(?:\.\d++)?+)++(?![.,]?\d{{0,3}}{LOST})")
_PARTED = regex(
    rf"(?<!{CN})(?:一九|二八|三七|四六|五五|六四|七三|八二|九一)(?=分[成红账了,。;、]|开(?:分|[成红账,。;、]))"
)
_SHARES = regex(
    "(?<![一二三四五六七八九十百千万])[一二三四五六七八九十](?:[:∶比][一二三四五六七八九十])+"
    "(?=[的分配放开,。;、!?)]|比例|$)"
)
"""A ratio in Chinese numerals: 一比六配备, 三∶一∶六分成; 其一:三年 is none."""
_DIMENSIONS = regex(rf"\d++(?:\.\d++)?+(?:[×xX*]\d++(?:\.\d++)?+)++(?![.,]?\d{{0,3}}{LOST})")
_JOINED = regex(rf"\d++(?:\.\d++)?+\s?[:∶比×xX*]|{_PARTED.pattern}|{_SHARES.pattern}")
"""What they begin with."""
_PARTS = regex(r"\d+(?:\.\d+)?|[一二三四五六七八九十]")
_SIMPLE = {**DIGITS, "十": 10}
_MONEY = regex(
    r"(?:资金|投资|投入|收入|贷款|补助|补贴|产值|收益|利润|增收|分红|存款|货款|借款|租金|工资|奖金|奖励|救助金|保费"
    r"|保额|经费|销售额|营业额|成交额|总额|金额|效益|财政|税收|捐款|捐资|集资|融资|股金|年薪|月薪|资产|债务|欠款"
    r"|成本|费用|集体经济|价值|赔付)"
)
_MONEY_JUST_BEFORE = regex(
    _MONEY.pattern + r"(?:总计|合计|共计|累计|达到|达|为|约|近|超过|超|约为|共|各|余额|大概|是|就有|有|\s){0,2}$"
)
_EACH_JUST_BEFORE = regex(r"(?:人均|户均|亩均|村均|每人|每户|每亩|每村)(?:约|达|近|超过|不低于|不超过)?$")
_LIST_GOES_ON = regex(r"[、和或](?:[^,。;:!?、\d]{0,6}?)(?=\d)")
_CHANGE = r"(?:一下子|一路|逐[步年])?(?:上?涨|增[长加]?|提[高升]|上?升|下?降|减少?|下?跌|变)(?:到了?|至|成了?|为)"
_CHANGES = regex(_CHANGE)
_CHANGED = regex(rf"\d{_CHANGE}$")
_DISTRIBUTED = regex(r"(?:每(?=.)(?!一|个[,。]|到|逢|次|当)|各(?![类级地项种部]))[^,。;:!?\n]{0,14}$")
_DEFINITE = regex(
    r"(?:共|仅|(?<!刚)才|(?<=的)就|只|只有|仅有|至少|另有|还有|其中|已有|现有|共有|唯一|达|各|有且只有|配备|配齐|期限|为期|任期|再[干留住待续])$"
)
_TAKES = regex(r"(?:来回|往返|路上|得|需|足足|整整)(?:要|得|需|走|花|用|耗|等)?了?$|(?:[要花用耗])了?$")
_THING_BEFORE = regex(
    r"(?:引进|引入|建|成立|培育|发展|入驻|落户)[^,。;:!?\n]{0,12}"
    r"(?:企业|[茶药酒食]企|公司|合作社|厂|厂房|车间|基地|室|校|桥梁?|水库|中心|站|园区)$"
)
"""A 一 behind what was founded is no indefinite article: 引进企业一家; 光这公司一家 is one among others."""
_TIMES_OF = regex(r"[\u4e00-\u9fff](?<![的这那每再头同某])$|次[\u4e00-\u9fff]{1,6}、$")
"""Before 一次 what was done (报销路费一次,), or in its list what was done several times (两次公示、一次公告)."""
_LIST_OR_END = regex(r"[,。;、!?\n)]|$")
_PLACE_NAME = regex(r"(?:县|山(?![路坡])|镇|乡|村|市|区|州|寨|庄|屯)(?![民级直里干集亲场区林羊地贤土内外办属委定企])")
_PLACE_NAME_MEASURES = frozenset("台里户家间层道元年亩眼头口棚处所条")
_DEFINITE_UNITS = frozenset({Unit.CNY, Unit.PERCENT, Unit.PERCENT_POINT, Unit.USD})
_EXTENT_UNITS = frozenset({Unit.MU, Unit.CNY, Unit.KG, Unit.M2, Unit.KM2, Unit.KILOWATT, Unit.KILOWATT_HOUR})
_HEADS = frozenset("头只羽")
"""A farm for so many animals: 万头猪场, 千只鸡舍."""
_TWO_IS_CARDINAL = frozenset(("层", "成", "倍", "亩", "斤", "里", "里地", "元", "两"))
_PIECE = regex(
    r"(?!出头|[\u4e00-\u9fff]{1,2}[钱费款])(?:多晶|[\u4e00-\u9fff])(?<![钱多以左上下一每的到至和与就呢啊了都才是也])"
)
"""After 块, a thing that comes in pieces (两块硬骨头); without one 块 is money (一斤20块, 600块油钱)."""
_HOLLOW = regex(r"网?箱|水?[井窖塘窑锅缸]")
"""What 口 counts beside people: 老殷家45口网箱."""
_DEGREES = regex(r"(?:[经纬]|温度?|零[下上]|坡度|摄氏|角度?|[棚屋室窖房][里内外])[^,。;\d电]{0,6}$")
_LEADING_ZERO = regex(r"0\d")
"""A code, not a quantity: 01号, a page bar `01020304`."""
_IS_A_YEAR = regex(r"(?=(?:19[5-9]|20[0-4])\d(?![\d.]))")


_LINE = regex(r"[^\n]*\n?")
_SENTENCE_MARK = regex("[,。;!?]")
_DATING = frozenset({Unit.YEAR, Unit.DAY, Unit.HOUR})
_LONGEST_TITLE = 120
"""Characters in which the lines of a title and its subtitle stand."""

_FOLDED = dict(zip("，；：！？（）［］％．＋／～", ",;:!?()[]%.+/~", strict=True))
"""One character for one, so that the rules know a single form of each mark and positions stay."""

_STRAY = compiled(r"(?:(?<=[达为至占])|(?<=任务的|计划的|指标的|目标的))\?(?=\d)")
"""A question mark that ends no question (完成任务的?10%): a decoder wrote it for lost bytes, a digit among them."""


def find(clean: str, furniture: Sequence[Furniture] = ()) -> tuple[Number, ...]:
    """All numbers of the clean text in order, not overlapping; numbers inside furniture are set aside."""
    if not holds_numeral(clean):
        return ()
    text = _STRAY.sub(LOST, exchanged(clean, _FOLDED))
    found: list[Number] = []
    at = 0
    for part in furniture:
        found += _in_article(text, at, part.start)
        found += (
            _aside(digits.start(), digits.end(), SetAsideReason.FURNITURE)
            for digits in _DIGITS.finditer(text, max(at, part.start), part.end)
        )
        at = max(at, part.end)
    found += _in_article(text, at, len(text))
    return tuple(per.stated_for(text, _with_nouns(text, _first_of_a_name(text, _titles_apart(text, found)))))


def _titles_apart(text: str, found: Iterable[Number]) -> Iterator[Number]:
    """Spans of time in the title's lines are a date: 老区的五年跋涉, 卖花的十八天 date what the article then tells."""
    end = _title_end(text)
    for number in found:
        spans = number.set_aside is None and number.unit in _DATING and number.qualifier is Qualifier.EXACT
        yield _aside(number.start, number.end, SetAsideReason.DATE) if spans and number.end <= end else number


def _title_end(text: str) -> int:
    """Where the first lines end that hold no mark of a sentence; 0 where the text begins with a sentence."""
    end = 0
    for line in _LINE.finditer(text, 0, _LONGEST_TITLE):
        if line.group().strip() and _SENTENCE_MARK.search(line.group()):
            break
        end = line.end()
    return end


def _in_article(text: str, start: int, end: int) -> Iterator[Number]:
    """The numbers of a stretch without furniture: what the patterns set aside, and the quantities between."""
    at = start
    for span in asides(text, start, end):
        yield from _in_gap(text, at, span.start)
        yield _aside(span.start, span.end, span.reason)
        at = span.end
    yield from _in_gap(text, at, end)


def _aside(start: int, end: int, reason: SetAsideReason) -> Number:
    """A number that measures nothing has no value and no unit of its own."""
    return Number(start, end, start, None, Unit.COUNT, set_aside=reason)


def _in_gap(text: str, start: int, limit: int) -> Iterator[Number]:
    """The numbers of a stretch that holds nothing set aside by pattern."""
    at = start
    while match := NUMERAL.search(text, at, limit):
        joined = _JOINED.match(text, match.start(), limit)
        if joined and (special := _ratio(text, match.start(), limit) or _dimensions(text, match.start(), limit)):
            yield from special
            at = special[-1].end
            continue
        quantity = quantities.read(text, match, limit)
        if quantity is None:
            at = match.end()
            continue
        quantity = _with_range(text, quantity, limit)
        number = _number(text, quantity, start, limit)
        if number is not None:
            yield number
        at = max(quantity.end, number.end if number else 0, match.end() if number is None else 0)


def _ratio(text: str, at: int, limit: int) -> list[Number]:
    """`5∶4∶1`, and 四六 of 四六分成: each a share, counted in 份."""
    if parted := _PARTED.match(text, at, limit):
        return [
            Number(at + i, at + i + 1, at + i, Decimal(DIGITS[c]), Unit.COUNT, counted="份")
            for i, c in enumerate(parted.group())
        ]
    match = _RATIO.match(text, at, limit) or _SHARES.match(text, at, limit)
    if match is None:
        return []
    return [
        Number(p.start(), p.end(), p.start(), Decimal(_SIMPLE.get(p.group(), p.group())), Unit.COUNT, counted="份")
        for p in _PARTS.finditer(text, match.start(), match.end())
    ]


def _dimensions(text: str, at: int, limit: int) -> list[Number]:
    """`3×4米`: each in the unit at the end."""
    match = _DIMENSIONS.match(text, at, limit)
    if match is None:
        return []
    numeral = NUMERAL.match(text, max(text.rfind(c, at, match.end()) for c in "×xX*") + 1, limit)
    last = quantities.read(text, numeral, limit) if numeral else None
    measure = last.measure if last else None
    factor, unit = (measure.factor, measure.unit) if measure else (Decimal(1), Unit.COUNT)
    counted_word = measure.word if measure and unit is Unit.COUNT else None
    parts = list(_PARTS.finditer(text, match.start(), match.end()))
    return [
        Number(
            p.start(),
            last.end if last and p is parts[-1] else p.end(),
            p.start(),
            Decimal(p.group()) * factor,
            unit,
            counted=counted_word,
        )
        for p in parts
    ]


def _with_range(text: str, first: Quantity, limit: int) -> Quantity:
    """`1—2个`, `3至5万元`, `800元至1.2万元`: one quantity with an upper end, where a second may close it."""
    if first.value is None or first.upper is not None:
        return first
    separator = _RANGE.match(text, first.end, limit)
    numeral = NUMERAL.match(text, separator.end(), limit) if separator else None
    second = quantities.read(text, numeral, limit) if numeral else None
    if separator is None or second is None or second.value is None:
        return first
    # 1500元到三千多元: of two ways of writing, each end has its own unit.
    if second.chinese != first.chinese and first.measure is None:
        return first
    # 3、4万元 is one quantity, 3、8万元 are two.
    if separator.group() == "、" and not (first.measure is None and _next_digit(first.numeral) == second.numeral[:1]):
        return first
    # 由3000元到5000元 tells of a change: two facts. 从3000元到5000元不等 is a range.
    if (
        separator.group().strip() in ("至", "到")
        and _FROM.search(text, max(0, first.at - 10), first.at)
        and not text.startswith("不等", second.end)
    ):
        return first
    lower = _shared(first, second)
    if lower is None or lower > second.value:
        return first
    return replace(
        second, at=first.at, value=lower, upper=second.upper or second.value, numeral=first.numeral, bare=False
    )


def _next_digit(numeral: str) -> str:
    """The digit after a numeral of one digit; nothing after any other."""
    row = "123456789" if numeral.isascii() else "一二三四五六七八九"
    at = row.find(numeral) + 1 if len(numeral) == 1 else 0
    return row[at : at + 1] if at else ""


def _shared(first: Quantity, second: Quantity) -> Decimal | None:
    """The lower end in the unit of the upper; its magnitude too, unless that would turn the range round."""
    assert first.value is not None
    assert second.value is not None
    if first.measure is not None:
        return first.value if second.measure is not None and first.measure.unit is second.measure.unit else None
    lower = first.value * (second.measure.factor if second.measure else 1)
    shared = lower * second.magnified
    if first.magnified == 1 and not first.chinese and shared <= second.value:
        return shared
    # 三至五万元 shares its magnitude, 三十至五十户 has its own.
    if first.chinese and first.magnified == 1 and second.magnified >= 10**4 and shared <= second.value:
        return shared
    return lower


def _number(text: str, quantity: Quantity, floor: int, limit: int) -> Number | None:
    """The quantity as a number: qualified, counted, or set aside; None where it is part of a word."""
    start = max(floor, clause.start_of(text, quantity.at, clause.PHRASE, 30))
    measure = quantity.measure
    if _LEADING_ZERO.match(quantity.numeral):
        return _aside(quantity.at, quantity.end, SetAsideReason.NAME)
    if len(quantity.numeral.replace(",", "").replace(".", "").strip("0")) > quantities.TYPICAL_MAX:
        return _aside(quantity.at, quantity.end, SetAsideReason.PHONE)
    point = measure is not None and measure.unit is Unit.PERCENT_POINT
    stated = qualifiers.before(text, start, quantity.at, bare=quantity.bare, point=point)
    # 净落2万出头: a large number may be told without its unit.
    told = measure is not None or quantity.magnified >= 10**4
    trailing = qualifiers.after(text, quantity.end, limit) if told else None
    touching = [found.qualifier for found in (stated, trailing) if found is not None]
    if quantity.chinese and (reason := _chinese_aside(text, quantity, touching)):
        return reason if isinstance(reason, Number) else None
    qualifier = quantity.qualifier or Qualifier.EXACT
    # 县财政收入不过6亿多元: how the number itself is told outweighs that it is little.
    if stated is not None and not (stated.qualifier is Qualifier.AT_MOST and quantity.qualifier):
        qualifier = stated.qualifier
    if trailing is not None and (stated is None or stated.qualifier not in (Qualifier.AT_LEAST, Qualifier.AT_MOST)):
        qualifier = trailing.qualifier
    unit, noun, year = _unit(text, quantity, floor)
    if year:
        return _aside(quantity.at, quantity.end, SetAsideReason.DATE)
    return Number(
        stated.edge if stated else quantity.at,
        trailing.edge if trailing else quantity.end,
        quantity.at,
        quantity.value,
        unit,
        upper=quantity.upper,
        counted=noun,
        qualifier=qualifier,
        damaged=quantity.damaged,
    )


def _chinese_aside(text: str, quantity: Quantity, stated: Sequence[Qualifier]) -> Number | bool:
    """Why a Chinese numeral measures nothing: a number set aside, True for part of a word, False where it measures."""
    measure, numeral = quantity.measure, quantity.numeral
    loose = quantity.qualifier is not None
    if measure is None:
        if quantity.bare:
            return not (stated and _OVERSTEPS.search(text, max(0, quantity.at - 2), quantity.at))
        noun = counted.after(text, quantity.end, 8) if quantity.magnified >= 1000 else None
        counts = (noun and noun.unit is not Unit.COUNT) or len(numeral) >= 4
        return not (counts or quantities.is_told(text, quantity))
    if (
        measure.word in _PLACE_NAME_MEASURES
        and quantity.magnified < 100
        and not loose
        and _PLACE_NAME.match(text, quantity.end)
    ):
        return _aside(quantity.at, quantity.end, SetAsideReason.NAME)
    if quantity.bare:
        # 千亩, 百万元, 万头 measure; 百家, 千户, 万人 are as often part of a word, unless 近, 上, 余, 左右 counts them.
        crowd = measure.word == "头" and text.startswith("攒动", quantity.end)
        return crowd or not (stated or loose or measure.word in _HEADS or measure.unit in _EXTENT_UNITS)
    if numeral == "二" and measure.word not in _TWO_IS_CARDINAL:
        return _aside(quantity.at, quantity.end, SetAsideReason.ORDINAL)
    definite = (measure.unit in _SPANS_OF_TIME and not _BOUNDS.isdisjoint(stated)) or (
        measure.unit in _EXTENT_UNITS and Qualifier.UNDER in stated
    )
    if (
        numeral == "一"
        and not (loose or definite)
        and quantity.value == measure.factor
        and not _definite_one(text, quantity)
    ):
        # 一张, 一排 are told too often to be listed.
        return measure.word in COUNTED_THERE or _aside(quantity.at, quantity.end, SetAsideReason.FIXED_PHRASE)
    return False


_SPANS_OF_TIME = frozenset({Unit.YEAR, Unit.MONTH, Unit.DAY, Unit.HOUR})
_BOUNDS = frozenset({Qualifier.OVER, Qualifier.UNDER})
"""Of a span of time one is counted where it is a bound: 结转超过一年; not 最多一天卖出万个. So is 不到一亩."""
_GOINGS = frozenset({"趟", "回", "遍"})
"""一 of these is an indefinite article even where it is distributed: 每天都要擦一遍."""
_SIZE_BEHIND = regex(r"\d[\d.]*万?(?:千瓦|兆瓦|平方米|立方米|元|吨|米)")
"""Where the size of the thing follows, so is any 一: 各建一座60千瓦光伏电站."""
_OVERSTEPS = regex(r"(?:过|破|超|逾|近|上)$")


def _definite_one(text: str, quantity: Quantity) -> bool:
    """Whether 一 counts: 一倍, 每人包一个乡镇, 至少一项, 一户以上; but not 一场雨, 一条路."""
    measure = quantity.measure
    assert measure is not None
    if measure.word in _GOINGS or (measure.unit is Unit.COUNT and _SIZE_BEHIND.match(text, quantity.end)):
        return False
    if (
        (measure.unit in _DEFINITE_UNITS and measure.word not in ("块", "分钱"))
        or measure.word in ("倍", "刻钟")
        or (measure.word == "番" and "翻" in text[max(0, quantity.at - 4) : quantity.at])
        or qualifiers.after(text, quantity.end, len(text))
    ):
        return True
    if text.startswith("个", quantity.end - 1) and text.endswith("其中", 0, quantity.at):
        return counted.after(text, quantity.end) is not None
    if (
        measure.word == "次"
        and (done := _TIMES_OF.search(text, max(0, quantity.at - 8), quantity.at))
        and (done.group().endswith("、") or _LIST_OR_END.match(text, quantity.end))
    ):
        return True
    start = clause.start_of(text, quantity.at, clause.CLAUSE, 20)
    if measure.unit in (Unit.YEAR, Unit.MONTH, Unit.DAY):
        # 每栋一年租金6000元: a year is the denominator here, as 每 is said of the house.
        # 来回要一天;: all that is said of it is how long it takes.
        takes = _TAKES.search(text, start, quantity.at) and _LIST_OR_END.match(text, quantity.end)
        return bool(takes or _DEFINITE.search(text, start, quantity.at))
    return bool(
        _DEFINITE.search(text, start, quantity.at)
        or _DISTRIBUTED.search(text, start, quantity.at)
        or (_THING_BEFORE.search(text, start, quantity.at) and _LIST_OR_END.match(text, quantity.end))
    )


def _unit(text: str, quantity: Quantity, floor: int) -> tuple[Unit, str | None, bool]:
    """The unit, what is counted, and whether the number is a year without 年."""
    measure = quantity.measure
    start = max(floor, clause.start_of(text, quantity.at, clause.CLAUSE, 30))
    if measure is None:
        return _bare_unit(text, quantity, start)
    family = text[quantity.at - 1 : quantity.at] == "家" or text.startswith("之家", quantity.end)
    if measure.word == "口" and family and not _HOLLOW.match(text, quantity.end):
        return Unit.PERSON, None, False
    has_coins = not text.endswith("块", 0, quantity.end)
    if measure.word == "块" and not has_coins and quantity.magnified < 10**4 and _PIECE.match(text, quantity.end):
        return Unit.COUNT, "块", False
    if measure.word == "度" and _DEGREES.search(text, start, quantity.at):
        return Unit.COUNT, "度", False
    if measure.word == "倍" or measure.unit is not Unit.COUNT:
        return measure.unit, "倍" if measure.word == "倍" else None, False
    if measure.word != "个":
        return Unit.COUNT, "县(市、区)" if measure.word in ("县市区", "县(市、区)") else measure.word, False
    noun = counted.after(text, quantity.end)
    # 建农家院3个45户: the people have a number of their own.
    if noun and noun.unit is not Unit.COUNT and any(c.isdigit() for c in text[quantity.end : noun.end]):
        noun = None
    noun = noun or counted.before(text, start, quantity.at)
    # 车间里19个人,12个是贫困户: of these one says what they are.
    if noun and noun.unit is Unit.HOUSEHOLD and text.startswith("是", quantity.end):
        return Unit.PERSON, None, False
    if noun is None:
        return Unit.COUNT, _UNNAMED, False
    if noun.unit is Unit.PERSON and not noun.noun.endswith(_PERSONS):
        return Unit.COUNT, noun.noun, False
    return noun.unit, noun.noun if noun.unit is Unit.COUNT else None, False


_SENTENCE_BREAK = regex(f"[{clause.SENTENCE.replace(';', '')}]")
_PERSONS = ("人", "人口")
"""Of people counted with 个 only these are the unit person; 两个孩子 counts 孩子."""
_UNNAMED = "个"
"""What 个 counts where no noun stands beside it, until the sentence is seen as a whole."""


def _with_nouns(text: str, found: Iterable[Number]) -> Iterator[Number]:
    """What 个 counts where no noun stands beside it: that of the 个 before (`安置区8个,竣工6个`), else the nearest."""
    last: str | None = None
    people = False
    at = 0
    for number in found:
        if _SENTENCE_BREAK.search(text, at, number.start):
            last, people = None, False
        at = number.end
        if number.set_aside is None and "个" in text[number.number_at : number.end]:
            if number.counted == _UNNAMED and people:
                number = replace(number, unit=Unit.PERSON, counted=None)  # noqa: PLW2901
            elif number.counted == _UNNAMED:
                number = replace(number, counted=last or _noun_near(text, number))  # noqa: PLW2901
            people = number.unit is Unit.PERSON
            last = number.counted if number.unit is Unit.COUNT else last
        yield number


def _noun_near(text: str, number: Number) -> str:
    """The nearest word that may be what is counted, or 个 itself."""
    clause_start = clause.start_of(text, number.number_at, clause.CLAUSE, 30)
    sentence_start = clause.start_of(text, number.number_at, clause.SENTENCE)
    return (
        _word_after(text, number.end)
        or counted.latest(text, sentence_start, number.number_at)
        or counted.word_before(text, clause_start, number.number_at)
        or _UNNAMED
    )


_WORD_AFTER = regex(r"[\u4e00-\u9fff]{1,4}(?=[,。;:!?、\n的\d(“”])")


def _word_after(text: str, at: int) -> str | None:
    word = _WORD_AFTER.match(text, at)
    return word.group() if word else None


def _bare_unit(text: str, quantity: Quantity, start: int) -> tuple[Unit, str | None, bool]:
    """The unit of a number without measure word, from the words around it.

    `资金200万` is money, `20万农业人口` people, `人均5000、户均3万元` shares the unit of its list, and `引进种羊3500`
    counts 种羊.
    """
    noun = counted.after(text, quantity.end, 10)
    if quantity.magnified >= 10**4 and _MONEY_JUST_BEFORE.search(text, max(0, quantity.at - 20), quantity.at):
        return Unit.CNY, None, False
    if quantity.bare and noun is None and _MONEY.search(text, start, quantity.at):
        return Unit.CNY, None, False
    # 漏评率均为0
    if quantity.value == 0 and "率" in text[start : quantity.at]:
        return Unit.PERCENT, None, False
    if noun is not None and not any(c.isdigit() for c in text[quantity.end : noun.end]):
        return noun.unit, noun.noun if noun.unit is Unit.COUNT else None, False
    if (
        not quantity.chinese
        and _IS_A_YEAR.match(text, quantity.at)
        and quantity.magnified == 1
        and quantity.qualifier is None
    ):
        return Unit.COUNT, None, True
    if unit := _unit_of_list(text, quantity) or _unit_of_change(text, start, quantity):
        return unit, None, False
    if _MONEY_JUST_BEFORE.search(text, start, quantity.at) or _EACH_JUST_BEFORE.search(text, start, quantity.at):
        return Unit.CNY, None, False
    left = counted.before(text, start, quantity.at)
    if left is not None:
        return left.unit, left.noun if left.unit is Unit.COUNT else None, False
    if quantities.is_told(text, quantity):
        return Unit.CNY, None, False
    return Unit.COUNT, _word_after(text, quantity.end) or counted.word_before(text, start, quantity.at), False


def _unit_of_list(text: str, quantity: Quantity) -> Unit | None:
    """The unit of the next number of the same list."""
    more = _LIST_GOES_ON.match(text, quantity.end)
    numeral = NUMERAL.match(text, more.end()) if more else None
    following = quantities.read(text, numeral, len(text)) if numeral else None
    if following and following.measure is None:
        # 60、80、100平方米
        return _unit_of_list(text, following)
    if following and following.measure and following.measure.factor == MEASURES[following.measure.word].factor == 1:
        return following.measure.unit if following.measure.unit is not Unit.COUNT else None
    return None


def _unit_of_change(text: str, start: int, quantity: Quantity) -> Unit | None:
    """The unit of what a number becomes, or became from: 日工资从|80涨到120元, 人均收入从|2300涨到|9800."""
    changes = _CHANGES.match(text, quantity.end)
    numeral = NUMERAL.match(text, changes.end()) if changes else None
    following = quantities.read(text, numeral, len(text)) if numeral else None
    if following and following.measure:
        return following.measure.unit if following.measure.factor == 1 else None
    changed = changes or _CHANGED.search(text, start, quantity.at)
    return Unit.CNY if changed and _MONEY.search(text, start, quantity.at) else None


def _first_of_a_name(text: str, found: Iterable[Number]) -> Iterator[Number]:
    """A bare numeral that opens a name (`千亩蔬菜基地`) measures where it first stands; after that it is the name."""
    seen: set[str] = set()
    for number in found:
        tail = text[number.number_at : number.number_at + 8]
        if number.set_aside is None and text[number.number_at] in "百千万":
            if tail in seen and number.qualifier is Qualifier.EXACT:
                yield _aside(number.start, number.end, SetAsideReason.NAME)
                continue
            seen.add(tail)
        yield number
