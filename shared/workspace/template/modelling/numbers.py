"""Numeric columns as a matrix that any estimator accepts."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.preprocessing import QuantileTransformer, StandardScaler

LARGEST = 1e30
"""Values beyond this are cut to it: single precision has no room for more."""


class Numbers(TransformerMixin, BaseEstimator):
    """Imputes, marks what was missing, and scales.

    `scale`: "standard" (mean 0, deviation 1), "quantile" (normal scores, for long tails), "none".
    `keep_missing` leaves NaN in place for estimators that understand it; otherwise the median
    stands in and each column with gaps in training gets a 0/1 column beside it.
    Columns that hold fewer than two different values in training are left out.
    """

    def __init__(self, scale="standard", keep_missing=False, seed=0):
        self.scale = scale
        self.keep_missing = keep_missing
        self.seed = seed

    def fit(self, X, y=None):
        values = as_floats(X)
        present = np.isfinite(values)
        lowest = np.where(present, values, np.inf).min(axis=0, initial=np.inf)
        highest = np.where(present, values, -np.inf).max(axis=0, initial=-np.inf)
        self.used_ = lowest < highest
        self.gappy_ = np.flatnonzero(self.used_ & ~present.all(axis=0))
        kept = values[:, self.used_]
        self.medians_ = np.array([np.median(column[np.isfinite(column)]) for column in kept.T])
        self.scaler_ = self._scaler(len(values))
        if self.scaler_ is not None and kept.shape[1]:
            self.scaler_.fit(self._filled(kept))
        return self

    def transform(self, X):
        values = as_floats(X)
        kept = values[:, self.used_]
        if kept.shape[1] == 0 or self.keep_missing:
            return kept
        filled = self._filled(kept)
        scaled = filled if self.scaler_ is None else self.scaler_.transform(filled)
        return np.hstack([scaled, ~np.isfinite(values[:, self.gappy_])])

    def _scaler(self, rows):
        if self.scale == "standard":
            return StandardScaler()
        if self.scale == "quantile":
            return QuantileTransformer(
                n_quantiles=min(rows, 200), output_distribution="normal", random_state=self.seed
            )
        return None

    def _filled(self, kept):
        return np.where(np.isfinite(kept), kept, self.medians_)


def as_floats(X) -> np.ndarray:
    """Columns of numbers as a float matrix; whatever is not a finite number becomes NaN."""
    columns = [_column(cells) for _, cells in X.items()]
    return np.column_stack(columns) if columns else np.empty((len(X), 0))


def _column(cells: pd.Series) -> np.ndarray:
    values = pd.to_numeric(cells, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    return np.where(np.isfinite(values), np.clip(values, -LARGEST, LARGEST), np.nan)
