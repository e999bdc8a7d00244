"""What a model is asked, and what of its answers is right: a question keeps that, over as many tries as it takes.

Nothing that a question keeps can hold a figure of the model's own: numbers are ids that were asked, texts refer to
them, quotes, places and persons stand in the article, and periods are those that the article's time phrases mean.
Each problem says, in the language of the prompt, what to change.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from schemas.report import Dropped
from schemas.vocabulary import Code, Indicator, MilestoneEvent, SetAsideReason, Status, Topic
from schemas.wording import REFERENCE, is_known, period_of, quoted, without_repeated_units, wrong_figure

SAME = "="
"""In a row, where the period, the place or the label is left to the guess."""

_HERE = frozenset(a + b for a in "全我本该" for b in "省市区县旗乡镇村") | {"当地", "境内"}
"""Words for the subject itself."""

_PLACE_ENDINGS = tuple("省市州盟县区旗乡镇村庄屯寨组社沟")
_NO_PLACES = ("贫困村", "行政村", "自然村", "各乡镇", "各村", "乡镇", "乡村", "农村", "社区", "小区", "景区", "园区")
LONGEST_LABEL = 24
LONGEST_TITLE = 30
LONGEST_TEXT = 160
LONGEST_QUOTE = 120
SHORTEST_NAME, LONGEST_NAME = 3, 40
_SHOWN_PROBLEMS = 8


class Question(ABC):
    """Takes answers, keeps what is right, says what is wrong."""

    @abstractmethod
    def take(self, data: Any) -> list[str]:
        """Keep what is right in an answer; the problems that are worth another try, none where the answer is done."""

    @abstractmethod
    def kept(self) -> dict[str, Any]:
        """All that is right so far, in the shape of an answer."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One number that is asked about: its words in the text, and what code knows that it can be."""

    mention: str
    indicators: frozenset[Indicator]
    reasons: frozenset[SetAsideReason]


