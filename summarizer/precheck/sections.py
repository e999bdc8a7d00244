"""Finds the parts of an article.

Parts are headed passages, numbered items, passages opened by a lead phrase, and long text cut at sentence ends.

The parts tile the text: every character that is neither furniture nor white space lies in exactly one part.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from summarizer.precheck import topics
from summarizer.precheck.candidate import Part
from summarizer.text import document
from summarizer.text.article import Furniture
from summarizer.text.credited import is_byline
from summarizer.text.document import Line

HEADING_CHARS = 35
"""Headings of two clauses reach thirty characters; a line beyond that without a full stop is a caption or a list."""

LEAD_CHARS = 20
"""A lead phrase is a name (`光伏扶贫。`) or a motto; a sentence that tells something is longer."""

LEAST_AFTER = 8
"""A lead phrase leads something: a short sentence that ends its paragraph is only a sentence."""

ITEM_CHARS = 40
"""First sentence of a numbered item, as long as it is its heading."""

LEAST_CHARS = 60
"""A passage in the middle of a paragraph is not cut off for its own sake below this length."""

PARAGRAPH_CHARS = 400
"""A paragraph beyond this length opens up at its own `一是` and `…方面,`, even where the part could take it whole."""

LEAD_REACH = 1500
"""How far a lead phrase inside a paragraph governs, in characters: longer paragraphs have been cut or forget it."""

_CN = "一二三四五六七八九十"
_MARK = re.compile(
    rf"(?:第[{_CN}\d]{{1,3}}[章节部分篇]{{1,2}}|[(（](?:[{_CN}]{{1,3}}|\d{{1,2}})[)）]|[{_CN}]{{1,3}}\s?[、.．]"
    r"|\d{1,2}\s?(?:、|[.．](?!\d))|[①-⑳㈠-㈩])\s{0,4}"
)
"""`一、` `(三)` `1、` `2.` but not `1.5`: what numbers a heading or an item."""

_SUB_MARK = re.compile(rf"(?:[{_CN}]{{1,2}}[是要]|第[{_CN}]{{1,2}}[,，、]|其[{_CN}][,，])")
"""`一是` `二要` `第三,`: items inside a paragraph; they open a part only where a long paragraph is cut."""

_BULLET = re.compile(r"[●■◆▲★○◎•·※☆□▪◇♦]\s{0,2}")
_BOXED = re.compile(r"【([^【】\n]{2,20})】\s{0,4}")
_ASIDE_WORDS = r"(?:[\u4e00-\u9fff、“”]{2,10}方面|在[\u4e00-\u9fff、“”]{2,10}上)"
_ASIDE = re.compile(rf"{_ASIDE_WORDS}[,，:：]")
"""`安全饮水方面,` `在就业扶贫上,`: says what the sentences after it are about."""

_INNER = re.compile(
    rf"(?:^|(?<=[。;；:：!！?？]))\s{{0,4}}"
    rf"(?P<lead>{_ASIDE_WORDS}(?=[,，:：])|(?P<mark>{_SUB_MARK.pattern})[^。:：;；\d\n]{{0,{ITEM_CHARS}}})",
    re.MULTILINE,
)
"""The same two as they stand inside a paragraph, behind the end of a sentence or clause."""

_SPEAKS = re.compile(r"(?:说|道|表示|介绍|认为|指出|强调|要求|告诉|坦言|感慨|算账|称|笑|问|答)$|记者")
_SPEAKER = re.compile(
    "记者|主持人?|问|答|[一-龥]{0,4}(?:书记|[县区市镇乡州旗村]长|局长|主任|部长|主席|支书)|[县区市]委|[县区市]政府"
)
_SENTENCE = re.compile(r"[。!?！？]+[”’\"'」』)）》】\]]*")
_CLAUSE = re.compile(r"[;；]+[”’\"'」』)）》】\]]*")
_STOP = re.compile(r"[。!?！？;；]")
_END = re.compile(r"[。:：!！?？;；]")
_YEARS = re.compile(r"(?:19|20)\d{2}\s?[-—~至]?\s?(?:(?:19|20)\d{2})?\s?年?|“[^”]{1,8}”")
_PAIRS = {"“": "”", "‘": "’", "(": ")", "（": "）", "《": "》", "【": "】", "「": "」", "『": "』", "[": "]", '"': '"'}
_PAIR = re.compile(f"[{re.escape(''.join([*_PAIRS, *_PAIRS.values()]))}]")


@dataclass(frozen=True, slots=True)
class _Head:
    """A heading with the place where it begins, and where the text under it begins."""

    text: str
    start: int
    body: int


def find(clean: str, furniture: Sequence[Furniture], longest: int) -> tuple[Part, ...]:
    """The parts of the clean text in order, none longer than `longest` characters where a sentence ends in time.

    Headings, numbered items and lead phrases open a part; a longer one is cut between paragraphs, then between
    sentences, where it can at `一是` or `…方面,`. Title and byline belong to the first part.
    """
    lines = document.lines(clean, furniture)
    parts: list[Part] = []
    for head, group in _headed(lines):
        for start, end, lead in _pieces(clean, head, group, longest):
            opening = head if head and start == head.start else lead
            parts.append(
                Part(
                    index=len(parts),
                    heading=" ".join(opening.text.split()) if opening else None,
                    start=start,
                    body=_skip_space(clean, opening.body, end) if opening else start,
                    end=end,
                )
            )
    return tuple(parts)


def _skip_space(clean: str, at: int, end: int) -> int:
    """The first character of the text under a heading, or `end` where there is none."""
    while at < end and clean[at].isspace():
        at += 1
    return min(at, end)


def named(part: Part) -> str | None:
    """The heading of a part; who speaks in an interview (`记者：`) is a heading by its form that names no field."""
    return None if part.heading is None or _SPEAKER.fullmatch(part.heading) else part.heading


def heading_above(parts: Sequence[Part], index: int) -> str | None:
    """The heading that a part stands under: its own, or the nearest one before it."""
    return next((heading for i in range(index, -1, -1) if (heading := named(parts[i]))), None)


def lead_before(clean: str, part: Part, at: int) -> str:
    """The lead phrase that the character at `at` stands under: `安全饮水方面`, `二是壮大种养业`, or "".

    One inside a paragraph governs the rest of it, up to the next. Before that the part's own heading leads, where it
    stands in the line of its text (`光伏扶贫。`); one on its own line heads too much to speak for every clause.
    """
    start = max(clean.rfind("\n", part.start, at) + 1, part.start, at - LEAD_REACH)
    leads = _leads(clean)
    for i in range(bisect_left(leads, (at,)) - 1, -1, -1):
        begins, ends, least = leads[i]
        if begins < start:
            break
        if least <= at:
            return clean[begins : min(ends, at)]
    heading = named(part)
    return heading if heading and "\n" not in clean[part.start : part.body] else ""


@lru_cache(maxsize=4)
def _leads(clean: str) -> list[tuple[int, int, int]]:
    """Where the lead phrases inside paragraphs begin and end, and the least end that makes them one.

    Kept for all numbers of a text; not to be changed.
    """
    return [(*m.span("lead"), m.end("mark") if m["mark"] else m.end("lead") + 1) for m in _INNER.finditer(clean)]


def _headed(lines: Sequence[Line]) -> Iterator[tuple[_Head | None, list[Line]]]:
    """Groups of lines, each under its heading; lines before the first heading have none."""
    _, skip = document.head(lines)
    head: _Head | None = None
    group: list[Line] = list(lines[:skip])
    at = skip
    while at < len(lines):
        opened, taken = _opening(lines, at)
        if opened and (group or head):
            yield head, group
            group = []
        if opened:
            head = opened
        group += lines[at : at + taken]
        at += taken
    if group:
        yield head, group


def _opening(lines: Sequence[Line], at: int) -> tuple[_Head | None, int]:
    """The heading that the line at `at` is or begins with, and how many lines were used up."""
    run = _heading_run(lines, at)
    if run in (1, 2) and at + run < len(lines):
        text = " ".join(line.text for line in lines[at : at + run])
        return _Head(text.rstrip("。:： "), lines[at].start, lines[at + run - 1].end), run
    if run:
        return None, run
    return _lead(lines[at]), 1


def _heading_run(lines: Sequence[Line], at: int) -> int:
    """How many lines from here on are headings of their own, a numbered one always alone.

    Two are one heading set in two lines. More than two are teasers, a list or a poem and head nothing.
    """
    if not _is_heading(lines[at].text):
        return 0
    if _MARK.match(lines[at].text):
        return 1
    run = 1
    while at + run < len(lines) and _is_heading(lines[at + run].text) and not _MARK.match(lines[at + run].text):
        run += 1
    return run


def _is_heading(text: str) -> bool:
    """Whether a whole line is a heading: short, no sentence, and no figure but a year or a name in quotation marks."""
    mark = _MARK.match(text)
    words = text[mark.end() :] if mark else text
    if not 2 <= len(words) <= (ITEM_CHARS if mark else HEADING_CHARS) or _STOP.search(words[:-1]):
        return False
    if re.search(r"[。;；,，、]$", words) or (not mark and re.search(r"[:：]$", words)):
        return bool(mark) and words.endswith("。") and len(words) <= LEAD_CHARS
    if not mark and (is_byline(text) or len(re.findall(r"[,，、]", words)) > 2 or _BULLET.match(text)):
        return False
    return len(re.findall(r"[\u4e00-\u9fff]", words)) >= 2 and not re.search(r"\d", _YEARS.sub("", words))


def _lead(line: Line) -> _Head | None:
    """The heading that a line begins with: `1、教育扶贫。`, `光伏扶贫。`, `安全饮水方面,`, `【危房改造】`."""
    text = line.text
    mark = _MARK.match(text) or _BULLET.match(text)
    offset = mark.end() if mark else 0
    if boxed := _BOXED.match(text, offset):
        return _Head(boxed.group(1), line.start, line.start + boxed.end())
    if aside := _ASIDE.match(text, offset):
        return _Head(text[: aside.end() - 1], line.start, line.start + aside.end())
    end = _first_stop(text, offset)
    words = text[offset:end]
    named = text[end : end + 1] in ("。", ":", "：")
    if mark and (found := _item_heading(words)):
        stop = offset + found
        return _Head(text[:stop], line.start, line.start + stop + bool(_END.match(text, stop)))
    if mark and len(text) >= LEAST_CHARS and mark.re is _MARK:
        return _Head(text[:offset].strip(), line.start, line.start + offset)
    if mark is None and named and len(text) - end > LEAST_AFTER and _is_lead(words):
        return _Head(words, line.start, line.start + end + 1)
    return None


def _first_stop(text: str, offset: int) -> int:
    found = _END.search(text, offset)
    return found.start() if found else len(text)


def _item_heading(words: str) -> int:
    """Length of the heading of a numbered item, 0 where its first sentence already tells the story.

    A stop may be missing after it (`8、千村万人就业培训2015年省办…`): then it ends before the year.
    """
    figure = re.search(r"\d", _YEARS.sub(lambda m: "年" * len(m.group()), words))
    if len(words) <= ITEM_CHARS and not figure:
        return len(words)
    year = re.search(r"(?:19|20)\d{2}年|今年|去年|截至", words[: ITEM_CHARS + 4])
    before = words[: year.start()] if year else ""
    return len(before) if 2 <= len(before) <= LEAD_CHARS and not re.search(r"[,，]|[自到从在于]$", before) else 0


def _is_lead(words: str) -> bool:
    """Whether a first sentence is the name of what follows: short, one clause, of the field, and nobody's speech."""
    return (
        2 <= len(words) <= LEAD_CHARS
        and not re.search(r"[,，\d]", words)
        and not _SPEAKS.search(words)
        and words.count("“") == words.count("”")
        and bool(topics.scores(words))
    )


