"""Root of the mean squared error, in the unit of the target."""

from __future__ import annotations

import numpy as np

from mw_harness.metrics.record import Classes, Metric, Scorer, weighted_mean


def _row_loss(truth: np.ndarray, values: np.ndarray, classes: Classes) -> np.ndarray:
    return (truth - values) ** 2


def _bind(truth: np.ndarray, values: np.ndarray, classes: Classes) -> Scorer:
    mean = weighted_mean(_row_loss(truth, values, classes))
    return lambda weights: np.sqrt(mean(weights))


RMSE = Metric(
    name="rmse",
    direction="minimize",
    kind="regression",
    needs="values",
    bind=_bind,
    row_loss=_row_loss,
    decomposable=True,
)
