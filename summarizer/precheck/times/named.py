"""The years that a text names, and what it tells of each; facts of the calendar that date a text without a year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.patterns import compiled

_YEAR = compiled(
    r"(?<!\d)(20\d\d|二[〇○零][〇○零一二][〇○零一二三四五六七八九])年(?!代|鉴)"
    r"|(?<!\d)(20\d\d)(?=-(?:1[0-2]|0?[1-9])-|[./]\d{1,2}[./]\d|〕|中国|全国)"
)
_THIS_YEAR_IS = r"(?:今年|本年度?)[^。；;\n]{0,20}?"
_SAID = (
    (re.compile(_THIS_YEAR_IS + r"(?:新中国|中华人民共和国|建国|国庆)[^。；;\n]{0,8}?(\d{2})周年"), 1949),
    (re.compile(_THIS_YEAR_IS + r"(?:建党|中国共产党(?:成立|建党))[^。；;\n]{0,6}?(\d{2,3})周年"), 1921),
    (re.compile(_THIS_YEAR_IS + r"改革开放[^。；;\n]{0,4}?(\d{2})周年"), 1978),
    (re.compile(_THIS_YEAR_IS + r"(?:抗战|抗日战争)胜利[^。；;\n]{0,4}?(\d{2})周年"), 1945),
    (re.compile(_THIS_YEAR_IS + r"长征胜利[^。；;\n]{0,4}?(\d{2})周年"), 1936),
)
"""Anniversaries of this year, with the year of the event."""

_PLAN_YEARS = re.compile(
    _THIS_YEAR_IS + r"“?十(?P<plan>[二三四])五”?(?:规划|时期)?的?(?:第(?P<nth>[一二三四五])年|(?P<ends>开局|收官))"
)
_LAST_OF_CAMPAIGN = re.compile(
    _THIS_YEAR_IS + r"(?:脱贫攻坚|全面(?:建成)?小康(?:社会)?)[^。；;\n]{0,24}?(?:收官|决战决胜之年|决胜之年)"
    r"|(?:^|[。！？”\n])[^。！？\n年]{0,6}脱贫攻坚战?(?:工作)?(?:现在?|已经?)?(?:进入|步入|迎来)了?(?:最后的?)?收官之年"
)
_MARKS = (
    (
        re.compile("新冠(?:肺炎)?(?:病毒)?疫情|新型冠状病毒|疫情防控常态化|常态化疫情防控|疫情期间|复工复产|健康码"),
        2020,
    ),
    (re.compile("全国脱贫攻坚总结表彰大会|建党(?:100周年|一百周年|百年)"), 2021),
    (re.compile("党的二十大"), 2022),
    (re.compile("挂牌督战|脱贫攻坚普查|受疫情影响|(?<!猪瘟)疫情(?:防控|以来|来袭)"), 2020),
    (re.compile("乡村振兴局"), 2021),
    (re.compile("十四五|口罩"), 2020),
    (re.compile("(?<!国家)(?:农业农村|卫生健康|卫健|医疗保障|医保|林业和草原|林草)局|摘帽不摘|监测户"), 2019),
    (re.compile("融媒体中心|非洲猪瘟|农民丰收节"), 2018),
    (re.compile("脱贫不稳定户?|边缘(?:易致贫)?户|直播(?:间|带货)"), 2019),
    (re.compile("消费扶贫"), 2018),
    (re.compile("深度贫困|乡村振兴战略"), 2017),
    (re.compile("十九届五中全会"), 2020),
    (re.compile("新中国成立70周年"), 2019),
    (re.compile("改革开放40周年"), 2018),
    (re.compile("党的十九大(?:报告|精神|以来)"), 2017),
)
"""What no article before a year speaks of: facts of the calendar."""

_DATING = 2
"""The first marks of the list date a text by themselves (news of the campaign ends soon after them)."""

_EXIT_OF_COUNTY = re.compile(
    r"(?:今年|(?P<last>去年)|(?<![年\d、至到—~-]))(?P<month>1[01]|[2-9])月(?![^,，。；;]{0,3}前)(?:\d{1,2}日)?"
    r"(?P<told>[^。；;\n村]{0,36}?(?:批准|批复|宣布|公布|公告|正式|获批|获准)[^。；;\n村]{0,30}(?:退出|摘帽|脱贫)(?:[^,，。；;\n村]{0,6}贫困[县旗])?)"
)
_OF_COUNTY = re.compile("[县旗区市省]")
_EXITS_IN = {2: 2020, 3: 2020, 4: 2019, 5: 2019, 6: 2019, 7: 2018, 8: 2018, 9: 2018, 10: 2017, 11: 2017}
"""The first year in which provinces let counties go in a month: in the autumns of 2017 and 2018, the springs of 2019
and 2020. Few were let go before their time: 井冈山 and 兰考 in the first months of 2017, some of 西藏 and 湖南 in those
of 2019.
"""

_OF_ANIMALS = re.compile("猪瘟|[禽畜]流感|禽疫|畜疫|口蹄疫|小反刍|布病|动物疫")

_GOAL_BEFORE = re.compile(
    r"(?:(?<![了得受看听收])到(?![位期场户村账])|预计|确保|力争|计划|争取|规划|安排|部署|谋划|明年)[^,，。；;截]{0,6}$"
)
_UNTIL_NOW = re.compile(r"(?:截至|截止到?|直到|达到|得到|受到)$")
_CHANGED = re.compile("[少降加高升长大展减增][到至]$")
"""减少到2016年底的7.96万人 is no goal, unless it was meant (力争…下降到2020年的2%)."""

_MEANT = re.compile("力争|确保|争取|计划|目标|预计|拟|将")
_PLANNED_AFTER = re.compile(r"[,，]?[^,，。；;\n已了]{0,12}?(?:将|力争|确保|计划|打算|预计|拟|要(?!\d)|再(?![次度现]))")
"""要14万元 is what a thing cost."""

_AHEAD_AFTER = re.compile(
    r"(?:年?底)?(?:前|之前)?[^。；;\n]{0,24}?(?:将|力争|确保|计划(?![”》])|目标|提前|要实现|可[以望][^,，。；;]{0,4}(?:摘|脱贫|退出)|全部脱贫|(?<!未)摘帽(?![县的旗])|打算|准备|有望|还要|再|率先|同步|全面(?:建成)?小康|开始[,，]全|以前)"
)
_AIMED = re.compile("(?:围绕|紧扣|聚焦|对照|瞄准|紧盯|锚定|按照)[^,，。；;\n]{0,16}?目标")
"""What a year's work had in view (2018年,全县围绕摘帽目标,统筹推进…) says nothing of whether the year is over."""

