"""Whether a number belongs to a standard or a rule: `每户不低于…`, `按5∶4∶1的比例`."""

import re
import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources

from schemas.vocabulary import Per, Unit
from summarizer import signs
from summarizer.patterns import compiled
from summarizer.readers.clauses import Around, last_half

RULE_REACH = 60
"""Characters between the words that name a rule and a number of its wording."""

HEAD, TAIL = 40, 24
"""Characters in front of a number, and behind it in its clause, that say whether it is a rule."""

LONGEST_ITEM = 16
"""Characters between two members of a list of rates (小学1250元，初中1500元)."""


_EACH_GIVEN = re.compile(
    r"每[户套人名岗亩头只口箱间](?:每[月年天])?(?:一次性)?(?:补[助贴]|奖[补励]|扶持|资助)[^，。；,;0-9]{0,4}$"
)
_COUNTED_THEM = re.compile(
    "(?:[为给]|扶持|资助|救助|补助|奖励|表彰|慰问|帮助|带动|支持|组织|有)[^，。；,;0-9]{0,8}[0-9.]+[万余多]*[户名人位]|[户人名](?:[0-9.]+[万余多]*[人口名])?[^，。；,;0-9]{0,16}(?:搬到|搬进|住进|入住|养|种|购进|买)"
)
"""Tells of those who then got so much each: 表彰了86户，每户奖励1000元."""
_SO_MANY = re.compile("[给为][^，。；,;0-9]{0,10}[0-9][0-9.]*万?[余多]?[名位户人个][^，。；,;0-9]{0,12}每[人户名]")
"""A clause that counts those who got so much each tells of what was paid: 给11名大学生每人奖励2000元."""

_PARTED = re.compile("分给|归(?!零)|留[归作着给]|留[村社]|[到返][户村]")
_PARTY = re.compile(
    "(?:公司|企业|集团|集体|合作社|[农护户]户|社员|财政|政府|保险|银行|村里)各?(?:自?[拿得出占补]|分得)$"
)
"""Whose share it is: 果钱公司拿 + 七成, 每头牛的保费财政出 + 八成."""
_BORNE = re.compile("财政(?:补贴|补助)$|(?<!减轻)(?:承担|负担|分担)$")
_BY_SHARE = re.compile("(?<![依遵])按照?[^，。；,;0-9]{0,14}$")
_RESOLVED = re.compile("(?:会上?|会议)(?:定下?|议定|商定)了?[^，。；,;]{0,3}[：:]")
"""What is done by a share is done by rule: 按投资额的40%补助, 按8%交租金."""
_FREE = re.compile(
    "(?:之?[内后])?(?:为?期限?)?的?[，,]?(?:全额)?(?:免(?!费)|不要(?:钱|利|租)|不[收付用得计]|全免|减半|贴息|免息|无息|归还|还[清给0-9]|须|必须)"
)
_FREE_UNITS = frozenset({Unit.YEAR, Unit.MONTH, Unit.KG, Unit.M3})
"""For how long, or up to how much, nothing is due, or when a loan is: 头三年不收租, 每月前2吨不要钱, 用满两年归还."""

_RATIO_CHARS = 16
_RATIO = re.compile(
    r"按照?[^，。；,;\d]{0,6}\d[\d.]*(?:\s*[∶:：]\s*\d[\d.]*)+(?!\d)的?(?:比例)?[^，。；,;]{0,4}(?:分[成配红享担]|放大|放[贷款]|贷款|分$|比例|配套|投放|量化)"
)
_BUILT = re.compile(
    "新建|改造|建成|完成|盖[了起]|搬进|修[了建]|(?:开发|设[了置立]|聘[用请]?|栽[了种]?)[^，。；,;0-9]{0,12}[0-9]"
)
_BOUNDED = re.compile("(?:满|超过|不足|低于|少于|高于|达到)$")
_RULED_IN = re.compile("对|凡|标准|按照?|给予|规定|政策|计划|力争|确保|[的者][，,]$")


_WHOEVER = re.compile("的[^，。；,;了已]{0,10}[，,]")
"""What ends a clause that says who is entitled; 的 stands for whoever does."""

