"""The model that chooses the words of labels: its file, what is asked of it, how its words are put together."""

import re
from collections import Counter

import pytest

from evals.gold import load
from evals.label_lessons import article_of
from evals.lessons import of_samples
from evals.run import ARTICLES, SAMPLES
from evals.train_labels import learn, mean, rows, told
from schemas.vocabulary import Indicator, Qualifier, Status, Unit
from summarizer.readers import label_model, linear_model
from summarizer.readers.clauses import BLANK
from summarizer.readers.label_model import NOUN_OF_CODES, STEPS, Features, LabelModel, Said, Tables, noun_of_codes
from summarizer.readers.label_parts import Case, Part, Words, asked, elsewhere, located, nouns, stretches
from summarizer.readers.labels import MAX_LABEL
from summarizer.readers.linear_model import BIAS
from summarizer.readers.numbers import read_numbers
from summarizer.readers.study import Study
from summarizer.readers.worded import chosen, filled, joined, reader_size, reads_well, unbroken, whole
from tests.reading_cases import brief_of

_COMMAND = "evals.train_labels"


def _model(known: tuple[str, ...], **kinds: dict[str, float]) -> LabelModel:
    """A model that trusts the rules, with more that speaks for parts of labels."""
    weights = {BIAS: {Said.IN_LABEL: -4.0}, ("by rules", "True True"): {Said.IN_LABEL: 8.0}}
    weights |= {
        (kind.replace("_", " "), name): {Said.IN_LABEL: w} for kind, row in kinds.items() for name, w in row.items()
    }
    return label_model.read(linear_model.written(weights, known, command=_COMMAND))


def _labels(text: str, labels: LabelModel | None) -> list[str]:
    return [n.label for n in read_numbers(Study(brief_of(text), labels=labels), 0)]


def _case(text: str, by_rules: str) -> Case:
    study = Study(brief_of(text))
    near = study.around(study.brief.candidates[-1])
    return Case(study.layout, study.starts, near, by_rules, Indicator.OTHER, Status.ACHIEVED)


@pytest.mark.parametrize(
    ("text", "words", "rules", "found"),
    [
        ("改造农村危房683户，发放补助1092.8万元。", ("农村", "危房"), "发放补助", "农村危房发放补助"),
        ("全县带动120户贫困户入股。", ("入股",), "带动贫困户", "带动贫困户入股"),
    ],
)
def test_words_join_where_they_stand_in_the_text(text: str, words: tuple[str, ...], rules: str, found: str) -> None:
    """What an earlier clause says goes in front, what follows the number behind."""
    known = (*words, "发放", "补助", "带动", "贫困户")
    assert _labels(text, None)[-1] == rules
    assert _labels(text, _model(known, itself=dict.fromkeys(words, 9.0)))[-1] == found


def test_words_that_no_reader_has_are_left_out() -> None:
    """The rules' word is one reason among others."""
    known = ("生产总值", "完成")
    text = "全县生产总值完成48.6亿元。"
    assert "完成" in _labels(text, None)[0]
    found = _labels(text, _model(known, itself={"完成": -12.0}, piece={"收入": -6.0}))
    assert found == ["生产总值"]


def test_a_model_that_trusts_the_rules_says_what_they_say() -> None:
    """Without another word for or against them the rules' words are the label."""
    text = "改造农村危房683户，发放补助1092.8万元。"
    model = _model(("改造", "农村", "危房", "发放", "补助"), piece={"户": 8.0})
    assert _labels(text, model) == _labels(text, None)


def test_the_rules_label_stays_where_other_words_gain_little() -> None:
    """What the rules say is a phrase; a word that is as likely as not changes it for nothing."""
    text = "改造农村危房683户，发放补助1092.8万元。"
    model = _model(("改造", "农村", "危房", "发放", "补助"), itself={"农村": 3.7})
    assert _labels(text, model)[-1] == _labels(text, None)[-1]


def test_a_noun_that_the_text_lacks_ends_the_label_once() -> None:
    """It joins where labels of such numbers are known to lack it, and the text does not say it."""
    name = noun_of_codes("面积", Unit.MU, Indicator.PLANTED_AREA)
    model = _model(("种植", "柑橘", "面积"), noun_and_codes={name: 9.0})
    assert _labels("全县种植柑橘300亩。", model) == ["种植柑橘面积"]
    assert _labels("全县柑橘种植面积300亩。", model) == ["柑橘种植面积"]


def test_texts_are_cut_into_known_words_and_what_is_between() -> None:
    """Marks and figures are no words; they show at the edges of those that they touch."""
    model = _model(("辣椒", "种植"))
    assert [word for _, word, _ in model.cutter.cut("马老汉，种植辣椒")] == ["马老汉", "种植", "辣椒"]
    case = _case("张家，种植辣椒300亩。", "")
    words = Words(model, case.layout.wording).within(case.near.clause.start, case.near.number.start)
    assert [(w.word, w.before, w.behind, *w.form) for w in words] == [
        ("种植", "，", "辣椒", "|-", 2),
        ("辣椒", "种植", BLANK, "-0", 2),
    ]


