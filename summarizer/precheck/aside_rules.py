"""The patterns by which a number is known to measure nothing, by reason.

Each pattern is tried at every place of the text, in this order; quantifiers are bounded, so that no text takes more
than linear time. A match may hold words around the number; `aside` trims it to the numerals.
"""

from importlib.resources import files
from re import escape

from schemas.vocabulary import SetAsideReason
from summarizer.precheck.numerals import CHINESE
from summarizer.text.traced import LOST

CN = f"[{CHINESE}]"
_SMALL_CN = "[一二三四五六七八九十]"
_NOT_AFTER_CN = rf"(?<![{CHINESE}\d])"
_NOT_AFTER_DIGIT = r"(?<![\d.])"
_NUM = rf"(?:\d{{1,4}}|{CN}{{1,4}})"
_HAN = r"[\u4e00-\u9fff]"
_DASH = r"\s?(?:[-–~至到]|—{1,2})\s?"
_YEAR4 = r"(?:1[0-9]|20|21)\d{2}"
_OPEN, _CLOSE, _IN = '[“"「『‘]', '[”"」』’]', '[^”"」』’\n]'

_UNIT_LETTERS = (
    r"(?:[kKMG]?[Ww][Pp]?|[kKM][Ww][Hh]|[kK]?m[23²³]?|M[2²]|k?g|K[Gg]|Kg|cm|mm|hm[2²]|ha|km[2²]?|Km|KM|h|t|kVA|MB)"
    r"(?![A-Za-z0-9])"
)
_HARD = (
    r"(?:\d\s?(?:[万亿%元块亩户人斤吨里米岁年天度只头株棵台]|公[里斤]|平方|千瓦|个月|小时|多|余)"
    r"|[十百千万亿几](?:[元亩吨斤]|多(?![元样彩]))|百分之)"
)
"""Inside a short quotation these say that it is speech with a figure, not the name of a programme."""

FURNITURE = (
    r"https?://[^\s\u4e00-\u9fff]{1,200}|www\.[^\s\u4e00-\u9fff]{1,200}",
    r"[A-Za-z0-9_.]{1,40}@[A-Za-z0-9.]{1,40}",
    r"(?:浏览|阅读|点击|访问|人气|围观|播放|评论|点赞|转发|分享)(?:量|数|次数|人数|人次)?\s?:\s?\[?\d[\d,]{0,12}",
    r"(?<!\d)\d{1,6}\s{1,2}(?:收藏|点赞|分享)(?=\s|$)",
    r"(?<!走)(?:浏览|阅读|点击)\s{0,2}\d[\d,]{0,12}(?:\s?次)?(?![\d.]|\s?[本册篇])",
    r"(?<![\u4e00-\u9fff])[顶踩赞]\s?:\s?\d{1,6}",
    # The mark of a footnote, in the text and below it.
    r"(?<=\[)\d{1,2}(?=\])",
    r"第\s?\d{1,3}\s?页|共\s?\d{1,3}\s?页|\d{1,3}\s?/\s?\d{1,3}\s?页|(?<!\d)\d{1,3}\s?of\s?\d{1,3}",
    r"共印\s?\d{1,5}\s?份",
    r"(?<=[·•])\d{1,4}(?=[·•](?:\s|$))",
    # A yearbook's page number on a line of its own, the weather of a web page's head.
    r"(?m:^[ \t\u3000]{0,20}|(?<=[ \u3000)）]))[·•—-]\s?\d{1,4}\s?[·•—-](?=\s*(?:\n|\Z))",
    r"-?\d{1,2}\s?℃?\s?[~～]\s?-?\d{1,2}\s?℃",
    r"(?:ICP备|公网安备|网安备|许可证|备案号|编号|统一代码|准字|索引号|标识码)[^\d\n]{0,10}(?:\d{4,20}号?(?:[-/]\d{1,8}){0,3}|\d{1,4}(?:[-/]\d{1,8}){1,3})",
    # The visitors of a page, digit by digit or in groups of three.
    r"第\s?(?:\d\s){2,12}\d?\s?位|第\s?\d[\d,]{0,12}\s?(?:位|个|名)?(?:访客|访问|浏览|来访)",
)

