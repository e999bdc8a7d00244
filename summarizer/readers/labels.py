"""A label: a short noun phrase in the article's own words that names the quantity a number measures.

The words come from the number's own stretch of its clause. Where those say too little (`完成率`, `户均收益`), the
subject of the sentence, or the lead of the passage, goes in front.
"""

import re
from bisect import bisect_left

from schemas.vocabulary import Indicator, Unit
from summarizer.precheck.candidate import Number
from summarizer.readers.clauses import BLANK, Around, Layout
from summarizer.readers.label_words import core, label_words
from summarizer.readers.leaning import LONGEST_SUBJECT, NO_THING, Told, is_bare, joined, led, thing_of
from summarizer.readers.terms import settled, task_rate

MAX_LABEL = 28
"""Characters: a label stands in a table cell."""

SCANT = 6
"""A label of fewer characters takes the lead of its passage in front, where that is the name of a field of work."""

LONGEST_HEAD = 12
"""Characters: longer words are no noun."""

REACH = 80
"""Characters of a clause read on either side of the number."""

BACK = 400
"""Characters of a paragraph in front in which a label finds what it leans on; a text may have no end of a paragraph."""

_HAN = "\u4e00-\u9fff"
_FIGURE = re.compile(f"[0-9{BLANK}]")
_OWN_FAMILY = re.compile("^[他她俺我]们?家?")
_GROUPS = re.compile("(?:村民)?小?组(?!织|成|建)")
_HOMES = re.compile("^人家?(?![口均员])")
"""9户人家: the people of a household add nothing to it."""
_GOING = re.compile("[赴到去]")
_IN_FRONT_OF_NOUN = re.compile(rf"^[^{_HAN}]+|^[十百千万亿余多几两一二三四五六七八九零]+")
_NUMERAL_LEFT = re.compile(r"^[0-9.万亿余多]+|[以之]?上$")
_AND = re.compile(rf"(?:[{_HAN}]*[、和与及])?")
_BEHIND_BRACKETS = re.compile(r"[)）]([^，,。；;\n)）]{0,40})")
_SHARE = re.compile("占[地比]")
_RATE = re.compile(r"(率|比例|比重|占比|面|度)$")
_FIGURE_BEHIND = re.compile(f"^([^{BLANK}]{{0,4}}){BLANK}+")
_NEXT_OF_LIST = re.compile(f"{BLANK}|[、和与及]")
_OF_PLACE = re.compile(rf"^[{_HAN}]{{2,5}}?[县市区旗州](?:共有|现有|有|下辖|辖)?(?=[{_HAN}]{{2,}})")
_COUNTED = frozenset({Unit.HOUSEHOLD, Unit.PERSON, Unit.PERSON_TIME, Unit.COUNT, Unit.TIME})
_NOUN_END = re.compile(rf"[^{_HAN}“”]|$")
_PEOPLE = re.compile(rf"[{_HAN}]{{2,6}}?(?:群众|劳动力|人员|妇女|人口|户|学生|村民)")
_PARTICLE = re.compile("正在|[的在全均都已被将为给]|(?<!结)对(?!象|口)")
_UNNAMED = re.compile(f"^[{_HAN}]{{1,5}}(?:、[{_HAN}]{{1,5}})+$")
"""Bare members in front of a number, whom the noun behind it names: 甲县、乙县、丙县3个县."""
_PLACES_ONLY = re.compile(
    f"(?:(?!贫困|深度|重点|行政|自然|示范|新村|全)[{_HAN}]{{2,5}}?(?:、[{_HAN}]{{2,5}})*(?:片区?|自治[县州旗]|[县区市旗镇]|(?<!老)乡))+"
    "(?:分别)?占?(?:的?比例|占比)?"
)
"""Names of places that say of their figures nothing but whose they are."""
_OF_ITSELF = re.compile("脱贫|退出|就业|务工|增收|入住|下降|带动|新建|[是占有]")
"""Verbs that the next member of a list does not share: 脱贫户120户、边缘户36户."""
_BRACKETED = re.compile("^[(（][^()（）]{1,6}[)）]")
"""What stands behind a measure word in brackets: 13乡(镇)."""
_BASE = re.compile("^(?:我|本)?全?[市县区旗乡镇村]?(?:的)?(?=.{2})|(?:约|近|达|为|了|到|超过)+$")
_NOUNS = {
    Indicator.REGISTERED_PERSONS: "人口",
    Indicator.LIFTED_PERSONS: "人口",
    Indicator.REMAINING_PERSONS: "人口",
    Indicator.POPULATION: "人口",
}


