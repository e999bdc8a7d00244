"""Finds what a web page puts around an article: navigation, share lines, counters, notices, editors, spam.

Three tables, tried in this order: `BLOCKS` are opened by a line and run on over the lines that belong to them; `LINES`
must match a whole line; `INLINE` match a part of a line. A rule is as narrow as its words allow, because an article
about online sales speaks of page views and one about villages lists dozens of them: what is marked here is never read.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from summarizer.text.article import Furniture
from summarizer.text.people import PEOPLE

SENTENCE_END = re.compile(r"[。!?！？;；]")
"""A line that holds one of these is prose, unless a rule names its words."""

HEAD_LINES = 12
"""Navigation stands among the first lines."""

SPAM_PLACES = 12
"""So many places in a bare list are spam at the edge of a page; a prefecture's own counties come in a sentence."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of furniture, the words that show it, and why they cannot be the article's own.

    A text without any of the characters of `needs` has no match: most lines are left without a search.
    """

    kind: str
    pattern: re.Pattern[str]
    reason: str
    needs: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without the white space around it."""

    start: int
    end: int
    text: str


def _rule(kind: str, pattern: str, reason: str, needs: str = "") -> Rule:
    return Rule(kind, re.compile(pattern), reason, needs)


_PAGE = r"第\s{0,4}\d{1,3}\s{0,4}页"
_PAGES = r"共\s{0,4}\d{1,3}\s{0,4}页"
_EDITOR = (
    r"(?:责任编辑|责编|网络编辑|实习编辑|执行编辑|值班编辑|编辑|编审|审核|校对|[初复终]审|监制|编发|"
    r"值班编委|值班主任|主编)"
)
_EDITORS = rf"{_EDITOR}\s{{0,4}}[:：]\s{{0,4}}(?:{PEOPLE}|[A-Za-z]{{2,12}}|[a-z]{{0,4}}\d{{2,8}})"
_BUTTON = (
    r"(?:打印(?:本页|本文|页面|此页)?|关闭(?:窗口|本页|页面|此页)?|收藏(?:本页|本文)?|分享(?:到|至)?|返回(?:顶部|首页|列表)?|"
    r"复制(?:链接|网址)|纠错|我要纠错|推荐(?:给好友)?|字[号体]|大|中|小|默认|超大|微信|微博|新浪微博|腾讯微博|QQ空间|QQ好友|人人网|"
    r"朋友圈|点赞|评论|图集|Qzone|关注[\u4e00-\u9fff]{2,6}网|保护视力色|加入收藏|设为首页|网站地图|无障碍(?:浏览)?|登录|注册|繁体(?:版)?|手机版|客户端|A[+-]?)"
)
_SMUT = r"(?:无码|人妻|久久|色综合|中文字幕|国产|欧美|日韩|亚洲|在线(?:观看|播放|视频)|免费|视频|av|AV|一区|精品|成人)"
_SITE_END = r"(?:办公室|人民政府|委员会|[局厅网社报部]|中心|公司|客户端|门户网站)"

BLOCKS: tuple[Rule, ...] = (
    _rule(
        "copyright",
        r"[【\[]?(?:(?:版权|免责|特别|郑重|本网|网站|转载)(?:声明|说明|申明)|(?:声明|免责条款)\s*[】\]]?\s*[:：])"
        r"|凡(?:本网|文章|注明|本站|标注|来源|未注明)[^。]{0,30}(?:来源|注明|稿件)"
        r"|.{0,12}(?:版权(?:归|均|为).{0,12}所有|版权所有|未经.{0,12}(?:许可|授权|同意).{0,8}(?:转载|复制|使用|镜像))"
        r"|(?:本|此|以上|该|文)(?:文|内容|稿|章).{0,16}(?:转载自|仅代表作者|不代表本|来源于?(?:网络|互联网)|来自(?:网络|互联网))",
        "a notice of the publisher about its own rights",
    ),
    _rule(
        "related",
        r"[【\[>]*(?:相关(?:新闻|阅读|报道|文章|链接|推荐|资讯|内容|稿件)|延伸阅读|推荐阅读|热[门点](?:新闻|文章|推荐|阅读|排行)|"
        r"最新(?:文章|新闻|资讯|更新)|猜你喜欢|更多(?:新闻|精彩|阅读|相关)|(?:阅读|点击|新闻|一周|本周)排行(?:榜)?|"
        r"大家都在看|精彩推荐|今日(?:热点|头条|推荐)|往期(?:回顾|推荐))[】\]]?\s*[:：>]*\s*(?:更多)?[>》]*",
        "a list of other articles",
    ),
    _rule(
        "comments",
        r"(?:网友(?:评论|留言)|我要评论|发表评论|最新评论|热门评论|评论列表|用户评论|写评论)\s*(?:[(（]\d*[)）])?\s*[:：]?",
        "what readers wrote",
    ),
)
"""A line that begins with one of these opens a block (`related` and `comments`: a line that is nothing else)."""

