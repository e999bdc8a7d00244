"""Words left out of labels: which the model weighs, which may go, and what a label is without them."""

import pytest

from evals.gold import load
from evals.label_lessons import article_of
from evals.lessons import of_samples
from evals.run import ARTICLES, SAMPLES
from evals.train_labels import FOLDS, models_of, parts, pruning_of, score
from evals.train_pruning import said
from schemas.vocabulary import Indicator, Status
from summarizer.readers import linear_model, prune_model
from summarizer.readers.label_model import Said
from summarizer.readers.linear_model import BIAS
from summarizer.readers.prune_model import EARLIER, PruneModel, features
from summarizer.readers.pruned import Case, Word, asked, codes, kept, may_go, placed, pruned, reads_well
from summarizer.readers.study import Study
from tests.reading_cases import brief_of


def _against(*words: str, known: tuple[str, ...] = ()) -> PruneModel:
    """A model that has these words in no label, and every other in all."""
    weights = {("itself", word): {Said.IN_LABEL: -9.0} for word in words}
    return prune_model.read(
        linear_model.written({BIAS: {Said.IN_LABEL: 5.0}, **weights}, {*words, *known}, command="evals.train_labels")
    )


def _case(text: str) -> Case:
    study = Study(brief_of(text))
    near = study.around(study.brief.candidates[0])
    return Case(study, near, "", Indicator.OTHER, Status.ACHIEVED)


@pytest.mark.parametrize(
    ("text", "label", "words", "found"),
    [
        ("全县生产总值完成48.6亿元。", "生产总值完成收入", ("完成", "收入"), "生产总值"),
        ("改造危房683户。", "改造危房户", ("户",), "改造危房"),
        ("累计发放以奖代补资金300万元。", "累计发放以奖代补资金", ("累计", "代"), "发放以奖代补资金"),
        ("种植时间3年。", "种植时间", ("种植",), "种植时间"),
        ("落实《扶贫办法》资金3万元。", "落实《扶贫办法》资金", ("落实《",), "落实《扶贫办法》资金"),
    ],
)
def test_words_that_no_reader_has_go_where_the_rest_reads_well(
    text: str, label: str, words: tuple[str, ...], found: str
) -> None:
    """What is sure to be wrong goes, but no link of two words, and nothing that leaves too little or half a pair."""
    known = ("生产总值", "发放", "资金", "改造", "危房", "时间", "以", "奖", "补")
    assert pruned(_against(*words, known=known), _case(text), label) == found


def test_a_model_that_knows_nothing_leaves_labels_as_they_are() -> None:
    """Without weights no word is less likely than another to be in the label."""
    assert pruned(_against(), _case("改造农村危房683户。"), "改造农村危房户") == "改造农村危房户"


def _words(*told: str) -> list[Word]:
    return [Word(word, word, EARLIER, 0, 0) for word in told]


def test_nothing_goes_from_the_middle_of_a_phrase() -> None:
    """扶贫 in 易地扶贫搬迁 stands beside both; one character may be part of what it touches; a mark is of no phrase."""
    phrase = _words("易地", "扶贫", "搬迁")
    assert not may_go(phrase, [True, True], [0, 1, 2], 1)
    assert may_go(phrase, [True, False], [0, 1, 2], 1)
    assert may_go(phrase, [True, True], [0, 1, 2], 0)
    assert not may_go(_words("成", "功带动"), [True], [0, 1], 0)
    assert not may_go(_words("梳", "理出"), [True], [0, 1], 1)
    assert not may_go(_words("劳动力", "和", "人员"), [False, False], [0, 1, 2], 1)
    assert may_go(_words("孤儿", "、", "低保户", "、", "特困户"), [True] * 4, [0, 1, 2, 3, 4], 2)


def test_what_goes_from_a_list_takes_its_mark_along() -> None:
    """Between two members that stay stands one mark, and none at an end."""
    case = _case("资助孤儿、低保户、特困户30人。")
    model = _against("低保户", "孤儿", known=("资助", "特困户"))
    assert pruned(model, case, "资助特困户、低保户、孤儿") == "资助特困户"


def test_words_go_as_long_as_the_score_to_be_expected_gains() -> None:
    """A word that is likely stays, so does an unlikely one that costs little."""
    words, apart = _words("全县", "生产总值", "完成"), [False, False]
    assert kept(words, apart, [0.9, 0.9, 0.05]) == [0, 1]
    assert kept(words, apart, [0.9, 0.9, 0.5]) == [0, 1, 2]
    assert kept(words, apart, [0.0, 0.9, 0.0]) == [1]


@pytest.mark.parametrize("label", ["的贫困户", "主体工程的", "参加会议的县区)", "资金"])
def test_what_is_left_must_be_a_label(label: str) -> None:
    """Loose ends, half a pair of brackets and a noun that says nothing by itself are none."""
    assert not reads_well(label)


def test_words_stand_where_they_are_nearest() -> None:
    """Before the number in its clause, then behind it, then in the sentence; what stands nowhere has no place."""
    case = _case("改造危房，发放补助300万元惠及农户。")
    model = _against(known=("危房", "发放", "惠及", "金额"))
    found = placed(model, case, "危房发放惠及金额")
    assert [word.where for word in found] == ["earlier", "front", "behind", "nowhere"]


def test_a_character_of_the_readers_label_serves_one_word() -> None:
    """贫困 said twice is once too many; the longer words are served first."""
    number = article_of(of_samples(load(SAMPLES, ARTICLES))[0]).numbers[0]
    told = said(type(number)(number.near, "", number.indicator, number.status, "贫困人口"), ["贫困", "贫困人口", "户"])
    assert told == [Said.LEFT_OUT, Said.IN_LABEL, Said.LEFT_OUT]


def test_every_kind_of_the_packaged_file_is_one_that_the_reader_makes() -> None:
    """No line of the file is of a kind that nothing asks for."""
    case, model = _case("发放补助300万元。"), prune_model.prune_model()
    words = placed(model, case, "发放补助")
    kinds = {kind for keys in asked(case, "发放补助", words) for kind, _ in features(keys, codes(case))}
    assert set(model.weights) <= kinds


def test_learning_prunes_labels_that_it_has_not_seen_completed() -> None:
    """The words are weighed on labels that models completed without having learnt from them, and make them better."""
    articles = [article_of(lesson) for lesson in of_samples(load(SAMPLES, ARTICLES))[: 2 * FOLDS]]
    learnt = parts(articles)
    assert sum(len(part.articles) for part in learnt) == len(articles)
    for part in learnt:
        completed = sum(score(article, part.texts) for article in part.articles)
        texts = part.texts._replace(pruning=pruning_of(learnt))
        assert sum(score(article, texts) for article in part.articles) >= completed


def test_without_weights_of_words_texts_are_of_completing_alone() -> None:
    """What completes labels is learnt first; what prunes them from what it makes."""
    articles = [article_of(lesson) for lesson in of_samples(load(SAMPLES, ARTICLES))[:2]]
    assert not models_of(articles).pruning
