"""Subject and document: what the article is, and the place that it reports on; field by field, once an article.

Null is an answer: a publisher where the text states none is as wrong as none where it states one. The width of marks
and of spaces is the page's, and no part of what a title or a name says.
"""

import unicodedata

from evals.scorers.compared import Compared
from evals.scorers.tally import Miss, Scored, Tally

SUBJECT = ("name", "level", "province", "prefecture")
DOCUMENT = ("title", "publisher", "authors", "published", "reference_year", "complete", "script", "corrupted")


def score(given: Compared) -> Scored:
    """`subject.FIELD` and `document.FIELD`."""
    gold, report = given.gold, given.report
    told = {f"subject.{name}": (getattr(gold.subject, name), getattr(report.subject, name)) for name in SUBJECT}
    told |= {f"document.{name}": (getattr(gold.document, name), getattr(report.document, name)) for name in DOCUMENT}
    right = {name: folded(a) == folded(b) for name, (a, b) in told.items()}
    misses = [Miss(name, 0, "", str(a), str(b)) for name, (a, b) in told.items() if not right[name]]
    return {name: Tally(said, 1) for name, said in right.items()}, misses


def folded(said: object) -> object:
    """The same with marks and spaces of one width."""
    return " ".join(unicodedata.normalize("NFKC", said).split()) if isinstance(said, str) else said
