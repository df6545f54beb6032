"""`decide`: how raw predictions become answers, fitted on out-of-fold predictions.

Request: {"metric", "task": task.json or its path, "train": train.csv, "oof": oof.csv, "out"?,
"grader"?: the folder of the task's own program}.
Response: {"decision": {"kind", "parameters"}, "estimate", "default", "gain"}; with `out` the
decision is written there as well.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from mw_harness.decisions.fit import fit_decision
from mw_harness.grader.metric import metric_for
from mw_harness.json_text import write_json
from mw_harness.scoring.bootstrap import LEAST_SCORED
from mw_harness.scoring.training_rows import read_out_of_fold, read_training_rows
from mw_harness.task.dataset import read_task


def run(request: dict[str, Any]) -> dict[str, Any]:
    task = read_task(request["task"])
    rows = read_training_rows(request["train"], task)
    out_of_fold = read_out_of_fold(request["oof"], rows, task)
    metric = metric_for(task, request.get("grader"))
    if metric.resamples is not None:
        # Nothing is decided by its error: there is no alternative to compare with.
        metric = replace(metric, resamples=min(metric.resamples, LEAST_SCORED))
    fitted = fit_decision(metric, task.asked, out_of_fold)
    if request.get("out"):
        write_json(Path(request["out"]), fitted.decision)
    return {
        "decision": fitted.decision,
        "estimate": fitted.estimate.to_json(),
        "default": fitted.default.to_json(),
        "gain": None if fitted.gain is None else fitted.gain.to_json(),
    }