_NEXT_STEP = re.compile(r"(?:下一?步|打算|明年|下一年|来年)[^。]{0,60}$")
_PLAN_OF_YEAR = re.compile(r"(?:全年)?[,，]?[^,，。；;\n已了底前末]{0,12}?(?:将|计划|打算|拟|要(?!\d)|再(?![次度现]))")
_OF_PLAN = re.compile(
    r"度?(?:[^,，。；;\n\d]{0,4}项目库|挂果|(?:[^,，。；;\n]{0,12}[,，])?[^,，。；;\n\d]{0,8}[可能]到)"
)
"""After a year: what it is that is arranged for it, or is expected of it (2020年项目库, 2021年挂果,亩产能到2000斤)."""

_REACHES = re.compile(r"年?[底末]?[^,，。；;\n\d]{0,10}(?:实现|全部|整县|摘帽|退出|脱贫|出列|迈入|建成|达到)")
_TO_COME = r"将|要|力争|确保|争取|计划|目标|预计|预期|实现|全面|全部|基本|如期|同步|稳定|前[,，]"
_REACHED = re.compile(
    rf"年?[底末][^。；;\n]{{0,40}}?(?:已|还[有剩]|尚有|仍有|剩余|[只仅][剩有]|累计)"
    r"|年?[底末](?:(?!将|要|力争|确保|争取|计划|目标|预计|预期|前)[^。；;\n]){1,60}?(?:减少|下降|降低?)[到至为](?:\d+\.\d+|\d{3,})"
    r"(?:万?[户人个]|[%％])(?![^,，。；;]{0,2}以[内下])"
    rf"|年?[底末](?:(?!{_TO_COME})[^。；;\n]){{1,24}}?(?:剩下?|突破|达到?了|[降减升增][低少加长]?(?:到|至|为)了?)[^,，。；;\n]{{0,3}}\d(?!(?:(?!。).){{0,30}}以[下内])"
)
"""After 到: what stood at the end of a year that is over (到2019年末,已有4万人脱贫; 只剩5户), and no goal."""

