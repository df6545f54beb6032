"""The units on which the loss is largest."""

from __future__ import annotations

from typing import Any

import numpy as np

from mw_harness.json_text import tidy
from mw_harness.scoring.training_rows import OutOfFold, TrainingRows
from mw_harness.task.dataset import Task

SHOWN = 20


def worst_units(
    task: Task, rows: TrainingRows, scored: OutOfFold, losses: np.ndarray
) -> list[dict[str, Any]]:
    """`losses` (n,) of the rows of `scored`. Labels and predictions where they are one of each."""
    order = np.argsort(-losses, kind="stable")[:SHOWN]
    units = []
    for at in order.tolist():
        unit = {"id": rows.ids[int(scored.chosen[at])], "loss": tidy(losses[at])}
        units.append(unit | _said(task, scored, at))
    return units


def _said(task: Task, scored: OutOfFold, at: int) -> dict[str, Any]:
    if task.kind == "classification" and task.classes is not None:
        likely = int(scored.numbers[at].argmax())
        return {
            "truth": task.classes[int(scored.values[at])],
            "predicted": task.classes[likely],
            "probability": tidy(scored.numbers[at, likely], 4),
        }
    if task.kind == "regression":
        truth, predicted = float(scored.values[at]), float(scored.numbers[at, 0])
        return {"truth": str(tidy(truth)), "predicted": str(tidy(predicted))}
    return {}
