"""Several labels or several numbers, each by a model of its own."""

from __future__ import annotations

import functools

import numpy as np
from sklearn.base import BaseEstimator, clone
from sklearn.dummy import DummyClassifier

from .target import fit_with_folds


class PerOutput(BaseEstimator):
    """Fits one estimator for each column of `y`: `models` has one for each, or one for all.

    `predict` gives rows by outputs: of classifiers the probability of class 1, else values.
    """

    def __init__(self, models):
        self.models = models

    def fit(self, X, y, folds=None):
        several = isinstance(self.models, list)
        each = self.models if several else [self.models] * y.shape[1]
        self.models_ = [
            fit_with_folds(_able(model, column), X, column, folds)
            for model, column in zip(each, y.T, strict=True)
        ]
        return self

    def predict(self, X):
        return np.column_stack([_answer(model, X) for model in self.models_])


def for_each_output(build):
    """Makes a `build` for classes and numbers one for several labels or numbers as well."""

    @functools.wraps(build)
    def built(task, config, seed):
        if task.kind not in ("multilabel", "multioutput"):
            return build(task, config, seed)
        tasks = [task.of_output(place) for place in range(task.outputs)]
        return PerOutput([build(one, config, seed + place) for place, one in enumerate(tasks)])

    return built


def _able(model, column):
    """A label that is always there, or never, asks for no model."""
    if column.dtype.kind in "iub" and len(np.unique(column)) == 1:
        return DummyClassifier(strategy="prior")
    return clone(model)


def _answer(model, X):
    if not hasattr(model, "predict_proba"):
        return np.asarray(model.predict(X), dtype=float).ravel()
    proba, classes = model.predict_proba(X), list(model.classes_)
    return proba[:, classes.index(1)] if 1 in classes else np.zeros(len(proba))
