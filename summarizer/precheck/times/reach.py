"""How far a time phrase reaches: what it only compares or names, and whether the sentences after its own go by it."""

import re
from collections.abc import Sequence

from schemas.vocabulary import Status
from summarizer.patterns import compiled
from summarizer.precheck.brief import TimePhrase
from summarizer.precheck.times.outline import AGED, YEAR_CHARS
from summarizer.precheck.times.phrases import COHORT, IS_THAT_OF, ITS_FIGURE, OPENING_CHARS, PAST

PRESENT = (Status.ACHIEVED, Status.ONGOING)

_DAYS = re.compile(r"\d{4}-\d\d-\d\d(?:/.*)?")
_PAIRS = (("“", "”"), ("《", "》"), ("(", ")"), ("（", "）"))
_CLOSING = re.compile("[”》)）]")
_PAST = compiled(PAST)
_USED_TO = re.compile(
    r"从前|往年|早年|早先|早些年|前些年|前几年|小时候|昔日|过去(?!的|[一二两三四五六七八九十几\d]|[^,，。；;]{1,10}的[\u4e00-\u9fff]{1,6}[,，])"
)
_GOES_BEFORE = re.compile("(?:[比较与同跟像年到]|[场阵][^,，。]{0,3})$")
_MARK = re.compile("[,，;；:：]")
_BY = re.compile(r"(?:截至|截止|到|至)|.*[底末]$|年内")
_PART = re.compile(r".*(?:季度|半年|个月)$|(?:今年|去年|20\d\d年)?\d{1,2}月?[至到~～—–-]{1,2}\d{1,2}月")
_CLAUSE_BEFORE = re.compile(r"[^,，。；;:：！!？?\n(（]*$")
_OF_THE_YEAR = ("全年", "年度", "本年度")
_OF_A_TASK = re.compile(r"[^,，。；;]{0,16}(?:任务|计划|目标|指标|预算|要求)")
_TAKEN_OF = re.compile(r"完成|占|达到|超|为|的")
_AGO = re.compile(r".*[年多][以之]?前$")
_COMPARED = re.compile(r"(?:比(?![例重])|[较与同])[^,，。\n]{0,2}\Z")
_SHARE = re.compile(r"的\s*(?:[\d.]+\s*[%％倍]|[一二三四五六七八九两]成|一半)")

_FLOWS = re.compile(
    r"(?!任务|计划|项目|目标|下达)[^,，。；;\d]{0,8}(?:脱贫|减贫|退出|出列|投入|兑[付现]|发放|建成|实现|完成|收入|新增)"
)
"""当年脱贫1035户 is told of the year that the paragraph tells of; 当年任务 only says which task."""

_IS_OF_STANDARD = re.compile("(?:按照?|依照|根据)$")
_STANDARD = re.compile(r"[^,，。；;\n]{2,40}(?:标准|口径|政策|办法|价格)[,，]")
_FIGURE_ENDS = re.compile(r"[^,，;；:：。！？!?\n]*\d[^,，;；:：。！？!?\n]*[。！？!?]")
_YEARS = re.compile(r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})[多来]?年")
_LEFT = re.compile(r"[^,，。；;]*\d[^,，。；;]*[到至为成]")
_NOW = re.compile("目前|当前|当下|时下|现|眼下|如今|而今|(?:截至|到)?今[天日]|迄今|至今")
_CLAUSE_END = re.compile("[,，。；;：:\n]")
_CARRIED_OUT = re.compile("全部|已|建成|入住|竣工|拆除")
_CLAUSE_CHARS = 40
"""Characters behind a number in which its clause ends."""
_FORESEEN = re.compile("(?:预计|力争|计划|有望|争取|确保)$")
_BY_NOW = re.compile(r"[^,，。；;]*的[^,，。；;]*(?:已|现有|目前|达到?)[^,，。；;\d]{0,4}$")
_ATTRIBUTE = re.compile(r"[^,，。；;:：的\d]{0,6}[建办进立修捐施动定增种产买购起][成设立起下的了步]?的(?![,，是])")


def is_past(text: str, phrase: TimePhrase) -> bool:
    """Whether the phrase speaks of some time before (过去, 原来): that is told in its own clause only."""
    return bool(_PAST.fullmatch(text, phrase.start, phrase.end))


def was_so(text: str, phrase: TimePhrase) -> bool:
    """Whether the phrase begins to tell how things used to be (往年光运费就要600元): the clauses behind it too."""
    if not _USED_TO.match(text, phrase.start):
        return False
    # 一场鸡瘟过去,只剩百来只; 比过去下降三成: neither tells how things used to be.
    return not _GOES_BEFORE.search(text, max(0, phrase.start - 5), phrase.start)


def is_closing(text: str, phrase: TimePhrase) -> bool:
    """Whether the phrase is a closing date, or a part of the year up to one: 截至3月, 到年底, 前三季度, 1—9月."""
    return is_by(text, phrase) or bool(_PART.match(text, phrase.start, phrase.end))


