"""The raw text behind a report. A report holds spans, not the text, so the article is read again where it lies.

Only a file whose SHA-256 is the report's is shown: in any other text the spans would open the wrong words.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from schemas.report import Document
from summarizer.errors import TextError
from summarizer.inputs import STDIN
from summarizer.text import Article, repair


class Missing(StrEnum):
    """Why the page shows a report without its text."""

    NO_FILE = "no_file"
    GONE = "gone"
    CHANGED = "changed"
    UNDECODABLE = "undecodable"


@dataclass(frozen=True, slots=True)
class Found:
    """The article of a report, or why there is none."""

    article: Article | None
    missing: Missing | None = None


def find(document: Document, name: str, folder: Path | None) -> Found:
    """The text that a report was made from.

    Looked for where the run found it (a relative path counts from the working directory), then below `folder` under
    ever shorter ends of that path, so that articles that were moved as a whole are found again.
    """
    path = document.path or name
    if path in ("", STDIN) or document.sha256 is None:
        return Found(None, Missing.NO_FILE)
    missing = Missing.GONE
    for candidate in _candidates(Path(path), folder):
        try:
            data = candidate.read_bytes()
        except OSError:
            continue
        if hashlib.sha256(data).hexdigest() == document.sha256:
            return _decoded(data)
        missing = Missing.CHANGED
    return Found(None, missing)


def _candidates(path: Path, folder: Path | None) -> Iterator[Path]:
    yield path
    if folder is not None:
        parts = path.parts[1:] if path.is_absolute() else path.parts
        for cut in range(len(parts)):
            if ".." not in parts[cut:]:
                yield folder.joinpath(*parts[cut:])


def _decoded(data: bytes) -> Found:
    try:
        return Found(repair(data))
    except TextError:
        return Found(None, Missing.UNDECODABLE)