@dataclass(slots=True)
class SectionQuestion(Question):
    """A piece of a section with its numbers.

    `text` is the clean text; `words` the same without its figures. `places` are names that the prechecks found in the
    article, `subject` the subject's names, `periods` those that may be said.
    """

    text: str
    words: str
    asked: Mapping[int, Asked]
    places: Collection[str] = ()
    subject: Collection[str] = ()
    periods: frozenset[str] = frozenset()
    numbers: dict[int, tuple[int, str, str, str, str, str]] = field(default_factory=dict)
    partly: dict[int, tuple[int, str, str, str, str, str]] = field(default_factory=dict)
    aside: dict[int, str] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)
    measures: list[dict[str, Any]] = field(default_factory=list)
    milestones: list[dict[str, Any]] = field(default_factory=list)
    cases: list[dict[str, Any]] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    _texts_asked_again: bool = False

    @property
    def mentions(self) -> dict[int, str]:
        """The words of each figure that a text may refer to."""
        return {id: asked.mention for id, asked in self.asked.items()}

    @property
    def missing(self) -> list[int]:
        """Numbers without a right answer so far."""
        return [id for id in self.asked if id not in self.numbers and id not in self.aside]

    def take(self, data: Any) -> list[str]:
        if not isinstance(data, dict):
            return ["答案须是一个 JSON 对象"]
        problems = self._rows(data, "n", self._number) + self._rows(data, "x", self._aside)
        self._rows(data, "k", self._topic)
        texts = (
            self._rows(data, "m", self._measure)
            + self._rows(data, "d", self._milestone)
            + self._rows(data, "c", self._case)
        )
        if missing := self.missing:
            wrong = [*problems, *texts][:_SHOWN_PROBLEMS]
            return [*wrong, f"只回答编号 {'、'.join(map(str, missing))}，其余已收下，不要重复"]
        if texts and not self._texts_asked_again:
            # Once only: a model that cannot quote will not learn it, and the numbers are what is asked for.
            self._texts_asked_again = True
            return [*texts[:_SHOWN_PROBLEMS], "n 写 []，只改正上面各条；改不了就不写"]
        return []

    def kept(self) -> dict[str, Any]:
        # A row of which only the period or the place was wrong is right in the rest.
        rows = self.partly | self.numbers
        return {
            "n": [rows[id] for id in self.asked if id in rows and id not in self.aside],
            "x": list(self.aside.items()),
            "k": list(self.topics.items()),
            "m": self.measures,
            "d": self.milestones,
            "c": self.cases,
        }

    def _rows(self, data: dict[str, Any], key: str, take: Callable[[Any], str | None]) -> list[str]:
        rows = data.get(key) or []
        if not isinstance(rows, list):
            return [f"{key} 须是数组"]
        return [problem for row in rows if (problem := take(row))]

    def _id(self, value: Any) -> int | None:
        """The id of a number that was asked; models write it as a number or as text."""
        text = str(value)
        return int(text) if text.isdecimal() and len(text) < 7 and int(text) in self.asked else None

    def _number(self, row: Any) -> str | None:
        """Keep one row. A row for a number that was not asked, or is answered, is passed over."""
        if not isinstance(row, list | tuple) or not row:
            return "n 的每一行须是 [编号,指标,状态,时间,地点,名称]"
        id = self._id(row[0])
        if id is None or id in self.numbers or id in self.aside:
            return None
        if len(row) != 6:
            return f"编号{id}：须写 6 项 [编号,指标,状态,时间,地点,名称]"
        indicator, status, period, place, label = (str(item or "").strip() for item in row[1:])
        if indicator not in set(Indicator):
            return f"编号{id}：没有指标 {_short(indicator)}，请从指标表选"
        if indicator not in self.asked[id].indicators:
            fitting = "、".join(sorted(self.asked[id].indicators)[:12])
            return f"编号{id}（{self.asked[id].mention}）的单位不合指标 {indicator}，可选 {fitting}"
        if status not in set(Status):
            return f"编号{id}：没有状态 {_short(status)}，只能是 {'、'.join(Status)}"
        problems = []
        if (when := self._period(period)) is None:
            problems.append(f"时间 {_short(period)} 文中没有，写文中的时间，或写空")
        if (where := self._place(place)) is None:
            problems.append(f"地点 {_short(place)} 文中没有，照抄文中的地名，或写空")
        row = (
            id,
            indicator,
            status,
            SAME if when is None else when,
            SAME if where is None else where,
            self._label(label),
        )
        if problems and id not in self.partly:
            # Once only: what is wrong the second time is left to the guess.
            self.partly[id] = row
            return f"编号{id}：" + "；".join(problems)
        self.numbers[id] = row
        return None

    def _label(self, label: str) -> str:
        """The label, or `=` where it cannot stand: the guess has one, and another try costs more than it is worth."""
        label = REFERENCE.sub("", label).strip(" ，。、；：")
        if label in {"", SAME}:
            return SAME
        found = wrong_figure(label, {}, self.words)
        if found is None and len(label) <= LONGEST_LABEL:
            return label
        self.dropped.append(Dropped(field="label", text=label, reason=f"figure {found}" if found else "too long"))
        return SAME

    def _period(self, period: str) -> str | None:
        if period in {"", SAME}:
            return period
        found = period_of(period)
        return found if found and is_known(found, self.periods) else None

    def _place(self, place: str) -> str | None:
        """The place as a report writes it; empty for the subject; None where the text does not name it."""
        if place in {"", SAME} or place in _HERE or place in self.subject:
            return SAME if place == SAME else ""
        return place if all(self._is_named(name) for name in place.split("、")) else None

    def _is_named(self, name: str) -> bool:
        if name in self.places:
            return True
        # 贫困村 ends like a place and is none.
        ends_well = name.endswith(_PLACE_ENDINGS) and not name.endswith(_NO_PLACES)
        return 2 <= len(name) <= 20 and ends_well and name in self.words and wrong_figure(name, {}, self.words) is None

    def _aside(self, row: Any) -> str | None:
        if not isinstance(row, list | tuple) or len(row) != 2:
            return "x 的每一行须是 [编号,原因]"
        id, reason = self._id(row[0]), str(row[1])
        if id is None or id in self.numbers or id in self.aside:
            return None
        if reason not in set(SetAsideReason):
            return f"编号{id}：没有原因 {_short(reason)}，只能是 {'、'.join(SetAsideReason)}"
        if reason not in self.asked[id].reasons:
            return f"编号{id}（{self.asked[id].mention}）是事实，须写入 n"
        self.aside[id] = reason
        return None

    def _topic(self, row: Any) -> None:
        """A topic that is wrong leaves the section's."""
        if isinstance(row, list | tuple) and len(row) == 2:
            id, topic = self._id(row[0]), str(row[1])
            if id is not None and topic in set(Topic):
                self.topics[id] = topic

    def _measure(self, item: Any) -> str | None:
        found = self._item(
            "m", item, {"topic": Topic, "status": Status}, {"title": LONGEST_TITLE, "summary": LONGEST_TEXT}
        )
        if isinstance(found, dict):
            self._keep(self.measures, found)
            return None
        return found

    def _milestone(self, item: Any) -> str | None:
        found = self._item("d", item, {"event": MilestoneEvent}, {})
        if not isinstance(found, dict):
            return found
        date, place = self._period(str(item.get("date") or "")), self._place(str(item.get("place") or ""))
        if not date or date == SAME:
            return self._drop("d", item, "日期文中没有，写文中的时间")
        self._keep(self.milestones, found | {"date": date, "place": "" if place in {None, SAME} else place})
        return None

    def _case(self, item: Any) -> str | None:
        found = self._item("c", item, {}, {"summary": LONGEST_TEXT})
        if not isinstance(found, dict):
            return found
        person, place = str(item.get("person") or ""), self._place(str(item.get("place") or ""))
        if not 2 <= len(person) <= 12 or person not in self.words:
            return self._drop("c", item, f"文中没有这个人 {_short(person)}")
        self._keep(self.cases, found | {"person": person, "place": "" if place in {None, SAME} else place})
        return None

    def _item(
        self, key: str, item: Any, codes: Mapping[str, type[Code]], texts: Mapping[str, int]
    ) -> dict[str, Any] | str:
        """The parts that measures, milestones and cases share: codes, sentences, ids and a quote; or what is wrong."""
        if not isinstance(item, dict):
            return f"{key} 的每一条须是对象"
        found: dict[str, Any] = {}
        for name, code in codes.items():
            value = str(item.get(name))
            if value not in set(code):
                return self._drop(key, item, f"{name} 没有代码 {_short(value)}")
            found[name] = value
        for name, longest in texts.items():
            text = without_repeated_units(str(item.get(name) or "").strip(), self.mentions)
            figure = wrong_figure(text, self.mentions, self.words)
            if figure is not None:
                return self._drop(key, item, f"{name} 里的 {figure} 须改写成 {{编号}}，或去掉")
            if not 0 < len(text) <= longest:
                return self._drop(key, item, f"{name} 须有 1 到 {longest} 字")
            found[name] = text
        quote = quoted(str(item.get("quote") or ""), self.text, self.mentions, LONGEST_QUOTE)
        if quote is None:
            return self._drop(key, item, "quote 须照抄正文里连续的几个字到一句话")
        ids = item.get("ids")
        named = (self._id(raw) for raw in (ids if isinstance(ids, list) else []))
        # A figure that the sentence refers to belongs to it, named again or not.
        told = (int(reference[1]) for text in texts for reference in REFERENCE.finditer(found[text]))
        found["ids"] = sorted({*told, *(id for id in named if id is not None)})
        return found | {"quote": quote}

    def _drop(self, key: str, item: dict[str, Any], reason: str) -> str:
        text = next((str(item[name]) for name in ("summary", "quote", "person") if item.get(name)), "")
        self.dropped.append(Dropped(field=key, text=text, reason=reason))
        return f"{key}“{_short(text)}”：{reason}"

    @staticmethod
    def _keep(kept: list[dict[str, Any]], item: dict[str, Any]) -> None:
        if item["quote"] not in {other["quote"] for other in kept}:
            kept.append(item)


