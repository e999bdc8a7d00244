"""`summarizer show`: what figures refute stands before anything else, with every figure and its place."""

from rich.console import Console

from schemas.report import Case, CountyReport, Measure, Milestone
from schemas.vocabulary import MilestoneEvent, Status, Topic
from summarizer import console
from tests.briefs import facts_of
from tests.reports import report_of


def _shown(text: str) -> str:
    return _printed(report_of(text, 2019, facts_of))


def _printed(report: CountyReport) -> str:
    terminal = Console(width=120, record=True, force_terminal=False)
    with terminal.capture() as captured:
        for part in console.show(report):
            terminal.print(part)
    return captured.get()


def test_a_contradiction_comes_first_with_both_spans() -> None:
    """Above headline, losses and what holds; the arithmetic is said once."""
    text = "反馈问题46个,已办结44个,剩下两个。危房存量1702户,已开工1776户。"
    shown = _shown(text)
    assert shown.index("不符 已完成 ≤ 总数：1776 > 1702") < shown.index("✓")
    for mention in ("1702户", "1776户"):
        at = text.index(mention)
        assert f"{mention} @ {at}:{at + len(mention)}" in shown
    assert "1702，文中" not in shown


def test_what_is_stated_is_said_where_it_is_not_what_was_worked_out() -> None:
    """Of a rounded rate both are shown, of a sum that is met one."""
    shown = _shown("反馈问题23项,已整改22项,整改率95.7%。反馈问题46个,已办结44个,剩下两个。")
    assert "= 95.6522%，文中 95.7" in shown
    assert "44 + 2 = 46（" in shown


def test_measures_events_and_cases_stand_under_their_names() -> None:
    """Each kind once and counted; a title that only repeats the topic, and a place that is not known, are left out."""
    text = "全县贫困人口46人。"
    span = (0, len(text))

    def measure(topic: Topic, title: str, summary: str) -> Measure:
        return Measure(topic=topic, title=title, summary=summary, status=Status.ACHIEVED, facts=(), span=span)

    report = report_of(text, 2019, facts_of).replace(
        measures=(
            measure(Topic.HEALTH, Topic.HEALTH.zh, "看病有保障。"),
            measure(Topic.HOUSING, "住房安全", "危房改完。"),
        ),
        milestones=(Milestone(date="2019-04", event=MilestoneEvent.EXIT_APPROVED, text="古县退出\n贫困县", span=span),),
        cases=(Case(person="王小梅", place=None, summary="种了三亩药材。", facts=(), span=span),),
    )
    lines = [line.rstrip() for line in _printed(report).splitlines()]
    assert lines[lines.index("措施 2 条") :][:7] == [
        "措施 2 条",
        f"  [{Topic.HEALTH.zh}] 看病有保障。",
        f"  [{Topic.HOUSING.zh}] 住房安全 危房改完。",
        "大事 1 件",
        f"  2019-04 {MilestoneEvent.EXIT_APPROVED.zh} 古县退出 贫困县",
        "事例 1 个",
        "  王小梅：种了三亩药材。",
    ]
