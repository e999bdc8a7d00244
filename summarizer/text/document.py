"""Reads what header, byline and footer say of the document: title, publisher, authors, date, completeness.

Only what is stated counts: a date in the story is not the date of publication, and a line is a title only where it
stands as one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from summarizer.text import bylines, credit_line, signature
from summarizer.text.article import DocumentInfo, Furniture
from summarizer.text.credit_line import Credit
from summarizer.text.credited import is_byline, names, parts, supplier_names, suppliers, supplying_office
from summarizer.text.dates import DATE, arabic, iso, iso_or_year
from summarizer.text.furniture import blank
from summarizer.text.people import people

HEAD_LINES = 8
"""Title and byline stand among the first lines that are not furniture."""

TAIL_LINES = 4
"""A signature stands among the last."""

ISSUE_LINES = 3
"""A newsletter's number stands below its name, and both above the title."""

DEPTH = 3
"""Lines below a yearbook's name at most: its part, its chapter, and the title of the entry."""

TITLE_CHARS = 60
"""Titles with a subtitle in the same line reach fifty characters; a paragraph without a full stop is longer."""

SENTENCE_CHARS = 40
"""A last line longer than this that ends nowhere was cut off; shorter ones are headings or signatures."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text without furniture and without the white space around it."""

    start: int
    end: int
    text: str


Credits = Mapping[str, Credit]
"""The lines that are nothing but credits, and what they credit, in their order."""

_LAST_APART = re.compile(rf"(?<=[。！？”])[ \u3000]{{2,}}(\S[^。！？]{{0,{SENTENCE_CHARS}}})$")
_TITLED = re.compile(r"(?:标题|信息名称)\s?[:：]\s?")
_KIND = r"(?:汇报|报告|通知|通报|意见|总结|方案|决定|说明|批复|函|讲话|建议|情况)"
_UNFINISHED = re.compile(rf"关于(?!.*{_KIND}$)|.*[的、和与]$|.*\d{{4}}年(?:度|[上下]半年)?$")
_OFFICES = re.compile(rf"关于.*{_KIND}$")
_OF_OFFICE = re.compile(rf"{_OFFICES.pattern}|\d{{4}}年.*{_KIND}$")
"""What an office on the line above has written: 关于…的报告, 2018年工作总结."""

_OFFICE_ENDS = (
    "局",
    "办",
    "办公室",
    "政府",
    "委",
    "委员会",
    "领导小组",
    "指挥部",
    "中心",
    "政协",
    "常委会",
    "专班",
    "工作队",
)
_FINISHED = re.compile(rf".*{_KIND}$")
_WINDOW = re.compile(r"\s?[_|｜\-—–]\s?[\u4e00-\u9fff]{2,16}")
"""What a browser's window adds to a title: the name of the site."""

_SIGNED_BRIEF = re.compile(r"[。！!？?”」][(（][^()（）]{2,24}[)）]$")
_LAST_BRACKET = re.compile(r"[(（][^()（）]{2,90}[)）]$")
_CONGRESS = re.compile(r"人大|人民代表大会")
"""A report to a congress is its government's, whoever gives it."""

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


def _with_last_apart(body: list[Line]) -> list[Line]:
    """The lines, the short one at the end of a page whose line breaks were lost (…。　　数据来源：…) apart again."""
    if not body or not (match := _LAST_APART.search(body[-1].text)):
        return body
    last, cut = body[-1], match.start(1)
    story = Line(last.start, last.start + match.start(), last.text[: match.start()])
    return [*body[:-1], story, Line(last.start + cut, last.end, last.text[cut:])]


def read(clean: str, furniture: Sequence[Furniture]) -> DocumentInfo:
    """What the page says of itself."""
    body = _with_last_apart(lines(clean, furniture))
    if not body:
        return DocumentInfo(complete=_all_pages(clean, furniture))
    title = head(body)[0]
    credited = _credit_lines(body)
    return DocumentInfo(
        title=_joined(title) if title else None,
        publisher=_publisher(body, credited),
        authors=_authors(body, credited),
        published=_published(body, credited),
        wired=_wired(body),
        complete=_all_pages(clean, furniture) and not _cut_off(body),
    )


