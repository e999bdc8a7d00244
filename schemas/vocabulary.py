"""The code lists of a county report: every code with its Chinese name and a one-line meaning.

These lines are prompt text: a model is shown exactly what stands here, so a meaning says what falls under the code
and, where two codes are easily mixed up, what does not. The codes themselves are the contract of the report and of
the labelled samples; renaming one changes `schema_version`.
"""

from enum import StrEnum
from typing import Self


class Code(StrEnum):
    """A code that knows its Chinese name (`zh`) and its one-line meaning (`meaning`)."""

    zh: str
    meaning: str

    def __new__(cls, code: str, zh: str = "", meaning: str = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.zh = zh
        member.meaning = meaning
        return member

    @classmethod
    def lines(cls) -> str:
        """All codes as prompt text, one `code 名称: 说明` a line."""
        return "\n".join(f"{c.value} {c.zh}" + (f": {c.meaning}" if c.meaning else "") for c in cls)


class Topic(Code):
    """What a number, a section or a measure is about."""

    PROFILE = "profile", "县情", "人口、面积、乡镇村数、历史"
    IDENTIFICATION = "identification", "识别退出", "建档立卡、贫困人口与发生率、脱贫退出、减贫任务"
    INDUSTRY = "industry", "产业扶贫", "种植、养殖、加工、产业项目、园区"
    PHOTOVOLTAIC = "photovoltaic", "光伏扶贫", "光伏电站、发电、电价补贴"
    TOURISM = "tourism", "旅游扶贫", "景区、乡村旅游、农家乐"
    ECOMMERCE = "ecommerce", "电商扶贫", "电商、网店、线上销售、直播带货"
    CONSUMPTION = "consumption", "消费扶贫", "产销对接、以购代捐、采购贫困户产品"
    ASSET_INCOME = "asset_income", "资产收益", "三变、入股分红、村集体经济"
    FINANCE = "finance", "金融扶贫", "贷款、贴息、互助资金、风险补偿金"
    INSURANCE = "insurance", "保险扶贫", "农业保险、防贫保险（医保属 health）"
    EMPLOYMENT = "employment", "就业扶贫", "务工、劳务输转、扶贫车间、公益岗位、技能培训"
    RELOCATION = "relocation", "易地搬迁", "搬迁、安置点"
    HOUSING = "housing", "危房改造", "危房、住房安全"
    WATER = "water", "饮水安全", "自来水、饮水工程"
    INFRASTRUCTURE = "infrastructure", "基础设施", "道路、电力、网络、一事一议、村级工程"
    ENVIRONMENT = "environment", "人居环境", "村容村貌、厕所、垃圾、生态、造林"
    EDUCATION = "education", "教育扶贫", "学校、学生、助学金、助学贷款"
    HEALTH = "health", "健康扶贫", "医疗、医保报销、大病保险、村医"
    SOCIAL_SECURITY = "social_security", "社会保障", "低保、兜底、特困、临时救助、养老"
    COOPERATION = "cooperation", "协作帮扶", "东西部协作、定点帮扶、企业与社会帮扶"
    CADRES = "cadres", "干部队伍", "驻村工作队、第一书记、包村领导、干部培训"
    GOVERNANCE = "governance", "工作管理", "资金管理、督查考核、问题整改、作风、机构会议"
    EPIDEMIC = "epidemic", "疫情防控", "新冠疫情的防控与应对"
    OTHER = "other", "其他", "以上都不是"


class Indicator(Code):
    """Which quantity a number measures."""

    POPULATION = "population", "总人口", "一地的总人口"
    RURAL_POPULATION = "rural_population", "农业人口", "农村或农业人口"
    AREA = "area", "面积", "一地的国土面积（种植面积用 planted_area）"
    TOWNSHIPS = "townships", "乡镇数", "一地下辖的乡镇、街道数"
    VILLAGES = "villages", "村数", "一地下辖的行政村、自然村数"
    POOR_VILLAGES = "poor_villages", "贫困村数", "一地所有的贫困村数"
    REGISTERED_HOUSEHOLDS = "registered_households", "建档立卡户数", "某一时点的建档立卡户或贫困户总数"
    REGISTERED_PERSONS = "registered_persons", "建档立卡人数", "某一时点的建档立卡人口或贫困人口总数"
    LIFTED_HOUSEHOLDS = "lifted_households", "脱贫户数", "已脱贫或要脱贫的户数"
    LIFTED_PERSONS = "lifted_persons", "脱贫人数", "已脱贫、减贫或要减贫的人数"
    REMAINING_HOUSEHOLDS = "remaining_households", "未脱贫户数", "剩余未脱贫户数"
    REMAINING_PERSONS = "remaining_persons", "未脱贫人数", "剩余未脱贫人数"
    POVERTY_RATE = "poverty_rate", "贫困发生率", "贫困发生率及其标准"
    INVESTMENT = "investment", "投入资金", "投入的资金、项目投资、收到的帮扶资金"
    LOANS = "loans", "贷款", "贷款、借款金额及其任务"
    SUBSIDY = "subsidy", "补助", "发给受益人的奖补、补贴、救助、报销、理赔、贴息"
    DIVIDENDS = "dividends", "分红收益", "分红、收益分配、保底收益（含户均）"
    EQUITY = "equity", "入股资金", "作为股本投入的资金"
    REVENUE = "revenue", "销售收入", "销售额、产值、营业收入、合同额"
    HOUSEHOLD_INCOME = "household_income", "户收入", "每户的收入或增收（分红用 dividends）"
    PERSONAL_INCOME = "personal_income", "人均收入", "每人的收入、工资或增收"
    HOUSEHOLDS_COVERED = "households_covered", "惠及户数", "参加或受益的户数"
    PERSONS_COVERED = "persons_covered", "惠及人数", "参加或受益的人数、人次"
    PERSONS_EMPLOYED = "persons_employed", "就业人数", "就业、务工、岗位安置的人数"
    PERSONS_TRAINED = "persons_trained", "培训人数", "接受培训的人数、人次"
    CADRES = "cadres", "干部人数", "选派或包联的干部、队员、书记人数"
    TEAMS = "teams", "工作队数", "工作队、工作组数"
    PROJECTS = "projects", "项目数", "项目的个数"
    ENTERPRISES = "enterprises", "企业数", "企业、公司的家数"
    COOPERATIVES = "cooperatives", "合作社数", "合作社的家数"
    FACILITIES = "facilities", "设施数", "建成或设立的电站、车间、安置点、房屋、水利、学校等"
    PLACES_COVERED = "places_covered", "覆盖地方数", "一项措施或变化覆盖的村、乡镇、县数"
    PLANTED_AREA = "planted_area", "种植面积", "种植、造林、整治的面积"
    LIVESTOCK = "livestock", "牲畜数", "牲畜、家禽、蜂箱的数量"
    QUANTITY = "quantity", "产品数量", "产品、物资的件数、重量、种数"
    LENGTH = "length", "长度", "道路、管网、墙体的长度"
    FLOOR_AREA = "floor_area", "建筑面积", "建设或粉刷的面积"
    CAPACITY = "capacity", "装机容量", "发电装机容量（千瓦）"
    GENERATION = "generation", "发电量", "发电量（千瓦时）"
    COMPLETION_RATE = "completion_rate", "完成率", "完成率、竣工率、达到任务的百分比"
    SHARE = "share", "占比", "其他比例、份额、覆盖率"
    GROWTH_RATE = "growth_rate", "增长率", "增长、下降的幅度或倍数"
    EVENTS = "events", "次数", "活动、会议、培训、收获的次数或期数"
    DURATION = "duration", "时长", "时间长度、年限、年龄"
    OTHER = "other", "其他", "以上都不是"


class Unit(Code):
    """Canonical unit of a value; numbers are converted into it exactly."""

    CNY = "CNY", "元", "人民币元（万元、亿元已乘开）"
    HOUSEHOLD = "household", "户"
    PERSON = "person", "人"
    PERSON_TIME = "person_time", "人次"
    MU = "mu", "亩", "公顷 = 15 亩"
    KM2 = "km2", "平方公里"
    M2 = "m2", "平方米"
    KM = "km", "公里", "里 = 0.5 公里"
    M = "m", "米"
    KG = "kg", "公斤", "斤 = 0.5，吨 = 1000"
    KILOWATT = "kW", "千瓦", "兆瓦 = 1000"
    KILOWATT_HOUR = "kWh", "千瓦时", "度"
    PERCENT = "percent", "%"
    PERCENT_POINT = "percent_point", "个百分点"
    YEAR = "year", "年"
    MONTH = "month", "月"
    DAY = "day", "天"
    TIME = "time", "次", "次、期、批、场次"
    M3 = "m3", "立方米"
    HOUR = "hour", "小时"
    USD = "USD", "美元"
    HKD = "HKD", "港元"
    OTHER_CURRENCY = "other_currency", "其他外币", "不换算"
    COUNT = "count", "个", "其余计数，所数之物在 counted"


class Qualifier(Code):
    """How exactly the article states a number."""

    EXACT = "exact", "", "没有限定"
    ABOUT = "about", "约", "约、左右、大约"
    OVER = "over", "余", "余、多、以上、超过"
    UNDER = "under", "近", "近、不足、以下、低于"
    AT_LEAST = "at_least", "不少于", "不低于、不少于、至少"
    AT_MOST = "at_most", "不超过", "不超过、至多"


class Per(Code):
    """The one that a figure is stated for."""

    HOUSEHOLD = "household", "每户", "户均、每户"
    PERSON = "person", "每人", "人均、每人"
    MU = "mu", "每亩", "亩均、每亩"
    UNIT = "unit", "每个", "每村、每座、每个所数之物"
    YEAR = "year", "每年", "年均、每年"
    MONTH = "month", "每月", "月均、每月"
    DAY = "day", "每天", "日均、每天"


class Status(Code):
    """Whether what the number states has happened."""

    ACHIEVED = "achieved", "已实现", "已经完成、已有、现状"
    ONGOING = "ongoing", "进行中", "正在建设、尚未完成"
    PLANNED = "planned", "计划", "目标、任务、指标、计划、预计"
    POLICY = "policy", "标准", "标准、规定、分配规则里的数"


class MilestoneEvent(Code):
    """What kind of dated event."""

    EXIT_APPROVED = "exit_approved", "批准退出", "批准退出贫困县、摘帽"
    EXIT_ASSESSED = "exit_assessed", "通过评估", "通过退出评估检查"
    EXIT_PLANNED = "exit_planned", "计划摘帽", "计划或目标摘帽、整体脱贫"
    AWARD = "award", "获奖", "获得称号、表彰、确定为典型"
    DISASTER = "disaster", "灾害", "自然灾害"
    MEETING = "meeting", "会议", "会议、论坛、大会"
    POLICY_ISSUED = "policy_issued", "出台政策", "出台、印发文件"
    PROGRAMME_STARTED = "programme_started", "启动", "启动工程、行动、协作"
    OTHER = "other", "其他", "其他有日期的事件"


class SetAsideReason(Code):
    """Why a number of the article is not a fact."""

    DATE = "date", "日期", "年月日、时期、时间指代"
    ORDINAL = "ordinal", "序数", "第一批、第27批、首个"
    SLOGAN = "slogan", "口号", "口号、工程名称：两不愁三保障、“1234”、五个一批"
    HEADING = "heading", "标题序号", "编号和列表记号：1、 一是"
    FURNITURE = "furniture", "页面元素", "浏览量、页码、网页导航"
    NAME = "name", "名称", "名称里的数：4A级、O2O、四门镇"
    PER_UNIT = "per_unit", "分母", "另一个数的分母：一亩地年收入"
    FIXED_PHRASE = "fixed_phrase", "固定词语", "一次性、四两拨千斤、一个（不确指）"
    PHONE = "phone", "电话", "电话、证件号码"


class Lost(Code):
    """What a damaged passage lost for good."""

    NONE = "none", "未丢失", "剩下的字节只容一种读法"
    CHARACTER = "character", "丢字", "有几种读法，字不能定"
    DIGIT = "digit", "丢数字", "数字的字节没有了"


class DamageKind(Code):
    """How a passage was damaged."""

    BYTE_SHIFT = "byte_shift", "字节错位"
    MIS_DECODED = "mis_decoded", "编码误读"
    PRIVATE_USE = "private_use", "私用区字符"
    TRUNCATED = "truncated", "截断"
    MARKUP = "markup", "残留标记"


class Level(Code):
    """Level of an administrative place."""

    PROVINCE = "province", "省级"
    PREFECTURE = "prefecture", "地级"
    COUNTY = "county", "县级"
    TOWN = "town", "乡级"
    VILLAGE = "village", "村级"


class Script(Code):
    """Script of the article as it was saved."""

    SIMPLIFIED = "simplified", "简体"
    TRADITIONAL = "traditional", "繁体"


class Basis(Code):
    """Where the reference year, or the subject, was taken from."""

    STATED = "stated", "文中写明"
    PUBLISHED = "published", "发布日期"
    INFERRED = "inferred", "推断"
    GIVEN = "given", "用户指定"


class ReaderName(Code):
    """Who gave a number its meaning."""

    RULES = "rules", "规则"
    MODEL = "model", "模型"


class SkipReason(Code):
    """Why an input is not worth reading as a county report."""

    EMPTY = "empty", "空文件", "没有文字"
    TOO_SHORT = "too_short", "太短", "正文太短"
    NOT_CHINESE = "not_chinese", "不是中文", "汉字太少"
    NO_FIGURES = "no_figures", "没有数字", "没有可作为指标的数字"
    NO_PLACE = "no_place", "没有地方", "没有提到县、市、乡镇、村"
    ACADEMIC = "academic", "学术论文", "摘要、关键词、参考文献、模型"
    NATIONAL_NEWS = "national_news", "全国新闻", "讲的是全国或各省"
    COMPANY_STORY = "company_story", "企业报道", "讲的是一家企业"
    THEORY = "theory", "理论文章", "讲的是理论和思想"
    ADVERT = "advert", "广告", "推销、招商、招生"
    NOT_COUNTY_REPORT = "not_county_report", "不是县域报告", "讲的不是某个地方的情况"
    UNSUPPORTED_FORMAT = "unsupported_format", "格式不支持", "先另存为 .txt 或 .html"
    TOO_LARGE = "too_large", "文件太大", "一篇文章没有这么大"
    DUPLICATE = "duplicate", "内容重复", "与另一个文件内容相同"


class FailureKind(Code):
    """Why an input could not be read."""

    BINARY = "binary", "二进制文件"
    UNDECODABLE = "undecodable", "无法解码"
    UNREADABLE = "unreadable", "无法读取"
    BUDGET = "budget", "到了费用或词元上限"
