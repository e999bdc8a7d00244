"""What a reading depends on besides the article: where any of it changes, articles are worth reading again."""

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from summarizer.pipeline import rules_fingerprint, schema_fingerprint
from summarizer.readers.asking import prompt_fingerprint, validator_fingerprint
from summarizer.settings import Settings

_OF_RULES = ("section_chars", "force")
_OF_A_MODEL = ("model", "temperature", "max_tokens", "reasks")
"""Settings that change what a reading says; how fast, how often and at what cost it is asked for are none of them."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A short hash, and the parts that it stands for."""

    text: str
    parts: dict[str, Any]


class Fingerprints:
    """The fingerprints of one run's readings: articles differ only in what is given for each."""

    def __init__(self, settings: Settings) -> None:
        self._subject, self._year = settings.subject, settings.year
        self._common = common_parts(settings)
        self.of = lru_cache(maxsize=1024)(self._of)

    def _of(self, subject: str | None, year: int | None) -> Fingerprint:
        """The fingerprint of a reading for which `subject` and `year` are given."""
        parts = self._common | {"subject": subject or self._subject, "year": year or self._year}
        data = json.dumps(parts, ensure_ascii=False, sort_keys=True)
        return Fingerprint(hashlib.sha256(data.encode()).hexdigest()[:16], parts)


def common_parts(settings: Settings) -> dict[str, Any]:
    """What is the same for all articles of a run."""
    shown = settings.public()
    parts = {name: shown[name] for name in _OF_RULES}
    parts |= {"reader": "rules", "schema": schema_fingerprint(), "rules": rules_fingerprint()}
    if settings.uses_model:
        parts |= {name: shown[name] for name in _OF_A_MODEL}
        parts |= {
            "reader": "model",
            "endpoint": settings.host + urlsplit(settings.endpoint).path.rstrip("/"),
            "prompt": prompt_fingerprint(),
            "validators": validator_fingerprint(),
        }
    return parts
