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

from mw_harness.scoring.predictions import Wanted, read_predictions
from mw_harness.scoring.raw_cells import raw_cells
from mw_harness.scoring.training_rows import open_dataset
from mw_harness.submission_row import submission_row
from mw_harness.tables.writer import write_table
from mw_harness.task.dataset import read_task


def run(request: dict[str, Any]) -> dict[str, Any]:
    task, form, out = read_task(request["task"]), Path(request["form"]), Path(request["out"])
    format = json.loads((form / "format.json").read_text("utf-8"))
    ids = open_dataset(str(form / "ids.csv")).column(format["id"])
    numbers = read_predictions(request["raw"], Wanted(ids, task.asked)).numbers
    told = {"classes": task.classes, "targets": task.targets}
    decision = request["decision"] or {}
    rows = [
        submission_row(format, told, decision, raw_cells(task.asked, numbers[at]))
        for at in range(len(ids))
    ]
    lines = (
        [id if name == format["id"] else row[name] for name in format["columns"]]
        for id, row in zip(ids, rows, strict=True)
    )
    write_table(out, format["columns"], lines, format["delimiter"])
    return {
        "rows": len(ids),
        "columns": format["columns"],
        "sha256": hashlib.sha256(out.read_bytes()).hexdigest(),
    }
