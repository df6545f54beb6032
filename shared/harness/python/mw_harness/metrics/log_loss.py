"""Mean negative logarithm (natural) of the probability given to the true class."""

from __future__ import annotations

import numpy as np

from mw_harness.metrics.record import Classes, Metric, Scorer, weighted_mean

FLOOR = 1e-15
"""A probability of 0 for what happened costs −ln(1e-15) ≈ 34.5, not infinity."""


def row_log_loss(truth: np.ndarray, probabilities: np.ndarray, classes: Classes) -> np.ndarray:
    given = probabilities[np.arange(len(truth)), truth]
    return -np.log(np.clip(given, FLOOR, 1.0))


def _bind(truth: np.ndarray, probabilities: np.ndarray, classes: Classes) -> Scorer:
    return weighted_mean(row_log_loss(truth, probabilities, classes))


LOG_LOSS = Metric(
    name="log_loss",
    direction="minimize",
    kind="classification",
    needs="probabilities",
    bind=_bind,
    row_loss=row_log_loss,
    decomposable=True,
)
