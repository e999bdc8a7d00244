"""The terms of the field, for quantities that a clause names badly or not at all.

A label keeps the article's own words; but 只剩3户没有脱贫 names no quantity that a table could carry: 未脱贫户 does.
"""

import re
from collections.abc import Callable

from schemas.vocabulary import Indicator, Per, Status, Topic, Unit
from summarizer.patterns import compiled
from summarizer.readers.clauses import Around

_NOT_LIFTED = re.compile("未|没|尚")
_LEFT = re.compile("剩|余下|还有")
_EARNED = re.compile("(?<=[一-龥])(?:还|又|也|就|能|可|少说|要){0,3}(?:挣|赚|拿|领|落)(?:到|上)?$")
_ASIDE_ENDS = re.compile("(?:了|只|再|着|要|还|才|就|又|也)+$")
"""Adverbs and particles before a number that name nothing: 卖了, 只要."""
_NAMES_NOTHING = compiled(
    "(?<![为除])了(?!解)|加上|分别(?!墅)|一共|已经|自己|不过(?!关)|至少|先后|(?:实行|力争|进行|下达任务|保持)(?=..)"
    "|(?<![重主需必简提])要(?![素求道])|(?<!可)也|[这那](?![么样些里])个?|又|就(?![业医近地读诊学])"
    "|(?<![首成])都(?![市江匀昌安兰])|(?<![归偿])还(?![款清债贷上给完])|(?<!但)是(?!否)|(?<![附沿土执])着(?![力陆装])"
    "|(?<!其)[他她]|(?<!自)我们?(?!国)|(?:像[他她你我]?)?这(?:样|里)的?"
    "|却|少说|加起来|一律|给予|由(?![来于])|按(?![揭摩照劳])|已|(?<!手)把(?![握关式手])"
    "|只(?=[剩出掏]|的比例)|(?<=[建打盖修])一[座眼](?=..)|(?<=[村县镇乡区厂园棚家店社队校])里(?![程山])"
)
"""Particles, adverbs and pronouns inside a label: of 140 with 了 in labelled articles a careful reader kept one."""

_HOUSEHOLDS = re.compile("户|家庭|对象")
_NAMES_MONEY = re.compile("[收额资利赚挣贷款债欠薪租金费酬价]|产值|效益|分红|工钱")
_ALL_HOUSEHOLDS = re.compile("(?:(?!剔除|清退|查实|评出|不符|漏填|欠|劳动力|脱贫|贫困).)*户")
_OF_MORE = re.compile("全[县市区旗州乡镇]|总人口|总户|户籍")
"""What speaks against a village's households: those of a county or a town are told as its population."""
_GIVEN = re.compile(
    "(?:安排|投入|支出|支付|列支|拿出|拨付?|下达|自筹|筹|整合|援助|捐[助赠]|结余|垫上|[拿筹争取要跑]来|凑)了?$"
)
_OF_POWER = re.compile("装机|规模|容量")
_PRICED = re.compile("[价费金钱资额]")
_MONEY_NOUNS = {
    Indicator.INVESTMENT: "投资",
    Indicator.REVENUE: "收入",
    Indicator.HOUSEHOLD_INCOME: "收入",
    Indicator.PERSONAL_INCOME: "收入",
    Indicator.LOANS: "贷款",
    Indicator.DIVIDENDS: "分红",
}
_PAID = re.compile("(?:自己|个人)?(?:只|才|仅)?(?:掏|自掏)(?:出)?$")
_SPENT = re.compile("(?:只|才|仅|一共|总共)?花$")
_FAR = re.compile("((?:距离?|离)[一-龥]{1,8})$")
_DONE = re.compile(
    "^(?P<front>.*?)(?:超额)?完成(?:[省市县区州盟]|自治区)?级?(?:下达|定)?的?(?:年度|全年|目标)*(?:任务|指标|计划|目标)(?:数|量|总数)?"
    "的比例$"
)
_SAYS_LEFT = re.compile("脱|减贫|减少|退出|摘|越|甩")
_GIVER = re.compile("大学|学院|公司|集团|银行|医院|中心|办公室|部门|协会|商会|局|面积|平均")
_INCOMES = frozenset({Indicator.PERSONAL_INCOME, Indicator.HOUSEHOLD_INCOME, Indicator.REVENUE})
_NAMES_POOR = re.compile("贫困|未脱贫|没有脱贫")
_MODIFIER = re.compile("建档立卡|精准识别")
_POOR = re.compile("^贫困(?:户|人口|村)$")

