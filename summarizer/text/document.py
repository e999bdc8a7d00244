"""Reads what header, byline and footer say of the document: title, publisher, authors, date, completeness.

Only what is stated counts: a date in the story is not the date of publication, and a line is a title only where it
stands as one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from summarizer.text import signature
from summarizer.text.article import DocumentInfo, Furniture
from summarizer.text.furniture import blank
from summarizer.text.people import PERSON, people
from summarizer.text.signature import DAY, ORGANISATION

HEAD_LINES = 8
"""Title and byline stand among the first lines that are not furniture."""

TAIL_LINES = 4
"""A signature stands among the last."""

TITLE_CHARS = 60
"""Titles with a subtitle in the same line reach fifty characters; a paragraph without a full stop is longer."""

FOREIGN_CHARS = 8
"""Names of minorities, written out, have up to so many characters (阿依古丽·买买提)."""

SENTENCE_CHARS = 40
"""A last line longer than this that ends nowhere was cut off; shorter ones are headings or signatures."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text without furniture and without the white space around it."""

    start: int
    end: int
    text: str


_DATE = re.compile(r"((?:19|20)\d{2})\s{0,2}[-年/.]\s{0,2}(\d{1,2})(?:\s{0,2}[-月/.]\s{0,2}(\d{1,2})(?!\d))?")
_DATED = re.compile(rf"(?:发[布表稿]|更新|刊[发登]|发文|上传|成文|录入|日期|时间)[^0-9]{{0,8}}({DAY})")
_DATE_LINE = re.compile(
    rf"[(（\[]?\s*(?:{DAY})\s*(?:(?:星期|周)[一二三四五六日天])?\s*(?:\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?)?\s*[)）\]]?"
)
_SOURCE = re.compile(
    r"(?:(?:稿件|文章|信息|新闻|消息|内容)?来源|稿源|发布(?:单位|机构|者|人)|来源(?:单位|网站)|出处)\s{0,4}[:：]\s{0,4}"
    r"[\"“《【]?([^\s\"”》】|｜:：,，。;；()（）\[\]]{2,30})"
)
_SOURCE_STOP = re.compile(
    r"(?:发布|更新)?(?:日期|时间)|作者|记者|编辑|责编|浏览|点击|阅读|字[号体]|(?:19|20)\d{2}[-年/.]"
)
_AGENCY = r"[\u4e00-\u9fff]{1,10}?(?:网|报社?|社|台|客户端|融媒体?(?:中心)?)"
_DATELINE = re.compile(
    rf"({_AGENCY})[\u4e00-\u9fff]{{0,8}}?(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:讯|消息|电)(?=[\s(（:：,，】\]])"
)
_NOT_AN_AGENCY = re.compile(r"本[报网社台刊]|据|我|该")
_SUPPLIED = re.compile(
    r"[(（\[【]\s{0,4}([^()（）\[\]【】]{2,24}?)\s{0,4}(?:供稿|报送|提供|投稿)\s{0,4}[)）\]】]|(?:供稿|供稿单位|报送单位|来稿)\s{0,4}[:：]\s{0,4}"
    rf"([^\s()（）,，。;；]{{2,24}}(?:\s{{1,4}}{PERSON}(?![\u4e00-\u9fff]))*)"
)
_ROLE = r"(?:记者|通讯员|特约通讯员|特约记者|作者|撰文|撰稿|供稿人?|文字|文/?图?|报道员)"
_MEDIA_REPORTER = re.compile(
    rf"({_AGENCY}社?)(?:全媒体|融媒体|首席|见习|实习|特派|驻[\u4e00-\u9fff]{{2,6}})?(?:记者|通讯员)"
)
_BY_ROLE = re.compile(
    rf"{_ROLE}\s{{0,4}}[:：/|｜丨]?\s{{0,4}}((?:{PERSON})(?:[、,，/\s]{{0,3}}(?:{PERSON}))*)"
    r"(?=$|[\s)）\]】。;；|｜]|通讯员|特约|记者|摄影?|文/?图?|报道|编辑|(?:19|20)\d\d)"
)
_BRACKET = re.compile(r"[(（\[【]([^()（）\[\]【】\n]{2,60})[)）\]】]")
_BYLINE = re.compile(
    rf"{_SOURCE.pattern}|(?:发[布表]|更新)?(?:日期|时间)\s{{0,4}}[:：]|^\s*(?:作者|记者|通讯员|撰稿|文/)|(?:作者|责任编辑|浏览量?)\s{{0,4}}[:：]"
)
_DATE_AND_PAPER = re.compile(rf"{DAY}\s{{1,8}}({_AGENCY})\s{{1,8}}(?=\S{{0,2}}(?:记者|作者|通讯员))")
"""The date, the paper, and who wrote it, none of them named as such."""

