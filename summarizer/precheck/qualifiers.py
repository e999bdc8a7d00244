"""How exactly a number is stated: words before it (近, 约, 不少于) and after it (以上, 左右).

A word that touches the number belongs to its mention (`近3000元`, `低于3%`), save the negated comparisons (不少于,
不超过), which the guide leaves outside.
"""

from dataclasses import dataclass
from re import compile as regex

from schemas.vocabulary import Qualifier
from summarizer.patterns import compiled

_LOOSE = "(?:[了到有为达于是出过]|达到|约为)?"
_OF = r"(?:[^,。;:!?、…\d一两三四五六七八九十百千万]{1,10}的)?"
_WORDS: tuple[tuple[Qualifier, bool, str], ...] = (
    (
        Qualifier.AT_LEAST,
        False,
        rf"(?:不(?:得|应|能|可|会)?(?:低于|少于|小于)|(?<![落剩挣赚攒])不下|至少|最少(?!的)|最低|起码|少则|不低于){_LOOSE}{_OF}|(?:至少|最少(?!的))[^,。;:!?、\d]{{1,6}}|少说也?[^,。;:!?、\d]{{0,4}}",
    ),
    (
        Qualifier.AT_MOST,
        False,
        rf"(?:(?:不(?:得|应|能|可|会)?|(?:从未|从没|没有|未|没)(?=超过|高于|多于))(?:超过|高于|多于|大于|超出)|至多|最多|最高|最长|多则|最高可?达){_LOOSE}{_OF}|最[高长多](?:[可能]以?|[补奖限贷赔报])[^,。;:!?、\d]{{0,3}}|最多[包拿领借贷保帮养种住干]|顶多[\u4e00-\u9fff]?|(?<![拿掏凑交想看说走付])不出|限补|(?<![,。;:!?\n“”])不过",
    ),
    (
        Qualifier.UNDER,
        True,
        r"(?:不足|不到|未到|不满|不及|未满|未达到?|(?<=[\u4e00-\u9fff])不完|[落剩挣赚攒打收]不下|[卖落剩挣赚攒打收]不[了上])",
    ),
    (Qualifier.OVER, True, r"(?<=[要能已会都年])过|(?<=就)过了?|(?<=收入)[过上]了?"),
    (Qualifier.UNDER, True, rf"(?<![不])(?:低于|少于|小于){_OF}"),
    (
        Qualifier.OVER,
        True,
        rf"(?<![不未])(?:超过|超出|高于|大于|多于|突破|超(?!额|计划|进度)|逾(?!期)|高达(?=过))(?:了|全省的?|$)?{_OF}",
    ),
    (Qualifier.UNDER, True, r"(?<![附最靠远邻临])(?:将近|接近|近)"),
    (
        Qualifier.ABOUT,
        True,
        r"(?:大约|大概|大致|约莫|约计|差不多|(?<![节合签预契条制公])约)(?:[为有需达计]|占(?:[^,。;:!?、\d]{1,8}的)?)?",
    ),
)
_BEFORE = tuple((qualifier, glued, regex(f"(?:{words})\\s?$")) for qualifier, glued, words in _WORDS)
_ANY = compiled("(?:" + "|".join(f"(?:{words})" for _, _, words in _WORDS) + r")\s?$")
"""Asked first: before most numbers stands none of them."""

_OVER_BARE = regex(r"(?:超过|(?<![通经超])过|(?<![以])上)$")
_AFTER = regex(
    r"(?P<over>\(含\)以上|\(不含\)以上|及以上|以上|之上|有余|开外|出头|挂零|还要?多(?![卖收挣赚])|往上(?![走爬看推涨加提])|还拐弯|打不住)|(?P<under>及以下|以下|之下|不到(?=[,。;、!?)”’\n就便也]|$))|(?P<most>以内|之内|封顶|为限|(?:(?<=小时)|(?<=分钟))内)"
    r"|(?P<about>左右|上下|前后)|(?P<least>起步|起[补奖]|打底|(?<=[元块])起(?=[,。;、!?)”’\n]|$))"
)
_AFTER_NAMES = {
    "over": Qualifier.OVER,
    "under": Qualifier.UNDER,
    "most": Qualifier.AT_MOST,
    "about": Qualifier.ABOUT,
    "least": Qualifier.AT_LEAST,
}
_WINDOW = 18


@dataclass(frozen=True, slots=True)
class Stated:
    """A qualifier, and where the mention begins or ends with it."""

    qualifier: Qualifier
    edge: int


def before(text: str, start: int, at: int, *, bare: bool, point: bool) -> Stated | None:
    """The qualifier before the number at `at`, in the clause that begins at `start`.

    `bare`: a numeral that begins with its magnitude (千, 万), where 上, 过 and 成 qualify too. `point`: percent points,
    of which 高于 states the difference (`高于全省2.1个百分点`) and not a bound.
    """
    start = max(start, at - _WINDOW)
    if bare and (found := _OVER_BARE.search(text, start, at)):
        return Stated(Qualifier.OVER, found.start())
    for qualifier, glued, words in _BEFORE if _ANY.search(text, start, at) else ():
        found = words.search(text, start, at)
        if found is None or (
            point and qualifier in (Qualifier.OVER, Qualifier.UNDER) and found.end() - found.start() > 2
        ):
            continue
        touches = found.end() - found.start() <= 4 and "的" not in found.group()
        return Stated(qualifier, found.start() if glued and touches else at)
    return None


def after(text: str, end: int, limit: int) -> Stated | None:
    """The qualifier after the quantity that ends at `end`."""
    found = _AFTER.match(text, end, limit)
    return Stated(_AFTER_NAMES[str(found.lastgroup)], found.end()) if found else None
