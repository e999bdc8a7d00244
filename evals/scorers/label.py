"""Label: the words that name the quantity, scored by the characters that both have.

Two careful readers name a quantity alike and not identically (发放小额贷款, 小额贷款发放), so credit is partial: F1 of
characters as multisets. Only a label that shares less than half is told as a miss.
"""

from collections import Counter

from evals.gold import GoldFact
from evals.scorers.compared import Compared, of_field
from evals.scorers.tally import Scored
from schemas.report import Fact

TOLD_BELOW = 0.5


def label_f1(a: str, b: str) -> float:
    """F1 of characters as multisets: the same words in another order are the same label."""
    common = sum((Counter(a) & Counter(b)).values())
    return 2 * common / (len(a) + len(b)) if common else 0.0


def right(gold: GoldFact, fact: Fact) -> float:
    """Between 0 and 1."""
    return label_f1(gold.label, fact.label)


def score(given: Compared) -> Scored:
    """`label` of every found fact."""
    return of_field(given, "label", right, lambda fact: fact.label, least=TOLD_BELOW)