_BOUNDED_WHOEVER = re.compile(
    "(?:以上|及以上)?(?:[、和及][^，。；,;了已]{0,16})?的(?![0-9]+[人户名])[^，。；,;了已]{0,16}[，,]$"
)
_WHOEVER_ELSE = re.compile("(?:以上|及以上)?的[，,]$")
"""The same right behind a number: 满6个月|的劳动力, where it is a bound, 40岁|的, elsewhere."""

_FALLS_BEYOND = re.compile("(?:超过?|不足|不到|[低高少多]于|达到?|满)$")
_WHO_DOES = re.compile("(?:以[上下])?的(?:[，,；;]|一律|自动|将|由|可|不|都|均|全|及时|实行|给|按)")
"""What stands in front of the bound of a case, and behind it: 误差率超过 + 5% + 的,全乡镇重验."""

_HAS_TO = re.compile("(?<![需只])要$")
_DONE = re.compile("[了已]")
_FOR_WHOM = re.compile("凡|对|符合|以上的|标准")
_DIVIDED_BY_NOW = re.compile("去年|今年|已|了|拿出")

_PEOPLE = frozenset({Unit.HOUSEHOLD, Unit.PERSON})
_GRANTS = re.compile("(?:补(?![齐充上短录])|奖|资助|救助|低保)[^，。；,;]{0,10}$")
_GRANTS_BEHIND = re.compile("[^，。；,;0-9了]{0,6}(?:补(?![齐充上短录])|奖|资助|救助)")
_RECEIVED = re.compile(
    "了(?!解)|已|[他她我俺咱]|去年|发放|发给|兑现|累计|共|拿到|领到|得到|获|当年|上个?月|资金|[去来]年|这个月|次均"
)
_COUNTED_OUT = re.compile(
    r"(?:\d|[一二三四五六七八九]?十)[\d.]*[万余多]*(?:户|人|名|位|个(?!月)|亩|栋|座|套|[头只条家间株])(?!次|均|以[上下])"
)
_SHARES = frozenset({Per.HOUSEHOLD, Per.PERSON, Per.MU, Per.UNIT})
"""A grant to each is laid down, unless its half-sentence counts out who got it, or tells that it was received."""

_FOR_EACH = re.compile(r"每[一-龥]{1,6}$|[户人]均(?:补[助贴偿]|奖[补励]|资助|自筹)?$")
_EARNED = re.compile("收入|分红|工资|增收|租金")
_LIST_END = re.compile(r"[。；;！？!?\n\d]")

LARGEST_RATE = 500_000
"""Yuan above which an amount is no rate for a person, a household or a firm, but a sum for the county."""

_CHANGED = re.compile(
    "(?:低保|补[助贴]|五保|特困|供养|起付|封顶)(?:标准|线|金)?[^，。；,;]{0,4}(?:[由从]|[提降调增涨][高整低加]?[到至为])[^，。；,;]{0,18}$"
)
"""In front of what a rate of support was, and of what it became."""

_TERM_UNITS = frozenset({Unit.CNY, Unit.YEAR, Unit.MONTH})
_WITHIN = re.compile("以[内下]")
_LENT = re.compile("贷|免抵押|免担保|贴息|免息")
"""Bounds of sums and times that stand in a sentence about loans."""

_COUNTED_UP = re.compile("[计算](?!划)|估算|测算")
"""Behind a price with which a sum is only worked out: 按每公斤6元计,产值可达1亿元."""

_EACH_YEARLY = re.compile("每[一-龥]每年[^，。]{0,6}(?:投|安排|拿出|走访|培训|帮)")
_EACH_BOUND = re.compile("每|比例[^，,]{0,3}不")
"""Words by which a bound is a rule: 每村每年投入不少于, 每户不低于, 比例不低于."""

_NEXT_CHARS = 16
"""Characters behind a clause in which the next one grants what it makes conditional."""


@dataclass(frozen=True, slots=True)
class PolicyWords:
    """The table `policy` of `data/status.toml`; every field is an expression of the same name."""

    cues: re.Pattern[str]
    settled: re.Pattern[str]
    told: re.Pattern[str]
    paid: re.Pattern[str]
    ruled: re.Pattern[str]
    due: re.Pattern[str]
    condition: re.Pattern[str]
    name: re.Pattern[str]
    aimed: re.Pattern[str]
    bound: re.Pattern[str]
    cap: re.Pattern[str]
    classed: re.Pattern[str]
    named: re.Pattern[str]
    once: re.Pattern[str]
    price: re.Pattern[str]
    qualifies: re.Pattern[str]
    of_whom: re.Pattern[str]
    granted: re.Pattern[str]
    grants: re.Pattern[str]
    done: re.Pattern[str]


