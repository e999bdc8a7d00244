"""What the commands share that learn linear models from labelled samples.

They are `train_topics`, `train_indicators`, `train_status` and `train_labels`.
"""

import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from schemas.vocabulary import Code
from summarizer.readers.linear_model import BIAS, Feature

C = TypeVar("C", bound=Code)

PRACTISED = 0.15
"""What a number of a practice article counts beside one of a sample, whose labels a second person has judged."""

ROUNDS = 12
"""Rounds of the regression for many rows."""

ITERATIONS = 300
"""Steps of the regression at most; it ends sooner where it changes little."""


def fitted(
    rows: Sequence[Mapping[Feature, float]],
    labels: Sequence[C],
    *,
    strength: float,
    least: float,
    counts: Sequence[float] | None = None,
) -> dict[Feature, dict[C, float]]:
    """The weights by feature that a multinomial logistic regression gives the rows, those below `least` left out.

    Of two codes the one that comes second in the alphabet has them.
    `strength` is the regression's `C`, the inverse of its L2 penalty; `counts` is what each row counts, 1.0 where it is
    not given. Needs scikit-learn.
    """
    from sklearn.feature_extraction import DictVectorizer  # noqa: PLC0415  only training needs it
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    kind_of = type(labels[0])
    vectorizer = DictVectorizer()
    regression: Any = LogisticRegression(C=strength, max_iter=ITERATIONS, tol=1e-3)
    named = [{"\t".join(feature): value for feature, value in row.items()} for row in rows]
    regression.fit(vectorizer.fit_transform(named), [label.value for label in labels], counts)
    # Of two codes one has the weights: they speak against the other.
    codes = [kind_of(code) for code in regression.classes_[-len(regression.coef_) :]]
    found = {BIAS: dict(zip(codes, map(float, regression.intercept_), strict=True))}
    for column, name in enumerate(vectorizer.get_feature_names_out()):
        kind, word = name.split("\t")
        told = {c: float(w) for c, w in zip(codes, regression.coef_[:, column], strict=True) if abs(w) >= least}
        if told:
            found[kind, word] = told
    return found


def told_apart(
    rows: Sequence[Sequence[Feature]], right: Sequence[bool], counts: Sequence[float], *, strength: float, seldom: int
) -> dict[Feature, float]:
    """The weights by feature that speak for what is right, by logistic regression; for rows by the hundred thousand.

    Features of fewer rows than `seldom` are not learnt. `strength` and `counts` are as above. Needs scikit-learn.
    """
    import numpy  # noqa: PLC0415  only training needs these
    from scipy.sparse import csr_matrix  # noqa: PLC0415
    from sklearn.exceptions import ConvergenceWarning  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    often = Counter(feature for row in rows for feature in row)
    kept = [feature for feature, count in often.items() if count >= seldom and feature != BIAS]
    column = {feature: i for i, feature in enumerate(kept)}
    columns = [[column[f] for f in row if f in column] for row in rows]
    ends = numpy.cumsum([0, *map(len, columns)])
    ones = numpy.ones(ends[-1])
    table = csr_matrix((ones, numpy.concatenate([numpy.array(c, dtype=int) for c in columns]), ends))
    # The dual solver is near enough in a few rounds, of which it warns; the other needs ten times as long.
    regression: Any = LogisticRegression(
        C=strength, solver="liblinear", dual=True, max_iter=ROUNDS, tol=1e-2, random_state=0
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        regression.fit(table, numpy.array(right), numpy.array(counts))
    return {BIAS: float(regression.intercept_[0]), **dict(zip(kept, map(float, regression.coef_[0]), strict=False))}
