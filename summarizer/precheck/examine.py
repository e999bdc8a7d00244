"""Runs the prechecks over a repaired article, in the order in which each needs the ones before."""

from collections.abc import Sequence
from dataclasses import fields, replace
from operator import attrgetter

from schemas.vocabulary import SetAsideReason
from summarizer.precheck import meant, numbers, places, sections, subject, times, verdict
from summarizer.precheck.brief import Brief
from summarizer.precheck.candidate import Candidate, Number, Part
from summarizer.text.article import Article

_FIELDS = tuple(f.name for f in fields(Number))
_ALL_OF = attrgetter(*_FIELDS)

SECTION_CHARS = 1200
"""Longest section by default, in characters: what a small model reads well in one go."""


def examine(
    article: Article,
    *,
    given_subject: str | None = None,
    given_year: int | None = None,
    section_chars: int = SECTION_CHARS,
) -> Brief:
    """Find all that needs no model.

    `given_subject` and `given_year` are what the user knows better than the text; they are recorded as given.
    """
    text, info = article.clean.text, article.info
    year, basis = times.reference_year(text, info.published, given_year)
    written = times.written(text, info.published, year)
    about = subject.find(text, info, article.furniture, given_subject, year=year)
    parts = sections.find(text, article.furniture, section_chars)
    found = numbers.find(text, article.furniture)
    candidates, aside = _numbered(found, parts)
    named = places.find(text, about, year=year)
    return Brief(
        article=article,
        subject=about,
        reference_year=year,
        reference_year_basis=basis,
        written=written,
        parts=parts,
        candidates=candidates,
        set_aside=aside,
        times=times.find(text, year, written, info.published),
        places=named,
        verdict=verdict.judge(article, about, len(candidates), named),
        meant=meant.find(text, named, about),
    )


def _numbered(found: Sequence[Number], parts: Sequence[Part]) -> tuple[tuple[Candidate, ...], tuple[Number, ...]]:
    """Number the candidates in order and find each its section; a number outside all sections is furniture."""
    candidates: list[Candidate] = []
    aside: list[Number] = []
    sections_left = iter(parts)
    part = next(sections_left, None)
    for number in found:
        while part is not None and part.end <= number.number_at:
            part = next(sections_left, None)
        if number.set_aside is not None:
            aside.append(number)
        elif part is None or number.number_at < part.start:
            aside.append(replace(number, set_aside=SetAsideReason.FURNITURE))
        else:
            known = dict(zip(_FIELDS, _ALL_OF(number), strict=True))
            candidates.append(Candidate(**known, id=len(candidates) + 1, section=part.index))
    return tuple(candidates), tuple(aside)
