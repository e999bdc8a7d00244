"""The weights by which words, units and the rules speak for an indicator (`data/indicator_weights.tsv`)."""

from functools import cache

from schemas.vocabulary import Indicator
from summarizer.readers import linear_model
from summarizer.readers.linear_model import LinearModel

FILE = "indicator_weights.tsv"

INDICATORS = tuple(Indicator)


@cache
def indicator_model() -> LinearModel[Indicator]:
    """The packaged model, read once per process."""
    return read(linear_model.packaged(FILE))


def read(text: str) -> LinearModel[Indicator]:
    """The model that a file's text holds."""
    return LinearModel(INDICATORS, linear_model.read_weights(text, INDICATORS))
