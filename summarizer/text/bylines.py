"""What bylines, mastheads and credits look like: the lines that tell of the publication and not of the county."""

import re

from summarizer.patterns import compiled
from summarizer.text.dates import DAY
from summarizer.text.people import PEOPLE, PERSON
from summarizer.text.signature import ORGANISATION

DATED = re.compile(rf"(?:发[布表稿]|更新|刊[发登]|发文|上传|成文|录入|日期|时间)[^0-9]{{0,8}}({DAY})")
DATE_LINE = re.compile(
    rf"[(（\[]?\s*(?:{DAY})\s*(?:(?:星期|周)[一二三四五六日天])?\s*(?:\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?)?\s*[)）\]]?"
)
SOURCE = compiled(
    r"(?:(?:稿件|文章|信息|新闻|消息|内容|数据|资料)?来源|稿源|转自|转载自|发布(?:单位|机构|部门|者|人)|发文(?:单位|机关|机构)|来源(?:单位|网站)|出处)\s{0,4}[:：|｜丨]\s{0,4}"
    r"[\"“《【]?([^\s\"”》】|｜:：,，。;；()（）\[\]]{2,30}"
    r"(?:[(（][^\s\d:：()（）]{1,8}[)）][^\s\d\"”》】|｜:：,，。;；()（）\[\]]{1,20})?)"
)
"""A name may hold brackets of its own: 县移民（脱贫）办公室."""

SOURCE_STOP = re.compile(
    r"(?:发布|更新)?(?:日期|时间)|作者|记者|编辑|责编|浏览|点击|阅读|字[号体]|(?:19|20)\d{2}[-年/.]"
)
NO_SOURCE = re.compile(r"(?:本[站网报]|互联网|网络)(?:原创|讯|整理|转载)?")
"""What 来源: may say without naming anybody."""

AGENCY = r"[\u4e00-\u9fff]{1,10}?(?:网|报社?|社|台|客户端|融媒体?(?:中心)?)"
DATELINE = re.compile(
    rf"({AGENCY})(?:[】\])）]|[\u4e00-\u9fff]{{0,8}}?)(?:(?:(?:19|20)\d\d年)?\d{{1,2}}月)?(?:\d{{1,2}}日)?"
    r"(?:讯|消息|电)(?=[\s(（:：,，】\]])"
)
WIRE_DATE = re.compile(r"[^。(（]{2,24}?((?:19|20)\d\d年\d{1,2}月\d{1,2}日)(?:讯|消息|电)(?=[\s(（:：,，】\]])")
"""The whole day of a dateline, its year among it (【青山报】2017年7月10日讯)."""

WIRE_DAY = re.compile(r"[\u4e00-\u9fff]{2,16}?(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:讯|电)(?=[\s(（:：,，】\]])")
NOT_AN_AGENCY = re.compile(r"本[报网社台刊]|据|我|该")
SUPPLIED = re.compile(
    r"[(（\[【]\s{0,4}([^()（）\[\]【】]{2,24}?)\s{0,4}(?:供稿|报送|提供|投稿)\s{0,4}[)）\]】]|(?:供稿|供稿单位|报送单位|来稿)\s{0,4}[:：]\s{0,4}"
    rf"([^\s()（）,，。;；]{{2,24}}(?:\s{{1,4}}{PERSON}(?![\u4e00-\u9fff]))*)"
)
ROLE = (
    r"(?:记者|通讯员|特约通讯员|特约记者|作者(?!单位|系|[为是])|撰文|撰稿人?|供稿人?|投稿人?|信息员|采写|实习生|(?<![发公行])文字"
    r"|(?<![\u4e00-\u9fff])(?:图/?)?文(?!章|件|化|明|旅|体)/?图?|报道员)"
)
MEDIA_REPORTER = re.compile(
    rf"(?:(?:文/?图|图/?文)\s{{0,2}}[:：]?\s{{0,2}})?({AGENCY}社?)(?:[·・][\u4e00-\u9fff]{{2,10}}(?:网|报|客户端))?\s{{0,2}}(?:全媒体?|融媒体?|首席|见习|实习|特派|驻[\u4e00-\u9fff]{{2,6}})?(?:记者|通讯员)"
)
BY_ROLE = re.compile(
    rf"{ROLE}\s{{0,4}}[:：/|｜丨]?\s{{0,4}}((?:{PERSON})(?:[、,，/\s]{{0,3}}(?:{PERSON}))*)"
    r"(?=$|[\s(（)）\]】。;；|｜]|、?通讯员|特约|、?记者|摄影?|文/|文图|报道|编辑|(?:19|20)\d\d)"
)
BEFORE_ROLE = re.compile(
    rf"(?P<names>{PEOPLE})\s{{0,4}}/?\s{{0,4}}(?:文(?:[/、\s]?图)?|图[/、\s]?文|摄影报道|撰文|撰稿|供稿)(?:\s{{1,4}}.{{0,12}}[/\s](?:图|摄影?))?"
)
"""People whose part in the text stands behind them: 张三 文/图, 张三/文 李四/图."""

BEFORE_REPORTER = re.compile(rf"(?P<names>{PEOPLE})\s{{1,4}}(?:本报|实习)?(?:记者|通讯员)")
"""Who wrote it with a reporter: (张三 记者李四)."""

NAMES_OF_OFFICE = re.compile(rf"(?P<names>{PEOPLE})\s{{1,4}}(?P<office>{ORGANISATION})")
"""People and behind them their office, as the last brackets of a story have them."""

