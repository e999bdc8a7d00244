"""What the title, the head, the first paragraph and the foot of a text say of its date."""

import re

from summarizer.precheck.times.named import digits
from summarizer.precheck.times.stretches import numeral

YEARS = r"(20\d\d|二[〇○零][〇○零一二][〇○零一二三四五六七八九])"
_TITLE_CHARS = 60
_TITLE_LINES, _END_LINES = 3, 2
_TITLE_YEAR = re.compile(
    rf"(?<![\d年][-—–~至到]){YEARS}年(?:度|上半年)?[^\n。,，]{{0,30}}?"
    r"(?:总结|报告|汇报|情况|综述|纪实|回顾|计划|要点|方案|安排|打算|简报|公报|大事记|述职|小结)"
)
_TITLE_ENDS = re.compile(
    r"(?:总结|报告|汇报|情况|综述|纪实|回顾|计划|要点|方案|简报|公报|大事记|小结|台账)"
    rf"\s*[)）]?\s*[·(（]{YEARS}年?度?[)）]{{0,2}}$"
)
"""A title may end with its year (落实情况(2020年), 大事记·2018)."""

_PLANS = r"(?:方案|计划|规划|意见|纲要)"
_STRETCH = rf"{YEARS}年?[-—–~至到]{{1,2}}20\d\d年?"
_PLAN_OF_YEARS = re.compile(rf"{_PLANS}.*?{_STRETCH}|{_STRETCH}.*?{_PLANS}(?!.*(?:情况|总结|报告|评估))")
"""A plan for several years is made in the first of them (三年实施方案(2017—2019年))."""

_ISSUE = re.compile(rf"{YEARS}年(?:第|总)\d{{1,3}}期")
"""A bulletin says of which year it is by its number (2018年第31期)."""

_PROSE = re.compile("[。！？；][”’」』)）]*\\s*$")
_LEAD_DATE = re.compile(r"(?<![\d年])(1[0-2]|[1-9])月(?:([12]\d|3[01]|[1-9])[日号]|[上中下]旬|[初末])")
_ENTRY, _ENTRIES = re.compile(r"^\s*(1[0-2]|[1-9])月(?:[12]\d|3[01]|[1-9])日", re.MULTILINE), 4
"""So many paragraphs that begin with a day make a calendar."""

_MONTHS = r"(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})日)?"
_DIARY_DAY = re.compile(
    rf"^\s*{YEARS}年{_MONTHS}月(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})日[\s,，]*"
    r"[晴阴雨雪雾霜风多云小中大阵转到间有]{1,8}\s*$",
    re.MULTILINE,
)
"""The date above an entry of a diary, known by the weather."""

_SCENE = re.compile(
    rf"(?:^\s*|[。！？]”?){_MONTHS}月(?:的[^,，。；;]{{2,12}}[,，]|(?:[上中下]旬|\d{{1,2}}日)[,，][^。！？]{{0,4}}记者)"
)
"""A feature opens with a month (6月的吕梁山,槐花刚谢), or with its reporter's journey (四月下旬,记者来到叙永)."""

_SIGNED = re.compile(rf"{YEARS}年{_MONTHS}月{_DAY}[)）]?\s*$")
_SIGNED_CHARS = 40
_DATE_LINE = re.compile(rf"[(（]?\s*{YEARS}年{_MONTHS}月{_DAY}(?:\s*在[^。\n]{{2,40}}|[,，][^。\n]{{2,12}})?\s*[)）]?")
_DATE_LINES = 6
"""A date that stands alone in a line of the head (under the title) is the date of the text."""

_SESSION = re.compile(
    rf"{YEARS}年{_MONTHS}月{_DAY}在[^。\n]{{2,24}}(?:人民代表大会|人大)[^。\n]{{0,12}}会议上"
    rf"|(?:人民代表大会|人大)[^。\n]{{0,12}}会议上[^。\n]{{0,12}}?[(（]{YEARS}年{_MONTHS}月{_DAY}[)）]"
)
_TO_DEPUTIES = "各位代表"
"""The session to which a report was given, in front of its address, where a page ran the lines of its head together.

A date farther down is that of an earlier session.
"""