def head(body: Sequence[Line]) -> tuple[tuple[Line, ...], int]:
    """The lines of the title, and how many lines at the top are title and byline.

    A title stands above a byline; or alone above the text, with a subtitle behind a dash at most. Several short lines
    above the text, none of them a byline, are teasers or headings: no title.
    """
    if (named := next((i for i, line in enumerate(body[:HEAD_LINES], 1) if _TITLED.match(line.text)), 0)) > 0:
        return (body[named - 1],), named + len(list(takewhile(lambda x: is_byline(x.text), body[named:HEAD_LINES])))
    if _below_running_head(body):
        return _head_from(body, 1)
    issue = next((i for i, line in enumerate(body[:ISSUE_LINES]) if bylines.ISSUE.fullmatch(line.text)), 0)
    below = _head_from(body, issue) if issue else ((), 0)
    return below if below[0] else _head_from(body, 0)


def _below_running_head(body: Sequence[Line]) -> bool:
    """Whether the first line is a yearbook's name and part, and a title follows; alone it is the title itself."""
    if len(body) < 2 or signature.yearbook(body[0].text):
        return False
    return bool(signature.running_head(body[0].text)) and _like_title(body[1].text)


def _head_from(body: Sequence[Line], start: int) -> tuple[tuple[Line, ...], int]:
    """The head of a page that begins with this line; a newsletter's name is a title only where no other follows."""
    first = start + len(list(takewhile(lambda line: is_byline(line.text), body[start:HEAD_LINES])))
    short = list(takewhile(lambda line: _like_title(line.text), body[first:HEAD_LINES]))
    if not short and _briefest_title(body[first:HEAD_LINES]):
        short = [body[first]]
    below = body[first + len(short) : HEAD_LINES]
    byline = len(list(takewhile(lambda line: is_byline(line.text), below)))
    title = _title_lines(short)
    # The office whose document it is, on the line above 关于….
    if first > start and title and _OFFICES.match(title[0].text) and signature.is_office(body[first - 1].text):
        title = (body[first - 1], *title)
        first, short = first - 1, [body[first - 1], *short]
    # A yearbook's name, a part of it (社会事业·民生), and only then what the entry is called.
    if first > start and 1 < len(short) <= DEPTH and signature.yearbook(body[first - 1].text):
        return (short[-1],), first + len(short)
    if title and byline:
        return title, first + len(short) + byline
    rest = short[len(title) :]
    alone = len(short) == len(body) - first
    if not title or alone or (len(rest) > 1 and not _NUMBERED.match(rest[0].text)):
        return (), first
    return title, first + len(title)


def _briefest_title(lines: Sequence[Line]) -> bool:
    """Whether the first line is a title of two or three characters (渡口): a byline below it says so."""
    return len(lines) > 1 and len(lines[0].text) in (2, 3) and not is_byline(lines[0].text) and is_byline(lines[1].text)


def _title_lines(short: Sequence[Line]) -> tuple[Line, ...]:
    """The first line, with the next where one of them is marked as belonging to it: by a dash, or as unfinished."""
    if not short or _NUMBERED.match(short[0].text):
        return ()
    if len(short) > 1 and _repeats(short[0].text, short[1].text):
        short = short[1:]
    if len(short) > 1 and (_SUBTITLE.match(short[1].text) or short[0].text.endswith(("—", "-"))):
        return short[0], short[1]
    if len(short) > 1 and _OF_OFFICE.match(short[1].text) and short[0].text.endswith(_OFFICE_ENDS):
        return short[0], short[1]
    if len(short) > 1 and _UNFINISHED.match(short[0].text) and _FINISHED.match(short[1].text):
        return short[0], short[1]
    return (short[0],)


def _repeats(first: str, second: str) -> bool:
    """Whether the second line is the title again that the first gives for the browser's window."""
    return first.startswith(second) and bool(_WINDOW.fullmatch(first, len(second)))


