"""A sentence that fails is asked for once more, alone; what fails again is dropped and recorded."""

import asyncio
import json
import re
from typing import Any

import httpx2
import pytest

from evals.recordings.store import Recording, Reply, replay
from evals.run import ARTICLES
from schemas.answer import OverviewAnswer, SectionAnswer
from schemas.mending import Left, Source
from schemas.outcome import Reported
from schemas.report import CountyReport
from schemas.retelling import Failing, joined
from summarizer import Summarizer, llm
from summarizer.errors import NonsenseError, SlowError, TruncatedAnswerError
from summarizer.precheck.brief import Brief
from summarizer.readers import asking
from summarizer.readers.model import ModelReader
from summarizer.readers.pieces import Piece
from summarizer.settings import Settings
from tests.test_model_reader import CASE, MEASURE, NEW, RIGHT, TEXT, Fake, Rules, brief_of, overview, read
from tests.transports import reply

LIES = {
    "a figure of its own": "在柳树乡建成电站99座。",
    "a reference to nothing": "在柳树乡建成电站{99}。",
    "words of another article": "兴修水渠，鼓励织布。",
}


@pytest.mark.parametrize("name", LIES)
def test_a_sentence_that_is_right_the_second_time_is_kept(name: str) -> None:
    """The model is told which sentence and why, and nothing is recorded as dropped."""
    model = Fake(
        {"n": RIGHT, "m": [MEASURE | {"summary": LIES[name]}]},
        {"n": [], "m": [MEASURE | {"summary": "在柳树乡建成电站{4}。"}]},
    )
    reading, reader = read(model)
    assert [m.summary for m in reading.measures] == ["在柳树乡建成电站{4}。"]
    assert (len(model.asked), reader.dropped, reading.degraded) == (2, (), False)
    assert LIES[name] in model.refused[0]
    assert "编号 1" not in model.refused[0]


@pytest.mark.parametrize("name", LIES)
def test_a_sentence_that_is_wrong_twice_is_dropped_and_recorded(name: str) -> None:
    """One further question and no more, whatever the settings allow; the numbers stay the model's."""
    model = Fake({"n": RIGHT, "m": [MEASURE | {"summary": LIES[name]}]}, reasks=9)
    reading, reader = read(model)
    assert (len(model.asked), reading.measures, reading.degraded) == (2, (), False)
    assert [(d.field, d.text) for d in reader.dropped] == [("m", LIES[name])]
    assert reader.dropped[0].reason


def test_without_re_asks_it_is_dropped_at_once() -> None:
    """Settings that allow none are obeyed, and cost no number."""
    model = Fake({"n": RIGHT, "m": [MEASURE | {"summary": LIES["a figure of its own"]}]}, reasks=0)
    reading, reader = read(model)
    assert (len(model.asked), reading.degraded, len(reader.dropped)) == (1, False, 1)


def test_only_the_failing_sentence_is_told_again() -> None:
    """It stands where it stood; those that held are not said twice."""
    first = MEASURE | {"summary": "建设光伏。建成电站99座。投入{6}。"}
    model = Fake({"n": RIGHT, "m": [first]}, {"m": [{"topic": "photovoltaic", "summary": "建成电站{4}。"}]})
    reading, reader = read(model)
    assert [m.summary for m in reading.measures] == ["建设光伏。建成电站{4}。投入{6}。"]
    assert reader.dropped == ()


def test_what_held_stays_where_the_rest_fails_again() -> None:
    """And so it does where the model answers the further question with nothing, with nonsense, or not at all."""
    first = {"n": RIGHT, "m": [MEASURE | {"summary": "建设光伏。建成电站99座。"}]}
    seconds: list[Any] = [first, {"n": []}, {"m": "x"}, [], TruncatedAnswerError("too long"), SlowError("slow")]
    for second in seconds:
        model = Fake(first, second, reasks=1)
        reading, reader = read(model)
        assert [m.summary for m in reading.measures] == ["建设光伏。"], second
        assert [d.text for d in reader.dropped] == ["建成电站99座。"], second
        assert (len(model.asked), reading.degraded) == (2, False), second


