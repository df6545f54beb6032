"""What is known of a metric.

A metric is bound once to truth and predictions, which does the costly part (sorting, losses), and
then scores any weighting of the rows: all ones for the score itself, multiplicities for a
bootstrap replicate. NaN means that the weighted rows do not define the metric.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

Scorer = Callable[[np.ndarray], np.ndarray]
"""Weights of shape (replicates, rows) to scores of shape (replicates,)."""

Classes = Sequence[str]

Bind = Callable[[np.ndarray, np.ndarray, Classes], Scorer]
BindTogether = Callable[[np.ndarray, Sequence[np.ndarray], Classes], list[Scorer]]
RowLoss = Callable[[np.ndarray, np.ndarray, Classes], np.ndarray]


def anything(values: np.ndarray) -> np.ndarray:
    return np.ones(len(values), dtype=bool)


@dataclass(frozen=True)
class Metric:
    """Shapes for n rows and K classes.

    truth: int codes (n,) for classification, float64 (n,) for regression.
    prediction, by `needs`: labels → int codes (n,); probabilities, scores → float64 (n, K);
    values → float64 (n,).
    """

    name: str
    direction: str
    """maximize or minimize"""
    kind: str
    """classification or regression"""
    needs: str
    """labels, probabilities, scores (only their order counts) or values"""
    bind: Bind
    row_loss: RowLoss
    """Loss of each row, smaller is better: for slices, and for pairing where decomposable."""
    decomposable: bool
    """The score is a monotonous function of the mean row loss."""
    unit: str = "row"
    """What is resampled, unless the split kept groups together: then the group."""
    in_domain: Callable[[np.ndarray], np.ndarray] = anything
    domain: str = "any number"
    bind_together: BindTogether | None = None
    """For predictions that are compared, where the scorer of one depends on the others."""

    @property
    def sign(self) -> int:
        """Times a score it is larger for the better."""
        return 1 if self.direction == "maximize" else -1

    @property
    def bounds(self) -> tuple[float, float]:
        """Every metric is at most 1 or at least 0: its best value."""
        return (-math.inf, 1.0) if self.direction == "maximize" else (0.0, math.inf)

    def scorers(
        self, truth: np.ndarray, predictions: Sequence[np.ndarray], classes: Classes
    ) -> list[Scorer]:
        """Of predictions for the same rows, so that their scores may be subtracted."""
        if self.bind_together is not None:
            return self.bind_together(truth, predictions, classes)
        return [self.bind(truth, prediction, classes) for prediction in predictions]

    def score(self, truth: np.ndarray, prediction: np.ndarray, classes: Classes) -> float:
        return float(self.bind(truth, prediction, classes)(np.ones((1, len(truth))))[0])


def weighted_mean(values: np.ndarray) -> Scorer:
    return lambda weights: weights @ values / weights.sum(axis=1)
