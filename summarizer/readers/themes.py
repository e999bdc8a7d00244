"""What each number of a section is about.

A theme is the topic of the passage that a number stands in; numbers go on with the theme of those before them. The
topic is the theme, save for quantities that are about one field wherever they stand: a loan told among rooms to let is
finance, and what the story tells next is still the rooms.
"""

import re

from schemas.reading import NumberReading
from schemas.vocabulary import Indicator, Per, Topic, Unit
from summarizer.precheck.candidate import Candidate
from summarizer.readers.clauses import Around, Stretch
from summarizer.readers.helpers import is_given
from summarizer.readers.narrative import needed, words
from summarizer.readers.study import Study

OWN = {
    Indicator.POPULATION: Topic.PROFILE,
    Indicator.RURAL_POPULATION: Topic.PROFILE,
    Indicator.AREA: Topic.PROFILE,
    Indicator.TOWNSHIPS: Topic.PROFILE,
    Indicator.VILLAGES: Topic.PROFILE,
    Indicator.REGISTERED_HOUSEHOLDS: Topic.IDENTIFICATION,
    Indicator.REGISTERED_PERSONS: Topic.IDENTIFICATION,
    Indicator.LIFTED_HOUSEHOLDS: Topic.IDENTIFICATION,
    Indicator.LIFTED_PERSONS: Topic.IDENTIFICATION,
    Indicator.REMAINING_HOUSEHOLDS: Topic.IDENTIFICATION,
    Indicator.REMAINING_PERSONS: Topic.IDENTIFICATION,
    Indicator.POVERTY_RATE: Topic.IDENTIFICATION,
    Indicator.GENERATION: Topic.PHOTOVOLTAIC,
    Indicator.EQUITY: Topic.ASSET_INCOME,
}
"""Quantities that are about one topic in whatever passage they stand."""

_NEVER_PROFILE = frozenset(
    {
        Indicator.PLACES_COVERED,
        Indicator.HOUSEHOLDS_COVERED,
        Indicator.PERSONS_COVERED,
        Indicator.SUBSIDY,
        Indicator.INVESTMENT,
        Indicator.LOANS,
        Indicator.PROJECTS,
        Indicator.COOPERATIVES,
        Indicator.ENTERPRISES,
        Indicator.PERSONS_TRAINED,
        Indicator.PERSONS_EMPLOYED,
        Indicator.LIVESTOCK,
    }
)
"""Quantities of a measure: 改造38个自然村的电网 is about the grid, though it names villages."""

_NEVER_FINANCE = frozenset(
    {
        Indicator.FACILITIES,
        Indicator.LIVESTOCK,
        Indicator.PLANTED_AREA,
        Indicator.QUANTITY,
        Indicator.HOUSEHOLD_INCOME,
        Indicator.PERSONAL_INCOME,
        Indicator.REVENUE,
    }
)
"""Quantities of what a loan is used for."""

_GROWN = frozenset({Indicator.LIVESTOCK, Indicator.PLANTED_AREA})
"""What is kept and grown: 因学致贫 says who does it."""

_RELATIVE = re.compile(r"[\s，,、]*(?:分别|其中)?(?:占|比|较|同比|环比|年均|增长|增加|下降|减少|提高|增幅)")
"""How a clause begins that only compares the number before it."""

_DENOMINATORS = frozenset({Indicator.POPULATION, Indicator.RURAL_POPULATION, Indicator.VILLAGES, Indicator.TOWNSHIPS})

_EARN = frozenset({Topic.INDUSTRY, Topic.TOURISM, Topic.ENVIRONMENT, Topic.ASSET_INCOME, Topic.ECOMMERCE})
"""Fields of work whose wages are told with them; a wage told under any other topic is employment."""

_STORY = frozenset({Topic.INDUSTRY, Topic.TOURISM, Topic.EMPLOYMENT, Topic.ECOMMERCE, Topic.COOPERATION})
"""Topics under which even the average income of a place's people is told as their fruit."""

_YIELD = frozenset({Topic.INDUSTRY, Topic.IDENTIFICATION, Topic.RELOCATION, Topic.CADRES, Topic.GOVERNANCE})
"""Topics under which a dividend is about the holding that pays it."""

_FRUITFUL = frozenset({Topic.INDUSTRY, Topic.TOURISM, Topic.ENVIRONMENT})
"""Fields of work whose wages, rents and shares are told as their fruit."""

