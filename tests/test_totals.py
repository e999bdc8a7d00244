"""Scores added up over articles: micro and macro means, bootstrap intervals, kinds of article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.gold import load
from evals.kinds import UNKNOWN, kind_of, table
from evals.run import ARTICLES, SAMPLES
from evals.scorers import Tally
from evals.totals import add_up, draws, means
from tests.conftest import ENDLESS, processor_seconds


def articles(*counts: tuple[int, int]) -> list[dict[str, Tally]]:
    """One score of some articles, as right and total."""
    return [{"place": Tally(right, total)} for right, total in counts]


def test_micro_weighs_items_and_macro_articles() -> None:
    """A long article counts for more in the one and not in the other."""
    mean = means(articles((9, 90), (10, 10)))["place"]
    assert mean.tally.score == pytest.approx(0.19)
    assert mean.macro == pytest.approx(0.55)


def test_articles_without_the_score_are_not_counted() -> None:
    """What was not scored is no zero, in either mean."""
    mean = means([*articles((3, 4), (0, 0)), {}])["place"]
    assert (mean.tally.score, mean.macro, mean.articles) == (0.75, 0.75, 1)
    assert "place" not in means(articles((0, 0)))


def test_the_interval_is_of_articles() -> None:
    """Two articles that are wholly right and two wholly wrong leave everything open, however many figures they have."""
    mean = means(articles((1000, 1000), (1000, 1000), (0, 1000), (0, 1000)))["place"]
    assert (mean.low, mean.high) == (0.0, 1.0)


def test_the_interval_of_a_known_case() -> None:
    """Half of twenty articles are right: a share with a standard error of 0.11, two of which reach 0.28 and 0.72."""
    mean = means(articles(*[(1, 1)] * 10, *[(0, 1)] * 10))["place"]
    assert (mean.low, mean.high) == (pytest.approx(0.28, abs=0.04), pytest.approx(0.72, abs=0.04))


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(5, 9)), min_size=1, max_size=12))
def test_interval_laws(counts: list[tuple[int, int]]) -> None:
    """It lies between the worst and the best article and is the same in every run."""
    scored = articles(*counts)
    mean = means(scored, 200)["place"]
    shares = [right / total for right, total in counts]
    assert min(shares) <= mean.low <= mean.high <= max(shares)
    assert means(scored, 200)["place"] == mean


def test_thousands_of_draws_come_to_their_end() -> None:
    """A hundred articles with sixty scores are not gone through anew for each draw and score."""
    scored = [{f"score-{i}": Tally((i + j) % 10, 10) for i in range(60)} for j in range(100)]
    assert processor_seconds(lambda: means(scored)) < ENDLESS
    assert len(means(scored)) == 60
    assert len(draws(100)) == 2000


def test_totals_add_up_by_name() -> None:
    """Scores that one article lacks are the other's."""
    assert add_up([{"a": Tally(1, 2)}, {"a": Tally(1, 1), "b": Tally(0, 1)}]) == {"a": Tally(2, 3), "b": Tally(0, 1)}


def test_every_sample_that_may_be_read_has_its_kind() -> None:
    """A sample without one stands in no row of the table by kind; those kept apart are sorted by who wrote them."""
    samples = list(load(SAMPLES, ARTICLES))
    assert [s.name for s in samples if kind_of(s) == UNKNOWN and not s.gold.untouched] == []
    assert {kind_of(s) for s in samples} - {UNKNOWN} <= set(table()["kinds"])


def test_the_table_of_kinds_names_samples_that_are_there() -> None:
    """A line that nothing answers to is a slip."""
    assert set(table()["samples"]) <= {path.stem for path in SAMPLES.glob("*.json")}
    assert set(table()["samples"].values()) <= set(table()["kinds"])
