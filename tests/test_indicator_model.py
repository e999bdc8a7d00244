"""The model that weighs the rules' word on what a number measures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.gold import load
from evals.lessons import of_samples
from evals.run import ARTICLES, SAMPLES
from evals.train_indicators import learn, model_of, numbers_of, right
from schemas.vocabulary import Indicator, Topic
from summarizer.readers import indicator_model, linear_model, measured
from summarizer.readers.numbers import read_numbers
from summarizer.readers.study import Study
from tests.reading_cases import brief_of

_CODES = st.sampled_from(list(Indicator))


def _weights(rule: float, word: float) -> str:
    """A file in which the rules' loans weigh so much, and a word for subsidies so much."""
    return linear_model.written(
        {("rule", "loans"): {Indicator.LOANS: rule}, ("clause", "贴息"): {Indicator.SUBSIDY: word}},
        command="evals.train_indicators",
    )


@pytest.mark.parametrize(
    ("rule", "word", "found"),
    [(3.0, 2.0, Indicator.LOANS), (1.0, 1.5, Indicator.LOANS), (1.0, 3.0, Indicator.SUBSIDY)],
)
def test_the_rules_are_overruled_where_another_is_plainly_likelier(rule: float, word: float, found: Indicator) -> None:
    """A likelier indicator that is not twice as likely leaves the rules' word as it is."""
    model = indicator_model.read(_weights(rule, word))
    told = model.vector([("rule", ("loans",), 1.0), ("clause", ("贴息",), 1.0)])
    assert measured.overruled(model, model.bias + told, Indicator.LOANS) is found


@given(_CODES)
def test_a_model_that_knows_nothing_leaves_the_rules(by_rules: Indicator) -> None:
    """Without weights no indicator is likelier than another."""
    model = indicator_model.read(linear_model.written({}, command="evals.train_indicators"))
    assert measured.overruled(model, model.vector([("clause", ("贴息",), 1.0)]), by_rules) is by_rules


def test_without_a_model_the_rules_decide() -> None:
    """A study without one reads every number as the rules do, one with one may not."""
    brief = brief_of("全县发放小额贷款430万元，其中贴息20万元。新建光伏电站3座。")
    found = [r.indicator for r in read_numbers(Study(brief, indicators=None), 0)]
    assert found == [Indicator.LOANS, Indicator.SUBSIDY, Indicator.FACILITIES]


def test_money_that_is_called_a_grant_is_one() -> None:
    """No model makes an investment of what the text itself calls a grant: 投入1200万元奖补资金."""
    study = Study(brief_of("产业扶贫\n投入1200万元奖补资金，扶持贫困群众种植豆角1.26万亩。"))
    candidate = study.brief.candidates[0]
    near = study.around(candidate)
    assert measured.settled(study, candidate, near, Indicator.SUBSIDY, Topic.INDUSTRY) is Indicator.SUBSIDY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全县贫困人口比上年减少3000人。", [Indicator.LIFTED_PERSONS]),
        ("一年来贫困人口净减少3000人。", [Indicator.LIFTED_PERSONS]),
        ("贫困户减少1200户，贫困人口减少4100人。", [Indicator.LIFTED_HOUSEHOLDS, Indicator.LIFTED_PERSONS]),
        ("贫困人口减少到3000人。", [Indicator.REGISTERED_PERSONS]),
    ],
)
def test_by_how_many_the_poor_became_fewer(text: str, expected: list[Indicator]) -> None:
    """So many are lifted, whatever stands around them; to how many is how many there are."""
    study = Study(brief_of(f"2018年，清河县投入资金3亿元。{text}"))
    assert [r.indicator for r in read_numbers(study, 0)][1:] == expected


def test_no_indicator_of_the_packaged_model_is_unknown() -> None:
    """Every line of the packaged file has a kind that the reader makes, and known codes."""
    brief = brief_of("产业扶贫\n前面一句。全县发放小额贷款430万元，其中贴息20万元。")
    study = Study(brief)
    candidate = brief.candidates[0]
    groups = measured.features(study, candidate, study.around(candidate), Indicator.LOANS, study.section_topic(0))
    kinds = {kind for kind, _, _ in groups} | {linear_model.BIAS[0]}
    assert set(indicator_model.indicator_model().weights) <= kinds


def test_learning_reads_its_own_numbers_back() -> None:
    """A model learnt from a few articles gives nine of ten of their numbers the label's indicator."""
    samples = of_samples(load(SAMPLES, ARTICLES))[:4]
    numbers = [n for sample in samples for n in numbers_of(sample)]
    assert right(numbers, model_of(learn(numbers))) >= 0.9 * len(numbers)
