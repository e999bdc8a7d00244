"""Whether a text is about the county that it names, or about one town or village there: a score for each of them.

A story of a village names its county as often as the village, and what 县里 has given it; but it is 村里 that speaks,
the first sentence leads to the village, and its name comes back without its class (陇槐 of 陇槐村). A report on a
county says 全县 and tells of many towns. No sign decides alone: each adds to the score of whom it speaks for.
"""

import re
from collections.abc import Mapping, Sequence
from math import log, log1p

from schemas.report import Subject
from schemas.vocabulary import Basis
from summarizer import gazetteer
from summarizer.gazetteer import PlaceMention
from summarizer.precheck import small_subject, voices
from summarizer.precheck.small_subject import Small

Signs = Mapping[str, float]

WEIGHTS: Signs = {
    # Of a town or village: the last one that the title names, right behind its county there or not; between title and
    # text (subtitle, office); in the first paragraph; right behind its county anywhere.
    "title": 2.0,
    "title_chain": 1.5,
    "head": 1.25,
    "lead": 0.75,
    "chain": 1.5,
    # How often it is named, and how often a place of its kind speaks (村里, 全镇).
    "named": 1.5,
    "voice": 2.0,
    # Of the division: that one is named at all; in a title that names no smaller place; how often it is named, and
    # how often one like it or above it speaks (全县, 县委); how many towns are named.
    "division": 0.5,
    "division_title": 1.25,
    "division_named": 1.0,
    "above": 2.25,
    "towns": 2.75,
}
"""Rounded from what `python -m evals.weigh_subjects` finds. What is counted counts by its logarithm."""

_TO_ITS_PLACE = 12
"""Characters between a county and its village, in which the town stands."""

_HILL = re.compile("[\u4e00-\u9fff]{1,3}[岭山沟湾寨坪坝梁岛]")
"""Behind a town of the title: where in it the article plays (郝庄镇|凤凰岭上的来信)."""


def smaller(evidence: "Evidence", division: str | None, year: int | None) -> Subject | None:
    """The town or village that the text is about rather than about the division, or than about none."""
    if not evidence.places:
        return None
    signs = {place.name: evidence.of_place(place) for place in evidence.places}
    best = max(evidence.places, key=lambda place: score(signs[place.name]))
    if score(signs[best.name]) <= score(evidence.of_division(division)):
        return None
    said = any(signs[best.name][sign] for sign in ("title", "head", "lead", "chain"))
    basis = Basis.STATED if said else Basis.INFERRED
    return small_subject.resolved(evidence.text, best.mentions, evidence.mentions, basis, year)


def score(signs: Signs, weights: Signs = WEIGHTS) -> float:
    """How much speaks for a place."""
    return sum(weights[sign] * value for sign, value in signs.items())


class Evidence:
    """The signs that one text gives, by place."""

    def __init__(self, text: str, title: str, mentions: Sequence[PlaceMention], places: Sequence[Small]) -> None:
        self.text, self.title = text, title
        self.mentions, self.places = mentions, places
        self.lead = voices.lead(text)
        self.title_at = text.find(title)
        self.in_title = [p.name for p in places if p.name in title]
        self.last = max(self.in_title, key=title.rindex, default=None)
        self.counted: dict[re.Pattern[str], int] = {}

    def of_place(self, place: Small) -> Signs:
        """What speaks for a town or village."""
        low, high = self.lead
        starts = [p.start for p in place.mentions]
        at = self.title.find(place.name)
        titled = place.name == self.last and not _HILL.match(self.title, at + len(place.name))
        return {
            "title": titled,
            "title_chain": titled and at > 0 and self._behind_county(self.title_at + at),
            "head": at < 0 and any(start < low for start in starts),
            "lead": any(low <= start < high for start in starts),
            "chain": any(map(self._behind_county, starts)),
            "named": log(len(place.named)),
            "voice": self._spoken(_voice(place)),
        }

    def of_division(self, name: str | None) -> Signs:
        """What speaks for the division, or where none can be told, for one that is not named."""
        stem = name and (gazetteer.stem(name) or name)
        return {
            "division": name is not None,
            "division_title": stem is not None and stem in self.title and not self.in_title,
            "division_named": log1p(sum(m.name == name for m in self.mentions)),
            "above": self._spoken(voices.ABOVE),
            "towns": log1p(sum(p.town for p in self.places)),
        }

    def _spoken(self, voice: re.Pattern[str]) -> float:
        if voice not in self.counted:
            self.counted[voice] = len(voice.findall(self.text))
        return log1p(self.counted[voice])

    def _behind_county(self, start: int) -> bool:
        """Whether a place stands right behind its county, or with its town between them."""
        near = (m for m in self.mentions if 0 <= start - m.end <= _TO_ITS_PLACE)
        return any(small_subject.IN_BETWEEN.fullmatch(self.text, m.end, start) for m in near)


def _voice(place: Small) -> re.Pattern[str]:
    if place.town:
        return voices.TOWN
    return voices.COMMUNITY if place.name.endswith("社区") else voices.VILLAGE
