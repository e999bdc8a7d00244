"""Fills county reports from Chinese county articles, every figure with the place in the text it came from.

```python
from pathlib import Path
from summarizer import summarize

report = summarize(Path("article.txt"))
for fact in report.facts:
    print(fact.label, fact.value, fact.unit, fact.span)
```
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from schemas.outcome import Failed, Outcome, Reported, Skipped
    from schemas.report import CountyReport
    from summarizer.api import Summarizer, asummarize, summarize
    from summarizer.errors import (
        EndpointError,
        FailedError,
        SettingsError,
        SkippedError,
        SummarizerError,
    )
    from summarizer.settings import Settings

__version__ = "0.1.0"

__all__ = [
    "CountyReport",
    "EndpointError",
    "Failed",
    "FailedError",
    "Outcome",
    "Reported",
    "Settings",
    "SettingsError",
    "Skipped",
    "SkippedError",
    "Summarizer",
    "SummarizerError",
    "__version__",
    "asummarize",
    "summarize",
]

_HOMES = {
    "CountyReport": "schemas.report",
    "Failed": "schemas.outcome",
    "Outcome": "schemas.outcome",
    "Reported": "schemas.outcome",
    "Skipped": "schemas.outcome",
    "Settings": "summarizer.settings",
    "Summarizer": "summarizer.api",
    "asummarize": "summarizer.api",
    "summarize": "summarizer.api",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: `summarizer --help` needs none of them."""
    if name not in __all__:
        raise AttributeError(f"module 'summarizer' has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    return getattr(import_module(_HOMES.get(name, "summarizer.errors")), name)
