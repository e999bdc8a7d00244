"""Decides whether an article is worth reading as a county report, before any model is paid for.

An article is skipped only where something speaks against it more clearly than the place it tells of speaks for it: a
wrong skip loses an article, a wrong read costs a few calls. Every cue is a word of a genre, not of one text.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from operator import itemgetter

from schemas.report import Subject
from schemas.vocabulary import Level, SkipReason
from summarizer import signs
from summarizer.patterns import compiled
from summarizer.precheck import topics
from summarizer.precheck.brief import PlaceName, Verdict
from summarizer.text import furniture
from summarizer.text.article import Article

LEAST_HAN = 50
"""A brief of one sentence with its figures has some sixty Han characters; a bare headline has fewer."""

HAN_SHARE = 0.5
"""Of the letters of a Chinese text, Latin names and units included, more than half are Han."""

KANA_SHARE = 0.1
"""Japanese has a third to a half kana; a Chinese text quotes a word of it at most."""

REPEATS = 3
"""How often one cue counts: the more different cues of a genre, the surer it is."""

GENRE_FLOOR = 4.0
"""Two plain cues of a genre prove nothing: a county's report too speaks of a company, of the nation, of a theory."""

DECISIVE = 9.0
"""Three marks that only an academic paper has, or only an advert, outweigh any place."""

LOCAL_FLOOR = 2.0
"""Less than this and nothing in the text is about a place and its people."""

FIELD_FLOOR = 8.0
"""Three or four words of the topic lexicon: the text is about the field's work, whosever work it is."""


@dataclass(frozen=True, slots=True)
class Genre:
    """A kind of text that is not a county report: weighted cues, and what to call it to a person."""

    reason: SkipReason
    name: str
    cues: Mapping[str, float]


GENRES: tuple[Genre, ...] = (
    Genre(
        SkipReason.ACADEMIC,
        "学术论文",
        {
            "[【\\[]?摘\\s?要[】\\]]?\\s?[:：]?": 2,
            "[【\\[]?关键[词字][】\\]]?\\s?[:：]?": 3,
            "中图分类号|文献标识码|文章编号|DOI": 4,
            "参考文献": 3,
            "基金项目|国家社会?科?学?基金|自然科学基金": 3,
            "作者简介|作者单位|通讯作者": 2,
            "本文|本研究|笔者": 1.5,
            "实证|回归|面板数据|双重差分|计量|[Ll]ogit|[Pp]robit|DID|异质性|稳健性|内生性|显著性?水平": 2,
            "研究(?:发现|表明|认为|结论|方法|对象|框架)|结果表明|文献综述|已有研究|既有研究|学界": 2,
            "样本|变量|指标体系|模型|问卷|访谈对象|个案|引言": 1,
            "\\[\\d{1,2}\\]|\\[[JMDCZ]\\]": 1,
        },
    ),
    Genre(
        SkipReason.NATIONAL_NEWS,
        "全国新闻",
        {
            "国务院|党中央|中共中央|中央政治局|全国人大": 1.5,
            "国家统计局|国家发展改革委|国家发改委|财政部|教育部|农业农村部|民政部|人民银行": 1.5,
            "国家卫健委|人社部|国家能源局|国资委|国务院扶贫开发领导小组": 1.5,
            "全国(?!脱贫攻坚先进|先进|人大代表|示范|综合示范|典型|各地)": 1,
            "我国|全党全国|各省(?:区市|份|、自治区)|省(?:区市|\\(区、市\\)|（区、市）)": 1.5,
            "中西部|三区三州|各地区各部门|有关部门": 1.5,
            "中央财政|中央企业|东部[0-9十]+省": 1,
            "新华社北京|发言人|新闻发布会|初步核算|国内生产总值|同比增长": 1,
        },
    ),
    Genre(
        SkipReason.COMPANY_STORY,
        "企业报道",
        {
            "集团|股份(?!合作|经济)|有限公司|分公司|总公司": 1,
            "公司": 1,
            "董事长|首席执行官|CEO|总裁|创始人|总经理|高管": 1.5,
            "上市|股东大会|每股|净利润|营业收入|营收|市值|派现|融资|IPO|业绩": 1.5,
            "新品|产品系列|系列产品|发布新?一代|研发投入|专利|市场份额|门店|代理商|经销商": 1.5,
            "品牌|客户|消费者|海外|全球|用户": 0.5,
        },
    ),
    Genre(
        SkipReason.THEORY,
        "理论文章",
        {
            "马克思主义|唯物主义|辩证法|唯物史观|方法论|世界观|哲学|经济学": 2,
            "理论(?:逻辑|体系|品格|渊源|内涵|来源|创新|基础|贡献|成果)|科学内涵|精神实质|基本原理|思想体系|丰富内涵": 2,
            "理论|思想|论述": 0.7,
            "历史逻辑|实践逻辑|时代价值|世界意义|中国智慧|本质要求|内在要求|规律": 1.5,
            "四个意识|四个自信|两个维护|道路自信|政治判断力|政治领悟力|政治执行力": 1,
            "深刻(?:领会|把握|认识|理解)|辩证|相统一|本质|命题": 1,
        },
    ),
    Genre(
        SkipReason.ADVERT,
        "广告",
        {
            "原价|现价|特价|特惠|优惠|立减|包邮|买[一二三]送[一二三]|折扣|促销|免费(?:试|领|送|咨询|体验)": 2,
            "加盟|招商|代理|回本|名额有限|先到先得|数量有限|售完|限时|机会不等人|不等人": 2,
            "抢购|选购|下单|订购|货到付款|七天无理由|大礼包|礼包|赠送|即送": 2,
            "(?:咨询|订购|抢购|招商|加盟|服务|热线)(?:热线|电话)|热线[:：]|(?:400|800)-?\\d{3}|加微信|微信号|扫码": 2,
            "报名|学员|名师|零基础|副业|月入|不是梦|首选|之选|一对一": 1,
            "[!！]": 0.5,
        },
    ),
)

