"""The file of a run: its scores, and everything that is needed to do the run again."""

import hashlib
import json
import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evals.run import Result, columns
from evals.totals import DRAWS, SEED, Mean, grouped, means
from summarizer import __version__
from summarizer.pipeline import rules_fingerprint, schema_fingerprint
from summarizer.settings import Settings

ROOT = Path(__file__).parent.parent


def as_json(results: Sequence[Result], settings: Settings, about: Mapping[str, Any], samples: Sequence[Path]) -> str:
    """The file's content: what was run (`about` names the reader and the set), on which files, with which scores."""
    content = {
        "made": made(settings, about, samples),
        "totals": {
            column: {name: asdict(tally) | {"score": tally.score} for name, tally in scores.items()}
            for column, scores in columns(results).items()
        },
        "means": by_group(results, lambda result: result.column),
        "kinds": by_group(results, lambda result: result.kind),
        "samples": [_sample(result) for result in results],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def made(settings: Settings, about: Mapping[str, Any], samples: Sequence[Path]) -> dict[str, Any]:
    """What a person needs to run it again: version, commit, fingerprints, settings without keys, files by hash."""
    from summarizer.readers.asking import prompt_fingerprint  # noqa: PLC0415  (reads the prompts, which rules do not)

    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": __version__,
        "commit": commit(),
        "python": platform.python_version(),
        "fingerprints": {
            "rules": rules_fingerprint(),
            "schema": schema_fingerprint(),
            "prompt": prompt_fingerprint() if settings.uses_model else None,
        },
        "settings": settings.public(),
        "bootstrap": {"draws": DRAWS, "seed": SEED, "over": "articles", "interval": 0.95},
        "files": {path.name: sha256(path) for path in sorted(samples)},
        **about,
    }


def by_group(results: Sequence[Result], key: Any) -> dict[str, dict[str, Any]]:
    """Micro and macro means with their intervals, by column or by kind."""
    return {
        group: {name: _mean(mean) for name, mean in means([r.scores for r in inside]).items()}
        for group, inside in grouped(results, key).items()
    }


def commit() -> str | None:
    """The checkout's commit, with `+` where files differ from it; None where git tells none."""
    try:
        head = _git("rev-parse", "HEAD")
        return f"{head}+" if _git("status", "--porcelain", "--untracked-files=no") else head
    except (OSError, subprocess.CalledProcessError):
        return None


def _git(*command: str) -> str:
    return subprocess.run(
        ["git", *command], cwd=ROOT, check=True, capture_output=True, text=True, encoding="utf-8"
    ).stdout.strip()


def sha256(path: Path) -> str:
    """Of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _mean(mean: Mean) -> dict[str, Any]:
    return {
        "micro": mean.tally.score,
        "macro": mean.macro,
        "low": mean.low,
        "high": mean.high,
        "right": mean.tally.right,
        "total": mean.tally.total,
        "articles": mean.articles,
    }


def _sample(result: Result) -> dict[str, Any]:
    return {
        "name": result.name,
        "column": result.column,
        "kind": result.kind,
        "unscored": result.unscored,
        "usage": result.usage.model_dump(mode="json"),
        "scores": {name: asdict(tally) for name, tally in result.scores.items()},
        "misses": [asdict(miss) for miss in result.misses],
    }
