"""The time phrases of a text and what heads each of its lines: read once, asked for every number."""

from bisect import bisect_left
from dataclasses import dataclass

from summarizer.precheck.brief import TimePhrase
from summarizer.precheck.times.outline import YEAR_CHARS, Heads, is_plan, lays_down, lines
from summarizer.precheck.times.phrases import month_of, month_told

_NEWS_PHRASES = 5
"""Fewer time phrases than this do not tell news from a feature."""

_NEWS_SHARE = 5 / 6
"""So much of what news says of time is of its year; a feature, too, goes back to the years before."""

_UNDATED_NEWS_SHARE = 0.95
"""The same where the text does not tell the month in which it was written."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The time phrases of a text, and for each of its lines the period at the head of its section.

    `news` is the time of what the text gives none, where it is news; `titled` is where the headlines above the
    first paragraph end.
    """

    text: str
    times: tuple[TimePhrase, ...]
    year: int | None
    plan: bool
    news: str | None
    titled: int
    _starts: tuple[int, ...]
    _heads: tuple[tuple[int, str | None], ...]
    _above: tuple[tuple[int, str | None], ...]
    _plans: tuple[tuple[int, bool], ...]

    @classmethod
    def of(
        cls,
        text: str,
        times: tuple[TimePhrase, ...],
        year: int | None,
        written: str | None,
        published: str | None = None,
    ) -> "Timeline":
        """Read the heads of a text whose phrases were found by `find` with the same year and times."""
        heads = Heads(text, year, month_told(written, published))
        found: list[tuple[int, str | None]] = [(0, None)]
        above: list[tuple[int, str | None]] = [(0, None)]
        plans = [(0, False)]
        remaining = iter(times)
        phrase = next(remaining, None)
        for line in lines(text):
            heads.enter(line)
            found.append((line.start, heads.current))
            above.append((line.start, heads.current))
            plans.append((line.start, heads.in_plan))
            while phrase is not None and phrase.start < line.end:
                before = heads.current
                heads.offer(line, phrase.start, phrase.end, phrase.period)
                if heads.current != before:
                    found.append((phrase.start, heads.current))
                phrase = next(remaining, None)
        return cls(
            text,
            times,
            year,
            is_plan(text) or lays_down(text),
            _news(times, year, written),
            max((line.end for line in lines(text) if line.level == 0), default=0),
            tuple(t.start for t in times),
            tuple(found),
            tuple(above),
            tuple(plans),
        )

    def head(self, position: int) -> str | None:
        """The period at the head of the section that the position lies in."""
        return self._heads[bisect_left(self._heads, (position + 1,)) - 1][1]

    def above(self, position: int) -> str | None:
        """The period at the head of the section that the position's line begins in."""
        return self._above[bisect_left(self._above, (position + 1,)) - 1][1]

    def planned(self, position: int) -> bool:
        """Whether the text is a plan, or the position lies in a part of it that is one."""
        return self.plan or self._plans[bisect_left(self._plans, (position + 1,)) - 1][1]

    def between(self, start: int, end: int) -> tuple[TimePhrase, ...]:
        """The phrases that begin in `[start, end)`."""
        return self.times[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


def _news(times: tuple[TimePhrase, ...], year: int | None, written: str | None) -> str | None:
    """The time of writing of a text that says hardly anything of other years: what it gives no time is of it too.

    News of a flood, a meeting, a recruiting drive tells what was done these weeks; a feature tells how things stand.
    """
    told = [phrase.period for phrase in times if phrase.period]
    own = sum(all(part[:YEAR_CHARS] == str(year) for part in period.split("/")) for period in told)
    dated = written is not None and month_of(written) is not None and written[:YEAR_CHARS] == str(year)
    if len(told) < _NEWS_PHRASES or own < len(told) * (_NEWS_SHARE if dated else _UNDATED_NEWS_SHARE):
        return None
    return written if dated else str(year)
