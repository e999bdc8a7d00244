"""What an announcement governs: plans or rates told of by a heading, an opening, the head of a list or a question."""

import re
from dataclasses import dataclass
from functools import cached_property

from summarizer import signs
from summarizer.readers.clauses import Around, Layout

OPENING = 30
"""Characters at the beginning of a paragraph in which it announces plans."""

LONGEST_TITLE = 60
"""Characters of a first line that is a title."""

TITLE_REACH = 160
"""Characters at the beginning of a text in which a notice has its title, behind the office that gives it."""

ANSWER = 160
"""Characters behind a question that still answer it."""

LONGEST_LIST = 12
"""Paragraphs of a list (一是…, 二是…) behind the sentence that announces it."""

_ITEM = re.compile(
    r"[ \t\u3000]*(?:[一二三四五六七八九十]是|[（(][一二三四五六七八九十\d]{1,2}[)）]|\d{1,2}[、.．)）])"
)
_PROGRESS = re.compile(r"(?:(?:完成|落实|进展|执行|推进|实施|工作)情况|成效|成绩|成果|回顾|总结)[:：]?$")
_SO_FAR = re.compile("(?:上半年|前[一二三1-3]?个?季度|今年以来|1[至到—-]\\d{1,2}月)(?:[^及和与暨]{0,8})工作$")
"""Ends a heading of what was done so far (二、上半年主要工作), as opposed to 上半年工作打算."""
_YEAR = re.compile(r"20\d\d年")
_SENTENCE = re.compile("[。；：:，]")
_REVIEWED = "[^，。；及和与暨]{0,20}?(?:总结|回顾|汇报|情况|成效)"
"""What a title says behind a year that it looks back on; behind 及 begins what it says of another."""
_QUESTION = re.compile(r"[？?][”’」』\"）)]*\s*$")


@dataclass(frozen=True)
class ScopeWords:
    """Words that announce plans (`scope`, `steps`) and rates (`rates`, in a heading; `listed`, before a list).

    Those that lead to the wording of a rule (`ruling`, `asked`).
    """

    scope: re.Pattern[str]
    steps: re.Pattern[str]
    rates: re.Pattern[str]
    listed: re.Pattern[str]
    entitles: re.Pattern[str]
    standards: re.Pattern[str]
    notice: re.Pattern[str]
    ruling: re.Pattern[str]
    asked: re.Pattern[str]

    @cached_property
    def scope_signs(self) -> int:
        """The signs of the words that announce plans at the beginning of a paragraph."""
        return signs.of(self.scope)

    @cached_property
    def steps_signs(self) -> int:
        """The signs of those that do so at the beginning of any sentence."""
        return signs.of(self.steps)

    @cached_property
    def listed_signs(self) -> int:
        """The signs of the words that lead to a list of rates."""
        return signs.of(self.listed)

    @cached_property
    def ruling_signs(self) -> int:
        """The signs of the words that lead to the wording of a rule."""
        return signs.of(self.ruling)

    @cached_property
    def asked_signs(self) -> int:
        """The signs of the questions that such a wording answers."""
        return signs.of(self.asked)


def announces_plans(layout: Layout, near: Around, heading: str, words: ScopeWords) -> bool:
    """Whether a heading or the opening of the paragraph announces plans, or that of the list the paragraph is in.

    So does a question that the paragraph answers: 今年打算怎么干？ Asked by the rules and by the model again.
    """
    return layout.once(_plans, (near.number.start, heading), words)


def _plans(layout: Layout, stated: tuple[int, str], words: ScopeWords) -> bool:
    """The same of where a number begins, with the heading."""
    at, heading = stated
    if heading and layout.once(_head_plans, heading, words):
        return True
    text, paragraph = layout.text, layout.paragraph(at)
    start, end = paragraph.start, min(paragraph.start + OPENING, at)
    if signs.tells(text, (start, end), words.scope_signs) and words.scope.search(text[start:end]):
        return True
    before = max(start - 1, 0)
    if signs.tells(text, (before, at), words.steps_signs) and words.steps.search(text, before, at):
        return True
    return layout.once(_is_headed, start, words)


def _head_plans(layout: Layout, headings: str, words: ScopeWords) -> bool:
    """Whether one of some headings, a line each, announces plans."""
    return any(_heads_plans(layout, heading, words) for heading in headings.splitlines())


