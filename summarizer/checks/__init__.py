"""Arithmetic that the figures of an article must obey, and what it proves about figures that lost digits.

A relation is proposed from what the facts mean and how the text joins them, never because numbers happen to agree. A
check says what was expected and what is stated; it never changes a figure that the article states. Where a damaged
figure has exactly one completion that satisfies every relation the wording makes firm, these prove it.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from schemas.report import Check, Fact
from schemas.vocabulary import Qualifier
from summarizer.checks import averages, dates, limits, progress, rates, repeated, sanity, standing, totals, wholes
from summarizer.checks.digits import completions, mended_by_one_digit
from summarizer.checks.figure import Figure, Page
from summarizer.checks.needs import may_propose
from summarizer.checks.relation import Arithmetic, Judged, Relation, judge, note, rounded
from summarizer.precheck.brief import Brief

RULES = (
    *standing.RULES,
    *wholes.RULES,
    *totals.RULES,
    *rates.RULES,
    *averages.RULES,
    *limits.RULES,
    *progress.RULES,
    *repeated.RULES,
)
"""Every kind of relation, each proposing from what facts mean; of two over the same figures the first is kept."""


_PARTS = frozenset({wholes.PART, progress.PLACE, standing.LEFT_OF, standing.OF_THE_POOR, standing.FEWER})
"""What an equation over the same figures says already."""


def check(brief: Brief, facts: Sequence[Fact]) -> tuple[tuple[Check, ...], tuple[Fact, ...]]:
    """All checks, in the order of the text, and the facts with what the checks prove."""
    page = Page.of(brief, tuple(facts))
    relations = _distinct(r for rule in RULES if may_propose(rule, page) for r in rule(page))
    proved = _proofs(page, relations)
    checks: list[Check] = []
    proofs: dict[int, int] = {}
    judgements = [(r, judge(r)) for r in (r.replace(proved) if proved else r for r in relations)]
    told = [(r, j) for r, j in judgements if j is not None and (j.holds or _is_worth_telling(page, r, j))]
    sums = [set(r.ids) for r, _ in told if r.arithmetic in (Arithmetic.SUM, Arithmetic.DIFFERENCE)]
    for relation, judged in told:
        if relation.rule in _PARTS and any(set(relation.ids) < ids for ids in sums):
            continue  # a part that adds up to a whole is no more than it
        for figure in relation.figures:
            if figure.id in proved and relation.firm:
                proofs.setdefault(figure.id, len(checks))
        checks.append(_check(relation, judged))
    checks += (*sanity.broken(page), *dates.disordered(page))
    return tuple(checks), tuple(_with_proof(fact, proved, proofs) for fact in facts)


def proved_words(brief: Brief, facts: Iterable[Fact]) -> dict[int, str]:
    """The article's words for each proved figure, with the lost digit in its place: `185%`, `19.4万人`."""
    by_id = {c.id: c for c in brief.candidates}
    words = {}
    for fact in facts:
        if fact.proved_by is None:
            continue
        candidate = by_id[fact.id]
        damaged = Figure(
            fact, candidate.start, candidate.end, candidate.number_at, brief.text[candidate.start : candidate.end]
        )
        words[fact.id] = next(
            f.words for f in completions(Page(brief.text, (damaged,)), damaged) if f.value == fact.value
        )
    return words


def _distinct(relations: Iterable[Relation]) -> tuple[Relation, ...]:
    """In the order of the text; two rules that see one relation tell it once."""
    first: dict[tuple[int, ...], Relation] = {}
    for relation in relations:
        if len(set(relation.ids)) == len(relation.figures):
            first.setdefault(relation.ids, relation)
    return tuple(sorted(first.values(), key=lambda r: r.ids))


def _proofs(page: Page, relations: Sequence[Relation]) -> Mapping[int, Figure]:
    """Damaged figures with the one completion that every firm equation over otherwise known figures allows."""
    proved = {}
    for figure in (f for f in page.figures if f.value is None):
        bearing = [r for r in relations if r.firm and r.proves and figure.id in r.ids]
        fitting = [
            c for c in completions(page, figure) if bearing and all(_holds(r.replace({figure.id: c})) for r in bearing)
        ]
        if len(fitting) == 1:
            proved[figure.id] = fitting[0]
    return proved


