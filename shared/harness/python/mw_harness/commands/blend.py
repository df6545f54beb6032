"""`blend`: weights for a mean of candidates, selected on out-of-fold predictions.

Request: {"metric", "task": task.json or its path, "train": train.csv,
"members": [{"name", "oof"}], "out"?, "grader"?: the folder of the task's own program}.
`out` names an oof.csv to write for the blend, on which its decision can be fitted.
Response: {"weights": {name: weight}, "space" (`blending.spaces`), "estimate",
"bestSingle": {"name", "estimate"}, "gain", "correlation": {"names", "matrix"}, "coverage"}.
Estimates are cross-fitted.
Between stretches of time weights come from earlier folds, and `n` lacks the oldest predicted one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from mw_harness.blending.blend import blend
from mw_harness.blending.members import Members, common
from mw_harness.blending.spaces import space_of
from mw_harness.grader.metric import metric_for
from mw_harness.json_text import tidy
from mw_harness.problem import BadInput, Problem
from mw_harness.scoring.predictions import ID
from mw_harness.scoring.raw_cells import raw_texts
from mw_harness.scoring.training_rows import TrainingRows, read_out_of_fold, read_training_rows
from mw_harness.tables.writer import write_table
from mw_harness.task.dataset import Task, read_task


def run(request: dict[str, Any]) -> dict[str, Any]:
    task = read_task(request["task"])
    metric = metric_for(task, request.get("grader"))
    rows = read_training_rows(request["train"], task)
    names = [str(member["name"]) for member in request["members"]]
    each = [read_out_of_fold(member["oof"], rows, task) for member in request["members"]]
    members = common(names, each)
    if members is None:
        message = "No row is predicted out of fold by all members."
        remedy = "Blend members that predict the same folds."
        raise BadInput([Problem("no-common-rows", message, remedy, "oof.csv")])
    blended = blend(metric, members, task.asked, task.split)
    space = space_of(metric, task.asked)
    if request.get("out"):
        weights = np.array([blended.weights.get(name, 0.0) for name in names])
        _write(
            Path(request["out"]), task, rows, members, members.blended(weights, task.asked, space)
        )
    return {
        "weights": blended.weights,
        "space": space,
        "estimate": blended.estimate.to_json(),
        "bestSingle": {"name": blended.best_name, "estimate": blended.best.to_json()},
        "gain": blended.gain.to_json(),
        "correlation": {"names": names, "matrix": blended.correlation},
        "coverage": tidy(len(members.values) / len(rows.ids), 6),
    }


def _write(
    path: Path, task: Task, rows: TrainingRows, members: Members, numbers: np.ndarray
) -> None:
    columns = task.prediction_columns
    cells = [["0", *("" for _ in columns)] for _ in rows.ids]
    for place, row in zip(members.chosen.tolist(), numbers.tolist(), strict=True):
        cells[place] = ["1", *raw_texts(task.asked, row)]
    lines = ((id, *row) for id, row in zip(rows.ids, cells, strict=True))
    write_table(path, [ID, "mask", *columns], lines)