_VISIT = re.compile(
    rf"{YEARS}年(?:[^,，。；;\n]{{0,2}}[春夏秋冬][天季日]?|(?:1[0-2]|[1-9])月[^,，。；;\n]{{0,4}})[,，](?:本报|本刊)?(?:记者|笔者)"
)
"""The journey that a story tells of, in its lead (2018年冬天,记者跟着水利站的人进山)."""

_SEASON = r"(?:[初孟仲暮深残盛][春夏秋冬]|[春夏秋冬][天日季]?|岁末|年[初中末底])"
_YEAR_LINE = re.compile(
    rf"(?:[写记草]于)?[(（]?\s*{YEARS}年?(?:度|{_SEASON})?(?:[,，]?[写记草]?[于在][^。,，\n]{{2,12}})?\s*[)）]?"
)
"""A year that stands alone under the title or under the text (二〇一九年, 2019年秋于青禾)."""

_LEAD_DATED = re.compile(r"(?<!\d)(20\d\d)年(1[0-2]|0?[1-9])月\d{1,2}日")
_DAYTIME = r"(?:[一大清]早|清晨|早[上晨]|凌晨|[上中下]午|傍晚|夜[里晚]|晚上?)[,，]"
_SCENE_DATED = re.compile(
    rf"(?<!\d){YEARS}年{_MONTHS}月(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})日{_DAYTIME}|^\s*{YEARS}年的{_MONTHS}月"
)
"""The scene with which a story opens, told with its time of day or lingered on (2016年8月19日一早, 2017年的九月一到).

A mere day in the first paragraph is as often the one on which it all began (2016年11月21日,我到村里报到).
"""

_PAGE_DATE = re.compile(r"(?<![\d.])(20[012]\d)[-/.年](?:1[0-2]|0?[1-9])(?:[-/.月]|$)")
_NOTE_DATE = re.compile(
    r"[(（][^()（）。,，\d]{0,16}(20[012]\d)年(?:1[0-2]|0?[1-9])月(?:[12]\d|3[01]|0?[1-9])日[^()（）。,，\d]{0,8}[)）]$"
)
"""The paper and its day, in brackets behind a note of the editor or behind the text."""

_CAPTION = re.compile(r"摄[^。！？；,，]{0,2}[)）][。]?[^。！？；]{0,20}$")
"""A picture's caption, which may be of another year (…(2017年11月16日摄)。), is no first paragraph."""

_WIRE = re.compile(r"[^\n。,，]{2,12}?(1[0-2]|[1-9])月(?:3[01]|[12]\d|[1-9])日电")
"""The place and day of an agency's report, which a headline may follow in the same line (新华社贵阳12月3日电 题:…)."""

_PAGE_LINES = 6
"""A page names its date in its first lines, or in its last."""


def title_lines(text: str) -> list[str]:
    """The first lines, as far as they can be a title: short and without the end of a sentence."""
    first = [line.strip() for line in text.split("\n") if line.strip()][:_TITLE_LINES]
    return [line for line in first if len(line) <= _TITLE_CHARS and not re.search("[。；]|来源|时间|日期", line)]


