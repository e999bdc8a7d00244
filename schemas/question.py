"""What a model is asked, and what of its answers is right: a question keeps that, over as many tries as it takes.

Nothing that a question keeps can hold a figure of the model's own: numbers are ids that were asked, texts refer to
them, quotes, places and persons stand in the article, and periods are those that the article's time phrases mean.
Each problem says, in the language of the prompt, what to change.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from schemas.mending import Doubt, Left, Source, mended, no_doubt, passage, shortened, sound, wrong
from schemas.report import Dropped
from schemas.retelling import Failing, complaints, joined
from schemas.vocabulary import Code, Indicator, MilestoneEvent, SetAsideReason, Status, Topic
from schemas.wording import REFERENCE, is_known, period_of, quoted, wrong_figure

SAME = "="
"""In a row, where the period, the place or the label is left to the guess."""

_HERE = frozenset(a + b for a in "全我本该" for b in "省市区县旗乡镇村") | {"当地", "境内"}
"""Words for the subject itself."""

_PLACE_ENDINGS = tuple("省市州盟县区旗乡镇村庄屯寨组社沟")
_NO_PLACES = ("贫困村", "行政村", "自然村", "各乡镇", "各村", "乡镇", "乡村", "农村", "社区", "小区", "景区", "园区")
LONGEST_LABEL = 24
LONGEST_TITLE = 30
LONGEST_TEXT = 120
LONGEST_QUOTE = 120
SHORTEST_NAME, LONGEST_NAME = 3, 40
_SHOWN_PROBLEMS = 8
_CLAUSE_END = re.compile(r"[，。；：！？]")


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
    """One number that is asked about: its words, what code knows that it can be, and where in the text it begins."""

    mention: str
    indicators: frozenset[Indicator]
    reasons: frozenset[SetAsideReason]
    start: int


Guess = tuple[str, ...]
"""What the rules take a number for: indicator, status, period, place and label, or the reason why it is no fact."""


@dataclass(slots=True)
class SectionQuestion(Question):
    """A piece of a section with its numbers.

    `text` is the clean text; `words` the same without its figures. `places` are names that the prechecks found in the
    article, `subject` the subject's names, `periods` those that may be said. `guesses` are what the model is shown: it
    may answer with the id alone where one is right. `failing` are texts with sentences that do not hold: they are asked
    for again once. `doubt` says what a sentence claims that the article does not bear out.
    """

    text: str
    words: str
    asked: Mapping[int, Asked]
    places: Collection[str] = ()
    subject: Collection[str] = ()
    periods: frozenset[str] = frozenset()
    guesses: Mapping[int, Guess] = field(default_factory=dict)
    numbers: dict[int, tuple[int, str, str, str, str, str]] = field(default_factory=dict)
    partly: dict[int, tuple[int, str, str, str, str, str]] = field(default_factory=dict)
    aside: dict[int, str] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)
    measures: list[dict[str, Any]] = field(default_factory=list)
    milestones: list[dict[str, Any]] = field(default_factory=list)
    cases: list[dict[str, Any]] = field(default_factory=list)
    refused: list[Dropped] = field(default_factory=list)
    failing: list[Failing] = field(default_factory=list)
    asked_again: bool = False
    doubted: set[int] = field(default_factory=set)
    doubt: Doubt = no_doubt

    @property
    def source(self) -> Source:
        """What its texts are held against."""
        starts = {id: asked.start for id, asked in self.asked.items()}
        subject = min(self.subject, key=len, default="")
        return Source(self.text, self.words, self.mentions, starts, subject, self.doubt)

    @property
    def dropped(self) -> list[Dropped]:
        """Texts that were not kept so far, and why."""
        return [*self.refused, *(left for one in self.failing for left in one.dropped)]

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
        waiting = list(self.failing) if self.asked_again else []
        for key, keep in (("m", self._measure), ("d", self._milestone), ("c", self._case)):
            items = data.get(key)
            for item in items if isinstance(items, list) else []:
                keep(self._retold(key, item, waiting))
        again: list[str] = []
        if missing := self.missing:
            again = [*problems[:_SHOWN_PROBLEMS], f"只回答编号 {'、'.join(map(str, missing))}，其余已收下，不要重复"]
        if self.failing and not self.asked_again:
            # Once, and sentences alone: a model that cannot quote will not learn it, and every token is paid for.
            self.asked_again = True
            again += complaints(self.failing)
        return again

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
        other = self._copied(row)
        if other is not None and other != id and id not in self.doubted:
            return self._slipped(id, other)
        if id is None or id in self.numbers or id in self.aside:
            return None
        if len(row) == 1 and id in self.guesses:
            self._as_guessed(id, self.guesses[id])
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
            # What is left empty says nothing against a guess: a small model empties slots that it was shown filled.
            when or SAME,
            SAME if where is None or not place else where,
            self._label(label),
        )
        if problems and id not in self.partly:
            # Once only: what is wrong the second time is left to the guess.
            self.partly[id] = row
            return f"编号{id}：" + "；".join(problems)
        self.numbers[id] = row
        return None

    def _copied(self, row: Sequence[Any]) -> int | None:
        """The number whose guess, and whose alone, a row repeats; places are left out of it, a model adds the subject.

        A small model copies the guess of number 3 as the row of number 5.
        """
        if len(row) != 6:
            return None
        said = (str(row[1]), str(row[2]), str(row[3] or ""), str(row[5]))
        same = [id for id, guess in self.guesses.items() if len(guess) == 5 and said == (*guess[:3], guess[4])]
        return same[0] if len(same) == 1 else None

    def _slipped(self, id: int | None, other: int) -> str | None:
        """Keep a guess that is repeated under another number; of that one nothing was said, unless it is said again."""
        if other in self.missing:
            self._as_guessed(other, self.guesses[other])
        if id is None or id not in self.missing:
            return None
        self.doubted.add(id)
        return f"编号{id}：这是编号{other}的猜测，请写编号{id}自己的"

    def _as_guessed(self, id: int, guess: Guess) -> None:
        """Keep a guess that the model was shown and finds right."""
        if len(guess) == 1:
            self.aside[id] = guess[0]
        else:
            indicator, status, period, place, label = guess
            self.numbers[id] = (id, indicator, status, period, place, label)

    def _label(self, label: str) -> str:
        """The label, or `=` where it cannot stand: the guess has one, and another try costs more than it is worth."""
        label = REFERENCE.sub("", label).strip(" ，。、；：")
        if label in {"", SAME}:
            return SAME
        found = wrong_figure(label, {}, self.words)
        if found is None and len(label) <= LONGEST_LABEL:
            return label
        self.refused.append(Dropped(field="label", text=label, reason=f"figure {found}" if found else "too long"))
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

    def _measure(self, item: Any) -> None:
        found = self._item("m", item, {"topic": Topic, "status": Status})
        if found is not None:
            self._keep(self.measures, found | {"title": self._title(str(item.get("title") or "").strip())})

    def _milestone(self, item: Any) -> None:
        found = self._item("d", item, {"event": MilestoneEvent}, is_told=False)
        if found is None:
            return
        date, place = self._period(str(item.get("date") or "")), self._place(str(item.get("place") or ""))
        if not date or date == SAME:
            self._drop("d", item, "日期文中没有")
        else:
            self._keep(self.milestones, found | {"date": date, "place": "" if place in {None, SAME} else place})

    def _case(self, item: Any) -> None:
        person = str(item.get("person") or "") if isinstance(item, dict) else ""
        named = 2 <= len(person) <= 12 and person in self.words and not re.search(r"\d", person)
        if isinstance(item, dict) and not named:
            text = str(item.get("summary") or item.get("quote") or person)
            self._fail(Failing("c", text, (Left(text, f"文中没有这个人 {_short(person)}"),), item))
            return
        found = self._item("c", item, {})
        if found is not None:
            place = self._place(str(item.get("place") or ""))
            self._keep(self.cases, found | {"person": person, "place": "" if place in {None, SAME} else place})

    def _title(self, title: str) -> str:
        """The title, cut at the end of a clause where it is long; empty where it cannot stand: a topic has a name."""
        text = mended(title, self.source)
        figure = wrong(text, self.source)
        kept = "" if figure else shortened(text, self.mentions, LONGEST_TITLE)
        if not kept:
            self.refused.append(Dropped(field="m", text=title, reason=f"title: {figure or 'too long'}"))
        return kept

    def _item(
        self, key: str, item: Any, codes: Mapping[str, type[Code]], *, is_told: bool = True
    ) -> dict[str, Any] | None:
        """The parts that measures, milestones and cases share: codes, a summary where one `is_told`, ids and a quote.

        None, and a record, where one of them does not hold.
        """
        if not isinstance(item, dict):
            self._drop(key, {}, f"{key} 的每一条须是对象")
            return None
        found: dict[str, Any] = {}
        for name, code in codes.items():
            value = str(item.get(name))
            if value not in set(code):
                self._drop(key, item, f"{name} 没有代码 {_short(value)}")
                return None
            found[name] = value
        quote = self._quote(item)
        left: list[Left] = []
        text = str(item.get("summary") or "")
        if is_told:
            found["summary"], left = sound(text, self.source, LONGEST_TEXT)
            quote = passage(found["summary"], quote, self.source, LONGEST_QUOTE) if found["summary"] else None
        if left:
            self._fail(Failing(key, text, tuple(left), item, quote))
        if quote is None:
            if not left:
                self._drop(key, item, "文中没有这句话")
            return None
        ids = item.get("ids")
        named = (self._id(raw) for raw in (ids if isinstance(ids, list) else []))
        # A figure that the sentence refers to belongs to it, named again or not.
        referred = (int(reference[1]) for reference in REFERENCE.finditer(found.get("summary", "")))
        found["ids"] = sorted({*referred, *(id for id in named if id is not None)})
        return found | {"quote": quote}

    def _retold(self, key: str, item: Any, waiting: list[Failing]) -> Any:
        """The item; where it tells again a text of those `waiting`, with the whole text that this makes.

        The text is the one of the same topic or person, or the first.
        """
        mine = [one for one in waiting if one.field == key]
        if not mine or not isinstance(item, dict):
            return item
        name = "topic" if key == "m" else "person"
        first = next((one for one in mine if one.item.get(name) == item.get(name)), mine[0])
        kept = self.measures if key == "m" else self.cases
        text = str(item.get("summary") or "")
        if any(text == other["summary"] for other in kept):
            return item
        waiting.remove(first)
        self.failing.remove(first)
        kept[:] = [other for other in kept if other["quote"] != first.quote]
        said = {name: value for name, value in item.items() if value}
        return first.item | said | {"summary": joined(first, text, self.source, LONGEST_TEXT)}

    def _fail(self, one: Failing) -> None:
        """Remember a text that does not hold, once; nothing at all is not worth another question."""
        if one.text and one not in self.failing:
            self.failing.append(one)
        elif not one.text:
            self._drop(one.field, one.item, "没有内容")

    def _quote(self, item: dict[str, Any]) -> str | None:
        """The article's words that are quoted; of a long or a joined quote the first clause that stands there."""
        given = str(item.get("quote") or "").strip()
        for quote in (given, *_CLAUSE_END.split(given)):
            if (found := quoted(quote, self.text, self.mentions, LONGEST_QUOTE)) is not None:
                return found
        return None

    def _drop(self, key: str, item: dict[str, Any], reason: str) -> None:
        text = next((str(item[name]) for name in ("summary", "quote", "person") if item.get(name)), "")
        self.refused.append(Dropped(field=key, text=text, reason=reason))

    @staticmethod
    def _keep(kept: list[dict[str, Any]], item: dict[str, Any]) -> None:
        if item["quote"] not in {other["quote"] for other in kept}:
            kept.append(item)


