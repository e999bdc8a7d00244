"""Which period governs a number.

The time phrase of the number's own clause comes first, then what its sentence said before it, then what the earlier
sentences of the paragraph said, then what heads the section or the report (今年以来, 回顾过去一年). Profile figures
go by their own sentence only; what a rule grants (每户补助…) goes by its passage, but by no year that is over.
"""

import re
from bisect import bisect_left

from schemas.vocabulary import Status
from summarizer.patterns import compiled
from summarizer.precheck.brief import TimePhrase
from summarizer.precheck.times import changes, compared, passages, reach, rules, standing
from summarizer.precheck.times.carried import carried, of_event, of_frame
from summarizer.precheck.times.outline import MONTH_CHARS, YEAR_CHARS
from summarizer.precheck.times.timeline import Timeline

_YEARLY = re.compile("(?<![人亩座户位名村间棚])每年|年复一年")
"""What somebody does year after year, not the rate for each (每座每年租金2.6万元), which may be that year's."""

_STILL = re.compile("[尚仍还]有[^,，。；;]{0,6}\\d")
"""What there still is, is so now, also in a sentence of what is to come (下一步,针对尚有3720人未达标…)."""

_TELLS_NOW = re.compile("截至目前|目前|现在|如今|眼下")
_IT_IS = re.compile("[,，]也?[是属][^,，。；;]*$")
_ONE_OF = re.compile(r"[^,，。；;]{1,4}个[^,，。；;]{1,20}之一")
"""What a place is one of; 2017年,全县被列入全省9个深度贫困县之一 says since when."""

_AS_OF = re.compile(r"(?:^|[。！？!?\n])[^,，。；;\n]{0,3}$")
"""A date that opens the sentence dates what it says a place has (2017年末,全县辖18个乡镇)."""

_DIVIDES = re.compile("[,，](?:[^,，。；;\\d]{0,4}[县市区旗州盟镇乡村])?(?:下|管|现|共)?辖")
_DIVIDED = re.compile(r"(?:[下管现共]辖|[县市区旗州盟镇乡]辖|,辖|，辖)[^,，。；;]{0,14}$")
"""What a place is divided into: 全市辖1区6县119个乡镇."""

_OWNS = re.compile("家(?:里|中)?(?:现|共)?有|[县市区旗镇乡村](?:里|内)?原?有[^\\d,，。；;还]{1,6}\\d|[县镇乡村]里?原有")
"""What a household has goes by no year that was told before (去年分红126万元。老汪家有8亩茶园)."""

_AT_PRESENT = re.compile("现(?:仅)?[有剩存余]|现(?=[^,，。；;]{0,6}剩)")
"""What there is now goes by no year that was told before it: 2018年脱贫144户。全镇现剩余222户."""

_SAYS_YEAR = re.compile(r"20\d\d|二[〇○零]|[今去明前后上来当同是次翌下那]年|一年|第二年|转过年|年前|年初")
"""A phrase that says its year, or reckons it from another; 年初 a plan was made."""

_INTRODUCED = re.compile(r"\d岁的?[\u4e00-\u9fff·]{2,8}|像[^,，。；;]{1,12}[这那]样")
"""Who is introduced with an age has what is told next at a time of its own (去年销售9400万元。52岁的王大山喂6头猪).

So have all those of whom somebody is one (去年人均收入1万元。像她这样的绣娘,全县有2.1万人).
"""

_LEFT_OVER = re.compile("剩下的|剩余|还剩|尚有|仍有")
"""What is left is told of now, where nothing before it gives a time (账还没有结清。剩下的300户…)."""

_NUMBER_CHARS = 8
_LISTED = re.compile(
    r"[^。；;]{0,30}?(?:列入|列为|确定为|纳入|退出)[^,，。；;\d]*[,，](?:现辖|全[县市区旗州镇村](?:现有|共有|有|(?=[\d.]+万)))"
)
"""When a place came on a list says nothing of what it has: 2011年列入片区县,全县有贫困村64个."""

