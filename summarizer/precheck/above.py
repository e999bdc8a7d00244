"""What leads a text away from the places that it names: words for the subject itself, and for what lies above it."""

import re
from collections.abc import Sequence

from schemas.report import Subject
from schemas.vocabulary import Level
from summarizer import gazetteer
from summarizer.gazetteer import Division
from summarizer.patterns import compiled
from summarizer.precheck import speakers
from summarizer.precheck.brief import PlaceName

REACH = 60
"""How far before a number the words for what lies above the subject are looked for, in characters."""

OF_A_COUNTY = re.compile("[全该我本][县旗]|(?<![\u4e00-\u9fff、])[县旗](?:里|委|财政|政府)|该[区市]")
"""What in a text on more than one county speaks of the one named last."""

_CLAUSE_END = re.compile(r"[,，;；:：。！？!?\n]")
_ABOVE = compiled(
    r"(?P<nation>(?<![到入往向])全国(?!扶贫日|[^,，。；;、\d]{0,8}系统)|我国)|(?P<province>[全我]省|全自治区)|(?P<prefecture>[全我]市|全州)"
)
_OF_VILLAGE = re.compile("(?P<county>.+[县旗市区])?(?P<town>.{1,12}?(?:镇|乡|街道))?")
"""What stands before a village's name where the text gives it in full or in part: 某县某镇|某村, 某县|某村."""
_RANKED = re.compile(r"[^,，。]{0,4}(?:率先|首|第|前列|最|唯一|排名|位居|平均|领先|通报|推广)")
SHARE_OF = re.compile("(?:占[到了]?|[比较]|[高低快慢多少]于|[高低]出|超[出过]|相当于|等于)$")
"""占全省的18%, 增幅高于全市1.1个百分点: what is measured by the whole is told of the part."""

_IN_BRACKET = re.compile("[(（]")
"""高于全省的标准（4000元）: what stands in brackets is the whole's."""

_COUNTIES = re.compile(r"\d{1,3}个[^,，。；;、\d]{0,6}?县(?![级城域里内外委乡直])")
_OF_PROVINCE = re.compile("(?:省|自治区)(?:政府|委|党委|人民政府|里)|全省")
_COUNTED_BELOW = re.compile(
    r"(?:\d{1,3}|[一二三四五六七八九十两]{1,3})个?[^,，。；;、\d]{0,10}?(?:[县市区旗镇乡村](?![级里内外])|街道|社区)"
)
"""Places that are counted, as only what lies above them can have them."""

_LIKE = re.compile("[^，,。；;：:、\\d]{2,16}的")


def place(
    text: str, position: int, before: Sequence[PlaceName], subject: Subject
) -> tuple[str | None, str | None] | None:
    """What above the subject the number's clause speaks of: 全省…240亿元, 全国, for a county 全市, 甘肃省23个贫困县."""
    if (holder := _right_before(text, position, before, subject)) is not None:
        return holder.name, holder.adcode
    large = subject.level in (Level.PREFECTURE, Level.PROVINCE)
    if not large and subject.province and _COUNTIES.match(text, position):
        # 省政府批准某县等9个县退出: a county is one of them.
        sentence = max(text.rfind(mark, max(0, position - REACH), position) for mark in "。；;\n") + 1
        if _OF_PROVINCE.search(text, sentence, position):
            return _named(subject.province)
    if _ABOVE.search(text, max(0, position - REACH), position) is None:
        return None
    clause = max((m.end() for m in _CLAUSE_END.finditer(text, max(0, position - REACH), position)), default=0)
    found = None
    for match in _ABOVE.finditer(text, max(clause, position - REACH), position):
        if _RANKED.match(text, match.end()):
            continue
        # 占全市|62个贫困村的33.9%: the share is of the part, what it is measured by is not.
        share = SHARE_OF.search(text, clause, match.start()) and not _IN_BRACKET.search(text, match.end(), position)
        if share and not (match.end() == position and _COUNTED_BELOW.match(text, position)):
            continue
        if not speakers.BACK.search(text, match.end(), position):
            found = match
    if found is None:
        return None
    if found["nation"]:
        return "全国", None
    name = subject.province if found["province"] else subject.prefecture
    if name is None or name == subject.name or (found["prefecture"] and leads_back("全市", subject)):
        return None
    return _named(name)


def of_village(places: Sequence[PlaceName], subject: Subject) -> dict[str, PlaceName]:
    """The county and the town of a village, by the last character of each, where the text names them with it."""
    found: dict[str, PlaceName] = {}
    for place in places:
        if subject.name is None or not place.name.endswith(subject.name):
            continue
        if full := _OF_VILLAGE.fullmatch(place.name.removesuffix(subject.name)):
            if full["county"]:
                found.setdefault(full["county"][-1], PlaceName(place.start, place.end, full["county"], place.adcode))
            if full["town"]:
                found.setdefault(full["town"][-1], PlaceName(place.start, place.end, full["town"]))
    return found


def _named(name: str) -> tuple[str, str | None]:
    parents: Sequence[Division] = gazetteer.divisions(name)
    return name, parents[0].adcode if len(parents) == 1 else None


def _right_before(text: str, position: int, before: Sequence[PlaceName], subject: Subject) -> PlaceName | None:
    """What lies above the subject and has the places that the number counts: 被列入|湖北省|9个深度贫困县之一."""
    last = before[-1] if before else None
    counted = _COUNTED_BELOW.match(text, position) if last else None
    if last is None or counted is None:
        return None
    # 是山东省|脱贫任务比较重的20个县之一: what the places are like may stand in between.
    one_of = text.startswith("之一", counted.end()) and _LIKE.fullmatch(text, last.end, position)
    if last.end != position and not one_of:
        return None
    town = subject.level is Level.VILLAGE and last.adcode is None and last.name.endswith(("镇", "乡", "街道"))
    above = last.name != subject.name and last.name in (subject.province, subject.prefecture)
    return last if town or above else None


def leads_back(words: str, subject: Subject) -> bool:
    """Whether 全市, 我市 mean the subject: they do not where it is a county of another class.

    全县 does not where the subject is no county: it means the one named last.
    """
    if words in ("全市", "我市", "市委", "市政府"):
        return subject.name is None or subject.name.endswith("市") or subject.level is not Level.COUNTY
    # 循化建起电站,各村设了公益岗位: in a text on a prefecture they are those of the county told of.
    if words in ("各村", "各乡镇") and subject.level in (Level.PREFECTURE, Level.PROVINCE):
        return False
    return subject.level not in (Level.PREFECTURE, Level.PROVINCE) or OF_A_COUNTY.fullmatch(words) is None