_TIME_SPAN = re.compile("(?:时间|期限|期|年限|任期|年龄|时长|时|天数)$")
_OF_PLANT = re.compile("装机|发电|收益|并网|规模")
_TEAM = re.compile("^(?:选派|派驻|派出|抽调)?队员$")
_DOUBLED = (
    ("人口人口", "人口"),
    ("人口户", "户"),
    ("危房户", "危房"),
    ("占的比例", "占比"),
    ("率的比例", "率"),
    ("比例的比例", "比例"),
    ("一个月", "每月"),
)
"""What two words of a label come to that say the same."""

_TASK_TWICE = re.compile("任务(?:的|完成)?任务")
_BEHIND_PLACE = compiled("^(?:共(?!享)|就(?![业近医地读诊学])|现(?!代)|[的、和与及])+")
_COMPARED = re.compile("([比较])(上年|去年|前年|年初|上个?月|(?:19|20)[0-9]{2}年)(同期|末|底)?")
SAYS_LITTLE = 7
"""Characters: a longer label of those still poor says who they are."""

LONG = 20
"""Characters of a label that takes no more words."""

LISTED = 60
"""Characters in front of a number in which the first of its list says that the poor are on record."""

_LIFTED = {Indicator.LIFTED_HOUSEHOLDS: "脱贫户", Indicator.LIFTED_PERSONS: "脱贫人口"}
_ON_RECORD = frozenset({Indicator.POOR_VILLAGES, Indicator.REGISTERED_HOUSEHOLDS, Indicator.REGISTERED_PERSONS})
_AIMED = frozenset({Indicator.POVERTY_RATE, Indicator.PERSONAL_INCOME})
_AIM = re.compile("目标|计划|预计|力争|任务|增长$|工资|月薪")
_LEFT_OVER = {
    Indicator.REMAINING_HOUSEHOLDS: "户",
    Indicator.REMAINING_PERSONS: "人口",
}


def settled(text: str, near: Around, indicator: Indicator, label: str) -> str:
    """The label, in the words of the field where its own say too little; `text` is the clean text."""
    if indicator is Indicator.VILLAGES:
        # 辖 tells that a place has them, as the indicator does.
        label = label.removeprefix("下").removeprefix("辖")
    label = _TASK_TWICE.sub("任务", label)
    for doubled, once in _DOUBLED:
        label = label.replace(doubled, once)
    head = text[near.clause.start : near.number.start]
    tail = text[near.number.end : near.clause.end]
    if indicator is Indicator.POVERTY_RATE:
        return "综合贫困发生率" if "综合贫困发生率" in label else "贫困发生率"
    if (noun := _LEFT_OVER.get(indicator)) and not _NAMES_POOR.search(label) and len(label) <= SAYS_LITTLE:
        return ("未脱贫" if _NOT_LIFTED.search(head + tail) or not _LEFT.search(head) else "剩余贫困") + noun
    if indicator is Indicator.OTHER and near.number.unit is Unit.HOUSEHOLD and _ALL_HOUSEHOLDS.fullmatch(label):
        return "总户数" if _OF_MORE.search(head) else "全村户数"
    if _TEAM.match(label):
        # 选派驻村工作队126支、队员412名
        return "驻村工作队队员" if "驻村" in head else "工作队队员"
    if indicator in _LIFTED and len(label) <= SAYS_LITTLE and not _SAYS_LEFT.search(label):
        return _LIFTED[indicator]
    before = text[max(near.sentence.start, near.number.start - LISTED) : near.number.start]
    if indicator in _ON_RECORD and _POOR.match(label) and (found := _MODIFIER.search(before)):
        # 精准识别贫困村49个、贫困户1.4万户: what was said of the first of a list is said of the others.
        return found.group() + label
    if (than := _COMPARED.search(head)) and than.group() not in label:
        # 比上年增加: the year that a change is measured by belongs to the quantity.
        said = than.group(1) + (than.group(3) or "")
        return label.replace(said if said in label else than.group(1), than.group(), 1)
    if near.number.unit is Unit.KM and _FAR.search(label):
        return _FAR.sub(r"\1的距离", label)
    if near.number.unit is Unit.CNY:
        label = _EARNED.sub("收入", label) if indicator in _INCOMES else label
        return _SPENT.sub("花费", _PAID.sub("自筹资金", label))
    return label


