"""The model that weighs the rules' word on whether what a number states has happened."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.gold import load
from evals.lessons import of_samples
from evals.run import ARTICLES, SAMPLES
from evals.train_status import learn, numbers_of, right
from schemas.vocabulary import Status
from summarizer.readers import happened, linear_model, status_model
from summarizer.readers.linear_model import Feature, LinearModel
from summarizer.readers.numbers import known_of, read_numbers
from summarizer.readers.study import Study
from tests.reading_cases import brief_of

_STATUSES = st.sampled_from(list(Status))


def _model(weights: Mapping[Feature, Mapping[Status, float]]) -> LinearModel[Status]:
    return status_model.read(linear_model.written(weights, command="evals.train_status"))


def _statuses(text: str, model: LinearModel[Status] | None) -> list[Status]:
    return [reading.status for reading in read_numbers(Study(brief_of(text), statuses=model), 0)]


@pytest.mark.parametrize(
    ("by_rules", "other", "lead", "found"),
    [
        (Status.ACHIEVED, Status.POLICY, 0.5, Status.POLICY),
        (Status.ACHIEVED, Status.PLANNED, 1.5, Status.ACHIEVED),
        (Status.ACHIEVED, Status.PLANNED, 2.5, Status.PLANNED),
        (Status.POLICY, Status.ACHIEVED, 2.5, Status.POLICY),
        (Status.POLICY, Status.ACHIEVED, 3.5, Status.ACHIEVED),
        (Status.ONGOING, Status.ACHIEVED, 4.5, Status.ONGOING),
    ],
)
def test_the_rules_are_overruled_by_so_much_and_no_less(
    by_rules: Status, other: Status, lead: float, found: Status
) -> None:
    """What the rules say on strong signs takes more; a standard that they overlooked takes least."""
    weights = dict.fromkeys(Status, -20.0) | {by_rules: 0.0, other: lead}
    model = _model({linear_model.BIAS: weights})
    assert happened.overruled(model, model.bias, by_rules) is found


@given(_STATUSES)
def test_a_model_that_knows_nothing_leaves_the_rules(by_rules: Status) -> None:
    """Without weights no status is likelier than another."""
    model = _model({})
    assert happened.overruled(model, model.bias, by_rules) is by_rules


def test_the_rules_are_not_asked_where_the_model_is_sure() -> None:
    """Beyond a lead that leaves no doubt a number is achieved, whatever stands beside it; short of it 计划 is heard."""
    sure, doubtful = (_model({linear_model.BIAS: {Status.ACHIEVED: lead}}) for lead in (6.0, 3.0))
    assert _statuses("计划硬化道路43公里。", sure) == [Status.ACHIEVED]
    assert _statuses("计划硬化道路43公里。", doubtful) == [Status.PLANNED]


_PLANS = {linear_model.BIAS: {Status.PLANNED: 9.0}}
_RATES = {linear_model.BIAS: {Status.POLICY: 9.0}}
_DEEDS = {linear_model.BIAS: {Status.ACHIEVED: 3.0}}


def test_a_word_beside_the_number_outweighs_the_model() -> None:
    """累计 in front of a number tells of it what no other words unsay; without such a word the model decides."""
    assert _statuses("全县累计硬化道路43公里。", _model(_PLANS)) == [Status.ACHIEVED]
    assert _statuses("全县道路43公里。", _model(_PLANS)) == [Status.PLANNED]


def test_a_plan_goes_on_in_its_half_sentence() -> None:
    """What a task is given goes with it, until a word of fulfilment; another half-sentence is another statement."""
    given_to_it, *others = (
        _statuses(f"下达培训任务850人{rest}补助资金50万元。", _model(_DEEDS))[1]
        for rest in ("，", "，累计", "；当地财政")
    )
    assert given_to_it is Status.PLANNED
    assert others == [Status.ACHIEVED, Status.ACHIEVED]


def test_what_somebody_was_given_is_no_rule() -> None:
    """每年给他不少于 tells of one man's income; the same of nobody sounds like a rule, and may be one."""
    assert _statuses("公司每年给他不少于2000元的分红。", _model(_RATES)) == [Status.ACHIEVED]
    assert _statuses("公司每股分红2000元。", _model(_RATES)) == [Status.POLICY]