PHONE = (
    r"(?:电话|热线|传真|QQ|手机|微信号?|邮编|邮政编码|联系方式)(?:号码|是|为)?[^\d\n,。;一-龥]{0,4}\d[\d\-—]{2,24}",
    r"(?:拨打|拨通|致电)[^\n,。;\d]{0,6}\d{3,12}(?!\d|[元万多余])",
    r"(?<!\d)\d{3,5}(?=服务热线|便民热线|监督热线|热线|举报电话|监督电话|咨询电话|监督举报|举报平台)",
    _NOT_AFTER_DIGIT + r"1[3-9]\d{9}(?![\d万亿.])",
    r"(?<!\d)0\d{2,3}\s?[-—]\s?\d{7,8}(?!\d)",
    r"(?<!\d)400[-—]?\d{3}[-—]?\d{4}(?!\d)",
)

_MARK = rf"\d{{1,2}}[、.](?={_YEAR4}年|\d{{1,2}}月)|(?:\d{{1,2}}|{CN}{{1,3}})[、.](?!\d)"
HEADING = (
    # `1.2017年实施…` is mark 1 and the year 2017; `1.5亿元` at the head of a line is no mark.
    rf"(?m:^)[ \t\u3000]{{0,8}}(?:{_MARK}"
    rf"|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}[ \t、](?={_HAN}{{2}})(?![万亿元亩]))",
    rf"[(](?:\d{{1,2}}|{CN}{{1,3}})[)]",
    rf"(?m:^)[ \t\u3000]{{0,8}}\d{{1,2}}[)](?={_HAN})",
    rf"(?<=[。;!?])\s?\d{{1,2}}(?:、(?!\d)|\.(?!\d)|\.(?={_YEAR4}年|\d{{1,2}}月))",
    rf"(?<![{CHINESE}\d统唯万不之逐]){_SMALL_CN}{{1,2}}是(?!否)",
    # 补助标准为:1.重建户…;2.修缮户…: the marks of a list inside a sentence.
    rf"(?<={_HAN}:)\s?\d{{1,2}}[、.](?={_HAN}{{2}})",
    r"[①-⑳⑴-⒇⒈-⒛]",
    # 附件1, 附表2: what an appendix is called by.
    r"(?<=附[件表录图])\s?\d{1,2}(?![\d份个页.])",
)

CONTAINERS = (r"《[^》\n]{1,60}》", r"[〔\[【]\s?20\d{2}\s?[〕\]】]\s?第?\s?\d{1,5}\s?号")
"""Titles and document numbers: what stands in them is part of a name."""

# 大棚, 大学, 大豆 … are things that a number may count.
_GREAT = r"大(?!棚|户|学|巴|车|型|中|院|米|豆|专|牲|队|桥|坝|口|约)"
SLOGAN = (
    # The five-year plans, also where a character of 十三五 is lost.
    rf"[“\"]?十[一二三四{LOST}]五[”\"]?(?![个家户人名亩万])",
    rf"[“\"](?:十[一二三四五{LOST}]{{1,2}}|{LOST}{{1,2}}五|十?{LOST}{{1,3}}五?|[一二三四]五)[”\"]?"
    r"(?=时期|期间|规划|以来|末|开局|收官|发展)",
    rf"{_OPEN}(?!第[\d{CHINESE}])(?={_IN}{{0,11}}[\d{CHINESE}])(?!{_IN}{{0,12}}{_HARD})[^”\"」』’\n,。;“]{{1,12}}{_CLOSE}",
    rf"{_OPEN}{_SMALL_CN[:-1]}两]个\d{{1,3}}%[^”\"」』’\n,。;“]{{0,8}}{_CLOSE}",
    rf"{_NUM}{_GREAT}{_HAN}{{2,6}}{_NUM}项{_HAN}{{0,6}}?(?:行动|工程|举措|任务)",
    rf"{_NOT_AFTER_CN}(?:\d{{1,2}}|[二两三四五六七八九十]{{1,3}}){_GREAT}(?={_HAN})",
    rf"{_NOT_AFTER_CN}[两三四五六七八九十]件(?:大事|要事)",
    # 一户一人以上就业, 两个100%
    r"一户一人(?:以上|及以上)?|(?<![第\d])[两三四]个(?=100%)",
    # 1户1策, 1村1品.
    _NOT_AFTER_DIGIT + r"1[户村人岗镇乡家]1[策品岗档技业案法册码]",
    rf"{_NOT_AFTER_CN}[一二两三四五六七八九十]{{1,3}}[项个]{_HAN}{{0,6}}?"
    r"(?:工程|行动|攻坚战|战役|清零|计划|战略)(?![组队室师])",
    # 个 before a verb counts no thing: 四个不摘, 六个精准, 两个确保.
    rf"{_NOT_AFTER_CN}[二两三四五六七八九十]{{1,2}}个(?:维护|确立|不|一批|必须|确保|坚持|到位|精准|结合|自信|意识"
    r"|转变|覆盖|全覆盖|百分百|百分之百|统一|提升|率先|注重|强化|突出|严格|到户|清零|落实|好(?!的)|先行|更加|一(?:致|样|律)|零"
    r"|离不开|如何|优先|聚焦|紧盯|抓手)",
    rf"{_NOT_AFTER_CN}[二两三四五六七八九]位一体",
    # 百企千村, 千企帮千村, 千村万人.
    rf"[百千万][村企校户人家医师名乡店场园所]{_HAN}{{0,2}}?(?<![过上近超])[百千万亿][村企校户人家医师名岗店场园所户]",
    _NOT_AFTER_DIGIT + r"\d{1,2}(?:\s?[+]\s?(?:\d{1,2}|[NnXxA-Z])(?![\dA-Za-z])){1,6}",
)