def aimed(label: str, indicator: Indicator, status: Status) -> str:
    """The label of a rate or an income that is aimed at: 贫困发生率目标."""
    if status is not Status.PLANNED or indicator not in _AIMED or _AIM.search(label) or len(label) > LONG:
        return label
    return label + "目标"


def task_rate(label: str, done: Callable[[], str]) -> str:
    """`完成市下达任务的比例` → 脱贫任务完成比例; `done` tells what was done, in the clause before."""
    found = _DONE.match(label)
    if found is None:
        return label
    front = found["front"] if len(found["front"]) > 1 else done()
    return (front if "率" not in front else "") + "任务完成比例"


def without_place(label: str, names: tuple[str, ...]) -> str:
    """`label` without the place at its beginning: the place has a field of its own (甘洛县减贫人口 → 减贫人口)."""
    for name in names:
        rest = _BEHIND_PLACE.sub("", label.removeprefix(name))
        if 1 < len(rest) < len(label) and not _GIVER.match(rest):
            label = rest
    return label


def rounded(text: str, label: str, near: Around, indicator: Indicator, topic: Topic) -> str:
    """The label with what a reader adds who knows what the number means: a span of time, a power station.

    That it is a plan or a target is the status's to say: 计划退出贫困村 is 退出贫困村 of the status planned.
    """
    if not label:
        return label
    label = _NAMES_NOTHING.sub("", label) or label
    if topic is Topic.PHOTOVOLTAIC and "光伏" not in label:
        label = label.replace("电站", "光伏电站") if "电站" in label else label
        label = label if "光伏" in label or not _OF_PLANT.search(label) else "光伏电站" + label
    label = _with_noun(text, _ASIDE_ENDS.sub("", label) or label, near, indicator)
    spans = indicator is Indicator.DURATION and not near.number.per and not _TIME_SPAN.search(label)
    if spans and near.number.unit is Unit.DAY:
        return label + "天数"
    return label + "时间" if spans else label


def _with_noun(text: str, label: str, near: Around, indicator: Indicator) -> str:
    """The label with the noun of its quantity, where it holds none: what people earned, or covered with a roof."""
    number = near.number
    if number.unit is Unit.M2:
        return label if "面积" in label else label + "面积"
    if number.unit is Unit.HOUSEHOLD:
        # 90户400名贫困人口脱贫: the noun behind both is the persons', who take this label on.
        shared = text[number.end : number.end + 1].isdigit()
        return label if shared or _HOUSEHOLDS.search(label) else label + "户"
    if number.unit is Unit.KILOWATT:
        return label if _OF_POWER.search(label) else label + "装机"
    if number.unit is Unit.CNY and indicator is Indicator.OTHER and number.per == (Per.UNIT,):
        return label if _PRICED.search(label) else label + "价格"
    if number.unit is Unit.CNY and (noun := _MONEY_NOUNS.get(indicator)) and not _NAMES_MONEY.search(label):
        monthly = indicator is Indicator.PERSONAL_INCOME and Per.MONTH in number.per
        # 县财政列支300万元: what is given is no investment yet.
        given = indicator is Indicator.INVESTMENT and _GIVEN.search(label)
        return label + ("工资" if monthly else "资金" if given else noun)
    return label