def _joined(title: Sequence[Line]) -> str:
    """The title in one line; white space before the dash of a subtitle falls away, and the word 标题 before it."""
    text = _TITLED.sub("", "".join(line.text for line in title), count=1).rstrip("| ｜")
    return re.sub(r"\s+(?=[—─―]{1,2})", "", re.sub(r"[ \t\u3000\xa0]+", " ", text))


def _like_title(text: str) -> bool:
    """Short and not a sentence; a call may stand in a title (`喜讯!青山县摘帽了`), a full stop may not."""
    return 4 <= len(text) <= TITLE_CHARS and not re.search(r"[。;；]|[,，、:：]$", text) and not is_byline(text)


def _edges(body: Sequence[Line]) -> list[Line]:
    """The first lines with the last ones, each once."""
    return list(body[:HEAD_LINES]) + list(body[max(HEAD_LINES, len(body) - TAIL_LINES) :])


def _credit_lines(body: Sequence[Line]) -> Credits:
    """The lines at both ends that are nothing but credits, and the brackets behind the story, with what they credit."""
    whole = {line.text: credit for line in _edges(body) if (credit := credit_line.read(line.text))}
    brackets = (match.group() for line in body[-TAIL_LINES:] if (match := _LAST_BRACKET.search(line.text)))
    behind = {text: credit for text in brackets if (credit := credit_line.read(text))}
    # An office alone in brackets explains a word (捐赠单位(县电力局)), unless they are the whole line.
    found = whole | {text: c for text, c in behind.items() if text not in whole and (c.authors or c.date)}
    congress = any(_CONGRESS.search(line.text) for line in body[:HEAD_LINES])
    # Who gives a report, and on which day, is told by lines that credit nobody else.
    return {t: c for t, c in found.items() if (not congress if c.officer else not bylines.OCCASION.fullmatch(t))}


def _yearbook(body: Sequence[Line]) -> str | None:
    """The yearbook whose name stands above the title, or in brackets of its own below it."""
    if _below_running_head(body):
        return signature.running_head(body[0].text)
    bracketed = (line.text for line in body[1:ISSUE_LINES] if line.text.startswith(("(", "（")))
    named = [*(signature.yearbook(line.text) for line in _edges(body)), *map(signature.running_head, bracketed)]
    return next((book for book in named if book), None)


def _publisher(body: Sequence[Line], credited: Credits) -> str | None:
    """The named source, else the yearbook, a credit's paper or office, the dateline's, the supplier, who signs."""
    edges = _edges(body)
    return (
        _source(edges)
        or _yearbook(body)
        or next((credit.publisher for credit in credited.values() if credit.publisher), None)
        or _dateline(body)
        or _reporters_paper(edges)
        or next(
            (office for line in edges for name in suppliers(line.text) if (office := supplying_office(name))),
            None,
        )
        or _signed_by(body)
    )


def _source(edges: Sequence[Line]) -> str | None:
    """What a byline names as its source; a source inside a story (`收入来源:`) stands in a sentence."""
    for line in edges:
        found = bylines.SOURCE.search(line.text)
        if found and (is_byline(line.text) or bylines.BRACKET.search(line.text)):
            named = bylines.SOURCE_STOP.split(found.group(1))[0]
            return None if bylines.NO_SOURCE.fullmatch(named) else named or None
    return None


def _dateline(body: Sequence[Line]) -> str | None:
    """The agency of the dateline (青山网合肥3月12日电), or whose name stands with the date in the head."""
    for line in body[:HEAD_LINES]:
        if found := bylines.ISSUED.fullmatch(line.text):
            return found.group(1)
        found = bylines.DATELINE.match(line.text.lstrip("【[(（"))
        if found and not bylines.NOT_AN_AGENCY.match(found.group(1)):
            return found.group(1)
    return None


def _reporters_paper(edges: Sequence[Line]) -> str | None:
    """The paper or office that a credit within a line names before its people."""
    for line in edges:
        for text in parts(line.text):
            if (named := bylines.OF_OFFICE.search(text)) and named["role"] not in ("来源", "稿源"):
                return named["office"]
            found = bylines.MEDIA_REPORTER.match(text)
            if found and not bylines.NOT_AN_AGENCY.match(found.group(1)):
                return found.group(1)
    return None