def _is_change(layout: Layout, near: Around) -> bool:
    """Whether the number is what another one of its clause came to."""
    previous = near.previous
    if previous is None or previous.unit is not near.number.unit:
        return False
    return label_words().change.search(layout.wording[near.before.start : near.before.end]) is not None


class Labels:
    """The labels of one section's numbers, each asked after those before it."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._told: list[Told] = []
        self._front = ""

    def tell(self, number: Number, label: str, indicator: Indicator) -> None:
        """What a number was labelled in the end: those behind it lean on it."""
        own = "" if number.unit in NO_THING else thing_of(label) or label
        self._told.append(Told(number, label, indicator, self._front or own))
        self._front = ""

    def label(self, near: Around, indicator: Indicator, lead: str, person: str = "") -> str:
        """The label of one number, empty where its clause says nothing of it.

        `lead` is the heading or lead phrase of its passage, `person` whom it is told of; empty where it has none.
        """
        layout, number = self._layout, near.number
        if (trait := _trait(layout.text[number.start : number.end])) and (person or number.unit is Unit.YEAR):
            return person + trait
        if _is_change(layout, near):
            return ""
        own = _own(layout, near, indicator, lead)
        if not own:
            return self._again(near, indicator)
        if _is_place(number, own) and (shared := self._shared(near)):
            return settled(layout.text, near, indicator, shared)
        if person:
            return settled(layout.text, near, indicator, _told(person, own))
        own = _OWN_FAMILY.sub("", own)
        if label_words().bare.match(own):
            own = joined(own, _purpose(layout, near))
        if indicator in label_words().standing:
            return settled(layout.text, near, indicator, _OF_PLACE.sub("", own)[-MAX_LABEL:])
        start = max(layout.paragraph(number.start).start, number.start - BACK)
        self._front, own = led(layout, near, own, self._since(start))
        field = core(lead).removesuffix("方面")
        scant = len(own) < SCANT and (number.unit not in _COUNTED or is_bare(own))
        if scant and label_words().field.fullmatch(field):
            own = joined(field, own)
        own = task_rate(own, lambda: _done(layout, near))
        return settled(layout.text, near, indicator, own)[-MAX_LABEL:]

    def _since(self, start: int) -> list[Told]:
        """The numbers told from a position on, in order."""
        return self._told[bisect_left(self._told, start, key=lambda told: told.number.start) :]

    def _shared(self, near: Around) -> str:
        """What is told of one place after the other: 辣椒种植面积28万亩，其中东片11万亩、西片9万亩."""
        told = self._since(max(self._layout.paragraph(near.number.start).start, near.number.start - BACK))
        alike = [t.label for t in told if _kind(t.number) == _kind(near.number)]
        return next((label for label in reversed(alike) if not label_words().grown.search(label)), "")

    def _again(self, near: Around, indicator: Indicator) -> str:
        """The label of a number without words of its own: that of the one before in its sentence, or of the like.

        投入资金3亿元，惠及2万人，其中2018年1亿元; 补助学生300人，每人每年3000元.
        """
        told = self._since(near.sentence.start)
        said = self._layout.wording[near.clause.start : near.number.start]
        if "其中" in said:
            alike = [t for t in told if t.number.unit is near.number.unit]
            told = [t for t in alike if t.indicator is indicator] or alike or told
        each = label_words().each_of.search(said)
        label = told[-1].label if told else ""
        return label + each.group() if each and label and each.group() not in label else label


def _kind(number: Number) -> tuple[object, ...]:
    return number.unit, number.counted, number.per


def _is_place(number: Number, own: str) -> bool:
    """Whether a label is no more than whose the figure is; of what is counted it may be the noun (小区3处)."""
    return (
        number.unit is not Unit.COUNT
        and _PLACES_ONLY.fullmatch(own) is not None
        and label_words().verb.search(own) is None
    )


def _own(layout: Layout, near: Around, indicator: Indicator, lead: str) -> str:
    """The words of the number's own clause that name it, without the lead phrase that the clause begins with."""
    counted = near.number.unit in _COUNTED
    own = _counted_label(layout, near, indicator) if counted else _amount_label(layout, near, indicator)
    return _without_lead(own, core(lead))


