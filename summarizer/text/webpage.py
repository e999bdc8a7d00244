"""Web pages: the visible text with its place in the source, and which lines of it are the main text.

resiliparse chooses the main text, and its lines are then found again among ours, which know their places. What it does
not choose (menus, related news) stays in the text and is told to the caller.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from summarizer.text.fix import Fixed
from summarizer.text.traced import Edit, Traced

_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FRAGMENT = re.compile(r"</(?:p|div|td|li|span|h[1-6])\s?>|<br\s?/?>", re.IGNORECASE)
_HEAD = 4096
_FRAGMENT_TAGS = 6
"""Closing tags that make a text a piece of a page; fewer have survived in a plain text."""

_HIDDEN = frozenset({"script", "style", "noscript", "template", "head", "select", "textarea", "svg", "iframe"})
_LINES = frozenset(
    {
        *(
            "p",
            "div",
            "br",
            "li",
            "ul",
            "ol",
            "tr",
            "table",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "dl",
            "dt",
            "dd",
        ),
        *("section", "article", "header", "footer", "nav", "aside", "main", "form", "blockquote", "pre", "center"),
        *("body", "html"),
    }
)
_CELLS = frozenset({"td", "th"})

_VOID = frozenset(
    "br hr img input meta link col area base wbr embed source p li td th tr".split()  # noqa: SIM905
)
"""Tags that need no closing tag."""

_DEEPEST = 500
_LEAST_MAIN = 0.2
"""Share of the visible text that a main text must have; a smaller one was chosen wrongly."""

_LONG = 6
"""Characters from which a line may be part of a longer line of the main text."""


def is_page(text: str) -> bool:
    """Whether a text is a web page, or a piece of one, and not a plain text in which tags survived."""
    if _PAGE.search(text, 0, _HEAD):
        return True
    tags = len(_FRAGMENT.findall(text))
    return tags >= _FRAGMENT_TAGS and tags * 500 > len(text)


def read(text: Traced) -> Fixed:
    """The visible text of a page, a line for each of its blocks; a plain text as it is."""
    if not is_page(text.text):
        return Fixed(text)
    visible = text.edit(_edits(text.text))
    return Fixed(visible, 1, aside=tuple(_aside(text.text, visible)))


@dataclass(frozen=True, slots=True)
class _Token:
    """A tag (`name` in lower case), or a piece of text (`name` empty), and where it stands in the source."""

    start: int
    end: int
    name: str = ""
    closing: bool = False


def _tokens(source: str) -> Iterator[_Token]:
    """Tags and texts in order; comments, declarations and the content of scripts are left out.

    The parser of the standard library takes quadratic time on unclosed comments and tags. Here each search that fails
    fails once, because what follows it is then taken as a browser takes it: hidden, or text.
    """
    at = text_from = 0
    while (at := source.find("<", at)) >= 0:
        tag = _TAG_NAME.match(source, at)
        if not tag and not source.startswith(("<!", "<?"), at):
            at += 1
            continue
        end = _comment_end(source, at) if source.startswith("<!--", at) else source.find(">", at) + 1
        if end == 0:
            break
        if text_from < at:
            yield _Token(text_from, at)
        if tag:
            name = tag.group(2).lower()
            yield _Token(at, end, name, closing=bool(tag.group(1)))
            if name in _RAW and not tag.group(1):
                closing = _RAW[name].search(source, end)
                end = closing.start() if closing else len(source)
        at = text_from = end
    if text_from < len(source):
        yield _Token(text_from, len(source))


_TAG_NAME = re.compile(r"<(/?)([A-Za-z][\w:-]{0,40})")
_RAW = {
    name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "textarea", "noscript", "template")
}
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")


def _comment_end(source: str, at: int) -> int:
    end = source.find("-->", at + 4)
    return end + 3 if end >= 0 else len(source)


def _edits(source: str) -> Iterator[Edit]:
    """Everything but visible text goes; a break stands where a block or a cell ended."""
    done = 0
    gap = ""
    hidden = ""
    for token in _tokens(source):
        if hidden:
            hidden = "" if token.closing and token.name == hidden else hidden
        elif token.name:
            if token.name in _HIDDEN and not token.closing:
                hidden = token.name
            if token.name in _LINES:
                gap = "\n"
            elif token.name in _CELLS:
                gap = gap or "\t"
        else:
            if done < token.start:
                yield Edit(done, token.start, gap if done else "")
            yield from _visible(source, token.start, token.end)
            done, gap = token.end, ""
    if done < len(source):
        yield Edit(done, len(source), "")


def _visible(source: str, start: int, end: int) -> Iterator[Edit]:
    """The edits of a visible text: character references, and white space of the source.

    White space is one space; between two Chinese characters, where a line of the source ends, it is none.
    """
    for match in _INLINE.finditer(source, start, end):
        shown = match.group()
        if shown[0] == "&":
            new = unescape(shown)
        else:
            around = source[match.start() - 1 : match.start()] + source[match.end() : match.end() + 1]
            wrapped = "\n" in shown and all(c >= "\u2e80" or c in "<>" for c in around)
            new = "" if wrapped else " "
        if new != shown:
            yield Edit(match.start(), match.end(), new)


_INLINE = re.compile(rf"{_REFERENCE.pattern}|[ \t\r\n\f]+")


def _aside(source: str, visible: Traced) -> Iterator[tuple[int, int]]:
    """Raw spans of the lines that are not the main text; none where the page is nested too deep to choose from."""
    if _depth(source) > _DEEPEST:
        return
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415  only pages need it

    chosen = [_bare(line) for line in extract_plain_text(source, main_content=True, alt_texts=False).splitlines()]
    main, lines = "\n".join(chosen), frozenset(chosen)
    if len(main) < _LEAST_MAIN * len(_bare(visible.text)):
        return
    at = 0
    for line in visible.text.splitlines(keepends=True):
        bare = _bare(line)
        if bare and bare not in lines and not (len(bare) >= _LONG and bare in main):
            start = at + len(line) - len(line.lstrip())
            yield visible.to_raw(start, start + len(line.strip()))
        at += len(line)


def _depth(source: str) -> int:
    """How deep tags are nested; the choice of the main text takes quadratic time in that."""
    deepest = depth = 0
    for token in _tokens(source):
        if token.name:
            depth = max(0, depth - 1) if token.closing else depth + (token.name not in _VOID)
            deepest = max(deepest, depth)
    return deepest


def _bare(text: str) -> str:
    return "".join(text.split())
