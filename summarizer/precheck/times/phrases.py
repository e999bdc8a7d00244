"""Finds the time phrases of a text, in order, and keeps the clock by which `meanings` reads them."""

import re
from collections.abc import Iterator
from re import Match

from summarizer.patterns import compiled
from summarizer.precheck.brief import TimePhrase
from summarizer.precheck.times.clock import Clock
from summarizer.precheck.times.meanings import meaning
from summarizer.precheck.times.outline import REACH, YEAR_CHARS, Heads, Line, is_review, is_yearbook, lines

_MONTH_DAY = (
    r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?!亮|到年根)"
    r"(?:(?P<day>[12]\d|3[01]|0?[1-9])[日号]|份|[上中下]旬)?[底末初]?"
)
_PART = (
    r"(?P<half>[上下])半年|前(?P<first>[两二三])个?季度|第?(?P<quarter>[一二三四1-4])季度"
    r"|前(?P<months>1[01]|[2-9]|[二两三四五六七八九十]{1,2})个月"
)
_DETAIL = (
    rf"(?:{_MONTH_DAY}|年?(?P<end>[底末终])|年?(?P<begin>初)|{_PART}|[春夏秋冬][季天]?|春节(?:前|后|期间)?|度(?!假))"
)
_SINCE = (
    r"(?P<since>以来|[\u4e00-\u9fff]{2,20}?以来|至今|到(?:现在|如今|目前)(?:为止)?"
    r"|来(?=[,，])|起(?=[,，、]|(?(from_)(?!步|草|诉|点)|(?!)))|开始)"
)
_SINCE_THEN = _SINCE.removesuffix(")") + r"|(?(from_)[\u4e00-\u9fff]{2,20}?(?:之后|以后|后)(?=[,，])|(?!)))"
"""自2017年两地结对后 is a stretch; 2017年两地结对后 is not said to be one."""

_CLOSES = "终(?!调度|总结|盘点|考核|大?会|奖|评|报告)"
"""年终 is a time; 年终总结 is what it is called."""

_YEAR_END = rf"年(?P<end>[底末]|{_CLOSES})(?!端)|年(?P<begin>初)"
_A_MONTH = r"一月(?![份底末初上中下到至]|[一二三四五六七八九十\d]{1,3}[日号])"
"""一月 without more is a month, as 一天 is a day (忙时一月挣3000元), not January."""

_BARE = (
    rf"(?P<from_>(?<=[自从]))?(?<![每\d前几多])(?<!每年)(?<![一每][进到])(?!{_A_MONTH})"
    rf"(?:{_MONTH_DAY}|{_YEAR_END}|{_PART}){_SINCE}?"
)
_BY = "(?:截至|截止到?|到|至|自从|自|从)?"
_BY_YEAR = "(?:截至|截止到?|到|至|(?P<from_>自从|自|从))?"
_TO = "[至到~～—–-]{1,2}"
_MONTH_OF, _DAY_OF = r"(?P<{}month>1[0-2]|0?[1-9])月", r"(?P<{}day>[12]\d|3[01]|0?[1-9])"
_FEW = r"(?:\d{1,2}|[一二两三四五六七八九十])"
_PAIRED = "结对(?:帮扶|协作|共建)?|对口(?:帮扶|支援|协作)|定点(?:帮扶|扶贫)|东西部(?:扶贫)?协作|挂职|驻村"
"""How help from outside begins: 结对以来 goes from the year that the text names for it."""

_TERMS = (
    "立春|雨水|惊蛰|春分|清明|谷雨|立夏|小满|芒种|夏至|小暑|大暑"
    "|立秋|处暑|白露|秋分|寒露|霜降|立冬|小雪|大雪|冬至|小寒|大寒"
)
"""The terms of the solar year, by which a feature says when its scene is: 立秋刚过, 霜降前后."""

_SCENES = "清早|清晨|一大早|上午|中午|晌午|下午|傍晚|天[黑擦快刚]|入夜|夜里|临走|临别|离开|告别"
"""With these a paragraph goes back to the day on which the reporter was there: 傍晚起了雾, 临走那天."""

_ON_THE_SPOT = r"记者(?:采访|到访|见到|来到|走访|赶到|走进|看到)[^,，。；;\n\d]{0,8}时(?=[,，])"

