"""Mends in the sentences of a model: only what the article itself proves, and nothing is asked again for it.

Small models write a figure out where they should refer to it, copy a whole sentence with its dates, or keep the marks
that they were shown. Where the words are the article's own, the references that were meant are known: code puts them
in. A sentence that cannot be mended so does not hold, with the reason; those beside it stand.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from schemas.wording import REFERENCE, fold, without_repeated_units, wrong_figure

_MARKED = re.compile(r"⟦(\d{1,6}):[^⟧]*⟧")
_MARK = re.compile("[⟦⟧]")
_SENTENCE = re.compile(r"[^。！？；]+[。！？；]?[”’」』）]*")
_CLAUSE = re.compile(r"[^，。！？；：]+")
_CLAUSE_END = re.compile(r"[，；：。！？]")
_BREAK = re.compile(r"[。！？；\n]")
_EDGES = " \n，。！？；：、"

_LIKE = str.maketrans("‘’“”'\"", '""""""')
"""Quotation marks: models change their shape, one for one."""

_BEFORE = r"(?<![\dA-Za-z.．,，:：/—~\-–〇零一二三四五六七八九十百千万亿两第近约超逾过不])"
"""What may not stand before a figure that is written out: it would be part of another, or of more than it says."""

_AFTER = r"(?![A-Za-z.．%％‰/—~\-–百千万亿余多以左上下倍])"
"""What may not stand behind it and its unit; another figure may: 6469户19698人."""

_ENDS_IN_A_UNIT = re.compile(r"[^\d０-９.．〇零一二三四五六七八九十百千万亿两]$")

_HAN = re.compile(r"[㐀-鿿]+")
_OF_NO_MEANING = frozenset("的了和与及在是有为于已年月日等个各其中共达到全县市区乡镇村多大上下")
"""Characters that any two sentences of the genre share."""

_LEAST = 6
"""Characters that two texts share by more than chance."""


Doubt = Callable[[str], str | None]
"""Says what a rendered sentence claims that the article does not bear out, in the language of the prompt, or None."""


def no_doubt(_sentence: str) -> str | None:
    """Believes what a sentence claims."""
    return None


@dataclass(frozen=True, slots=True)
class Source:
    """What a model was shown: the clean text, its words without figures, and each figure's words and place in it.

    `subject` is the name of the place reported on, which any sentence may have. `doubt` knows the whole article.
    """

    text: str
    words: str
    figures: Mapping[int, str]
    starts: Mapping[int, int] = field(default_factory=dict)
    subject: str = ""
    doubt: Doubt = no_doubt


@dataclass(frozen=True, slots=True)
class Left:
    """A sentence that does not stand, and what is wrong with it."""

    text: str
    reason: str


def rendered(text: str, figures: Mapping[int, str]) -> str:
    """The sentence with the article's words in the place of its references; one to nothing stays."""
    return REFERENCE.sub(lambda m: figures.get(int(m[1]), m[0]), text)


def sentences(text: str) -> list[str]:
    """The sentences of a model's text, each with its mark; together they are the text, but for marks alone."""
    return [found[0] for found in _SENTENCE.finditer(text)]


def sound(text: str, source: Source, longest: int) -> tuple[str, list[Left]]:
    """The sentences of `text` that hold, mended, up to `longest` characters once rendered; and those that do not."""
    kept, left = "", []
    for sentence in sentences(text.strip()):
        mended_one = mended(sentence.strip(), source)
        if (figure := wrong(mended_one, source)) is not None:
            left.append(Left(sentence, f"{figure} 不是文中的数"))
            continue
        if (clause := foreign(mended_one, source)) is not None:
            left.append(Left(sentence, f"文中没有这样说：{clause}"))
            continue
        if (reason := source.doubt(rendered(mended_one, source.figures))) is not None:
            left.append(Left(sentence, reason))
            continue
        room = longest - len(rendered(kept, source.figures))
        fitting = shortened(mended_one, source.figures, room)
        kept += fitting
        if fitting != mended_one:
            # What follows the sentence that is cut may go on from it.
            break
    if not kept and not left:
        left.append(Left(text, f"须有 1 到 {longest} 字"))
    return kept, left


def shortened(text: str, figures: Mapping[int, str], longest: int) -> str:
    """The text, or its clauses from the front that have at most `longest` characters once rendered."""
    if len(rendered(text, figures)) <= longest:
        return text
    ends = [found.start() for found in _CLAUSE_END.finditer(text)]
    return next((text[:end] for end in reversed(ends) if 0 < len(rendered(text[:end], figures)) < longest), "")


def mended(text: str, source: Source) -> str:
    """The sentence with a reference in the place of each figure that it writes out and that the article proves."""
    text = without_repeated_units(_MARKED.sub(r"{\1}", text), source.figures)
    if wrong_figure(text, source.figures, source.words) is None:
        return text
    if (whole := _referenced(text, source)) is not None:
        return whole
    text = _CLAUSE.sub(lambda clause: _mended_clause(clause[0], source), text)
    return without_repeated_units(text, source.figures)


