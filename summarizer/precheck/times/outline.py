"""The lines of an article and the time that heads them: which phrase governs a whole report or section."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_LEVELS = (
    (1, re.compile(r"[一二三四五六七八九十]{1,3}、")),
    (2, re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）]")),
    (3, re.compile(r"\d{1,2}[、.．](?!\d)")),
)
_SENTENCE_END = re.compile(r"[。！？!?；;…]")
_HEADING_CHARS = 30
"""A line without sentence punctuation that is no longer than this is a heading."""

_LEAD_PARAGRAPHS = 3
"""A report names its time in its first paragraphs: the first may be the county's profile."""

_WHOLE_REPORT = re.compile(r"(?:今年|本年)以?来|过去的?一年|一年来|(?:今年|本年|20\d\d年)(?:上半年)?(?:以?来)?$")
_ALWAYS = re.compile(r"(?:今年|本年)以?来|过去的?一年")
_NEXT_STEPS = re.compile(r"下一?步|今后|打算|明年")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text. `level` is None for one that opens no section; `heading` is a line that is only a heading.

    Level 0 is what stands before the first paragraph (the title), 1 to 3 are sections, outermost first.
    """

    start: int
    end: int
    level: int | None
    heading: bool


def lines(text: str) -> Iterator[Line]:
    """Every line that is not empty, with the level of the section it opens."""
    body = False
    for match in re.finditer(r"[^\n]+", text):
        content = match.group().strip()
        if not content:
            continue
        start = match.start() + match.group().index(content[0])
        numbered = next((level for level, mark in _LEVELS if mark.match(content)), None)
        heading = len(content) <= _HEADING_CHARS and not _SENTENCE_END.search(content) and content[-1] not in ",，:："
        level = numbered if numbered is not None else 1 if heading else None
        if heading and not body:
            level = 0
        body = body or not heading
        yield Line(start, match.end(), level, heading)


@dataclass(slots=True)
class Heads:
    """Follows the lines of a text and keeps the period that heads the report and each open section."""

    year: int | None
    _open: list[tuple[int, str | None]] = field(default_factory=list)
    _level: int = 0
    _paragraphs: int = 0

    def enter(self, line: Line, content: str) -> None:
        """Go on to this line: a new section closes those inside which it does not lie."""
        if line.level is not None:
            self._open = [head for head in self._open if head[0] < line.level or head[0] == 0]
            self._level = line.level
            self._paragraphs = 0
            if line.heading and _NEXT_STEPS.search(content):
                # 下一步打算 after 今年以来: the plans are not this year's work.
                self._open.append((line.level, None))
        if not line.heading:
            self._paragraphs += 1

    def offer(self, line: Line, phrase: str, before: str, period: str | None) -> None:
        """Take this phrase as a head if it is one; `before` is what stands before it in its line."""
        if period is not None and self._heads(line, phrase, before, period):
            self._open.append((self._level, period))

    def _heads(self, line: Line, phrase: str, before: str, period: str) -> bool:
        if line.heading:
            # 二、2019年工作计划; a day or 到2020年 in a heading is an event or a goal.
            return "-" not in period and not phrase.startswith(("到", "截", "至"))
        *earlier, before = _SENTENCE_END.split(before)
        if self._paragraphs > (1 if self._level else _LEAD_PARAGRAPHS):
            return False
        if earlier and (self._level or before.strip() or not _ALWAYS.match(phrase)):
            # After a first sentence on the county's profile only 今年以来 heads the report.
            return False
        recent = self.year is not None and period[:4] in (str(self.year), str(self.year - 1))
        if re.search(r"以来|来$|过去的?一年", phrase) and recent:
            # 去年以来 must open the paragraph: 为增强能力,去年以来,… speaks of one thing only.
            return bool(_WHOLE_REPORT.match(phrase)) or len(before) <= 6
        # 2017年,县里实施9个项目 in an article of 2018 heads its own paragraph only.
        return period[:4] == str(self.year) and bool(_WHOLE_REPORT.match(phrase)) and len(before) <= 12

    @property
    def current(self) -> str | None:
        """The period at the head of the innermost section that has one."""
        return self._open[-1][1] if self._open else None

    @property
    def at_title(self) -> bool:
        """Whether no section has a head of its own, so that the title's or the lead's is in force."""
        return not self._open or self._open[-1][0] == 0