_LOCAL: Mapping[str, float] = {
    "全[县旗镇乡村区]|[我该本][县旗镇乡村区]": 2,
    "全市|[我该本]市": 1,
    "县[委里上长]|县政府|[市区旗镇]里|[市区旗镇乡]党?委|[县市区镇乡]扶贫[办局]": 1.5,
    "村[支两民]|村里|村集体|驻村|第一书记|帮扶责任人|村民小组|乡镇党委|各乡镇": 1,
    "[^\\W\\d]{2}[镇乡村](?=[的有在把全，,])": 1,
    "建档立卡|贫困户|贫困村|贫困人口|脱贫户|脱贫攻坚|减贫|贫困发生率": 0.7,
    "农户|农民|村民|乡亲|合作社|户均|行政村|乡镇": 0.5,
}
"""Words of an article that tells of one place and its people."""

_COUNTY = re.compile(r"[\u4e00-\u9fff]{2}(?<![个各全困范点家数多年])[县旗](?![级域城帜])")
"""A county by the form of its name, known to the gazetteer or not; `贫困县` and `各县` name none."""

_ARTICLES = re.compile(r"第[一二三四五六七八九十百]+条")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_LETTER = re.compile(r"[^\W\d_]+")
_KANA = re.compile(r"[\u3041-\u30ff]+")


def judge(article: Article, subject: Subject, n_candidates: int, places: Sequence[PlaceName]) -> Verdict:
    """Whether to read the article, with the words that say so.

    `n_candidates` is how many numbers measure something; `places` are the places the text names.
    """
    text = furniture.blank(article.clean.text, article.furniture)
    local = _weight(text, _LOCAL)
    if not article.clean.text.strip():
        return Verdict(SkipReason.EMPTY, "文件里没有文字")
    return (
        _unreadable(text, article)
        or _genre(text, subject, local)
        or (None if n_candidates else Verdict(SkipReason.NO_FIGURES, "没有一个数字说明数量、金额或比例"))
        or _placeless(text, subject, places, local)
        or Verdict(None, _reads(subject, n_candidates))
    )


def _reads(subject: Subject, n_candidates: int) -> str:
    return f"{subject.name or '未定地方'}，{n_candidates} 个数字"