_OCCASION = re.compile(rf"[—\-─―－(（\s]{{0,4}}(?:{DAY})?在[^。]{{2,50}}会议?上[)）]?")
"""Where and when a report was given: a line below its title, but no part of it."""

_ISSUED = re.compile(rf"({_AGENCY}|{ORGANISATION})\s{{1,8}}{DAY}(?:\s[^。]{{0,40}})?")
"""A paper's or an office's name with the date, at the head of a page or a brief."""

_MASTHEAD = re.compile(
    r"[\u4e00-\u9fff]{2,20}(?:门户网站?|人民政府网|政务网|新闻网|信息网|扶贫网)|今天是.{4,30}|第?\d{1,3}版[:：]?\S{0,12}"
    r"|[(（]?(?:总?第|20\d\d年第)\s?[\d一二三四五六七八九十]{1,4}\s?期[)）]?|[\u4e00-\u9fff]{4,20}文件"
    r"|[\u4e00-\u9fff]{2,12}[〔\[(（]20\d\d[〕\])）]\s?(?:第?\d{1,4}号|\d{1,4})"
    r"|(?:索引号|信息索引|主题分类|主题词|公开方式|公开范围|生成日期|有效性|文号|发文字号)\s?[:：].{0,60}"
)
"""What stands above a title and is none: the site, the page of the paper, the number of a brief or document."""

_TITLED = re.compile(r"(?:标题|信息名称)\s?[:：]\s?")
_KIND = r"(?:汇报|报告|通知|意见|总结|方案|决定|说明|批复|函|讲话|建议|情况)"
_UNFINISHED = re.compile(rf"关于(?!.*{_KIND}$)|.*[的、和与]$")
_FINISHED = re.compile(rf".*{_KIND}$")
_WINDOW = re.compile(r"\s?[_|｜\-—–]\s?[\u4e00-\u9fff]{2,16}")
"""What a browser's window adds to a title: the name of the site."""

_LOOSE_BY_ROLE = re.compile(
    rf"{_ROLE}\s{{0,4}}[:：/|｜丨]?\s{{0,4}}((?:[\u4e00-\u9fff·]{{2,12}}[、,，/\s]{{0,3}}){{1,5}}?)(?=$|[)）\]】:：\d]|{_ROLE})"
)
_NO_NAME = re.compile(
    r"记者|通讯员|特约|作者|时间|日期|来源|编辑|责编|摄影|浏览|点击|报道|发布|本[报网台社]|.*[县市区镇村]$"
    rf"|(?:{ORGANISATION})$"
)
_NUMERAL_DATE = re.compile(
    r"(二[〇○零][〇○零一二][〇○零一二三四五六七八九])年([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})日)?"
)
_SUBTITLE = re.compile(r"[—\-─―－]{1,4}")
_NUMBERED = re.compile(r"[(（]?[一二三四五六七八九十\d]{1,3}[)）]?\s*[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]")
_PROSE_END = re.compile(r"[。!！?？;；…]")
_CLOSED = re.compile(r"[。!！?？…][”’\"'」』)）》】\]]*$|[)）】\]》”]$")
_CUT = re.compile(r"(?:未完待续|待续|阅读全文|查看全文|展开全文|余下全文|下一页)|(?:\.{3,}|…)\s*$")
_PAGE_OF = re.compile(r"第\s*(\d{1,3})\s*页|共\s*(\d{1,3})\s*页")


