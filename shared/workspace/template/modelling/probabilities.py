"""Probabilities over all classes, from estimators that may have seen only some of them."""

from __future__ import annotations

import numpy as np
from scipy.special import softmax

FLOOR = 1e-6
"""No class is ever called impossible: one such mistake costs more log loss than all else saves."""


def over_all(proba, seen, classes):
    """Rows by `classes` from rows by `seen` (class numbers); what was not seen gets the floor."""
    full = np.full((len(proba), classes), FLOOR)
    full[:, np.asarray(seen, dtype=int)] = np.maximum(proba, FLOOR)
    return full / full.sum(axis=1, keepdims=True)


def raw_scores(estimator, X):
    """One score a class and row, larger is likelier: decision values, or log probabilities."""
    if hasattr(estimator, "predict_proba"):
        return np.log(np.maximum(estimator.predict_proba(X), FLOOR))
    scores = estimator.decision_function(X)
    return np.column_stack([-scores / 2, scores / 2]) if scores.ndim == 1 else scores


def log_loss(proba, y):
    """Mean negative log probability of the class numbers `y`."""
    return float(-np.log(np.maximum(proba[np.arange(len(y)), y], 1e-15)).mean())


def as_probabilities(scores):
    """Softmax along the classes."""
    return softmax(scores, axis=1)
