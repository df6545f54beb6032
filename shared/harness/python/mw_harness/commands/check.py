"""`check`: is this task folder fit for a run? Writes nothing.

Request: {"folder", "task": the parsed task.yaml, "positions"?: {"data.target": [line, column]}}.
Response: what was found, and warnings.
"""

from __future__ import annotations

from typing import Any

from mw_harness.checks.examination import examine
from mw_harness.draws import Draws
from mw_harness.metrics.registry import METRICS
from mw_harness.split.division import divide
from mw_harness.split.sizes import sizes


def run(request: dict[str, Any]) -> dict[str, Any]:
    examined = examine(request)
    # A draw that is thrown away: it shows that the split can be made.
    divide(examined, Draws("check"))
    target, test = examined.target, examined.test
    expected = sizes(len(target.labelled), test is not None)
    return {
        "kind": examined.task.kind,
        "classes": None if target.classes is None else list(target.classes),
        "metric": examined.task.metric,
        "direction": METRICS[examined.task.metric].direction,
        "rows": {
            "labelled": len(target.labelled),
            "unlabelled": examined.train.rows - len(target.labelled),
            "test": 0 if test is None else test.rows,
        },
        "expected": vars(expected),
        "features": [vars(column.feature) for column in examined.features],
        "split": {
            "by": examined.plan.by,
            "column": examined.plan.column,
            "evidence": [evidence.to_json() for evidence in examined.plan.evidence],
        },
        "warnings": [warning.to_json() for warning in examined.warnings],
    }
