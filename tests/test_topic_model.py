"""The topic model: its file, what it adds up, and from which articles it was learnt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.gold import load
from evals.lessons import of_samples, practice
from evals.run import ARTICLES, SAMPLES
from evals.train_topics import article_of, features, learn, model_of, right, vocabulary
from schemas.vocabulary import Topic
from summarizer.precheck.topics import Finder, lexicon
from summarizer.readers import linear_model, themes, topic_model
from summarizer.readers.linear_model import BIAS, WORD
from summarizer.readers.study import Study
from summarizer.readers.topic_model import FILE, TOPICS
from tests.reading_cases import brief_of

_NAMES = st.text("贫困户产业水电路", min_size=1, max_size=4)
_WEIGHTS = st.dictionaries(
    st.tuples(st.sampled_from(["clause", "unit"]), _NAMES),
    st.dictionaries(st.sampled_from(TOPICS), st.integers(-300, 300).filter(bool).map(lambda n: n / 100), min_size=1),
)


@given(_WEIGHTS, st.sets(_NAMES))
def test_a_file_gives_back_what_was_written(
    weights: dict[tuple[str, str], dict[Topic, float]], words: set[str]
) -> None:
    """Weights of two decimals and words survive the file."""
    model = topic_model.read(topic_model.written(weights, words))
    back = {(kind, name): row for kind, names in model.weights.items() for name, row in names.items()}
    assert {feature: model.told(row) for feature, row in back.items()} == weights
    assert {word for _, word in model.finder.found("，".join(words))} == words


def test_kept_vectors_are_the_sum_of_the_features() -> None:
    """What is kept of stretches adds up to the weights of all features of the passage, for every number."""
    study = Study(
        brief_of("产业扶贫\n全县种植辣椒2万亩，带动1200户；发放小额贷款430万元，其中贴息20万元。新建光伏电站3座。")
    )
    for candidate in study.brief.candidates:
        near = study.around(candidate)
        half = themes.half_sentence(study, near)
        kept = themes.passage_vector(study, candidate.section, near, half)
        plain = study.model.vector(themes.passage_features(study, candidate.section, near, half))
        assert kept == plain


_SCORES = st.lists(st.integers(-99, 99), min_size=len(TOPICS), max_size=len(TOPICS))


@given(_SCORES, _SCORES)
def test_the_best_topic_has_the_highest_sum(one: list[int], two: list[int]) -> None:
    """Of vectors that are added the topic with the highest sum of scores is the best, of equal ones the first."""
    rows = [{t: n / 100 for t, n in zip(TOPICS, scores, strict=True) if n} for scores in (one, two)]
    weights = {("clause", str(i)): row for i, row in enumerate(rows)}
    model = topic_model.read(topic_model.written(weights, ()))
    sums = [a + b for a, b in zip(one, two, strict=True)]
    found = model.best(model.vector([("clause", "0", 1.0)]) + model.vector([("clause", "1", 1.0)]))
    assert found is TOPICS[sums.index(max(sums))]


def test_weights_come_from_samples_that_may_be_read() -> None:
    """Every word that the packaged model knows is of the lexicon or stands in enough samples that are not untouched."""
    text = linear_model.packaged(FILE)
    known = {line.split("\t")[1] for line in text.splitlines() if line.startswith(f"{WORD}\t")}
    assert known == vocabulary([*of_samples(load(SAMPLES, ARTICLES)), *practice()])


def test_learning_reads_its_own_articles_back() -> None:
    """A model learnt from a few articles gives nine of ten of their numbers the label's topic."""
    samples = of_samples(load(SAMPLES, ARTICLES))[:4]
    known = vocabulary(samples)
    articles = [article_of(sample, Finder(known)) for sample in samples]
    model = model_of(learn(articles), known)
    assert sum(right(a, model) for a in articles) >= 0.9 * sum(len(a.numbers) for a in articles)


def test_what_is_learnt_from_is_what_the_reader_weighs() -> None:
    """Training and reading make the same features of a number; only the model's constant is not learnt as one."""
    sample = of_samples(load(SAMPLES, ARTICLES))[0]
    article = article_of(sample, Finder(lexicon()))
    number = article.numbers[0]
    read = dict.fromkeys([BIAS], 0.0)
    half = themes.half_sentence(article.study, number.near)
    passage = themes.passage_features(article.study, number.candidate.section, number.near, half)
    own = themes.own_features(article.study, number.candidate, number.near, number.indicator)
    for kind, names, value in (*passage, *own):
        for name in names:
            read[kind, name] = read.get((kind, name), 0.0) + value
    del read[BIAS]
    assert features(article, 0, None) == read


@pytest.mark.parametrize(
    ("text", "story"),
    [
        ("“今年卖了3万元。”他说。他家养蜂85箱，如今他当上了护林员。", True),
        ("全县投入资金3亿元，新建电站16座，带动贫困户900户增收。", False),
    ],
    ids=["people_speak", "a_report"],
)
def test_a_story_is_told_of_persons(text: str, *, story: bool) -> None:
    """An article that quotes people, or says 他 and 我 often, is a story."""
    assert Study(brief_of(text)).is_story is story
