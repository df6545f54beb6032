"""`prove`: does this grader measure? Before a task's own `grade.py` is believed.

Request: {"program", "direction", "answers": CSV with id and targets, "columns"?: of a submission,
id first; those of the answers when absent}. Response: {"problems": what speaks against it}.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from mw_harness.draws import Draws
from mw_harness.grader.prove import Known, prove, read_rows


def run(request: dict[str, Any]) -> dict[str, Any]:
    header, rows = read_rows(Path(request["answers"]))
    columns = request.get("columns") or header
    known = Known(header, [*rows], columns, [*rows], columns[0])
    with tempfile.TemporaryDirectory(prefix="mw-prove-") as place:
        found = prove(
            Path(request["program"]), known, request["direction"], Path(place), Draws("prove")
        )
    return {"problems": [problem.to_json() for problem in found]}
