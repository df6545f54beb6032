"""`oof`: how good a candidate is on its out-of-fold predictions, and where it is wrong.

Request: {"metric", "task": task.json or its path, "train": train.csv, "oof": oof.csv,
"decision"?, "metrics"?: metrics.jsonl, "grader"?: the folder of the task's own program}.
Response: {"score", "standardError", "interval", "rounded", "n", "direction", "coverage",
"folds": [{"fold", "n", "score"}], "diagnosis"}. A fold on which the
metric is not defined has the score null.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from mw_harness.decisions.apply import default_decision, prediction_for
from mw_harness.diagnosis.describe import describe
from mw_harness.diagnosis.progress import describe_progress, read_progress
from mw_harness.grader.metric import metric_for
from mw_harness.json_text import tidy
from mw_harness.metrics.record import Metric
from mw_harness.problem import BadInput
from mw_harness.scoring.estimate import estimate
from mw_harness.scoring.training_rows import OutOfFold, read_out_of_fold, read_training_rows
from mw_harness.task.dataset import Task, read_task


def run(request: dict[str, Any]) -> dict[str, Any]:
    task = read_task(request["task"])
    metric = metric_for(task, request.get("grader"))
    rows = read_training_rows(request["train"], task)
    scored = read_out_of_fold(request["oof"], rows, task)
    decision = request.get("decision") or default_decision(metric)
    prediction = prediction_for(metric, decision, task.asked, scored.numbers)
    whole = estimate(metric, metric.resampled(scored.labels), prediction, task.classes or ())
    return {
        **whole.to_json(),
        "direction": metric.direction,
        "coverage": tidy(scored.coverage, 6),
        "folds": _by_fold(metric, scored, prediction, task.classes or ()),
        "diagnosis": describe(metric, task, rows, scored, prediction) | _progress(request, task),
    }


def _progress(request: dict[str, Any], task: Task) -> dict[str, Any]:
    """A file that cannot be read says nothing: it is no ground to refuse a score."""
    if not request.get("metrics"):
        return {}
    try:
        series = read_progress(request["metrics"])
    except BadInput:
        return {}
    return describe_progress(series, task.metric, task.direction, task.folds)


def _by_fold(
    metric: Metric, scored: OutOfFold, prediction: np.ndarray, classes: tuple[str, ...]
) -> list[dict[str, Any]]:
    folds = []
    for fold in np.unique(scored.folds):
        chosen = np.flatnonzero(scored.folds == fold)
        with np.errstate(all="ignore"):
            score = metric.score_of(scored.labels.take(chosen), prediction[chosen], classes)
        known = tidy(score, 8) if np.isfinite(score) else None
        folds.append({"fold": int(fold), "n": len(chosen), "score": known})
    return folds
