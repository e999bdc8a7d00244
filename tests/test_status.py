"""Whether what a number states has happened: plans and their ends, rules and their rates, what is under way."""

import dataclasses

import pytest

from schemas.vocabulary import Status
from summarizer.text.article import DocumentInfo
from tests.reading_cases import brief_of, read

PLANNED, ACHIEVED, ONGOING, POLICY = Status.PLANNED, Status.ACHIEVED, Status.ONGOING, Status.POLICY

ENDS_OF_PLANS = [
    ("target that ends its clause", "紧盯摘帽目标，全年整合资金2.6亿元。", "2.6亿元", ACHIEVED),
    ("target that is named by its size", "紧盯脱贫9600人的目标，压实责任。", "9600人", PLANNED),
    ("task beside another thing", "面对减贫任务和罕见旱情，全县抗旱浇灌4万亩。", "4万亩", ACHIEVED),
    ("forecast ends with its half", "预计产枣900吨；枣园面积3万亩。", "3万亩", ACHIEVED),
    ("plan goes on in the next half", "计划新建大棚60座；改造圈舍90处。", "90处", PLANNED),
    ("plan until it was assessed", "我镇计划脱贫50户，经村民评议、县级验收，全镇脱贫61户。", "61户", ACHIEVED),
    ("completion, then how far", "计划搬迁800户，建成安置点6个，现已入住710户。", "6个", ACHIEVED),
    ("completion that is planned", "计划搬迁800户，建成安置点6个。", "6个", PLANNED),
    ("zone of a plan", "在项目规划区域新修村道31公里。", "31公里", ACHIEVED),
    ("funds handed down", "下达扶贫资金380万元，支出率100%。", "380万元", ACHIEVED),
    ("sum of what was done", "到月底共完成2600亩栽植任务。", "2600亩", ACHIEVED),
    ("share of a plan", "搬迁入住930户，占县计划的104%。", "104%", ACHIEVED),
    ("within a year that is over", "全县年内减贫1.1万人，贫困发生率降至7.2%。", "1.1万人", ACHIEVED),
    ("within the year, to be left", "剩余的3个旗县年内摘帽。", "3个", PLANNED),
    ("what a change starts from", "今年要把茶园从500亩扩大到900亩。", "500亩", ACHIEVED),
    ("what a change leads to", "今年要把茶园从500亩扩大到900亩。", "900亩", PLANNED),
    ("what is left", "下一步，盯住仍有的46户未脱贫户。", "46户", ACHIEVED),
    ("size of a problem", "下一步，我县将针对7个村道路未硬化的问题，限时销号。", "7个", ACHIEVED),
    ("base of a plan", "明年要在已有的46个车间基础上，新建12个。", "46个", ACHIEVED),
    ("problems that were found", "对排查出的43个问题逐一销号。", "43个", ACHIEVED),
    ("finished, and a plan behind", "已开工900户，主体完工720户，计划春节前入住。", "720户", ACHIEVED),
    ("age in tens", "年过七旬的老人正在晒粮。", "过七旬", ACHIEVED),
    ("size left, of several", "还剩4个村、130户没有脱贫，这是今年要完成的任务。", "130户", ACHIEVED),
    ("programme called a plan", "发放雨露计划补助，惠及740人。", "740人", ACHIEVED),
    ("age", "正在缝制衣服的52岁脱贫户说，活不累。", "52岁", ACHIEVED),
    ("those who were put on file", "在建档立卡贫困户中聘用护路员130名。", "130名", ACHIEVED),
    ("more than the task", "比下达的任务分别多出640人和4个村。", "640人", ACHIEVED),
    ("higher than the index", "漏损率比控制指标高6个百分点。", "6个百分点", ACHIEVED),
    ("half-sentence behind a plan for June", "剩下的42人今年6月底前脱贫；312户边缘户逐户定了措施。", "312户", ACHIEVED),
    ("weight in an assessment", "考核权重增加到7分，与年终目标绩效奖挂钩。", "7分", ACHIEVED),
    ("parts of what was done", "今年计划搬迁1222户，已全部入住。其中，分散安置162户。", "162户", ACHIEVED),
    ("how a task is fulfilled", "对23个单位任务完成情况进行督查。", "23个", ACHIEVED),
    ("aims of an item in front", "一是明确任务目标及要求；二是成立工作队5个。", "5个", ACHIEVED),
    ("task that is told as finished", "860户危房改造任务已竣工742户。", "742户", ACHIEVED),
    ("task that was finished", "合作社完成了1900亩造林任务。", "1900亩", ACHIEVED),
    ("villages that have a task", "全县63个有脱贫任务的村都有了合作社。", "63个", ACHIEVED),
    ("system of indicators", "设计了12类46项内容的指标体系。", "46项", ACHIEVED),
    ("project that was won", "争取退耕还林项目4万亩。", "4万亩", ACHIEVED),
    ("what each takes", "一亩地需要1300株苗。", "1300株", ACHIEVED),
    ("clause behind tells of fulfilment", "复工率98.5%，计划改造的危房已全部开工。", "98.5%", ACHIEVED),
    ("aim that was reached", "全县种姜户均1.4亩，提前实现了发展目标。", "1.4亩", ACHIEVED),
    ("project carried out", "实施工程改造水窖400口。", "400口", ACHIEVED),
    ("half a year of a plan", "全年计划投入3亿元，上半年到位1.6亿元。", "1.6亿元", ACHIEVED),
    ("months of a plan", "计划新扩茶叶2万亩，1—6月完成整地1.4万亩，占七成。", "1.4万亩", ACHIEVED),
    ("second year of a story", "2016年垫钱试种。第二年不用喊，76户入了股。", "76户", ACHIEVED),
    ("land quota that was sold", "节余土地指标交易，回笼资金2.7亿元。", "2.7亿元", ACHIEVED),
    ("county with a heavy task", "我县是全市脱贫任务较重的18个县之一。", "18个", ACHIEVED),
    ("what there is and will grow", "全县已建成的83个服务站明年将增加到190个。", "83个", ACHIEVED),
    ("money that has come down", "已下达的1.3亿元只支出了4100万元。", "1.3亿元", ACHIEVED),
    ("share of a planned sum", "三年完成投资2.6亿元，占计划总投资3.2亿元的81.3%。", "81.3%", ACHIEVED),
    ("plan before its half year", "全年计划投入3亿元，上半年到位1.6亿元。", "3亿元", PLANNED),
    (
        "whole of which a part is done",
        "全乡往山下搬的276户中，251户已经住进新房，余下25户等着装完水电。",
        "276户",
        ONGOING,
    ),
    ("hard work that is meant", "今年的硬仗，是让余下的21个村全部出列。", "21个", PLANNED),
    ("rest, and by when", "排查问题31个，余下5户等着接通水管，10月底前搬完。", "5户", PLANNED),
    (
        "last of a list of tasks",
        "今年的任务是：脱贫4200人，退出贫困村30个，贫困发生率降到1.9%以内。",
        "1.9%以内",
        PLANNED,
    ),
    ("what a meeting resolved", "会上定了几条：年底脱贫71户；对96户监测户逐户建账。", "96户", PLANNED),
    ("county with a heavy task", "全省20个脱贫任务比较重的县之一。", "20个", ACHIEVED),
    ("quota that was sold", "交易增减挂钩节余指标640亩。", "640亩", ACHIEVED),
    ("land that was planned for what stands", "安置点规划用地96亩，建楼23栋。", "23栋", ACHIEVED),
    ("programme called a plan of action", "其中行动计划投入2.9亿元，覆盖3个乡镇。", "3个", ACHIEVED),
    ("who is still poor", "眼下全县还有76户210人没有脱贫，计划年底前全部脱贫。", "76户", ACHIEVED),
    ("rest without a term", "全县31户，余下5户都有了工作。", "5户", ACHIEVED),
    (
        "those left, and who they are",
        "剩余贫困人口61户143人，多数是因病因残，计划今年6月底前全部脱贫。",
        "143人",
        ACHIEVED,
    ),
    ("those left, and by when", "剩余贫困人口61户143人，今年6月底前全部脱贫。", "143人", PLANNED),
    ("households that a check found", "计划6月底前全部脱贫；排查出监测户216户。", "216户", ACHIEVED),
    ("farmers whose case is told beside the plan", "按照统一安排，6月中旬抽调26人组成督查组。", "26人", ACHIEVED),
]

