"""Predictions as cells of a file again."""

from __future__ import annotations

from typing import Any

import numpy as np

from mw_harness.scoring.boxes import Boxes, format_boxes
from mw_harness.scoring.runs import format_runs
from mw_harness.task.asked import Asked


def raw_cells(asked: Asked, row: object) -> list[Any]:
    """Of one row of numbers or one object: numbers, or the text of an object."""
    if asked.is_structured:
        return list(raw_texts(asked, row))
    return [float(number) for number in np.asarray(row).tolist()]


def raw_texts(asked: Asked, row: object) -> list[str]:
    """Cells of one row of raw predictions, as `read_predictions` reads them."""
    if isinstance(row, Boxes):
        return [format_boxes(row)]
    if isinstance(row, str):
        return [row]
    if asked.kind == "mask":
        return [format_runs(np.asarray(row))]
    return [repr(float(number)) for number in np.asarray(row).tolist()]
