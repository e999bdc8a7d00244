"""Tags and entities that survived in plain text."""

import html
import re

from schemas.vocabulary import DamageKind, Lost
from summarizer.text.fix import Fixed, Loss, edited
from summarizer.text.traced import Edit, Traced

_TAG = re.compile(
    r"</?(?:p|br|div|span|strong|em|b|i|u|a|font|center|img|h[1-6]|li|ul|ol|t[dhr]|table|tbody|thead|o:p|st1:\w{1,20})"
    r"(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{2,7}|#x[0-9a-f]{2,6}|[a-z]{2,8});", re.IGNORECASE)


def strip(text: Traced) -> Fixed:
    """Tags go, entities become their characters. Unknown entities and other things in angle brackets stay."""
    tags = [Edit(m.start(), m.end(), "") for m in _TAG.finditer(text.text)]
    entities = [Edit(m.start(), m.end(), new) for m in _ENTITY.finditer(text.text) if (new := _character(m.group()))]
    edits = sorted([*tags, *entities], key=lambda edit: edit.start)
    # An entity in an attribute (`<a href="?a=1&amp;b=2">`) goes with its tag.
    edits = [
        edit for edit, before in zip(edits, [None, *edits], strict=False) if not before or edit.start >= before.end
    ]
    losses = [Loss(DamageKind.MARKUP, Lost.NONE, *text.to_raw(tag.start, tag.end)) for tag in tags]
    return edited(text, edits, losses)


def _character(entity: str) -> str:
    """What the entity stands for; empty for one that is not known, or for a control character."""
    new = html.unescape(entity)
    return new if new != entity and (new.isprintable() or new == "\u00a0") else ""