PLANS = [
    ("roads by number and length", "道路方面，86条140公里通组路已完成硬化35公里。", "86条", ONGOING),
    ("roads that are finished", "道路方面，86条140公里通组路全部完工。", "86条", ACHIEVED),
    (
        "numbered aim that is to be ensured",
        "一、确保完成减贫任务。①解决饮水4548人；输转劳力5700人。",
        "5700人",
        PLANNED,
    ),
    ("forecast of a whole year", "全年预计实现总产值96亿元；零售额31亿元，增长9.4%。", "9.4%", PLANNED),
    ("households of a plan, some of them moved", "“十三五”规划的2310户，已入住1980户。", "2310户", PLANNED),
    ("works of a plan, some of them built", "新建安置点8处。截至7月底，已入住87户，建成5处。", "8处", ONGOING),
    ("villages that are to leave the list", "今年预出列贫困村33个。", "33个", PLANNED),
    ("bees that are to be more", "墙上贴着今年的单子：蜂要发展到1200箱。", "1200箱", PLANNED),
    ("income that will be", "待剩余产品售出，年收入将超过13万元。", "超过13万元", PLANNED),
    ("bound of a class that is counted", "年收入低于5万元的村还有62个。", "低于5万元", ACHIEVED),
    ("bound that is laid down", "每村年收入不得低于5万元。", "5万元", POLICY),
    ("rest of which another figure is due", "聚焦剩余的1800户6900人，年底前再减贫1200户。", "6900人", ACHIEVED),
    ("done beyond a plan", "全年改造危房4208户，超计划208户。", "208户", ACHIEVED),
    ("what mending will take", "一场雨冲坏了产业路，得花11万元才修得好。", "11万元", PLANNED),
    ("what was needed no more", "修好产业路花了11万元。", "11万元", ACHIEVED),
    ("those that will be left", "到今年年底，预计只剩3.2万人。", "3.2万人", PLANNED),
    ("those that are left", "全市只剩3.2万人，明年全部脱贫。", "3.2万人", ACHIEVED),
    ("roads of which some are ready", "路也在修，29条通村路有21条完工。", "29条", ONGOING),
    ("cost of works of which some are ready", "投资4380万元的饮水工程动工23处，其中8处已通水。", "4380万元", ONGOING),
    ("cost of works that are planned", "公司计划投资5600万元建冷库，预计明年投用。", "5600万元", PLANNED),
    ("what is left is being done", "规划搬迁2380户，已入住1900户，剩下的480户正在分房。", "480户", ONGOING),
    ("people who are left are at it", "劝返失学学生83人，仍有5人在劝返中。", "5人", ONGOING),
    ("those left are people on a post", "规划岗位90个，还有5人在岗。", "5人", ACHIEVED),
    ("more that is to come", "听说他要走，局里批准他再干一年。", "一年", PLANNED),
    ("all handed over last year", "全县规划搬迁2865户，27个安置区去年10月全部交付。", "27个", ACHIEVED),
    ("sown once more this year", "今年再种杞柳300亩，培训240人。", "240人", PLANNED),
    (
        "all that a task consists of",
        "今年全县的任务是减贫3400人，贫困村退出12个，贫困发生率降到1.7%。",
        "1.7%",
        PLANNED,
    ),
    ("parts of a plan told next", "今年计划搬迁1222户。\n其中，分散安置162户，集中安置1060户。", "1060户", PLANNED),
    ("once more in the whole year", "全年再安排产业项目32个。", "32个", PLANNED),
    ("people who are to be hired", "第二家店准备6月开张，要招9个村里人。", "9个", PLANNED),
    ("what is still to be done", "今年还要减贫1130户，剩下的村全部出列，贫困发生率压到0.7%。", "0.7%", PLANNED),
    ("part finished up to a day", "今年有23个项目截至10月底完工19个。", "23个", ONGOING),
    (
        "held against last year in a plan",
        "今年计划安排资金760万元，较去年增加30万元，销售茶叶不低于800万元。",
        "800万元",
        PLANNED,
    ),
    ("part of the works finished", "今年实施项目163个，年底竣工97个。", "163个", ONGOING),
    ("finished, and others under way", "建设安置点87处，至年末竣工61处、在建26处。", "61处", ACHIEVED),
    ("under way behind others finished", "建设安置点87处，至年末竣工61处、在建26处。", "26处", ONGOING),
    ("people who are being checked", "目前剩余215户，正在接受普查核实。", "215户", ACHIEVED),
    ("task by its size, part of it done", "860户危房改造任务已竣工742户。", "860户", PLANNED),
    ("aims that lead to a list", "明确今年的任务目标：新建冷库3座；种植花椒9000亩。", "9000亩", PLANNED),
    ("put on the list for the year", "硬化村道17公里，已列入今年建设计划。", "17公里", PLANNED),
    ("what is still needed", "剩余路段还需要640万元。", "640万元", PLANNED),
    ("future with 将", "今年将继续减贫3000人，实现9个村退出。", "9个", PLANNED),
    ("more than last year, in a plan", "今年计划整合资金3.6亿元，比去年多了6200万元。", "6200万元", PLANNED),
    ("forecast of the whole year", "预计全年产值162亿元，增长5.1%；财政收入5.9亿元，增长9.3%。", "9.3%", PLANNED),
    ("half of a forecast with its own verb", "预计全年产值162亿元；财政收入完成5.9亿元。", "5.9亿元", ACHIEVED),
    ("sum of an agreement", "园区落户企业8家，协议投资6.3亿元。", "6.3亿元", PLANNED),
    ("bound that has to be kept", "到年底，贫困发生率要降到3%以下。", "3%以下", PLANNED),
    ("advice", "建议在大点的4处安置点设立卫生室。", "4处", PLANNED),
    ("day of a month before which", "9月底前8处安置点全部竣工。", "8处", PLANNED),
    ("once more on top this year", "今年再上11个项目。", "11个", PLANNED),
    ("sum to come", "此举将为全县养殖户累计增收260万元。", "260万元", PLANNED),
    ("target by its size", "今年新增投放目标5000万元，已完成4100万元。", "5000万元", PLANNED),
    ("next year", "明年保准能挣7万元。", "7万元", PLANNED),
    ("what a meeting calls for", "会议强调，县财政再安排2000万元。", "2000万元", PLANNED),
    ("deadline", "确保2019年完成12个贫困村、3400人脱贫摘帽任务。", "12个", PLANNED),
    ("all of what is left", "剩余的3100名未脱贫人口要全部脱贫，分别是：甲镇420人。", "420人", PLANNED),
    ("begun in a plan", "下一步，启动6个乡镇道路改造。", "6个", PLANNED),
    ("design figure", "水厂概算投资4100万元。", "4100万元", PLANNED),
    ("yield after completion", "加工厂建成后日处理鲜果20吨。", "20吨", PLANNED),
    ("yield that was reached", "加工厂建成后已处理鲜果20吨。", "20吨", ACHIEVED),
    ("years to come", "再过三年挂果，一亩能收2000元。", "2000元", PLANNED),
    ("habit of each year", "每年可增收700元。", "700元", ACHIEVED),
    ("put off", "两处工程延误的有2处，结转下年实施。", "2处", PLANNED),
    ("works that a later clause finishes", "县里实施9个供水项目，预计明年上半年完工。", "9个", ONGOING),
    ("cost of works partly done", "规划项目41个，总投资2.9亿元，现已完工27个。", "2.9亿元", ONGOING),
    ("buildings partly roofed", "建设住房38栋，15栋已封顶，其余正在施工。", "38栋", ONGOING),
    ("built without 已", "去年搞了32个产业项目，建成21个。", "32个", ONGOING),
    ("works begun, and their rate", "全县402个扶贫项目开工377个，开工率93.8%。", "402个", ONGOING),
    ("works and their cost, then how far", "实施公路项目34个，总投资5.8亿元，目前已完工19个。", "34个", ONGOING),
    ("allotted, not begun", "下达农村安居工程1600户，竣工1540户。", "1600户", PLANNED),
    ("works soon to be ready", "今年新建水厂2座，改造管网17公里，年底前投入使用。", "2座", ONGOING),
    ("works that were ready at the end", "新建水厂2座，改造管网17公里，年底并网。", "2座", ACHIEVED),
    ("cost of works begun", "实施公路项目34个，总投资5.8亿元，目前已完工19个。", "5.8亿元", ONGOING),
    ("works of several counties", "建设安置区36个，其中甲县8个，其余28个在别处；已有21个竣工。", "36个", ONGOING),
    ("rest that is settled elsewhere", "搬迁1320户，其中集中安置1070户，其余250户分散安置。", "1320户", ACHIEVED),
    ("brackets that tell of a part", "预计减贫2万人（1至5月已核实1.4万人）。", "2万人", PLANNED),
    ("works all finished", "规划的8个安置点已全部竣工，其余配套正在施工。", "8个", ACHIEVED),
    ("this year's must", "今年要退出余下的39个村，减贫3806户。", "39个", PLANNED),
    ("this year's must goes on", "今年要退出余下的39个村，减贫3806户。", "3806户", PLANNED),
    ("what one had to pay", "从前进城，坐车要4个小时。", "4个小时", ACHIEVED),
    ("time to come, told with a verb of the end", "明年再嫁接橙子760亩，建成年处理450吨的烘干厂。", "450吨", PLANNED),
    ("harvest that is guessed", "头茬挂果，估摸着能收46万斤。", "46万斤", PLANNED),
    ("works put off", "排查出漏雨房屋860栋，修缮710栋，其余150栋转入次年。", "150栋", PLANNED),
    ("works that go over the year's end", "入库项目216个，另外6个跨年实施。", "6个", ONGOING),
    ("walls that are being laid", "安置点14个竣工，3个还在砌墙。", "3个", ONGOING),
    ("villages whose helpers are still there", "全县26支工作队还在岗。", "26支", ACHIEVED),
    ("what somebody says of times to come", "门都进过。说到以后，他掰着指头数：梨园扩到190亩。", "190亩", PLANNED),
    ("funds of a schedule, with a bound", "按照安排，今年整合资金不少于2.6亿元。", "2.6亿元", PLANNED),
]

