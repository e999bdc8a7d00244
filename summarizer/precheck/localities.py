"""Names of towns and villages in running text, by their last character and by what may stand before a name.

There is no list of the villages of China that is worth carrying, so a name is told by its boundary: punctuation, a
place already known (独峪乡|曲回寺村), a word that introduces a place (走进|大湾村), or the start of a jieba word.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate

from summarizer import words
from summarizer.patterns import compiled
from summarizer.precheck import naming, sounds
from summarizer.text.people import PERSON, SURNAME

NAME_CHARS = 5
"""Longest name before 镇, 乡 or 村 that is taken without a list: 布隆吉尔, 八里庙子."""

FOREIGN_CHARS = 8
"""The same right behind a town where no usual word is in it: 托万克麦盖提."""

SHORT_NAME = 2
"""Characters before the class in most names of towns and villages."""

SURE_CHARS = 3
"""A run of Han characters this short between punctuation and 村 is the name itself, if it is no common word."""

_KIND = compiled(
    r"街道|苏木|嘎查|[镇乡村]|(?:集中)?安置(?:[区点]|小区)|移民区|社区|小区|[片新]区|[牧农]场|[蓄滞行]洪区"
)
_TOWN_KINDS = frozenset(("镇", "乡", "街道", "苏木", "移民区"))
_TOWN_ENDS = frozenset("镇乡道木")
_STREET_AFTER = re.compile(r"办|[\u4e00-\u9fff]{0,4}社区|的|[^\u4e00-\u9fff]|$")
"""What follows a street that no list has: 葛城街道整治 may be of any street."""

_DATA = files("summarizer.precheck") / "data" / "not_places.txt"
_LINES = _DATA.read_text(encoding="utf-8").splitlines()
_NO_NAME = frozenset(word for line in _LINES if not line.startswith("#") for word in line.removeprefix("动词 ").split())
_LEADS = frozenset(word for line in _LINES if line.startswith("动词 ") for word in line.split()[1:])
"""Verbs and offices that stand before a village's name and belong to none: 守住|十八洞村, 曾任|主簿镇."""
_NO_NAMES_END = tuple(sorted(word for word in _NO_NAME if len(word) > 1))
_NOT_BEFORE = re.compile(
    r"(?:走进|走访|来到|来自|位于|地处|坐落|家住|现住|前往|深入|回到|参观|以及|例如|比如|其中|分别|包括|涉及|覆盖|流转|带动|帮助|"
    r"帮扶|扶持|支持|指导|组织|建成|建设|新建|实施|投入|安排|选派|全县|全市|全区|全镇|全乡|我县|我市|该县|该市|该镇|该乡|当地|"
    r"附近|周边|[县镇乡]里|记者|现任|担任|驻|原|老家|今年|去年|明年|前年|后年|每年|年年|目前|如今|现在|随后|已经|通过|由于|得知|成为|依托|围绕|抵达|进入|驻守|"
    r"[快高低慢优多少早晚]于|[一两三四五六七八九十][座所处条项]|[在到对为向从自由和与及将把让使给被是的了等如像以按经沿距离赴往即有至驻比])"
)
RARE = 50
"""A word counted less than this introduces no place: a verb before a village is counted more often."""

COMMON = 2500
"""A word counted this often in jieba's dictionary is more likely itself than a village (发展村, 工作镇)."""

VERY_COMMON = 10_000
"""The same where the word with 村 begins its clause and acts as a village does (胜利村接待游客, 桃花村种茶)."""

_CERTAIN = re.compile(rf"[的位地]|党支部|支书|民(?={PERSON}[,，说的])")
"""What follows 酒店村 and 幸福村 where they are villages."""

_OF_ANY = re.compile(
    rf"民(?!{PERSON}[,，、。：:说的今夫正在家和])|集体|两委|“两委|干部|党组织|企|医|道|内|级|主任|委会|域|头|小组|组"
)
"""What every village has: 引导|村民, 壮大|村集体 and 当选|村主任 are of no village's name, 石壁村|村民 of one."""

