"""Words with which a text speaks for its own place (全县, 我市, 村里), and where its first paragraph stands."""

import re
from collections.abc import Mapping

from summarizer.patterns import compiled

SELF: Mapping[str, re.Pattern[str]] = {
    "县": re.compile(r"[全我该本县](?:(?<=[全我该本])[县旗]|(?<=县)(?:[委里]|政府|扶贫))"),
    "市": re.compile(r"[全我该本市](?:(?<=[全我该本])市|(?<=市)(?:委|政府|扶贫))"),
    "区": re.compile(r"[全我该本区](?:(?<=[全我该本])区|(?<=区)(?:委|政府|扶贫))"),
    "省": re.compile(
        r"[全我该本省](?:(?<=[全我该本])省|(?<=全)自治区"
        r"|(?<=省)(?:(?<![\u4e00-\u9fff].)|(?<=[经由被向在].))(?:委|政府))"
    ),
    "州": re.compile(r"[全我该本州](?:(?<=[全我该本])州|(?<=[全我])盟|(?<=州)(?:委|政府))"),
}
"""By class of division. One class of characters comes first: a search for it is quick, and the texts are whole ones."""

ABOVE = re.compile(
    r"全[县市区旗州盟省]|[我本][县市区旗州省]|[县市区州旗](?:委(?![员会托])|政府|扶贫)|各[乡镇县区旗]|[县市]域"
)
"""A county or what is above it in its own voice, or as one that acts; not 县里, to whom a village owes its road."""

VILLAGE = compiled(
    r"(?:村|嘎查)(?:[里上口头委部东西南北医子]|民(?!小组)|“?两委|集体|支[书部]|书记|主任|干部|会计)|[全我本该进回驻](?:村|嘎查)|[社组屯]长|寨子"
    r"|[沟湾屯寨庄][里上]"
)
TOWN = compiled(r"[全我本该](?:[镇乡]|苏木|街道)|(?:[镇乡]|苏木|街道)(?:党委|政府|[里上长]|卫生院|中心校)|各村")
COMMUNITY = re.compile("[全我本该]社区|社区(?=[里的书主干党居])")
"""What is told of by these: a village, a town, a community."""

SENTENCE = re.compile(r"[。！？；]")


def lead(text: str) -> tuple[int, int]:
    """The first paragraph that has a sentence."""
    for line in re.finditer(r"[^\n]+", text):
        if SENTENCE.search(line[0]):
            return line.start(), line.end()
    return 0, 0