RULES = [
    ("at once to whoever fulfils it", "对外出满6个月的脱贫劳动力一次性给予500元交通补助。", "500元", POLICY),
    ("paid in sum to them", "对外出务工的脱贫劳动力发放补助共96万元。", "96万元", ACHIEVED),
    ("condition with 的 before the comma", "在外务工3个月以上的，每人补助500元。", "3个月以上", POLICY),
    ("compensation for each mu", "公益林生态补偿每亩15元。", "15元", POLICY),
    ("result of a check", "考核优秀的发满绩效1800元。", "1800元", POLICY),
    ("standard by its size", "过半农户达到人均纯收入3200元的脱贫标准。", "3200元", POLICY),
    ("people who reached a standard", "全县860人达到脱贫标准。", "860人", ACHIEVED),
    ("who did not fulfil conditions", "清退不符合条件的低保户73户。", "73户", ACHIEVED),
    ("price to work out a sum", "按每斤5元计，产值可达800万元。", "5元", ACHIEVED),
    ("what each got for a house", "新建住房210套，每户补助3.8万元。", "3.8万元", ACHIEVED),
    ("rate in a plan", "计划搬迁500户，人均补助1.9万元。", "1.9万元", POLICY),
    ("own share in a plan", "计划搬迁500户，人均自筹不超过2000元。", "2000元", POLICY),
    ("named rates of a policy", "落实小学每生1100元、初中1300元的资助政策。", "1300元", POLICY),
    ("condition of a rule for others", "对带动12户以上的合作社奖励4万元。", "12户以上", POLICY),
    ("terms of a loan", "为脱贫户提供5万元以下、免抵押免担保的贷款。", "5万元以下", POLICY),
    ("what is taken out", "每年从收益中提取8%作为管护费。", "8%", POLICY),
    ("paid for them", "个人缴费160元由县财政全额代缴。", "160元", POLICY),
    ("ratio by which they share", "村民、集体、公司按6∶2∶2分成。", "6", POLICY),
    ("ratio by which a fund is raised", "银行按1∶8比例放大贷款。", "8", POLICY),
    ("floor space that is kept to", "人均住房严格控制在25平方米以内。", "25平方米以内", POLICY),
    ("grant for each mu, spoken", "“政府一亩补460元，够苗钱了。”", "460元", POLICY),
    ("share by an agreement", "按协议，园区每年拿出投资额的6%保底。", "6%", POLICY),
    ("given on top", "在厂里过年的再发红包700元。", "700元", POLICY),
    ("rate for those already lifted", "已脱贫户每户补助不超过1800元。", "1800元", POLICY),
    ("wages that all are above", "月工资均不低于1100元。", "1100元", ACHIEVED),
    ("so many got so much each", "去年给11名大学生每人奖励1900元。", "1900元", ACHIEVED),
    ("share by which takings are divided", "合作社的盈余，七成分给社员。", "七成", POLICY),
    ("share that was given", "电站收入53万元，拿出八成分给农户。", "八成", ACHIEVED),
    ("share that the treasury bears", "每头牛保费370元，县财政承担80%。", "80%", POLICY),
    ("price that is guaranteed", "每斤保底2.3元，签下订单。", "2.3元", POLICY),
    ("who gets it, and from whom", "车间吸纳12人以上的，县里一次性奖励5万元。", "12人以上", POLICY),
    ("rate below the average", "支出率低于全州平均水平6.1个百分点。", "6.1个百分点", ACHIEVED),
    ("award for each mu", "对自种的以奖代补，种植类每亩奖500元。", "500元", POLICY),
    ("bound for each household", "每户全年累计不超过6200元。", "6200元", POLICY),
    ("fixed return", "资金折股投入厂房，年固定回报率7%。", "7%", POLICY),
    ("hours within which one must come", "群众报修，24小时内必须到场。", "24小时内", POLICY),
    ("months of whoever gets it", "外出务工6个月以上的贫困劳动力，每人一次性补助400元。", "6个月以上", POLICY),
    ("length of an order", "签下为期三年的订单，每斤保底0.4元。", "三年", ACHIEVED),
    ("grant that was given", "政府又按每间3100元给了补助。", "3100元", ACHIEVED),
    ("people who fulfil conditions", "符合条件的3218名群众都参了保。", "3218名", ACHIEVED),
    ("less than others", "产量低于普通农户三成左右。", "三成左右", ACHIEVED),
    ("finding below a line", "有14个村集体年收入低于2万元。", "低于2万元", ACHIEVED),
    ("rate that came out", "门诊慢病报销比例82.6%。", "82.6%", ACHIEVED),
    ("rate that is laid down", "住院费用按85%报销。", "85%", POLICY),
    ("fee for each", "签约服务费每人每年110元，由财政承担80元。", "80元", POLICY),
    ("threshold", "大病保险起付线降到4000元。", "4000元", POLICY),
    ("fixed dividend", "合作社每年按7%保底分红。", "7%", POLICY),
    ("terms of loans", "给农户授信，贷款额度5万元以内，期限3年以内，年利率4.2%。", "3年以内", POLICY),
    ("rent by a share", "大棚建成后，按8%给村集体交租金。", "8%", POLICY),
    ("ratio by which a bank lends", "银行按1∶9放贷，支持农户。", "9", POLICY),
    ("share that a bank bears", "出现坏账，银行承担30%。", "30%", POLICY),
    ("part above a bound", "个人自付超过1.2万元的部分，分段按60%赔付。", "超过1.2万元", POLICY),
    ("for each new hand", "车间每到岗1名脱贫劳动力，镇里奖补600元。", "600元", POLICY),
    ("votes that are needed", "到会代表三分之二以上同意方可上报。", "三分之二以上", POLICY),
    ("least width", "路面宽度不得小于3.2米。", "3.2米", POLICY),
    ("line of poverty", "全村人均收入都过了6100元的省定脱贫线。", "6100元", POLICY),
    ("rate of a class", "改造危房523户，D级危房每户补助3.1万元。", "3.1万元", POLICY),
    ("rate of the class beside", "小学每生每年1150元、初中1450元。", "1450元", POLICY),
    ("what pupils got", "8名大学生每人领到1900元。", "1900元", ACHIEVED),
    ("rate that stays so high", "住院费用报销比例稳定在90%以上。", "90%以上", ACHIEVED),
    ("sum of a year that is capped", "以上各项，未脱贫户全年累计最高7000元。", "7000元", POLICY),
    ("post that was made", "设了公路养护员286名，每人每年补助3400元。", "3400元", ACHIEVED),
    ("bound that is aimed at", "力争每处安置点有1个项目，每户至少有1人就业。", "1人", PLANNED),
    ("rate before it was raised", "农村低保线由每人每年2610元提到3190元。", "2610元", POLICY),
    ("rate after it was raised", "贫困户人均补助由3100元提到1.1万元。", "1.1万元", POLICY),
    ("price that is aimed at", "鲜药目标价定在每公斤5.1元。", "5.1元", POLICY),
    ("most that a household may borrow", "周转金不收利息，每户最多借1.1万元。", "1.1万元", POLICY),
    ("most that there were", "最多的一天接了43单。", "43单", ACHIEVED),
    ("terms of loans without a verb", "特惠贷上了门，五万元以内、三年以下，免抵押。", "三年以下", POLICY),
    ("what is paid for a dead animal", "每头牛保费300元，死了赔5200元。", "5200元", POLICY),
    ("award for each head, spoken", "贫困户每养一只母羊奖210元，种一亩药材奖320元。", "320元", POLICY),
    ("highest place", "住得最高的76户搬下了山。", "76户", ACHIEVED),
    ("those who were praised", "今年一次表彰了86户，每户奖励1100元。", "1100元", ACHIEVED),
    ("for whom cattle were bought", "为926户牧户购进母牛，每户补贴7800元。", "7800元", ACHIEVED),
    ("shares behind a colon", "村里圈舍建了9个，改成统养：年底赚的钱六成分给户、三成留社里。", "六成", POLICY),
    ("list behind its standard", "补助标准为：新建户均2.2万元；修缮户均0.8万元。", "0.8万元", POLICY),
    (
        "rate of a class, nobody counted",
        "对在外务工6个月以上的劳动力，省外的每人补610元，省内的补340元。",
        "610元",
        POLICY,
    ),
    ("bound of a class, its rate behind", "对在外务工6个月以上的劳动力，省外的每人补610元。", "6个月以上", POLICY),
    ("bound beside another", "吸纳劳动力6人以上、干满一季的，按每人900元奖补。", "6人以上", POLICY),
    ("limit for each in a plan", "三是巩固。县里列支救助基金610万元，单户救助原则上不超过1.1万元。", "1.1万元", POLICY),
    ("grant that a villager got", "他读大专，每年另有生活补助6100元。", "6100元", ACHIEVED),
    ("share that a meeting resolved", "村民代表会定了规矩：六成开公益岗工资，两成救急难。", "两成", POLICY),
    ("what one may get", "没有劳动能力的户，每年可直接补助810元。", "810元", POLICY),
    ("rate of a share of sales", "按网销贫困户农产品金额的5%给电商企业奖补，上半年兑现了117万元。", "5%", POLICY),
    ("tariff", "水费每吨2.4元。", "2.4元", POLICY),
    ("price that is warranted", "签了合同，每斤11元保底，去年出栏2100只。", "11元", POLICY),
    ("rates that were changed", "县里调高了奖补标准，茶园每亩由610元提高到930元。", "610元", POLICY),
    ("years without interest", "股金是小额贷款垫的，三年不要利息。", "三年", POLICY),
    ("years that were given", "他在外头打了三年工。", "三年", ACHIEVED),
    ("tons without a charge", "贫困户每月前2吨不要钱。", "2吨", POLICY),
    ("years until a flock is due", "每户借9只母羊、两年后还9只羔羊。", "两年", POLICY),
    ("share that stays in the village", "电站收益两成留村、八成到户。", "八成", POLICY),
    ("share that a firm takes", "挂果以后，果钱公司拿七成、管护户拿三成。", "七成", POLICY),
    ("share that a firm took", "去年的果钱公司拿了七成。", "七成", ACHIEVED),
    ("case that has a consequence", "误差率超过4%的，全乡镇返工重验。", "超过4%", POLICY),
    ("villages that fall beyond", "收入超过6万元的村有31个。", "超过6万元", ACHIEVED),
    ("guaranteed by a contract", "与企业签了代养协议，按协议每户每年保底得2900元。", "2900元", POLICY),
    ("earned beside a contract", "签了订单，价格保底，户均增收2900元。", "2900元", ACHIEVED),
    ("sum paid by a standard", "县财政按每人180元标准代缴参保费206万元。", "206万元", ACHIEVED),
    ("students who were counted", "考上大学的贫困学生有316人，每人一次性资助2900元。", "2900元", ACHIEVED),
    ("most that is paid, behind a plan", "计划6月底前脱贫；每户买一份保险，最高赔付2.9万元。", "2.9万元", POLICY),
    ("duty of every quarter", "高血压患者每季度随访1次。", "1次", POLICY),
    ("red line", "下一步，人均住房面积严守25平方米红线。", "25平方米", POLICY),
    ("below the standard", "在册贫困人口6.1万人，其中国定标准以下2.9万人。", "2.9万人", ACHIEVED),
    ("months of those who were counted", "外出稳定就业3个月以上的266人，每人补贴510元。", "3个月以上", ACHIEVED),
]


