"""Fitting whatever `model.py` builds, and predicting with it in the task's columns."""

from __future__ import annotations

import numpy as np
from sklearn.dummy import DummyClassifier

from .probabilities import over_all
from .target import fit_with_folds

ROWS_AT_ONCE = 20_000
"""Prediction goes block by block: distances and kernels grow with rows times training rows."""


def fit(estimator, X, y, folds, task):
    """The fitted estimator; rows of one class alone give one that always predicts it."""
    if task.is_classification and len(np.unique(y)) == 1:
        estimator = DummyClassifier(strategy="prior")
    return fit_with_folds(estimator, X, y, folds)


def predict(estimator, X, task) -> np.ndarray:
    """Rows by prediction columns: probabilities in the task's order, values, or text."""
    starts = range(0, max(len(X), 1), ROWS_AT_ONCE)
    values = np.vstack([_predict(estimator, X.iloc[s : s + ROWS_AT_ONCE], task) for s in starts])
    if not task.predicts_text and not np.isfinite(values).all():
        raise ValueError("the model predicted values that are not finite")
    return values


def _predict(estimator, X, task):
    width = len(task.prediction_columns)
    if task.predicts_text:
        cells = estimator.predict(X) if len(X) else []
        return np.array(list(cells), dtype=object).reshape(len(X), 1)
    if len(X) == 0:
        return np.empty((0, width))
    if task.is_classification:
        return over_all(estimator.predict_proba(X), estimator.classes_, width)
    if task.kind == "multilabel":
        return np.clip(_label_probabilities(estimator, X), 0.0, 1.0).reshape(len(X), width)
    return np.asarray(estimator.predict(X), dtype=float).reshape(len(X), width)


def _label_probabilities(estimator, X):
    """From estimators that give rows by labels, or a pair of columns for each label."""
    if not hasattr(estimator, "predict_proba"):
        return np.asarray(estimator.predict(X), dtype=float)
    proba = estimator.predict_proba(X)
    return np.column_stack([pair[:, -1] for pair in proba]) if isinstance(proba, list) else proba