def _pieces(
    clean: str, head: _Head | None, group: Sequence[Line], longest: int
) -> Iterator[tuple[int, int, _Head | None]]:
    """The lines of a group as spans of at most `longest` characters, each with the lead phrase it begins with."""
    start, end, lead = group[0].start, group[0].start, None
    for line in group:
        for at, to, opening in _sentences(line, longest):
            # A heading stays with its text, however long that is.
            only_heading = head is not None and start == head.start and end <= head.body
            worth = opening is not None and (at - start >= LEAST_CHARS or _MARK.match(clean, at) is not None)
            if end > start and not only_heading and (to - start > longest or worth):
                yield start, end, lead
                start, lead = at, opening
            end = to
    if clean[start:end].strip():
        yield start, end, lead


def _sentences(line: Line, longest: int) -> Iterator[tuple[int, int, _Head | None]]:
    """A short line as one; a long one in sentences, with the leads that open them."""
    if len(line.text) <= min(longest, PARAGRAPH_CHARS):
        yield line.start, line.end, None
        return
    cuts = [0, *_cuts(line.text, longest), len(line.text)]
    for a, b in pairwise(cuts):
        start = a + len(line.text[a:b]) - len(line.text[a:b].lstrip())
        yield line.start + start, line.start + b, _inner_lead(line, start, b) if a else None


