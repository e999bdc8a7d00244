"""What only a whole folder shows: a county's figures over the years, and articles that contradict one another."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from schemas.report import CountyReport, Fact
from schemas.vocabulary import Indicator, Qualifier, Unit

STANDING = frozenset(
    {
        *(Indicator.POPULATION, Indicator.RURAL_POPULATION, Indicator.AREA, Indicator.TOWNSHIPS, Indicator.VILLAGES),
        *(Indicator.POOR_VILLAGES, Indicator.REGISTERED_HOUSEHOLDS, Indicator.REGISTERED_PERSONS),
        *(Indicator.LIFTED_HOUSEHOLDS, Indicator.LIFTED_PERSONS, Indicator.POVERTY_RATE),
        *(Indicator.REMAINING_HOUSEHOLDS, Indicator.REMAINING_PERSONS),
    }
)
"""Quantities of which a place has one at a time. Of loans or projects two articles may name two, and both be right."""

_NUMBER = re.compile(r"[\d０-９][\d０-９,，]*(?:[.．]([\d０-９]+))?")
_MAGNITUDES = {"十": 1, "百": 2, "千": 3, "万": 4, "萬": 4, "亿": 8, "億": 8}


@dataclass(frozen=True, slots=True)
class Figure:
    """One headline figure of one article's subject."""

    article: int
    fact: int
    indicator: Indicator
    unit: Unit
    value: Decimal
    period: str | None
    qualifier: Qualifier
    label: str
    grain: Decimal


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A figure that two articles give differently for the same place and time."""

    place: str
    indicator: Indicator
    period: str
    figures: tuple[Figure, ...]


def figures_of(article: int, report: CountyReport) -> list[Figure]:
    """The report's headline figures, in its order."""
    by_id = {fact.id: fact for fact in report.facts}
    headline = [(indicator, by_id[i]) for indicator, ids in report.figures.items() for i in ids]
    return [_figure(article, indicator, fact, fact.value) for indicator, fact in headline if fact.value is not None]


def _figure(article: int, indicator: Indicator, fact: Fact, value: Decimal) -> Figure:
    return Figure(
        article=article,
        fact=fact.id,
        indicator=indicator,
        unit=fact.unit,
        value=value,
        period=fact.period,
        qualifier=fact.qualifier,
        label=fact.label,
        grain=grain(fact),
    )


def grain(fact: Fact) -> Decimal:
    """The step in which the article states a figure: 100 for `1.97万`, 1 for `19698`."""
    match = _NUMBER.search(fact.mention)
    if match is None:
        return Decimal(1)
    exponent = -len(match[1] or "")
    for character in fact.mention[match.end() :]:
        exponent += _MAGNITUDES.get(character, 0)
    return Decimal(1).scaleb(exponent)


def agree(one: Figure, other: Figure) -> bool:
    """Whether two figures may be the same quantity, one perhaps rounded, or cut off, to coarser steps."""
    return abs(one.value - other.value) < max(one.grain, other.grain)


def contradictions(places: Iterable[tuple[str, Sequence[Figure]]]) -> list[Contradiction]:
    """Figures of which two articles on the same place agree in none.

    `places` gives each article's place (its code, or its name) and figures. An article that states several numbers
    under one indicator (all poor households, and those poor by illness) contradicts another only where no number of
    the one is a number of the other. Qualified figures (over, about) are left out: they bound, and do not state.
    """
    stated: dict[tuple[str, Indicator, Unit, str], dict[int, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for place, figures in places:
        for figure in figures:
            if figure.period and figure.indicator in STANDING and figure.qualifier is Qualifier.EXACT:
                key = (place, figure.indicator, figure.unit, figure.period)
                stated[key][figure.article].append(figure)
    found = []
    for (place, indicator, _, period), by_article in stated.items():
        if at_odds := dict.fromkeys(_at_odds(by_article.values())):
            ordered = sorted(at_odds, key=lambda figure: (figure.article, figure.fact))
            found.append(Contradiction(place, indicator, period, tuple(ordered)))
    return sorted(found, key=lambda c: (c.place, c.indicator, c.period))


def _at_odds(articles: Iterable[list[Figure]]) -> Iterator[Figure]:
    for ours, theirs in combinations(articles, 2):
        if not any(agree(one, other) for one in ours for other in theirs):
            yield from (*ours, *theirs)
