"""The weights by which words speak for a status (`data/status_weights.tsv`), and the words that are heard."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from schemas.vocabulary import Status
from summarizer.precheck.topics import Finder
from summarizer.readers import linear_model
from summarizer.readers.linear_model import LinearModel

FILE = "status_weights.tsv"

STATUSES = tuple(Status)

OTHER = "other"
"""The list of words that speak for no one status."""


@cache
def status_model() -> LinearModel[Status]:
    """The packaged model, read once per process."""
    return read(linear_model.packaged(FILE))


def read(text: str) -> LinearModel[Status]:
    """The model that a file's text holds."""
    return LinearModel(STATUSES, linear_model.read_weights(text, STATUSES))


@cache
def lists() -> Mapping[str, Sequence[str]]:
    """The table `heard` of `data/status.toml`: words in which it is heard whether something has happened."""
    table = tomllib.loads(resources.files("summarizer.readers").joinpath("data/status.toml").read_text("utf-8"))
    return dict(table["heard"])


@cache
def heard() -> Mapping[str, str]:
    """Those words, each with the list that it stands in."""
    return {word: name for name, words in lists().items() for word in words}


@cache
def finder() -> Finder:
    """What finds those words."""
    return Finder(heard())
