"""`validate`: has a submission the form that was asked for, and does the model say it again?

Request: {"submission", "format": format.json of `prepare`, or the submission.json delivered,
"task": task.json or its path, "ids"?: ids.csv of `prepare`, "decision"?: decision.json delivered,
"again"?: {"submission": what the delivered program wrote for the same rows, "record", "raw": the
raw predictions that either was made from, "tolerance"}}; all but an object are paths.
Response: {"rows", "faults": [sentence], "maxDifference", "agree"}. `maxDifference` is of the raw
predictions and of cells that are numbers. A name or text may be another only in a row whose raw
predictions are not the same to the last bit: the decision was then a near tie.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from mw_harness.scoring.predictions import Wanted, read_predictions
from mw_harness.scoring.training_rows import open_dataset
from mw_harness.scoring.unlike import unlikeness
from mw_harness.submissions.alike import apart
from mw_harness.submissions.cells import NUMERIC, row_check
from mw_harness.submissions.read import Submission, check_ids, read_submission
from mw_harness.task.asked import Asked, asked_of


def run(request: dict[str, Any]) -> dict[str, Any]:
    format, task = _read_json(request["format"]), request["task"]
    asked = asked_of(_read_json(task) if isinstance(task, str) else task)
    ids = open_dataset(request["ids"]).column(format["id"]) if request.get("ids") else None
    decision = _read_json(request["decision"]) if request.get("decision") else None
    check = row_check(format, asked, decision)
    delivered = read_submission(request["submission"], format, check)
    check_ids(delivered, format, ids)
    faults, difference = list(delivered.faults), 0.0
    again = request.get("again")
    if again and not faults:
        second = read_submission(again["submission"], format, check)
        check_ids(second, format, list(delivered.rows))
        faults += second.faults
        if not faults:
            difference, unlike = _said_again(again, asked, (delivered, second), format)
            faults += unlike
    tolerance = float(again["tolerance"]) if again else 0.0
    return {
        "rows": len(delivered.rows),
        "faults": faults,
        "maxDifference": difference,
        "agree": not faults and difference <= tolerance,
    }


def _said_again(
    again: dict[str, Any], asked: Asked, pair: tuple[Submission, Submission], format: dict[str, Any]
) -> tuple[float, list[str]]:
    delivered, second = pair
    ids = list(delivered.rows)
    raw = _raw_differences(again, asked, ids)
    moved = {id for id, difference in zip(ids, raw, strict=True) if difference > 0}
    found = apart(delivered, second, format["form"] in NUMERIC)
    unlike = [id for id in found.unlike if id not in moved]
    said = []
    if unlike:
        what = f"{len(unlike)} rows are not what the model says, first `{unlike[0]}`"
        said.append(f"`{delivered.name}`: {what}.")
    return max(found.difference, float(raw.max(initial=0.0))), said


def _raw_differences(again: dict[str, Any], asked: Asked, ids: Sequence[str]) -> np.ndarray:
    wanted = Wanted(ids, asked)
    record, raw = (read_predictions(again[name], wanted).numbers for name in ("record", "raw"))
    return unlikeness(asked, record, raw)


def _read_json(path: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(Path(path).read_text("utf-8"))
    return read
