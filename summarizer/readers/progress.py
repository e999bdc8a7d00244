"""Whether what a number counts is being done: a total of which a part is finished, works that a clause tells of."""

import re
from decimal import Decimal

from schemas.vocabulary import Indicator, Unit
from summarizer.readers.clauses import Around, Layout
from summarizer.readers.status_words import StatusWords

WINDOW = 160
"""Characters behind the number's clause in which its parts are looked for."""

STAGE_CHARS = 60
"""Characters behind works in which their sentence tells how many of them are built."""

_BEING_BUILT = re.compile(
    r"完成投资[\d.]|正在(?:建设|施工|装修|安装|扫尾|打)|在建(?![档立])|主体[^，。；,;\d]{0,4}(?:封顶|完工)"
    r"|其中[\d.]+[处座个条]已|预计[^，。；,;]{0,12}(?:投用|投入使用|完工|竣工|建成|投产|通车)"
)
"""Works of which one of these is told are not finished, nor is their cost spent."""

_LISTED = re.compile("列入[^，。；,;]{0,4}计划的?")
LEFT_TO_DO = re.compile("(?:剩下|其余|余下|剩余|还有|仍有|尚有|还差|另有|未竣工)的?[^，。；,;0-9]{0,8}$")
"""What stands before what is left of something."""

_BEING_DONE = re.compile(
    "[^，。；,;0-9]{0,14}(?:正在|没完|未完|没有[^，。；,;0-9]{0,4}完|在[^，。；,;0-9岗校册家外]{1,6}中|还在|在建(?![档立])|施工)"
)
"""Behind what is left of something: it is being done (其余 + 26栋正在施工, 仍有 + 5人在劝返中)."""

_SECOND_MEASURE = re.compile(r"\d+(?:\.\d+)?万?(?:公里|平方米|米|亩|处|座|套|户)")
_DIGIT = re.compile(r"\d")
_REST = re.compile("其余|剩余")
_HALF_END = re.compile("[；;。]")
_SUMMED = re.compile("累计|搬迁入住")
_TOLD_SO_FAR = re.compile("已|共|累计")
_TASK_OR_DONE = re.compile("任务|指标|计划|下达|已|完成|全部|建成|竣工|完工|开工|入住")
_TASK_BEHIND = re.compile("[^，,；;已]{0,16}任务")
_TO_NEXT = re.compile(r"^[^，,。；;\n\d]{0,24}?(?=[，,；;]|已|截[至止])")
"""From the noun of a number to the clause that may tell how much of it is done."""

WHOLE = re.compile(
    r"(?:\d[\d.]*万?[户人])?[^，。；,;\d]{0,8}[中里][，,]?[^。；;，,\d]{0,12}\d[^。；;]*?已[^。；;]*[，,](?:余下|其余|剩下)"
)
"""What follows a whole of which a part is done, and the rest is told of: 276户 + 中,251户已住进新房,余下25户…"""

_MEASURE = re.compile(r"[\d.]([一-龥]{1,3})$")
_PLANNED_OR_TOLD = re.compile("已|共|累计|任务|计划|其余|剩余|余下")
_COUNT = re.compile(r"\d+(?:\.\d+)?(?!\.?\d*[万亿])")


def is_partly_done(layout: Layout, near: Around, indicator: Indicator, words: StatusWords) -> bool:
    """A planned total whose parts follow, some of them not finished, is under way."""
    if near.number.unit is Unit.PERCENT:
        return False
    text = layout.text
    if near.number.unit in {Unit.HOUSEHOLD, Unit.PERSON} and "规划" in text[near.before.start : near.before.end]:
        # 规划搬迁3850户，2016年度的已入住: people stay a task, whatever part of it is done.
        return False
    settled = words.predicate_settled.search(text, near.number.end, near.clause.end)
    if settled and not _DIGIT.search(text, settled.end(), near.clause.end):
        return False
    if _SUMMED.search(text, near.clause.start, near.number.start):
        return False
    if near.number.unit is Unit.CNY and words.partly_total.search(text, near.clause.start, near.number.start):
        planned = words.partly_planned.search(text, near.sentence.start, near.number.start)
        if planned and words.partly_begun.search(text, near.clause.end - 1, near.sentence.end):
            return True
        spent = re.search("完成|计划|拟", text[near.clause.start : near.number.start])
        return not spent and _BEING_BUILT.search(text, near.number.end, near.sentence.end) is not None
    if near.number.unit is not Unit.CNY and WHOLE.match(text, near.number.end, near.sentence.end):
        return True
    if indicator in words.works and _goes_on_with_part(layout, near, words):
        return True
    rest = text[near.clause.end : min(layout.paragraph(near.number.start).end, near.clause.end + WINDOW)]
    if rest.startswith("其中"):
        part = _HALF_END.split(rest[: near.sentence.end - near.clause.end], maxsplit=1)[0]
        # 其中集中安置1071户,其余253户分散安置: the rest is done as well.
        unfinished = words.partly_unfinished.search(_REST.sub("", part))
        return indicator in words.works and unfinished is not None
    parts = words.partly_parts.search(rest)
    planned = words.partly_planned.search(text, near.before.start, near.number.start)
    return bool(planned and parts and words.partly_unfinished.search(rest, parts.start()))