def is_now(text: str, phrase: TimePhrase) -> bool:
    """Whether the phrase is of the time of writing (目前, 现已)."""
    return bool(_NOW.match(text, phrase.start))


def is_point(text: str, phrase: TimePhrase) -> bool:
    """Whether the phrase dates an event to its month or day, and is no closing date."""
    period = phrase.period or ""
    return "-" in period and "/" not in period and not is_closing(text, phrase) and not _NOW.match(text, phrase.start)


def is_event(text: str, phrase: TimePhrase) -> bool:
    """Whether the phrase dates an event to its month or its days, and not the beginning of a year that is counted."""
    period = phrase.period or ""
    days = "/" in period and _DAYS.fullmatch(period) is not None
    return days or (is_point(text, phrase) and not text.endswith("初", phrase.start, phrase.end))


def is_by(text: str, phrase: TimePhrase) -> bool:
    """Whether the phrase is a closing date: 截至3月, 到年底, 2019年底."""
    return bool(_BY.match(text, phrase.start, phrase.end))


def compares(text: str, phrase: TimePhrase) -> bool:
    """Whether the phrase is what a figure is compared with (比年初增加, 是2015年的2.4倍), not when it holds."""
    open_ended = phrase.period is None and text.endswith("以来", phrase.start, phrase.end)
    if text.startswith("同期", phrase.end) or (open_ended and not text.startswith("长期", phrase.start)):
        # 对口帮扶以来 says no year: the number goes by what governs the passage.
        return True
    if is_past(text, phrase) and _SHARE.match(text, phrase.end):
        # 订单只剩往年的四成
        return True
    if text.startswith(("的", "全年的"), phrase.end) and IS_THAT_OF.search(
        text, max(0, phrase.start - 8), phrase.start
    ):
        return True
    return bool(_COMPARED.search(text, max(0, phrase.start - 4), phrase.start))


def is_aside(text: str, phrase: TimePhrase, position: int, status: Status | None) -> bool:
    """Whether the phrase, though it stands before the number, does not date it.

    当年 and the 全年 or 年度 of a task tell one thing from another: what was done of it has its own time. What a figure
    is compared with, or started from (由2015年的31%下降到…), does not date it either, nor does a quotation that has
    closed.
    """
    words = text[phrase.start : phrase.end]
    if text.startswith(("年均", "平均"), phrase.end) and _MARK.search(text, phrase.end, position):
        # 五年年均增长8.7%,收入达到6.4亿元: the years are the average's.
        return True
    if AGED.match(text, phrase.end) and _MARK.search(text, phrase.end, position) and not _YEARS.match(text, position):
        # 老史今年53岁,干了23年,手里有4眼井: the year is that of his age, and of how long by then.
        return True
    if _IS_OF_STANDARD.search(text, max(0, phrase.start - 3), phrase.start) and _STANDARD.match(
        text, phrase.end, position
    ):
        # 按2013年2736元的标准,识别贫困户18642户: the year is the standard's.
        return True
    if text.startswith("对", phrase.start - 1) and _MARK.search(text, phrase.end, position):
        # 对2016年以来的213个项目逐个核查,盘活大棚46座: the years are those of what was looked into.
        return True
    if words.endswith("五”") and _CARRIED_OUT.search(text, phrase.end, _clause_end(text, position)):
        # “十三五”规划搬迁3108户,9个安置点全部建成: the plan dates what it plans, not what is done of it.
        return True
    if (
        (figure := ITS_FIGURE.match(text, phrase.end))
        and position >= figure.start("times")
        and IS_THAT_OF.search(text, max(0, phrase.start - 3), phrase.start)
    ):
        # 投入9000万元,是2015年3600万元的2.5倍,其中县级…: the year is that of the one figure.
        return True
    if _ATTRIBUTE.match(text, phrase.end) and _BY_NOW.match(text[phrase.end : position]):
        # 2012年起步的合作社社员已达128户: the year is the co-operative's.
        return True
    if (
        (words == "当年" and not (phrase.period and _FLOWS.match(text, phrase.end)))
        or compares(text, phrase)
        or is_left(text, phrase, position)
    ):
        return True
    if words in _OF_THE_YEAR and status in PRESENT and _tells_apart(text, phrase):
        return True
    return phrase.end <= position and _enclosed(text, phrase.end, position)


def _clause_end(text: str, position: int) -> int:
    """Where the clause around a position ends."""
    stop = _CLAUSE_END.search(text, position, position + _CLAUSE_CHARS)
    return stop.start() if stop else position + _CLAUSE_CHARS


def _tells_apart(text: str, phrase: TimePhrase) -> bool:
    """Whether 全年 or 年度 belongs to a task (完成全年任务) and is not when something happened (全年产茶5120吨)."""
    before = _CLAUSE_BEFORE.search(text, max(0, phrase.start - 30), phrase.start)
    taken = bool(before and _TAKEN_OF.search(before.group()))
    return text[phrase.start : phrase.end] == "年度" or taken or bool(_OF_A_TASK.match(text, phrase.end))


