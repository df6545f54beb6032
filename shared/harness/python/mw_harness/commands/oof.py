"""`oof`: how good a candidate is on its out-of-fold predictions, and where it is wrong.

Request: {"metric", "task": task.json or its path, "train": train.csv, "oof": oof.csv,
"decision"?}. Response: {"score", "standardError", "interval", "rounded", "n", "direction",
"coverage", "folds": [{"fold", "n", "score"}], "diagnosis"}. A fold on which the metric is not
defined has the score null.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from mw_harness.decisions.apply import default_decision, prediction_for
from mw_harness.diagnosis.describe import describe
from mw_harness.json_text import tidy
from mw_harness.metrics.record import Metric
from mw_harness.metrics.registry import METRICS
from mw_harness.scoring.estimate import estimate
from mw_harness.scoring.labels import unrelated
from mw_harness.scoring.training_rows import OutOfFold, read_out_of_fold, read_training_rows
from mw_harness.task.dataset import read_task


def run(request: dict[str, Any]) -> dict[str, Any]:
    task, metric = read_task(request["task"]), METRICS[request["metric"]]
    rows = read_training_rows(request["train"], task)
    scored = read_out_of_fold(request["oof"], rows, task)
    decision = request.get("decision") or default_decision(metric)
    prediction = prediction_for(metric, decision, task.classes, scored.numbers)
    whole = estimate(metric, unrelated(scored.values), prediction, task.classes or ())
    return {
        **whole.to_json(),
        "direction": metric.direction,
        "coverage": tidy(scored.coverage, 6),
        "folds": _by_fold(metric, scored, prediction, task.classes or ()),
        "diagnosis": describe(metric, task, rows, scored, prediction),
    }


def _by_fold(
    metric: Metric, scored: OutOfFold, prediction: np.ndarray, classes: tuple[str, ...]
) -> list[dict[str, Any]]:
    folds = []
    for fold in np.unique(scored.folds):
        chosen = scored.folds == fold
        with np.errstate(all="ignore"):
            score = metric.score(scored.values[chosen], prediction[chosen], classes)
        known = tidy(score, 8) if np.isfinite(score) else None
        folds.append({"fold": int(fold), "n": int(chosen.sum()), "score": known})
    return folds