_YEAR_BEFORE = r"(?:(?<![\d.])|(?<=[\s。;!?]\d\.)|(?<=[\s。;!?]\d\d\.)|(?<=\A\d\.))"
_MONTH_BEFORE = r"(?:(?<![\d.个])|(?<=[\s。;!?]\d\.)|(?<=[\s。;!?]\d\d\.)|(?<=\A\d\.))"
_MONTH_DAY = rf"(?:\s?\d{{1,2}}\s?[日号])?(?:{_DASH}(?:\d{{1,2}}\s?月\s?)?\d{{1,2}}\s?日)?"
_SPAN_AHEAD = (
    r"今后|未来|过去|以往|(?<![附了过时用达])近|最近|(?<![以之目])前|(?<![以之])后|后来|头|此后|这|接下来|往后"
)
DATE = (
    # What lies ahead or a few days back: 再过两年, 前两天.
    rf"再过(?:\d{{1,2}}|{_SMALL_CN[:-1]}两]{{1,2}})(?:年|天|个月)|(?<![之以])[前过]两[天年](?![多半以免不没未])",
    rf"{_NOT_AFTER_DIGIT}{_YEAR4}\s?年?\s?(?:[-–~/、和及至到]|—{{1,2}})\s?{_YEAR4}\s?(?:年|学年|财年)",
    # 2017、2018两个春天, 2016和2017两年: years summed up, whose 两 is no weight.
    rf"{_NOT_AFTER_DIGIT}{_YEAR4}\s?年?(?:[、和及与]{_YEAR4}\s?年?){{1,4}}(?=[两三四五]个?(?:年|[春夏秋冬]|季))"
    r"[两三四五](?:个(?:年[度头]|[春夏秋冬]天?|季度?)|年)",
    # 1400年的历史 is a span, not the year 1400.
    rf"{_YEAR_BEFORE}{_YEAR4}\s?年(?!以上|左右|的?历史|悠久|的?树龄|的?古)"
    rf"(?:\s?\d{{1,2}}\s?(?:{_DASH}\d{{1,2}}\s?)?月份?{_MONTH_DAY}|第?[一二三四1-4]季度)?",
    _NOT_AFTER_DIGIT + r"(?:19|20)\d{2}\s?[-/]\s?\d{1,2}\s?(?:[-/]\s?\d{1,2})?(?!\d)"
    r"(?:[ T]{1,2}\d{1,2}:\d{2}(?::\d{2})?)?(?!\s?[万亿元户个])",
    _NOT_AFTER_DIGIT + r"(?:19|20)\d{2}(?=[卷版款届级])|(?<=年鉴)20\d\d(?!\d)",
    _NOT_AFTER_DIGIT + r"(?:19|20)\d{2}\.(?:0?[1-9]|1[0-2])\.\d{1,2}(?!\d)",
    _NOT_AFTER_DIGIT + r"(?:19|20)\d{2}\.(?:0[1-9]|1[0-2])(?![\d.%]|\s?[万亿千百元亩户人公平吨斤个只头米])",
    _NOT_AFTER_DIGIT + r"20[012]\d[01]\d[0-3]\d(?![\d万亿元.])",
    _NOT_AFTER_DIGIT + r"20[012]\d\.[1-9](?=\))",
    _NOT_AFTER_DIGIT + r"\d{2}年(?=\d{1,2}月|底|初|末|[春夏秋冬])",
    # 其余7个12月15日前完工
    r"(?<=个)1?\d月(?:\d{1,2}日|[底初末])|(?<![上下大小])半年来",
    # 7、8两个月
    _NOT_AFTER_DIGIT + r"1?\d(?:、1?\d){1,3}[两三四]个月",
    _NOT_AFTER_DIGIT + r"(?:0\d|9\d)年(?![多余来的间前历])",
    rf"{_MONTH_BEFORE}\d{{1,2}}\s?(?:{_DASH}\d{{1,2}}\s?|、\d{{1,2}})?月(?!子)份?{_MONTH_DAY}",
    rf"{_NOT_AFTER_DIGIT}\d{{1,2}}\s?(?:{_DASH}\d{{1,2}}\s?)?日(?![均元产接报志常处游间照])",
    r"(?<![\d.:])[0-2]?\d:[0-5]\d(?::[0-5]\d)?(?![\d:∶])(?!的?比例|放大|配套|撬动)",
    _NOT_AFTER_DIGIT + r"[0-2]?\d时(?:[0-5]?\d分)?(?![间段常期代])",
    r"(?<![\d.第])\d{1,2}点(?=[,。;!?]|多(?=[,。了就])|左右|之?[前后]|以前|起床|出门|出发|上班|下班|开始|就|才|不到)|"
    r"(?:[午晚晨夜早]|[早晚]上|夜里)的?(?:不到|快到?|将近|接近|近|大?约|才)\s?\d{1,2}点|"
    r"(?<=[午晚晨夜早])\d{1,2}点(?:\d{1,2}分?|半)?|(?<![\d.])\d{1,2}点(?:\d{1,2}分|半|钟|整)",
    rf"{_NOT_AFTER_CN}(?:\d{{2}}|{_SMALL_CN}{{1,2}}十)年代|(?<!\d)\d{{1,2}}世纪(?:\d{{2}}年代)?|(?<!\d)\d[05]后",
    # A stretch of time seen from the time of writing: 今后五年, 近三年来, 前9个月.
    rf"(?:{_SPAN_AHEAD})的?(?!{_NUM}(?:年|个月)(?:房租|租金)?(?:全?免|减半|[没未](?!来)|不(?!断|仅|懈|到|止))){_NUM}[多余]?(?:个?年度|年|个月|个?季度)(?![级多]|的?历史)(?:来|间|里|内|中|时间)?",
    rf"(?<![{CHINESE}\d.连续近了]){_NUM}[多余]?(?:年|个月|个多月|天)[多余]?"
    r"(?:以来|之后|之前|来(?!了)|前|后(?!归?还)|间|内(?=[,。;])|(?<=年)里(?!有[^,。;]{1,3}个月)|(?<!一年)(?<!一个月)(?<!一天)下来)(?!历史)",
    _NOT_AFTER_DIGIT + r"\d{1,2}[·•]\d{1,2}(?!\d)",
    _NOT_AFTER_DIGIT + r"[1-4一二三四](?:\s?[-、至到和—]\s?[1-4一二三四])?个?季度",
    r"(?<=[,。;!?\n\u3000 ])[两二三四五六七八九十]年"
    r"(?=改造|新|建成|完成|实现|减|脱贫|投入|争取|整合|筹|共|总|累计|先后|年均|净增|过去)|"
    # 半年做手术614台
    r"(?<=[,。;!?\n\u3000 ])(?:半年|[一两三四五]年半)(?!多|的|就|才|[以之]?[前后内来])(?=[\u4e00-\u9fff]{1,6}\d)|"
    # 大会以来的五年, 上一个五年
    r"(?:以来的?|上一?个|这一?个|本届)[两二三四五六七八九十]年(?![多半以])|"
    r"[两二三四五六七八九十]年(?=脱贫攻坚)|"
    r"(?<=\d年)[两二三四五]年|(?<=\d年,)[两二三四五]年(?=共|先后|全)|"
    r"(?<![\d一二三四五六七八九十第续])(?:\d{1,2}|[两二三四五六七八九十])年(?=累计|总共|共计|合计|投资|投入)",
    # 5年时间,全县累计减贫…; not 用5年时间.
    rf"(?<=[。;!?\n\u3000 ]){_NUM}年时间(?=,(?:[全我][县市省区]|[累总合共]))",
    # 嘉定四年, 光绪十二年, 民国5年: years of a reign.
    rf"(?<=民国|光绪|宣统|同治|咸丰|道光|嘉庆|乾隆|雍正|康熙|顺治|崇祯|万历|嘉靖|正德|弘治|成化|永乐|洪武|嘉定|绍兴)(?:\d{{1,2}}|{CN}{{1,3}})年",
    rf"(?:成立|开放|诞辰|胜利|建[党军国])(?:\d{{1,3}}|{CN}{{1,5}})周年",
)