_PROGRAMMES = {
    Topic.EMPLOYMENT: re.compile(
        "就业|劳务|[输派]出|输[送转]|转移|公益|公岗|车间|岗位|招聘|培训|稳岗|外出|返乡|创业|[林护管]员|保洁|工厂"
    ),
    Topic.ASSET_INCOME: re.compile(
        "入股|股[权金份本民东]|[折配]股|量化|三变|资产收益|集体(?:经济|收入|收益|资产|增收)|空壳"
    ),
}
"""Words of a programme of its own: not a fruit of the work that the passage tells of."""

_YIELDS = frozenset({Topic.PHOTOVOLTAIC, Topic.ASSET_INCOME})
_PUT_IN = re.compile("投入|投资|安排|拿出|掏|筹|整合|争取|补助")
_SPENT = re.compile("用于|用来|用作|留作|归")
"""Words of how a yield is divided (收益的80%用来设公益岗): it is the yield that is told of."""

_DESCRIBED = re.compile("[下管所]?辖|下设|地处|位于|面积")
"""Words of a clause that describes the place, though it counts places (辖1区4县)."""

_IS_BASE = re.compile("占[^，。；,;]*$")
"""What a share is of: 占全县农村户籍人口 + 33.2万人."""

_OF_PLACE = re.compile("[全本该这][个]?[县市区旗乡镇村]|总户数|总人口|[下所管]?辖|[组屯寨]|人家")
"""Words in front of the households or village groups that a place has."""

_COUNTIES = re.compile("全[市州盟](?:共)?[有辖]?$")
_COUNTY = re.compile("[县旗区市]$")
"""The counties that a prefecture has (全盟6个旗县市)."""

_GROUPS = re.compile("个?(?:村民)?小?组")
_STUDENT_LOAN = re.compile("助学|大学|生源地")
_SITE = re.compile("占地")
_AVERAGE_INCOME = re.compile("人均年?(?:可支配|纯)?收入")
_DISTANCE = re.compile("(?:距离?|离)[^，,。；;0-9]{0,12}$")
_FUND = re.compile("(?:资金|投入|类|专项|财政|级|部门)$")
_WHO = re.compile(
    "(?:建档立卡|贫困(?:户|人口|群众|劳动力|家庭|学生|妇女)|脱贫(?:户|人口|劳动力)|妇女|女性|残疾人|少数民族|党员)"
)
_COUNTS_PEOPLE = frozenset({Unit.PERSON, Unit.PERSON_TIME, Unit.COUNT})
_HALF_SENTENCE_END = re.compile(r"[；;。！？!?\n]")