@dataclass(slots=True)
class OverviewQuestion(Question):
    """The whole article: `text` and `words` as above, `mentions` the figures that a sentence may refer to.

    Sentences that do not hold, by field, are asked for again once. Where the rules' are found good they stand.
    `answered` is whether anything came back in the shape of an answer.
    """

    text: str
    words: str
    mentions: Mapping[int, str]
    headline_chars: int
    summary_chars: int
    starts: Mapping[int, int] = field(default_factory=dict)
    subject: str = ""
    headline: str = ""
    summary: str = ""
    designations: list[str] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)
    refused: list[Dropped] = field(default_factory=list)
    failing: dict[str, Failing] = field(default_factory=dict)
    asked_again: bool = False
    answered: bool = False
    doubt: Doubt = no_doubt

    @property
    def dropped(self) -> list[Dropped]:
        """Sentences and names that were not kept so far, and why."""
        return [*self.refused, *(left for one in self.failing.values() for left in one.dropped)]

    def take(self, data: Any) -> list[str]:
        if not isinstance(data, dict):
            return ["答案须是一个 JSON 对象"]
        self.answered = True
        for name, names in (("designations", self.designations), ("partners", self.partners)):
            items = data.get(name)
            for item in items if isinstance(items, list) else []:
                self._name(name, str(item).strip(), names)
        if isinstance(new := data.get("new"), dict):
            self.headline = self._sentences("headline", new, self.headline, self.headline_chars)
            self.summary = self._sentences("summary", new, self.summary, self.summary_chars)
        if not self.failing or self.asked_again:
            return []
        self.asked_again = True
        return complaints(list(self.failing.values()))

    def _sentences(self, field: str, new: dict[str, Any], so_far: str, longest: int) -> str:
        """The sentences that hold: those of this answer, among those of an earlier one."""
        text = str(new.get(field) or "").strip()
        first = self.failing.pop(field, None) if text else None
        if not text or (so_far and first is None):
            return so_far
        source = Source(self.text, self.words, self.mentions, self.starts, self.subject, self.doubt)
        text = text if first is None else joined(first, text, source, longest)
        kept, left = sound(text, source, longest)
        if left:
            self.failing[field] = Failing(field, text, tuple(left), {})
        return kept

    def kept(self) -> dict[str, Any]:
        return {
            "new": {"headline": self.headline, "summary": self.summary},
            "designations": self.designations,
            "partners": self.partners,
        }

    def _name(self, field: str, name: str, kept: list[str]) -> None:
        """Names are words of the article, or they are not kept; another try would only bring others.

        One that is cut out of a number (`2月1` of 12月19日) is none.
        """
        exact = quoted(name, self.text, {}, LONGEST_NAME, SHORTEST_NAME)
        if exact is None or _cuts_a_number(exact, self.text):
            self.refused.append(Dropped(field=field, text=name, reason="not in the article"))
        elif exact not in kept:
            kept.append(exact)


def _cuts_a_number(name: str, text: str) -> bool:
    """Whether a name begins or ends with digits that are part of longer ones wherever it stands."""
    before = r"(?<![\d.])" if name[0].isdigit() else ""
    after = r"(?![\d.])" if name[-1].isdigit() else ""
    return re.search(before + re.escape(name) + after, text) is None


def _short(text: str) -> str:
    return text if len(text) <= 20 else text[:20] + "…"