_ACTS = re.compile(r"接待|种|养|流转|建[成起]|办起|人均|户均|集体经济|村民|的|有\d|共?\d")
_CLAUSE_BEFORE = frozenset("。，,；;：:、！？!?“（( \n\u3000")
_NEVER_LAST = frozenset(
    "邻的着教帮请领带乡农驻离包住进出入回下通到了与及在把们个各每逐该全支趟返他我她之去整离距作旧两几某俺咱此那这"
)
"""No name ends with these: 各乡|镇, 干部驻|村, 搬进了|镇上, 收入超过5万元的|村, 苹果出|村."""

_ACTS_IN = frozenset("教帮请领带驻离包住进出入回下通支返去整")
"""Those of them that end a verb, and may end a name of two characters right behind its town: 尖山镇|大包村."""

_HILL = re.compile("[脑敖山石岩沙土]包$")
"""小脑包村, 敖包嘎查: a hillock, not the verb of 驻村包村."""

_RANKS = frozenset("大强名")
"""With what a place is ranked: 种葱大|镇, 劳务强|乡."""

_PRONOUNS = frozenset("我你他她俺咱")

_DAYS = frozenset(("七一", "八一", "五一", "三八", "五四"))
"""Days that villages are called after; no other name is made of numerals (12|个村, 三|村)."""

_ETHNIC = re.compile("(?:[\u4e00-\u9fff]{1,3}族|民族)$")
"""What stands before the class of an ethnic township and counts for nothing in the length of its name."""

_FUNCTION = frozenset("和与及从为是以跟归就也都把让使由被将但咱他她我已曾替年月日着了因而在离老出")
"""A jieba word of one of these belongs to no name: 党员|和|村, 但|石壁|村, 高速|从|村. 永和|村 has none."""

_BEFORE_HOME = frozenset("回入离下返还思恋老")
"""回乡, 入乡随俗, 帮老乡: what is said with 乡 where it means home, or the country."""

_BEGINS_NONE = re.compile(r"(?:(?:[咱俺但由]|以(?![前后来上下往及]))(?=..)|(?<=\d)(?:[年月日名位户亩]|[万亿]?元))")
"""咱盘岭村, 以洞桥村为试点, 2018年新村, 60万元修村路: what stands right before a name although jieba joins the two."""

_JOINTS = frozenset("与和及同")
_LISTS = frozenset("、和与及")
_LEADS_LIST = frozenset("由有在对与和给从为将光仅")

_SELDOM_LAST = frozenset("给是有让使等由被将也都只留")
"""The same without a town right before: 收益分给|村里, but 扎陵湖乡|卓让|村."""

_GENERIC = frozenset(
    (
        "城镇",
        "城乡",
        "集镇",
        "村镇",
        "小镇",
        "古镇",
        "重镇",
        "山村",
        "山乡",
        "家乡",
        "故乡",
        "老乡",
        "水乡",
        "新村",
        "渔村",
        "老村",
    )
)
_SITE = re.compile(
    r"(?:(?:位于|坐落|地处|[搬迁][进到入至]了?)[^，。,]{0,8}的|走进|来到|住进了?|搬[进到入]了?|(?:县城|城区|城关)(?:[边旁里外]的?)?)"
    r"(?P<name>(?!的|集中|集镇|易地|扶贫|搬迁|移民|了|县|城(?![东南西北])|镇|乡|新|各|大型|这|一)[\u4e00-\u9fff]{2,4})$"
)
"""What names a resettlement site that no town's name introduces: 位于县城的陶化|安置区."""

_ANY_SITE = re.compile(
    "集中|集镇|[进入搬]|易地|扶贫|搬迁|移民|大型|建[成设]|新建|全[县市区]|规划|配套|住房|县城|城镇|了|各|所有|每|[的到在从为和]"
)
"""What stands before a resettlement site that goes by no name: 全县集中|安置点, 建成|安置点."""

