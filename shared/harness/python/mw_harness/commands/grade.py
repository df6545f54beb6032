"""`grade`: the score of one predictions file.

Request: {"metric", "task": task.json (its classes), "truth", "predictions", "decision"?,
"perRow"?}. `perRow` names a file to write: id, loss (smaller is better).
Response: {"score", "standardError", "interval", "rounded", "n", "direction"}.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mw_harness.scoring.estimate import estimate
from mw_harness.scoring.judged import judge_of
from mw_harness.tables.writer import write_table


def run(request: dict[str, Any]) -> dict[str, Any]:
    judge = judge_of(request)
    truth, metric, classes = judge.truth, judge.metric, judge.classes or ()
    prediction = judge.read(request["predictions"], request.get("decision"))
    scored = estimate(metric, truth.labels, prediction, classes)
    if request.get("perRow"):
        losses = metric.row_loss(truth.labels.values, prediction, classes)
        rows = ((id, repr(float(loss))) for id, loss in zip(truth.ids, losses, strict=True))
        write_table(Path(request["perRow"]), ["id", "loss"], rows)
    return {**scored.to_json(), "direction": metric.direction}
