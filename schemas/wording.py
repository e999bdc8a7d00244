"""Words between code and model: marked numbers in what a model is shown, references and quotes in what it answers.

A number that a model is to read stands in the shown text as `⟦17:4214.88万元⟧`. An article cannot fake such a mark, nor
a reference `{17}`, nor the tags around its text: `fold` gives those characters another shape, one for one.
"""

import re
from collections.abc import Iterable, Mapping

REFERENCE = re.compile(r"\{\s*(\d{1,6})\s*\}")
"""How a sentence of a model names a figure; the id is in group 1."""

_FOLDED = str.maketrans("⟦⟧{}<>", "〚〛｛｝＜＞")
_MARK = re.compile(r"⟦\d{1,6}:|⟧")
_DIGITS = re.compile(r"[A-Za-z0-9０-９.．]*[0-9０-９][A-Za-z0-9０-９.．]*(?:[—~～\-][0-9０-９]+)*")
_NAMED = re.compile(r"[A-Za-z]|[年月日号届级]$")
"""In digits with what follows them: a code (4A, O2O), or the unit of a date, an ordinal or a grade."""

_NUMERAL = re.compile(r"[〇零一二三四五六七八九十百千万亿两]+")
_FIGURE = re.compile(r"^(?:[\d０-９.,，]+|[〇零一二三四五六七八九十百千两]+)")
_WORDS_WITH_NUMERALS = re.compile(
    r"进一步|统一|一体|一定|一系列|一批|一律|一直|一起|一致|一同|一线|一流|之一|第一|唯一|万众|千方百计|百姓|十分|一方面|三农"
)
"""Words whose numeral counts nothing, in any article."""

_DATE = re.compile(r"^(\d{4})年?(?:[-.]?(\d{1,2})月?)?(?:[-.]?(\d{1,2})[日号]?)?$")

SHORTEST_QUOTE = 4


def fold(text: str) -> str:
    """The text as a model may see it, of the same length: no mark, reference or tag can stand in it."""
    return text.translate(_FOLDED)


def marked(text: str, numbers: Iterable[tuple[int, int, int]]) -> str:
    """`text` folded, with each number `(id, start, end)` in a mark; the numbers stand in order."""
    parts: list[str] = []
    done = 0
    for id, start, end in numbers:
        parts += (fold(text[done:start]), f"⟦{id}:{fold(text[start:end])}⟧")
        done = end
    return "".join((*parts, fold(text[done:])))


def quoted(
    quote: str, text: str, mentions: Mapping[int, str], longest: int, shortest: int = SHORTEST_QUOTE
) -> str | None:
    """The words of `text` that a model quotes, or None where they do not stand in it.

    A quote may keep the marks it was shown, and may name a figure by reference.
    """
    bare = _MARK.sub("", quote)
    bare = REFERENCE.sub(lambda m: mentions.get(int(m[1]), m[0]), bare)
    bare = fold(bare).strip(" \n“”\"'‘’…。")
    if not shortest <= len(bare) <= longest:
        return None
    at = fold(text).find(bare)
    return None if at < 0 else text[at : at + len(bare)]


def without_repeated_units(text: str, mentions: Mapping[int, str]) -> str:
    """`{17}万元`, where figure 17 is written `4214.88万元`, is meant as `{17}`: a reference brings its unit along."""
    parts: list[str] = []
    done = 0
    for found in REFERENCE.finditer(text):
        parts.append(text[done : found.end()])
        unit = _FIGURE.sub("", mentions.get(int(found[1]), ""))
        tails = (unit[i:] for i in range(len(unit)))
        repeated = next((tail for tail in tails if text.startswith(tail, found.end())), "")
        done = found.end() + len(repeated)
    return "".join((*parts, text[done:]))


def wrong_figure(text: str, mentions: Mapping[int, str], words: str) -> str | None:
    """What in a model's sentence looks like a figure and is no reference to one that exists, or None.

    `words` is the article's text without its figures: a numeral that stands there in the same word (一事一议, 三变) is
    a word, and digits are that stand there in the same date, ordinal or name (2020年, 4A级, “1234”工作法).
    """
    if unknown := [m[0] for m in REFERENCE.finditer(text) if int(m[1]) not in mentions]:
        return unknown[0]
    rest = REFERENCE.sub("\n", text)
    if found := re.search(r"[{}]", rest):
        return found[0]
    for digits in _DIGITS.finditer(rest):
        if not _is_a_word(rest, digits.start(), digits.end(), words):
            return digits[0]
    rest = _WORDS_WITH_NUMERALS.sub("\n", rest)
    for numeral in _NUMERAL.finditer(rest):
        start, end = numeral.span()
        after, before = rest[start : end + 1], rest[max(0, start - 1) : end]
        word = after if len(after) > end - start and after[-1] != "\n" else before
        if word == numeral[0] or word not in words:
            return numeral[0]
    return None


def _is_a_word(text: str, start: int, end: int, words: str) -> bool:
    """Whether digits of a sentence stand in the article's words as no figure.

    With the unit of a date or an ordinal, or as part of a code, they say so themselves. Bare ones do so only between
    the same neighbours: 1234 of “1234”工作法 is no 1234 of another thing.
    """
    whole = text[start : end + 1] if end < len(text) else text[start:end]
    if _NAMED.search(whole):
        word = whole if whole[-1] in "年月日号届级" else text[start:end]
        ends = "" if word != text[start:end] else r"(?![A-Za-z0-9０-９.．])"
        return re.search(r"(?<![A-Za-z0-9０-９.．])" + re.escape(word) + ends, words) is not None
    between = text[max(0, start - 1) : end + 1]
    return len(between) == end - start + 2 and "\n" not in between and between in words


def period_of(text: str) -> str | None:
    """A period in the report's form (`2020`, `2018-12`, `2016/2020`), also from `2018年12月`, or None."""
    parts = [_date(part) for part in text.strip().split("/")]
    return "/".join(p for p in parts if p) if len(parts) <= 2 and all(parts) else None


def _date(text: str) -> str | None:
    found = _DATE.match(text.strip())
    if not found:
        return None
    year, month, day = found.groups()
    if (month and not 1 <= int(month) <= 12) or (day and not 1 <= int(day) <= 31):
        return None
    return "-".join(f"{int(part):02}" for part in (year, month, day) if part)


def known_periods(periods: Iterable[str | None]) -> frozenset[str]:
    """What may be said of time where these periods are stated.

    They, their ends, and the years, year-ends and months of those.
    """
    known: set[str] = set()
    for period in periods:
        for end in (period or "").split("/"):
            known |= {end, end[:4], end[:7], f"{end[:4]}-12"} if end else set()
        known |= {period} if period else set()
    return frozenset(known)


def is_known(period: str, known: frozenset[str]) -> bool:
    """Whether a period, or each end of an interval, is known."""
    return period in known or all(end in known for end in period.split("/"))