@cache
def policy_words() -> PolicyWords:
    """The vocabulary, compiled once per process."""
    path = resources.files("summarizer.readers").joinpath("data/status.toml")
    table = tomllib.loads(path.read_text("utf-8"))["policy"]
    entries = {f.name: table[f.name] for f in fields(PolicyWords)}
    return PolicyWords(**{k: compiled(v if isinstance(v, str) else "|".join(v)) for k, v in entries.items()})


@dataclass(frozen=True, slots=True)
class _Needed:
    """Signs of words without which a rule says nothing.

    No number is laid down without one of `words` in its clause (or `named`, a sum), or one of each pair there. Of
    `ruled` the second, and `name`, `paid` and `aimed`, may stand anywhere in the sentence.
    """

    words: int
    condition: tuple[int, int]
    granted: tuple[int, int]
    ruled: tuple[int, int]
    name: int
    so_many: int
    cap: int
    classed: int
    named: int
    once: int
    ratio: int
    divided: int
    resolved: int
    free: int
    who_does: int
    each_given: int
    told: int
    settled: int
    bound: int
    price: int
    paid: int
    aimed: int
    cues: int
    grants: int


@cache
def _needed() -> _Needed:
    """The signs of the vocabulary, those of each rule by which `is_policy` says yes."""
    words = policy_words()
    return _Needed(
        signs.of(
            words.cues,
            words.cap,
            words.classed,
            words.once,
            words.bound,
            _RATIO,
            _BORNE,
            _BY_SHARE,
            _PARTED,
            _WITHIN,
            _CHANGED,
            _GRANTS,
            _FREE,
            _WHO_DOES,
        ),
        (signs.of(words.qualifies), signs.of(words.grants, words.of_whom)),
        (signs.of(_WHOEVER), signs.of(words.granted)),
        (signs.of(words.due), signs.of(words.ruled, words.condition)),
        signs.of(words.name),
        so_many=signs.of(_SO_MANY),
        cap=signs.of(words.cap),
        classed=signs.of(words.classed),
        named=signs.of(words.named),
        once=signs.of(words.once),
        ratio=signs.of(_RATIO),
        divided=signs.of(_BORNE, _BY_SHARE, _PARTED, _PARTY),
        resolved=signs.of(_RESOLVED),
        free=signs.of(_FREE),
        who_does=signs.of(_WHO_DOES),
        each_given=signs.of(_EACH_GIVEN),
        told=signs.of(words.told),
        settled=signs.of(words.settled),
        bound=signs.of(words.bound),
        price=signs.of(words.price),
        paid=signs.of(words.paid),
        aimed=signs.of(words.aimed),
        cues=signs.of(words.cues),
        grants=signs.of(_GRANTS),
    )


def _may_be_policy(near: Around, here: int) -> bool:
    """Whether words that could lay the number down stand near it; most clauses have none."""
    needed = _needed()
    # A share may be laid down without any of the words: 盈余的七成分给社员.
    return bool(
        near.number.unit is Unit.PERCENT
        or here & needed.words
        or (here & needed.named and near.number.unit is Unit.CNY)
        or (here & needed.condition[0] and here & needed.condition[1])
        or (here & needed.granted[0] and here & needed.granted[1])
        or (here & needed.ruled[0] and near.told & needed.ruled[1])
        or near.told & needed.name
    )


def is_policy(text: str, near: Around, *, announced: bool) -> bool:
    """Whether the clause lays the number down; not where it tells of what was done.

    A bound in a passage of plans (`announced`) is a plan; one for each person, village or month is a rule.
    """
    here = signs.within(text, (near.clause.start, near.clause.end + _NEXT_CHARS))
    return _may_be_policy(near, here) and lays_down(text, near, here, announced=announced)


