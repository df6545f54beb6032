"""`reproduce`: does a delivered model say again what is on record?

Request: {"record", "reproduced", "tolerance", "task": {"classes", "id"}}: two raw predictions
files. Response: {"rows", "maxDifference", "worstId", "agree"}. Probabilities are compared as they
are; values relative to the size of the recorded one where that is above 1.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np

from mw_harness.problem import BadInput, Problem
from mw_harness.scoring.predictions import Wanted, read_predictions
from mw_harness.scoring.safe_file import read_untrusted
from mw_harness.tables.dialect import csv_reader

MOST_BYTES = 2 << 30


def run(request: dict[str, Any]) -> dict[str, Any]:
    classes = request["task"]["classes"]
    names = None if classes is None else tuple(str(name) for name in classes)
    id = str(request["task"]["id"])
    ids = _ids(request["record"], id)
    wanted = Wanted(ids, names, id)
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


def _ids(path: str, column: str) -> list[str]:
    """The rows on record. A candidate wrote that file as well, so it is read as warily."""
    rows = list(csv_reader(io.StringIO(read_untrusted(path, MOST_BYTES), newline=""), ","))
    if not rows or column not in rows[0]:
        name = Path(path).name
        message = f"`{name}` has no column `{column}`."
        raise BadInput([Problem("predictions-columns", message, "Record it again.", name, 1)])
    at = rows[0].index(column)
    return [row[at] for row in rows[1:] if len(row) > at]