_COMMUNITY = re.compile(
    "(?:(?:县城|城区|城关)(?:[边旁里外]的?)?|镇区|市区|集镇|城[东南西北]|(?<![现存所实内外])在|走访|进驻|辖区内?的?)"
    "(?P<name>(?!的|安置|搬迁|移民|易地|集中|老旧|城市|农村|新型|大型|各|本|全|该|县|城(?![东南西北])|镇|乡|村|两|新|这|一|某)[\u4e00-\u9fff]{2,3})$"
)
"""What names a community that is no word of its own: 县城旺家|社区, 在|旺家社区."""

_ONLY = re.compile("(?:只有|仅有|就连|光是?|仅)(?=..)")
"""What sets one apart from others in front of its name: 只有|白沙安置点."""

_NUMERALS = frozenset("一二三四五六七八九十两几多")
_NUMBERED = re.compile(r"[0-9一二两三四五六七八九十百千万几数多余]+[个所处座]?$")
_NO_HAMLET = frozenset("在与和及的是各有修建种养到把被将对为从由全每两一这那")
"""What no hamlet's name begins with: 某镇|修水坝,….

Of the others 庄 and 坝 are told by the words of the dictionary.
"""

_COUNTED_SORT = re.compile(r"[一二两三四五六七八九十几多有这那]个|部分|所有|全部")
"""两个瑶族乡, 有个外乡, 某乡部分牧村: what counts places begins no name."""

_AFTER = {
    "村": re.compile(
        r"[镇寨组]|小(?![学组])|民小组|[账务部]|上(?![周月下半任年世])|乡(?![贤亲村间土情愁风])|村(?![民委支集两党干部医主级里小头口内])|农|干部|卫生室|道路|庄(?!镇)|落|容|级|委(?!会)|里|史|口(?!村)|子|头村|台|淘|播|规|超|BA|晚|暖|光大道"
    ),
    "镇": re.compile(r"[痛静定压守]|镇(?![长党政])|长(?![\u4e00-\u9fff]{0,2}[村沟湾乡])|级|区"),
    "乡": re.compile(r"[村镇亲土愁间下音情贤里党里级]|土|风"),
    "片区": re.compile("特困|贫困|区域|扶贫|[县乡村]|安置"),
    "新区": re.compile("安置"),
}
"""What follows a class where it ends no name: 六盘山片区|县 is of a scheme, 三岩片区 lies in a county."""


_NOT_IN_NAME = re.compile("[的厅局是]")

_VIRTUES = frozenset(("幸福", "平安", "和谐", "文明", "团结", "联合", "富裕", "富民"))
"""What every village should be, and many are called behind their town: 河卡镇|幸福社区."""

_PRAISED = re.compile("创建|建设|称号|评[比选]")
"""Behind such a one where it is no name: 某镇平安村|创建."""

_OF_TOWN = re.compile("的(?=[\u4e00-\u9fff]{2,4}$)")
"""Between a town and its site: 桃花源街道|的|龙池安置点."""

_NO_COMMUNITY = re.compile("(?:已|新|正|共|现|拟|将)?(?:建[成起好]|入住)|[一两三四五六七八九十几][个座处]")
"""What begins no community's name at a clause's head: 已建成|社区9个, 一座新|社区."""

_SORT_BEHIND = re.compile("(?<=..)(?:[回藏彝苗壮侗瑶土白傣]族|民族|自然|行政)$")
"""What may stand between a village's name and 村: 路下乡|岩后|自然村, 石门镇|下坪|回族村."""

_BY_NUMBER = re.compile(r"\d{1,2}(?=村[的党支有村委,，、])")
"""A village that goes by its number, behind its town: 站敏乡|5村的吐尔逊."""

_SORTS = frozenset("新山水古大小上下")
_NEW_VILLAGE = re.compile("建|规|安置|点|庄|落|寨|民居|风|改造|居")
"""Behind 新村 and 小村 where they name none: 石桥镇|新村建设."""

