"""The models that complete labels: their files, what they add up, where their words go."""

import pytest

from evals.gold import load
from evals.lessons import of_samples
from evals.run import ARTICLES, SAMPLES
from evals.train_labels import article_of, features, models_of, score
from schemas.vocabulary import Indicator, Qualifier, Status, Unit
from summarizer.readers import label_model, linear_model, noun_model
from summarizer.readers.clauses import BLANK
from summarizer.readers.completed import around, located, phrases, repeats, woven
from summarizer.readers.label_model import BEHIND, BESIDE, EARLIER, FAR, FRONT, LabelModel, Said, Spot, Spots
from summarizer.readers.labels import MAX_LABEL
from summarizer.readers.linear_model import BIAS
from summarizer.readers.noun_model import Noun
from summarizer.readers.numbers import read_numbers
from summarizer.readers.study import Study
from tests.reading_cases import brief_of

_COMMAND = "evals.train_labels"


def _labels(text: str, labels: LabelModel | None, nouns: noun_model.LinearModel[Noun] | None = None) -> list[str]:
    return [n.label for n in read_numbers(Study(brief_of(text), labels=labels, nouns=nouns), 0)]


def _speaks_for(*words: str) -> LabelModel:
    """A model that has these words in every label."""
    weights = {("itself", word): {Said.IN_LABEL: 9.0} for word in words}
    return label_model.read(linear_model.written({BIAS: {Said.IN_LABEL: -5.0}, **weights}, command=_COMMAND))


def test_without_models_labels_are_those_of_the_rules() -> None:
    """Models that know nothing leave every label as the rules word it."""
    text = "改造农村危房683户，发放补助1092.8万元。"
    nothing = label_model.read(linear_model.written({BIAS: {Said.IN_LABEL: -5.0}}, command=_COMMAND))
    assert _labels(text, nothing) == _labels(text, None)


@pytest.mark.parametrize(
    ("text", "words", "rules", "found"),
    [
        ("改造农村危房683户，发放补助1092.8万元。", ("农村危房",), "发放补助", "农村危房发放补助"),
        ("全县带动120户贫困户入股。", ("入股",), "带动贫困户", "带动贫困户入股"),
    ],
)
def test_words_join_where_they_stand_in_the_text(text: str, words: tuple[str, ...], rules: str, found: str) -> None:
    """What an earlier clause says goes in front, what follows the number behind."""
    assert _labels(text, None)[-1] == rules
    assert _labels(text, _speaks_for(*words))[-1] == found


def test_a_word_that_the_label_has_in_other_form_does_not_join() -> None:
    """改造危房 says 危房改造."""
    assert repeats("改造危房", "危房改造")
    assert not repeats("改造危房", "危房户")


def _spot(start: int, word: str) -> Spot:
    return Spot(start, start + len(word), word, "", "", 0, 0, None, FAR)


def test_the_half_of_a_name_joins_with_the_other_half() -> None:
    """A word that scores less joins beside one that scores enough, and not alone; what is between comes along."""
    wording = "易地扶贫搬迁和产业，完成"
    joining = [(_spot(0, "易地"), FRONT, BESIDE), (_spot(2, "扶贫"), FRONT, 0), (_spot(7, "产业"), FRONT, BESIDE)]
    assert [(p.start, p.end) for p in phrases(wording, joining)] == [(0, 4)]
    joining = [(_spot(0, "易地"), FRONT, 0), (_spot(4, "搬迁"), FRONT, 0)]
    assert [(p.start, p.end) for p in phrases(wording, joining)] == [(0, 6)]


def test_what_reads_badly_does_not_join() -> None:
    """Two characters of an earlier clause join only where they are sure, numerals and what touches a number never."""
    wording = "下达任务，完成" + BLANK + "茶园" + BLANK
    earlier = EARLIER[0]
    assert not phrases(wording, [(_spot(0, "下达"), earlier, 0)])
    assert phrases(wording, [(_spot(0, "下达"), earlier, 100)])
    assert phrases(wording, [(_spot(0, "下达任务"), earlier, 0)])
    assert not phrases(wording, [(_spot(8, "茶园"), BEHIND, 100)])
    assert not phrases("三户大病患者", [(_spot(0, "三户大病患者"), FRONT, 100)])


