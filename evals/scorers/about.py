"""Subject and document: what the article is, and the place that it reports on; field by field, once an article.

Null is an answer: a publisher where the text states none is as wrong as none where it states one.
"""

from evals.scorers.compared import Compared
from evals.scorers.tally import Miss, Scored, Tally

SUBJECT = ("name", "level", "province", "prefecture")
DOCUMENT = ("title", "publisher", "authors", "published", "reference_year", "complete", "script", "corrupted")


def score(given: Compared) -> Scored:
    """`subject.FIELD` and `document.FIELD`."""
    gold, report = given.gold, given.report
    told = {f"subject.{name}": (getattr(gold.subject, name), getattr(report.subject, name)) for name in SUBJECT}
    told |= {f"document.{name}": (getattr(gold.document, name), getattr(report.document, name)) for name in DOCUMENT}
    misses = [Miss(name, 0, "", str(a), str(b)) for name, (a, b) in told.items() if a != b]
    return {name: Tally(a == b, 1) for name, (a, b) in told.items()}, misses
