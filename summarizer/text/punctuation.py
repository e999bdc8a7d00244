"""Punctuation as Chinese text has it: scrapers' doubled commas go, ASCII marks that serve Chinese become Chinese.

Chinese marks and brackets stay as they are, ASCII brackets too. An ASCII comma inside a number (`1,234.5`), a colon
inside a time or a ratio (`8:30`, `5:4:1`) and marks between Latin letters stay ASCII.
"""

import re

from summarizer.patterns import compiled
from summarizer.text.fix import Fixed, substituted
from summarizer.text.traced import Traced

_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇\ufffd"
_CLOSING = "”’》〉）】」』％%°℃"
_OPENING = "“‘《〈（【「『("
_WIDE = str.maketrans(",;:!?", "，；：！？")

_MARKS = "。、；：！？;:!?"

_DOUBLED = compiled(rf"[,，]+(?=[{_MARKS}])|[,，]{{2,}}")
"""A comma before another mark: the scrapers put one before every mark of a list of theirs."""

_ASCII_MARK = re.compile(
    # The mark first, and then what stands before it: a search for one of five characters is quick.
    r"[,;:!?](?:"
    # After Chinese, whatever follows: `6469户,2019年`, `专栏:A区`.
    rf"(?<=[{_HAN}{_CLOSING}].)(?!(?<=\ufffd,)[0-9]{{3}}(?![0-9]))"
    # The second of two marks: `吗?!`.
    rf"|(?<=[{_HAN}][？?]!)|(?<=[{_HAN}][！!]\?)"
    # After straight quotes and round brackets, which Latin text has too, before Chinese.
    rf"|(?<=[\"')].)(?=[{_HAN}{_OPENING}0-9])"
    # After a number or a Latin word, before Chinese: `引进种羊3500,完成`.
    rf"|(?<=[0-9A-Za-z].)(?=[{_HAN}{_OPENING}])"
    r")"
)


def undouble(text: Traced) -> Fixed:
    """`,,` becomes `，`; `,。` and `,、` lose the comma."""
    marks = frozenset(_MARKS)
    return substituted(text, _DOUBLED, lambda m: "" if text.text[m.end() : m.end() + 1] in marks else "，")


def widen(text: Traced) -> Fixed:
    """ASCII `,;:!?` that serve Chinese text become `，；：！？`."""
    return substituted(text, _ASCII_MARK, lambda match: match.group().translate(_WIDE))