def _unreadable(text: str, article: Article) -> Verdict | None:
    """Too few Han characters, alone or among others; a page of nothing but place names is no report either."""
    han, kana = (sum(map(len, pattern.findall(text))) for pattern in (_HAN, _KANA))
    # Letters of all kinds are slow to tell, and need not be counted where nearly all of a text is Han characters.
    plain = han >= HAN_SHARE * len(text) and kana <= KANA_SHARE * han
    letters = 0 if plain else sum(map(len, _LETTER.findall(text)))
    if letters and (han < HAN_SHARE * letters or kana > KANA_SHARE * letters):
        return Verdict(SkipReason.NOT_CHINESE, f"{letters} 个文字里只有 {han} 个汉字，{kana} 个假名")
    if han < LEAST_HAN:
        if any(part.kind == "spam" for part in article.furniture):
            return Verdict(SkipReason.NOT_COUNTY_REPORT, "只有一串地名")
        return Verdict(SkipReason.TOO_SHORT, f"正文只有 {han} 个汉字")
    return None


def _genre(text: str, subject: Subject, local: float) -> Verdict | None:
    """The genre that speaks louder than the place does, with its words; `local` is the weight of words of a place."""
    local += _subject_weight(text, subject)
    score, genre = max(((_weight(text, genre.cues), genre) for genre in GENRES), key=itemgetter(0))
    is_marked = genre.reason in (SkipReason.ACADEMIC, SkipReason.ADVERT) and score >= DECISIVE
    if not is_marked and score <= max(GENRE_FLOOR, local):
        return None
    words = _words(text, genre.cues)
    if (score > max(GENRE_FLOOR, local)) or len(set(words)) >= 3:
        return Verdict(genre.reason, f"{genre.name}：{'、'.join(words[:6])}")
    return None


def _subject_weight(text: str, subject: Subject) -> float:
    """A county named again and again is what the text is about; a province or city may only be where it happens."""
    if subject.name is None:
        return 0.0
    local = subject.level in (Level.COUNTY, Level.TOWN, Level.VILLAGE)
    return (1.5 if local else 0.7) * min(text.count(subject.name), REPEATS) + (1.0 if local else 0.0)


@cache
def _cue(pattern: str) -> re.Pattern[str]:
    return compiled(pattern)


def _weight(text: str, cues: Mapping[str, float]) -> float:
    """Sum of the cues found, each counted up to `REPEATS` times."""
    total = 0.0
    for pattern, weight in cues.items():
        cue = _cue(pattern)
        if signs.may_match(cue, text):
            total += weight * sum(1 for _ in islice(cue.finditer(text), REPEATS))
    return total


def _words(text: str, cues: Mapping[str, float]) -> list[str]:
    """The first two words found by each cue."""
    found = (dict.fromkeys(m.group().strip() for m in _cue(pattern).finditer(text)) for pattern in cues)
    return [word for words in found for word in islice(words, 2)]


def _placeless(text: str, subject: Subject, places: Sequence[PlaceName], local: float) -> Verdict | None:
    """No place and nobody's county, or a place in a text that is not about its people."""
    named = bool(places) or bool(_COUNTY.search(text))
    if len(_ARTICLES.findall(text)) >= 3:
        return Verdict(SkipReason.NOT_COUNTY_REPORT, "法规条文：" + "、".join(_ARTICLES.findall(text)[:3]))
    if local >= 2 * LOCAL_FLOOR:
        # Words of a place alone will do, so that those of the field need not be looked for in the whole text.
        return None
    field = sum(topics.scores(text).values())
    if subject.name is None and local < LOCAL_FLOOR and not (named and field >= FIELD_FLOOR):
        if field >= FIELD_FLOOR:
            return Verdict(SkipReason.NO_PLACE, "没有提到县、市、乡镇、村")
        return Verdict(SkipReason.NOT_COUNTY_REPORT, "没有讲一个地方的群众和工作")
    if field < FIELD_FLOOR / 2 and local < 2 * LOCAL_FLOOR:
        return Verdict(SkipReason.NOT_COUNTY_REPORT, "没有扶贫和县域工作的词语")
    return None
