"""Cohen's kappa with squared distances (Cohen 1968): 1 − observed / expected disagreement.

The distance of two classes is that of the numbers they are named by, so that a rating nobody gave
still counts as a step.
"""

from __future__ import annotations

import numpy as np

from mw_harness.metrics.confusion import from_confusion
from mw_harness.metrics.record import Classes, Metric


def _measure(matrix: np.ndarray, classes: Classes) -> float:
    distances = _distances(classes)
    by_chance = np.outer(matrix.sum(axis=1), matrix.sum(axis=0)) / matrix.sum()
    expected = (distances * by_chance).sum()
    return float(1 - (distances * matrix).sum() / expected) if expected > 0 else float("nan")


def _row_loss(truth: np.ndarray, labels: np.ndarray, classes: Classes) -> np.ndarray:
    return _distances(classes)[truth, labels]


def _distances(classes: Classes) -> np.ndarray:
    values = np.array([float(name) for name in classes])
    return (values[:, None] - values[None, :]) ** 2


QUADRATIC_KAPPA = Metric(
    name="quadratic_kappa",
    direction="maximize",
    kind="classification",
    needs="labels",
    bind=from_confusion(_measure),
    row_loss=_row_loss,
    decomposable=False,
    ordered=True,
)
