"""The best that can be done without looking at any feature."""

from __future__ import annotations

import numpy as np

from mw_harness.decisions.apply import default_decision, prediction_for
from mw_harness.metrics.record import Metric
from mw_harness.scoring.constants import constant, name_of
from mw_harness.scoring.estimate import Estimate, estimate
from mw_harness.scoring.labels import Labels
from mw_harness.split.learnable import learnable, predicted
from mw_harness.task.asked import Asked


def baseline(
    metric: Metric, labels: Labels, asked: Asked, folds: np.ndarray, by: str
) -> tuple[str, Estimate]:
    """What is predicted, and its cross-validated score on the rows that out-of-fold scores use."""
    judged = np.flatnonzero(predicted(folds, by))
    numbers: np.ndarray | None = None
    for fold in np.unique(folds[judged]):
        answer = constant(metric, labels.values[learnable(folds, fold, by)], asked)
        if numbers is None:
            numbers = np.zeros((len(folds), len(answer)), dtype=answer.dtype)
        numbers[folds == fold] = answer
    assert numbers is not None
    known, numbers = metric.resampled(labels).take(judged), numbers[judged]
    if asked.is_structured:
        numbers = numbers[:, 0]
    prediction = prediction_for(metric, default_decision(metric), asked, numbers)
    return name_of(metric, asked), estimate(metric, known, prediction, asked.classes)
