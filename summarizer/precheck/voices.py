"""Words with which a text speaks for its own place (全县, 我市, 村里), and where its first paragraph stands."""

import re
from collections.abc import Mapping

from schemas.vocabulary import Level
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

SELF_SMALL: Mapping[Level, re.Pattern[str]] = {
    Level.TOWN: compiled(r"[全我该本][镇乡]|[镇乡]党委|[镇乡]政府|(?<=[\n，。；])[镇乡]里"),
    Level.VILLAGE: re.compile(r"[全我该本]村|村里|村两委|村“两委”|村集体|村民"),
}

SENTENCE = re.compile(r"[。！？；]")


def of_divisions(text: str) -> int:
    """How often the text speaks for a county or anything above one."""
    return sum(len(words.findall(text)) for words in SELF.values())


def lead(text: str) -> tuple[int, int]:
    """The first paragraph that has a sentence."""
    for line in re.finditer(r"[^\n]+", text):
        if SENTENCE.search(line[0]):
            return line.start(), line.end()
    return 0, 0