_BELOW = re.compile("(?:低于|高于|不足|超过|不超过|不到)[^，。；,;]{0,3}$")
_COUNTED_CLASS = re.compile(r"以?[上下]?的(?:[^，。；,;\d]{0,4}[村户县]|人口?|家庭)[^，。；,;\d]{0,6}(?:有|达|占)")
"""Behind a bound by which some are told from others, and counted: 年收入低于 + 5万元的村还有62个."""


def lays_down(text: str, near: Around, here: int, *, announced: bool) -> bool:
    """The same of a clause that has words which could; `here` are the signs of all its words."""
    words, needed, number = policy_words(), _needed(), near.number
    head = text[max(near.before.start, number.start - HEAD) : number.start]
    tail = text[number.end : min(near.clause.end, number.end + TAIL)]
    if (not announced and here & needed.so_many and _is_counted_out(text, near)) or _bounds_class(text, near):
        return False
    if _is_laid_down(text, near, here):
        return True
    if (here & needed.each_given and _is_given(text, near, announced)) or _is_found(text, near, head):
        return False
    settled, sign = (words.told, needed.told) if announced else (words.settled, needed.settled)
    bound = here & needed.bound and words.bound.search(head) is not None
    if bound and _EACH_YEARLY.match(text[near.clause.start : number.start]):
        return True
    if here & sign and (settled.search(head) or settled.search(tail)):
        return False
    if here & needed.price and words.price.match(tail):
        return False
    if bound and announced and "至少" in head and number.unit in {Unit.PERSON, Unit.COUNT}:
        # 每户至少有1人稳定就业: in a plan people and things for each are an aim; sums, days and times are rules.
        return False
    if bound and _EACH_BOUND.search(text, near.clause.start, number.start):
        start = near.clause.start - len(last_half(text[near.sentence.start : near.clause.start]))
        return words.aimed.search(text, start, number.start) is None
    if near.told & needed.paid and words.paid.match(text[near.clause.end : near.sentence.end]):
        return False
    ruled = here & needed.ruled[0] and near.told & needed.ruled[1]
    granted = here & needed.grants and _is_granted_to_each(text, near)
    if granted or ((ruled or near.told & needed.name) and _is_ruled(text, near)):
        return True
    if not here & needed.cues or _HAS_TO.search(head):
        return False
    bound = bound and "最高" not in head and not words.cues.search(tail)
    if bound and (announced or words.aimed.search(text, near.sentence.start, number.start)):
        # 错退率要 + 低于2%: what has to come true is an aim.
        return False
    return bool(words.cues.search(head + text[number.start : number.number_at]) or words.cues.search(tail))


def is_told_of(text: str, near: Around) -> bool:
    """Whether words beside the number tell of what was done where others could lay it down: 每年给他不少于3000元."""
    words, number = policy_words(), near.number
    head = text[max(near.before.start, number.start - HEAD) : number.start]
    tail = text[number.end : min(near.clause.end, number.end + TAIL)]
    if not (words.settled.search(head) or words.settled.search(tail)):
        return False
    return bool(words.cues.search(head + text[number.start : number.number_at]) or words.cues.search(tail))


def _bounds_class(text: str, near: Around) -> bool:
    """Whether the number tells some from others, which are counted: 年收入低于5万元的村还有62个."""
    if _COUNTED_CLASS.match(text, near.number.end, near.clause.end) is None:
        return False
    return _BELOW.search(text, near.clause.start, near.number.number_at) is not None


def _is_granted_to_each(text: str, near: Around) -> bool:
    """Whether the number is what each of nobody counted is granted: 跨省的每人补500元.

    改造危房395户,户均补助2万元 tells of what was paid to those whom it counts.
    """
    number = near.number
    if (
        number.unit is not Unit.CNY
        or number.value is None
        or number.value >= LARGEST_RATE
        or not _SHARES & {*number.per}
    ):
        return False
    if not _GRANTS.search(text, near.clause.start, number.start) and not _GRANTS_BEHIND.match(text, number.end):
        return False
    said = last_half(text[near.sentence.start : number.start]) + text[number.end : near.clause.end]
    return _RECEIVED.search(said) is None and _COUNTED_OUT.search(said) is None