def _trait(mention: str) -> str:
    """What a number with a measure word of persons states of one: `63岁`, `五口人`."""
    return "年龄" if mention.endswith("岁") else "家人口" if mention.endswith(("口", "口人")) else ""


def _told(person: str, own: str) -> str:
    """The label of a figure in somebody's story: `他家年收入` → 马某家年收入."""
    own = own[own.rfind(person) + len(person) :] if person in own else own
    front = label_words().pronoun.match(own)
    if front:
        own = ("家" if "家" in front.group() else "") + own[front.end() :]
    return (person + own)[:MAX_LABEL]


def _before_words(layout: Layout, near: Around) -> str:
    """The words in front of the number, without the noun that the number before it counts."""
    text = layout.wording[max(near.before.start, near.before.end - REACH) : near.before.end]
    previous = near.previous
    if previous is not None and previous.unit in _COUNTED:
        # 贫困村105个(其中深度贫困村93个): the noun stood in front of the first number.
        text = _BRACKETED.sub("", text)
        text = text if text[:1] in {"(", "（", "其", "的"} else text[noun_length(text, previous) :]
        text = _BRACKETED.sub("", text)
        if near.number.unit in _COUNTED:
            # 31个贫困村退出、2950户脱贫: what was said of the villages is not said of the households.
            text = text.split("、")[-1]
    elif "、" in text and (text.startswith("的") or (text.endswith("、") and previous is not None)):
        # 900米的水渠、400米的村道; 千亩南瓜、千亩茶园: the noun behind the first number is the first's.
        text = text.split("、")[-1]
    return core(text)


def noun_length(text: str, number: Number) -> int:
    """How many characters at the beginning of `text` name what `number` counts."""
    counted = number.counted or ""
    if groups := _GROUPS.match(text):
        return groups.end()
    if counted and counted not in "个家座" and (at := text.find(counted, 0, 12 + len(counted))) >= 0:
        return at + len(counted)
    ends = _NOUN_END.search(text)
    stop = ends.start() if ends else len(text)
    if verb := label_words().verb.search(text[:stop]):
        stop = verb.start()
    if not stop and (people := _PEOPLE.match(text)):
        # 入股贫困群众: a verb in front of people says which.
        stop = people.end()
    particle = _PARTICLE.search(text, 0, stop)
    if particle and particle.start() > 1:
        stop = particle.start()
    if stop > LONGEST_HEAD and (leaves := _GOING.search(text[2:LONGEST_HEAD])):
        # 干部和技术人才赴对口帮扶的区开展培训: where they go is not who they are.
        stop = leaves.start() + 2
    return stop if stop <= LONGEST_HEAD else 0