def edge_lines(text: str) -> list[str]:
    """The lines that may name the book of which the text is: short ones with which it begins, and with which it ends.

    What ends a page that says 今年 is a link to the book.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    edges = lines[:_TITLE_LINES] + ([] if "今年" in text else lines[-_END_LINES:])
    return [line for line in edges if len(line) <= _TITLE_CHARS and "。" not in line]


def title_year(text: str) -> int | None:
    """The year of a report's title (2018年工作总结和2019年工作打算: the first), or of a bulletin's number."""
    forms = (_TITLE_YEAR, _TITLE_ENDS, _ISSUE)
    found = (match for line in title_lines(text) for form in forms if (match := form.search(line)))
    return next((digits(match[1]) for match in found), None)


def plan_begins(text: str) -> int | None:
    """The first of the years for which a plan is made, by its title."""
    found = (match for line in title_lines(text) if (match := _PLAN_OF_YEARS.search(line)))
    return next((digits(match[1] or match[2]) for match in found), None)


def date_line(text: str) -> tuple[int, int] | None:
    """Year and month of a date alone in a line of the head, with or without its issuer, or of the session."""
    head = [line.strip() for line in text.split("\n") if line.strip()][:_DATE_LINES]
    match = next((found for line in head if (found := _DATE_LINE.fullmatch(line))), None)
    return (digits(match[1]), numeral(match[2])) if match else _session(text)


def _session(text: str) -> tuple[int, int] | None:
    """Year and month of the session to which a report was given."""
    match = _SESSION.search(text, 0, max(text.find(_TO_DEPUTIES), 0))
    return (digits(match[1] or match[3]), numeral(match[2] or match[4])) if match else None


def signature(text: str) -> tuple[int, int] | None:
    """Year and month of a date that stands alone under the text."""
    last = text.rstrip().rpartition("\n")[2].strip()
    match = _SIGNED.search(last) if len(last) <= _SIGNED_CHARS else None
    return (digits(match[1]), numeral(match[2])) if match else None


def year_line(text: str) -> int | None:
    """The year that stands alone in a line of the head, or of the foot, with its season or place at most."""
    page = [line.strip() for line in text.split("\n") if line.strip()]
    alone = [line for line in page if len(line) <= _SIGNED_CHARS and _YEAR_LINE.fullmatch(line)]
    # Several are the heads of a chronicle (2013年 … 2015年 …), and one inside the text that of a part.
    if len(alone) != 1 or alone[0] not in page[:_DATE_LINES] + page[-2:]:
        return None
    match = _YEAR_LINE.fullmatch(alone[0])
    return digits(match[1]) if match else None


def page_year(text: str) -> int | None:
    """The year of a full date in the lines around the text, which end no sentence."""
    page = [line.strip() for line in text.split("\n") if line.strip()]
    around = page[:_PAGE_LINES] + page[-2:]
    short = [line for line in around if len(line) <= _TITLE_CHARS and "。" not in line]
    dated = [_PAGE_DATE.search(line) for line in short] + [_NOTE_DATE.search(line) for line in around]
    return next((int(match[1]) for match in dated if match), None)


def lead(text: str) -> str:
    """The first paragraph: the first line that ends with a sentence, or is too long for a picture's caption."""
    told = (line for line in text.split("\n") if re.search("[。！？；]", line) and not _CAPTION.search(line.rstrip()))
    return next((line for line in told if len(line) > _TITLE_CHARS or _PROSE.search(line)), "")


def visited(text: str) -> int | None:
    """The year in which the reporter was there, by the first paragraph."""
    match = _VISIT.search(lead(text))
    return digits(match[1]) if match else None


def lead_sentence(text: str) -> str:
    """The first sentence of the first paragraph."""
    return re.split("[。！？]", lead(text), maxsplit=1)[0]


def last_entry(text: str) -> int | None:
    """The latest month of a calendar or diary, whose paragraphs begin with days."""
    entries = [int(match[1]) for match in _ENTRY.finditer(text)]
    return max(entries) if len(entries) >= _ENTRIES else None


def diary_year(text: str) -> int | None:
    """The last year that the dates above the entries of a diary tell (二〇一七年三月六日 晴)."""
    return max((digits(match[1]) for match in _DIARY_DAY.finditer(text)), default=None)


def lead_month(text: str) -> int | None:
    """The month of a date without a year in the first sentence of the first paragraph, where news says when it was.

    A calendar (1月8日 … 3月12日 … 9月17日 …) was written in the latest of its months.
    """
    if (month := last_entry(text)) is not None:
        return month
    match = _LEAD_DATE.search(lead_sentence(text)) or _wire(text)
    return int(match[1]) if match else None


def _wire(text: str) -> re.Match[str] | None:
    """The day of an agency's report above or before its first paragraph."""
    page = [line.strip() for line in text.split("\n") if line.strip()][:_DATE_LINES]
    return next((found for line in page if (found := _WIRE.match(line))), None)


def scene_month(text: str) -> int | None:
    """The month of the scene with which a feature opens."""
    match = _SCENE.search(lead(text))
    return numeral(match[1]) if match else None


def lead_dated(text: str) -> tuple[int, int] | None:
    """Year and month of a whole date in the first sentence of the first paragraph, or of the scene told in that."""
    if match := _LEAD_DATED.search(lead_sentence(text)):
        return int(match[1]), int(match[2])
    match = _SCENE_DATED.search(lead(text))
    return (digits(match[1] or match[3]), numeral(match[2] or match[4])) if match else None


def body(text: str) -> str:
    """The text from its first paragraph on, without the dates of the page's head."""
    return text[max(0, text.find(lead(text))) :]
