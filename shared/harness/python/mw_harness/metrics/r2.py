"""Coefficient of determination: 1 − squared error / squared deviation from the truth's mean."""

from __future__ import annotations

import numpy as np

from mw_harness.metrics.record import Classes, Metric, Scorer

ROUNDING = 1e-12
"""A spread below this share of the squares is the rounding of a constant."""


def _row_loss(truth: np.ndarray, values: np.ndarray, classes: Classes) -> np.ndarray:
    return (truth - values) ** 2


def _bind(truth: np.ndarray, values: np.ndarray, classes: Classes) -> Scorer:
    errors = _row_loss(truth, values, classes)
    # Deviations do not depend on where the origin lies; near the mean no digits are lost.
    centred = truth - truth.mean()

    def scores(weights: np.ndarray) -> np.ndarray:
        squares = weights @ centred**2
        spread = squares - (weights @ centred) ** 2 / weights.sum(axis=1)
        defined = spread > ROUNDING * squares
        return np.where(defined, 1 - weights @ errors / np.where(defined, spread, 1.0), np.nan)

    return scores


R2 = Metric(
    name="r2",
    direction="maximize",
    kind="regression",
    needs="values",
    bind=_bind,
    row_loss=_row_loss,
    decomposable=False,
)
