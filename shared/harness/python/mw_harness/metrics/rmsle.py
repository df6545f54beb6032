"""Root of the mean squared error of ln(1 + value); a prediction below 0 counts as 0."""

from __future__ import annotations

import numpy as np

from mw_harness.metrics.record import Classes, Metric, Scorer, weighted_mean


def _row_loss(truth: np.ndarray, values: np.ndarray, classes: Classes) -> np.ndarray:
    return (np.log1p(truth) - np.log1p(np.maximum(values, 0.0))) ** 2


def _bind(truth: np.ndarray, values: np.ndarray, classes: Classes) -> Scorer:
    mean = weighted_mean(_row_loss(truth, values, classes))
    return lambda weights: np.sqrt(mean(weights))


RMSLE = Metric(
    name="rmsle",
    direction="minimize",
    kind="regression",
    needs="values",
    bind=_bind,
    row_loss=_row_loss,
    decomposable=True,
    in_domain=lambda values: values >= 0,
    domain="numbers of at least 0",
    floor=0.0,
    blend="log",
    constant="log_mean",
)
