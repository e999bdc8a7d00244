"""Reads a line that says who published a text, who wrote it and when, and says nothing else.

Papers word it in a hundred ways (青山晚报　2019.03.07　张三; (载《青山文艺》2020年第6期,作者张三)),
but of few kinds of words: a paper or an office, a date, a number or page, a part that somebody had, and names. A line
is a credit where each of its words is of such a kind, so none of a story's sentences is, however it begins.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from summarizer.text import dates
from summarizer.text.people import people
from summarizer.text.signature import ORGANISATION

LONGEST = 90
"""A credit names a paper, a date and a few people."""

LOOSE_CHARS = range(2, 6)
"""Names that begin with no surname of the table (阿卜杜外力) have so many characters, with a part before them more."""

PAPER_CHARS = 4
"""A paper whose name ends like no paper's (青山农业信息) has more characters than most people."""

_PART = (
    r"(?:本[报刊社台网])?(?:全媒体?|融媒体?|首席|见习|实习|特派|特约|随行|前方)?"
    r"(?:记者|通讯员|撰稿人?|撰文|撰写|作者(?!单位|系|[为是])|报道员|信息员|实习生|供稿人?|投稿人?|采写|执笔|整理)|本[报刊]特约|撰文摄影|摄影撰文"
    r"|(?<![\u4e00-\u9fff])(?:图/?)?文(?=\s{0,4}(?:[:：/⊙○·]|图\s{0,2}[:：]|记者))"
)
_OTHER_PART = (
    r"(?:责任|值班|网络|执行)?编辑|责编|摄影(?!并)|摄像|图(?=\s{0,2}[:：/⊙])|翻?译(?=\s{0,2}[:：/])"
    r"|审[核稿]人?|校对|主持|口述|讲述|受访人"
)
_BEHIND = r"摄影并文|撰文摄影|摄影报道|口述整理|文/?图|图/?文|文|整理|采写|撰稿?|供稿"
_DONE = r"讯|供稿|材料|译稿|特稿|专稿|约稿|合编|主编|编印?|汇编|主办|播出|刊发"
"""Words behind a paper or an office that say what it did."""

_VERB = rf"原创|原?载于?|原刊|首发于?|刊[于发]?|据|摘[自编]|转自|来稿|报道|综合|电|发布|{_DONE}"
_ISSUE = (
    r"[〔\[]20\d\d[〕\]]第?\d{1,3}[期号]?|原题《[^《》]{2,30}》|总?第\s?[\d一二三四五六七八九十]{1,4}\s?[期版]"
    r"|[A-Z]?\d{1,2}\s?版|[A-Z]\d{1,2}(?![\d\w])|[一二三四五六七八九]版"
    r"|[春夏秋冬]季?(?:刊|号|卷)?(?![\u4e00-\u9fff])|[\u4e00-\u9fff]{2}特刊|副刊|增刊|专[版栏刊]|略有[删改]动?"
    r"|(?:阅读|浏览|点击)(?:量|数|次数)?\s?\d{1,7}次?|(?:记者)?口播稿|[\u4e00-\u9fff]{2,8}征文(?:[一二三]等奖)?|[一二三]等奖"
)
_LABEL = (
    r"(?:稿件|文章|信息|新闻|消息|内容|资料)?来源|稿源|出处|(?:发布|更新|刊发)?(?:日期|时间)|字[号体]"
    r"|(?:推荐|报送|供稿|来稿)单位"
)
_DATE = rf"{dates.DAY}|(?:19|20)\d\d[./-]\d{{1,2}}(?!\d)|(?:19|20)\d\d年?"
_MARKS = r"\s,，;；|｜、:：/.丨⊙□■●◎○◇◆★☆()（）\[\]【】"
_TOKEN = re.compile(
    rf"(?P<gap>[{_MARKS}·—-]+)"
    rf"|(?P<label>{_LABEL})\s{{0,4}}[:：]"
    rf"|(?P<date>{_DATE})(?:\s{{0,4}}\d{{1,2}}[:：]\d\d(?:[:：]\d\d)?|夜|度|\s{{0,4}}(?:星期|周)[一二三四五六日天])?"
    rf"|(?P<issue>{_ISSUE})"
    rf"|《(?P<book>[^《》]{{2,20}})》(?:[\u4e00-\u9fff]{{2,8}}(?=$|[{_MARKS}]|(?:19|20)\d\d))?"
    rf"|(?P<other>{_OTHER_PART})(?=[\s:：/⊙]|[\u4e00-\u9fff]{{2,4}}(?:$|[\s)）]))"
    rf"|(?P<behind>{_BEHIND})(?=$|[)）]|\s{{0,4}}(?:19|20)\d\d)"
    rf"|(?P<part>{_PART})"
    rf"|(?P<also>{_BEHIND})(?=$|[{_MARKS}])"
    rf"|(?P<verb>{_VERB})(?=$|[{_MARKS}《]|[\u4e00-\u9fff]{{2,12}}(?:[报网]|{_DONE})|(?:19|20)\d\d)"
    rf"|(?P<word>[\u4e00-\u9fffA-Za-z·—-]{{1,30}}?)"
    rf"(?=$|[{_MARKS}《]|(?:19|20)\d\d|(?:{_DONE})(?:$|[{_MARKS}])"
    rf"|(?:{_PART})(?:[{_MARKS}]|[\u4e00-\u9fff·]{{2,8}}(?:$|[{_MARKS}])))"
)
_PAPER = re.compile(
    r"[\u4e00-\u9fff]{2,4}(?:发布|微讯|资讯|先锋|之窗|之声)|[\u4e00-\u9fff]{2,16}(?:[日晚晨早时商农周都]报|报社?|网|频道|客户端|(?:融媒体?|新媒体|传媒)(?:中心)?|广播电视台|电视台"
    r"|广播电台|电台|公众号|杂志|周[刊末]|月刊|季刊|通讯社|新闻社?|观察|文艺|文学|在线|官网|门户网站|社)"
    r"(?:[\u4e00-\u9fff]{1,4}(?:版|频道|客户端)|副刊|周刊)?(?:[·—-][\u4e00-\u9fff]{2,8})?(?<![汇简通公预]报)"
)
_APP = re.compile(r"(?<=[报社网])·[\u4e00-\u9fff]{2,10}(?:网|报|客户端)")
"""What a paper has beside its pages: 青山日报|·青山新闻客户端."""

