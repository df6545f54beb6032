"""All of a diagnosis in one object, for whoever is to improve the candidate."""

from __future__ import annotations

from typing import Any

import numpy as np

from mw_harness.diagnosis.calibration import describe_calibration
from mw_harness.diagnosis.confusions import describe_confusions
from mw_harness.diagnosis.residuals import describe_residuals
from mw_harness.diagnosis.slices import biased_slices, worst_slices
from mw_harness.diagnosis.worst_units import worst_units
from mw_harness.metrics.record import Metric
from mw_harness.scoring.training_rows import OutOfFold, TrainingRows
from mw_harness.task.dataset import Task


def describe(
    metric: Metric, task: Task, rows: TrainingRows, scored: OutOfFold, prediction: np.ndarray
) -> dict[str, Any]:
    """`prediction` is what the metric needs, for the rows of `scored`."""
    losses = metric.row_loss(scored.values, prediction, task.classes or ())
    found: dict[str, Any] = {
        "slices": worst_slices(task, rows, scored.chosen, losses),
        "worst": worst_units(task, rows, scored, losses),
    }
    if task.kind == "classification" and task.classes is not None:
        labels = prediction if metric.needs == "labels" else scored.numbers.argmax(axis=1)
        found |= {
            "confusion": describe_confusions(scored.values, labels, task.classes),
            "calibration": describe_calibration(scored.values, scored.numbers),
        }
    if task.kind == "regression":
        residuals = prediction - scored.values
        found |= {
            "residuals": describe_residuals(scored.values, prediction),
            "biased": biased_slices(task, rows, scored.chosen, residuals),
        }
    return found
