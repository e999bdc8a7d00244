"""Spaces and line ends that stand inside words, numbers and sentences.

Spaces between phrases (`凝心聚力 攻坚克难`, `记者 王二 李三`) and at the start of lines stay: they carry layout.
"""

import math
import re

from summarizer import words
from summarizer.text.fix import Fixed, edited, substituted
from summarizer.text.traced import Edit, Traced

_HAN = "\u3400-\u9fff\uf900-\ufaff〇"
_BLANK = "[ \u00a0\u2002-\u200a\u3000\t]"
_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad]+")

_MEASURE = (
    "个户人名位亩元年月日号岁%％个村镇乡家座所处支批次场条项期届倍斤吨米里平公立方千兆度天周小时分秒只头羽箱株棵"
    "栋套间件份类种级页万亿"
)
_NUMBER_GAP = re.compile(
    # The first blank, what stands before it, then the others: blanks are few, and a search for them is quick.
    rf"{_BLANK}(?:"
    # `2 万`, `5 日`, `100 KW`, `12 %`
    rf"(?<=[0-9].){_BLANK}*(?=[{_MEASURE}]|[kKMm]?[WwgG]\b|km\b)"
    # `2万 人`
    rf"|(?:(?<=[0-9][万亿].)|(?<=[0-9]{_BLANK}[万亿].)){_BLANK}*(?=[{_MEASURE}])"
    # `7月 5日`, `2020年 3月`, `第 27批`
    rf"|(?<=[年月日第].){_BLANK}*(?=[0-9]{{1,4}}{_BLANK}*[年月日号届批次条期页章季])"
    # `约 300`, `达到 2.4万`, `共 54个`
    rf"|(?<=[约达到共近超过为至有].){_BLANK}*(?=[0-9])"
    r")"
)
_WORD_GAP = re.compile(rf"{_BLANK}(?<=[{_HAN}].){_BLANK}?(?=[{_HAN}])")
_SPACED_OUT = re.compile(rf"(?<![{_HAN}])[{_HAN}](?:{_BLANK}{{1,2}}[{_HAN}](?![{_HAN}])){{3,}}")
_REACH = 3
"""Characters on each side of a gap that may belong to one word with it: the longest usual words have four."""

_SOFT = re.compile(r"(?:\n(?<=[，、,\u3400-\u9fff]\n)|\r(?<=[，、,\u3400-\u9fff]\r)\n)(?=[“‘《（(0-9\u3400-\u9fff])")
_SOFT_LINE = 24
"""A line shorter than this ends where its author ended it: headings and list entries are short."""


def invisible(text: Traced) -> Fixed:
    """Zero-width characters, soft hyphens and marks of direction go; they split words and numbers unseen."""
    return substituted(text, _INVISIBLE, lambda _: "")


def join_numbers(text: Traced) -> Fixed:
    """A space inside a number or a date goes: `2 万` is `2万`, `7月 5日` is `7月5日`."""
    return substituted(text, _NUMBER_GAP, lambda _: "")


def join_words(text: Traced) -> Fixed:
    """A space inside a word goes (`正 在` is `正在`), a space between two phrases stays.

    A gap is inside a word where the dictionary has a word across it that is likelier than its two parts: a little in a
    sentence, where nobody writes spaces, more in its first clause, which a byline may be, and far likelier in a heading
    or a list of names.
    """
    gaps = list(_WORD_GAP.finditer(text.text))
    if not gaps:
        return Fixed(text)
    edits = []
    spaced = [run.span() for run in _SPACED_OUT.finditer(text.text) if _is_spaced_out(run.group())]
    for gap in gaps:
        while spaced and spaced[0][1] < gap.end():
            del spaced[0]
        if spaced and spaced[0][0] < gap.start():
            edits.append(Edit(gap.start(), gap.end(), ""))
            continue
        left = _han_before(text.text, gap.start())
        right = _han_after(text.text, gap.end())
        if _is_one_word(left, right, _margin(text.text, gap.start(), gap.end())):
            edits.append(Edit(gap.start(), gap.end(), ""))
    return edited(text, edits)


def _is_spaced_out(run: str) -> bool:
    """Whether characters with a space after each are words (`正 在 推 进`) and not names or menus (`大 中 小`)."""
    joined = re.sub(_BLANK, "", run)
    return len(words.cut(joined)) <= 0.6 * len(joined)


_IN_SENTENCE, _IN_FIRST_CLAUSE, _IN_HEADING = 1.0, 2.0, 3.0
"""How much likelier (natural logarithm) a word across a gap must be than words beside it."""

_CLAUSE = 40
"""Characters on each side in which a comma or full stop shows that a gap stands in a sentence."""


def _margin(text: str, start: int, end: int) -> float:
    before = text[max(0, start - _CLAUSE) : start].rpartition("\n")[2]
    after = text[end : end + _CLAUSE].partition("\n")[0]
    if not re.search("[，。；,]", after):
        return _IN_HEADING
    return _IN_SENTENCE if re.search("[，。；,]", before) else _IN_FIRST_CLAUSE


def _han_before(text: str, at: int) -> str:
    """Up to `_REACH` Han characters before a place."""
    start = at
    while start > 0 and at - start < _REACH and "\u3400" <= text[start - 1] <= "\u9fff":
        start -= 1
    return text[start:at]


def _han_after(text: str, at: int) -> str:
    """Up to `_REACH` Han characters after a place."""
    end = at
    while end < len(text) and end - at < _REACH and "\u3400" <= text[end] <= "\u9fff":
        end += 1
    return text[at:end]


def _is_one_word(left: str, right: str, margin: float) -> bool:
    """Whether the best reading of both sides together has a word across the middle."""
    whole = left + right
    middle = len(left)
    joined = max(
        (
            _cost(whole[a:middle] + whole[middle:b]) + _rest(left[:a]) + _rest(right[b - middle :])
            for a in range(middle)
            for b in range(middle + 1, len(whole) + 1)
            if words.count(whole[a:b])
        ),
        default=-math.inf,
    )
    return joined > _rest(left) + _rest(right) + margin


def _cost(word: str) -> float:
    """Log probability of a word; an unknown one is as rare as a word can be."""
    return math.log(words.count(word) or 0.1) - words.log_total()


def _rest(text: str) -> float:
    """Log probability of the likeliest words of a short text."""
    best = [0.0]
    for end in range(1, len(text) + 1):
        best.append(
            max(
                best[start] + _cost(text[start:end])
                for start in range(end)
                if start == end - 1 or words.count(text[start:end])
            )
        )
    return best[-1]


def join_lines(text: Traced) -> Fixed:
    """A line end inside a sentence goes: after a comma, or inside a word, of a long line.

    A line that ends in a full stop, a heading, or a line followed by an indented one, ends where its author ended it.
    """
    edits = []
    for gap in _SOFT.finditer(text.text):
        start = text.text.rfind("\n", 0, gap.start()) + 1
        if gap.start() - start < _SOFT_LINE:
            continue
        before = text.text[gap.start() - 1]
        left, right = _han_before(text.text, gap.start()), _han_after(text.text, gap.end())
        if before in "，、," or (left and right and _is_one_word(left, right, _IN_HEADING)):
            edits.append(Edit(gap.start(), gap.end(), ""))
    return edited(text, edits)
