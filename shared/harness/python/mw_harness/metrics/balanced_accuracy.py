"""Mean recall of the classes that occur in the truth (Brodersen et al. 2010)."""

from __future__ import annotations

import numpy as np

from mw_harness.metrics.class_mean import alone, together
from mw_harness.metrics.confusion import zero_one_loss
from mw_harness.metrics.record import Metric, Record, always


def _recalls(matrix: np.ndarray) -> np.ndarray:
    recalls: np.ndarray = matrix.diagonal() / matrix.sum(axis=1)
    return recalls


_mean_recall = together(_recalls)


BALANCED_ACCURACY = Record(
    "balanced_accuracy",
    {
        "classification": always(
            Metric(
                name="balanced_accuracy",
                direction="maximize",
                kind="classification",
                needs="labels",
                bind=alone(_mean_recall),
                bind_together=_mean_recall,
                row_loss=zero_one_loss,
                decomposable=False,
                uneven=True,
            )
        )
    },
)