def _signed_by(body: Sequence[Line]) -> str | None:
    """The office that signs above or below the text, whose document the title says it is, or the yearbook."""
    texts = [line.text for line in body]
    dated = [bool(bylines.DATE_LINE.fullmatch(arabic(text))) for text in texts]
    ends = ((texts[-TAIL_LINES:], [*dated[-TAIL_LINES:], True]), (texts[:HEAD_LINES], [*dated[:HEAD_LINES], False]))
    if office := next((found for part, after in ends if (found := signature.below_text(part, after))), None):
        return office
    signed = signature.in_brackets(_last_story_line(body))
    if signed and signed.office:
        return signed.office
    title = head(body)[0]
    if office := signature.issuer(_joined(title)) if title else None:
        return office
    below = body[body.index(title[-1]) + 1 : HEAD_LINES] if title else []
    return next(
        (line.text for line in takewhile(lambda x: is_byline(x.text), below) if signature.is_office(line.text)), None
    )


def _authors(body: Sequence[Line], credited: Credits) -> tuple[str, ...]:
    """Reporters, correspondents and suppliers in the order of the text, each once; the editor is furniture."""
    found: list[str] = []
    for line in _edges(body):
        if line.text in credited:
            found += credited[line.text].authors
            continue
        for text in parts(line.text):
            found += sorted(names(text), key=lambda name: max(text.find(name), text.find(name[0])))
        if wired := bylines.WIRED.match(line.text):
            found += people(wired.group(1))
        for name in suppliers(line.text):
            found += supplier_names(name)
    found += _signers_of_briefs(body)
    found += _below_title(body)
    found += [name for credit in credited.values() for name in credit.authors] if not found else []
    if signed := signature.in_brackets(_last_story_line(body)):
        found += signed.people
    return tuple(dict.fromkeys(found))


def _signers_of_briefs(body: Sequence[Line]) -> Iterator[str]:
    """Who signs the briefs of a page, each in brackets behind its last sentence; one alone may be any remark."""
    signed = [signature.in_brackets(line.text) for line in body if _SIGNED_BRIEF.search(line.text)]
    named = [found for found in signed if found is not None]
    if len(named) > 1:
        for found in named:
            yield from found.people or (found.office or "",)


def _below_title(body: Sequence[Line]) -> tuple[str, ...]:
    """The people whose names are all that a line below the title says, or below the bylines there."""
    title, _ = head(body)
    below = body[body.index(title[-1]) + 1 : HEAD_LINES] if title else []
    plain = next((line.text for line in below if not is_byline(line.text)), "")
    return people(plain.lstrip("●◎○■□◆◇▲△★☆ "))


def _last_story_line(body: Sequence[Line]) -> str:
    """The last line that is not a byline of its own."""
    return next((line.text for line in reversed(body) if not is_byline(line.text)), "")


def _published(body: Sequence[Line], credited: Credits) -> str | None:
    """The date of a byline in the head, else of a line of its own at either end; ISO, as exact as stated."""
    edges = _edges(body)
    for line in edges:
        found = bylines.DATED.search(line.text)
        if found and (is_byline(line.text) or bylines.BRACKET.search(line.text)):
            return iso(found.group(1))
    for line in edges:
        # The day of a speech is no day of publication.
        if (
            is_byline(line.text)
            and not bylines.OCCASION.fullmatch(line.text)
            and (found := DATE.search(arabic(line.text)))
        ):
            return iso(found.group())
    signed = signature.in_brackets(_last_story_line(body))
    if signed and signed.date:
        return iso(signed.date)
    if dated := next((found for line in body[:HEAD_LINES] if (found := bylines.WIRE_DATE.match(line.text))), None):
        return iso(dated[1])
    return next((iso_or_year(credit.date) for credit in credited.values() if credit.date), None)


def _wired(body: Sequence[Line]) -> str | None:
    """The month and day of the dateline (本报长汀|3月28日|电), `03-28`."""
    for line in body[:HEAD_LINES]:
        if found := bylines.WIRE_DAY.match(line.text.lstrip("【[(（")):
            month, day = int(found["month"]), int(found["day"])
            return f"{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None
    return None


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
