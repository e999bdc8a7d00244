"""Value-gated grounding: what else a fact says counts only where its value is right.

What a number means and how large it is are different skills, and the other scorers tell them apart. Who uses a row of
a table needs both: the right indicator beside a wrong figure is no use. `grounded` is the figure itself: the value is
right, and the span opens the very words that the fact shows, the number where the labels have it. `gated.FIELD` is
another field of such a row, and tells no misses: they are told by the field's own scorer. Both are shares of the found
facts; a fact that is missing costs recall alone.
"""

from collections.abc import Callable, Mapping

from evals.gold import GoldFact
from evals.scorers import codes, counted, label, per, period, place, qualifier, value
from evals.scorers.compared import Compared, Pair
from evals.scorers.tally import Miss, Scored, Tally
from schemas.report import Fact

FIELDS: Mapping[str, Callable[[GoldFact, Fact], float]] = {
    "value": value.right,
    "counted": counted.right,
    "qualifier": qualifier.right,
    "per": per.right,
    "label": label.right,
    **codes.CODES,
    "place": place.right,
    "year": period.same_year,
    "period": period.right,
}
"""How each field of a found fact is compared."""


def score(given: Compared) -> Scored:
    """`grounded` of every found fact where the text is known, and `gated.FIELD`."""
    pairs, n = given.pairs, len(given.pairs)
    valued = [(gold, fact) for gold, fact in pairs if value.right(gold, fact)]
    scores = {
        f"gated.{name}": Tally(sum(float(right(gold, fact)) for gold, fact in valued), n)
        for name, right in FIELDS.items()
        if name != "value"
    }
    if given.raw is None:
        return scores, []
    raw = given.raw
    unopened = [pair for pair in pairs if not opens(raw, pair)]
    misses = [Miss("grounded", f.span[0], f.mention, f.mention, raw[slice(*f.span)]) for _, f in unopened]
    return {"grounded": Tally(sum(opens(raw, pair) for pair in valued), n)} | scores, misses


def opens(raw: str, pair: Pair) -> bool:
    """Whether the span opens the fact's mention, and its number stands where the labels have it."""
    gold, fact = pair
    return raw[slice(*fact.span)] == fact.mention and fact.number_at == gold.number_at
