"""What rules tell beside numbers: measures, milestones, cases, partners, designations, headline and summary."""

import re
from dataclasses import replace
from typing import Any

import pytest

from schemas.reading import SectionReading
from schemas.report import Subject
from schemas.vocabulary import Level, MilestoneEvent, Status, Topic
from summarizer import summarize
from summarizer.readers.event_times import times_of_events
from summarizer.readers.narrative import EVENTS, event_of, words
from summarizer.readers.study import Study
from summarizer.text.article import DocumentInfo
from tests.reading_cases import brief_of, cases, read

CITY = Subject(name="承德市", level=Level.PREFECTURE, province="河北省", prefecture="承德市", adcode="130800")


def _sections(text: str, *, year: int = 2019, subject: Subject | None = None) -> list[SectionReading]:
    brief = brief_of(text, year=year, subject=subject) if subject else brief_of(text, year=year)
    return read(brief)[0]


@pytest.mark.parametrize(
    ("text", "date", "event"),
    [
        ("2018年9月，经省政府批准，隆化县退出贫困县序列。", "2018-09", MilestoneEvent.EXIT_APPROVED),
        ("2018年7月，隆化县通过国家专项评估检查。", "2018-07", MilestoneEvent.EXIT_ASSESSED),
        ("全县上下齐心，力争2020年底实现整县脱贫摘帽。", "2020-12", MilestoneEvent.EXIT_PLANNED),
        ("2017年被省政府授予扶贫开发先进县称号。", "2017", MilestoneEvent.AWARD),
        ("2016年7月19日，一场特大暴雨袭击了全县。", "2016-07-19", MilestoneEvent.DISASTER),
        ("3月5日，县里召开脱贫攻坚推进会。", "2019-03-05", MilestoneEvent.MEETING),
        ("2018年4月，县里出台《产业扶贫奖补办法》。", "2018-04", MilestoneEvent.POLICY_ISSUED),
        ("2016年8月，东西部扶贫协作全面启动。", "2016-08", MilestoneEvent.PROGRAMME_STARTED),
        ("去年10月，扶贫产业园一期建成投产。", "2018-10", MilestoneEvent.OTHER),
        ("按照计划，今年11月底前，剩余贫困村全部退出，整县摘帽。", "2019-11", MilestoneEvent.EXIT_PLANNED),
        ("12月6日，县里召开年终调度会。", "2019-12-06", MilestoneEvent.MEETING),
        ("11月7日，全省现场会在隆化县召开。", "2019-11-07", MilestoneEvent.MEETING),
        ("2009年被列为全国第二批资源枯竭城市。", "2009", MilestoneEvent.OTHER),
        ("到2018年底，全市45个贫困村全部出列。", "2018-12", MilestoneEvent.OTHER),
        ("2018年9月25日，全县获得“2018年电商进农村示范县”称号。", "2018-09-25", MilestoneEvent.AWARD),
        ("院内的茶叶移栽2019年11月底前完工。", "2019-11", MilestoneEvent.OTHER),
        ("今年是隆化县摘帽的年份。", "2019", MilestoneEvent.EXIT_PLANNED),
        ("今年全县的任务是减贫3万人，年内摘帽。", "2019", MilestoneEvent.EXIT_PLANNED),
        ("安置房2019年3月底前完成装修，按户交付。", "2019-03", MilestoneEvent.OTHER),
        ("其余旧房明年6月以前拆完。", "2020-06", MilestoneEvent.OTHER),
        ("危房问题年底前全部清零。", "2019-12", MilestoneEvent.OTHER),
        ("2018年4月，县里与一家食品企业谈妥了建厂的事。", "2018-04", MilestoneEvent.OTHER),
        ("配套小学9月开学。", "2019-09", MilestoneEvent.OTHER),
        ("去年底，最后4户9人都脱了贫。", "2018-12", MilestoneEvent.OTHER),
        ("按照安排，明年6月底前剩余贫困户全部达到脱贫标准。", "2020-06", MilestoneEvent.EXIT_PLANNED),
        ("2015年，县里办起了第一家扶贫车间。", "2015", MilestoneEvent.OTHER),
        ("2018年春节前，106户全部通上自来水。", "2018", MilestoneEvent.OTHER),
        ("2016年，镇里引来一家制药公司。", "2016", MilestoneEvent.OTHER),
        ("今年全县要整体摘帽。", "2019", MilestoneEvent.EXIT_PLANNED),
        ("3月2日，县里推出消费扶贫行动。", "2019-03-02", MilestoneEvent.PROGRAMME_STARTED),
        ("3月2日，农产品对接会在承德市举行。", "2019-03-02", MilestoneEvent.MEETING),
        ("记者3月2日从全县调度会上获悉，水厂已经通水。", "2019-03-02", MilestoneEvent.MEETING),
    ],
    ids=lambda value: value.value if isinstance(value, MilestoneEvent) else None,
)
def test_a_dated_event_is_a_milestone_of_its_kind(text: str, date: str, event: MilestoneEvent) -> None:
    """The date of its clause and the words of the event make the milestone."""
    found = [m for s in _sections(text) for m in s.milestones]
    assert [(m.date, m.event) for m in found] == [(date, event)]


