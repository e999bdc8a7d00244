"""Articles of invented figures about real counties, written out several times in ways whose truth is known.

For each county: a work report; three reposts of it (another site's header and footer, another title, the other script
with a sentence cut); the report of the year after; a news brief of the same year in other words, with figures rounded;
a brief of the year after that looks back, rightly or not; two stories of one of its villages, whose poor are not the
county's, and which contradict or repeat each other; a village of the same name in another county; and either a second
brief or a repost in which one figure is changed beyond its rounding. Nothing here says anything about the counties.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from opencc import OpenCC

COUNTIES = (
    ("民权县", "河南省", "商丘市", "411421"),
    ("山阳县", "陕西省", "商洛市", "611024"),
    ("金寨县", "安徽省", "六安市", "341524"),
    ("灵丘县", "山西省", "大同市", "140224"),
    ("武山县", "甘肃省", "天水市", "620524"),
    ("郧西县", "湖北省", "十堰市", "420322"),
    ("广昌县", "江西省", "抚州市", "361030"),
    ("明水县", "黑龙江省", "绥化市", "231225"),
    ("康保县", "河北省", "张家口市", "130723"),
    ("苍溪县", "四川省", "广元市", "510824"),
    ("嵩县", "河南省", "洛阳市", "410325"),
    ("寻乌县", "江西省", "赣州市", "360734"),
)

REPORT = """{name}{year}年脱贫攻坚工作情况
来源:{name}人民政府网  发布时间:{year}-12-26

{name}隶属{province}{prefecture},总面积{area}平方公里,辖{towns}个乡镇、{villages}个行政村,总人口{people}万人。\
2014年全县共识别贫困村{poor_villages}个、建档立卡贫困户{registered_households}户{registered_persons}人。\
截至{year}年底,全县累计脱贫{lifted_households}户{lifted_persons}人,未脱贫{left_households}户{left_persons}人,\
贫困发生率降至{rate}%。{creed}
一、发展特色产业。{year}年,全县投入产业扶贫资金{industry}万元,新建标准化种植基地{land}亩,带动贫困户{led}户,\
让有劳力的家庭都有一项稳得住的营生。
二、用好金融活水。{year}年,全县发放扶贫小额信贷{loans}万元,惠及贫困户{borrowers}户,落实贴息{interest}万元。
三、补齐民生短板。{year}年,全县改造农村危房{houses}户,硬化村组道路{roads}公里,资助困难学生{pupils}人次。
四、凝聚帮扶力量。全县选派驻村工作队{teams}支,{partner}投入帮扶资金{aid}万元,实施项目{projects}个。
下一步,将继续落实各项政策,巩固来之不易的成果,把日子越过越好。
"""

BRIEF = """{paper}讯(记者 {reporter}) 12月28日,从{name}扶贫开发办公室传来消息:\
到{year}年底,这个县贫困发生率已经下降到{rate}%,未脱贫人口还剩{left_persons}人。

翻山越岭走进{name},新路通到了家门口。县里的同志介绍,{year}年全县发放扶贫小额信贷{loans}万元,干部们挨家挨户讲政策、\
算细账,帮乡亲们把钱用在刀刃上。

据了解,{name}面积{area_rounded}平方公里,人口{people_rounded}万人,下辖{towns}个乡镇、{villages}个行政村。\
2014年建档立卡时,全县有贫困人口{registered_persons_rounded}万人。
"""

LOOKING_BACK = """又是一年开工时
来源:{paper}  发布时间:{next}-02-18

正月里,{name}的干部们忙着排新一年的工期。截至{year}年底,全县未脱贫人口还剩{left_persons}人,贫困发生率下降到{rate}%。

2014年建档立卡时,全县有贫困人口{registered_persons}人。县里的同志说,剩下的都是难啃的骨头,得一户一个法子。
"""

VILLAGE = """{village}的账本
来源:{paper}  发布时间:{year}-11-06

走进{name}{town}{village},一排排菇棚沿着河滩铺开。全村{v_households}户{v_people}人,2014年识别建档立卡贫困户{v_poor}户{v_poor_persons}人。截至{year}年底,{village}未脱贫人口还剩{v_left}人,贫困发生率下降到{v_rate}%。

村里老支书说,路通了,水来了,好日子要靠自己一双手去挣。
"""

VILLAGE_AGAIN = """小山村里话变化

午后,记者在{name}{town}{village}见到了正在晒场翻谷子的乡亲。截至{year}年底,{village}未脱贫人口还剩{v_left}人。

