"""Models at their worst, from bytes to report under the real SDKs: no figure of their own, no article lost, an end."""

import asyncio
import json
import random
import re
import time
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import httpx2
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from schemas.outcome import Outcome, Reported
from schemas.report import CountyReport
from schemas.vocabulary import Indicator, MilestoneEvent, SetAsideReason, Status, Topic
from summarizer import Summarizer, llm
from summarizer.settings import Settings
from tests.conftest import ROOT
from tests.transports import Drip, reply

ARTICLE = ROOT / "evals/samples/articles/chongqing-visit.txt"
RAW = ARTICLE.read_bytes().decode("utf-8")


@cache
def by_rules() -> CountyReport:
    """What rules read: its spans and values are the code's, whoever reads."""
    return _reported(asyncio.run(_outcome(Settings.load(reader="rules"), None)))


async def _outcome(chosen: Settings, answer: Callable[[httpx2.Request], Any] | None) -> Outcome:
    if answer is None:
        async with Summarizer(chosen) as summarizer:
            return await summarizer.outcome(ARTICLE)

    async def sleep(_seconds: float) -> None:
        """No pause: how long is waited is not what is looked at here."""

    async with (
        llm.connect(chosen, httpx2.MockTransport(answer), sleep) as endpoint,
        Summarizer(chosen, asked=endpoint) as summarizer,
    ):
        return await summarizer.outcome(ARTICLE)


def _reported(outcome: Outcome) -> CountyReport:
    assert isinstance(outcome, Reported)
    return outcome.report


def read(answer: Callable[[httpx2.Request], Any], **given: Any) -> CountyReport:
    """The article as a model behind this transport reads it, in several calls."""
    chosen = {"model": "m", "base_url": "http://model.test/v1", "section_chars": 250, "no_cache": True}
    return _reported(asyncio.run(_outcome(Settings.load(**chosen | given), answer)))


def texts(report: CountyReport) -> Iterator[str]:
    """Every text of a report that a reader may word."""
    yield from (report.headline, report.summary)
    yield from (fact.label for fact in report.facts)
    yield from (fact.place or "" for fact in report.facts)
    yield from (text for m in report.measures for text in (m.title, m.summary))
    yield from (text for c in report.cases for text in (c.person, c.place or "", c.summary))
    yield from (m.place or "" for m in report.milestones)
    yield from (p.name for p in report.partners)
    yield from (d.text for d in report.designations)


def check_grounded(report: CountyReport) -> None:
    """Every number is accounted for, opens the raw text, and has the value that code gave it; no text has another."""
    rules = {fact.id: fact for fact in by_rules().facts}
    for fact in report.facts:
        assert RAW[slice(*fact.span)] == fact.mention
        if fact.id in rules:
            same = ("span", "value", "upper", "unit", "qualifier", "per")
            assert [getattr(fact, name) for name in same] == [getattr(rules[fact.id], name) for name in same]
    coverage = report.coverage
    assert coverage.total == by_rules().coverage.total == coverage.facts + len(coverage.set_aside) + coverage.unread
    stated = set(re.findall(r"\d+(?:\.\d+)?", RAW))
    for text in texts(report):
        assert set(re.findall(r"\d+(?:\.\d+)?", text)) <= stated
        assert not re.search(r"[{}⟦⟧]", text)
    for case in report.cases:
        assert case.person in RAW
    for milestone in report.milestones:
        # The text is clean, its punctuation is not the raw one's.
        assert re.findall(r"\w+", RAW[slice(*milestone.span)]) == re.findall(r"\w+", milestone.text)
    for name in (n for fact in report.facts for n in (fact.place or "").split("、")):
        assert name in RAW


def user_of(request: httpx2.Request) -> str:
    """The question in a request; it is the second message, whatever was asked again after it."""
    return str(json.loads(request.content)["messages"][1]["content"])