def status_in(text: str, number: str) -> Status:
    """The status of the first number of the text that is written so."""
    brief = brief_of(text)
    readings, _ = read(brief)
    found = {brief.text[c.start : c.end]: c.id for c in reversed(brief.candidates)}
    return next(n.status for r in readings for n in r.numbers if n.id == found[number])


@pytest.mark.parametrize(
    ("text", "number", "status"), [c[1:] for c in ENDS_OF_PLANS], ids=[c[0] for c in ENDS_OF_PLANS]
)
def test_a_plan_reaches_only_what_it_plans(text: str, number: str, status: Status) -> None:
    """What is done, stands anyway or belongs to another statement is no plan, though a word of planning is near."""
    assert status_in(text, number) is status


@pytest.mark.parametrize(("text", "number", "status"), [c[1:] for c in PLANS], ids=[c[0] for c in PLANS])
def test_what_is_to_come_is_told_from_what_is_under_way(text: str, number: str, status: Status) -> None:
    """Forecasts are plans; works of which a part is done, or the end is foretold, are under way."""
    assert status_in(text, number) is status


@pytest.mark.parametrize(("text", "number", "status"), [c[1:] for c in RULES], ids=[c[0] for c in RULES])
def test_a_rate_that_is_due_is_told_from_what_was_paid(text: str, number: str, status: Status) -> None:
    """Conditions, rates of support and standards are rules; sums and what each got for what was built are not."""
    assert status_in(text, number) is status