大伙儿说起这些年的变化,你一言我一语,笑声传出老远。({paper} {reporter})
"""

TITLES = ("山乡巨变在眼前", "把日子过到心坎上", "一场必须打赢的硬仗")
CREEDS = (
    "一年来,县委、县政府坚持把群众的事放在心上,挂图作战,逐村销号。",
    "全县上下同心,干部下沉到村到户,啃下了一块又一块硬骨头。",
    "面对基础薄弱的县情,全县以钉钉子的劲头推进各项工作。",
)
HEADS = ("首页 > 新闻 > 县区\n", "当前位置:网站首页 > 扶贫动态\n字号:大 中 小\n", "【大 中 小】 【打印】 【关闭】\n")
FEET = ("\n责任编辑:周明\n", "\n分享到: 微信 微博\n上一篇:没有了\n", "\n(转载请注明来源)\n")
CHANGED = ("rate", "left_persons", "loans", "villages", "people")
"""Figures of which one is changed in a contradiction, by their name in the brief."""
INDICATORS = {
    "rate": "poverty_rate",
    "left_persons": "remaining_persons",
    "loans": "loans",
    "villages": "villages",
    "people": "population",
}


Told = tuple[str, str | None, str, str]
"""A figure that reports tell: code of the county, village, indicator, year."""


@dataclass(slots=True)
class Planted:
    """What the folder holds: pairs of file names, and figures that reports contradict or share."""

    reposts: set[frozenset[str]] = field(default_factory=set)
    updates: set[tuple[str, str]] = field(default_factory=set)
    contradictions: set[Told] = field(default_factory=set)
    agreements: set[Told] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class World:
    """The figures of a county in a year."""

    code: str
    year: int
    values: dict[str, str]


def write(folder: Path, *, seed: int = 7) -> tuple[int, Planted]:
    """Write the articles; returns how many, and what was planted in them."""
    folder.mkdir(parents=True, exist_ok=True)
    planted = Planted()
    count = 0
    for i, county in enumerate(COUNTIES):
        for name, text in _articles(random.Random(seed * 1000 + i), i, county, planted):
            (folder / name).write_text(text, "utf-8", newline="\n")
            count += 1
    return count, planted


def _articles(
    rng: random.Random, i: int, county: tuple[str, str, str, str], planted: Planted
) -> Iterator[tuple[str, str]]:
    world = _world(rng, county, 2016 + i % 3)
    later = _next_year(rng, world)
    report = REPORT.format(**world.values)
    title = report.partition("\n")[0]
    reports = {
        f"{world.code}-report.txt": report,
        f"{world.code}-repost-title.txt": report.replace(title, f"{TITLES[i % 3]}——{title}", 1),
        f"{world.code}-repost-site.txt": HEADS[i % 3] + report + FEET[i % 3],
        f"{world.code}-repost-script.txt": OpenCC("s2t").convert(_without_a_sentence(rng, report)),
    }
    briefs = {f"{world.code}-brief.txt": BRIEF.format(**_briefed(world.values))}
    changed = {CHANGED[i % len(CHANGED)]}
    wrong = replace(world, values=world.values | {n: _changed(world.values[n]) for n in changed})
    if i % 2:
        briefs[f"{world.code}-brief-wrong.txt"] = _other_brief(BRIEF.format(**_briefed(wrong.values)))
    else:
        reports[f"{world.code}-repost-wrong.txt"] = HEADS[(i + 1) % 3] + REPORT.format(**wrong.values)
    yield from reports.items()
    yield from briefs.items()
    update = f"{world.code}-next-year.txt"
    yield update, REPORT.format(**later.values)
    slip = LOOKS_BACK[i % len(LOOKS_BACK)]
    looked = world.values | {"next": str(world.year + 1)} | {n: _changed(world.values[n]) for n in slip}
    yield f"{world.code}-looking-back.txt", LOOKING_BACK.format(**looked)
    changed |= set(slip)
    planted.reposts |= _pairs(reports) | _pairs(briefs)
    planted.updates |= {(name, update) for name in reports}
    told = {n: (world.code, None, indicator, str(world.year)) for n, indicator in INDICATORS.items()}
    planted.contradictions |= {key for n, key in told.items() if n in changed}
    planted.agreements |= {key for n, key in told.items() if n not in changed}
    yield from _village(rng, i, world, planted)


LOOKS_BACK = ((), ("left_persons",), (), ("rate",), ("left_persons", "rate"))
"""What the brief of the year after has wrong of the year before, in turn."""


def _village(rng: random.Random, i: int, world: World, planted: Planted) -> Iterator[tuple[str, str]]:
    """Two stories of a village; its name is also that of a village of the next county."""
    village = VILLAGES[i // 2 % len(VILLAGES)]
    values = world.values | _village_figures(rng) | {"village": village, "town": TOWNS[i % len(TOWNS)]}
    again = values | ({"v_left": _changed(values["v_left"])} if i % 3 else {})
    yield f"{world.code}-village.txt", VILLAGE.format(**values)
    yield f"{world.code}-village-again.txt", VILLAGE_AGAIN.format(**again)
    key = (world.code, village, "remaining_persons", str(world.year))
    (planted.contradictions if i % 3 else planted.agreements).add(key)


VILLAGES = ("河湾村", "上马石村", "枫林村", "双桥村", "桃花坪村", "石板沟村")
TOWNS = ("绿洲镇", "青山乡", "永安镇", "白云乡")


def _village_figures(rng: random.Random) -> dict[str, str]:
    households, poor = rng.randint(210, 490), rng.randint(41, 139)
    left = rng.randint(11, 39)
    figures = {
        "v_households": households,
        "v_people": households * 3 + rng.randint(1, 9),
        "v_poor": poor,
        "v_poor_persons": poor * 3 + rng.randint(1, 9),
        "v_left": left,
        "v_rate": f"{left / households / 3 * 100:.2f}",
    }
    return {name: str(value) for name, value in figures.items()}


def _pairs(names: dict[str, str]) -> set[frozenset[str]]:
    return {frozenset((a, b)) for a in names for b in names if a < b}


def _world(rng: random.Random, county: tuple[str, str, str, str], year: int) -> World:
    name, province, prefecture, code = county
    households = rng.randint(9_000, 31_000)
    persons = households * rng.randint(27, 34) // 10 + rng.randint(1, 9)
    left = rng.randint(800, 3_000)
    rural = rng.randint(150_000, 600_000)
    left_persons = left * rng.randint(22, 29) // 10 + rng.randint(1, 9)
    partner = rng.choice(("某市高新区", "省农业银行", "省交通集团"))
    values: dict[str, object] = {
        "name": name,
        "province": province,
        "prefecture": prefecture,
        "year": year,
        "area": rng.randint(1_101, 3_999),
        "towns": rng.randint(9, 24),
        "villages": rng.randint(121, 489),
        "people": f"{rng.randint(1501, 7999) / 100:.2f}",
        "poor_villages": rng.randint(31, 119),
        "registered_households": households,
        "registered_persons": persons,
        "lifted_households": households - left,
        "lifted_persons": persons - left_persons,
        "left_households": left,
        "left_persons": left_persons,
        "rate": f"{left_persons / rural * 100:.2f}",
        "partner": partner,
        "creed": rng.choice(CREEDS),
        "paper": rng.choice(("晨报", "日报", "晚报")),
        "reporter": rng.choice(("周立", "吴敏", "陈刚")),
    }
    return World(code, year, {k: str(v) for k, v in (values | _work(rng)).items()})


def _work(rng: random.Random) -> dict[str, object]:
    """What a year's work comes to."""
    return {
        "industry": rng.randint(2_001, 9_899),
        "land": rng.randint(3_001, 29_999),
        "led": rng.randint(1_001, 7_999),
        "loans": rng.randint(3_001, 18_999),
        "borrowers": rng.randint(801, 3_999),
        "interest": rng.randint(101, 799),
        "houses": rng.randint(301, 2_999),
        "roads": rng.randint(51, 399),
        "pupils": rng.randint(3_001, 22_999),
        "teams": rng.randint(61, 239),
        "aid": rng.randint(801, 4_999),
        "projects": rng.randint(21, 99),
    }