def test_a_person_of_its_own_is_asked_for_again() -> None:
    """The article's person takes the place; the invented one is in no case."""
    model = Fake({"n": RIGHT, "c": [CASE | {"person": "王大力"}]}, {"c": [CASE]})
    reading, reader = read(model)
    assert [c.person for c in reading.cases] == [CASE["person"]]
    assert ("王大力" in model.refused[0], reader.dropped) == (True, ())


def test_numbers_and_sentences_are_asked_again_together() -> None:
    """What is wrong with either costs one question, and each is bounded for itself."""
    model = Fake({"n": RIGHT[:6], "m": [MEASURE | {"summary": "建成电站99座。"}]}, reasks=5)
    reading, _ = read(model)
    assert len(model.asked) == 6
    assert all("只回答编号 7" in words for words in model.refused)
    assert ["99座" in words for words in model.refused] == [True, *[False] * 5]
    assert reading.degraded


def test_a_claim_that_the_article_does_not_bear_out_is_asked_for_again() -> None:
    """The reader is given who doubts; the sentence that he sees has the article's words for its references."""
    seen: list[str] = []

    def doubt(_brief: Brief, sentence: str) -> str | None:
        seen.append(sentence)
        return "文中只是计划" if "已建成" in sentence else None

    model = Fake(
        {"n": RIGHT, "m": [MEASURE | {"summary": "光伏电站已建成{5}。"}]},
        {"m": [MEASURE | {"summary": "计划建光伏电站{5}。"}]},
    )
    reader = ModelReader(model, Rules(), doubt=doubt)
    reading = asyncio.run(reader.read(brief_of(TEXT), 0))
    assert seen == ["光伏电站已建成3座。", "计划建光伏电站3座。"]
    assert [m.summary for m in reading.measures] == ["计划建光伏电站{5}。"]
    assert "文中只是计划" in model.refused[0]


def test_a_headline_and_a_summary_are_asked_for_again() -> None:
    """Each sentence for itself; what held the first time is not changed by the second answer."""
    lying = {"new": NEW | {"summary": "青禾县投入{6}。惠及99户。贫困发生率降至{3}。"}}
    model = Fake(lying, {"new": {"headline": "另一个标题", "summary": "脱贫{1}。"}})
    found, reader = overview(model)
    assert (found.headline, found.summary) == (NEW["headline"], "青禾县投入{6}。脱贫{1}。贫困发生率降至{3}。")
    assert (len(model.asked), reader.dropped, found.degraded) == (2, (), False)
    assert "惠及99户" in model.refused[0]

    model = Fake(lying, NonsenseError("no more"))
    found, reader = overview(model)
    assert (found.summary, found.degraded) == ("青禾县投入{6}。贫困发生率降至{3}。", False)
    assert [d.text for d in reader.dropped] == ["惠及99户。"]


SOURCE = Source("建成水渠，新修道路，投入资金。\n", "建成水渠，新修道路，投入资金。\n", {})

JOINED = {
    "one for one": ("建成水渠。织布99匹。", ["织布99匹。"], "新修道路。", "建成水渠。新修道路。"),
    "with what held repeated": ("建成水渠。织布99匹。", ["织布99匹。"], "建成水渠。新修道路。", "建成水渠。新修道路。"),
    "fewer than failed": ("甲99。建成水渠。乙99。", ["甲99。", "乙99。"], "新修道路。", "新修道路。建成水渠。乙99。"),
    "another text": ("建成水渠。织布99匹。", ["织布99匹。"], "新修道路。投入资金。", "新修道路。投入资金。"),
    "another text of which nothing holds": (
        "建成水渠。织布99匹。",
        ["织布99匹。"],
        "甲99。乙99。",
        "建成水渠。织布99匹。",
    ),
    "nothing": ("建成水渠。织布99匹。", ["织布99匹。"], "", "建成水渠。织布99匹。"),
}