def test_a_question_for_plans_governs_its_answer() -> None:
    """今年打算怎么干？ makes what the next paragraph lists plans."""
    assert status_in("问：明年有什么打算？\n答：一是建高标准农田6万亩；二是改厕4000户。", "4000户") is PLANNED


@pytest.mark.parametrize(
    ("heading", "status"),
    [
        ("一、2019年主要工作\n（一）产业方面。", ACHIEVED),
        ("一、目标任务完成情况\n（一）产业方面。", ACHIEVED),
        ("二、2020年主要工作\n（一）产业方面。", PLANNED),
        ("二、下一步工作打算\n（一）产业方面。", PLANNED),
    ],
    ids=["the year reviewed", "what came of tasks", "the year to come", "what is next"],
)
def test_a_heading_announces_plans_unless_it_looks_back(heading: str, status: Status) -> None:
    """Tasks and main works head a review where the title reviews that year, or what came of them is told."""
    title = "青山县2019年脱贫攻坚工作总结及2020年工作安排\n2019-12-30\n\n青山县有贫困村40个。\n"
    assert status_in(f"{title}\n{heading}新建大棚860座，改造茶园1.2万亩。", "860座") is status


def test_a_heading_that_names_rates_makes_those_under_it_rules() -> None:
    """种植奖补政策 heads amounts for each mu and each head that nobody has been paid yet."""
    assert status_in("关于产业扶贫\n种植奖补政策\n花椒：新栽600元/亩。", "600元") is POLICY