_CLASS_WITHIN = re.compile("^.[镇乡县].")

_OPENING = ("“", "‘")
_QUOTED_REST = re.compile("[\u4e00-\u9fff]{0,5}[”’]")
"""From a name to the end of a quotation that is no sentence."""

_FAMILY = re.compile(f"(?:{SURNAME})家.新?$")
"""王家山村 is no mountain village, 宋家沟新村 not any new one."""

_OF_FAMILY = re.compile(f"(?:{SURNAME})家$")
"""The family before the second part of such a name: 刘家|营子."""

_SORT_OF_FARM = re.compile("[春夏秋冬季原营有型]|[牛羊马驼驴鹿猪鸡]$")
"""What is said of a pasture and is no name."""

_BLESSED = re.compile("(?:[富惠利兴为爱安裕]民|感恩|同心|团结|友谊)新")
"""惠民新村 is what a new village is called, 移民新村 of which sort it is."""

_SURNAME = re.compile(SURNAME)
"""A village of one character is called after a family: 李村; 槐乡 and 穷村 are none."""


@dataclass(frozen=True, slots=True)
class Locality:
    """A town, or else a village, community or resettlement site; `name` without what belongs to its neighbours."""

    start: int
    end: int
    name: str
    town: bool


def find(text: str, known: Sequence[tuple[int, int]], towns: frozenset[str]) -> tuple[Locality, ...]:
    """All towns and villages, in order. `known` are the spans of divisions above them; `towns` the county's own."""
    return tuple(_localities(text, known, towns))


def _localities(text: str, known: Sequence[tuple[int, int]], towns: frozenset[str]) -> Iterator[Locality]:
    inside = iter(sorted(known))
    named: set[str] = set()
    span = next(inside, None)
    done = 0
    for match in _KIND.finditer(text):
        while span is not None and span[1] <= match.start():
            done = max(done, span[1])
            span = next(inside, None)
        if span is not None and span[0] <= match.start() < span[1]:
            continue
        start = _listed(text, match, done, towns)
        if start is None and (match.group() != "街道" or _STREET_AFTER.match(text, match.end())):
            start = _told(text, match, done)
        if start is None and match.group() in ("村", "小区"):
            floor = max(done, match.start() - NAME_CHARS)
            start = next((i for i in range(floor, match.start()) if text[i : match.end()] in named), None)
        if start is not None and not _is_nickname(text, start, match.end()):
            if (start == done > 0 and not text[start].isdigit()) or match.group() == "小区":
                named.add(text[start : match.end()])
            done = match.end()
            yield Locality(start, match.end(), text[start : match.end()], match.group() in _TOWN_KINDS)


def _is_nickname(text: str, start: int, end: int) -> bool:
    """Whether a name stands in quotation marks and nowhere without them: 加乐村 is known as the “豆腐村”.

    So does that which begins what is quoted: “红旗村大比武”.
    """
    if text[start - 1 : start] not in _OPENING or _QUOTED_REST.match(text, end) is None:
        return False
    name = text[start:end]
    return text.count(name) == sum(text.count(mark + name) for mark in _OPENING)


def _listed(text: str, match: re.Match[str], low: int, towns: frozenset[str]) -> int | None:
    """Where the longest town of the list begins that ends with this match."""
    floor = max(low, match.start() - 8)
    return next((i for i in range(floor, match.start()) if text[i : match.end()] in towns), None)


def _is_home_of(text: str, match: re.Match[str], at: tuple[int, str]) -> bool:
    """Whether a village's farmers are told of right behind its town (东屏镇|向阳村|农民老于), or groups (村|组路)."""
    low, prefix = at
    behind = match.start() - len(prefix) == low and text[low - 1 : low] in _TOWN_ENDS
    if not behind or not prefix or _is_label(prefix):
        return False
    return text.startswith("农", match.end()) or (text.startswith("组", match.end()) and words.count(prefix) < COMMON)


