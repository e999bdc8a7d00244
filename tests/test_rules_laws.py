"""Laws of the rule reader over any text: it never raises, answers everything, and quotes what stands there."""

import asyncio

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.vocabulary import Unit
from summarizer.precheck.candidate import Number
from summarizer.readers.clauses import BLANK, Layout, Stretch, around
from tests.reading_cases import brief_of, cases, read

PIECES = [
    "，", "。", "；", "：", "、", "“", "”", "(", ")", "《", "其中", "占",
    "完成", "2018年底", "截至目前", "村民马占河说", "\ufffd", "5∶4∶1", "摘帽", "等企业", "引进", "12", "3万", "400人",
    "任务的", "108%", "国家级贫困县", "被评为", "Aa", "方面，", "一是",
]  # fmt: skip
"""Fragments that rules look for, to be met in any order."""

TEXTS = st.lists(
    st.one_of(
        st.sampled_from([c["text"] for c in cases("sentences")]), st.sampled_from([*PIECES, "\n"]), st.text(max_size=12)
    ),
    max_size=14,
).map("".join)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, st.sampled_from([None, 2016, 2020]))
def test_any_text_is_read_without_an_error(text: str, year: int | None) -> None:
    """Whatever the text, every candidate is answered once, and every quote and name stands in the text."""
    brief = brief_of(text, year=year)
    readings, overview = read(brief)
    assert sorted(n.id for r in readings for n in r.numbers) == [c.id for c in brief.candidates]
    for reading in readings:
        part = brief.parts[reading.section]
        inside = brief.text[part.start : part.end]
        assert all(
            item.quote in inside and item.quote for item in (*reading.measures, *reading.milestones, *reading.cases)
        )
        assert all(case.person in inside for case in reading.cases)
    assert all(name in brief.text for name in (*overview.partners, *overview.designations))


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_clauses_sentences_and_paragraphs_tile_the_text(text: str) -> None:
    """Every position lies in one clause, which lies in its sentence's paragraph; together they give the text back."""
    layout = Layout(text)
    for find in (layout.clause, layout.sentence, layout.paragraph):
        at, joined = 0, ""
        while at < len(text):
            part = find(at)
            assert part.start <= at < part.end
            joined += text[part.start : part.end]
            at = part.end
        assert joined == text


def test_a_clause_ends_neither_inside_a_number_nor_inside_short_brackets() -> None:
    """Thousands separators, and lists in brackets or quotation marks, do not end a clause."""
    layout = Layout("全市17个县(市、区),投入1,234.5万元,做到“抓管理，强加工”。")
    ends = [layout.text[c.start : c.end] for c in layout.clauses(0, len(layout.text))]
    assert ends == ["全市17个县(市、区),", "投入1,234.5万元,", "做到“抓管理，强加工”。"]


def test_the_words_of_a_number_end_at_its_neighbours() -> None:
    """Between two numbers of one clause, the words belong to both sides; beyond them to neither."""
    text = "为12户贫困户发放贷款30万元，"
    numbers = [Number(1, 4, 1, None, Unit.HOUSEHOLD), Number(11, 15, 11, None, Unit.CNY)]
    layout = Layout(text)
    first, second = around(layout, numbers, 0), around(layout, numbers, 1)
    assert (
        text[first.after.start : first.after.end] == "贫困户发放贷款" == text[second.before.start : second.before.end]
    )
    assert second.previous is numbers[0]


def test_the_numbers_of_a_pair_share_their_words() -> None:
    """Persons and money side by side measure one thing: both have the words in front of the first, none of the next."""
    text = "资助学生34人17万元、免学费36人8万元，"
    numbers = [
        Number(4, 7, 4, None, Unit.PERSON),
        Number(7, 11, 7, None, Unit.CNY),
        Number(15, 18, 15, None, Unit.PERSON),
        Number(18, 21, 18, None, Unit.CNY),
    ]
    layout = Layout(text)
    near = [around(layout, numbers, at) for at in range(4)]
    assert [text[n.before.start : n.before.end] for n in near] == ["资助学生"] * 2 + ["、免学费"] * 2


def test_a_second_reading_blanks_figures_character_for_character() -> None:
    """Positions in the wording are those of the text."""
    layout = Layout("2019年投入30万元", [Stretch(0, 5), Stretch(7, 11)])
    assert layout.wording == BLANK * 5 + "投入" + BLANK * 4


def test_sections_may_be_read_side_by_side() -> None:
    """One reader reads the sections of several articles at once as it reads them one by one."""
    from summarizer.readers.rules import RuleReader  # noqa: PLC0415  the reader itself is what is shared here

    briefs = [brief_of(c["text"]) for c in cases("sentences")[:20]]
    reader = RuleReader()

    async def everything() -> list[object]:
        return list(await asyncio.gather(*(reader.read(b, p.index) for b in briefs for p in b.parts)))

    assert asyncio.run(everything()) == [r for b in briefs for r in read(b)[0]]
