"""A label: a short noun phrase in the article's own words that names the quantity a number measures.

The words come from the number's own stretch of its clause. Where those say too little (`完成率`, `户均收益`), the
subject of the sentence, or the lead of the passage, goes in front.
"""

import re

from schemas.vocabulary import Indicator, Unit
from summarizer.precheck.candidate import Number
from summarizer.readers.clauses import BLANK, Around, Layout
from summarizer.readers.label_words import core, label_words
from summarizer.readers.terms import settled, task_rate

MAX_LABEL = 28
"""Characters: a label stands in a table cell."""

SHORT = 6
"""A label of fewer characters takes its sentence's subject in front."""

SCANT = 6
"""A label of fewer characters takes the lead of its passage in front, where that is the name of a field of work."""

LONGEST_HEAD = 12
"""Characters: longer words are no noun."""

LONGEST_SUBJECT = 16
"""Longer subjects are descriptions."""

REACH = 80
"""Characters of a clause read on either side of the number."""

_HAN = "\u4e00-\u9fff"
_OF_PLACE = re.compile(rf"^[{_HAN}]{{2,5}}?[县市区旗州](?:共有|现有|有|下辖|辖)?(?=[{_HAN}]{{2,}})")
_COUNTED = frozenset({Unit.HOUSEHOLD, Unit.PERSON, Unit.PERSON_TIME, Unit.COUNT, Unit.TIME})
_NOUN_END = re.compile(rf"[^{_HAN}“”]|$")
_PEOPLE = re.compile(rf"[{_HAN}]{{2,6}}?(?:群众|劳动力|人员|妇女|人口|户|学生|村民)")
_PARTICLE = re.compile("[的在全均都已被将为给]|(?<!结)对")
_GROWN = re.compile("(?:总?面积|产量|存栏|出栏|总?产值|总?规模|总?装机)$")
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


def label_of(layout: Layout, near: Around, indicator: Indicator, lead: str, person: str = "") -> str:
    """The label of one number, empty where its clause says nothing of it.

    `lead` is the heading or lead phrase of its passage, `person` whom it is told of; empty where it has none.
    """
    number = near.number
    if (trait := _trait(layout.text[number.start : number.end])) and (person or number.unit is Unit.YEAR):
        return person + trait
    if _is_change(layout, near):
        return ""
    own = _counted_label(layout, near, indicator) if number.unit in _COUNTED else _amount_label(layout, near, indicator)
    own = _without_lead(own, core(lead))
    if not own:
        return ""
    if person:
        return settled(layout.text, near, indicator, _told(person, own))
    own = re.sub("^[他她俺我]们?家?", "", own)
    if label_words().bare.match(own):
        own = _joined(own, _purpose(layout, near))
    if indicator in label_words().standing:
        return settled(layout.text, near, indicator, _OF_PLACE.sub("", own)[-MAX_LABEL:])
    if label_words().relative.match(own):
        own = _joined(object_of(layout, near), own)
    elif label_words().leans.match(own):
        thing = object_of(layout, near, thing=True)
        own = _joined("" if re.search("、|[率度]$", thing) else thing, own)
    elif layout.wording.startswith("其中", near.clause.start):
        own = _part(near, object_of(layout, near)[:LONGEST_HEAD], own)
    if len(own) < SHORT and not (len(own) >= SCANT - 2 and label_words().action.match(own)):
        own = _joined(subject_of(layout, near), own)
    if len(own) < SCANT and label_words().field.fullmatch(core(lead).removesuffix("方面")):
        own = _joined(core(lead).removesuffix("方面"), own)
    own = task_rate(own, object_of(layout, near))
    return settled(layout.text, near, indicator, own)[-MAX_LABEL:]


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
        text = text[noun_length(text, previous) :]
        if near.number.unit in _COUNTED:
            # 31个贫困村退出、2950户脱贫: what was said of the villages is not said of the households.
            text = text.split("、")[-1]
    return core(text)