class AtRandom:
    """Answers in the right form with whatever chance gives: ids, codes, words of the article and of others."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        user = user_of(request)
        ids = [int(id) for id in re.findall(r"⟦(\d+):", user)] or [1]
        if "猜测：" not in user.splitlines():
            overview = {name: self.text(ids) for name in ("headline", "summary")}
            names = {name: [self.text(ids) for _ in range(3)] for name in ("designations", "partners")}
            return reply(json.dumps({"new": overview} | names))
        n = [[*self.codes(id), self.time(), self.words(), self.text(ids)] for id in ids if self.chance.random() < 0.9]
        one = self.chance.choice
        items = [
            {
                "topic": one(list(Topic)),
                "status": one(list(Status)),
                "event": one(list(MilestoneEvent)),
                "title": self.text(ids),
                "summary": self.text(ids),
                "quote": self.words(),
                "date": self.time(),
                "place": self.words(),
                "person": self.words(),
                "ids": [one(ids), one([0, 7, 999])],
            }
            for _ in range(3)
        ]
        x = [[one(ids), one(list(SetAsideReason))] for _ in range(2)]
        k = [[one(ids), one(list(Topic))] for _ in range(2)]
        return reply(json.dumps({"n": n, "x": x, "k": k, "m": items, "d": items, "c": items}))

    def codes(self, id: int) -> list[Any]:
        return [id, self.chance.choice(list(Indicator)), self.chance.choice(list(Status))]

    def time(self) -> str:
        return self.chance.choice(["", "=", "2019", "2020-12", "1987", "2016/2020", "3021"])

    def words(self) -> str:
        """Words of the article, often with its figures in them, or of another."""
        start = self.chance.randrange(len(RAW))
        own = RAW[start : start + self.chance.randrange(30)]
        return self.chance.choice([own, "", "=", "银河村", "９９座", "三亿人"])

    def text(self, ids: list[int]) -> str:
        """A sentence with references, some of them to nothing, and figures of its own."""
        pieces = [f"{{{self.chance.choice([*ids, 999])}}}", "脱贫", "建成电站", "99座", "三亿元", "{", self.words()]
        return "".join(self.chance.choices(pieces, k=self.chance.randrange(5)))


# Not shrunk: a smaller chance is another one, and each costs the way of an article.
@settings(max_examples=25, phases=[Phase.generate])
@given(st.integers(0, 10**9))
def test_a_model_that_answers_at_random_brings_no_figure(seed: int) -> None:
    """Whatever it says in the right form: the report's figures are the article's, and none is lost."""
    check_grounded(read(AtRandom(random.Random(seed))))


INVENTED = {
    "digits": "98765",
    "with a unit": "98765万元",
    "full width": "９８７６５",
    "numerals": "九万八千七百六十五人",
}
NEVER_STATED = re.compile("98765|９８７６５|九万八千")


@pytest.mark.parametrize("name", INVENTED)
def test_a_figure_invented_in_every_text_is_in_no_report(name: str) -> None:
    """Labels, places, times, titles, summaries, quotes, persons and names: what they hold of it is dropped."""
    figure = INVENTED[name]

    def inventor(request: httpx2.Request) -> httpx2.Response:
        user = user_of(request)
        if "猜测：" not in user.splitlines():
            sentence = f"脱贫{figure}，成效好。"
            names = {"designations": [f"扶贫县{figure}"], "partners": [f"帮扶单位{figure}"]}
            new = {"headline": sentence, "summary": sentence, "note": figure}
            return reply(json.dumps({"new": new, "note": figure, **names}))
        guesses = [json.loads(line) for line in user.splitlines() if line.startswith("[")]
        quote = RAW[10:20]
        n = [[id, indicator, status, figure, figure, f"脱贫{figure}"] for id, indicator, status, *_ in guesses]
        item: dict[str, Any] = dict.fromkeys(("title", "date", "place", "person"), figure)
        item |= {"topic": "finance", "status": "achieved", "event": "other", "ids": [98765]}
        item |= {"summary": f"投入{figure}", "quote": quote + figure}
        grounded = item | {"quote": quote, "person": "村民", "date": "2019", "place": ""}
        return reply(json.dumps({"n": n, "m": [item, grounded], "d": [item, grounded], "c": [item, grounded]}))

    report = read(inventor)
    check_grounded(report)
    kept = report.model_dump(mode="json", exclude={"provenance"})
    assert not NEVER_STATED.search(json.dumps(kept, ensure_ascii=False))
    assert len(report.facts) == len(by_rules().facts)
    assert report.provenance.dropped


def _always(response: httpx2.Response) -> Callable[[httpx2.Request], httpx2.Response]:
    return lambda _request: httpx2.Response(200, json=response.json())


ENDLESS: dict[str, Callable[[httpx2.Request], httpx2.Response]] = {
    "an answer that never stops": _always(reply('{"n": [' + "[1, " * 40_000, finish="length")),
    "a body that never ends": lambda _request: httpx2.Response(200, stream=Drip()),
    "a million digits": _always(reply("9" * 1_000_000)),
    "a million brackets": _always(reply("{" * 1_000_000)),
    "a million levels": _always(reply('{"n": ' + "[" * 500_000 + "]" * 500_000 + "}")),
    "thousands of rows": _always(reply(json.dumps({"n": [[999, "other", "achieved", "", "", ""]] * 9_000}))),
    "the same wrong answer": _always(reply('{"n": [[1, "x", "y", "z", "", ""]]}')),
    "nothing": _always(reply("")),
    "thoughts without an end": _always(reply("<think>" + "嗯，" * 100_000)),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_a_model_that_never_ends_costs_a_bounded_time(name: str) -> None:
    """Rules read the article; requests are bounded by its numbers, and each by its timeout."""
    n_sent = 0

    def counted(request: httpx2.Request) -> httpx2.Response:
        nonlocal n_sent
        n_sent += 1
        return ENDLESS[name](request)

    started = time.monotonic()
    report = read(counted, timeout=0.2, max_attempts=2, reasks=1, mode="json_object")
    assert time.monotonic() - started < 60
    # Every call may be tried and asked again; one that is too long is halved down to single numbers.
    assert n_sent <= 2 * 2 * (2 * report.coverage.total + len(report.sections) + 1)
    check_grounded(report)
    assert [fact.id for fact in report.facts] == [fact.id for fact in by_rules().facts]
    assert {fact.section for fact in report.facts} <= set(report.provenance.degraded)


def test_an_article_has_an_end_of_its_own() -> None:
    """A model that is slow in every call is asked no more when the article's time is over."""
    started = time.monotonic()
    report = read(ENDLESS["a body that never ends"], timeout=30, article_timeout=0.3, concurrency=1)
    assert time.monotonic() - started < 20
    check_grounded(report)
    assert report.provenance.attempts <= len(report.sections) + 1
