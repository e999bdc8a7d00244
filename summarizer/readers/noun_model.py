"""The noun that a label ends in where the text has none for what is measured (`data/noun_weights.tsv`).

种植柑橘 300 亩 is 种植柑橘面积, 培训 12 次 is 培训次数. A linear model learnt from labelled facts tells by the codes of
a number, and by the end of the rules' label, whether a careful reader would put such a noun there.
"""

from collections.abc import Sequence
from functools import cache

from schemas.vocabulary import Code, Indicator, Per, Qualifier, Status, Unit
from summarizer.readers import linear_model
from summarizer.readers.linear_model import Group, LinearModel

FILE = "noun_weights.tsv"

LONGEST = 20
"""Characters: a longer label says enough."""

_GENERAL = {"工资": "收入", "工钱": "收入", "期限": "时间", "年限": "时间"}
"""A noun, and the more general one that it stands in place of: 月收入 + 工资 is 月工资."""

_SAID = ("时间", "天数")
"""A noun, and the more particular one behind which it says nothing."""


class Noun(Code):
    """What a label may end in."""

    NONE = "none", ""
    AIM = "aim", "目标"
    PEOPLE = "people", "人口"
    AREA = "area", "面积"
    TIMES = "times", "次数"
    WAGE = "wage", "工资"
    LIMIT = "limit", "上限"
    FUNDS = "funds", "资金"
    TIME = "time", "时间"
    NUMBER = "number", "人数"
    DAYS = "days", "天数"
    STANDARD = "standard", "标准"
    INCOME = "income", "收入"
    SUM = "sum", "金额"
    SHARE = "share", "份额"
    DISTANCE = "distance", "距离"
    YEARS = "years", "年限"
    TERM = "term", "期限"
    PAY = "pay", "工钱"
    STAFF = "staff", "人员"
    SCALE = "scale", "规模"
    LENGTH = "length", "里程"
    RATIO = "ratio", "比例"
    WEIGHT = "weight", "重量"
    OUTPUT = "output", "产量"
    SUBSIDY = "subsidy", "补助"


NOUNS = tuple(Noun)

Codes = tuple[Unit, Indicator, Status, Qualifier, tuple[Per, ...]]


@cache
def noun_model() -> LinearModel[Noun]:
    """The packaged model, read once per process."""
    return read(linear_model.packaged(FILE))


def read(text: str) -> LinearModel[Noun]:
    """The model that a file's text holds."""
    return LinearModel(NOUNS, linear_model.read_weights(text, NOUNS))


def ended(model: LinearModel[Noun], label: str, codes: Codes) -> str:
    """The label with the likeliest noun behind it, where it does not say it."""
    if len(label) > LONGEST:
        return label
    told = model.bias + model.of_codes(by_codes, *codes) + model.of_codes(by_label, label[-2:], codes[0])
    noun = model.best(told).zh
    if noun in label or (noun, label[-2:]) == _SAID:
        return label
    return label.removesuffix(_GENERAL.get(noun, "")) + noun


def by_codes(
    unit: Unit, indicator: Indicator, status: Status, qualifier: Qualifier, per: tuple[Per, ...]
) -> Sequence[Group]:
    """What the codes of a number say for nouns."""
    each = " ".join(p.value for p in per)
    return (
        ("unit", (unit.value,), 1.0),
        ("indicator", (indicator.value,), 1.0),
        ("status", (status.value,), 1.0),
        ("unit and indicator", (f"{unit.value} {indicator.value}",), 1.0),
        ("unit and status", (f"{unit.value} {status.value}",), 1.0),
        ("indicator and status", (f"{indicator.value} {status.value}",), 1.0),
        ("qualifier", (qualifier.value,), 1.0),
        ("qualifier and codes", (f"{qualifier.value} {unit.value} {status.value}",), 1.0),
        ("per", (each,), 1.0),
        ("per and indicator", (f"{each} {indicator.value}",), 1.0),
    )


def by_label(ending: str, unit: Unit) -> Sequence[Group]:
    """What the end of the rules' label says for nouns."""
    return (
        ("last", (ending[-1:],), 1.0),
        ("ending", (ending,), 1.0),
        ("last and unit", (f"{ending[-1:]} {unit.value}",), 1.0),
    )
