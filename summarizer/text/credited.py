"""Whom a line credits, or a part of it: whether it is a byline, and the people and suppliers that it names."""

import re
from collections.abc import Iterator
from functools import lru_cache

from summarizer.text import bylines, credit_line, signature
from summarizer.text.dates import arabic
from summarizer.text.people import people

FOREIGN_CHARS = 8
"""Names of minorities, written out, have up to so many characters (古丽尼萨)."""

SHORTEST_BESIDE = 3
"""Behind a name of the table a word of two characters is as often a button of the page (打印)."""

DOTTED_CHARS = 14
"""The same of a name and a father's name (阿卜杜拉·麦提托合提)."""

_PROSE_END = re.compile(r"[。!！?？;；…]")


@lru_cache(maxsize=64)
def is_byline(text: str) -> bool:
    """Whether a line tells of the publication alone: site, source, number, date, authors.

    Kept, because title, publisher, authors and date all ask it of the same lines.
    """
    if len(text) > 120 or "。" in text:
        return False
    if any(form.fullmatch(text) for form in bylines.WHOLE_LINES):
        return True
    if signature.yearbook(text) or signature.is_office(text):
        return True
    if bylines.BYLINE.search(text) or bylines.DATE_LINE.fullmatch(arabic(text)) or _signature(text):
        return True
    return credit_line.read(text) is not None


def _signature(text: str) -> bool:
    """Whether a line is `记者 某某` with whoever else worked on it, and no story."""
    return len(text) <= 60 and bool(bylines.BY_ROLE.search(text)) and not _PROSE_END.search(text)


def suppliers(text: str) -> list[str]:
    """The words of a line before 供稿 in brackets, or behind 供稿: and its like."""
    return [a or b for a, b in bylines.SUPPLIED.findall(text)]


def parts(text: str) -> list[str]:
    """The parts of a line that credit somebody: the line itself where it is a byline, and its brackets."""
    whole = [text] if is_byline(text) else []
    opening = re.match(r"[^。(（]{0,24}?(?:讯|电|报道)[\s:：]{1,4}([^。]{2,40}?)(?:报道|[:：])", text)
    return whole + bylines.BRACKET.findall(text) + ([opening.group(1)] if opening else [])


def names(text: str) -> Iterator[str]:
    """The people of a credit, by what tells them."""
    for match in bylines.BY_ROLE.finditer(text):
        yield from people(match.group(1))
    yield from _foreign_to_the_table(text)
    for match in bylines.OF_OFFICE.finditer(text):
        yield from people(match["names"])
    yield from _before_role(text)


def _foreign_to_the_table(text: str) -> Iterator[str]:
    """Names behind a role that begin with no surname of the table (记者 沙马阿依 周文涛), and those beside them."""
    for match in bylines.LOOSE_BY_ROLE.finditer(text):
        known = bylines.BY_ROLE.match(text, match.start())
        names = re.split(r"[、,，/\s]+", match.group(1).strip("、,，/ \t"))
        # 作者:张三 审核:李四: what a colon follows is no name.
        names = names[:-1] if text.startswith((":", "："), match.end()) else names
        shortest = 2 if known is None else SHORTEST_BESIDE
        for name in names:
            longest = DOTTED_CHARS if "·" in name else FOREIGN_CHARS
            listed = known is not None and name in people(known.group(1))
            if bylines.NO_NAME.match(name) or not (listed or shortest <= len(name) <= longest):
                break
            yield name


def _before_role(text: str) -> tuple[str, ...]:
    """The people of a credit that names their part, or their office, behind them."""
    words = text.strip()
    whole = bylines.BEFORE_ROLE.fullmatch(words) or bylines.NAMES_OF_OFFICE.fullmatch(words)
    found = whole or bylines.BEFORE_REPORTER.match(words)
    return people(found["names"]) if found else ()


def supplying_office(supplier: str) -> str:
    """What a supplier line names before its people; empty where it names people alone."""
    words = re.sub(rf"^{bylines.ROLE}\s", "", supplier).split()
    return " ".join(words[: next((i for i in range(len(words)) if people(" ".join(words[i:]))), len(words))])


def supplier_names(supplier: str) -> tuple[str, ...]:
    """The people of a supplier line where it names any behind their office, else the office."""
    words = supplier.split()
    for start in range(len(words)):
        if names := people(" ".join(words[start:])):
            return names
    return (supplier,)