def test_an_event_of_several_counties_is_one_milestone_each() -> None:
    """A plan that names counties is told of each of them; full escape without exit is another event."""
    text = "2018年底，平泉市贫困人口全部脱贫，滦平县、承德县摘帽。"
    found = [m for s in _sections(text, year=2016, subject=CITY) for m in s.milestones]
    assert [(m.place, m.event) for m in found] == [
        ("平泉市", MilestoneEvent.OTHER),
        ("滦平县", MilestoneEvent.EXIT_PLANNED),
        ("承德县", MilestoneEvent.EXIT_PLANNED),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "今年，滦平县要摘帽，承德县、兴隆县2018年跟进。",
            [("2016", "滦平县"), ("2018", "承德县"), ("2018", "兴隆县")],
        ),
        ("今年，滦平县要摘帽，承德县2018年新建大棚60座。", [("2016", "滦平县")]),
        (
            "2016年3月5日，平泉市、滦平县2个县市经省政府批准，一起退出贫困县。",
            [("2016-03-05", "平泉市"), ("2016-03-05", "滦平县")],
        ),
    ],
)
def test_exits_of_listed_counties_are_told_one_by_one(text: str, told: list[tuple[str, str]]) -> None:
    """Every county of a list has its exit, and counties that only set their own year go on with it."""
    found = [m for s in _sections(text, year=2016, subject=CITY) for m in s.milestones]
    assert [(m.date, m.place) for m in found] == told


def test_a_meeting_of_the_county_in_one_of_its_towns_is_the_county_s() -> None:
    """Where the county sat down is no place of the event; where the province did is."""
    own, others = (f"3月5日，{whose}产业扶贫现场会在韩麻营镇召开。" for whose in ("县里的", "全省"))
    assert [[m.place for s in _sections(text) for m in s.milestones] for text in (own, others)] == [
        [None],
        ["韩麻营镇"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "截至目前，全县已建成扶贫车间35个。",
        "近三年来，先后启动产业项目60个。",
        "2018年项目已竣工12个。",
        "至年末，建成光伏电站64座。",
        "2018年再减贫3000人、退出贫困村70个。",
        "去年，他家养羊挣了3万元，摘掉了贫困帽。",
        "建设光伏电站97座，年底竣工61座。",
        "对口帮扶的宝坻区去年投入资金2650万元。",
        "去年5月，她进了制衣车间，每月工资2100元。",
        "1至9月，开工建设水厂6座。",
        "去年启动到户增收项目。",
        "9月底前资金支出进度达到80%。",
        "年底前再建大棚20个。",
        "去年春茶每斤卖到80元。",
        "水厂原定去年12月完工，因缺钱停了下来。",
        "到5月底，全县外出务工8200人。",
        "最难熬的是去年2月，路都封了。",
        "3月底前返岗的只有2140人。",
    ],
)
def test_what_dates_no_event_of_the_county(text: str) -> None:
    """A stretch, the time of writing, a cohort of works, a count, a target, a household's fate: no milestone."""
    assert not [m for s in _sections(text) for m in s.milestones]


def test_a_villager_with_a_story_is_a_case() -> None:
    """A person with a role or a village, who tells or is told of, is a named example with place and figures."""
    found = [c for s in _sections("“今年卖羊挣了3万元。”章吉营村贫困户马占河高兴地说。") for c in s.cases]
    assert [(c.person, c.place) for c in found] == [("马占河", "章吉营村")]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("村里通了路，章吉营镇平房村搬迁户多。平房村的贫困户马占河去年养羊3只。", "章吉营镇平房村"),
        ("贫困户马占河今年53岁，一家人去年秋天终于搬进了宽敞的新居，如今住在平房村。", "平房村"),
        ("村民马占河今年养羊，收入3万元，带动了平房村和石门村。", None),
    ],
    ids=["town given elsewhere", "where the person lives", "villages that others live in"],
)
def test_a_person_lives_in_the_village_of_the_introduction(text: str, place: str | None) -> None:
    """The village by its fullest name in the article, not any village of the sentence."""
    assert [c.place for s in _sections(text) for c in s.cases] == [place]