_VILLAGE = r"[村乡镇](?![民级里集委办干内上的])"
NAME = (
    _NOT_AFTER_DIGIT + r"\d{1,2}[×xX*]\d{1,2}(?=小时|不间断|全天)",
    # K23+500, a place along a road.
    r"K\d{1,4}\+\d{1,3}",
    # G312国道, PM2.5; but GDP12.3亿元 has a figure, and the 2 of 70m2 belongs to its unit.
    r"(?<![\dA-Za-z])[A-Za-z]{1,12}+-?\d++(?:\.\d++)?+(?!\s?(?:[万亿余多%元亩]|个百分点))[A-Za-z\d]{0,8}+"
    r"(?:国道|省道|县道|高速|线|级|型|号)?",
    # 4A级, 5G, 10kV; but 100KW is a figure.
    rf"{_NOT_AFTER_DIGIT}\d++(?:\.\d++)?+(?!{_UNIT_LETTERS})[A-Za-z][A-Za-z\d]{{0,8}}+级?",
    _NOT_AFTER_DIGIT + r"\d{1,4}千伏(?!安)",
    # A document known by the number of its articles: 稳就业十条措施.
    rf"{_NOT_AFTER_CN}{_SMALL_CN}{{1,3}}条(?=硬?措施|政策|意见|规定|办法|举措|禁令|铁律|硬措施)",
    rf"(?<![{CHINESE}\d.])(?:\d{{1,2}}|{_SMALL_CN}{{1,2}}(?:、{_SMALL_CN}){{0,4}})"
    r"(?:级(?![数差])|年级|年制|年一贯|年义务|年免费|等奖|等功|等院)",
    rf"(?<![{CHINESE}\d.])(?:\d{{1,2}}|{_SMALL_CN}{{1,2}})年(?:规划|行动|计划|攻坚|方案)",
    _NOT_AFTER_DIGIT + r"\d{1,6}(?:[、和]\d{1,6}){0,3}\s?号(?!召|人(?![员家才民]))",
    # 住11楼: a floor, not so many.
    _NOT_AFTER_DIGIT + r"\d{1,2}(?:楼(?![房宇盘栋])|单元)(?=[,。;、的我住上下]|\d)",
    # A train, and the shop of the 832 counties.
    _NOT_AFTER_DIGIT + r"\d{2,4}次(?=列车|慢车|火车)|832(?=(?:扶贫|采购)?平台)",
    r"(?<=[耳证]号)\d[\d-]{2,20}|千斤(?=顶)",
    # 五人小组组长: what a group is called by.
    rf"{_NOT_AFTER_CN}[三五七九]人小组(?=副?组长|成员|办公室)",
    # 骑三轮, 电三轮: a vehicle with three wheels.
    r"(?<=[骑蹬辆递电])三轮|三轮(?=童?车|摩托)",
    # 在3单元住了一年
    r"(?<=[在住号栋幢楼搬进])\d{1,2}单元",
    _NOT_AFTER_DIGIT + r"\d{2,3}(?:国道|省道|县道|乡道|线(?![路索上下以]))",
    # A class of the programme; 五保户、低保户等四类重点对象 counts those named.
    r"(?<!等)四类(?:重点)?对象",
    # 站敏乡5村; but 全乡5村 counts.
    r"(?<=[^全各本该两三四][乡镇])\d{1,2}村(?!民?[共均都])",
    _NOT_AFTER_DIGIT + r"\d{1,4}(?=工程|工作法|战略|模式|机制|工作重心|工作思路|行动计划)",
    _NOT_AFTER_DIGIT + r"\d{2,3}团(?![队员结伙聚体])",
    _NOT_AFTER_DIGIT + r"\d{1,4}\.\d{1,2}(?=版)",
    # Kinds of household by their size: 1人户, 3人以上户.
    rf"{_NOT_AFTER_CN}(?<![\d.])(?:\d|{_SMALL_CN})人(?:及?以上)?户",
    # Varieties of crops: 郑单958, 陇薯7号; but 小麦22 may have its unit later.
    rf"(?<={_HAN}[单玉粳麦薯谷豆优稻杂糯棉])(?<!小麦|大麦|燕麦|荞麦|铃薯|红薯|土豆|大豆|水稻|中稻|晚稻|早稻)"
    r"\d{1,5}(?=[、,。和及等”)])",
    _NOT_AFTER_DIGIT + r"\d{2,4}强(?=县|企业|镇|村|乡|市|[,。;、])",
    # 五分地镇, 四棵枫村: what these measure is no village.
    rf"{_NOT_AFTER_CN}{_SMALL_CN}[棵分角岔方]{_HAN}{{0,2}}[村乡镇](?=[、,。;和与及等])",
    # 七里河区, 十里铺镇, 三家子村.
    rf"{_NOT_AFTER_CN}{_SMALL_CN}{{1,3}}[里户家台间棵合道][子庄店坪沟湾营河岭塔坡屯窑峪铺桥墩岗堡房城寨川井泉岔梁洼崖树]?"
    rf"(?:(?<=[^\d一{CHINESE}][子庄店坪沟湾营河岭塔坡屯窑峪铺桥墩岗堡房城寨川井泉岔梁洼崖树])[村乡镇]|(?<=里[店堡铺河桥])(?=安置|社区|小区|街道)"
    rf"|(?<=[^一]家子)(?=[、,。的])|{_VILLAGE}|河区|河镇|河乡|铺|店镇|店村|庄村|桥镇|[堡屯寨庄营](?=[,。、的]))",
)

