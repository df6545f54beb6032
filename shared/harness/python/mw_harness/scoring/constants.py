"""The constant answer that a metric rates best: what a model has to beat."""

from __future__ import annotations

from collections import Counter

import numpy as np

from mw_harness.metrics.record import Metric
from mw_harness.scoring.boxes import Boxes
from mw_harness.scoring.runs import joined
from mw_harness.task.asked import Asked

NAMES = {
    "mean": "mean",
    "median": "median",
    "weighted_median": "weighted median",
    "log_mean": "mean of the logarithms",
    "quantile": "quantile",
}

NO_BOXES = Boxes((), np.zeros(0), np.zeros((0, 4)))


def constant(metric: Metric, truth: np.ndarray, asked: Asked) -> np.ndarray:
    """Raw numbers of one row, (K,), (L,), (T,) or (1,); for masks, boxes and texts (1,) objects."""
    if asked.kind == "classification":
        return np.bincount(truth, minlength=len(asked.classes)) / len(truth)
    if asked.kind == "multilabel":
        return np.asarray(truth.mean(axis=0))
    if asked.kind in ("regression", "multioutput"):
        columns = truth.reshape(len(truth), -1).T
        return np.array([_value(metric, column) for column in columns])
    answer = np.empty(1, dtype=object)
    answer[0] = _object(truth, asked.kind)
    return answer


def name_of(metric: Metric, asked: Asked) -> str:
    if asked.kind == "classification":
        return "most frequent class" if metric.needs == "labels" else "class prior"
    return {
        "multilabel": "share of each label",
        "mask": "pixels of at least half the masks",
        "boxes": "no box",
        "text": "most frequent text",
    }.get(asked.kind, NAMES[metric.constant])


def _value(metric: Metric, values: np.ndarray) -> float:
    if metric.constant == "median":
        return float(np.median(values))
    if metric.constant == "weighted_median":
        weights = 1 / np.maximum(np.abs(values), np.finfo(float).tiny)
        return _weighted_median(values, np.minimum(weights, 1e300))
    if metric.constant == "log_mean":
        return float(np.expm1(np.log1p(values).mean()))
    if metric.constant == "quantile":
        return float(np.quantile(values, metric.options["alpha"]))
    return float(values.mean())


def _weighted_median(values: np.ndarray, weights: np.ndarray) -> float:
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(reached, reached[-1] / 2)])


def _object(truth: np.ndarray, kind: str) -> object:
    if kind == "mask":
        return joined(list(truth), np.ones(len(truth)))
    if kind == "boxes":
        return NO_BOXES
    counts = Counter(truth.tolist())
    return max(counts, key=lambda text: (counts[text], text))