_NEAR = Decimal("0.25")
"""Share of a figure by which an equation may miss it and still be a slip; one that misses by more was misread, save
that a magnitude (亿 for 万) may have slipped."""


def _is_worth_telling(page: Page, relation: Relation, judged: Judged) -> bool:
    """Whether a relation that does not hold is a contradiction rather than a list that leaves parts out."""
    if not relation.firm:
        return _is_surely_a_slip(relation, judged) and mended_by_one_digit(page, relation)
    # What costs most is asked last: to exchange digits is to read clauses anew.
    return _is_near(relation, judged) or mended_by_one_digit(page, relation)


def _is_near(relation: Relation, judged: Judged) -> bool:
    """Whether an equation misses its figure by little, but for a magnitude; a bound or a repetition always does."""
    stated = relation.stated.value
    if stated is None:
        return False
    if not relation.proves or relation.arithmetic is Arithmetic.SAME or not (stated and judged.expected > 0):
        return True
    share = judged.expected / stated
    return any(abs(share * factor - 1) <= _NEAR for factor in _MAGNITUDES)


_ADDED_UP = frozenset({Arithmetic.SUM, Arithmetic.DIFFERENCE, Arithmetic.SAME})

_MOST = {
    Arithmetic.SUM: Decimal(1),
    Arithmetic.DIFFERENCE: Decimal("0.5"),
    Arithmetic.SAME: Decimal("0.8"),
    Arithmetic.PRODUCT: Decimal(30),
}
"""How many mends by chance, for each that the size of the figures allows, still leave a slip the likelier reading. A
count, what each got and what all got are tied by their units: chance hardly brings three of these together."""


def _is_surely_a_slip(relation: Relation, judged: Judged) -> bool:
    """Whether that one digit would mend a relation which is only suggested says that this digit is wrong.

    Small or rounded figures are mended by one digit as a rule: `6项指标,其中3项第一、2项第二` by 6 to 5, though nothing
    is wrong. Rates are always rounded, and told of what their words name.
    """
    if any(f.fact.qualifier is not Qualifier.EXACT for f in relation.figures):
        return False
    stated = relation.stated.value
    if relation.arithmetic not in (*_ADDED_UP, Arithmetic.PRODUCT) or stated is None:
        return True
    span, grain = max(judged.expected, stated), _grain(relation)
    if relation.arithmetic is Arithmetic.PRODUCT:
        exchanges = 9 * sum(c.isascii() and c.isdigit() for f in relation.figures for c in f.words)
        return exchanges * (2 * judged.tolerance + grain) <= _MOST[Arithmetic.PRODUCT] * span
    off = abs(judged.expected - stated)
    # Parts that are written alike add up to the last digit: one digit that is wrong is off by itself and no more.
    return (
        len(off.normalize().as_tuple().digits) == 1
        and 9 * _places(span, grain) * grain <= _MOST[relation.arithmetic] * span
    )


def _grain(relation: Relation) -> Decimal:
    """The place of the last digit that is not a zero, in the stated figure and in what is added up to it."""
    added = relation.arithmetic in _ADDED_UP
    values = [f.value for f in (relation.figures if added else (relation.stated,)) if f.value]
    exponents = [exponent for v in values if isinstance(exponent := v.normalize().as_tuple().exponent, int)]
    return Decimal(10) ** min(exponents, default=0)


def _places(span: Decimal, grain: Decimal) -> int:
    """How many digits a figure has down to a place: each may be off by one to nine."""
    return (span / grain).adjusted() + 1


_MAGNITUDES = tuple(Decimal(10) ** n for n in (-8, -4, -3, -2, -1, 0, 1, 2, 3, 4, 8))


def _holds(relation: Relation) -> bool:
    judged = judge(relation)
    return judged is not None and judged.holds


def _check(relation: Relation, judged: Judged) -> Check:
    stated = relation.stated.value
    assert stated is not None
    return Check(
        rule=relation.rule,
        facts=relation.ids,
        expected=rounded(judged.expected),
        stated=stated,
        tolerance=rounded(judged.tolerance),
        holds=judged.holds,
        note=note(relation, judged),
    )


def _with_proof(fact: Fact, proved: Mapping[int, Figure], proofs: Mapping[int, int]) -> Fact:
    if fact.id not in proofs:
        return fact
    return fact.replace(value=proved[fact.id].value, upper=proved[fact.id].fact.upper, proved_by=proofs[fact.id])