@dataclass(slots=True)
class OverviewQuestion(Question):
    """The whole article: `text` and `words` as above, `mentions` the figures that a sentence may refer to."""

    text: str
    words: str
    mentions: Mapping[int, str]
    headline_chars: int
    summary_chars: int
    headline: str = ""
    summary: str = ""
    designations: list[str] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)

    def take(self, data: Any) -> list[str]:
        if not isinstance(data, dict):
            return ["答案须是一个 JSON 对象"]
        for name, kept in (("designations", self.designations), ("partners", self.partners)):
            items = data.get(name)
            for item in items if isinstance(items, list) else []:
                self._name(name, str(item).strip(), kept)
        problems = []
        if not self.headline:
            self.headline, problem = self._sentence("headline", data, self.headline_chars)
            problems += [problem] if problem else []
        if not self.summary:
            self.summary, problem = self._sentence("summary", data, self.summary_chars)
            problems += [problem] if problem else []
        return problems

    def kept(self) -> dict[str, Any]:
        return {
            "headline": self.headline,
            "summary": self.summary,
            "designations": self.designations,
            "partners": self.partners,
        }

    def _name(self, field: str, name: str, kept: list[str]) -> None:
        """Names are words of the article, or they are not kept; another try would only bring others."""
        exact = quoted(name, self.text, {}, LONGEST_NAME, SHORTEST_NAME)
        if exact is None:
            self.dropped.append(Dropped(field=field, text=name, reason="not in the article"))
        elif exact not in kept:
            kept.append(exact)

    def _sentence(self, field: str, data: dict[str, Any], longest: int) -> tuple[str, str | None]:
        text = without_repeated_units(str(data.get(field) or "").strip(), self.mentions)
        figure = wrong_figure(text, self.mentions, self.words)
        rendered = text
        for id, mention in self.mentions.items():
            rendered = rendered.replace(f"{{{id}}}", mention)
        if figure is None and 0 < len(rendered) <= longest:
            return text, None
        reason = f"{figure} 须改写成 {{编号}}，或去掉" if figure else f"须有 1 到 {longest} 字，现有 {len(rendered)} 字"
        self.dropped.append(Dropped(field=field, text=text, reason=reason))
        return "", f"{field}：{reason}"


def _short(text: str) -> str:
    return text if len(text) <= 20 else text[:20] + "…"
