"""F1 = 2·TP / (2·TP + FP + FN): averaged over classes (macro) or over all decisions (micro)."""

from __future__ import annotations

import numpy as np

from mw_harness.metrics.confusion import from_confusion, zero_one_loss
from mw_harness.metrics.record import Classes, Metric


def _macro(matrix: np.ndarray, classes: Classes) -> float:
    """Over the classes that occur in the truth or among the predictions."""
    sums = matrix.sum(axis=0) + matrix.sum(axis=1)
    occurring = sums > 0
    return float(np.mean(2 * matrix.diagonal()[occurring] / sums[occurring]))


def _micro(matrix: np.ndarray, classes: Classes) -> float:
    """One label a row: every false positive is another class's false negative."""
    return float(matrix.trace() / matrix.sum())


F1_MACRO = Metric(
    name="f1_macro",
    direction="maximize",
    kind="classification",
    needs="labels",
    bind=from_confusion(_macro),
    row_loss=zero_one_loss,
    decomposable=False,
)

F1_MICRO = Metric(
    name="f1_micro",
    direction="maximize",
    kind="classification",
    needs="labels",
    bind=from_confusion(_micro),
    row_loss=zero_one_loss,
    decomposable=True,
)
