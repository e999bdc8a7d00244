"""No wrong figure: what repair makes of a spoilt number is the number, or a figure without a value."""

import random
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import pytest

from evals import spoil
from evals.carry import Sample
from schemas.vocabulary import Lost
from summarizer.precheck.examine import examine
from summarizer.text import repair

CLAUSES = (
    "全县总人口{}人",
    "其中农业人口{}人",
    "完成投资{}元",
    "占总任务的{}％",
    "新建蓄水池{}个",
    "硬化村道{}公里",
    "种植油茶{}亩",
    "带动贫困户{}户增收",
    "人均纯收入达到{}元",
    "贫困发生率降至{}％",
    "村集体的账上有{}元",
    "他家{}口人靠养羊脱了贫",
    "帮扶干部共{}名",
    "合作社出栏生猪{}头",
    "比上年增长{}％",
    "发放小额信贷{}元",
    "“十三五”时期搬迁{}人",
    "乡亲们说“日子有奔头”",
    "县里把产业扶贫作为头等大事来抓",
    "驻村工作队挨家挨户讲政策",
    "水通了，路也修到了家门口",
    "电商把山里的核桃卖到了外省",
    "老人们看病有了医保和大病救助",
    "孩子们在家门口就能上学",
    "会议要求各乡镇对照清单逐项整改",
    "光伏电站并网以后村里年年分红",
)
"""Clauses of the genre: the byte pairs that their characters make with each other are what scrapers trip over."""

MARKS = "，，，。；、"


def number(rng: random.Random) -> str:
    """A number as articles write them: whole, with a point, with thousands, with a magnitude, in Han numerals."""
    kind = rng.randrange(5)
    if kind == 0:
        return str(rng.randint(1, 9))
    if kind == 1:
        return f"{rng.randint(1000, 9_999_999):,}"
    if kind == 2:
        return rng.choice("一二三四五六七八九") + rng.choice(["十", "百", "千", "千五百", "十六", "万"])
    whole = f"{rng.randint(0, 999)}.{rng.randint(1, 99)}" if kind == 3 else str(rng.randint(10, 99_999))
    return whole + rng.choice(["", "万", "亿", "余", "多"])


def sentences(seed: int, n: int) -> Iterator[str]:
    """Sentences of a few clauses with numbers in some of them."""
    rng = random.Random(seed)
    for _ in range(n):
        clauses = rng.sample(CLAUSES, 6)
        yield "".join(clause.replace("{}", number(rng)) + rng.choice(MARKS) for clause in clauses) + "\n"


def numbers(text: str) -> Counter[tuple[Decimal, Decimal | None]]:
    """The values that the prechecks find in a repaired text, those set aside among them."""
    brief = examine(repair(text))
    found = (*brief.candidates, *brief.set_aside)
    return Counter((one.value, one.upper) for one in found if one.value is not None)


SHAPES = {
    f"{script} characters, {width}-width digits, {marks} marks": (script, width, marks)
    for script in ("Simplified", "Traditional")
    for width in ("half", "full")
    for marks in ("wide", "narrowed")
}


@pytest.mark.parametrize(("script", "width", "marks"), SHAPES.values(), ids=SHAPES)
def test_no_spoilt_figure_is_wrong(script: str, width: str, marks: str) -> None:
    """Every value found in a spoilt sentence is one of the clean sentence."""
    wrong = []
    spoilt_numbers = 0
    for seed, sentence in enumerate(sentences(len(script + width + marks), 12)):
        clean = Sample(sentence, EMPTY)
        if script == "Traditional":
            clean = spoil.traditional(clean)
        if width == "full":
            clean = spoil.full_width(clean)
        spoilt = spoil.scrape(clean, seed)
        if marks == "narrowed":
            clean, spoilt = spoil.narrow(clean), spoil.narrow(spoilt)
        found = numbers(spoilt.text)
        spoilt_numbers += found.total()
        if extra := found - numbers(clean.text):
            wrong.append((spoilt.text, extra))
    assert wrong == []
    assert spoilt_numbers > 0


EMPTY: dict[str, object] = {"document": {"script": "simplified"}} | {
    key: [] for key in ("facts", "milestones", "cases", "damage", "traps")
}


def test_a_digit_may_have_been_eaten_before_a_single_letter() -> None:
    """等4A級景區, of which 等 lost its second byte and 4 its place: the damage says that a digit may be gone."""
    damage = repair("全縣有山羊,,中藥材22萬(wàn)畝,,五龍?yā)拥?A級景區(qū)就有4處,。").damage
    assert [found.lost for found in damage] == [Lost.DIGIT]