def test_a_label_that_was_cut_short_is_made_whole() -> None:
    """Words that overlap in the text are one phrase, and no label becomes longer than a table cell."""
    study = Study(brief_of("解决饮水安全问题1200个。"))
    near = study.around(study.brief.candidates[0])
    wording = study.layout.wording
    start = wording.index("饮水")
    phrase = phrases(wording, [(_spot(start, "饮水安全问题"), FRONT, 0)])[0]
    assert woven(wording, near, "解决饮水安", phrase) == "解决饮水安全问题"
    assert woven(wording, near, "困" * MAX_LABEL, phrase) == "困" * MAX_LABEL


def test_the_pieces_of_a_label_are_found_nearest_to_the_number() -> None:
    """Of two places where a piece stands the nearer one counts."""
    study = Study(brief_of("茶园改造茶园300亩。"))
    near = study.around(study.brief.candidates[0])
    assert [p.start for p in located(study.layout.wording, near.clause, near.number.start, "茶园")] == [4]


def test_spots_that_are_kept_are_those_that_can_reach_the_score() -> None:
    """What is forgotten of an article's words scores too little beside every number, whatever else speaks for it."""
    study = Study(brief_of("全县种植辣椒2万亩，带动1200户；发放小额贷款430万元，其中贴息20万元。"))
    model = label_model.label_model()
    whole = Spots(model, study.layout.wording, study.words.placed(), study.brief.candidates)
    for candidate in study.brief.candidates:
        near = study.around(candidate)
        kept = {(spot, where) for where, spots in around(study, study.label_spots, near) for spot in spots}
        for spot, where in ((spot, where) for where, spots in around(study, whole, near) for spot in spots):
            more = label_model.number_features(spot, where, 0, "发放贷款", candidate, Indicator.LOANS)
            assert (spot, where) in kept or spot.score + model.total(more) < BESIDE


def test_a_noun_ends_the_label_once() -> None:
    """The likeliest noun joins, unless the label says it."""
    weights = {("unit", "mu"): {Noun.AREA: 2.0}}
    model = noun_model.read(linear_model.written(weights, command=_COMMAND))
    assert _labels("全县种植柑橘300亩。", None, model) == ["种植柑橘面积"]
    assert _labels("全县柑橘种植面积300亩。", None, model) == ["柑橘种植面积"]


def test_every_kind_of_the_packaged_files_is_one_that_the_reader_makes() -> None:
    """No line of the two files is of a kind that nothing asks for."""
    article = next(a for a in map(article_of, of_samples(load(SAMPLES, ARTICLES))) if a.numbers)
    first, second = article.numbers[:2]
    spot = _spot(0, "贫困")._replace(leads=second.near.number)
    kinds = {kind for kind, _ in features(article.study, first, spot, FRONT)}
    kinds |= {*label_model.SIDES.values(), *(f"word for {code.value}" for code in Indicator), BIAS[0]}
    assert set(label_model.label_model().weights) <= kinds
    groups = noun_model.by_codes(Unit.MU, Indicator.PLANTED_AREA, Status.ACHIEVED, Qualifier.EXACT, ())
    groups = (*groups, *noun_model.by_label("面积", Unit.MU))
    assert set(noun_model.noun_model().weights) <= {kind for kind, _, _ in groups} | {BIAS[0]}


def test_learning_completes_its_own_labels() -> None:
    """Models learnt from a few articles make their labels better than the rules' by far."""
    articles = [article_of(sample) for sample in of_samples(load(SAMPLES, ARTICLES))[:4]]
    texts = models_of(articles)
    count = sum(len(a.numbers) for a in articles)
    gained = sum(score(a, texts) - score(a, None) for a in articles)
    assert gained > 0.03 * count
