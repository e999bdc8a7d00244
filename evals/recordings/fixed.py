"""The fixed set of short samples, and the settings under which models are asked about it."""

import tomllib
from pathlib import Path
from typing import Any

from evals.gold import Sample, beginning, load
from summarizer.settings import Settings

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "samples"

NOWHERE = "http://recorded.invalid/v1"
"""The endpoint of a model that is only replayed."""


UNSEEN = "unseen"
"""The set of samples that nobody read while rules and prompts were written."""

JUDGED = "judged"
"""The set by which a model judges broken prompts (`evals.broken_prompts`): two of the fixed set."""


def set_names() -> list[str]:
    """The names of the sets."""
    return list(_sets())


def fixed_set(name: str = "fixed") -> list[Sample]:
    """The samples of one set, in the order of `samples.toml`: `fixed`, `unseen` or `judged`."""
    chars = _sets()[name]
    samples = {sample.name: sample for sample in load(SAMPLES / "gold", SAMPLES / "articles")}
    return [beginning(samples[name], end) for name, end in chars.items()]


def _sets() -> dict[str, dict[str, int]]:
    return tomllib.loads((HERE / "samples.toml").read_text("utf-8"))


def fixed_settings(model: str, base_url: str = NOWHERE, **given: Any) -> Settings:
    """The same for recording and replaying, whatever the environment says: they decide what is asked in one call."""
    return Settings.load(
        reader="model",
        model=model,
        base_url=base_url,
        no_cache=True,
        force=True,
        section_chars=600,
        # Some 70 for a right answer; a small model that repeats itself is not waited for much longer.
        max_tokens=1200,
        reasks=2,
        temperature=0.0,
        # A slow model is waited for: its answers are made once.
        timeout=3600.0,
        article_timeout=1e6,
        concurrency=1,
        **given,
    )
