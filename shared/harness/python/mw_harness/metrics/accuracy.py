"""Share of rows whose label is right."""

from __future__ import annotations

import numpy as np

from mw_harness.metrics.confusion import zero_one_loss
from mw_harness.metrics.record import Classes, Metric, Scorer, weighted_mean


def _bind(truth: np.ndarray, labels: np.ndarray, classes: Classes) -> Scorer:
    return weighted_mean((truth == labels).astype(np.float64))


ACCURACY = Metric(
    name="accuracy",
    direction="maximize",
    kind="classification",
    needs="labels",
    bind=_bind,
    row_loss=zero_one_loss,
    decomposable=True,
)