def noun_length(text: str, number: Number) -> int:
    """How many characters at the beginning of `text` name what `number` counts."""
    counted = number.counted or ""
    if groups := re.match("(?:村民)?小?组(?!织|成|建)", text):
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
    if stop > LONGEST_HEAD and (leaves := re.search("[赴到去]", text[2:LONGEST_HEAD])):
        # 干部和技术人才赴对口帮扶的区开展培训: where they go is not who they are.
        stop = leaves.start() + 2
    return stop if stop <= LONGEST_HEAD else 0


def _counted_label(layout: Layout, near: Around, indicator: Indicator) -> str:
    """`带动` + 户贫困户 → 带动贫困户; 名 + `干部` + `开展活动` → 开展活动的干部."""
    text, number = layout.wording, near.number
    head = _before_words(layout, near)
    behind = text[near.after.start : min(near.after.end, near.after.start + REACH)]
    size = noun_length(behind, number)
    noun, rest = core(behind[:size]), core(behind[size:])
    if behind[size : size + 1] in {"(", "（"}:
        rest = _after_brackets(layout, near)
    if not noun:
        noun = _own_noun(layout.text[number.number_at : number.end], number, indicator)
    if not head and near.previous is not None and near.previous.unit in _COUNTED:
        head = _shared_verb(layout, near)
    if not head and noun in {"", "人数"} and not behind[:size]:
        # 8类服务性岗位2217名: the noun between two numbers is counted by both.
        head = core(text[near.before.start : near.before.end])
    if head:
        return _named(head, noun)
    if not rest:
        rest = _shared_predicate(layout, near)
    if len(rest) <= 2:
        # 脱贫 + 户: a verb without an object is joined directly.
        return rest + noun
    return f"{rest[:14]}的{noun}" if noun else rest


def _named(head: str, noun: str) -> str:
    """`head` with the noun that is counted, where it does not name it: 带动贫困户 + 人数 → 带动贫困人口."""
    if noun in {"人数", "人口"}:
        if head.endswith("贫困户"):
            return head[:-1] + "人口"
        return head if noun == "人数" or label_words().people.search(head) else head + noun
    return head if head.endswith(noun) else _joined(head, noun)


def _own_noun(mention: str, number: Number, indicator: Indicator) -> str:
    """A noun for what is counted where none follows: from the mention (`29.8万贫困人口`), the unit or the indicator."""
    named = re.sub(rf"^[^{_HAN}]+|^[十百千万亿余多几两一二三四五六七八九零]+", "", mention)
    named = re.sub(r"^[0-9.万亿余多]+|[以之]?上$", "", named)
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
    words = core(re.split(f"[0-9{BLANK}]", text)[0])
    verbs = list(label_words().verb.finditer(words))
    return words[verbs[-1].start() :] if verbs else words[-LONGEST_HEAD:]


def _after_brackets(layout: Layout, near: Around) -> str:
    """What follows a list in brackets behind the number: 5个县(甲县、乙县)`承担此项工作`."""
    end = re.compile(r"[)）]([^，,。；;\n)）]{0,40})").search(layout.wording, near.number.end, near.sentence.end)
    return core(end.group(1)) if end else ""


def _shared_predicate(layout: Layout, near: Around) -> str:
    """What a list of things does (`11家企业、16家合作社参与金融扶贫`): it holds for each of its members."""
    behind = layout.wording[near.after.end : min(near.clause.end, near.after.end + REACH)]
    if not re.fullmatch(rf"(?:[{_HAN}]*[、和与及])?", layout.wording[near.after.start : near.after.end]):
        return ""
    verb = label_words().verb.search(behind)
    return core(re.split(f"[0-9{BLANK}]", behind[verb.start() :])[0]) if verb else ""


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
        return _joined(head, noun)
    return core(behind)[:12]