def test_a_person_of_one_section_is_known_in_the_next() -> None:
    """Figures of a story go to the person's village, in whichever section it was told or will be."""
    text = (
        "一、先富起来的人\n贫困户马占河去年养羊3只，收入4万元。\n二、新家\n马占河家住章吉营镇平房村，一家5口。\n"
        "贫困户周永福今年种树9亩，挣了7万元。\n三、后来\n全县养羊8万只。马占河又添了6只羊。"
    )
    sections = _sections(text)
    assert [n.place for s in sections for n in s.numbers] == ["章吉营镇平房村"] * 5 + [None, "章吉营镇平房村"]
    assert [(c.person, c.place) for s in sections for c in s.cases][:2] == [
        ("马占河", "章吉营镇平房村"),
        ("马占河", "章吉营镇平房村"),
    ]


def test_a_villages_story_leads_back_from_its_parts() -> None:
    """Whom it tells of after 全村 is not of the group that was named before."""
    village = Subject(name="大湾村", level=Level.VILLAGE, province="河北省", prefecture="承德市")
    text = "田房组的马占河家种树9亩。\n全村养羊800只。\n贫困户李守田今年53岁。“挣了3万元。”李守田说。"
    cases_ = [c for s in _sections(text, subject=village) for c in s.cases]
    assert [(c.person, c.place) for c in cases_] == [("马占河", "田房组"), ("李守田", None)]


def test_what_she_says_is_told_of_her_village() -> None:
    """A figure in a speech of somebody whom only a pronoun names goes to the person told of before."""
    (section,) = _sections("在章吉营镇平房村，村民马占芳做鞋，每天做30双。“家离厂子只有2公里。”她说。")
    assert [n.place for n in section.numbers] == ["章吉营镇平房村"] * 2


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("靠窗坐的葛占芹踩着机器。\n葛占芹刚来时，一个月挣1500元。", ["葛占芹"]),
        ("最难弄的是刘占明。他42岁，养鸡60只。", ["刘占明"]),
        ("平房村的马国占直摆手。\n马国占家里养蜂46箱。", ["马国占"]),
        ("他家搬进安置点，种菜2亩。\n安置点离县城3公里。", []),
        ("跟着老板边干边学。\n边干边挣钱，一个月3000元。", []),
        ("石板溪村种树9亩。\n石板溪的水甜，养蜂46箱。", []),
    ],
    ids=["said again", "a pronoun goes on", "begins with a word", "a word again", "reduplication", "a village"],
)
def test_who_is_named_again_or_gone_on_about_is_somebody(text: str, names: list[str]) -> None:
    """A name needs no role: the article uses it again before other words, or goes on with a pronoun."""
    assert [c.person for s in _sections(text) for c in s.cases] == names


