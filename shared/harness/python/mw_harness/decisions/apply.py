"""Applying a decision to arrays, by the very code that is delivered with a model."""

from __future__ import annotations

from typing import Any

import numpy as np

from mw_harness.decision import decide_class, decide_labels, decide_value, decide_values
from mw_harness.metrics.record import Metric
from mw_harness.task.asked import Asked

Decision = dict[str, Any]


def default_decision(metric: Metric) -> Decision:
    """What is done while nothing was fitted."""
    if metric.needs == "labels" and metric.kind == "multilabel":
        return {"kind": "thresholds", "parameters": {"thresholds": 0.5, "least": 0}}
    kinds = {"labels": "argmax", "probabilities": "probabilities", "scores": "probabilities"}
    if metric.needs in kinds:
        return {"kind": kinds[metric.needs], "parameters": {}}
    if metric.needs == "values" and metric.floor is not None:
        return {"kind": "clip", "parameters": {"low": metric.floor, "high": None}}
    return {"kind": "identity", "parameters": {}}


def prediction_for(
    metric: Metric, decision: Decision, asked: Asked, numbers: np.ndarray
) -> np.ndarray:
    """What the metric needs, from raw numbers or objects."""
    if asked.is_structured:
        return numbers
    if asked.kind == "regression":
        return np.array([decide_value(decision, value) for value in numbers[:, 0].tolist()])
    if asked.kind == "multioutput":
        return np.array([decide_values(decision, row) for row in numbers.tolist()])
    if metric.needs != "labels":
        return numbers
    if asked.kind == "multilabel":
        return np.array([decide_labels(decision, row) for row in numbers.tolist()], dtype=float)
    code_of = {name: code for code, name in enumerate(asked.classes)}
    names = list(asked.classes)
    labels = (decide_class(decision, names, row) for row in numbers.tolist())
    return np.fromiter((code_of[label] for label in labels), np.int64, len(numbers))
