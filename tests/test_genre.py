"""Short passages of the genre, each about one habit of it, read by rules and scored as a whole."""

from collections import defaultdict
from dataclasses import replace
from statistics import mean
from typing import Any

from schemas.reading import SectionReading
from schemas.report import Subject
from summarizer import gazetteer
from summarizer.precheck import times
from summarizer.precheck.brief import Brief
from tests.reading_cases import brief_of, cases, overlap, read

PASSAGES = cases("genre")
FLOORS = {"status": 0.98, "topic": 0.9, "indicator": 0.96, "period": 0.92, "label": 0.8}


def _brief(case: dict[str, Any]) -> Brief:
    division = gazetteer.divisions(case["subject"])[0]
    subject = Subject(
        name=division.name,
        level=division.level,
        province=division.province,
        prefecture=division.prefecture,
        adcode=division.adcode,
    )
    year = int(case["written"][:4])
    brief = brief_of(case["text"], year=year, subject=subject)
    return replace(brief, written=case["written"], times=times.find(case["text"], year, case["written"]))


def _scores(case: dict[str, Any], brief: Brief, readings: list[SectionReading]) -> list[tuple[str, float]]:
    """Field and score of everything that the case says of its numbers."""
    meant = {n.id: n for r in readings for n in r.numbers}
    found = []
    for fact in case.get("facts", ()):
        start = case["text"].index(fact["number"])
        end = start + len(fact["number"])
        reading = meant[next(c.id for c in brief.candidates if c.start < end and c.end > start)]
        for name, gold in fact.items():
            if name == "label":
                found.append((name, overlap(reading.label, gold)))
            elif name != "number":
                found.append((name, float(getattr(reading, name) == gold)))
    return found


def test_passages_of_the_genre_are_read_as_labelled() -> None:
    """Status, topic, indicator, period and label of all passages together reach their floors."""
    scores: dict[str, list[float]] = defaultdict(list)
    for case in PASSAGES:
        brief = _brief(case)
        for name, value in _scores(case, brief, read(brief)[0]):
            scores[name].append(value)
    assert {name: mean(scores[name]) for name, floor in FLOORS.items() if mean(scores[name]) < floor} == {}


def test_events_and_people_of_the_genre_are_found() -> None:
    """Of the dated events and the people of the passages at least three quarters are found, and few others."""
    for kind, of in (("milestones", ("date", "event", "place")), ("cases", ("person", "place"))):
        gold, told = set(), set()
        for case in (c for c in PASSAGES if kind in c):
            gold |= {(case["name"], *(item[name] for name in of)) for item in case[kind]}
            told |= {
                (case["name"], *(getattr(item, name) for name in of))
                for r in read(_brief(case))[0]
                for item in getattr(r, kind)
            }
        assert len(gold & told) >= 0.75 * len(gold)
        assert len(gold & told) >= 0.85 * len(told)
