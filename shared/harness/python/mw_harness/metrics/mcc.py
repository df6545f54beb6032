"""Matthews correlation coefficient for any number of classes (Gorodkin 2004, R_K)."""

from __future__ import annotations

import math

import numpy as np

from mw_harness.metrics.confusion import from_confusion, zero_one_loss
from mw_harness.metrics.record import Classes, Metric, Record, always


def _measure(matrix: np.ndarray, classes: Classes) -> float:
    """0 where truth or predictions hold one class only."""
    total, right = matrix.sum(), matrix.trace()
    true, predicted = matrix.sum(axis=1), matrix.sum(axis=0)
    spread = (total**2 - predicted @ predicted) * (total**2 - true @ true)
    return float((right * total - true @ predicted) / math.sqrt(spread)) if spread > 0 else 0.0


MCC = Record(
    "mcc",
    {
        "classification": always(
            Metric(
                name="mcc",
                direction="maximize",
                kind="classification",
                needs="labels",
                bind=from_confusion(_measure),
                row_loss=zero_one_loss,
                decomposable=False,
                uneven=True,
            )
        )
    },
)
