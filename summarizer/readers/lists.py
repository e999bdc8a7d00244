"""Lists of places with households and persons each: 甲镇30户96人，乙镇41户120人."""

import re
from collections.abc import Mapping

from schemas.reading import NumberReading
from schemas.vocabulary import Unit
from summarizer.precheck.brief import Brief
from summarizer.precheck.candidate import Candidate

_BETWEEN = re.compile(
    r"[\s、,，;；及和:：(（]*(?:其中[\s:：,，]*)?[\u4e00-\u9fff、]{0,16}?(?:\d+个)?[县市区旗乡镇村州盟](?<!贫困村)[\s:：]*"
)
"""What stands in front of a member: a place, or several of them (东湖、长畛等7个乡 + 6273户14782人)."""

_PAIR = 2


def pair_in_front(brief: Brief, candidate: Candidate, found: Mapping[int, NumberReading]) -> NumberReading | None:
    """The reading of the pair in front, which households or persons take over as the next member of a list of pairs.

    One pair with a place behind another is no list yet: 其中 or a bracket leads to it, or a third pair stands on the
    other side.
    """
    at = candidate.id - 1
    first = at - 1 if _is_pair(brief, at - 1) else at
    if not _is_pair(brief, first):
        return None
    last = _in_front(brief, first)
    if last is None:
        return None
    model = brief.candidates[last - 1 + at - first].id
    lead = brief.text[brief.candidates[last].end : brief.candidates[first].start]
    following = _in_front(brief, first + _PAIR) or _in_front(brief, first + _PAIR + 1)
    listed = (
        "其中" in lead
        or "（" in lead
        or "(" in lead
        or _in_front(brief, last - 1) is not None
        or following == first + 1
    )
    return found.get(model) if listed else None


def _in_front(brief: Brief, first: int) -> int | None:
    """The last number of the pair in front of the one that begins at `first`, where a place alone stands between."""
    if first >= len(brief.candidates):
        return None
    for last in (first - 1, first - 2):
        if _is_pair(brief, last - 1) and _is_pair(brief, first):
            between = brief.text[brief.candidates[last].end : brief.candidates[first].start]
            if _BETWEEN.fullmatch(between):
                return last
    return None


def _is_pair(brief: Brief, first: int) -> bool:
    """Whether households and their persons begin at this number."""
    if first < 0 or first + 1 >= len(brief.candidates):
        return False
    households, persons = brief.candidates[first : first + _PAIR]
    if households.unit is not Unit.HOUSEHOLD or persons.unit is not Unit.PERSON:
        return False
    return not brief.text[households.end : persons.start].strip(" 、\u3000")
