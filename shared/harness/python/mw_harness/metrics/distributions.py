"""Metrics of several outputs that belong together: distributions, shares, directions."""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist

import numpy as np

from mw_harness.metrics.options import Option, Options
from mw_harness.metrics.record import Classes, Metric, Record, Scorer, weighted_mean

RowScores = Callable[[np.ndarray, np.ndarray, Options], np.ndarray]

LEAST_SPREAD = 1e-9
SHARE = 1e-15


def _record(
    name: str, direction: str, scores: RowScores, options: tuple[Option, ...] = (), source: str = ""
) -> Record:
    best = math.inf if direction == "maximize" else None
    sign = -1 if direction == "maximize" else 1

    def make(chosen: Options) -> Metric:
        def bind(truth: np.ndarray, values: np.ndarray, classes: Classes) -> Scorer:
            return weighted_mean(scores(truth, values, chosen))

        def loss(truth: np.ndarray, values: np.ndarray, classes: Classes) -> np.ndarray:
            return sign * scores(truth, values, chosen)

        return Metric(
            name, direction, "multioutput", "values", bind, loss, decomposable=True, best=best
        )

    return Record(name, {"multioutput": make}, options, source)


def _laplace(truth: np.ndarray, values: np.ndarray, options: Options) -> np.ndarray:
    """Columns: the value and its spread, of which no truth is known: any number stands there."""
    spread = np.maximum(values[:, 1], options["least_spread"])
    apart = np.minimum(np.abs(truth[:, 0] - values[:, 0]), options["most_error"])
    return np.asarray(-math.sqrt(2) * apart / spread - np.log(math.sqrt(2) * spread))


def _crps(truth: np.ndarray, values: np.ndarray, options: Options) -> np.ndarray:
    """Of a normal distribution with the mean and deviation of the two columns."""
    deviation = np.maximum(values[:, 1], LEAST_SPREAD)
    z = (truth[:, 0] - values[:, 0]) / deviation
    normal = NormalDist()
    below = np.array([normal.cdf(one) for one in z.tolist()])
    density = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
    return np.asarray(deviation * (z * (2 * below - 1) + 2 * density - 1 / math.sqrt(math.pi)))


def _crps_steps(truth: np.ndarray, values: np.ndarray, options: Options) -> np.ndarray:
    """Columns: the chance of being at or below each of evenly spaced steps."""
    return np.asarray(((truth - values) ** 2).mean(axis=1))


def _divergence(truth: np.ndarray, values: np.ndarray, options: Options) -> np.ndarray:
    """Rows are counts or shares; both are brought to a sum of 1."""
    p = truth / truth.sum(axis=1, keepdims=True)
    q = np.maximum(values, 0.0)
    q = np.clip(q / np.maximum(q.sum(axis=1, keepdims=True), SHARE), SHARE, 1 - SHARE)
    logs = np.log(np.where(p > 0, p, 1.0) / q)
    return np.asarray(np.where(p > 0, p * logs, 0.0).sum(axis=1))


def _angle(truth: np.ndarray, values: np.ndarray, options: Options) -> np.ndarray:
    """Between directions given as (azimuth, zenith) in radians."""
    (az, zen), (az2, zen2) = truth.T[:2], values.T[:2]
    cosine = np.sin(zen) * np.sin(zen2) * np.cos(az - az2) + np.cos(zen) * np.cos(zen2)
    return np.arccos(np.clip(cosine, -1, 1))


DISTRIBUTIONS = (
    _record(
        "laplace_log_likelihood",
        "maximize",
        _laplace,
        (
            Option("least_spread", "positive", 70.0, meaning="Spreads below count as this."),
            Option("most_error", "positive", 1000.0, meaning="Errors above count as this."),
        ),
    ),
    _record("crps_normal", "minimize", _crps, source="Gneiting & Raftery 2007"),
    _record("crps_steps", "minimize", _crps_steps, source="Matheson & Winkler 1976"),
    _record("kl_divergence", "minimize", _divergence, source="Kullback & Leibler 1951"),
    _record("mean_angular_error", "minimize", _angle),
)
