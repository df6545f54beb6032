"""Mean absolute error, in the unit of the target."""

from __future__ import annotations

import numpy as np

from mw_harness.metrics.record import Classes, Metric, Scorer, weighted_mean


def _row_loss(truth: np.ndarray, values: np.ndarray, classes: Classes) -> np.ndarray:
    return np.abs(truth - values)


def _bind(truth: np.ndarray, values: np.ndarray, classes: Classes) -> Scorer:
    return weighted_mean(_row_loss(truth, values, classes))


MAE = Metric(
    name="mae",
    direction="minimize",
    kind="regression",
    needs="values",
    bind=_bind,
    row_loss=_row_loss,
    decomposable=True,
    constant="median",
)
