"""Whether what a number states is still to come, by the times that its sentence names."""

import re

from summarizer.readers.clauses import Around
from summarizer.readers.status import CARRIED_COST, LATER_COST
from summarizer.readers.study import Study, is_after

_SO_FAR = re.compile(r"截[至止]|(?:今年)?(?:前[一二三四五六七八九十\d]|上半年)|第[二三四五]年|次年|翌年")
"""Times that have come, whenever the article was written."""

_NOW = re.compile("目前|眼下|当前|现|如今|至今|截|迄今")
"""Times that have come by what they say."""

_HELD_AGAINST = re.compile("[比较在同由从][^，。；,;]{0,4}$")
_BASE = re.compile("[^，。；,;]{0,6}(?:基础|同期|相比|水平)")
"""Around a time that a plan is held against."""

YEAR_CHARS = 4
"""Length of a period that is a year."""


def later(study: Study, near: Around) -> float | None:
    """What a date still to come costs as a sign of a plan; None where the last date before the number has come.

    A date of an earlier sentence says nothing of what is done by now, and what is counted up to a date has been done;
    第二年 is told from a year in the text, and five years that have begun are no time to come for a later clause.
    """
    written = study.now
    if not written:
        return None
    own = study.timeline.between(near.clause.start, near.clause.end)
    told = own or study.timeline.between(near.sentence.start, near.clause.start)
    dates = [t for t in told if t.period]
    if not dates or _SO_FAR.match(study.brief.text, dates[-1].start):
        return None
    last = dates[-1].period or ""
    if not is_after(last, written) or (not own and "/" in last and not is_after(last.split("/")[0], written)):
        return None
    return LATER_COST if own else CARRIED_COST


def told_by_now(study: Study, near: Around) -> bool:
    """Whether the last time that the number's half-sentence names up to it has come: 去年兑付的奖补资金1386万元.

    Not one that it is held against (比去年多300万元), nor this year as a whole, of which a part is to come.
    """
    text, now = study.brief.text, study.now
    said = study.timeline.between(near.sentence.start, near.number.start) if now else ()
    if not now or not said:
        return False
    first = near.sentence.start
    half = max(first, *(text.rfind(mark, first, near.clause.start) + 1 for mark in "；;"))
    dates = [t for t in said if t.period and t.start >= half]
    if not dates:
        return False
    last = dates[-1]
    if _HELD_AGAINST.search(text, half, last.start) or _BASE.match(text, last.end):
        return False
    if _NOW.match(text, last.start):
        return True
    end = (last.period or "").rsplit("/", maxsplit=1)[-1]
    # Of a month of this year nothing is known where the text does not say in which month it was written.
    return end[:YEAR_CHARS] < now[:YEAR_CHARS] or (YEAR_CHARS < len(now) <= len(end) and end[: len(now)] <= now)
