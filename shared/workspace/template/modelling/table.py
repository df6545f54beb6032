"""A table of mixed columns as one matrix."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin

from .dates import Dates
from .levels import Levels
from .numbers import Numbers
from .texts import Texts

MOST_LEVELS = {"dense": 40, "trees": 200, "boosting": 100}
"""Levels of one column that are told apart; histograms have room for one a bin."""


class TableFeatures(TransformerMixin, BaseEstimator):
    """Features by their kind in task.json; a data frame in, a dense float matrix out.

    `style` says who reads it: "dense" imputes, scales and makes indicators (linear models,
    kernels, distances, networks); "trees" imputes and numbers the levels; "boosting" numbers the
    levels too and leaves gaps as NaN. `scale` is that of `Numbers`.
    """

    def __init__(self, features, style="dense", scale="standard", seed=0):
        self.features = features
        self.style = style
        self.scale = scale
        self.seed = seed

    def fit(self, X, y=None):
        dense = self.style == "dense"
        scale = self.scale if dense else "none"
        self.numbers_ = Numbers(scale, keep_missing=self.style == "boosting", seed=self.seed)
        self.dates_ = Dates()
        self.texts_ = Texts(seed=self.seed).fit(X[self._names("text")])
        self.levels_ = Levels("indicators" if dense else "numbers", most=MOST_LEVELS[self.style])
        self.levels_.fit(X[self._names("categorical")])
        self.numbers_.fit(self._numeric(X))
        width = self.transform(X.iloc[:1]).shape[1]
        codes = self.levels_.is_code_ if not dense else np.zeros(0, dtype=bool)
        # Only the last columns can be codes; `transform` puts the levels there.
        self.is_code_ = np.concatenate([np.zeros(width - len(codes), dtype=bool), codes])
        return self

    def transform(self, X):
        numbers = self.numbers_.transform(self._numeric(X))
        levels = self.levels_.transform(X[self._names("categorical")])
        matrix = np.hstack([numbers, levels])
        # Nothing to learn from is still a matrix: one column that never changes.
        return matrix if matrix.shape[1] else np.zeros((len(X), 1))

    def _numeric(self, X):
        """All that is a number in the end: numeric columns, parts of dates, weights of words."""
        texts = self.texts_.transform(X[self._names("text")])
        parts = [
            X[self._names("numeric")].reset_index(drop=True),
            self.dates_.transform(X[self._names("date")].reset_index(drop=True)),
            pd.DataFrame(texts, columns=[f"text {i}" for i in range(texts.shape[1])]),
        ]
        return pd.concat(parts, axis=1)

    def _names(self, kind):
        return [feature.name for feature in self.features if feature.kind == kind]
