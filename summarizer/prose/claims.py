"""What a sentence claims of the figures it cites: a fall or a rise, all or the first, done or planned, who and where.

Each claim is held against the sentence of the article that states the figure. A clause in the article's own words needs
no proof. What cannot be checked (a person's part in it, a cause) is not claimed to be true here.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from summarizer import gazetteer
from summarizer.precheck import about, localities, numbers
from summarizer.precheck.brief import Brief
from summarizer.precheck.candidate import Number
from summarizer.prose.names import unknown_name

_CLAUSE = re.compile(r"[^，。；！？,;!?：:]+")
_WORDS = re.compile(r"[㐀-鿿\w]+")
_PHRASE = re.compile("、")
_CLAUSES = re.compile("[，,。；;：:！!？?\n]")
_HAN = re.compile("[㐀-鿿]+")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_NOT_DONE = re.compile(r"结转|延误|推迟|搁置|未能|尚未|还未|没能|没有(?:完成|建成)")
_SENTENCE_END = "。!?！？\n"

_FALL = re.compile(r"下降|下滑|降[到至低为]|降(?=\d)|减少|减[到至]|缩小|回落|少了|减弱")
_RISE = re.compile(r"增加|增长|增[到至收幅产]|增(?=\d)|提高|提升|上升|上涨|升[到至]|扩大到|翻了?[一两番]|多了")
_DIRECTIONS = {"下降": _FALL, "上升": _RISE}
_MORE_FALL = re.compile(_FALL.pattern + r"|比[^，。,;]{0,12}少|减|降|甩掉|退出")
_MORE_RISE = re.compile(_RISE.pattern + r"|比[^，。,;]{0,12}多|增|升|新|超过上年|翻|倍")
_SUPPORT = {"下降": _MORE_FALL, "上升": _MORE_RISE}
"""Looser words of the article that a sentence may sum up as a fall or a rise."""

_PLANS = re.compile(r"计划|力争|确保|争取|预计|拟|将(?!军|近)|目标|打算|规划|再(?:减|退|建|脱)|任务")
_DONE = re.compile(
    r"已|了(?!解)|建成|实现|完成(?!率)|达到|成功|顺利|共(?!同|享|建|产)|全部(?:脱贫|摘帽|退出|建成|完成)"
)
_WENT = re.compile(
    r"(?:已|成功|顺利|正式|实现|如期|全部)[^，。；、]{0,6}(?:摘帽|退出|出列)|摘(?:掉|去)[^，。；]{0,6}帽"
)
_HAS_GONE = re.compile(r"退出(?!标准)|摘帽|摘[掉去下]|出列|(?:已|全部|实现|整[县村乡])[^，。]{0,4}脱贫")
_FROM_TO = re.compile(r"(?:由|从)[^，。；,;]*$")
_EXTENTS = {
    "全部": (
        re.compile(r"全部|所有|悉数|无一例外|全覆盖|实现全|百分之百"),
        re.compile(r"全部|所有|悉数|全覆盖|均|都|全[面数额]|100%|一[个户]不[落少漏]|每[户村个]"),
    ),
    "首个": (
        re.compile(r"首个|首家|首次|首批|第一|唯一|率先|最[大多高早快]"),
        re.compile(r"首|第一|唯一|率先|最"),
    ),
    "翻番": (re.compile(r"翻了?[一两几]?番|成倍|翻倍"), re.compile(r"翻|倍")),
    "超额": (re.compile(r"超额|超任务|超计划|提前"), re.compile(r"超|提前|1\d\d(?:\.\d+)?[%％]")),
}


def false_claim(brief: Brief, sentence: str) -> str | None:
    """What the sentence claims that the article does not bear out, in the language of the prompts, or None."""
    article = _squeezed(brief.text)
    for found in _CLAUSE.finditer(sentence):
        clause, before = found.group(), sentence[: found.start()]
        is_own = squeeze(clause) in article
        if is_own and not _YEAR.search(sentence, 0, found.end()):
            continue
        cited = [(n, _stated(brief, n, clause)) for n in numbers.find(clause) if n.value is not None]
        if (reason := _year(brief, before, clause, cited)) is not None:
            return reason
        if is_own:
            continue
        for check in (_direction, _pair, _extent, _place, _plan):
            if (reason := check(brief, clause, cited)) is not None:
                return reason
        if (reason := _done_before(brief, before, clause, cited)) is not None:
            return reason
        if name := unknown_name(article, clause):
            return f"文中没有 {name}"
    return None


def squeeze(text: str) -> str:
    """The text without marks and spaces: a sentence taken from an article keeps its words, not its width."""
    return "".join(_WORDS.findall(text))


@lru_cache(maxsize=4)
def _squeezed(article: str) -> str:
    """The same of a whole article, kept for its next sentence."""
    return squeeze(article)


Cited = Sequence[tuple[Number, Sequence[Number]]]
"""Numbers of a clause, each with the numbers of the article that it may repeat."""


def _stated(brief: Brief, number: Number, clause: str) -> list[Number]:
    """The numbers of the article that this one repeats."""
    words = clause[number.start : number.end].replace(" ", "")
    same = (number.value, number.upper, number.unit)
    everything = (*brief.candidates, *brief.set_aside)
    return [n for n in everything if (n.value, n.upper, n.unit) == same or brief.text[n.start : n.end] == words]


def _sentence_of(brief: Brief, number: Number) -> str:
    start = max(brief.text.rfind(c, 0, number.start) for c in _SENTENCE_END) + 1
    ends = [at for c in _SENTENCE_END if (at := brief.text.find(c, number.end)) >= 0]
    return brief.text[start : min(ends, default=len(brief.text))]


def _clause_of(brief: Brief, number: Number) -> str:
    """The words of the article between the commas around a number."""
    start = max(brief.text.rfind(c, 0, number.start) for c in ",;:，；：" + _SENTENCE_END) + 1
    ends = [at for c in ",;:，；：" + _SENTENCE_END if (at := brief.text.find(c, number.end)) >= 0]
    return brief.text[start : min(ends, default=len(brief.text))]


def _direction(brief: Brief, clause: str, cited: Cited) -> str | None:
    """A fall or rise of a figure must be told by the article where it states the figure; the opposite refutes it."""
    end = 0
    for number, stated in cited:
        lead, end = clause[end : number.start], number.end
        claimed = _last_direction(lead)
        if claimed is None or not stated:
            continue
        opposite = "上升" if claimed == "下降" else "下降"
        if any(_last_direction(_lead_of(brief, n)) == claimed for n in stated):
            continue
        if all(_last_direction(_lead_of(brief, n)) == opposite for n in stated):
            return f"{clause[number.start : number.end]} 文中说的不是{claimed}，是{opposite}"
        if not any(_SUPPORT[claimed].search(_sentence_of(brief, n)) for n in stated):
            return f"文中没有说 {clause[number.start : number.end]} 是{claimed}"
    return None


def _lead_of(brief: Brief, number: Number) -> str:
    """The words of the article's clause before a number, after any other number of it."""
    clause = _clause_of(brief, number)
    at = clause.find(brief.text[number.start : number.end])
    before = clause[: max(at, 0)]
    digits = [m.end() for m in re.finditer(r"\d", before)]
    return before[digits[-1] :] if digits else before


