"""Mean absolute error as a fraction of the true value (0.1 is ten per cent)."""

from __future__ import annotations

import numpy as np

from mw_harness.metrics.record import Classes, Metric, Scorer, weighted_mean


def _row_loss(truth: np.ndarray, values: np.ndarray, classes: Classes) -> np.ndarray:
    return np.abs(truth - values) / np.abs(truth)


def _bind(truth: np.ndarray, values: np.ndarray, classes: Classes) -> Scorer:
    return weighted_mean(_row_loss(truth, values, classes))


MAPE = Metric(
    name="mape",
    direction="minimize",
    kind="regression",
    needs="values",
    bind=_bind,
    row_loss=_row_loss,
    decomposable=True,
    constant="weighted_median",
    in_domain=lambda values: values != 0,
    domain="numbers other than 0",
)
