"""Tags and entities that survived in plain text."""

import html
import re

from schemas.vocabulary import DamageKind, Lost
from summarizer.text.fix import Fixed, Loss, edited
from summarizer.text.traced import Edit, Traced

_NAMES = (
    r"(?:p|br|div|span|strong|em|b|i|u|a|font|center|img|h[1-6]|li|ul|ol|t[dhr]|table|tbody|thead|o:p|st1:\w{1,20})"
)
_MARKUP = re.compile(
    # What all begin with: three ways need not be tried at every character.
    rf"(?=[</&])(?:(?P<tag></?{_NAMES}(?:\s[^<>]{{0,300}})?/?>)"
    # What a damaged file left of one: `道/p>`.
    rf"|(?P<rest>(?<![<A-Za-z0-9/])/{_NAMES}\s?>)"
    r"|(?P<entity>&(?:#\d{2,7}|#x[0-9a-f]{2,6}|[a-z]{2,8});))",
    re.IGNORECASE,
)
_LINE_END = re.compile(r"</(?:p|div|tr|li|h[1-6])\s?>|<br\s?/?>", re.IGNORECASE)


def strip(text: Traced) -> Fixed:
    """Tags go, entities become their characters. Unknown entities and other things in angle brackets stay."""
    edits: list[Edit] = []
    losses: list[Loss] = []
    for match in _MARKUP.finditer(text.text):
        new = _character(match.group()) if match.lastgroup == "entity" else _line_end(text.text, match)
        if new == match.group():
            continue
        edits.append(Edit(match.start(), match.end(), new))
        if match.lastgroup == "rest":
            losses.append(Loss(DamageKind.MARKUP, Lost.NONE, *text.to_raw(*match.span())))
    return edited(text, edits, losses)


def _line_end(text: str, tag: re.Match[str]) -> str:
    """A line end for a tag that ends a line where the file has none."""
    ends = _LINE_END.fullmatch(tag.group()) and not text.startswith(("\n", "\r"), tag.end()) and tag.end() < len(text)
    return "\n" if ends else ""


def _character(entity: str) -> str:
    """What the entity stands for; itself where it is not known, or stands for a control character."""
    new = html.unescape(entity)
    return new if new.isprintable() or new == "\u00a0" else entity
