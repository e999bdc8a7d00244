"""Whether a sentence goes on about the place that an earlier one of its paragraph was about.

One decision, in this order: whoever is told of goes on (他, 她家, 老伴); what only something larger has leads back
(38座村级电站 are no village's); where the place was what the earlier sentence was about, the next one goes on in a
paragraph that opened with it and in a story; in the midst of a report only where a word meant the place again (该村).
"""

import re
from collections.abc import Sequence

from summarizer.precheck import speakers
from summarizer.precheck.brief import PlaceName
from summarizer.precheck.lines import TOLD, Cue

OPENING = 16
"""A place that opens its paragraph, give or take a date, is what all of it may be about, in characters."""

_ALL_OF_IT = re.compile("(?<=[,，；;])[全我][县市区旗州]")
"""A later clause of the sentence that is about the subject: 户均自筹不超过1万元,…,|全县人均自筹2413元."""
_SENTENCE_END = re.compile("[。！？!?\n]")
_CLAUSE_END = re.compile("[,，。；;！？!?\n]")
PERSON = re.compile(
    r"(?<!其)[他她](?!们?[县乡镇])|老伴|[老小]?两口子?|丈夫|妻子|男人|媳妇|儿子|女儿|爱人|婆婆|公公|自家|全家|楼[上下]|院里"
    r"|一家(?=人|老小|[\d一二三四五六七八九十]{1,2}口)|家里|厂里"
)
"""Whoever the story is about."""

_CLOCK = re.compile(r"\d{1,2}[点时:：](?:\d{1,2}分?)?")
_ANNOUNCED = re.compile("[^，,。；;：:、\\d]{1,16}[：:]")
_SPEECH = re.compile("[。！？!?…，,]”|[：:]“")
"""What somebody says; “十三五” stands in reports as well."""

_LARGER = re.compile(
    r"(?<!周边)(?<!附近)(?<!邻近)(?<!来自)(?<![\d.第])(?:[3-9]|[1-9]\d{1,2})个[^,，。；;:：、\d]{0,5}?(?:村(?![民里级])|乡镇)"
    r"|\d[座所处个]?村级|村级[^,，。；;]{0,10}\d|各(?:村|乡镇)|[乡镇]村两级|村均"
)
"""What no village has: 44个贫困村, 38座村级光伏电站."""


def goes_on(text: str, cue: Cue, line: tuple[int, int], number: tuple[int, int], before: Sequence[PlaceName]) -> bool:
    """Whether a number is about a cue's place before its sentence; `number` is where that begins, and its own end.

    `before` are the places that the paragraph has named.
    """
    if cue.place is None:
        return False
    sentence, end = number
    clause = _CLAUSE_END.search(text, end)
    stop = clause.start() if clause else len(text)
    if PERSON.search(text, sentence, stop):
        return True
    if cue.place.name.endswith("村") and _LARGER.search(text, sentence, stop):
        return False
    if not cue.topic:
        return False
    closing = _SENTENCE_END.search(text, stop)
    if _ALL_OF_IT.search(text, end, closing.start() if closing else len(text)):
        return False
    # 坪生村686户….全村有贫困户238户。2016年,…投了800万元: the paragraph opened with it, and means it again.
    same = [p for p in before if p.name == cue.place.name]
    opens = any(_opens(text, line[0], start) for start in (cue.start, *(p.start for p in same)))
    # 转机在平山镇。2017年,…; 搬到了江边的某某安置点。家家分得…: the place is what the sentence before comes to.
    told_of = _SENTENCE_END.match(text, cue.end) is not None
    if opens or told_of or _SPEECH.search(text, line[0], line[1]):
        return True
    # 东城镇光东村加工线年加工能力6000吨,…。延边黄牛托养存栏2318头: a place in the midst of a report is an item of it.
    return (cue.again and not cue.hint) or _introduces(text, cue, line[0])


def _opens(text: str, line: int, start: int) -> bool:
    """Whether what begins here is what its paragraph begins with: no figure of the subject stands in front of it."""
    return start - line <= OPENING and TOLD.search(text, line, start) is None


def _introduces(text: str, cue: Cue, line: int) -> bool:
    """Whether the place begins a sentence that tells no figure of it yet: 启浪乡靠骆驼走出一条路。|驼奶卖了2760万元.

    Or one that announces its story: 护驾村的大棚是这么起来的：….
    """
    if _ANNOUNCED.match(text, cue.end):
        return True
    closing = _SENTENCE_END.search(text, cue.end)
    start = max((m.end() for m in _SENTENCE_END.finditer(text, line, cue.start)), default=line)
    lead = text[start : cue.start].strip("\u3000 ")
    # 清晨5点40分,天还没亮透,某县某乡|某村的潘某…: a scene, and then somebody of the place.
    somebody = (cue.hint and start == line) or speakers.NAMED_AFTER.match(text, cue.end) is not None
    scene = somebody and TOLD.search(_CLOCK.sub("", lead)) is None
    begins = scene or (start > line and not lead)
    return begins and closing is not None and TOLD.search(text, cue.end, closing.start()) is None
