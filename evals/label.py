"""Turns a labeller's drafts into label files, and finds the slips in them.

    python -m evals.label evals/samples/gold/NAME.json ...

A draft gives a fact by `quote` and `mention` and every other label by `quote`; fields that mostly have one value
(`upper`, `counted`, `qualifier`, `per`, `place`, `status`, `period`) may be left out. The file is written again with
`span`, `number_at` and `spans`, in the order of the text; nothing is written where a check fails. What a label
*means* no machine checks: that is the second annotator's work.
"""

import json
import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

from opencc import OpenCC
from pydantic import ValidationError

from evals.gold import Gold
from schemas.vocabulary import Script
from summarizer.text.script import foreign

Labels = dict[str, Any]

DEFAULTS: Labels = {
    "upper": None,
    "counted": None,
    "qualifier": "exact",
    "per": [],
    "place": None,
    "status": "achieved",
    "period": None,
}
"""What a fact's draft may leave out."""

FACT_KEYS = (
    *("span", "number_at", "quote", "mention", "value", "upper", "unit", "counted", "qualifier", "per"),
    *("label", "topic", "indicator", "place", "status", "period"),
)
"""The fields of a fact in a label file, in its order."""

PERIOD = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?(/\d{4}(-\d{2}(-\d{2})?)?)?")

NUMBER = re.compile(r"[\d０-９?〇零一二三四五六七八九十百千万两萬兩]")
"""Where a number begins inside its mention: after 近, 约, 不足, 低于; `?` is a digit that was eaten."""

DIGITS = re.compile(r"[\d０-９]")

PINYIN = re.compile(r"\([a-zà-ǜ]+\)")

HALF_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")

MAGNITUDES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}

UNITS: dict[str, tuple[str, Decimal]] = {
    **{word: ("CNY", Decimal(1)) for word in ("元", "块", "元钱", "块钱")},
    **{word: ("household", Decimal(1)) for word in ("户", "户贫困户")},
    **{word: ("person", Decimal(1)) for word in ("人", "名", "位")},
    **{word: ("kWh", Decimal(1)) for word in ("度", "千瓦时")},
    **{word: ("percent", Decimal(1)) for word in ("%", "％")},
    **{word: ("time", Decimal(1)) for word in ("次", "期", "场次")},
    "人次": ("person_time", Decimal(1)),
    "亩": ("mu", Decimal(1)),
    "公顷": ("mu", Decimal(15)),
    **{word: ("km2", Decimal(1)) for word in ("平方公里", "平方千米")},
    "平方米": ("m2", Decimal(1)),
    "立方米": ("m3", Decimal(1)),
    **{word: ("km", Decimal(1)) for word in ("公里", "千米")},
    "里": ("km", Decimal("0.5")),
    "米": ("m", Decimal(1)),
    "厘米": ("m", Decimal("0.01")),
    "毫米": ("m", Decimal("0.001")),
    **{word: ("kg", Decimal(1)) for word in ("公斤", "千克")},
    "斤": ("kg", Decimal("0.5")),
    "吨": ("kg", Decimal(1000)),
    "千瓦": ("kW", Decimal(1)),
    "兆瓦": ("kW", Decimal(1000)),
    "个百分点": ("percent_point", Decimal(1)),
    "岁": ("year", Decimal(1)),
    "年": ("year", Decimal(1)),
    "个月": ("month", Decimal(1)),
    "天": ("day", Decimal(1)),
    "小时": ("hour", Decimal(1)),
}
"""Unit words with their canonical unit and factor, as the guide gives them."""

PLAIN = re.compile(
    r"(?:近|约|超过|不足|低于)?(?P<number>\d[\d,]*(?:\.\d+)?)(?:多|余)?(?P<times>[十百千万亿]*)(?:多|余)?"
    r"(?P<unit>[^\d\-—~至]*?)(?:以上|以下|左右)?"
)
"""A mention that is one number in Arabic digits; ranges and Chinese numerals are left to the annotators."""


class LabelError(ValueError):
    """A label file breaks one or more rules; the message has one line for each."""


