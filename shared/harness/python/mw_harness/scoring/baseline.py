"""The best that can be done without looking at any feature."""

from __future__ import annotations

import numpy as np

from mw_harness.metrics.record import Metric
from mw_harness.scoring.estimate import Estimate, estimate
from mw_harness.scoring.labels import Labels
from mw_harness.split.learnable import learnable, predicted


def baseline(
    metric: Metric,
    labels: Labels,
    classes: tuple[str, ...] | None,
    folds: np.ndarray,
    by: str,
) -> tuple[str, Estimate]:
    """What is predicted, and its cross-validated score on the rows that out-of-fold scores use."""
    judged = np.flatnonzero(predicted(folds, by))
    numbers = np.zeros((len(folds), 1 if classes is None else len(classes)))
    for fold in np.unique(folds[judged]):
        learned = labels.values[learnable(folds, fold, by)]
        numbers[folds == fold] = constant(metric, learned, classes)
    known, numbers = labels.take(judged), numbers[judged]
    if classes is None:
        return _constant_name(metric), estimate(metric, known, numbers[:, 0], ())
    prediction = numbers.argmax(axis=1) if metric.needs == "labels" else numbers
    name = "most frequent class" if metric.needs == "labels" else "class prior"
    return name, estimate(metric, known, prediction, classes)


def constant(metric: Metric, truth: np.ndarray, classes: tuple[str, ...] | None) -> np.ndarray:
    """(K,) shares of the classes, or (1,) the constant that the metric rates best."""
    if classes is not None:
        return np.bincount(truth, minlength=len(classes)) / len(truth)
    if metric.name == "mae":
        return np.array([np.median(truth)])
    if metric.name == "mape":
        return np.array([_weighted_median(truth, 1 / np.abs(truth))])
    if metric.name == "rmsle":
        return np.array([np.expm1(np.log1p(truth).mean())])
    return np.array([truth.mean()])


def _constant_name(metric: Metric) -> str:
    return {"mae": "median", "mape": "weighted median", "rmsle": "mean of the logarithms"}.get(
        metric.name, "mean"
    )


def _weighted_median(values: np.ndarray, weights: np.ndarray) -> float:
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(reached, reached[-1] / 2)])
