"""How divisions are called when they are not called by their full names."""

from __future__ import annotations

import re
from functools import cache

# As they stand in the names of autonomous divisions, longest first where one begins another.
_PEOPLES = (
    "阿昌族 保安族 布依族 布朗族 白族 朝鲜族 达斡尔族 傣族 德昂族 东乡族 侗族 独龙族 鄂温克族 "
    "鄂伦春族 哈尼族 哈萨克族 哈萨克 回族 仡佬族 高山族 景颇族 柯尔克孜族 柯尔克孜 拉祜族 黎族 "
    "傈僳族 满族 毛南族 蒙古族 蒙古 苗族 仫佬族 纳西族 怒族 普米族 羌族 撒拉族 畲族 水族 "
    "塔吉克族 塔吉克 土家族 土族 佤族 维吾尔 锡伯族 锡伯 瑶族 彝族 裕固族 藏族 壮族 各族"
).replace(" ", "|")

_AUTONOMOUS = re.compile(rf"(?P<stem>.+?)(?:{_PEOPLES})+自治(?P<kind>区|州|县|旗)")
_PLAIN = re.compile(r"(?P<stem>.+?)(?:特别行政区|自治区|省|市|地区|林区|盟|县|旗)")

# Autonomous divisions whose names have no stem beside the people's, and the customary abbreviations of long ones.
_CUSTOMARY = {
    "东乡族自治县": ("东乡县",),
    "鄂温克族自治旗": ("鄂温克旗",),
    "鄂伦春自治旗": ("鄂伦春旗",),
    "莫力达瓦达斡尔族自治旗": ("莫力达瓦旗", "莫旗"),
    "巴音郭楞蒙古自治州": ("巴州",),
    "博尔塔拉蒙古自治州": ("博州",),
    "克孜勒苏柯尔克孜自治州": ("克州",),
    "前郭尔罗斯蒙古族自治县": ("前郭县",),
    "杜尔伯特蒙古族自治县": ("杜蒙县",),
    "喀喇沁左翼蒙古族自治县": ("喀左县",),
    "阜新蒙古族自治县": ("阜蒙县",),
    "围场满族蒙古族自治县": ("围场县",),
    "张家川回族自治县": ("张家川县", "张川县"),
    "察布查尔锡伯自治县": ("察布查尔县", "察县"),
    "科尔沁右翼前旗": ("科右前旗",),
    "科尔沁右翼中旗": ("科右中旗",),
    "科尔沁左翼中旗": ("科左中旗",),
    "科尔沁左翼后旗": ("科左后旗",),
    "察哈尔右翼前旗": ("察右前旗",),
    "察哈尔右翼中旗": ("察右中旗",),
    "察哈尔右翼后旗": ("察右后旗",),
}


@cache
def stem(name: str) -> str | None:
    """The name without its class and peoples: 灵丘 of 灵丘县, 恩施 of 恩施土家族苗族自治州.

    None where less than two characters are left (古县), and for districts: nobody says 城关 for 城关区 without a town
    or a street being as likely.
    """
    found = _AUTONOMOUS.fullmatch(name)
    # 内蒙古自治区 would leave 内; 鄂温克族自治旗 has nothing but the people's name.
    if (found is None or len(found["stem"]) < 2) and ("自治" not in name or name.endswith("自治区")):
        found = _PLAIN.fullmatch(name)
    return found["stem"] if found and len(found["stem"]) > 1 else None


@cache
def class_forms(name: str) -> tuple[str, ...]:
    """Shorter forms that keep the class, as safe as the full name: 积石山县, 双江自治县, 恩施州, 科右前旗."""
    customary = _CUSTOMARY.get(name, ())
    found = _AUTONOMOUS.fullmatch(name)
    if found is None or found["kind"] == "区" or len(found["stem"]) < 2:
        return customary
    short, kind = found["stem"], found["kind"]
    return tuple(dict.fromkeys((short + kind, f"{short}自治{kind}", *customary)))
