"""Hallucinated figures: values that the article does not state where the fact says it does. There must be none.

A figure is stated when its span opens its mention and its value is what a label has there, or what the mention says to
a reading that is not the product's (`evals.label.plain_value`), or what a check of the report proves. A wrong label
or unit is not a hallucination, and a fact without a value says nothing. Where neither a label nor that reading can
tell (an unlabelled `三万多`), the fact is not scored: it has cost precision already.
"""

from evals.gold import GoldFact
from evals.label import plain_value
from evals.scorers.compared import Compared
from evals.scorers.tally import Miss, Scored, Tally
from schemas.report import Fact

NAME = "not hallucinated"


def score(given: Compared) -> Scored:
    """`not hallucinated` of the facts with a value; not scored without the text."""
    if given.raw is None:
        return {}, []
    labels = {fact.id: gold for gold, fact in given.pairs}
    judged = [(fact, stated(fact, labels.get(fact.id), given.raw)) for fact in given.report.facts]
    scored = [(fact, right) for fact, right in judged if right is not None]
    misses = [
        Miss(NAME, f.number_at, f.mention, f"“{given.raw[slice(*f.span)]}” in the text", f"{f.value}..{f.upper}")
        for f, right in scored
        if not right
    ]
    return {NAME: Tally(len(scored) - len(misses), len(scored))}, misses


def stated(fact: Fact, label: GoldFact | None, raw: str) -> bool | None:
    """Whether the article states a fact's value at its span; None where that cannot be told."""
    if fact.value is None:
        return None
    if raw[slice(*fact.span)] != fact.mention:
        return False
    if fact.proved_by is not None or (label is not None and (label.value, label.upper) == (fact.value, fact.upper)):
        return True
    said = _said(fact)
    return said if said is not None or label is None else False


def _said(fact: Fact) -> bool | None:
    """Whether the mention says the value, by a reading of plain numbers alone."""
    plain = plain_value(fact.mention)
    return None if plain is None else plain[0] == fact.value and fact.upper is None
