"""What the commands share that learn linear models from labelled samples.

They are `train_topics`, `train_indicators`, `train_status` and `train_labels`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from schemas.vocabulary import Code
from summarizer.readers.label_model import Said
from summarizer.readers.linear_model import BIAS, Feature

C = TypeVar("C", bound=Code)

PRACTISED = 0.15
"""What a number of a practice article counts beside one of a sample, whose labels a second person has judged."""

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


def spoken_for(weights: Mapping[Feature, Mapping[Said, float]]) -> dict[Feature, dict[Said, float]]:
    """Weights against a word's being in a label, as weights for it."""
    return {feature: {Said.IN_LABEL: -row[Said.LEFT_OUT]} for feature, row in weights.items()}
