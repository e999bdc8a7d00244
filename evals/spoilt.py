"""The spoilt variants of every clean sample: made when they are read, scored by recipe.

A recipe spoils a sample in one way that is met on the web, and the labels travel along. Beside the scores that every
sample has stand those that a spoilt text is about: no figure that differs from what the clean article states, and
which losses were seen. Chance comes from the names of sample and recipe, so that every run makes the same files.
"""

import asyncio
import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from evals import carry
from evals.gold import Gold, GoldDamage, load
from evals.label import raw_text
from evals.run import ARTICLES, SAMPLES, Result, result_of
from evals.scorers import Miss, Scores, Tally, align, span_overlap
from evals.spoil import encode, follow
from schemas.outcome import Reported
from schemas.report import CountyReport
from schemas.vocabulary import Lost
from summarizer import Summarizer
from summarizer.settings import Settings

UTF_8 = "utf-8"


@dataclass(frozen=True, slots=True)
class Recipe:
    """Spoilers in their order, each a name and its arguments, and the encoding that the file is saved in."""

    steps: tuple[tuple[str, ...], ...] = ()
    encoding: str = UTF_8


RECIPES: Mapping[str, Recipe] = {
    "traditional": Recipe((("traditional",),)),
    "pinyin": Recipe((("traditional",), ("double_punctuation",), ("annotate",), ("narrow",))),
    "byte-shift": Recipe((("traditional",), ("scrape",), ("narrow",))),
    "brackets": Recipe((("bracket",),)),
    "doubled": Recipe((("double_punctuation",), ("narrow",))),
    "full-width": Recipe((("full_width",),)),
    "furniture": Recipe((("furniture",),)),
    "web-page": Recipe((("web_page",),)),
    "misread": Recipe((("misread",),)),
    "gb18030": Recipe(encoding="gb18030"),
    # Big5 has the characters of Taiwan: 裡, where OpenCC's standard is 裏.
    "big5": Recipe((("traditional", "s2tw"),), "big5hkscs"),
    "utf-16": Recipe(encoding="utf-16"),
    "all-at-once": Recipe((("traditional",), ("scrape",), ("narrow",), ("furniture",)), "gb18030"),
}

SEEDED = frozenset({"bracket", "scrape"})
"""Spoilers that take a seed."""

GATED = ("clean-simplified-workreport", "clean-traditional-feature", "heilongjiang-brief", "hubei-work-report")
"""Samples whose variants the gate reads: both scripts, many figures, many units, many years."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A spoilt sample; `truth` is what the clean article states at each number, as (value, upper)."""

    name: str
    recipe: str
    data: bytes
    gold: Gold
    truth: Mapping[int, tuple[Decimal | None, Decimal | None]]


def variants(labels: Path, articles: Path, recipe: str, names: Sequence[str] = ()) -> Iterator[Variant]:
    """Every clean sample (or those named) spoilt by a recipe; left out where its encoding does not hold the text.

    Raises FileNotFoundError as `load` does.
    """
    for sample in load(labels, articles):
        clean = sample.gold.outcome is None and not sample.gold.document.corrupted
        if clean and (not names or sample.name in names):
            gold: carry.Gold = json.loads((labels / f"{sample.name}.json").read_text("utf-8"), parse_float=Decimal)
            made = _spoilt(sample.name, carry.Sample(raw_text(sample.path), gold), recipe)
            if made is not None:
                yield made


def _spoilt(name: str, clean: carry.Sample, recipe: str) -> Variant | None:
    way = RECIPES[recipe]
    seed = random.Random(f"{name} {recipe}").randrange(1 << 32)
    numbered = [{**fact, "of": i} for i, fact in enumerate(clean.gold["facts"])]
    steps = [[*step, seed] if step[0] in SEEDED else [*step] for step in way.steps]
    try:
        made = follow(carry.Sample(clean.text, {**clean.gold, "facts": numbered}), {"steps": steps, "proved": {}})
        data = encode(made, way.encoding)
    except UnicodeError:
        return None
    before = Gold.model_validate(clean.gold).facts
    truth = {fact["number_at"]: before[fact["of"]] for fact in made.gold["facts"]}
    stated = {at: (fact.value, fact.upper) for at, fact in truth.items()}
    return Variant(f"{name}+{recipe}", recipe, data, Gold.model_validate(made.gold), stated)


def figures(variant: Variant, report: CountyReport) -> tuple[Tally, list[Miss]]:
    """Of the facts with a value, those that the clean article states: one that is not is a false figure."""
    at = {fact.id: label for label, fact in align(variant.gold, report)}
    right, misses = 0, []
    valued = [fact for fact in report.facts if fact.value is not None]
    for fact in valued:
        label = at.get(fact.id)
        stated = variant.truth[label.number_at] if label else None
        if stated == (fact.value, fact.upper):
            right += 1
        else:
            misses.append(Miss("figures", fact.number_at, fact.mention, str(stated), f"{fact.value}..{fact.upper}"))
    return Tally(right, len(valued)), misses


def losses(variant: Variant, report: CountyReport) -> tuple[Scores, list[Miss]]:
    """Which losses were seen, whatever was restored, and how many of those told are losses."""
    gold, told = variant.gold.damage, report.damage
    seen = [label for label in gold if any(span_overlap(label.span, d.span) for d in told)]
    real = [d for d in told if any(span_overlap(label.span, d.span) for label in gold)]
    digits = [label for label in gold if label.lost is Lost.DIGIT]
    marked = [label for label in digits if _tells_digit(label, report)]
    misses = [Miss("damage.recall", g.span[0], g.quote, f"{g.restored} ({g.lost})", "-") for g in gold if g not in seen]
    misses += [Miss("damage.precision", d.span[0], "", "-", f"{d.restored} ({d.lost})") for d in told if d not in real]
    misses += [Miss("lost digits", g.span[0], g.quote, g.restored, "-") for g in digits if g not in marked]
    scores = {
        "damage.recall": Tally(len(seen), len(gold)),
        "damage.precision": Tally(len(real), len(told)),
        "lost digits": Tally(len(marked), len(digits)),
    }
    return scores, misses


def _tells_digit(label: GoldDamage, report: CountyReport) -> bool:
    return any(span_overlap(label.span, d.span) and d.lost is Lost.DIGIT for d in report.damage)


async def evaluate(spoilt: Iterable[Variant], settings: Settings) -> list[Result]:
    """Read and score every variant; a result's column is its recipe."""
    results = []
    async with Summarizer(settings) as summarizer:
        for one in spoilt:
            outcome = await summarizer.outcome(one.data, name=one.name)
            result = result_of(one.name, one.gold, outcome)
            scores, misses = dict(result.scores), list(result.misses)
            if isinstance(outcome, Reported):
                scores["figures"], wrong = figures(one, outcome.report)
                seen, missed = losses(one, outcome.report)
                scores, misses = scores | seen, misses + wrong + missed
            results.append(replace(result, column=one.recipe, scores=scores, misses=misses))
    return results


def run(
    recipes: Iterable[str],
    settings: Settings,
    labels: Path = SAMPLES,
    articles: Path = ARTICLES,
    names: Sequence[str] = (),
) -> list[Result]:
    """`evaluate` for the command line: all clean samples, or those named, by each of the recipes."""
    return asyncio.run(
        evaluate((one for recipe in recipes for one in variants(labels, articles, recipe, names)), settings)
    )