ORDINAL = (
    rf"第\s?(?:\d{{1,5}}|{CN}{{1,5}})(?:\s?[、和至]\s?{CN}{{1,3}}(?=[批届期轮次产])|{_DASH}\d{{1,4}})?"
    rf"(?:[批次轮期个名位条项章节代站]|届(?:(?:全国)?(?:人大|政协|[县市区省]?委)第?{_SMALL_CN}{{1,2}}次)?)?",
    r"首[批个次届家轮例位座]",
    r"No\.?\s?\d{1,4}|" + _NOT_AFTER_DIGIT + r"\d{1,2}(?=标段)",
    rf"{_NOT_AFTER_CN}(?:{_SMALL_CN}{{1,3}}|\d{{1,2}})届(?:(?:全国)?(?:人大|政协|[县市区省]?委)?{_SMALL_CN}{{1,2}}次)?",
    rf"(?:前|列|居|(?<!安)排)\s?(?:\d{{1,3}}|{CN}{{1,3}})[名位强甲列]",
    # 前三批卖了8600元
    rf"(?<![以之目])[前头](?:\d|{CN}{{1,2}})[批茬拨]",
    rf"(?<=排名)(?:最?后|末|倒数)(?:第)?\s?(?:\d{{1,3}}|{CN}{{1,3}})[名位]",
    rf"{_NOT_AFTER_CN}[一二三四五]期(?:[、和及]?[二三四五]期)?(?=工程|项目|建设|规划|改造|投资|已|正)",
    r"(?<=工程|项目|建设)[一二三四五]期",
)