def _counted_label(layout: Layout, near: Around, indicator: Indicator) -> str:
    """`带动` + 户贫困户 → 带动贫困户; 名 + `干部` + `开展活动` → 开展活动的干部."""
    text, number = layout.wording, near.number
    head = _before_words(layout, near)
    behind = text[near.after.start : min(near.after.end, near.after.start + REACH)]
    if number.unit is Unit.HOUSEHOLD:
        behind = _HOMES.sub("", behind)
    size = noun_length(behind, number)
    noun, rest = core(behind[:size]), core(behind[size:])
    if noun and _UNNAMED.match(head):
        head = ""
    elif noun and (listed := _listed(text[near.before.start : near.before.end], head)) is not None:
        head = listed
    if behind[size : size + 1] in {"(", "（"}:
        rest = _after_brackets(layout, near)
    if not noun:
        noun = _own_noun(layout.text[number.number_at : number.end], number, indicator)
    if not head and near.previous is None and indicator is Indicator.TOWNSHIPS:
        return noun
    if not head and near.previous is not None and near.previous.unit in _COUNTED:
        head = _shared_verb(layout, near)
    if not head and noun in {"", "人数"} and not behind[:size]:
        # 8类服务性岗位2217名: the noun between two numbers is counted by both.
        head = core(text[near.before.start : near.before.end])
    if head:
        return _named(_verb_of_list(layout, near, head) + head, noun)
    if rest and behind[size : size + 1] == "中":
        # 158个行政村中有贫困村103个: what some of them are says nothing of all.
        return noun
    if not rest:
        rest = _shared_predicate(layout, near)
    if len(rest) <= 2:
        # 脱贫 + 户: a verb without an object is joined directly.
        return rest + noun
    return f"{rest[:14]}的{noun}" if noun else rest


def _listed(before: str, head: str) -> str | None:
    """`head` without the examples of what is counted, None where it lists none: 安置在甲镇、乙镇等3个安置点 → 安置.

    Six firms are firms, whichever two of them are named.
    """
    if "、" not in head or not before.endswith("等"):
        return None
    first = head.split("、", maxsplit=1)[0]
    verbs = list(label_words().verb.finditer(first))
    return core(first[: verbs[-1].end()]) if verbs else ""


def _named(head: str, noun: str) -> str:
    """`head` with the noun that is counted, where it does not name it: 带动贫困户 + 人数 → 带动贫困人口."""
    if noun in {"人数", "人口"}:
        if head.endswith("贫困户"):
            return head[:-1] + "人口"
        return head if noun == "人数" or label_words().people.search(head) else head + noun
    return head if head.endswith(noun) else joined(head, noun)


def _own_noun(mention: str, number: Number, indicator: Indicator) -> str:
    """A noun for what is counted where none follows: from the mention (`29.8万贫困人口`), the unit or the indicator."""
    named = _IN_FRONT_OF_NOUN.sub("", mention)
    named = _NUMERAL_LEFT.sub("", named)
    if len(named) > 2 and number.unit in {Unit.HOUSEHOLD, Unit.PERSON}:
        return named
    if number.unit is Unit.HOUSEHOLD:
        return "户"
    if number.unit in {Unit.PERSON, Unit.PERSON_TIME}:
        return _NOUNS.get(indicator, "人数")
    counted = number.counted or ""
    return "" if label_words().measure.match(counted) else counted


def _shared_verb(layout: Layout, near: Around) -> str:
    """The verb with its object in front of the first number of a list (`涉及12个乡镇161个村`): all members share it."""
    text = layout.wording[near.clause.start : near.before.start]
    words = core(_FIGURE.split(text)[0])
    verbs = list(label_words().verb.finditer(words))
    return words[verbs[-1].start() :] if verbs else words[-LONGEST_HEAD:]


def _verb_of_list(layout: Layout, near: Around, head: str) -> str:
    """The verb that a member of a list shares with the first: 选派第一书记80名、驻村干部412名 are all sent."""
    verbs = label_words().verb
    if near.previous is None or layout.wording[near.before.start] != "、" or verbs.search(head) or len(head) >= SCANT:
        return ""
    found = verbs.match(_shared_verb(layout, near))
    return found.group() if found and not _OF_ITSELF.match(found.group()) else ""


def _after_brackets(layout: Layout, near: Around) -> str:
    """What follows a list in brackets behind the number: 5个县(甲县、乙县)`承担此项工作`."""
    end = _BEHIND_BRACKETS.search(layout.wording, near.number.end, near.sentence.end)
    return core(end.group(1)) if end else ""


def _shared_predicate(layout: Layout, near: Around) -> str:
    """What a list of things does (`11家企业、16家合作社参与金融扶贫`): it holds for each of its members."""
    behind = layout.wording[near.after.end : min(near.clause.end, near.after.end + REACH)]
    if not _AND.fullmatch(layout.wording[near.after.start : near.after.end]):
        return ""
    verb = label_words().verb.search(behind)
    return core(_FIGURE.split(behind[verb.start() :])[0]) if verb else ""


