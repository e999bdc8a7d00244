"""Takes corrections into a sample set: one that a person downloaded from the page, or what Label Studio exported.

A correction is checked like any draft of a labeller: every quote must lead to the one place that its span opens, every
digit must be a fact, a trap or damaged. The article goes with it, byte for byte as the report saw it.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.label import LabelError, place_labels, problems_of, raw_text
from evals.label_studio import TaskError, labels_of_task
from summarizer.errors import TextError
from summarizer.text import decode


class AdoptError(ValueError):
    """The correction cannot be taken; the message has one line for each reason."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """The label file that was written, and whether its article was new to the set."""

    labels: Path
    article: Path
    facts: int
    new_article: bool


@dataclass(frozen=True, slots=True)
class _Correction:
    """A correction whose article is still to be found; `labels` makes its label file of the article's raw text."""

    article: str
    source: dict[str, Any]
    labels: Callable[[str], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _Checked:
    """A label file that holds, and the bytes of its article."""

    target: Path
    labels: dict[str, Any]
    article: Path
    data: bytes


def adopt(file: Path, samples: Path, articles: Path, *, replace: bool = False) -> list[Adopted]:
    """Check `file`, and write its labels to `samples` and its articles to `articles`.

    An article is taken from `articles` where it is there already, else from where the report found it; either must
    be the very file that the report was made from.

    Raises:
        AdoptError: the file holds no correction, an article is not found or another one, or a label does not hold; or
            a sample exists and `replace` is not set. Nothing is written then.
    """
    checked = [_checked(one, samples, articles, replace=replace) for one in _read(file)]
    return [_written(one) for one in checked]


def _checked(correction: _Correction, samples: Path, articles: Path, *, replace: bool) -> _Checked:
    name = correction.article
    target = samples / f"{Path(name).stem}.json"
    if target.exists() and not replace:
        raise AdoptError(f"{target} exists; --replace puts this correction in its place")
    article, data = _article(articles / name, correction.source)
    text = _text(article, data)
    try:
        labels = correction.labels(text)
    except TaskError as error:
        raise AdoptError(f"{name}: {error}") from error
    return _Checked(target, _check(labels, text), articles / name, data)


def _written(one: _Checked) -> Adopted:
    new = not one.article.exists()
    if new:
        one.article.parent.mkdir(parents=True, exist_ok=True)
        one.article.write_bytes(one.data)
    one.target.parent.mkdir(parents=True, exist_ok=True)
    one.target.write_text(json.dumps(one.labels, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return Adopted(one.target, one.article, len(one.labels["facts"]), new)


def _read(file: Path) -> list[_Correction]:
    """The corrections of a file: one object that the page wrote, or a list of Label Studio's tasks."""
    try:
        given = json.loads(file.read_text("utf-8"))
        if isinstance(given, list) and given:
            return [_of_task(task) for task in given]
        source = given.pop("source")
        return [_correction(given["article"], source, lambda _text: given)]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise AdoptError(f"{file} is no correction of the page, nor a JSON export of Label Studio: {error}") from error


def _of_task(task: dict[str, Any]) -> _Correction:
    return _correction(task["data"]["article"], task["data"]["source"], lambda text: labels_of_task(task, text))


def _correction(name: Any, source: dict[str, Any], labels: Callable[[str], dict[str, Any]]) -> _Correction:
    # A name from a file is no path to write to.
    if not isinstance(name, str) or name != Path(name).name or name in {"", ".", ".."} or "\\" in name:
        raise AdoptError(f"{name!r} is no name of an article")
    return _Correction(name, source | {"sha256": str(source["sha256"])}, labels)


def _article(here: Path, source: dict[str, Any]) -> tuple[Path, bytes]:
    """The article's bytes; those in the sample set come first, and must be the report's."""
    tried = [here] if here.exists() else [Path(str(source.get("path") or here))]
    for path in tried:
        if not path.is_file():
            raise AdoptError(f"the article {path} is not there; put it into {here.parent} and adopt again")
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != source["sha256"]:
            raise AdoptError(f"{path} is not the file that was labelled: it has another SHA-256")
    return path, data


def _text(path: Path, data: bytes) -> str:
    """The raw text. Labels are read in UTF-8 and GB18030, so that a set has no codecs that only the product knows."""
    text = raw_text(path)
    try:
        decoded = decode(data)
    except TextError as error:
        raise AdoptError(f"{path}: {error}") from error
    if decoded.text != text:
        raise AdoptError(f"{path} is {decoded.encoding}: save it as UTF-8, run and label it again")
    return text


def _check(draft: dict[str, Any], text: str) -> dict[str, Any]:
    """The labels as a label file has them."""
    marked = {(fact["quote"], fact["mention"]): fact["span"] for fact in draft.get("facts", [])}
    try:
        labels = place_labels(draft, text)
    except LabelError as error:
        raise AdoptError(str(error)) from error
    except (KeyError, TypeError, AttributeError) as error:
        raise AdoptError(f"a label lacks a field: {error}") from error
    moved = [
        f"{fact['mention']} was marked at {marked[fact['quote'], fact['mention']]}, its quote stands at {fact['span']}"
        for fact in labels["facts"]
        if marked[fact["quote"], fact["mention"]] != fact["span"]
    ]
    if problems := moved + problems_of(labels, text):
        raise AdoptError("\n".join(problems))
    return labels