def _next_year(rng: random.Random, world: World) -> World:
    """A year on: fewer are poor, the year's work is another, area and registration stay."""
    old = {k: int(v) for k, v in world.values.items() if v.isdigit()}
    left, left_persons = old["left_households"] * 2 // 5, old["left_persons"] * 2 // 5
    changes: dict[str, object] = _work(rng) | {
        "year": world.year + 1,
        "left_households": left,
        "left_persons": left_persons,
        "lifted_households": old["registered_households"] - left,
        "lifted_persons": old["registered_persons"] - left_persons,
        "rate": f"{float(world.values['rate']) * 2 / 5:.2f}",
    }
    return World(world.code, world.year + 1, world.values | {k: str(v) for k, v in changes.items()})


def _briefed(values: dict[str, str]) -> dict[str, str]:
    """The rounded figures of a brief."""
    return values | {
        "area_rounded": values["area"],
        "people_rounded": f"{float(values['people']):.1f}",
        "registered_persons_rounded": f"{int(values['registered_persons']) / 10_000:.1f}",
    }


def _changed(number: str) -> str:
    """The number with its first digit another, so that no rounding hides it."""
    first = int(number[0])
    return f"{first % 8 + 2 if first != first % 8 + 2 else first - 1}{number[1:]}"


def _other_brief(text: str) -> str:
    """The brief as another paper prints it: its own headline and closing words."""
    return "山乡新貌\n\n" + text + "\n暮色里,炊烟升起,村口的路灯一盏盏亮了。\n"


def _without_a_sentence(rng: random.Random, text: str) -> str:
    """A repost that cut one of the numbered items' last sentences, or the outlook."""
    lines = text.split("\n")
    cut = rng.choice([i for i, line in enumerate(lines) if line.startswith(("三、", "四、", "下一步"))])
    return "\n".join(line for i, line in enumerate(lines) if i != cut)