def _told(text: str, match: re.Match[str], low: int) -> int | None:
    """Where a name begins that no list has, or None where the word names no place."""
    prefix, bounded = _run_before(text, match, low)
    after = _AFTER.get(match.group())
    if after is not None and after.match(text, match.end()) and not _is_home_of(text, match, (low, prefix)):
        return None
    if not prefix:
        return _right_behind_town(text, match, low) if match.group() not in ("小区", "牧场", "农场") else None
    if match.group()[-1] == "场":
        return _farm(match, prefix)
    if match.group() == "小区" and not (bounded and _is_estate(prefix)):
        return None if bounded else _named_estate(text, match, prefix)
    if match.group()[-1] in "区点" and not bounded:
        return _site(text, match, prefix)
    # 四把镇大新村 is a village's name, 四把镇发展村集体经济 none.
    in_town = bounded and text[low - 1] in "镇乡道" and match.group() in ("村", "社区")
    in_town = in_town and not text.startswith("集体", match.end())
    if in_town and _is_behind_town(prefix, text, match.end()):
        return match.start() - len(prefix)
    name = _name(prefix, match.group(), bounded)
    if not bounded and (name is None or sounds.name_at_end(name) != name):
        name = naming.settled(prefix, name, match.group())
    if name is None:
        return None
    start = match.start() - len(name)
    # 毛坦村、黄河村: beside a village a usual word is one, too.
    listed = low > 0 and start == low + 1 and text[low] in _LISTS and text[low - 1] == match.group() == "村"
    return start if listed or _is_meant(text, match, (prefix, name), bounded) else None


def _run_before(text: str, match: re.Match[str], low: int) -> tuple[str, bool]:
    """The Han characters before a class as far as `low`, and whether a place ends right before them, whose they are."""
    at = match.start()
    while at > max(low, match.start() - 14) and "\u4e00" <= text[at - 1] <= "\u9fff":
        at -= 1
    prefix = text[at : match.start()]
    if (junk := _BEGINS_NONE.match(text, match.start() - len(prefix), match.start())) is not None:
        prefix = prefix[len(junk.group()) :]
    # 大宁县在昕水镇: what a county does in a town.
    core = _ETHNIC.sub("", prefix) if match.group() in "镇乡" else prefix
    short = len(core) <= NAME_CHARS or (len(core) <= FOREIGN_CHARS and _is_foreign(core))
    touches = low > 0 and match.start() - len(prefix) == low and short
    if touches and text[low - 1] in _TOWN_ENDS and match.group()[-1] in "区点" and _OF_TOWN.match(prefix):
        site = prefix[1:]
        return site, words.count(site) < RARE * 2 and _ANY_SITE.search(site) is None and site[0] not in _NUMERALS
    # 十八盘村与斜山村: a joint right behind a place that makes no word with what follows, as 和平村 does.
    if touches and prefix[:1] in _JOINTS and len(prefix) > SHORT_NAME and words.count(prefix[:2]) < RARE:
        prefix = prefix[1:]
    # 桃花源街道|的|龙池安置点: a site lies in the town whose it is said to be.
    if touches and prefix[:1] == "的" and text[low - 1] in _TOWN_ENDS and match.group()[-1] in "点区":
        prefix = prefix[1:]
    # 梅寨村所在的水吼镇, 乔木村支书是柳沟村人: no name has 的, 是 or an office's class in it.
    return prefix, touches and not _introduced(prefix) and _NOT_IN_NAME.search(prefix) is None


def _right_behind_town(text: str, match: re.Match[str], low: int) -> int | None:
    """Where a place without a name of its own begins: a village by its number (乡|5村), a town's site (镇|安置点)."""
    if text[low - 1 : low] not in _TOWN_ENDS:
        return None
    if _is_by_number(text, low, match.start()):
        return low
    return low if match.start() == low and match.group()[-1] in "区点" else None


