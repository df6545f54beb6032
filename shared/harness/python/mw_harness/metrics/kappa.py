"""Cohen's kappa (1960, weighted 1968): 1 − observed / expected disagreement.

Weighted, the distance of two classes is that of the numbers they are named by, so that a rating
nobody gave still counts as a step.
"""

from __future__ import annotations

import numpy as np

from mw_harness.metrics.confusion import from_confusion
from mw_harness.metrics.options import Option
from mw_harness.metrics.record import Classes, Metric, Record, always


def _distances(classes: Classes, weighting: str) -> np.ndarray:
    if weighting == "none":
        return 1 - np.eye(len(classes))
    values = np.array([float(name) for name in classes])
    apart = np.abs(values[:, None] - values[None, :])
    return apart if weighting == "linear" else apart**2


def _kappa(name: str, weighting: str) -> Metric:
    def measure(matrix: np.ndarray, classes: Classes) -> float:
        distances = _distances(classes, weighting)
        by_chance = np.outer(matrix.sum(axis=1), matrix.sum(axis=0)) / matrix.sum()
        expected = (distances * by_chance).sum()
        return float(1 - (distances * matrix).sum() / expected) if expected > 0 else float("nan")

    def row_loss(truth: np.ndarray, labels: np.ndarray, classes: Classes) -> np.ndarray:
        return np.asarray(_distances(classes, weighting)[truth, labels])

    return Metric(
        name=name,
        direction="maximize",
        kind="classification",
        needs="labels",
        bind=from_confusion(measure),
        row_loss=row_loss,
        decomposable=False,
        ordered=weighting != "none",
        uneven=weighting == "none",
    )


QUADRATIC_KAPPA = Record(
    "quadratic_kappa", {"classification": always(_kappa("quadratic_kappa", "quadratic"))}
)
COHEN_KAPPA = Record(
    "cohen_kappa",
    {"classification": lambda options: _kappa("cohen_kappa", options["weighting"])},
    (
        Option(
            "weighting",
            "choice",
            "none",
            ("none", "linear", "quadratic"),
            "How the distance of two classes counts.",
        ),
    ),
)
