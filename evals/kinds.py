"""What kind of article a sample is, from its label file or from `samples/kinds.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from evals.gold import Sample

TABLE = Path(__file__).parent / "samples" / "kinds.toml"

UNKNOWN = "-"


@cache
def table() -> Mapping[str, Mapping[str, str]]:
    """`kinds` with a sentence on each, and `samples` with the kind of each."""
    return tomllib.loads(TABLE.read_text("utf-8"))


def kind_of(sample: Sample) -> str:
    """The sample's kind; `-` where nobody has said."""
    return sample.gold.kind or table()["samples"].get(sample.name, UNKNOWN)