@pytest.mark.parametrize(
    "text",
    [
        "“今年再建5个车间。”县扶贫办主任马占河说。",
        "镇党委书记王海明介绍，全镇已有3家合作社。",
        "村支部书记刘永旺领着大家干。“一户也不能落下。”刘永旺说，今年挣了3万元。",
        "农民高兴地说，今年又是好收成。",
        "贫困户常说，日子越过越好。",
    ],
    ids=["director", "secretary", "secretary again", "no name: 高兴", "no name: 常说"],
)
def test_an_official_or_a_word_is_no_case(text: str) -> None:
    """Those who speak for an office, and words that begin like a surname, are no examples."""
    assert not [c for s in _sections(text) for c in s.cases]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("天津市宝坻区与隆化县结成对子，援助资金3000万元。", ("天津市宝坻区",)),
        ("天津宝坻区投入资金90万元。天津市宝坻区选派干部3名。", ("天津市宝坻区",)),
        ("引进北辰建工、东海文旅等企业参与安置点建设。", ("北辰建工", "东海文旅")),
        ("在河北农业大学的技术指导下，全县发展草莓2万亩。", ("河北农业大学",)),
        ("全县有龙头企业32家，合作社210家。", ()),
        ("天津市宝坻区派来15名专家坐诊。", ("天津市宝坻区",)),
        ("中国石化华北油气分公司捐资320万元修建水厂。", ("中国石化华北油气分公司",)),
        ("龙头企业秋禾食品公司高价收购药材。", ("秋禾食品公司",)),
        ("引进制衣、制鞋、电子装配等企业9家。", ()),
        ("天津市宝坻区与隆化县结对，宝坻区工会系统认购山货。", ("天津市宝坻区",)),
        ("驻村第一书记是省农信社派来的。", ("省农信社",)),
        ("太原市小店区认购小米265万元。", ("太原市小店区",)),
        ("儿子去年去太原市小店区打工，挣了5万元。", ()),
        ("太原市中心医院的医生在县里待了8个月。", ("太原市中心医院",)),
        ("女儿考上了太原师范学院。", ()),
        ("订单来自太原谷源食品有限公司，谷源公司出资建厂。", ("太原谷源食品有限公司",)),
    ],
    ids=[
        "paired district",
        "one district by two names",
        "listed companies",
        "university",
        "none",
        "doctors sent",
        "branch of a company",
        "leading firm that buys",
        "trades are no names",
        "offices of a sort",
        "sent by an office above",
        "district by its full name",
        "district where somebody works",
        "hospital with the name of a place outside",
        "where somebody learns",
        "short name of a company",
    ],
)
def test_helpers_from_outside_are_partners(text: str, names: tuple[str, ...]) -> None:
    """Paired districts, listed companies and institutes that help are partners; the county's own firms are not."""
    assert read(brief_of(text))[1].partners == names


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("隆化县是国家扶贫开发工作重点县，全县36万人。", ("国家扶贫开发工作重点县",)),
        ("2017年，全县被评为全国电子商务进农村综合示范县。", ("全国电子商务进农村综合示范县",)),
        ("全市有5个省定贫困县，今年摘帽2个。", ()),
        ("隆化县属滇桂黔石漠化片区县，全县36万人。", ("滇桂黔石漠化片区县",)),
        ("这个国家扶贫开发工作重点旗，总人口22万人。", ("国家扶贫开发工作重点旗",)),
        ("2009年，隆化县被列为全国第二批资源枯竭城市。", ("资源枯竭城市",)),
        ("隆化县属国家“三区三州”深度贫困地区，全县36万人。", ("国家“三区三州”深度贫困地区",)),
        ("隆化县被列入全省9个深度贫困县（市）之一。", ("深度贫困县（市）",)),
    ],
    ids=[
        "key county",
        "award",
        "counted",
        "area of six characters",
        "banner",
        "batch",
        "quoted area",
        "county or city",
    ],
)
def test_labels_given_to_the_subject_are_designations(text: str, labels: tuple[str, ...]) -> None:
    """A status label counts where it is given, not where counties of that kind are counted."""
    assert read(brief_of(text))[1].designations == labels


REPORT = "\n".join(f"{c['heading'] or '基本情况'}\n{c['text']}" for c in cases("sentences")[::3])


def test_a_measure_quotes_and_refers_to_its_passage() -> None:
    """A measure's quote stands in its section, its figures are the section's, its topic is one of work."""
    brief = brief_of(REPORT)
    readings, _ = read(brief)
    found = [(s.section, m) for s in readings for m in s.measures]
    assert len(found) >= 8
    for section, measure in found:
        part = brief.parts[section]
        assert measure.quote in brief.text[part.start : part.end]
        assert measure.topic not in {Topic.PROFILE, Topic.IDENTIFICATION, Topic.OTHER}
        ids = {int(i) for i in re.findall(r"\{(\d+)\}", measure.summary)}
        assert ids <= {c.id for c in brief.candidates_of(section)}


def test_a_measure_whose_figures_are_planned_is_planned() -> None:
    """The status of a measure is that of most of its figures."""
    (section,) = _sections("基础设施\n明年计划新建通组公路86公里，新修桥梁4座。")
    assert [m.status for m in section.measures] == [Status.PLANNED]


def test_headline_and_summary_are_the_articles_own_sentences_within_their_limits() -> None:
    """Rendered, the summary's sentences stand in the text; both keep their limits; figures are references."""
    brief = brief_of(REPORT)
    _, overview = read(brief)
    figures = {c.id: brief.text[c.start : c.end] for c in brief.candidates}

    def rendered(text: str) -> str:
        return re.sub(r"\{(\d+)\}", lambda m: figures[int(m[1])], text)

    assert 0 < len(rendered(overview.headline)) <= 40
    assert 120 < len(rendered(overview.summary)) <= 240
    for sentence in rendered(overview.summary).split("。")[:-1]:
        assert sentence in re.sub(r"\s", "", brief.text)


TOLD = """全县建成大棚320座，产值1.2亿元。“你看，我家的棚今年挣了3万元。”村民马占河说。马占河一家5口人，种了2亩花。
2019年，隆化县减贫2310户7640人，贫困发生率降到0.9%。发放小额贷款4300万元。全县共建成大棚320座，产值1.2亿元。
其中镇区大棚40座。谁来投入这800万元？"""


