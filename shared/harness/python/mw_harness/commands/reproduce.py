"""`reproduce`: does a delivered model say again what is on record?

Request: {"record", "reproduced", "tolerance", "task": task.json (its classes)}: two raw predictions
files. Response: {"rows", "maxDifference", "worstId", "agree"}. Probabilities are compared as they
are; values relative to the size of the recorded one where that is above 1.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from mw_harness.scoring.predictions import Wanted, read_ids, read_predictions


def run(request: dict[str, Any]) -> dict[str, Any]:
    classes = request["task"]["classes"]
    names = None if classes is None else tuple(str(name) for name in classes)
    # A candidate wrote the record as well, so it is read as warily as what is new.
    ids = read_ids(request["record"], names)
    wanted = Wanted(ids, names)
    record = read_predictions(request["record"], wanted).numbers
    reproduced = read_predictions(request["reproduced"], wanted).numbers
    scale = np.maximum(np.abs(record), 1.0) if names is None else 1.0
    differences = (np.abs(record - reproduced) / scale).max(axis=1)
    worst = int(np.argmax(differences))
    return {
        "rows": len(ids),
        "maxDifference": float(differences[worst]),
        "worstId": ids[worst],
        "agree": bool(differences[worst] <= float(request["tolerance"])),
    }