class Themes:
    """The themes of one section's numbers, each asked after those before it."""

    def __init__(self, study: Study, section: int) -> None:
        self.section = section
        self._study = study
        self._found: dict[int, Topic] = {}
        self._topics: dict[int, Topic] = {}
        self._work: Topic | None = None

    def same(self, candidate: Candidate, other: Candidate | NumberReading) -> None:
        """A member of a list is about what its head is about."""
        if other.id in self._found:
            self._found[candidate.id] = self._found[other.id]
            self._topics[candidate.id] = self._topics[other.id]

    def theme(self, candidate: Candidate, near: Around) -> Topic:
        """The topic of the number's passage; a clause that names no field goes on with that of the number before it."""
        found = self._theme(candidate, near)
        self._found[candidate.id] = found
        return found

    def _theme(self, candidate: Candidate, near: Around) -> Topic:
        study = self._study
        if candidate.unit is Unit.KM and _DISTANCE.search(study.brief.text, near.before.start, candidate.start):
            return Topic.PROFILE
        if (helped := _helped(study, near)) is not None:
            return helped
        before = self._in_half_sentence(candidate)
        if before is not None and (is_part(study, candidate, near) or not study.names_topic(near.clause)):
            return before
        if (purpose := self._purpose(candidate, near)) is not None:
            return purpose
        carried = self._carried(candidate)
        if (
            carried in _YIELDS
            and candidate.unit is Unit.PERCENT
            and _SPENT.search(study.brief.text, near.clause.start, near.clause.end)
        ):
            return carried
        found = study.topic(self.section, near, carried)
        return carried if carried is not None and self._is_fruit(near, found, carried) else found

    def _purpose(self, candidate: Candidate, near: Around) -> Topic | None:
        """What money that begins a sentence without a field of its own is for: 投入900万元，实施饮水安全工程6处."""
        study = self._study
        begins = candidate.id < 2 or study.brief.candidates[candidate.id - 2].start < near.sentence.start
        if candidate.unit is not Unit.CNY or not begins or study.names_topic(near.clause):
            return None
        if _PUT_IN.search(study.brief.text, near.clause.start, near.number.start) is None:
            return None
        following = study.layout.clauses(near.clause.end, near.sentence.end)[:1]
        found = next((study.topic_of(clause) for clause in following if study.names_topic(clause)), None)
        return None if found in {Topic.PROFILE, Topic.IDENTIFICATION} else found

    def _is_fruit(self, near: Around, found: Topic, carried: Topic) -> bool:
        """Whether the clause tells what the work of the passage brings: its wages and rents are told with it.

        电站建成后，收益归村集体; 产业园销售鲜菇1700吨，用工96人. But a clause that names a programme of jobs or of
        shares (转移就业, 入股) is about that.
        """
        if found is Topic.ASSET_INCOME and carried is Topic.PHOTOVOLTAIC:
            return True
        if carried not in _FRUITFUL or found not in _PROGRAMMES:
            return False
        if self._heads(near, found):
            return False
        study = self._study
        start = near.sentence.start if found is Topic.ASSET_INCOME else near.clause.start
        return _PROGRAMMES[found].search(study.brief.text, start, near.clause.end) is None

    def _heads(self, near: Around, topic: Topic) -> bool:
        """Whether the passage, or its section, is headed by the topic."""
        study = self._study
        lead, heading = study.lead(self.section, near.number.start), study.heading(self.section)
        return study.names(lead, topic) or study.names(heading, topic)

    def _in_half_sentence(self, candidate: Candidate) -> Topic | None:
        """The theme of the number in front, where no semicolon or sentence end stands between."""
        if candidate.id < 2 or candidate.id - 1 not in self._found:
            return None
        brief = self._study.brief
        between = brief.text[brief.candidates[candidate.id - 2].end : candidate.start]
        return None if _HALF_SENTENCE_END.search(between) else self._found[candidate.id - 1]

    def _carried(self, candidate: Candidate) -> Topic | None:
        """The topic of the number in front in the same paragraph."""
        if candidate.id - 1 not in self._topics:
            return None
        last = self._study.brief.candidates[candidate.id - 2]
        return self._topics[last.id] if last.start >= self._study.layout.paragraph(candidate.start).start else None

    def topic(self, candidate: Candidate, near: Around, indicator: Indicator, theme: Topic) -> Topic:
        """The topic of a number of this indicator under that theme."""
        loaned = theme is Topic.FINANCE and indicator in _NEVER_FINANCE
        if (loaned or (theme is Topic.IDENTIFICATION and indicator in _GROWN)) and not self._heads(near, theme):
            # 他用5万元“特惠贷”搭起两个棚, 因学致贫的他养了9头牛: what is built, kept and earned is told of the work.
            theme = self._study.topic(self.section, near, self._work, without=theme)
            theme = Topic.INDUSTRY if theme is Topic.OTHER else theme
            self._found[candidate.id] = theme
        found = self._compared(candidate, near) or self._topic(near, indicator, theme)
        self._topics[candidate.id] = found
        if found in _FRUITFUL:
            self._work = found
        return found

    def _compared(self, candidate: Candidate, near: Around) -> Topic | None:
        """The topic of the number in front, where this one is a share or a growth of it: 103个，占行政村总数的65%."""
        if candidate.unit not in {Unit.PERCENT, Unit.PERCENT_POINT} or candidate.id - 1 not in self._topics:
            return None
        if self._study.brief.candidates[candidate.id - 2].start < near.sentence.start:
            return None
        begins = _RELATIVE.match(self._study.brief.text, near.before.start, near.number.start)
        return self._topics[candidate.id - 1] if begins else None

    def _topic(self, near: Around, indicator: Indicator, theme: Topic) -> Topic:
        """The theme, or what the quantity itself is about.

        But 占全县农村人口的20% in a passage on the poor is about them, and 辖1区4县 is the profile whatever follows.
        """
        text = self._study.brief.text
        said = text[near.clause.start : near.clause.end]
        if theme is Topic.PROFILE and indicator in _NEVER_PROFILE:
            return theme if _DESCRIBED.search(said) else self._study.section_topic(self.section)
        if indicator in _DENOMINATORS and _IS_BASE.search(text, near.clause.start, near.number.start):
            return theme
        if indicator is Indicator.AREA and _SITE.search(said):
            return theme
        return _own(indicator, near, theme, text, said)