def is_left(text: str, phrase: TimePhrase, position: int) -> bool:
    """Whether the phrase dates the first figure of a change, and the number is the other (由上年的86%提高到90%)."""
    words = text[phrase.start : phrase.end]
    from_it = text[max(0, phrase.start - 1) : phrase.start] in ("由", "从", "自") or words.startswith(("从", "自"))
    return from_it and not words.endswith(("起", "开始", "来", "后")) and bool(_LEFT.match(text, phrase.end, position))


def _enclosed(text: str, phrase_end: int, position: int) -> bool:
    """Whether a quotation, title or bracket that holds the phrase closes before the position."""
    if _CLOSING.search(text, phrase_end, position) is None:
        return False
    between = text[phrase_end:position]
    for opening, closing in _PAIRS:
        first = between.find(closing)
        if first >= 0 and not 0 <= between.find(opening) < first:
            return True
    return False


def is_cohort(text: str, phrase: TimePhrase) -> bool:
    """Whether the phrase names a year's project or task (2016年项目), which dates that, not what was done since."""
    if len(phrase.period or "") != YEAR_CHARS or _NOW.match(text, phrase.start):
        return False
    return bool(COHORT.match(text, phrase.end))


def _still_runs(period: str, year: int) -> bool:
    """Whether a stretch of years has begun and ends behind the year."""
    first, _, last = period.partition("/")
    return bool(last) and int(first[:YEAR_CHARS]) <= year < int(last[:YEAR_CHARS])


def is_added(
    text: str,
    phrase: TimePhrase,
    sentence: int,
    phrases: Sequence[TimePhrase],
    status: Status | None,
    year: int | None,
) -> bool:
    """Whether the phrase only dates a figure of a year that is over, with which its sentence ends.

    村里有312户种木耳,去年户均收入1.4万元。县里买了保险,保费36元: the second sentence is not of last year. Of a row of
    years (三年投入1.5亿元,…、2020年7300万元。) what follows goes by the whole. `phrases` are those of the sentence.
    """
    if year is None or status not in PRESENT or not phrase.period or int(phrase.period[:YEAR_CHARS]) >= year:
        return False
    if any("/" in (told.period or "") for told in phrases):
        return False
    return bool(_FIGURE_ENDS.match(text, phrase.end) and _MARK.search(text, sentence, phrase.start))


def hands_on(text: str, phrase: TimePhrase, starts: tuple[int, int], status: Status | None, year: int | None) -> bool:
    """Whether a phrase that is no aside reaches beyond its sentence; `starts`: where its paragraph and that begin.

    The day or month of an event does not, save a day that opens its paragraph; nor does a closing date (到年底), save
    from the head of its sentence; nor what tells one thing from another (2016年建成的电站), nor what was, nor a year to
    come for what is told as done.
    """
    paragraph, sentence = starts
    if is_past(text, phrase):
        return False
    period = phrase.period
    if period is None:
        return True
    if _DAYS.fullmatch(period) and not (status in PRESENT and not text[paragraph : phrase.start].strip()):
        return False
    if status in PRESENT and is_cohort(text, phrase):
        return False
    inside = _MARK.search(text, sentence, phrase.start)
    opens = not inside and phrase.start - paragraph <= OPENING_CHARS
    if _ATTRIBUTE.match(text, phrase.end) and not opens and not _NOW.match(text, phrase.start):
        return False
    if text.startswith("起", phrase.end) and phrase.start - paragraph > OPENING_CHARS:
        # 邻区2017年起结对帮扶,投入1亿元。全县选派工作队49支: since when is one thing's.
        return False
    if year is not None and status in PRESENT and _still_runs(period, year):
        # “十三五”期间规划搬迁9863户。已入住1876户: what is done of a plan that still runs is told of now.
        return False
    if _AGO.match(text, phrase.start, phrase.end) and phrase.start > sentence:
        # 丈夫3年前去世 is one thing's; 3年前可不是这样 heads a tale.
        return False
    if year is not None and int(period[:YEAR_CHARS]) > year and not opens:
        # 2019年102个项目提前启动。96个项目基本完成: the second sentence is of the year of writing.
        return status is Status.PLANNED and not inside
    if text.startswith(("现在", "头一年"), phrase.start):
        # 现在一天能编三个。一个卖15元: how things are now says nothing of when.
        return False
    if inside and text[phrase.start : phrase.end] in ("去年", "前年"):
        # 果园有30亩,去年卖了9万元。套袋的有6个人: the year is that of one figure.
        return False
    if inside and status in PRESENT and _FORESEEN.search(text, max(0, phrase.start - 6), phrase.start):
        return False
    point = "-" in period and "/" not in period and not _NOW.match(text, phrase.start)
    return not (inside and (point or is_by(text, phrase)))
