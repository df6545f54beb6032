"""The scale on which a regression learns its target."""

from __future__ import annotations

import inspect

import numpy as np
from scipy.stats import skew
from sklearn.base import BaseEstimator, RegressorMixin, clone

LONG_TAIL = 1.5
"""A skewness beyond this, with positive values only, asks for logarithms."""


class OnScale(RegressorMixin, BaseEstimator):
    """Fits `base` on the target with mean 0 and deviation 1, after log1p where that suits.

    `scale`: "log1p", "plain", or "auto": logarithms for the metric rmsle, or where the target is
    never negative and has a long tail. Predictions stay near the range seen in training: within
    half of it beyond either end, or a tenth on the logarithmic scale, where an error grows without
    bound on the way back. A target that is never negative is never predicted to be.
    """

    def __init__(self, base, metric, scale="auto"):
        self.base = base
        self.metric = metric
        self.scale = scale

    def fit(self, X, y, folds=None):
        self.log_ = self._wants_log(y)
        learned = np.log1p(y) if self.log_ else y
        self.mean_ = float(learned.mean())
        self.deviation_ = float(learned.std()) or 1.0
        margin = (0.1 if self.log_ else 0.5) * (learned.max() - learned.min())
        self.low_, self.high_ = learned.min() - margin, learned.max() + margin
        if y.min() >= 0:
            self.low_ = max(self.low_, 0.0)
        self.base_ = fit_with_folds(
            clone(self.base), X, (learned - self.mean_) / self.deviation_, folds
        )
        return self

    def predict(self, X):
        learned = self.base_.predict(X) * self.deviation_ + self.mean_
        kept = np.clip(learned, self.low_, self.high_)
        return np.expm1(kept) if self.log_ else kept

    def _wants_log(self, y):
        if self.scale == "log1p":
            return y.min() > -1
        if self.scale == "plain" or y.min() < 0:
            return False
        return self.metric == "rmsle" or (len(y) > 2 and y.std() > 0 and skew(y) > LONG_TAIL)


def fit_with_folds(estimator, X, y, folds):
    """Fits, handing on the harness's fold numbers to estimators that hold rows back."""
    if "folds" in inspect.signature(estimator.fit).parameters:
        return estimator.fit(X, y, folds=folds)
    return estimator.fit(X, y)