def _goes_on_with_part(layout: Layout, near: Around, words: StatusWords) -> bool:
    """`道路207公里，已完成50公里`: works of which the next words count the part that is done.

    A task stays a plan, whatever is done of it (任务1530户，现已竣工1502户).
    """
    text, end = layout.text, near.number.end
    head = _LISTED.sub("", text[near.clause.start : near.number.start])
    if _TASK_OR_DONE.search(head):
        return False
    if _TASK_BEHIND.match(text, end, end + 20):
        return False
    if _is_partly_built(layout, near, words):
        return True
    # 113条207公里…已完成50公里: the second measure of the same works stands between.
    end = second.end() if (second := _SECOND_MEASURE.match(text, end, end + 12)) else end
    following = _TO_NEXT.sub("", text[end : end + 40])
    done = words.partly_done.match(following)
    part = _COUNT.search(following) if done else None
    # 其中教育类8个,截至目前完工54个: what is more than the number is no part of it.
    return bool(done) and not (part and near.number.value is not None and Decimal(part.group()) >= near.number.value)


def _is_partly_built(layout: Layout, near: Around, words: StatusWords) -> bool:
    """Whether the sentence goes on with how many of them are built: 项目34个,总投资5.8亿元,目前已完工19个."""
    text, number = layout.text, near.number
    measure = _MEASURE.search(text, number.number_at, number.end)
    if measure is None or number.value is None:
        return False
    rest = text[number.end : min(layout.paragraph(number.start).end, number.end + STAGE_CHARS)]
    stage, count = words.partly_stage.pattern, rf"(\d+(?:\.\d+)?){measure[1]}"
    part = re.search(
        rf"(?:{stage})了?(?:的有)?{count}|(?:已|有|其中){{1,2}}{count}[^，。；\d]{{0,4}}(?:{stage})|{count}已经?(?:{stage})",
        rest,
    )
    return part is not None and Decimal(part[1] or part[2] or part[3]) < number.value


def is_under_way(layout: Layout, near: Around, words: StatusWords) -> bool:
    """Whether a later clause of the same half-sentence says of the things listed that they are being done.

    Or whether the number is what works cost that the clause in front tells of as being done.
    """
    text, number = layout.text, near.number
    if number.unit in {Unit.CNY, Unit.MU, Unit.M2} and words.cost.match(text[near.clause.start : number.start]):
        in_front = layout.clauses(near.sentence.start, near.clause.start)
        return bool(in_front and words.of_works.search(text, in_front[-1].start, in_front[-1].end))
    if number.unit is Unit.PERSON or _TOLD_SO_FAR.search(text, near.clause.start, number.start):
        return False
    if words.noun.search(text, near.before.start, near.before.end):
        # 任务3100人,规划安置点6个,目前已全部开工: a task is not under way, its works are.
        return False
    for clause in [near.clause, *layout.clauses(near.clause.end, near.sentence.end)]:
        said = layout.text[clause.start : clause.end]
        if clause.start > near.number.start and words.predicate.match(said):
            return not _DIGIT.search(said)
        after_number = layout.text[max(clause.start, near.number.end) : clause.end]
        if words.predicate_settled.search(after_number) or said.endswith(("；", ";")):
            return False
    return False


def is_nearly_ready(layout: Layout, near: Around, words: StatusWords) -> bool:
    """Whether a later clause of the sentence says when the works will be ready, and nothing in front plans them."""
    if near.number.unit is Unit.PERSON or near.number.unit is Unit.HOUSEHOLD:
        return False
    text = layout.text
    if near.number.unit is Unit.CNY and not words.partly_total.search(text, near.clause.start, near.number.start):
        return False
    if _PLANNED_OR_TOLD.search(text, near.sentence.start, near.number.start):
        return False
    following = layout.clauses(near.clause.end, near.sentence.end)
    return any(words.ready.match(text, clause.start) for clause in following)


def is_rest_under_way(text: str, near: Around) -> bool:
    """Whether the number is what is left of something, and its clause says that it is being done."""
    if LEFT_TO_DO.search(text, near.clause.start, near.number.start) is None:
        return False
    return _BEING_DONE.match(text, near.number.end, near.clause.end) is not None