_UNDER_WAY = re.compile(r"[^。；;\n]{0,40}?(?:目前|现已)")
"""After a year's plan: what is done of it by now."""

_POINT_IN_YEAR = re.compile(r"^年?(?:[底末初]|\d{1,2}月(?:\d{1,2}日)?[底末初]?)?[,，]*")
_DONE = re.compile(r"[^。；;\n]{0,40}?(?:已|了|被|获|荣|完成|累计|共|实现|新增|建成|达到|退出|通过)")
_TOLD = re.compile(
    r"[^。；;\n]{0,40}?(?:已|了(?!解)|被|荣获|获得|累计)|度?[,，]?(?!预计)[^,，。；;\n]{0,10}?人均[^,，。；;\n预]{0,6}收入(?:为|是|达到?|突破|仅|不足|\d)"
)
"""What is done; a year's income per head is told when the year is over."""
_OPENS = re.compile(r"(?:^|[。；;！？,，：:“\n]|[ 　]{2})$")
_OF_WHOLE_YEAR = re.compile(
    r"(?!\d|[春夏秋冬初上下第前中])(?![^。；;\n]{0,30}(?:[还仍尚]有|计划))(?![^。\n]{0,60}[比较与同是]去年)[^。；;\n]{0,30}?\d"
)
"""After a year that opens its clause: figures of the whole of it (2017年,全县种马铃薯9万亩).

What there still is (还有7个村) is so now, and what is held against 去年 is this year's.
"""

_TITLE_CHARS = 60
_STRETCH = re.compile(r"20\d\d年?[-—–~～至到]{1,2}$")
_STRETCH_TOLD = re.compile(
    r"(?:年?底)?(?:间|期间|四年|三年|五年)?[,，](?![^,，。；;\n]{0,12}(?:计划|规划|将|拟|要|力争|预计))[^。；;\n]{0,30}?(?:累计|共|已|了(?!解)|减少|投入|完成|脱贫|下降|降到|降至|增加到)"
)
"""After a stretch (2016年至2019年,…累计投入): it is told as over, and no plan's (2018-2020年行动方案)."""

_THEN_NOW = re.compile(r"(?!是|以来|起|开始)[^。！？!?\n今]{0,40}?\d[^。！？!?\n今]{0,30}?[,，;；](?:而|到)?今年(?!是)")
"""After a year: the sentence goes on to 今年, which is another (2018年搬迁3万人,今年再搬2万人)."""

_BESIDE_NOW = re.compile(r"今年(?!是|以?来|[满过]?\d{1,3}多?岁)")
"""今年 in the paragraph of a year: who speaks of both means two (2017年11月,全县摘帽。今年又有…)."""

_OF_ITS_OWN = re.compile(r"度|[^,，。；;\n]{0,4}工作|\d{1,2}月\d{1,2}日")
"""After a year: what may be this year's by its number (通报2018年工作…今年全州减贫…, 2018年度任务清单, a whole day)."""

_THEN_LAST = re.compile(r"(?!以来|起|开始)[^。！？!?\n]{0,120}?(?<![比较与同是为的由从])去年(?!同期)")
"""After a year: the sentence goes on to 去年, which is another (2018年种了83户,去年240户): the year is no last year."""

_PARAGRAPH = 300
"""How far behind a year the rest of its paragraph is looked at."""

_LAST_BEHIND = re.compile(
    r"(?!(?:\d{1,2}月)?(?:以?来|起|开始|\d{1,2}日))(?:\d{1,2}月)?"
    r"[^\d,，。；;\n]{0,6}[,，]?[^\d,，。；;\n]{2,40}[,，。；;]"
    r"[^\n]{0,300}?(?<![比较与同是为的由从])去年(?!同期)"
)
"""After a year: an event whose paragraph comes to 去年, which in a story is another (2017年春天,客商来了。去年卖桃…).

A figure of the year (2019年产茶2万吨…去年付出鲜叶款…) is as often last year's by another name, and a whole day
may be that of the news.
"""