_HABIT = re.compile("[,，。；;“](?:每年|常年|一天|一个月|每天)(?!安排|发放|补|给|按|拿出)")
"""What goes on year after year behind an event is told of no time (2017年6月并网,每年卖电5万元)."""

_IS_PROFILE = compiled(
    r"(?:下辖|管辖|[县市区旗州盟镇乡村]辖|,辖|，辖|现辖|共辖)[^,，。；;]{0,6}[\d一二三四五六七八九十]|(?:国土|总|幅员|区域|辖区)面积(?:约|为|达)?\d"
    r"|内设[^,，。；;\d]{0,12}(?:机构|[股科]室?|处室)|(?:在编|编制)(?:人员)?\d"
)
"""So does a sentence that says how large a place is, or what it is divided into: 全镇辖8个村,有农户4686户.

Also one that says what an office consists of: 内设股室6个,在编22人.
"""

_FINAL = re.compile(r"[。！？!?；;\n]")
_NO_ANSWER = re.compile(
    r"\d|[一二三四五六七八九十百千万两]{1,4}[个户人名座家]|通过|摘帽|退出|预计|计划|原[定计拟]|将|力争|确保|拟|目标|前"
)
_ANSWERS = re.compile(
    r"[^,，。；;]{0,4}(?:全部|均|都|已|正式|陆续|先后|相继|完工|竣工|完成|建成|建在|并网|投产|投用|投入|开业|开园|通车|入住|到位|发放|兑现"
    r"|落成|挂果|上市|交付|开工|启动|成立|搬|由|动)"
)
"""A later clause that only says when what was told of came about."""

_OF_HEADLINE = re.compile(r"(?:[\d.]+|[一二三四五六七八九十百千两]+)[万亿]?多?余?[个]?[\u4e00-\u9fff%％]")
"""A figure with its unit, or with the thing that it counts."""

_POINT = re.compile(r"\d{4}-\d{2}")


def period_for(position: int, timeline: Timeline, *, profile: bool = False, status: Status | None = None) -> str | None:
    """The period that governs the number at a position, to the month at most; None where the article gives none.

    A fact holds for a month at the closest, an event has a day; but what is counted up to a day (截至6月30日) is of it.
    `profile` says that the number is a profile figure (population, area, villages), `status` what is known of it.
    """
    found = _governing(position, timeline, profile=profile, status=status)
    if found is None and position < timeline.titled:
        below = _told_below(position, timeline)
        found = None if below is None else _governing(below, timeline, profile=profile, status=status)
    if found is None or found.count("-") < 2:
        return found
    closing = any(p.period == found and reach.is_closing(timeline.text, p) for p in timeline.times)
    return found if closing else "/".join(dict.fromkeys(part[:MONTH_CHARS] for part in found.split("/")))


def _told_below(position: int, timeline: Timeline) -> int | None:
    """Where the article tells a figure that its headline names (某市贫困人口减至8.76万人): it is of the same time."""
    figure = _OF_HEADLINE.match(timeline.text, position)
    again = re.compile(rf"(?<![\d.]){re.escape(figure.group())}") if figure else None
    below = again.search(timeline.text, timeline.titled) if again else None
    return below.start() if below else None


