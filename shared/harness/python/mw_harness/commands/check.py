"""`check`: is this task folder fit for a run? Writes nothing.

Request: {"folder", "task": the parsed task.yaml, "positions"?: {"data.target": [line, column]}}.
Response: what was found, and warnings.
"""

from __future__ import annotations

from typing import Any

from mw_harness.checks.examination import examine
from mw_harness.draws import Draws
from mw_harness.split.deal import HOLDOUT, TRAIN
from mw_harness.split.division import divide


def run(request: dict[str, Any]) -> dict[str, Any]:
    examined = examine(request)
    # A draw that is thrown away: it shows that the split can be made.
    division = divide(examined, Draws("check"))
    target, test = examined.target, examined.test
    return {
        "kind": examined.task.kind,
        "classes": None if target.classes is None else list(target.classes),
        "metric": examined.task.metric,
        "direction": examined.task.judged_by.direction,
        "rows": {
            "labelled": len(target.labelled),
            "unlabelled": examined.train.rows - len(target.labelled),
            "test": 0 if test is None else test.rows,
        },
        "expected": {
            "train": len(division.members(TRAIN)),
            "score": len(division.scored),
            "holdout": len(division.members(HOLDOUT)),
        },
        "features": [vars(column.feature) for column in examined.features],
        "split": {
            "by": examined.plan.by,
            "column": examined.plan.column,
            "scoring": division.scoring,
            "evidence": [evidence.to_json() for evidence in examined.plan.evidence],
        },
        "warnings": [warning.to_json() for warning in examined.warnings],
    }
