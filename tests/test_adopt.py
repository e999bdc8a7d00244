"""Corrections downloaded from the page join a sample set only where every label holds."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evals.adopt import AdoptError, adopt
from evals.gold import Sample, load
from evals.run import ARTICLES, SAMPLES

SAMPLE = {sample.name: sample for sample in load(SAMPLES, ARTICLES)}


def correction(sample: Sample, folder: Path, **changes: Any) -> Path:
    """A sample's own labels in the form in which the page hands them out."""
    labels = json.loads((SAMPLES / f"{sample.name}.json").read_text("utf-8"))
    labels["source"] = {"path": str(sample.path), "sha256": hashlib.sha256(sample.path.read_bytes()).hexdigest()}
    file = folder / "download.json"
    file.write_text(json.dumps(labels | changes, ensure_ascii=False), "utf-8")
    return file


@pytest.mark.parametrize("name", [*SAMPLE][::3])
def test_labels_are_adopted_as_they_are(tmp_path: Path, name: str) -> None:
    """A correction becomes a label file with the same labels, and its article goes with it byte for byte."""
    sample = SAMPLE[name]
    [adopted] = adopt(correction(sample, tmp_path), tmp_path / "gold", tmp_path / "articles")
    [new] = load(tmp_path / "gold", tmp_path / "articles")
    assert new.gold == sample.gold
    assert new.path.read_bytes() == sample.path.read_bytes()
    assert (adopted.facts, adopted.new_article) == (len(sample.gold.facts), True)


def test_sample_is_replaced_only_when_asked(tmp_path: Path) -> None:
    """A second correction of an article needs `replace`."""
    file = correction(SAMPLE["gb18030-brief"], tmp_path)
    adopt(file, tmp_path / "gold", tmp_path / "articles")
    with pytest.raises(AdoptError, match="exists"):
        adopt(file, tmp_path / "gold", tmp_path / "articles")
    [adopted] = adopt(file, tmp_path / "gold", tmp_path / "articles", replace=True)
    assert not adopted.new_article


def first_fact(**changes: Any) -> Callable[[dict[str, Any]], None]:
    """Changes fields of the first fact."""
    return lambda labels: labels["facts"][0].update(changes)


SLIPS: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "another file": (lambda labels: labels["source"].update(sha256="0" * 64), "another SHA-256"),
    "no source": (lambda labels: labels.pop("source"), "no correction"),
    "a path for a name": (lambda labels: labels.update(article="../a.txt"), "no name"),
    "article gone": (lambda labels: labels["source"].update(path="gone.txt"), "is not there"),
    "span elsewhere": (first_fact(span=[0, 1]), "was marked at"),
    "quote not in the text": (first_fact(quote="没有的话5个", mention="5个"), "occurs"),
    "unknown code": (first_fact(topic="sports"), "topic"),
    "no facts": (lambda labels: labels.update(facts=[]), "unlabelled"),
    "a list is missing": (lambda labels: labels.pop("traps"), "lacks a field"),
}


@pytest.mark.parametrize("name", SLIPS)
def test_slip_is_refused(tmp_path: Path, name: str) -> None:
    """A correction with a slip is refused with the reason, and nothing is written."""
    change, reason = SLIPS[name]
    file = correction(SAMPLE["clean-simplified-workreport"], tmp_path)
    labels = json.loads(file.read_text("utf-8"))
    change(labels)
    file.write_text(json.dumps(labels), "utf-8")
    with pytest.raises(AdoptError, match=reason):
        adopt(file, tmp_path / "gold", tmp_path / "articles")
    assert list(tmp_path.iterdir()) == [file]


def test_what_is_no_correction_is_refused(tmp_path: Path) -> None:
    """A file that is no JSON of the page is refused by name."""
    file = tmp_path / "x.json"
    for content in ("", "[]", "{}", "null"):
        file.write_text(content, "utf-8")
        with pytest.raises(AdoptError, match="no correction"):
            adopt(file, tmp_path / "gold", tmp_path / "articles")