PAST = (
    r"以往|以前|从前|往年|早年|早先|早些年|当初|昔日|(?:几|多|好多|好些|[二三四五六七八九]?十[几多来]?)年[以之]?前|(?:上世纪|上个世纪|二十世纪)?[五六七八九5-9][十0]年代[初中末]?期?|改革开放(?:初期?|前)|解放[前初]|建国[前初]|小时候|前些年|前几年|此前|原来|原先|原本|原是"
    r"|(?<![走嫁搬拿跑看送接])过去(?![了的]|[一二两三四五六七八九十几\d])"
)
FUTURE = r"下一?步|下一?阶段|今后|接下来"
_FORMS = (
    # 2018-07-02
    r"(?P<date>(?:19|20)\d\d[-./](?:1[0-2]|0?[1-9])[-./](?:3[01]|[12]\d|0?[1-9])(?!\d))",
    # 5月12日至14日, 今年8月30日至9月1日
    rf"(?:从|自)?(?P<dayyear>今年|去年|20\d\d年)?{_MONTH_OF.format('first')}{_DAY_OF.format('first')}日?{_TO}"
    rf"(?:{_MONTH_OF.format('last')})?{_DAY_OF.format('last')}日",
    # 去年10月至今年1月
    rf"(?:从|自)?(?P<fromyear>今年|去年|前年|20\d\d年)(?P<frommonth>1[0-2]|0?[1-9])月[份底初]?{_TO}"
    r"(?P<toyear>今年|次年|翌年|20\d\d年)(?P<tomonth>1[0-2]|0?[1-9])月[份底初]?",
    # 2016年至2018年, 2016—2018年, 2014年、2015年两年, 2016/2017年榨季; 1至5月
    rf"(?:从|自)?(?P<from>(?:19|20)\d\d)年?(?:(?:{_TO}|/)(?P<to>20\d\d)年|[、和](?P<with>20\d\d)年?这?两[个年])",
    rf"(?:从|自)?(?P<monthyear>今年|去年|20\d\d年)?(?P<monthfrom>1[0-2]|[1-9])(?:月[忙干]到|月?{_TO})(?P<monthto>1[0-2]|[1-9])月",
    r"(?P<now>(?:截至|截止到?|到)(?:目前|现在|发稿时?)(?:为止)?|目前|眼下|当前(?!位置)|如今|现如今|现在|(?:截至|到)?今[天日](?=[,，]|止|为止)|而今|现今|时下|当下(?=[,，])|迄今(?:为止)?|至今|现已|现均已|(?<!发)(?<!\d年[,，])现(?:共|仅)?有(?!的|效|行))",
    r"(?P<twoyears>去冬今春|今冬明春|去今两年|今明两年|明后两年)",
    # 到2019年底, 去年冬天, 今年以来, 从2016年开始, 2017年度
    rf"{_BY_YEAR}(?P<anchor>(?:19|20)\d\d年|二[〇○零][〇○零一二][〇○零一二三四五六七八九]年|今(?=[春夏秋冬])|(?<![过下上出进回失])去(?=[秋冬])|今年|本年度?|去年|上年|大?前年"
    rf"|明年|(?<![\d一二三四五六七八九十几多余])(?<![放存留藏]到)来年|后年|当年|同年|(?<![\u4e00-\u9fff])是年|次年|翌年|(?<![以天])下年(?!度?(?:计划|预算))|(?<![\d一二三四五六七八九])第二年|头一年|转过年){_DETAIL}?{_SINCE_THEN}?",
    # 年底, 第一季度, 10月底, 3月22日
    _BY + _BARE.replace("(?P<", "(?P<bare_").replace("(?(", "(?(bare_"),
    r"(?P<within>(?<![每几多\d一二两三四五六七八九十])年内|全年|(?<!每)年度|(?<![大小每多])半年多?来(?=[,，])|近(?:\d|[两三四五六七八九十])个月来?)",
    r"(?P<planwhole>整个)?“?(?P<plan>十[一二三四])五”?(?P<planpart>(?:的?[前后头][两二三四]年)|期间|时期|以来|末|初|(?=[\u4e00-\u9fff]{2,8}任务(?:为|是|共|[\d]))(?!规划)|开局(?:之年|那年|年)|这五年|(?=[^,，。；;“”\n\d]{0,3}规划(?:的|搬迁|建设)*\d)|(?=(?:规划|计划|易地|扶贫|移民|生态)*搬迁)|(?(planwhole)|(?!)))",
    rf"(?P<scene>(?<=[\n\u3000 ])(?:{_SCENES})|{_ON_THE_SPOT})",
    rf"(?P<season>(?:入|开)[春夏秋冬]以?来|(?<=[\n\u3000 ])(?:{_TERMS})(?:刚过|一过|过后|前后|时节))",
    r"(?P<congress>十[八九]大|二十大)以来",
    # 国庆7天, “五一”假期
    rf"(?P<just>刚刚?过(?:去|完)?的)?“?(?P<feast>国庆|五一|十一)”?(?=节|长假|小长假|假期|期间|黄金周|{_FEW}天)(?:节|小?长假|假期|期间|黄金周)*",
    rf"(?P<window>近|最近|过去的?|今后|未来|接下来)(?P<n>{_FEW})年来?",
    rf"(?P<after>此后|往后|其后|之后的?){_FEW.replace('(?:', '(?P<afteryears>', 1)}年(?!级|前)",
    rf"(?<![\d多几第])(?!一年下来)(?P<back>{_FEW})年(?P<more>多)?(?:下?来|的?(?:[艰持不][苦续懈])?(?:脱贫)?(?:攻坚|奋战|苦战|苦干)(?=[,，])|(?<=[苦奋][干战战].年)(?=[,，])|(?=累计|共(?!同))|间(?=[,，])|(?=改造|新[建增扩修改发]|建成|投[入资]|实施|完成|修建|年均"
    r"|共?减[贫少]|筹[集资措]|整合|争取|引进|硬化|过去[,，]))",
    rf"(?<![\d多几])(?P<ago>{_FEW})年(?P<longer>多)?[以之]?前(?![后夕期段])",
    rf"(?<=[,，。！；;\n\u3000 ])(?P<later>{_FEW})年[之以]?后(?![备期段])",
    r"(?P<newyear>这个?(?:暑假|寒假|学期|[春夏秋冬]天|国庆|春节)|过完年|过了年|春节过后|(?<![\d一二三四五六七八九十百几多半余来])年后)",
    r"(?P<same>当天|[那这]一?天|当日|当晚|当月|(?<![以往])当时|(?<!到)那时候?|那会儿|那年|那一年)",
    r"(?<![\d多几])(?P<during>[一二两三四五六七八九十]{1,2})年(?:多?的?时间|间)",
    r"(?P<near>本月|这个?月|上个?月|下个?月)(?:[底末初]|[上中下]旬)?",
    # 上周又有两家开张, 昨天报了名: a paper is of the month in which it says so
    r"(?P<lately>[上这本下](?:个?星期|个?礼拜|周(?![年岁报刊长期转]))|昨[天日晚](?!的)|(?<!以)前天(?!天)|前几天|前些天|这几天|这两天|这些天|这阵子|(?<!今)近日|日前(?=[,，])|前不久|不久前)",
    # 经过8年多的发展, 两个月过去了
    r"(?P<elapsed>(?:经过|历经|历时)?(?:\d{1,2}|[一二两三四五六七八九十]{1,3})[多余]?个?[年月]多?"
    r"(?:过去了|的?(?:不懈)?(?:发展|努力|奋斗|建设)))",
    rf"(?:自)?(?P<paired>(?:{_PAIRED})[^,，。；;\n\d]{{0,6}}以来)",
    r"(?P<epidemic>(?<!\d月)疫情(?:对|发生|暴发|爆发|来袭|来临|期间|面前|影响|以来|一来|初期|防控期间|那阵子?|那会儿|那段|最[紧重]|一?过[后去]))",
    r"(?P<open>后来|近年来|近些年来?|近几年来?|多年来|长期以来|历年来?|以来)",
    rf"(?P<past>{PAST})",
    rf"(?P<future>{FUTURE})",
)
_PHRASE = compiled("|".join(_FORMS))
_YEAR_ENDS = re.compile("(?:[底末终]|冬[天季]?)$")
"""What began at the end of a year runs from the next one on: “十二五”末…。三年来…."""