def _governing(position: int, timeline: Timeline, *, profile: bool, status: Status | None) -> str | None:
    """The same, as close as the text tells it."""
    text = timeline.text
    if standing.stands(text, position):
        return None
    profile = profile and status is not Status.PLANNED
    start, end = passages.line(text, position)
    ends = passages.sentence_ends(text, start, end)
    at = bisect_left(ends, position + 1)
    sentence, before = (ends[at - 1] if at else start, end), (start, ends[:at])
    if _DIVIDED.search(text, max(0, position - 20), position):
        return _as_of(timeline, sentence[0], position)
    if (told := compared.in_brackets(timeline, position) or compared.held_against(timeline, position)) is not None:
        return told.period
    if (own := _own_clause(timeline, position, sentence, status, look_on=not profile)) is not None:
        own = _meant(timeline, position, own, status)
        if (in_turn := changes.in_turn(text, position, own)) is not None:
            return in_turn
        change = changes.FROM.search(text, own.end, position)
        return changes.of_change(text, position, own, None) if change else own.period
    if standing.tells_which(text, position):
        return None
    said = timeline.between(sentence[0], position)
    if _ONE_OF.match(text, position) and (not said or _IT_IS.search(text, said[-1].end, position)):
        return None
    if (side := compared.beside(timeline, position, sentence[0])) is not None:
        return side
    if (earlier := _earlier(timeline, position, sentence[0], position, status)) is not None:
        return _of_earlier(timeline, position, _meant(timeline, position, earlier, status), before, status)
    if (
        standing.lasts(text, position)
        and timeline.year is not None
        and carried(timeline, position, before, status) is None
    ):
        return str(timeline.year)
    return None if profile else _from_afar(timeline, position, sentence, before, status)


def _meant(timeline: Timeline, position: int, phrase: TimePhrase, status: Status | None) -> TimePhrase:
    """The phrase as a plan means it: what is planned for 年内 or for a month lies in no year that is over.

    2016年底有贫困户9117户。…年内微工厂要发展到200个: not 2016, unless the whole section tells of that year.
    """
    year, head = timeline.year, timeline.head(position) or ""
    over = status is Status.PLANNED and year is not None and 0 < _year(phrase) < year
    if not over or "/" in (phrase.period or "") or head[:YEAR_CHARS] == (phrase.period or "")[:YEAR_CHARS]:
        return phrase
    if _SAYS_YEAR.search(timeline.text, phrase.start, phrase.end) or timeline.text[phrase.start - 1] in "年度":
        # 2016年全年: the year stands before it.
        return phrase
    return TimePhrase(phrase.start, phrase.end, f"{year}{(phrase.period or '')[YEAR_CHARS:]}")


def _of_earlier(
    timeline: Timeline, position: int, earlier: TimePhrase, before: tuple[int, list[int]], status: Status | None
) -> str | None:
    """The period of a number whose sentence has told a time before it; `before` as in `_handed_on`."""
    text, low = timeline.text, before[1][-1] if before[1] else before[0]
    if (in_turn := changes.in_turn(text, position, earlier)) is not None:
        return in_turn
    half = passages.half_sentence(text, low, position)
    rule = rules.is_rule(text, position, half, status, lays_down=timeline.plan)
    if earlier.period and earlier.start < half and (rule or reach.is_event(text, earlier)):
        # 9月底前拆旧率达到80%;每户补助1.2万元: the month is that of what was told before the semicolon.
        return "/".join(dict.fromkeys(part[:YEAR_CHARS] for part in earlier.period.split("/")))
    if earlier.period is None and timeline.year is not None and _STILL.search(passages.clause(text, position)):
        return str(timeline.year)
    left = compared.begun(timeline, low, earlier) or compared.closed_before(timeline, low, earlier)
    if left and changes.begins(text, position) and _TELLS_NOW.match(text, earlier.start):
        return left.period
    return changes.of_change(text, position, earlier, left or carried(timeline, position, before, status))


def _from_afar(
    timeline: Timeline,
    position: int,
    sentence: tuple[int, int],
    before: tuple[int, list[int]],
    status: Status | None,
) -> str | None:
    """The period of a number that no phrase before it in its sentence dates."""
    text = timeline.text
    half = passages.half_sentence(text, sentence[0], position)
    if rules.is_rule(text, position, half, status, lays_down=timeline.plan):
        always = rules.holds_always(text, sentence[0], passages.clause(text, position))
        head = timeline.above(position)
        if always and not timeline.planned(position) and (head is None or rules.is_by_rule(text, sentence[0])):
            # 2016年工作总结 … 按1∶8放贷: what the county itself set is of its report's year.
            return None
        if head is not None:
            return changes.of_head(text, position, head)
    later = _told_after(timeline, position, sentence, status)
    later = later or _after_speech(timeline, position, (before[0], sentence[1]))
    return later.period if later else _handed_on(timeline, position, before, status)