def _heads_plans(layout: Layout, heading: str, words: ScopeWords) -> bool:
    """Whether one heading announces plans: 2020年重点工作, 下一步打算.

    目标任务完成情况 tells how far they came, 上半年主要工作 what has been done; so does 2019年主要工作 where the
    title reviews that year.
    """
    if not words.scope.search(heading) or _PROGRESS.search(heading) or _SO_FAR.search(heading):
        return False
    year = _YEAR.search(heading)
    if year is None:
        return True
    return not layout.once(_is_reviewed, year.group(), words)


def _is_reviewed(layout: Layout, year: str, _: ScopeWords) -> bool:
    """Whether the title looks back on a year: one of the first lines, for an office's name may stand above it."""
    lines = layout.text[:TITLE_REACH].split("\n")
    titles = (line for line in lines if len(line) < LONGEST_TITLE and not _SENTENCE.search(line))
    return any(re.search(f"{year}{_REVIEWED}", line) for line in titles)


def _is_headed(layout: Layout, start: int, words: ScopeWords) -> bool:
    """Whether what stands in front of a paragraph makes it one of plans."""
    return _is_asked(layout, start, words) or _is_listed(layout, start, words)


def announces_rates(layout: Layout, near: Around, heading: str, words: ScopeWords) -> bool:
    """Whether a heading names rates of support (奖补政策, 补助标准), or what leads to a list does (补助标准如下：)."""
    if heading and layout.once(_names_rates, heading, words):
        return True
    text, end = layout.text, near.number.start
    start = max(layout.paragraph(end).start, end - 160)
    return signs.tells(text, (start, end), words.listed_signs) and words.listed.search(text, start, end) is not None


def _names_rates(_: Layout, heading: str, words: ScopeWords) -> bool:
    """Whether a heading names rates of support."""
    return words.rates.search(heading) is not None


def ruled_from(layout: Layout, near: Around, words: ScopeWords) -> int | None:
    """Where the words end that lead to the wording of a rule in which the number stands, None where none do.

    They stand in its sentence (村里立下规矩：欠租的扣五成), or ask earlier in its paragraph (钱怎么分？种的人七成).
    """
    text, at = layout.text, near.number.start
    first = max(layout.paragraph(at).start, at - ANSWER)
    ends = [
        found.end()
        for pattern, sign, start in (
            (words.ruling, words.ruling_signs, near.sentence.start),
            (words.asked, words.asked_signs, first),
        )
        if signs.tells(text, (start, at), sign)
        for found in pattern.finditer(text, start, at)
    ]
    return max(ends, default=None)


def entitles(layout: Layout, words: ScopeWords) -> bool:
    """Whether the text tells by its title what people are entitled to (扶贫政策问答)."""
    return layout.once(_has_entitling_title, 0, words)


def _has_entitling_title(layout: Layout, start: int, words: ScopeWords) -> bool:
    """The same, asked of the first line of a text."""
    title = layout.paragraph(start)
    return title.end - title.start < LONGEST_TITLE and words.entitles.search(layout.text, start, title.end) is not None


def instructs(layout: Layout, words: ScopeWords) -> bool:
    """Whether the text is a notice by its title (关于做好…工作的通知): what its parts name is to be done."""
    return layout.once(_has_notice, 0, words)


def _has_notice(layout: Layout, start: int, words: ScopeWords) -> bool:
    """The same, asked of the first lines of a text."""
    lines = layout.text[start : start + TITLE_REACH].split("\n")
    return any(words.notice.search(line.strip()) for line in lines)


def _is_asked(layout: Layout, start: int, words: ScopeWords) -> bool:
    """Whether the paragraph before asks for plans."""
    if start == 0:
        return False
    before = layout.paragraph(start - 1)
    said = layout.text[before.start : before.end].rstrip()
    asked = layout.sentence(before.start + max(len(said) - 1, 0))
    return _QUESTION.search(said) is not None and words.scope.search(layout.text, asked.start, asked.end) is not None


def _is_listed(layout: Layout, start: int, words: ScopeWords) -> bool:
    """Whether the paragraph is an item of a list that a sentence in front announces as plans."""
    text = layout.text
    for _ in range(LONGEST_LIST):
        if start == 0 or not _ITEM.match(text, start):
            return False
        start = layout.paragraph(start - 1).start
        if not _ITEM.match(text, start):
            said = text[start : layout.paragraph(start).end].rstrip()
            head = layout.sentence(start + max(len(said) - 1, 0))
            return _heads_plans(layout, text[max(head.start, start) : head.end][:OPENING].rstrip(), words)
    return False
