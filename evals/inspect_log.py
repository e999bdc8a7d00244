"""The file of a run (`run --out`) as a log of Inspect, so that its viewer and its data frames can be used.

The form is version 2 of its `EvalLog` as JSON. Scores are shares; their counts stand in the explanation. Articles are
named and not copied into the log.
"""

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]


def log_of(run: Mapping[str, Any]) -> Json:
    """The log of a run; raises KeyError for a file that is none."""
    made, samples = run["made"], run["samples"]
    model = made["settings"]["model"] or made["reader"]
    by_group = {f"{group}/{name}": mean for group, means in run["means"].items() for name, mean in means.items()}
    return {
        "version": 2,
        "status": "success",
        "eval": {
            "eval_id": f"{made['commit']}-{made['reader']}",
            "run_id": f"{made['commit']}-{made['reader']}",
            "created": made["date"],
            "task": f"county-reports/{made['set']}",
            "task_id": made["set"],
            "task_version": 0,
            "dataset": {
                "name": made["set"],
                "samples": len(samples),
                "sample_ids": [sample["name"] for sample in samples],
                "shuffled": False,
            },
            "model": model,
            "config": {},
            "packages": {"summarizer": made["version"]},
            "metadata": {key: made[key] for key in ("commit", "fingerprints", "settings", "files")},
        },
        "plan": {"name": "plan", "steps": [], "config": {}},
        "results": {
            "total_samples": len(samples),
            "completed_samples": sum(sample["unscored"] is None for sample in samples),
            "scores": [_score(name, mean) for name, mean in by_group.items()],
        },
        "stats": {"started_at": made["date"], "completed_at": made["date"], "model_usage": {}},
        "samples": [_sample(sample, model) for sample in samples],
    }


def file_name(log: Json) -> str:
    """Time, task and id of a log: Inspect's viewer and data frames list no JSON file whose name begins otherwise."""
    time = str(log["eval"]["created"]).replace(":", "-")
    return f"{time}_{log['eval']['task'].replace('/', '-')}_{log['eval']['eval_id']}.json"


def _score(name: str, mean: Mapping[str, Any]) -> Json:
    metrics = {key: {"name": key, "value": mean[key]} for key in ("micro", "macro", "low", "high")}
    return {"name": name, "scorer": name.rpartition("/")[2], "scored_samples": mean["articles"], "metrics": metrics}


def _sample(sample: Mapping[str, Any], model: str) -> Json:
    scored = {name: tally for name, tally in sample["scores"].items() if tally["total"]}
    tokens = sample["usage"]["tokens"]
    return {
        "id": sample["name"],
        "epoch": 1,
        "input": sample["name"],
        "target": "",
        "output": {
            "model": model,
            "choices": [],
            "usage": {
                "input_tokens": tokens["input"],
                "output_tokens": tokens["output"],
                "total_tokens": tokens["input"] + tokens["output"],
            },
        },
        "scores": {
            name: {"value": tally["right"] / tally["total"], "explanation": f"{tally['right']:g}/{tally['total']}"}
            for name, tally in scored.items()
        },
        "metadata": {"kind": sample["kind"], "column": sample["column"], "unscored": sample["unscored"]},
    }
