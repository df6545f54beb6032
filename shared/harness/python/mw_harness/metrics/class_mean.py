"""Metrics that are a mean over classes, each class counting alike.

Which classes count is settled on all rows, for a pair of predictions on those of both. Were it
settled anew in every bootstrap replicate, the mean would be divided by another number wherever a
replicate lost the few rows of a class, and that jump would pass for uncertainty. A class that a
replicate lost counts in it with its value over all rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from mw_harness.metrics.confusion import confusion
from mw_harness.metrics.record import Bind, BindTogether, Classes, Scorer

PerClass = Callable[[np.ndarray], np.ndarray]
"""From a confusion matrix (K, K) to a value for each class (K,), NaN where it has none."""


def mean_over(each: np.ndarray, whole: np.ndarray, counted: np.ndarray) -> np.ndarray:
    """Means (replicates,) of `each` (replicates, K), by `whole` (K,) where that is not defined.

    A counted class that even `whole` lacks is 0: only the other prediction of a pair names it.
    """
    filled = np.where(np.isfinite(each), each, np.nan_to_num(whole))
    if not counted.any():
        return np.full(len(each), np.nan)
    means: np.ndarray = filled[:, counted].mean(axis=1)
    return means


def together(per_class: PerClass) -> BindTogether:
    """Scorers of predictions that are compared: over the classes that any of them has."""

    def bind(
        truth: np.ndarray, predictions: Sequence[np.ndarray], classes: Classes
    ) -> list[Scorer]:
        count = len(classes)

        def values(labels: np.ndarray, weights: np.ndarray) -> np.ndarray:
            matrices = (confusion(truth, labels, count, row) for row in weights)
            with np.errstate(invalid="ignore"):
                return np.array([per_class(matrix) for matrix in matrices])

        wholes = [values(labels, np.ones((1, len(truth))))[0] for labels in predictions]
        counted = np.isfinite(wholes).any(axis=0)

        def scorer(labels: np.ndarray, whole: np.ndarray) -> Scorer:
            return lambda weights: mean_over(values(labels, weights), whole, counted)

        return [scorer(*one) for one in zip(predictions, wholes, strict=True)]

    return bind


def alone(bind: BindTogether) -> Bind:
    return lambda truth, labels, classes: bind(truth, [labels], classes)[0]
