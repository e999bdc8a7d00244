"""Sentences of the article as prose of a report: its own words, with the candidates' figures as `{id}`."""

import re
from bisect import bisect_left

from summarizer.precheck.candidate import Candidate, Part
from summarizer.readers.clauses import Stretch
from summarizer.readers.study import Study
from summarizer.text.credited import is_byline
from summarizer.text.traced import LOST

_LEADING = re.compile(
    r"^(?:[\s，,、；;：:。”’」』)）·]|[（(]?[一二三四五六七八九十]{1,2}[)）、]|\d{1,2}[、．](?!\d)|\d{1,2}\.(?=\d{1,2}月|20\d\d年)|[一二三四五六七八九十]是)+"
)
_BLANK = re.compile(r"(?P<between>(?<=[\dA-Za-z%}])\s+(?=[\dA-Za-z{]))|\s+")
"""Blanks: those between two figures, or two words of Latin letters, keep them apart."""

_PAIRED = re.compile("[“”《》()（）]")
_HALF_SENTENCE = re.compile(r"(?<=[；;])")


def body(study: Study, part: Part) -> Stretch:
    """What a section tells: without a heading on a line of its own, with one that is the first sentence of its text."""
    own_line = "\n" in study.brief.text[part.start : part.body]
    return Stretch(part.body if own_line else part.start, part.end)


def half_sentences(study: Study, start: int, end: int) -> list[Stretch]:
    """The sentences of `[start, end)`, cut at semicolons too, without list marks and blanks at their edges.

    A byline is none, whatever stands in it: 来源:县移民（脱贫）办公室 tells nobody how a county stands. Nor is what the
    page has around the article. Kept, for measures, headline and summary ask for the same sections; not to be changed.
    """
    known = study.half_sentences.get((start, end))
    if known is None:
        known = study.half_sentences[start, end] = _half_sentences(study, start, end)
    return known


def _half_sentences(study: Study, start: int, end: int) -> list[Stretch]:
    text = study.brief.text
    found = []
    for sentence in study.layout.sentences(start, end):
        at = sentence.start
        said = text[sentence.start : sentence.end]
        for piece in _HALF_SENTENCE.split(said) if "；" in said or ";" in said else (said,):
            lead = _LEADING.match(piece)
            first = at + (lead.end() if lead else 0)
            last = at + len(piece.rstrip())
            if first < last and not is_byline(text[first:last]) and not study.is_furniture(first):
                found.append(Stretch(first, last))
            at += len(piece)
    return found


def candidates_in(study: Study, stretch: Stretch) -> tuple[Candidate, ...]:
    """The candidates that lie in the stretch."""
    first, last = bisect_left(study.starts, stretch.start), bisect_left(study.starts, stretch.end)
    return tuple(c for c in study.brief.candidates[first:last] if c.end <= stretch.end)


def numbers_in(study: Study, stretch: Stretch) -> tuple[int, ...]:
    """The ids of the candidates that lie in the stretch."""
    first, last = bisect_left(study.starts, stretch.start), bisect_left(study.starts, stretch.end)
    # Numbered in order: what lies before the end ends before it too, save a number that the edge cuts.
    while last > first and study.brief.candidates[last - 1].end > stretch.end:
        last -= 1
    return tuple(range(first + 1, last + 1))


def is_quotable(study: Study, stretch: Stretch) -> bool:
    """Whether the words can stand by themselves: nothing lost in them, no speech that is cut, no question."""
    words = study.brief.text[stretch.start : stretch.end]
    if LOST in words or "\n" in words or words.endswith(("？", "?", "：", ":")):
        return False
    return not _PAIRED.search(words) or all(words.count(a) == words.count(b) for a, b in ("“”", "《》", "（）", "()"))


def shortened(study: Study, stretch: Stretch, limit: int) -> Stretch | None:
    """The stretch, or the longest run of its clauses from the front that fits; None where not one does."""
    if stretch.end - stretch.start <= limit:
        return stretch if is_quotable(study, stretch) else None
    best = None
    for clause in study.layout.clauses(stretch.start, stretch.end):
        if clause.end - stretch.start > limit:
            break
        part = Stretch(stretch.start, clause.end)
        # A run ends before a colon or an opening of the next thought only at a comma.
        if is_quotable(study, part):
            best = part
    return best


def prose(study: Study, stretch: Stretch) -> str:
    """The words of the stretch as one sentence without blanks, every candidate in it written `{id}`.

    Only between figures a blank stays: 年鉴2018 163 is no figure of seven digits.
    """
    text, at, words = study.brief.text, stretch.start, []
    for candidate in candidates_in(study, stretch):
        if candidate.start >= at:
            words += [text[at : candidate.start], f"{{{candidate.id}}}"]
            at = candidate.end
    words.append(text[at : stretch.end])
    sentence = _BLANK.sub(lambda m: " " if m["between"] else "", "".join(words)).rstrip("，,；;：:、。")
    return sentence if sentence.endswith(("！", "!", "！”", "。”")) else sentence + "。"
