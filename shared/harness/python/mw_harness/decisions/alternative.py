"""The decision worth trying beside the default, for each metric, and how it is fitted."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mw_harness.decisions.apply import Decision
from mw_harness.metrics.record import Metric
from mw_harness.task.asked import Asked

Fit = Callable[[np.ndarray, np.ndarray], Decision]
"""From raw numbers (n, K) and true values (n,) to a decision."""

THRESHOLDS = 200
POWERS = (0.0, 0.25, 0.5, 0.75, 1.0)


def alternative(metric: Metric, asked: Asked) -> Fit | None:
    """What may beat the default decision; None where the default is optimal, or a
    score too dear to try many."""
    classes = asked.classes
    if metric.resamples is not None:
        return None
    if asked.kind in ("regression", "multioutput"):
        return _clip_to_range if metric.blend != "rank" else None
    if asked.kind == "multilabel" and metric.needs == "labels":
        return lambda numbers, truth: _thresholds(metric, classes, numbers, truth)
    if asked.kind != "classification":
        return None
    if metric.ordered:
        return lambda numbers, truth: _expected(classes)
    if metric.uneven and len(classes) == 2:
        return lambda numbers, truth: _threshold(metric, classes, numbers, truth)
    if metric.uneven:
        return lambda numbers, truth: _weights(metric, classes, numbers, truth)
    return None


def _clip_to_range(numbers: np.ndarray, truth: np.ndarray) -> Decision:
    """Nothing outside what was ever seen: guards against a line drawn too far."""
    low, high = truth.min(axis=0).tolist(), truth.max(axis=0).tolist()
    return {"kind": "clip", "parameters": {"low": low, "high": high}}


def _thresholds(
    metric: Metric, classes: tuple[str, ...], numbers: np.ndarray, truth: np.ndarray
) -> Decision:
    """One threshold for all labels, with or without at least one label a row: a threshold for each
    would be fitted to the noise of rare ones."""
    grid = np.unique(np.quantile(numbers, np.linspace(0, 1, THRESHOLDS // 4 + 1)))
    tried = []
    for cut in (grid[1:] + grid[:-1]) / 2 if len(grid) > 1 else np.array([0.5]):
        given = numbers >= cut
        tried.append((metric.score(truth, given.astype(float), classes), float(cut), 0))
        if not given.any(axis=1).all():
            top = np.eye(numbers.shape[1], dtype=bool)[numbers.argmax(axis=1)]
            some = np.where(given.any(axis=1)[:, None], given, top)
            tried.append((metric.score(truth, some.astype(float), classes), float(cut), 1))
    _, cut, least = max(tried, key=lambda one: metric.sign * one[0])
    return {"kind": "thresholds", "parameters": {"thresholds": cut, "least": least}}


def _expected(classes: tuple[str, ...]) -> Decision:
    """The squared distance is least at the mean, so ordered classes go by it."""
    return {"kind": "expected", "parameters": {"values": [float(name) for name in classes]}}


def _threshold(
    metric: Metric, classes: tuple[str, ...], numbers: np.ndarray, truth: np.ndarray
) -> Decision:
    """The middle one of the best thresholds between quantiles of the probability."""
    positive = numbers[:, 1]
    cuts = np.unique(np.quantile(positive, np.linspace(0, 1, THRESHOLDS + 1)))
    middles = (cuts[1:] + cuts[:-1]) / 2 if len(cuts) > 1 else np.array([0.5])
    scores = np.array(
        [metric.score(truth, (positive >= cut).astype(np.int64), classes) for cut in middles]
    )
    best = np.flatnonzero(scores == scores.max())
    return {"kind": "threshold", "parameters": {"threshold": float(middles[best[len(best) // 2]])}}


def _weights(
    metric: Metric, classes: tuple[str, ...], numbers: np.ndarray, truth: np.ndarray
) -> Decision:
    """Class weights share⁻ᵃ. With a = 1 they are optimal for balanced accuracy; one parameter for
    all classes is fitted safely where a weight for each would be fitted to noise."""
    shares = np.maximum(np.bincount(truth, minlength=len(classes)), 1) / len(truth)
    scores = []
    for power in POWERS:
        labels = (numbers * shares**-power).argmax(axis=1)
        scores.append(metric.score(truth, labels, classes))
    weights = shares ** -POWERS[int(np.argmax(scores))]
    weights = weights / weights.max()
    return {"kind": "weights", "parameters": {"weights": [float(weight) for weight in weights]}}