def raw_text(path: Path) -> str:
    """The article as every span sees it: its bytes decoded, a BOM not part of it, newlines as they are."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def place_labels(draft: Labels, text: str) -> Labels:
    """The label file of a draft. Raises LabelError where a quote does not lead to one place.

    A label that has a span which opens its quote keeps it; a spoilt article repeats itself in ways its quotes do not.
    """
    problems: list[str] = []
    facts = [_place_fact({**DEFAULTS, **fact}, text, problems) for fact in draft["facts"]]
    placed = {**draft, "facts": sorted(facts, key=lambda fact: fact["number_at"])}
    for key in ("milestones", "cases", "damage"):
        entries = [{**entry, "span": _place_quote(entry, text, problems)} for entry in draft[key]]
        placed[key] = sorted(entries, key=lambda entry: entry["span"])
    traps = [{**trap, "spans": [list(m.span()) for m in _everywhere(trap["quote"], text)]} for trap in draft["traps"]]
    problems += [f"trap {trap['quote']!r} is not in the article" for trap in traps if not trap["spans"]]
    placed["traps"] = sorted(traps, key=lambda trap: trap["spans"])
    if problems:
        raise LabelError("\n".join(problems))
    return placed


def problems_of(labels: Labels, text: str) -> list[str]:
    """What is wrong with a label file, one line for each slip; codes are checked by the strict reader `Gold`."""
    try:
        Gold.model_validate(labels)
    except ValidationError as error:
        return [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
    return [
        *(line for fact in labels["facts"] for line in _fact_problems(fact, text)),
        *_span_problems(labels, text),
        *_digit_problems(labels, text),
        *_script_problems(labels),
        *_name_problems(labels, text),
    ]


def plain_value(mention: str) -> tuple[Decimal, str | None] | None:
    """The value, and the unit where a unit word names it, that a plain mention in Arabic digits must have.

    None for ranges, Chinese numerals and lost digits. Written apart from the product, so that the two cannot share
    a mistake.
    """
    plain = OpenCC("t2s").convert(PINYIN.sub("", mention)).translate(HALF_WIDTH)
    match = PLAIN.fullmatch(plain)
    if not match:
        return None
    value = Decimal(match["number"].replace(",", ""))
    for magnitude in match["times"]:
        value *= MAGNITUDES[magnitude]
    # 千瓦, 千米 and 千克 are units, not a thousand 瓦, 米 or 克.
    word = match["unit"]
    if match["times"].endswith("千") and word.startswith(("瓦", "米", "克")):
        value, word = value / 1000, "千" + word
    unit, factor = UNITS.get(word, (None, Decimal(1)))
    return value * factor, unit


def article_of(label_file: Path) -> Path:
    """The article of a label file: in `articles/` beside `gold/`, or beside the label file itself."""
    name = json.loads(label_file.read_text(encoding="utf-8"))["article"]
    beside = label_file.parent.parent / "articles" / name
    return beside if label_file.parent.name == "gold" else label_file.with_name(name)


def main(arguments: Sequence[str]) -> int:
    """Label each file; 1 where any has a slip."""
    parser = ArgumentParser("python -m evals.label", description="Computes the spans of label files, or says why not.")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a label file; its article lies beside it")
    failed = 0
    for path in parser.parse_args(arguments).files:
        try:
            text = raw_text(article_of(path))
            labels = place_labels(json.loads(path.read_text(encoding="utf-8")), text)
            slips = problems_of(labels, text)
        except (LabelError, OSError, json.JSONDecodeError) as error:
            slips = str(error).splitlines()
        if slips:
            failed = 1
            print(f"{path.name}: not written", *slips, sep="\n  ")
            continue
        path.write_text(json.dumps(labels, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        print(f"{path.name}: {len(labels['facts'])} facts, {len(labels['traps'])} traps")
    return failed


def _everywhere(quote: str, text: str) -> Iterator[re.Match[str]]:
    return re.finditer(re.escape(quote), text)


def _place_quote(entry: Labels, text: str, problems: list[str]) -> list[int]:
    """The span of a label given by its quote; [0, 0] and a problem where there are none or several."""
    if "span" in entry and text[slice(*entry["span"])] == entry["quote"]:
        return list(entry["span"])
    if text.count(entry["quote"]) != 1:
        problems.append(f"{entry['quote']!r} occurs {text.count(entry['quote'])} times")
        return [0, 0]
    start = text.index(entry["quote"])
    return [start, start + len(entry["quote"])]


def _place_fact(fact: Labels, text: str, problems: list[str]) -> Labels:
    """The fact with its span and the place of its number, keys in the files' order."""
    quote, mention = fact["quote"], fact["mention"]
    span, number_at = [0, 0], 0
    if text.count(quote) != 1 or quote.count(mention) != 1:
        problems.append(f"{mention!r} occurs {quote.count(mention)} times in {quote!r}, that {text.count(quote)} times")
    else:
        start = text.index(quote) + quote.index(mention)
        span = [start, start + len(mention)]
        number = NUMBER.search(mention)
        number_at = start + number.start() if number else start
    placed = {**fact, "span": span, "number_at": number_at}
    return {key: placed[key] for key in FACT_KEYS if key in placed} | {
        key: value for key, value in placed.items() if key not in FACT_KEYS
    }


