"""F1 = 2·TP / (2·TP + FP + FN): averaged over classes (macro) or over all decisions (micro)."""

from __future__ import annotations

import numpy as np

from mw_harness.metrics.class_mean import alone, together
from mw_harness.metrics.confusion import from_confusion, zero_one_loss
from mw_harness.metrics.record import Classes, Metric


def _of_each(matrix: np.ndarray) -> np.ndarray:
    """Defined for the classes that occur in the truth or among the predictions."""
    f1: np.ndarray = 2 * matrix.diagonal() / (matrix.sum(axis=0) + matrix.sum(axis=1))
    return f1


_macro = together(_of_each)


def _micro(matrix: np.ndarray, classes: Classes) -> float:
    """One label a row: every false positive is another class's false negative."""
    return float(matrix.trace() / matrix.sum())


F1_MACRO = Metric(
    name="f1_macro",
    direction="maximize",
    kind="classification",
    needs="labels",
    bind=alone(_macro),
    bind_together=_macro,
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