def lines(clean: str, furniture: Sequence[Furniture]) -> list[Line]:
    """The lines that are not furniture."""
    text = blank(clean, furniture)
    return [Line(m.start(), m.end(), m.group()) for m in re.finditer(r"[^\s](?:[^\n]*[^\s])?", text)]


def read(clean: str, furniture: Sequence[Furniture]) -> DocumentInfo:
    """What the page says of itself."""
    body = lines(clean, furniture)
    if not body:
        return DocumentInfo(complete=_all_pages(clean, furniture))
    title = head(body)[0]
    authors = _authors(body)
    return DocumentInfo(
        title=_joined(title) if title else None,
        publisher=_publisher(body),
        authors=authors,
        published=_published(body),
        complete=_all_pages(clean, furniture) and not _cut_off(body),
    )


def head(body: Sequence[Line]) -> tuple[tuple[Line, ...], int]:
    """The lines of the title, and how many lines at the top are title and byline.

    A title stands above a byline; or alone above the text, with a subtitle behind a dash at most. Several short lines
    above the text, none of them a byline, are teasers or headings: no title.
    """
    first = len(list(takewhile(lambda line: is_byline(line.text), body[:HEAD_LINES])))
    short = list(takewhile(lambda line: _like_title(line.text), body[first:HEAD_LINES]))
    below = body[first + len(short) : HEAD_LINES]
    byline = len(list(takewhile(lambda line: is_byline(line.text), below)))
    title = _title_lines(short)
    if title and byline:
        return title, first + len(short) + byline
    rest = short[len(title) :]
    alone = len(short) == len(body) - first
    if not title or alone or (len(rest) > 1 and not _NUMBERED.match(rest[0].text)):
        return (), first
    return title, first + len(title)


def _title_lines(short: Sequence[Line]) -> tuple[Line, ...]:
    """The first line, with the next where one of them is marked as belonging to it: by a dash, or as unfinished."""
    if not short or _NUMBERED.match(short[0].text):
        return ()
    if len(short) > 1 and _repeats(short[0].text, short[1].text):
        short = short[1:]
    if len(short) > 1 and (_SUBTITLE.match(short[1].text) or short[0].text.endswith(("—", "-"))):
        return short[0], short[1]
    if len(short) > 1 and _UNFINISHED.match(short[0].text) and _FINISHED.match(short[1].text):
        return short[0], short[1]
    return (short[0],)


def _repeats(first: str, second: str) -> bool:
    """Whether the second line is the title again that the first gives for the browser's window."""
    return first.startswith(second) and bool(_WINDOW.fullmatch(first, len(second)))


def _joined(title: Sequence[Line]) -> str:
    """The title in one line; white space before the dash of a subtitle falls away, and the word 标题 before it."""
    text = _TITLED.sub("", "".join(line.text for line in title), count=1)
    return re.sub(r"\s+(?=[—─―]{1,2})", "", re.sub(r"[ \t\u3000\xa0]+", " ", text))


def _like_title(text: str) -> bool:
    """Short and not a sentence; a call may stand in a title (`喜讯!青山县摘帽了`), a full stop may not."""
    return 4 <= len(text) <= TITLE_CHARS and not re.search(r"[。;；]|[,，、:：]$", text) and not is_byline(text)


def is_byline(text: str) -> bool:
    """Whether a line tells of the publication alone: site, source, number, date, authors."""
    if len(text) > 120 or "。" in text:
        return False
    if _MASTHEAD.fullmatch(text) or _ISSUED.fullmatch(text) or _OCCASION.fullmatch(text):
        return True
    if signature.yearbook(text):
        return True
    return bool(_BYLINE.search(text) or _DATE_LINE.fullmatch(_arabic(text)) or _signature(text))