def _inner_lead(line: Line, start: int, end: int) -> _Head | None:
    """The lead phrase of a sentence inside a long paragraph: `二是壮大种养业。`, `健康扶贫方面,`, `三、补齐短板。`.

    Numbered items stand there where a page lost its line breaks.
    """
    if _MARK.match(line.text, start, end):
        return _lead(Line(line.start + start, line.start + end, line.text[start:end]))
    if aside := _ASIDE.match(line.text, start, end):
        return _Head(line.text[start : aside.end() - 1], line.start + start, line.start + aside.end())
    if mark := _SUB_MARK.match(line.text, start, end):
        stop = _first_stop(line.text, start)
        words = line.text[mark.end() : stop]
        if stop <= end and len(words) <= ITEM_CHARS and not re.search(r"\d", words):
            return _Head(line.text[start:stop], line.start + start, line.start + min(stop + 1, end))
        return _Head(mark.group().rstrip(",，、"), line.start + start, line.start + mark.end())
    return None


def _cuts(text: str, longest: int) -> list[int]:
    """Where a long line may be cut: after sentences, and after semicolons inside sentences that are too long."""
    shut = _closed(text)
    cuts = [m.end() for m in _SENTENCE.finditer(text) if _may_cut(text, m.end(), shut)]
    bounds = [0, *cuts, len(text)]
    for a, b in pairwise(bounds):
        if b - a > longest:
            cuts += [m.end() for m in _CLAUSE.finditer(text, a, b) if _may_cut(text, m.end(), shut)]
    return sorted({c for c in cuts if c < len(text)})


def _may_cut(text: str, at: int, shut: Sequence[bool]) -> bool:
    """Not inside a quotation or brackets, and not between two digits."""
    return at < len(text) and not shut[at] and not (text[at - 1].isdigit() and text[at].isdigit())


def _closed(text: str) -> list[bool]:
    """For each place, whether a cut before that character would fall between the two marks of a pair.

    Only pairs that are complete in the line count: an opening mark without its closing one would shut the rest.
    """
    depth = [0] * (len(text) + 2)
    opened: list[int] = []
    for mark in _PAIR.finditer(text):
        i, char = mark.start(), mark[0]
        match = next((k for k in reversed(opened[-8:]) if _PAIRS[text[k]] == char), None)
        if match is not None:
            del opened[bisect_left(opened, match) :]
            depth[match + 1] += 1
            depth[i + 1] -= 1
        elif char in _PAIRS:
            opened.append(i)
    return [inside > 0 for inside in accumulate(depth)]
