"""The spoilt variants of every clean sample: made when they are read, scored by recipe.

A recipe spoils a sample in one way that is met on the web, and the labels travel along. Beside the scores that every
sample has stands one that a spoilt text is about: no figure differs from what the clean article states. Chance comes
from the names of sample and recipe, so that every run makes the same files.
"""

import asyncio
import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from evals import carry
from evals.gold import Gold, load
from evals.label import raw_text
from evals.run import ARTICLES, SAMPLES, Result, digest, result_of
from evals.scorers import Miss, Tally, align
from evals.spoil import encode, follow
from schemas.outcome import Reported
from schemas.report import CountyReport
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


async def evaluate(spoilt: Iterable[Variant], settings: Settings) -> list[Result]:
    """Read and score every variant; a result's column is its recipe."""
    results = []
    async with Summarizer(settings) as summarizer:
        for one in spoilt:
            outcome = await summarizer.outcome(one.data, name=one.name)
            raw = one.data.decode(RECIPES[one.recipe].encoding)
            result = result_of(one.name, one.gold, outcome, raw)
            scores, misses = dict(result.scores), list(result.misses)
            if isinstance(outcome, Reported):
                scores["figures"], wrong = figures(one, outcome.report)
                misses += wrong
            results.append(replace(result, column=one.recipe, scores=scores, misses=misses, sha=digest(raw, one.gold)))
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