LINES: tuple[Rule, ...] = (
    _rule(
        "navigation",
        r"(?:[您我]?(?:现在|当前)?(?:的|所在)?位置(?:是)?|当前(?:栏目|频道)|所在位置)\s*[:：].{0,60}",
        "the place of the page in its site",
    ),
    _rule("navigation", r"[<《【\[]?\s*(?:上|下)一[篇页条]\s*[】\]>》]?\s*[:：].{0,60}", "links to the neighbours"),
    _rule(
        "related",
        r"[【\[]?(?:24小时|一周|今日|本周|本月)?(?:热[文闻]|热[点门](?:新闻|文章)?|新闻?排行)榜?\s*[】\]]?\s*[:：].{0,120}",
        "other articles in the line of their heading",
    ),
    _rule(
        "navigation",
        r"(?:欢迎(?:您|来到|光临|访问|使用).{0,20}|.{0,10}设为首页.{0,20}|.{0,10}网站地图.{0,20}|返回(?:首页|顶部|列表|上一?页)|回到顶部|\[?更多\]?[>》]*)",
        "buttons of the site",
    ),
    _rule(
        "share",
        rf"[【\[(（]?{_BUTTON}(?:[\s|｜/·:：、()（）\[\]【】]+{_BUTTON})*[\s|｜:：)）\]】]*",
        "share, print, close and letter-size buttons and nothing else",
    ),
    _rule(
        "share",
        r".{0,8}(?:扫一扫|扫描|长按|识别)(?:上方|下方|左侧|右侧|此|该|本页)?(?:在?手机|二维码|微信|图中|左|右|下|上|关注|分享|打开|查看|下载|加入|添加|页面)[^。,，]{0,24}[。!！]?",
        "asks to scan a code; a farmer who sells by code does so in a sentence with a comma or a figure",
    ),
    _rule(
        "share",
        r"(?:关注|欢迎关注|请关注|点击(?:上方|下方|蓝字|关注)|分享(?:到|至)|一键分享|转发(?:到|至)).{0,12}"
        r"(?:微信|公众号|蓝字|朋友圈|微博|订阅号|客户端|二维码|我们|[:：])[^。]{0,24}[。!！]?",
        "asks to follow or share",
    ),
    _rule(
        "contact",
        r".{0,30}(?:ICP备|公网安备|增值电信|互联网新闻信息服务|网站标识码|©|"
        r"(?i:copyright|all rights reserved|powered by)).{0,120}",
        "licence and copyright numbers of the site",
    ),
    _rule(
        "contact",
        r"(?:主办(?:单位)?|承办(?:单位)?|协办(?:单位)?|技术支持|网站维护|维护单位|建议(?:使用|分辨率)|邮政?编码?|传真|"
        r"(?:联系|新闻|投稿|举报|监督|服务|热线|值班|广告|咨询)?(?:电话|热线|邮箱|信箱|QQ)|E-?mail|地址)\s*[:：][^。]{0,120}",
        "the address of the publisher",
    ),
    _rule(
        "counter",
        r"(?:浏览|阅读|点击|访问)(?:量|次数|数|人次)?\s*[:：]?\s*[\[(（]?\s*\d[\d,]*\s*次?[\])）]?(?:\s*[评点]\S{0,3}[:：]?\s*\d*)?",
        "a counter alone on its line",
    ),
    _rule(
        "counter",
        r"(?:您|你)是(?:本站|本网站?)?(?:的)?第?\s*\d[\d,，]*\s*[位名个](?:访客|访问者|来访者|浏览者|读者|用户)[。!！]?",
        "a counter of the visitors of a site",
    ),
    _rule("page", rf"[-—\s]*(?:{_PAGE}|{_PAGES}|\d{{1,3}}\s*/\s*\d{{1,3}})[-—\s]*", "a page number alone on its line"),
    _rule("page", r"[-—]\s*\d{1,3}\s*[-—]", "a page number between dashes"),
    _rule("page", r"\d(?:\s\d){1,9}", "the numbers of a slide show; a row of a table has longer ones"),
    _rule(
        "navigation",
        r"(?:网站)?(?:首页|主页)(?:\s*[>»›→].{1,60})?",
        "a breadcrumb whatever its names hold: 首页 > 攻坚2018?记者行",
    ),
    _rule("navigation", r"[\u4e00-\u9fff]{2,8}网\s+正文", "the site and the word for the page's text"),
    _rule("share", r"微信扫一扫\s*[×xX]?", "the label of a code, and the cross that closes it"),
    _rule(
        "share",
        r"(?:收听|播放|朗读)(?:本文|全文)?\s*\d\d[:：]\d\d(?:\s*/\s*\d\d[:：]\d\d)?",
        "a player of the text read aloud",
    ),
    _rule("share", rf"(?:[\u4e00-\u9fff]{{2,8}}网\s+)?{_BUTTON}(?:\s+{_BUTTON}){{1,9}}", "the site and its buttons"),
    _rule(
        "spam",
        rf"(?=.*(?:无码|人妻|久久|色综合|在线观看|成人))(?:[^。]{{0,40}}?{_SMUT}){{4}}+[^。]*",
        "what pirated copies write above a page; goods that sell in 欧美, 日韩 and 亚洲 are none of it",
    ),
    _rule(
        "page",
        r"(?:[\[\]<>.…|\s\d]|首页|上一页|下一页|[末尾]页)*(?:[上下]一页|[末尾]页|余下全文|阅读全文|查看全文|点击查看(?:全文|更多)|展开全文)"
        r"[\[\]<>.…|\s\d]*",
        "links to the other pages",
    ),
    _rule("editor", rf"[(（\[【]?\s*(?:{_EDITORS}\s*[;；,，|/]?\s*)+[)）\]】]?[。]?", "who edited the page"),
    _rule(
        "editor",
        r"[(（\[【]?\s*(?:责任编辑|责编|网络编辑|值班编辑|实习编辑)\s*[:：][^。]{0,16}[)）\]】]?",
        "who edited the page, whatever the name looks like",
    ),
)
"""Must match the whole line."""