def _arabic(text: str) -> str:
    """The text with its dates in Arabic digits: 二〇一九年十月二十日 is 2019年10月20日."""

    def written(match: re.Match[str]) -> str:
        year = "".join(str("〇一二三四五六七八九".find(c.replace("○", "〇").replace("零", "〇"))) for c in match[1])
        day = f"{_numeral(match[3])}日" if match[3] else ""
        return f"{year}年{_numeral(match[2])}月{day}"

    return _NUMERAL_DATE.sub(written, text)


def _numeral(text: str) -> int:
    """A number up to 99 in Chinese numerals."""
    digits = "零一二三四五六七八九"
    tens, ten, ones = text.rpartition("十")
    return (digits.find(tens) if tens else 1 if ten else 0) * 10 + (digits.find(ones) if ones else 0)


def _signature(text: str) -> bool:
    """Whether a line is `记者 某某` with whoever else worked on it, and no story."""
    return len(text) <= 60 and bool(_BY_ROLE.search(text)) and not _PROSE_END.search(text)


def _edges(body: Sequence[Line]) -> list[Line]:
    """The first lines with the last ones, each once."""
    return list(body[:HEAD_LINES]) + list(body[max(HEAD_LINES, len(body) - TAIL_LINES) :])


def _publisher(body: Sequence[Line]) -> str | None:
    """The named source, else who stands by the date or in the dateline, else the reporter's paper or the supplier."""
    edges = _edges(body)
    for line in edges:
        # A source inside a story (`收入来源:`) stands in a sentence.
        found = _SOURCE.search(line.text)
        if found and (is_byline(line.text) or _BRACKET.search(line.text)):
            return _SOURCE_STOP.split(found.group(1))[0] or None
    for line in body[:HEAD_LINES]:
        if found := _ISSUED.fullmatch(line.text):
            return found.group(1)
        if found := _DATE_AND_PAPER.match(line.text):
            return found.group(1)
        found = _DATELINE.match(line.text.lstrip("【[(（"))
        if found and not _NOT_AN_AGENCY.match(found.group(1)):
            return found.group(1)
    for line in edges:
        for text in _credits(line.text):
            found = _MEDIA_REPORTER.match(text)
            if found and not _NOT_AN_AGENCY.match(found.group(1)):
                return found.group(1)
    supplied = next((office for line in edges for name in _suppliers(line.text) if (office := _office(name))), None)
    return supplied or _signed_by(body)


def _signed_by(body: Sequence[Line]) -> str | None:
    """The office that signs above or below the text, whose document the title says it is, or the yearbook."""
    texts = [line.text for line in body]
    dated = [bool(_DATE_LINE.fullmatch(_arabic(text))) for text in texts]
    ends = ((texts[-TAIL_LINES:], [*dated[-TAIL_LINES:], True]), (texts[:HEAD_LINES], [*dated[:HEAD_LINES], False]))
    if office := next((found for part, after in ends if (found := signature.below_text(part, after))), None):
        return office
    signed = signature.in_brackets(_last_story_line(body))
    if signed and signed.office:
        return signed.office
    title = head(body)[0]
    named = (signature.yearbook(line.text) for line in _edges(body))
    return (signature.issuer(_joined(title)) if title else None) or next((book for book in named if book), None)


def _suppliers(text: str) -> list[str]:
    return [a or b for a, b in _SUPPLIED.findall(text)]


def _credits(text: str) -> list[str]:
    """The parts of a line that credit somebody: the line itself where it is a byline, and its brackets."""
    whole = [text] if is_byline(text) else []
    opening = re.match(r"[^。(（]{0,24}?(?:讯|电|报道)[\s:：]{1,4}([^。]{2,40}?)(?:报道|[:：])", text)
    return whole + _BRACKET.findall(text) + ([opening.group(1)] if opening else [])