def _year(phrase: TimePhrase) -> int:
    """The first year of a phrase; 0 where it says none."""
    return int(phrase.period[:YEAR_CHARS]) if phrase.period else 0


def _as_of(timeline: Timeline, low: int, position: int) -> str | None:
    """The closing date at the head of the sentence, for what a place is divided into; no other phrase dates it."""
    first = next(iter(timeline.between(low, position)), None)
    if first is None or not (reach.is_by(timeline.text, first) or _DIVIDES.match(timeline.text, first.end)):
        return None
    return first.period if _AS_OF.search(timeline.text, max(0, low - 1), first.start) else None


def _handed_on(timeline: Timeline, position: int, before: tuple[int, list[int]], status: Status | None) -> str | None:
    """The period that the earlier sentences of the paragraph, or the section's head, hand on to the number's sentence.

    `before` is where the paragraph begins and where each of those sentences ends.
    """
    text, (start, ends) = timeline.text, before
    head = timeline.head(position)
    low = ends[-1] if ends else start
    if _IS_PROFILE.search(text, low, position) or _OWNS.search(passages.clause(text, position)):
        return None
    found = carried(timeline, position, before, status)
    if found is None:
        if head is None and timeline.year is not None and _LEFT_OVER.search(text, low, position):
            return str(timeline.year)
        if head is None:
            if _INTRODUCED.search(text, low, position):
                return None
            told = of_event(timeline, position, (start, low), status)
            told = told or of_frame(timeline, position, (start, low), status)
            return told or timeline.news
        return changes.of_head(text, position, head)
    past = found.period is not None and not found.period.startswith(str(timeline.year))
    if past and _YEARLY.search(passages.clause(text, position)):
        # 去年冬天发放贷款。佳农每年给他3000元。: that is not last winter's.
        return head
    if past and timeline.year is not None and _AT_PRESENT.search(passages.clause(text, position)):
        return head or str(timeline.year)
    if past and any(p.period is None and reach.is_past(text, p) for p in timeline.between(start, low)):
        # 从前…。2014年修了水渠。…一亩收两千斤: a tale of how things used to be goes on at no time.
        return None
    if past and (
        _INTRODUCED.search(text, low, position) or rules.is_rule(text, position, low, status, lays_down=False)
    ):
        return None
    if found.period is not None and _POINT.fullmatch(found.period) and not reach.is_closing(text, found):
        # 2018年9月,甲县退出。从各县看,乙县减贫3万人: an event hands on its year, not its month.
        return found.period[:YEAR_CHARS]
    return changes.of_change(text, position, found, None)


def _own_clause(
    timeline: Timeline, position: int, sentence: tuple[int, int], status: Status | None, *, look_on: bool
) -> TimePhrase | None:
    """The phrase of the number's own clause: the nearest before it, else (`look_on`) the first after it."""
    text = timeline.text
    low, high = passages.clause_bounds(text, position, *sentence)
    phrases = [p for p in timeline.between(low, high) if not reach.is_aside(text, p, position, status)]
    before = [p for p in phrases if p.start <= position]
    if before or not look_on:
        return before[-1] if before else None
    # 38万人中2014年识别的贫困人口: the phrase dates a part of what is counted.
    after = next(iter(phrases), None)
    if after and text.startswith(("、", "由", "从"), after.start - 1):
        # 葡萄发展到8.3万亩、去年销售4.2亿元: the phrase begins the next item; 收入5万元以上的村由2015年的71个增加.
        return None
    if after and timeline.year is not None and status in reach.PRESENT and _year(after) > timeline.year:
        # 已建成的93个服务站明年将增加到212个: what is there is not of a year to come.
        return None
    part = after and text[position : after.start].endswith(("中", "里"))
    return None if part or (after and changes.ends_with(text, position, after)) else after