_WILL = re.compile(r"(?:全年)?[,，]?[^,，。；;\n已了底前末]{0,12}?(?:将(?!军|近)|力争|确保)")
"""After a year: what is still meant for it. A plan (2018年计划搬迁900户) may be told of when its year is over."""

_ON = re.compile(
    r"[。！？；;,，：:“短仅](?P<n>[两二三四五])年(?:多(?:下来|过去|来|时间)?|下来|过去了?|(?P<last>来))(?=[,，])"
    r"|[。；;,，“](?P<next>第二年|次年|翌年|转年)(?![^。；;\n]{0,8}[要将能可再]|[底末]?前)"
)
"""Behind a year: how many more have gone by in what is told of it (2016年冬…。两年下来,卖掉三头; 第二年,又添了三头).

两年来 alone may count the first year in; what is still to come is no past (第二年就能挂果).
"""

_OWN_YEAR = re.compile(r"是[^,，。；;\n]{0,30}(?:之年|一年|第[一二三四五]年)")
"""After a year: what kind of year it is, which is said of the year that is being lived (2019年是攻坚的关键一年)."""

_BY_THEN = re.compile(
    r"年?(?:\d{1,2}月)?[底末]?前(?!后)[,，]?[^,，。；;\n已了]{0,12}(?:完成|实现|建成|达到|全部|脱贫|摘帽)(?!了)"
)
_FOUNDED = re.compile(r"[^,，。；;\n]{0,24}(?:奠定|打下|打好)")
"""为2020年全面打赢奠定了基础: the year is what one works for."""

_AIM = re.compile("(?:目标|打算|计划|规划|心愿|盼头|约定)[^。；;\n]{0,40}[,，:：、是为在定]$")
"""Before a year with which its sentence ends: what one means to have by then (下一个目标写在墙上:10万亩,2022年。)."""

_FINISHED = re.compile("[。！？\n]")
_HORIZONS = frozenset({2025, 2030, 2035, 2049, 2050})
"""Years for which China has plans; articles of the campaign name them as far away."""

_MEETING = re.compile(r"度?[^,，。；;\n]{0,20}?(?:会议|大会|动员会|推进会|部署会|现场会|座谈会|活动|仪式)")
_BEHIND_LAST = re.compile("去年年?底[^。；;\n]{1,60}[,，]$")
"""Before a month: what is told by way of the end of last year (到去年底…,2019年4月省里公告) is this year's."""

_IDENTIFIED = r"(?:建档立卡|精准识别)"
_BASELINE_YEAR = r"(?:(?:2013|二[〇○零]一三)年[底末]|(?:2014|二[〇○零]一四)年)"
_BASELINE = re.compile(rf"{_BASELINE_YEAR}.{{0,20}}{_IDENTIFIED}|{_IDENTIFIED}.{{0,12}}{_BASELINE_YEAR}")
"""The poor were registered nationwide in 2014, as of the end of 2013: articles of any later year name it."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A year that the text names: whether it lies ahead, is only a starting point (2016年以来), or is told as done.

    `title` says that it stands in the first line, `meeting` that it names a meeting of that year (召开2019年工作会议).
    `compared` says that a later figure is held against its (比2018年增加, 由2018年的12%降到).
    `own` is the year that a plan for that year (2018年,全县计划…) is made in: itself, or under 下一步 the one before.
    `then_now` says that its sentence goes on to 今年, `closing` that figures are counted up to it (截至2019年9月),
    `to_come` that something is still meant for it (2020年,全县将…), or what kind of year it is (2020年是收官之年).
    `passed` counts the years that its paragraph lets go by (两年下来); `last_after` says that it comes to 去年 behind
    an event of the year. `behind_last` says that a month of it is told by way of the end of last year, `beside_now`
    that its paragraph speaks of 今年 too, `figures` that figures of the whole of it are told (2017年,产茶2万吨).
    """

    year: int
    end: int
    ahead: bool
    own: int | None
    start: bool
    month: int | None
    end_of_year: bool
    done: bool
    title: bool
    meeting: bool
    compared: bool
    then_now: bool
    then_last: bool
    closing: bool
    to_come: bool
    passed: int
    last_after: bool
    behind_last: bool
    beside_now: bool
    figures: bool

    @property
    def is_over(self) -> bool:
        """Whether something is told as done in the year, or its sentence goes on from it to a later one."""
        return self.done or self.compared or self.then_now or self.then_last or self.beside_now