@pytest.mark.parametrize("name", JOINED)
def test_what_is_told_again_takes_the_place_of_what_failed(name: str) -> None:
    """In its order, and what held is lost by no second telling."""
    text, failed, again, expected = JOINED[name]
    first = Failing("m", text, tuple(Left(one, "不是文中的数") for one in failed), {})
    assert joined(first, again, SOURCE, 120) == expected


def _reply(answer: dict[str, Any]) -> Reply:
    return Reply(json.dumps(answer), "stop", 1, 0, 1)


def test_a_recording_of_the_first_answer_alone_is_replayed_as_the_last_try() -> None:
    """What held is kept, what failed is dropped, and no number is lost."""
    brief = brief_of(TEXT)
    piece = Piece(0, len(brief.text), brief.candidates)
    question = asking.section_question(brief, piece, [])
    answer = {"n": RIGHT, "m": [MEASURE | {"summary": "建设光伏。建成电站99座。"}]}
    with pytest.raises(NonsenseError):
        replay(Recording([_reply(answer)], {}), SectionAnswer, question)
    kept = SectionAnswer.model_validate(question.kept())
    assert (len(kept.n), [m.summary for m in kept.m]) == (7, ["建设光伏。"])
    assert [d.text for d in question.dropped] == ["建成电站99座。"]

    whole = asking.overview_question(brief)
    with pytest.raises(NonsenseError):
        replay(
            Recording([_reply({"new": {"headline": "脱贫99户", "summary": "投入{6}。"}})], {}), OverviewAnswer, whole
        )
    assert (whole.headline, whole.summary, whole.answered) == ("", "投入{6}。", True)


class Summing:
    """A model that finds every guess right, and sums up with these sentences in turn; `{rate}` is the poverty rate."""

    def __init__(self, *sentences: str) -> None:
        self.sentences = list(sentences)
        self.told_why: list[str] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        messages = json.loads(request.content)["messages"]
        user = messages[1]["content"]
        if "猜测：" in user.splitlines():
            return reply(json.dumps({"n": [[int(id)] for id in re.findall(r"⟦(\d+):", user)]}))
        self.told_why += [message["content"] for message in messages[3::2]]
        (rate,) = re.findall(r"^\{(\d+)\} 2\.6%", user, re.MULTILINE)
        summary = self.sentences.pop(0).replace("rate", rate)
        return reply(json.dumps({"new": {"headline": "", "summary": summary}}, ensure_ascii=False))


def summed(model: Summing) -> CountyReport:
    """The report of a spoilt article under the real SDKs."""
    chosen = Settings.load(model="m", base_url="http://model.test/v1", no_cache=True)

    async def run() -> CountyReport:
        async with (
            llm.connect(chosen, httpx2.MockTransport(model)) as endpoint,
            Summarizer(chosen, asked=endpoint) as summarizer,
        ):
            outcome = await summarizer.outcome(ARTICLES / "spoilt-traditional.txt")
        assert isinstance(outcome, Reported)
        return outcome.report

    return asyncio.run(run())


CLAIMS = {
    "a flipped direction": ("贫困发生率上升到{rate}。", "贫困发生率下降到{rate}。"),
    "a swapped county": ("陇西县贫困发生率下降到{rate}。", "漳县贫困发生率下降到{rate}。"),
    "a person whom it does not name": ("村民王德胜说贫困发生率下降到{rate}。", "贫困发生率降到{rate}。"),
}


@pytest.mark.parametrize("name", CLAIMS)
def test_a_lie_in_a_summary_is_asked_for_again_from_end_to_end(name: str) -> None:
    """Told why, a model that then says what the article says is believed; one that lies again is not."""
    lie, truth = CLAIMS[name]
    model = Summing(lie, truth)
    report = summed(model)
    assert report.summary == truth.replace("{rate}", "2.6%")
    assert [d for d in report.provenance.dropped if d.field == "summary"] == []
    assert (len(model.told_why), lie[:6] in model.told_why[0]) == (1, True)

    report = summed(Summing(lie, lie))
    assert lie[:6] not in report.summary
    assert [d.text[:6] for d in report.provenance.dropped if d.field == "summary"] == [lie[:6]]
    assert report.provenance.degraded == ()
