"""`reproduce`: does a delivered model say again what is on record?

Request: {"record", "reproduced", "tolerance", "task": task.json (its classes)}: two raw predictions
files. Response: {"rows", "maxDifference", "worstId", "agree"}. `scoring.unlike` says what a
difference is.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from mw_harness.scoring.predictions import Wanted, read_ids, read_predictions
from mw_harness.scoring.unlike import unlikeness
from mw_harness.task.asked import asked_of


def run(request: dict[str, Any]) -> dict[str, Any]:
    asked = asked_of(request["task"])
    # A candidate wrote the record as well, so it is read as warily as what is new.
    ids = read_ids(request["record"], asked)
    wanted = Wanted(ids, asked)
    record = read_predictions(request["record"], wanted).numbers
    reproduced = read_predictions(request["reproduced"], wanted).numbers
    differences = unlikeness(asked, record, reproduced)
    worst = int(np.argmax(differences))
    return {
        "rows": len(ids),
        "maxDifference": float(differences[worst]),
        "worstId": ids[worst],
        "agree": bool(differences[worst] <= float(request["tolerance"])),
    }