_MEASURED_BY = (
    "个户人村县乡镇校班所家处栋棚间台只头羽斤公吨千平次场期批件箱袋份套条棵株支辆车组队岗项季"
    "生学党年月天日周名位股亩座对张"
)
PER_UNIT = (
    # 每贷款10万元至少带动1户.
    r"每(?:贷款|投资|投入|入股|销售|发放)\d{1,4}(?:\.\d{1,2})?万?元",
    # 每吸纳1名: 每 before a verb; before a noun it distributes (每村建一个).
    rf"每(?![{_MEASURED_BY}]){_HAN}{{1,3}}?(?:1|一)(?:户|亩|人|名|位|斤|公斤|吨|个|只|头|家|座|公里|笔|罐|瓶|箱|袋|棵|株|枚|张|台)",
    # 十家有七家, 十颗里烂六颗: of these ten so many.
    rf"(?<![{CHINESE}\d.])(?:十|百|1?10)[个家户亩辆人粒斤成颗](?=(?:里头?|当中|之中)[^,。;\d]{{0,3}}[\d{CHINESE}]|有(?!的)[\d{CHINESE}])",
    # 十年九不收, 两年三胎: the years are what the other number is counted in.
    rf"{_NOT_AFTER_CN}{_SMALL_CN[:-1]}两]年(?=[{_SMALL_CN[1:-1]}两][不旱涝淹灾荒胎茬熟窝])",
    # 半个月回一次账: how long it takes is what the one is counted in.
    rf"(?<![\d.]){_NUM}(?:天|个月|年|个?星期|个?季度)(?=[^,。;\d]{{0,2}}一[次趟回换调])|半个?[月年](?=[^,。;\d]{{0,2}}一[次趟回])",
    # 每亩2万元、5年一期
    r"(?<=\d年)一[期届轮](?![工建投已正])",
    r"每千[瓦克米]",
    rf"每\s?(?:\d{{1,5}}(?:\.\d{{1,2}})?[万千百]?|{CN}{{1,4}})"
    r"(?:元|亩|户|人|名|斤|公斤|吨|个|平方米|公里|家|村|年|月|天|千瓦|度|只|头|位)",
)


