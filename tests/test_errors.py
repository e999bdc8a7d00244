"""Errors: the tree at the top of the module is the tree, and each error knows what to do."""

import re
from collections.abc import Iterator

import pytest

from schemas.outcome import Failed, Skipped
from schemas.report import Document
from schemas.vocabulary import FailureKind, SkipReason
from summarizer import errors
from summarizer.errors import EndpointError, FailedError, SkippedError, SummarizerError


def _all(kind: type[SummarizerError] = SummarizerError) -> Iterator[type[SummarizerError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _all(child)


def _drawn() -> dict[str, str]:
    """The tree of the docstring: the name of each error, and of the one it hangs on."""
    parents: dict[str, str] = {}
    path: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        found = re.match(r"^    ([│ ├└─]*)(\w+Error)\b", line)
        if found:
            depth = len(found[1]) // 3
            path[depth:] = [found[2]]
            parents[found[2]] = path[depth - 1] if depth else "Exception"
    return parents


def test_the_drawn_tree_is_the_tree() -> None:
    """The tree drawn at the top of the module has every error once, below its base."""
    assert _drawn() == {kind.__name__: kind.__bases__[0].__name__ for kind in _all()}


@pytest.mark.parametrize("kind", [k for k in _all(EndpointError) if k is not EndpointError], ids=lambda k: k.__name__)
def test_every_endpoint_error_has_a_hint(kind: type[EndpointError]) -> None:
    """An endpoint error tells a person what to do."""
    assert kind("it broke").hint


@pytest.mark.parametrize("kind", [k for k in _all(EndpointError) if k.refuses], ids=lambda k: k.__name__)
def test_a_refusal_is_not_retried(kind: type[EndpointError]) -> None:
    """What makes every further call pointless is never sent again."""
    assert not kind("no").retryable


def test_skipped_and_failed_carry_their_outcome() -> None:
    """The exceptions of `summarize` hold the outcome that `Summarizer.outcome` would have returned."""
    document = Document(sha256="0" * 64)
    skipped = Skipped(reason=SkipReason.EMPTY, text="the file is empty", document=document)
    assert SkippedError(skipped).outcome is skipped
    failed = Failed(error=FailureKind.UNREADABLE, message="no", hint="look", retryable=True, document=document)
    error = FailedError(failed)
    assert (str(error), error.hint, error.retryable, error.outcome) == ("no", "look", True, failed)
