"""Choosing one setting by cross-validation inside `fit`."""

from __future__ import annotations

import numpy as np
from sklearn.base import BaseEstimator, clone, is_classifier

from .calibration import take
from .holding_out import inner_folds, splits
from .probabilities import log_loss, over_all


class Chosen(BaseEstimator):
    """Fits `base` with the value of `parameter` that loses least on held-back rows.

    The loss is log loss for classifiers and squared error otherwise. Of values that lose about
    the same (within a third of a standard error of the best) the first is taken: list the most
    careful first.
    """

    def __init__(self, base, parameter, values, parts=4, seed=0):
        self.base = base
        self.parameter = parameter
        self.values = values
        self.parts = parts
        self.seed = seed

    def fit(self, X, y, folds=None):
        self.classification_ = is_classifier(self.base)
        losses = np.array([self._losses(value, X, y, folds) for value in self.values])
        mean = losses.mean(axis=1)
        best = int(mean.argmin())
        slack = np.std(losses - losses[best], axis=1) / np.sqrt(losses.shape[1]) / 3
        self.value_ = self.values[int(np.flatnonzero(mean <= mean[best] + slack)[0])]
        self.estimator_ = self._with(self.value_).fit(X, y)
        if self.classification_:
            self.classes_ = self.estimator_.classes_
        return self

    def predict(self, X):
        return self.estimator_.predict(X)

    def predict_proba(self, X):
        return self.estimator_.predict_proba(X)

    def _with(self, value):
        return clone(self.base).set_params(**{self.parameter: value})

    def _losses(self, value, X, y, folds):
        """The loss on each held-back part."""
        parts = inner_folds(y, folds, self.parts, self.classification_, self.seed)
        classes = int(y.max()) + 1 if self.classification_ else 0
        losses = []
        for learn, held in splits(parts):
            if self.classification_ and len(np.unique(y[learn])) < 2:
                continue
            model = self._with(value).fit(take(X, learn), y[learn])
            if self.classification_:
                proba = over_all(model.predict_proba(take(X, held)), model.classes_, classes)
                losses.append(log_loss(proba, y[held]))
            else:
                losses.append(float(np.mean((model.predict(take(X, held)) - y[held]) ** 2)))
        return losses or [0.0]
