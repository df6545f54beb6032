"""Applying a decision to arrays, by the very code that is delivered with a model."""

from __future__ import annotations

from typing import Any

import numpy as np

from mw_harness.decision import decide_class, decide_value
from mw_harness.metrics.record import Metric

Decision = dict[str, Any]


def default_decision(metric: Metric) -> Decision:
    """What is done while nothing was fitted."""
    kinds = {"labels": "argmax", "probabilities": "probabilities", "scores": "probabilities"}
    if metric.needs in kinds:
        return {"kind": kinds[metric.needs], "parameters": {}}
    if metric.name == "rmsle":
        return {"kind": "clip", "parameters": {"low": 0.0, "high": None}}
    return {"kind": "identity", "parameters": {}}


def prediction_for(
    metric: Metric, decision: Decision, classes: tuple[str, ...] | None, numbers: np.ndarray
) -> np.ndarray:
    """What the metric needs: codes (n,), probabilities (n, K) or values (n,), from raw numbers."""
    if classes is None:
        return np.array([decide_value(decision, value) for value in numbers[:, 0].tolist()])
    if metric.needs != "labels":
        return numbers
    code_of = {name: code for code, name in enumerate(classes)}
    names = list(classes)
    labels = (decide_class(decision, names, row) for row in numbers.tolist())
    return np.fromiter((code_of[label] for label in labels), np.int64, len(numbers))
