"""Metrics of numbers made of means, variances and the covariance of truth and prediction."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from mw_harness.metrics.columns import OPTIONS, over_columns
from mw_harness.metrics.options import Options
from mw_harness.metrics.record import Classes, Metric, Record, Scorer

ROUNDING = 1e-12
"""A spread below this share of the squares is the rounding of a constant."""


class Moments(NamedTuple):
    """Of weighted rows, each (replicates,); both centred on the mean of the truth."""

    truth: np.ndarray
    """Variance, NaN where the truth is constant."""
    values: np.ndarray
    both: np.ndarray
    """Covariance."""
    shift: np.ndarray
    """Mean of the values less that of the truth."""
    error: np.ndarray
    """Mean squared error."""


def _moments(truth: np.ndarray, values: np.ndarray) -> Callable[[np.ndarray], Moments]:
    # Deviations do not depend on where the origin lies; near the mean no digits are lost.
    origin = truth.mean()
    t, v = truth - origin, values - origin
    columns = np.column_stack([t, v, t * t, v * v, t * v, (t - v) ** 2])

    def of(weights: np.ndarray) -> Moments:
        means = weights @ columns / weights.sum(axis=1, keepdims=True)
        mt, mv, tt, vv, tv, error = means.T
        return Moments(_spread(tt, mt), _spread(vv, mv), tv - mt * mv, mv - mt, error)

    return of


def _spread(square: np.ndarray, mean: np.ndarray) -> np.ndarray:
    spread = square - mean**2
    return np.asarray(np.where(spread > ROUNDING * square, spread, np.nan))


def _r2(m: Moments) -> np.ndarray:
    return np.asarray(1 - m.error / m.truth)


def _explained(m: Moments) -> np.ndarray:
    return np.asarray(1 - (m.error - m.shift**2) / m.truth)


def _pearson(m: Moments) -> np.ndarray:
    """0 where the prediction is constant: it tells nothing."""
    found = m.both / np.sqrt(m.truth * np.where(np.isnan(m.values), 1.0, m.values))
    return np.where(np.isnan(m.values) & ~np.isnan(m.truth), 0.0, found)


def _concordance(m: Moments) -> np.ndarray:
    return np.asarray(2 * m.both / (m.truth + np.nan_to_num(m.values) + m.shift**2))


def record(
    name: str,
    measure: Callable[[Moments], np.ndarray],
    moments: Callable[[np.ndarray, np.ndarray], Callable[[np.ndarray], Moments]] = _moments,
    source: str = "",
) -> Record:
    def bind(truth: np.ndarray, values: np.ndarray) -> Scorer:
        of = moments(truth, values)
        return lambda weights: measure(of(weights))

    def make(kind: str) -> Callable[[Options], Metric]:
        return lambda options: Metric(
            name=name,
            direction="maximize",
            kind=kind,
            needs="values",
            bind=over_columns(bind, options),
            row_loss=squares,
            decomposable=False,
        )

    kinds = ("regression", "multioutput")
    return Record(name, {kind: make(kind) for kind in kinds}, OPTIONS, source)


def squares(truth: np.ndarray, values: np.ndarray, classes: Classes) -> np.ndarray:
    losses = (truth - values) ** 2
    return np.asarray(losses if losses.ndim == 1 else losses.mean(axis=1))


def _of_ranks(truth: np.ndarray, values: np.ndarray) -> Callable[[np.ndarray], Moments]:
    """Moments of ranks, equal values sharing the middle one; a row drawn twice takes two ranks."""
    rank_truth, rank_values = _ranks(truth), _ranks(values)

    def of(weights: np.ndarray) -> Moments:
        found = [
            _moments(*pair)(row[None, :])
            for row, *pair in zip(weights, rank_truth(weights), rank_values(weights), strict=True)
        ]
        return Moments(*(np.concatenate(one) for one in zip(*found, strict=True)))

    return of


def _ranks(values: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
    _, codes = np.unique(values, return_inverse=True)
    count = int(codes.max()) + 1

    def of(weights: np.ndarray) -> np.ndarray:
        totals = np.array([np.bincount(codes, weights=row, minlength=count) for row in weights])
        middles = np.cumsum(totals, axis=1) - totals / 2
        return np.asarray(middles[:, codes])

    return of


MOMENTS = (
    record("r2", _r2),
    record("explained_variance", _explained),
    record("pearson", _pearson),
    record("concordance_correlation", _concordance, source="Lin 1989"),
    record("spearman", _pearson, _of_ranks, "Spearman 1904"),
)
