"""`submission`: the file a user hands in, in the form of the sample where there is one.

Request: {"raw": raw predictions of the test rows, "decision", "task": task.json or its path,
"form": the folder `submission` that `prepare` wrote, "out"}.
Response: {"rows", "columns", "sha256"}.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np

from mw_harness.decision import decide_class, decide_value
from mw_harness.scoring.predictions import Wanted, read_predictions
from mw_harness.scoring.training_rows import open_dataset
from mw_harness.tables.writer import write_table
from mw_harness.task.dataset import Task, read_task


def run(request: dict[str, Any]) -> dict[str, Any]:
    task, form, out = read_task(request["task"]), Path(request["form"]), Path(request["out"])
    format = json.loads((form / "format.json").read_text("utf-8"))
    ids = open_dataset(str(form / "ids.csv")).column(format["id"])
    numbers = read_predictions(request["raw"], Wanted(ids, task.asked)).numbers
    cells = _cells(format, task, request["decision"], numbers)
    columns = [ids if name == format["id"] else cells[name] for name in format["columns"]]
    write_table(out, format["columns"], zip(*columns, strict=True), format["delimiter"])
    return {
        "rows": len(ids),
        "columns": format["columns"],
        "sha256": hashlib.sha256(out.read_bytes()).hexdigest(),
    }


def _cells(
    format: dict[str, Any], task: Task, decision: dict[str, Any], numbers: np.ndarray
) -> dict[str, list[str]]:
    """Cells of every column beside the id."""
    classes = list(task.classes or ())
    if format["form"] == "probabilities":
        return {
            column: _texts(numbers[:, classes.index(name)])
            for column, name in format["class_of_column"].items()
        }
    column = next(name for name in format["columns"] if name != format["id"])
    if format["form"] == "positive":
        return {column: _texts(numbers[:, 1])}
    if format["form"] == "label":
        return {column: [decide_class(decision, classes, row) for row in numbers.tolist()]}
    return {column: [repr(decide_value(decision, row[0])) for row in numbers.tolist()]}


def _texts(numbers: np.ndarray) -> list[str]:
    return [repr(number) for number in numbers.tolist()]
