"""Articles that mean harm, with reports that do too."""

import hashlib
import re
from pathlib import Path

from schemas.outcome import Outcome, Reported
from schemas.report import CountyReport

HOSTILE = (
    "恶意县2018年脱贫攻坚情况<script>window.hit=1</script>\r\n"
    "</script><script>window.hit=2</script><img src=x onerror=window.hit=3>恶意县有贫困人口6487户。\r\n"
    "<a href=javascript:window.hit=4>全县投入资金4214.88万元</a>，\u202e倒写\u2066嵌套，"
    "\u200b建成车间12座，𠮷林村有18户。\x01\x07\n"
    "<svg onload=window.hit=5><!-- <script> {{ 7*7 }} ${window.hit=6} \u2028\u2029 脱贫19698人。\n"
)
LONG_LINE = "全县投入资金12万元，" * 33_000


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def hostile(folder: Path, like: CountyReport) -> tuple[str, Outcome]:
    """An article that means harm, down to its name, with a report whose every sentence does too."""
    path = folder / "<img src=x onerror=window.hit=7>\u202e.txt"
    path.write_text(HOSTILE, "utf-8", newline="")
    bad = "</script><img src=x onerror=window.hit=8>\u202e"
    numbers = list(re.finditer(r"[\d.]+(?:万元|座|户|人)", HOSTILE))
    known = {"label": bad, "section": 0, "value": 1, "upper": None, "place": bad, "unit": "count", "counted": bad}
    facts = tuple(
        like.facts[0].replace(id=n, span=m.span(), number_at=m.start(), mention=m[0], **known)
        for n, m in enumerate(numbers, 1)
    )
    report = CountyReport(
        document=like.document.replace(path=str(path), sha256=digest(path), n_chars=len(HOSTILE), title=bad),
        subject=like.subject.replace(name=bad),
        sections=(like.sections[0].replace(span=(0, len(HOSTILE)), heading=bad),),
        facts=facts,
        figures={facts[0].indicator: (1,)},
        measures=(
            {"topic": "other", "title": bad, "summary": bad, "status": "achieved", "facts": (1,), "span": (0, 9)},
        ),
        cases=({"person": bad, "place": bad, "summary": bad, "facts": (1,), "span": (0, 9)},),
        partners=({"name": bad, "span": (0, 9)},),
        headline=bad[:40],
        summary=bad,
        coverage=like.coverage.replace(
            total=len(facts), facts=len(facts), damaged=0, unread=0, unread_spans=(), set_aside=(), verdict=bad
        ),
        provenance=like.provenance.replace(dropped=({"field": bad, "text": bad, "reason": bad},)),
    )
    return str(path), Reported(report=report)


def long_line(folder: Path, like: CountyReport) -> tuple[str, Outcome]:
    """An article of one line of a megabyte, with 3,000 facts and the rest of its numbers unread."""
    path = folder / "megabyte.txt"
    path.write_text(LONG_LINE, "utf-8")
    step = len("全县投入资金12万元，")
    base = like.facts[0]
    facts = [
        base.replace(id=n + 1, span=(n * step + 6, n * step + 10), number_at=n * step + 6, mention="12万元", section=0)
        for n in range(3000)
    ]
    report = CountyReport(
        document=like.document.replace(path=str(path), sha256=digest(path), n_chars=len(LONG_LINE), title="兆字节"),
        subject=like.subject,
        sections=(like.sections[0].replace(span=(0, len(LONG_LINE))),),
        facts=tuple(facts),
        headline="",
        summary="",
        coverage=like.coverage.replace(total=3000, facts=3000, damaged=0, unread=0, unread_spans=(), set_aside=()),
        provenance=like.provenance,
    )
    return str(path), Reported(report=report)
