"""The reports that a run wrote, each with the words that tell repeats from news."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from schemas.report import CountyReport
from schemas.vocabulary import Level
from summarizer import gazetteer
from summarizer.errors import NothingToShowError, TextError
from summarizer.text import repair

_HAN = re.compile(r"[㐀-鿿]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """A report of the folder. `path` is the article's, `report_path` the report's below the folder.

    `words` are the Han characters of the repaired article, or of the report where the article is not at hand: no digits
    and no marks, so that an article with new figures still resembles the old one.
    """

    path: str
    report_path: str
    report: CountyReport
    words: str

    @property
    def county(self) -> str | None:
        """What reports of one county share: its code, else its name with what it lies in; None where not known.

        A village's or a town's report is of the county that the article names with it: `民权县绿洲镇河湾村`.
        """
        subject = self.report.subject
        if subject.name is None:
            return None
        above = home_of(subject.name, self.words) if self.place and subject.adcode is None else None
        own = "/".join(p for p in (subject.province, subject.prefecture, subject.name) if p)
        return subject.adcode or above or own

    @property
    def place(self) -> str | None:
        """The village or town that the report is of, within its county; None of a county and above."""
        subject = self.report.subject
        return subject.name if subject.level in (Level.VILLAGE, Level.TOWN) else None


_BEFORE_A_VILLAGE = 14
"""Han characters in which a county and a town may stand before a village: 白沙黎族自治县青松乡."""


@cache
def home_of(place: str, words: str) -> str | None:
    """The code of the one county that the words name right before a village or town, or None."""
    found: set[str] = set()
    for at in re.finditer(re.escape(place), words):
        before = words[max(0, at.start() - _BEFORE_A_VILLAGE) : at.start()]
        for named in gazetteer.find(before)[-1:]:
            present = {d.adcode for d in named.choices if d.until is None and d.level is Level.COUNTY}
            if len(present) == 1 and _TOWN.fullmatch(before[named.end :]):
                found |= present
    return found.pop() if len(found) == 1 else None


_TOWN = re.compile(r"(?:[㐀-鿿]{1,5}(?:镇|乡|街道))?")


def read_folder(folder: Path) -> Iterator[Entry]:
    """Every report that `outcomes.jsonl` names, in its order.

    Raises:
        NothingToShowError: there is no `outcomes.jsonl`, or a report that it names cannot be read; the message says
            which.
    """
    try:
        lines = (folder / "outcomes.jsonl").read_text("utf-8").split("\n")
    except OSError as error:
        raise NothingToShowError(f"{folder / 'outcomes.jsonl'}: {error.strerror}") from None
    # Not splitlines: a title may hold U+2028, which is no end of a line of JSON.
    for outcome in (json.loads(line) for line in lines if line):
        if "report" in outcome:
            report = _report(folder / outcome["report"])
            yield Entry(outcome["path"], outcome["report"], report, words_of(report))


def _report(path: Path) -> CountyReport:
    try:
        return CountyReport.model_validate_json(path.read_bytes())
    except OSError as error:
        raise NothingToShowError(f"{path}: {error.strerror}", hint="run again: what is gone is written anew") from None
    except ValidationError as error:
        raise NothingToShowError(
            f"{path} is not a county report: {error.errors()[0]['msg']}",
            hint="another version wrote it, or it was changed: delete it and run again, and it is written anew",
        ) from None


def words_of(report: CountyReport) -> str:
    """What `Entry.words` holds of a report."""
    text = _article(report)
    if text is None:
        text = report.summary + "".join(f.label for f in report.facts) + "".join(m.summary for m in report.measures)
    return "".join(_HAN.findall(text))


def _article(report: CountyReport) -> str | None:
    """The article's repaired text without its furniture, where its file is still the one that was read."""
    document = report.document
    if document.path is None or document.sha256 is None:
        return None
    try:
        data = Path(document.path).read_bytes()
        if hashlib.sha256(data).hexdigest() != document.sha256:
            return None
        article = repair(data)
    except (OSError, TextError):
        return None
    if not report.sections:
        return article.clean.text
    parts = (article.clean.to_clean(*s.span) for s in report.sections)
    return "".join(article.clean.text[a:b] for a, b in parts)