def test_a_heading_of_a_standard_makes_all_under_it_rules() -> None:
    """Under 到户补助标准 terms of years and bounds of area are laid down, too; what was paid is not."""
    text = "关于做好补助工作的通知\n二、到户补助标准\n药材4亩起补，两年兑现，头年400元。去年已兑现补助310万元。"
    assert [status_in(text, n) for n in ("4亩起补", "两年", "400元", "310万元")] == [POLICY, POLICY, POLICY, ACHIEVED]


@pytest.mark.parametrize(
    ("title", "status"),
    [("关于做好公益项目资金发放工作的通知", PLANNED), ("关于公布公益项目实施名单的通知", ACHIEVED)],
    ids=["what to do", "what was done"],
)
def test_the_parts_of_a_notice_name_what_is_to_be_done(title: str, status: Status) -> None:
    """A notice that tells offices what to do allots sums; one that publishes a list tells of what was done."""
    text = f"青山县扶贫办\n{title}\n各乡镇人民政府：\n三、公益项目\n具体为：甲镇155万元、乙镇230万元。"
    assert status_in(text, "230万元") is status


def test_a_text_that_tells_what_people_are_entitled_to_holds_rules() -> None:
    """Amounts, shares and terms of a text called 扶贫政策问答 are due, unless a word tells that they were paid."""
    text = "某县扶贫政策问答\n每人安排产业资金6000元，使用年限4年。去年已发放310万元。"
    assert [status_in(text, n) for n in ("6000元", "4年", "310万元")] == [POLICY, POLICY, ACHIEVED]
    text = "某县扶贫政策问答\n县里设立风险金3300万元。去年结算3.5万人次，报销16万元，每户封顶9万元。"
    assert [status_in(text, n) for n in ("3300万元", "16万元", "9万元")] == [ACHIEVED, ACHIEVED, POLICY]


