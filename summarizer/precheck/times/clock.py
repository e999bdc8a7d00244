"""The clock of a text: the years that what was read of it has put in force."""

from dataclasses import dataclass, field

from summarizer.precheck.times.outline import LOOKS_BACK_UNTIL, YEAR_CHARS

REVIEWS_UNTIL = 1
"""Up to this month, a stretch that has no other end (2015年以来) ends with the year that is just over."""

NAMED = 8
"""Years of a paragraph that 三年来 or 四年时间 may look back to."""


@dataclass(slots=True)
class Clock:
    """What a phrase without a year of its own refers to while a text is read.

    `reviews` says that the title announces a review of the reference year.
    `years` are the years that the paragraph named and that stay in force, each with the position at which it ends
    (None: with the paragraph); `named` are all that it named, `begun` those in which what it tells of may have begun,
    `paired` is the year in which help from outside began; `dated` is the last one in the sentence being read.
    `told` is the year that was in force at the end of the last paragraph that named one.
    `left` is the year that a change of the paragraph starts from, `change` those of its two ends; `stretches` are the
    spans of so many years that were told before: another 五年 of the text is the same.
    """

    year: int | None
    month: int | None
    written: str | None
    head: str | None = None
    at_title: bool = True
    reviews: bool = False
    years: list[tuple[int, int | None]] = field(default_factory=list)
    named: list[int] = field(default_factory=list)
    begun: list[int] = field(default_factory=list)
    paired: int | None = None
    dated: int | None = None
    event: str | None = None
    since: int = 0
    told: int | None = None
    left: int | None = None
    change: tuple[int, int] | None = None
    stretches: dict[int, str] = field(default_factory=dict)

    def paragraph_begins(self) -> None:
        """Forget what the paragraph before said of years."""
        self.told = self.paragraph or self.told
        self.years, self.named, self.begun, self.dated, self.left, self.change = [], [], [], None, None, None

    def set(self, year: int, until: int | None) -> None:
        """Put a year in force up to a position; one for the whole paragraph takes the place of all before it."""
        lasting = [] if until is None else [known for known in self.years if known[1] is None]
        self.years = [*lasting, (year, until)]

    def name(self, *years: int, begun: int) -> None:
        """Note years that the paragraph names, and in which what it tells of may have begun; only the latest few."""
        self.named = [*self.named, *years][-NAMED:]
        last = years[-1:] if years[-1] != years[0] else ()
        self.begun = [*self.begun, begun, *last][-NAMED:]

    def goes_on(self, position: int) -> None:
        """Go on to this position: years that ended before it are no longer in force."""
        self.years = [(year, until) for year, until in self.years if until is None or until > position]

    @property
    def paragraph(self) -> int | None:
        """The year in force by what the paragraph has said."""
        return self.years[-1][0] if self.years else None

    @property
    def headed(self) -> int | None:
        """The last year of what heads the section."""
        if self.head is None:
            return None
        return int(self.head.rsplit("/", maxsplit=1)[-1][:YEAR_CHARS])

    @property
    def in_force(self) -> int | None:
        """The year in force: of the paragraph, of the section, or the reference year."""
        if self.paragraph is not None:
            return self.paragraph
        return self.year if self.headed is None else self.headed

    @property
    def last_year(self) -> int | None:
        """The year in which a stretch without an end of its own ends: a review of a year ends with that year."""
        if self.year is None:
            return None
        reviews = self.headed == self.year - 1 or (self.month is not None and self.month <= REVIEWS_UNTIL)
        return self.year - reviews

    def stretch_of(self, n: int) -> str | None:
        """The n years that head the section (本届政府工作回顾…五年新增), or that the text has told of before."""
        first, _, last = (self.head or "").partition("/")
        if last and int(last[:YEAR_CHARS]) - int(first[:YEAR_CHARS]) == n - 1:
            return self.head
        if n in self.stretches:
            return self.stretches[n]
        if self.change and self.change[1] - self.change[0] in (n - 1, n):
            return f"{self.change[0]}/{self.change[1]}"
        return None

    @property
    def reviewed(self) -> int | None:
        """The year that a report reviews: that of the section's head (一、2016年工作回顾), or that of its title.

        A title that announces no review (2019年政府工作报告) is named after the year in which it was given.
        """
        if self.head is None or len(self.head) != YEAR_CHARS or self.year is None:
            return None
        year = int(self.head)
        known = self.reviews or not self.at_title
        # 今年以来 in news heads its section too, and reviews nothing.
        return year if known and (year < self.year or self.month is None) and year <= self.year else None

    @property
    def reaches_last_year(self) -> bool:
        """Whether the paragraph last told of a stretch of years that ends with the year before the reference year."""
        told = self.named[-2:]
        return self.year is not None and len(told) == 2 and told[0] < told[1] == self.year - 1 == self.paragraph

    def looks_back(self) -> bool:
        """Whether an article of the first weeks of a year is speaking of the year before."""
        before = self.year is not None and self.paragraph == self.year - 1
        return before and self.month is not None and self.month <= LOOKS_BACK_UNTIL