_PAIRS = re.compile(_PAIRED)
_PAIRS_UP = re.compile(rf"[^。！？!?\n\d]{{0,40}}?(?:{_PAIRED}|结成|结为)")
_TITLE = re.compile(r"《[^》\n]{1,80}》")
_SENTENCE_END = re.compile(r"[。！？!?]")
_OF_BOOK = re.compile("年内|年末|当年|是年")
"""A yearbook goes back to its own year with these: 2018年8月,批准退出。年内1128户脱贫."""

_EARLIER = re.compile("[以之]前|前(?=[,，])")
"""2016年以前,她家种玉米 is of no year, though 那年 may point back to it; 2020年以前 is a deadline until it has come."""


OPENING_CHARS = 8
"""A phrase so near the beginning of its sentence opens it."""

DATELINE_CHARS = 30
"""A dateline stands this near the beginning of its paragraph."""

COHORT = re.compile(
    r"度?(?!实施|完成|下达|启动|安排|争取|新[建增])[^\d,，。；;已]{0,6}(?:(?:项目|任务|指标|计划(?![安投新实建完减脱改发培引争再搬退]))|(?:考核|巡视|督查|审计|检查)[^\d,，。；;]{0,6}问题)"
)
"""What follows a year that names a project or task (2016年项目): it dates that, not what was done of it since."""

