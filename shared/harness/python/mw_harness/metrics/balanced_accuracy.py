"""Mean recall of the classes that occur in the truth (Brodersen et al. 2010)."""

from __future__ import annotations

import numpy as np

from mw_harness.metrics.confusion import from_confusion, zero_one_loss
from mw_harness.metrics.record import Classes, Metric


def _measure(matrix: np.ndarray, classes: Classes) -> float:
    support = matrix.sum(axis=1)
    occurring = support > 0
    return float(np.mean(matrix.diagonal()[occurring] / support[occurring]))


BALANCED_ACCURACY = Metric(
    name="balanced_accuracy",
    direction="maximize",
    kind="classification",
    needs="labels",
    bind=from_confusion(_measure),
    row_loss=zero_one_loss,
    decomposable=False,
)
