"""The weights by which words and neighbours speak for a topic (`data/topic_weights.tsv`), and the words it knows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from schemas.vocabulary import Topic
from summarizer.precheck.topics import Finder
from summarizer.readers import linear_model
from summarizer.readers.linear_model import Feature, LinearModel

FILE = "topic_weights.tsv"

TOPICS = tuple(Topic)


@dataclass(frozen=True)
class TopicModel(LinearModel[Topic]):
    """The linear model of topics with the words that its features are made of."""

    finder: Finder


@cache
def topic_model() -> TopicModel:
    """The packaged model, read once per process."""
    return read(linear_model.packaged(FILE))


def read(text: str) -> TopicModel:
    """The model that a file's text holds."""
    return TopicModel(TOPICS, linear_model.read_weights(text, TOPICS), Finder(linear_model.read_words(text)))


def written(weights: Mapping[Feature, Mapping[Topic, float]], words: Iterable[str]) -> str:
    """The text of a file with these weights and words."""
    return linear_model.written(weights, words, command="evals.train_topics")
