"""What the earlier sentences of a paragraph hand on to a number that its own sentence gives no time."""

import re

from schemas.vocabulary import Status
from summarizer.patterns import compiled
from summarizer.precheck.brief import TimePhrase
from summarizer.precheck.times import reach
from summarizer.precheck.times.outline import YEAR_CHARS
from summarizer.precheck.times.timeline import Timeline

_ITEM = compiled(
    r"(?<=[。；;:：,，\n])(?P<n>[一二三四五六七八九十])是(?!否)|(?P<circle>[①-⑩])|其(?P<its>[一二三四五])[,，]"
)
_FIRST_ITEM = re.compile(r"一|①")

_STOP = re.compile(r"[。！？!?；;\n]")

_IN_PASSING = re.compile(r"[^,，。；;\d]{0,6}的")

_PROFILE = re.compile(r"(?:位于|地处)[^。！？!?]{0,60}(?:面积|人口|辖)|面积[^。！？!?]{0,30}人口")
"""A sentence that says where a place lies and how large it is: what stands behind it goes by no event before it."""


def carried(
    timeline: Timeline, position: int, before: tuple[int, list[int]], status: Status | None
) -> TimePhrase | None:
    """The phrase that reaches furthest, of the latest sentence that has one; `before` as in `periods`.

    `before` is where the paragraph begins and where each sentence in front of the number's ends.
    """
    text, (start, ends) = timeline.text, before
    if not ends or not timeline.between(start, ends[-1]):
        return None
    limit = _first_item(text, start, position)
    starts = [start, *ends][: len(ends)]
    later: set[str] = set()
    for low, high in reversed(list(zip(starts, ends, strict=True))):
        phrases = timeline.between(low, high)
        for phrase in reversed(phrases):
            if phrase.start >= limit and (phrase.period or "")[:YEAR_CHARS] != str(timeline.year):
                continue
            year = "/".join(part[:YEAR_CHARS] for part in (phrase.period or "").split("/"))
            aside = reach.is_aside(text, phrase, position, status)
            if not aside and reach.is_added(text, phrase, low, phrases, status, timeline.year):
                return None
            if not aside and reach.hands_on(text, phrase, (start, low), status, timeline.year):
                if later - {year}:
                    # 去年完成2350万元,今年前三季度已达3180万元。: the sentence went on from last year to this.
                    break
                if phrase.start >= limit:
                    return TimePhrase(phrase.start, phrase.end, str(timeline.year))
                return _whole(timeline.text, phrase, phrases)
            if year and not aside:
                later.add(year)
        if not phrases and _PROFILE.search(text, low, high):
            return None
    return None


def of_event(timeline: Timeline, position: int, before: tuple[int, int], status: Status | None) -> str | None:
    """The year of the event that the paragraph told last, for a number that nothing else gives a time.

    `before` is where the paragraph and the number's sentence begin. What stood at the end of a year that is over
    (去年底还剩2户) says nothing of what follows, nor does a day in passing (在3月22日召开的大会上), nor an event before
    a sentence that says where a place lies.
    """
    text, last = timeline.text, next(reversed(timeline.between(*before)), None)
    if last is None or last.period is None or "-" not in last.period or timeline.year is None:
        return None
    if status not in reach.PRESENT or _PROFILE.search(text, last.end, before[1]):
        return None
    year = int(last.period[:YEAR_CHARS])
    over = year < timeline.year and reach.is_by(text, last)
    passing = reach.is_aside(text, last, position, status) or _IN_PASSING.match(text, last.end)
    return None if over or passing or year > timeline.year or reach.is_cohort(text, last) else str(year)


def of_frame(timeline: Timeline, position: int, before: tuple[int, int], status: Status | None) -> str | None:
    """The year that is over which the paragraph told last, and which the number's half-sentence tells again behind it.

    去年全县产茶1360吨。大山村290户种茶,去年人均收入5000元: what stands between is of last year too. `before` as in
    `of_event`.
    """
    last = next(reversed(timeline.between(*before)), None)
    stop = _STOP.search(timeline.text, position)
    again = next(iter(timeline.between(position, stop.start() if stop else len(timeline.text))), None)
    if status not in reach.PRESENT or timeline.year is None or last is None or again is None or again.period is None:
        return None
    same = len(again.period) == YEAR_CHARS and (last.period or "")[:YEAR_CHARS] == again.period
    return again.period if same and int(again.period) < timeline.year else None


def _whole(text: str, phrase: TimePhrase, phrases: tuple[TimePhrase, ...]) -> TimePhrase:
    """The stretch of whose sum the phrase's year is a part: 三年来投入1.5亿元,其中2018年…、2019年…、2020年…."""
    if phrase.period is None or len(phrase.period) != YEAR_CHARS:
        return phrase
    for stretch in phrases:
        first, _, last = (stretch.period or "").partition("/")
        inside = last and first[:YEAR_CHARS] <= phrase.period <= last[:YEAR_CHARS]
        if inside and stretch.end <= phrase.start and "其中" in text[stretch.end : phrase.start]:
            return stretch
    return phrase


def _first_item(text: str, start: int, position: int) -> int:
    """Where a running list (一是…二是…) begins, or the position: its items go by what stood before the list.

    Of what an item says of its own only the year of the article is handed on.
    """
    items = list(_ITEM.finditer(text, start, position))
    if not items or _FIRST_ITEM.search(items[-1].group()):
        return position
    firsts = [m.start() for m in items if _FIRST_ITEM.search(m.group())]
    return firsts[-1] if firsts else position