_PAPERS_OWN_LINE = re.compile(r".*(?:[日晚]报|频道|客户端|新闻网|融媒体中心|电视台)")
"""Names that can be nothing but a paper's, where they are all of a line."""

_OFFICE = re.compile(
    rf"(?:{ORGANISATION}|[\u4e00-\u9fff]{{4,20}}(?:所|文联|妇联|残联|政协|工会|学会|基金会|专班|村委会|管委会|课题组|学院|大学))(?<![汇简通公预]报)(?<!的.站)"
)
_POSITION = re.compile(
    r"[\u4e00-\u9fff、]{0,28}(?:主任|局长|书记|[省市县区旗州盟镇乡]长|部长|会长|站长|队长|委员|教师|常委)"
)
_PROVINCE = (
    "河北|山西|内蒙古|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|重庆|四川|贵州"
    "|云南|西藏|陕西|甘肃|青海|宁夏|新疆"
)
_PLACE = re.compile(
    rf"(?:{_PROVINCE})(?:·[\u4e00-\u9fff]{{1,6}})?|(?:[\u4e00-\u9fff]{{2,8}}·)?[\u4e00-\u9fff]{{2,24}}[省市县区旗州盟镇乡村]"
)
_NO_NAME = re.compile(
    r".*(?:[版期刊号稿的]|栏目|见闻|要闻|新闻|综合|时政|民生|社会|专题|照片|报道|报告|年鉴|总结|工作|扶贫|脱贫|攻坚|材料)"
)
_DAY_NAME = re.compile(r"[\u4e00-\u9fff]{1,6}[节日](?:刊发)?")
_SPACED_NAME = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])[ \u3000]{1,2}([\u4e00-\u9fff])(?![\u4e00-\u9fff])")
_BRACKETED = re.compile(r"[(（【\[].*[)）】\]]")


@dataclass(frozen=True, slots=True)
class Credit:
    """What a line credits; `date` is in its own words, with Arabic digits.

    `officer` says that the authors are told by an office they hold (县扶贫办主任 张三): who spoke, not who reported.
    """

    publisher: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    officer: bool = False


@dataclass(slots=True)
class _Words:
    """The words of a line by kind.

    `names` maps the place of a word to the name it is, `loose` to what it may be, `offices` to the office. `labelled`
    says that words behind a part that is no author's (审稿:张三) were passed over.
    """

    papers: list[str] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    loose: dict[int, str] = field(default_factory=dict)
    offices: dict[int, str] = field(default_factory=dict)
    date: str | None = None
    issue: bool = False
    part: bool = False
    officer: bool = False
    labelled: bool = False


@lru_cache(maxsize=128)
def read(line: str) -> Credit | None:
    """What a line credits, or None where one of its words is of no kind that credits are made of."""
    text = line.strip()
    # A colon ends a greeting (各位主任、各位委员:); a credit ends in no mark of a sentence.
    if not text or len(text) > LONGEST or text[-1] in ":：。!！?？”；;，,":
        return None
    tokens = list(_tokens(_SPACED_NAME.sub(r"\1\2", dates.arabic(text))))
    words = _by_kind(tokens) if tokens else None
    return _credit(words, bracketed=bool(_BRACKETED.fullmatch(text))) if words else None


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """The words with their kinds; a part of the line that is no such word comes as `story`, and is the last."""
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            yield "story", text[at:]
            return
        kind = str(found.lastgroup)
        yield kind, found[kind].strip("·—- ") if kind == "word" else found[kind]
        at = found.end()