def mentions(text: str) -> Iterator[Mention]:
    """Every year that the text names; book titles and the baseline of registration are passed over."""
    covered = re.sub(r"《[^》\n]{0,60}》", lambda m: "＊" * len(m[0]), text)
    covered = _BASELINE.sub(lambda m: "＊" * len(m[0]), covered)
    first = text.strip().partition("\n")[0]
    title = text.find(first) + len(first) if len(first) <= _TITLE_CHARS and "。" not in first else 0
    coming, goal_end = max(_HORIZONS), 0
    for match in _YEAR.finditer(covered):
        before, after = covered[max(0, match.start() - 10) : match.start()], covered[match.end() : match.end() + 50]
        if _STRETCH.search(before) and not _STRETCH_TOLD.match(after):
            # 2018-2020年行动方案 ends in a year that need not have come.
            continue
        changed = bool(_CHANGED.search(before)) and not _MEANT.search(
            covered, max(0, match.start() - 60), match.start()
        )
        goal = bool(_GOAL_BEFORE.search(before)) and not _UNTIL_NOW.search(before) and not changed
        goal = goal and not (before.endswith("到") and _REACHED.match(after))
        goal = goal or (before.endswith("为") and bool(_FOUNDED.match(after)))
        goal = goal or (
            after[:1] in "。！；;" and bool(_AIM.search(covered, max(0, match.start() - 60), match.start()))
        )
        planned = bool(_PLANNED_AFTER.match(after))
        under_way = not goal and bool(_UNDER_WAY.match(after))
        month = re.match(r"-?(1[0-2]|0?[1-9])(?:月|[-.]|\b)|第?[一1](?P<first>季度)", after)
        year = digits(match[1] or match[2])
        planning = not goal and _PLAN_OF_YEAR.match(after)
        next_step = _NEXT_STEP.search(covered[max(0, match.start() - 80) : match.start()])
        closing = bool(re.search("截[至止]到?$", before))
        # 截至2020年6月15日,…,今年…: counted up to a month of the year that is being lived.
        goes_on = closing and month is not None and not month[0].endswith("12月")
        # 截至2019年底,13个县全部摘帽: what is counted up to a year is no goal.
        foretold = planned or bool(_OF_PLAN.match(after)) or (not changed and not closing and _foretold(after))
        ahead = not under_way and (goal or year in _HORIZONS or foretold)
        # 2018年要再减贫2万人,2020年实现摘帽: a later year of the same sentence lies ahead too.
        ahead = ahead or (
            year > coming and bool(_REACHES.match(after)) and not _FINISHED.search(covered, goal_end, match.start())
        )
        if planned and ahead:
            coming, goal_end = year, match.end()
        yield Mention(
            year=year,
            end=match.end(),
            own=year - bool(next_step) if planning else None,
            ahead=ahead,
            start=bool(re.search("[自从]$", before) or re.match("以来|起|开始", after)),
            month=None if month is None else 3 if month["first"] else int(month[1]),
            end_of_year=bool(re.match("年?[底末]", after)),
            done=bool(_TOLD.match(after)),
            title=match.start() < title,
            meeting=bool(_MEETING.match(after)),
            compared=_is_compared(before, after),
            then_now=not goes_on and bool(_THEN_NOW.match(covered, match.end())),
            then_last=bool(_THEN_LAST.match(covered, match.end())),
            closing=closing,
            to_come=next_step is None and _is_to_come(after),
            passed=_passed(covered, match.end()),
            last_after=bool(_LAST_BEHIND.match(covered, match.end())),
            behind_last=month is not None
            and bool(_BEHIND_LAST.search(covered[max(0, match.start() - 80) : match.start()])),
            figures=month is None and bool(_OPENS.search(before) and _OF_WHOLE_YEAR.match(after)),
            beside_now=not closing and not _OF_ITS_OWN.match(after) and _is_beside_now(covered, match),
        )