def test_a_byline_is_no_sentence_of_a_summary() -> None:
    """Who published the text and when is told by the document's fields, whatever words an office has in its name."""
    byline = "发布日期：2019-11-06 16:20 来源：县移民（脱贫）工作办公室 作者：陈明 【字体：大 中 小】"
    told = "灵丘县有贫困户4120户。今年以来，全县建成安置点41个，搬迁群众5107户。"
    brief = brief_of(f"灵丘县搬迁工作情况\n{byline}\n\n{told}\n")
    _, overview = read(brief)
    assert overview.summary
    assert "来源" not in overview.summary


def test_a_summary_opens_with_how_the_county_stands_and_tells_no_stories() -> None:
    """The county's result comes first; no speech, question, story, repeat, or sentence that hangs on another."""
    brief = brief_of(TOLD)
    _, overview = read(brief)
    sentences = overview.summary.split("。")[:-1]
    assert "减贫" in sentences[0]
    assert len([s for s in sentences if "大棚" in s]) == 1
    assert not any(word in overview.summary for word in ("马占河", "你看", "其中", "谁来"))


def test_an_article_without_a_title_is_headed_by_its_result() -> None:
    """The clauses with the county's poverty figures make the headline, with its name in front."""
    _, overview = read(
        brief_of("新建大棚320座，投资8000万元。\n全县减贫7640人，贫困发生率降到0.9%。\n硬化道路60公里。")
    )
    assert overview.headline == "隆化县减贫{3}，贫困发生率降到{4}"


def test_a_title_of_any_report_gives_way_to_the_result() -> None:
    """政府工作报告 says of no county what became of it; where no figure does either, it has the county in front."""
    told = {
        "全县减贫7640人，贫困发生率降到0.9%。": "隆化县减贫{1}，贫困发生率降到{2}",
        "2017年是全县脱贫摘帽的决战之年，干部群众一起努力。": "隆化县政府工作报告",
    }
    for text, headline in told.items():
        brief = brief_of(text)
        titled = replace(brief.article, info=DocumentInfo(title="政府工作报告"))
        assert read(replace(brief, article=titled))[1].headline == headline


def test_news_of_one_measure_is_headed_by_its_figures() -> None:
    """Where nothing is told of poverty, the clause with most figures makes the headline."""
    _, overview = read(brief_of("全县把光伏扶贫抓得很紧，各乡镇都动了起来。\n目前建成光伏电站10座，全部并网发电。"))
    assert overview.headline == "隆化县目前建成光伏电站{1}"


@pytest.mark.parametrize("case", cases("narrative"), ids=lambda case: case["name"])
def test_events_asked_for_together_are_those_asked_for_one_by_one(case: dict[str, Any]) -> None:
    """The question that spares most clauses the others finds none only where there is none."""
    for clause in re.split("[，。；\n]", case["text"]):
        told = [(name, event) for name, event in EVENTS if words("milestones", name).search(clause)]
        assert event_of(clause) == (told[0] if told else ("", None)), clause


def test_what_the_page_has_around_the_article_is_no_measure() -> None:
    """The page before this one tells of another county: no sentence of a report comes from it."""
    text = (
        "隆化县搬出好日子\n全县建成安置点12个，搬迁3100户。\n"
        "上一篇：围场2万亩马铃薯开播\n下一篇：平泉食用菌产业走出新路\n小区里的广场舞\n"
    )
    report = summarize(text, reader="rules", force=True)
    assert [m.summary for m in report.measures] == ["全县建成安置点12个，搬迁3100户。"]


def test_a_blank_between_figures_stays_in_prose() -> None:
    """Without it two numbers would read as one that the article does not state."""
    report = summarize("隆化县减贫情况\n全县减贫 7640 人。\n隆化简报 2018   163\n", reader="rules", force=True)
    told = " ".join([report.headline, report.summary, *(m.summary for m in report.measures)])
    assert "2018163" not in told
    assert "减贫7640人" in told


@pytest.mark.parametrize(
    ("day", "period"), [("5月20日", "2019-05-20"), ("2月31日", "2019")], ids=["a_day", "no_day_of_the_calendar"]
)
def test_an_event_since_a_day_has_that_day(day: str, period: str) -> None:
    """今年5月20日以来 dates an event to that day, where the calendar has it; a slip of the article makes no date."""
    text = f"今年{day}以来，新建水厂3座。"
    assert [phrase.period for phrase in times_of_events(Study(brief_of(text)), 0, len(text))] == [period]
