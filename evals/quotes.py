"""Quotes of an article: words around a label that lead to one place, as label files want them."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

Spans = tuple[int, int]

WIDEST = 160
"""Characters that a quote may have beside the label itself."""


class Quotes:
    """Finds quotes in one raw text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def around(self, span: Spans) -> str | None:
        """The shortest words around a span that occur once in the text, the span's own words once in them."""
        mention = self.text[slice(*span)]
        wide = self.widened(span, 0, len(self.text), lambda words: words.count(mention) == 1)
        return None if wide is None else self.text[slice(*wide)]

    def leads(self, quote: str, span: Spans) -> bool:
        """Whether a quote occurs once, and its mention of the span's words is the span."""
        mention = self.text[slice(*span)]
        at = self.text.find(quote) if quote else -1
        once = at >= 0 and self.text.find(quote, at + 1) < 0 and quote.count(mention) == 1
        return once and at + quote.index(mention) == span[0]

    def widened(
        self, span: Spans, low: int, high: int, pleases: Callable[[str], bool] = lambda _: True
    ) -> Spans | None:
        """The shortest span around one, between `low` and `high`, whose words occur once and please."""
        for extra in range(WIDEST + 1):
            # Words before a number tell more about it than words after it: left first.
            for right in range(extra + 1):
                start, end = span[0] - extra + right, span[1] + right
                if low <= start and end <= high:
                    words = self.text[start:end]
                    if self._is_unique(words) and pleases(words):
                        return start, end
        return None

    def occurrences(self, words: str) -> Iterator[Spans]:
        """Every place where words stand, none over another."""
        at = self.text.find(words)
        while at >= 0:
            yield at, at + len(words)
            at = self.text.find(words, at + len(words))

    def _is_unique(self, words: str) -> bool:
        at = self.text.find(words)
        return self.text.find(words, at + 1) < 0


def traps(text: str, asides: Iterable[tuple[Spans, str, str]], facts: Iterable[Spans]) -> list[dict[str, Any]]:
    """Numbers that are no facts, each with its reason and a note, as a label file has them.

    A trap's quote stands for every place where it occurs. So `2020年` is one trap if it is a date wherever it stands,
    and a quote is widened, up to the facts beside it, where it is not.
    """
    quotes, found, known = Quotes(text), list(asides), list(facts)
    reasons = {span: reason for span, reason, _ in found}
    made: dict[str, dict[str, Any]] = {}
    for span, reason, why in found:
        words = text[slice(*span)]
        places = list(quotes.occurrences(words))
        if not all(reasons.get(place) == reason for place in places):
            low = max((end for _, end in known if end <= span[0]), default=0)
            high = min((start for start, _ in known if start >= span[1]), default=len(text))
            # Where nothing tells it from the others, the words stay, and the check of the labels says what is wrong.
            places = [quotes.widened(span, low, high) or span]
            words = text[slice(*places[0])]
        made.setdefault(words, {"quote": words, "reason": reason, "why": why, "spans": [list(p) for p in places]})
    return list(made.values())