def _is_laid_down(text: str, near: Around, here: int) -> bool:
    """Whether the clause says so in a way that no other words take back: a cap, a condition, a ratio, a share."""
    words, needed, number = policy_words(), _needed(), near.number
    head = text[max(near.before.start, number.start - HEAD) : number.start]
    return bool(
        _is_loan_term(text, near)
        or (here & needed.who_does and _is_case(text, near))
        or (here & needed.free and _is_free(text, near))
        or (number.unit is Unit.CNY and _is_rate_changed(text, near))
        or (here & needed.cap and words.cap.search(head))
        or (here & needed.classed and words.classed.search(head))
        or (here & needed.named and number.unit is Unit.CNY and words.named.match(text[number.end : near.clause.end]))
        or (here & (needed.condition[0] | needed.granted[0]) and _is_condition(text, near))
        or (here & needed.once and words.once.search(text, near.clause.start, number.start))
        or (here & needed.ratio and _is_shared_out(text, near))
        or ((here & needed.divided or near.told & needed.resolved) and _is_divided(text, near))
    )


def _is_loan_term(text: str, near: Around) -> bool:
    """Whether the number bounds loans: 五万元以内、三年以下，免抵押."""
    number = near.number
    if number.unit not in _TERM_UNITS or not _WITHIN.search(text, number.number_at, number.end + 2):
        return False
    return _LENT.search(text, near.sentence.start, near.sentence.end) is not None


def _is_case(text: str, near: Around) -> bool:
    """Whether the number bounds the cases that something is laid down for: 漏评率超过2%的,对负责人进行约谈."""
    if not _WHO_DOES.match(text, near.number.end):
        return False
    head = text[near.clause.start : near.number.number_at]
    return _FALLS_BEYOND.search(head) is not None and _DONE.search(head) is None


def _is_free(text: str, near: Around) -> bool:
    """Whether the number bounds what is free or when it is due, and no word says that it was: 头三年不收租."""
    if near.number.unit not in _FREE_UNITS or not _FREE.match(text, near.number.end):
        return False
    return _DONE.search(text, near.clause.start, near.clause.end) is None


def _is_rate_changed(text: str, near: Around) -> bool:
    """Whether the number is what a rate of support was or became: 低保标准由3200元提高到3600元."""
    number = near.number
    if number.value is None or number.value >= LARGEST_RATE:
        return False
    return _CHANGED.search(text, near.clause.start, number.start) is not None


def _is_found(text: str, near: Around, head: str) -> bool:
    """Whether the number is what somebody worked out or counted, `head` being its words in front."""
    number = near.number
    if _COUNTED_UP.match(text, number.end, number.end + 2):
        return True
    if number.unit is Unit.PERCENT and number.value is not None and number.value % 1 and "报销" in head:
        # 门诊报销比例83.7%: rules are round, what came out of them is not.
        return True
    # 有17个村年收入低于3万元: how many there are that fall below is a finding.
    return near.previous is not None and "有" in text[max(0, near.previous.start - 3) : near.previous.start]


def _is_counted_out(text: str, near: Around) -> bool:
    """Whether the clause counts those who got so much each, and no condition stands in it."""
    clause = text[near.clause.start : near.clause.end]
    return _SO_MANY.search(clause) is not None and _FOR_WHOM.search(clause) is None


def _is_shared_out(text: str, near: Around) -> bool:
    """Whether the number is a part of the ratio by which something is to be shared or raised: 按6∶2∶2分成."""
    start, end = max(near.clause.start, near.number.start - _RATIO_CHARS), near.number.end + _RATIO_CHARS
    return any(m.start() < near.number.start < m.end() for m in _RATIO.finditer(text, start, end))


def _is_divided(text: str, near: Around) -> bool:
    """Whether the share is one by which takings are divided, or that the treasury bears: 盈余的七成分给社员."""
    number = near.number
    if number.unit is not Unit.PERCENT:
        return False
    if _BORNE.search(text, near.clause.start, number.start):
        return True
    if _RESOLVED.search(text, near.sentence.start, number.start):
        return True
    counted_up = _COUNTED_UP.match(text, number.end, number.end + 2)
    if _BY_SHARE.search(text, near.clause.start, number.start) and not counted_up:
        return True
    # 去年请人盖起圈舍，改成合作社：七成分给户: what stands before a colon is told of something else.
    start = max(near.sentence.start, text.rfind("：", near.sentence.start, near.clause.start) + 1)
    told = _DIVIDED_BY_NOW.search(text, start, near.clause.end)
    if told is not None:
        return False
    return (_PARTED.match(text, number.end) or _PARTY.search(text, near.clause.start, number.start)) is not None