INLINE: tuple[Rule, ...] = (
    _rule(
        "counter",
        r"[\[(（]?\s{0,4}(?:浏览|阅读|点击|访问|查看|人气)(?:量|次数|数|率|人次)?\s{0,4}[:：]\s{0,4}[\[(（]?\s{0,4}\d[\d,]*(?![\d.]*[万亿多余])\s{0,4}次?\s{0,4}[\])）]?",
        "a counter; one with 万 or 余 is a figure of the article",
        needs=":：",
    ),
    _rule(
        "counter",
        r"(?:评论|跟帖|参与|点赞|转发|分享)(?:数|量|人数)?\s{0,4}[:：]\s{0,4}\d+(?![\d.]*[万亿多余])\s{0,4}次?",
        "a counter of reactions",
        needs=":：",
    ),
    _rule(
        "counter",
        r"(?:分类|栏目)\s{0,4}[:：]\s{0,4}[\u4e00-\u9fff]{2,8}\s{1,4}\d{1,7}(?=\s{1,4}\d{4}-\d)",
        "the class of a page and how often it was read, before the date",
        needs=":：",
    ),
    _rule(
        "share",
        r"[【\[(（]?\s{0,4}字[号体](?:大小)?\s{0,4}[:：]?\s{0,4}[【\[(（]?\s{0,4}(?:(?:特?大|中|小|默认|标准|A[+-]?)[】\])）\s|/]*){2,9}",
        "letter-size buttons",
        needs="字",
    ),
    _rule(
        "share",
        r"[【\[](?:打印(?:本页|本文)?|关闭(?:窗口)?|收藏(?:本页)?|返回(?:顶部)?|复制链接|我要纠错|纠错|分享)[】\]]",
        "a button in brackets",
        needs="【[",
    ),
    _rule(
        "page",
        rf"(?:本(?:新闻|文|篇|文章|页)\s{{0,4}})?(?:{_PAGES}\s{{0,4}}[,，、/]?\s{{0,4}}(?:当前)?(?:在|为|是)?\s{{0,4}}{_PAGE}|{_PAGE}\s{{0,4}}[,，、/]?\s{{0,4}}[(（]?{_PAGES}[)）]?)"
        r"(?:\s{0,4}(?:0\d){1,20})?(?:\s{0,4}\d{1,2}(?=[\s|])){0,20}\s{0,4}\|?",
        "page so much of so many",
        needs="页",
    ),
    _rule(
        "page",
        r"(?:\[\d{1,2}\]\s{0,4}){2,30}(?:下一页)?|(?:\d{1,2}\s{1,4}){2,30}下一页(?:\s{0,4}[尾末]页)?",
        "links to the other pages",
        needs="[页",
    ),
    _rule(
        "editor",
        rf"[(（\[【]\s{{0,4}}(?:{_EDITORS}\s{{0,4}}[;；,，|/]?\s{{0,4}}){{1,6}}[)）\]】]|(?:责任编辑|责编|网络编辑|值班编辑)\s{{0,4}}[:：]\s{{0,4}}(?:{PEOPLE}|[A-Za-z]{{2,12}})(?=\s|$|[)）\]】。])",
        "who edited the page; 审核 and 编辑 alone only in brackets, because a step of a procedure is named so too",
        needs=":：",
    ),
)
"""May match a part of a line. Every repetition is bounded: these run over lines of any length, in linear time."""

