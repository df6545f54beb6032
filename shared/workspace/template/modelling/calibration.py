"""Honest probabilities for estimators whose own are too sharp, too flat, or absent."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize
from sklearn.base import BaseEstimator, ClassifierMixin, clone

from .holding_out import inner_folds, splits
from .probabilities import as_probabilities, raw_scores

PULL = 2.0
"""Weight of the prior that scores are right as they are; counts like a few rows."""


class Calibrated(ClassifierMixin, BaseEstimator):
    """Softmax of `base`'s scores times one slope plus an offset a class.

    Slope and offsets are fitted on scores of held-back rows, then `base` is fitted on all rows.
    With two classes and decision values this is Platt's method; with log probabilities and no
    offsets it is temperature scaling (Guo et al., On Calibration of Modern Neural Networks, 2017).
    """

    def __init__(self, base, parts=3, seed=0):
        self.base = base
        self.parts = parts
        self.seed = seed

    def fit(self, X, y, folds=None):
        self.classes_ = np.unique(y)
        number = np.searchsorted(self.classes_, y)
        scores, known = self._held_back_scores(X, number, folds)
        self.slope_, self.offsets_ = fit_softmax(scores[known], number[known])
        self.base_ = clone(self.base).fit(X, number)
        return self

    def predict_proba(self, X):
        return as_probabilities(self.slope_ * raw_scores(self.base_, X) + self.offsets_)

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(axis=1)]

    def _held_back_scores(self, X, number, folds):
        classes = len(self.classes_)
        scores = np.zeros((len(number), classes))
        known = np.zeros(len(number), dtype=bool)
        parts = inner_folds(number, folds, self.parts, True, self.seed)
        for learn, held in splits(parts):
            # A part without some class says nothing about how that class's scores compare.
            if len(np.unique(number[learn])) == classes:
                model = clone(self.base).fit(take(X, learn), number[learn])
                scores[held] = raw_scores(model, take(X, held))
                known[held] = True
        return scores, known


def fit_softmax(scores, y):
    """(slope, offsets) that minimise the log loss of softmax(slope * scores + offsets) on `y`."""
    classes = scores.shape[1]
    if len(scores) == 0:
        return 1.0, np.zeros(classes)
    hit = np.eye(classes)[y]

    def loss(parameters):
        log_slope, offsets = parameters[0], parameters[1:]
        slope = np.exp(log_slope)
        proba = as_probabilities(slope * scores + offsets)
        error = proba - hit
        value = -np.log(np.maximum((proba * hit).sum(axis=1), 1e-300)).sum()
        value += PULL * (log_slope**2 + (offsets**2).sum()) / 2
        steepness = slope * (error * scores).sum() + PULL * log_slope
        return value, np.concatenate([[steepness], error.sum(axis=0) + PULL * offsets])

    found = minimize(loss, np.zeros(classes + 1), jac=True, method="L-BFGS-B")
    return float(np.exp(found.x[0])), found.x[1:]


def take(X, rows):
    """Rows of a data frame or of an array."""
    return X.iloc[rows] if hasattr(X, "iloc") else X[rows]