IS_THAT_OF = compiled(r"(?:是|为|相当于)(?:[今去前上]年|20\d\d年)?$")
"""What stands between is of the same comparison: 是去年全年的1.6倍."""

ITS_FIGURE = re.compile(
    r"\s*[\d.]+\s*[\u4e00-\u9fff]{1,3}的\s*(?P<times>[\d.]+\s*(?:倍|[%％])|[一二三四五六七八九两][倍成])"
)
"""A year's figure that another is so many times of: 是2015年3600万元的2.5倍."""

_JUDGED = re.compile("(?:年度|度)[^，,。；;0-9]{0,14}(?:考核|先进|表彰|评[选比价])")
"""What follows a year that is judged in another (2月,县扶贫办被评为2016年度先进单位): it dates the title alone."""


def find(text: str, year: int | None, written: str | None, published: str | None = None) -> tuple[TimePhrase, ...]:
    """Every time phrase of the text, in order. Does not say what it governs: see `periods`.

    `written` is what 目前 means; a month of publication only tells what was over by then.
    A year inside a book title (《2017年度整改方案》) is part of the name, and no phrase.
    """
    return tuple(_phrases(text, year, written, month_told(written, published)))


def _phrases(text: str, year: int | None, written: str | None, month: int | None) -> Iterator[TimePhrase]:
    clock, heads = Clock(year, month, written, reviews=is_review(text)), Heads(text, year, month)
    of_book = is_yearbook(text)
    untitled = _TITLE.sub(lambda title: "＊" * len(title.group()), text)
    for line in lines(text):
        heads.enter(line)
        clock.paragraph_begins()
        last = line.start
        for match in _PHRASE.finditer(untitled, line.start, line.end):
            clock.head, clock.at_title = heads.current, heads.at_title
            clock.goes_on(match.start())
            if _SENTENCE_END.search(text, last, match.start()):
                clock.dated = None
            if of_book and _OF_BOOK.match(match.group()) and _is_over(clock, match.start(), text):
                clock.set(clock.year or 0, None)
            last = match.end()
            if text.startswith(("讯", "电"), match.end()) and match.end() - line.start <= DATELINE_CHARS:
                # 青禾网12月21日讯 says when the news was sent, and dates nothing that it tells.
                continue
            period = meaning(match, clock, text)
            heads.offer(line, match.start(), match.end(), period)
            if period:
                _set(clock, match, period, text, line)
            if any(match[name] for name in ("during", "epidemic", "scene", "later")) and period is None:
                # 用三年时间修路: a duration says no time; an epidemic of another year was one of pigs.
                continue
            ended = period is not None and _EARLIER.match(text, match.end()) and period < str(clock.year or "")
            yield TimePhrase(match.start(), match.end(), None if ended and match["anchor"] else period)


def _is_over(clock: Clock, position: int, text: str) -> bool:
    """Whether a sentence before this position told of a year before the reference year, which is still in force."""
    earlier = clock.paragraph is not None and clock.year is not None and clock.paragraph < clock.year
    return earlier and _SENTENCE_END.search(text, clock.since, position) is not None


def month_of(written: str | None) -> int | None:
    """The month of a time of writing that states it."""
    return int(written[5:7]) if written and len(written) > YEAR_CHARS else None