_NOTICE = re.compile(
    r"版权|转载|来源|稿件|本网|本站|侵权|授权|法律|联系|电话|邮箱|QQ|作者|镜像|摘编|注明|删除|责任|观点|声明|著作权|网站"
)
"""A line of a notice speaks of these."""

_CRUMB = re.compile(r"\s*(?:>{1,2}|»|›|→|\||｜|/|::|-)\s*|\s{2,}")
_CRUMB_MARK = re.compile(r">|»|›|→|::")
_CRUMB_NAME = re.compile(r"(?:首页|主页|网站首页)?[\u4e00-\u9fffA-Za-z]{0,10}")
_PLACE_WORD = re.compile(r"[\u4e00-\u9fff]{1,8}?[省市县区旗州盟](?:[\u4e00-\u9fff]{0,4})")
_MENU = re.compile(r"(?:网站)?首页(?:[\s|｜·]+[\u4e00-\u9fff]{2,6}){3,}\s*")
_SITE = re.compile(rf"[\u4e00-\u9fff·\s]{{2,24}}{_SITE_END}")


def find(clean: str) -> tuple[Furniture, ...]:
    """All furniture of the clean text, in order and not overlapping."""
    lines = list(_lines(clean))
    found = [*_blocks(lines), *_whole_lines(lines), *_navigation(lines), *_spam(lines), *_inline(lines)]
    return _merged(found + _footer(lines, found))


def blank(clean: str, furniture: Iterable[Furniture]) -> str:
    """The text with every furniture character replaced by a space: positions stay, line breaks too."""
    pieces: list[str] = []
    done = 0
    for part in furniture:
        pieces += (clean[done : part.start], re.sub(r"[^\n]", " ", clean[part.start : part.end]))
        done = part.end
    return "".join(pieces) + clean[done:]


def _lines(clean: str) -> Iterator[_Line]:
    """The lines that hold anything, without the white space around them."""
    for match in re.finditer(r"[^\s](?:[^\n]*[^\s])?", clean):
        yield _Line(match.start(), match.end(), match.group())


def _blocks(lines: list[_Line]) -> Iterator[Furniture]:
    """Notices run on while the lines speak of rights; lists of articles while the lines are short and end nowhere."""
    last_prose = max((i for i, line in enumerate(lines) if _is_prose(line.text)), default=-1)
    opened: str | None = None
    for i, line in enumerate(lines):
        kind = _opens(line.text)
        # A list with prose below it ends nobody knows where: its last line may be the heading of that prose.
        if kind is None and opened and (not _goes_on(opened, line.text) or (opened != "copyright" and i < last_prose)):
            opened = None
        opened = kind or opened
        if opened:
            yield Furniture(opened, line.start, line.end)


def _is_prose(text: str) -> bool:
    return len(text) > 60 and bool(SENTENCE_END.search(text)) and _opens(text) is None


def _opens(text: str) -> str | None:
    """The kind of block that a line opens. A notice may run on in its line; a list's title is all of its line."""
    for rule in BLOCKS:
        match = rule.pattern.match(text)
        if match and (rule.kind == "copyright" or match.end() == len(text)):
            return rule.kind
    return None