def _rate_label(layout: Layout, near: Around, head: str) -> str:
    """`完成年度3900万元任务的` 108% → 完成年度任务的比例: a rate is of all that its clause names before it."""
    if len(head) < 4 and near.previous is not None:
        head = core(layout.wording[near.clause.start : near.number.start])
    if not head:
        head = core(layout.wording[near.after.start : min(near.after.end, near.after.start + REACH)])[:12]
    return head if re.search(r"(率|比例|比重|占比|面|度)$", head) or not head else head + "的比例"


def subject_of(layout: Layout, near: Around) -> str:
    """What the half-sentence is about: the words before the verb of the nearest earlier clause that has a subject."""
    text = layout.wording
    start = max(text.rfind(mark, near.sentence.start, near.number.start) for mark in "；;")
    for clause in reversed(layout.clauses(max(start + 1, near.sentence.start), near.before.start)):
        said = label_words().time.sub("", text[clause.start : min(clause.end, clause.start + REACH)])
        if said.lstrip().startswith("其中"):
            continue
        if label_words().circumstance.match(said.strip()):
            # 对考入本科的贫困大学生，每人补助5000元: whom it is for stands for a subject.
            target = re.match(rf"\s*[对为给向](?:[{_HAN}]*的)?([{_HAN}]{{2,8}})[，,]\s*$", said)
            if target and not label_words().verb.search(target.group(1)):
                return target.group(1)
            continue
        words = core(said)
        if BLANK in said:
            words = label_words().attribute.sub("", words)
        if verb := label_words().verb.search(words):
            words = core(words[: verb.start()])
        if 2 <= len(words) <= LONGEST_SUBJECT and "、" not in words:
            return words
    return ""


def object_of(layout: Layout, near: Around, *, thing: bool = False) -> str:
    """What the nearest earlier clause counts or puts in: `建成光伏电站` 64座，每座60千瓦.

    `thing` asks for what was built or grown, not for a quantity of it: 脐橙种植面积17.8万亩，带动… → 脐橙种植.
    """
    text = layout.wording
    clauses = layout.clauses(near.sentence.start, near.before.start)
    for clause in reversed([c for c in clauses if c.end <= near.clause.start] or clauses):
        said = label_words().time.sub("", text[clause.start : min(clause.end, clause.start + REACH)])
        words = core(said)
        if words.startswith("其中") or label_words().relative.match(words):
            continue
        if thing and label_words().leans.match(words):
            continue
        if thing and BLANK in said:
            words = _GROWN.sub("", words)
        verb = label_words().verb.match(words)
        words = core(words[verb.end() :]) if verb and verb.end() < len(words) else words
        return words if 2 <= len(words) <= LONGEST_SUBJECT else ""
    return ""


def _purpose(layout: Layout, near: Around) -> str:
    """What the next clause of the sentence does with money that has no name (投资2亿元，建成光伏电站): its object."""
    for clause in layout.clauses(near.clause.end, near.sentence.end)[:1]:
        words = core(layout.wording[clause.start : clause.end].split(BLANK)[0])
        while verb := label_words().verb.match(words):
            words = core(words[verb.end() :])
        return words if 2 <= len(words) <= LONGEST_HEAD else ""
    return ""


def _part(near: Around, whole: str, own: str) -> str:
    """A part is called by its own name and the whole's noun: 总产值4.1亿元，其中干茶3.2亿元 → 干茶产值."""
    noun = label_words().whole.search(whole)
    if noun is None or near.number.unit is not Unit.CNY or own.startswith(("用于", "投入")):
        return _joined(whole, own)
    return own if own.endswith(noun.group()) else own + noun.group()


def _without_lead(own: str, lead: str) -> str:
    """`own` without the lead phrase that the clause begins with (`就业培训2015年下达就业培训指标`)."""
    rest = own.removeprefix(lead) if lead else own
    return core(rest) if len(rest) >= 4 else own


def _joined(front: str, back: str) -> str:
    """Both, unless one already says most of what the other says."""
    if not front or not back:
        return front or back
    if sum(ch in back for ch in front) >= 0.8 * len(front):
        return back
    if sum(ch in front for ch in back) >= 0.8 * len(back) and len(back) > 1:
        return front
    return front + back
