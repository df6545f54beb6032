"""Metrics that depend on the labels only through the confusion matrix."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mw_harness.metrics.record import Bind, Classes, Scorer


def confusion(truth: np.ndarray, labels: np.ndarray, count: int, weights: np.ndarray) -> np.ndarray:
    """(K, K) weights: rows are true classes, columns predicted ones."""
    cells = np.bincount(truth * count + labels, weights=weights, minlength=count * count)
    return cells.reshape(count, count)


def from_confusion(measure: Callable[[np.ndarray, Classes], float]) -> Bind:
    """A metric's `bind` from a function of the confusion matrix and the class names."""

    def bind(truth: np.ndarray, labels: np.ndarray, classes: Classes) -> Scorer:
        def scores(weights: np.ndarray) -> np.ndarray:
            count = len(classes)
            matrices = (confusion(truth, labels, count, row) for row in weights)
            return np.array([measure(matrix, classes) for matrix in matrices])

        return scores

    return bind


def zero_one_loss(truth: np.ndarray, labels: np.ndarray, classes: Classes) -> np.ndarray:
    return (truth != labels).astype(np.float64)