def _last_direction(words: str) -> str | None:
    """Which way the last word of change points, if any."""
    ends = {name: max((m.end() for m in found.finditer(words)), default=-1) for name, found in _DIRECTIONS.items()}
    name = max(ends, key=lambda n: ends[n])
    return name if ends[name] >= 0 else None


def _pair(_brief: Brief, clause: str, cited: Cited) -> str | None:
    """`由A下降到B` needs A above B, `由A增加到B` A below B."""
    for (first, _), (second, _) in pairwise(cited):
        if first.value is None or second.value is None or first.unit is not second.unit:
            continue
        claimed = _last_direction(clause[first.end : second.start])
        if claimed is None or not _FROM_TO.search(clause[: first.start]):
            continue
        if (first.value < second.value) if claimed == "下降" else (first.value > second.value):
            return f"{clause[first.start : second.end]} 不是{claimed}"
    return None


def _extent(brief: Brief, clause: str, cited: Cited) -> str | None:
    """全部 and 首个 must be told in the sentence of a figure that the clause cites, or else of its words."""
    near = [words for _, stated in cited for n in stated for words in _told_with(brief, n)]
    for name, (claims, supports) in _EXTENTS.items():
        if (claimed := claims.search(clause)) is None:
            continue
        rest = clause.replace(claimed.group(), ",")
        told = near or [words for words in _CLAUSES.split(brief.text) if _shares_a_word(rest, words)]
        if not any(supports.search(words) for words in told):
            return f"文中那里没有说{name}"
    return None