def test_a_rule_is_worded_as_a_deed_or_an_aim() -> None:
    """What 累计 in front of a number says stands against a plan, not against a rule that its sentence may be."""
    assert _statuses("全县累计硬化道路43公里。", _model(_RATES)) == [Status.POLICY]
    assert _statuses("各镇领回硬化道路43公里的任务。", _model(_RATES)) == [Status.PLANNED]


_RULED = {("announced", "ruled"): {Status.POLICY: 9.0}}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("组里立下规矩：谁家的羊啃苗圃，补种树苗20棵。", Status.POLICY),
        ("分红按章程走，头一条：红利先提两成。", Status.POLICY),
        ("按照农机社的约定，机手每天耕地30亩。", Status.POLICY),
        ("冷库收入怎么分？存果的农户六成。", Status.POLICY),
        ("组里立下规矩：羊不进苗圃。村里有树苗20棵。", Status.ACHIEVED),
        ("组里立下规矩：羊不进苗圃，当年就补种了树苗20棵。", Status.ACHIEVED),
        ("冷库收入怎么花？去年修渠花了12万元。", Status.ACHIEVED),
        ("这条沟里的规矩不多，村里有树苗20棵。", Status.ACHIEVED),
    ],
)
def test_words_lead_to_the_wording_of_a_rule(text: str, status: Status) -> None:
    """Behind 规矩： and what asks how something is shared the model hears a rule, until a word of what was done."""
    assert _statuses(text, _model(_RULED)) == [status]


@pytest.mark.parametrize(
    ("said", "digits"), [("300元", "1"), ("八成", "1"), ("1.28万元", "3"), ("20137元", "4"), ("0元", "1")]
)
def test_digits_tell_how_round_a_number_is(said: str, digits: str) -> None:
    """Noughts behind the others are only the size of a number; from four digits on none is round."""
    study = Study(brief_of(f"全村每户{said}。"), statuses=None)
    readings = {n.id: n for n in read_numbers(study, 0)}
    near, told = study.around(study.brief.candidates[0]), readings[1]
    known = known_of(study, 0, near, told.indicator, told.topic, readings)
    names = {kind: names for kind, names, _ in happened.features(study, 0, near, known)}
    assert names["digits"] == (digits, f"{near.number.unit.value} {digits}")


def test_without_a_model_the_rules_decide() -> None:
    """A study without one reads every number as the rules do."""
    assert _statuses("全县道路43公里。计划硬化道路8公里。", None) == [Status.ACHIEVED, Status.PLANNED]


def test_no_kind_of_the_packaged_model_is_unknown() -> None:
    """Every line of the packaged file has a kind that the reader makes."""
    text = (
        "产业扶贫\n下一步计划。全县已发放贷款430万元；其中计划贴息20万元和补助7万元已到位，计划覆盖全部贫困户。"
        "按照计划，已完成种植80亩，2030年再发放50万元，完成任务。"
    )
    study = Study(brief_of(text))
    readings = {n.id: n for n in read_numbers(study, 0)}
    kinds = {linear_model.BIAS[0]}
    for candidate in study.brief.candidates:
        near, told = study.around(candidate), readings[candidate.id]
        known = known_of(study, 0, near, told.indicator, told.topic, readings)
        kinds |= {kind for kind, _, _ in happened.features(study, 0, near, known)}
    assert set(status_model.status_model().weights) <= kinds


def test_every_word_that_is_heard_stands_in_one_list() -> None:
    """A word in two lists would be heard as the last of them."""
    lists = status_model.lists()
    assert sum(map(len, lists.values())) == len(status_model.heard())


def test_learning_reads_its_own_numbers_back() -> None:
    """A model learnt from a few articles gives nine of ten of their numbers the label's status."""
    numbers = [n for lesson in of_samples(load(SAMPLES, ARTICLES))[:4] for n in numbers_of(lesson)]
    alone, weighed = right(numbers, learn(numbers))
    assert min(alone, weighed) >= 0.9 * len(numbers)