def _fact_problems(fact: Labels, text: str) -> Iterator[str]:
    name = f"{fact['mention']} in {fact['quote']}"
    if text[slice(*fact["span"])] != fact["mention"]:
        yield f"{name}: the span opens {text[slice(*fact['span'])]!r}"
    if not fact["span"][0] <= fact["number_at"] < fact["span"][1]:
        yield f"{name}: number_at lies outside the span"
    if (fact["unit"] == "count") != (fact["counted"] is not None):
        yield f"{name}: counted goes with unit count, and only with it"
    if fact["period"] is not None and not PERIOD.fullmatch(fact["period"]):
        yield f"{name}: {fact['period']!r} is no period"
    if fact["upper"] is not None and fact["upper"] <= fact["value"]:
        yield f"{name}: the upper end lies below the lower"
    plain = plain_value(fact["mention"])
    if plain and Decimal(str(fact["value"])) != plain[0]:
        yield f"{name}: value {fact['value']}, the mention says {plain[0]}"
    if plain and plain[1] not in (None, fact["unit"]):
        yield f"{name}: unit {fact['unit']}, the mention says {plain[1]}"


def _span_problems(labels: Labels, text: str) -> Iterator[str]:
    """Labels that do not open their quote, numbers labelled twice, numbers in a trap."""
    for key in ("milestones", "cases", "damage"):
        for entry in labels[key]:
            if text[slice(*entry["span"])] != entry["quote"]:
                yield f"{key}: {entry['quote']!r} is not what its span opens"
    facts = labels["facts"]
    for one, other in pairwise(facts):
        if other["span"][0] < one["span"][1]:
            yield f"{one['mention']} and {other['mention']} overlap at {other['span'][0]}"
    for trap in labels["traps"]:
        for start, end in trap["spans"]:
            if text[start:end] != trap["quote"]:
                yield f"trap {trap['quote']!r} is not what its span opens"
            for fact in facts:
                if fact["span"][0] < end and start < fact["span"][1]:
                    yield f"trap {trap['quote']!r} lies over the fact {fact['mention']} in {fact['quote']}"


def _digit_problems(labels: Labels, text: str) -> Iterator[str]:
    """Every Arabic digit lies in a fact, a trap or a damaged passage, unless the article is to be skipped."""
    if "outcome" in labels:
        return
    spans = [entry["span"] for key in ("facts", "damage") for entry in labels[key]]
    spans += [span for trap in labels["traps"] for span in trap["spans"]]
    for match in DIGITS.finditer(text):
        if not any(start <= match.start() < end for start, end in spans):
            yield f"digit {match.group()} at {match.start()} is unlabelled: …{text[max(0, match.start() - 8) :][:16]}…"


def _script_problems(labels: Labels) -> Iterator[str]:
    """Strings that are not copied from the article stand in Simplified Chinese."""
    own = [labels["document"]["title"], labels["document"]["publisher"], *labels["document"]["authors"]]
    own += [*labels["designations"], *labels["partners"], *labels["subject"].values()]
    own += [fact[key] for fact in labels["facts"] for key in ("label", "place", "counted")]
    own += [entry.get("place") for key in ("milestones", "cases") for entry in labels[key]]
    own += [case["person"] for case in labels["cases"]] + [entry["restored"] for entry in labels["damage"]]
    # Not what OpenCC would change: it writes 乾安县 as 干安县.
    traditional = foreign(Script.SIMPLIFIED)
    for string in own:
        if string and not traditional.isdisjoint(string):
            yield f"{string!r} is not Simplified: {OpenCC('t2s').convert(string)}"


def _name_problems(labels: Labels, text: str) -> Iterator[str]:
    """Designations, partners and persons are the article's own words, where it is not spoilt."""
    if labels["document"]["corrupted"]:
        return
    written = f"{text}\n{OpenCC('t2s').convert(text)}"
    for name in [*labels["designations"], *labels["partners"], *(case["person"] for case in labels["cases"])]:
        if name not in written:
            yield f"{name!r} is not in the article"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
