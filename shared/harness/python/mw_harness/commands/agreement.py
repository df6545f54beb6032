"""`agreement`: does a refitted model say what the scored model says?

Request: {"metric", "task": task.json or its path, "train", "oof": of the scored model,
"scored"?, "refitted"?: raw predictions of the same rows, "all"?, "refitOof"?: what the refit was
trained on and its out-of-fold predictions, "seen": whether it was trained on the compared rows,
"grader"?: the folder of the task's own program}.
Response: {"agree", "notes": [sentence]}. A refit that cross-validated must also not be worse out of
fold, past noise.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from mw_harness.agreement.verdict import Verdict, compare
from mw_harness.decisions.apply import default_decision, prediction_for
from mw_harness.grader.metric import metric_for
from mw_harness.metrics.record import Metric
from mw_harness.scoring.estimate import Estimate, estimate
from mw_harness.scoring.predictions import Wanted, read_ids, read_predictions
from mw_harness.scoring.training_rows import OutOfFold, read_out_of_fold, read_training_rows
from mw_harness.task.dataset import Task, read_task

WORSE_PAST_NOISE = 3.0
"""Standard errors of the difference of two out-of-fold scores."""


def run(request: dict[str, Any]) -> dict[str, Any]:
    task = read_task(request["task"])
    own = read_out_of_fold(request["oof"], read_training_rows(request["train"], task), task)
    verdicts = []
    if request.get("scored") and request.get("refitted"):
        ids = read_ids(request["scored"], task.asked)
        scored, refitted = (
            read_predictions(request[name], Wanted(ids, task.asked)).numbers
            for name in ("scored", "refitted")
        )
        verdicts.append(compare(task.asked, scored, refitted, own, bool(request["seen"])))
    if request.get("all") and request.get("refitOof"):
        rows = read_training_rows(request["all"], task)
        metric = metric_for(task, request.get("grader"))
        refit = read_out_of_fold(request["refitOof"], rows, task)
        verdicts.append(_out_of_fold(metric, task, own, refit))
    notes = [one.note for one in verdicts] or ["there were no predictions to compare"]
    return {"agree": all(one.agree for one in verdicts), "notes": notes}


def _out_of_fold(metric: Metric, task: Task, own: OutOfFold, refit: OutOfFold) -> Verdict:
    before, after = _score(metric, task, own), _score(metric, task, refit)
    noise = WORSE_PAST_NOISE * float(np.hypot(before.standard_error, after.standard_error))
    note = (
        f"out of fold {after.score:.5g} on {after.rows} rows, {before.score:.5g} before "
        f"(differences up to {noise:.2g} are noise)"
    )
    return Verdict(metric.sign * (after.score - before.score) >= -noise, note)


def _score(metric: Metric, task: Task, scored: OutOfFold) -> Estimate:
    prediction = prediction_for(metric, default_decision(metric), task.asked, scored.numbers)
    return estimate(metric, metric.resampled(scored.labels), prediction, task.classes or ())