def _site(text: str, match: re.Match[str], prefix: str) -> int | None:
    """Where the name of a resettlement site or community begins that no town's name introduces."""
    site = _SITE.search(prefix)
    if site is None and match.group() == "社区":
        site = _COMMUNITY.search(prefix)
        site = site if site and words.count(site["name"]) < RARE * 2 else None
    # 县城|进城进园安置点: what it is for is no name.
    if site is not None and _ANY_SITE.search(site["name"]):
        return None
    if site is None and _opens(text, match, prefix):
        only = _ONLY.match(prefix)
        return match.start() - len(prefix) + (only.end() if only else 0)
    return match.start() - len(site["name"]) if site else None


def _farm(match: re.Match[str], prefix: str) -> int | None:
    """Where the name of a state's pasture or farm begins, whose people are told of as a village's: 德尔比勒金|牧场.

    Of usual words is only what sort it is: 家庭|农场, 牦牛|牧场, 夏秋|牧场.
    """
    name = _after_cue(prefix)
    name = sounds.name_at_end(name) or _after_words(name)
    short = SHORT_NAME <= len(name) <= NAME_CHARS or sounds.name_at_end(name) == name
    rare = short and _SORT_OF_FARM.search(name) is None and _is_foreign(name) and not _is_label(name)
    return match.start() - len(name) if rare else None


def _is_meant(text: str, match: re.Match[str], run: tuple[str, str], bounded: bool) -> bool:
    """Whether the name at the end of a run is meant, and not what every village has, or a usual word."""
    prefix, name = run
    if match.group() == "村" and not bounded and _OF_ANY.match(text, match.end()) and not _is_known(text, name):
        return False
    acts = name == prefix and match.group() == "村" and _ACTS.match(text, match.end())
    common = words.count(name) >= (VERY_COMMON if acts else COMMON)
    return not common or _CERTAIN.match(text, match.end()) is not None


def _is_by_number(text: str, low: int, end: int) -> bool:
    """Whether a number right behind a town is all that a village is called: 站敏乡|5村的吐尔逊, but 站敏乡5村民."""
    found = _BY_NUMBER.match(text, low)
    return found is not None and found.end() == end


def _is_behind_town(prefix: str, text: str, end: int) -> bool:
    """Whether what stands between a town and 村 is a village's name: nearly all of two characters and more is.

    Of one character only what is no verb and no label: 江口镇|胡村, but 石桥镇|驻村.
    """
    if len(prefix) == 1:
        if prefix in _SORTS:
            return _NEW_VILLAGE.match(text, end) is None
        return prefix not in _NO_NAME and prefix not in _NEVER_LAST and prefix not in "联访"
    if prefix in _VIRTUES:
        # 某镇联合村集体: two that join.
        return _PRAISED.match(text, end) is None and not (prefix == "联合" and _OF_ANY.match(text, end))
    sort = _SORT_BEHIND.search(prefix)
    prefix = prefix[: sort.start()] if sort else prefix
    # 尖山镇|大包村, 一心乡|前进村: behind a town a verb before 村 has one character (驻村, 包村).
    return not _is_label(prefix) or (len(prefix) == SHORT_NAME and prefix[-1] in _ACTS_IN and prefix not in _NO_NAME)


def _is_estate(prefix: str) -> bool:
    """Whether what stands between a town and 小区 is a name: 库伦镇|福安小区, but 安广镇|肉牛养殖小区."""
    return len(prefix) in (SHORT_NAME, SURE_CHARS) and words.count(prefix) < RARE and not _is_label(prefix)


def _named_estate(text: str, match: re.Match[str], prefix: str) -> int | None:
    """Where the name of an estate begins that people have moved to, or that lies in the county's seat: 县城|卧龙小区.

    电梯小区 and 安置小区 are sorts, so a usual word must be said again.
    """
    site = _SITE.search(prefix)
    name = site["name"] if site else ""
    if not name or _is_label(name) or _ANY_SITE.search(name):
        return None
    rare = words.count(name) < RARE or text.count(name + match.group()) > 1
    return match.start() - len(name) if rare else None


