"""Who signs a document: the office, the people and the date that stand below a text or in its last brackets.

A document of an office ends with its name and the date, each on a line of its own; a brief of a paper ends with both
in brackets; a chapter of a yearbook with its author, above or below the name of the book.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.text.dates import DAY
from summarizer.text.people import people

_ENDINGS = (
    "办公室|办|局|委|部|政府|中心|委员会|网|报社?|社|厅|院|站|组|团|公司|台|处|室"
    "|党组|总队|工作队|联社|协会|常委会|政协|残联|妇联|文联|工商联|工会|学会|基金会|专班|银行|支部"
)
ORGANISATION = rf"[\u4e00-\u9fff]{{2,20}}?(?:{_ENDINGS})"

_OFFICE = re.compile(ORGANISATION + r"(?<![汇简通公预]报)")
"""A whole line or word that is an office; 工作汇报 ends like a newspaper."""

_DAY = re.compile(DAY)
_BRACKET = re.compile(r"(?P<before>^|[^(（]?)[(（]\s{0,4}(?P<words>[^()（）]{2,60}?)\s{0,4}[)）]$")
_YEARBOOK = re.compile(
    r"[《]?(?P<book>[\u4e00-\u9fff]{2,12}年鉴)[》]?\s?[(（]?(?:(?:19|20)\d\d)(?:年?卷|年)?[)）]?"
    r"(?:[\s·.\-—]{0,6}\d{0,4}[\s·.\-—]{0,4}|\s{1,4}[\u4e00-\u9fff]{2,10})"
)
_PAGE = r"·?\s?\d{1,4}(?:\s?页)?\s?·?"
_RUNNING_HEAD = re.compile(
    rf"(?:{_PAGE}\s{{1,30}})?(?:[A-Z][A-Z ]{{5,40}}\s{{1,8}})?(?:(?:19|20)\d\d年?\s{{0,4}})?"
    r"[(（《]?(?P<book>[\u4e00-\u9fff]{2,12}年鉴)[》]?\s{0,2}(?:[(（]?(?:19|20)\d\d年?卷?[)）]?)?"
    rf"(?:[\s·.\-—]{{1,8}}[\u4e00-\u9fff·、]{{2,16}})?(?:\s{{1,30}}{_PAGE})?[)）]?"
)
"""A yearbook's name with the part of it that a page belongs to, and the page."""

_ISSUER = re.compile(r"(?P<office>[\u4e00-\u9fff]{2,24}?(?:政府|办公室|委员会|[局委办厅]|领导小组|指挥部))(?=关于)")
_SENTENCE_END = re.compile(r"[。！？!?”」]")


@dataclass(frozen=True, slots=True)
class Signature:
    """What a signature names; `date` is in its own words."""

    office: str | None = None
    people: tuple[str, ...] = ()
    date: str | None = None


def is_office(line: str) -> bool:
    """Whether a line is an authority's full name and no more (青山县人民政府): it titles a site, and no article."""
    return len(line) > 4 and bool(_OFFICE.fullmatch(line)) and line.endswith(("政府", "办公室", "委员会", "门户网站"))


def yearbook(line: str) -> str | None:
    """The yearbook whose name and year are all that a line says (`青山年鉴(2017) · 213 ·`)."""
    found = _YEARBOOK.fullmatch(line)
    return found["book"] if found else None


def running_head(line: str) -> str | None:
    """The yearbook whose name, part and page are all that a line says (`青山年鉴2017·农业　·213·`).

    It may be a title as well (`青山年鉴2017·扶贫开发`): the lines below it tell.
    """
    found = _RUNNING_HEAD.fullmatch(line)
    return found["book"] if found else None


def issuer(title: str) -> str | None:
    """The office that the title of a document begins with: 青山县人民政府办公室|关于印发…的通知."""
    found = _ISSUER.match(title)
    return found["office"] if found else None


def in_brackets(line: str) -> Signature | None:
    """The signature in the brackets that end a story: an office, people and a date, each or some of them.

    An office alone signs only behind a sentence; at the end of a phrase it explains a word (捐赠单位(县电力局)).
    """
    found = _BRACKET.search(line)
    if found is None:
        return None
    words = found["words"]
    day = next((m for m in _DAY.finditer(words) if not words[m.end() :].strip()), None)
    names = (words[: day.start()] if day else words).split()
    office = names[0] if names and _OFFICE.fullmatch(names[0]) else None
    rest = " ".join(names[1:] if office else names)
    signed = people(rest)
    alone = not found["before"].strip() or _SENTENCE_END.match(found["before"]) is not None
    if (rest and not signed) or not (signed or (office and (day or alone))):
        return None
    return Signature(office, signed, day.group() if day else None)


def below_text(lines: Sequence[str], dated: Sequence[bool]) -> str | None:
    """The office on a line of its own that a date follows.

    `dated` tells of each line whether it is a date; its last item, one more than the lines, what follows them.
    """
    return next((line for i, line in enumerate(lines) if dated[i + 1] and _OFFICE.fullmatch(line)), None)
