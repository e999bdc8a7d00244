"""Numeric faithfulness: every number in a report's prose is a number of the article, found by the report's own spans.

Nothing of the tool's own check of prose is used here: numerals are compared as they are written, after brackets with
pinyin, width and Traditional forms of numerals are taken away. A figure that arithmetic proved counts by its value.
"""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from evals.scorers.compared import Compared
from evals.scorers.tally import Miss, Scored, Tally
from schemas.report import CountyReport

_PINYIN = re.compile(r"\([a-zü\u00e0-\u01dc]+\)", re.IGNORECASE)
_FORMS = str.maketrans("萬億兩", "万亿两")
_ARABIC = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?(?:[万亿千百]+|[%‰])?")
_CHINESE = re.compile(r"[〇零一二三四五六七八九十百千万亿两]{2,}|[一二三四五六七八九两]+成")
"""Runs of numerals; a single one (一个, 三农) is a word as often as a number."""


def numerals(text: str) -> list[str]:
    """The numerals of a text, each with its magnitude, in one form for one number as it is written."""
    plain = _PINYIN.sub("", unicodedata.normalize("NFKC", text).translate(_FORMS))
    found = [(m.start(), m.group().replace(",", "")) for m in _ARABIC.finditer(plain)]
    rest = _ARABIC.sub(lambda m: " " * len(m.group()), plain)
    found += [(m.start(), m.group()) for m in _CHINESE.finditer(rest)]
    return [words for _, words in sorted(found)]


def prose_of(report: CountyReport) -> Iterator[tuple[str, str]]:
    """Every sentence of a report, with the name of its field."""
    yield "headline", report.headline
    yield "summary", report.summary
    for i, measure in enumerate(report.measures):
        yield f"measures[{i}].title", measure.title
        yield f"measures[{i}].summary", measure.summary
    for i, case in enumerate(report.cases):
        yield f"cases[{i}].summary", case.summary


def score(given: Compared) -> Scored:
    """`faithfulness` of all prose; not scored without the text."""
    if given.raw is None:
        return {}, []
    told, misses = faithfulness(given.report, given.raw)
    return {"faithfulness": told}, misses


def faithfulness(report: CountyReport, raw: str) -> tuple[Tally, list[Miss]]:
    """How many of the numerals in a report's prose the article states where the report says that it has numbers.

    Chinese numerals are looked for in the whole text as well: words of the article (一心一意) are no numbers of it.
    """
    spans = [f.span for f in report.facts] + [a.span for a in report.coverage.set_aside]
    stated = {words for a, b in spans for words in numerals(raw[a:b])}
    stated |= {words for f in report.facts if f.proved_by is not None for words in _of_value(f.value)}
    everywhere = unicodedata.normalize("NFKC", raw).translate(_FORMS)
    misses, total = [], 0
    for field, text in prose_of(report):
        for words in numerals(text):
            total += 1
            if words not in stated and (words[0].isdigit() or words not in everywhere):
                misses.append(Miss("faithfulness", 0, words, "a number of the article", f"{field}: {text}"))
    return Tally(total - len(misses), total), misses


def _of_value(value: Decimal | None) -> Iterator[str]:
    """How a proved figure may be written: plain, as a rate, in 万 or in 亿."""
    if value is not None:
        plain = f"{value.normalize():f}"
        yield from (plain, f"{plain}%")
        yield f"{(value / 10_000).normalize():f}万"
        yield f"{(value / 100_000_000).normalize():f}亿"