def _mended_clause(clause: str, source: Source) -> str:
    if wrong_figure(clause, source.figures, source.words) is None:
        return clause
    whole = _referenced(clause, source)
    return _typed(clause, source.figures) if whole is None else whole


def _referenced(text: str, source: Source) -> str | None:
    """Words of the article, its figures as references; None where they do not stand there, or in two places."""
    bare = fold(rendered(text, source.figures)).translate(_LIKE).strip(_EDGES)
    shown = fold(source.text).translate(_LIKE)
    at = shown.find(bare)
    if len(bare) < _LEAST or at < 0 or shown.find(bare, at + 1) >= 0:
        return None
    end = at + len(bare)
    parts, done = [], at
    for id, start in sorted(source.starts.items(), key=lambda item: item[1]):
        stop = start + len(source.figures[id])
        if start < end and stop > at:
            if start < at or stop > end:
                # The words end within a figure: they are another one.
                return None
            parts += [source.text[done:start], f"{{{id}}}"]
            done = stop
    tail = re.search(rf"[{_EDGES}]*$", text)
    return "".join((*parts, source.text[done:end], tail[0] if tail else ""))


def _typed(text: str, figures: Mapping[int, str]) -> str:
    """Each figure that is written out just as the article writes exactly one, unit and all, as a reference to that."""
    written = Counter(figures.values())
    for id, words in sorted(figures.items(), key=lambda item: -len(item[1])):
        if written[words] == 1 and _ENDS_IN_A_UNIT.search(words):
            text = re.sub(_BEFORE + re.escape(words) + _AFTER, f"{{{id}}}", text)
    return text


def wrong(text: str, source: Source) -> str | None:
    """What in a mended text is a figure that the article does not state, or None.

    A figure without a unit (兵分4路) is followed by what follows it there, or by nothing: with another figure or with
    a % behind it, it would be one that the article does not have.
    """
    if mark := _MARK.search(text):
        return mark[0]
    if figure := wrong_figure(text, source.figures, source.words):
        return figure
    for found in REFERENCE.finditer(text):
        words, start = source.figures[int(found[1])], source.starts.get(int(found[1]))
        after = text[found.end() : found.end() + 1]
        if _ENDS_IN_A_UNIT.search(words) or not after or after in _EDGES:
            continue
        if start is None or source.text[start + len(words) : start + len(words) + 1] != after:
            return found[0]
    return None


def foreign(text: str, source: Source) -> str | None:
    """A clause in words that are not the article's, or of a figure that the article states of something else; or None.

    A small model copies the worked example of its prompt: 光伏和养羊成主业 of a county that has neither, 脱贫{1} where
    figure 1 is an area. A clause shares two characters in a row with the article, and one with a meaning with the
    sentence that states the figure; a paraphrase does.
    """
    for found in _CLAUSE.finditer(text):
        clause = REFERENCE.sub("\n", found[0]).replace(source.subject or "\n", "\n")
        runs = _HAN.findall(clause)
        pairs = [run[i : i + 2] for run in runs for i in range(len(run) - 1)]
        if len(pairs) > 1 and not any(pair in source.words for pair in pairs):
            return found[0]
        said = {char for run in runs for char in run} - _OF_NO_MEANING
        for reference in REFERENCE.finditer(found[0]):
            stated = _statement(int(reference[1]), source)
            if said and stated and not said & set(stated):
                return found[0]
    return None


def _statement(id: int, source: Source) -> str:
    """The sentence of the article that states a figure, without the subject's name; empty where it is not known."""
    start = source.starts.get(id)
    if start is None:
        return ""
    first, last = next((a, b) for a, b in _sentences(source.text) if a <= start < b)
    return source.text[first:last].replace(source.subject or "\n", "\n")


def passage(text: str, quote: str | None, source: Source, longest: int) -> str | None:
    """The article's own words that a text is about, at most `longest` of them.

    The words that are quoted, where they stand in it; else the sentence of the first figure that the text refers to;
    else the one whose words it shares.
    """
    if quote is not None:
        return quote
    told = [source.starts[int(m[1])] for m in REFERENCE.finditer(text) if int(m[1]) in source.starts]
    if told:
        at = min(told)
    else:
        bare = rendered(text, source.figures)
        shared = SequenceMatcher(None, bare, source.text, autojunk=False).find_longest_match()
        if shared.size < _LEAST:
            return None
        at = shared.b
    start, end = next((a, b) for a, b in _sentences(source.text) if a <= at < b)
    found = source.text[start:end].strip()
    return found[:longest] or None


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """The bounds of the sentences; together they are the text."""
    start = 0
    for found in _BREAK.finditer(text):
        yield start, found.end()
        start = found.end()
    yield start, len(text) + 1