def is_rare(name: str) -> bool:
    """Whether what stands behind a town can be the name of a hamlet: no usual word is in it, and no verb begins it."""
    return _is_foreign(name) and name[0] not in _NO_HAMLET


@lru_cache(maxsize=1 << 10)
def _is_foreign(name: str) -> bool:
    """Whether a run holds no usual word, as a name that was put into Chinese by its sound; kept as `_name` is."""
    return all(len(word) == 1 or words.count(word) < RARE for word in words.cut(name))


def _is_known(text: str, name: str) -> bool:
    """Whether a run before 村民 or 村集体 is a village's name: no usual word is in it, or the text has it elsewhere."""
    if _is_foreign(name):
        return True
    whole = name + "村"
    at = text.find(whole)
    while at >= 0:
        if not _OF_ANY.match(text, at + len(whole)):
            return True
        at = text.find(whole, at + 1)
    return False


def _introduced(prefix: str) -> bool:
    """Whether a run behind a place begins with a word that introduces another: 屏山县|从太平乡, but 灵丘县|向阳镇."""
    cue = _NOT_BEFORE.match(prefix)
    if cue is None or cue.end() >= len(prefix):
        return cue is not None
    # 大同乡|和龙村: a name of one character is rare.
    return len(prefix) - cue.end() >= SHORT_NAME and cue.end() in accumulate(map(len, words.cut(prefix)))


def _opens(text: str, match: re.Match[str], prefix: str) -> bool:
    """Whether a community or site is all that its clause begins with: 永昌社区是…; 城市社区, 各安置点 have no name."""
    start = match.start() - len(prefix)
    longest = SURE_CHARS if match.group() == "社区" else NAME_CHARS
    short = SHORT_NAME <= len(prefix) <= longest and words.count(prefix) < RARE * 2
    if (
        not short
        or _is_word(prefix, "社区")
        or _NO_COMMUNITY.match(prefix)
        or (match.group() != "社区" and _ANY_SITE.search(prefix))
    ):
        return False
    return start == 0 or text[start - 1] in _CLAUSE_BEFORE


@lru_cache(maxsize=1 << 10)
def _name(prefix: str, kind: str, bounded: bool) -> str | None:
    """The name at the end of a run of Han characters; `bounded` where a place ends right before the run.

    Kept, because an article is asked for its subject, and again for its places.
    """
    core = _ETHNIC.sub("", prefix) if kind in "镇乡" else prefix
    if _is_word(core or prefix, kind):
        return None
    name = prefix
    if not bounded:
        name = _after_cue(prefix)
        name = sounds.name_at_end(name) or _after_words(name)
        people = _ETHNIC.search(name) if kind in "镇乡" else None
        core = name[: people.start()] if people and people.start() > 1 else name
        if len(core) > SURE_CHARS:
            # 街津口|赫哲族乡: the people's name counts for nothing in the length.
            name = _last_words(core) + name[len(core) :]
    if len(name) == 1 and not bounded and not (kind == "村" and _SURNAME.match(name)):
        return None
    # 包乡联|村: no name has another class behind its first character.
    if not bounded and _CLASS_WITHIN.match(name):
        return None
    # 贫困村|村集体, 年内村|村建起: what ends with the class itself is a name of two characters (中村村), or none.
    if name.endswith(kind) and len(name) > SHORT_NAME:
        return None
    core = (_ETHNIC.sub("", name) if kind in "镇乡" else name) or name
    fits = len(core) <= NAME_CHARS or sounds.name_at_end(core) == core
    return name if fits and not _is_word(core, kind) else None


def _after_cue(prefix: str) -> str:
    """What follows the last word that introduces a place, unless it is a part of another word (和 of 和平|村)."""
    for cue in reversed(list(_NOT_BEFORE.finditer(prefix))):
        ends = set(accumulate(len(word) for word in words.cut(prefix)))
        if cue.end() < len(prefix) and (len(cue[0]) > 1 or cue[0] == "驻" or cue.end() in ends):
            return prefix[cue.end() :]
    return prefix