def _amount_label(layout: Layout, near: Around, indicator: Indicator) -> str:
    """`发放小额贷款` 4214万元; `新栽植的` 300亩 `黄花` → 新栽植黄花."""
    text = layout.wording
    head = _before_words(layout, near)
    if near.number.unit is Unit.PERCENT and indicator in {Indicator.COMPLETION_RATE, Indicator.SHARE}:
        return _rate_label(layout, near, head)
    if "的" in head[:-4]:
        # 分解到我市的扶贫小额信贷任务: what stands before the last 的 only describes it.
        head = head[head.rindex("的", 0, -4) + 1 :]
    if head and near.previous is not None and text[near.before.start] in "、和与及":
        # 种植豆角1.26万亩、中药材1.61万亩: the second crop is planted too.
        verb = label_words().verb.match(_shared_verb(layout, near))
        head = (verb.group() if verb else "") + head
    behind = text[near.after.start : min(near.after.end, near.after.start + REACH)]
    if behind.startswith("的") and len(head) < SCANT:
        behind = behind[1:]
    bare = behind.startswith("的") or near.number.unit is Unit.PERCENT
    noun = "" if bare else core(behind[: noun_length(behind, near.number)])
    if head or noun:
        return joined(head, noun)
    return core(behind)[:12]


def _rate_label(layout: Layout, near: Around, head: str) -> str:
    """`完成年度3900万元任务的` 108% → 完成年度任务的比例: a rate is of all that its clause names before it."""
    said = layout.wording[near.clause.start : near.number.start]
    if "占" in said and not _SHARE.search(said):
        part, _, base = said.rpartition("占")
        base = _BASE.sub("", base.lstrip(BLANK).split(BLANK)[0]).removesuffix("的")
        return f"{core(part)}占{base}的比例" if base else core(part) + "占比"
    if len(head) < 4 and near.previous is not None:
        head = core(said)
    if not head:
        head = core(layout.wording[near.after.start : min(near.after.end, near.after.start + REACH)])[:12]
    return head if _RATE.search(head) or not head else head + "的比例"


def _done(layout: Layout, near: Around) -> str:
    """What the nearest earlier clause counts or puts in: `建成光伏电站` 64座，完成任务的108%."""
    text = layout.wording
    clauses = layout.clauses(near.sentence.start, near.before.start)
    for clause in reversed([c for c in clauses if c.end <= near.clause.start] or clauses):
        words = core(label_words().time.sub("", text[clause.start : min(clause.end, clause.start + REACH)]))
        if words.startswith("其中") or label_words().relative.match(words):
            continue
        verb = label_words().verb.match(words)
        words = core(words[verb.end() :]) if verb and verb.end() < len(words) else words
        return words if 2 <= len(words) <= LONGEST_SUBJECT else ""
    return ""


def _purpose(layout: Layout, near: Around) -> str:
    """What money that has no name goes into: what the rest of its clause makes, else the next clause.

    投资6000万元实施饮水工程; 投资2亿元，建成光伏电站.
    """
    rest = _FIGURE_BEHIND.sub(r"\1", layout.wording[near.number.end : near.clause.end])
    rest = _NEXT_OF_LIST.split(rest.lstrip("的"))[0]
    following = [layout.wording[c.start : c.end] for c in layout.clauses(near.clause.end, near.sentence.end)[:1]]
    for said in (rest, *(text.split(BLANK)[0] for text in following)):
        words = core(said)
        while verb := label_words().verb.match(words):
            words = core(words[verb.end() :])
        if 2 <= len(words) <= LONGEST_HEAD:
            return words
    return ""


def _without_lead(own: str, lead: str) -> str:
    """`own` without the lead phrase that the clause begins with (`就业培训2015年下达就业培训指标`)."""
    rest = own.removeprefix(lead) if lead else own
    return core(rest) if len(rest) >= 4 else own