def test_words_are_found_from_the_end_on() -> None:
    """组织部 is a word too."""
    model = _model(("组织部", "组织", "部门", "培训"))
    assert [word for _, word, _ in model.cutter.cut("组织部门培训")] == ["组织", "部门", "培训"]


def test_a_piece_of_a_label_stands_where_it_is_nearest() -> None:
    """In front of the number first, and each place serves one piece."""
    case = _case("茶园管护，茶园改造茶园300亩。", "茶园改造茶园")
    found = located(case.layout.wording, case.near, stretches(case.layout, case.near), "茶园茶园")
    assert [(p.at, p.size, p.start) for p in found] == [(0, 2, 9), (2, 2, 5)]


def test_what_the_rules_have_from_elsewhere_is_a_part_too() -> None:
    """A person told of earlier, a noun for what is measured: it keeps its place in the label."""
    case = _case("去年卖辣椒3000元。", "马某家卖辣椒收入")
    found = located(case.layout.wording, case.near, stretches(case.layout, case.near), case.by_rules)
    assert [(at, piece) for at, piece, _ in elsewhere(case, found)] == [(0, "马某家"), (6, "收入")]


def _parts(*told: tuple[str, int, int]) -> list[Part]:
    return [Part(word, start, 0, at) for word, start, at in told]


def test_the_likeliest_words_are_chosen_as_long_as_the_score_gains() -> None:
    """An unlikely word costs more than it gives; a word is said once."""
    told = _parts(("全县", 0, -1), ("生产总值", 2, 0), ("完成", 6, 4), ("生产总值", 20, -1))
    for likely, found in (([0.05, 0.9, 0.1, 0.8], {1}), ([0.05, 0.9, 0.8, 0.8], {1, 2})):
        assert chosen(told, likely, reader_size(told, likely)) == found


def test_nothing_is_left_out_from_the_middle_of_a_phrase() -> None:
    """扶贫 stands between both in the text; what the rules leave out there, and what is long, stays out."""
    told = _parts(("易地", 0, -1), ("扶贫", 2, -1), ("搬迁", 4, -1))
    assert filled(told, {0, 2}) == {1}
    by_rules = _parts(("易地", 0, 0), ("扶贫", 2, -1), ("搬迁", 4, 2))
    assert not filled(by_rules, {0, 2})
    link = _parts(("搬", 0, -1), ("了", 1, -1), ("村庄", 2, -1))
    assert not filled(link, {0, 2})
    apart = _parts(("易地", 0, -1), ("扶贫", 2, -1), ("搬迁", 14, -1))
    assert not filled(apart, {0, 2})
    told = _parts(("小额", 0, 0), ("信贷", 2, 2), ("累计", 4, 4))
    assert unbroken(told, {0, 2}) == {1}


def test_a_word_is_in_a_label_whole() -> None:
    """What is no known word is one with the characters that it touches, and an end with what it ends."""
    told = [Part("刷", 0, 0, 0), Part("新", 1, 0, 1), Part("墙体", 2, 0, 2)]
    assert whole(told, [0.1, 0.9, 0.9], {1, 2}) == {0, 1, 2}
    told = [Part("新", 0, 0, -1), Part("大", 1, 0, -1), Part("象", 2, 0, -1, is_known=False), Part("生猪", 3, 0, -1)]
    assert whole(told, [0.1, 0.9, 0.1, 0.9], {1, 3}) == {0, 1, 2, 3}
    told = [Part("建档立卡", 0, 0, -1), Part("户", 4, 0, -1), Part("补助", 5, 0, -1)]
    assert whole(told, [0.1, 0.9, 0.9], {1, 2}) == {0, 1, 2}
    assert whole(told, [0.1, 0.1, 0.9], {2}) == {2}


def test_a_word_of_the_rules_beside_their_phrase_goes_only_where_it_is_unlikely() -> None:
    """贷款贴息 is one phrase."""
    told = _parts(("贷款", 0, 0), ("贴息", 2, 2))
    assert whole(told, [0.4, 0.9], {1}) == {0, 1}
    assert whole(told, [0.1, 0.9], {1}) == {1}


def test_the_word_that_the_rules_end_in_goes_only_where_it_is_most_unlikely() -> None:
    """扶贫开发重点县 without its last word is no county."""
    told = _parts(("扶贫开发", 0, 0), ("重点县", 4, 4))
    assert whole(told, [0.9, 0.2], {0}) == {0, 1}
    assert whole(told, [0.9, 0.1], {0}) == {0}


def test_a_link_stays_between_its_words_only() -> None:
    """任务[的]108% says nothing of 贴息 behind it."""
    told = _parts(("任务", 0, -1), ("的", 2, -1), ("贴息", 9, -1))
    assert whole(told, [0.1, 0.9, 0.9], {1, 2}) == {2}
    assert whole(told, [0.9, 0.9, 0.1], {0, 1}) == {0}