def _by_kind(tokens: list[tuple[str, str]]) -> _Words | None:
    """The words sorted; None where one of them belongs to a story."""
    words, wanted, last, gap = _Words(), "", "", ""
    run: list[int] = []
    ahead = [*(text for _, text in tokens[1:]), ""]
    for at, (kind, text) in enumerate(tokens):
        if kind == "story":
            return None
        if kind == "gap":
            gap = text
            continue
        if kind != "word":
            _note(words, kind, text, run, "" if gap else last)
            wanted, run = (kind if kind in ("part", "other") else ""), []
        elif not _beside(text, last, gap):
            run.append(at)
            wanted = _sort(words, at, text, wanted, listed=gap == "、", labels=ahead[at].startswith((":", "：")))
        is_paper = kind == "word" and at not in words.loose and at not in words.names
        last, gap = ("paper" if is_paper else kind), ""
    return words


def _beside(text: str, last: str, gap: str) -> bool:
    """Whether a word names the part of the paper behind its page (A7 县域), or the day behind its date (植树节)."""
    if last == "issue":
        return ":" in gap or "：" in gap or (not people(text) and (len(text) == 2 or bool(_NO_NAME.fullmatch(text))))
    return last == "date" and not gap and bool(_DAY_NAME.fullmatch(text))


def _note(words: _Words, kind: str, text: str, run: list[int], last: str) -> None:
    """What a word of a fixed kind adds; `run` are the words just before it, whose part it may tell."""
    if kind in ("behind", "also"):
        for at in [at for at in run if at in words.loose and not _PLACE.fullmatch(words.loose[at])]:
            words.names[at] = words.loose.pop(at)
        # 青山县扶贫办供稿: the office is who wrote it.
        words.names |= {at: words.offices[at] for at in run if at in words.offices and text == "供稿"}
        words.part = words.part or bool(run)
    elif kind == "date":
        words.date = words.date or text.strip()
    elif kind == "book":
        # 青山网《绿洲》专版: the part of a paper.
        words.papers += [text] if last != "paper" else []
    words.issue = words.issue or kind == "issue"
    words.part = words.part or kind == "part"


def _sort(words: _Words, at: int, text: str, wanted: str, *, listed: bool, labels: bool) -> str:
    """Puts a word where it belongs, and says whose names may still follow."""
    if _PAPER.fullmatch(text) and (len(text) >= PAPER_CHARS or not people(text)):
        words.papers.append(_APP.sub("", text))
        return ""
    if wanted == "other" or (labels and not people(text)):
        words.labelled = True
        return "other"
    if _POSITION.fullmatch(text):
        words.part = words.officer = True
        return "officer"
    if _PLACE.fullmatch(text):
        words.loose[at] = text
    elif people(text) or (wanted and _may_be_author(text, by_office=wanted == "officer")):
        words.names[at] = text
    elif _OFFICE.fullmatch(text):
        words.offices[at] = text
        if listed and words.papers:
            words.papers[-1] += f"、{text}"
        else:
            words.papers.append(text)
    else:
        words.loose[at] = text
    return wanted


def _may_be_author(text: str, *, by_office: bool) -> bool:
    """Whether a word behind 作者 or 记者 may name one: a name of any people, or an office; behind 书记 a name alone."""
    shortest = min(LOOSE_CHARS) + by_office
    named = "·" in text or shortest <= len(text) <= max(LOOSE_CHARS) + 3
    return (named and not _NO_NAME.fullmatch(text)) or (not by_office and bool(_OFFICE.fullmatch(text)))


def _credit(words: _Words, *, bracketed: bool) -> Credit | None:
    """The credit that the words make up, where what is left over is a place, a name, or an unheard-of paper."""
    papers = [name for name in words.papers if name not in words.offices.values()]
    publisher = next(iter(papers or words.papers), None)
    first = min([*words.names, *words.loose, *words.offices], default=0)
    for at, text in sorted(words.loose.items()):
        if _PLACE.fullmatch(text):
            continue
        if _NO_NAME.fullmatch(text):
            return None
        if at == first and len(text) >= PAPER_CHARS and words.date and words.names and not papers:
            publisher = text
        elif len(text) in LOOSE_CHARS and publisher and (words.date or words.issue):
            if len(text) == min(LOOSE_CHARS) and not (bracketed or words.names):
                return None
            words.names[at] = text
        else:
            return None
    named = [words.names[at] for at in sorted(words.names)]
    # 县新闻中心 张三: the office is where the author works.
    authors = tuple(dict.fromkeys([name for name in named if not _OFFICE.fullmatch(name)] or named))
    stated = words.date is not None and dates.iso(words.date) is not None
    told = (
        (words.part and authors)
        or (publisher and (words.date or authors))
        or (words.date and authors and (bracketed or stated))
        or (stated and not words.loose and not words.labelled)
        or (publisher and bracketed and words.offices and not words.loose)
        or (publisher and _PAPERS_OWN_LINE.fullmatch(publisher) and not words.loose)
    )
    return Credit(publisher, authors, words.date, words.officer) if told else None