def _own(indicator: Indicator, near: Around, theme: Topic, text: str, said: str) -> Topic:
    """The theme, or the one field that the quantity is about."""
    if indicator is Indicator.LOANS:
        return theme if theme is Topic.EDUCATION and _STUDENT_LOAN.search(said) else Topic.FINANCE
    if indicator is Indicator.OTHER and near.number.unit in {Unit.HOUSEHOLD, Unit.COUNT}:
        counts_place = near.number.unit is Unit.HOUSEHOLD or _GROUPS.match(text, near.number.end)
        counties = near.number.unit is Unit.COUNT and _COUNTIES.search(text, near.clause.start, near.number.start)
        if counties and _COUNTY.search(near.number.counted or ""):
            return Topic.PROFILE
        described = counts_place and _OF_PLACE.search(text, near.clause.start, near.number.end + 4)
        return Topic.PROFILE if described else theme
    if indicator is Indicator.PERSONAL_INCOME:
        if {Per.MONTH, Per.DAY} & set(near.number.per) and theme not in _EARN:
            return Topic.EMPLOYMENT
        if _AVERAGE_INCOME.search(text, near.clause.start, near.number.start) and theme not in _STORY:
            return Topic.IDENTIFICATION
    if indicator is Indicator.DIVIDENDS and theme in _YIELD:
        at_work = theme is Topic.INDUSTRY and not _PROGRAMMES[Topic.ASSET_INCOME].search(
            text, near.sentence.start, near.clause.end
        )
        return theme if at_work else Topic.ASSET_INCOME
    if indicator is Indicator.POOR_VILLAGES and theme is Topic.PROFILE:
        return Topic.IDENTIFICATION
    return OWN.get(indicator, theme)


def is_part(study: Study, candidate: Candidate, near: Around) -> bool:
    """Whether the number counts some of what the number in front counts (项目58个，其中产业类31个、教育类8个)."""
    text = study.brief.text
    last = study.brief.candidates[candidate.id - 2]
    said = text[max(near.clause.start, last.start) : candidate.start]
    if "其中" not in text[near.clause.start : candidate.start] or "用于" in said:
        return False
    if candidate.unit is Unit.CNY:
        return last.unit is Unit.CNY and _FUND.search(text, last.end, candidate.start) is not None
    if candidate.unit is Unit.PERSON:
        return last.unit in _COUNTS_PEOPLE and _WHO.search(text, near.before.start, near.after.end) is not None
    return candidate.unit is Unit.COUNT and (last.unit, last.counted) == (candidate.unit, candidate.counted)


def _helped(study: Study, near: Around) -> Topic | None:
    """What a figure is about where its half-sentence tells what somebody outside gives (海淀区派来15名专家，坐诊…).

    That is cooperation; but work found and goods bought are about those (采购农产品), and a clause that gives nothing
    itself may be plainly about another field (…定点帮扶，修了43公里通村路). None where nobody outside gives.
    """
    if not (near.told & needed("partners")["donates"] or study.outside(near.sentence.start, near.sentence.end)):
        return None
    text, at = study.brief.text, near.number.start
    start = max(near.sentence.start, max(text.rfind(mark, near.sentence.start, at) for mark in "；;") + 1)
    front = Stretch(start, at)
    if start > near.sentence.start and words("partners", "goes_on").match(text, start):
        # …挂职；选派教师26名: the half-sentence has the giver of the one before.
        front = Stretch(near.sentence.start, at)
    if not (is_given(study, front) or _is_exchanged(study, near)):
        return None
    clause = text[near.clause.start : near.clause.end]
    for name, topic in (("bought", Topic.CONSUMPTION), ("employed", Topic.EMPLOYMENT)):
        # 援建扶贫车间15个: what is built for work is given like anything else.
        if words("partners", name).search(clause) and (name, near.number.unit) != ("employed", Unit.COUNT):
            return topic
    gives = words("partners", "gives").search(clause)
    return Topic.COOPERATION if gives or not study.names_topic(near.clause) else None


def _is_exchanged(study: Study, near: Around) -> bool:
    """Whether the clause sends people to a place outside: 派出6名干部到湛江挂职."""
    posted = words("partners", "posted").search(study.brief.text, near.clause.start, near.clause.end)
    return posted is not None and bool(study.outside(near.clause.start, near.clause.end))
