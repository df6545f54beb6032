"""Classes of which too few rows are hidden for a score to tell how well they are predicted.

This is for the user alone, not for the card: candidates learn nothing of hidden labels.
"""

from __future__ import annotations

import numpy as np

from mw_harness.checks.examination import Examination
from mw_harness.problem import Problem
from mw_harness.split.deal import HOLDOUT
from mw_harness.split.division import Division

ENOUGH = 5
"""With fewer rows a single one moves the recall of its class by a quarter or more."""

SHOWN = 8


def scarce_classes(examined: Examination, division: Division) -> list[Problem]:
    classes = examined.target.classes
    if classes is None or examined.task.kind != "classification":
        return []
    warnings = []
    for places, name in ((division.scored, "score"), (division.members(HOLDOUT), "holdout")):
        if len(places) == 0:
            continue
        counts = np.bincount(examined.target.codes[places], minlength=len(classes))
        scarce = [(classes[code], int(counts[code])) for code in np.flatnonzero(counts < ENOUGH)]
        if scarce:
            warnings.append(_warning(name, scarce, examined.train.table.name))
    return warnings


def _warning(part: str, scarce: list[tuple[str, int]], file: str) -> Problem:
    told = [f"{name}: {_rows(count)}" for name, count in scarce[:SHOWN]]
    if len(scarce) > SHOWN:
        told.append(f"and {len(scarce) - SHOWN} more classes")
    message = f"The {part} can hardly judge {', '.join(told)}."
    remedy = (
        f"Add labelled rows or join rare classes, so that each has {ENOUGH} rows or more in the "
        f"{part} part. The run goes on without."
    )
    return Problem("scarce-classes", message, remedy, file)


def _rows(count: int) -> str:
    return {0: "no row", 1: "1 row"}.get(count, f"{count} rows")
