"""Credit lines: every word of one is a paper, an office, a date, a part or a name; a story's lines are none."""

import pytest

from summarizer.text import credit_line
from summarizer.text.credit_line import Credit

CREDITS = {
    "青河晚报 2019.03.07 徐小青": Credit("青河晚报", ("徐小青",), "2019.03.07"),
    "(据《青河晚报》2018年2月报道,记者 王静)": Credit("青河晚报", ("王静",), "2018年2月"),
    "——原载《青河妇女》2017年第5期,作者刘敏": Credit("青河妇女", ("刘敏",), "2017年"),
    "作者:王静 二〇一九年八月二十八日 青河文明网": Credit("青河文明网", ("王静",), "2019年8月28日"),
    "青河日报 文/王 静 图/刘小军": Credit("青河日报", ("王静",)),
    "〔2020〕第6期 县农业局、县执法局合编 2020年6月22日": Credit("县农业局、县执法局", (), "2020年6月22日"),
    "青河藏语广播电视台译稿 2020年7月": Credit("青河藏语广播电视台", (), "2020年7月"),
    "新华社客户端青河频道": Credit("新华社客户端青河频道"),
    "青河县石桥乡石桥村第一书记 王静 2020年12月28日夜": Credit(None, ("王静",), "2020年12月28日", officer=True),
}


@pytest.mark.parametrize("line", CREDITS)
def test_credit_is_read(line: str) -> None:
    """Paper, people and date are told apart in whatever order they stand."""
    assert credit_line.read(line) == CREDITS[line]


@pytest.mark.parametrize(
    "line",
    [
        "青山县2019年脱贫攻坚工作情况汇报",
        "王家庄的新日子",
        "青河·石桥乡:会走路的奶站",
        "【一周扶贫短讯】(2018年第31期)",
        "尊敬的王主任,各位领导:",
        "2019年,王静种了三亩香菇",
        "【最美第一书记】事迹材料",
        "案由:关于稳奶价、保奶农的建议",
        "2014年",
        "第03版:县域新闻",
        "",
    ],
)
def test_other_lines_are_no_credits(line: str) -> None:
    """One word of no such kind is enough: titles, greetings and headings hold one."""
    assert credit_line.read(line) is None