def _after_words(run: str) -> str:
    """What follows the last word of a run that is no part of a name: 但|石壁, 守住|十八洞, 2013年|大湾.

    Empty where such a word ends the run: 急忙|和|村.
    """
    parts = words.cut(run)
    for i in range(len(parts) - 1, -1, -1):
        if parts[i] in _FUNCTION or parts[i] in _LEADS:
            rest = "".join(parts[i + 1 :])
            # 我|当|村支书: whatever follows, no name begins with 我.
            return rest if len(rest) != 1 or parts[i] in _LEADS or parts[i] in _PRONOUNS else run
    return run


def name_at_end(run: str) -> str | None:
    """The name that a run of Han characters ends with, where a list of such names goes on; None where it ends none."""
    name = _after_words(_after_cue(run))
    if len(name) > SHORT_NAME and name[0] in _LEADS_LIST:
        name = name[1:]
    if len(name) > SURE_CHARS:
        name = _last_words(name)
    return name if SHORT_NAME <= len(name) < NAME_CHARS else None


def _is_label(name: str) -> bool:
    """Whether this says of which sort a village or town is, how many there are, or is no name's end."""
    if not name or name in _NO_NAME or name[0] in "各逐每个几村" or _COUNTED_SORT.match(name):
        return True
    if (name[-2:] in _DAYS and not name[:-2].isdigit()) or _HILL.search(name):
        return False
    if name[-1] in _NEVER_LAST or (len(name) > SHORT_NAME and name[-1] in _RANKS):
        return True
    # 拉根多村: what ends with 多, and has no usual word and no numeral, was put into Chinese by its sound.
    tail = _after_words(_after_cue(name)) if name[-1] == "多" else ""
    by_sound = len(tail) >= SHORT_NAME and tail[0] not in _NUMERALS and _is_foreign(tail)
    return name.endswith(_NO_NAMES_END) or (not by_sound and _NUMBERED.search(name) is not None)


def _is_word(name: str, kind: str) -> bool:
    """Whether this before 村 or 镇 names none: 贫困村, 12个村, 各乡镇, 驻村."""
    if _is_label(name) or name[-1] in _SELDOM_LAST or (kind == "乡" and name[-1] in _BEFORE_HOME):
        return True
    # 偏远山村 names no village; 北山村 does, although jieba parts it as 北|山村.
    described = len(name) != SHORT_NAME or name[0] in "小深大老比"
    described = described and _FAMILY.search(name) is None and not (name[-1] == "新" and _is_new_village(name))
    return name[-1] + kind in _GENERIC and described and words.cut(name + kind)[-1] in (name[-1] + kind, name + kind)


def _is_new_village(run: str) -> bool:
    """Whether a run before 村 ends with a new village's name (羊八井|新村), and not with its sort (移民|新村)."""
    name = _after_cue(run)
    if _BLESSED.fullmatch(name) or sounds.name_at_end(name):
        return True
    stem = _after_words(name)[:-1]
    # 藏家|新村, 绕着|新村: a sort, and no name's end.
    return len(stem) >= SHORT_NAME and stem[-1] != "家" and stem[-1] not in _NEVER_LAST and _is_foreign(stem)


def _last_words(name: str) -> str:
    """The last jieba words of a long run that together are no longer than a name.

    A run that begins with no usual word is one name: 亚克巴格, 阿热买里.
    """
    if (foreign := sounds.name_at_end(name)) is not None:
        return foreign
    parts = words.cut(name)
    if len(name) <= NAME_CHARS and (len(parts[0]) == 1 or words.count(parts[0]) < RARE):
        return name
    kept = ""
    for word in reversed(parts):
        if len(kept) + len(word) > SURE_CHARS and kept:
            break
        kept = word + kept
    # 刘家|营子村: what a family's place is called begins with the family.
    family = _OF_FAMILY.search(name.removesuffix(kept))
    return family[0] + kept if family and len(kept) <= SHORT_NAME else kept