def month_told(written: str | None, published: str | None) -> int | None:
    """The month of writing, else of publication in the same year."""
    same = written is not None and published is not None and written[:YEAR_CHARS] == published[:YEAR_CHARS]
    return month_of(written) or (month_of(published) if same else None)


def _set(clock: Clock, match: Match[str], period: str, text: str, line: Line) -> None:
    """Set the clock by a phrase: how long its year is in force for those that name none."""
    if "-" in period and ("/" not in period or match["firstday"]):
        clock.event = period.rpartition("/")[2]
    _note_change(clock, match, text)
    of_title = match["anchor"] and (
        COHORT.match(text, match.end()) or _JUDGED.match(text, match.end() - ("度" in match.group()))
    )
    # 市下达今年减贫任务14500人。…全年脱贫15118人: the year of writing is in force, though a task is called after it.
    aside = (of_title and period != str(clock.year)) or _is_compared(match, text, line.start)
    if aside or match["ago"] or match["anchor"] == "上年":
        # 上年末有2.3万户。年内脱贫6217户: 上年 is reckoned from the year in force, which stays so.
        return
    first, year = int(period[:YEAR_CHARS]), int(period.rpartition("/")[2][:YEAR_CHARS])
    ended = bool(_YEAR_ENDS.search(match.group()))
    clock.name(first, year, begun=first + ended)
    if "-" not in period and clock.event and int(clock.event[:YEAR_CHARS]) < first <= (clock.year or 0):
        # 2015年底,…。2016年立项,签字那天来了22户: the day is of the year that was told last.
        clock.event = str(first)
    if (
        clock.paired is None
        and match["anchor"]
        and (_PAIRS.search(match.group()) or _PAIRS_UP.match(text, match.end()))
    ):
        clock.paired = first
    named = match["anchor"] or match["date"]
    if named and "-" in period:
        clock.dated = year
    if clock.year is not None and first <= clock.year < year and "/" in period:
        # “十三五”期间规划搬迁9863户。…学校9月1日开学: of years that still run, that of writing is in force.
        year = clock.year
    until = _quotation_end(match, text, line)
    if until is None and clock.year is not None and year > clock.year and not _opens(match, text, line.start):
        # …,2019年102个项目提前启动。96个项目…: a year still to come is one thing's, unless a sentence begins with it.
        end = _SENTENCE_END.search(text, match.end(), line.end)
        until = end.end() if end else line.end
    if until is not None or not match.group().startswith(("到", "至")):
        clock.set(year, until)
        clock.since = match.end()


def _note_change(clock: Clock, match: Match[str], text: str) -> None:
    """Note the two years of a change, the first when it is told, both at the second (从2011年的…减少至2014年的…)."""
    if not (match["anchor"] or "").startswith("20"):
        return
    year, words = int(match["anchor"][:YEAR_CHARS]), match.group()
    if words.startswith(("从", "自")) or text.startswith("由", match.start() - 1):
        clock.left = year
    elif words.startswith(("到", "至")) and clock.left is not None and clock.left < year:
        clock.change = (clock.left, year)


def _opens(match: Match[str], text: str, start: int) -> bool:
    """Whether a phrase opens its sentence, but for a mark or a few words (三、2020年打算)."""
    before = _SENTENCE_END.split(text[max(start, match.start() - REACH) : match.start()])[-1]
    return len(before) <= OPENING_CHARS and not re.search("[,，；;]", before)


def _is_compared(match: Match[str], text: str, start: int) -> bool:
    """Whether the text only looks aside to a year and stays with the other.

    由2018年底的9.21%降到年底的0.38%, 比上年末下降, 是2015年3600万元的2.5倍: what follows is not of that year.
    """
    before = text[max(start, match.start() - 3) : match.start()]
    if before.endswith(("由", "从", "比", "较", "与", "同", "占", "按", "对")):
        return True
    if IS_THAT_OF.search(before):
        return ITS_FIGURE.match(text, match.end()) is not None
    return match.group().startswith("从") and not match["since"] and text.startswith("的", match.end())


def _quotation_end(match: Match[str], text: str, line: Line) -> int | None:
    """Where the quotation ends that a phrase stands in: what it says of years ends with it."""
    before = text[max(line.start, match.start() - REACH) : match.start()]
    if before.count("“") <= before.count("”"):
        return None
    end = text.find("”", match.end(), min(line.end, match.end() + REACH))
    return None if end < 0 else end