def _goes_on(kind: str, text: str) -> bool:
    """Whether a line still belongs to the block before it."""
    if kind == "copyright":
        return bool(_NOTICE.search(text)) and (len(text) <= 60 or len(_NOTICE.findall(text)) >= 3)
    return len(text) <= 45 and not SENTENCE_END.search(text[:-1])


def _whole_lines(lines: list[_Line]) -> Iterator[Furniture]:
    for line in lines:
        if len(line.text) > 200:
            continue
        rule = next((r for r in LINES if r.pattern.fullmatch(line.text)), None)
        if rule:
            yield Furniture(rule.kind, line.start, line.end)


def _inline(lines: list[_Line]) -> Iterator[Furniture]:
    for line in lines:
        for rule in INLINE:
            if rule.needs and not any(c in line.text for c in rule.needs):
                continue
            for match in rule.pattern.finditer(line.text):
                text = match.group()
                start = line.start + match.start() + len(text) - len(text.lstrip())
                yield Furniture(rule.kind, start, start + len(text.strip()))


def _navigation(lines: list[_Line]) -> Iterator[Furniture]:
    """Breadcrumbs and menus among the first lines, and a line that repeats one of the crumbs."""
    crumbs: set[str] = set()
    for line in lines[:HEAD_LINES]:
        if names := _crumbs(line.text):
            crumbs |= names
            yield Furniture("navigation", line.start, line.end)
        elif line.text in crumbs or _MENU.fullmatch(line.text):
            yield Furniture("navigation", line.start, line.end)


def _crumbs(text: str) -> set[str]:
    """The names of a breadcrumb line; empty for any other line.

    A crumb line has a mark that prose has not (`>`), or begins at the home page, and every name in it is short.
    """
    if SENTENCE_END.search(text) or len(text) > 80:
        return set()
    names = [n for n in _CRUMB.split(text) if n]
    marked = bool(_CRUMB_MARK.search(text)) or (len(names) >= 2 and names[0] in ("首页", "主页", "网站首页"))
    if not marked or not all(_CRUMB_NAME.fullmatch(n) for n in names):
        return set()
    return set(names)


def _spam(lines: list[_Line]) -> Iterator[Furniture]:
    """Bare lists of places before the first and after the last line of prose.

    Prose that lists the counties of a prefecture ends in 。 or has words around the names; spam has neither.
    """
    prose = [i for i, line in enumerate(lines) if SENTENCE_END.search(line.text) or len(line.text) > 400]
    first, last = (prose[0], prose[-1]) if prose else (len(lines), -1)
    edges = [line for i, line in enumerate(lines) if i < first or i > last]
    for is_list, group in groupby(edges, key=lambda line: _place_share(line.text) >= 0.8):
        listed = list(group)
        if is_list and sum(len(_words(line.text)) for line in listed) >= SPAM_PLACES:
            yield from (Furniture("spam", line.start, line.end) for line in listed)


def _words(text: str) -> list[str]:
    return [w for w in re.split(r"[\s|｜,，、/·_\-]+", text) if w]


def _place_share(text: str) -> float:
    """Share of a line's words that are a place, perhaps with a catchword behind it."""
    words = _words(text)
    return sum(bool(_PLACE_WORD.fullmatch(w)) for w in words) / len(words) if words else 0.0


def _footer(lines: list[_Line], found: list[Furniture]) -> list[Furniture]:
    """The name of the site below the page's last furniture: short, and ending as offices and papers do."""
    ends = {f.end for f in found}
    site: list[Furniture] = []
    for line in reversed(lines):
        if line.end in ends:
            return site
        if not _SITE.fullmatch(line.text):
            return []
        site.append(Furniture("site", line.start, line.end))
    return []


def _merged(found: Iterable[Furniture]) -> tuple[Furniture, ...]:
    """In order; of two that overlap the longer stays, and what sticks out of it is kept too."""
    kept: list[Furniture] = []
    for part in sorted(found, key=lambda f: (f.start, -f.end)):
        if kept and part.start < kept[-1].end:
            if part.end > kept[-1].end:
                kept.append(Furniture(part.kind, kept[-1].end, part.end))
        else:
            kept.append(part)
    assert all(a.end <= b.start for a, b in pairwise(kept))
    return tuple(kept)