def test_points_of_work_that_are_handed_on_are_a_plan() -> None:
    """The title may stand in the notice that hands it on; who serves already is asked, and last year's sum was paid."""
    text = (
        "青山县扶贫领导小组\n关于印发《青山县2020年脱贫攻坚工作要点》的通知\n各乡镇：\n一、重点工作\n"
        "1.产业扶贫。新栽油茶7300亩。去年兑付的奖补1260万元，请县审计局复核。\n"
        "2.驻村帮扶。全县211支工作队、640名队员要沉在一线。"
    )
    expected = {"7300亩": PLANNED, "1260万元": ACHIEVED, "211支": ACHIEVED, "640名": ACHIEVED}
    assert {number: status_in(text, number) for number in expected} == expected


def test_a_floor_of_people_in_a_plan_is_an_aim() -> None:
    """每户至少有1人就业 is to come true; 每支队伍不少于3人 is laid down."""
    text = "二、2020年工作打算\n搬迁户每户至少有1人就业。工作队每支队伍不少于3人。"
    assert [status_in(text, n) for n in ("1人", "3人")] == [PLANNED, POLICY]


def test_an_answer_about_plans_may_begin_with_what_there_is_now() -> None:
    """目前 in the half-sentence outweighs the question for plans that the paragraph answers; 明年 does not."""
    text = "问：今后有什么打算？\n答：目前全县集体收入低的村有43个，收益率1.4%；明年新建大棚260座。"
    assert [status_in(text, n) for n in ("43个", "1.4%", "260座")] == [ACHIEVED, ACHIEVED, PLANNED]


@pytest.mark.parametrize(
    ("published", "status"), [("2019-06-20", PLANNED), (None, ACHIEVED)], ids=["in June", "no one knows when"]
)
def test_what_ends_after_the_page_came_out_is_to_come(published: str | None, status: Status) -> None:
    """年底 lies ahead of a page of June, though the text names no month in which it was written."""
    brief = brief_of("全县共有耕地9万亩。到2019年底，水浇地压减2.3万亩。")
    article = dataclasses.replace(brief.article, info=DocumentInfo(published=published))
    readings, _ = read(dataclasses.replace(brief, written="2019", article=article))
    assert readings[0].numbers[1].status is status


def test_a_stay_of_ten_years_is_no_year_to_come() -> None:
    """十来年 holds no 来年."""
    assert status_in("在外头跑了十来年运输的村民回村，租下五间教室。", "五间") is ACHIEVED