def test_words_are_joined_in_the_order_of_the_rules() -> None:
    """开展活动的干部 turns the text round; what the rules have not goes behind the word that it follows."""
    told = _parts(("干部", 0, 5), ("下乡", 2, -1), ("开展", 4, 0), ("活动", 6, 2))
    assert joined(told, {0, 1, 2, 3}) == "开展活动干部下乡"
    assert joined(_parts(("的", 0, -1), ("干部", 1, 0), ("和", 3, -1)), {0, 1, 2}) == "干部"


@pytest.mark.parametrize(
    ("word", "label"), [("地区生产总值", "地区生产总值"), ("地种植辣椒", "种植辣椒"), ("流转土地", "流转土地")]
)
def test_a_label_loses_a_particle_and_no_part_of_a_word(word: str, label: str) -> None:
    """The 地 of 大量地|种植辣椒 goes, those of 地区 and 土地 are of their words."""
    assert joined(_parts((word, 0, 0)), {0}) == label


@pytest.mark.parametrize(
    "label", ["参加会议的县区)", "资金", "“雨露计划", "户", "栽植黑木耳木耳", "赶工……安置点", "合作社办合作社"]
)
def test_what_is_no_label_is_not_said(label: str) -> None:
    """Half brackets, a noun that says nothing by itself, a word twice, two ends of a break: the rules' label stays."""
    assert not reads_well(label)


def _packaged() -> list[tuple[Study, list[str]]]:
    found = []
    for lesson in of_samples(load(SAMPLES, ARTICLES))[:12]:
        study = article_of(lesson).study
        study = Study(study.brief)
        found.append((study, [n.label for p in study.brief.parts for n in read_numbers(study, p.index)]))
    return found


def test_every_character_of_a_label_stands_in_the_article_or_is_the_rules_or_a_noun() -> None:
    """The model chooses words and makes none; no label is longer than a table cell, or states a figure of its own."""
    nouns_of_all = set("".join(label_model.NOUNS))
    for study, labels in _packaged():
        rules = Study(study.brief, labels=None)
        by_rules = [n.label for p in study.brief.parts for n in read_numbers(rules, p.index)]
        for label, own in zip(labels, by_rules, strict=True):
            assert set(label) <= set(study.brief.text) | set(own) | nouns_of_all
            assert label
            assert len(label) <= max(MAX_LABEL, len(own))
            assert Counter(re.findall("[0-9]", label)) <= Counter(re.findall("[0-9]", own))


def test_every_kind_of_the_packaged_file_is_one_that_the_reader_makes() -> None:
    """No line of the file is of a kind that nothing asks for."""
    article = article_of(of_samples(load(SAMPLES, ARTICLES))[0])
    model = label_model.label_model()
    kinds = {kind for features, _ in rows(model, article) for kind, _ in features}
    case = _case("全县种植柑橘300亩。", "马某种植柑橘收入")
    kinds |= {kind for _, _, features in elsewhere(case, []) for kind, _ in features}
    keys = (("面积", Qualifier.EXACT, "", ""), ("面积", "收入", Unit.MU), ("面积", 2, "", ""))
    tables = Tables[Features](tuple).nouns[case.codes]
    kinds |= {kind for table, key in zip(tables, keys, strict=True) for kind, _ in table[key]}
    assert set(model.weights) <= kinds


def test_scores_are_those_of_the_features_that_are_learnt() -> None:
    """Of a word and of a noun, what is told by the weights is the sum of those of the features told."""
    model = label_model.label_model()
    case = _case("全县种植辣椒2万亩，带动1200户；发放小额贷款430万元，其中贴息20万元。", "发放贴息")
    words = Words(model, case.layout.wording)
    within = stretches(case.layout, case.near)
    found = located(case.layout.wording, case.near, within, case.by_rules)
    features = asked(Tables[Features](tuple), words, case, within, found)
    told = asked(model.beside, words, case, within, found)
    assert [(word.word, at) for word, at, _ in told if at >= 0] == [("发放", 0), ("贴息", 2)]
    for (word, _, said), (_, _, score) in zip(features, told, strict=True):
        text = label_model.of_text(word.before, word.name, word.behind)
        assert word.score == model.total(text)
        assert score == model.total(said)


def test_nouns_are_asked_about_by_codes() -> None:
    """A noun that labels of such numbers have never lacked is not asked about."""
    case = _case("全县种植柑橘300亩。", "种植柑橘")
    within = stretches(case.layout, case.near)
    assert not list(nouns(_model(()), case, within))
    name = noun_of_codes("面积", Unit.MU, Indicator.OTHER)
    assert [noun for noun, _ in nouns(_model((), noun_and_codes={name: 1.0}), case, within)] == ["面积"]
    assert NOUN_OF_CODES == "noun and codes"
    assert STEPS == 100


def test_what_is_learnt_makes_labels_better() -> None:
    """On the articles that it was learnt from, at least."""
    articles = [article_of(lesson) for lesson in of_samples(load(SAMPLES, ARTICLES))[:6]]
    text = learn(articles)
    by_rules = mean([(a, [n.by_rules for n in a.numbers]) for a in articles])
    assert mean([(a, told(a, text)) for a in articles]) > by_rules