def _authors(body: Sequence[Line]) -> tuple[str, ...]:
    """Reporters, correspondents and suppliers in the order of the text, each once; the editor is furniture."""
    found: list[str] = []
    for line in _edges(body):
        for text in _credits(line.text):
            for match in _BY_ROLE.finditer(text):
                found += people(match.group(1))
            found += _foreign_to_the_table(text)
        for name in _suppliers(line.text):
            found += _named(name)
    found += _below_title(body)
    if signed := signature.in_brackets(_last_story_line(body)):
        found += signed.people
    return tuple(dict.fromkeys(found))


def _foreign_to_the_table(text: str) -> Iterator[str]:
    """Names behind a role that begin with no surname of the table (记者 沙马阿依 周文涛), and those beside them."""
    for match in _LOOSE_BY_ROLE.finditer(text):
        if not _BY_ROLE.match(text, match.start()):
            names = re.split(r"[、,，/\s]+", match.group(1).strip("、,，/ \t"))
            yield from takewhile(lambda name: 2 <= len(name) <= FOREIGN_CHARS and not _NO_NAME.match(name), names)


def _below_title(body: Sequence[Line]) -> tuple[str, ...]:
    """The people whose names are all that the line below the title says."""
    title, _ = head(body)
    below = body[body.index(title[-1]) + 1 :][:1] if title else []
    return people(below[0].text) if below else ()


def _office(supplier: str) -> str:
    """What a supplier line names before its people; empty where it names people alone."""
    words = supplier.split()
    return " ".join(words[: next((i for i in range(len(words)) if people(" ".join(words[i:]))), len(words))])


def _named(supplier: str) -> tuple[str, ...]:
    """The people of a supplier line where it names any behind their office, else the office."""
    words = supplier.split()
    for start in range(len(words)):
        if names := people(" ".join(words[start:])):
            return names
    return (supplier,)


def _last_story_line(body: Sequence[Line]) -> str:
    """The last line that is not a byline of its own."""
    return next((line.text for line in reversed(body) if not is_byline(line.text)), "")


def _published(body: Sequence[Line]) -> str | None:
    """The date of a byline in the head, else of a line of its own at either end; ISO, as exact as stated."""
    edges = _edges(body)
    for line in edges:
        found = _DATED.search(line.text)
        if found and (is_byline(line.text) or _BRACKET.search(line.text)):
            return _iso(found.group(1))
    for line in edges:
        # The day of a speech is no day of publication.
        if is_byline(line.text) and not _OCCASION.fullmatch(line.text) and (found := _DATE.search(_arabic(line.text))):
            return _iso(found.group())
    signed = signature.in_brackets(_last_story_line(body))
    return _iso(signed.date) if signed and signed.date else None


def _iso(text: str) -> str | None:
    """`2018年11月6日` as `2018-11-06`; None where no such day exists."""
    found = _DATE.search(text)
    if not found:
        return None
    year, month, day = (int(n) if n else None for n in found.groups())
    if not month or month > 12 or (day is not None and not 1 <= day <= 31):
        return None
    return f"{year}-{month:02}" + (f"-{day:02}" if day else "")


def _all_pages(clean: str, furniture: Sequence[Furniture]) -> bool:
    """False where a page mark tells of pages that the text does not hold."""
    seen: set[int] = set()
    total = 1
    for part in furniture:
        if part.kind == "page":
            for page, of in _PAGE_OF.findall(clean[part.start : part.end]):
                seen |= {int(page)} if page else set()
                total = max(total, int(of)) if of else total
            # A pager that leads on shows a page that is not the last; on the last one 下一页 is no link.
            if re.search(r"全文|下一页", clean[part.start : part.end]):
                return False
    return total == 1 or seen >= set(range(1, total + 1))


def _cut_off(body: Sequence[Line]) -> bool:
    """Whether the last line of the story stops inside a sentence."""
    text = re.sub(r"[(（][^()（）]{0,40}[)）]$", "", _last_story_line(body)).rstrip()
    if _CUT.search(text[-12:]) and not re.search(r"[”\"」]", text[-2:]):
        return True
    if re.search(r"[,，、:：]$", text):
        return True
    return len(text) > SENTENCE_CHARS and bool(_PROSE_END.search(text)) and not _CLOSED.search(text)
