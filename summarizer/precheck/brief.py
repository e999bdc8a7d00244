"""All that the prechecks know of an article: what every reader starts from."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from operator import attrgetter

from schemas.report import Subject
from schemas.vocabulary import Basis, SkipReason
from summarizer.precheck.candidate import Candidate, Number, Part
from summarizer.text.article import Article

_SECTION = attrgetter("section")


@dataclass(frozen=True, slots=True)
class TimePhrase:
    """A time phrase of the clean text (`2019年底`, `今年以来`, `截至目前`) and the period it means.

    `period` is in the report's form (`2020`, `2018-12`, `2016/2020`), or None where it cannot be resolved.
    """

    start: int
    end: int
    period: str | None


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place that the clean text names: `name` as a report writes it (`独峪乡曲回寺村`), `adcode` where it has one."""

    start: int
    end: int
    name: str
    adcode: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an article is worth reading as a county report: `reason` None is yes; `evidence` says why to a person."""

    reason: SkipReason | None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """What the prechecks found. All positions are in `article.clean`.

    `written` is the time of writing as a period (year, with the month where the text gives it). `candidates` are the
    numbers that may be facts, in order; `set_aside` those that are not. `times` and `places` are in order.
    """

    article: Article
    subject: Subject
    reference_year: int | None
    reference_year_basis: Basis | None
    written: str | None
    parts: tuple[Part, ...]
    candidates: tuple[Candidate, ...]
    set_aside: tuple[Number, ...]
    times: tuple[TimePhrase, ...]
    places: tuple[PlaceName, ...]
    verdict: Verdict
    meant: tuple[PlaceName, ...] = ()
    """Where a village or town is meant without its name standing there (`meant.find`)."""
    text: str = field(init=False, repr=False, compare=False)
    """The clean text; a field, because it is asked for dozens of times for each number."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", self.article.clean.text)

    def candidates_of(self, section: int) -> tuple[Candidate, ...]:
        """The candidates of one section."""
        first, last = (side(self.candidates, section, key=_SECTION) for side in (bisect_left, bisect_right))
        return self.candidates[first:last]
