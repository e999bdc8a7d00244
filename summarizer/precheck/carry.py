"""Whether a sentence goes on about the place that an earlier one of its paragraph was about.

One decision, in this order: whoever is told of goes on (他, 她家, 老伴); what only something larger has leads back
(38座村级电站 are no village's); a report that opens anew with a time leads back, unless the paragraph opened with the
place; else the sentence goes on where the place was what the earlier one was about.
"""

import re
from collections.abc import Sequence

from summarizer.precheck.brief import PlaceName
from summarizer.precheck.lines import Cue

OPENING = 16
"""A place that opens its paragraph, give or take a date, is what all of it may be about, in characters."""

_OPENS_ANEW = re.compile(
    r"(?:截至|截止到?|到)?(?:今年|去年|20\d\d年|目前|全年|年底|年末|\d{1,2}月)[^,，。；;]{0,12}[,，]"
)
_OFFICIAL = re.compile(
    "(?:累计|共|已|还|又|全年|年内|当年)?(?:发放|扶持|兑付|减免|代缴|实施|投入|选派|选聘|落实|兑现|整合|改造|下达|应拆|拨付|组织|举办|开办|培训|资助|救助|新增|开展|新改建|硬化)"
)
"""What an office does begins a sentence without saying who: 某镇养殖基地…。|发放小额贷款2760万元."""
_ALL_OF_IT = re.compile("(?<=[,，；;])[全我][县市区旗州]")
"""A later clause of the sentence that is about the subject: 户均自筹不超过1万元,…,|全县人均自筹2413元."""
_SENTENCE_END = re.compile("[。！？!?\n]")
_CLAUSE_END = re.compile("[,，。；;！？!?\n]")
_PERSON = re.compile(
    "(?<!其)[他她](?!们?[县乡镇])|老伴|[老小]?两口子?|丈夫|妻子|男人|媳妇|儿子|女儿|爱人|婆婆|公公|自家|全家|家里|厂里"
)
"""Whoever the story is about."""

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
    if _PERSON.search(text, sentence, stop):
        return True
    if cue.place.name.endswith("村") and _LARGER.search(text, sentence, stop):
        return False
    if not cue.topic:
        return False
    closing = _SENTENCE_END.search(text, stop)
    if _ALL_OF_IT.search(text, end, closing.start() if closing else len(text)):
        return False
    # 坪生村686户….全村有贫困户238户。2016年,…投了800万元: the paragraph opened with it, and means it again.
    opens = cue.start - line[0] <= OPENING or any(
        p.start - line[0] <= OPENING and p.name == cue.place.name for p in before
    )
    # 转机在平山镇。2017年,…: all that the sentence before says is the place.
    told_of = text.endswith(("在", "是"), line[0], cue.start) and _SENTENCE_END.match(text, cue.end) is not None
    if opens or told_of or "”" in text[line[0] : line[1]]:
        return True
    return _OPENS_ANEW.match(text, sentence) is None and _OFFICIAL.match(text, sentence) is None