def _told_after(
    timeline: Timeline, position: int, sentence: tuple[int, int], status: Status | None
) -> TimePhrase | None:
    """The phrase of a later clause of the sentence that only says when: 电站12座,总装机3600千瓦,去年6月全部并网."""
    text = timeline.text
    stop = _FINAL.search(text, position, sentence[1])
    phrase = next(iter(timeline.between(position, stop.start() if stop else sentence[1])), None)
    if phrase is None or reach.is_now(text, phrase):
        return None
    if (
        status in reach.PRESENT
        and timeline.year is not None
        and (phrase.period or "")[:YEAR_CHARS] > str(timeline.year)
    ):
        # 还有9户没脱贫,种下的400棵树得到后年才挂果: what is now is not of a year to come.
        return None
    low, high = passages.clause_bounds(text, phrase.start, position, sentence[1])
    rest = text[low : phrase.start] + text[phrase.end : high]
    answers = _ANSWERS.match(rest) is not None and _NO_ANSWER.search(rest) is None
    return phrase if answers and not reach.compares(text, phrase) and phrase.period is not None else None


def _after_speech(timeline: Timeline, position: int, line: tuple[int, int]) -> TimePhrase | None:
    """The phrase right behind the speech with which a paragraph opens: “住院花了6.3万元。”7月19日,老人说…."""
    text, (start, end) = timeline.text, line
    opening = text.find("“", start, position)
    if opening < 0 or text[start:opening].strip() or text.find("”", opening, position) >= 0:
        return None
    close = text.find("”", position, end)
    behind = next(iter(timeline.between(close + 1, close + 2)), None) if close >= 0 else None
    return None if timeline.between(start, position) else behind


def _lies_ahead(timeline: Timeline, low: int, phrase: TimePhrase) -> bool:
    """Whether the sentence that begins at `low` names a year to come before the phrase."""
    return any(_year(p) > (timeline.year or _year(p)) for p in timeline.between(low, phrase.start))


def _earlier(timeline: Timeline, position: int, low: int, high: int, status: Status | None) -> TimePhrase | None:
    """The last phrase before the number in its sentence that reaches as far as the number."""
    text = timeline.text
    for phrase in reversed(timeline.between(low, high)):
        if reach.was_so(text, phrase):
            return TimePhrase(phrase.start, phrase.end, None)
        if reach.is_aside(text, phrase, position, status) or reach.is_past(text, phrase):
            continue
        ahead = timeline.year is not None and _year(phrase) > timeline.year
        if ahead and status in reach.PRESENT and phrase.start < passages.half_sentence(text, low, position):
            # 还差16套,明年5月完工;发放贷款2170万元: what is done is of no year to come.
            continue
        if status is Status.PLANNED and reach.is_now(text, phrase) and _lies_ahead(timeline, low, phrase):
            # 明年要建一座烘干房,眼下凑到20万元;羊子也要扩到2000只: the plan goes on.
            continue
        if status in reach.PRESENT and reach.is_cohort(text, phrase) and phrase.period != str(timeline.year):
            # 2019年减贫任务9870人,实际脱贫10523人: what is done of a task of the year itself is done in that year.
            continue
        listed = _LISTED.match(text, phrase.end, position + _NUMBER_CHARS)
        if listed and listed.end() <= position:
            return TimePhrase(phrase.start, phrase.end, None)
        if reach.is_point(text, phrase) and _HABIT.search(text, phrase.end, position):
            return TimePhrase(phrase.start, phrase.end, None)
        return phrase
    return None