def _passed(text: str, position: int) -> int:
    """How many years more a paragraph lets go by behind a year, up to the next that it names."""
    end = text.find("\n", position)
    end = min(len(text) if end < 0 else end, position + _PARAGRAPH)
    following = _YEAR.search(text, position, end)
    found = _ON.search(text, position, following.start() if following else end)
    if found is None:
        return 0
    return 1 if found["next"] else "零一二三四五".index(found["n"].replace("两", "二")) - bool(found["last"])


def _is_beside_now(text: str, year: re.Match[str]) -> bool:
    """Whether the paragraph of a year that is named speaks of 今年 too."""
    begin, end = text.rfind("\n", 0, year.start()) + 1, text.find("\n", year.end())
    end = min(len(text) if end < 0 else end, year.end() + _PARAGRAPH)
    return _BESIDE_NOW.search(text, max(begin, year.start() - _PARAGRAPH), end) is not None


def _is_to_come(after: str) -> bool:
    """Whether the words behind a year show that it is not over: what will be, by when, what kind of year it is."""
    return bool(_WILL.match(after) or _OWN_YEAR.match(after) or _BY_THEN.match(after))


def _foretold(after: str) -> bool:
    """Whether the words behind a year tell of what is to come, and its first clause of nothing that is done."""
    if _BY_THEN.match(after):
        return True
    after = _AIMED.sub("", after)
    first = re.split("[,，]", _POINT_IN_YEAR.sub("", after))[0]
    return bool(_AHEAD_AFTER.match(after)) and not _DONE.match(first)


def _is_compared(before: str, after: str) -> bool:
    """Whether the year's figure is only what a later one is held against; 从2014年到2019年 names both its ends."""
    if re.search("(?:比(?![例重])|[较与同])$", before):
        return bool(re.match(r"年?[底末]?[^,，。；;\n]{0,8}?(?:同期|相比|[增减提下上翻净多少]|的\d)", after))
    change = re.search("[由从]$", before) and re.match(r"[底末]?的[^,，。；;\n]{1,16}?(?:到|至|为)(?!20\d\d)", after)
    return bool(change)


def digits(year: str) -> int:
    """A year in Arabic or Chinese digits; its zero is written in three ways."""
    return int(year.translate(_CHINESE_DIGITS))


_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


def said(text: str) -> int | None:
    """The year that the text gives without naming it: 今年是“十三五”开局之年, 今年是新中国成立70周年."""
    if match := _PLAN_YEARS.search(text):
        first = 2006 + 5 * "一二三四".index(match["plan"])
        return first + ("一二三四五".index(match["nth"]) if match["nth"] else 4 * (match["ends"] == "收官"))
    if _LAST_OF_CAMPAIGN.search(text):
        return 2020
    return next((event + int(m[1]) for words, event in _SAID if (m := words.search(text))), None)


def not_before(text: str) -> int | None:
    """The earliest year in which an article can speak of what this one names; used beside the years it names."""
    return max((year for words, year in _MARKS if words.search(text)), default=None)


def of_exit(text: str) -> int | None:
    """The earliest year of an article in which a county has left poverty in a month of this year or of the last.

    今年5月,省政府批准某县退出 was so in no year before 2019.
    """
    told = (m for m in _EXIT_OF_COUNTY.finditer(text) if _OF_COUNTY.search(m["told"]))
    return max((_EXITS_IN[int(m["month"])] + bool(m["last"]) for m in told), default=None)


def dated_by(text: str) -> int | None:
    """The year of an article that names none, by what it speaks of: only what was soon over dates it."""
    return max((year for words, year in _MARKS[:_DATING] if words.search(text)), default=None)


def by_calendar(text: str) -> int:
    """The earliest year that the calendar allows a text: by its words, the epidemic, the exits it tells of; or 0."""
    return max(not_before(text) or 0, of_epidemic(text) or 0, of_exit(text) or 0)


def soon_over(text: str) -> int | None:
    """The year of an article that names none, where it tells of a county's exit or of 疫情: news of its own year."""
    return by_calendar(text) if of_exit(text) else of_epidemic(text)


def of_epidemic(text: str) -> int | None:
    """2020 for an article that speaks of 疫情 and of no year: the campaign ended in it. Not where animals had it."""
    return 2020 if "疫情" in text and not _OF_ANIMALS.search(text) else None
