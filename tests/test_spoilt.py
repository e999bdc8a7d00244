"""Spoilt variants of the samples: their labels hold, and what is scored beside the usual scores is what it says."""

from decimal import Decimal

import pytest

from evals.gold import Gold, GoldDamage
from evals.run import ARTICLES, SAMPLES
from evals.scorers import score
from evals.spoilt import GATED, RECIPES, Variant, figures, variants
from schemas.report import CountyReport, Damage
from schemas.vocabulary import DamageKind, Lost
from tests.test_scorers import LABEL, gold_of


@pytest.mark.parametrize("recipe", RECIPES)
def test_every_recipe_keeps_the_labels_of_its_samples(recipe: str) -> None:
    """Every gated sample has its variant; spans open mentions, and a figure that kept its value is the clean one."""
    made = list(variants(SAMPLES, ARTICLES, recipe, GATED))
    assert [one.name for one in made] == [f"{name}+{recipe}" for name in GATED]
    for one in made:
        text = one.data.decode(RECIPES[recipe].encoding)
        assert len(one.truth) == len(one.gold.facts)
        for fact in one.gold.facts:
            assert text[slice(*fact.span)] == fact.mention
            assert fact.value is None or one.truth[fact.number_at] == (fact.value, fact.upper)


def test_a_variant_is_the_same_in_every_run() -> None:
    """Chance comes from the names alone."""
    first, second = (list(variants(SAMPLES, ARTICLES, "byte-shift", GATED[:1])) for _ in range(2))
    assert first == second


def test_spoilt_samples_are_not_spoilt_again() -> None:
    """A sample that is spoilt on purpose, or that is no report, has no variants."""
    left_out = {"spoilt-traditional", "not-a-county-report"}
    named = {one.name.partition("+")[0] for one in variants(SAMPLES, ARTICLES, "gb18030")}
    every = {path.stem for path in SAMPLES.glob("*.json")}
    assert every - named == left_out


def variant_of(gold: Gold, value: int) -> Variant:
    """A variant whose clean article states one value at its first number."""
    return Variant("a+b", "b", b"", gold, {0: (Decimal(value), None)})


def test_a_figure_other_than_the_clean_one_is_false(report: CountyReport) -> None:
    """The clean article decides, also where the spoilt one lost the digit: a proved figure is a true one."""
    lost = gold_of({**LABEL, "value": None})
    assert figures(variant_of(lost, 6487), report)[0].score == 1
    tally, misses = figures(variant_of(lost, 16487), report)
    assert (tally.score, [miss.field for miss in misses]) == (0, ["figures"])


def test_a_figure_without_a_label_is_false(report: CountyReport) -> None:
    """A number that nobody wrote is no figure."""
    assert figures(variant_of(gold_of(), 6487), report)[0].score == 0


def test_an_open_figure_is_not_false(report: CountyReport) -> None:
    """A fact without a value says nothing that could be wrong."""
    fact = report.facts[0].model_copy(update={"value": None})
    open_report = report.model_copy(update={"facts": (fact,)})
    assert figures(variant_of(gold_of(LABEL), 16487), open_report)[0].total == 0


def test_losses_are_seen_where_damage_overlaps(report: CountyReport) -> None:
    """Recall counts labels that an entry touches, precision entries that touch a label, whatever was restored."""
    label = GoldDamage(quote="?4", restored="?4", lost=Lost.DIGIT, span=(3, 5))
    gold = gold_of(LABEL, damage=[label.model_dump()])
    near = Damage(kind=DamageKind.BYTE_SHIFT, restored="x", lost=Lost.CHARACTER, span=(4, 8))
    far = near.model_copy(update={"span": (20, 22)})
    told = report.model_copy(update={"damage": (near, far)})
    scores, _ = score(gold, told)
    assert [scores[f"damage{part}"].score for part in ("", ".recall", ".precision")] == [0, 1, 0.5]
    assert scores["lost digits"].score == 0
