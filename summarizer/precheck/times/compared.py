"""Numbers that go by another phrase of their sentence than the one that governs it: the other side of a comparison."""

import re

from summarizer.precheck.brief import TimePhrase
from summarizer.precheck.times import changes, passages, reach
from summarizer.precheck.times.outline import YEAR_CHARS
from summarizer.precheck.times.timeline import Timeline

_ON_AVERAGE = re.compile("年均|平均每年|每年平均")
_AVERAGE_CHARS = 16
_CHANGES_TO = re.compile(r"[少降低加高升长大](?:到|至|为)?$")
_HELD_AGAINST = re.compile("[比较由从]")
_TIMES = re.compile(r"[近\d.一二三四五六七八九两十]+多?(?:倍|成[^员]?(?=[,，。；;]|$))")
"""So many times, or tenths, of another figure."""


def in_brackets(timeline: Timeline, position: int) -> TimePhrase | None:
    """The phrase that stands right before the bracket that the number opens: 较去年(982万元)增长42%."""
    if position < 2 or timeline.text[position - 1] not in "(（":
        return None
    before = timeline.between(max(0, position - 14), position - 1)
    return before[-1] if before and before[-1].end == position - 1 and before[-1].period else None


def held_against(timeline: Timeline, position: int) -> TimePhrase | None:
    """The phrase of a figure that another is held against: 比上年的3.87亿元增加, 从去年同期的64名减少.

    So many times another figure (比上年的2倍还多) is told of its own sentence's time.
    """
    if position < 1 or timeline.text[position - 1] != "的" or _TIMES.match(timeline.text, position):
        return None
    before = timeline.between(max(0, position - 14), position - 1)
    if not before or timeline.text[before[-1].end : position - 1] not in ("", "同期"):
        return None
    held = _HELD_AGAINST.search(timeline.text, max(0, before[-1].start - 1), before[-1].end)
    return before[-1] if held else None


def beside(timeline: Timeline, position: int, low: int) -> str | None:
    """The period of a number that goes by another phrase of its sentence than the one before it.

    What the next change starts from is of the day that the one before started from (村由2015年底的54个减至8个,人口由
    452万减至24万), or of the beginning of the stretch that is told of; an average a year is told of the stretch.
    """
    text, phrases = timeline.text, timeline.between(low, position)
    if not phrases:
        return None
    ends = (p for p in reversed(phrases) if _CHANGES_TO.search(text, max(low, p.start - 4), p.start) is None)
    last = next((p.period for p in ends if p.period), None)
    stretch = last if last and "/" in last else _changed_over(text, phrases)
    if changes.begins(text, position):
        left = next((p.period for p in reversed(phrases) if reach.is_left(text, p, position)), None)
        return left or (stretch and changes.beginning(stretch))
    begins, _ = passages.clause_bounds(text, position, low, len(text))
    if stretch and _ON_AVERAGE.search(text, max(begins, position - _AVERAGE_CHARS), position):
        return stretch
    return None


def _changed_over(text: str, phrases: tuple[TimePhrase, ...]) -> str | None:
    """The years from the first figure of a change to the last: 由2015年的1万元增加到2019年的1.5万元,年均增长9%."""
    years = [p for p in phrases if len(p.period or "") == YEAR_CHARS]
    if len(years) < 2 or text[years[-2].start - 1] not in "由从" or not _CHANGES_TO.search(text, 0, years[-1].start):
        return None
    return f"{years[-2].period}/{years[-1].period}"


def begun(timeline: Timeline, low: int, phrase: TimePhrase) -> TimePhrase | None:
    """The beginning of the change whose end the phrase dates (由2013年底的13.4万人减少到2016年底的7.9万人)."""
    if not _CHANGES_TO.search(timeline.text, max(low, phrase.start - 4), phrase.start):
        return None
    before = [p for p in timeline.between(low, phrase.start) if timeline.text[p.start - 1] in "由从"]
    return before[-1] if before else None


def closed_before(timeline: Timeline, low: int, phrase: TimePhrase) -> TimePhrase | None:
    """The closing date that the sentence names before the phrase: 2015年底有5.9万人,到去年底…,发生率由11%降到4%."""
    before = [p for p in timeline.between(low, phrase.start) if p.period and reach.is_closing(timeline.text, p)]
    return before[-1] if before else None