def fixed_phrases() -> list[tuple[SetAsideReason, str]]:
    """The phrases of `data/fixed_phrases.txt`, longest first, so that 两个一百年 is taken before 两个."""
    reasons = {reason.value: reason for reason in SetAsideReason}
    phrases: dict[SetAsideReason, list[str]] = {}
    text = files("summarizer.precheck").joinpath("data/fixed_phrases.txt").read_text("utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            phrase, _, reason = line.partition("\t")
            phrases.setdefault(reasons[reason or "fixed_phrase"], []).append(phrase)
    return [(reason, "|".join(map(escape, sorted(words, key=len, reverse=True)))) for reason, words in phrases.items()]


RULES: tuple[tuple[SetAsideReason, str], ...] = (
    *((SetAsideReason.FURNITURE, p) for p in FURNITURE),
    *((SetAsideReason.NAME, p) for p in CONTAINERS),
    *((SetAsideReason.PHONE, p) for p in PHONE),
    *((SetAsideReason.HEADING, p) for p in HEADING),
    *fixed_phrases(),
    # 看了半天, 半天没吭声: a long while.
    (SetAsideReason.FIXED_PHRASE, r"(?<=[看摸坐蹲站愣想听说磨捏]了)半天|半天(?=[没不说])"),
    # 竖起两根指头 tells a number by hand; 两项合计 counts what was just told.
    (SetAsideReason.FIXED_PHRASE, rf"{_NOT_AFTER_CN}[一两三四五六七八九十][根个](?:大|小)?(?:手指|指头)"),
    (
        SetAsideReason.FIXED_PHRASE,
        rf"{_NOT_AFTER_CN}[两三四五六七八]项(?=合计|共计|总(?:面积|额|数|量|产|值|计)|相加|加起来)",
    ),
    # 议三件事, 三笔账加起来; but 抓四件事:… counts what it lists.
    (SetAsideReason.FIXED_PHRASE, rf"{_NOT_AFTER_CN}[两三四五六]件事(?!:)|{_NOT_AFTER_CN}[两三四五六]笔账"),
    *((SetAsideReason.SLOGAN, p) for p in SLOGAN),
    *((SetAsideReason.DATE, p) for p in DATE),
    *((SetAsideReason.NAME, p) for p in NAME),
    *((SetAsideReason.ORDINAL, p) for p in ORDINAL),
    *((SetAsideReason.PER_UNIT, p) for p in PER_UNIT),
)
"""Of two patterns that match at one place the first wins."""