def _shares_a_word(words: str, others: str) -> bool:
    """Whether two characters in a row stand in both."""
    return any(run[i : i + 2] in others for run in _HAN.findall(words) for i in range(len(run) - 1))


def _told_with(brief: Brief, number: Number) -> list[str]:
    """The clauses of a number's sentence that tell of it: its own, and those that tell of no other number.

    `137座电站已并网86座,其余51座年底前全部并网` says 全部 of the 51.
    """
    own = brief.text[number.start : number.end]
    return [c for c in re.split("[，,；;：:]", _sentence_of(brief, number)) if own in c or not re.search(r"\d", c)]


def _plan(brief: Brief, clause: str, cited: Cited) -> str | None:
    """What the article only plans is not told as done, nor a county as out of poverty that no sentence says is."""
    if _PLANS.search(clause):
        return None
    for number, stated in cited:
        if stated and _DONE.search(clause) and all(_is_planned(brief, n) for n in stated):
            return f"{clause[number.start : number.end]} 在文中只是计划"
    if _WENT.search(clause) and not any(_HAS_GONE.search(s) and not _PLANS.search(s) for s in _sentences(brief)):
        return "文中没有说已经脱贫摘帽"
    return None


def _done_before(brief: Brief, before: str, clause: str, cited: Cited) -> str | None:
    """`鲜参已经收获,每亩产400公斤`: told as done by an earlier clause, where the article plans it or says it is not.

    Where the sentence speaks of a plan somewhere, its figures may be that plan's.
    """
    told = before + clause
    if _PLANS.search(told) or not _DONE.search(told):
        return None
    for number, stated in cited:
        words = clause[number.start : number.end]
        if stated and all(_NOT_DONE.search(_sentence_of(brief, n)) for n in stated) and not _NOT_DONE.search(told):
            return f"{words} 在文中没有完成"
        if stated and not _DONE.search(clause) and all(_is_announced(brief, n) for n in stated):
            return f"{words} 在文中只是预计"
    return None


def _is_announced(brief: Brief, number: Number) -> bool:
    """Whether the article's sentence expects a figure (预计10月中旬起收,每亩能产…), with nothing done in between."""
    sentence = _sentence_of(brief, number)
    before = sentence[: max(sentence.find(brief.text[number.start : number.end]), 0)]
    announced = [m.end() for m in _PLANS.finditer(before)]
    return bool(announced) and not _DONE.search(before[announced[-1] :])


def _year(brief: Brief, before: str, clause: str, cited: Cited) -> str | None:
    """A figure is told of the year that the sentence names before it, where the article tells it of others only.

    What governs a figure there is the last time phrase before it in its paragraph, and those of its own sentence.
    """
    for number, stated in cited:
        years = _YEAR.findall(before + clause[: number.start])
        if not years or not stated:
            continue
        told = [_years_of(brief, n) for n in stated]
        if all(known and not any(first <= int(years[-1]) <= last for first, last in known) for known in told):
            return f"{clause[number.start : number.end]} 在文中不是{years[-1]}年的"
    return None