def is_rate(text: str, near: Around) -> bool:
    """Whether the number is money for each person, village, month or mu, and no word says who pays it: 每人250元.

    Or what support is on average meant to be: 户均补助2万元, 重建户均2万元; but 人均收入 is no rate.
    """
    number = near.number
    if number.unit is not Unit.CNY:
        return False
    head = text[near.before.start : number.start]
    if _FOR_EACH.search(head):
        return True
    return text[number.end : number.end + 1] == "/" and not _EARNED.search(head)


def is_next_rate(text: str, near: Around, last_end: int) -> bool:
    """Whether the number is the next of a list of rates, or what a rate became, with a name of its own at most.

    `last_end` is where the number of a rule in front of it ends. A sum that was paid (共发放82万元) is none, nor one
    that is too large for a rate (每人180元标准代缴参保费201万元).
    """
    if near.number.unit is Unit.CNY and near.number.value is not None and near.number.value >= LARGEST_RATE:
        return False
    between = text[last_end : near.number.start]
    if len(between) > LONGEST_ITEM or _LIST_END.search(between):
        return False
    return policy_words().done.search(between) is None


def is_granted(text: str, near: Around) -> bool:
    """Whether the clause grants what the one in front of it made conditional: …的贫困劳动力，一次性补助500元."""
    return policy_words().granted.match(text, near.clause.start) is not None


def _is_given(text: str, near: Around, announced: bool) -> bool:
    """Whether the rate tells what each of those got that the sentence has just told of: 新建1260套,每户补助4万元.

    Not where it is a bound, or where a plan or a condition stands in the sentence.
    """
    number = near.number
    if announced or number.unit is not Unit.CNY or not _EACH_GIVEN.search(text, near.clause.start, number.start):
        return False
    front = last_half(text[near.sentence.start : near.clause.start])
    told_of = _BUILT.search(front) is not None or _COUNTED_THEM.search(front) is not None
    return told_of and _RULED_IN.search(front) is None


def _is_condition(text: str, near: Around) -> bool:
    """Whether the clause says who is entitled, and the next one to what: 对满6个月的，每人补助500元."""
    words, number = policy_words(), near.number
    head = text[near.clause.start : number.start]
    tail = text[number.end : near.clause.end]
    bounded = (
        _BOUNDED.search(head + text[number.start : number.number_at]) is not None
        or "以上" in text[number.start : number.end + 3]
    )
    if (_BOUNDED_WHOEVER if bounded else _WHOEVER_ELSE).match(tail) and not _DONE.search(head):
        # 在外务工3个月以上的,每人补助500元: 的 before the comma stands for whoever does.
        return words.granted.match(text, near.clause.end) is not None
    if not words.qualifies.search(head) or _DONE.search(head):
        return False
    if not bounded and number.unit in _PEOPLE and head.endswith("对"):
        # 对1542户边缘户,每户给予5000元以内的奖补: who gets it has been counted.
        return False
    if words.grants.match(tail):
        return True
    return words.of_whom.match(tail) is not None and words.granted.match(text, near.clause.end) is not None


def _is_ruled(text: str, near: Around) -> bool:
    """Whether the number stands in the wording of a rule: behind 按照规定, or quoted (“人均5000、户均3万元”的政策)."""
    words, number = policy_words(), near.number
    start = max(text.rfind(mark, near.sentence.start, number.start) for mark in "；;")
    front = text[max(start + 1, near.sentence.start, number.start - RULE_REACH) : number.start]
    clause = text[near.clause.start : min(near.clause.end, number.end + 12)]
    # 按照规定,管护员每月巡护15天,最长的巡护线有65公里: a clause of that sentence that lays nothing down is none of it.
    if words.due.search(clause) and (words.ruled.search(front) or words.condition.search(front)):
        return True
    opening, closing = text.rfind("“", near.sentence.start, number.start), text.find("”", number.end, near.sentence.end)
    quoted = opening > text.rfind("”", near.sentence.start, number.start) and 0 <= closing < number.end + RULE_REACH
    return quoted and words.name.match(text, closing + 1) is not None
