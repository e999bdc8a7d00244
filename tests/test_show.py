"""`summarizer show`: what figures refute stands before anything else, with every figure and its place."""

from rich.console import Console

from summarizer import console
from tests.briefs import facts_of
from tests.reports import report_of


def _shown(text: str) -> str:
    report = report_of(text, 2019, facts_of)
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