def _years_of(brief: Brief, number: Number) -> list[tuple[int, int]]:
    """First and last year of the time phrases that may govern a number; none where one of them is not known."""
    start = brief.text.rfind("\n", 0, number.start) + 1
    sentence = _sentence_of(brief, number)
    at = brief.text.find(sentence, start)
    near = [t for t in brief.times if at <= t.start < at + len(sentence)]
    near += [t for t in brief.times if start <= t.start < at][-1:]
    periods = [t.period for t in near]
    if not periods or None in periods:
        return []
    ends = [(p.partition("/")[0][:4], p.rpartition("/")[2][:4]) for p in periods if p]
    return [(int(a), int(b)) for a, b in ends if a.isdigit() and b.isdigit()]


def _is_planned(brief: Brief, number: Number) -> bool:
    """Whether the words of the sentence up to a number announce it."""
    sentence = _sentence_of(brief, number)
    before = sentence[: max(sentence.find(brief.text[number.start : number.end]), 0)]
    return bool(_PLANS.search(before)) and not _DONE.search(_clause_of(brief, number))


def _sentences(brief: Brief) -> list[str]:
    return re.split("[。！？!?；;\n，,]", brief.text)


def _place(brief: Brief, clause: str, cited: Cited) -> str | None:
    """Places are named by the article, and a figure is told of the place that the article tells it of."""
    own = {brief.subject.name, brief.subject.province, brief.subject.prefecture, "全国", "中国"}
    divisions = list(_named(brief, clause))
    for name, text, _ in divisions:
        if name not in own and text not in brief.text and name not in {p.name for p in brief.places}:
            return f"文中没有地名 {text}"
    small = localities.find(clause, [(end - len(text), end) for _, text, end in divisions], frozenset())
    for town, village in pairwise(small):
        if town.town and not village.town and town.end == village.start and _lies_elsewhere(brief, town, village):
            return f"文中没有 {town.name}{village.name}"
    named = sorted((*divisions, *((p.name, p.name, p.end) for p in small)), key=lambda place: place[2])
    for number, stated in cited:
        before = [(name, text) for name, text, end in named if end <= number.start]
        if not before or not stated or before[-1][0] in own:
            continue
        name, text = before[-1]
        if not any(_is_told_of(brief, n, name, text) for n in stated):
            return f"文中的 {clause[number.start : number.end]} 说的不是{text}"
    return None


def _lies_elsewhere(brief: Brief, town: localities.Locality, village: localities.Locality) -> bool:
    """Whether the article puts a village into another town, and never into this one."""
    if town.name + village.name in brief.text:
        return False
    return re.search("[㐀-鿿]{1,4}[镇乡]" + re.escape(village.name), brief.text) is not None


def _named(brief: Brief, clause: str) -> Iterator[tuple[str, str, int]]:
    """Divisions that a clause names: the name in full, the words, and where they end."""
    for mention in gazetteer.find(clause, year=brief.reference_year):
        yield mention.name, mention.text, mention.end


def _is_told_of(brief: Brief, number: Number, name: str, text: str) -> bool:
    """Whether the article tells a number of a place: by its own reading of it, or by naming it as the one that acts."""
    if text in _PHRASE.split(_clause_of(brief, number).partition(brief.text[number.start : number.end])[0])[-1]:
        return True
    place, _ = about.place_for(brief.text, number.start, number.end, brief.places, brief.subject, brief.meant)
    if place is not None:
        return text in place or name in place or place in name
    return text in _sentence_of(brief, number) or _goes_on_about(brief, number, text)


def _goes_on_about(brief: Brief, number: Number, text: str) -> bool:
    """Whether a town or village is the last of its class that the article names before a number."""
    named = [p.name for p in brief.places if p.end <= number.start and p.name[-1] == text[-1]]
    return text[-1] in "镇乡村" and bool(named) and named[-1].endswith(text)
