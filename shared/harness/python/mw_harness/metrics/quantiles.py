"""Metrics of numbers that are a quantile of the rows' errors."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mw_harness.metrics.columns import OPTIONS, over_columns
from mw_harness.metrics.options import Options
from mw_harness.metrics.record import Classes, Metric, Record, Scorer


def weighted_median(values: np.ndarray) -> Scorer:
    """The middle one, or the mean of the two middle ones, of values repeated by their weights."""
    order = np.argsort(values, kind="stable")
    ranked = values[order]

    def medians(weights: np.ndarray) -> np.ndarray:
        reached = np.cumsum(weights[:, order], axis=1)
        half = reached[:, -1:] / 2
        low = np.argmax(reached >= half - 1e-9, axis=1)
        high = np.argmax(reached > half + 1e-9, axis=1)
        return np.asarray((ranked[low] + ranked[high]) / 2)

    return medians


def weighted_quantile(values: np.ndarray, share: float) -> Scorer:
    """Linear between the repeated values, as numpy's default."""
    order = np.argsort(values, kind="stable")
    ranked = values[order]

    def quantiles(weights: np.ndarray) -> np.ndarray:
        reached = np.cumsum(weights[:, order], axis=1)
        place = share * (reached[:, -1] - 1)
        below = np.floor(place)[:, None]
        low = ranked[np.argmax(reached > below + 1e-9, axis=1)]
        high = ranked[
            np.argmax(reached > np.minimum(below + 1, reached[:, -1:] - 1) + 1e-9, axis=1)
        ]
        return np.asarray(low + (place - below[:, 0]) * (high - low))

    return quantiles


def _apart(truth: np.ndarray, values: np.ndarray, classes: Classes) -> np.ndarray:
    losses = np.abs(truth - values)
    return np.asarray(losses if losses.ndim == 1 else losses.mean(axis=1))


def _largest(truth: np.ndarray, values: np.ndarray) -> Scorer:
    errors = np.abs(truth - values)
    return lambda weights: np.asarray(np.where(weights > 0, errors, 0).max(axis=1))


def _median(truth: np.ndarray, values: np.ndarray) -> Scorer:
    return weighted_median(np.abs(truth - values))


def _record(name: str, bind: Callable[[np.ndarray, np.ndarray], Scorer]) -> Record:
    def make(kind: str) -> Callable[[Options], Metric]:
        return lambda options: Metric(
            name,
            "minimize",
            kind,
            "values",
            over_columns(bind, options),
            _apart,
            False,
            constant="median",
        )

    return Record(name, {kind: make(kind) for kind in ("regression", "multioutput")}, OPTIONS)


QUANTILES = (_record("median_absolute_error", _median), _record("max_error", _largest))

EARTH = 6_371_000.0
"""Mean radius in metres."""


def _metres(truth: np.ndarray, values: np.ndarray, classes: Classes) -> np.ndarray:
    """Great-circle distance of (latitude, longitude) in degrees, by haversines."""
    lat, lon, lat2, lon2 = (np.radians(column) for column in (*truth.T[:2], *values.T[:2]))
    half = np.sin((lat2 - lat) / 2) ** 2
    half = half + np.cos(lat) * np.cos(lat2) * np.sin((lon2 - lon) / 2) ** 2
    return np.asarray(2 * EARTH * np.arcsin(np.sqrt(np.clip(half, 0, 1))))


def _bind_metres(truth: np.ndarray, values: np.ndarray, classes: Classes) -> Scorer:
    metres = _metres(truth, values, classes)
    half, most = weighted_quantile(metres, 0.5), weighted_quantile(metres, 0.95)
    return lambda weights: (half(weights) + most(weights)) / 2


POSITION_ERROR = Record(
    "position_error",
    {
        "multioutput": lambda options: Metric(
            "position_error", "minimize", "multioutput", "values", _bind_metres, _metres, False
        )
    },
    source="Mean of the 50th and 95th percentile of the distance in metres; targets latitude, "
    "longitude",
)