BRACKET = re.compile(r"[(（\[【]([^()（）\[\]【】\n]{2,60})[)）\]】]")
BYLINE = compiled(
    rf"{SOURCE.pattern}|(?:发[布表]|更新)?(?:日期|时间)\s{{0,4}}[:：]|^\s*(?:作者|记者|通讯员|撰稿|文/)|(?:作者|责任编辑|浏览量?)\s{{0,4}}[:：]"
)

WIRED = re.compile(r"[^。(（]{2,24}?(?:讯|电)\s{0,2}[(（]([^()（）]{2,24})[)）]")
"""Who sent the news: 青山网合肥3月12日电(张三)."""

OF_OFFICE = re.compile(
    rf"(?P<role>{ROLE}|来源|稿源)\s{{0,4}}[:：]\s{{0,4}}(?P<office>{ORGANISATION})\s{{1,4}}(?P<names>{PEOPLE})(?=$|[\s)）])"
)
"""An office and its people behind a role or a source: 图/文:县新闻中心 张三."""

_SEAT = r"(?:[\u4e00-\u9fff]{2,16}(?:政府|委员会|[县市区州镇乡]委))"
OFFICER = (
    rf"(?:{_SEAT}?代?[县市区州镇乡]长|{_SEAT}(?:书记|主任))\s{{0,4}}{PERSON}"
    rf"|{_SEAT}(?:副?书记|常委)(?:、代?[县市区州镇乡]长)?\s{{1,4}}[\u4e00-\u9fff·]{{2,8}}"
)
"""Who gave a report: 青山县人民政府县长 张三, 青山县委副书记、县长 多吉次旦; 第一书记张三 may title a story."""

OCCASION = re.compile(
    rf"[—\-─―－(（\s]{{0,4}}(?:{DAY})?在[^。]{{2,50}}会议?上[)）]?\s{{0,4}}(?:{OFFICER})?|{OFFICER}"
    rf"|[(（]{DAY}[,，、]?根据(?:现场)?录音整理[)）]"
)
"""Where, when and by whom a report was given: lines below its title, but no part of it."""

ISSUED = re.compile(
    rf"({AGENCY}(?:农村|海外)?版?|{ORGANISATION})(?:主?编印?)?\s{{1,12}}(?:www[.\w]{{2,40}}\s{{1,4}})?{DAY}(?:\s[^。]{{0,40}})?"
)
"""A paper's or an office's name with the date, at the head of a page or a brief."""

MASTHEAD = re.compile(
    r"[\u4e00-\u9fff]{2,20}(?:门户网站?|人民政府网|政务网|新闻网|信息网|扶贫网)|今天是.{4,30}|[\u4e00-\u9fff]{2,12}(?:APP|app|客户端|公众号)|关闭|字号[:：]?|【[^【】]{2,20}】|(?:[^\s。]{2,6}\s{1,4}){0,8}(?:您|你|当前|现在|所在|的){0,4}位置\s?[:：].{2,60}|编辑[:：].{2,12}|第?\d{1,3}版[:：]?\S{0,12}"
    r"|[(（]?(?:总?第|20\d\d年第)\s?[\d一二三四五六七八九十]{1,4}\s?期[)）]?(?:\s?[(（]总?第\s?\d{1,4}\s?期[)）])?"
    r"|第[一二三四五六七八九十\d]{1,3}[篇章编][\s·:：].{2,20}|[\u4e00-\u9fff]{4,20}文件"
    r"|[\u4e00-\u9fff]{2,12}[〔\[(（]20\d\d[〕\])）]\s?(?:第?\d{1,4}号|\d{1,4})"
    r"|(?:索引号|信息索引|主题分类|主题词|公开方式|公开范围|生成日期|有效性|文号|发文字号)\s?[:：].{0,60}"
    r"|[^\s|｜]{2,8}(?:\s{0,3}[|｜]\s{0,3}[^\s|｜]{2,8}){2,}"
    r"|(?=[^|｜]{2,20}[|｜][^|｜]{2,20}[|｜])[^\s|｜。,，]{2,16}(?:[\s|｜]{1,8}[^\s|｜。,，]{2,16}){3,12}"
)
"""What stands above a title and is none: the site, the page of the paper, the number of a brief or document."""

ISSUE = re.compile(r"[(（]?(?:总?第|20\d\d年第)\s?[\d一二三四五六七八九十]{1,4}\s?期.{0,16}")
LOOSE_BY_ROLE = re.compile(
    rf"{ROLE}\s{{0,4}}[:：/|｜丨]?\s{{0,4}}((?:[\u4e00-\u9fff·]{{2,12}}[、,，/\s]{{0,3}}){{1,5}}?)(?=$|[)）\]】:：\d]|\s{{4}}|{ROLE})"
)
NO_NAME = re.compile(
    r"(?:见习|实习|本报)?记者|通讯员|特约|作者|字[号体]|时间|日期|来源|编辑|责编|摄影|浏览|点击|报道|发布|本[报网台社]|.*[县市区镇村]$"
    rf"|.*记者$|打印|关闭|收藏|分享|审[核校签]|校对|责任|图片|综合|(?:{ORGANISATION})$"
)

WHOLE_LINES = (MASTHEAD, ISSUED, OCCASION, BEFORE_ROLE)
"""What makes a line a byline where it is the whole of it."""
