"""Practice articles: their marks, and the numbers that these are about."""

from dataclasses import astuple
from pathlib import Path

import pytest

from evals.gold import load
from evals.lessons import PRACTICE, UNLEARNT, labelled, marked, of_samples, practice
from evals.run import ARTICLES, SAMPLES
from schemas.vocabulary import Indicator, Status, Topic
from summarizer.precheck.examine import examine
from summarizer.text import repair


def test_a_mark_is_taken_out_of_the_text_and_found_at_its_number() -> None:
    """The text reads on without marks, and what is told of a number stands at its first digit."""
    lesson = marked(
        "one",
        "{西乡县|county|2019}\n种植黄精{近300亩|industry|planted_area|黄精种植|achieved|2018-12|=}，"
        "投资{8万元|industry|investment|投资|planned|-|堰口镇}。",
    )
    text = lesson.content.decode()
    assert text == "种植黄精近300亩，投资8万元。"
    assert (lesson.subject, lesson.year) == ("西乡县", 2019)
    assert [(text[t.number_at], *astuple(t)[1:]) for t in lesson.told] == [
        ("3", Topic.INDUSTRY, Indicator.PLANTED_AREA, "黄精种植", Status.ACHIEVED, "2018-12", None),
        ("8", Topic.INDUSTRY, Indicator.INVESTMENT, "投资", Status.PLANNED, None, "堰口镇"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "种{300亩|industry|planted_area|茶|achieved|2019}茶。",
        "种{300亩|industry|planted_area|茶|achieved|2019|=。",
        "种{300亩|tea|planted_area|茶|achieved|2019|=}。",
        "种{300亩|industry|acres|茶|achieved|2019|=}。",
        "种{300亩|industry|planted_area|茶|done|2019|=}。",
        "种{300亩|industry|planted_area|茶|achieved|19|=}。",
    ],
)
def test_a_broken_mark_is_told_with_its_article(text: str) -> None:
    """A mark with a part missing, without its end or with a code that there is not, names the article."""
    with pytest.raises(ValueError, match=r"^tea: "):
        marked("tea", "{西乡县|county|2019}\n" + text)


def test_an_article_without_its_first_line_is_told() -> None:
    """Subject and year are asked for, not guessed."""
    with pytest.raises(ValueError, match=r"^tea: the first line"):
        marked("tea", "种茶。")


@pytest.mark.parametrize("folder", [PRACTICE, UNLEARNT])
def test_marks_meet_the_numbers_that_are_found(folder: Path) -> None:
    """Nearly every mark of the practice articles is one number that the prechecks find, and few more are found."""
    told = met = found = 0
    for lesson in practice(folder):
        brief = examine(repair(lesson.content))
        told += len(lesson.told)
        met += sum(1 for _ in labelled(lesson, brief))
        found += len(brief.candidates)
    assert told > 2000
    assert met > 0.93 * told
    assert met > 0.95 * found


def test_unlearnt_articles_are_no_lessons() -> None:
    """They lie in a folder of their own, and no name is in both."""
    unlearnt = {lesson.name for lesson in practice(UNLEARNT)}
    assert unlearnt
    assert not unlearnt & {lesson.name for lesson in practice()}


def test_untouched_samples_are_no_lessons() -> None:
    """What measures the learning is not learnt from."""
    samples = load(SAMPLES, ARTICLES)
    untouched = {s.name for s in samples if s.gold.untouched}
    assert untouched
    assert not untouched & {lesson.name for lesson in of_samples(samples)}
